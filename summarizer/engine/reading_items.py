"""An answer of a list as a finding that its own class takes, or a line against it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from summarizer.documents.clean import CleanText
from summarizer.engine import faults
from summarizer.engine.answers import CITED
from summarizer.engine.field_types import FieldType, picks_in
from summarizer.engine.grounding import char_recall, leaked_from_examples, ungrounded_numbers
from summarizer.engine.item_draft import Broken, ItemDraft, made
from summarizer.engine.item_list import ItemList
from summarizer.engine.marked import MarkedPassage
from summarizer.engine.pick_checks import about_item
from summarizer.engine.reading_answer import FIGURES
from summarizer.engine.reading_checks import (
    SURE,
    Refused,
    as_list,
    cited_by,
    grounded,
    holding,
    plain_words,
    said_at,
)
from summarizer.engine.standing import GONE, Fault, Left, Path, leaves, without
from summarizer.fields import Pick
from summarizer.types import Mention
from summarizer.zh.script import fold
from summarizer.zh.segment import Sentence


def item(
    listed: ItemList, raw: Any, passage: MarkedPassage, text: CleanText, context: Mapping[str, Any]
) -> ItemDraft:
    """An answer of a list as a finding that its own class takes.

    Raises Refused with all that is wrong with it; what stands all the same, with optional fields
    empty and entries left out of lists, is the rest.
    """
    if not isinstance(raw, dict):
        raise Refused("要写成对象 {…}")
    reading = _Reading(listed, passage, text, context)
    return reading.of(raw)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What an answer of a list is held against."""

    listed: ItemList
    passage: MarkedPassage
    text: CleanText
    context: Mapping[str, Any]

    def of(self, raw: dict[str, Any]) -> ItemDraft:
        """An answer, checked part by part. Raises Refused."""
        tree = FieldType(self.listed.item, parts=self.listed.types)
        left = Left(tree, {name: raw[name] for name in self.listed.fields if name in raw})
        cited = self._cited(raw, left)
        self._pick(raw, left)
        self._kind(left)
        own = self._own(raw.get(FIGURES), left)
        left.drop(self._misquoted(left, cited)[1])
        near = self._misquoted(left, cited)[0]
        left.drop(far_picks(tree, left.value, near, self.passage))
        cited = self._misquoted(left, cited)[0]
        stated = own if isinstance(raw.get(FIGURES), list) else None
        finding = self._made(left, cited, stated)
        faults = [*self._ungrounded(left, finding)]
        if left.drop(faults):
            finding = self._made(left, cited, stated)
        if left.is_lost or (left.lines and left.says_nothing):
            raise Refused(left.line)
        if left.lines:
            raise Refused(left.line, finding)
        return finding

    def _cited(self, raw: dict[str, Any], left: Left) -> dict[int, Sentence]:
        """The sentences cited; all of them where those cannot be, for what else is wrong."""
        try:
            return cited_by(raw.get(CITED), self.passage)
        except Refused as error:
            left.lose(str(error))
            return {s.number: s for s in self.passage.body}

    def _pick(self, raw: dict[str, Any], left: Left) -> None:
        """Put values in the place of keys; of lists those that can stand."""
        if (picker := self.passage.picker) is None:
            return
        for name, tree in self.listed.picks.items():
            about = about_item(self.listed.fields[name].description, raw)
            value, wrong = picker.standing(tree, raw.get(name), self.passage.places, about)
            if wrong and value is None and tree.inner is not None and not tree.is_optional:
                value = []
            left.value[name] = value
            line = f"{name}:{wrong}"
            if wrong and value is None and not tree.is_optional:
                left.lose(line, (name,))
            elif wrong:
                left.lines.append(line)

    def _kind(self, left: Left) -> None:
        """What the item's name names, as the text says: where it is not said, or no such thing."""
        for field in self.listed.kinds:
            said, choices = left.value.get(field), self.listed.types[field].choices
            for words in (plain_words(left.value.get(name)) for name in self.listed.names):
                found = (n for s in self.passage.chunk.sentences for n in s.names)
                told = {n.kind for n in found if fold(n.text) == words}
                if len(told) != 1 or not told <= {*choices}:
                    continue
                (kind,) = told
                is_kept = said in choices and (kind == "person") == (said == "person")
                left.value[field] = said if is_kept else kind
                if not is_kept and said:
                    left.lines.append(f"“{words}”是{kind},不是{said},请改正")

    def _own(self, raw: Any, left: Left) -> tuple[Mention, ...]:
        """The quantities that an item says are its own, by their ids or by their whole keys."""
        keys, mentions = self.passage.keys, self.passage.mentions
        named = [keys.get(str(one), str(one)) for one in as_list(raw)]
        if unknown := [id_ for id_ in named if id_ not in mentions]:
            left.lose(f"figures 里的{'、'.join(unknown)}不是给出的代号")
        return tuple(mention for id_, mention in mentions.items() if id_ in named)

    def _misquoted(
        self, left: Left, cited: Mapping[int, Sentence]
    ) -> tuple[dict[int, Sentence], list[Fault]]:
        """The sentences with those that words of the source stand in, and the words of none."""
        found, faults = dict(cited), list[Fault]()
        for name, tree in self.listed.types.items():
            said = left.value.get(name)
            if tree.inner is not None and tree.inner.is_verbatim and isinstance(said, list):
                left.value[name] = [*dict.fromkeys(map(plain_words, said))]
        absent = (n for n in self.listed.verbatim if not isinstance(left.value.get(n), str))
        words: list[tuple[Path, Any]] = [((name,), "") for name in absent]
        words += [
            (at, plain_words(said))
            for at, tree, said in leaves(left.tree, left.value)
            if tree.is_verbatim and isinstance(said, str)
        ]
        for at, said in sorted(words, key=lambda one: len(one[0])):
            try:
                found |= holding(said, found, self.passage)
            except Refused as error:
                is_entry = isinstance(at[-1], int) and len(at) > 1
                faults.append((at, f"{at[0]}:{error}" if is_entry else str(error)))
        return found, faults

    def _made(
        self, left: Left, cited: Mapping[int, Sentence], own: tuple[Mention, ...] | None
    ) -> ItemDraft:
        """A finding of what is left that its own class takes, its values as the class has them."""
        while True:
            finding = self._finding(left, dict(cited), own)
            try:
                whole = made(self.listed, finding, self.text, self.context)
            except ValidationError as error:
                if not left.drop(faults.each(error)):
                    return finding
            except Broken:
                if left.is_lost:
                    return finding
                raise
            else:
                left.value = {name: getattr(whole, name) for name in left.value}
                return replace(finding, values=left.value)

    def _finding(
        self, left: Left, cited: dict[int, Sentence], own: tuple[Mention, ...] | None
    ) -> ItemDraft:
        picks = tuple(picks_in(tuple(left.value.values())))
        cited |= said_at(picks, self.passage)
        for mention in own or ():
            sentence = self.passage.sentence_of(mention)
            cited.setdefault(sentence.number, sentence)
        cited |= _headed(self.listed, left.value, cited, self.passage)
        stated = None if own is None else (*(m.span for m in own), *(pick.span for pick in picks))
        ordered = tuple(cited[n] for n in sorted(cited))
        return ItemDraft(self.listed.name, left.value, ordered, stated)

    def _ungrounded(self, left: Left, finding: ItemDraft) -> Iterator[Fault]:
        """The texts that the sentences do not say."""
        around = "\n".join(fold(s.text) for s in finding.sentences)
        for at, tree, words in leaves(left.tree, left.value):
            is_free = tree.leaf is str and not tree.is_verbatim and at[0] in self.listed.asked
            if is_free and isinstance(words, str):
                try:
                    grounded(words, f"{self.passage.source}\n{around}", around)
                except Refused as error:
                    yield at, str(error)


