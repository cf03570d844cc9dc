"""What the parts of the product contribute, as tables in Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..report import Column

if TYPE_CHECKING:
    from ..ablate import Difference, Without


def table(columns: Sequence[Column]) -> Iterator[str]:
    r"""A column a part of the product, and in brackets the number of cases.

    >>> print(*table([Column("parrot", {"labels.alike": (3, 4)}), Column("both", {})]), sep="\n")
    | by itself | parrot | both |
    |---|--:|--:|
    | labels.alike | 0.750 (4) | – |
    """
    if not columns:
        return
    yield f"| by itself | {' | '.join(c.name for c in columns)} |"
    yield f"|---|{'--:|' * len(columns)}"
    for metric in dict.fromkeys(m for c in columns for m in c.parts):
        parts = [column.parts.get(metric, (0, 0)) for column in columns]
        cells = [f"{hit / of:.3f} ({of:g})" if of else "–" for hit, of in parts]
        yield f"| {metric} | {' | '.join(cells)} |"


def families(found: Sequence[Without], names: Sequence[str]) -> Iterator[str]:
    """A row a family: what every metric gains or loses without it, nothing where it stays.

    In front stands how many figures and items read otherwise. A change that chance over these
    documents would not make has a star.
    """
    if not found:
        return
    full = [d for d in found[0].differences if d.metric in names]
    yield f"| without | read otherwise | {' | '.join(d.metric for d in full)} |"
    yield f"|---|{'--:|' * (len(full) + 1)}"
    whole = [f"{d.full:.3f} ({d.of:g})" if d.full is not None else "–" for d in full]
    yield f"| (nothing) | | {' | '.join(whole)} |"
    for one in found:
        cells = ["" if one.missing else _change(d) for d in one.differences]
        changed = "answers missing" if one.missing else str(one.changed)
        yield f"| {one.family.group}: {one.family.name} | {changed} | {' | '.join(cells)} |"


def _change(difference: Difference) -> str:
    if difference.full is None:
        return "–"
    if difference.change is None:
        return "none left"
    if abs(difference.change) < 0.0005:
        return ""
    return f"{difference.change:+.3f}{'*' if difference.is_sure else ''}"
