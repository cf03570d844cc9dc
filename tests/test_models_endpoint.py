"""An endpoint on loopback with real faults."""

import json
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from email.utils import formatdate

import pytest
from counting import ends
from fake_server import FakeServer, Reply, calls_tool, error, page, says

from summarizer.config import Settings
from summarizer.errors import AnswerRejected, AnswerTruncated, ConfigError, ModelUnavailable
from summarizer.models import open_model
from summarizer.models.endpoint import Endpoint, Pace, retry_after

SCHEMA = {"type": "object", "properties": {"80户": {"type": "string"}}, "required": ["80户"]}
FORMAT = {"type": "json_schema", "json_schema": {"name": "Answer", "schema": SCHEMA}}
ASK = {"messages": [{"role": "system", "content": "说明"}, {"role": "user", "content": "八十户"}]}
GOOD = '{"80户": "贫困户数"}'
QUICK = Pace(first=0.001, most=0.002, obeyed=0.4)


def endpoint(server: FakeServer, **given) -> Endpoint:
    values = {"base_url": server.url, "timeout": 5.0, "retries": 3} | given
    return Endpoint("qwen3", Settings(**values), QUICK)


def ask(source: Endpoint, **request) -> str:
    with source_closed(source):
        return (
            source.create(**(ASK | {"response_format": FORMAT} | request))
            .choices[0]
            .message.content
        )


class source_closed:  # noqa: N801 — reads as a phrase
    def __init__(self, source):
        self.source = source

    def __enter__(self):
        return self.source

    def __exit__(self, *_):
        self.source.close()


def test_an_answer_comes_back_and_is_counted():
    with FakeServer(says(GOOD)) as server:
        settings = Settings(base_url=server.url, store="off")
        with open_model("qwen3", settings) as model:
            done = model.create(**ASK, response_format=FORMAT, max_tokens=9, metadata={"a": "b"})
            assert done.choices[0].message.content == GOOD
            usage = model.ledger.usage()
    assert (usage.requests, usage.prompt_tokens, usage.completion_tokens) == (1, 20, 7)
    sent = server.requests[0].body
    assert sent == {**ASK, "response_format": FORMAT, "max_tokens": 9, "model": "qwen3"}
    assert server.requests[0].path == "/v1/chat/completions"


def test_a_documents_own_ledger_counts_beside_the_models():
    with FakeServer(says(GOOD)) as server:
        settings = Settings(base_url=server.url, store="off")
        with open_model("qwen3", settings) as model:
            one, two = model.counting(), model.counting()
            one.create(**ASK)
            two.create(**ASK)
            two.create(**ASK)
            counted = [m.ledger.usage().requests for m in (one, two, model)]
    assert counted == [1, 2, 3]


@pytest.mark.parametrize(
    "fault",
    [
        error(500),
        error(503),
        error(429, "slow down"),
        error(408),
        page(),
        page(502),
        Reply(b"\xff\xfe{", 200),
        Reply({"choices": []}),
        Reply({"choices": None}),
        Reply({"choices": [{"finish_reason": "stop"}]}),
        Reply("[]"),
        Reply(drop=True),
        Reply(says(GOOD).body, cut=True),
    ],
    ids=lambda reply: f"{reply.status} {str(reply.body)[:20]} {reply.drop} {reply.cut}",
)
def test_a_fault_that_passes_is_tried_again(fault):
    with FakeServer(fault, says(GOOD)) as server:
        assert ask(endpoint(server)) == GOOD
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("fault", "says_what"),
    [
        (error(503, "overloaded"), "says 503: overloaded"),
        (error(429, "slow down"), "says 429: slow down"),
        (page(), "does the base URL .* end in /v1"),
        (Reply({"choices": []}), "no chat completion with choices"),
        (Reply(drop=True), "cannot be reached"),
    ],
)
def test_a_fault_that_stays_ends_in_one_line_that_names_the_url(fault, says_what):
    with FakeServer(fault) as server, pytest.raises(ModelUnavailable, match=says_what) as told:
        ask(endpoint(server))
    assert len(server.requests) == 4
    assert server.url in str(told.value)
    assert "\n" not in str(told.value)


