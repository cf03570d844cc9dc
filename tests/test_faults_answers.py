"""Where nothing is answered there is no summary: from the command line, a batch, and Python."""

import json

import pytest
from fake_server import FakeServer, Reply, error, page, says
from test_batch import command, records, reports
from test_cli_summarize import REPORT, answered

from summarizer import summarize
from summarizer.cli import run
from summarizer.config import Settings
from summarizer.errors import NothingAnswered

MUTE = [error(400, "此模型不可用"), says("", finish="content_filter"), says("{", finish="length")]


@pytest.fixture(autouse=True)
def _desk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SUMMARIZER_RETRIES", "0")


def poisoned(word, reply):
    """A server that answers all but what is asked about a text with this word."""

    def script(body):
        return reply if word in json.dumps(body, ensure_ascii=False) else answered(body)

    return script


@pytest.mark.parametrize("reply", [*MUTE, says("")], ids=["400", "filter", "cut", "empty"])
def test_from_python_too_no_answers_are_no_summary(reply):
    with FakeServer(reply) as server:
        settings = Settings(base_url=server.url, retries=0, store="off")
        with pytest.raises(NothingAnswered, match="requests was answered; the first: "):
            summarize(REPORT, model="fake", settings=settings)


@pytest.mark.parametrize("reply", MUTE, ids=["400", "filter", "cut"])
def test_a_batch_of_one_that_got_no_answer_ends_as_a_summary_does(reply, capsys):
    reports(1)
    with FakeServer(reply) as server:
        assert run(command(server)) == 4
        assert "not one of" in capsys.readouterr().err
        assert [record["error"]["type"] for record in records()] == ["NothingAnswered"]
        server.replies = [answered]
        assert run(command(server, "--retry-failed")) == 0


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize(
    "reply", [error(500, "坏了"), Reply(drop=True), page()], ids=["500", "dropped", "a page"]
)
def test_a_batch_of_few_that_a_broken_endpoint_answers_nothing_ends_with_its_words(
    reply, count, capsys
):
    """Too few to be sure that it is gone; but nothing was answered, as `summarize` would say."""
    reports(count)
    with FakeServer(reply) as server:
        assert run(command(server)) == 4
        assert capsys.readouterr().err.splitlines()[-1].startswith(f"error: {server.url} ")
        server.replies = [answered]
        assert run(command(server, "--retry-failed")) == 0


def test_a_document_that_got_no_answer_fails_in_the_providers_words(capsys):
    reports(6)
    with FakeServer(poisoned("103万元", error(400, "内容不合规"))) as server:
        assert run(command(server)) == 1
    assert [record["status"] for record in records()] == ["ok", "ok", "failed", "ok", "ok", "ok"]
    assert "says 400: 内容不合规" in records()[2]["error"]["message"]
    assert "内容不合规" in capsys.readouterr().err
