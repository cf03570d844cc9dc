"""The command line as a shell sees it: exit codes, one line of error, nothing half-written."""

import fcntl
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest
from rich.cells import cell_len

from summarizer.cli import COMMANDS, run
from summarizer.cli.failure import report
from summarizer.cli.progress import shown
from summarizer.errors import ConfigError, InputError, ModelError, VerificationFailed

HERE = Path(__file__).parent
SUMMARY = str(HERE / "golden" / "report.json")
SCHEMA = ["--schema", str(HERE / "data" / "report_schema.py")]
VIEW = ["view", SUMMARY, *SCHEMA]


def started(*arguments: str, program: str = "", **options) -> subprocess.Popen:
    what = ["-c", program] if program else ["-m", "summarizer"]
    command = [sys.executable, *what, *arguments]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | options
    return subprocess.Popen(command, **{"cwd": HERE.parent} | pipes)


def said(process: subprocess.Popen) -> tuple[int, str]:
    _, errors = process.communicate(timeout=60)
    return process.returncode, errors.decode()


def on_terminal(
    arguments: list[str], columns: int, program: str = "", rows: int = 50, **variables: str
) -> tuple[int, str]:
    """The exit code and what a terminal of so many columns would be sent."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    kept = {k: v for k, v in os.environ.items() if k not in {"COLUMNS", "LINES", "NO_COLOR", "CI"}}
    process = started(
        *arguments, program=program, stdin=theirs, stdout=theirs, stderr=theirs,
        env=kept | {"TERM": "xterm-256color"} | variables,
    )  # fmt: skip
    os.close(theirs)
    seen = b""
    try:
        while part := os.read(ours, 65536):
            seen += part
    except OSError:  # how Linux says that the other end is closed
        pass
    os.close(ours)
    return process.wait(), seen.decode().replace("\r\n", "\n")


@pytest.fixture
def stored(tmp_path):
    path = tmp_path / "report.json"
    path.write_bytes(Path(SUMMARY).read_bytes())
    return path


# --- help


@pytest.mark.parametrize("command", [[], *([c] for c in COMMANDS if c != "eval")], ids=str)
def test_help_teaches(command, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    assert run([*command, "--help"]) == 0
    shown = capsys.readouterr().out
    assert "Example" in shown or "Commands:" in shown
    assert all(cell_len(line) < 81 for line in shown.splitlines())
    listed = shown.partition("Commands:")[2].partition("Examples:")[0]
    assert "..." not in listed, "a command's first line is too long"


def test_a_misspelt_variable_is_told_and_costs_nothing(capsys, monkeypatch):
    monkeypatch.setenv("SUMMARIZER_CHUNK_CHAR", "200")
    assert run([*VIEW, "--format", "json"]) == 0
    out, errors = capsys.readouterr()
    assert out.startswith("{")
    assert errors == (
        "warning: no setting is called SUMMARIZER_CHUNK_CHAR (SUMMARIZER_CHUNK_CHARS?); "
        "`summarizer settings` lists them\n"
    )


def test_no_command_shows_help(capsys):
    assert run([]) == 2
    assert "Commands:" in "".join(capsys.readouterr())


def test_eval_is_the_program_of_evals(capsys):
    assert run(["eval", "--help"]) == 0
    assert capsys.readouterr().out.startswith("Usage: summarizer eval [OPTIONS] COMMAND")
    assert run(["eval", "nosuch"]) == 2
    assert "No such command 'nosuch'" in capsys.readouterr().err


def test_version(capsys):
    assert run(["--version"]) == 0
    assert re.fullmatch(r"summarizer \S+\n", capsys.readouterr().out)


def test_tab_completes_commands():
    variables = {"_SUMMARIZER_COMPLETE": "complete_bash", "COMP_CWORD": "1"}
    process = started(env=os.environ | variables | {"COMP_WORDS": "summarizer s"})
    out, _ = process.communicate(timeout=60)
    assert out.decode().split() == [c for c in COMMANDS if c.startswith("s")]


# --- errors


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["nosuch"], 2, "No such command"),
        (["sumarize"], 2, "Did you mean 'summarize'"),
        (["view"], 2, "Missing argument"),
        ([*VIEW, "--nosuch"], 2, "No such option"),
        ([*VIEW, "--format", "docx"], 2, "--format 'docx' must be one of: json, md, text, html"),
        ([*VIEW, "-o", "tests"], 2, "-o 'tests' is a folder"),
        ([*VIEW, "-o", "no/such/x.md"], 2, "there is no folder 'no/such'"),
        (["view", "nosuch.json"], 3, "nosuch.json cannot be read: No such file"),
        (["view", "tests"], 3, "tests cannot be read: Is a directory"),
        (["view", "pyproject.toml"], 3, "pyproject.toml is not JSON"),
        (["view", SUMMARY], 2, "no shipped schema has the id 'report_schema'"),
        (["view", SUMMARY, "--schema", "report"], 3, "follows report_schema, and --schema"),
        ([*VIEW, "--id", "ffff"], 3, "no summary of a document 'ffff'"),
        (["schema", "nosuch"], 2, "there is no schema 'nosuch'"),
        (["summarize", "nosuch.txt"], 3, "nosuch.txt does not exist"),
        (["summarize", "tests"], 3, "tests is a folder"),
        (["summarize", "README.md", "--store", "never"], 2, "must be one of: use, off"),
        (["export", SUMMARY, "--to", "pyproject.toml"], 2, "--to 'pyproject.toml' is a file"),
    ],
)  # fmt: skip
def test_bad_usage(arguments, code, says, capsys, monkeypatch):
    monkeypatch.chdir(HERE.parent)
    assert run(arguments) == code
    out, errors = capsys.readouterr()
    assert says in errors
    assert out == ""
    assert "Traceback" not in errors


def test_each_kind_of_error_has_its_code(capsys):
    kinds = [ConfigError, InputError, ModelError, VerificationFailed]
    assert [report(kind("甲\n乙"), debug=False) for kind in kinds] == [2, 3, 4, 5]
    assert capsys.readouterr().err == "error: 甲 乙\n" * 4


def test_unexpected_error_is_one_short_line(capsys):
    assert report(ValueError("x\n" * 5000), debug=False) == 1
    line = capsys.readouterr().err
    assert line.startswith("error: unexpected ValueError: x x")
    assert line.count("\n") == 1
    assert "--debug" in line


def test_debug_shows_where(capsys):
    assert run(["view", "nosuch.json", "--debug"]) == 3
    assert "Traceback" in capsys.readouterr().err


def test_a_file_name_cannot_act_on_the_terminal(capsys):
    assert run(["view", "\x1b[2J\u202e.json"]) == 3
    assert "\\u001b[2J\\u202e.json" in capsys.readouterr().err


def test_settings_file_is_named_in_its_error(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("summarizer.toml").write_text('modle = "x"\n', encoding="utf-8")
    assert run(["settings"]) == 2
    assert "summarizer.toml: there is no setting 'modle'" in capsys.readouterr().err


def test_settings_tell_their_sources(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("summarizer.toml").write_text("reasks = 3\n", encoding="utf-8")
    monkeypatch.setenv("SUMMARIZER_MODEL", "qwen3")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-canary")
    assert run(["settings"]) == 0
    shown = capsys.readouterr().out
    assert re.search(r"^model +qwen3  \(SUMMARIZER_MODEL\)$", shown, re.MULTILINE)
    assert re.search(r"^reasks +3  \(summarizer.toml\)$", shown, re.MULTILINE)
    assert re.search(r"^script +source  \(default\)$", shown, re.MULTILINE)
    assert "OPENAI_API_KEY is set" in shown
    assert "canary" not in shown


# --- where it goes


def test_into_a_pipe_it_is_json():
    out, _ = started(*VIEW).communicate(timeout=60)
    assert out == Path(SUMMARY).read_bytes()


@pytest.mark.parametrize("suffix", ["json", "md", "html", "txt"])
def test_the_suffix_chooses_the_format(suffix, tmp_path):
    path = tmp_path / f"out.{suffix}"
    assert run([*VIEW, "-o", str(path)]) == 0
    assert path.read_bytes() == (HERE / "golden" / f"report.{suffix}").read_bytes()
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_a_terminal_gets_text_in_colours_that_fits():
    code, seen = on_terminal(VIEW, 40)
    assert code == 0
    assert "\x1b[1m清水镇2019年脱贫攻坚工作综述" in seen
    plain = re.sub(r"\x1b\[[\d;]*m", "", seen)
    lines = [line for line in plain.splitlines() if "summarizer review" not in line]
    assert max(map(cell_len, lines)) < 41
    assert plain.splitlines()[-1].startswith("Next: summarizer review ")
    assert "\x1b[1;32mOverview" in seen


def test_no_color_is_honoured():
    _, seen = on_terminal(VIEW, 80, NO_COLOR="1")
    assert "清水镇" in seen
    assert not re.search(r"\x1b\[[\d;]*3\d", seen)


def test_a_closed_pipe_is_no_error():
    process = started(*VIEW)
    process.stdout.close()
    process.stdout = None
    assert said(process) == (0, "")


def test_a_full_disk_is_said():
    with open("/dev/full", "wb") as full:  # noqa: PTH123 — a device
        code, errors = said(started(*VIEW, stdout=full))
    assert (code, errors) == (1, "error: cannot write standard output: No space left on device\n")


def test_what_does_not_fit_leaves_the_old_file(tmp_path):
    path = tmp_path / "out.json"
    path.write_text("old", encoding="utf-8")
    limited = "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
    limited += "resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))\n"
    limited += "from summarizer.cli import run; sys.exit(run(sys.argv[1:]))"
    command = [sys.executable, "-c", limited, *VIEW, "-o", str(path)]
    process = subprocess.Popen(command, cwd=HERE.parent, stderr=subprocess.PIPE)
    code, errors = said(process)
    assert (code, errors) == (1, f"error: cannot write {str(path)!r}: File too large\n")
    assert path.read_text(encoding="utf-8") == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["out.json"]


def test_devices_may_be_written(stored):
    assert run(["view", str(stored), *SCHEMA, "-o", "/dev/null"]) == 0
    assert not Path("/dev/null").is_file()


def test_a_link_is_followed(tmp_path):
    (tmp_path / "real.md").write_text("old", encoding="utf-8")
    (tmp_path / "link.md").symlink_to(tmp_path / "real.md")
    assert run([*VIEW, "-o", str(tmp_path / "link.md")]) == 0
    assert (tmp_path / "link.md").is_symlink()
    assert "清水镇" in (tmp_path / "real.md").read_text(encoding="utf-8")


def test_interrupt_is_quiet_and_leaves_nothing(tmp_path):
    os.mkfifo(tmp_path / "slow.json")
    process = started("view", str(tmp_path / "slow.json"), "-o", str(tmp_path / "out.md"))
    with (tmp_path / "slow.json").open("wb"):  # opened when the other side reads
        process.send_signal(signal.SIGINT)
        assert said(process) == (130, "interrupted\n")
    assert [p.name for p in tmp_path.iterdir()] == ["slow.json"]


def test_ctrl_c_that_falls_into_a_callback_is_no_less_heard():
    """Python drops what is raised in a `__del__` or while a lock of an import goes."""
    program = """