def test_retries_can_be_switched_off():
    with FakeServer(error(503)) as server, pytest.raises(ModelUnavailable):
        ask(endpoint(server, retries=0))
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("fault", "error_type", "says_what"),
    [
        (error(401, "bad key"), ModelUnavailable, "OPENAI_API_KEY"),
        (error(403, "not yours"), ModelUnavailable, "says 403: not yours"),
        (error(404, "The model `qwen3` does not exist"), ModelUnavailable, "no model 'qwen3'"),
        (error(400, "Model Not Exist"), ModelUnavailable, "no model 'qwen3'"),
        (error(429, "pay", code="insufficient_quota"), ModelUnavailable, "no quota left"),
        (error(413, "too large"), AnswerTruncated, "chunk_chars"),
        (
            error(400, "This model's maximum context length is 4096 tokens."),
            AnswerTruncated,
            "chunk_chars",
        ),
        (error(400, "no", code="content_filter"), AnswerRejected, "says 400"),
        (says(None, refusal="我不能"), AnswerRejected, "declined: 我不能"),
        (says("", finish="content_filter"), AnswerRejected, "content filter"),
        (says('{"80户": "贫', finish="length"), AnswerTruncated, "token limit"),
    ],
)
def test_what_no_second_try_can_cure_is_told_at_once(fault, error_type, says_what):
    with FakeServer(fault) as server, pytest.raises(error_type, match=says_what):
        ask(endpoint(server))
    assert len(server.requests) == 1


def test_a_model_that_is_not_served_is_answered_with_those_that_are():
    names = tuple(f"model-{n}" for n in range(7))
    with (
        FakeServer(error(404, "no such model"), models=names) as server,
        pytest.raises(ModelUnavailable, match=r"it serves: model-0, .*model-4, …"),
    ):
        ask(endpoint(server))


def test_nobody_listening_is_told_without_waiting():
    with socket.create_server(("127.0.0.1", 0)) as free:
        url = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    source = Endpoint("qwen3", Settings(base_url=url), Pace(first=3600.0))
    with pytest.raises(ModelUnavailable, match=r"cannot be reached .*is the server running\?"):
        ends(lambda: ask(source))


def test_a_server_that_restarts_is_waited_for():
    with FakeServer(says(GOOD)) as server:
        source = Endpoint("qwen3", Settings(base_url=server.url), Pace(0.3, 0.6, 1))
        address = server.server_address
        source.create(**ASK)
    source.close()
    later = FakeServer(says(GOOD), at=address)
    threading.Timer(0.1, later.__enter__).start()
    try:
        assert ask(source) == GOOD
    finally:
        later.__exit__()


def test_an_answer_that_takes_too_long_is_tried_once_more_only():
    with (
        FakeServer(Reply(says(GOOD).body, delay=1.0)) as server,
        pytest.raises(ModelUnavailable, match="no answer in time"),
    ):
        ask(endpoint(server, timeout=0.2, retries=9))
    assert len(server.requests) == 2


def test_a_server_that_asks_to_wait_is_obeyed():
    with FakeServer(error(429, retry_after="0.3"), says(GOOD)) as server:
        ask(endpoint(server))
    first, second = server.requests
    assert second.at - first.at >= 0.3


def test_a_server_that_asks_to_wait_for_an_hour_is_not():
    with FakeServer(error(429, retry_after="3600"), says(GOOD)) as server:
        ask(endpoint(server))
    first, second = server.requests
    assert second.at - first.at < 5


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "2"}, 2),
        ({"retry-after-ms": "500"}, 0.5),
        ({"retry-after": "soon"}, 0),
        ({"retry-after": "-1"}, 0),
        ({}, 0),
    ],
)
def test_retry_after_is_read(headers, seconds):
    told = Exception()
    told.response = type("Response", (), {"headers": headers})
    assert retry_after(told) == seconds


def test_retry_after_may_be_a_date():
    told = Exception()
    told.response = type(
        "Response", (), {"headers": {"retry-after": formatdate(time.time() + 30, usegmt=True)}}
    )
    assert 25 < retry_after(told) < 31


def without(*forms: str):
    """A server that refuses these ways of asking for JSON."""

    def reply(body):
        kind = "tools" if "tools" in body else body.get("response_format", {}).get("type", "text")
        if kind in forms:
            return error(400, f"'{kind}' is not supported by this server")
        return calls_tool(GOOD) if kind == "tools" else says(GOOD)

    return reply


