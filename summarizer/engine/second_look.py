"""A second look for the fields of items that stand elsewhere: what became of what an audit found.

`status: … = ask("整改情况", where="整改")`: for the items that have none yet, each part of the text
whose headings or sentences hold the word is read once more, with the items beside it by number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any

from pydantic import TypeAdapter, ValidationError

from summarizer.documents.clean import CleanText
from summarizer.engine import faults
from summarizer.engine import reading_checks as checks
from summarizer.engine.answers import CITED, keyed
from summarizer.engine.chunk import Chunk
from summarizer.engine.evidence import evidence
from summarizer.engine.faults import for_reader
from summarizer.engine.field_shapes import NULL, FieldShapes
from summarizer.engine.field_types import is_same_value, picks_in
from summarizer.engine.field_words import field_words
from summarizer.engine.item_draft import PROOFS, ItemDraft
from summarizer.engine.item_list import ItemList
from summarizer.engine.lines import in_language
from summarizer.engine.marked import MarkedPassage, one_line, readings
from summarizer.engine.marks import Marks
from summarizer.engine.nested import free_texts
from summarizer.engine.prompt import load_template
from summarizer.engine.reading import Reader
from summarizer.engine.reading_answer import loose_model
from summarizer.engine.reading_checks import Refused
from summarizer.engine.reading_items import within
from summarizer.errors import AnswerRejected, AnswerTruncated
from summarizer.fields import hints
from summarizer.types import Issue
from summarizer.zh.retold import is_of_another
from summarizer.zh.script import fold
from summarizer.zh.segment import Sentence

SECOND = "second.v1"
SHOWN = 60  # characters of an item's words beside its number
LEAST_NAME = 3  # characters of a name that says by itself whom a sentence is of
MOST = 40  # items that one request asks about


@dataclass(frozen=True, slots=True)
class SecondLook:
    """Looks for the fields of one list that are asked for elsewhere."""

    reader: Reader
    listed: ItemList

    def look(self, drafts: Sequence[ItemDraft]) -> tuple[list[ItemDraft], list[Issue]]:
        """The drafts of the list, those that lack a field with what other parts say of it."""
        found = list(drafts)
        issues: list[Issue] = []
        for word, names in fields_elsewhere(self.listed).items():
            for chunk in self._parts(word):
                lacking = [
                    n
                    for n, one in enumerate(found)
                    if any(one.values.get(name) in (None, [], ()) for name in names)
                ]
                for at in range(0, len(lacking), MOST):
                    asked = lacking[at : at + MOST]
                    issues += self._filled(found, asked, names, chunk)
        return found, issues

    def _parts(self, word: str) -> list[Chunk]:
        """The sentences of a word in chunks."""
        held = parts_with(word, self.reader.document.sentences)
        chars, most = self.reader.asker.policy.chunk_chars, self.reader.asker.policy.chunk_mentions
        return readings(held, chars=chars, mentions=most, with_cells=True)

    def _filled(
        self, found: list[ItemDraft], asked: Sequence[int], names: Sequence[str], chunk: Chunk
    ) -> list[Issue]:
        """Fill in what a part says of some items; an issue for each answer that cannot stand."""
        reader = self.reader
        passage = MarkedPassage(chunk, reader.document.sentences, reader.marks, reader.picker)
        answer, issues = self._asked(found, asked, names, passage)
        for number, n in enumerate(asked, 1):
            raw = answer.get(str(number))
            if raw is None:
                continue
            try:
                self._refuse_neighbours(found, n, _cited(raw, passage))
                found[n], wrong = self._with(found[n], raw, names, passage)
            except Refused as error:
                wrong = [str(error)]
            for line in wrong:
                told = in_language(line, reader.asker.language)
                message = f"{self.listed.name}: {shown(found[n])}: {for_reader(told)}"
                issues.append(dropped(message, found[n]))
        return issues

    def _refuse_neighbours(
        self, found: Sequence[ItemDraft], n: int, cited: Mapping[int, Sentence]
    ) -> None:
        """Refuse sentences that all are of another and do not name this one.

        They open with the name of another item, or with an office's, and share nothing with this.
        """
        own = {fold(words) for words in self.listed.verbatim_words(found[n].values)}
        others = {fold(w) for one in found for w in self.listed.verbatim_words(one.values)} - own
        texts = [fold(s.text) for s in cited.values()]
        if not own or any(words in text for words in own for text in texts):
            return
        openings = tuple(words for words in others if not len(words) < LEAST_NAME)
        picks = (pick.text for pick in picks_in([*found[n].values.values()]))
        words = [*(words for words in said_of(found[n]) if words not in own), *map(fold, picks)]
        if all(text.startswith(openings) or is_of_another(text, own, words) for text in texts):
            raise Refused(f"“{texts[0][:SHOWN]}”说的是别的条目")

    def _asked(
        self,
        found: Sequence[ItemDraft],
        asked: Sequence[int],
        names: Sequence[str],
        passage: MarkedPassage,
    ) -> tuple[dict[str, Any], list[Issue]]:
        reader, shapes = self.reader, FieldShapes(passage)
        assert reader.picker is not None, "a schema with hints has a picker"
        fields = {name: self.listed.fields[name] for name in names}
        shape = keyed({name: _maybe(shapes.field(info)) for name, info in fields.items()})
        number = {"type": "integer", "minimum": 1, "maximum": len(passage.body)}
        shape["properties"][CITED] = {"type": "array", "items": number, "minItems": 1}
        shape["required"] = [*shape["required"], CITED]
        keys = [str(n) for n, _ in enumerate(asked, 1)]
        said = {key: {"anyOf": [{"$ref": "#/$defs/said"}, NULL]} for key in keys}
        template = load_template(SECOND, language=reader.asker.language)
        messages = template.messages(
            fixed={
                "about": self.listed.about,
                "asked": list(field_words(fields, reader.picker.setting).values()),
                "marks": reader.marks,
            },
            headings=passage.headings,
            lines=passage.lines,
            items=[f"{key} {shown(found[n])}" for key, n in zip(keys, asked, strict=True)],
        )
        model = loose_model("Second", said, {"said": shape} | shapes.defs)
        try:
            answer = reader.asker.ask(
                messages, model, max_tokens=reader.asker.max_tokens, about=template.id
            )
        except (AnswerRejected, AnswerTruncated) as error:
            message = f"{self.listed.name}: no usable answer to a second look: {error}"
            return {}, [Issue(code="no_answer", severity="warning", message=message)]
        return answer.model_dump(exclude_unset=True), []

    def _with(
        self, draft: ItemDraft, raw: dict[str, Any], names: Sequence[str], passage: MarkedPassage
    ) -> tuple[ItemDraft, list[str]]:
        """An item with what was answered of its fields, and a line for each that cannot stand."""
        said: dict[str, Any] = {}
        lines: list[str] = []
        for name in names:
            value, wrong = self._value(name, raw.get(name), passage)
            known = draft.values.get(name)
            if value not in (None, [], ()) and known in (None, [], ()):
                said[name] = value
            elif value not in (None, [], ()) and not is_same_value(known, value):
                lines.append(f"{name}: {known} stands, not {value}")
            lines += [wrong] if wrong else []
        cited = checks.cited_by(raw.get(CITED), passage)
        near, line = within(self.listed, said, cited, passage)
        said = {name: value for name, value in (said | near).items() if value not in (None, [], ())}
        lines += [line] if line else []
        cited |= checks.said_at(picks_in(tuple(said.values())), passage)
        around = "\n".join(fold(s.text) for s in cited.values())
        for name, value in list(said.items()):
            try:
                for words in free_texts(self.listed.fields[name].annotation, value):
                    checks.grounded(words, f"{passage.source}\n{around}", around)
            except Refused as error:
                del said[name]
                lines.append(f"{name}:{error}")
        if not said:
            return draft, lines
        return filled(self.listed, draft, said, cited, self.reader.document.text), lines

    def _value(self, name: str, raw: Any, passage: MarkedPassage) -> tuple[Any, str]:
        """What stands of an answer of a field, and the line against it."""
        info, tree = self.listed.fields[name], self.listed.types[name]
        annotated: Any = Annotated[info.annotation, info]
        if raw is None or passage.picker is None:
            return None, ""
        about = info.description or ""
        made, wrong = passage.picker.standing(tree, raw, passage.places, about)
        try:
            value = None if made is None else TypeAdapter(annotated).validate_python(made)
        except ValidationError as error:
            return None, faults.message(error)
        return value, f"{name}:{wrong}" if wrong else ""


def second_looks(
    reader: Reader, drafts: Sequence[ItemDraft]
) -> tuple[list[ItemDraft], list[Issue]]:
    """All drafts, those of lists with such fields after a second look."""
    found: list[ItemDraft] = []
    issues: list[Issue] = []
    for listed in reader.schema.lists:
        mine = [draft for draft in drafts if draft.list == listed.name]
        looked, wrong = SecondLook(reader, listed).look(mine)
        found += looked
        issues += wrong
    return found, issues


def fields_elsewhere(listed: ItemList) -> dict[str, list[str]]:
    """The fields of a list that are looked for elsewhere, by the word of their sections."""
    by_word: dict[str, list[str]] = {}
    for name, field in listed.fields.items():
        if word := hints(field.metadata).where:
            by_word.setdefault(word, []).append(name)
    return by_word


def parts_with(word: str, sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences that hold a word or stand under a heading that does."""
    if not sentences:
        return []
    word = fold(word)
    whole = MarkedPassage(Chunk(tuple(sentences)), sentences, Marks("", ""))
    return [
        s
        for s in sentences
        if not s.heading
        and (word in fold(s.text) or any(word in fold(h.text) for h in whole.over(s)))
    ]


