"""Whether what stands before 村, 乡 or 镇 is a name there, or a doing with a common word behind it.

免费教|村里人, 没拿过|村里, 配强|村干部, 充实|乡党委 and the “光棍村” name no place. Such words are
a name only where the text has them as one elsewhere: 在没口村的, 石桥镇没口村.
"""

from __future__ import annotations

import re

from summarizer.zh.names.lexicon import COMMON, CUTS, OPENING, Words
from summarizer.zh.names.table import words

_DOING = words("limits.tsv", "use", "doing")  # characters that are verbs in themselves
_RESULT = words("limits.tsv", "use", "result")  # what a doing leads to: 建|好, 配|强
_EACH = frozenset("村镇乡户")
_NOT = frozenset("没未不")
_LEADS = frozenset("在到于从自往")
_INSIDE = re.compile(
    "[里口头尾内外]|医(?!院|疗)|中(?![心药草国医共小])|道(?!路)"
)  # 村里, 村医: words
_LEVELS = frozenset("镇乡县区市")
_NOT_OWN = frozenset("全我各该本每城乡集")
_CLOSES = re.compile(r"[,，。;；:：、的和与及)）\s]|$")
_ORGAN = re.compile("党|政府|人大|两委|“两委|干部|领导|班子|机关|财政|脱贫|扶贫|纪委|综合|工作")
_BUILT = re.compile("卫生[室院]|文化|活动|便民|公路|道路|广场|图书|办公|幸福院|敬老院|集体")
_PIECES = Words({word for word in words("limits.tsv", "use", "follow") if len(word) > 1})


def is_earned(text: str, start: int, end: int, alone: dict[str, bool]) -> bool:
    """Whether `text[start:end]` with the suffix of one character behind it is a place's name.

    `alone` remembers what the text was searched for.
    """
    name = text[start : end + 1]
    if text[start - 1 : start] in "“「『" and start and text[end + 1 : end + 2] in "”」』":
        return False  # “光棍村”
    if not _is_doubtful(text, start, end):
        return True
    if name not in alone:
        alone[name] = any(_is_alone(text, m) for m in re.finditer(re.escape(name), text))
    return alone[name]


def _is_doubtful(text: str, start: int, end: int) -> bool:
    stem = text[start:end]
    if text[end] == "村" and _INSIDE.match(text, end + 1) and not _is_led(text, start):
        return True
    if is_doing(stem):
        return True
    if _is_led(text, start):
        return False
    if text[end] != "村":
        return stem in COMMON and bool(_ORGAN.match(text, end + 1))
    return (stem in OPENING or stem in CUTS) and bool(_BUILT.match(text, end + 1))


def is_doing(stem: str) -> bool:
    """Whether a stem is a doing that has what stands behind it for its object.

    >>> [is_doing(stem) for stem in ("免费教", "没拿过", "选优配强", "沙包", "三教")]
    [True, True, True, False, False]
    """
    if stem in _DOING or stem[:1] in _NOT or stem[-1:] in ("过", "了", "着"):
        return True
    if stem[-1:] in _RESULT and stem[-2:-1] in _DOING:
        return True
    rest = stem[:-1]
    if rest in _EACH:
        return stem[-1] in _DOING  # 村看村, 户帮户
    return len(rest) > 1 and stem[-1] in _DOING and _is_covered(rest)


def _is_covered(text: str) -> bool:
    at = 0
    while at < len(text):
        length = max(known.behind(text, at) for known in (COMMON, CUTS, _PIECES))
        if not length and text[at] not in _DOING and text[at] not in _NOT:
            return False
        at += length or 1
    return True


def _is_led(text: str, start: int) -> bool:
    """Whether a word that leads to a place, or another level, stands right before."""
    before = text[start - 1 : start]
    if before in _LEVELS:
        return text[start - 2 : start - 1] not in _NOT_OWN
    return start > 0 and before in _LEADS


def _is_alone(text: str, match: re.Match[str]) -> bool:
    return _is_led(text, match.start()) and bool(_CLOSES.match(text, match.end()))
