"""What touches a quantity and belongs to its number: the reason, or None where nothing does.

A neighbour that is known (a date, a rank, the next quantity of 122户326人) leaves nothing unread; a
bare number beside a point, a sign or a separator does.
"""

from __future__ import annotations

import re

from summarizer.zh.quantities.found import Found
from summarizer.zh.quantities.places import HAN
from summarizer.zh.quantities.symbols import (
    DIGITS,
    FACTORS,
    ILLEGIBLE,
    NUMBER,
    joins,
    skip_symbols,
)

_HAN = frozenset(HAN)
_GROUPERS = frozenset(",，'”")
_POINTS = frozenset(".·・") | _GROUPERS
SIGNS = frozenset("-±负")
FRACTION = "分之"
_DOUBTED = frozenset("?？")  # or is doubted, between two numerals
GLUE = _POINTS | FACTORS | ILLEGIBLE | _DOUBTED | frozenset("点-~⸺又分之负")
_SCALES = frozenset("十百千万亿兆")
_TEN_TO = re.compile("10[\\^⁻⁰¹²³⁴-⁹]")
_POINT_APART = re.compile("[0-9] [.] ?\\Z")
_POINT_AND_SPACE = re.compile("[一-鿿](?<![第表图附])[0-9]{1,4}(?:。|[.] )\\Z")
_FEW_DIGITS = re.compile("[0-9]{1,2}[万亿%]")
_OVER = re.compile("[0-9]{1,2}/[0-9]")
_GROUP = re.compile(",[0-9]{3}(?![0-9])")
_HOURS = frozenset("午晨晚早夜日天")
_LEADS = {".": "unread_point", "±": "unread_sign", "-": "unread_range"}
TWICE = frozenset(".,'·・^，/")
_SINGLE_DIGITS = re.compile(r"(?<![\w.,])(?:[0-9] )+\Z|(?<=[一-鿿])(?:[0-9] )+\Z")
_SPLIT = re.compile(r"[一-鿿:](?<![第表图附])[0-9]{1,3} \Z")  # 人口为12 3456人, but no cells
PARTS_OF_WORDS = NUMBER | frozenset("点几数")
_SMALLER = frozenset("角毛分尺寸钱厘")
_FEW = frozenset("二三四五六七八九")
_NOT_READ = frozenset(("lone_numeral", "no_number", "row_of_digits", "long_number", "scale_alone"))
_BURDENS = frozenset("减胜担抱肩辜欺自背身")  # 减负1.2亿元


def is_read(found: Found) -> bool:
    return found.kind != "unknown" and found.rule not in _NOT_READ


def left_unread(text: str, before: Found | None, found: Found) -> str | None:
    """What stands right before a quantity, belongs to its number and was not read."""
    start = found.start
    char, head = text[start - 1 : start], text[start]
    is_read_before = before is not None and is_read(before)
    if before is not None and before.end == start and is_read_before:
        return _half_read(text, before, start)
    further = text[start - 2 : start - 1] if start else ""
    if _is_illegible(char, further, head) or _is_strange(text, before, found):
        return "unread_character"
    if char in " 。" and (apart := _set_apart(text, start)):
        return apart
    if head in _HAN and _is_tail_in_words(text, start):
        return "unread_digits"
    listed = before is not None and before.end == start - 1 and is_read_before
    if char in NUMBER:
        link = char == "零" and further not in NUMBER
        return "unread_digits" if head in NUMBER and not link else _LEADS.get(head)
    if char in SIGNS and listed and further in NUMBER and _is_bare(text, before, char):
        return "unread_range"
    if char == further == "-" and text[start - 3 : start - 2] in NUMBER:
        ends = before is not None and before.end == start - 2 and is_read_before
        return None if ends and not _is_bare(text, before, char) else "unread_range"
    if char in SIGNS and not listed and (head in NUMBER or not head.isalpha()):
        return _sign_unread(char, further)
    if (head not in NUMBER and not (head == "." and char in TWICE)) or not start:
        return None
    if text.endswith(FRACTION, 0, start):
        return "unread_fraction" if text[start - 3 : start - 2] in NUMBER else None
    if further in TWICE and char in TWICE:
        further, listed = text[start - 3 : start - 2], False
    if further not in NUMBER or (listed and not _is_bare(text, before, char)):
        return None
    return "unread_point" if head == "." else _joined(char, further, head)


