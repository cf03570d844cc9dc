"""The engine in this process, with a tiny model of random weights."""

import json
import logging
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from forked import until
from tiny_gguf import write_tiny_gguf

from summarizer.config import Settings
from summarizer.errors import AnswerRejected, AnswerTruncated, ConfigError, ModelUnavailable
from summarizer.models import Model, local, open_model, weights

SCHEMA = {
    "type": "object",
    "properties": {
        "300万元": {"enum": ["投入", "收入"]},
        "80户": {"type": "string", "maxLength": 4},
    },
    "required": ["300万元", "80户"],
}
FORMAT = {"type": "json_schema", "json_schema": {"name": "answer", "schema": SCHEMA}}


@pytest.fixture
def gguf(tmp_path: Path) -> Path:
    return write_tiny_gguf(tmp_path / "tiny.gguf")


@pytest.fixture
def model(gguf: Path) -> Model:
    with open_model(f"local:{gguf}", Settings(store="off", context=2048, threads=1)) as opened:
        yield opened


def messages(text: str = "甲") -> list[dict[str, str]]:
    return [{"role": "user", "content": text}]


def test_an_answer_has_the_form_of_its_schema_and_is_the_same_each_time(model):
    answers = [
        model.create(messages=messages(), response_format=FORMAT, max_tokens=200).choices[0]
        for _ in range(2)
    ]
    said = json.loads(answers[0].message.content)
    assert set(said) == {"300万元", "80户"}
    assert said["300万元"] in {"投入", "收入"}
    assert answers[0] == answers[1]
    assert model.ledger.usage().requests == 2
    assert model.ledger.usage().completion_tokens > 0


def test_nothing_is_loaded_before_the_first_request(gguf):
    with open_model(f"local:{gguf}", Settings(store="off")):
        assert not local._loaded


def test_closing_gives_the_engine_back_and_a_later_request_loads_it_again(model):
    model.create(messages=messages(), response_format=FORMAT)
    model.close()
    assert not local._loaded
    model.create(messages=messages(), response_format=FORMAT)
    assert len(local._loaded) == 1


def test_one_engine_serves_many_threads(model):
    def ask(number: int) -> str:
        done = model.create(messages=messages(f"第{number}次"), response_format=FORMAT)
        return done.choices[0].message.content

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(ask, range(12)))
    assert all(set(json.loads(answer)) == {"300万元", "80户"} for answer in answers)
    assert model.ledger.usage().requests == 12
    assert len(local._loaded) == 1


def test_an_answer_at_its_limit_is_truncated(model):
    with pytest.raises(AnswerTruncated, match="token limit"):
        model.create(messages=messages(), response_format=FORMAT, max_tokens=3)
    assert model.ledger.usage().completion_tokens == 3


def test_a_request_that_does_not_fit_says_how_much_would(model):
    with pytest.raises(AnswerTruncated, match=r"tokens, the model's context holds 2048 a request"):
        model.create(messages=messages("长" * 900), max_tokens=3)


def test_a_schema_that_llama_cpp_does_not_know_is_rejected(model):
    odd = {"type": "json_schema", "json_schema": {"name": "a", "schema": {"type": "bogus"}}}
    with pytest.raises(AnswerRejected, match="refused the request"):
        model.create(messages=messages(), response_format=odd)


def test_the_engine_writes_nothing_to_standard_error(model, capfd):
    model.create(messages=messages(), response_format=FORMAT)
    assert capfd.readouterr() == ("", "")


def test_the_engine_talks_when_debugging(model, capfd, caplog):
    with caplog.at_level(logging.DEBUG, "summarizer.models.local"):
        model.create(messages=messages(), response_format=FORMAT)
    heard = [""]

    def is_heard():  # the engine writes from a thread of its own
        heard.append(capfd.readouterr().err)
        return "tiny.gguf" in "".join(heard)

    until(is_heard)


LEFT = """
import sys
from pathlib import Path
from summarizer.models import local
for _ in range(20):
    local._load(local.Plan(Path(sys.argv[1]), 1, 2048, 1), 1)
"""


