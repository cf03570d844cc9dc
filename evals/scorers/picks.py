"""Fields of a schema with picks, held against gold: value and place, null, and whole items.

What each field is, its schema's own markers say; so a schema of anybody's own is scored alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from summarizer.engine.field_types import FieldType
from summarizer.engine.schema import Schema, load_schema
from summarizer.fields import Change, Day
from summarizer.types import Span

from ..numerals import numbers, plain
from ..scores import Fault, Reason, Score, prf, rate
from ..text import key, likeness, same_name, share
from ..wanted import Wanted, WantedItem, WantedValue, check_gold

ALIKE = 0.5


@dataclass
class Tally:
    """What picks came to, pooled over the fields of a document."""

    stated: int = 0
    unsaid: int = 0
    values: list[Reason] = field(default_factory=list)
    places: list[Reason] = field(default_factory=list)
    wrong: list[Reason] = field(default_factory=list)
    forced: list[Reason] = field(default_factory=list)

    def scores(self) -> list[Score]:
        """`picks.right` needs value and place; `picks.null` is nothing where gold has nothing."""
        return [
            rate("picks.right", self.stated, self.wrong),
            rate("picks.value", self.stated, self.values),
            rate("picks.place", self.stated, self.places),
            rate("picks.null", self.unsaid, self.forced),
        ]


def score_wanted(wanted: Wanted, text: str, given: dict[str, Any], schema: str) -> list[Score]:
    """All scores of a summary's JSON against the gold of its document. Raises ConfigError."""
    made, tally = load_schema(schema), Tally()
    check_gold(str(given.get("document", {}).get("source", "")), wanted, made)
    scores = _in_words(made, wanted, given)
    for name, own in made.fields.items():
        if name in wanted.fields:
            _count(tally, name, own.type, wanted.fields[name], given.get(name))
            _count_too_many(tally, name, own.type, wanted.fields[name], given.get(name))
    for listed in made.lists:
        if listed.name in wanted.lists:
            items, golds = given.get(listed.name, ()), wanted.lists[listed.name]
            scores += _listed(listed.name, listed.types, list(items), golds, tally)
    return [*tally.scores(), *scores, _grounded(text, given)]


def _in_words(made: Schema, wanted: Wanted, given: dict[str, Any]) -> list[Score]:
    """How many fields of the summary that are words are right; nothing where it has none."""
    own = {n: f.type for n, f in made.fields.items() if not f.type.picks and n in wanted.fields}
    wrong = [
        _reason("wrong", name, "、".join(wanted.fields[name].words) or "–", given.get(name))
        for name, tree in own.items()
        if not is_right(tree, wanted.fields[name], given.get(name))
    ]
    return [rate("words.right", len(own), wrong)] if own else []


def is_right(tree: FieldType, gold: WantedValue, ours: Any) -> bool:
    """Whether a field says what gold says: picks by value and place, texts by their words."""
    if tree.picks:
        return not _faults(tree, gold, ours)
    if not gold.words or ours is None:
        return not gold.words and ours in (None, "", [], ())
    accepted = (*gold.words, *gold.others)
    if tree.inner is not None:
        lacking = [w for w in gold.words if not any(_is_name(o, w, gold) for o in ours)]
        return not lacking and all(any(same_name(o, w) for w in accepted) for o in ours)
    if tree.is_verbatim:
        return any(same_name(str(ours), words) for words in accepted)
    if tree.leaf is str:
        return any(_is_alike(str(ours), words) for words in accepted)
    return str(ours) in accepted


def _is_name(ours: str, words: str, gold: WantedValue) -> bool:
    return same_name(ours, words) or any(same_name(ours, other) for other in gold.others)


def _is_alike(ours: str, words: str) -> bool:
    return likeness(ours, words) >= ALIKE or share(ours, words) >= ALIKE


