"""Names in an item's answer that a small model cut, or told one of where several act.

Its answer begins with the first characters of a sentence as its key, and it goes on behind them:
"4.县审计局" is the key, and 局 the office. Of 县水务局、县林业局 it writes the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from summarizer.engine.answers import CITED
from summarizer.engine.item_list import ItemList
from summarizer.engine.passage import AskedPassage
from summarizer.zh.agents.together import divides
from summarizer.zh.names import Name, find_names
from summarizer.zh.script import fold

LED = 3  # characters that the beginning of a name has at least more than one: 教育 is a field


def with_whole_names(
    listed: ItemList, raw: dict[str, Any], passage: AskedPassage
) -> dict[str, Any]:
    """The answer with words of the source that are the end of one name, or its beginning, as it.

    Of a list of words those that are told in one breath with one of them are in it, too, but where
    the sentence divides what they do (分别, 其中), or names one of them again.
    """
    cited = [n for n in raw.get(CITED) or () if isinstance(n, int) and 0 < n <= len(passage.body)]
    named = [name for n in cited for name in passage.body[n - 1].names]
    text = "\n".join(passage.texts[n - 1] for n in cited)
    groups = [
        group
        for n in cited
        for group in passage.hooks.together(passage.body[n - 1])
        if not _divides(passage.texts[n - 1], group)
    ]
    whole = dict[str, Any]()
    for field, tree in listed.types.items():
        said = raw.get(field)
        if tree.is_verbatim and isinstance(said, str):
            whole[field] = _whole(said, named, text)
        elif tree.inner is not None and tree.inner.is_verbatim and isinstance(said, list):
            names = [_whole(one, named, text) for one in said if isinstance(one, str)]
            whole[field] = [*dict.fromkeys(one for name in names for one in _joint(name, groups))]
    return raw | whole


def _whole(words: str, named: Sequence[Name], text: str) -> str:
    """The name that some words are no more than a part of; a place in one is a name of its own."""
    said = fold(words)
    edges = [fold(n.text) for n in named if said and fold(n.text).endswith(said)]
    edges += [fold(n.text) for n in named if len(said) > LED and fold(n.text).startswith(said)]
    longer = [name for name in edges if name != said] if said not in edges else []
    if len(set(longer)) != 1 or any(name.kind == "place" for name in find_names(words)):
        return words
    name = longer[0]
    return name if text.count(name) * name.count(said) == text.count(said) else words


def _divides(text: str, group: Sequence[Name]) -> bool:
    """Whether a sentence says of each of some names something of its own."""
    names = [fold(one.text) for one in group]
    return divides(text) or any(text.count(name) > 1 for name in names)


def _joint(name: str, groups: Sequence[Sequence[Name]]) -> list[str]:
    """The names that are told in one breath with one, itself among them."""
    for group in groups:
        names = [fold(one.text) for one in group]
        if fold(name) in names:
            return names
    return [name]
