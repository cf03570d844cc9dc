"""Which way a number moves, by the words of its clause: 增长6.5%, 降幅为3%, 与上年持平.

The words are in `directions.tsv`. What a number moves *to* is no change: 增长到165亿元.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from summarizer.types import Span
from summarizer.zh.english_context import english_direction, english_standstills
from summarizer.zh.lexicon import cells

_ROWS = cells(Path(__file__).with_name("directions.tsv"), comment="#\t")
_SIGN = {"-": -1, "+": 1}
_LESS = "少低慢短小"
_SIGNS = {word: -1 if sign == "-" else 1 for word, sign, _ in _ROWS}


def _any(*forms: str) -> str:
    words = (word for word, _, form in _ROWS if form in forms)
    return "|".join(sorted(words, key=len, reverse=True))


_NEAR = "(?:约|近|超过?|逾|了|仅|只|分别|各)"
_FAR = "(?:分别|已|约|近|超过?|逾|为|是|达到?|在|保持在|实现|控制在|仅)"
_BEFORE = re.compile(
    rf"(?:(?P<verb>(?<!增(?=减))(?:{_any('verb')})){_NEAR}{{0,2}}|(?P<noun>{_any('noun')}){_FAR}{{0,3}})\s*$"
)
_BEHIND = re.compile(rf"^(?:左右|以上|上下)?的(?P<word>{_any('verb', 'noun')})")
_TIME_BEFORE = r"(?:[上去前]一?年|\d{4}年|年初|上[个一]?[月季]|同期)(?:度|同期|同月|同季|底|末|初)*"
_BY = rf"(?:[同环]比|[比较]{_TIME_BEFORE})"
_MORE = re.compile(
    rf"(?P<words>{_BY}[略仍还又要也]?(?P<way>[多高快长大少低慢短小])(?:[一-鿿]{{1,4}}?)??)"
    rf"{_NEAR}{{0,2}}\s*$"
)
_SIGNED = re.compile(rf"(?P<words>{_BY}|增减(?:[幅率额量]|幅度)?){_FAR}{{0,2}}\s*(?P<plus>\+?)$")
_DENIED = re.compile(
    r"(?:未(?![来必])|没有?|不(?![断仅但只])|无)(?:能|再|曾|见|有|实现|出现|发生|明显){0,2}$"
)
_COMPARED = re.compile(r"(?:高于|低于|快于|慢于|高出|低出)[^,，;；。]*$")
_NATURAL = re.compile(rf"自然增长率{_FAR}{{0,3}}\s*$")  # what it is called, not how it moved
_OF_FALL = re.compile(
    rf"(?P<words>[降跌减]幅[^,，;；。、\d]{{0,12}}?(?P<way>收窄|缩小|扩大)){_NEAR}{{0,2}}\s*$"
)
_JOINED = re.compile(r"(?:[-+]?[\d.]+(?:%|个百分点|[一-鿿]{1,3})?[、和及])+$")
_FLAT = re.compile(
    "(?:基本|大体|总体)?持平(?![稳衡均静和])|没有变化|无变化|未变化|保持不变|与上年一样"
)

_LIKE_OTHERS = re.compile(
    "(?:[增降涨跌]幅|增速)[^,，;；。]*$|[与和同](?:全[国省市州县区]|[^,，;；。]*(?:平均|水平|目标|计划|预期))[^,，;；。]{0,6}$"
)


@dataclass(frozen=True, slots=True)
class Direction:
    """Which way, and the words that say so."""

    sign: int
    words: str


def direction(before: str, behind: str, number: str = "") -> Direction | None:
    """The direction of a number, by the words of its clause before and behind it.

    A `number` with a sign of its own (同比[-3.2%]) needs no word of a direction.

    >>> direction("地区生产总值增长", ""), direction("降幅为", "")
    (Direction(sign=1, words='增长'), Direction(sign=-1, words='降幅'))
    >>> direction("增长到", ""), direction("第一产业增加值", ""), direction("保持", "的增速").words
    (None, None, '增速')
    >>> direction("人口自然增长率为", "") is None
    True
    >>> direction("三次产业分别增长3.1%、5.2%和", "").sign
    1
    >>> direction("低于全省增速", ""), direction("降幅扩大", "")
    (None, Direction(sign=-1, words='降幅扩大'))
    >>> direction("固定资产投资降幅比上年收窄", "").sign, direction("跌幅较一季度扩大", "").sign
    (1, -1)
    >>> direction("油料产量同比", "", "-3.2%"), direction("生猪出栏比上年多", "")
    (Direction(sign=-1, words='同比'), Direction(sign=1, words='比上年多'))
    >>> direction("没有下降", ""), direction("产量同比", "", "3.2%")
    (None, None)
    """
    told = _JOINED.sub("", before)
    if fall := _OF_FALL.search(told):
        return Direction(-1 if fall["way"] == "扩大" else 1, fall["words"])
    if english := english_direction(before, behind):
        return Direction(*english)
    signed = _SIGNED.search(before)
    if signed and (signed["plus"] or number[:1] in _SIGN):
        return Direction(1 if signed["plus"] else _SIGN[number[0]], signed["words"])
    match = None if _NATURAL.search(told) else _BEFORE.search(told)
    if match and (
        _DENIED.search(told[: match.start()]) or (match["noun"] and _COMPARED.search(told))
    ):
        return None
    if match:
        words = match["verb"] or match["noun"]
        return Direction(_SIGNS[words], words)
    if match := _MORE.search(told):
        return Direction(-1 if match["way"] in _LESS else 1, match["words"])
    if match := _BEHIND.match(behind):
        return Direction(_SIGNS[match["word"]], match["word"])
    return None


def is_denied(before: str) -> bool:
    """Whether the words before a number say that it did not move so.

    >>> is_denied("产量没有下降"), is_denied("未增长"), is_denied("不断增长"), is_denied("未来增长")
    (True, True, False, False)
    """
    match = _BEFORE.search(_JOINED.sub("", before))
    return match is not None and _DENIED.search(before[: match.start()]) is not None


def sign_of(words: str) -> int:
    """The sign that words of a direction give, 0 for words that are none.

    >>> sign_of("增长"), sign_of("降幅收窄"), sign_of("完成")
    (1, 1, 0)
    """
    found = direction(words, "")
    return found.sign if found is not None and found.words == words else 0


def standstills(text: str) -> Iterator[Span]:
    """Where a text says that nothing moved, not that two places or two rates are alike.

    >>> ["粮食产量与上年基本持平"[span.slice] for span in standstills("粮食产量与上年基本持平")]
    ['基本持平']
    >>> list(standstills("增速与全省持平")), list(standstills("增速与上年持平"))
    ([], [])
    >>> list(standstills("经济保持平稳运行"))
    []
    """
    for match in _FLAT.finditer(text):
        if not _LIKE_OTHERS.search(text[: match.start()]):
            yield Span(*match.span())
    yield from english_standstills(text)
