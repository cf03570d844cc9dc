"""Wrapping of Chinese and Latin text by terminal cells."""

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from summarizer.render.safe import visible
from summarizer.render.wrap import breaks

MIXED = st.text(st.sampled_from("中文，。“”（）、 ab12%\n—") | st.characters(), max_size=80)


def lines(text: str, width: int) -> list[str]:
    at = [0, *breaks(text, width), len(text)]
    return [text[i:j] for i, j in pairwise(at)]


@given(MIXED.map(visible), st.integers(2, 40))
@example("", 2)
@example("\n\n", 2)
@example("（（（（（（（", 4)
@example("，，，，，，，", 4)
@example("averyveryverylongword中文", 6)
def test_no_character_is_lost_and_no_line_too_wide(text, width):
    cut = lines(text, width)
    assert "".join(cut) == text
    assert all(cell_len(line.rstrip()) < width + 1 for line in cut)


def test_words_stay_whole():
    assert lines("全镇abc def投入", 8) == ["全镇abc ", "def投入"]


def test_punctuation_stays_with_its_word():
    assert lines("惠及群众，效果（很好）。", 8) == ["惠及群", "众，效果", "（很", "好）。"]
