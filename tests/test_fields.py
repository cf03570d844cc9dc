"""Every type that a schema's field may be: loads, is asked for, and is answered end to end."""

from __future__ import annotations

import json

import pytest
from fake_model import FakeModel, least

from summarizer.config import settings
from summarizer.engine.schema import load_schema
from summarizer.errors import ConfigError
from summarizer.fields import Change, Count, Day, Hints, Money, Pick, ask, hints
from summarizer.pipeline import summarize
from summarizer.render.load import load
from summarizer.types import Document

TEXT = """石桥镇2023年工作总结
石桥村在2024年底前投入86万元修路3公里,硬化1200平方米,用工12人,用砖3吨,用水5立方米,工期30日内,粮食增长6.5%,油料与上年持平。
会议强调要厉行节约。
"""
LARGE = settings(size="large", store="off")
HEAD = """
from enum import Enum
from typing import Literal
from pydantic import BaseModel
from summarizer.fields import *

class Colour(Enum):
    RED = "红"
    BLUE = "蓝"

"""
LEAVES = {
    "Quantity": "86万元",
    "Money": "86万元",
    "Percent": "6.5%",
    "Count": "12人",
    'Count["人"]': "12人",
    "Area": "1200平方米",
    "Length": "3公里",
    "Mass": "3吨",
    "Volume": "5立方米",
    "Duration": "30日",
    "Change": "6.5%",
    "Day": "2024年底前",
    "Period": "2024年底前",
    "Verbatim": "石桥村",
    "str": "投入86万元修路",
    'Literal["必须", "鼓励"]': "必须",
    "Colour": "红",
    "bool": True,
}
"""A type, and what the model answers of it: a pick by the text of its place."""
CALLED = {
    "Quantity": "投入",
    "Money": "投入",
    "Percent": "粮食增长",
    "Count": "用工",
    'Count["人"]': "用工",
    "Area": "硬化",
    "Length": "修路",
    "Mass": "用砖",
    "Volume": "用水",
    "Duration": "工期",
    "Change": "粮食增长",
    "Day": "投入的期限",
    "Period": "投入的期限",
}
"""What a field of the type may ask for, in words that lead to such a place of the text."""
FORMS = {
    "alone": "{leaf}",
    "optional": "{leaf} | None",
    "list": "list[{leaf}]",
    "tuple": "tuple[{leaf}, ...]",
    "nested": "Part",
    "nested list": "list[Part]",
}


def schema_of(tmp_path, leaf, form, *, own=False):
    """A schema with a field of this type: of an item behind a list without text, or its own."""
    asked, words = FORMS[form].format(leaf=leaf), CALLED.get(leaf, "修路的村")
    part = f"class Part(BaseModel):\n    inside: {leaf} | None = None\n\n"
    if own:
        asked = asked if form in ("optional", "list", "tuple", "nested list") else f"{asked} | None"
        body = f"class S(Summary):\n    '''要的'''\n    field: {asked} = ask('{words}')\n"
    else:
        body = (
            "class Mark(Item):\n    '''一个标记'''\n    sums: list[Quantity] = ask('数')\n\n"
            f"class Thing(Item):\n    '''一件事'''\n    field: {asked} = ask('{words}')\n\n"
            "class S(Summary):\n    '''要的'''\n"
            "    marks: tuple[Mark, ...] = ()\n    things: list[Thing] = []\n"
        )
    path = tmp_path / "mine.py"
    path.write_text(HEAD + part + body, encoding="utf-8")
    return str(path)


def said(shape, defs, leaf):
    """An answer of a shape that says the leaf wherever it can."""
    if "$ref" in shape:
        return said(defs[shape["$ref"].rpartition("/")[2]], defs, leaf)
    if "anyOf" in shape:
        return said(shape["anyOf"][0], defs, leaf)
    if shape.get("type") == "object":
        return {n: said(inner, defs, leaf) for n, inner in shape["properties"].items()}
    if shape.get("type") == "array":
        return [said(shape["items"], defs, leaf)]
    if "enum" in shape:
        wanted = LEAVES[leaf]
        return next((k for k in shape["enum"] if k.endswith(f" {wanted}") or k == wanted), None)
    return 1 if shape.get("type") == "integer" else LEAVES[leaf]


