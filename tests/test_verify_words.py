"""Words that a text has and its source has not: `words | source => what is found`."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from summarizer.engine.grounding import stands
from summarizer.zh.unproved import unproved

CASES = Path(__file__).parent / "data" / "verify" / "words.txt"


def cases():
    for line in CASES.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            said, _, found = line.replace("\\u202e", "\u202e").partition(" => ")
            words, _, source = said.partition(" | ")
            yield words, source, [] if found == "-" else found.split("、")


@pytest.mark.parametrize(("words", "source", "found"), [*cases()])
def test_words(words, source, found):
    assert unproved(words, source) == found


@example("未修修修")  # the second 修修 begins inside the first, and nothing denies it
@given(st.text(alphabet="全镇未没有投入新建修通村路aB1³ .@/\u202e\n", max_size=30))
def test_a_text_says_nothing_that_it_does_not_say(text):
    assert unproved(text, text) == []


@given(st.text(max_size=20), st.text(max_size=40))
def test_any_words_can_be_held_against_any_text(words, source):
    assert all(unproved(words, source))


@pytest.mark.parametrize(
    ("words", "source", "is_there"),
    [
        ("23.6", "共1023.6万元", False),
        ("1023.6", "共1023.6万元", False),
        ("1023.6万元", "共1023.6万元", True),
        ("6万元", "共1023.6万元", False),
        ("万元", "共1023.6万元", False),
        ("万元", "共1023.6万元,按万元计", True),
        ("二十户", "一百二十户", False),
        ("村集体", "3个村集体", True),
        ("貧困戶", "122户贫困户", True),
        ("  ", "122户 贫困户", False),
        ("", "122户", False),
    ],
)
def test_what_is_verbatim_cuts_no_number(words, source, is_there):
    assert stands(words, source) is is_there