import sys, time
import summarizer.cli as cli
class Gone:
    def __del__(self):
        raise KeyboardInterrupt
def run(_):
    try:
        Gone()
        time.sleep(60)
    except KeyboardInterrupt:
        return 130
    return 0
cli.run = run
cli.main()
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


def test_output_is_utf8_whatever_the_locale():
    process = started(*VIEW, "--format", "text", env=os.environ | {"PYTHONIOENCODING": "ascii"})
    out, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (0, b"")
    assert out == (HERE / "golden" / "report.txt").read_bytes()


def test_progress_is_for_a_terminal_only(capsys):
    with shown(quiet=False) as step:
        assert step is None
    assert capsys.readouterr().err == ""


def test_progress_tells_the_step_and_goes_away():
    program = """
from types import SimpleNamespace as Step
from summarizer.cli.progress import shown
with shown(quiet=False) as step:
    step(Step(name="figures", done=3, total=12))
print("done")
"""
    _, seen = on_terminal([], 80, program=program)
    assert "Naming figures" in seen
    assert "3/12" in seen
    assert seen.rstrip().endswith("done")
    assert "\x1b[2K" in seen


# --- many summaries


def test_a_batch_is_viewed_and_one_of_it_chosen(tmp_path, capsys):
    line = Path(SUMMARY).read_text(encoding="utf-8").replace("\n", " ")
    other = line.replace("0123456789abcdef", "fedcba9876543210")
    path = tmp_path / "batch.jsonl"
    path.write_text(
        f'{{"status": "ok", "source": "a", "summary": {line}}}\n'
        f'{{"status": "failed", "source": "b", "error": {{"type": "x", "message": "y"}}}}\n'
        f'{{"status": "ok", "source": "c", "summary": {other}}}\n',
        encoding="utf-8",
    )
    assert run(["view", str(path), *SCHEMA]) == 0
    assert capsys.readouterr().out.count("\n") == 2
    assert run(["view", str(path), *SCHEMA, "--format", "html"]) == 2
    assert "holds 2 summaries" in capsys.readouterr().err
    assert run(["view", str(path), *SCHEMA, "--id", "fedcba9876543210", "--format", "json"]) == 0
    assert '"fedcba9876543210"' in capsys.readouterr().out


def test_tables_of_a_summary(tmp_path, capsys):
    assert run(["export", SUMMARY, *SCHEMA, "--to", str(tmp_path / "t")]) == 0
    assert "figures: 9 rows" in capsys.readouterr().err
    golden = HERE / "golden" / "tables-csv"
    for path in (tmp_path / "t").iterdir():
        assert path.read_bytes() == (golden / path.name).read_bytes()