def answered(leaf, *, own):
    """A whole answer to the request: the field says the leaf, all else as little as it may."""

    def answer(asked):
        defs = asked.schema["$defs"]
        whole = least(asked.schema)
        if own:
            whole["field"] = said(asked.schema["properties"]["field"], defs, leaf)
        else:
            whole["things"] = [said(defs["Thing"], defs, leaf)]
            whole["things"][0] |= {"sentences": [1], "figures": []}
        if own and isinstance(whole["field"], dict) and "sentences" in whole["field"]:
            whole["field"]["sentences"] = [1]
        return whole

    return answer


def picks(value):
    found = value if isinstance(value, list | tuple) else [value]
    return [one.inside if hasattr(one, "inside") else one for one in found]


@pytest.mark.parametrize("own", [False, True], ids=["item", "summary"])
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("leaf", LEAVES)
def test_every_type_that_loads_runs_end_to_end(tmp_path, leaf, form, own):
    path = schema_of(tmp_path, leaf, form, own=own)
    fake = FakeModel(passage=answered(leaf, own=own))
    summary = summarize(
        Document("0" * 16, "x", TEXT), model=fake.model, schema=path, settings=LARGE
    )
    assert [i.message for i in summary.issues if i.severity != "info"] == []
    value = summary.field if own else summary.things[0].field
    (one,) = picks(value)
    expected = LEAVES[leaf]
    if isinstance(one, Pick):
        assert one.text == expected
        assert summary.document.characters == len(TEXT)
        assert TEXT[one.span.slice] == one.text
        assert TEXT[one.evidence.span.slice] == one.evidence.quote
    else:
        assert getattr(one, "value", one) == expected
    assert load(summary.model_dump_json(), schema=path) == [summary]


@pytest.mark.parametrize("own", [False, True], ids=["item", "summary"])
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("leaf", LEAVES)
def test_every_type_may_say_nothing(tmp_path, leaf, form, own):
    path = schema_of(tmp_path, leaf, form, own=own)
    fake = FakeModel(passage=lambda asked: least(asked.schema))
    summary = summarize(
        Document("0" * 16, "x", TEXT), model=fake.model, schema=path, settings=LARGE
    )
    assert (summary.field in (None, [], ())) if own else (summary.things == [])


def willing(asked, text="投入86万元修路"):
    """The first that may be answered, everywhere, and of words some that stand in the text."""

    def go(shape):
        if "$ref" in shape:
            return go(asked.schema["$defs"][shape["$ref"].rpartition("/")[2]])
        if "anyOf" in shape:
            return go(next(one for one in shape["anyOf"] if one != {"type": "null"}))
        if shape.get("type") == "object":
            return {name: go(inner) for name, inner in shape["properties"].items()}
        if shape.get("type") == "array":
            return [go(shape["items"])] if shape.get("maxItems", 1) else []
        if "enum" in shape or "const" in shape:
            choices = [shape["const"]] if "const" in shape else shape["enum"]
            return next((one for one in choices if text in str(one)), choices[0])
        return {"integer": 1, "boolean": True, "null": None}.get(shape["type"], text)

    return go(asked.schema) if asked.schema else {"1": -0.1}


@pytest.mark.parametrize("own", [False, True], ids=["item", "summary"])
@pytest.mark.parametrize("leaf", LEAVES)
def test_every_type_is_filled_with_a_small_model_in_every_form(tmp_path, leaf, own):
    said = LEAVES[leaf] if isinstance(LEAVES[leaf], str) else ""
    for form in FORMS:
        path = schema_of(tmp_path, leaf, form, own=own)
        fake = FakeModel(default=lambda asked: willing(asked, said))
        chosen = settings(size="small", store="off")
        document = Document("0" * 16, "x", TEXT)
        summary = summarize(document, model=fake.model, schema=path, settings=chosen)
        assert [i.message for i in summary.issues if i.severity == "error"] == []
        assert load(summary.model_dump_json(), schema=path) == [summary]
        fields = [summary.field] if own else [thing.field for thing in summary.things]
        filled = [one for field in fields for one in picks(field) if one is not None]
        assert filled, form
        if issubclass(type(filled[0]), Pick):
            assert TEXT[filled[0].span.slice] == filled[0].text
        elif not own:
            assert summary.marks, "a list without text is asked for, too"


