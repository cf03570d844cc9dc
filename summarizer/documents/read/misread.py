"""Texts that were read in a wrong encoding and saved so: put right where there is no doubt.

There is none where every character goes back to bytes, all bytes are one text in the encoding that
was meant, and it is Chinese where what stood there was not. Everything else is refused elsewhere.
"""

from __future__ import annotations

import re

from summarizer.zh.script import is_common

_FEWEST = 8  # characters beyond ASCII that a doubtless text has
_COMMON, _STRANGE = 0.8, 0.3  # shares of common characters: of what was meant, of what stood there
_SEVEN_BITS = re.compile(rb"~\{(?:[\x21-\x77][\x21-\x7e]){2,}~\}|\+[A-Za-z0-9+/]{5,}-")
_KOREAN = re.compile(rb"[\xb0-\xfe][\xa1-\xfe]")
_ALL_KOREAN = 0.98  # share of double bytes that Korean has in its rows, and Chinese has not
_LAST_ROW = 0xC8


def put_right(text: str) -> tuple[str, str]:
    """The text that was meant and how it was misread; the text itself and "".

    >>> put_right("投入500万元，惠及群众".encode().decode("latin-1"))
    ('投入500万元，惠及群众', 'utf-8 read as latin-1')
    >>> put_right("投入500万元，惠及群众")
    ('投入500万元，惠及群众', '')
    """
    if len(text) - len(text.encode("ascii", "ignore")) < _FEWEST:
        return text, ""
    for through in ("cp1252", "latin-1", "gb18030"):
        data = _back(text, through)
        for meant in ("utf-8", "gb18030") if data else ():
            if meant != through and (right := _forth(data, meant)) and _is_better(right, text):
                return right, f"{meant} read as {'latin-1' if through == 'cp1252' else through}"
    return text, ""


def seven_bits(data: bytes) -> tuple[str, str] | None:
    """A text in HZ or UTF-7, which look like plain ASCII.

    >>> seven_bits("投入500万元，惠及群众".encode("hz"))
    ('投入500万元，惠及群众', 'hz')
    """
    if not data.isascii() or not _SEVEN_BITS.search(data):
        return None
    for codec in ("hz", "utf-7"):
        text = _forth(data, codec)
        beyond = [c for c in text if c > "\x7f"]
        if len(beyond) >= _FEWEST and _share(text) >= _COMMON:
            return text, codec
    return None


def is_korean(data: bytes) -> bool:
    """Whether bytes that could be GBK are EUC-KR: all from the rows of syllables.

    >>> is_korean("대한민국은 민주공화국이다. 모든 권력은 국민으로부터 나온다".encode("euc-kr"))
    True
    >>> is_korean("投入资金五百万元，惠及群众一千余人，新修道路".encode("gb18030"))
    False
    """
    pairs = [match[0][0] for match in _KOREAN.finditer(data[:200_000])]
    within = sum(first <= _LAST_ROW for first in pairs)
    return len(pairs) >= 2 * _FEWEST and within >= _ALL_KOREAN * len(pairs)


def _back(text: str, codec: str) -> bytes:
    """The bytes that were read, b"" where that cannot be; five of cp1252 have no character."""
    try:
        if codec != "cp1252":
            return text.encode(codec)
        return b"".join(c.encode("latin-1") if c < "\xa0" else c.encode("cp1252") for c in text)
    except UnicodeError:
        return b""


def _forth(data: bytes, codec: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeError:
        return ""


def _is_better(right: str, text: str) -> bool:
    return _share(right) >= _COMMON and _share(text) < _STRANGE


def _share(text: str) -> float:
    """The share of common characters among those beyond ASCII."""
    beyond = [c for c in text[:100_000] if c > "\x7f" and c not in "，。、；：？！“”‘’（）《》　％"]
    return sum(map(is_common, beyond)) / len(beyond) if beyond else 0.0
