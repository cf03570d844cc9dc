"""What is left of an answer when thoughts, fences and chatter are taken off."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.errors import AnswerRejected, AnswerTruncated
from summarizer.models.answer import Answer, Garbled, hear, is_short_of_room, only_json, tokens
from summarizer.models.dialect import FORMS, Dialect, after_refusal, speak
from summarizer.models.ledger import Ledger, Row, metered, record

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "data" / "model_answers.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
OBJECTS = st.dictionaries(st.text(max_size=8), st.text(max_size=8) | st.integers(), max_size=4)
SCHEMA = {"type": "object", "properties": {"a": {}}, "required": ["a"]}
GOOD = '{"80户": "贫困户数"}'
FORMAT = {"type": "json_schema", "json_schema": {"name": "Answer", "schema": SCHEMA}}


def raw(content="好", finish="stop", **message):
    return {"choices": [{"finish_reason": finish, "message": {"content": content, **message}}]}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_only_the_json_is_left(case):
    assert only_json(case["said"]) == case["json"]


@given(
    OBJECTS, st.sampled_from(["{}", "```json\n{}\n```", "<think>嗯</think>\n{}", "答案是 {} 。"])
)
def test_an_object_comes_back_whole_from_every_wrapping(value, wrapping):
    text = json.dumps(value, ensure_ascii=False)
    assert json.loads(only_json(wrapping.replace("{}", text))) == value


@given(st.text(alphabet='{}[]"`<>/think: 甲\n', max_size=60))
def test_no_text_breaks_it(text):
    only_json(text)


@pytest.mark.parametrize(
    ("answer", "content"),
    [
        (raw("好"), "好"),
        (raw(None), ""),
        (raw([{"type": "text", "text": "甲"}, {"type": "text", "text": "乙"}]), "甲乙"),
        (raw(None, reasoning_content="{}"), "{}"),
        (raw(None, tool_calls=[{"function": {"arguments": "{}"}}]), "{}"),
        (raw("好", tool_calls=[]), "好"),
        (raw("好", tool_calls=[{"function": None}]), "好"),
        (raw("好", finish=None), "好"),
        (raw("好", finish="eos"), "好"),
    ],
)
def test_the_content_is_found_wherever_a_server_puts_it(answer, content):
    assert hear(answer, as_json=False).content == content


@pytest.mark.parametrize(
    "answer",
    ["<html>", None, [], {}, {"choices": None}, {"choices": []}, {"choices": [3]}],
    ids=str,
)
def test_what_is_no_completion_is_garbled(answer):
    with pytest.raises(Garbled):
        hear(answer, as_json=False)


def test_refused_filtered_and_cut_answers_are_errors_of_their_own():
    with pytest.raises(AnswerRejected, match="declined"):
        hear(raw(None, refusal="不行"), as_json=True)
    with pytest.raises(AnswerRejected, match="filter"):
        hear(raw("", "content_filter"), as_json=True)
    with pytest.raises(AnswerTruncated):
        hear(raw('{"a', "length"), as_json=True)


@pytest.mark.parametrize(
    ("answer", "is_one"),
    [
        (raw("<think>还在想", "length"), True),
        (raw("", "length", reasoning_content="还在想"), True),
        (raw('<think>想</think>{"a', "length"), True),
        (raw('{"a', "length"), False),
        (raw("", "stop"), False),
    ],
)
def test_a_model_that_spent_its_limit_on_thinking_is_known(answer, is_one):
    assert is_short_of_room(answer) is is_one


@pytest.mark.parametrize(
    "usage", [None, [], {}, {"prompt_tokens": None}, {"prompt_tokens": -1}, {"prompt_tokens": "9"}]
)
def test_missing_counts_are_nothing(usage):
    assert tokens({"usage": usage}) == (0, 0)


def test_an_answer_in_openais_shape():
    completion = Answer("好", "m", 3, 2).completion()
    assert completion.choices[0].message.content == "好"
    assert completion.choices[0].finish_reason == "stop"
    assert completion.usage.total_tokens == 5


@pytest.mark.parametrize("form", FORMS)
def test_no_dialect_changes_the_request_that_it_is_given(form):
    request = {
        "messages": [{"role": "user", "content": "甲"}],
        "response_format": FORMAT,
        "max_tokens": 5,
    }
    before = json.dumps(request)
    spoken = speak(request, Dialect(form=form, room=8, limit="max_completion_tokens"))
    assert json.dumps(request) == before
    assert spoken["max_completion_tokens"] == 40
    assert spoken["messages"][-1] == request["messages"][-1]


def test_the_ladder_ends():
    dialect, steps = Dialect(), 0
    while dialect is not None:
        dialect = after_refusal(dialect, {"response_format": FORMAT}, 400, "no")
        steps += 1
    assert steps == len(FORMS)


def test_a_request_without_a_schema_has_no_ladder():
    assert after_refusal(Dialect(), {"messages": []}, 400, "tools are not supported") is None


def test_a_ledger_counts_once_however_often_it_is_wrapped():
    ledger, other = Ledger(), Ledger()

    def create(**_):
        record(Row(prompt_tokens=5))

    metered(metered(metered(create, ledger), other), ledger)()
    record(Row(prompt_tokens=100))
    assert ledger.usage().prompt_tokens == 5
    assert other.usage().requests == 1


DEEP = "[" * 3000 + "]" * 3000


@pytest.mark.parametrize(
    ("content", "kept"),
    [
        ('{"80户": "\ud83d户"}', '{"80户": "\ufffd户"}'),
        ('{"80户": "\\ud83d户"}', '{"80户": "\\ufffd户"}'),
        ('{"80户": "\\ud83d\\ude00"}', '{"80户": "\\ud83d\\ude00"}'),
        ('{"80户": "\\\\ud83d"}', '{"80户": "\\\\ud83d"}'),
    ],
)
def test_halves_of_characters_are_replaced_before_an_answer_is_kept(content, kept):
    given = hear(raw(content), as_json=True)
    assert given.content == kept
    assert given.completion().choices[0].message.content.encode()


@pytest.mark.parametrize("content", [DEEP, f'{{"80户": {DEEP}}}', '{"a":' * 5000])
def test_json_that_is_nested_too_deep_is_refused(content):
    with pytest.raises(AnswerRejected, match="nested too deep"):
        hear(raw(content), as_json=True)


@pytest.mark.parametrize("count", [2**70, -1, True, 1.5, "7", None, [1], 10**9 + 1])
def test_a_count_that_no_answer_costs_is_none(count):
    told = raw("户") | {"usage": {"prompt_tokens": count, "completion_tokens": 7}}
    assert tokens(told) == (0, 7)


@pytest.mark.parametrize("blanks", ["", " " * 500, "\n\t" * 500])
def test_an_object_that_is_whole_is_taken_though_its_answer_was_cut(blanks):
    told = raw(f"{GOOD}{blanks}", finish="length")
    assert hear(told, as_json=True).content == GOOD
    with pytest.raises(AnswerTruncated):
        hear(raw(GOOD[:-1] + blanks, finish="length"), as_json=True)
    with pytest.raises(AnswerTruncated):
        hear(told, as_json=False)


@pytest.mark.parametrize("name", ["reasoning", "reasoning_content"])
@pytest.mark.parametrize("content", [None, "", " \n"])
def test_an_answer_among_the_thoughts_is_found(name, content):
    told = raw(content)
    told["choices"][0]["message"][name] = f"<think>先看单位</think>\n{GOOD}"
    assert hear(told, as_json=True).content == GOOD
