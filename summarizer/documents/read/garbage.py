"""A text that is no text: what a wrong encoding or a font without a map left of one.

Only plain kinds are told, where much of a text is lost; a few lost characters are counted
(`replaced`).
"""

from __future__ import annotations

import re

from summarizer.types import Span
from summarizer.zh.script import is_common

SAMPLE = 100_000  # characters from the start that a text is judged by
FEWEST = 20  # characters beyond ASCII without which nothing is said
LOST = 0.3  # share of a text that makes it no text
FEW = 2  # lost places that a text may have: a name whose character a font lacks
MOST_TOLD = 10  # lost places that are told one by one

_LOST = re.compile("\ufffd+")
_TWICE = re.compile("(?:锟斤拷)+")  # U+FFFD in UTF-8, read as GBK: what it said is gone for good
_MEMORY = re.compile("烫{4,}|屯{4,}|葺{4,}")  # what a C program finds where nothing was written
_UNMAPPED = re.compile(r"(?:\(cid:\d{1,6}\))+|[\ue000-\uf8ff\U000f0000-\U0010fffd]+")
_GONE = re.compile("\ufffd+|(?:锟斤拷)+")
_KINDS = (
    (_LOST, "most of its characters were lost when it was decoded or saved (U+FFFD)"),
    (_TWICE, "it was saved in a wrong encoding, 锟斤拷 is all that is left of what it said"),
    (_MEMORY, "it is what a program found in memory where no text was"),
    (_UNMAPPED, "its font has no map to characters; run character recognition over its pages"),
)


def garbage(text: str) -> str:
    """Why a text is none, or "".

    >>> garbage("锟斤拷锟斤拷锟斤拷锟斤拷锟斤拷锟斤拷锟斤拷")
    'it was saved in a wrong encoding, 锟斤拷 is all that is left of what it said'
    >>> garbage("投入500万元，惠及197户，村民都说好。" * 3)
    ''
    """
    sample = text[:SAMPLE]
    letters = "".join(sample.split())
    for pattern, why in _KINDS:
        lost = sum(len(match[0]) for match in pattern.finditer(letters))
        if not lost < FEWEST and LOST * len(letters) < lost:
            return why
    return _misread(sample)


def lost_places(text: str) -> list[Span]:
    """Where characters were lost for good, if that is more than a few places.

    >>> lost_places("投入锟斤拷5万元，\ufffd\ufffd户，甲\ufffd乙。")
    [Span(start=2, end=5), Span(start=9, end=11), Span(start=14, end=15)]
    >>> lost_places("投入5万元，甲\ufffd乙。")
    []
    """
    found = [Span(*match.span()) for match in _GONE.finditer(text)]
    return found if len(found) > FEW or _TWICE.search(text) else []


def _misread(text: str) -> str:
    """Whether bytes of UTF-8 were read as another encoding and saved so: æ‘ä»¬, 鎴戜滑."""
    beyond = [c for c in text if c > "\x7f" and c != "\u3000"]
    if len(beyond) < FEWEST:
        return ""
    for codec, called in (("cp1252", "Windows-1252"), ("latin-1", "Latin-1"), ("gb18030", "GBK")):
        meant = _meant(text, codec)
        if not _common(meant) < 0.8 and _common(text) < 0.5:
            return f"it is UTF-8 that was read as {called} and saved so; convert it back first"
    return ""


def _meant(text: str, codec: str) -> str:
    """What the text was before it was read with the wrong codec; "" where that cannot be."""
    data = text.encode(codec, "ignore")
    return data.decode("utf-8", "ignore") if LOST * len(text) < len(data) else ""


def _common(text: str) -> float:
    """The share of common characters among a text's own that are no ASCII."""
    beyond = [c for c in text[:5_000] if c > "\x7f" and c not in "，。、；：？！“”（）《》　"]
    return sum(map(is_common, beyond)) / len(beyond) if len(beyond) * 2 > FEWEST else 0.0
