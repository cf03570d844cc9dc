"""Each rule that changes characters, on its cases: `before => after`."""

import re
import sys
import unicodedata
from pathlib import Path

import pytest

from summarizer.documents.clean import clean
from summarizer.documents.clean.rules import RULES
from summarizer.zh.quantities import find_mentions

DATA = Path(__file__).parent / "data" / "clean"
ESCAPE = re.compile(r"\\(?:[ntrf]|x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8})")


def unescaped(text):
    return ESCAPE.sub(lambda match: match[0].encode().decode("unicode_escape"), text)


def cases(name):
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            before, _, after = line.partition(" => ")
            yield before, after if " => " in line else before


@pytest.mark.parametrize(("before", "after"), [*cases("characters.txt"), *cases("pinyin.txt")])
def test_case(before, after):
    assert clean(unescaped(before)).text == unescaped(after)


@pytest.mark.parametrize("page", sorted((DATA / "wrapped").glob("*.txt")), ids=lambda p: p.stem)
def test_wrapped_page(page):
    before, after = page.read_text(encoding="utf-8").split("# output\n")
    assert clean(before).text == after


def test_every_rule_has_a_case_and_says_its_name():
    known = {name for path in DATA.rglob("*.txt") for name in rules_used(path)}
    assert known == {
        "line-end",
        "invisible",
        "markup",
        "entity",
        "space",
        "placeholder",
        "byte-damage",
        "pinyin",
        "spaced-word",
        "broken-line",
        "wrapped-line",
    }
    assert len(known) == len(RULES)


def rules_used(path):
    text = path.read_text(encoding="utf-8")
    if path.parent.name in ("pages", "wrapped"):
        texts = [text.split("# output\n")[0]]
    else:
        texts = [unescaped(before) for before, _ in cases(path.name)]
    return {rule for t in texts for edit in clean(t).edits for rule in edit.rule.split("+")}


MANUAL = (Path(__file__).parents[1] / "docs" / "cleaning.md").read_text(encoding="utf-8")


def test_the_manual_explains_every_edit_in_order():
    headings = re.findall(r"^### (.*)", MANUAL.split("## Edits")[1], re.MULTILINE)
    names = {}
    for path in (DATA / "characters.txt", DATA / "pinyin.txt", *(DATA / "wrapped").glob("*.txt")):
        for name in rules_used(path):
            names.setdefault(name)
    assert set(headings) == {"repeated", *names}  # before all rules: tests/test_clean.py
    assert len(headings) == len(RULES) + 1


def test_the_manual_names_every_region_rule_and_limit():
    from summarizer.documents.clean.boilerplate import _patterns
    from summarizer.documents.read import limits

    kinds = _patterns(at_edge=True)[1].values()
    rows = [row for row in MANUAL.splitlines() if row.startswith("| ")]
    for kind, rule in kinds:
        assert any(row.startswith(f"| {kind} |") and rule in row for row in rows), rule
    for name, value in vars(limits).items():
        if name.isupper():
            assert f"{value:,}" in MANUAL, name


def unseen():
    """Every format and control character of Unicode but line ends and blanks, and the fillers."""
    seen = "\t\n\r\x0b\x0c\x85"
    formats = (chr(n) for n in range(sys.maxunicode + 1))
    yield from (c for c in formats if unicodedata.category(c) in ("Cf", "Cc") and c not in seen)
    yield from "\u034f\u115f\u1160\u17b4\u180b\ufe00\ufe0f\u3164\uffa0\ufffc\U000e0100"


def test_no_character_that_cannot_be_seen_parts_a_numeral():
    between = list(unseen())
    raw = "\n".join(f"全乡投入8{c}8万元修路。" for c in between)
    cleaned = clean(raw)
    assert cleaned.text == "\n".join(["全乡投入88万元修路。"] * len(between))
    mentions = find_mentions(cleaned)
    assert [m.quantity.value for m in mentions if m.quantity] == [880000] * len(between)
    assert [raw[m.span.slice] for m in mentions] == [f"8{c}8万元" for c in between]
