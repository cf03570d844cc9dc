"""`summarize` and `prompt` from a shell, against a server of ours that answers by the schema."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
from typing import Any

import pytest
from fake_server import FakeServer, Reply, error, page, says, wanted
from forked import until
from test_cli import HERE, on_terminal, said, started

from summarizer.cli import run
from summarizer.cli.summarize import _refuse_errors
from summarizer.errors import VerificationFailed

REPORT = HERE / "data" / "short_report.txt"
EMPTY = "乡里召开会议，学习了文件，大家表示要努力工作。\n"


def answered(body: dict[str, Any]) -> Reply:
    """The least answer that the request's schema allows; without a schema a likely yes."""
    schema = wanted(body)
    if schema:
        return says(json.dumps(least(schema), ensure_ascii=False))
    likely = [{"token": "是", "logprob": -0.1}, {"token": "否", "logprob": -3.0}]
    reply = says("是")
    reply.body["choices"][0]["logprobs"] = {"content": [likely[0] | {"top_logprobs": likely}]}
    return reply


def least(schema: dict[str, Any], name: str = "", defs: dict[str, Any] | None = None) -> Any:
    """The least value that a JSON Schema takes: null where it may be, lists as short as allowed."""
    defs = defs or schema.get("$defs", {})
    if "$ref" in schema:
        return least(defs[schema["$ref"].rpartition("/")[2]], name, defs)
    if "anyOf" in schema:
        choices = (least(choice, name, defs) for choice in schema["anyOf"])
        return min(choices, key=lambda v: v is not None)
    if "enum" in schema:
        return schema["enum"][0]
    if schema["type"] == "object":
        fields = schema.get("properties", {}).items()
        return {name: least(field, name, defs) for name, field in fields}
    if schema["type"] == "array":
        return [least(schema["items"], name, defs)] * schema.get("minItems", 0)
    if schema["type"] != "string":
        return None
    return (
        "全镇投入资金{f1}，建成大棚{f2}，群众的生活越来越好。" if name == "overview" else "工作情况"
    )


def asked(server: FakeServer, *arguments: str, file: Any = REPORT) -> list[str]:
    where = ["--model", "fake", "--base-url", server.url, "--store", "off"]
    return ["summarize", str(file), *where, *arguments]


@pytest.fixture
def server():
    with FakeServer(answered) as running:
        yield running


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SUMMARIZER_RETRIES", "0")


def test_a_report_becomes_json_that_can_be_viewed(server, tmp_path, capsys):
    assert run(asked(server, "-o", "out.json", "--with-source", "--strict")) == 0
    out, errors = capsys.readouterr()
    assert (out, errors) == ("", "")
    summary = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    text = summary["document"]["text"]
    assert summary["figures"]
    assert "320余万元" in summary["overview"]
    for figure in summary["figures"]:
        quote, span = figure["evidence"]["quote"], figure["evidence"]["span"]
        assert text[span["start"] : span["end"]] == quote
    assert run(["view", "out.json"]) == 0
    assert json.loads(capsys.readouterr().out) == summary


def test_a_pipe_gets_the_same_twice(server, capsys):
    outputs = []
    for _ in range(2):
        assert run(asked(server)) == 0
        summary = json.loads(capsys.readouterr().out)
        del summary["provenance"]["usage"]["seconds"]
        outputs.append(summary)
    assert outputs[0] == outputs[1]


def previewed(summary: dict[str, Any]) -> int:
    return len(summary["figures"] + summary["measures"] + summary["exemplars"])


def test_a_preview_is_there_before_the_end():
    """The server answers the last question only after the test has read the preview."""
    is_read = threading.Event()

    def patient(body: dict[str, Any]) -> Reply:
        if "overview" in wanted(body).get("properties", ()):
            assert is_read.wait(60)
        return answered(body)

    with FakeServer(patient) as server:
        process = started(*asked(server, "--preview"), env=os.environ | {"OPENAI_API_KEY": "sk-x"})
        lines = [process.stderr.readline().decode() for _ in range(9)]
        is_read.set()
        out, rest = process.communicate(timeout=120)
    summary = json.loads(out)
    assert process.returncode == 0
    for line, figure in zip(lines, summary["figures"], strict=True):
        assert line.startswith(f"{figure['text']} = ")
        assert figure["label"] in line
        assert (figure["subject"] or "") in line
    assert len(lines) + len(rest.splitlines()) == previewed(summary)


