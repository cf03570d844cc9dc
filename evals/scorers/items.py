"""Whether the items of a schema's lists are there, and no others.

An item with a name is known by it, any other by what it cites. Which list is which its schema's
markers say; a list that gold does not have is not scored.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer.types import Span

from ..cases import GoldItem
from ..lists import Listed
from ..match import overlap, pair
from ..scores import Reason, Score, prf, rate
from ..text import fold, key, likeness, same_name
from ..views import ItemView
from .trial import Trial


def found(trial: Trial) -> list[Score]:
    """Recall and precision of every list, one to one by name, many to one by evidence."""
    return [score for one in scored(trial) for score in _found(trial, one)]


def paired(trial: Trial) -> list[Score]:
    """By evidence one to one: an item of ours that covers two of gold's finds only one."""
    scores = []
    for one in scored(trial):
        if one.names:
            continue
        pairs = _paired(trial, one)
        missed, false = _faults(trial, one, set(pairs.values()), set(pairs))
        strict = [g for g in pairs.values() if not golds(trial, one)[g].borderline]
        scores += prf(f"{one.name}.paired", len(strict), false, missed)
    return scores


def scored(trial: Trial) -> Iterator[Listed]:
    """The lists that gold has."""
    return (one for one in trial.lists if one.name in trial.gold.items)


def golds(trial: Trial, listed: Listed) -> tuple[GoldItem, ...]:
    """Gold's items of a list."""
    return trial.gold.items[listed.name]


def met(trial: Trial, listed: Listed) -> dict[int, list[int]]:
    """Which items of gold each of ours is: by name one, by evidence all that it meets."""
    if listed.names:
        return {o: [g] for o, g in _named(trial, listed).items()}
    meets: dict[int, list[int]] = {}
    for o, g in _meets(trial, listed):
        meets.setdefault(o, []).append(g)
    return meets


def shared(a: Sequence[Span], b: Sequence[Span]) -> float:
    """How far two evidences meet: the best share of the shorter span that lies in the other.

    >>> shared([Span(0, 10)], [Span(5, 25), Span(40, 50)])
    0.5
    """
    return max((overlap(x, y) / min(_len(x), _len(y)) for x in a for y in b), default=0.0)


def shown(item: ItemView, listed: Listed) -> str:
    """An item in a few words: `[资金投入] 投资改造电网`."""
    choices = [item.texts.get(name, "–") for name in listed.choices if name not in listed.kinds]
    head = f"[{'/'.join(choices)}] " if choices else ""
    return head + item.texts.get(listed.shown, "")


def _found(trial: Trial, one: Listed) -> list[Score]:
    meets = met(trial, one)
    reached = {g for gs in meets.values() for g in gs}
    missed, false = _faults(trial, one, reached, set(meets))
    strict = [i for i, g in enumerate(golds(trial, one)) if not g.borderline]
    if one.names:
        return prf(one.name, len(strict) - len(missed), false, missed)
    optional = [o for o, gs in meets.items() if all(golds(trial, one)[g].borderline for g in gs)]
    return [
        rate(f"{one.name}.recall", len(strict), missed),
        rate(f"{one.name}.precision", len(trial.items(one)) - len(optional), false),
    ]


def _faults(
    trial: Trial, one: Listed, reached: set[int], right: set[int]
) -> tuple[list[Reason], list[Reason]]:
    what, raw = one.name.removesuffix("s"), trial.case.text
    missed = [
        Reason(
            "missed",
            what,
            _told(gold, one),
            fold(raw[gold.evidence[0].slice]) if gold.evidence else "",
            gold.evidence[0] if gold.evidence else None,
        )
        for i, gold in enumerate(golds(trial, one))
        if i not in reached and not gold.borderline
    ]
    false = [
        Reason(
            "false",
            what,
            _why(trial, one, item),
            shown(item, one),
            item.evidence[0].span if item.evidence else None,
            item.id,
        )
        for i, item in enumerate(trial.items(one))
        if i not in right
    ]
    return missed, false


def _told(gold: GoldItem, one: Listed) -> str:
    choices = [gold.values[name][0] for name in one.choices if gold.values.get(name)]
    head = f"[{'/'.join(choices)}] " if choices and not one.names else ""
    return head + fold(next(iter(gold.values.get(one.shown, ())), ""))


def _why(trial: Trial, one: Listed, item: ItemView) -> str:
    """Why an item of ours is false: what it cites, or who its name is."""
    if not one.names:
        return fold(item.evidence[0].quote) if item.evidence else "no evidence"
    name = _name(item, one)
    for non in trial.gold.non_items.get(one.name, ()):
        if any(same_name(name, known) for known in non.names):
            return non.why
    for gold in golds(trial, one):
        if key(name) and any(same_name(name, known) for known in _names(gold, one)):
            return "named twice"
    return "not in gold"


def _name(item: ItemView, one: Listed) -> str:
    return item.texts.get(one.names[0], "")


def _names(gold: GoldItem, one: Listed) -> tuple[str, ...]:
    return gold.values.get(one.names[0], ())


def _named(trial: Trial, one: Listed) -> dict[int, int]:
    edges = []
    for o, ours in enumerate(trial.items(one)):
        for g, gold in enumerate(golds(trial, one)):
            name = _name(ours, one)
            if any(same_name(name, known) for known in _names(gold, one)):
                alike = max(likeness(name, known) for known in _names(gold, one))
                edges.append((alike, o, g))
    return pair(edges)


def _meets(trial: Trial, one: Listed) -> list[tuple[int, int]]:
    return [
        (o, g)
        for o, ours in enumerate(trial.items(one))
        for g, gold in enumerate(golds(trial, one))
        if shared([p.span for p in ours.evidence], gold.evidence) >= 0.5
    ]


def _paired(trial: Trial, one: Listed) -> dict[int, int]:
    edges = []
    for o, g in _meets(trial, one):
        ours, gold = trial.items(one)[o], golds(trial, one)[g]
        same = sum(ours.texts.get(c) in gold.values.get(c, ()) for c in one.choices)
        edges.append((same + shared([p.span for p in ours.evidence], gold.evidence), o, g))
    return pair(edges)


def _len(span: Span) -> int:
    return max(1, span.end - span.start)