@pytest.mark.parametrize(
    ("refused", "form"),
    [
        ((), "json_schema"),
        (("json_schema",), "tools"),
        (("json_schema", "tools"), "json"),
        (("json_schema", "tools", "json_object"), "text"),
    ],
)
def test_the_ladder_is_climbed_down_once_and_remembered(refused, form):
    with FakeServer(without(*refused)) as server:
        source = endpoint(server)
        assert [ask(source) for _ in range(2)] == [GOOD, GOOD]
        assert len(server.requests) == len(refused) + 2
        saved = json.loads((Settings().cache / "endpoints.json").read_text(encoding="utf-8"))
    assert saved[f"{server.url} qwen3"]["form"] == form
    last = server.requests[-1].body
    if form in {"json", "text"}:
        assert '"required": ["80户"]' in last["messages"][0]["content"]
        assert last["messages"][0]["content"].startswith("说明")
    if form == "tools":
        assert last["tools"][0]["function"]["parameters"] == SCHEMA


@pytest.mark.parametrize("ignored", ["好的,这里有八十户。", '{"户数": "贫困户"}'])
def test_a_server_that_ignores_the_schema_is_found_out(ignored):
    def reply(body):
        return calls_tool(GOOD) if "tools" in body else says(ignored)

    with FakeServer(reply) as server:
        source = endpoint(server)
        assert [ask(source) for _ in range(2)] == [GOOD, GOOD]
    assert ["tools" in asked.body for asked in server.requests] == [False, True, True]


def test_a_model_that_never_says_json_costs_the_ladder_once():
    with FakeServer(says("八十户是贫困户。")) as server:
        source = endpoint(server)
        assert ask(source) == "八十户是贫困户。"
        first = len(server.requests)
        ask(source)
    assert (first, len(server.requests)) == (4, 5)


def test_a_bad_request_is_no_misunderstanding_and_says_what_was_wrong():
    with (
        FakeServer(error(400, "messages must alternate")) as server,
        pytest.raises(AnswerRejected, match="says 400: messages must alternate"),
    ):
        ask(endpoint(server))
    assert not (Settings().cache / "endpoints.json").exists()


def test_parameters_that_a_model_does_not_take_are_left_out_and_remembered():
    def reply(body):
        if "max_tokens" in body:
            return error(400, "Unsupported parameter: use 'max_completion_tokens' instead.")
        if "temperature" in body:
            return error(400, "Unsupported value: 'temperature' does not support 0")
        return says(GOOD)

    with FakeServer(reply) as server:
        source = endpoint(server)
        for _ in range(2):
            assert ask(source, max_tokens=50, temperature=0, seed=1) == GOOD
    assert len(server.requests) == 4
    assert server.requests[-1].body["max_completion_tokens"] == 50
    assert server.requests[-1].body["seed"] == 1


def test_a_model_that_thinks_first_gets_room_to():
    def reply(body):
        if body["max_tokens"] < 100:
            return says("<think>这句话里", finish="length")
        return says(f"<think>这句话里…</think>\n{GOOD}")

    with FakeServer(reply) as server:
        source = endpoint(server)
        assert [ask(source, max_tokens=50) for _ in range(2)] == [GOOD, GOOD]
    assert [asked.body["max_tokens"] for asked in server.requests] == [50, 400, 400]


def test_a_validation_error_does_not_repeat_the_request():
    detail = [{"loc": ["body"], "msg": "extra field", "input": "秘密的全文"}]
    with (
        FakeServer(Reply({"detail": detail}, 422)) as server,
        pytest.raises(AnswerRejected, match="extra field") as told,
    ):
        ask(endpoint(server))
    assert "秘密" not in str(told.value)


