"""The place that a report is about, by the form of administrative names: 涪陵区义和镇.

No gazetteer: a name is a short stem before 省 市 县 区 镇 乡 …, and how far its stem reaches is
told by what the text repeats and by where a run of characters begins.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from summarizer.types import Span

DATA = Path(__file__).parent / "data"

_LEVELS = {"省": 1, "市": 2, "州": 2, "盟": 2, "县": 3, "区": 3, "旗": 3, "镇": 4, "乡": 4, "道": 4}
_RUN = re.compile("[\u4e00-\u9fff]{3,}")
_SUFFIX = re.compile(
    "街道|自治[区县州旗]|新区|开发区|经济区|特别行政区|省(?![级钱心力道略定直督亲])"
    "|市(?![场级值容属直面井集]|民(?!政)|政(?!府))|[州盟旗](?![级舰帜])"
    "|县(?![级域城直])|区(?![域间别块分位级直内])|镇(?![村区痛静级守压定])"
    "|乡(?![村亲镇土情愁贤里音郊野绅思])"
)
_VILLAGE = re.compile("([一-鿿]{2,4}?)村(?![民落庄镇级居])")
_NO_VILLAGE = re.compile(".*[乡农渔名全我本该各每驻个]")
_LENGTHS = {"县": (4, 3, 2, 1), "自治": tuple(range(9, 1, -1))}
LONGEST_STEM = 9
_PEOPLES = re.compile("(?:[一-鿿]{1,2}族)+")
_SPOKEN = re.compile(r"[的,，:：\s]|再?(?:说|指出|表示|强调|要求|认为|介绍|提到|宣布)")
_YEAR_ENDS = re.compile(r"(?<=\d)(?:年度?|月份?|日)")
_STOP = re.compile("[。!?;\n]")
_FORMAL = ("中国共产党", "中共", "中国")
_PARTICLES = frozenset(
    "的在和与及为是有了对从到由把被将于以等全各该我本这那每某让给使并但而又也都就还已过着不无"
)

ENOUGH = 4  # points of a name that is a text's place: one mention in the lead is three
LONGEST_CHAIN = 8  # places that stand in each other: 省 市 县 镇 and some more
OFTEN = 3  # mentions after which what the text repeats decides where a name begins


@dataclass(frozen=True, slots=True)
class Place:
    """A name as it stands in a text, with its place there."""

    name: str
    span: Span

    @property
    def level(self) -> int:
        return _LEVELS[self.name[-1]]

    @property
    def stem(self) -> str:
        last = [match.start() for match in _SUFFIX.finditer(self.name)][-1]
        return self.name[:last]


def find_place(text: str, title: Span | None, own: Sequence[Span]) -> tuple[str, Span] | None:
    r"""The name of the place that a folded text is about and where it stands, or None.

    `own` are the spans that belong to the report, `title` is one of them or None. A township's
    county stands before it, or in the same sentence; the span covers both then.

    >>> text = "义和镇扶贫\n今年以来,涪陵区义和镇在区委领导下脱贫。义和镇还"
    >>> find_place(text, Span(0, 5), [Span(0, 5), Span(6, 30)])
    ('涪陵区义和镇', Span(start=11, end=17))
    >>> find_place("我镇在集镇整治,全镇乡镇企业", None, [Span(0, 14)])
    >>> find_place("青石乡党委抓党建,全乡脱贫", None, [Span(0, 13)])
    >>> news = "本报讯 云砚县石鼓镇发展油茶。" + "该镇引进企业,带动群众增收。" * 6
    >>> find_place(news, None, [Span(0, len(news))])
    ('云砚县石鼓镇', Span(start=4, end=10))
    >>> find_place("根据县政府安排修路,全县通车", None, [Span(0, 14)])
    >>> find_place("苏县长的话\n苏县长指出,云林子弟修路", Span(0, 5), [Span(0, 5), Span(6, 18)])
    """
    places = list(_places(text, own))
    best = _best(text, places, title, own)
    if best is None:
        return _village(text, title, own)
    chain = _longest(text, places, best)
    if title and (village := _village_behind(text, title, best)):
        chain.append(village)
    first = min(place.span.start for place in chain)
    span = Span(first, max(place.span.end for place in chain))
    return "".join(place.name for place in chain), span


def _longest(text: str, places: Sequence[Place], best: str) -> list[Place]:
    """The name with the higher ones that the text gives it anywhere."""
    chains = [_chain(places, k) for k, place in enumerate(places) if place.name == best]
    longest = max(chains, key=len)
    if len(longest) == 1:
        longest = _same_sentence(text, places, best) or longest
    return longest


def _village_behind(text: str, title: Span, place: str) -> Place | None:
    """The village that a title names directly behind the place: 石泉乡老鹰岩村."""
    at = text.find(place, title.start, title.end)
    match = _VILLAGE.match(text, at + len(place), title.end) if not at < 0 else None
    return _as_village(match) if match else None


def _behind(text: str, word: str, lengths: Iterable[int]) -> set[str]:
    """All that stands behind a word, in each of the lengths: one pass, however many are asked."""
    ends = [match.end() for match in re.finditer(word, text)]
    return {text[at : at + length] for length in lengths for at in ends}


def _village(text: str, title: Span | None, own: Sequence[Span]) -> tuple[str, Span] | None:
    """The village of a text that names no higher place: its title's, or the only one it repeats."""
    found = [
        village
        for span in own
        for run in _runs(text, span)
        if (match := _VILLAGE.match(text, run.start, run.end)) and (village := _as_village(match))
    ]
    counts = Counter(village.name for village in found)
    for village in found:
        if title and title.covers(village.span):
            if text.count(village.name) > 1 or re.search("[全我本该]村", text):
                return village.name, village.span
        elif len(counts) == 1:
            return (village.name, village.span) if text.count(village.name) > 1 else None
    return None


