"""What rules cannot find of an item and a small model is not asked for with its words.

Asked to word an item, it is shown no keys, so a field of parts with a number in one of them
(`paid: list[Payment]`) is asked for once the item's words are known, by its sentences with their
places marked. An item that is numbers only, or such fields only, has no words to lead to it: every
sentence that may tell of one is asked for the whole of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from summarizer.engine.answers import CITED, keyed, most_told, telling
from summarizer.engine.checked_items import at
from summarizer.engine.chunk import Chunk
from summarizer.engine.field_choice import FIND, Chooser
from summarizer.engine.field_shapes import VALUE, FieldShapes
from summarizer.engine.field_words import field_words
from summarizer.engine.item_draft import Broken, ItemDraft
from summarizer.engine.item_issues import item_dropped
from summarizer.engine.item_list import ItemList, OwnField
from summarizer.engine.item_picks import item_places
from summarizer.engine.marked import MarkedPassage
from summarizer.engine.passage import AskedPassage, Refused
from summarizer.engine.prompt import load_template
from summarizer.engine.proposals import Proposer
from summarizer.engine.reading_answer import loose_model
from summarizer.engine.reading_checks import Refused as Wrong
from summarizer.engine.reading_items import item
from summarizer.engine.schema import Schema
from summarizer.errors import AnswerRejected, AnswerTruncated
from summarizer.types import Issue
from summarizer.zh.segment import Sentence

ROOM = 4  # times as many items that a sentence may tell of, asked once more
TOKENS = 800
SHOWN = 20  # characters of the sentence in an issue


@dataclass(frozen=True)
class ItemParts:
    """Asks for the fields of parts of one list's items, each once; `issues` are what is dropped."""

    listed: ItemList
    chooser: Chooser
    issues: list[Issue] = field(default_factory=list)
    _known: dict[tuple[str, str, tuple[int, ...]], Any] = field(default_factory=dict)

    def of(self, values: Mapping[str, Any], sentences: Sequence[Sentence]) -> dict[str, Any]:
        """The fields of parts of an item with these words, by the sentences that it cites."""
        words = " ".join(value for value in values.values() if isinstance(value, str))
        found: dict[str, Any] = {}
        for name in self.listed.mixed if sentences else ():
            key = (name, words, tuple(s.number for s in sentences))
            if key not in self._known:
                self._known[key] = self._asked(name, words, sentences)
            found[name] = self._known[key]
        return found

    def _asked(self, name: str, words: str, sentences: Sequence[Sentence]) -> Any:
        own = OwnField(name, self.listed.fields[name])
        drafts, wrong = self.chooser.in_words(own, *sentences, of=words)
        told = f"{self.listed.name}: "
        for one in wrong:
            issue = one.model_copy(update={"message": told + one.message})
            self.issues.append(at(sentences[0], issue))
        nothing: Any = [] if own.type.inner is not None and not own.type.is_optional else None
        return drafts[0].value if drafts else nothing


def whole_items(
    schema: Schema, chooser: Chooser, refused: Refused
) -> tuple[list[ItemDraft], list[Issue]]:
    """The items of all lists without words, and what is dropped."""
    found = [o for one in schema.lists for o in whole_of(one, schema, chooser, refused)]
    drafts = [one for one in found if isinstance(one, ItemDraft)]
    return drafts, [one for one in found if isinstance(one, Issue)]


def whole_of(
    listed: ItemList, schema: Schema, chooser: Chooser, refused: Refused | None = None
) -> Iterator[ItemDraft | Issue]:
    """The items of one such list, and what is dropped, as they are asked for."""
    asked = _Whole(listed, chooser)
    for passage in asked_whole(listed, schema, chooser.proposer, refused):
        yield from asked.of(passage)


def asked_whole(
    listed: ItemList, schema: Schema, proposer: Proposer, refused: Refused | None = None
) -> Iterator[AskedPassage]:
    """The sentences that are asked for whole items, each alone; none for a list with words.

    Where an item is numbers only, those with one that may be its own.
    """
    if listed.worded or not listed.asked:
        return
    is_bare = all(tree.is_bare for tree in listed.types.values())
    for sentence in proposer.document.sentences:
        passage = AskedPassage(Chunk((sentence,)), schema.hooks, refused=refused)
        if not telling(listed, passage):
            continue
        picks = [pick for tree in listed.picks.values() for pick in tree.picks]
        places = item_places(sentence, proposer.picker)
        if not is_bare or any(place.fits(pick) for place in places for pick in picks):
            yield passage


