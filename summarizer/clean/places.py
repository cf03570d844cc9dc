"""The place that a report is about, by the form of administrative names: 涪陵区义和镇.

No gazetteer: a name is a short stem before 省 市 县 区 镇 乡 …, and how far its stem reaches is
told by what the text repeats and by where a run of characters begins.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from summarizer.types import Span

NOT_PLACES = Path(__file__).parent / "data" / "not_places.txt"

_LEVELS = {"省": 1, "市": 2, "州": 2, "盟": 2, "县": 3, "区": 3, "旗": 3, "镇": 4, "乡": 4, "道": 4}
_RUN = re.compile("[\u4e00-\u9fff]{3,}")
_SUFFIX = re.compile(
    "街道|自治[区县州旗]|新区|开发区|特别行政区|省(?![级钱心力道略定直督亲])|市(?![场民级值容政属直面井集])|[州盟旗](?![级舰帜])"
    "|县(?![级域城直])|区(?![域间别块分位级直内])|镇(?![村区痛静级守压定])|乡(?![村亲镇土情愁贤里音])"
)
_STOP = re.compile("[。!?;\n]")
_FORMAL = ("中国共产党", "中共", "中国")
_PARTICLES = frozenset(
    "的在和与及为是有了对从到由把被将于以等全各该我本这那每某让给使并但而又也都就还已过着不无"
)

ENOUGH = 4  # points of a name that is a text's place: one mention in the lead is three
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
    """
    places = list(_places(text, own))
    head = text[title.slice] if title else ""
    best = _best(text, places, head, own)
    if best is None:
        return None
    chains = [_chain(places, k) for k, place in enumerate(places) if place.name == best]
    longest = max(chains, key=len)
    if len(longest) == 1:
        longest = _same_sentence(text, places, best) or longest
    span = Span(longest[0].span.start, longest[-1].span.end)
    return "".join(place.name for place in longest), span


def _best(text: str, places: Sequence[Place], title: str, own: Sequence[Span]) -> str | None:
    """The name said most, where title and lead count more; None if it is hardly said at all.

    A name behind its county's counts more, and one that 全镇 or 该乡 can only mean.
    """
    lead_end = next((span.end for span in own if span.end - span.start > 80), 0)
    known = {place.name: place for place in places}
    scores = Counter(place.name for place in places)
    for place in places:
        scores[place.name] += 2 * (place.span.end <= lead_end)
    for before, place in pairwise(places):
        scores[place.name] += before.span.end == place.span.start and before.level < place.level
    for name, place in known.items():
        alone = sum(other.level == place.level for other in known.values()) == 1
        scores[name] += alone and any(f"{word}{name[-1]}" in text for word in "全该我本")
        scores[name] += 6 * (name in title) + 5 * (name not in title and place.stem in title)
    best = max(scores, key=lambda name: (scores[name], known[name].level), default=None)
    return best if best and not scores[best] < ENOUGH else None


def _chain(places: Sequence[Place], last: int) -> list[Place]:
    """The places that stand directly before one, higher ones, and that one."""
    chain = [places[last]]
    for place in reversed(places[:last]):
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
    runs = [
        Span(match.start(), match.end())
        for span in own
        for match in _RUN.finditer(text, span.start, span.end)
    ]
    counts = Counter(
        text[start:end] for run in runs for _, end, starts in _ends(text, run) for start in starts
    )
    for run in runs:
        boundary = run.start
        for position, end, starts in _ends(text, run):
            start = _start(text, Span(boundary, end), starts, counts)
            if start is not None and not start < boundary:
                yield Place(text[start:end], Span(start, end))
                boundary = end
            elif text[position - 1] in "我全本该":
                boundary = end


def _ends(text: str, run: Span) -> Iterator[tuple[int, int, list[int]]]:
    """Each suffix of a run: where it begins and ends, and where its name may begin."""
    for match in _SUFFIX.finditer(text, run.start, run.end):
        starts = []
        for length in (4, 3, 2, 1) if match[0] == "县" else (4, 3, 2):
            start = match.start() - length
            if not start < run.start and _is_name(text[start : match.start()], match[0]):
                starts.append(start)
        yield match.start(), match.end(), starts


def _is_name(stem: str, suffix: str) -> bool:
    inner = _SUFFIX.search(stem)
    if inner and not (inner.start() == 1 and len(stem) == 2):
        return False
    return not any((stem + suffix).endswith(word) for word in _not_places())


def _start(text: str, window: Span, starts: Sequence[int], counts: Counter[str]) -> int | None:
    """Where a name begins: as far left as the text repeats it, or as a run begins."""
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
    if counts[text[chosen:end]] < OFTEN and boundary in possible:
        chosen = boundary
    rare = counts[text[chosen:end]] < OFTEN
    return None if rare and not _PARTICLES.isdisjoint(text[chosen:end]) else chosen


@lru_cache(maxsize=1)
def _not_places() -> tuple[str, ...]:
    return tuple(sorted(set(NOT_PLACES.read_text(encoding="utf-8").split())))
