"""What one document may take: numbers, requests, tokens, seconds; and a sentence without end."""

import json
from pathlib import Path

import pytest
from counting import growth
from fake_server import FakeServer, Reply
from first_sent import first_sent
from test_batch import TEXT, command, records, reports
from test_cli_summarize import REPORT, answered, asked

from summarizer.cli import run
from summarizer.config import settings
from summarizer.documents.clean import clean
from summarizer.documents.read import read
from summarizer.documents.sentences import LONGEST, split_sentences
from summarizer.engine.chunk import windows
from summarizer.zh.quantities import find_mentions

SHORT = "全镇投入资金320万元，建成大棚46座。\n\n带动197户增收，硬化村道3公里。\n"


@pytest.fixture(autouse=True)
def _desk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SUMMARIZER_RETRIES", "0")
    Path("short.txt").write_text(SHORT, encoding="utf-8")


@pytest.fixture
def server():
    with FakeServer(answered) as running:
        yield running


def slowly(body):
    """An answer after so long that three of them take more than a second."""
    return Reply(answered(body).body, delay=0.4)


LIMITS = {
    "SUMMARIZER_MAX_MENTIONS": "3",
    "SUMMARIZER_MAX_REQUESTS": "1",
    "SUMMARIZER_MAX_DOCUMENT_TOKENS": "30",
    "SUMMARIZER_MAX_DOCUMENT_SECONDS": "1",
}


@pytest.mark.parametrize("limit", LIMITS)
def test_each_limit_of_a_document_is_a_setting_and_is_reached(limit, server, capsys, monkeypatch):
    """With windows of one quantity and one request at a time, each of 27 tokens."""
    if limit.endswith("SECONDS"):
        server.replies = [slowly]
    small = {"CHUNK_MENTIONS": "1", "CHUNK_CHARS": "40", "PARALLEL": "1", "ASKED_LABELS": "all"}
    for name, value in small.items():
        monkeypatch.setenv(f"SUMMARIZER_{name}", value)
    arguments = [*asked(server, "-o", "one.json", file="short.txt"), "--size", "small"]
    monkeypatch.setenv(limit, LIMITS[limit])
    assert run(arguments) == 3
    told = capsys.readouterr().err
    assert limit.removeprefix("SUMMARIZER_").lower() in told
    assert not Path("one.json").exists()
    monkeypatch.delenv(limit)
    assert run(arguments) == 0


def test_a_document_beyond_a_limit_costs_the_batch_itself_only(server, monkeypatch):
    monkeypatch.setenv("SUMMARIZER_MAX_MENTIONS", "20")
    reports(3)
    many = "".join(TEXT.format(n, n) for n in range(101, 120))
    Path("in", "many.txt").write_text(many, encoding="utf-8")
    assert run(command(server)) == 1
    assert [record["status"] for record in records()] == ["failed", "ok", "ok", "ok"]
    assert records()[0]["error"]["type"] == "TooCostly"


def test_stored_answers_count_as_they_did(server, monkeypatch):
    """A replay ends where the run did, and a larger limit goes on from there."""
    arguments = [*asked(server, "--store", "use", "-o", "one.json", file="short.txt")]
    arguments += ["--size", "small"]
    monkeypatch.setenv("SUMMARIZER_ASKED_LABELS", "all")
    monkeypatch.setenv("SUMMARIZER_CHUNK_MENTIONS", "1")
    monkeypatch.setenv("SUMMARIZER_PARALLEL", "1")  # else what is asked beside it is one more
    monkeypatch.setenv("SUMMARIZER_MAX_DOCUMENT_TOKENS", "60")
    assert run(arguments) == 3
    first = len(server.requests)
    assert run(arguments) == 3
    assert len(server.requests) == first
    monkeypatch.delenv("SUMMARIZER_MAX_DOCUMENT_TOKENS")
    assert run(arguments) == 0
    bodies = [json.dumps(request.body, sort_keys=True) for request in server.requests]
    assert len(bodies) == len(set(bodies))


def endless(count: int) -> str:
    """One sentence with so many quantities."""
    return "，".join(f"投入{n + 1}万元" for n in range(count)) + "。\n"


@pytest.mark.parametrize("size", ["small", "large"])
def test_a_sentence_without_end_makes_prompts_as_long_as_the_text(size):
    totals = []
    for count in (400, 800):
        document = read(endless(count).encode(), name="a.txt")
        requests = first_sent(document, settings(size=size, store="off", examples=1))
        total = sum(len(messages[-1]["content"]) for _, messages in requests)
        totals.append(total / len(document.text))
    assert totals[1] < totals[0] * 1.2


@pytest.mark.parametrize("size", ["small", "large"])
def test_a_sentence_without_end_takes_time_as_long_as_the_text(size):
    def asked_about(count):
        document = read(endless(count).encode(), name="a.txt")
        first_sent(document, settings(size=size, store="off", examples=1))

    assert growth(asked_about, 400, 1_600) < 1.5


def test_each_window_of_an_endless_sentence_shows_what_it_asks_about():
    text = clean(read(endless(5_000).encode(), name="a.txt"))
    sentences = split_sentences(text, find_mentions(text))
    chunks = windows(sentences, chars=350, mentions=6)
    assert sum(len(chunk.mentions) for chunk in chunks) == 5_000
    for chunk in chunks[:: len(chunks) // 50]:
        assert all(mention.text in chunk.text for mention in chunk.mentions)
        assert len(chunk.text) < 2 * LONGEST
    assert sum(len(chunk.text) for chunk in chunks) < 20 * len(text.text)


def test_a_sentence_with_an_end_is_shown_whole():
    text = clean(read(REPORT))
    sentences = split_sentences(text, find_mentions(text))
    for chunk in windows(sentences, chars=350, mentions=1):
        assert all(sentence.text in chunk.text for sentence in chunk.sentences)
