"""Answers with keys → values: what a key stands for is the grammar's, whatever the model says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from summarizer.documents.clean import CleanText
from summarizer.documents.language import Language
from summarizer.documents.parsed import ParsedDocument
from summarizer.documents.report_year import report_now, report_year
from summarizer.engine.candidates import Candidate
from summarizer.engine.evidence import evidence
from summarizer.engine.field_types import FieldType
from summarizer.engine.key_words import says_other
from summarizer.engine.pick_checks import Setting, fault
from summarizer.engine.schema import Schema
from summarizer.fields import Change, Day, Pick
from summarizer.types import Bound, Span
from summarizer.zh.alike_units import unit_of
from summarizer.zh.directions import is_denied
from summarizer.zh.nothing import is_nothing
from summarizer.zh.script import fold

_OPPOSITE: dict[Bound, Bound] = {
    "over": "under",
    "under": "over",
    "at_least": "at_most",
    "at_most": "at_least",
}
_CONGRESS = re.compile("第.{1,4}届[一-鿿]{0,2}人民代表大会")


class WrongKey(Exception):
    """A key that a field may not have; its text is the line that the model is asked again with.

    `rest` is what can stand of the answer all the same: of a list the other keys.
    """

    def __init__(self, line: str, rest: Any = None) -> None:
        super().__init__(line)
        self.rest = rest


def picks_of(schema: Schema) -> tuple[FieldType, ...]:
    """The picks in a schema's fields and its items'."""
    trees = [field.type for field in schema.fields.values()]
    trees += [tree for listed in schema.lists for tree in listed.types.values()]
    return tuple(pick for tree in trees for pick in tree.picks)


@dataclass(frozen=True)
class Picker:
    """Makes values of keys: for a document, what is known of its year and place."""

    text: CleanText
    setting: Setting
    trees: tuple[FieldType, ...] = ()

    @classmethod
    def of(cls, document: ParsedDocument, schema: Schema, language: Language = "zh") -> Picker:
        """For the picks of a schema in a document, about which a model is asked in a language."""
        trees = picks_of(schema)
        if not trees:
            return cls(document.text, Setting(language=language))
        year = report_year(document.text, document.facts)
        now = report_now(document.text, document.facts)
        return cls(document.text, Setting(year, _place(document), language, now), trees)

    def value(
        self, tree: FieldType, raw: Any, places: Mapping[str, Candidate], about: str = ""
    ) -> Any:
        """An answer with the picks in it put in the place of their keys. Raises WrongKey."""
        if tree.pick is not None:
            return self._pick(tree, raw, places, about)
        if not tree.picks:
            return raw
        if tree.inner is not None:
            return self._many(tree, raw, places, about)
        if not isinstance(raw, dict):
            return raw
        made: dict[str, Any] = {}
        lines: list[str] = []
        for name, part in tree.parts.items():
            if part.picks:
                made[name], wrong = self.standing(part, raw.get(name), places, about)
                if wrong and made[name] is None and part.inner is not None:
                    made[name] = None if part.is_optional else []
                elif wrong and made[name] is None and not part.is_optional:
                    raise WrongKey(wrong)
                lines += [wrong] if wrong else []
        if lines:
            raise WrongKey(";".join(lines), raw | made)
        return raw | made

    def standing(
        self, tree: FieldType, raw: Any, places: Mapping[str, Candidate], about: str = ""
    ) -> tuple[Any, str]:
        """What of an answer can stand, None for nothing, and the line against the rest of it."""
        try:
            return self.value(tree, raw, places, about), ""
        except WrongKey as error:
            return error.rest, str(error)

    def _many(
        self, tree: FieldType, raw: Any, places: Mapping[str, Candidate], about: str
    ) -> list[Any] | None:
        """The values of a list; those that can stand are the rest of a WrongKey."""
        assert tree.inner is not None, tree
        if raw is None and tree.is_optional:
            return None
        values: list[Any] = []
        lines: list[str] = []
        for one in raw if isinstance(raw, list) else [raw]:
            if one is not None:
                made, wrong = self.standing(tree.inner, one, places, about)
                values += [] if made is None or made in values else [made]
                lines += [wrong] if wrong else []
        if lines:
            raise WrongKey(";".join(lines), values or None)
        return values

    def _pick(
        self, tree: FieldType, raw: Any, places: Mapping[str, Candidate], about: str
    ) -> Pick | None:
        if raw is None or is_nothing(str(raw)):
            if tree.is_optional:
                return None
            raise WrongKey("要选一个代号")
        key, _, words = str(raw).partition(" ")
        place = places.get(str(raw)) or places.get(key.strip("⟦⟧"))
        others = (one.text for one in places.values() if one is not place)
        if place is None or says_other(words, place.text, others):
            raise WrongKey(f"“{raw}”不是给出的代号,请从标出的里选或写 null")
        if wrong := fault(tree, place, about, self.setting):
            raise WrongKey(wrong)
        return self.made(tree, place)

    def made(self, tree: FieldType, place: Candidate) -> Pick:
        """The value of a place. Raises WrongKey for a change whose clause says no direction."""
        pick = tree.pick
        assert pick is not None, tree
        common: dict[str, Any] = {
            "text": place.text,
            "span": self.text.to_raw(place.at),
            "evidence": evidence(place.sentence, self.text),
        }
        if issubclass(pick, Day):
            date = place.date
            assert date is not None, place
            at = Span(date.span.start + place.sentence.span.start, 0)
            at = Span(at.start, at.start + len(date.text))
            common |= {"text": self.text.text[at.slice], "span": self.text.to_raw(at)}
            common |= {"start": date.start, "end": date.end, "bound": date.bound}
            return pick(**common, derived=date.derived)
        return pick(**common, **_amount(place, is_change=issubclass(pick, Change)))

    @cached_property
    def has_dates(self) -> bool:
        """Whether a pick may be a date."""
        return any(tree.pick is not None and issubclass(tree.pick, Day) for tree in self.trees)


def _place(document: ParsedDocument) -> str:
    """The report's own place: of its title, else the one whose congress it was given to."""
    if document.facts.place:
        return fold(document.facts.place)
    text = fold(document.text.text)
    named = (n for n in document.names if n.kind == "place" and _CONGRESS.match(text, n.span.end))
    return next((fold(name.text) for name in named), "")


