"""A batch in a hostile world: inputs that are traps, endpoints that are mute, nobody who listens."""

import io
import json
import os
import pty
import signal
import sqlite3
import subprocess
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from fake_server import FakeServer, Held, Reply, error, page
from forked import Nursery, until
from test_batch import TEXT, command, everything, kept, names, records, reports
from test_cli_summarize import answered

from summarizer.batch import sources
from summarizer.batch.record import renamed
from summarizer.batch.sources import Filter, find_sources
from summarizer.cli import run

pytestmark = pytest.mark.slow  # processes, servers and waits of seconds


@pytest.fixture
def server():
    with FakeServer(answered) as running:
        yield running


@pytest.fixture(autouse=True)
def desk(tmp_path, monkeypatch):
    """Six reports in `in/`, and the reader sits beside them."""
    monkeypatch.chdir(tmp_path)
    reports(6)
    return tmp_path


@pytest.fixture(scope="module")
def nursery():
    with Nursery() as running:
        yield running


# --- inputs


def test_an_input_is_never_overwritten(server, capsys):
    before = Path("in", "r001.txt").read_bytes()
    assert run(command(server, out="in/r001.txt")) == 2
    assert "is one of the inputs" in capsys.readouterr().err
    assert Path("in", "r001.txt").read_bytes() == before
    assert not server.requests


def test_fresh_forgets_nothing_when_the_inputs_are_not_there(server, capsys):
    assert run(command(server)) == 0
    assert run(command(server, "--fresh", inputs=["gone"])) == 3
    assert kept() == 6


def test_a_pipe_is_not_waited_for(server, capsys):
    os.mkfifo("pipe.txt")
    assert run(command(server, inputs=["pipe.txt", "in"])) == 1
    assert "pipe.txt is no regular file" in capsys.readouterr().err
    assert [r["status"] for r in records()] == ["failed"] + ["ok"] * 6


def test_a_folder_that_cannot_be_listed_is_a_failure(monkeypatch):
    """The tests may run as root, whom no folder is closed to: the refusal is that of the walk."""

    def walk(top, onerror):
        onerror(PermissionError(13, "Permission denied", f"{top}/closed"))
        return iter([(top, [], ["r000.txt"])])

    monkeypatch.setattr(sources.os, "walk", walk)
    found = list(find_sources(["in"], Filter()))
    assert [source.name for source in found] == ["in/r000.txt", "in/closed"]
    assert found[1].fault == "the folder in/closed cannot be listed: Permission denied"


def test_names_that_are_too_long_or_hold_ends_of_lines(server, monkeypatch, capsys):
    Path("in", "r\n0.txt").write_text(TEXT.format(555, 5), encoding="utf-8")
    listed = b"\0".join([b"in/r\n0.txt", b"x" * 5000, b""])
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(listed)))
    assert run(command(server, inputs=["-"])) == 1
    assert [r["status"] for r in records()] == ["ok", "failed"]
    assert run(command(server, inputs=["x" * 5000])) == 3
    monkeypatch.setattr(sys, "stdin", None)
    assert run(command(server, inputs=["-"])) == 3
    assert "standard input, and that is closed" in capsys.readouterr().err


def test_a_document_that_changes_under_the_run_is_not_taken_for_the_old_one(server, capsys):
    path = Path("in", "r005.txt")
    old = path.read_bytes()

    def change(body):
        path.write_text(TEXT.format(999, 9), encoding="utf-8")
        return answered(body)

    server.replies = [change]
    assert run(command(server, "--jobs", "1")) == 1
    assert "in/r005.txt was changed during the run; run again" in capsys.readouterr().err
    server.replies = [answered]
    assert run(command(server)) == 0
    assert "999万元" in json.dumps(records()[5], ensure_ascii=False)
    path.write_bytes(old)
    assert run(command(server, "--retry-failed")) == 0
    assert "106万元" in json.dumps(records()[5], ensure_ascii=False)


# --- endpoints