def _count(tally: Tally, name: str, tree: FieldType, gold: WantedValue, ours: Any) -> None:
    """Add a field of picks to the tally."""
    if not tree.picks:
        return
    if not gold.words:
        tally.unsaid += 1
        if ours:
            first = ours[0] if isinstance(ours, list) else ours
            tally.forced.append(_reason("false", name, "–", first))
        return
    tally.stated += len(gold.words)
    for words in gold.words:
        kinds = _best(tree, gold, words, ours)
        shown = _first(ours)
        reason = _reason("wrong" if shown else "missed", name, words, shown)
        for fault, against in (("value", tally.values), ("place", tally.places)):
            if fault in kinds:
                against.append(reason)
        if kinds:
            tally.wrong.append(reason)


def _count_too_many(tally: Tally, name: str, tree: FieldType, gold: WantedValue, ours: Any) -> None:
    """Add to the tally what a field that lists picks has beside those of gold, each as wrong."""
    if not tree.picks or not isinstance(ours, list) or not gold.words:
        return
    for one in _too_many(tree, gold, ours):
        tally.stated += 1
        tally.wrong.append(_reason("false", name, "–", one))


def _faults(tree: FieldType, gold: WantedValue, ours: Any) -> set[str]:
    """What is wrong with a field of picks: its value, its place, one too many."""
    faults = {fault for words in gold.words for fault in _best(tree, gold, words, ours)}
    return faults | ({"many"} if _too_many(tree, gold, ours) else set())


def _too_many(tree: FieldType, gold: WantedValue, ours: Any) -> list[dict[str, Any]]:
    mine = [ours] if isinstance(ours, dict) else list(ours or ())
    return [one for one in mine if all(_pick(tree, gold, w, one) for w in gold.words)]


def _best(tree: FieldType, gold: WantedValue, words: str, ours: Any) -> set[str]:
    """What is wrong with the pick that comes nearest to some words of gold."""
    mine = [ours] if isinstance(ours, dict) else list(ours or ())
    return min((_pick(tree, gold, words, one) for one in mine), key=len, default={"value", "place"})


def _pick(tree: FieldType, gold: WantedValue, words: str, ours: dict[str, Any]) -> set[str]:
    said = (words, *gold.others)
    right = any(_has_value(tree, gold, one, ours) for one in said)
    spans = [_span(ours["span"]), *map(_span, ours.get("also_at", ()))]
    there = any(span.overlaps(place) for span in spans for place in gold.places)
    return {name for name, is_so in (("value", right), ("place", there)) if not is_so}


def _has_value(tree: FieldType, gold: WantedValue, words: str, ours: dict[str, Any]) -> bool:
    """Whether a pick's value is that of gold's words, as a plain reader reads them."""
    read = [number.value for number in numbers(plain(words))]
    pick = tree.picks[0].pick
    if pick is not None and issubclass(pick, Day):
        return read == [number.value for number in numbers(plain(ours["text"]))]
    value = Decimal(ours["value"])
    if pick is not None and issubclass(pick, Change) and gold.signed is not None:
        sign = (gold.signed > 0) - (gold.signed < 0)
        expected = [sign * abs(one) for one in read] if sign and read else [gold.signed]
        return value in expected
    high = ours.get("high")
    return value in read and (high is None or Decimal(high) in read)


def _listed(
    name: str,
    types: dict[str, FieldType],
    items: list[dict[str, Any]],
    golds: tuple[WantedItem, ...],
    tally: Tally,
) -> list[Score]:
    """Items found and false, and of those found every field."""
    pairs = _pairs(types, items, golds)
    strict = {o: g for o, g in pairs.items() if not golds[g].optional}
    taken = set(pairs.values())
    missed = [_missed(name, g) for i, g in enumerate(golds) if i not in taken and not g.optional]
    false = [_false(name, types, one) for i, one in enumerate(items) if i not in pairs]
    scores = prf(name, len(strict), false, missed)
    for one, tree in types.items():
        wrong, of = list[Reason](), 0
        for o, g in strict.items():
            gold = golds[g].values.get(one)
            if gold is None:
                continue
            of += 1
            ours = items[o].get(one)
            _count(tally, f"{name}.{one}", tree, gold, ours)
            if not is_right(tree, gold, ours):
                said = "、".join(gold.words) or "–"
                wrong.append(_reason("wrong", one, said, _first(ours), items[o]["id"]))
        scores.append(rate(f"{name}.{one}", of, wrong))
    for i, lost in enumerate(golds):
        if i not in taken and not lost.optional:
            for one, gold in lost.values.items():
                if one in types and gold.words:
                    _count(tally, f"{name}.{one}", types[one], gold, None)
    return scores


