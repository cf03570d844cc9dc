"""Numerals that are no quantity are counted beside the tally, each with its place and reason."""

import re
from pathlib import Path

import pytest

from summarizer.documents.parsed import parse
from summarizer.documents.read import read
from summarizer.engine.extract import Extraction
from summarizer.engine.verify.figures import tally_mentions
from summarizer.zh.quantities.reasons import REASONS

NOTHING = Extraction((), (), ())
CASES = [
    line.partition(" =>")
    for line in (Path(__file__).parent / "data/verify/unaccounted.txt")
    .read_text(encoding="utf-8")
    .splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("marked", "_", "rules"), CASES)
def test_a_numeral_that_is_no_quantity_is_unaccounted(marked, _, rules):
    wanted = re.findall(r"\[(.*?)\]", marked)
    text = re.sub(r"[\[\]]", "", marked)
    parsed = parse(text)
    coverage = tally_mentions(parsed.mentions, NOTHING, parsed.text).coverage
    assert [one.text for one in coverage.unaccounted] == wanted
    assert [text[one.span.slice] for one in coverage.unaccounted] == wanted
    assert [one.reason for one in coverage.unaccounted] == [REASONS[r] for r in rules.split()]
    assert coverage.found == len(coverage.missed)


def test_what_stands_outside_the_report_says_so():
    parsed = parse("扶贫工作\n网友评论 28216\n投入500万元。")
    coverage = tally_mentions(parsed.mentions, NOTHING, parsed.text).coverage
    assert [one.reason.partition(":")[0] for one in coverage.unaccounted] == ["boilerplate"]


def test_a_quantity_that_heads_a_table_is_set_aside():
    rows = "乡镇,60岁以上,0-14岁\n甲镇,300人,45人\n"
    parsed = parse(read(rows.encode(), name="a.csv"))
    coverage = tally_mentions(parsed.mentions, NOTHING, parsed.text).coverage
    assert [one.text for one in coverage.set_aside] == ["60岁以上", "0-14岁"]
    assert all(one.reason.startswith("header: ") for one in coverage.set_aside)
    assert [one.text for one in coverage.missed] == ["300人", "45人"]
    assert coverage.found == 4
