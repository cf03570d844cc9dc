"""Whether a number is one that is aimed at, by the words around it: 预期增长6%, 年初预算5亿元.

Each function takes the words of the sentence before the number, and those behind it, in simplified
characters.
"""

from __future__ import annotations

import re
from pathlib import Path

from summarizer.zh.english_context import is_english_aim
from summarizer.zh.lexicon import by_kind

_CLAUSES = re.compile(r"[,，;；、。!！?？\n]")
_WORDS = by_kind(Path(__file__).with_name("number_context.tsv"))
_AIM = re.compile(_WORDS["aim"])
_MET = re.compile(
    rf"(?:{_WORDS['met']})[^,，;；。]{{0,12}}(?:{_WORDS['plan']})"
    rf"|(?:{_WORDS['met_by']})(?:{_WORDS['of_plan']})?(?:{_WORDS['plan']})"
)
_AHEAD = re.compile(
    rf"(?:{_WORDS['will']})(?:{_WORDS['done_ahead']})|(?:{_WORDS['laid_down']})|到20\d\d年"
)
_NO_AIM = re.compile(
    rf"(?:{_WORDS['got_by']})争取|争取(?:到|了|[^,，;；。]{{0,8}}(?:{_WORDS['got']}))"
    rf"|(?:{_WORDS['plan_name']})计划|计划(?:{_WORDS['plan_term']})"
    rf"|预期(?:{_WORDS['expected']})|(?:{_WORDS['means']})[^,，;；。]*[,，;；。]"
)

_LAST_CLAUSE = re.compile(r"[,，;；。](?P<told>[^,，;；。]*)$")
_IN_FACT = re.compile(  # 全年已完成|3亿元; not 已完成改造的企业
    rf".{{0,4}}?(?:{_WORDS['in_fact']}|(?P<maybe>{_WORDS['in_fact_or_plan']}))(?!.*的.)"
)
_LOOKS_ON = re.compile(rf"{_WORDS['looks_on']}|到20\d\d年")
_LAID_DOWN = re.compile(  # 年初预算收入|5亿元
    rf"(?<![为占达成是])(?:{_WORDS['budget']})预算(?:{_WORDS['of_budget']})*[为是]?$"
)
_PLAN_OF = re.compile(rf"(?:{_WORDS['plan']}|预算)(?:{_WORDS['of_budget']})*$")
_SHARE = re.compile(r"的\d")  # 完成年度目标5亿元|的98%


def is_aim(before: str, behind: str) -> bool:
    """Whether a number is one that is aimed at; a plan that was met is none, nor money obtained.

    >>> is_aim("预期目标是增长", ""), is_aim("完成年度计划的", ""), is_aim("好于预期,达到", "")
    (True, False, False)
    >>> is_aim("争取实现", ""), is_aim("争取上级资金", ""), is_aim("三年行动计划启动,招聘", "")
    (True, False, False)
    >>> is_aim("原计划收入5亿元,实际完成", ""), is_aim("完成年度目标", "的98%")
    (False, True)
    >>> is_aim("力争到2025年,已建成的园区产值达到", ""), is_aim("预期目标是,已脱贫户收入增长", "")
    (True, True)
    """
    told = _NO_AIM.sub("", _MET.sub("", _as_told(before)))
    is_aim = _AIM.search(told + _behind(behind)) is not None
    return is_aim or _is_plan(before, behind) or is_english_aim(before, behind)


def may_be_aim(before: str, behind: str) -> bool:
    """Whether a number may be one that is aimed at: also by 要完成 and by words further ahead.

    >>> may_be_aim("今年要完成投资", ""), may_be_aim("确保20万亩,总产", ""), may_be_aim("完成", "")
    (True, True, False)
    >>> may_be_aim("预算收入安排", ""), may_be_aim("按照规划,到2025年,森林覆盖率达到", "")
    (True, True)
    """
    told = _MET.sub("", _as_told(before))
    is_aim = _AHEAD.search(told) or _AIM.search(told + _behind(behind))
    if is_aim or _is_plan(before, behind):
        return True
    return is_english_aim(before, behind, maybe=True)


def _as_told(before: str) -> str:
    """The words before a number without the plan that its clause tells the outcome of."""
    clause = _LAST_CLAUSE.search(before)
    outcome = _IN_FACT.match(clause["told"]) if clause else None
    if not clause or not outcome:
        return before
    if outcome["maybe"] and _LOOKS_ON.search(before, 0, clause.start()):
        return before
    return clause["told"]


def _is_plan(before: str, behind: str) -> bool:
    """Whether a number is the plan itself: a budget's, or what a percentage was reached of."""
    if _LAID_DOWN.search(before):
        return True
    return bool(_PLAN_OF.search(before) and _SHARE.match(behind))


def _behind(behind: str) -> str:
    return _CLAUSES.split(_MET.sub("", behind))[0]