def test_a_preview_changes_nothing_of_the_result(server, capsys):
    outputs = []
    for options in ([], ["--preview"], ["--preview", "--quiet"]):
        assert run(asked(server, *options)) == 0
        out, errors = capsys.readouterr()
        assert bool(errors) == bool(options)
        outputs.append(re.sub(r'"seconds": [\d.e-]+', "", out))
    assert outputs[0] == outputs[1] == outputs[2]


def test_a_preview_on_a_terminal_stands_above_the_bar(server, tmp_path):
    code, seen = on_terminal(
        asked(server, "--preview", "-o", str(tmp_path / "o")), 80, OPENAI_API_KEY="k"
    )
    assert code == 0
    assert "320余万元 = > 3,200,000 元: " in seen
    assert "Reading passages" in seen


def test_a_preview_sends_no_escapes_of_the_document(server, tmp_path, capfd):
    text = "青石镇投入\x1b[31m资金320万元,:smile:建成[red]大棚\x07\u202e46座。\n"
    (tmp_path / "x.txt").write_text(text, encoding="utf-8")
    assert run(asked(server, "--preview", file=tmp_path / "x.txt")) == 0
    errors = capfd.readouterr().err
    assert "320万元" in errors
    assert all(line.isprintable() for line in errors.splitlines())
    _, seen = on_terminal(
        asked(server, "--preview", "-o", str(tmp_path / "o"), file=tmp_path / "x.txt"),
        80,
        OPENAI_API_KEY="sk-x",
    )
    assert not re.search("\x1b\\[31m资|\x07|\u202e", seen)


def test_whoever_stops_reading_the_preview_loses_no_summary(server, tmp_path):
    out = tmp_path / "out.json"
    process = started(
        *asked(server, "--preview", "-o", str(out)),
        stdout=subprocess.DEVNULL,
        env=os.environ | {"OPENAI_API_KEY": "sk-x"},
    )
    process.stderr.close()
    assert process.wait(timeout=120) == 0
    assert json.loads(out.read_text(encoding="utf-8"))["figures"]


def test_standard_input(server):
    command = asked(server, "--format", "md", file="-")
    with REPORT.open("rb") as report:
        process = started(*command, stdin=report, env=os.environ | {"OPENAI_API_KEY": "sk-x"})
    out, errors = process.communicate(timeout=120)
    assert (process.returncode, errors) == (0, b"")
    assert out.decode().startswith("# ")


def test_a_report_without_numbers_is_a_small_summary(server, tmp_path, capsys):
    (tmp_path / "empty.txt").write_text(EMPTY, encoding="utf-8")
    assert run(asked(server, "--format", "text", file="empty.txt")) == 0
    assert "0 quantities found" in capsys.readouterr().out


def test_a_terminal_sees_progress_and_then_text(server):
    program = (
        "import sys\nfrom summarizer.cli import run\n"
        "codes = run(sys.argv[1:]), print('=== quiet', flush=True), run([*sys.argv[1:], '--quiet'])"
        "\nsys.exit(codes != (0, None, 0))"
    )
    code, seen = on_terminal(asked(server), 80, program, OPENAI_API_KEY="sk-x")
    assert code == 0
    seen, _, quiet = seen.partition("=== quiet")
    assert "Reading passages" in seen
    assert "Coverage" in seen
    assert "Coverage" in quiet
    assert "Reading passages" not in quiet


@pytest.mark.parametrize(
    ("reply", "says_"),
    [
        (error(401, "bad key"), "OPENAI_API_KEY"),
        (error(404, "no such model"), "fake"),
        (page(), ""),
    ],
    ids=["wrong key", "unknown model", "a page"],
)
def test_an_endpoint_that_cannot_be_used(reply, says_, capsys, tmp_path):
    with FakeServer(reply) as server:
        code = run(asked(server, "-o", "out.json"))
    out, errors = capsys.readouterr()
    assert (code, out) == (4, "")
    assert errors.startswith("error: ")
    assert errors.count("\n") == 1
    assert says_ in errors
    assert not list(tmp_path.glob("*out*"))


