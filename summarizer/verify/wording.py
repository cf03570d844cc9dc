"""Words in the script that was asked for; quotes are never touched.

The model answers in simplified characters because it is asked in them. With `--script source` each
stretch of its words that the source has is given back in the source's own characters, so that a
surname such as 余 is not converted to 餘; only what the source lacks is converted.
"""

from __future__ import annotations

from typing import Any

from summarizer.clean import CleanText
from summarizer.schema import Schema
from summarizer.script import convert, detect, fold
from summarizer.types import Item, Summary


def worded(summary: Summary, schema: Schema, text: CleanText, script: str) -> Summary:
    """The summary with its labels, titles, names and free texts in the script asked for."""
    folded = fold(text.text)
    is_hant = detect(text.text) != "Hans"

    def say(words: str, near: int = 0) -> str:
        if script != "source":
            return convert(words, script)
        return restored(words, folded, text.text, near) if is_hant else words

    figures = tuple(
        f.model_copy(update={"label": say(f.label, text.to_clean(f.span).start)})
        for f in summary.figures
    )
    update: dict[str, Any] = {"figures": figures, "overview": say(summary.overview)}
    for name in ("title", "place", "publisher"):
        value = getattr(summary, name)
        update[name] = say(value) if value else value
    for listed in schema.lists:
        free = [n for n, f in listed.fields.items() if f.annotation is str]
        update[listed.name] = tuple(
            _item(item, free, text, say) for item in getattr(summary, listed.name)
        )
    return summary.model_copy(update=update)


def restored(words: str, folded: str, source: str, near: int = 0) -> str:
    """Simplified words in the source's characters where it has them, converted where not.

    >>> source = "區委書記余長明深入兩村"
    >>> restored("余长明走访两村", fold(source), source)
    '余長明走訪兩村'
    """
    out: list[str] = []
    at = 0
    while at < len(words):
        end = len(words)
        while at + 1 < end and words[at:end] not in folded:
            end -= 1
        found = _nearest(words[at:end], folded, near) if words[at:end] in folded else -1
        length = end - at
        out.append(source[found : found + length] if found >= 0 else convert(words[at], "hant"))
        at = end
    return "".join(out)


def _nearest(words: str, folded: str, near: int) -> int:
    after = folded.find(words, near)
    return after if after >= 0 else folded.find(words)


def _item(item: Item, free: list[str], text: CleanText, say: Any) -> Item:
    near = text.to_clean(item.evidence[0].span).start if item.evidence else 0
    return item.model_copy(update={n: say(getattr(item, n), near) for n in free})