def filled(
    listed: ItemList,
    draft: ItemDraft,
    said: dict[str, Any],
    cited: dict[int, Sentence],
    text: CleanText,
) -> ItemDraft:
    """An item with some fields that it lacked, and the sentences that say them."""
    sentences = {s.number: s for s in (*draft.sentences, *cited.values())}
    quoted = tuple(evidence(s, text) for s in cited.values())
    proofs = draft.values.get(PROOFS, {}) | dict.fromkeys(said, quoted)
    kept = {PROOFS: proofs} if PROOFS in listed.item.model_fields else {}
    ordered = tuple(sentences[n] for n in sorted(sentences))
    return replace(draft, values=draft.values | said | kept, sentences=ordered)


def _cited(raw: Any, passage: MarkedPassage) -> dict[int, Sentence]:
    if not isinstance(raw, dict):
        raise Refused("要写成对象 {…} 或 null")
    return checks.cited_by(raw.get(CITED), passage)


def dropped(message: str, draft: ItemDraft) -> Issue:
    """That a second look at an item gave nothing, with the sentence that it is of."""
    place = draft.sentences[0].raw
    ref = f"{place.start}-{place.end}"
    return Issue(code="second_look_dropped", severity="info", message=message, ref=ref)


def _maybe(shape: dict[str, Any]) -> dict[str, Any]:
    return shape if NULL in shape.get("anyOf", ()) or shape == NULL else {"anyOf": [shape, NULL]}


def shown(draft: ItemDraft) -> str:
    """What an item says, in a few words and with its numbers, by which it may differ alone."""
    words = one_line(":".join(said_of(draft)))[:SHOWN]
    picks = one_line(fold(":".join(pick.text for pick in picks_in([*draft.values.values()]))))
    return ":".join(filter(None, (words, picks[:SHOWN])))


def said_of(draft: ItemDraft) -> Iterator[str]:
    """The words of an item, in simplified characters."""
    for value in draft.values.values():
        if isinstance(value, str):
            yield fold(value)
        elif isinstance(value, tuple | list):
            yield from (fold(one) for one in value if isinstance(one, str))