def _half_read(text: str, before: Found, start: int) -> str | None:
    """What parts a quantity from the mention right before it, if that does not end its number."""
    last, head = text[start - 1], text[start]
    if head == last == ".":
        return "unread_point"
    ahead = text[max(start - 3, 0) : start - 1].rstrip(" ")
    if last == "点" and head in NUMBER and ahead[-1:] in NUMBER:
        is_time = before.kind == "time" and text[before.start - 1 : before.start] in _HOURS
        return None if is_time else "unread_point"  # 上午9点 50名党员
    if last not in NUMBER:
        return None
    if before.quantity is None:
        return "unread_digits" if last in DIGITS and head in _SCALES else None
    return "unread_digits" if head in NUMBER else _LEADS.get(head)


def _is_bare(text: str, before: Found | None, char: str) -> bool:
    """Whether what was read before is a number without a unit, which may go on behind the sign."""
    if before is None or char == "，":
        return False
    if before.rule == "dotted":
        return char in _POINTS
    if before.rule == "shared_unit":
        return _TEN_TO.match(text, before.end + 1) is not None
    if char in FACTORS or char == "又":
        return True
    if char == "," and (before.quantity is None or before.quantity.kind == "ratio"):
        is_code = before.kind == "identifier" and before.rule != "dotted"
        return not is_code and _GROUP.match(text, before.end) is not None
    is_code = char in ".·・" and (
        before.kind == "date" or text[before.start : before.end].isdecimal()
    )
    return is_code or before.quantity is not None


def _joined(char: str, further: str, head: str) -> str | None:
    """What a character between two numerals makes of them; a comma parts what are not digits."""
    if char in _GROUPERS:
        are_digits = head in DIGITS and further in DIGITS
        return "unread_separator" if are_digits or char == "'" else None
    if char in FACTORS:
        return "unread_factor"
    if char == "又":
        return "unread_fraction"
    return "unread_point" if char in _POINTS or char == "点" else None


def _follows_single_digits(text: str, start: int) -> bool:
    """4 5 0万元: a row of single digits that its spaces part, and no cells."""
    if text[start - 1 : start] != " " or text[start] not in DIGITS:
        return False
    row = _SINGLE_DIGITS.search(text, max(start - 6, 0), start)
    begins_with_zero = text[start] == "0" and text[start + 1 : start + 2] != "."
    return row is not None and (begins_with_zero or row.end() - row.start() > 2)


def _set_apart(text: str, start: int) -> str | None:
    """What a space or a full stop parts from a quantity: 4 5 0万元, 3 . 5万, 2。5万, 2 1/2."""
    if _follows_single_digits(text, start):
        return "unread_digits"
    if _has_parted_point(text, start):
        return "unread_point"
    if _SPLIT.search(text, max(start - 5, 0), start) and text[start] in DIGITS:
        return "unread_digits"
    is_mixed = text[start - 2 : start - 1] in DIGITS and _OVER.match(text, start)
    return "unread_fraction" if is_mixed else None


def _is_tail_in_words(text: str, start: int) -> bool:
    """Whether words of the number stand before a space: 几 十万元, 零 点 五万元, 一 点五亿元."""
    at = start - (text[start - 1 : start] == " ")
    if text[at - 1 : at] == "点":
        at -= 1
        ahead = text[:at].rstrip(" ")[-1:] if at > 0 else ""
        return ahead in NUMBER and bool(ahead)
    return at < start and text[at - 1 : at] in PARTS_OF_WORDS and at > 0