def test_a_key_is_sent_and_never_shown(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-canary")
    with (
        FakeServer(error(401, "Incorrect API key provided: sk-canary")) as server,
        pytest.raises(ModelUnavailable) as told,
    ):
        ask(endpoint(server))
    assert server.requests[0].headers["authorization"] == "Bearer sk-canary"
    assert "canary" not in str(told.value)
    assert "canary" not in repr(endpoint(server).address)


@pytest.mark.parametrize(
    ("url", "says_what"),
    [
        ("", "OPENAI_API_KEY is not set"),
        ("localhost:8000", "no web address: 'localhost:8000'"),
        ("ftp://host/v1", "no web address"),
        ("http://", "no web address"),
        ("http://host:port/v1", "no web address"),
        ("http://host:99999/v1", "no web address"),
        ("http://me:secret@host/v1", "holds a name or password"),
        ("me:secret@host/v1", "holds a name or password"),
    ],
)
def test_an_address_that_cannot_work_is_told_at_once(url, says_what):
    with pytest.raises(ConfigError, match=says_what) as told:
        open_model("gpt-5", Settings(base_url=url))
    assert "secret" not in str(told.value)


def test_a_key_that_no_header_can_carry_is_told_at_once(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-“quoted”")
    with pytest.raises(ConfigError, match="characters that no key has"):
        open_model("gpt-5", Settings())


def test_threads_share_an_endpoint():
    with FakeServer(Reply(says(GOOD).body, delay=0.05)) as server:
        source = endpoint(server)
        with source_closed(source), ThreadPoolExecutor(8) as pool:
            done = list(pool.map(lambda _: source.create(**ASK), range(16)))
    assert len(done) == 16
    assert server.most_at_once > 1


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_to_another_origin_gets_no_text_and_no_key(status, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-canary")
    with FakeServer(says(GOOD)) as other:
        away = Reply(b"", status, {"Location": f"{other.url}/chat/completions"})
        with (
            FakeServer(away) as server,
            pytest.raises(ModelUnavailable, match="was not followed"),
        ):
            ask(endpoint(server))
    assert len(server.requests) == 1
    assert not other.requests


def test_a_redirect_to_the_same_origin_is_followed():
    def reply(body):
        return says(GOOD) if len(server.requests) > 1 else Reply(b"", 307, {"Location": "/v2/chat"})

    with FakeServer(reply) as server:
        assert ask(endpoint(server)) == GOOD


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (400, "Range of input length should be [1, 30720]"),
        (422, "`inputs` must have less than 1024 tokens. Given: 4000"),
        (400, "Prompt 超长"),
        (400, "Invalid request: Your request exceeded model token limit: 8192"),
        (500, "the prompt is too long"),
        (429, "Request too large for gpt-4 on tokens per min (TPM): Limit 30000, Requested 40000"),
    ],
)
def test_too_long_in_other_words_makes_the_chunk_smaller(status, words):
    with FakeServer(error(status, words)) as server, pytest.raises(AnswerTruncated):
        ask(endpoint(server))
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (402, "Payment Required"),
        (400, "Arrearage: Access denied, please make sure your account is in good standing"),
        (429, "您的账户已欠费，请充值后重试"),
        (403, "Insufficient Balance"),
        (429, "You exceeded your current quota, please check your plan"),
    ],
)
def test_an_account_without_money_is_told_at_once_in_the_providers_words(status, words):
    with (
        FakeServer(error(status, words)) as server,
        pytest.raises(ModelUnavailable, match="no quota left") as told,
    ):
        ask(endpoint(server))
    assert words[:20] in str(told.value)
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("told", "error_type", "requests"),
    [
        ({"message": "upstream is down", "code": 502}, ModelUnavailable, 4),
        ({"message": "No auth credentials found", "code": 401}, ModelUnavailable, 1),
        ({"message": "maximum context length is 8192"}, AnswerTruncated, 1),
        ({"message": "余额不足", "code": "1113"}, ModelUnavailable, 1),
        ("boom", ModelUnavailable, 4),
    ],
)
def test_an_error_inside_an_answer_is_an_error(told, error_type, requests):
    words = told if isinstance(told, str) else told["message"]
    with (
        FakeServer(Reply({"error": told})) as server,
        pytest.raises(error_type, match=words),
    ):
        ask(endpoint(server))
    assert len(server.requests) == requests


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (500, "System role not supported"),
        (400, "Developer instruction is not enabled for models/gemma-3"),
        (400, "Conversation roles must alternate user/assistant/user/assistant/..."),
    ],
)
def test_a_model_without_a_system_role_gets_its_words_from_the_user(status, words):
    def reply(body):
        roles = [turn["role"] for turn in body["messages"]]
        return error(status, words) if "system" in roles else says(GOOD)

    with FakeServer(reply) as server:
        source = endpoint(server)
        assert [ask(source) for _ in range(2)] == [GOOD, GOOD]
    assert len(server.requests) == 3
    assert server.requests[-1].body["messages"] == [{"role": "user", "content": "说明\n\n八十户"}]
