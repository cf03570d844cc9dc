"""Names are found where the case lines say, with exact edges, and generic words never."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.zh.names import find_names
from summarizer.zh.script import fold

DATA = Path(__file__).parent / "data" / "names"
MARKED = re.compile(r"\[([^\[\]|]+)\|(\w+)\]")
KNOWN_FAILURES = DATA / "known_failures.txt"


def lines(path):
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line


def marked(text):
    """The text with its names in brackets, as the case lines write them."""
    out, at = [], 0
    for name in find_names(text):
        kind = "by_line" if name.rule == "by_line" else name.kind
        out += [text[at : name.span.start], f"[{name.text}|{kind}]"]
        at = name.span.end
    return "".join([*out, text[at:]])


CASES = [
    line for path in sorted(DATA.glob("*.txt")) if path != KNOWN_FAILURES for line in lines(path)
]


@pytest.mark.parametrize("line", CASES)
def test_case(line):
    assert marked(MARKED.sub(r"\1", line)) == line


@pytest.mark.parametrize("line", [*lines(KNOWN_FAILURES)])
@pytest.mark.xfail(strict=True, reason="the grammar cannot do this yet")
def test_known_failure(line):
    assert marked(MARKED.sub(r"\1", line)) == line


@pytest.mark.parametrize("line", [line for line in CASES if "|" in line][::3])
def test_traditional_text_has_the_same_names(line):
    text = MARKED.sub(r"\1", line)
    traditional = pytest.importorskip("opencc").OpenCC("s2tw").convert(text)
    if fold(traditional) == fold(text):  # where the way back is unique
        assert [n.span for n in find_names(traditional)] == [n.span for n in find_names(text)]


PIECES = st.sampled_from(
    [*"王李镇村社区公司的和、,。“”「」·和与书记主任党员说在贫困户2020年 \n", "合作社", "编辑:"]
)


@given(st.lists(PIECES, max_size=60).map("".join))
def test_names_are_disjoint_in_order_and_in_the_text(text):
    names = find_names(text)
    assert all(text[n.span.start : n.span.end] == n.text != "" for n in names)
    assert all(a.span.end <= b.span.start for a, b in pairwise(names))


@given(st.text(max_size=80))
def test_any_text_is_read(text):
    assert find_names(text) == find_names(text)


def test_a_name_found_once_is_found_again():
    text = "党员李波带领村民修路。大家说李波肯干,信李波没错。"
    assert [n.text for n in find_names(text)] == ["李波"] * 3
    assert [n.rule for n in find_names(text)] == ["role", "again", "again"]


def test_a_by_line_stays_one_wherever_it_stands():
    names = find_names("记者 程小雨\n这是程小雨第三次来。")
    assert [(n.text, n.rule) for n in names] == [("程小雨", "by_line")] * 2


def test_a_long_text_takes_linear_time():
    """A quadratic rule would take minutes here."""
    assert len(find_names("村民王公司村的、" * 5_000)) < 50_000
