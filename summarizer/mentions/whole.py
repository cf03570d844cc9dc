"""A numeral is whole or set aside: the last rule, over all others.

No quantity may touch characters that belong to the same number and were not read. Where one does,
the whole row of them becomes a mention of kind `unknown`; its rule says what was left unread:

    1,2000人     unread_separator        3×10^四个     unread_factor        二十7户    unread_digits

What stands beside a quantity may be something that is known: a date, a rank, an item of a list, the
next quantity of a run (122户326人). Then nothing is left unread.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator

from summarizer.mentions.found import Found
from summarizer.mentions.places import HAN

_HAN = frozenset(HAN)
_DIGITS = frozenset(
    "0123456789¹²³⁰⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉¼½¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⅐⅑⅒↉"
    + "".join(map(chr, range(0x1D7CE, 0x1D800)))  # mathematical digits
)
_NUMBER = _HAN | _DIGITS
_GROUPERS = frozenset(",，'”")
_POINTS = frozenset(".·・") | _GROUPERS
_FACTORS = frozenset("×xX*^±/")
_SIGNS = frozenset("-±负")
_FRACTION = "分之"
_GLUE = _POINTS | _FACTORS | frozenset("点-~⸺又分之负")
_SUSPECT = _NUMBER | _GLUE
_SCALES = frozenset("十百千万亿兆")
_TEN_TO = re.compile("10[\\^⁻⁰¹²³⁴-⁹]")
_GROUP = re.compile(",[0-9]{3}(?![0-9])")
_HOURS = frozenset("午晨晚早夜日天")
_LEADS = {".": "unread_point", "±": "unread_sign", "-": "unread_range"}
_TWICE = frozenset(".,'·・^")
_WIDEST_GLUE = 2
_SINGLE_DIGITS = re.compile(r"(?<![\w.,])(?:[0-9] )+\Z|(?<=[一-鿿])(?:[0-9] )+\Z")
_NOT_READ = frozenset(("lone_numeral", "no_number", "row_of_digits", "long_number", "scale_alone"))
_BURDENS = frozenset("减胜担抱肩辜欺自背身")  # 减负1.2亿元


def whole(text: str, founds: Iterable[Found], gaps: Container[int] = ()) -> Iterator[Found]:
    """The mentions of a folded text, in order, those that are parts of a number set aside.

    `gaps` are places where a space stood that was taken out: nothing touches across one.

    >>> from summarizer.mentions.rules import scan
    >>> text = "补助1,2000人,共122户326人"
    >>> [(text[f.start : f.end], f.rule) for f in whole(text, scan(text))]
    [('1,2000人', 'unread_separator'), ('122户', 'amount'), ('326人', 'amount')]
    """
    held: list[Found] = []
    for found in founds:
        if held and (found.start in gaps or not _is_glued(text, held[-1].end, found.start)):
            yield from _settled(text, held, gaps)
            held = []
        held.append(found)
    yield from _settled(text, held, gaps)


def _is_glued(text: str, end: int, start: int) -> bool:
    """Whether what stands between two mentions may join them to one number."""
    return start == end or (
        not start - end > _WIDEST_GLUE and all(char in _GLUE for char in text[end:start])
    )


def _settled(text: str, held: list[Found], gaps: Container[int]) -> Iterable[Found]:
    """Mentions that stand side by side, with what is no whole number set aside."""
    if len(held) == 1:
        found = held[0]
        if found.quantity is None or not (
            text[found.start - 1 : found.start] in _SUSPECT
            or _follows_single_digits(text, found.start)
            or text[found.end : found.end + 1] in _SUSPECT
        ):
            return held
    elif all(found.quantity is None for found in held):
        return held
    return _judged(text, held, gaps)


def _judged(text: str, held: list[Found], gaps: Container[int]) -> list[Found]:
    broken = dict[int, str]()
    for i, found in enumerate(held):
        before = held[i - 1] if i else None
        behind = held[i + 1] if i + 1 < len(held) else None
        if found.quantity is None:
            continue
        reason = None if found.start in gaps else left_unread(text, before, found)
        if reason is None and found.end not in gaps:
            reason = right_unread(text, found, behind)
        if reason is not None:
            broken[i] = reason
    if not broken:
        return held
    return _merged(text, held, broken)


def _merged(text: str, held: list[Found], broken: dict[int, str]) -> list[Found]:
    """The mentions with the broken ones widened, each up to what is read or set aside beside it."""
    stops, stop = [0] * len(held), len(text)
    for i in range(len(held) - 1, -1, -1):
        stops[i] = stop
        if i not in broken and _is_read(held[i]):
            stop = held[i].start
    settled: list[Found] = []
    low = 0
    for i, found in enumerate(held):
        if settled and not settled[-1].end < found.end:
            continue  # taken in by what was set aside before it
        if i in broken:
            wide = _set_aside(text, found, broken[i], low, stops[i])
            _absorb(settled, wide)
            low = wide.end
        elif _is_read(found):
            settled.append(found)
            low = found.end
        else:
            _absorb(settled, found)
    return settled


def _absorb(settled: list[Found], found: Found) -> None:
    """Add a mention that was not read, one with those before it that it overlaps."""
    while settled and found.start < settled[-1].end:
        before = settled.pop()
        rule = found.rule if found.rule.startswith("unread") else before.rule
        start, end = min(before.start, found.start), max(before.end, found.end)
        found = Found(start, end, "unknown", rule)
    settled.append(found)


def _is_read(found: Found) -> bool:
    return found.kind != "unknown" and found.rule not in _NOT_READ


def left_unread(text: str, before: Found | None, found: Found) -> str | None:
    """What stands right before a quantity, belongs to its number and was not read."""
    start = found.start
    char, head = text[start - 1 : start], text[start]
    is_read_before = before is not None and _is_read(before)
    if before is not None and before.end == start and is_read_before:
        return _half_read(text, before, start)
    further = text[start - 2 : start - 1]
    if char == " " and _follows_single_digits(text, start):
        return "unread_digits"
    listed = before is not None and before.end == start - 1 and is_read_before
    if char in _NUMBER:
        link = char == "零" and further not in _NUMBER
        return "unread_digits" if head in _NUMBER and not link else _LEADS.get(head)
    if char in _SIGNS and listed and further in _NUMBER and _is_bare(text, before, char):
        return "unread_range"
    if char in _SIGNS and not listed and (head in _NUMBER or not head.isalpha()):
        return _sign_unread(char, further)
    if (head not in _NUMBER and not (head == "." and char in _TWICE)) or not start:
        return None
    if text.endswith(_FRACTION, 0, start):
        return "unread_fraction" if text[start - 3 : start - 2] in _NUMBER else None
    if further in _TWICE and char in _TWICE:
        further, listed = text[start - 3 : start - 2], False
    if further not in _NUMBER or (listed and not _is_bare(text, before, char)):
        return None
    return "unread_point" if head == "." else _joined(char, further, head)


def _half_read(text: str, before: Found, start: int) -> str | None:
    """What parts a quantity from the mention right before it, if that does not end its number."""
    last, head = text[start - 1], text[start]
    if head == last == ".":
        return "unread_point"
    if last == "点" and head in _NUMBER and text[start - 2 : start - 1] in _NUMBER:
        is_time = before.kind == "time" and text[before.start - 1 : before.start] in _HOURS
        return None if is_time else "unread_point"  # 上午9点 50名党员
    if last not in _NUMBER:
        return None
    if before.quantity is None:
        return "unread_digits" if last in _DIGITS and head in _SCALES else None
    return "unread_digits" if head in _NUMBER else _LEADS.get(head)


def _is_bare(text: str, before: Found | None, char: str) -> bool:
    """Whether what was read before is a number without a unit, which may go on behind the sign."""
    if before is None or char == "，":
        return False
    if before.rule == "shared_unit":
        return _TEN_TO.match(text, before.end + 1) is not None
    if char in _FACTORS or char == "又":
        return True
    if char == "," and (before.quantity is None or before.quantity.kind == "ratio"):
        is_code = before.kind == "identifier" and before.rule != "dotted"
        return not is_code and _GROUP.match(text, before.end) is not None
    return before.quantity is not None


def _joined(char: str, further: str, head: str) -> str | None:
    """What a character between two numerals makes of them; a comma parts what are not digits."""
    if char in _GROUPERS:
        are_digits = head in _DIGITS and further in _DIGITS
        return "unread_separator" if are_digits or char == "'" else None
    if char in _FACTORS:
        return "unread_factor"
    if char == "又":
        return "unread_fraction"
    return "unread_point" if char in _POINTS or char == "点" else None


def _follows_single_digits(text: str, start: int) -> bool:
    """4 5 0万元: a row of single digits that its spaces part, and no cells."""
    if text[start - 1 : start] != " " or text[start] not in _DIGITS:
        return False
    row = _SINGLE_DIGITS.search(text, max(start - 6, 0), start)
    begins_with_zero = text[start] == "0" and text[start + 1 : start + 2] != "."
    return row is not None and (begins_with_zero or row.end() - row.start() > 2)


def _sign_unread(char: str, further: str) -> str | None:
    if char == "负":
        return None if further in _BURDENS else "unread_sign"
    if char == "±":
        return "unread_sign"
    if further in _NUMBER:
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
    if last == "点" and char in _NUMBER and text[end - 2] in _NUMBER:
        return "unread_point"
    if behind is not None and behind.start == end and _is_read(behind):
        if last not in _NUMBER:
            return None
        touches = char in _NUMBER and not _is_priced(text, found)
        return "unread_digits" if touches else _LEADS.get(char)
    if char in _DIGITS or (char in _HAN and last in _NUMBER and not _is_priced(text, found)):
        return "unread_digits"
    if further in _TWICE and char in _TWICE:
        further = text[end + 2 : end + 3]
    if further not in _NUMBER:
        return "unread_fraction" if _opens_fraction(text, end, last) else None
    listed = behind is not None and behind.start == end + 1 and _is_read(behind)
    if listed and (found.rule == "shared_unit" or last not in _NUMBER or char == "，"):
        return None
    if char == "." and further in _DIGITS and last not in _NUMBER:
        return "unread_point"
    if char in _FACTORS and not (char in "xX" and last not in _NUMBER):
        return "unread_factor"
    if last not in _NUMBER:
        return None
    return "unread_range" if char == "-" else _joined(char, last, further)


def _is_priced(text: str, found: Found) -> bool:
    """三块五一斤: the angle left unsaid, and what it is the price of."""
    quantity = found.quantity
    return quantity is not None and quantity.unit == "块" and text.startswith("一", found.end)


def _opens_fraction(text: str, end: int, last: str) -> bool:
    return (
        last in _NUMBER and text.startswith(_FRACTION, end) and text[end + 2 : end + 3] in _NUMBER
    )


def _set_aside(text: str, found: Found, reason: str, low: int, high: int) -> Found:
    """The quantity with all that belongs to its number, between `low` and `high`."""
    start, end = found.start, found.end
    while low < start and _goes_on(text, start - 1, start - 2, low - 1):
        start -= 1
    while end < high and _goes_on(text, end, end + 1, high):
        end += 1
    if low < start and text[start - 1] in _SIGNS:
        start -= 1
    return Found(start, end, "unknown", reason)


def _goes_on(text: str, at: int, beyond: int, limit: int) -> bool:
    """Whether the character belongs to a number, or joins it to one beyond."""
    if text[at] in _NUMBER:
        return True
    if text[at] not in _GLUE or beyond == limit or not 0 <= beyond < len(text):
        return False
    if text[at] in _TWICE and text[beyond] in _TWICE:
        return True
    return text[beyond] in _NUMBER or text[min(at, beyond) : max(at, beyond) + 1] == _FRACTION