def _as_village(match: re.Match[str]) -> Place | None:
    stem = match[1]
    common = _NO_VILLAGE.fullmatch(stem) or stem in _words("not_villages")
    is_name = not common and _PARTICLES.isdisjoint(stem) and not _lead_in(stem)
    return Place(match[0], Span(*match.span())) if is_name else None


def _best(
    text: str, places: Sequence[Place], title: Span | None, own: Sequence[Span]
) -> str | None:
    """The name said most, where title and lead count more; None if it is hardly said at all.

    A name behind its county's counts more, and one that 全镇 or 该乡 can only mean.
    """
    head = text[title.slice] if title else ""
    lead_end = next(
        (
            span.end
            for least in (80, 20)
            for span in own
            if span.end - span.start > least and not (title and title.covers(span))
        ),
        0,
    )
    visited = _behind(text, "赴", {len(place.name) for place in places})
    known = {place.name: place for place in places if place.name not in visited}
    scores = Counter(place.name for place in places)
    for place in places:
        scores[place.name] += 2 * (place.span.end <= lead_end)
    for before, place in pairwise(places):
        scores[place.name] += before.span.end == place.span.start and before.level < place.level
    levels = Counter(place.level for place in known.values())
    for name, place in known.items():
        alone = levels[place.level] == 1
        scores[name] += alone and any(f"{word}{name[-1]}" in text for word in "全该我本")
        scores[name] += 6 * (name in head) + 5 * (name not in head and place.stem in head)
    best = max(known, key=lambda name: (scores[name], known[name].level), default=None)
    return best if best and not scores[best] < ENOUGH else None


def _chain(places: Sequence[Place], last: int) -> list[Place]:
    """The places that stand directly before one, higher ones, and that one."""
    chain = [places[last]]
    for place in reversed(places[max(0, last + 1 - LONGEST_CHAIN) : last]):
        if place.span.end != chain[0].span.start or chain[0].level < place.level:
            break
        chain.insert(0, place)
    return chain


def _same_sentence(text: str, places: Sequence[Place], name: str) -> list[Place] | None:
    """A higher place and this one from a sentence that has both, if it is always the same."""
    found: dict[str, list[Place]] = {}
    for before, place in pairwise(places):
        between = text[before.span.end : place.span.start]
        if place.name == name and before.level < place.level and not _STOP.search(between):
            found.setdefault(before.name, [before, place])
    return next(iter(found.values())) if len(found) == 1 else None


