"""A summary as a list to check on a terminal: each figure and item with its doubts and sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.engine.verify.doubts import CODES, OF_ISSUES, Doubt, doubts
from summarizer.render.amount import amount
from summarizer.render.outline import item_line, reason_shown
from summarizer.render.reader import ENGLISH, Reader, reader
from summarizer.render.review.messages import messages
from summarizer.render.review.payload import Reviewed
from summarizer.render.safe import one_line
from summarizer.types import Evidence, Figure, Item, Span

FIRST = 5  # doubtful things that a summary on a terminal ends with
_LAST = Span(2**62, 2**62)


@dataclass(frozen=True, slots=True)
class Entry:
    """A figure or an item: what it says on one line, its doubts, what proves it."""

    ref: str
    line: str
    doubts: tuple[Doubt, ...]
    evidence: tuple[Evidence, ...]


def entries(one: Reviewed, shown_to: Reader = ENGLISH, *, doubtful: bool) -> list[Entry]:
    """Every figure and item in the order of the text, or the gravest doubts first."""
    found: dict[str, list[Doubt]] = {}
    for doubt in doubts(one.summary, one.schema, one.parsed) if one.parsed else ():
        found.setdefault(doubt.ref, []).append(doubt)
    things: list[Figure | Item] = [*one.summary.figures]
    for listed in one.schema.lists:
        things += getattr(one.summary, listed.name)
    made = [_entry(thing, found.get(thing.id, []), shown_to) for thing in things]
    if doubtful:
        made.sort(key=lambda entry: min((CODES.index(d.code) for d in entry.doubts), default=99))
    else:
        made.sort(key=lambda entry: entry.evidence[0].span if entry.evidence else _LAST)
    return made


def listing(one: Reviewed, language: str, *, doubtful: bool, evidence: bool) -> str:
    """The list as text: a line each, doubts marked with ⚠, sentences below."""
    say = messages(language)
    made = entries(one, reader(language), doubtful=doubtful)
    with_doubts = sum(bool(entry.doubts) for entry in made)
    title = one_line(one.summary.title or one.summary.document.source)
    lines = [title, f"{say['doubts'].format(n=with_doubts)} / {len(made)}", ""]
    for entry in made:
        lines += _lines(entry, reader(language), evidence=evidence)
    coverage = one.summary.coverage
    for code, tallies in (("missed", coverage.missed), ("unaccounted", coverage.unaccounted)):
        for tally in tallies:
            place = f"{tally.span.start}-{tally.span.end}"
            why = one_line(reason_shown(tally.reason, reader(language)))
            lines += [f"- {one_line(tally.text)} [{place}]", f"    ⚠ {say[code]}: {why}"]
    return "\n".join(lines) + "\n"


def look_first(one: Reviewed, language: str) -> list[str]:
    """What stands below a summary on a terminal, in lines: its gravest doubts."""
    say = reader(language).say
    if one.parsed is None:
        return ["", say("view.no_source")]
    doubted = [entry for entry in entries(one, reader(language), doubtful=True) if entry.doubts]
    if not doubted:
        return ["", say("view.nothing_doubtful", n=len(one.summary.figures))]
    lines = ["", say("view.look_first")]
    for entry in doubted[:FIRST]:
        lines += _lines(entry, reader(language), evidence=False)
    if len(doubted) > FIRST:
        lines.append(say("view.more_doubts", n=len(doubted) - FIRST))
    return lines


def _entry(thing: Figure | Item, found: Sequence[Doubt], shown_to: Reader) -> Entry:
    if isinstance(thing, Figure):
        whose = [words for words in (amount(thing, shown_to), thing.subject, thing.period) if words]
        line = f"{thing.text} {thing.label} ({', '.join(whose)})"
        return Entry(thing.id, one_line(line), tuple(found), (thing.evidence,))
    return Entry(thing.id, item_line(thing, shown_to), tuple(found), thing.evidence)


def _lines(entry: Entry, shown_to: Reader, *, evidence: bool) -> Iterator[str]:
    yield f"- {entry.line} [{entry.ref}]"
    for doubt in entry.doubts:
        words = shown_to.tell(doubt.words) if doubt.code in OF_ISSUES.values() else doubt.words
        yield f"    ⚠ {shown_to.say(f'doubt.{doubt.code}', words=one_line(words))}"
    for proof in entry.evidence if evidence else ():
        page = ""
        if proof.page:
            in_han = shown_to.is_han and shown_to.say("view.page", n=proof.page)
            page = in_han or f", p. {proof.page}"
        yield f"    “{one_line(proof.quote)}” ({proof.span.start}-{proof.span.end}{page})"
