"""Do the figures of a report agree with each other? What does not is told, never corrected."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from summarizer.types import Figure, Issue
from summarizer.zh.relations.totals import wrong_totals
from summarizer.zh.script import fold

SLACK = Decimal("0.02")  # relative: rounding of the parts and of the percentage
HEDGED = Decimal("0.1")  # relative, where a part is hedged (425.5万余元, 近7万元)

_RATE = re.compile(r"完成率|达成率|执行率|兑现率|完成比例|占(?:年度|全年)?(?:计划|任务|目标)")
_TARGET = re.compile(r"任务|目标|计划|预算|指标")
_DONE = re.compile(r"完成|实现|实际|新增|已|达到|发放|支出")


def disagreements(figures: Sequence[Figure]) -> list[Issue]:
    """What the figures of one report say against each other.

    A rate of completion against its target and result in the same sentence; one thing, said with
    the same words of the same subject and period, that has two different values; and a total that
    is not what its parts come to.
    """
    return [*_rates(figures), *_twice(figures), *wrong_totals(figures)]


def _rates(figures: Sequence[Figure]) -> Iterator[Issue]:
    for rate in figures:
        if rate.kind != "percent" or not _RATE.search(fold(rate.label)):
            continue
        near = [f for f in figures if f.evidence.span == rate.evidence.span and f is not rate]
        pairs = [
            (target, done)
            for target in near
            for done in near
            if target.span < done.span < rate.span
            and target.unit == done.unit
            and _TARGET.search(fold(target.label))
            and _DONE.search(fold(done.label))
            and target.value
        ]
        for target, done in pairs[-1:]:
            told = done.value / target.value * 100
            hedged = {target.bound, done.bound, rate.bound} != {"exact"}
            if abs(told - rate.value) > (HEDGED if hedged else SLACK) * rate.value:
                yield Issue(
                    code="rate_disagrees",
                    severity="warning",
                    message=f"{done.text} of {target.text} is not {rate.text}",
                    ref=rate.id,
                )


def _twice(figures: Sequence[Figure]) -> Iterator[Issue]:
    first: dict[tuple[str, str, str, str], Figure] = {}
    for figure in figures:
        key = (
            fold(figure.label),
            fold(figure.subject or ""),
            fold(figure.period or ""),
            figure.unit or "",
        )
        known = first.setdefault(key, figure)
        if (known.value, known.high) != (figure.value, figure.high):
            yield Issue(
                code="values_differ",
                severity="warning",
                message=f"{figure.label}: {known.text} and {figure.text}",
                ref=figure.id,
            )
