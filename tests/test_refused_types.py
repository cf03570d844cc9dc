"""No model writes a number: what would let one is refused at load, and what loads proves all."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from fake_model import FakeModel, least
from test_fields import FORMS, HEAD, LEAVES, TEXT, schema_of

from summarizer.config import settings
from summarizer.engine.schema import load_schema
from summarizer.errors import ConfigError
from summarizer.pipeline import summarize
from summarizer.types import Document

ROWS = (Path(__file__).parent / "data" / "refused_fields.tsv").read_text(encoding="utf-8")
REFUSED = dict(row.split("\t") for row in ROWS.splitlines() if not row.startswith("#"))
LARGE = settings(size="large", store="off")
DOCUMENT = Document("0" * 16, "x", TEXT)
CLASSES = """
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import *
from pydantic import (
    AfterValidator, ConfigDict, Field, PlainSerializer, PlainValidator, RootModel, computed_field,
    field_serializer, field_validator, model_validator,
)
from typing_extensions import TypeAliasType, TypedDict
from summarizer.fields import Pick
from summarizer.types import Figure

Alias = TypeAliasType("Alias", float)
T = TypeVar("T")

class Grade(Enum):
    ONE = 1

class Graded(StrEnum):
    ONE = "1"

class Whole(IntEnum):
    ONE = 1

class Thing(Item):
    word: str

class Numbered(BaseModel):
    n: int | None = None

class Box(BaseModel, Generic[T]):
    inside: T

Boxed = Box[float]

class Rooted(RootModel[list[str]]):
    pass

class Picked(Money):
    rate: float = 3

class Named(TypedDict):
    n: float

class Tupled(NamedTuple):
    n: float

@dataclass
class Kept:
    n: float

class Open(BaseModel):
    model_config = ConfigDict(extra="allow")
    who: Verbatim

class Part(BaseModel):
    who: Verbatim
    sum: Money | None = None

class Other(BaseModel):
    name: Verbatim

class Mixed(BaseModel):
    f: Part | str | None = None

class Nested(BaseModel):
    who: Verbatim
    kids: list["Nested"] = []

class Twins(BaseModel):
    one: Nested | None = None

class Computed(BaseModel):
    who: Verbatim

    @computed_field
    def twice(self) -> float:
        return 2.0

class Written(BaseModel):
    who: Verbatim

    @field_serializer("who")
    def told(self, value):
        return 999

class Renamed(BaseModel):
    sum: Money | None = Field(None, alias="amount")

class Presumed(BaseModel):
    sum: list[str] = Field(default_factory=lambda: [999])

class Assumed(BaseModel):
    n: str = 999

class Hinted(BaseModel):
    sum: Money | None = ask("数", year=2024)

