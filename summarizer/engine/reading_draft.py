"""The answers to a passage while they are checked: those that stand, and those to ask again."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import BaseModel

from summarizer.documents.clean import CleanText
from summarizer.documents.language import Language
from summarizer.engine import reading_checks as checks
from summarizer.engine.answers import CITED
from summarizer.engine.evidence import context
from summarizer.engine.faults import for_reader
from summarizer.engine.field_draft import FieldDraft, own_field
from summarizer.engine.field_shapes import asked_fields
from summarizer.engine.item_draft import Broken, ItemDraft
from summarizer.engine.item_list import ItemList, OwnField
from summarizer.engine.lines import in_language
from summarizer.engine.marked import MarkedPassage
from summarizer.engine.reading_answer import FACTS, FIGURES, asked_lists, own_shape
from summarizer.engine.reading_checks import Answered, Refused
from summarizer.engine.reading_items import item, not_of_examples
from summarizer.engine.schema import Schema
from summarizer.fields import Pick
from summarizer.types import Issue, Span
from summarizer.zh.script import fold

MOST_ITEMS = 200  # of one list of a passage: a model that tells of more runs on
HEAD = 200  # characters of the document's beginning whose words any label may use
SHOWN = 160  # characters of a refused answer in its issue


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer that cannot stand: as given, the line against it, and the shape it should have.

    `rest` is what stands of it where the model has nothing better.
    """

    raw: Any
    line: str
    shape: str
    check: Callable[[Any], None]
    rest: Any = None

    def shown(self) -> str:
        """What was answered and what is wrong with it, for a reader."""
        return f"{_shown(self.raw)}: {for_reader(self.line)}"

    def kept_from(self, worse: Refusal) -> Refusal:
        """What stands of this answer, where less stands of the one that came in its place."""
        return replace(self, line=f"{self.line}; {worse.shown()}")


