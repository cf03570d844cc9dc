"""Lines that belong to the page around a report: recognised by what they say and where they stand.

The words are data (`data/boilerplate.tsv`): a pattern for the whole of a compact line, the kind of
region it makes, and its zone: "any" where, or at the "edge" (before the first or after the last
paragraph), where a shorter hint is enough.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Literal, get_args

from summarizer.documents.clean.lines import Line
from summarizer.zh.lexicon import cells

DATA = Path(__file__).parent / "data"
LONGEST = 400  # characters of a line that can be boilerplate


RegionKind = Literal["body", "heading", "caption", "boilerplate", "repeat"]
Kind = tuple[RegionKind, str]
"""A kind of region and the rule that found it."""


_DATE = (
    r"(?:(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?|民国\d{2,3}[年/.-]\d{1,2}[月/.-]\d{1,2}日?)"
)
_WEEKDAY = r"\(?(?:星期|周|礼拜)?[一二三四五六日天]?\)?(?:上午|下午|香港时间)?"
_TIME = rf"(?:T?{_WEEKDAY}\d{{1,2}}[:时]\d{{1,2}}(?:[:分]\d{{1,2}}秒?|分)?)"
BUTTON = 6  # characters of a word of a menu
_BUTTONS = re.compile(r"[\[\]+○●◎◆]|-(?:\s|$)")  # what is pressed: [PDF版] 放大+ 缩小-
_NAV_SPLIT = re.compile(r"\s*[|>»›/\\\-→·•]\s*|\s+")
_OWN = re.compile(  # a notice's phone, its number
    r"(?:联系|联络|咨询|服务|举报|投诉|监督|值班|办公)?(?:电话|热线|传真|邮箱|电邮)[::][^:]{5,60}"
    r"|(?:发文字号|文号)[::].{2,16}[〔\[(]\d{4}[〕\])]第?\d{1,4}号"
)


def recognise(line: Line, *, at_edge: bool) -> Kind | None:
    """The kind and rule of a line that is not part of the report's text, or None.

    >>> from summarizer.documents.clean.lines import matching, split_lines
    >>> [line] = split_lines(matching("（責編：陳易、張禕）"))
    >>> recognise(line, at_edge=False)
    ('boilerplate', 'editor')
    """
    return _recognised(line.text, at_edge=at_edge)


@lru_cache(maxsize=4_096)  # pages say the same again
def _recognised(text: str, *, at_edge: bool) -> Kind | None:
    if len(text) > LONGEST:
        return None
    compact = "".join(text.split())
    pattern, kinds = _patterns(at_edge=at_edge)
    match = pattern.fullmatch(compact)
    if match:
        return kinds[match.lastgroup or ""]
    if is_meta(compact, at_edge=at_edge):
        return "boilerplate", "meta"
    if at_edge and is_navigation(text):
        return "boilerplate", "navigation"
    return None


def is_meta(compact: str, *, at_edge: bool) -> bool:
    """Whether a line is the page's own data: when, from where, by whom, how often read.

    >>> is_meta("2019-1-715:41|发布者:admin|评论:0|来自:桐木镇", at_edge=True)
    True
    >>> is_meta("2018年,仅小埠村贫困户报销住院费用便达88960.04元", at_edge=True)
    False
    """
    if len(compact) > 160 or "。" in compact:
        return False
    match = _meta().fullmatch(compact)
    if not match or not (match["date"] or match["label"]):
        return False
    return at_edge if not match["label"] else not match["source"] or bool(match["date"])


def may_be_own(line: Line) -> bool:
    """Whether a line that a page may have is one that a notice has as well: its phone, its number.

    >>> from summarizer.documents.clean.lines import matching, split_lines
    >>> lines = ("咨询电话：0571-8765432", "文号：青教发〔2025〕12号", "地址：青溪路1号")
    >>> [may_be_own(line) for text in lines for line in split_lines(matching(text))]
    [True, True, False]
    """
    return _OWN.fullmatch("".join(line.text.split())) is not None


def is_date(line: Line) -> bool:
    """Whether a line is a date and no more, as behind a signature."""
    return re.fullmatch(_DATE, "".join(line.text.split())) is not None


def is_navigation(text: str) -> bool:
    """Whether a line is a menu or a path: short words, some of them known from menus.

    >>> is_navigation("萍乡城事网—萍乡最具影响力门户网站 门户 城事资讯 桐木镇 查看内容")
    True
    >>> is_navigation("义和镇抓党建 重民生 兴产业 在脱贫攻坚中蝶变展新颜")
    False
    >>> is_navigation("上一版 下一版 [PDF版] 放大+ 缩小-")
    True
    """
    words = [word for word in _NAV_SPLIT.split(text) if word]
    if re.search("[,。;!?]", text):
        return False
    if len(words) > 2 and _BUTTONS.search(text) and all(len(word) <= BUTTON for word in words):
        return True
    known = sum(word in _words("menu_words") for word in words)
    return known == len(words) or (len(words) > 2 and known > 0 and not known < 0.2 * len(words))


@lru_cache(maxsize=2)
def _patterns(*, at_edge: bool) -> tuple[re.Pattern[str], dict[str, Kind]]:
    """All patterns of a zone as one, and what each of its groups stands for."""
    _, *fields = cells(DATA / "boilerplate.tsv", comment="#\t")
    kinds: dict[str, Kind] = {}
    alternatives = []
    for k, (kind, rule, zone, pattern) in enumerate(fields):
        if at_edge or zone == "any":
            kinds[f"p{k}"] = (_kind(kind), rule)
            alternatives.append(f"(?P<p{k}>{pattern})")
    return re.compile("|".join(alternatives)), kinds


def _kind(word: str) -> RegionKind:
    kinds: tuple[RegionKind, ...] = get_args(RegionKind)
    return next(kind for kind in kinds if kind == word)


@lru_cache(maxsize=1)
def _meta() -> re.Pattern[str]:
    labels = "|".join(map(re.escape, sorted(_words("meta_labels"), key=len, reverse=True)))
    return re.compile(
        rf"[\[【(]?(?:(?P<date>{_DATE}){_TIME}?[\s|/,·\]】)]*(?:{_TIME})?)?"
        rf"(?P<source>[^:,。;]{{0,16}}?)[\s|/,·;(\[【]*(?:(?P<label>{labels}):.*)?"
    )


@lru_cache(maxsize=4)
def _words(name: str) -> frozenset[str]:
    return frozenset((DATA / f"{name}.txt").read_text(encoding="utf-8").split())
