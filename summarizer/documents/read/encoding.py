"""Bytes → text: which of the encodings that Chinese reports come in this one is.

A ladder, from certain to likely: what the caller says; a byte order mark; strict UTF-8; UTF-16
without a mark; UTF-8 with a few bad bytes; then GB18030 and Big5-HKSCS, whichever reads as Chinese.
What a web page says of itself only tips the last balance: pages are often wrong.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from typing import NamedTuple

from summarizer.documents.read.faults import reason
from summarizer.documents.read.misread import is_korean, put_right, seven_bits
from summarizer.errors import ConfigError, UnreadableDocument
from summarizer.zh.script import is_common


class Decoded(NamedTuple):
    """A text, the codec that read it, and how many bytes stand as U+FFFD because it could not."""

    text: str
    encoding: str
    replaced: int = 0


MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
"""Byte order marks; UTF-32's come before UTF-16's, which begin alike."""

SAMPLE = 200_000  # bytes, from the first that is not ASCII, that an encoding is judged by
GOOD_PER_BAD = 3  # characters of UTF-8 that make up for a bad byte
LIKELY = 0.3  # the least score of a text that is Chinese
HINT = 0.1  # what the page's own word is worth

_PUNCTUATION = frozenset("，。、；：？！“”‘’（）《》【】「」『』〈〉—…·　％")
_ESCAPED = re.compile("[\udc80-\udcff]")
_HIGH = re.compile(rb"[\x80-\xff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decode(data: bytes, *, encoding: str | None = None, hint: str | None = None) -> Decoded:
    """The text of some bytes. `encoding` is obeyed, `hint` is weighed.

    Raises ConfigError for an encoding that does not exist, UnreadableDocument for what is no text.

    >>> decode("投入500余万元，惠及群众".encode("gb18030"))
    Decoded(text='投入500余万元，惠及群众', encoding='gb18030', replaced=0)
    """
    if encoding:
        return _with(data, _codec(encoding))
    for mark, codec in MARKS:
        if data.startswith(mark):
            return _with(data[len(mark) :], codec)
    if (found := seven_bits(data)) is not None:
        return Decoded(*found)
    decoded = _utf16(data) or _utf8(data) or _likeliest(data, hint or "")
    if not decoded.replaced:
        right, how = put_right(decoded.text)
        decoded = Decoded(right, how) if how else decoded
    if _is_binary(decoded.text):
        raise UnreadableDocument("it is no text: it holds control characters throughout")
    return decoded


def _with(data: bytes, codec: str) -> Decoded:
    """Decode; each byte that does not fit becomes one U+FFFD."""
    try:
        return Decoded(data.decode(codec), codec)
    except UnicodeError:
        pass  # the tolerant way below says how many bytes are at fault
    try:
        text, replaced = _ESCAPED.subn("\ufffd", data.decode(codec, "surrogateescape"))
    except UnicodeError:  # UTF-16 and 32 know no single bad bytes
        text = _replaced(data, codec)
        replaced = text.count("\ufffd")
    return Decoded(text, codec, replaced)


def _replaced(data: bytes, codec: str) -> str:
    try:
        return data.decode(codec, "replace")
    except UnicodeError as error:  # punycode, idna: they replace nothing
        raise UnreadableDocument(f"it is no text in {codec}: {reason(error)}") from error


def _codec(name: str) -> str:
    try:
        known = codecs.lookup(name)
        b"a".decode(known.name, "replace")  # base64 and the like are codecs, but not of text
    except (LookupError, ValueError) as error:
        raise ConfigError(
            f"there is no text encoding {name!r}; try gb18030 or big5hkscs"
        ) from error
    return {"gbk": "gb18030", "gb2312": "gb18030", "big5": "big5hkscs"}.get(known.name, known.name)


def _utf16(data: bytes) -> Decoded | None:
    """UTF-16 without a mark: every other byte is a high byte that Chinese text uses."""
    head = data[: 1 << 16]
    if len(head) < 4 or len(data) % 2:
        return None
    for codec, high in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        usual = sum(b < 4 or b in (0x20, 0x30, 0xFF) or 0x4E <= b <= 0x9F for b in high)
        zeros = high.count(0) + high.count(0x30)
        if not usual < 0.98 * len(high) and zeros:
            return _with(data, codec)
    return None


def _utf8(data: bytes) -> Decoded | None:
    """UTF-8, strict or with few bad bytes among many good characters."""
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        first = max(0, error.start - SAMPLE // 2)
        sample = _with(data[first : first + SAMPLE], "utf-8")
    good = len(sample.text) - len(sample.text.encode("ascii", "ignore")) - sample.replaced
    bad = sample.replaced - 6 * (len(data) > SAMPLE)  # the sample may split a character or two
    return None if good < GOOD_PER_BAD * bad else _with(data, "utf-8")


def _likeliest(data: bytes, hint: str) -> Decoded:
    """GB18030 or Big5-HKSCS, by how much of the text are characters that people use."""
    hinted = {"big5": "big5hkscs", "big5-hkscs": "big5hkscs"}.get(hint.lower(), "gb18030")
    if is_korean(data):
        raise UnreadableDocument("it is a Korean text (EUC-KR)")
    start = next((m.start() for m in _HIGH.finditer(data)), 0)
    sample = data[start : start + SAMPLE]
    scores = {
        codec: _score(_with(sample, codec).text) + HINT * (codec == hinted and bool(hint))
        for codec in ("gb18030", "big5hkscs")
    }
    best = max(scores, key=lambda codec: scores[codec])
    if scores[best] < LIKELY:
        raise UnreadableDocument(
            "it is no text in any encoding known here; if it is, name it with --encoding"
        )
    return _with(data, best)


def _score(text: str) -> float:
    """From 1, all common characters, down; private-use and replaced ones count against it."""
    total = score = 0
    for character, count in Counter(text).items():
        if character < "\x80":
            continue
        total += count
        if character in _PUNCTUATION or is_common(character):
            score += count
        elif character == "\ufffd" or "\ue000" <= character <= "\uf8ff":
            score -= 5 * count
    return score / total if total else 1.0


def _is_binary(text: str) -> bool:
    head = text[: 1 << 16]
    return 0.05 * len(head) < len(_CONTROL.findall(head))
