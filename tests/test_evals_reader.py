"""The reader: requests as files, answers by hand, over real HTTP."""

import contextlib
import json
import signal
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from forked import until

from evals.desk import Request
from evals.parrot import answer
from evals.program import run
from evals.reader import Reader
from evals.report import load
from summarizer.config import Settings
from summarizer.errors import ModelUnavailable
from summarizer.models import open_model

SCHEMA = {
    "type": "object",
    "properties": {"80户": {"type": "string"}, "3个": {"type": "string"}},
    "required": ["80户", "3个"],
}
FORM = {"type": "json_schema", "json_schema": {"name": "Labels", "schema": SCHEMA}}
ASKED = {
    "model": "reader",
    "messages": [{"role": "system", "content": "起名"}, {"role": "user", "content": "脱贫80户"}],
    "response_format": FORM,
    "max_tokens": 99,
}
ANSWER = {"80户": "脱贫户数", "3个": "村数"}


def post(reader: Reader, body: Any, path: str = "/chat/completions") -> tuple[int, dict[str, Any]]:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    request = urllib.request.Request(reader.base_url + path, data)
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)


def write(folder: Path, text: str, body: Any = ASKED) -> Path:
    path = Request(folder, body).answer_path
    path.write_text(text, encoding="utf-8")
    return path


def test_a_request_lies_there_as_it_was_sent_and_as_one_reads_it(tmp_path):
    with Reader(tmp_path, waits=False) as reader:
        status, said = post(reader, ASKED)
    assert status == 503
    digest = Request(tmp_path, ASKED).digest
    assert digest in said["error"]["message"]
    sent = json.loads((tmp_path / f"{digest}.request.json").read_text(encoding="utf-8"))
    assert sent["messages"] == ASKED["messages"]
    read = (tmp_path / f"{digest}.request.md").read_text(encoding="utf-8")
    assert all(words in read for words in ("## user", "脱贫80户", "80户", f"{digest}.answer.json"))
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        f"{digest}.request.json", f"{digest}.request.md"
    ]  # fmt: skip


def test_an_answer_that_exists_is_sent_at_once(tmp_path):
    write(tmp_path, json.dumps(ANSWER, ensure_ascii=False, indent=2))
    with Reader(tmp_path, waits=False) as reader:
        status, said = post(reader, ASKED)
    assert status == 200
    choice = said["choices"][0]
    assert (choice["finish_reason"], json.loads(choice["message"]["content"])) == ("stop", ANSWER)
    assert 0 < said["usage"]["completion_tokens"] < said["usage"]["total_tokens"]


def test_what_makes_no_difference_to_a_reader_makes_none_to_the_digest(tmp_path):
    one = Request(tmp_path, ASKED).digest
    assert (
        Request(tmp_path, ASKED | {"max_tokens": 1, "temperature": 1, "model": "x"}).digest == one
    )
    tool = {"type": "function", "function": {"name": "Labels", "parameters": SCHEMA}}
    as_tool = {name: value for name, value in ASKED.items() if name != "response_format"}
    assert Request(tmp_path, as_tool | {"tools": [tool]}).digest == one
    assert Request(tmp_path, ASKED | {"seed": 2}).digest != one
    assert Request(tmp_path, ASKED | {"messages": ASKED["messages"][:1]}).digest != one


def test_a_tool_that_is_forced_is_called(tmp_path):
    tool = {"type": "function", "function": {"name": "Labels", "parameters": SCHEMA}}
    write(tmp_path, json.dumps(ANSWER))
    with Reader(tmp_path, waits=False) as reader:
        asked = {name: value for name, value in ASKED.items() if name != "response_format"}
        _, said = post(reader, asked | {"tools": [tool]})
    [call] = said["choices"][0]["message"]["tool_calls"]
    assert call["function"]["name"] == "Labels"
    assert json.loads(call["function"]["arguments"]) == ANSWER


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('{"80户": "脱贫户数",\n "3个" "村数"}', "line 2, column 7"),
        ("", "line 1, column 1"),
        ('["脱贫户数"]', "must be a JSON object"),
        ('{"80户": "脱贫户数"}', "lacks '3个'"),
        ('{"80户": "a",\n "80户": "b",\n "3个": "c"}', "line 2: the key '80户' is there twice"),
        ("[" * 100_000, "nested too deep"),
    ],
)
def test_a_bad_answer_is_told_with_its_file_and_line_and_waited_for_again(
    tmp_path, text, complaint
):
    heard: list[str] = []
    path = write(tmp_path, text)
    with Reader(tmp_path, tell=heard.append) as reader:
        got: list[Any] = []
        asking = threading.Thread(target=lambda: got.append(post(reader, ASKED)))
        asking.start()
        until(lambda: heard)
        assert str(path) in heard[0]
        assert complaint in heard[0]
        assert asking.is_alive()
        write(tmp_path, json.dumps(ANSWER))
        asking.join(20)
    assert got[0][0] == 200
    assert len(heard) == 1, "a fault is told once"


