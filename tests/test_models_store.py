"""Stored answers: keys, modes, the cache and the cassette, and files that are damaged."""

import json
import logging
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from fake_server import FakeServer, error, says
from hypothesis import given
from hypothesis import strategies as st

from summarizer.config import Settings
from summarizer.errors import AnswerTruncated, ConfigError, ModelUnavailable, StoredAnswerMissing
from summarizer.models import Model, open_model
from summarizer.models.answer import Answer
from summarizer.models.store import AnswerCache, Cassette, Entry, key_of, stored

ASK = {"messages": [{"role": "user", "content": "八十户贫困户"}]}


class Counting:
    """A model that says how often it was asked."""

    def __init__(self, name="local:x"):
        self.times = 0
        self.model = Model(id=name, create=self.create)

    def create(self, **request):
        self.times += 1
        return Answer(f"第{self.times}次", "x", 10, 3).completion()


@pytest.fixture(params=["cache", "cassette"])
def store(request, tmp_path):
    if request.param == "cache":
        return AnswerCache(tmp_path / "store" / "answers.sqlite")
    return Cassette(tmp_path / "store" / "answers.jsonl")


def said(model, **request):
    return model.create(**(ASK | request)).choices[0].message.content


def test_use_asks_once_and_then_answers_from_the_store(store):
    source = Counting()
    model = stored(source.model, store)
    assert [said(model), said(model), said(model, seed=2)] == ["第1次", "第1次", "第2次"]
    assert model.ledger.usage().cached == 1


def test_a_stored_answer_is_the_same_completion(store):
    source = Counting()
    model = stored(source.model, store)
    assert model.create(**ASK) == model.create(**ASK)


def test_refresh_asks_anew_and_keeps_what_comes(store):
    source = Counting()
    said(stored(source.model, store))
    assert said(stored(source.model, store, "refresh")) == "第2次"
    assert said(stored(source.model, store, "replay")) == "第2次"


def test_off_is_the_bare_model(store):
    source = Counting()
    assert stored(source.model, store, "off") is source.model


def test_replay_never_asks_and_says_what_is_missing(store):
    source = Counting()
    with pytest.raises(StoredAnswerMissing) as told:
        stored(source.model, store, "replay").create(**ASK, metadata={"template": "figures.v1"})
    assert source.times == 0
    assert "figures.v1" in str(told.value)
    assert key_of("local:x", ASK)[:12] in str(told.value)
    assert "SUMMARIZER_STORE=use" in str(told.value)
    assert "八十户" not in str(told.value)


def test_answers_of_another_model_do_not_count(store):
    said(stored(Counting().model, store))
    other = Counting("local:y")
    said(stored(other.model, store))
    assert other.times == 1


@pytest.mark.parametrize(
    ("change", "is_same"),
    [
        ({"timeout": 3}, True),
        ({"stream": False}, True),
        ({"model": "anything"}, True),
        ({"user": "me"}, True),
        ({"metadata": {"template": "b.v2"}}, True),
        ({"metadata": {"attempt": "2"}}, False),
        ({"seed": 2}, False),
        ({"temperature": 0.7}, False),
        ({"max_tokens": 9}, False),
        ({"messages": []}, False),
    ],
)
def test_the_key_holds_what_can_change_the_answer(change, is_same):
    assert (key_of("m", ASK | change) == key_of("m", ASK)) is is_same


@given(st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=5), max_size=4))
def test_the_key_does_not_depend_on_the_order_of_arguments(request):
    turned = dict(reversed(request.items()))
    assert key_of("m", request) == key_of("m", turned)


@pytest.mark.parametrize(
    ("reply", "raised"),
    [
        (says('{"a', finish="length"), AnswerTruncated),
        (error(401), ModelUnavailable),
    ],
)
def test_what_did_not_finish_normally_is_not_kept(store, reply, raised):
    with FakeServer(reply, says("好")) as server:
        bare = open_model("m", Settings(base_url=server.url, store="off"))
        with bare, pytest.raises(raised):
            said(stored(bare, store))
        with bare:
            assert said(stored(bare, store)) == "好"


def test_a_second_run_of_open_model_asks_nobody(monkeypatch):
    with FakeServer(says("好")) as server, open_model("m", Settings(base_url=server.url)) as model:
        said(model)
    with open_model("m", Settings(base_url=server.url)) as again:
        assert said(again) == "好"
        assert again.ledger.usage().requests == 0


def test_a_replay_needs_neither_engine_nor_weights_nor_key():
    AnswerCache(Settings().cache / "answers.sqlite").put(
        Entry(key_of("local:qwen2.5-coder-1.5b-instruct-q4_k_m", ASK), {}, Answer("好"))
    )
    code = (
        "import sys; from summarizer.config import settings; from summarizer.models import open_model\n"
        "model = open_model('local', settings(store='replay'))\n"
        f"print(model.create(**{ASK!r}).choices[0].message.content)\n"
        "print(*sorted({'xllamacpp', 'tenacity', 'huggingface_hub'} & set(sys.modules)))\n"
        "print(open_model('gpt-5', settings(store='replay')).id)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["好", "", "gpt-5"]


def test_threads_write_at_once(store):
    def put(number):
        store.put(Entry(f"{number:04}", {}, Answer(str(number))))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(put, range(40)))
    assert [store.get(f"{n:04}").content for n in range(40)] == [str(n) for n in range(40)]


