"""A list that came back full is asked on: what else the passage has, with what was told before.

Full is a list of as many items as are taken of one answer, and one whose answer ran into the token
limit though its passage cannot be halved.
"""

from __future__ import annotations

from typing import Any

from summarizer.engine.ask import StructuredCaller
from summarizer.engine.field_types import picks_in
from summarizer.engine.field_words import field_words
from summarizer.engine.item_draft import ItemDraft
from summarizer.engine.item_list import ItemList
from summarizer.engine.marked import MarkedPassage, one_line
from summarizer.engine.pick_checks import Setting
from summarizer.engine.prompt import load_template
from summarizer.engine.reading_answer import more_model
from summarizer.engine.reading_draft import Draft
from summarizer.errors import AnswerRejected, AnswerTruncated
from summarizer.fields import Pick
from summarizer.zh.script import fold

MORE = "more.v1"
PART = 40  # items that one request asks for
LEAST_PART = 5
ROUNDS = 6  # requests for one list of a passage
SHOWN = 60  # characters of an item that was told before


def ask_on(asker: StructuredCaller, draft: Draft, listed: ItemList) -> None:
    """Ask for the rest of a list until there is none; an issue where it never ends."""
    part = PART
    for _ in range(ROUNDS):
        try:
            given = _more(asker, draft, listed, part)
        except AnswerTruncated:
            part //= 2
            if part < LEAST_PART:
                break
            continue
        except AnswerRejected:
            break
        is_new = draft.take_more(listed, given)
        if len(given) < part or not is_new:
            return
    draft.tell_full(listed)


def _more(asker: StructuredCaller, draft: Draft, listed: ItemList, most: int) -> list[Any]:
    """What one request brings."""
    passage, template = draft.passage, load_template(MORE, language=asker.language)
    setting = passage.picker.setting if passage.picker else Setting(language=asker.language)
    messages = template.messages(
        fixed={
            "name": listed.name,
            "about": listed.about,
            "asked": list(field_words(listed.fields, setting).values()),
            "marks": passage.marks,
            "most": most,
        },
        headings=passage.headings,
        lines=passage.lines,
        items=[_shown(one) for one in draft.answered_so_far(listed)],
    )
    shape = more_model(listed, passage, most)
    answer = asker.ask(messages, shape, max_tokens=asker.max_tokens, about=template.id)
    given = answer.model_dump(exclude_unset=True).get(listed.name)
    return given[:most] if isinstance(given, list) else []


def _shown(item: ItemDraft | dict[str, Any]) -> str:
    """An item in a few words: those of its fields, and the places that it picks."""
    values = item.values if isinstance(item, ItemDraft) else item
    words: list[str] = []
    for value in values.values():
        words += [value] if isinstance(value, str) else []
        if isinstance(value, tuple | list):
            words += [one for one in value if isinstance(one, str)]
        words += [pick.text for pick in picks_in(value) if isinstance(pick, Pick)]
    return one_line(fold(":".join(words)))[:SHOWN]


def is_whole(passage: MarkedPassage) -> bool:
    """Whether a passage is one sentence, which an answer that is too long cannot be halved by."""
    return len(passage.chunk.sentences) == 1 and not passage.chunk.mentions
