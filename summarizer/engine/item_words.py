"""Words of an item that a small model wrote and that are broken: ended, or the sentence's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pydantic import ValidationError

from summarizer.engine.answers import CITED, is_held, longest
from summarizer.engine.hooks import Hooks
from summarizer.engine.item_draft import Broken, ItemDraft
from summarizer.engine.item_list import ItemList
from summarizer.engine.passage import AskedPassage
from summarizer.zh.action_verbs import has_action_verb
from summarizer.zh.broken import broken, cut
from summarizer.zh.labels.endings import balanced, ended
from summarizer.zh.labels.phrases import trimmed
from summarizer.zh.segment import clause_spans


def whole_words(said: str, source: str, *, is_cut: bool) -> str:
    """A text up to its last whole clause or part, where it was cut or ends on what is broken.

    >>> whole_words("收费2.5元,付工资、维修费", "收费2.5元,付工资、维修费用", is_cut=False)
    '收费2.5元'
    """
    whole = ended(said) if is_cut else balanced(said)
    if not broken(whole, source, of_party=True):
        return whole
    shorter = ended(whole)
    return whole if broken(shorter, source, of_party=True) else shorter


def needs_no_verb(listed: ItemList, raw: Any, passage: AskedPassage) -> bool:
    """Whether an answer needs no verb of a list: its sentence was judged to tell of an action.

    Where rules know a verb in that they have words for it, which tell more.
    """
    cited = (raw.get(CITED) if isinstance(raw, dict) else None) or ()
    known = range(1, len(passage.body) + 1)
    if not listed.is_of_actions or not cited:
        return False
    if not all(n in known and is_held(listed, passage, n) for n in cited):
        return False
    return not any(passage.hooks.fallback_title(passage.texts[n - 1]) for n in cited)


def in_its_clause(listed: ItemList, raw: dict[str, Any], texts: Sequence[str]) -> dict[str, Any]:
    """An answer whose action no verb of a list tells, with what leads to its words in their clause.

    Of 组建县级供水维修队 a small model may take the last three words.
    """
    name, text = listed.actions[0], "".join(texts[number - 1] for number in raw[CITED])
    said = str(raw.get(name, ""))
    at = text.find(said) if said and not has_action_verb(said) else -1
    if at < 0:
        return raw
    start = max((one.start for one in clause_spans(text) if one.start <= at < one.end), default=at)
    whole = trimmed(text[start : at + len(said)])
    fits = len(said) < len(whole) <= longest(listed).get(name, len(whole))
    return raw | {name: whole} if fits and not broken(whole, text) else raw


def mended(
    listed: ItemList,
    finding: ItemDraft,
    answered: Any,
    hooks: Hooks,
    check: Callable[[Any], ItemDraft],
) -> tuple[ItemDraft, dict[str, str]]:
    """The finding with its sentence's own words for an action in broken ones, and those words."""
    name = listed.actions[0] if listed.is_of_actions else ""
    source = "".join(sentence.text for sentence in finding.sentences)
    if not name or not broken(str(finding.values[name]), source):
        return finding, {}
    title = hooks.fallback_title(source)
    title = cut(title, longest(listed).get(name, len(title)))
    if not title or broken(title, source):
        return finding, {}
    try:
        return check(answered | {name: title}), {name: title}
    except (ValidationError, Broken):
        return finding, {}
