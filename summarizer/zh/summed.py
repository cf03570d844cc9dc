"""Numbers of several years together: 五年累计投资2亿元, and what goes on with 累计 behind it."""

from __future__ import annotations

import re
from pathlib import Path

from summarizer.zh.date_phrases import years_said
from summarizer.zh.lexicon import by_kind
from summarizer.zh.number_context import part_of_year

_WORDS = by_kind(Path(__file__).with_name("number_context.tsv"))
_MANY = r"(?:[2-9]|[1-9]\d|[两二三四五六七八九十]{1,3})年(?![度级])"  # not 1年, 三年级
_MORE = r"\d{4}年?[-—–~至到]\d{4}年(?!度)"  # a year's season is one: 2023-2024年度
_YEARS = (
    rf"(?<![〇○零一二三四五六七八九十\d]){_MANY}(?:来|间|以来|内|里|期间)?|任期(?:以来|内)|{_MORE}"
    r"|十[一二三四五]五”?(?:时期|期间|以来)?"
)
_SUMMED = re.compile(
    rf"(?:{_YEARS})[^;；。]*(?<!公)(?:{_WORDS['summed']})[^,，;；。]*$"
    rf"|(?<![户人亩])年平?均(?:{_WORDS['moved']})[^,，;；。]*$"
)
_STRETCH = re.compile(  # 近三年收入, 三年来,收入; not 五年来由3亿元增加到
    rf"(?:(?:近|过去|最近|这){_MANY}[来间里]?"
    rf"|(?<![〇○零一二三四五六七八九十\d]){_MANY}(?:来|间|以来)|任期(?:以来|内)|{_MORE}"
    r"|十[一二三四五]五[”\"]?(?:时期|期间|以来))"
    rf"[,，]?(?:(?!{_WORDS['reached']})[^,，;；。\d])*$"
)
_YEARLY = re.compile(r"(?<![户人亩])年平?均[^,，;；。\d]*$")
_SUM_OPENS = re.compile(rf"(?:{_YEARS})[^;；。]*?(?<!公)(?:{_WORDS['summed']})")
_OWN_TIME = re.compile("[全当同本]年|年内|[本当]月|目前|年[底末]")
_SUMS_ON = re.compile(rf"(?:{_WORDS['sums_on']})[^,，;；。]*$")


def is_summed(before: str, lead: str = "") -> bool:
    """Whether a number is of several years together, by its words or those that a semicolon ends.

    >>> is_summed("五年累计新增就业"), is_summed("全年累计新增就业"), is_summed("年均增长")
    (True, False, True)
    >>> is_summed("累计新增就业", "五年累计投资2亿元；"), is_summed("累计投资", "今年新开工2个；")
    (True, False)
    >>> is_summed("当年累计完成投资", "五年累计投资2亿元；")
    False
    >>> is_summed("2023年累计新增就业"), is_summed("五年来一般公共预算收入")
    (False, True)
    >>> is_summed("近三年收入"), is_summed("五年来收入增加到"), is_summed("五年来由3亿元增加")
    (True, False, False)
    """
    if _SUMMED.search(before) or _STRETCH.search(before):
        return True
    opening = None if not _SUMS_ON.search(before) else _SUM_OPENS.search(lead)
    return opening is not None and not _names_time(lead[opening.end() :] + before)


def is_yearly_mean(before: str, about: str) -> bool:
    """Whether a number is the mean of several years, where it adds up, and no mean is asked for.

    >>> is_yearly_mean("年均收入", "上年收入"), is_yearly_mean("户年均增收", "上年增收")
    (True, False)
    """
    return "均" not in about and _YEARLY.search(before) is not None


def _names_time(words: str) -> bool:
    """Whether some words name a time of their own: 全年, 2023年, 上半年."""
    own = _OWN_TIME.search(words) or years_said(words, 0)
    return bool(own) or part_of_year(words) != ""
