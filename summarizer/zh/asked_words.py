"""What a field's description asks for: its core, what does not count, which time.

A small model reads little of a description; what its author says in so many words, rules can hold
against the words around a number: 今年累计的不算, 二季度, 2023年, 截止的日期.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from summarizer.zh.date_pattern import number
from summarizer.zh.lexicon import by_kind
from summarizer.zh.measured import core, led_from, segment, shared_by
from summarizer.zh.names.lexicon import COMMON
from summarizer.zh.quantities.units import UNITS
from summarizer.zh.script import fold

_WORDS = by_kind(Path(__file__).with_name("asked_words.tsv"))
_CLAUSES = re.compile("[;；,，。:：]")
_BRACKETS = re.compile("[(（][^)）]*[)）]")
_NOT_COUNTED = re.compile(
    rf"(?P<before>[^;；,，。(（]*?)(?:都|均)?(?:{_WORDS['not_counted']})(?=[;；,，。)）]|$)"
    rf"|(?:{_WORDS['without']})(?P<behind>[^;；,，。)）]+)"
)
_TERMS = re.compile("[、和及与]")
_AMONG, _SINGLE = re.compile(f"^(?:{_WORDS['among']})"), re.compile(_WORDS["single"])
_WHEN = "[从到]?(?:哪一?天|何时|什么时候)(?:开始|起|止)?"
_HOW_MUCH = "(?:一共|总共|共)?(?:是|为)?(?:有?多[少大重长高远]|有?几).{0,2}"
_COUNTERS = "|".join(sorted(unit for unit, one in UNITS.items() if one.kind == "count"))
_NUMBER_OF = re.compile(rf"(?<=..)(?P<counter>{_COUNTERS})?(?<![指系倍基分参函])数$")
_COMPARED = re.compile(
    "[比较与同](?:[上去前]一?年|[上前]一?[月季]度?|年初|上期|同期)(?:同期)?(?:相比)?的?"
)
_GENERAL = re.compile(f"(?<=..)(?:{_WORDS['general']}|{_WHEN}|{_HOW_MUCH})$")
_OF_NUMBER = re.compile(f"(?:{_WORDS['of_number']})$")
_REGION = re.compile("[全本我][国省市县区州旗镇乡村]")
_OF_SCOPE = re.compile(rf"{_REGION.pattern}|\d年|{_WORDS['of_scope']}")
_OF_PLAN = re.compile(_WORDS["of_plan"])
_TOLD_BEFORE = re.compile(r".*\d[^、]*、")
_SHARE = re.compile(_WORDS["of_whole"])
_SHARE_LED = re.compile(
    rf"(?:{_WORDS['of_whole']})(?:{_WORDS['led_by']})*(?:\d|[近超不足过]*[一二三四五六七八九]成|$)"
)
_PART = re.compile(
    r"第?(?P<quarter>[一二三四1-4])季度|前(?P<quarters>[两三二23])个?季度|(?P<half>[上下])半年|全年"
    r"|前(?P<months>\d+)个?月"
    r"|(?:(?P<first>\d{1,2})月?份?[-—–~至到])?(?P<last>\d{1,2})月(?:份)?(?!\d)"
)
_YEAR = re.compile(r"\d{4}(?=年)")
_LAST, _FIRST = re.compile(_WORDS["last"]), re.compile(_WORDS["first"])
_SHARE_ASKED = re.compile("(?<!不是)(?<!不要)百分比(?!不算|除外|不计)")
_DUE = re.compile(_WORDS["due"])
BEHIND = 6  # characters behind a number that say what it is of
_STEP = 2  # characters of a term that must stand together


End = Literal["", "first", "last"]
"""Which end of a time is asked for, if one is."""


@dataclass(frozen=True, slots=True)
class AskedWords:
    """What a field asks for: `core` is what it is called, `excluded` what does not count.

    `not_meant` is the same in whole words (县里的部门), of which `excluded` are those that stand
    beside a number (县里). `years` and `parts` are the times that it names, `end` which end of a
    time it is; `is_due`: the day by which something is to be done.
    """

    core: str
    excluded: tuple[str, ...] = ()
    not_meant: tuple[str, ...] = ()
    years: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()
    end: End = ""
    is_due: bool = False

    @classmethod
    def of(cls, about: str) -> AskedWords:
        """What a description says.

        >>> asked = AskedWords.of("二季度成交宗数(公开出让);上半年累计和全市的不算")
        >>> asked.core, asked.excluded, asked.parts
        ('二季度成交', ('上半年累计', '全市'), frozenset({'二季度'}))
        >>> [AskedWords.of(one).core for one in ("教师数", "参保企业家数", "价格指数")]
        ['教师', '参保企业', '价格指数']
        >>> [AskedWords.of(one).core for one in ("召回的食品有多重", "报送结果的时限")]
        ['召回食品', '报送结果']
        >>> AskedWords.of("入户调查结束的日期").end, AskedWords.of("罚款,不含没收").excluded
        ('last', ('没收',))
        >>> AskedWords.of("一个单位;县里的部门、受表扬的单位不算").not_meant
        ('县里的部门', '受表扬')
        >>> AskedWords.of("报送结果的时限").is_due, AskedWords.of("入户调查结束的日期").is_due
        (True, False)
        """
        words = fold(about)
        first, terms = _CLAUSES.split(_BRACKETS.sub("", words))[0], [*_excluded(words)]
        asked_last, asked_first = _LAST.search(first), _FIRST.search(first)
        return cls(
            _without_number(_GENERAL.sub("", core(_COMPARED.sub("", first)) or core(words))),
            tuple(_with_enough(one.split("的")[0] for one in terms)),
            tuple(_with_enough(_without_own_head(one.removeprefix("的"), first) for one in terms)),
            frozenset(_YEAR.findall(first)),
            frozenset(part[0] for part in _PART.finditer(first)),
            "last" if asked_last else "first" if asked_first else "",
            bool(_DUE.search(first)),
        )

    def fault(self, before: str, behind: str) -> str:
        """What the words around a number say that its field does not ask for, "" for nothing.

        >>> asked = AskedWords.of("二季度成交宗数;上半年累计的不算")
        >>> [asked.fault(before, "宗") for before in ("一季度成交", "上半年累计成交", "成交")]
        ['一季度', '上半年', '']
        >>> asked.fault("截至6月30日,成交", "宗")  # a day is no part of the year
        ''
        >>> asked.fault("4—6月,成交", "宗"), asked.fault("1—6月,成交", "宗")
        ('', '1—6月')
        """
        stretch = segment(before)
        if self.years and (named := _YEAR.findall(stretch)) and named[-1] not in self.years:
            return str(named[-1])
        asked = {_months(one) for part in self.parts for one in _PART.finditer(part)}
        if asked and (told := [*_PART.finditer(stretch)]) and _months(told[-1]) not in asked:
            return str(told[-1][0])
        return self.excluded_by(before, behind)

    def excluded_by(self, before: str, behind: str) -> str:
        """What the words around a number say that does not count, "" for nothing.

        Where a part of a whole does not count, none does, whatever word says it.

        >>> asked = AskedWords.of("一个指标;比重、构成的数不算")
        >>> [asked.excluded_by(words, "") for words in ("工业占比为", "占比26.8%,下降", "增加值")]
        ['比重', '比重', '']

        Not what another number of the same clause is of, a wider region or a plan before it.

        >>> asked = AskedWords.of("绝收面积;受灾的、全市的、计划的不算")
        >>> told = ("受灾7亩、绝收", "下达全市9亩,其中我县", "计划9亩,实际绝收", "全市受灾9亩,绝收")
        >>> [asked.excluded_by(words, "") for words in told]
        ['', '', '', '全市']
        """
        clause = _CLAUSES.split(before)[-1]
        led = before[led_from(before) :]
        own = _own_words(before, clause) + "|" + words_behind(behind)
        for term in self.excluded:
            around = own
            if _OF_PLAN.search(term):
                around = led + own
            elif _OF_SCOPE.search(term) and not (_REGION.search(term) and _REGION.search(clause)):
                around = segment(before) + own
            is_share = _SHARE.fullmatch(term) and _SHARE_LED.search(clause if core(clause) else led)
            if (is_share or _has(around, term)) and not _has(self.core, term):
                return term
        return ""


def _months(told: re.Match[str]) -> tuple[int, int]:
    """The first and the last month of a part of a year.

    >>> parts = "三季度,7月至9月,1—6月,上半年,前三季度,9月"
    >>> [_months(told) for told in _PART.finditer(parts)]
    [(7, 9), (7, 9), (1, 6), (1, 6), (1, 9), (9, 9)]
    """
    if half := told["half"]:
        return (1, 6) if half == "上" else (7, 12)
    if quarter := told["quarter"]:
        return 3 * number(quarter) - 2, 3 * number(quarter)
    if several := told["quarters"] or told["months"]:
        return 1, number(several) * (3 if told["quarters"] else 1)
    last = told["last"]
    return (int(told["first"] or last), int(last)) if last else (1, 12)


def _own_words(before: str, clause: str) -> str:
    """What of the clause before a number is of it, and not of a number that the clause told first.

    >>> _own_words("受灾面积7.26万亩、绝收面积", "受灾面积7.26万亩、绝收面积")
    '绝收面积'
    >>> told = "城镇和农村居民收入分别达到36842元和"
    >>> _own_words(told, told)
    '农村居民收入'
    """
    if (shared := shared_by(before)) is not None:
        return shared
    own = _TOLD_BEFORE.sub("", clause)
    return own if core(own) else clause


def _without_number(words: str) -> str:
    """What is counted, of the number of it; a counter that ends a word of it stays.

    >>> [_without_number(words) for words in ("参保企业家数", "常住人口数", "教师数", "户数")]
    ['参保企业', '常住人口', '教师', '户数']
    """
    found = _NUMBER_OF.search(words)
    if found is None:
        return words
    start, behind = found.span("counter")
    if start < 0 or words[start - 1 : behind] in COMMON:
        return words[:-1]
    return words[:start]


def first_clause(about: str) -> str:
    """What a description asks for, without what it adds.

    >>> first_clause("一个欠薪案例,一家单位一条;外县的不算")
    '一个欠薪案例'
    """
    return _CLAUSES.split(fold(about))[0]


def head_of(about: str) -> str:
    """The word that a description's core ends in: what is measured.

    >>> head_of("今年完成投资;累计的不算"), head_of("受灾人口")
    ('投资', '人口')
    """
    return AskedWords.of(about).core[-_STEP:]


def asks_share(about: str) -> bool:
    """Whether a description asks for how many percent something changed by, not for how many."""
    first = _CLAUSES.split(_BRACKETS.sub("", fold(about)))[0]
    return _SHARE_ASKED.search(first) is not None


def is_attribute(behind: str) -> bool:
    """Whether what stands before these words describes a noun among them: 3月1日前|的问题."""
    return behind.startswith("的")


def words_behind(behind: str) -> str:
    """The first words behind a number, up to the next one and to the end of its clause.

    >>> [words_behind(behind) for behind in ("结束,共查了378家", "企业20户", "不符合条件的家庭")]
    ['结束', '企业', '不符合条件的']
    """
    return re.split(r"[,，;；。、:：\d]", behind)[0][:BEHIND]


def _excluded(words: str) -> Iterator[str]:
    """What some words say does not count: each thing, by itself without the words for its number.

    >>> [*_excluded("全乡的数、水库的总数、教师数不算")]
    ['全乡', '水库的总数', '教师']
    """
    for match in _NOT_COUNTED.finditer(words):
        for term in _TERMS.split(match["before"] or match["behind"] or ""):
            own = _AMONG.sub("", term).removesuffix("的")
            bare = _OF_NUMBER.sub("", own).removesuffix("的")
            yield own if "的" in bare else bare


def _without_own_head(term: str, first: str) -> str:
    """What does not count, without the noun that all that is asked for has as well.

    >>> _without_own_head("提请的人", "一个人的任免"), _without_own_head("县里的部门", "一个单位")
    ('提请', '县里的部门')
    """
    what, _, head = term.rpartition("的")
    return what if what and head in first else term


def _with_enough(terms: Iterable[str]) -> Iterator[str]:
    """The terms that say enough by themselves."""
    return (one for one in terms if len(one) >= _STEP and not _SINGLE.match(one))


def _has(words: str, term: str) -> bool:
    """Whether some words have a term, in pieces perhaps: 今年以来,全县累计 has 今年累计."""
    return all(term[at : at + _STEP] in words for at in range(0, len(term), _STEP))