@pytest.mark.parametrize("leaf", LEAVES)
def test_no_answer_that_is_asked_for_is_a_number_of_the_text(tmp_path, leaf):
    path = schema_of(tmp_path, leaf, "optional")
    fake = FakeModel(passage=lambda asked: least(asked.schema))
    summarize(Document("0" * 16, "x", TEXT), model=fake.model, schema=path, settings=LARGE)
    thing = fake.asked("passage")[0].schema["$defs"]["Thing"]["properties"]["field"]
    assert "number" not in json.dumps(thing)
    assert "integer" not in json.dumps(thing)


@pytest.mark.parametrize(
    ("annotation", "says"),
    [
        ("float | None", "write Quantity, Money"),
        ("int", "write Quantity, Money"),
        ("Decimal", "write Quantity, Money"),
        ("list[float]", "write Quantity, Money"),
        ("Literal[1, 2]", "hides numbers"),
        ("Literal['一', 2] | None", "hides numbers"),
        ("Grade", "hides numbers"),
        ("date | None", "write Day or Period"),
        ("list[datetime]", "write Day or Period"),
        ("dict[str, str]", "write a list of a model"),
        ("set[str]", "must be text, a choice, a pick"),
        ("Money | str", "write a field for each"),
        ("tuple[Money, Money]", r"write list\[…\], or a field for each"),
        ("list[Other]", "write a plain pydantic model"),
        ("list[ProperName]", "write Verbatim"),
        ("Numbered", r"A\.field\.n in .* is a number"),
    ],
)
def test_what_nothing_could_prove_is_refused_with_what_to_write(tmp_path, annotation, says):
    head = HEAD + (
        "from datetime import date, datetime\nfrom decimal import Decimal\n"
        "class Grade(Enum):\n    ONE = 1\n\n"
        "class Other(Item):\n    word: str\n\n"
        "class Numbered(BaseModel):\n    n: int\n\n"
    )
    listed = (
        f"class A(Item):\n    field: {annotation}\n\nclass S(Summary):\n    all: list[A] = []\n"
    )
    path = tmp_path / "mine.py"
    path.write_text(head + listed, encoding="utf-8")
    with pytest.raises(ConfigError, match=says) as error:
        load_schema(str(path))
    assert "\n" not in str(error.value)


def test_a_field_of_the_summary_must_be_able_to_say_nothing(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text(HEAD + "class S(Summary):\n    gdp: Money = ask('数')\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"S\.gdp .* write `… | None`"):
        load_schema(str(path))


def test_ask_is_a_field_with_hints():
    info = ask("生产总值", year=-1, where="整改", max_length=3)
    assert info.description == "生产总值"
    assert hints(info.metadata) == Hints(-1, None, "整改", None)


def test_hints_and_units_are_read_in_any_form(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text(
        HEAD + "class S(Summary, labels=False, overview=False, headline='a'):\n"
        "    a: Count['人'] | None = ask('数', year=-1)\n"
        "    b: list[Money] = ask('数', unit='美元', goal=True)\n",
        encoding="utf-8",
    )
    schema = load_schema(str(path))
    a, b = (field.type.picks[0] for field in schema.fields.values())
    assert (a.pick, a.unit, hints(a.marks).year) == (Count, "人", -1)
    assert (b.pick, b.unit, hints(b.marks).goal) == (Money, "美元", True)
    assert not schema.asks_labels
    assert not schema.wants_overview


def test_values_are_frozen_and_refuse_what_they_do_not_know():
    assert Day.model_config["frozen"]
    assert Change.model_config["extra"] == "forbid"
