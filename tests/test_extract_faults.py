"""What a model is told of a bad answer: Chinese, one line, naming the key, whatever was wrong."""

import re
from pathlib import Path
from typing import Annotated, Literal

import pytest
from fake_model import FakeModel
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from summarizer.checks import standalone
from summarizer.engine.ask import StructuredCaller
from summarizer.engine.faults import for_reader, message
from summarizer.errors import AnswerRejected
from summarizer.policy import Policy

CASES = Path(__file__).parent / "data" / "extract" / "faults.txt"
ENGLISH = re.compile(r"\b(?:should|required|valid|input|at least|character)\b", re.IGNORECASE)


class Part(BaseModel):
    name: str


class Answer(BaseModel):
    model_config = ConfigDict(extra="forbid")
    title: Annotated[str, standalone] = Field(min_length=4, max_length=8)
    kind: Literal["就业", "产业"]
    steps: list[str] = Field(min_length=1, max_length=2)
    count: int
    note: str | None = None
    parts: list[Part] = []


def cases() -> list[str]:
    lines = CASES.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


@pytest.mark.parametrize("line", cases())
def test_a_fault_is_told(line: str) -> None:
    answer, _, expected = line.partition(" => ")
    if expected == "-":
        assert Answer.model_validate_json(answer)
    else:
        with pytest.raises(ValidationError) as caught:
            Answer.model_validate_json(answer)
        assert message(caught.value) == expected


GOOD = '{"title": "新建大棚", "kind": "产业", "steps": ["平整土地"], "count": 3}'


@pytest.mark.parametrize("line", cases()[1:])
def test_the_model_is_told_it_when_it_is_asked_again(line: str) -> None:
    answer, _, expected = line.partition(" => ")
    fake = FakeModel(x=[answer, GOOD])
    asker = StructuredCaller.of(fake.model, Policy(max_tokens=100, reasks=1))
    result = asker.ask([{"role": "user", "content": "?"}], Answer, max_tokens=100, about="x.v1")
    assert result.title == "新建大棚"
    again = fake.asked("x")[1].text
    assert again == f"上面的回答不对:{expected}。请改正后重新回答,只写JSON。"
    assert not ENGLISH.search(again)


def test_each_re_ask_tells_of_the_answer_before_it() -> None:
    fake = FakeModel(x=['{"title": 7}', "[]", "{"])
    asker = StructuredCaller.of(fake.model, Policy(max_tokens=100, reasks=2))
    with pytest.raises(AnswerRejected):
        asker.ask([{"role": "user", "content": "?"}], Answer, max_tokens=100, about="x.v1")
    first, second = (one.text for one in fake.asked("x")[1:])
    assert "“title”要写成文字" in first
    assert "整个回答要写成对象" in second


def test_what_no_schema_says_of_an_answer_is_that_it_is_no_json():
    assert message(ValueError("half a character")) == message(RecursionError()) != ""
    assert "JSON" in message(ValueError())


@pytest.mark.parametrize(
    ("line", "told"),
    [("“村民张三,请假3天”不在所引的句子里,请照抄原文", "“村民张三,请假3天”不在所引的句子里"),
     ("“村民“张三,请假”;乙”不在所引的句子里,请照抄原文", "“村民“张三,请假”;乙”不在所引的句子里"),
     ("“张三,请假;李四”不在所引的句子里,请照抄原文", "“张三,请假;李四”不在所引的句子里"),
     ("subject “甲,请乙”不是原文的词,请照抄原文或写 null;period “丙”不是原文的词,请照抄原文",
      "subject “甲,请乙”不是原文的词;period “丙”不是原文的词"),
     ("“road: use of funds” is not in the sentences cited: copy the text or correct the numbers",
      "“road: use of funds” is not in the sentences cited"),
     ("label 太短,请写清它统计的是什么", "label 太短")],
)  # fmt: skip
def test_what_a_reader_is_told_keeps_the_answer_whole(line, told):
    assert for_reader(line) == told
