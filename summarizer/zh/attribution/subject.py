"""Whose figure it is: the party that the sentence speaks of where the number stands.

The subject is the name that surely heads the sentence, or a firm or a place that heads the clause
of the number, else a common noun that stands for one told before (公司, 合作社, 他, 全村). A name
behind 在 or 与, or that something is done to, is no subject: 公司在青螺镇投资 tells of the company.
Where it is not sure there is none: a blank subject is better than a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from summarizer.types import Mention, Span
from summarizer.zh.attribution.clause_subjects import (
    clause_subject,
    is_party,
    noun,
    pronoun,
)
from summarizer.zh.attribution.document_place import (
    OWN_PLACE,
    is_authority,
    level,
    names_own,
    village,
)
from summarizer.zh.attribution.parsed import ParsedSentence
from summarizer.zh.attribution.sentence_heads import is_counted, sentence_head
from summarizer.zh.segment import Sentence

FAR = 12  # sentences to look back for what a noun or a pronoun stands for
CLOSE = 2  # sentences in which one person alone may be meant, his own among them
CLAUSES = 40  # of its sentence to look back in: a list of hundreds has no subject

_OF = re.compile(r"^的[一-鿿“”]{0,8}$")
_PERSON = frozenset({"person"})
_VILLAGE = frozenset({"village"})
_PLACES = frozenset({"village", "place"})
_SURE = frozenset({"organisation", "village", "place"})
_OF_ITSELF = re.compile(r"^.{0,8}(?:年|报告|总结|汇报|简介|概况)")


def find_subject(mention: Mention, sentence: Sentence, sentences: Sequence[Sentence]) -> str | None:
    """The subject of a figure in simplified characters, or None where the text tells of none.

    `sentences` are the document's, in order.
    """
    index = sentence.number - 1
    earlier = [ParsedSentence.of(s) for s in sentences[max(0, index - FAR) : index]]
    at = mention.at.start - sentence.span.start
    end = mention.at.end - sentence.span.start
    said = ParsedSentence.of(sentence)
    found = _described(said, end)
    if not found and mention.quantity and mention.quantity.kind == "age":
        found = _last([said.until(at)], _PERSON)
    ahead = said.until(at)
    if not found:
        found = sentence_head(ahead) or _told(ahead, earlier, sentences, _of_clause)
    if found is None:
        found = _of_title(sentences)
    return found if found and is_party(found) and not is_authority(found) else None


def heading(mention: Mention, sentence: Sentence) -> str | None:
    """Who did what a figure counts, if its sentence names him."""
    said = ParsedSentence.of(sentence).until(mention.at.start - sentence.span.start)
    return _told(said, (), (), clause_subject)


def _described(said: ParsedSentence, end: int) -> str | None:
    """Whom a number before the name describes: 25岁的李杰, 投资1亿元的中信公司."""
    for group in said.groups:
        if not group.start < end:
            between = said.text[end : group.start]
            is_own = _OF.match(between) or (not between and group.kind == "organisation")
            return group.text if is_own and group.kind not in _PLACES else None
    return None


def _of_clause(said: ParsedSentence, clause: Span) -> str | None:
    """The firm or the place that heads the last clause; nobody where a name heads another."""
    found = clause_subject(said, clause)
    named = [group for group in said.groups if found and group.text in found]
    is_sure = clause.end == len(said.text) and all(group.kind in _SURE for group in named)
    described = any(g.text == found and said.text.startswith("的", g.end) for g in named)
    counted = any(is_counted(said, group) for group in named)
    return found if found is None or (is_sure and not described and not counted) else OWN_PLACE


def _told(
    said: ParsedSentence,
    earlier: Sequence[ParsedSentence],
    sentences: Sequence[Sentence],
    named: Callable[[ParsedSentence, Span], str | None],
) -> str | None:
    """The subject of the last clause that has one."""
    for clause in reversed(said.clauses()[-CLAUSES:]):
        own = named(said, clause)
        if own is None and names_own(said, clause):
            own = OWN_PLACE
        found = _stood_for(said, clause, earlier, sentences) if own is None else own
        if found is not None:
            return found
    return None


def _stood_for(
    said: ParsedSentence,
    clause: Span,
    earlier: Sequence[ParsedSentence],
    sentences: Sequence[Sentence],
) -> str | None:
    """What the word stands for that opens a clause."""
    words = said.text[clause.slice]
    before = [said.until(clause.start), *reversed(earlier)]
    if opened := noun(words):
        stands, ends = opened
        titles = [ParsedSentence.of(s) for s in sentences[:1] if s.heading]
        return _ending([*before, *titles], ends) or stands
    if level(words) or village(words):
        return OWN_PLACE
    return _antecedent(before) if pronoun(words) else None


def _ending(places: Iterable[ParsedSentence], ends: tuple[str, ...]) -> str | None:
    """The last name before that ends like what a noun stands for."""
    for said in places:
        for group in reversed(said.groups):
            if group.text.endswith(ends):
                return group.text
    return None


def _last(places: Iterable[ParsedSentence], kinds: frozenset[str]) -> str | None:
    for said in places:
        for group in reversed(said.groups):
            if group.kind in kinds:
                return group.text
    return None


def _antecedent(places: Sequence[ParsedSentence]) -> str | None:
    """The person that 他 stands for: the one who is named before, or alone close before.

    Of several in the sentences before, the one whom his own sentence and the last one name and no
    other; else nobody: who of two is meant no rule knows.
    """
    for several in (places, places[:CLOSE]):
        named = {group.text for said in several for group in said.groups if group.kind == "person"}
        if len(named) == 1:
            return named.pop()
    return None


def _of_title(sentences: Sequence[Sentence]) -> str | None:
    """The organisation whose own report it is: its name opens the title."""
    for said in (ParsedSentence.of(s) for s in sentences[:1] if s.heading):
        for group in said.groups[:1]:
            is_own = group.start == 0 and group.rule in ("firm", "institution")
            if is_own and _OF_ITSELF.match(said.text[group.end :]):
                return group.text
    return None
