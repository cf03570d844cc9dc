"""An endpoint that fails in its own words, in one way of asking only, or drop by drop."""

import pytest
from fake_server import FakeServer, Reply, calls_tool, error, says
from test_cli_summarize import answered, asked
from test_models_endpoint import ASK, FORMAT, GOOD, QUICK, ask, endpoint

from summarizer.cli import run
from summarizer.config import Settings
from summarizer.errors import AnswerTruncated, ModelRefused, ModelUnavailable, NoProbabilities
from summarizer.models.endpoint import Endpoint


def form_of(body):
    return "tools" if "tools" in body else body.get("response_format", {}).get("type", "text")


def breaks_at(*forms):
    """A server that dies of these ways of asking, and does not say of what."""

    def reply(body):
        if form_of(body) in forms:
            return error(500, "Internal Server Error")
        return calls_tool(GOOD) if form_of(body) == "tools" else says(GOOD)

    return reply


@pytest.mark.parametrize(
    "forms", [("json_schema",), ("json_schema", "tools"), ("json_schema", "tools", "json_object")]
)
def test_a_form_that_breaks_the_server_is_given_up(forms):
    with FakeServer(breaks_at(*forms)) as server:
        source = endpoint(server, retries=2)
        assert ask(source) == GOOD
        assert len(server.requests) == 3 + len(forms)  # the later forms are tried once each
        assert ask(source) == GOOD
        assert len(server.requests) == 4 + len(forms)
    assert not (Settings().cache / "endpoints.json").exists()  # a guess is for this process


def test_a_form_that_was_good_once_is_not_given_up_for_an_error():
    with FakeServer(says(GOOD), error(500), error(500), says(GOOD)) as server:
        source = endpoint(server)
        assert [ask(source), ask(source)] == [GOOD, GOOD]
    assert {form_of(asked.body) for asked in server.requests} == {"json_schema"}


def test_a_server_that_is_broken_altogether_is_told_in_its_own_words():
    with (
        FakeServer(error(500, "out of memory")) as server,
        pytest.raises(ModelUnavailable, match="says 500: out of memory"),
    ):
        ask(endpoint(server, retries=2))
    assert [form_of(asked.body) for asked in server.requests] == (
        ["json_schema"] * 3 + ["tools", "json_object", "text"]
    )


TOO_LONG = """
The decoder prompt (length 5000) is longer than the maximum model length of 4096.
input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000, decrease input length
Please reduce the length of the messages or completion.
This model's maximum prompt length is 131072 but the request contains 537812 tokens.
prompt token count of 130000 exceeds the limit of 128000
The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).
Too many input tokens
prompt tokens too long
the length of message should not exceed 11200
the max input characters is 11200
tokens数量超过上限
输入文本过长
Prompt exceeds max length
Input is too long for requested model.
The input (5000 tokens) is longer than the model's context length (4096 tokens).
请求长度超过最大长度限制
Total message token length exceed model limit
"""
NO_MONEY = """
Access denied, please make sure your account is in good standing.
The request failed because your account has an overdue balance.
Sorry, your account balance is insufficient
Your credit balance is too low to access the API.
Billing hard limit has been reached
余额不足或无可用资源包,请充值。
您的账户已欠费，请充值后重试
账户欠费停服
免费资源包已用尽
Your account is suspended, please check your plan and billing details
"""
TOO_MANY = """
Rate limit reached for requests per min (RPM): Limit 3, Used 3, Requested 1. Please try again in 20s.
Requests rate limit exceeded, please try again later.
您当前使用该API的并发数过高，请降低并发，或联系客服增加限额。
Tokens per minute limit reached; slow down
请求过于频繁，请稍后重试
"""


def lines(text):
    return text.strip().splitlines()


@pytest.mark.parametrize("status", [400, 429, 500])
@pytest.mark.parametrize("words", lines(TOO_LONG))
def test_too_long_as_providers_say_it(words, status):
    with FakeServer(error(status, words)) as server, pytest.raises(AnswerTruncated):
        ask(endpoint(server))
    assert len(server.requests) == 1


@pytest.mark.parametrize("status", [400, 403, 429])
@pytest.mark.parametrize("words", lines(NO_MONEY))
def test_no_money_as_providers_say_it(words, status):
    with FakeServer(error(status, words)) as server:
        with pytest.raises(ModelRefused, match="no quota left") as told:
            ask(endpoint(server))
        assert words[:20] in str(told.value)
    assert len(server.requests) == 1


