"""What passages say of one field of the summary: what is one value, and what are several."""

from __future__ import annotations

import pytest
from fake_model import FakeModel, least

from summarizer.config import settings
from summarizer.pipeline import summarize
from summarizer.render.load import load
from summarizer.types import Document

SCHEMA = """from pydantic import BaseModel
from summarizer.fields import *

class Fine(BaseModel):
    who: Verbatim
    sum: Money | None = None

class Sum(BaseModel):
    sum: Money | None = None

class S(Summary, labels=False, overview=False):
    "通报"
    field: {kind} = ask({words!r})
"""
FINES = "青石县处罚通报\n甲公司罚款5万元,乙公司罚款5万元,丙公司罚款8万元。\n"
TWICE = (
    "青石县处罚通报\n本次对甲公司罚款5万元。\n此外罚款5万元。\n"
    "再次说明。本次对甲公司罚款5万元。望引以为戒。\n"
)


def read(tmp_path, kind, text, *keys, words="罚款", size="large", **more):
    """A summary of one field, of which a leading model answers these keys, by number."""
    path = tmp_path / "mine.py"
    path.write_text(SCHEMA.format(kind=kind, words=words), encoding="utf-8")

    def answer(asked):
        defs = asked.schema["$defs"]
        every = next((one["enum"] for n, one in defs.items() if n.startswith("keys")), [])
        said = [every[n] for n in keys] if keys else every
        return least(asked.schema) | {"field": said if "list" in kind else said[0]}

    fake = FakeModel(**({"passage": answer, "choose": {}} | more))
    document = Document("0" * 16, "x", text)
    chosen = settings(size=size, store="off", schema=str(path))
    summary = summarize(document, model=fake.model, settings=chosen)
    assert load(summary.model_dump_json(), schema=str(path)) == [summary]
    assert [one.message for one in summary.issues if one.code == "pick_changed"] == []
    return summary, fake


def places(summary, text):
    """Each value by its words, where it stands, and where it stands again."""
    again = [[text[at.slice] for at in one.also_at] for one in summary.field]
    return [(one.text, one.span.start) for one in summary.field], again


@pytest.mark.parametrize("size", ["large", "small"])
def test_equal_sums_of_a_list_stand_each_at_its_place(tmp_path, size):
    summary, _ = read(tmp_path, "list[Money]", FINES, size=size)
    values, again = places(summary, FINES)
    assert [text for text, _ in values] == ["5万元", "5万元", "8万元"]
    assert len({start for _, start in values}) == 3
    assert again == [[], [], []]


@pytest.mark.parametrize("size", ["large", "small"])
def test_a_sentence_told_twice_is_one_value_with_both_places(tmp_path, size):
    summary, _ = read(tmp_path, "list[Money]", TWICE, size=size)
    values, again = places(summary, TWICE)
    assert [text for text, _ in values] == ["5万元", "5万元"]
    assert sorted(again) == [[], ["5万元"]]


def test_a_sentence_that_is_too_short_to_say_whose_it_is_is_no_repetition(tmp_path):
    text = "青石县处罚通报\n甲公司有违法行为。\n罚款5万元。\n乙公司有违法行为。\n罚款5万元。\n"
    summary, _ = read(tmp_path, "list[Money]", text)
    assert [one.text for one in summary.field] == ["5万元", "5万元"]


def test_one_place_that_is_answered_twice_is_one_value(tmp_path):
    summary, _ = read(tmp_path, "list[Money]", FINES, 0, 0, 2)
    assert places(summary, FINES)[1] == [[], []]
    assert [one.text for one in summary.field] == ["5万元", "8万元"]


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        ("list[Money]", "补助5万元,最高不超过5万元。", ["5万元", "不超过5万元"]),
        ("list[Day]", "9月20日前报送材料,9月20日开会。", ["9月20日前", "9月20日"]),
        ("list[Day]", "2024年开工,年内完工。", ["2024年", "年内"]),
    ],
)
def test_values_with_other_bounds_are_others(tmp_path, kind, text, told):
    summary, _ = read(tmp_path, kind, f"青石县2024年工作总结\n{text}\n")
    assert [one.text for one in summary.field][-2:] == told  # behind a title's year
    assert all(one.also_at == () for one in summary.field)


def test_of_a_single_field_values_with_other_bounds_contradict(tmp_path):
    """Two passages say so; the model is asked which stands, and the other is told."""
    text = "青石县2024年工作总结\n全县补助5万元,已经发放。\n补助不超过5万元,尚未发放。\n"
    path = tmp_path / "mine.py"
    path.write_text(SCHEMA.format(kind="Money | None", words="补助"), encoding="utf-8")

    def first(asked):
        keys = [one["enum"] for one in asked.schema["$defs"].values() if "enum" in one]
        return least(asked.schema) | {"field": keys[0][0]}

    fake = FakeModel(passage=first, settle={"field": "2 不超过5万元"})
    chosen = settings(size="large", store="off", schema=str(path), chunk_chars=20)
    summary = summarize(Document("0" * 16, "x", text), model=fake.model, settings=chosen)
    (asked,) = fake.asked("settle")
    assert "1 5万元" in asked.text
    assert "2 不超过5万元" in asked.text
    assert (summary.field.text, summary.field.bound) == ("不超过5万元", "at_most")
    assert [one.code for one in summary.issues] == ["field_conflict"]


@pytest.mark.parametrize(("kind", "count"), [("Fine", 1), ("Sum", 2)])
def test_parts_with_the_same_words_are_one_and_without_words_each_is_its_own(tmp_path, kind, count):
    text = "青石县处罚通报\n年初甲公司罚款5万元。\n年底甲公司又罚款5万元。\n"

    def answer(asked):
        keys = asked.schema["$defs"]["keys1"]["enum"]
        parts = [{"who": "甲公司", "sum": key} for key in keys]
        parts = parts if kind == "Fine" else [{"sum": key} for key in keys]
        return least(asked.schema) | {"field": {"value": parts, "sentences": [1, 2]}}

    summary, _ = read(tmp_path, f"list[{kind}]", text, passage=answer)
    assert [len(one.sum.also_at) for one in summary.field] == ([1] if count == 1 else [0, 0])


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("Area", "种树15亩", "种树1公顷"),
        ("Mass", "收粮3吨", "收粮3000公斤"),
        ("Quantity", "补助5万元", "补助50000元"),
    ],
)
def test_one_value_in_two_units_is_no_error(tmp_path, kind, one, other):
    """The second reader held 1公顷 against 15, for 15亩 stood first."""
    text = f"青石县2024年工作总结\n全县{one},已经验收。\n全县{other},已经发放。\n"
    path = tmp_path / "mine.py"
    path.write_text(SCHEMA.format(kind=f"{kind} | None", words="多少"), encoding="utf-8")

    def last(asked):
        keys = [one["enum"] for one in asked.schema["$defs"].values() if "enum" in one]
        return least(asked.schema) | {"field": keys[0][-1]}

    chosen = settings(size="large", store="off", schema=str(path), chunk_chars=20)
    document = Document("0" * 16, "x", text)
    summary = summarize(document, model=FakeModel(passage=last).model, settings=chosen)
    assert len(summary.field.also_at) == 1
    assert [issue.code for issue in summary.issues] == []