def test_processes_write_at_once(store, tmp_path):
    code = (
        "import sys; from pathlib import Path; from summarizer.models.answer import Answer\n"
        "from summarizer.models.store import *\n"
        f"store = {type(store).__name__}(Path(sys.argv[1]))\n"
        "print('ready', flush=True), sys.stdin.read()\n"
        "for n in range(5): store.put(Entry(sys.argv[2] + str(n), {}, Answer('好')))"
    )
    arguments = [sys.executable, "-c", code, store.where]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    workers = [subprocess.Popen([*arguments, name], **pipes) for name in "abcdef"]
    assert [worker.stdout.readline() for worker in workers] == [b"ready\n"] * 6
    for worker in workers:
        worker.stdin.close()
        worker.stdout.close()
    assert [worker.wait(60) for worker in workers] == [0] * 6
    fresh = type(store)(tmp_path / "store" / store.where.rpartition("/")[2])
    assert all(fresh.get(f"{name}{n}") for name in "abcdef" for n in range(5))


def test_a_cache_that_is_no_database_is_set_aside(tmp_path, caplog):
    path = tmp_path / "answers.sqlite"
    path.write_bytes(b"this is no database, but long enough to look like one" * 50)
    source = Counting()
    model = stored(source.model, AnswerCache(path))
    assert [said(model), said(model)] == ["第1次", "第1次"]
    assert "damaged" in caplog.text
    assert (tmp_path / "answers.damaged").exists()


def test_a_damaged_answer_in_the_cache_is_asked_for_again(tmp_path, caplog):
    path = tmp_path / "answers.sqlite"
    source = Counting()
    model = stored(source.model, AnswerCache(path))
    said(model)
    with sqlite3.connect(path) as db:
        db.execute("UPDATE cache SET response = x'00ff'")
    db.close()
    assert said(model) == "第2次"
    assert "asked for again" in caplog.text


def test_a_cache_that_cannot_be_written_costs_no_answer(tmp_path, caplog):
    (tmp_path / "file").write_text("not a folder")
    source = Counting()
    model = stored(source.model, AnswerCache(tmp_path / "file" / "answers.sqlite"))
    assert [said(model), said(model)] == ["第1次", "第2次"]
    assert "not stored" in caplog.text


def test_a_cache_that_is_a_folder_costs_no_answer(tmp_path, caplog):
    (tmp_path / "answers.sqlite").mkdir()
    model = stored(Counting().model, AnswerCache(tmp_path / "answers.sqlite"))
    assert [said(model), said(model)] == ["第1次", "第2次"]
    assert "not stored" in caplog.text
    assert (tmp_path / "answers.sqlite").is_dir()


def test_a_model_of_others_that_breaks_off_is_not_kept(store):
    """A provider of one's own may give what an endpoint's answer would have been refused for."""
    source = Counting()

    def broken_off(**request):
        completion = source.create(**request)
        completion.choices[0].finish_reason = "length"
        return completion

    model = stored(Model("local:x", broken_off), store)
    assert [said(model), said(model)] == ["第1次", "第2次"]


def test_a_cassette_is_one_sorted_readable_line_an_answer(tmp_path):
    path = tmp_path / "a.jsonl"
    model = stored(Counting().model, Cassette(path))
    for seed in range(5):
        said(model, seed=seed, metadata={"template": "figures.v1", "attempt": "1"})
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [line["key"] for line in lines] == sorted(line["key"] for line in lines)
    assert lines[0]["request"] == {
        "model": "local:x",
        "attempt": "1",
        "template": "figures.v1",
        "ask": "八十户贫困户",
    }
    assert lines[0]["answer"]["prompt_tokens"] == 10
    assert "八十户" in path.read_text(encoding="utf-8")
    assert len(Cassette(path)) == 5


def test_a_cassette_written_twice_is_the_same_byte_for_byte(tmp_path):
    files = []
    for order in (range(4), reversed(range(4))):
        path = tmp_path / f"{len(files)}.jsonl"
        cassette = Cassette(path)
        for number in order:
            cassette.put(Entry(str(number), {"ask": "甲"}, Answer(f"乙\u2028\x85\ud800{number}")))
        files.append(path.read_bytes())
    assert files[0] == files[1]


def test_a_damaged_line_of_a_cassette_is_left_out_with_a_word(tmp_path, caplog):
    path = tmp_path / "a.jsonl"
    Cassette(path).put(Entry("1", {}, Answer("好")))
    path.write_text(path.read_text(encoding="utf-8") + "<<<<<<< HEAD\n[1]\n", encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        assert Cassette(path).get("1") == Answer("好")
    assert "line 2 is damaged" in caplog.text
    assert "line 3 is damaged" in caplog.text


def test_a_cassette_that_cannot_be_written_is_an_error(tmp_path):
    (tmp_path / "folder.jsonl").mkdir()
    with pytest.raises(ConfigError, match="cannot be"):
        Cassette(tmp_path / "folder.jsonl").put(Entry("1", {}, Answer("好")))
