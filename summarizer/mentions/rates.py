"""Rates: what a quantity is counted over. 12元/亩, 每亩补助500元, 人均3000元, 300元每人每月."""

from __future__ import annotations

import re

from summarizer.mentions.units import read_unit

_SLASH = re.compile(r" ?/ ?(?=[^0-9\s])|每(?=[^0-9\s])")
_BREAK = re.compile(r"[，,。；;、：:0-9\s]")
_PER_HEAD = re.compile(
    r"(?P<one>[人户亩村年月日周季天])(?:均[^，,。；;、：:0-9\s]{0,6}|产量?(?:达到|[达约为])?)\Z"
)
_HEADS = frozenset("年月日周天人户亩村季")
_PERIODS = frozenset("年月周日天时分秒季夜hs") | {"小时", "分钟", "季度", "星期", "个月", "学期"}
_EVENTS = frozenset(
    {
        "次",
        "场次",
        "场",
        "轮",
        "趟",
        "班次",
        "回",
        "遍",
        "期",
        "班",
        "架次",
        "频次",
        "人次",
        "车次",
        "户次",
    }
)
_AND = re.compile("[/·每](?=[^0-9\\s])")
_MOST = 3
_WINDOW = 11


def behind(text: str, end: int) -> tuple[int, str] | None:
    """(end, unit) of `/亩` behind a quantity that ends at `end`."""
    slash = _SLASH.match(text, end)
    if not slash:
        return None
    units: list[str] = []
    while slash:
        unit = read_unit(text, slash.end())
        surface = unit.surface if unit else text[slash.end() : slash.end() + 1]
        if unit is None and surface not in _PERIODS:
            break
        units.append(surface)
        end = slash.end() + len(surface)
        slash = _AND.match(text, end) if len(units) < _MOST else None
    return (end, "·".join(units)) if units else None


def before(text: str, start: int) -> str | None:
    """The unit of 每亩 or 亩均 before a quantity, in its clause; 人·月 for 每人每月."""
    low = max(0, start - _WINDOW)
    window = text[low:start]
    if "每" in window:
        return _each(window, window.rfind("每"))
    match = _PER_HEAD.search(window) if "均" in window or "亩产" in window else None
    return match.group("one") if match else None


def _each(window: str, at: int) -> str | None:
    """The unit behind 每 at `at`, after the one of a 每 just before it (每人每月)."""
    if _BREAK.search(window, at):
        return None
    unit = read_unit(window, at + 1)
    one = unit.surface if unit else window[at + 1 : at + 2]
    if unit is None and one not in _HEADS:
        return None
    first = window.rfind("每", 0, at)
    if first < 0 or at - first > 4:
        return one
    other = _each(window[:at], first)
    return f"{other}·{one}" if other else one


def is_frequency(unit: str | None, per: str | None) -> bool:
    """Events over a period: 4次 in 每月至少进行4次."""
    return unit in _EVENTS and per is not None and per.split("·")[-1] in _PERIODS
