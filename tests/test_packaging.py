"""What is shipped holds what it should, and the tool runs from it in an empty environment."""

import json
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest
from conftest import REAL_ENVIRONMENT

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
REPORT = ROOT / "tests" / "data" / "short_report.txt"
INSIDE = ("prompts", "schemas", "evals")


def run(*command, cwd: Path, **changes) -> subprocess.CompletedProcess:
    """Run a command with the real caches; its output and exit code."""
    return subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env=REAL_ENVIRONMENT | {"PYTHONPATH": ""} | changes,
        capture_output=True,
        text=True,
        check=False,
    )


def done(*command, cwd: Path = ROOT, **changes) -> str:
    """Run a command that must succeed; what it wrote to standard output."""
    finished = run(*command, cwd=cwd, **changes)
    assert finished.returncode == 0, finished.stderr
    return finished.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The wheel, built from the unpacked source archive: what that lacks, the wheel lacks."""
    place = tmp_path_factory.mktemp("dist")
    done(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", place)
    (archive,) = place.glob("*.tar.gz")
    done("tar", "-xzf", archive, cwd=place)
    source = place / archive.name.removesuffix(".tar.gz")
    done(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", place, cwd=source)
    return next(place.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    """The `bin` folder of a new environment that holds the tool, its engine and nothing else."""
    place = tmp_path_factory.mktemp("empty") / "environment"
    venv.create(place, with_pip=True)
    pip = (place / "bin" / "python", "-m", "pip", "--disable-pip-version-check", "install", "-q")
    done(*pip, "--require-hashes", "-r", ROOT / "requirements" / "local.txt")
    done(*pip, "--no-deps", wheel)
    return place / "bin"


def test_the_wheel_holds_the_package_and_its_files_and_nothing_else(wheel):
    listing = ("ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate")
    tracked = done("git", *listing, "summarizer", *INSIDE).split("\0")
    expected = {
        f"summarizer/{path}" if path.startswith(INSIDE) else path
        for path in tracked
        if (ROOT / path).is_file()
    }
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert names == expected
    assert "summarizer/py.typed" in names


def test_the_wheel_carries_its_licence_and_names_its_extras(wheel):
    archive = zipfile.ZipFile(wheel)
    (licence,) = (name for name in archive.namelist() if name.endswith("licenses/LICENSE"))
    assert "Apache License" in archive.read(licence).decode()
    (metadata,) = (name for name in archive.namelist() if name.endswith("METADATA"))
    for extra in ("local", "weights", "html", "docx", "pdf", "tables", "hub", "ray", "ocr", "all"):
        assert f"Provides-Extra: {extra}\n" in archive.read(metadata).decode()


def test_the_installed_tool_explains_itself(installed, tmp_path):
    assert "summarize" in done(installed / "summarizer", "--help", cwd=tmp_path)
    assert done(installed / "summarizer", "--version", cwd=tmp_path).startswith("summarizer ")


def test_the_installed_tool_finds_mentions(installed, tmp_path):
    out = done(installed / "summarizer", "mentions", REPORT, "--format", "jsonl", cwd=tmp_path)
    assert "320余万元" in [json.loads(line)["text"] for line in out.splitlines()]


def test_the_installed_tool_finds_its_prompts_and_schemas(installed, tmp_path):
    assert "青石" in done(installed / "summarizer", "prompt", REPORT, cwd=tmp_path)
    schema = json.loads(done(installed / "summarizer", "schema", "report", cwd=tmp_path))
    assert "measures" in schema["properties"]


def test_the_installed_tool_ends_with_its_exit_codes(installed, tmp_path):
    missing = run(installed / "summarizer", "mentions", "missing.txt", cwd=tmp_path)
    assert (missing.returncode, missing.stdout) == (3, "")
    assert missing.stderr.count("\n") == 1
    unanswered = run(
        *(installed / "summarizer", "summarize", REPORT, "--store", "replay"),
        cwd=tmp_path,
        SUMMARIZER_CACHE_DIR=str(tmp_path / "cache"),
    )
    assert unanswered.returncode == 4


@pytest.mark.model
def test_the_installed_tool_summarizes(installed, tmp_path):
    out = tmp_path / "summary.json"
    done(installed / "summarizer", "summarize", REPORT, "-o", out, cwd=tmp_path)
    summary = json.loads(out.read_text(encoding="utf-8"))
    text = REPORT.read_text(encoding="utf-8")
    for figure in summary["figures"]:
        assert text[figure["span"]["start"] : figure["span"]["end"]] == figure["text"]
    coverage = summary["coverage"]
    others = coverage["merged"] + len(coverage["set_aside"]) + len(coverage["missed"])
    assert coverage["found"] == coverage["figures"] + others
    assert {"320余万元", "2.3万亩", "28万元"} <= {figure["text"] for figure in summary["figures"]}
    assert summary["provenance"]["model"]