@pytest.mark.parametrize(
    "reply",
    [page(), Reply(b"\xff{"), Reply({"choices": []}), error(500), error(400, "no"), error(413)],
    ids=["page", "garbage", "no choices", "500", "400", "413"],
)
def test_an_endpoint_that_answers_nothing_costs_no_document(reply, monkeypatch, capsys):
    monkeypatch.setenv("SUMMARIZER_RETRIES", "0")
    with FakeServer(reply) as server:
        assert run(command(server)) == 4
        assert "6 open" in capsys.readouterr().err
        server.replies = [answered]
        assert run(command(server)) == 0
    assert [r["status"] for r in records()] == ["ok"] * 6


def test_who_waits_for_another_try_does_not_hold_up_ctrl_c(nursery, desk):
    with FakeServer(error(429, retry_after="300")) as server:
        child = nursery.start(command(server), cwd=desk)
        until(lambda: server.requests)
        os.kill(child.pid, signal.SIGINT)
        code, errors = child.wait()
    assert code == 130
    assert "6 open" in errors


def test_a_full_disk_ends_the_asking(nursery, desk):
    reports(20)
    with FakeServer(*[answered] * 40, held := Held(answered)) as server:
        child = nursery.start(command(server, "--jobs", "4"), cwd=desk, largest_file=70_000)
        until(lambda: not child.is_alive or len(server.requests) > 40)
        held.go.set()
        assert child.wait()[0] == 1
        assert len(server.requests) < 80


# --- the journal and the output


def test_a_plan_names_the_journal_that_it_cannot_read(server, capsys):
    Path("out.jsonl.journal").write_bytes(b"not a database at all" * 99)
    assert run(command(server, "--dry-run")) == 1
    assert "the journal out.jsonl.journal: file is not a database" in capsys.readouterr().err


def test_a_journal_of_another_version_is_left_alone(server, capsys):
    assert run(command(server)) == 0
    with closing(sqlite3.connect("out.jsonl.journal")) as db, db:
        db.execute("UPDATE meta SET value = '0' WHERE name = 'format'")
    for more in ((), ("--dry-run",)):
        assert run(command(server, *more)) == 2
        assert "out.jsonl.journal was written by another version" in capsys.readouterr().err


def test_a_damaged_record_is_told(server, capsys):
    assert run(command(server)) == 0
    with closing(sqlite3.connect("out.jsonl.journal")) as db, db:
        db.execute("UPDATE documents SET record = x'00' WHERE rowid = 3")
    assert run(command(server)) == 1
    assert "is damaged; --fresh makes all anew" in capsys.readouterr().err
    assert run(command(server, "--fresh")) == 0


def test_an_output_that_is_gone_is_written_even_if_the_run_stops_early(server):
    assert run(command(server)) == 0
    Path("out.jsonl").unlink()
    reports(7)
    assert run(command(server, "--deadline", "0")) == 1
    assert len(records()) == 6


def test_a_file_named_twice_is_not_its_own_copy(server):
    Path("copy.txt").write_bytes(Path("in", "r000.txt").read_bytes())
    assert run(command(server, inputs=["in/r000.txt", "in", "copy.txt"])) == 0
    assert records()[0]["same_content"] == ["copy.txt"]
    assert len(names()) == 6


# --- nobody listens


@pytest.mark.parametrize("redirection", ["2>/dev/full", "0<&- >&- 2>&-", "2>&1 | true"])
def test_the_exit_code_does_not_depend_on_who_listens(redirection, server):
    Path("in", "a.txt").write_bytes(b"")
    program = [sys.executable, "-m", "summarizer", *command(server)]
    line = " ".join(f"'{word}'" for word in program)
    subprocess.run(["sh", "-c", f"({line}; echo $? >code) {redirection}"], check=False)
    assert Path("code").read_text() == "1\n"
    assert len(records()) == 7


@pytest.mark.parametrize(
    ("columns", "ci", "told"), [("20", "", "0/6, 0 failed"), ("120", "true", "6 documents")]
)
def test_a_narrow_terminal_has_the_counts_and_a_build_server_no_bar(
    columns, ci, told, server, monkeypatch
):
    for name, value in {"COLUMNS": columns, "CI": ci, "TERM": "xterm-256color"}.items():
        monkeypatch.setenv(name, value)
    ours, theirs = pty.openpty()
    with os.fdopen(ours, "rb", buffering=0) as screen, ThreadPoolExecutor(1) as pool:
        shown = pool.submit(everything, screen)
        with os.fdopen(theirs, "w", encoding="utf-8") as terminal:
            monkeypatch.setattr(sys, "stderr", terminal)
            assert run(command(server)) == 0
        seen = shown.result()
    assert told in seen
    assert ("\x1b[2K" in seen) == (not ci)