def far_picks(
    tree: FieldType, value: Any, cited: Mapping[int, Sentence], passage: MarkedPassage
) -> list[Fault]:
    """The picks of a sentence that is not cited.

    A heading cannot be cited. Whose number it is nobody said: 县民政局's sentence is another's.
    """
    near = {s.raw for s in passage.chunk.sentences if s.heading or s.number in cited}
    return [
        (at, f"“{one.text}”不在所引的句子里,请照抄原文或改正编号")
        for at, _, one in leaves(tree, value)
        if isinstance(one, Pick) and one.evidence.span not in near
    ]


def within(
    listed: ItemList,
    values: Mapping[str, Any],
    cited: Mapping[int, Sentence],
    passage: MarkedPassage,
) -> tuple[dict[str, Any], str]:
    """The fields without picks of a sentence that is not cited, and the line against these."""
    kept: dict[str, Any] = {}
    lines: list[str] = []
    for name, tree in listed.picks.items():
        if far := far_picks(tree, values.get(name), cited, passage):
            left = without(tree, values.get(name), [at for at, _ in far])
            kept[name] = None if left is GONE else left
            lines += [line for _, line in far]
    return kept, ";".join(lines)


def not_of_examples(
    finding: ItemDraft, listed: ItemList, passage: MarkedPassage, examples: str
) -> None:
    """Refuse what was taken from the prompt's examples."""
    for name in listed.prose:
        words = str(finding.values.get(name, ""))
        if char_recall(words, passage.source) < SURE and leaked_from_examples(
            words, examples, passage.source
        ):
            raise Refused(f"“{words}”是例子里的话,请改用句子里的词")


def _headed(
    listed: ItemList, values: dict[str, Any], cited: dict[int, Sentence], passage: MarkedPassage
) -> dict[int, Sentence]:
    """The headings over the cited sentences that hold a number of the words which those lack."""
    words = "".join(plain_words(values.get(name)) for name in listed.prose)
    found: dict[int, Sentence] = {}
    for number in ungrounded_numbers(words, "\n".join(s.text for s in cited.values())):
        over = (h for s in cited.values() for h in passage.over(s))
        found |= {h.number: h for h in over if not ungrounded_numbers(number, h.text)}
    return found
