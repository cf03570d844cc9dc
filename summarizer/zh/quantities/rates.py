"""Rates: what a quantity is counted over. 12元/亩, 每亩补助500元, 人均3000元, 300元每人每月."""

from __future__ import annotations

import re

from summarizer.types import QuantityKind
from summarizer.zh.quantities.contexts import any_of
from summarizer.zh.quantities.places import HAN
from summarizer.zh.quantities.units import Unit, read_unit

_SLASH = re.compile(r" ?/ ?(?=[^0-9\s]|10{1,5}[万人户名例毫升克千公mgkL]|10?万)|每(?=[^0-9\s])")
_SCALED = re.compile(
    "(?:10{0,5}|十)?[百千万](?=[人户名元例亩])|10{1,5}(?=[人户名例毫升克千公mgkL])|(?:10|十)万"
)
_TECHNICAL = ("秒", "小时", "分钟", "立方米", "平方米", "升")  # 立方米每秒, but 两周每天
_SIGNS = ("/", " ", "每")
_MEASURED = frozenset({"mass", "area", "volume", "length"})
_PRICE_ENDS = re.compile("[，,。；;、的)\n]|\\Z")
_BREAK = re.compile(r"[，,。；;、：:0-9\s]")
_CLAUSE = r"[^，,。；;、：:0-9\s]{0,6}"
_PER_HEAD = re.compile(
    rf"(?:(?P<period>[年月日周天]|(?<![春夏秋冬雨旱淡旺四])季)|(?<![{HAN}0-9余多几名个全])(?P<one>[人户村生班校镇乡次场床株头组]))均{_CLAUSE}\Z"
    rf"|(?<![{HAN}0-9余多几])(?P<land>亩)(?:均|产[量值]?|施|用|收益|效益|增收|节本){_CLAUSE}\Z"
    rf"|(?P<speed>时速)(?:达到|[达约为至]|不超过)?\Z"
    rf"|(?<![{HAN}第有某那这近过去期为时同前后另最整当])一(?P<day>[日天周])\Z"
)
_HINT = re.compile("[每均亩]|时速|一[天日周]")
_HEADS = frozenset("年月日周天人户亩村季生穴垄窝层侧排")
_PERIODS = frozenset("年月周日天时分秒季夜hsd") | {"小时", "分钟", "季度", "星期", "个月", "学期"}
_SHARES = ("percent", "percent_point")
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
_TO = frozenset("为到至")
_MOVED = re.compile(  # 每立方米由|2.10元调整为
    rf"(?<![0-9.])(?:[0-9][0-9.,]*[{HAN}]*|[{HAN}]+)[余多]?(?P<behind>[^，,。；;、：:0-9\s]{{2,10}})"
    rf"[{''.join(sorted(_TO))}]\Z"
)
_MOVES = re.compile(f"(?:{any_of('how_moved')})*(?:{any_of('moved_on')})")
_AND = re.compile("[/·每](?=[^0-9\\s])")
_MOST = 3
_WINDOW = 11
_FARTHER = 24  # characters that hold what a number moved from


def behind(text: str, end: int, unit: Unit) -> tuple[int, str] | None:
    """(end, unit) of what a quantity in `unit` that ends at `end` is taken over.

    12元/亩, 3立方米每秒 (but 两周每天 are two things), 三块五一斤.
    """
    sign = text[end : end + 1]
    if sign == "一":
        return _priced(text, end) if unit.kind == "money" else None
    if sign not in _SIGNS:
        return None
    if sign == "每" and unit.kind != "money" and not text.startswith(_TECHNICAL, end + 1):
        return None
    return _over(text, end)


def _priced(text: str, end: int) -> tuple[int, str] | None:
    """The measure behind 三块五一斤; a classifier or a period only at the end of its clause."""
    unit = read_unit(text, end + 1)
    if unit is None:
        return None
    last = end + 1 + len(unit.surface)
    if unit.kind in _MEASURED or _PRICE_ENDS.match(text, last):
        return last, unit.surface
    return None


def _over(text: str, end: int) -> tuple[int, str] | None:
    slash = _SLASH.match(text, end)
    if not slash:
        return None
    units: list[str] = []
    while slash:
        scale = _SCALED.match(text, slash.end())
        at = scale.end() if scale else slash.end()
        unit = read_unit(text, at)
        surface = unit.surface if unit else text[at : at + 1]
        if unit is None and surface not in _PERIODS:
            if scale is None:
                break
            surface = ""
        units.append((scale.group() if scale else "") + surface)
        end = at + len(surface)
        slash = _AND.match(text, end) if len(units) < _MOST else None
    return (end, "·".join(units)) if units else None


def is_moved_to(text: str, start: int) -> bool:
    """Whether the word before a quantity may lead on from another one: 由2.10元调整为."""
    return text[start - 1 : start] in _TO


def before(text: str, start: int, kind: QuantityKind, surface: str | None) -> str | None:
    """The unit of 每亩 or 亩均 before a quantity, in its clause; 人·月 for 每人每月.

    A quantity that another one of its unit, `surface`, moved to is over what that one is over. A
    share is of nothing but a period: in 人均收入增长5% the 5 % are nobody's.
    """
    per = _unit_before(text, start)
    if per is None and surface and is_moved_to(text, start):
        per = _of_first(text, start, surface)
    if per is not None and kind in _SHARES and per not in _PERIODS:
        return None
    return per


def _unit_before(text: str, start: int) -> str | None:
    low = start - _WINDOW if start > _WINDOW else 0
    if not _HINT.search(text, low, start):
        return None
    window = text[low:start]
    if "每" in window and (each := _each(window, window.rfind("每"))):
        return each
    match = _PER_HEAD.search(window)
    if match is None:
        return None
    return "小时" if match.group("speed") else match.group(match.lastgroup or 0)


def _of_first(text: str, start: int, surface: str) -> str | None:
    """What the quantity is over that moved to one at `start`; None where its unit is another.

    Right behind its unit a word says that it moved: no total (每人200元总额达到3000万元).
    """
    low = start - _FARTHER if start > _FARTHER else 0
    first = _MOVED.search(text[low:start])
    unit = read_unit(text, low + first.start("behind")) if first else None
    if first is None or unit is None or unit.surface != surface:
        return None
    if not _MOVES.fullmatch(first["behind"], len(surface)):
        return None
    return _unit_before(text, low + first.start())


def _each(window: str, at: int) -> str | None:
    """The unit behind 每 at `at`, after the one of a 每 just before it (每人每月)."""
    if _BREAK.search(window, at):
        return None
    unit = read_unit(window, at + 1)  # 每户
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