@pytest.mark.parametrize(
    ("name", "content"), [("empty.txt", b""), ("blank.txt", b" \n"), ("cat.png", b"\x89PNG\r\n\x1a\n\0\0")]
)  # fmt: skip
def test_bad_input_asks_nothing(name, content, server, tmp_path, capsys):
    (tmp_path / name).write_bytes(content)
    assert run(asked(server, file=name)) == 3
    out, errors = capsys.readouterr()
    assert out == ""
    assert errors.startswith("error: ")
    assert errors.count("\n") == 1
    assert not server.requests


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_file_name_need_not_be_text(server, tmp_path, capsys):
    name = os.fsdecode(b"\xff.txt")
    (tmp_path / name).write_bytes(REPORT.read_bytes())
    assert run(asked(server, file=name)) == 0
    assert json.loads(capsys.readouterr().out)["document"]["source"] == "\\udcff.txt"


def test_a_bad_place_for_the_output_asks_nothing(server, capsys):
    assert run(asked(server, "-o", "no/such/out.json")) == 2
    assert "there is no folder" in capsys.readouterr().err
    assert not server.requests


def test_a_file_too_large_is_not_read(server, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("SUMMARIZER_MAX_BYTES", "1000")
    (tmp_path / "large.txt").write_text("工作" * 1000, encoding="utf-8")
    assert run(asked(server, file="large.txt")) == 3
    assert "large.txt" in capsys.readouterr().err


def test_interrupt_does_not_wait_for_answers(tmp_path):
    with FakeServer(Reply({}, delay=3600)) as slow:
        process = started(*asked(slow, "-o", "out.json"), cwd=None, stdin=subprocess.DEVNULL)
        until(lambda: slow.requests)
        process.send_signal(signal.SIGINT)
        assert said(process) == (130, "interrupted\n")
    assert not list(tmp_path.iterdir())


def test_strict_refuses_errors():
    _refuse_errors([])
    with pytest.raises(VerificationFailed, match="2 issues of severity error, the first: 甲"):
        _refuse_errors(["甲", "乙"])


def test_prompt_is_what_is_sent(server, capsys):
    assert run(["prompt", str(REPORT), "--model", "fake", "--json"]) == 0
    shown = [request["messages"] for request in json.loads(capsys.readouterr().out)]
    assert run(asked(server)) == 0
    sent = [request.body["messages"] for request in server.requests]
    assert all(messages in sent for messages in shown)
    assert len(sent) > len(shown)  # the overview comes last


@pytest.mark.parametrize(
    "reply",
    [error(400, "此模型不可用"), says("", finish="content_filter"), says("{", finish="length")],
)
def test_where_nothing_was_answered_there_is_no_summary(reply, capsys, tmp_path):
    with FakeServer(reply) as server:
        assert run(asked(server, "-o", "out.json")) == 4
    assert "requests was answered; the first: " in capsys.readouterr().err
    assert not (tmp_path / "out.json").exists()


def test_one_answer_is_enough_for_a_summary(capsys):
    with FakeServer(answered, error(400, "此模型不可用")) as server:
        assert run(asked(server)) == 0


CANARY = "sk-canary-0123456789"


@pytest.mark.parametrize("status", [400, 401, 404, 429, 500])
def test_a_key_that_a_server_repeats_is_shown_nowhere(status, capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("OPENAI_API_KEY", CANARY)
    echo = error(status, f"you sent {CANARY} \x9b2J\u202e")
    with FakeServer(echo, models=(f"m-{CANARY}",)) as server:
        assert run(asked(server, "--debug", "--store", "use")) == 4
    out, errors = capsys.readouterr()
    assert CANARY not in out + errors
    assert not {"\x9b", "\u202e"} & set(errors)
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or CANARY.encode() not in path.read_bytes()


def test_a_key_in_an_answer_is_not_kept(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("OPENAI_API_KEY", CANARY)

    def echo(body):
        reply = answered(body)
        message = reply.body["choices"][0]["message"]
        message["content"] = message["content"].replace("工作情况", CANARY)
        return reply

    with FakeServer(echo) as server:
        run(asked(server, "--store", "use", "-o", "out.json"))
    assert CANARY not in str(capsys.readouterr())
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or CANARY.encode() not in path.read_bytes()


@pytest.mark.parametrize("url", ["http://me:hidden@host/v1", "http://host/v1?api_key=hidden"])
def test_what_a_url_hides_is_not_listed(url, capsys, monkeypatch):
    monkeypatch.setenv("SUMMARIZER_BASE_URL", url)
    for command in (
        ["settings"],
        ["settings", "--json"],
        ["models", "list"],
        ["models", "list", "--json"],
    ):
        assert run(command) == 0
    assert run(["summarize", str(REPORT), "--model", "fake", "--debug"]) == 2
    assert "hidden" not in str(capsys.readouterr())