def test_two_that_ask_the_same_get_the_same_answer(tmp_path):
    with Reader(tmp_path) as reader:
        got: list[Any] = []
        asking = [
            threading.Thread(target=lambda: got.append(post(reader, ASKED))) for _ in range(2)
        ]
        for one in asking:
            one.start()
        until(lambda: list(tmp_path.glob("*.request.md")))
        write(tmp_path, json.dumps(ANSWER))
        for one in asking:
            one.join(20)
    assert [status for status, _ in got] == [200, 200]
    assert len(list(tmp_path.glob("*.request.json"))) == 1


@pytest.mark.parametrize(
    ("body", "path", "status"),
    [
        (b"{", "/chat/completions", 400),
        (b"[" * 100_000, "/chat/completions", 400),
        ([], "/chat/completions", 400),
        ({"messages": "x"}, "/chat/completions", 400),
        ({"messages": ["x"]}, "/chat/completions", 400),
        (ASKED | {"stream": True}, "/chat/completions", 400),
        (ASKED, "/completions", 404),
    ],
)
def test_what_is_no_request_is_refused_and_leaves_nothing(tmp_path, body, path, status):
    with Reader(tmp_path, waits=False) as reader:
        assert post(reader, body, path)[0] == status
    assert not list(tmp_path.iterdir())


def test_the_product_lists_the_model_and_asks_it(tmp_path):
    with Reader(tmp_path, waits=False) as reader:
        settings = Settings(base_url=reader.base_url, retries=0, store="off")
        with urllib.request.urlopen(reader.base_url + "/models", timeout=30) as response:
            assert [m["id"] for m in json.load(response)["data"]] == ["reader"]
        with open_model("reader", settings) as model:
            asked = {k: v for k, v in ASKED.items() if k != "model"}
            with pytest.raises(ModelUnavailable, match="answered"):
                model.create(**asked)
            [lies] = tmp_path.glob("*.request.json")
            path = lies.with_name(lies.name.replace(".request.", ".answer."))
            path.write_text(json.dumps(ANSWER), encoding="utf-8")
            said = model.create(**asked)
    assert json.loads(said.choices[0].message.content) == ANSWER


def reply(path: Path) -> None:
    """Answer a request as the parrot does: what a hasty reader would do."""
    request = Request(path.parent, json.loads(path.read_text(encoding="utf-8")))
    request.answer_path.write_text(json.dumps(answer(request.schema or {})), encoding="utf-8")


def test_a_second_cassette_is_recorded_in_a_few_runs_and_replayed(tmp_path, capsys):
    """Collect what is asked, answer all of it, run again until nothing is left."""
    document = tmp_path / "a.txt"
    document.write_text("甲镇\n全镇投入500余万元修建水渠3公里,惠及197户。", encoding="utf-8")
    desk, cassettes = tmp_path / "desk", tmp_path / "cassettes"
    common = ["--dataset", str(document), "--cassettes", str(cassettes)]
    with Reader(desk, waits=False) as reader:
        ask = ["record", *common, "--model", "reader", "--base-url", reader.base_url]
        rounds = 0
        while run([*ask, "--set", "retries=0", "--set", "parallel=64"]) == 3:
            rounds += 1
            assert rounds < 9
            for path in desk.glob("*.request.json"):
                if not path.with_name(path.name.replace(".request.", ".answer.")).exists():
                    reply(path)
    assert rounds > 0
    assert "reader.anchored.jsonl" in [p.name for p in cassettes.iterdir()]
    out = tmp_path / "out"
    assert run(["run", "--suite", "reader", *common, "-o", str(out)]) == 0
    assert [r.name for r in load(out).runs] == ["reader anchored"]
    assert not load(out).runs[0].failures
    capsys.readouterr()


def test_ctrl_c_ends_it_at_once_though_somebody_waits(tmp_path):
    command = [sys.executable, "-m", "evals", "reader", str(tmp_path / "desk")]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert server.stdout is not None
    url = server.stdout.readline().strip()
    assert url.startswith("http://127.0.0.1:")
    body = json.dumps(ASKED).encode()
    request = urllib.request.Request(url + "/chat/completions", body)

    def ask() -> None:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(request, timeout=60)

    asking = threading.Thread(target=ask)
    asking.start()
    until(lambda: list((tmp_path / "desk").glob("*.request.md")))
    server.send_signal(signal.SIGINT)
    _, said = server.communicate(timeout=30)
    asking.join(30)
    assert server.returncode == 0, said
    assert "Traceback" not in said
    assert not asking.is_alive()


def test_a_folder_that_cannot_be_used_is_a_usage_error(tmp_path, capsys):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert run(["reader", str(tmp_path / "file")]) == 2
    assert "cannot listen" in capsys.readouterr().err
    assert [p.name for p in tmp_path.iterdir()] == ["file"]
