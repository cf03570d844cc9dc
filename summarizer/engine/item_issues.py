"""What became of the answers about items that do not stand, each told with what was answered."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import Any

from summarizer.engine.answers import CITED
from summarizer.engine.faults import for_reader
from summarizer.engine.item_draft import ItemDraft
from summarizer.engine.item_list import ItemList
from summarizer.types import Issue
from summarizer.zh.segment import Sentence

SHOWN = 40  # characters of a sentence in a message


def choices_replaced(listed: ItemList, raw: Any, finding: ItemDraft) -> list[Issue]:
    """That a choice is the item's own words' and not the one that was answered, with both."""
    choices = [name for name in listed.asked if listed.types[name].members]
    answered = {name: raw.get(name) for name in choices} if isinstance(raw, dict) else {}
    return [
        Issue(
            code="choice_replaced",
            severity="info",
            message=f"{listed.name}: {name} “{_plain(finding.values[name])}” stands for “{said}”",
        )
        for name, said in answered.items()
        if isinstance(said, str) and _plain(finding.values.get(name)) != said
    ]


def _plain(choice: Any) -> Any:
    """A choice as it is answered: of an Enum the value."""
    return choice.value if isinstance(choice, Enum) else choice


def item_replaced(listed: ItemList, draft: ItemDraft, raw: Any) -> Issue:
    """That a sentence's own words stand for an answer, with both."""
    name = listed.actions[0]
    message = f"{listed.name}: “{draft.values[name]}” stands for “{raw.get(name, '')}”"
    return Issue(code="item_replaced", severity="info", message=message)


def texts_replaced(listed: ItemList, raw: Any, whole: Any) -> list[Issue]:
    """That a text is whole, of a clause or of a name, or quoted as the source does, with both."""
    if not isinstance(raw, dict):
        return []
    changed = [name for name in listed.asked if name in raw and whole[name] != raw[name]]
    told = ((name, _joined(whole[name]), _joined(raw[name])) for name in changed)
    return [
        Issue(
            code="text_replaced",
            severity="info",
            message=f"{listed.name}: {name} “{kept}” stands for “{said}”",
        )
        for name, kept, said in told
    ]


def _joined(words: Any) -> str:
    return "、".join(map(str, words)) if isinstance(words, list) else str(words)


def citation_replaced(
    listed: ItemList, raw: Any, recited: Any, texts: Sequence[str]
) -> list[Issue]:
    """That an item cites the sentence that bears its words and not what it answered, with both."""
    if recited is raw or raw.get(CITED) == recited[CITED]:
        return []
    answered, borne = (
        " … ".join(texts[number - 1][:SHOWN] for number in one[CITED]) for one in (raw, recited)
    )
    message = f"{listed.name}: the sentence “{borne}” stands for “{answered}”"
    return [Issue(code="citation_replaced", severity="info", message=message)]


def placed(issues: Sequence[Issue], raw: Any, sentences: Sequence[Sentence]) -> list[Issue]:
    """The issues of an answer, with the first of the sentences that it cites as their place."""
    cited = raw.get(CITED) if isinstance(raw, dict) else None
    first = cited[0] if isinstance(cited, list) and cited else 0
    if not isinstance(first, int) or not 0 < first <= len(sentences):
        return list(issues)
    span = sentences[first - 1].raw
    ref = f"{span.start}-{span.end}"
    return [issue if issue.ref else issue.model_copy(update={"ref": ref}) for issue in issues]


def item_dropped(listed: ItemList, raw: Any, fault: str) -> Issue:
    """That an answer is no item, and why; for a reader, who can do nothing about it."""
    values = raw.values() if isinstance(raw, dict) else ()
    words = "、".join(value for value in values if isinstance(value, str))
    message = f"{listed.name}: {words[:60]}: {for_reader(fault)}"
    return Issue(code="item_dropped", severity="info", message=message)
