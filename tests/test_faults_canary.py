"""A key that every command holds and that the server repeats everywhere is written nowhere."""

import contextlib
import json
import os
import sqlite3
import subprocess
import sys
import threading
import time
import zlib
from contextlib import closing
from pathlib import Path

import pytest
import typer
from fake_server import FakeServer, Reply, error
from test_batch import reports
from test_batch_provider import Provider
from test_cli_summarize import REPORT, answered

CANARY = "sk-canary-Zm9vYmFyYmF6-0123456789"
HEADERS = {"X-Request-Id": CANARY, "Set-Cookie": f"key={CANARY}", "Retry-After": CANARY}


def echo_answer(body):
    """An answer that holds the key wherever a string may stand."""
    reply = answered(body)
    made = dict(reply.body, model=f"m-{CANARY}", system_fingerprint=CANARY)
    message = made["choices"][0]["message"]
    message["content"] = message["content"].replace("工作情况", f"工作{CANARY}")
    message["reasoning"] = CANARY
    return Reply(made, headers=HEADERS)


def echo_error(status):
    words = f"Incorrect API key provided: {CANARY} (Bearer {CANARY})"
    fault = error(status, words, code=CANARY)
    return Reply(fault.body, status, HEADERS)


SERVERS = {
    "answers": echo_answer,
    "400": echo_error(400),
    "401": echo_error(401),
    "429": echo_error(429),
    "500": echo_error(500),
    "in a 200": Reply(echo_error(400).body, 200, HEADERS),
    "a page": Reply(f"<html>{CANARY}</html>", 200, HEADERS | {"Content-Type": "text/html"}),
    "a redirect": "to a server that listens",
    "a redirect to nobody": Reply(b"", 302, HEADERS | {"Location": f"http://localhost:9/{CANARY}"}),
}
COMMANDS = [
    ["summarize", str(REPORT), "-o", "one.json"],
    ["summarize", str(REPORT), "--preview", "--strict", "-f", "md"],
    ["summarize", str(REPORT), "--strategy", "verbatim", "--with-source", "-f", "html"],
    ["batch", "in", "-o", "out.jsonl", "--live"],
    ["batch", "in", "-o", "out.jsonl", "--retry-failed", "--store", "refresh"],
    ["batch", "in", "-o", "dry.jsonl", "--dry-run"],
    ["batch", "in", "-o", "api.jsonl", "--via", "batch-api", "--poll", "0.01"],
    ["view", "out.jsonl", "-f", "text"],
    ["export", "out.jsonl", "--to", "tables"],
    ["clean", str(REPORT)],
    ["mentions", str(REPORT)],
    ["text", str(REPORT)],
    ["prompt", str(REPORT)],
    ["models", "list"],
    ["models", "list", "--json"],
    ["models", "verify"],
    ["models", "path"],
    ["eval", "run", "--suite", "live", "--model", "fake", "--dataset", "in", "-o", "report"],
    ["eval", "score", "one.json"],
    ["schema", "report"],
    ["settings"],
    ["settings", "--json"],
    ["no-such-command"],
    ["review", "out.jsonl", "-o", "check.html"],
    ["export", "out.jsonl", "--to", "sheets"],
    ["new", "own"],
    ["schema", "check", "own/schema.py", "own/sample.txt"],
    ["summarize", "own/sample.txt", "--schema", "own/schema.py", "-o", "own.json"],
    ["review", "own.json", "-o", "own.html"],
]
ASKING = [COMMANDS[0], COMMANDS[3], COMMANDS[6], COMMANDS[13]]
ALONE = {"clean", "mentions", "text", "prompt", "schema", "settings", "no-such-command"}
AFTER = [command for command in COMMANDS if command[0] not in ALONE]  # asks, or shows what did
RUN = {"answers": COMMANDS} | dict.fromkeys(("401", "in a 200", "a page", "a redirect"), AFTER)
"""What is run under which server; under the others what asks in ways of its own."""
WITHOUT_DEBUG = {"eval", "no-such-command"}


