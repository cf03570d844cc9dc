"""The machine under it: full disks, closed ends, names without room, clocks, locales, links."""

import json
import os
import sqlite3
import subprocess
import sys
import zlib
from contextlib import closing
from pathlib import Path

import pytest
from fake_server import FakeServer
from test_batch import command, records, reports
from test_cli import on_terminal
from test_cli_summarize import REPORT, answered, asked

from summarizer.cli import run
from summarizer.config import Settings

pytestmark = pytest.mark.slow  # processes, servers and waits of seconds

PROGRAM = [sys.executable, "-m", "summarizer"]
FORMATS = ("csv", "jsonl", "parquet", "xlsx", "duckdb")


@pytest.fixture
def server():
    with FakeServer(answered) as running:
        yield running


@pytest.fixture(autouse=True)
def _desk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SUMMARIZER_RETRIES", "0")


def shell(script: str, arguments: list[str], **variables: str) -> tuple[int, str, str]:
    """The exit code, output and errors of a command that a shell starts as `"$@"`."""
    done = subprocess.run(
        ["sh", "-c", script, "sh", *PROGRAM, *arguments],
        env=os.environ | variables, capture_output=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def told_once(errors: str, *words: str) -> None:
    """One line that says what is wrong, and no traceback."""
    assert errors.startswith("error: "), errors
    assert errors.count("\n") == 1, errors
    assert "unexpected" not in errors
    for word in words:
        assert word in errors


# --- names


@pytest.mark.parametrize("stem", ["x" * 240, "县" * 80, "é" * 118], ids=["ascii", "han", "latin"])
def test_a_name_that_leaves_no_room_for_another_ending(stem, server):
    name = f"{stem}.json"
    assert run(asked(server, "-o", name)) == 0
    assert json.loads(Path(name).read_text(encoding="utf-8"))["figures"]
    reports(2)
    for _ in range(2):
        assert run(command(server, out=name)) == 0
        assert len(records(name)) == 2
    assert not list(Path().glob(".*.part"))


def test_two_long_names_that_begin_alike_are_two_outputs(server):
    reports(2)
    first, second = (f"{'x' * 235}{n}.jsonl" for n in "12")
    assert run(command(server, out=first, inputs=["in/r000.txt"])) == 0
    assert run(command(server, out=second, inputs=["in/r001.txt"])) == 0
    assert [len(records(name)) for name in (first, second)] == [1, 1]
    assert len(list(Path().glob("*.journal"))) == 2


# --- closed ends


@pytest.mark.parametrize("name", ["summarize", "view", "text", "clean", "mentions", "prompt"])
def test_standard_input_that_is_closed_is_told(name):
    code, _, errors = shell('exec "$@" <&-', [name, "-"])
    assert code == 3
    told_once(errors, "standard input, and that is closed")


def test_standard_input_that_is_closed_matters_to_nobody_else(server):
    code, out, errors = shell('exec "$@" <&-', asked(server))
    assert (code, errors) == (0, "")
    assert json.loads(out)["figures"]


@pytest.mark.parametrize("end", [">&-", ">/dev/full"])
@pytest.mark.parametrize("name", ["text", "clean", "mentions", "prompt", "settings", "schema"])
def test_an_output_that_takes_nothing_is_told(name, end):
    arguments = [name] if name in {"settings", "schema"} else [name, str(REPORT)]
    code, _, errors = shell(f'exec "$@" {end}', arguments)
    assert code == 1
    told_once(errors, "cannot write standard output")


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_a_full_disk_is_told_of_help_too(option):
    code, _, errors = shell('exec "$@" >/dev/full', [option])
    assert code == 1
    told_once(errors, "cannot write standard output")


# --- full disks


@pytest.mark.parametrize("room", [0, 12, 100])
@pytest.mark.parametrize("style", FORMATS)
def test_an_export_on_a_full_disk_is_whole_or_not_there(style, room, server):
    """`room` is how many blocks of 512 bytes a file may have."""
    assert run(asked(server, "-o", "one.json")) == 0
    arguments = ["export", "one.json", "--to", "tables", "--format", style]
    code, _, errors = shell(f'ulimit -f {room}; exec "$@"', arguments)
    left = sorted(path.name for path in Path("tables").iterdir())
    if code == 0:
        assert "README.md" in left
        assert not [name for name in left if name.startswith(".")]
    else:
        assert code == 1
        told_once(errors, "cannot write into 'tables'")
        assert left == []
    assert run(arguments) == 0


def test_a_database_of_tables_is_all_in_its_file(server):
    import duckdb

    assert run(asked(server, "-o", "one.json")) == 0
    assert run(["export", "one.json", "--to", "t", "--format", "duckdb"]) == 0
    assert sorted(path.name for path in Path("t").iterdir()) == ["README.md", "tables.duckdb"]
    with closing(duckdb.connect("t/tables.duckdb", read_only=True)) as db:
        assert db.execute("SELECT count(*) FROM figures").fetchone()[0] > 0


def test_a_summary_on_a_full_disk_is_not_there(server):
    code, _, errors = shell('ulimit -f 4; exec "$@"', asked(server, "-o", "one.json"))
    assert code == 1
    told_once(errors, "cannot write 'one.json'", "File too large")
    assert not list(Path().glob("*one*"))


# --- nobody's home


@pytest.mark.skipif(os.geteuid() != 0, reason="needs a user without an entry in passwd")
def test_a_user_without_home_and_entry_is_told_where_to_keep(server):
    """One process, first as somebody: nobody may read the modules that are imported late."""
    arguments = asked(server, "--store", "use", "-o", "/dev/null", file=REPORT)
    program = (
        "import io, os, sys\nfrom summarizer.cli import run\n"
        "first = run(sys.argv[1:])\n"
        "os.environ.pop('XDG_CACHE_HOME'); os.environ.pop('HOME', ''); os.chdir('/')\n"
        "text = open(sys.argv[2], 'rb').read()\n"
        "os.setuid(54321)\n"
        "sys.stdin = io.TextIOWrapper(io.BytesIO(text))\n"
        "sys.argv[2] = '-'\n"
        "print(first, run(sys.argv[1:]), run(['settings']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, check=False
    )
    assert done.stdout.decode().endswith("0 2 0\n"), done.stderr.decode()
    told_once(done.stderr.decode(), "set SUMMARIZER_CACHE_DIR")


# --- links


def test_an_output_that_is_a_link_is_followed_by_summarize_and_batch_alike(server):
    reports(2)
    Path("real").mkdir()
    for name in ("one.json", "all.jsonl"):
        Path(name).symlink_to(f"real/{name}")
    assert run(asked(server, "-o", "one.json")) == 0
    assert run(command(server, out="all.jsonl")) == 0
    for name in ("one.json", "all.jsonl"):
        assert Path(name).is_symlink()
        assert not Path("real", name).is_symlink()
    assert sorted(path.name for path in Path("real").iterdir() if path.name[0] != ".") == [
        "all.jsonl", "all.jsonl.journal", "one.json",
    ]  # fmt: skip


def test_an_output_that_is_a_circle_of_links_is_told(server, capsys):
    reports(1)
    Path("a").symlink_to("b")
    Path("b").symlink_to("a")
    assert run(asked(server, "-o", "a")) == 2
    assert run(command(server, out="a")) == 2
    assert capsys.readouterr().err.count("is a link that leads nowhere") == 2


def test_a_link_among_the_tables_is_replaced_and_its_target_left_alone(server):
    assert run(asked(server, "-o", "one.json")) == 0
    Path("tables").mkdir()
    Path("mine.txt").write_text("mine", encoding="utf-8")
    Path("tables", "figures.csv").symlink_to("../mine.txt")
    assert run(["export", "one.json", "--to", "tables"]) == 0
    assert Path("mine.txt").read_text(encoding="utf-8") == "mine"
    assert not Path("tables", "figures.csv").is_symlink()


# --- numbers of somebody else's


@pytest.mark.parametrize(
    "value", ["1E+300000000", "-1E-300000000", "sNaN", "NaN", "Infinity", "1E+999999"]
)
def test_a_number_that_cannot_be_written_out_is_refused(value, server, capsys):
    assert run(asked(server, "-o", "one.json")) == 0
    summary = json.loads(Path("one.json").read_text(encoding="utf-8"))
    for name in ("value", "base_value"):
        broken = json.loads(json.dumps(summary))
        broken["figures"][0][name] = value
        Path("two.json").write_text(json.dumps(broken), encoding="utf-8")
        for arguments in (["view", "two.json"], ["export", "two.json", "--to", "t"]):
            assert run(arguments) == 3
            assert "is no report.v1 summary" in capsys.readouterr().err


@pytest.mark.parametrize("value", ["sNaN", "NaN", "Infinity", "1E+300000000", "-0", "1e400"])
def test_a_number_that_a_model_makes_up_is_data(value):
    def lying(body):
        reply = answered(body)
        schema = json.dumps(body.get("response_format"))
        if '"quote"' in schema:
            text = {"figures": [{"quote": "320余万元", "value": value, "label": "投入资金"}]}
            reply.body["choices"][0]["message"]["content"] = json.dumps(text, ensure_ascii=False)
        return reply

    with FakeServer(lying) as server:
        assert run(asked(server, "--strategy", "verbatim", "-o", "one.json")) == 0
    values = [f["value"] for f in json.loads(Path("one.json").read_text("utf-8"))["figures"]]
    assert all(one.replace(".", "").isdigit() for one in values)


# --- what a terminal is sent


def test_no_format_sends_a_terminal_what_acts(server):
    """All formats in one process, one after the other."""
    styles = ("json", "md", "html", "text")
    hidden = "\x9b2J\u202e\u2066\U000e0041\x1b[31m"
    text = f"青石镇投入资金320万元,建成{hidden}大棚46座。\n"
    Path("x.txt").write_text(text, encoding="utf-8")
    words = asked(server, "--with-source", "--quiet", "-f", file=Path("x.txt").resolve())
    program = (
        "import sys\nfrom summarizer.cli import run\n"
        f"for style in {styles}: print(run([*sys.argv[1:], style]), '=== next', flush=True)"
    )
    code, seen = on_terminal(words, 200, program, OPENAI_API_KEY="sk-x")
    assert code == 0
    *shown, rest = seen.split("0 === next\n")
    assert (len(shown), rest) == (len(styles), "")
    for style, sent in zip(styles, shown, strict=True):
        assert "320万元" in sent, style
        assert not {"\x9b", "\u202e", "\u2066", "\U000e0041"} & set(sent), style
        assert "\x1b[31m大" not in sent, style
    assert "\\u202e" in shown[0]
    told = json.loads(shown[0][shown[0].index("{") :])
    assert told["document"]["text"].count("\U000e0041") == 1


def test_what_debug_shows_of_a_hostile_name_is_visible():
    name = "a\x9b2J\u202e.txt"
    code, seen = on_terminal(["summarize", name, "--debug"], 200)
    assert code == 3
    assert not {"\x9b", "\u202e"} & set(seen)
    assert "Traceback" in seen


# --- clocks and languages


def test_a_clock_that_was_set_back_loses_nothing(server):
    """Journal and store of an earlier run whose clock was twenty years ahead."""
    reports(3)
    arguments = [*command(server), "--store", "use"]
    assert run(arguments) == 0
    before, told = Path("out.jsonl").read_bytes(), len(server.requests)
    with closing(sqlite3.connect("out.jsonl.journal")) as db, db:
        db.execute("UPDATE runs SET started = started + 631152000")
        db.execute("UPDATE documents SET finished = finished + 631152000")
    with closing(sqlite3.connect(Settings().cache / "answers.sqlite")) as db, db:
        db.execute("UPDATE cache SET created = created + 631152000")
    os.utime("in/r000.txt", (4e9, 4e9))
    assert run(arguments) == 0
    assert (Path("out.jsonl").read_bytes(), len(server.requests)) == (before, told)
    assert run([*arguments, "--fresh"]) == 0
    assert (Path("out.jsonl").read_bytes(), len(server.requests)) == (before, told)


LOCALES = {
    "the user's": {},
    "C": {"LC_ALL": "C"},
    "ascii": {"LC_ALL": "POSIX", "PYTHONIOENCODING": "ascii"},
    "gbk": {"LC_ALL": "C", "PYTHONIOENCODING": "gbk"},
}
THREE = """
import sys
from summarizer.cli import run
commands = " ".join(sys.argv[1:]).split(" then ")
sys.exit(max(run(command.split(" ")) for command in commands))
"""


def test_no_locale_changes_a_byte(server):
    """A batch, its view and a list of mentions, in one process a locale."""
    Path("in").mkdir()
    Path("in", "青石镇.txt").write_bytes(REPORT.read_bytes())
    made = {}
    for name, variables in LOCALES.items():
        arguments = [*command(server, out="县.jsonl"), "then", "view", "县.jsonl", "-f", "text"]
        arguments += ["--lang", "en"]  # else headings are in the reader's language
        done = subprocess.run(
            [sys.executable, "-c", THREE, *arguments, "then", "mentions", "in/青石镇.txt"],
            env=os.environ | variables, capture_output=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        made[name] = (Path("县.jsonl").read_bytes(), done.stdout)
        for path in Path().glob("县*"):
            path.unlink()
    assert "青石镇".encode() in made["C"][1]
    assert [name for name in made if made[name] != made["the user's"]] == []


def test_windows_line_ends_go_in_everywhere(server, capsys, monkeypatch):
    reports(2)
    Path("in", "r000.txt").write_bytes(REPORT.read_bytes().replace(b"\n", b"\r\n"))
    Path("list.txt").write_bytes(b"in\\r000.txt\r\n".replace(b"\\", b"/") + b"in/r001.txt\r\n")
    Path("summarizer.toml").write_bytes(b'script = "hans"\r\nreasks = 2\r\n')
    code, _, errors = shell('exec "$@" <list.txt', command(server, inputs=["-"]))
    assert code == 0, errors
    assert [record["status"] for record in records()] == ["ok", "ok"]
    path = Path("out.jsonl")
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert run(["view", "out.jsonl", "-f", "md"]) == 0
    assert run(["export", "out.jsonl", "--to", "t"]) == 0


# --- stored records of somebody else's


RECORDS = {
    "text": "no bytes at all",
    "number": 7,
    "nothing": None,
    "no zip": b"\x00\x01",
    "no json": zlib.compress(b"{"),
    "a list": zlib.compress(b"[1]"),
    "no text": zlib.compress(b'{"content": 7, "model": "m", "prompt_tokens": 1, "completion_tokens": 1}'),
    "too deep": zlib.compress(
        json.dumps(
            {"content": "[" * 9000, "model": "m", "prompt_tokens": 1, "completion_tokens": 1}
        ).encode()
    ),
    "half": zlib.compress(
        b'{"content": "\\ud83d", "model": "m", "prompt_tokens": 1, "completion_tokens": -5}'
    ),
}  # fmt: skip


@pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS)
def test_a_stored_answer_that_others_made_is_asked_for_again(record, server):
    arguments = asked(server, "--store", "use", "-o", "one.json")
    assert run(arguments) == 0
    good = json.loads(Path("one.json").read_text("utf-8"))
    with closing(sqlite3.connect(Settings().cache / "answers.sqlite")) as db, db:
        db.execute("UPDATE cache SET response = ?", (record,))
    assert run(arguments) == 0
    again = json.loads(Path("one.json").read_text("utf-8"))
    for summary in (good, again):
        del summary["provenance"]["usage"]
    assert good == again


def test_a_store_of_another_program_is_told_and_not_used(server, caplog):
    path = Settings().cache / "answers.sqlite"
    path.parent.mkdir(parents=True)
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("CREATE TABLE cache (url TEXT, page TEXT)")
    before = path.read_bytes()
    assert run(asked(server, "--store", "use", "-o", "one.json")) == 0
    assert "cannot be used, answers are not stored" in caplog.text
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT count(*) FROM cache").fetchone() == (0,)
    assert before[:16] == path.read_bytes()[:16]


@pytest.mark.parametrize("record", ["{}", "[]", "7", '{"source": 1, "summary": 2}'])
def test_a_record_of_the_journal_that_others_made_is_told(record, server, capsys):
    reports(2)
    assert run(command(server)) == 0
    with closing(sqlite3.connect("out.jsonl.journal")) as db, db:
        made = zlib.compress(record.encode())
        db.execute("UPDATE documents SET record = ? WHERE rowid = 1", (made,))
    assert run(command(server)) == 1
    assert "is damaged; --fresh makes all anew" in capsys.readouterr().err
    assert run(command(server, "--fresh")) == 0
