"""With a small model: fields of parts with numbers in them, and items that are numbers only."""

from __future__ import annotations

import pytest
from fake_model import FakeModel

from summarizer.config import settings
from summarizer.pipeline import summarize
from summarizer.types import Document

HEAD = """from pydantic import BaseModel
from summarizer.fields import *

class Paid(BaseModel):
    who: Verbatim
    sum: Money | None = None

class Case(Item{most}):
    "一个问题"
{fields}
class S(Summary, labels=False, overview=False):
    "通报"
    cases: tuple[Case, ...] = ()
"""
TEXT = """青石县2024年审计情况通报
县水务局违规列支15.6万元,收取押金3200元。
县教育局按期整改。
"""
WHAT = '    what: Verbatim = ask("问题")\n'
ANSWER = {"who": "县水务局", "sum": "b 3200元"}


def read(tmp_path, fields, text=TEXT, most="", **script):
    path = tmp_path / "mine.py"
    path.write_text(HEAD.format(fields=fields, most=most), encoding="utf-8")
    fake = FakeModel(**({"items": items} | script))
    chosen = settings(size="small", store="off", schema=str(path))
    return summarize(Document("0" * 16, "x", text), model=fake.model, settings=chosen), fake


def codes(summary):
    """The issues, but for what tells of numbers that are in no item."""
    return [one.code for one in summary.issues if one.code != "numbers_left"]


def items(asked):
    """Of the sentence about the waterworks an item, if it is asked about."""
    keys = asked.schema["properties"]["cases"]["properties"]
    return {"cases": {k: [{"what": "违规列支"}] if "县水务" in k else [] for k in keys}}


@pytest.mark.parametrize(
    ("kind", "answer", "sums"),
    [
        ("Paid | None", ANSWER, ["3200元"]),
        ("Paid", ANSWER, ["3200元"]),
        ("list[Paid]", [ANSWER, {"who": "县水务局", "sum": "a 15.6万元"}], ["3200元", "15.6万元"]),
        ("list[Paid]", [], []),
    ],
)
def test_parts_are_asked_for_with_the_words_of_their_item(tmp_path, kind, answer, sums):
    fields = f"{WHAT}    paid: {kind} = ask('列支和押金')\n"
    summary, fake = read(tmp_path, fields, find={"value": answer})
    (case,) = summary.cases
    paid = case.paid if isinstance(case.paid, list) else [case.paid]
    assert [one.sum.text for one in paid] == sums
    assert all(TEXT[one.sum.span.slice] == one.sum.text for one in paid)
    (asked,) = fake.asked("find")
    assert asked.text.splitlines()[-2].startswith("要找:违规列支:paid(列支和押金;")
    assert "列支⟦a|15.6万元⟧" in asked.text
    assert codes(summary) == []


@pytest.mark.parametrize(("kind", "kept"), [("Paid | None", 1), ("list[Paid]", 1), ("Paid", 0)])
def test_parts_that_cannot_stand_are_told_and_cost_an_item_that_needs_them(tmp_path, kind, kept):
    wrong = [{"who": "县财政局", "sum": None}]
    answer = {"value": wrong if "list" in kind else wrong[0]}
    fields = f"{WHAT}    paid: {kind} = ask('列支和押金')\n"
    summary, _ = read(tmp_path, fields, find=answer, correction={"item": None})
    assert [one.paid for one in summary.cases] == [[] if "list" in kind else None] * kept
    dropped = [one for one in summary.issues if one.code == "field_dropped"]
    assert len(dropped) == 1
    assert "“县财政局”不在所引的句子里" in dropped[0].message
    assert TEXT[int(dropped[0].ref.partition("-")[0]) :].startswith("县水务局违规")


def test_a_part_that_is_looked_for_elsewhere_is_not_asked_for_with_its_item(tmp_path):
    fields = f"{WHAT}    paid: Paid | None = ask('列支和押金', where='附件')\n"
    summary, fake = read(tmp_path, fields)
    assert (len(summary.cases), fake.asked("find")) == (1, [])


SUMS = "    sum: Money = ask('金额')\n"


def test_an_item_without_words_is_asked_for_whole_where_a_number_may_be_its_own(tmp_path):
    said = {"value": [{"sum": "a 15.6万元"}, {"sum": "b 3200元"}]}
    summary, fake = read(tmp_path, SUMS, find=said)
    assert [one.sum.text for one in summary.cases] == ["15.6万元", "3200元"]
    (asked,) = fake.history
    assert "要找:cases(一个问题:sum(金额;" in asked.text
    assert codes(summary) == []


def test_of_an_item_without_words_what_cannot_stand_is_told(tmp_path):
    fields = f"{SUMS}    more: list[Money] = ask('别的')\n"
    said = [
        {"sum": "z", "more": []},
        {"sum": "a 15.6万元", "more": ["z", "b 3200元"]},
        {"sum": None, "more": []},
    ]
    summary, _ = read(tmp_path, fields, find={"value": said})
    (case,) = summary.cases
    assert [one.text for one in case.more] == ["3200元"]
    assert codes(summary) == ["item_dropped", "field_dropped"]


@pytest.mark.parametrize(("most", "asked", "told"), [("", [3, 12], 1), (", most=2", [2], 0)])
def test_a_sentence_that_comes_back_full_is_asked_once_more(tmp_path, most, asked, told):
    text = "青石县通报\n发放补贴" + "、".join(f"{n}元" for n in range(301, 304)) + "。\n"

    def full(request):
        shape = request.schema["properties"]["value"]
        keys = request.schema["$defs"]["keys1"]["enum"]
        return {"value": [{"sum": keys[n % 3]} for n in range(shape["maxItems"])]}

    summary, fake = read(tmp_path, SUMS, text, most, find=full)
    limits = [one.schema["properties"]["value"]["maxItems"] for one in fake.history]
    assert limits == asked
    assert len(summary.cases) == min(3, asked[-1])
    assert [one.code for one in summary.issues if one.code == "list_full"] == ["list_full"] * told


def test_an_answer_that_is_none_is_told(tmp_path):
    summary, _ = read(tmp_path, SUMS, find="nonsense")
    assert summary.cases == ()
    assert codes(summary) == ["no_answer"]


def test_a_name_of_a_quantity_with_parts_is_asked_for(tmp_path):
    fields = (
        "    what: NameOfQuantity = ask('名称')\n    sum: Money | None = ask('金额')\n"
        "    paid: Paid | None = ask('列支和押金')\n"
    )
    summary, _ = read(tmp_path, fields, find={"value": ANSWER})
    assert [one.paid.sum.text for one in summary.cases] == ["3200元"]
