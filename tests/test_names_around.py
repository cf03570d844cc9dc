"""What is decided by the words around a name is decided as by the whole text."""

import random
from pathlib import Path

import pytest

from summarizer.documents.read import read
from summarizer.zh.attribution import clause_subjects
from summarizer.zh.names import persons, places
from summarizer.zh.names.person_boundaries import BACK, SURNAME
from summarizer.zh.script import fold
from summarizer.zh.tails import at_end

ROOT = Path(__file__).parent.parent
TEXTS = [fold(read(path).text) for path in sorted((ROOT / "seeds").glob("*.txt"))]
PIECES = (
    "书记李", "村民张三", "青石镇", "王村", "、", "和", "，", "说：“", "5个", "县长诸葛明", "等5人",
    "位于", "走访", "女儿", "的", "是茶叶协会会长，", "今年87岁的", "（", "\n",
)  # fmt: skip


def mixed(seed: int) -> str:
    """Stretches of the seeds between pieces of names."""
    dice = random.Random(seed)
    parts = []
    for _ in range(60):
        whole = dice.choice(TEXTS)
        at = dice.randrange(len(whole))
        parts += [whole[at : at + dice.randrange(12)], dice.choice(PIECES) * dice.choice((1, 1, 3))]
    return "".join(parts)


@pytest.mark.parametrize("seed", range(8))
def test_a_person_is_read_as_in_the_whole_text(seed):
    text = mixed(seed)
    for match in SURNAME.finditer(text, 1):
        start, low = match.start(), max(0, match.start() - BACK)
        reading, rule, is_likely = persons._read(text[low : start + persons.FAR], start - low)
        moved = None if reading is None else reading.moved(low)
        assert (moved, rule, is_likely) == persons._read.__wrapped__(text, start)


@pytest.mark.parametrize("seed", range(8))
def test_a_place_is_read_as_in_the_whole_text(seed):
    text = mixed(seed)
    for match in places._SUFFIX.finditer(text):
        end, of = match.start(), places.SETTLEMENT[match[0]]["class"]
        assert places._stem(text, end, of, {}) == places._stem_behind(text, end, of, {})


@pytest.mark.parametrize("seed", range(8))
def test_what_ends_before_a_name_is_found_at_its_end_as_in_all_of_it(seed):
    text = mixed(seed)
    patterns = [clause_subjects._uses(use) for use in ("reach", "makes", "pivot")]
    for end in range(0, len(text), 3):
        before = text[max(0, end - 200) : end]
        for pattern in patterns:
            assert bool(at_end(pattern, before)) == bool(pattern.search(before)), before[-20:]
