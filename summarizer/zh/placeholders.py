"""An overview that a model writes: which figures it may use, and what fills its placeholders."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.types import Figure
from summarizer.zh.script import fold

NUMERALS = "0-9０-９%％一二三四五六七八九十百千万亿两"
_NUMERAL = re.compile(f"[{NUMERALS}]")
PLACEHOLDER = re.compile(r"\{(f\d+)\}")
MOST_FIGURES = 9
LONG = 18  # characters of a label that is too long to be read in a row


def fill(overview: str, figures: Sequence[Figure]) -> str:
    """The overview with each placeholder replaced by the figure's text in the source.

    What only looks like one, in words of the source, stays.

    >>> fill("投入资金{f1}。", ())
    '投入资金{f1}。'
    """
    texts = {f.id: f.text for f in figures}
    return PLACEHOLDER.sub(lambda m: texts.get(m[1], m[0]), overview)


def notable(figures: Sequence[Figure], *, most: int = MOST_FIGURES) -> list[Figure]:
    """The figures an overview may use: no numeral in the label, the weightiest, in text order.

    A bare number of a table says nothing without its headers: it is none of them.
    """
    plain = [f for f in figures if not _NUMERAL.search(fold(f.label)) and not is_bare_cell(f)]
    ranked = sorted(plain, key=lambda f: (-_weight(f), f.span))
    return sorted(ranked[:most], key=lambda f: f.span)


def is_bare_cell(figure: Figure) -> bool:
    """Whether a figure is a cell of a table whose unit stands in a header."""
    return figure.implied_unit and "\t" in figure.evidence.quote


def _weight(figure: Figure) -> float:
    """Money and people before things, large before small: a rough order of what readers ask for.

    What is one party's own, still a target, or long-winded stands back.
    """
    first = {"money": 2.0, "percent": 1.0, "area": 1.0}.get(figure.kind, 0.0)
    people = 1.0 if figure.unit in {"人", "户", "名", "人次"} else 0.0
    back = 1.0 * bool(figure.subject) + 2.0 * ("目标" in figure.label) + (len(figure.label) > LONG)
    return first + people - back + min(len(str(int(abs(figure.value)))), 8) / 4
