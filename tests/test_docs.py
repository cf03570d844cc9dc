"""The manual cannot go stale: its links lead somewhere and its commands do what it shows.

In a ```console block a line that starts with `$ ` is a command; the lines below it must appear in
its output in this order, `…` standing for any others. `summarizer` and `python -m evals` are run,
in a folder that holds `report.txt` and `seeds/`; what needs the embedded model has the marker
`model`. Of `make` the targets are checked; of a command that needs a server, or that stands below
a comment `<!-- not run: REASON -->`, the options.
"""

import re
import runpy
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import REAL_ENVIRONMENT

ROOT = Path(__file__).parent.parent
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"(?P<left_out><!-- not run: .*? -->\n)?```console\n(?P<text>.*?)```", re.DOTALL)
COMMAND = re.compile(r"^\$ (?P<text>.*?)(?=^\$ |\Z)", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\((?P<target>[^)\s]+)\)")


@dataclass(frozen=True, slots=True)
class Example:
    """A command of the manual with the output shown below it."""

    place: str
    command: str
    shown: tuple[str, ...]
    is_left_out: bool

    @property
    def words(self) -> list[str]:
        return shlex.split(self.command, comments=True)

    @property
    def is_run(self) -> bool:
        ours = re.search(r"(^|\| *)(summarizer|python -m (summarizer|evals)) ", self.command)
        return bool(ours) and not self.is_left_out and "--base-url" not in self.words

    @property
    def needs_model(self) -> bool:
        return self.is_run and not {"summarize", "batch"}.isdisjoint(self.words)


def examples(page: Path) -> list[Example]:
    """Every command of a page, in order."""
    found = []
    text = page.read_text(encoding="utf-8")
    for block in BLOCK.finditer(text):
        for part in COMMAND.finditer(text, *block.span("text")):
            command, *shown = part["text"].replace("\\\n", "").splitlines()
            place = f"{page.name}:{text.count(chr(10), 0, part.start()) + 1}"
            lines = tuple(line for line in shown if line)
            found.append(Example(place, command, lines, bool(block["left_out"])))
    return found


def parameters(*, run: bool) -> list:
    """The examples that are run, or the others."""
    return [
        pytest.param(
            example, id=example.place, marks=[pytest.mark.model] if example.needs_model else []
        )
        for page in PAGES
        for example in examples(page)
        if example.is_run == run
    ]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page):
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if not target.startswith(("https://", "http://", "#")):
            path = (page.parent / target.partition("#")[0]).resolve()
            assert path.exists(), f"{page.name} links to {target}"
            assert path.is_relative_to(ROOT), f"{page.name} links out of the project: {target}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_both_languages_show_the_same_commands(page):
    other = page.with_suffix(".zh.md")
    if other in PAGES:
        here, there = ([example.words for example in examples(each)] for each in (page, other))
        assert here == there


def test_generated_pages_are_up_to_date(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    for name, text in runpy.run_path(str(ROOT / "docs" / "generate.py"))["pages"]():
        assert (ROOT / name).read_text(encoding="utf-8") == text, f"{name} is stale: make docs"


@pytest.mark.parametrize("example", parameters(run=False))
def test_a_command_that_is_not_run_exists(example):
    program, *arguments = example.words
    if program == "make":
        targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE)
        assert arguments[0] in targets
    elif program == "summarizer":
        page = subprocess.run(
            [sys.executable, "-m", program, arguments[0], "--help"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for option in (word for word in arguments if word.startswith("-") and word != "-"):
            assert re.search(rf"(^|[\s,]){re.escape(option.partition('=')[0])}\b", page), option
    else:
        assert shutil.which(program), f"{program} is none of our commands"


@pytest.mark.slow
@pytest.mark.parametrize("example", parameters(run=True))
def test_a_command_does_what_is_shown(example, tmp_path, desk):
    environment = dict(REAL_ENVIRONMENT)
    if not example.needs_model:
        environment |= {"SUMMARIZER_CACHE_DIR": str(tmp_path / "cache")}
    environment["PATH"] = f"{Path(sys.executable).parent}:{environment['PATH']}"
    run = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {example.command}"],
        cwd=desk,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    said = iter(run.stdout.splitlines())
    for line in example.shown:
        assert line == "…" or any(line.rstrip() == other.rstrip() for other in said), line


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """The folder in which the manual's reader sits."""
    desk = tmp_path / "desk"
    desk.mkdir()
    shutil.copy(ROOT / "tests" / "data" / "short_report.txt", desk / "report.txt")
    (desk / "seeds").symlink_to(ROOT / "seeds")
    return desk


def test_every_fault_is_shown_by_a_test():
    page = (ROOT / "docs" / "faults.md").read_text(encoding="utf-8")
    named = re.findall(r"^\| .*\| `(test_\w+)` \|$", page, flags=re.MULTILINE)
    tests = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").glob("test_*.py"))
    assert named
    assert len(named) == len(re.findall(r"^\| (?!fault|-)", page, flags=re.MULTILINE))
    assert [name for name in named if f"def {name}(" not in tests] == []


def test_every_kind_of_issue_is_listed():
    page = (ROOT / "docs" / "issues.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `(\w+)` \|", page, flags=re.MULTILINE)
    sources = (ROOT / "summarizer").rglob("*.py")
    source = "".join(path.read_text(encoding="utf-8") for path in sources)
    made = re.findall(r'(?:\bcode=|_issue\(\s*|_tell\()"(\w+)"', source)
    made += re.findall(r'code="\w+" if .+ else "(\w+)"', source)
    assert sorted(listed) == sorted(set(made))
