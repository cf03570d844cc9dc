"""The report's own place, whose names are not among its names: 全镇, 镇政府, 义和镇 itself.

What is told of it needs no subject, and ends what was told of a party before.
"""

from __future__ import annotations

import re

from summarizer.types import Span
from summarizer.zh.attribution.clause_subjects import strip_lead_in
from summarizer.zh.attribution.parsed import ParsedSentence
from summarizer.zh.names.places import find_places

OWN_PLACE = ""  # the subject of what is the report's own place's: told, and nobody else's

_LEVEL = re.compile(
    r"^(?:[全我该本](?:镇|乡|县|市|区|省|街道)"
    r"|[镇乡县市区](?:里|上|财政|政府|党?委|党工委|党政|人大|公所"
    r"|[一-鿿]{1,6}?(?:局|办公室|办|站|所|委)(?![长员任])))"
)
_VILLAGE = re.compile(
    r"^[为给让]?(?:全村|村里|村集体(?!经济组织)|村上|该村|本村|[我咱俺]们?(?:村|社区)|全社区|该社区|社区里"
    r"|村党?支部|村党?总支|村委会|村[“”\"]?两委)"
)
_NAMED = re.compile(r"^[一-鿿]{1,12}?(?:镇|乡|县|市|区|州|街道|村|社区|里)")
_AUTHORITY = re.compile(
    r"^[省市县区州镇乡][一-鿿]{0,10}"
    r"(?:局|委|委员会|办|办公室|政府|妇联|联合会|指挥部|公所)$"
)


def level(clause: str) -> bool:
    """Whether 全镇 or 镇里 opens a clause."""
    return bool(_LEVEL.match(strip_lead_in(clause)))


def village(clause: str) -> bool:
    """Whether 全村 or 村集体 opens a clause."""
    return bool(_VILLAGE.match(strip_lead_in(clause)))


def names_own(said: ParsedSentence, clause: Span) -> bool:
    """Whether a clause opens with a place that is none of the names: the report's own."""
    words = strip_lead_in(said.text[clause.slice])
    start = clause.end - len(words)
    if not _NAMED.match(words):
        return False
    place = next(iter(find_places(words, {})), None)
    if place is None or place.start:
        return False
    return not any(g.start < start + place.end and start < g.end for g in said.groups)


def is_authority(name: str) -> bool:
    """Whether a name is an office of a place that it does not name: 县农业农村局, no 县医院."""
    return bool(_AUTHORITY.match(name))
