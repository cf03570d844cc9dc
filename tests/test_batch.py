"""A batch from a shell: nothing lost, nothing twice, in order, whatever is in the way."""

import io
import json
import os
import pty
import signal
import sqlite3
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from fake_server import FakeServer, Held, Reply, error
from forked import Nursery, until
from test_cli_summarize import answered

from summarizer.cli import run

TEXT = "青石乡工作汇报\n\n全乡共投入资金{0}万元，新建水渠{1}公里。\n"


@pytest.fixture
def server():
    with FakeServer(answered) as running:
        yield running


@pytest.fixture(autouse=True)
def desk(tmp_path, monkeypatch):
    """Six reports in `in/`, and the reader sits beside them; each takes three requests."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SUMMARIZER_OVERVIEW", "written")
    reports(6)
    return tmp_path


def reports(count: int, folder: str = "in") -> None:
    Path(folder).mkdir(exist_ok=True)
    for n in range(count):
        Path(folder, f"r{n:03}.txt").write_text(TEXT.format(n + 101, n + 1), encoding="utf-8")


def command(server, *arguments: str, inputs=("in",), out="out.jsonl") -> list[str]:
    where = ["--model", "fake", "--base-url", server.url, "--size", "small", "--store", "off"]
    return ["batch", *inputs, "-o", out, *where, *arguments]


def records(path="out.jsonl") -> list[dict]:
    return [json.loads(line) for line in Path(path).read_text("utf-8").splitlines()]


def names(path="out.jsonl") -> list[str]:
    return [Path(record["source"]).name for record in records(path)]


@pytest.fixture(scope="module")
def nursery():
    with Nursery() as running:
        yield running


def test_a_folder_becomes_a_record_a_document(server, capsys):
    assert run(command(server)) == 0
    assert names() == [f"r{n:03}.txt" for n in range(6)]
    out, errors = capsys.readouterr()
    assert out == ""
    assert "6 documents: 6 ok, 0 failed, 0 open; 6 settled by this run" in errors
    for record in records():
        assert list(record) == ["status", "source", "summary"]
        assert record["summary"]["document"]["source"] == record["source"]
        assert len(record["summary"]["figures"]) == 2
    assert not list(Path().glob(".*.part"))
    assert run(["view", "out.jsonl", "--format", "text"]) == 0


def test_a_second_run_asks_nothing_and_writes_the_same(server, capsys):
    assert run(command(server)) == 0
    before, asked = Path("out.jsonl").read_bytes(), len(server.requests)
    assert run(command(server)) == 0
    assert len(server.requests) == asked
    assert Path("out.jsonl").read_bytes() == before
    assert "0 settled by this run" in capsys.readouterr().err
    reports(8)
    assert run(command(server)) == 0
    assert names() == [f"r{n:03}.txt" for n in range(8)]
    assert len(server.requests) == asked * 8 // 6


@pytest.mark.parametrize(
    "change",
    [["--script", "hans"], ["--model", "other"], ["--strategy", "verbatim"], ["--fresh"]],
    ids=lambda change: change[-1],
)
def test_what_was_made_otherwise_is_made_anew(change, server):
    assert run(command(server, "--limit", "2")) == 0
    asked = len(server.requests)
    assert run([*command(server, "--limit", "2"), *change]) == 0
    assert len(server.requests) >= asked + 4
    assert len(records()) == 2


def test_with_source_each_summary_holds_its_text_and_is_proved_from_it(server):
    assert run(command(server)) == 0
    assert [record["summary"]["document"]["text"] for record in records()] == [None] * 6
    assert run([*command(server), "--with-source"]) == 0
    for record in records():
        document = record["summary"]["document"]
        assert document["text"] == Path("in", document["source"].split("/")[-1]).read_text("utf-8")
        for figure in record["summary"]["figures"]:
            start, end = figure["span"]["start"], figure["span"]["end"]
            assert document["text"][start:end] == figure["text"]


def test_every_file_that_failed_is_named_under_its_cause(server, capsys):
    for name, blank in (("empty.txt", ""), ("leer.txt", "\n")):
        Path("in", name).write_text(blank, encoding="utf-8")
    assert run(command(server)) == 1
    told = capsys.readouterr().err
    assert "failed 2 × EmptyDocument" in told
    assert "    in/empty.txt\n" in told
    assert "    in/leer.txt\n" in told


def test_a_changed_document_is_made_anew(server):
    assert run(command(server)) == 0
    asked = len(server.requests)
    Path("in", "r003.txt").write_text(TEXT.format(999, 9), encoding="utf-8")
    assert run(command(server)) == 0
    assert len(server.requests) == asked * 7 // 6
    assert "999万元" in json.dumps(records()[3], ensure_ascii=False)


def test_every_kind_of_input(server, capsys, monkeypatch):
    Path("deep", "er").mkdir(parents=True)
    Path("deep", "er", "again.md").write_bytes(Path("in", "r000.txt").read_bytes())
    Path("deep", "notes.log").write_text("1,2", encoding="utf-8")
    Path("deep", ".hidden.txt").write_text("1", encoding="utf-8")
    with zipfile.ZipFile("deep/old.zip", "w") as archive:
        archive.writestr("2019/甲.txt", TEXT.format(777, 7))
        archive.writestr("2019/picture.png", b"\x89PNG")
    Path("odd").write_text(TEXT.format(888, 8), encoding="utf-8")
    asked = command(server, inputs=("in/r00[45].txt", "deep", "odd", "in"), out="o.jsonl")
    assert run([*asked, "--exclude", "*1.txt"]) == 0
    assert [r["source"] for r in records("o.jsonl")] == [
        *("in/r004.txt", "in/r005.txt", "deep/old.zip/2019/甲.txt", "deep/er/again.md", "odd"),
        *("in/r002.txt", "in/r003.txt"),
    ]
    assert records("o.jsonl")[3]["same_content"] == ["in/r000.txt"]
    assert run([*asked, "--include", "deep/*", "--limit", "1"]) == 0
    assert [r["source"] for r in records("o.jsonl")] == ["deep/old.zip/2019/甲.txt"]


def test_a_list_on_standard_input(server, monkeypatch, capsys):
    listed = b"in/r002.txt\nin/gone.txt\n\nin/r001.txt\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(listed)))
    assert run(command(server, inputs=["-"])) == 1
    assert names() == ["r002.txt", "gone.txt", "r001.txt"]
    assert "failed 1 × UnreadableDocument: in/gone.txt does not exist" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("inputs", "code", "told"),
    [
        (["missing"], 3, "missing does not exist"),
        (["in/*.pdf"], 3, "finds nothing"),
        (["in", "--include", "x*"], 3, "no documents"),
        (["in", "--fail-on-error", "-1"], 2, "--fail-on-error"),
        (["in", "--max-cost", "1"], 2, "--prices"),
        (["in", "--deadline", "soon"], 2, "length of time"),
        (["in", "-o", "in"], 2, "folder"),
    ],
    ids=str,
)
def test_what_cannot_work_asks_nothing(inputs, code, told, server, capsys):
    assert run([*command(server, inputs=[]), *inputs]) == code
    assert told in capsys.readouterr().err
    assert not server.requests
    assert not Path("out.jsonl").exists()


def test_a_dry_run_from_the_beginning_counts_what_is_done_as_to_do(server, capsys):
    assert run(command(server)) == 0
    capsys.readouterr()
    assert run([*command(server), "--dry-run", "--fresh"]) == 0
    assert "to do         6" in capsys.readouterr().out


def test_a_dry_run_with_the_embedded_model_needs_no_file_of_it(server, capsys):
    assert run(["batch", "in", "-o", "out.jsonl", "--model", "local", "--dry-run"]) == 0
    assert "on two cores" in capsys.readouterr().out


def test_a_dry_run_reckons_and_writes_nothing(server, capsys):
    Path("prices.toml").write_text('currency = "CNY"\n[fake]\nprompt = "2"\ncompletion = "8"\n')
    assert run([*command(server), "--dry-run", "--prices", "prices.toml"]) == 0
    out = capsys.readouterr().out
    assert "to do         6" in out
    assert "CNY" in out
    assert not server.requests
    assert not list(Path().glob("*out*"))
    assert run(command(server)) == 0
    capsys.readouterr()
    assert run([*command(server), "--dry-run"]) == 0
    assert "done already  6 ok, 0 failed" in capsys.readouterr().out


# --- failures


def poisoned(what: str, reply: Reply):
    """Answers as usual, but to whoever mentions `what`."""
    return lambda body: reply if what in json.dumps(body, ensure_ascii=False) else answered(body)


def test_one_bad_document_never_costs_the_batch(server, capsys):
    Path("in", "a.txt").write_bytes(b"")
    Path("in", "b.pdf").write_bytes(b"%PDF-1.7 torn")
    Path("in", "c.zip").write_bytes(b"PK torn")
    assert run(command(server)) == 1
    assert [r["status"] for r in records()] == ["failed"] * 3 + ["ok"] * 6
    assert records()[0]["error"] == {"type": "EmptyDocument", "message": "in/a.txt is empty"}
    assert "failed 1 × EmptyDocument" in capsys.readouterr().err
    assert run([*command(server), "--fail-on-error", "50%"]) == 0
    assert run([*command(server), "--fail-on-error", "0.3"]) == 1
    assert run([*command(server), "--fail-on-error", "3"]) == 0
    assert run([*command(server), "--fail-on-error", "none"]) == 0


def test_what_fails_three_times_is_set_down_and_tried_again_when_asked(monkeypatch, capsys):
    monkeypatch.setenv("SUMMARIZER_RETRIES", "0")
    with FakeServer(poisoned("103万元", error(500))) as server:
        assert run(command(server, "--jobs", "2")) == 1
        assert [r["status"] for r in records()] == ["ok", "ok", "failed", "ok", "ok", "ok"]
        assert records()[2]["error"]["type"] == "ModelUnavailable"
        bad = sum("103万元" in json.dumps(r.body, ensure_ascii=False) for r in server.requests)
        assert 3 <= bad < 7  # one or two requests of each attempt
        server.replies, asked = [answered], len(server.requests)
        assert run(command(server)) == 1
        assert len(server.requests) == asked
        assert run(command(server, "--retry-failed")) == 0
        assert [r["status"] for r in records()] == ["ok"] * 6
    assert "1 settled by this run" in capsys.readouterr().err


def test_a_wrong_key_stops_at_once(capsys):
    with FakeServer(error(401, "bad key")) as server:
        assert run(command(server, "--jobs", "2")) == 4
        assert len(server.requests) < 6
    errors = capsys.readouterr().err
    assert errors.count("OPENAI_API_KEY") == 1
    assert "6 open" in errors
    assert not Path("out.jsonl").exists()


def test_an_endpoint_that_goes_away_costs_no_document(server, monkeypatch, capsys):
    monkeypatch.setenv("SUMMARIZER_RETRIES", "0")
    reports(20)
    server.replies = [answered] * 12 + [error(503)]
    assert run(command(server, "--jobs", "1")) == 4
    assert "answers no more" in capsys.readouterr().err
    server.replies = [answered]
    assert run(command(server)) == 0
    assert [r["status"] for r in records()] == ["ok"] * 20


def test_budgets_stop_cleanly_and_resumably(server, capsys):
    assert run(command(server, "--max-tokens", "100", "--jobs", "1")) == 1
    errors = capsys.readouterr().err
    assert "the budget of 100 tokens is used up; run the same command again" in errors
    done = len(records())
    assert 0 < done < 6
    assert run(command(server, "--deadline", "0.0001")) == 1
    assert "deadline" in capsys.readouterr().err
    assert len(records()) == done
    assert run(command(server)) == 0
    assert len(records()) == 6


def test_a_budget_of_money(server, capsys):
    Path("prices.toml").write_text('currency = "CNY"\n[fake]\nprompt = "1e6"\ncompletion = "0"\n')
    assert run(command(server, "--prices", "prices.toml", "--max-cost", "130", "--jobs", "1")) == 1
    assert "140.0000 CNY" in capsys.readouterr().err


# --- interruption


def kept() -> int:
    """How many documents the journal holds."""
    with closing(sqlite3.connect("out.jsonl.journal")) as db:
        return db.execute("SELECT COUNT(*) FROM documents").fetchone()[0]


def test_killed_and_resumed_it_ends_as_if_undisturbed(server, nursery, desk):
    assert run(command(server, out="whole.jsonl")) == 0
    for done in (1, 2):
        server.requests.clear()
        server.replies = [Held(answered, 9)]
        child = nursery.start(command(server, "--jobs", "2", "--live"), cwd=desk)
        until(lambda: len(server.requests) > 9)
        os.kill(child.pid, signal.SIGKILL)
        assert child.wait()[0] == -signal.SIGKILL
        assert done <= kept() < 6
    server.replies = [answered]
    assert run(command(server)) == 0
    assert Path("out.jsonl").read_bytes() == Path("whole.jsonl").read_bytes()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_finishes_what_is_in_work(number, server, nursery, desk):
    server.replies = [held := Held(answered)]
    child = nursery.start(command(server, "--jobs", "2"), cwd=desk)
    until(lambda: len(server.requests) == 2)
    os.kill(child.pid, number)
    until(lambda: "stopping" in child.told.read_text())
    held.go.set()
    code, errors = child.wait()
    assert code == 130
    assert "stopping: the documents in work are finished first" in errors
    assert "interrupted; run the same command again to go on" in errors
    assert len(records()) == kept() == 2
    asked = len(server.requests)
    assert run(command(server)) == 0
    assert len(server.requests) == 3 * asked


def test_a_second_ctrl_c_ends_it_at_once(server, nursery, desk):
    server.replies = [Held(answered)]
    child = nursery.start(command(server), cwd=desk)
    until(lambda: server.requests)
    os.kill(child.pid, signal.SIGINT)
    until(lambda: "stopping" in child.told.read_text())
    os.kill(child.pid, signal.SIGINT)
    assert child.wait()[0] == 130
    assert not Path("out.jsonl").exists()


def test_two_runs_on_one_output(server, nursery, desk, capsys):
    server.replies = [held := Held(answered)]
    child = nursery.start(command(server), cwd=desk)
    until(lambda: server.requests)
    assert run(command(server)) == 2
    assert "another run is writing 'out.jsonl'" in capsys.readouterr().err
    held.go.set()
    assert child.wait()[0] == 0
    assert len(records()) == 6


def test_live_appends_as_results_come(server, nursery, desk):
    server.replies = [held := Held(answered, 5)]
    child = nursery.start(command(server, "--live", "--jobs", "1"), cwd=desk)
    until(lambda: Path("out.jsonl").exists() and Path("out.jsonl").stat().st_size)
    assert child.is_alive
    held.go.set()
    assert child.wait()[0] == 0
    assert names() == [f"r{n:03}.txt" for n in range(6)]


def test_a_full_disk_loses_nothing_that_was_told(server, nursery, desk):
    """The kernel refuses to let a file grow beyond a limit, as a full disk would."""
    assert run(command(server, "--limit", "1", out="one.jsonl")) == 0
    each = len(server.requests)
    reports(20)
    child = nursery.start(command(server, "--jobs", "2"), cwd=desk, largest_file=120_000)
    code, errors = child.wait()
    assert code == 1
    assert "again" in errors.splitlines()[-1]
    assert not Path("out.jsonl").exists()
    before, asked = kept(), len(server.requests)
    assert 0 < before < 20
    assert run(command(server)) == 0
    assert len(records()) == 20
    assert len(server.requests) - asked == each * (20 - before)


@pytest.mark.parametrize("damage", [b"not a database at all" * 99, b""])
def test_a_damaged_journal_is_told(damage, server, capsys):
    Path("out.jsonl.journal").write_bytes(damage)
    code = run(command(server))
    assert code == (1 if damage else 0)
    if damage:
        assert "move it away to start anew" in capsys.readouterr().err
        assert Path("out.jsonl.journal").read_bytes() == damage


def test_a_terminal_sees_progress(server, monkeypatch):
    monkeypatch.delenv("CI", raising=False)  # where it is set, no bar is drawn
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("TERM", "xterm-256color")
    server.replies = [lambda body: Reply(answered(body).body, delay=0.05)]
    ours, theirs = pty.openpty()
    with os.fdopen(ours, "rb", buffering=0) as screen, ThreadPoolExecutor(1) as pool:
        shown = pool.submit(everything, screen)
        with os.fdopen(theirs, "w", encoding="utf-8") as terminal:
            monkeypatch.setattr(sys, "stderr", terminal)
            assert run(command(server)) == 0
        seen = shown.result()
    assert "in work" in seen
    assert "tokens/s" in seen
    assert "6 documents: 6 ok" in seen


def everything(screen) -> str:
    """What a terminal is sent, until its other end is closed."""
    seen = b""
    try:
        while part := screen.read(65536):
            seen += part
    except OSError:  # how Linux says so
        pass
    return seen.decode()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_file_name_need_not_be_text(server):
    Path(os.fsdecode(b"in/\xff.txt")).write_text(TEXT.format(555, 5), encoding="utf-8")
    Path("in", "[31m.txt").write_text(TEXT.format(556, 5), encoding="utf-8")
    assert run(command(server)) == 0
    assert {"\\udcff.txt", "[31m.txt"} < set(names())
