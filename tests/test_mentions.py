"""The quantity grammar against its cases: tests/data/mentions/*.txt, a case a line."""

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest

from summarizer.documents.clean import clean
from summarizer.types import Bound, Mention, MentionKind, Quantity, QuantityKind
from summarizer.zh.quantities import find_mentions
from summarizer.zh.quantities.lexicon import FOLDER, rows
from summarizer.zh.quantities.patterns import Pattern
from summarizer.zh.quantities.rules import RULES
from summarizer.zh.quantities.units import UNITS

CASES = Path(__file__).parent / "data" / "mentions"
MARKED = re.compile(r"\[([^\[\]|]+)\|([^\[\]|]+)\]")


def cases(*, known_failures: bool) -> Iterator[object]:
    for path in sorted(CASES.glob("*.txt")):
        if (path.stem == "known_failures") is not known_failures:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
            if line and not line.startswith("#"):
                yield pytest.param(line, id=f"{path.stem}:{number}")


def read_case(line: str) -> tuple[str, list[tuple[int, str, str]]]:
    """The bare text, and (start, surface, what it is) of each mention."""
    text, expected, at = "", [], 0
    for match in MARKED.finditer(line):
        text += line[at : match.start()]
        expected.append((len(text), match.group(1), match.group(2)))
        text += match.group(1)
        at = match.end()
    return text + line[at:], expected


def described(mention: Mention) -> str:
    quantity = mention.quantity
    if quantity is None:
        return mention.kind
    high = "" if quantity.high is None else f"..{quantity.high:f}"
    parts = [] if quantity.bound in ("exact", "range") else [quantity.bound]
    parts += [f"{quantity.value:f}{high}", (quantity.unit or "-").replace(" ", "_"), quantity.kind]
    parts += [f"per {quantity.per}"] if quantity.per else []
    return " ".join(parts + (["implied"] if quantity.implied_unit else []))


def check(line: str) -> None:
    text, expected = read_case(line)
    found = find_mentions(text)
    assert all(text[m.at.slice] == m.text and not len(text) < m.at.end for m in found)
    known = {(mention.at.start, mention.text): described(mention) for mention in found}
    for start, surface, what in expected:
        assert known.get((start, surface)) == what, [described(m) + " " + m.text for m in found]
    wanted = {(start, surface) for start, surface, _ in expected}
    unasked = [m.text for m in found if m.quantity and (m.at.start, m.text) not in wanted]
    assert not unasked


@pytest.mark.parametrize("line", list(cases(known_failures=False)))
def test_case(line):
    check(line)


@pytest.mark.xfail(strict=True, raises=AssertionError)
@pytest.mark.parametrize("line", list(cases(known_failures=True)))
def test_known_failure(line):
    check(line)


def test_there_are_enough_cases():
    assert len(list(cases(known_failures=False))) >= 600


@pytest.mark.parametrize(
    "pattern", [rule for rule in RULES if isinstance(rule, Pattern)], ids=lambda p: p.name
)
def test_pattern_finds_its_example(pattern):
    assert pattern.name in {mention.rule for mention in find_mentions(pattern.example)}


def test_names_of_rules_are_unique():
    names = [rule.name for rule in RULES]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.tsv")), ids=lambda path: path.name)
def test_lexicon_says_where_each_entry_is_from(path):
    entries = list(rows(path.name))
    assert entries
    assert all(row["origin"] for row in entries)
    keys = [tuple(row.values())[:2] for row in entries]
    assert len(keys) == len(set(keys)), "an entry stands twice"


def test_columns_hold_words_of_the_types():
    assert {unit.kind for unit in UNITS.values()} <= set(get_args(QuantityKind))
    assert {unit.strength for unit in UNITS.values()} <= {"hard", "plain", "digits", "weak"}
    assert {row["bound"] for row in rows("bounds.tsv")} <= set(get_args(Bound))
    assert {row["kind"] for row in rows("words.tsv")} <= set(get_args(MentionKind))


def test_ids_count_quantities_apart():
    found = find_mentions("2018年投入500余万元，第一批惠及197户")
    assert [mention.id for mention in found] == ["n1", "m1", "n2", "m2"]


def test_base_values_are_in_base_units():
    def base(text: str) -> tuple[str, str | None]:
        quantity: Quantity | None = find_mentions(text)[0].quantity
        assert quantity
        return f"{quantity.base_value:f}", quantity.base_unit

    assert base("9402.61万元") == ("94026100", "元")
    assert base("3亩") == ("2000", "m²")
    assert base("1540亩") == ("1026666.666667", "m²")
    assert base("15000餘斤") == ("7500", "kg")
    assert base("3里") == ("1500", "m")
    assert base("2.5亿千瓦时") == ("250000000", "kWh")
    assert base("5角") == ("0.5", "元")
    assert base("15‰") == ("1.5", "%")


@pytest.mark.parametrize("number", ["1" + "0" * 20, "1" + "0" * 21, "1" + "0" * 22, "7亿亿亿"])
def test_a_value_too_long_for_six_places_has_a_base_value(number):
    quantity = find_mentions(f"共{number}亩")[0].quantity
    assert quantity
    assert quantity.base_value
    assert abs(quantity.base_value / quantity.value * 3 - 2000) < Decimal("1E-20")


TABLE = """单位：万元
序号 项目名称 {column}
1 石桥村产业路 120.5
2 大坪村安全饮水 2021
合计 206.5。{prose}"""


def headed(column: str, prose: str = "") -> list[str]:
    found = find_mentions(TABLE.format(column=column, prose=prose))
    return [f"{m.text} {m.quantity.value:f} {m.quantity.unit}" for m in found if m.quantity]


def test_unit_above_a_table_holds_for_its_cells():
    """Not for the first of a row, a year, what ends a sentence or stands behind it."""
    assert headed("投资", "\n东村 7 号") == ["120.5 1205000 元"]


def test_unit_above_a_table_is_not_used_where_columns_differ():
    assert headed("占比(%)") == headed("户数") == []


def test_spans_of_cleaned_text_count_the_raw_text():
    raw = "培訓專(zhuān)項(xiàng)資(zī)金500余萬(wàn)元，惠及197戶(hù)，修建2個(gè)點(diǎn)。"
    cleaned = clean(raw)
    found = [mention for mention in find_mentions(cleaned) if mention.quantity]
    assert [mention.text for mention in found][1:] == ["197戶", "2個"]
    for mention in found:
        assert cleaned.text[mention.at.slice] == mention.text
        assert raw[mention.span.start] == mention.text[0]
        assert raw[mention.span.end - 1] == mention.text[-1]


COLUMNS = """地区 人口（人） 比重（%）
城关镇 98,214 25.70
石磴镇 56307 -14.73
{row}
"""


@pytest.mark.parametrize(
    ("row", "units"), [("", []), ("野枫乡 8,052 2", ["人", "%"]), ("野枫乡等3镇 5", ["镇"])]
)
def test_unit_in_the_heading_of_a_column_holds_for_its_cells(row, units):
    """As long as the rows have as many cells as the heading."""
    found = [m.quantity for m in find_mentions(COLUMNS.format(row=row)) if m.quantity]
    assert [(f"{q.value:f}", q.unit) for q in found[:4]] == [
        ("98214", "人"), ("25.7", "%"), ("56307", "人"), ("-14.73", "%"),
    ]  # fmt: skip
    assert [quantity.unit for quantity in found[4:]] == units
