"""The language that a document is written in, as far as requests are worded by it."""

from __future__ import annotations

import re
from typing import Literal

Language = Literal["zh", "en"]
HAN_A_WORD = 4  # English words that outweigh one Chinese character
_HAN = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[A-Za-z]{2,}")


def language_of(text: str) -> Language:
    """English where Chinese characters are rare beside English words, else Chinese.

    A text in both languages is Chinese, and so is one of numbers alone.

    >>> language_of("The county (青石县) built 12 bridges and paved 30 km of its roads.")
    'zh'
    >>> language_of("The county built 12 bridges and paved 30 km of its roads."), language_of("12")
    ('en', 'zh')
    """
    return "en" if HAN_A_WORD * len(_HAN.findall(text)) < len(_WORD.findall(text)) else "zh"