@pytest.mark.parametrize("words", lines(TOO_MANY))
def test_too_many_requests_are_neither_too_long_nor_too_poor(words):
    with FakeServer(error(429, words), says(GOOD)) as server:
        assert ask(endpoint(server)) == GOOD
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    "reply",
    [
        says(GOOD + " " * 4000, finish="length"),
        says(GOOD + "\n" * 4000, finish="length"),
        says(f"<think>想</think>{GOOD}\n\n", finish="length"),
        says(f"```json\n{GOOD}\n```" + " " * 400, finish="length"),
        says("", reasoning=GOOD),
        says(None, reasoning=f"先看单位。\n{GOOD}"),
        says("", reasoning_content=GOOD),
        says([{"type": "text", "text": GOOD}]),
    ],
    ids=["blanks", "lines", "thought", "fence", "reasoning", "thoughts", "content", "parts"],
)
def test_an_answer_is_found_wherever_a_server_puts_it(reply):
    with FakeServer(reply) as server:
        assert ask(endpoint(server), max_tokens=50) == GOOD
    assert len(server.requests) == 1


# --- how long one call may take


def test_an_answer_that_drips_in_ends_with_the_allowance():
    with (
        FakeServer(Reply(drip=0.05)) as server,
        pytest.raises(ModelUnavailable, match=r"no answer in time.*max_call_seconds"),
    ):
        ask(endpoint(server, timeout=1.0, max_call_seconds=1.0, retries=9))
    assert len(server.requests) == 1


def test_waits_count_against_the_allowance():
    """A server that wants a minute each time is not waited for by a call that has a second."""
    with (
        FakeServer(error(503, "overloaded", retry_after="0.4")) as server,
        pytest.raises(ModelUnavailable, match="says 503: overloaded"),
    ):
        ask(endpoint(server, timeout=1.0, max_call_seconds=1.0, retries=99))
    assert len(server.requests) <= 3


def test_no_way_of_asking_is_tried_when_the_allowance_is_used_up():
    with (
        FakeServer(Reply(error(500, "x").body, 500, delay=0.6)) as server,
        pytest.raises(ModelUnavailable, match=r"says 500: x|no answer in time"),
    ):
        ask(endpoint(server, timeout=1.0, max_call_seconds=1.0, retries=1))
    assert {form_of(asked.body) for asked in server.requests} == {"json_schema"}


def test_an_answer_without_end_is_not_kept_in_memory():
    huge = Reply(b" " * 60_000_000)
    with FakeServer(huge, says(GOOD)) as server:
        assert ask(endpoint(server)) == GOOD
    assert len(server.requests) == 2


def test_a_timeout_of_none_is_still_bounded():
    with FakeServer(Reply(says(GOOD).body, delay=5.0)) as server:
        source = Endpoint(
            "q", Settings(base_url=server.url, timeout=0, max_call_seconds=1, retries=0), QUICK
        )
        with pytest.raises(ModelUnavailable, match="no answer in time"):
            source.create(**ASK, response_format=FORMAT)
        source.close()


def test_the_defaults_answer_a_plain_request():
    with FakeServer(answered) as server:
        assert ask(endpoint(server)) == '{"80户": "工作情况"}'


def test_what_is_judged_by_odds_teaches_nothing_about_forms():
    """A question for one token has no form: the ladder of forms is gone down after it, too."""

    def prose(body):
        return says(GOOD if form_of(body) == "json_object" else "一段话")

    with FakeServer(prose) as server:
        source = endpoint(server)
        with pytest.raises(NoProbabilities):
            source.create(**ASK, logprobs=True, max_tokens=1)
        assert ask(source) == GOOD


@pytest.mark.parametrize("status", [400, 403, 404, 422, 500])
def test_an_endpoint_that_refuses_odds_is_asked_for_items_as_before(status, tmp_path, monkeypatch):
    def picky(body):
        return error(status, "no") if "logprobs" in body else answered(body)

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SUMMARIZER_RETRIES", "0")
    with FakeServer(picky) as server:
        assert run([*asked(server), "--size", "small"]) == 0
    judged = [one for one in server.requests if "logprobs" in one.body]
    assert 1 <= len(judged) <= 6
    assert len(server.requests) > len(judged)
