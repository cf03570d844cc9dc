"""Words of an item that a small model wrote and that are broken: ended, or the sentence's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic import ValidationError

from summarizer.engine.answers import longest
from summarizer.engine.hooks import Hooks
from summarizer.engine.item_draft import Broken, ItemDraft
from summarizer.engine.item_list import ItemList
from summarizer.zh.broken import broken, cut
from summarizer.zh.labels.endings import balanced, ended


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
