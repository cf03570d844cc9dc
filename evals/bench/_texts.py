"""Texts to measure on that do not repeat: what was read once must not help the second time."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator

# Clauses of a statistical bulletin, made up for this: a quantity about every ten characters.
CLAUSES = (
    "全年粮食播种面积{d}万公顷，比上年增加{d}万公顷。",
    "其中，水稻面积{d}万公顷，减少{d}万公顷；",
    "第二产业增加值{n}亿元，增长{p}%；",
    "年末全县常住人口{d}万人，其中镇区{d}万人，",
    "城镇化率{p}%，提高{p}个百分点。",
    "新修通村公路{n}公里，投入{n}万元，惠及{s}户{n}人。",
    "完成绿化{n}亩，栽植果苗{h}千{h}百株，",
    "占全部的百分之{h}十{h}，其中{h}十{h}个村达标，",
    "人均可支配收入{g}元，增长{p}%，扣除价格因素实际增长{p}%。",
    "共有{n}名职工参加，{h}千余人受益，近{s}户迁入新居，",
    "2021年{m}月至{m}月，出口{d}亿美元，下降{p}%。",
    "粮食总产{d}万吨，油料{n}吨，水产{n}吨，",
    "日均{n}人次，每亩补助{n}元，发放{s}0～{g}元。",
    "约{s}%的农户养有{s}头牛、{s}0只羊。",
)
_FIELD = re.compile(r"\{(\w)\}")
_DIGIT = re.compile("[0-9]")


def statistics(size: int) -> str:
    """About `size` bytes of a bulletin that counts something in every clause."""
    rng = random.Random(11)  # noqa: S311 — a benchmark
    values: dict[str, Callable[[], str]] = {
        "d": lambda: f"{rng.uniform(1, 9999):.2f}",
        "g": lambda: f"{rng.randint(1, 99)},{rng.randint(100, 999)}",
        "h": lambda: rng.choice("一二三四五六七八九"),
        "m": lambda: str(rng.randint(1, 12)),
        "n": lambda: str(rng.randint(11, 9999)),
        "p": lambda: f"{rng.uniform(0.1, 40):.1f}",
        "s": lambda: str(rng.randint(2, 99)),
    }

    def lines() -> Iterator[str]:
        while True:
            line = "".join(rng.choices(CLAUSES, k=6))
            yield _FIELD.sub(lambda field: values[field.group(1)](), line)

    return _up_to(lines(), size)


def renumbered(texts: list[str], size: int) -> str:
    """About `size` bytes of the texts, over and over, each time with other digits."""
    rng = random.Random(7)  # noqa: S311 — a benchmark

    def again() -> Iterator[str]:
        while True:
            for text in texts:
                yield _DIGIT.sub(lambda _: str(rng.randrange(10)), text)

    return _up_to(again(), size)


def _up_to(parts: Iterator[str], size: int) -> str:
    taken, length = [], 0
    while length < size:
        taken.append(next(parts))
        length += len(taken[-1].encode()) + 1
    return "\n".join(taken)
