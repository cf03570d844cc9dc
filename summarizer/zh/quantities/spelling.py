"""A text as the grammar reads it: folded, and its numerals in one spelling of zero.

〇 behind a digit of any width is the digit's zero (2〇〇户), 另 between a scale and a digit is 零
(一千另五). Every character stays in its place.
"""

from __future__ import annotations

import re

from summarizer.zh.script import fold_characters

# The character comes first in the pattern, for what is looked for by its first character is quick.
_ZEROS = re.compile("〇(?<=[0-9０-９]〇)〇*(?![一二三四五六七八九])")
_AND = re.compile("另(?<=[百千万亿佰仟萬億]另)(?=[一二三四五六七八九壹贰叁肆伍陆柒捌玖])")


def fold(text: str) -> str:
    """The text in simplified characters and half-width signs, character for character.

    >>> fold("2〇〇戶，一千另五人")
    '200户，一千零五人'
    """
    if "〇" in text:
        text = _ZEROS.sub(lambda zeros: "0" * len(zeros.group()), text)
    if "另" in text:
        text = _AND.sub("零", text)
    return fold_characters(text)
