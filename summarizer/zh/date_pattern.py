"""The form of a date or a deadline: 2024年12月底前, 每月5日前, 今年底, 上半年."""

from __future__ import annotations

import re

DASH = "[-—–~至到]"
_HAN = "一二三四五六七八九十"
RELATIVE = {
    "今年": 0,
    "本年": 0,
    "去年": -1,
    "上年": -1,
    "上一年": -1,
    "前年": -2,
    "明年": 1,
    "来年": 1,
}
AFTER_NAMED = {"当年": 0, "同年": 0, "次年": 1, "翌年": 1, "下一年": 1}
_ANY_YEAR = "|".join(sorted((*RELATIVE, *AFTER_NAMED), key=len, reverse=True))
_YEAR = r"(?:19|20)\d\d|[一二][〇零一二三四五六七八九]{3}(?=年)"
_MONTH = rf"1[0-2]|0?[1-9]|十[一二]?|[{_HAN}]"
_DAY = rf"3[01]|[12]\d|0?[1-9]|三十一?|二?十[{_HAN}]?|[{_HAN}]"
_IN = "内(?![部容外蒙涝河需])"
_START = "初(?![步中级始])"
_CLOCK = r"(?:[上下]午|中午|晚上?)?(?:\d{1,2}:\d\d|\d{1,2}[时点](?:整|\d{1,2}分)?)|[上下]班"
_HOUR = rf"(?:(?:\([^()]{{1,6}}\)|{_CLOCK}){{1,2}}(?=(?:以|之)?前))"
_PRIOR = r"前(?!后|[一二三两1-3]个?季|\d{1,2}个月)"
_TO = rf"{_HOUR}?(?:以|之)?(?:{_PRIOR}|{_IN}|后(?![续期备勤]))|起"
PHRASE = re.compile(
    rf"(?:(?P<year>{_YEAR})(?:年?{DASH}(?P<last_year>(?:19|20)\d\d))?年度?|(?P<iso>(?:19|20)\d\d[-./]\d\d?[-./]\d\d?)"
    rf"|(?<![不相])(?P<relative>{_ANY_YEAR})度?|(?P<every>每年))?"
    rf"(?P<half>[上下]半年)?(?:(?P<since>前)?第?(?P<quarter>[一二两三四1-4])个?季度|(?P<each_quarter>每季度|每季(?=[底末])))?"
    rf"(?:(?<!\d)(?P<month>{_MONTH})(?:月?份?{DASH}(?P<last_month>{_MONTH}))?月份?"
    rf"|(?P<each>每月|次月|当月|本月|下月|[上同]月(?=[底末初])))?"
    rf"(?:(?<!\d)(?P<day>{_DAY})(?:{DASH}(?P<last_day>{_DAY}))?[日号])?"
    rf"(?P<part>年?(?:底|末|{_START}|{_IN})|月(?:底|末|{_START})|季末|[上中下]旬)?(?P<tail>{_TO})?"
)
_ENDS = ("half", "quarter", "month", "day", "part")
_ALONE = ("年底", "年末", "年初", "年内", "月底", "月末", "月初", "季末")
EACH = ("every", "each", "each_quarter")
_LENGTH = re.compile(r"(?:\d|[一二两三四五六七八九十百几])[多余]?$")
_LATEST = re.compile("(?:不[晚迟]于|[最至][迟晚](?:不?[晚迟]?[于在到]|不超过)?)$")
_SOME = re.compile("数$")
_RATE = re.compile("每[一-鿿]{1,2}$")  # 每人|每年6600元
_HAN_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}


def is_date(match: re.Match[str]) -> bool:
    """Whether a match is one of a date: 一年内 has none, for it tells how long."""
    if any(match[name] for name in EACH) and _RATE.search(match.string[: match.start()]):
        return any(match[name] for name in _ENDS)
    if any(match[name] for name in ("year", "iso", "relative", "every", "each_quarter")):
        return True
    part = match["part"]
    if part and not any(match[name] for name in ("month", "half", "quarter", "each")):
        before = match.string[: match.start()]
        is_length = _LENGTH.search(before) or (part[-1] == "内" and _SOME.search(before))
        return part in _ALONE and not match["day"] and not is_length
    return any(match[name] for name in _ENDS)


def is_one_day(text: str) -> bool:
    """Whether some words are a day and no more: no month, no stretch, no end of one.

    >>> [is_one_day(text) for text in ("6月28日", "2024-06-28", "6月1日至5日", "6月", "6月1日起")]
    [True, True, False, False, False]
    """
    match = PHRASE.fullmatch(text)
    if match is None or match["tail"] or match["last_day"] or match["last_month"]:
        return False
    return bool(match["iso"] or match["day"]) and not any(match[name] for name in EACH)


def is_at_most(match: re.Match[str]) -> bool:
    """Whether a date is the last one that will do: 8月31日17时前, 不晚于8月31日."""
    tail, part = match["tail"] or "", match["part"] or ""
    within = tail.endswith(("前", "内")) or part.endswith("内")
    return within or bool(not tail and _LATEST.search(match.string[: match.start()]))


def number(text: str) -> int:
    """A year, a month or a day, in digits or written out.

    >>> [number(text) for text in ("09", "十二", "二十五", "三十", "八", "二〇二四")]
    [9, 12, 25, 30, 8, 2024]
    """
    if "十" not in text:
        return int("".join(str(_HAN_DIGITS.get(char, char)) for char in text))
    tens, _, ones = text.partition("十")
    return _HAN_DIGITS.get(tens, 1) * 10 + _HAN_DIGITS.get(ones, 0)