@dataclass(slots=True)
class Draft:
    """What is taken of an answer, by part: a quantity's key, a list with a number, a fact.

    `full` are the lists that have more than one answer holds, `given` what was answered of each.
    `examples` are the words of the prompt's examples, which no answer may borrow; `language` is the
    one in which the model is told what is wrong.
    """

    passage: MarkedPassage
    schema: Schema
    text: CleanText
    examples: str
    context: Mapping[str, Any]
    language: Language = "zh"
    figures: dict[str, Answered] = field(default_factory=dict)
    findings: list[ItemDraft] = field(default_factory=list)
    own: list[FieldDraft] = field(default_factory=list)
    facts: dict[str, str | None] = field(default_factory=dict)
    refused: dict[str, Refusal] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    full: list[ItemList] = field(default_factory=list)
    given: dict[str, list[Any]] = field(default_factory=dict)

    def take(self, answer: dict[str, Any]) -> None:
        """Check a whole answer, part by part."""
        raws = answer.get(FIGURES)
        raws = raws if isinstance(raws, dict) else {}
        for key, id_ in self.passage.keys.items() if self.schema.asks_labels else ():
            self._try(key, raws.get(key, raws.get(id_)), "figure", self._figure(id_))
        self._tell_apart(raws)
        for listed in asked_lists(self.schema, self.passage):
            given = answer.get(listed.name, [])
            if not isinstance(given, list):
                self._tell("item_dropped", f"{listed.name}: {_shown(given)} is no list of items")
                given = []
            self.take_more(listed, given[:MOST_ITEMS])
            if len(given) > MOST_ITEMS:
                self._tell(
                    "item_dropped",
                    f"{listed.name}: {len(given) - MOST_ITEMS} more than {MOST_ITEMS}",
                )
            if not len(given) < MOST_ITEMS:
                self.full.append(listed)
        for own in asked_fields(self.passage, self.schema.fields):
            shape = own_shape(self.schema, own.name)
            self._try(own.name, answer.get(own.name), shape, self._own(own))
        for name in FACTS if self.passage.opens else ():
            if name in answer:
                self._try(name, answer[name], "fact", self._fact(name))

    def take_more(self, listed: ItemList, raws: Sequence[Any]) -> bool:
        """Check items of a list; whether any of them was not answered before."""
        known = self.given.setdefault(listed.name, [])
        before = len(known)
        for raw in raws:
            if before and raw in known[:before]:
                continue
            known.append(raw)
            name = f"{listed.name} {len(known)}"
            self._try(name, raw, listed.item.__name__, self._item(listed))
        return before < len(known)

    def answered_so_far(self, listed: ItemList) -> list[ItemDraft | dict[str, Any]]:
        """What was answered of a list: the items that stand, and those that are refused so far."""
        stand = [one for one in self.findings if one.list == listed.name]
        name = f"{listed.name} "
        refused = [one.raw for key, one in self.refused.items() if key.startswith(name)]
        return [*stand, *(raw for raw in refused if isinstance(raw, dict))]

    def tell_full(self, listed: ItemList) -> None:
        """Tell that a list may have more items than were asked for."""
        count = len(self.given.get(listed.name, ()))
        message = f"{listed.name}: more than {count} in a passage"
        self.issues.append(Issue(code="list_full", severity="warning", message=message))

    def take_again(self, answers: dict[str, Any]) -> None:
        """Check what was answered instead of what was refused; what is refused again, stays so.

        What stood of the first answer stays where less stands of the second.
        """
        for name, refusal in list(self.refused.items()):
            raw = answers.get(name)
            is_maybe = name in FACTS or name in self.schema.fields
            if raw is not None or (is_maybe and name in answers):
                del self.refused[name]
                self._try(name, raw, refusal.shape, refusal.check)
                worse = self.refused.get(name)
                if worse is not None and _says_less(worse.rest, refusal.rest):
                    self.refused[name] = refusal.kept_from(worse)
        self._tell_apart(answers)

    @property
    def in_order(self) -> list[ItemDraft]:
        """The items that stand, in the text's order."""
        return sorted(self.findings, key=lambda found: found.sentences[0].number)

    def ended(self) -> list[Issue]:
        """The issues, with one for each item and fact that is still refused."""
        for name, refusal in self.refused.items():
            rest = refusal.rest
            if isinstance(rest, ItemDraft) and (surplus := self._surplus(rest)):
                self._tell("item_dropped", f"{name}: {surplus}", self._cited(refusal.raw))
                continue
            if name in FACTS:
                self._tell("fact_replaced", f"{name}: {refusal.shown()}")
            elif self.passage.keys.get(name) in self.figures:
                self._tell("attribution_dropped", f"{name}: {refusal.shown()}", self._place(name))
            elif name in self.schema.fields or isinstance(rest, ItemDraft):
                self._tell("field_dropped", f"{name}: {refusal.shown()}", self._cited(refusal.raw))
            elif name not in self.passage.keys:
                self._tell("item_dropped", f"{name}: {refusal.shown()}", self._cited(refusal.raw))
            if isinstance(rest, FieldDraft):
                self.own.append(rest)
            elif isinstance(rest, ItemDraft):
                self.findings.append(rest)
        return self.issues

    def _figure(self, id_: str) -> Callable[[Any], None]:
        mention, about = self.passage.mentions[id_], fold(self.text.text[:HEAD])
        sentence = self.passage.sentence_of(mention)
        around = fold(f"{sentence.text}\n{context(self.text, sentence.span)}")

        def check(raw: Any) -> None:
            try:
                self.figures[id_] = checks.figure(
                    raw, mention, self.passage, about=about, around=around
                )
            except Refused as error:
                if error.rest is not None:
                    self.figures[id_] = error.rest
                raise

        return check

    def _item(self, listed: ItemList) -> Callable[[Any], None]:
        def check(raw: Any) -> None:
            try:
                finding = item(listed, raw, self.passage, self.text, self.context)
            except Refused as error:
                if isinstance(error.rest, ItemDraft):
                    self._not_of_examples(error.rest, listed, str(error))
                raise
            not_of_examples(finding, listed, self.passage, self.examples)
            if surplus := self._surplus(finding):
                raise Broken(surplus)
            self.findings.append(finding)

        return check

    def _not_of_examples(self, rest: ItemDraft, listed: ItemList, line: str) -> None:
        """Refuse what is left of an item where it was taken from the examples, with its line."""
        try:
            not_of_examples(rest, listed, self.passage, self.examples)
        except Refused as error:
            raise Refused(f"{line};{error}") from error

    def _surplus(self, finding: ItemDraft) -> str:
        """A line where its class says that a sentence tells of no more items; else nothing."""
        item = next(listed.item for listed in self.schema.lists if listed.name == finding.list)
        most = getattr(item, "__most__", None)
        first = finding.sentences[0]
        told = [f for f in self.findings if f.list == finding.list and f.sentences[0] is first]
        is_full = most is not None and not len(told) < most
        return f"its sentence tells of {most} at most" if is_full else ""

    def _own(self, own: OwnField) -> Callable[[Any], None]:
        def check(raw: Any) -> None:
            said = own_field(own, raw, self.passage)
            if said is not None:
                self.own.append(said)

        return check

    def _fact(self, name: str) -> Callable[[Any], None]:
        def check(raw: Any) -> None:
            self.facts[name] = checks.fact(raw, self.text)

        return check

    def _try(self, name: str, raw: Any, shape: str, check: Callable[[Any], None]) -> None:
        try:
            check(raw)
        except Refused as error:
            line = in_language(str(error), self.language)
            self.refused[name] = Refusal(raw, line, shape, check, error.rest)
        except Broken as error:
            self._tell("item_dropped", f"{name}: {error}", self._cited(raw))

    def _tell_apart(self, raws: dict[str, Any]) -> None:
        """Refuse what has another figure's label."""
        keys = {id_: key for key, id_ in self.passage.keys.items()}
        for id_, line in checks.repeated(self.figures, self.passage.mentions).items():
            key = keys[id_]
            raw = raws.get(key, self.figures[id_].label)
            del self.figures[id_]
            told = in_language(line, self.language)
            self.refused[key] = Refusal(raw, told, "figure", self._figure(id_))

    def _tell(self, code: str, message: str, place: Span | None = None) -> None:
        ref = f"{place.start}-{place.end}" if place else None
        self.issues.append(Issue(code=code, severity="info", message=message, ref=ref))

    def _place(self, key: str) -> Span:
        """Where a quantity stands."""
        return self.passage.mentions[self.passage.keys[key]].span

    def _cited(self, raw: Any) -> Span | None:
        """The first sentence that an answer cites, None where it cites none."""
        try:
            cited = checks.cited_by(raw.get(CITED) if isinstance(raw, dict) else None, self.passage)
        except Refused:
            return None
        return next(sentence.raw for sentence in cited.values())


def _shown(raw: Any) -> str:
    """An answer as given, its beginning."""
    return json.dumps(raw, ensure_ascii=False)[:SHOWN]


def _says_less(second: Any, first: Any) -> bool:
    """Whether of a second answer nothing stands, or fewer values than of the first."""
    if first is None or second is None:
        return first is not None
    both = [one for one in (second, first) if isinstance(one, ItemDraft)]
    values = [sum(map(_count, one.values.values())) for one in both]
    return len(values) > 1 and values[0] < values[1]


def _count(value: Any) -> int:
    """How many values there are in one, at any depth."""
    if isinstance(value, Pick):
        return 1
    if isinstance(value, BaseModel):
        value = [inside for _, inside in value]
    if isinstance(value, tuple | list):
        return sum(map(_count, value))
    return int(value not in (None, ""))
