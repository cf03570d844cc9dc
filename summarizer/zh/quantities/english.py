"""English as the grammar's second language: such paragraphs occur in these reports.

    $18.8 billion     1,200 hectares     3.5 per cent     four quarters     more than 300 families

The lexicon is `english.tsv`: scales, units, things that are counted, bounds, and labels whose
number is a name (Phase 2).
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from summarizer.types import Bound
from summarizer.zh.quantities.lexicon import rows
from summarizer.zh.quantities.units import Unit

_ROWS = tuple(rows("english.tsv"))
_SCALES = {row["word"]: Decimal(row["factor"]) for row in _ROWS if row["role"].endswith("scale")}
_MONEY_SCALES = {row["word"] for row in _ROWS if row["role"] == "money_scale"}
_BEFORE: dict[str, Bound] = {row["word"]: row["says"] for row in _ROWS if row["role"] == "before"}  # type: ignore[misc]
_AFTER: dict[str, Bound] = {row["word"]: row["says"] for row in _ROWS if row["role"] == "after"}  # type: ignore[misc]
_LABELS = tuple(row["word"] for row in _ROWS if row["role"] == "label")


def _unit(row: dict[str, str]) -> Unit:
    numerator, _, denominator = row["factor"].partition("/")
    return Unit(
        row["word"],
        row["says"],  # type: ignore[arg-type]
        "hard" if row["role"] == "unit" else "plain",
        row["base_unit"] or None,
        Decimal(numerator or 1),
        Decimal(denominator or 1),
        (),
    )


_UNITS = {row["word"]: _unit(row) for row in _ROWS if row["role"] in ("unit", "thing")}


def _either(words: dict[str, object] | set[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_ONES = {row["word"]: int(row["factor"]) for row in _ROWS if row["role"] == "number"}
_WORDS = {
    **{k: Decimal(v) for k, v in _ONES.items()},
    **{k: v for k, v in _SCALES.items() if len(k) > 2},
}
_NUMBER = re.compile(
    r"(?:(?:half an? |an? )(?=(?:hundred|thousand|million|billion|trillion|dozen)\b)"
    rf"|(?:{_either(set(_ONES))})(?:\b|(?=fold\b)))"
    rf"(?:(?:[ -]|(?<=hundred) and |(?<=thousand) and |(?<=million) and |(?<=a ))"
    rf"(?:{_either(set(_WORDS))})(?:\b|(?=fold\b))){{0,12}}",
    re.IGNORECASE,
)
_SCALE = re.compile(rf" ?({_either(dict.fromkeys(_SCALES))})(?![a-zA-Z])")
_UNIT = re.compile(rf"[ -]?({_either(dict(_UNITS))})(s|es)?(?![a-zA-Z])")
_THINGS = re.compile(
    r" ((?:[a-z]+(?:-[a-z]+)? ){0,2}?)([a-z]+s|people|children|women|men|staff)(?![a-zA-Z])"
)
_SOME_OF = re.compile(" of (?:the|these|those|them|our|its|their)(?![a-z])")
_NO_THINGS = frozenset(row["word"] for row in _ROWS if row["role"] == "no_thing")
_BOUND = re.compile(
    rf"(?:\A|[^A-Za-z])({_either(dict(_BEFORE))}) (?:a |an |the )?\Z", re.IGNORECASE
)
_BOUND_AFTER = re.compile(rf" ?({_either(dict(_AFTER))})(?![a-zA-Z])")
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_FRACTION = re.compile(
    r"[ -](half|third|quarter|fifth|sixth|eighth|tenth)(s?)(?![a-zA-Z])(?= of| |[,.;)]|\Z)"
)
_PART_OF = re.compile(
    r"(?:half|an? (half|third|quarter|fifth|sixth|eighth|tenth))"
    "(?P<of> of (?:the|all|its|them|these|those|our|their|every)(?![a-z]))?"
    "(?![a-z-]| (?:year|an?|million|hour)(?![a-z]))",
    re.IGNORECASE,
)
_ONE_IN = re.compile(
    f" (?:in|out of)(?: every)? ({_either(set(_ONES))}|hundred)(?![a-z-]| (?:year|month|week|day)s)"
)


class Tail(NamedTuple):
    """What English words behind a numeral say; `counted` without a unit: 300 poor families.

    `odd` is the hedge of 200-odd villages.
    """

    end: int
    factor: Decimal
    unit: Unit | None
    unit_text: str | None
    counted: bool
    odd: bool = False


_NONE = Decimal(1)


def read_tail(text: str, end: int, *, money: bool = False, year: bool = False) -> Tail | None:
    """Scale and unit behind a numeral that ends at `end`; None where no English follows."""
    factor = _NONE
    scale = _SCALE.match(text, end)
    if scale and (money or scale.group(1) not in _MONEY_SCALES):
        factor, end = _SCALES[scale.group(1)], scale.end()
    else:
        scale = None
    if _SOME_OF.match(text, end) and not year:
        return Tail(end, factor, None, None, True)  # 15 of the 18 districts
    odd = text.startswith("-odd", end)
    end += 4 if odd else 0
    unit = _UNIT.match(text, end)
    if unit:
        return Tail(unit.end(), factor, _UNITS[unit.group(1)], unit.group().strip(" -"), True, odd)
    things = None if year or money else _THINGS.match(text, end)
    if (
        things
        and things.group(2) not in _NO_THINGS
        and not _NO_THINGS.intersection(things.group(1).split())
    ):
        if things.group(1):
            return Tail(end, factor, None, None, True, odd)
        surface = things.group(2)
        thing = _UNITS["people"]._replace(surface=surface)
        return Tail(things.end(), factor, thing, surface, True, odd)
    return Tail(end, factor, None, None, scale is not None) if scale else None


def read_words(text: str, pos: int) -> tuple[int, Decimal] | None:
    """(end, value) of a number in English words: two hundred and fifty thousand."""
    match = _NUMBER.match(text, pos)
    if not match:
        return None
    total = section = Decimal(0)
    for word in re.split(r"[ -]", match.group().lower()):
        if word in ("and", "a", "an", ""):
            section += word in ("a", "an") and section == 0
        elif word == "half":
            section = Decimal("0.5")
        elif word in _ONES:
            section += _ONES[word]
        elif word in ("hundred", "dozen"):
            section = (section or 1) * _WORDS[word]
        else:
            total += (section or 1) * _WORDS[word]
            section = Decimal(0)
    return match.end(), total + section


def read_part(text: str, pos: int, floor: int) -> tuple[int, Decimal] | None:
    """(end, value) of half and a third of something (half of the villages), or about half."""
    match = _PART_OF.match(text, pos)
    if not match or not (match.group("of") or bound_before(text, pos, floor)):
        return None
    end = match.start("of") if match.group("of") else match.end()
    return end, _NONE / _PARTS[(match.group(1) or "half").lower()]


def in_full(text: str, pos: int, end: int, value: Decimal) -> bool:
    """Whether a number of several words ends its clause: three hundred and forty-five."""
    behind = text[end : end + 1]
    return value > 100 and text.count(" ", pos, end) > 1 and behind in ("", ".", ",", ";", "\n")


def read_fraction(text: str, end: int, value: Decimal) -> tuple[int, Decimal] | None:
    """(end, value) of one third, two-fifths, one in five; four quarters are no fraction."""
    one_in = _ONE_IN.match(text, end)
    if one_in:
        whole = _WORDS[one_in.group(1)]
        return (one_in.end(), value / whole) if value < whole else None
    match = _FRACTION.match(text, end)
    if not match:
        return None
    parts = _PARTS[match.group(1)]
    if not value < parts or (match.group(2) != "s") != (value == 1):
        return None
    if match.group(1) == "quarter" and not text.startswith(" of", match.end()):
        return None
    return match.end(), value / parts


def bound_before(text: str, pos: int, floor: int) -> tuple[int, Bound] | None:
    """(start, bound) of an English bound that ends right before `pos`."""
    window = text[max(floor, pos - 20) : pos]
    match = _BOUND.search(window)
    if not match:
        return None
    return pos - len(window) + match.start(1), _BEFORE[match.group(1).lower()]


def is_preposition(text: str, start: int, unit: Unit | None) -> bool:
    """Whether `over` means during: over four quarters."""
    return unit is not None and unit.kind == "duration" and text.startswith("over", start)


def bound_after(text: str, pos: int) -> tuple[int, Bound] | None:
    match = _BOUND_AFTER.match(text, pos)
    return (match.end(), _AFTER[match.group(1)]) if match else None


def is_label(text: str, pos: int) -> bool:
    """Whether the number at `pos` names something: Phase 2, No. 5."""
    before = text[max(0, pos - 12) : pos].rstrip(" ")
    return before.endswith(_LABELS)
