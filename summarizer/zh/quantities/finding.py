"""All mentions of a text, one after the other, each with its place in the raw text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from summarizer.types import Mention, Span
from summarizer.zh.quantities.blocks import scan_blocks
from summarizer.zh.quantities.line_ends import is_cut_before
from summarizer.zh.quantities.quick import quick_mention, quick_span


class Aligned(Protocol):
    """A text that knows where it stands in another, as a cleaned one does in the raw one."""

    @property
    def text(self) -> str: ...

    def to_raw(self, span: Span, /) -> Span: ...


def find_mentions(text: str | Aligned) -> list[Mention]:
    """Every place of the text where a numeral stands, in order, each with its kind.

    Quantities are numbered m1, m2 …, all others n1, n2 …. A mention's `span` counts the raw text,
    `at` the text that was searched; for a plain string they are the same.

    >>> for mention in find_mentions("投入500余万元,惠及197户"):
    ...     quantity = mention.quantity
    ...     print(mention.text, quantity.value, quantity.unit, quantity.bound)
    500余万元 5000000 元 over
    197户 197 户 exact
    >>> [(m.text, m.kind, m.rule) for m in find_mentions("2018年,落实“四个一”")]
    [('2018年', 'date', 'date'), ('四个一', 'slogan', 'quoted_slogan')]
    """
    return list(iter_mentions(text))


def iter_mentions(text: str | Aligned) -> Iterator[Mention]:
    """The same mentions, one after the other: none is kept, so a long text needs no more memory.

    >>> next(iter_mentions("投入500余万元,惠及197户")).text
    '500余万元'
    """
    searched = text if isinstance(text, str) else text.text
    to_raw = None if isinstance(text, str) else text.to_raw
    quantities = others = 0
    for shift, block in scan_blocks(searched, every=to_raw is not None):
        for start, end, kind, rule, quantity in block:
            first, last = shift + start, shift + end
            at = quick_span(first, last)
            span = at if to_raw is None else to_raw(at)
            said = searched[first:last]
            if quantity is None:
                others += 1
                yield quick_mention(f"n{others}", span, said, kind, None, at, rule)
            elif searched[first - 1 : first] == "\n" and is_cut_before(searched, first):
                others += 1
                yield quick_mention(f"n{others}", span, said, "unknown", None, at, "cut_by_line")
            else:
                quantities += 1
                yield quick_mention(f"m{quantities}", span, said, kind, quantity, at, rule)