class ProcessList(threading.Thread):
    """Looks at the arguments of all processes while it is open."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._ended = threading.Event()
        self.seen: set[str] = set()

    def run(self) -> None:
        while not self._ended.is_set():
            for path in Path("/proc").glob("[0-9]*/cmdline"):
                try:
                    line = path.read_bytes()
                except OSError:
                    continue
                if CANARY.encode() in line:
                    self.seen.add(line.decode(errors="replace"))
            time.sleep(0.05)

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self._ended.set()
        self.join()


def leaks(folder: Path) -> list[str]:
    """The files below a folder that hold the key: in a name, as it is, or packed in a database."""
    found = []
    for path in folder.rglob("*"):
        if CANARY in path.name or (path.is_file() and CANARY.encode() in path.read_bytes()):
            found.append(str(path))
        elif path.is_file() and path.read_bytes()[:15] == b"SQLite format 3":
            found += [f"{path}: {value!r}" for value in packed(path) if CANARY.encode() in value]
    return found


def packed(path: Path):
    """Every value of a database that is packed, unpacked."""
    with closing(sqlite3.connect(path)) as db:
        tables = [
            name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type='table'")
        ]
        for table in tables:
            for row in db.execute(f"SELECT * FROM {table}"):
                for value in row:
                    if isinstance(value, bytes) and value[:1] == b"\x78":
                        yield zlib.decompress(value)


def outputs(server, desk: Path, commands):
    """What every command says, each in a process of its own."""
    environment = os.environ | {
        "OPENAI_API_KEY": CANARY,
        "SUMMARIZER_BASE_URL": server.url,
        "SUMMARIZER_MODEL": "fake",
        "SUMMARIZER_RETRIES": "0",
    }
    for arguments in commands:
        debug = [] if arguments[0] in WITHOUT_DEBUG else ["--debug"]
        done = subprocess.run(
            [sys.executable, "-m", "summarizer", *arguments, *debug],
            cwd=desk, env=environment, capture_output=True, check=False,
            stdin=subprocess.DEVNULL, timeout=300,
        )  # fmt: skip
        yield arguments, done.returncode, done.stdout + done.stderr


def test_every_command_is_tried():
    from summarizer.cli import app

    names = {info.name or info.callback.__name__ for info in app.registered_commands}
    names |= set(typer.main.get_command(app).list_commands(None))
    assert names <= {arguments[0] for arguments in COMMANDS}


@pytest.mark.slow
@pytest.mark.parametrize("kind", SERVERS)
def test_a_key_that_is_repeated_stands_in_no_output_file_or_process_list(
    kind, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    reports(3)
    codes = {}
    commands = RUN.get(kind, ASKING)
    with contextlib.ExitStack() as open_:
        other = open_.enter_context(FakeServer(echo_answer))
        away = HEADERS | {"Location": f"{other.url}/chat/completions?key={CANARY}"}
        script = Reply(b"", 307, away) if kind == "a redirect" else SERVERS[kind]
        server = open_.enter_context(FakeServer(script, models=(f"m-{CANARY}",)))
        processes = open_.enter_context(ProcessList())
        for arguments, code, said in outputs(server, tmp_path, commands):
            assert CANARY.encode() not in said, (arguments, said[-2000:])
            codes[" ".join(arguments[:1])] = code
        assert server.requests
        sent = {asked.headers["authorization"] for asked in server.requests}
    assert sent == {f"Bearer {CANARY}"}  # so that the test tests something
    assert other.requests == []
    assert processes.seen == set()
    assert leaks(tmp_path) == []
    assert codes["batch"] in {0, 1, 2, 4}


@pytest.mark.slow
def test_a_key_in_the_results_of_a_providers_batch_is_not_kept(tmp_path, monkeypatch, capsys):
    from summarizer.cli import run

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OPENAI_API_KEY", CANARY)
    reports(2)

    def spoil(_number, request):
        reply = {"status_code": 200, "body": echo_answer(request["body"]).body}
        return {"custom_id": request["custom_id"], "response": reply, "error": None}

    with Provider() as provider:
        threading.Thread(target=provider.serve_forever, args=(0.01,), daemon=True).start()
        provider.spoil = spoil
        where = ["--model", "fake", "--base-url", provider.url, "--via", "batch-api"]
        run(["batch", "in", "-o", "out.jsonl", *where, "--poll", "0.01", "--debug"])
        provider.shutdown()
    assert CANARY not in str(capsys.readouterr())
    assert [json.loads(line)["status"] for line in Path("out.jsonl").read_text().splitlines()]
    assert leaks(tmp_path) == []