def _places(text: str, own: Sequence[Span]) -> Iterator[Place]:
    """Every administrative name in the report's own text, in order."""
    runs = [(run, list(_ends(text, run))) for span in own for run in _runs(text, span)]
    counts = Counter(
        text[start:end] for _, ends in runs for _, end, starts in ends for start in starts
    )
    for run, ends in runs:
        boundary = run.start
        for position, end, starts in ends:
            start = _start(text, Span(boundary, end), starts, counts)
            if start is not None and not start < boundary:
                yield Place(text[start:end], Span(start, end))
                boundary = end
            elif text[position - 1] in "我全本该":
                boundary = end


def _runs(text: str, span: Span) -> Iterator[Span]:
    """Runs of characters; 年 after a number is the number's: 110年嘉禾县."""
    for match in _RUN.finditer(text, span.start, span.end):
        year = _YEAR_ENDS.match(text, match.start())
        yield Span(year.end() if year else match.start(), match.end())


def _ends(text: str, run: Span) -> Iterator[tuple[int, int, list[int]]]:
    """Each suffix of a run: where it begins and ends, and where its name may begin."""
    for match in _SUFFIX.finditer(text, run.start, run.end):
        at = match.start()
        is_title = _is_title(text, match.end())
        lengths = _stems(text[max(run.start, at - LONGEST_STEM) : at], match[0], is_title)
        if lengths is not None:
            yield at, match.end(), [at - length for length in lengths]


def _is_title(text: str, end: int) -> bool:
    """Whether 长 behind a suffix ends the title of one who speaks: 苏县|长指出.

    >>> [_is_title(f"某县{words}", 2) for words in ("长指出", "长的话", "长城旅游", "长张明")]
    [True, True, False, False]
    """
    return text.startswith("长", end) and bool(_SPOKEN.match(text, end + 1))


@lru_cache(maxsize=4096)
def _stems(before: str, suffix: str, is_title: bool) -> tuple[int, ...] | None:
    """How long the stem before a suffix may be; None where a word leads to the suffix itself."""
    if before.endswith(_words("lead_ins")):
        return None
    lengths = [n for n in _LENGTHS.get(suffix[:2], (4, 3, 2)) if not (is_title and n == 1)]
    return tuple(n for n in lengths if not len(before) < n and _is_name(before[-n:], suffix))


def _is_name(stem: str, suffix: str) -> bool:
    inner = _SUFFIX.search(stem)
    if inner and not (inner.start() == 1 and (len(stem) == 2 or len(suffix) > 1)):
        return False
    if _lead_in(stem) or _PEOPLES.fullmatch(stem):
        return False
    return not (stem + suffix).endswith(_words("not_places"))


def _lead_in(stem: str) -> bool:
    """Whether words that stand before a place begin or end it: 位于翠川[县], 根据[县政府]."""
    return stem.startswith(_words("lead_ins")) or stem.endswith(_words("lead_ins"))


def _start(text: str, window: Span, starts: Sequence[int], counts: Counter[str]) -> int | None:
    """Where a name begins: as far left as the text repeats it, or as a run begins."""
    if not starts:
        return None
    formal = next((f for f in _FORMAL if text.startswith(f, window.start)), "")
    boundary = window.start + len(formal)
    possible = [start for start in starts if not start < boundary]
    if not possible:
        return None
    end = window.end
    chosen = possible[-1]
    for start in reversed(possible[:-1]):
        often = not counts[text[start:end]] < OFTEN
        if often and not counts[text[start:end]] < 0.7 * counts[text[chosen:end]]:
            chosen = start
    rare = counts[text[chosen:end]] < OFTEN
    opens = [s for s in possible if s == boundary or text.endswith(_words("lead_ins"), 0, s)]
    if rare and opens:
        chosen = opens[0]
    elif rare and len(possible) > 1 and end - chosen == len("川县"):
        chosen = possible[-2]
    rare = counts[text[chosen:end]] < OFTEN
    return None if rare and not _PARTICLES.isdisjoint(text[chosen:end]) else chosen


@lru_cache(maxsize=4)
def _words(name: str) -> tuple[str, ...]:
    return tuple(sorted(set((DATA / f"{name}.txt").read_text(encoding="utf-8").split())))