def requests_of_parts(listed: ItemList, schema: Schema, proposer: Proposer) -> int:
    """About how many requests whole items take, or parts: as if each sentence told of one."""
    if not listed.worded:
        return sum(1 for _ in asked_whole(listed, schema, proposer))
    sentences = proposer.document.sentences if listed.mixed else ()
    passages = (AskedPassage(Chunk((sentence,)), schema.hooks) for sentence in sentences)
    return len(listed.mixed) * sum(1 for passage in passages if telling(listed, passage))


@dataclass(frozen=True)
class _Whole:
    """Asks for whole items of one list, a sentence at a time."""

    listed: ItemList
    chooser: Chooser

    def of(self, asked: AskedPassage) -> Iterator[ItemDraft | Issue]:
        """The items that a sentence tells of, and what is dropped."""
        document, picker = self.chooser.proposer.document, self.chooser.proposer.picker
        [sentence] = asked.body
        passage = MarkedPassage(asked.chunk, document.sentences, self.chooser.marks, picker)
        try:
            raws = self._answered(asked, passage)
            if self._is_full(raws, asked):
                asked.room = ROOM
                raws = self._answered(asked, passage)
                if self._is_full(raws, asked):
                    told = f"{self.listed.name}: there may be more in “{asked.texts[0][:SHOWN]}…”"
                    yield at(sentence, Issue(code="list_full", severity="warning", message=told))
        except (AnswerRejected, AnswerTruncated) as error:
            told = f"no usable answer for “{asked.texts[0][:SHOWN]}…”: {error}"
            yield at(sentence, Issue(code="no_answer", severity="warning", message=told))
            return
        seen: list[Any] = []
        for raw in raws:
            if raw not in seen and _says_something(raw):
                yield from self._checked(raw, passage)
            seen.append(raw)

    def _checked(self, raw: Any, passage: MarkedPassage) -> Iterator[ItemDraft | Issue]:
        """An answer as an item, or what of it stands, and what is wrong with it."""
        text, context = self.chooser.proposer.document.text, self.chooser.asker.context
        whole = raw | {CITED: [1]} if isinstance(raw, dict) else raw
        try:
            yield item(self.listed, whole, passage, text, context)
        except Broken as error:
            yield at(passage.body[0], item_dropped(self.listed, raw, str(error)))
        except Wrong as error:
            dropped = item_dropped(self.listed, raw, str(error))
            is_kept = isinstance(error.rest, ItemDraft)
            if is_kept:
                yield error.rest
                dropped = dropped.model_copy(update={"code": "field_dropped"})
            yield at(passage.body[0], dropped)

    def _answered(self, asked: AskedPassage, passage: MarkedPassage) -> list[Any]:
        """What the model answers about a sentence, as many items as it may tell of."""
        setting, shapes = self.chooser.proposer.picker.setting, FieldShapes(passage)
        fields = {name: shapes.field(info) for name, info in self.listed.asked.items()}
        words = ";".join(field_words(self.listed.asked, setting).values())
        most = most_told(self.listed, asked, 1)
        shape = {"type": "array", "items": keyed(fields), "maxItems": most}
        messages = load_template(FIND).messages(
            asked=f"{self.listed.name}({self.listed.about}:{words})",
            text=passage.shown(passage.body[0]),
        )
        model = loose_model("Answer", {VALUE: shape}, shapes.defs)
        answer = self.chooser.asker.ask(messages, model, max_tokens=TOKENS, about=FIND)
        said = answer.model_dump(exclude_unset=True).get(VALUE)
        return said[:most] if isinstance(said, list) else []

    def _is_full(self, raws: Sequence[Any], asked: AskedPassage) -> bool:
        """Whether there may be more items than were told, though the class names no most."""
        is_limited = getattr(self.listed.item, "__most__", None) is not None
        return not is_limited and not len(raws) < most_told(self.listed, asked, 1)


def _says_something(raw: Any) -> bool:
    return not isinstance(raw, dict) or any(one not in (None, [], "") for one in raw.values())
