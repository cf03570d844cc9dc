"""An overview composed of titles and labels, and what fills the placeholders of a written one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.types import Figure
from summarizer.zh.script import fold

NUMERALS = "0-9０-９%％一二三四五六七八九十百千万亿两"
_NUMERAL = re.compile(f"[{NUMERALS}]")
PLACEHOLDER = re.compile(r"\{(f\d+)\}")
MOST_FIGURES = 9
MOST_MEASURES = 6
COMPOSED = 4
ROOM = 60  # characters of titles that one sentence takes
BESIDE = 2  # figures of one sentence that are told
LONG = 18  # characters of a label that is too long to be read in a row


def fill(overview: str, figures: Sequence[Figure]) -> str:
    """The overview with each placeholder replaced by the figure's text in the source.

    What only looks like one, in words of the source, stays.

    >>> fill("投入资金{f1}。", ())
    '投入资金{f1}。'
    """
    texts = {f.id: f.text for f in figures}
    return PLACEHOLDER.sub(lambda m: texts.get(m[1], m[0]), overview)


def tellable(titles: Sequence[str], persons: Sequence[str] = ()) -> list[str]:
    """The titles an overview may be written from: those without a numeral, each once.

    A numeral inside the name of one of these persons is none.

    >>> tellable(["周二妮办起豆腐坊", "办起三家豆腐坊"], ["周二妮"])
    ['周二妮办起豆腐坊']
    """
    plain_ones = (title for title in titles if not _has_numeral(title, persons))
    return list(dict.fromkeys(plain_ones))[:MOST_MEASURES]


def _has_numeral(words: str, persons: Sequence[str]) -> bool:
    words = fold(words)
    for name in persons:
        words = words.replace(name, "")
    return _NUMERAL.search(words) is not None


def compose(figures: Sequence[Figure], titles: Sequence[str], place: str | None) -> str:
    """An overview of two sentences from titles and labels: what was done, and how much.

    >>> compose((), ("整修水渠", "举办培训班"), "青石镇")
    '青石镇整修水渠，举办培训班。'
    """
    done = ""
    for title in (fold(one) for one in titles[:COMPOSED]):
        if done and len(done) + len(title) > ROOM:
            break
        done += "，" * bool(done) + title
    first = f"{fold(place or '')}{done}。" if done else ""
    told = "，".join(fold(f.label) + "{" + f.id + "}" for f in _chosen(figures))
    return first + (f"{told}。" if told else "")


def _chosen(figures: Sequence[Figure]) -> list[Figure]:
    """The weightiest figures in text order, no more than two of a sentence."""
    chosen: list[Figure] = []
    for figure in sorted(figures, key=lambda f: (-_weight(f), f.span)):
        beside = sum(figure.evidence.span == other.evidence.span for other in chosen)
        if beside < BESIDE and len(chosen) < COMPOSED:
            chosen.append(figure)
    return sorted(chosen, key=lambda f: f.span)


def notable(
    figures: Sequence[Figure], persons: Sequence[str] = (), *, most: int = MOST_FIGURES
) -> list[Figure]:
    """The figures an overview may use: no numeral in the label, the weightiest, in text order.

    A bare number of a table says nothing without its headers: it is none of them.
    """
    tellable_ones = [
        f for f in figures if not _has_numeral(f.label, persons) and not is_bare_cell(f)
    ]
    ranked = sorted(tellable_ones, key=lambda f: (-_weight(f), f.span))
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