@pytest.mark.parametrize(("share", "code"), [("100%", 0), ("99%", 1), ("101%", 2), ("0%", 1)])
def test_shares_of_failures(share, code, server):
    for path in Path("in").iterdir():
        path.write_bytes(b"")
    assert run(command(server, "--fail-on-error", share)) == code


# --- answers


@pytest.mark.parametrize("more", [(), ("--fresh",)])
def test_a_count_that_no_column_holds_costs_no_result(more, capsys):
    def lying(body):
        reply = answered(body)
        reply.body["usage"] = {"prompt_tokens": 2**70, "completion_tokens": 7}
        return reply

    with FakeServer(lying) as server:
        stored = [*command(server), "--store", "use"]
        assert run(stored) == 0
        assert run([*stored, *more]) == 0
    assert [r["status"] for r in records()] == ["ok"] * 6


def test_a_worker_that_dies_says_so(server, monkeypatch, capsys):
    """The error of a schema's own code that cannot even be told as text."""
    Path("mine.py").write_text(
        "from summarizer.types import Item, Summary\n\n"
        "class Mute(BaseException):\n"
        "    def __str__(self):\n        raise ValueError\n\n"
        "class Thing(Item):\n    what: str\n\n"
        "class Mine(Summary):\n    things: tuple[Thing, ...] = ()\n\n"
        "    def model_dump_json(self, **_):\n        raise Mute\n",
        encoding="utf-8",
    )
    assert run(command(server, "--schema", "mine.py")) == 1
    assert {r["error"]["message"] for r in records()} == {"the error has no text"}


# --- links


def test_a_link_out_of_a_folder_is_not_followed(server, capsys):
    Path("secret.txt").write_text(TEXT.format(987, 6), encoding="utf-8")
    Path("in", "z.txt").symlink_to(Path("secret.txt").resolve())
    Path("in", "y.txt").symlink_to("r000.txt")
    assert run(command(server)) == 1
    assert "in/z.txt is a link that leads out of its folder" in capsys.readouterr().err
    assert "987" not in str([asked.body for asked in server.requests])
    assert run(command(server, inputs=["in/z.txt"], out="named.jsonl")) == 0


def test_an_output_that_is_a_link_stays_one(server):
    Path("real").mkdir()
    Path("out.jsonl").symlink_to("real/all.jsonl")
    assert run(command(server)) == 0
    assert Path("out.jsonl").is_symlink()
    assert len(records("real/all.jsonl")) == 6


def test_a_link_to_what_is_no_document_is_not_even_told():
    Path("in", "z.exe").symlink_to(Path("/bin/sh"))
    assert [source.name for source in find_sources(["in"], Filter(include=("z.*",)))] == []


def test_a_pattern_chooses_among_the_files_of_an_archive():
    with zipfile.ZipFile("a.zip", "w") as archive:
        archive.writestr("甲.txt", "投入5万元")
        archive.writestr("乙.txt", "投入6万元")
    found = [source.name for source in find_sources(["a.zip"], Filter(exclude=("甲*",)))]
    assert found == ["a.zip/乙.txt"]


def test_a_record_that_is_for_another_name_has_it_at_both_places():
    record = '{"source": "a.txt", "summary": {"document": {"source": "a.txt"}}}'
    assert renamed(record, "a.txt", []) == record
    assert renamed(record, "b.txt", []) == record.replace("a.txt", "b.txt").replace(
        ": ", ":"
    ).replace(", ", ",")


def test_a_folder_of_ten_thousand_files_is_taken_whole_and_in_order(capsys):
    Path("many").mkdir()
    for number in range(10_000):
        Path("many", f"报告{number}.txt").write_text(f"投入{number}万元。", encoding="utf-8")
    found = [source.name for source in find_sources(["many"])]
    assert found == [f"many/报告{number}.txt" for number in range(10_000)]
    asked = ["--model", "fake", "--base-url", "http://127.0.0.1:9/v1", "--dry-run"]
    assert run(["batch", "many", "-o", "out.jsonl", *asked]) == 0
    assert "10,000" in capsys.readouterr().out
