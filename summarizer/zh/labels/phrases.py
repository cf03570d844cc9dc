"""Words of a clause as a phrase that stands alone: trimmed, balanced, and cut where it may be.

What is cut off is what leads in (目前, 一是, 其中), what leads to the number (达到, 稳定在), and
little words that only a sentence needs (已, 就, 了). A phrase is never cut inside a name, a bracket
or a quotation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from summarizer.zh.common_words import common_words
from summarizer.zh.lexicon import cells

LONGEST, LEAST = 26, 8
BLANK = "\ufffc"  # what stands where a quantity stood
HIDDEN = "\ufff9"  # a comma inside brackets or quotation marks, which divides no clauses

_YEAR = r"(?:(?:19|20)\d\d年度?|[今去前上明]年度?|本年度?|当年|同年|全年|1\d\d年度)"
_DAY = r"(?:[上下]半年|\d{1,2}月(?:份|\d{1,2}日)?|(?:年|月)?[初末底](?![人级次])|第?[一二三四]季度)"
_TIME = (
    rf"(?:截[至止]到?|到|至|自)?{_YEAR}{_DAY}*(?:以来|起|止|[以之]?[前后])?|截[至止]到?(?:目前|{_DAY}+)"
    r"|年[初末底](?=[一-鿿])|目前|当前|如今|眼下|现在|近年来?|[一二三四五六七八九十两]+年[来间]"
)
_LEAD = re.compile(
    rf"【[^】]{{1,10}}】|(?:{_TIME})|[为对与]此|即将|将要|[对由]于|因为|如果|[还只]要|使得|{_DAY}[以之]?[前后](?=[一-鿿])|[一二三四五六七八九十]是|—+|现(?:有|已)?(?![代金场行状])|[已仍还共]有|[已仅还又也便就]|[一总]?共(?![计同享])"
    r"|有(?![机效关色序线偿])|其中|同时|此外|并且?|共计|合计|再|通过|为了?|让|使"
    r"|和(?![美睦])|以?及(?!时)|与|在|将|把|等(?![级额])|的|由|即|来(?![自访华])"
    r"|对(?!象)|向|力争|确保|据(?:了解|介绍|统计)|此"
    r"|我们?(?=[镇乡村县市区局校院])[镇乡村县市区局校院]?|我们?|俺们?|咱们?"
)
_TO = r"(?:[到至为成]|在(?=$))"
_TAIL = re.compile(
    r"(?:(?:保持|稳定|控制|维持)在|(?:提高|提升|增加|增长|上升|回升|扩大|拓展|下降|降低|减少|缩短|压缩|扩|增|升|降)"
    rf"{_TO}|达到?|高达|合共|共计|合计|总计|[一总]?共有?|不足|不[低少高超][于过]|超过?|突破|[为了有约仅便的等是至到逾近由即]"
    r"|只有|来(?!自)|分别|将|累计|全部|(?<![是为])(?:今年|去年)|(?<=[入额值量])完成|新台币|港币|人民币|介乎)+$"
)
_LITTLE = re.compile(
    r"(?<![为除受不])了(?![解结])|已经?(?=[一-鿿])|(?<=[一-鿿])(?:便|就)(?=[达获能可])"
    r"|(?<![不仅])仅(?![仅次])|(?<![偿归返])还(?=[有能可])(?!款)|至少|包括|(?<![公中])[一总]?共有?(?=[投搬完发吸实有])|(?<=[一-鿿]{2})共有(?=[一-鿿])"
    r"|(?<=[镇村县市区乡初])有(?=[一-鿿])(?![机效关限])|于[一二三四五六七八九零〇\d]{4}年|在[\d-]{4,9}(?:财政)?年度的"
    r"|(?<![即健大])将(?=[再新扩继建投达])|(?<=[一-鿿])也(?=[有能可])"
)
_LISTED = re.compile("(?:[^的、,，和及]{1,8}[、和及])+[^的、,，和及]{1,10}等(?=[一-鿿])")
_PAIRS = ("()", "（）", "“”", "「」", "『』", "《》", "‘’", "[]", "【】")
_ODD = re.compile(r"(?<!\d)\[\d{1,2}\](?!\d)|……?")
_EDGES = " \u3000、，,·—-+:：;；."
_STEPS = re.compile("[从由向在]")
_INSIDE = re.compile("[社站室员队者部组会所厂家化率院人商]")
_CUTS = "的、和及与"

_DENIAL = re.compile("[未没无不]")


def trimmed(words: str) -> str:
    """The words without what leads in, what leads out and what a sentence alone needs."""
    words = _ODD.sub("", words.replace(BLANK, "").replace(HIDDEN, "，")).strip(_EDGES)
    words = balanced(_LITTLE.sub("", words))
    if any(words[:1] == pair[0] and words.find(pair[1]) == len(words) - 1 for pair in _PAIRS):
        words = words[1:-1]  # somebody's own words, from end to end
    for _ in range(3):
        shorter = balanced(ended(_not_led(words)).strip(_EDGES))
        if shorter == words:
            break
        words = shorter
    return words


def _not_led(words: str) -> str:
    """The words without what leads in; a word that begins as that does is kept whole (就业)."""
    at = 0
    while (lead := _LEAD.match(words, at)) and common_words().behind(words, at) <= len(lead[0]):
        at = lead.end()
    return words[at:]


def ended(words: str) -> str:
    """The words without what leads to a number."""
    return _TAIL.sub("", words)


def leaves_out_a_denial(label: str, words: str) -> bool:
    """Whether some words deny something, and a label made of them does not.

    >>> leaves_out_a_denial("残疾人之家", "没有建残疾人之家")
    True
    >>> leaves_out_a_denial("贫困群众", "贫困群众"), leaves_out_a_denial("未建村", "至今未建村")
    (False, False)
    """
    return bool(_DENIAL.search(words)) and not _DENIAL.search(label)


def balanced(words: str) -> str:
    """The words without a bracket or quotation mark whose partner is not among them.

    >>> balanced("施用化肥(折纯"), balanced("“一户一策”台账)")
    ('施用化肥折纯', '“一户一策”台账')
    """
    for pair in _PAIRS:
        opening, closing = pair[0], pair[1]
        held: list[int] = []
        odd: list[int] = []
        for at, char in enumerate(words):
            if char == opening:
                held.append(at)
            elif char == closing:
                if held:
                    held.pop()
                else:
                    odd.append(at)
        for at in sorted((*held, *odd), reverse=True):
            words = words[:at] + words[at + 1 :]
    return words


def shortened(words: str, names: Iterable[str] = (), longest: int = LONGEST) -> str:
    """The end of what is too long, from a verb, a step or a 的 on; never from inside a name.

    >>> shortened("永和县青山镇党委政府坚持因地制宜发展特色产业发展油茶和茶叶种植", longest=20)
    '发展特色产业发展油茶和茶叶种植'
    """
    if longest < len(words):
        words = _LISTED.sub(lambda m: last_verb(m[0].split("、")[0]), words, count=1)
    if not longest < len(words):
        return words
    barred = _barred(words, names)
    spots = [p for p in range(len(words) - longest, len(words) - LEAST + 1) if p not in barred]
    for kind in (_opens, _follows):
        for spot in spots:
            if kind(words, spot):
                return words[spot:].lstrip(_EDGES)
    return words


def _opens(words: str, at: int) -> bool:
    """Whether a verb or a step opens here, and no noun that is made of one (合作社)."""
    if _STEPS.match(words, at):
        return True
    return words[at : at + 2] in verbs() and not _INSIDE.match(words, at + 2)


def _follows(words: str, at: int) -> bool:
    return words[at - 1] in _CUTS


def _barred(words: str, names: Iterable[str]) -> set[int]:
    """Where no phrase may begin: inside a name, inside brackets or quotation marks."""
    barred: set[int] = set()
    for name in names:
        start = words.find(name) if name else -1
        while not start < 0:
            barred.update(range(start + 1, start + len(name)))
            start = words.find(name, start + 1)
    for pair in _PAIRS:
        for match in re.finditer(f"\\{pair[0]}[^\\{pair[1]}]*\\{pair[1]}", words):
            barred.update(range(match.start() + 1, match.end()))
    return barred


def hidden(text: str) -> str:
    """The text with the commas inside short brackets and quotations hidden: they divide nothing."""
    return _inner().sub(lambda m: re.sub("[,，;；:：]", HIDDEN, m[0]), text)


@lru_cache(maxsize=1)
def _inner() -> re.Pattern[str]:
    openings = "".join(re.escape(pair[0]) for pair in _PAIRS)
    closings = "".join(re.escape(pair[1]) for pair in _PAIRS)
    return re.compile(f"[{openings}][^{openings}{closings}。！？!?\n]{{1,30}}[{closings}]")


def last_verb(words: str) -> str:
    """The words up to the end of the last verb of doing in them, "" for none.

    >>> last_verb("帮助困难群众销售畜禽")
    '帮助困难群众销售'
    """
    ends = [
        at + 2
        for at in range(len(words) - 1)
        if words[at : at + 2] in verbs() and not _INSIDE.match(words, at + 2)
    ]
    return words[: ends[-1]] if ends else ""


@lru_cache(maxsize=1)
def verbs() -> frozenset[str]:
    """The verbs of doing of two characters, as `actions.tsv` has them."""
    rows = cells(Path(__file__).parent.parent / "actions.tsv")
    return frozenset(word for word, *_ in rows if len(word) == 2)
