"""Items that rules put together, as their own class takes them, or what is wrong with them."""

from __future__ import annotations

from dataclasses import replace

from pydantic import ValidationError

from summarizer.engine.faults import message
from summarizer.engine.item_draft import Broken, ItemDraft, made
from summarizer.engine.item_issues import item_dropped
from summarizer.engine.item_list import ItemList
from summarizer.engine.picking import Picker
from summarizer.types import Issue
from summarizer.zh.segment import Sentence


def checked(listed: ItemList, draft: ItemDraft, picker: Picker) -> ItemDraft | Issue:
    """The draft as its own class takes it; an issue where a validator of the author refuses it."""
    try:
        item = made(listed, draft, picker.text)
    except ValidationError as error:
        return at(draft.sentences[0], item_dropped(listed, draft.values, message(error)))
    except Broken as error:
        return at(draft.sentences[0], item_dropped(listed, draft.values, str(error)))
    return replace(draft, values={name: getattr(item, name) for name in draft.values})


def at(sentence: Sentence, issue: Issue) -> Issue:
    """An issue with the place of the sentence that it is about."""
    ref = f"{sentence.raw.start}-{sentence.raw.end}"
    return issue.model_copy(update={"ref": ref})