def _amount(place: Candidate, *, is_change: bool) -> dict[str, Any]:
    """Value, unit and bound of a quantity; of a change with the sign of its direction."""
    if place.mention is None or place.mention.quantity is None:
        return {"value": Decimal(0), "kind": "other", "direction": place.text}
    quantity = place.mention.quantity
    found: dict[str, Any] = {
        name: getattr(quantity, name)
        for name in ("value", "high", "base_value", "base_unit", "bound", "kind")
    }
    found |= {"unit": unit_of(quantity), "implied_unit": quantity.implied_unit, "per": quantity.per}
    if not is_change:
        return found
    way = place.direction
    if way is None and is_denied(place.before):
        raise WrongKey(f"“{place.text}”前面说的是没有增长或下降,不是变化的数,请改选或写 null")
    if way is None:
        raise WrongKey(f"“{place.text}”旁边没有增长或下降的词,不是变化的数,请改选或写 null")
    if way.sign < 0:
        found |= _turned(found)
    return found | {"direction": way.words}


def _turned(amount: Mapping[str, Any]) -> dict[str, Any]:
    """Below zero: what is over is under, and of a range the ends change places."""
    value, high, base = (amount[name] for name in ("value", "high", "base_value"))
    turned = {"value": -abs(value), "base_value": None if base is None else -abs(base)}
    turned["bound"] = _OPPOSITE.get(amount["bound"], amount["bound"])
    if high is not None:
        turned |= {"value": -abs(high), "high": -abs(value)}
    return turned