def _pairs(
    types: dict[str, FieldType], items: list[dict[str, Any]], golds: tuple[WantedItem, ...]
) -> dict[int, int]:
    """Which item is which of gold's, one to one: those that agree in most first."""
    edges = sorted(
        (-nearness, o, g)
        for o, ours in enumerate(items)
        for g, gold in enumerate(golds)
        if (nearness := _nearness(types, ours, gold)) >= ALIKE
    )
    pairs = dict[int, int]()
    for _, o, g in edges:
        if o not in pairs and g not in pairs.values():
            pairs[o] = g
    return pairs


def _nearness(types: dict[str, FieldType], ours: dict[str, Any], gold: WantedItem) -> float:
    """How much an item has of gold's: nothing where they stand in different sentences."""
    spans = [_span(proof["span"]) for proof in ours["evidence"]]
    if not any(span.overlaps(place) for span in spans for place in gold.places):
        return 0.0
    near = 0.0
    for name, tree in types.items():
        said, wanted = ours.get(name), gold.values.get(name)
        if wanted is None or not said or not wanted.words:
            continue
        if tree.picks:
            near += is_right(tree, wanted, said)
        elif tree.is_verbatim or tree.leaf is str or tree.inner is not None:
            mine = said if isinstance(said, list) else [said]
            near += max(likeness(m, w) for m in mine for w in (*wanted.words, *wanted.others))
    return near


def _missed(name: str, gold: WantedItem) -> Reason:
    said = " · ".join("、".join(value.words) for value in gold.values.values() if value.words)
    return Reason("missed", name.removesuffix("s"), said, "", next(iter(gold.places), None))


def _false(name: str, types: dict[str, FieldType], ours: dict[str, Any]) -> Reason:
    said = " · ".join(filter(None, (_first(ours.get(one)) for one in types)))
    proof = next(iter(ours["evidence"]), None)
    span = _span(proof["span"]) if proof else None
    return Reason("false", name.removesuffix("s"), "not in gold", said, span, ours["id"])


def _grounded(text: str, given: dict[str, Any]) -> Score:
    """Of all picks: those whose quote and words stand where they say, letter for letter."""
    against, checked = list[Reason](), 0
    for pick in _every_pick(given):
        checked += 1
        proof, span = _span(pick["evidence"]["span"]), _span(pick["span"])
        stands = text[proof.slice] == pick["evidence"]["quote"] and proof.covers(span)
        if not stands or key(text[span.slice]) != key(pick["text"]):
            against.append(Reason("broken", "pick", text[span.slice], pick["text"], span))
    return rate("grounding.picks", checked, against)


def _every_pick(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for one in value:
            yield from _every_pick(one)
    elif isinstance(value, dict):
        if {"text", "span", "evidence"} <= set(value) and "label" not in value:
            yield value
        else:
            for one in value.values():
                yield from _every_pick(one)


def _reason(fault: Fault, what: str, gold: str, ours: Any, ref: str = "") -> Reason:
    shown = _first(ours)
    span = _span(ours["span"]) if isinstance(ours, dict) else None
    return Reason(fault, what, gold, shown or "–", span, ref)


def _first(ours: Any) -> str:
    """A field in a few words."""
    if isinstance(ours, dict):
        amount = ours.get("value")
        return f"{ours['text']}" + (f" = {amount}" if amount is not None else "")
    if isinstance(ours, list):
        return "、".join(map(_first, ours))
    return "" if ours is None else str(ours)


def _span(entry: dict[str, int]) -> Span:
    return Span(entry["start"], entry["end"])