def test_an_engine_that_nobody_asked_ends_when_it_is_given_back(gguf):
    done = subprocess.run([sys.executable, "-c", LEFT, str(gguf)], timeout=600, check=False)
    assert done.returncode == 0


def test_the_engine_listens_for_those_who_have_its_key_only(gguf):
    source = local.Local(gguf, Settings())
    url, key = source.address()
    body = json.dumps({"messages": messages(), "max_tokens": 2}).encode()
    request = urllib.request.Request(f"{url}/chat/completions", body)
    request.add_header("Content-Type", "application/json")
    with pytest.raises(urllib.error.HTTPError, match="401") as refused:
        urllib.request.urlopen(request)
    refused.value.close()
    request.add_header("Authorization", f"Bearer {key}")
    with urllib.request.urlopen(request) as answer:
        assert answer.status == 200
    source.close()


def test_a_models_id_tells_files_apart_and_holds_no_path(tmp_path):
    one = write_tiny_gguf(tmp_path / "tiny.gguf")
    first = open_model(f"local:{one}").id
    write_tiny_gguf(one, seed=2)
    second = open_model(f"local:{one}").id
    assert first != second
    assert str(tmp_path) not in first
    assert first.startswith("local:tiny@")


def test_a_file_of_the_embedded_models_name_and_size_is_called_as_it_is(tmp_path):
    path = tmp_path / weights.EMBEDDED.file
    path.write_bytes(b"GGUF")
    os.truncate(path, weights.EMBEDDED.size)  # of which the disk keeps the first bytes only
    assert open_model(f"local:{path}").id == f"local:{path.stem}"


def test_the_embedded_models_id_needs_no_file():
    assert open_model("local").id == "local:qwen2.5-coder-1.5b-instruct-q4_k_m"


@pytest.mark.parametrize(
    ("content", "error", "says"),
    [
        (None, ConfigError, "No such file"),
        (b"", ModelUnavailable, "not a GGUF file"),
        (b"PK\x03\x04", ModelUnavailable, "not a GGUF file"),
    ],
)
def test_a_file_that_is_no_model_is_refused_at_once(tmp_path, content, error, says):
    path = tmp_path / "model.gguf"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(error, match=says):
        open_model(f"local:{path}")


def test_a_folder_is_refused_at_once(tmp_path):
    with pytest.raises(ConfigError, match="directory"):
        open_model(f"local:{tmp_path}")


def test_half_a_model_is_refused_when_it_is_loaded(gguf):
    gguf.write_bytes(gguf.read_bytes()[:50_000])
    with (
        open_model(f"local:{gguf}", Settings(store="off")) as model,
        pytest.raises(ModelUnavailable, match="cannot load"),
    ):
        model.create(messages=messages())


def test_a_file_with_the_embedded_models_name_must_be_it(tmp_path):
    path = write_tiny_gguf(tmp_path / "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf")
    with (
        open_model(f"local:{path}", Settings(store="off")) as model,
        pytest.raises(ModelUnavailable, match="bytes instead of 1117320768"),
    ):
        model.create(messages=messages())


def test_without_weights_the_error_names_three_ways(monkeypatch):
    monkeypatch.setattr("sys.path", [])
    with (
        open_model("local", Settings(store="off")) as model,
        pytest.raises((ModelUnavailable, ConfigError), match="pip install 'report-summarizer"),
    ):
        model.create(messages=messages())


INTERRUPTED = """
import os, sys, time
from summarizer.config import Settings
from summarizer.models import open_model
model = open_model("local:" + sys.argv[1], Settings(store="off", context=100_000, threads=1))
ask = {"messages": [{"role": "user", "content": "x"}], "ignore_eos": True}
try:
    print("asking", flush=True)
    model.create(**ask, max_tokens=90_000)
except KeyboardInterrupt:
    os._exit(130)
"""


def test_an_interrupted_request_is_not_waited_for(gguf):
    worker = subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED, str(gguf)], stdout=subprocess.PIPE, text=True
    )
    assert worker.stdout.readline() == "asking\n"
    time.sleep(0.5)
    worker.send_signal(signal.SIGINT)
    worker.communicate(timeout=60)
    assert worker.returncode == 130