def _has_parted_point(text: str, start: int) -> bool:
    """A point set apart, or a full stop for one; not 1. 5亿元 of a list."""
    low = max(start - 8, 0)
    if text[start] == ".":
        return text[start - 2 : start - 1] in DIGITS
    if _POINT_APART.search(text, low, start):
        return True
    is_tail = _FEW_DIGITS.match(text, start) is not None
    return is_tail and _POINT_AND_SPACE.search(text, low, start) is not None


def _is_illegible(char: str, further: str, head: str) -> bool:
    """4□0户, 9?.5%: a character of the number that nobody can read."""
    if head not in NUMBER and head != ".":
        return False
    return char in ILLEGIBLE or (char in _DOUBTED and further in NUMBER)


def _is_strange(text: str, before: Found | None, found: Found) -> bool:
    """8♥8万元: a symbol between two digits. What ends in a unit before it is another quantity."""
    start = found.start
    if not start or text[start] not in NUMBER or not joins(text[start - 1]):
        return False
    end = skip_symbols(text, start - 1, -1) + 1
    if end == start or text[end - 1 : end] not in NUMBER:
        return False
    return before is None or before.end != end or not is_read(before) or _is_bare(text, before, "")


def _sign_unread(char: str, further: str) -> str | None:
    if char == "负":
        return None if further in _BURDENS else "unread_sign"
    if char == "±":
        return "unread_sign"
    if further in NUMBER:
        return "unread_range"
    return (
        None
        if further.isascii() and (further.isalnum() or further in "-)%") and further
        else "unread_sign"
    )


def right_unread(text: str, found: Found, behind: Found | None) -> str | None:
    """What stands right behind a quantity, belongs to its number and was not read."""
    end = found.end
    char, last, further = text[end : end + 1], text[end - 1], text[end + 1 : end + 2]
    if last == "点" and char in NUMBER and text[end - 2] in NUMBER:
        return "unread_point"
    if behind is not None and behind.start == end and is_read(behind):
        if last not in NUMBER:
            return None
        touches = char in NUMBER and not _is_priced(text, found)
        return "unread_digits" if touches else _LEADS.get(char)
    if char in DIGITS or (char in _HAN and last in NUMBER and not _is_priced(text, found)):
        return "unread_digits"
    if last in _SMALLER and char in _FEW and found.quantity and found.quantity.unit != last:
        return "unread_digits"  # 五毛六分五, 三丈二尺五
    if last in NUMBER and joins(char) and _is_followed(text, end):
        return "unread_character"
    if further in TWICE and char in TWICE:
        further = text[end + 2 : end + 3]
    if further not in NUMBER:
        return "unread_fraction" if _opens_fraction(text, end, last) else None
    listed = behind is not None and behind.start == end + 1 and is_read(behind)
    if listed and (found.rule == "shared_unit" or last not in NUMBER or char == "，"):
        return None
    if char == "." and further in DIGITS and last not in NUMBER:
        return "unread_point"
    if char in FACTORS and not (char in "xX" and last not in NUMBER):
        return "unread_factor"
    if last not in NUMBER:
        return None
    return "unread_range" if char == "-" else _joined(char, last, further)


def _is_followed(text: str, at: int) -> bool:
    beyond = skip_symbols(text, at, 1)
    return at < beyond and text[beyond : beyond + 1] in NUMBER


def _is_priced(text: str, found: Found) -> bool:
    """三块五一斤: the angle left unsaid, and what it is the price of."""
    quantity = found.quantity
    return quantity is not None and quantity.unit == "块" and text.startswith("一", found.end)


def _opens_fraction(text: str, end: int, last: str) -> bool:
    return last in NUMBER and text.startswith(FRACTION, end) and text[end + 2 : end + 3] in NUMBER
