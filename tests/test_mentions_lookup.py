"""An answer is a quantity of the text or it is none: one wrong digit is refused, either script is fine."""

import json
import re
from pathlib import Path

import opencc
import pytest

from summarizer.documents.clean import clean
from summarizer.documents.read import read
from summarizer.types import Mention
from summarizer.zh.quantities import find_mentions
from summarizer.zh.quantities.lookup import look_up

SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))
TO_HANS, TO_HANT = opencc.OpenCC("tw2s"), opencc.OpenCC("s2tw")
DIGIT = re.compile(r"[0-9]|[一二两三四五六七八九兩]")
HAN = "一二三四五六七八九"


def quantities_of(path: Path) -> list[Mention]:
    return [mention for mention in find_mentions(clean(read(path))) if mention.quantity]


def with_one_digit_changed(text: str) -> list[str]:
    """Every text that differs from this one in a single digit."""
    changed = []
    for match in DIGIT.finditer(text):
        others = "0123456789" if match.group().isdecimal() else HAN
        same = {match.group(), "二" if match.group() in "两兩" else match.group()}
        changed += [
            text[: match.start()] + digit + text[match.end() :]
            for digit in others
            if digit not in same
        ]
    return changed


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.name[:3])
def test_true_answers_are_found_in_either_script(seed):
    mentions = quantities_of(seed)
    assert mentions
    for mention in mentions:
        for answer in (
            mention.text,
            TO_HANS.convert(mention.text),
            TO_HANT.convert(mention.text),
            f" {mention.text} ",
        ):
            found = look_up(answer, mentions)
            assert found, answer
            assert found.quantity.value == mention.quantity.value


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.name[:3])
def test_no_answer_with_a_wrong_digit_is_accepted(seed):
    mentions = quantities_of(seed)
    tried = 0
    for mention in mentions:
        others = [m for m in mentions if m.quantity.value != mention.quantity.value]
        for answer in with_one_digit_changed(mention.text):
            tried += 1
            found = look_up(answer, mentions)
            assert found is None or found in others, answer  # then it names another one, rightly
            if found:
                assert look_up(answer, [mention]) is None
    assert tried > 5 * len(mentions)


@pytest.mark.parametrize(
    "answer",
    [
        "500萬元", "500余元", "500余万亩", "近500万元", "5000万元", "500余万元和600万元", "很多", "", "  ",
        "五百多人", json.dumps({"value": 500}),
    ],
)  # fmt: skip
def test_what_says_something_else_is_refused(answer):
    assert look_up(answer, find_mentions("投入500余万元修路")) is None


def test_values_may_be_written_differently():
    mentions = find_mentions("流轉土地2.8萬畝，至少進行4次檢查，投入1000万资金")
    assert look_up("28,000亩", mentions).id == "m1"
    assert look_up("两万八千亩", mentions).id == "m1"
    assert look_up("4次", mentions).id == "m2"
    assert look_up("至少4次", mentions).id == "m2"
    assert look_up("1000万", mentions).id == "m3"
    assert look_up("1000万元", mentions).id == "m3"
