"""Proper names that a report may hold up as examples: the grammar finds, the model only picks."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from summarizer.types import NameKind, Span
from summarizer.zh.names.foreign import find_dotted
from summarizer.zh.names.found import Found
from summarizer.zh.names.organisations import find_organisations
from summarizer.zh.names.persons import find_persons
from summarizer.zh.names.places import SETTLEMENT, find_places
from summarizer.zh.names.quoted import find_quoted
from summarizer.zh.names.repeats import apart, find_again, shortened
from summarizer.zh.script import fold

__all__ = ["Name", "find_names", "kind_of"]

_PARTIES = frozenset({"person", "organisation", "village"})


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name where it stands: `text` is the searched text at `span`.

    `rule` says what found it; `by_line` is who wrote, edited or photographed, never an example.
    """

    span: Span
    text: str
    kind: NameKind
    rule: str

    @property
    def is_party(self) -> bool:
        """Whether it names somebody who acts: a person, an organisation or a village."""
        return self.kind in _PARTIES


def find_names(text: str) -> list[Name]:
    """The proper names of a text in either script, in order and disjoint.

    >>> [(n.text, n.kind) for n in find_names("義和鎮石堡村貧困戶吳昌勇決定在家養豬,吳昌勇脫貧了")]
    [('義和鎮', 'place'), ('石堡村', 'village'), ('吳昌勇', 'person'), ('吳昌勇', 'person')]
    """
    folded = fold(text)
    found = _first(folded)
    known = {(one.start, one.end, one.kind) for one in found}
    repeated = find_again(folded, found)
    again = [one for one in repeated if (one.start, one.end, one.kind) not in known]
    return [
        Name(Span(one.start, one.end), text[one.start : one.end], one.kind, one.rule)
        for one in apart(chain(found, again))
    ]


def kind_of(text: str, kind: str) -> NameKind:
    """The kind of a name of which it is known whether it is a person, an organisation or a place.

    >>> kind_of("石堡村", "village"), kind_of("義和鎮", "village"), kind_of("吳昌勇", "person")
    ('village', 'place', 'person')
    """
    if kind == "village":
        folded = fold(text)
        suffix = max((s for s in SETTLEMENT if folded.endswith(s)), key=len, default="")
        return "place" if suffix and SETTLEMENT[suffix]["class"] == "township" else "village"
    return "person" if kind == "person" else "organisation"


def _first(folded: str) -> list[Found]:
    persons = list(find_persons(folded))
    people = {person.end: person.start for person in persons}
    places = list(find_places(folded, people))
    inside = frozenset(at for place in places for at in range(place.start, place.end))
    others = (
        find_organisations(folded, inside, people),
        find_quoted(folded),
        find_dotted(folded),
    )
    return shortened(folded, apart(chain(persons, places, *others)))
