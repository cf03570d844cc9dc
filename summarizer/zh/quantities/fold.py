"""Folding: one text, one script, one width, every character still in its place.

The grammar is written once, in simplified characters and half-width signs. Folding replaces a
character by exactly one other, so that a position in the folded text is a position in the text:

>>> fold("１５０萬餘元")
'150万余元'

裏 and 裡 (inside) are left alone, for the mile 里 must not be seen in them; so is 麵 (noodles).
"""

from __future__ import annotations

import re
import unicodedata

from summarizer.zh.quantities.lexicon import rows

DASH = "⸺"  # what joins or parts words (增幅—5%); the minus of numbers is folded to "-"
_PAIRS = {row["character"]: row["folded"] for row in rows("fold.tsv")}
_TEXT_DASH = re.compile("(?<=[一-鿿])[—―](?=[0-9０-９])")
_ZEROS = re.compile("(?<=[0-9０-９])〇+(?![一二三四五六七八九])")  # 2〇〇户
_AND = re.compile("(?<=[百千万亿佰仟萬億])另(?=[一二三四五六七八九壹贰叁肆伍陆柒捌玖])")  # 一千另五
_LOOKALIKES = ((0x2E80, 0x2FE0), (0xF900, 0xFB00))  # radicals and compatibility ideographs


def _folded(code: int) -> str:
    """The character that one is read as: the lexicon's, a digit, the ideograph it stands for.

    >>> _folded(ord("⼆")), _folded(ord("٣")), _folded(ord("畝"))
    ('二', '3', '亩')
    """
    char = chr(code)
    if any(low <= code < high for low, high in _LOOKALIKES):
        char = unicodedata.normalize("NFKC", char)[:1]
    digit = unicodedata.decimal(char, None)
    return _PAIRS.get(char, char) if digit is None else str(digit)


TABLE = "".join(map(_folded, range(0x10000)))
TABLE += "".join(map(chr, range(0x10000, 0x1D7CE))) + 5 * "0123456789"  # the digits of mathematics
"""Each character of the basic plane as it is folded; a string is the fastest table there is."""


def fold(text: str) -> str:
    """The text in simplified characters and half-width signs, character for character.

    >>> fold("增幅—5%，5—8月"), fold("⼆⼗⼈"), fold("2〇〇户")
    ('增幅⸺5%，5-8月', '二十人', '200户')
    """
    if text.isascii():
        return text
    if "—" in text or "―" in text:
        text = _TEXT_DASH.sub(DASH, text)
    if "另" in text:
        text = _AND.sub("零", text)
    if "〇" in text:
        text = _ZEROS.sub(lambda zeros: "0" * len(zeros.group()), text)
    return text.translate(TABLE)
