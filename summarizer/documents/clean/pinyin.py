"""Pinyin that a converter left after characters, and the bytes that it broke.

Some sites turned simplified pages into traditional ones with a table of `char → char(reading)`,
applied to the *bytes* of a GBK page. Where the table hit the right bytes, every 業 became 業(yè).
Where it hit the second byte of one character and the first of the next, a reading was put between
two bytes; the orphaned byte took the bracket with it and became `?`, and all that followed shifted
by a byte until a single-byte character brought it back: 決勝沖鋒號 → 決勝?zèng)_鋒號.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path

from summarizer.documents.clean.alignment import Edit
from summarizer.types import Span
from summarizer.zh.lexicon import cells
from summarizer.zh.script import is_common

READINGS = Path(__file__).parent / "data" / "readings.tsv"

_LETTERS = "a-zāáǎàēéěèêềếīíǐìōóǒòūúǔùüǖǘǚǜńňǹḿ"
_ANNOTATION = re.compile(f"[(（]([{_LETTERS}]{{1,7}})[)）]")
_DAMAGE = re.compile(f"[?\ufffd]([{_LETTERS}]{{1,7}})[)）]")

ENOUGH = 5  # annotations that make a text an annotated one …
SAMPLE = 2_000  # annotations that are looked at to tell
DENSE = 12  # … or, in a short text, one in so many Chinese characters
LONGEST_RUN = 60  # characters that one broken byte may have shifted


def readings(text: str) -> Iterator[Edit]:
    """Delete readings that a converter added; leave glosses that a writer put there.

    Cause: the converter above. It annotates common characters, always those that differ between
    the scripts, wherever they stand; a writer glosses rare ones, once. Only in texts of the first
    kind is anything deleted, and only readings that the character really has.

    >>> from summarizer.documents.clean.alignment import Alignment
    >>> text = "義和鎮(zhèn)抓黨建，興產(chǎn)業(yè)，各村(社區(qū))"
    >>> Alignment(readings(text)).apply(text)
    '義和鎮抓黨建，興產業，各村(社區)'
    >>> list(readings("垚(yáo)字三土，村(居)委"))
    []
    """
    if is_annotated(text):
        for match in _annotations(text):
            if _is_reading(text[match.start() - 1], match[1]):
                yield Edit(Span(match.start(), match.end()), "", "pinyin")


def byte_damage(text: str) -> Iterator[Edit]:
    """Put back the characters around a reading that landed between two bytes.

    Cause: above. The orphaned byte is the second byte of a character that has this reading and
    begins with the byte before it; a table knows which. From there the bytes are read again until
    they fall in step. A place with no sensible solution stays as it is.

    >>> from summarizer.documents.clean.alignment import Alignment
    >>> text = "義和鎮(zhèn)興產(chǎn)業(yè)，吹響決勝?zèng)_鋒號(hào)"
    >>> Alignment(byte_damage(text)).apply(text)
    '義和鎮(zhèn)興產(chǎn)業(yè)，吹響決勝沖鋒號(hào)'
    """
    if not is_annotated(text):
        return
    done = 0
    for match in _DAMAGE.finditer(text):
        if match.start() < done:
            continue  # a second reading inside the run that was just repaired
        runs = list(_runs(text, match, _last_byte(text, match.start())))
        if runs:
            done, repaired = max(runs, key=lambda run: _commonness(run[1]))
            yield Edit(Span(match.start(), done), repaired, "byte-damage")


def is_annotated(text: str) -> bool:
    """Whether a converter, not a writer, put readings into this text."""
    found = list(islice(_annotations(text), SAMPLE))
    if len(found) < 2:
        return False
    text = text[: found[-1].end()]
    ours = [text[m.start() - 1] for m in found if _is_reading(text[m.start() - 1], m[1])]
    if len(ours) < 2 or len(ours) < 0.8 * len(found):
        return False
    if len(ours) < ENOUGH and len(ours) * DENSE < sum("\u4e00" <= c <= "\u9fff" for c in text):
        return False
    common = sum(is_common(character) for character in ours)
    annotated = frozenset(ours)
    everywhere = sum(character in annotated for character in text)
    return not (common < 0.5 * len(ours) or len(ours) < 0.5 * everywhere)


def _annotations(text: str) -> Iterator[re.Match[str]]:
    return (m for m in _ANNOTATION.finditer(text) if text[m.start() - 1 : m.start()] >= "\u3400")


def _runs(text: str, match: re.Match[str], lead: int) -> Iterator[tuple[int, str]]:
    """Where a shifted run ends and what it says, for every character the reading may belong to."""
    for character in _characters(lead, match[1]):
        end, repaired = _reread(text, match.end(), character.encode("gbk")[1])
        if repaired:
            yield end, repaired


def _reread(text: str, position: int, pending: int) -> tuple[int, str]:
    """Read on from an orphaned byte until bytes and characters are in step; "" if never."""
    characters: list[str] = []
    for at in range(position, min(position + LONGEST_RUN, len(text))):
        again = _DAMAGE.match(text, at)
        if again:  # a second reading broke the same run: it belongs to the pending byte's character
            found = _characters(pending, again[1])
            return (again.end(), "".join((*characters, found[0]))) if found else (at, "")
        code = text[at].encode("gb18030", "replace")
        character = bytes((pending, code[0])).decode("gb18030", "replace")
        if len(code) == 4 or len(character) != 1 or not _is_sound(character):
            return at, ""
        characters.append(character)
        if len(code) == 1:
            return at + 1, "".join(characters)
        pending = code[1]
    return position, ""


def _last_byte(text: str, position: int) -> int:
    """The last GBK byte before `position`, annotations not counted; 0 if there is none."""
    before = text[max(0, position - 10) : position]
    match = re.search(_ANNOTATION.pattern + "$", before)
    before = before[: match.start()] if match else before
    code = before[-1:].encode("gb18030", "replace")
    return code[1] if len(code) == 2 else 0


def _is_sound(character: str) -> bool:
    return not ("\ue000" <= character <= "\uf8ff" or character == "\ufffd")


def _commonness(text: str) -> float:
    return sum(map(is_common, text)) / len(text)


@lru_cache(maxsize=10_000)
def _is_reading(character: str, reading: str) -> bool:
    code = character.encode("gbk", "ignore")
    return len(code) == 2 and character in _characters(code[0], reading)


def _characters(lead: int, reading: str) -> str:
    return _table().get((lead, reading), "")


@lru_cache(maxsize=1)
def _table() -> dict[tuple[int, str], str]:
    _, *rows = cells(READINGS)
    return {(int(lead, 16), reading): characters for lead, reading, characters in rows}
