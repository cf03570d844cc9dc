"""What a number measures, in core words: 预计全县实现地区生产总值 and 上年生产总值 are one.

For likeness only: words that say when, how sure and which way are dropped (`measured_noise.tsv`),
and a clause without any of its own takes those of the clause before it.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

from summarizer.zh.lexicon import by_kind, cells

LIKE = 0.55  # likeness from which some words say what is wanted, or a sibling of it
_PLACES = "省市县区州旗镇乡村"  # end the name of a place, which may stand before anything
LEAST = 3  # core characters of a clause that says by itself what it measures
_WORDS = (row[0] for row in cells(Path(__file__).with_name("measured_noise.tsv"), comment="#\t"))
_NOISE = re.compile(
    r"已?连续[\d一二两三四五六七八九十]+个?[年月季]度?|剔除[^,，]{0,8}后|[全我][国省市县区州旗镇乡]|增加(?!值)|\d{4}年|\(目标\)|"
    r"[\d.,%]+(?:[万亿]?[元人吨亩个]*)?|[,，、;；。:：()（） “”\s]|"
    + "|".join(sorted(map(re.escape, _WORDS), key=len, reverse=True))
)
_DIGIT = re.compile("[0-9零一二三四五六七八九十百千万两]")
_NUMBER = re.compile(r"\d[\d.,]*")
_JOINED = re.compile("[、和及与,，]")
_BETWEEN = re.compile("[、,，和与及跟]|以及")
_KINDS = by_kind(Path(__file__).with_name("measured.tsv"))
_PASSED = re.compile(f"(?:{_KINDS['passed']})$")
_OF_CHANGE = re.compile(_KINDS["of_change"])
_OF_MONEY = re.compile(_KINDS["of_money"])
_DIFFERS = re.compile(
    r"(?:[,，;；、。]|^)(?:(?:比|较|相比)(?!重)[^,，;；、。]*[低高多少快慢]|[高低快慢多少][于出][^,，;；、。的]*)$"
)
_TOTAL = re.compile(f"(?<=..)(?:{_KINDS['total']})$")
_OF_WHOLE = re.compile(
    rf"^\s*(?:{_KINDS['of_whole']})|(?:^|[,，:：])\s*[全我各每][国省市县区州旗镇乡村地]"
)
_SEGMENTS = re.compile("[;；。]")
_CLAUSES = re.compile(r"[,，;；、。!！?？\n]")


def core(words: str) -> str:
    """The core of some words, in simplified characters as given.

    >>> core("预计全县实现地区生产总值165.2亿元"), core("上年地区生产总值增速")
    ('生产总值', '生产总值')
    """
    return _NOISE.sub("", words)


def is_described(before: str) -> bool:
    """Whether a number of its own describes the name behind some words: 罚款40万元的|县水务局.

    >>> is_described("今年,罚款40万元的"), is_described("位于河西的"), is_described("罚款40万元,")
    (True, False, False)
    """
    clause = _CLAUSES.split(before)[-1]
    return clause.endswith("的") and re.search(r"\d", clause) is not None


def are_joined(between: str) -> bool:
    """Whether what stands between two names makes one list of them.

    >>> [are_joined(between) for between in ("、", "和", "受灾,", "")]
    [True, True, False, False]
    """
    return _BETWEEN.fullmatch(between) is not None


def led_by(before: str) -> str:
    """The core of what leads to a number: its clause, and those before it that this one leans on.

    >>> led_by("固定资产投资完成41.2亿元,下降")
    '固定资产投资'
    """
    shared = shared_by(before)
    return core(before[led_from(before) :] if shared is None else shared)


def shared_by(before: str) -> str | None:
    """Of names that share one predicate (分别), the words of the one whose number comes next.

    >>> shared_by("其中增值税、企业所得税分别为13.28亿元、")
    '企业所得税'
    >>> shared_by("发生事故31起,死亡24人,同比分别下降"), shared_by("死亡24人,下降")
    ('发生事故31起', None)
    >>> shared_by("城镇和农村居民收入分别达到"), shared_by("第一、第二产业投资分别增长2%和")
    ('城镇居民收入', '第二产业投资')
    """
    stretch = re.split("[;；。]", before)[-1]
    head, mark, tail = stretch.rpartition("分别")
    if not mark or re.search("[,，]", tail):
        return None
    index = len(_NUMBER.findall(tail))
    parts = [part for part in _JOINED.split(head) if core(part)]
    told = parts[-max(2, index + 1) :]
    return _whole(told[index], told[-1]) if index < len(told) else None


def shared_from(before: str) -> int:
    """Where the predicate stands that names share: it tells one such list from another."""
    return before.rfind("分别")


def _whole(part: str, last: str) -> str:
    """One of several names that share a head, which the last one has: 城镇和农村|居民收入."""
    is_whole = part[-1] == last[-1] or not len(part) < len(last)
    return part if is_whole else part + last[len(part) :]


def led_from(before: str) -> int:
    """Where the words begin that lead to a number: with its clause, or one that this leans on.

    >>> led_from("工业投资20亿元,固定资产投资完成41.2亿元,下降")
    9
    """
    end = len(before)
    while True:
        start = max((m.end() for m in _CLAUSES.finditer(before, 0, end)), default=0)
        if not start or not len(core(before[start:])) < LEAST:
            return start
        end = start - 1


def likeness(wanted: str, words: str) -> float:
    """How much of a wanted core some words have, in any order, and how little else.

    >>> likeness("城镇新增就业", "城镇新增就业"), likeness("生产总值", "固定资产投资") < 0.1
    (1.0, True)
    >>> likeness("城镇新增就业", "新增城镇就业") > likeness("城镇居民收入", "农村居民收入") > 0.5
    True
    """
    recall = (_share(wanted, words) + _share(pairs(wanted), pairs(words))) / 2
    return recall * (1 + _share(words, wanted)) / 2


def is_swapped(wanted: str, words: str) -> bool:
    """Whether some words have another character where a wanted core has one: 进口, not 出口.

    It stands at the same place, or behind the same one: the models judge what differs by more.

    >>> is_swapped("进口总额", "出口总额"), is_swapped("第二产业增加值", "第三产业增加值")
    (True, True)
    >>> is_swapped("全体居民收入", "禾川县居民收入")
    False
    >>> is_swapped("粮食总产量", "粮食产量"), is_swapped("新增就业人数", "新增就业")
    (False, False)
    >>> is_swapped("城镇居民收入", "全体居民收入"), is_swapped("合作社总收入", "本社总收入")
    (True, False)
    """
    for n, (missing, behind) in enumerate(pairwise(wanted)):
        at = words.find(behind)
        if at < 1 or missing in words:
            continue
        other, ahead = words[at - 1], words[at - 2 : at - 1]
        is_same_place = n in (0, at - 1) or ahead == wanted[n - 1]
        if is_same_place and other not in wanted and other not in _PLACES:
            return True
    return False


def is_mark_passed(before: str, text: str = "") -> bool:
    """Whether a number is a mark that was passed: 首次站上[600亿元], [突破500亿元].

    >>> is_mark_passed("首次站上", "600亿元"), is_mark_passed("总产值", "突破500亿元")
    (True, True)
    """
    return _PASSED.search(before + _DIGIT.split(text)[0]) is not None


def is_difference(before: str) -> bool:
    """Whether a number says by how much two others differ: 比年初目标低[2.2个百分点].

    >>> is_difference("增长4.8%,比年初目标低"), is_difference("高于全市平均水平")
    (True, True)
    >>> is_difference("比上年的"), is_difference("比重较高的企业")
    (False, False)
    """
    return _DIFFERS.search(before) is not None


def is_of_change(about: str) -> bool:
    """Whether some words ask for how much something moved."""
    return _OF_CHANGE.search(about) is not None


def is_of_money(about: str) -> bool:
    """Whether some words ask for sums of money."""
    return _OF_MONEY.search(about) is not None


def without_total(wanted: str, text: str) -> str:
    """A core without the word at its end that says only that it is the whole, if no text has it.

    >>> without_total("罚款总额", "罚款3万元"), without_total("罚款总额", "进口总额3万元")
    ('罚款', '罚款总额')
    >>> without_total("生产总值", ""), without_total("总数", "")
    ('生产总值', '总数')
    """
    match = _TOTAL.search(wanted)
    return wanted if match is None or match[0] in text else wanted[: match.start()]


def is_of_whole(text: str) -> bool:
    """Whether a sentence is of a whole: a clause names one, or it opens with what sums up.

    >>> [is_of_whole(text) for text in ("全县罚款9万元。", "今年,全县罚款9万元。", "共罚款9万元。")]
    [True, True, True]
    >>> is_of_whole("出口上锁,共罚款9万元。")
    False
    """
    return _OF_WHOLE.search(text) is not None


def segment(before: str) -> str:
    """The part of a sentence that a number stands in, up to it."""
    return _SEGMENTS.split(before)[-1]


def clause(words: str) -> str:
    """The last clause of some words."""
    return _CLAUSES.split(words)[-1]


def _share(wanted: str | list[str], words: str | list[str]) -> float:
    counted: Counter[str] = Counter(wanted)
    return (counted & Counter(words)).total() / max(1, counted.total())


def pairs(words: str) -> list[str]:
    """Each two characters that stand together; of one alone that one.

    >>> pairs("罚款额"), pairs("人")
    (['罚款', '款额'], ['人'])
    """
    return [words[at : at + 2] for at in range(len(words) - 1)] or [words][: len(words)]
