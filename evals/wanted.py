"""Gold of a schema with picks: NAME.toml beside NAME.txt, in words of the text.

A field of the summary is `{text = "…", sentence = "…"}`, or its words alone, wherever they stand;
their list, or a truth; what the document does not say is "null". An item is a table of its fields
with the `sentence` that tells of it. docs/evals.md describes the form.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from summarizer.engine.schema import Schema
from summarizer.errors import ConfigError
from summarizer.types import Span

NULL = "null"
SIGNED = "signed"
SENTENCE = "sentence"
ALT = "_alt"
NOTE = "note"
_PARTS = ("text", SENTENCE, SIGNED, "alt", NOTE)


@dataclass(frozen=True, slots=True)
class WantedValue:
    """What a field says, in words of the text; none where the document does not say it.

    `places` are where the words stand, the sentences where they do not `stand` there; `signed` is
    what a change comes to, `others` is what else is right.
    """

    words: tuple[str, ...]
    places: tuple[Span, ...]
    signed: Decimal | None = None
    others: tuple[str, ...] = ()
    stand: bool = True


@dataclass(frozen=True, slots=True)
class WantedItem:
    """An item of a list; one that is optional counts neither way."""

    values: dict[str, WantedValue]
    places: tuple[Span, ...]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """All that a reader found in one document: fields of the summary, and items by list."""

    fields: dict[str, WantedValue]
    lists: dict[str, tuple[WantedItem, ...]]


class Squeezed:
    r"""A text without its white space, and where each character of it stands.

    >>> Squeezed("增长\n6 %。").find("增长6%")
    (Span(start=0, end=6),)
    """

    def __init__(self, text: str) -> None:
        kept = [(i, c) for i, c in enumerate(text) if not c.isspace()]
        self.text = "".join(c for _, c in kept)
        self.at = [i for i, _ in kept]

    def find(self, words: str, within: tuple[Span, ...] = ()) -> tuple[Span, ...]:
        """Where words stand, in any of the spans where some are given."""
        return tuple(
            span
            for span in self._every("".join(words.split()))
            if not within or any(place.covers(span) for place in within)
        )

    def _every(self, words: str) -> Iterator[Span]:
        start = self.text.find(words) if words else -1
        while start >= 0:
            yield Span(self.at[start], self.at[start + len(words) - 1] + 1)
            start = self.text.find(words, start + 1)


def load_wanted(path: Path, text: str) -> Wanted | None:
    """The gold in a file; None where there is none, or the file is the source of another form."""
    if not path.is_file():
        return None
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} cannot be read: {error}") from error
    if isinstance(told.get("text"), str):  # what `annotate` makes gold from
        return None
    source = Squeezed(text)
    try:
        return Wanted(
            {
                name: _field(name, value, source)
                for name, value in told.items()
                if not _is_list(value)
            },
            {
                name: tuple(_item(one, source) for one in value)
                for name, value in told.items()
                if _is_list(value)
            },
        )
    except (KeyError, TypeError, AttributeError, ValueError, ArithmeticError) as error:
        raise ConfigError(f"{path} is no gold: {error}") from error


def check_gold(name: str, wanted: Wanted, schema: Schema) -> None:
    """Raise ConfigError where gold asks for what no summary of the schema could ever say."""
    lists = {one.name: one.types for one in schema.lists}
    known = (*schema.fields, *lists)
    faults = [_lacks(field, known) for field in wanted.fields if field not in (*known, NOTE)]
    faults += [
        f"{one!r} is a list of items: write [[{one}]]" for one in wanted.fields if one in lists
    ]
    for field, own in schema.fields.items():
        gold = wanted.fields.get(field)
        if gold and own.type.picks and gold.words and not gold.places:
            faults.append(f"{field!r} is {gold.words[0]!r}, which the document has not")
    for listed, items in wanted.lists.items():
        if listed not in lists:
            no_list = f"{listed!r} is no list of items: write its words, or null"
            faults.append(no_list if listed in known else _lacks(listed, known))
            continue
        strange = dict.fromkeys(k for one in items for k in one.values if k not in lists[listed])
        faults += [_lacks(f"{listed}.{field}", tuple(lists[listed])) for field in strange]
        faults += [
            f"{listed}.{field} is {gold.words[0]!r}, which the item's sentences have not: add the "
            f'one that has it, sentence = ["…", "…"], or sentence_{field}'
            for one in items
            for field, gold in one.values.items()
            if not gold.stand and field in lists[listed] and lists[listed][field].picks
        ]
    if faults:
        where = f"{name}: " if name else ""
        raise ConfigError(f"{where}gold of {schema.name}: {'; '.join(faults)}")


def _lacks(name: str, known: tuple[str, ...]) -> str:
    return f"it has no {name!r}, but {', '.join(known)}"


def _is_list(value: Any) -> bool:
    """Whether a value is the items of a list, and no field that lists names."""
    return isinstance(value, list) and not (value and isinstance(value[0], str))


def _field(name: str, value: Any, source: Squeezed) -> WantedValue:
    if value == NULL:
        return WantedValue((), ())
    if not isinstance(value, dict):
        return _value(_strings(value), (), source)
    for part in value:
        if part not in _PARTS:
            raise ValueError(f"{name} has {part!r}, but takes {', '.join(_PARTS)}")
    sentences = _places(_strings(value.get(SENTENCE, ())), source)
    signed, others = _signed(value.get(SIGNED)), _strings(value.get("alt", ()))
    if SIGNED in value and signed is None:
        raise ValueError(f"{name} has signed = {value[SIGNED]!r}: write what a change comes to")
    return _value(_strings(value["text"]), sentences, source, signed=signed, others=others)


def _item(told: dict[str, Any], source: Squeezed) -> WantedItem:
    own = _places(_strings(told[SENTENCE]), source)
    more = [v for k, v in told.items() if k.startswith(f"{SENTENCE}_") and v != NULL]
    places = own + tuple(span for v in more for span in _places(_strings(v), source))
    signed = _signed(told.get(SIGNED))
    values = {
        name: _value(
            () if value == NULL else _strings(value),
            places,
            source,
            signed=signed,
            others=_strings(told.get(name + ALT, ())),
        )
        for name, value in told.items()
        if _is_field(name) or (name == SIGNED and signed is None and value != NULL)
    }
    return WantedItem(values, own, bool(told.get("optional", False)))


def _signed(value: Any) -> Decimal | None:
    """The signed value of a change; None where there is none, or a field has that name."""
    try:
        return None if value is None or isinstance(value, bool) else Decimal(value)
    except (ArithmeticError, TypeError, ValueError):
        return None


def _is_field(name: str) -> bool:
    return not (
        name in (SIGNED, "optional", NOTE) or name.startswith(SENTENCE) or name.endswith(ALT)
    )


def _value(
    words: tuple[str, ...],
    within: tuple[Span, ...],
    source: Squeezed,
    *,
    signed: Decimal | None = None,
    others: tuple[str, ...] = (),
) -> WantedValue:
    found = tuple(span for one in (*words, *others) for span in source.find(one, within))
    return WantedValue(words, found or within, signed, others, bool(found) or not words)


def _places(sentences: tuple[str, ...], source: Squeezed) -> tuple[Span, ...]:
    """Where sentences stand. Raises ValueError for one that is not in the document."""
    found = tuple(span for sentence in sentences for span in source.find(sentence))
    for sentence in sentences:
        if not source.find(sentence):
            raise ValueError(f"the document has no sentence {sentence[:40]!r}")
    return found


def _strings(value: Any) -> tuple[str, ...]:
    if isinstance(value, bool):
        return (str(value),)
    if not isinstance(value, str) and not all(isinstance(one, str) for one in value):
        raise ValueError(f"{value!r} is neither words nor a list of words")
    return (value,) if isinstance(value, str) else tuple(value)