"""
FORGED = {
    "text": "999亿元",
    "span": {"start": 0, "end": 3},
    "evidence": {"span": {"start": 0, "end": 3}, "quote": "伪造的"},
    "value": "99900000000",
    "kind": "money",
}


def schema(tmp_path, monkeypatch, body):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.py").write_text(HEAD + CLASSES + body, encoding="utf-8")
    return load_schema("mine.py")


def refused(tmp_path, monkeypatch, body):
    with pytest.raises(ConfigError) as error:
        schema(tmp_path, monkeypatch, body)
    assert "\n" not in str(error.value)
    return str(error.value)


@pytest.mark.parametrize("annotation", REFUSED)
def test_a_type_that_a_number_could_hide_in_is_refused(tmp_path, monkeypatch, annotation):
    def listed(said):
        body = f"class A(Item):\n    field: {said}\n\nclass S(Summary):\n    all: list[A] = []\n"
        return refused(tmp_path, monkeypatch, body)

    assert REFUSED[annotation] in listed(annotation)
    for form in ("{}", "list[{}]", "tuple[{}, ...]", "Optional[list[{}]]"):
        assert re.search(r"A\.field[.\w]* in mine\.py", listed(form.format(annotation)))


@pytest.mark.parametrize("annotation", REFUSED)
def test_it_is_refused_as_a_field_of_the_summary_and_of_a_model(tmp_path, monkeypatch, annotation):
    own = f"class S(Summary):\n    field: {annotation} = ask('数')\n"
    assert re.search(r"S\.field[.\w]* in mine\.py", refused(tmp_path, monkeypatch, own))
    nested = (
        f"class Inner(BaseModel):\n    deep: {annotation} = Field(None)\n\n"
        "class Outer(BaseModel):\n    inner: list[Inner] = []\n\n"
        "class S(Summary):\n    field: Outer | None = None\n"
    )
    told = refused(tmp_path, monkeypatch, nested)
    assert re.search(r"S\.field\.inner\.deep[.\w]* in mine\.py", told)


@pytest.mark.parametrize("own", [False, True], ids=["item", "summary"])
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("leaf", LEAVES)
def test_a_forged_number_stands_in_no_field_that_loads(tmp_path, leaf, form, own):
    path = schema_of(tmp_path, leaf, form, own=own)

    def forged(asked):
        said = FORGED if "list" not in form and form != "tuple" else [FORGED]
        if "nested" in form:
            said = [{"inside": FORGED}] if "list" in form else {"inside": FORGED}
        whole = least(asked.schema)
        own_value = {"value": said, "sentences": [1]}
        item = {"field": said, "sentences": [1], "figures": []}
        return whole | ({"field": own_value} if own else {"things": [item]})

    fake = FakeModel(passage=forged, default=lambda asked: least(asked.schema))
    summary = summarize(DOCUMENT, model=fake.model, schema=path, settings=LARGE)
    told = summary.model_dump(mode="json", exclude={"issues", "provenance", "document"})
    assert "999" not in json.dumps(told)
    assert "伪造" not in json.dumps(told, ensure_ascii=False)


VALIDATORS = {
    "marked": ("field: Annotated[str, AfterValidator(lambda said: 999.0)] | None = ask('数')", ""),
    "plain": ("field: Annotated[str, PlainValidator(lambda said: 999.0)] | None = ask('数')", ""),
    "of a list": ("field: list[Annotated[str, AfterValidator(len)]] = ask('数')", ""),
    "of the class": (
        "field: str | None = ask('数')",
        "@field_validator('field')\n    def wrong(cls, said):\n        return 999.0 if said else said",
    ),
}


@pytest.mark.parametrize("own", [False, True], ids=["item", "summary"])
@pytest.mark.parametrize("way", VALIDATORS)
def test_a_validator_that_makes_a_number_of_a_text_is_told(tmp_path, monkeypatch, way, own):
    field, validator = VALIDATORS[way]
    body = f"    '''要的'''\n    who: str = ''\n    {field}\n    {validator}\n\n"
    of_item = f"class A(Item):\n{body}class S(Summary):\n    '''要的'''\n    all: list[A] = []\n"
    of_own = f"class S(Summary):\n    '''要的'''\n    {field}\n    {validator}\n"
    found = schema(tmp_path, monkeypatch, of_own if own else of_item)
    words = ["投入86万元修路"] if "list" in field else "投入86万元修路"

    def answer(asked):
        whole = least(asked.schema)
        if own:
            return whole | {"field": {"value": words, "sentences": [1]}}
        one = {"who": "石桥村", "field": words, "sentences": [1], "figures": []}
        return whole | {"all": [one]}

    again = {"corrected": {"field": {"value": words, "sentences": [1]}}}
    fake = FakeModel(passage=answer, correction=again, default=lambda asked: least(asked.schema))
    summary = summarize(DOCUMENT, model=fake.model, schema=found, settings=LARGE)
    codes = {issue.code for issue in summary.issues}
    if own and validator:
        assert "field_changed" in codes
    elif own:
        assert not summary.field
        assert "field_dropped" in codes
    else:
        assert summary.all == []
        assert "item_dropped" in codes


CLASS_WORDS = {
    "I(Item, most='two')": "I is declared with most='two': write how many a sentence may tell of, 1",
    "I(Item, most=0)": "I is declared with most=0",
    "I(Item, most=-1)": "I is declared with most=-1",
    "I(Item, most=2.5)": "I is declared with most=2.5",
    "I(Item, most=True)": "I is declared with most=True",
    "I(Item, key=3)": 'I is declared with key=3: write the names of its fields, as in key=("who",',
    "I(Item, kye='who')": "I has no keyword 'kye'; it has key, most",
    "S(Summary, label=False)": "S has no keyword 'label'; it has headline, labels, overview",
    "S(Summary, labels='no')": "S is declared with labels='no': write labels=False for none",
    "S(Summary, overview=0)": "S is declared with overview=0: write overview=False for none, or",
    "S(Summary, overview=())": 'what it may tell of, as in overview=("projects", "figures")',
    "S(Summary, overview=('who', 3))": "S is declared with overview=('who', 3): write",
    "S(types.Summary, labels=False)": "S has no keyword 'labels'; those of summarizer.fields have",
    "I(types.Item, most=3)": "I has no keyword 'most'; it has key",
}


@pytest.mark.parametrize("declared", CLASS_WORDS)
def test_a_keyword_of_a_class_that_means_nothing_is_refused(tmp_path, monkeypatch, declared):
    body = (
        f"from summarizer import types\nclass {declared}:\n    who: Verbatim | None = ask('谁')\n"
    )
    told = refused(tmp_path, monkeypatch, body)
    assert CLASS_WORDS[declared] in told
    line = (HEAD + CLASSES + body).splitlines().index(f"class {declared}:") + 1
    assert told.startswith(f"mine.py cannot be loaded: line {line}: TypeError: ")


HINTS = {
    "Money | None = ask('数', year='去年')": "S.field in mine.py is declared with year='去年', and year",
    "Money | None = ask('数', year=2024)": "write -1 for the year before, 0 for its own",
    "Money | None = ask('数', year=True)": "declared with year=True",
    "Money | None = ask('数', goal='yes')": "declared with goal='yes': write True for a plan's",
    "Money | None = ask('数', where=['整改', '落实'])": "with where=['整改', '落实']: write one word",
    "Money | None = ask('数', where=' ')": "declared with where=' ': write one word",
    "Count | None = ask('数', unit=3)": "declared with unit=3: write one word",
    "Count[3] | None = ask('数')": 'Count[3] names no unit: write it as a text, as in Count["人"]',
    "Money | None = Field(None, gt=0)": "declared with gt=0, and no field is a number",
    "Money | None = Field(None, max_length=2)": "declared with max_length=2, and is neither text",
    "str | None = Field(5, description='数')": "has a default that no text proves: write `= None`",
    "str = ask('数', default='3亿元')": "has a default that no text proves",
    "Verbatim = ask('谁', default='赵六')": "has a default that no text proves",
    "bool = ask('是否', default=True)": "has a default that no text proves",
    "bool | None = ask('是否', default=False)": "has a default that no text proves",
    "Literal['是', '否'] = '否'": "has a default that no text proves",
    "list[Verbatim] = ask('谁', default=['赵六'])": "has a default that no text proves",
    "str | None = Field(default_factory=lambda data: 5)": "has a default that cannot be made alone",
    "Money | None = Field(None, alias='x')": "S.field in mine.py has an alias",
}


@pytest.mark.parametrize("field", HINTS)
def test_what_is_said_beside_a_type_and_means_nothing_is_refused(tmp_path, monkeypatch, field):
    told = refused(tmp_path, monkeypatch, f"class S(Summary):\n    field: {field}\n")
    assert HINTS[field] in told
    assert "mine.py" in told


@pytest.mark.parametrize("base", ["Item", "Summary"])
def test_a_class_takes_no_field_that_nobody_declared(tmp_path, monkeypatch, base):
    loose = "    model_config = ConfigDict(extra='allow')\n    who: Verbatim | None = ask('谁')\n"
    body = f"class A(Item):\n{loose}\nclass S(Summary):\n    all: list[A] = []\n"
    body = body if base == "Item" else f"class S(Summary):\n{loose}"
    told = refused(tmp_path, monkeypatch, body)
    assert f"{base[0].replace('I', 'A')} in mine.py takes fields that nobody declared" in told


@pytest.mark.parametrize(
    "annotation",
    ['Colour | Literal["无"]', 'Literal["甲"] | Literal["乙"] | None', "Literal['甲', None]"],
)
def test_a_union_of_choices_is_a_choice(tmp_path, monkeypatch, annotation):
    body = f"class S(Summary):\n    field: {annotation} | None = ask('哪个')\n"
    tree = schema(tmp_path, monkeypatch, body).fields["field"].type
    assert tree.is_optional
    assert set(tree.choices) <= {"红", "蓝", "无", "甲", "乙"}
    assert len(tree.choices) > 0
