"""What is broken in some words: cut inside a word or a bracket, leaning, doubled, led into.

One check for labels, titles, deeds and subjects, whatever wrote them; `broken.tsv` has the words it
goes by, and the common words tell where no cut may be.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from summarizer.zh.common_words import common_words
from summarizer.zh.labels.measure_nouns import all_nouns
from summarizer.zh.lexicon import cells
from summarizer.zh.script import fold, narrow

LONGEST_WORD = 4  # characters
LEAST = 2  # characters before a noun that are looked for in the source
EDGE = 6  # characters at an edge that are looked for in the source
_MARKED = re.compile(r"\([^()]{1,6}\)$")  # (目标)
_BREAKS = re.compile(r"[。!?…\n]")
_PAIRS = {"“": "”", "(": ")", "《": "》", "〈": "〉", "[": "]", "【": "】", "「": "」", "『": "』"}
_DOUBLED = re.compile(r"([一-鿿]{2,})\1")
_NOUNS = "金额|数量|面积|里程|长度|重量|人数|户数|人次|次数"
_TWICE = re.compile(rf"(?:{_NOUNS})(?:{_NOUNS})$")
_PARTS = re.compile("[;；]")


def broken(words: str, source: str = "", *, of_party: bool = False) -> str:
    """What is broken in some words, "" for nothing that can be seen.

    With the `source`, words of it that are cut off inside a word are seen. What a party did, which
    is named beside it (`of_party`), may lean on it and have several parts.

    >>> broken("的贫困户数"), broken("投资建设“幸福院"), broken("脱贫户数(目标)")
    ('的', '“', '')
    >>> broken("污水治数量", "建成污水治理设施3处"), broken("该合作社收益"), broken("投资金额金额")
    ('治理', '该', '金额金额')
    >>> broken("及时查找短板"), broken("培育志愿者"), broken("问题存在")
    ('', '', '')
    """
    said = narrow(_MARKED.sub("", fold(words)))
    if of_party:
        parts = (_seen(part, source, leans=False) for part in _PARTS.split(said))
        return next(filter(None, parts), "")
    if found := _PARTS.search(said):
        return found[0]
    return _seen(said, source, leans=True)


@lru_cache(maxsize=16)
def _searched(source: str) -> str:
    """A sentence as words are looked up in it: once for all of its labels."""
    return narrow(fold(source))


def _seen(said: str, source: str, *, leans: bool) -> str:
    found = said if len(said) < 2 else ""
    for match in (_BREAKS.search(said), _DOUBLED.search(said), _TWICE.search(said)):
        found = found or (match[0] if match and match[0] not in source else "")
    found = found or _unpaired(said) or _opening(said) or _ending(said)
    found = found or (_leaning(said) if leans else "")
    return found or (_divided(said, _searched(source)) if source else "")


def divided(text: str, at: int, *, start: bool) -> str:
    """The word that a cut at a place of the text divides, "" for none.

    `start` says that what stands behind is kept. 发展|销售 divides 展销, but 发展 is whole.

    >>> divided("污水治理", 3, start=False), divided("发展销售", 2, start=False)
    ('治理', '')
    """
    known = common_words()
    if start and (known.behind(text, at) > 1 or known.before(text, at) > 1):
        return ""
    if not start and known.before(text, at) > 1:
        return ""
    for first in range(max(0, at - LONGEST_WORD + 1), at):
        for end in range(at + 1, min(len(text), first + LONGEST_WORD) + 1):
            if text[first:end] in known:
                return text[first:end]
    return ""


def cut(words: str, most: int) -> str:
    """No more characters than that, cut at the border of a part or else of a word.

    >>> cut("为创业者提供贷款扶持、创业培训、社保补贴等保姆式创业服务", 26)
    '为创业者提供贷款扶持、创业培训、社保补贴等'
    >>> cut("提供保姆式创业服务", 8)
    '提供保姆式创业'
    """
    if not most < len(words):
        return words
    least = most // 2
    listed = [at for at in range(least, most + 1) if words[at] in "、,，;；"]
    ends = [*sorted(listed, reverse=True), *range(most, 1, -1)]
    if "、" in words[:most] and (etc := words.rfind("等", least, most)) > 0:
        ends.insert(0, etc + 1)
    for end in ends:
        if words[end - 1] in "0123456789.":
            continue
        if not divided(words, end, start=False) and not broken(words[:end], of_party=True):
            return words[:end]
    return words[:most]


def completed(words: str, source: str) -> str:
    """Words that begin inside a word of the source, with what is missing of it.

    >>> completed("建重点项目", "128个在建重点项目"), completed("重点项目", "在建重点项目")
    ('在建重点项目', '重点项目')
    """
    text = _searched(source)
    at = text.find(words[:EDGE])
    word = divided(text, at, start=True) if at > 0 else ""
    for head in range(1, len(word)):
        if text[at - head : at + len(word) - head] == word:
            numbered = text[: at - head].endswith(tuple("0123456789一二三四五六七八九十百两几"))
            return words if numbered else word[:head] + words
    return words


def _opening(said: str) -> str:
    """The word that led into these, where it is no part of a longer one (及时)."""
    for word in sorted(_words("opens"), key=len, reverse=True):
        if said.startswith(word):
            return "" if len(word) < common_words().behind(said, 0) else word
    return ""


def _ending(said: str) -> str:
    """The word after which something is missing, before the noun of its unit, too."""
    core = re.sub(f"(?:{'|'.join(_nouns())})$", "", said)
    for ends, words in ((said, _words("ends")), (core, _words("ends") - {"的", "每"})):
        for word in sorted(words, key=len, reverse=True):
            if ends.endswith(word) and ends:
                whole = common_words().before(ends, len(ends))
                return "" if len(word) < whole else word
    return ""


def _leaning(said: str) -> str:
    for word in _words("holds"):
        said = said.replace(word, "")
    found = [(said.index(word), word) for word in _words("leans") if word in said]
    return min(found)[1] if found else ""


def _unpaired(said: str) -> str:
    for left, right in _PAIRS.items():
        if said.count(left) != said.count(right):
            return left if said.count(right) < said.count(left) else right
    return ""


def _divided(said: str, source: str) -> str:
    """The source's word that an edge of these words divides, wherever they stand in it."""
    core = re.sub(f"(?:{'|'.join(_nouns())})$", "", said)
    if said in source or len(core) < LEAST:
        core = said
    return _at_edge(core, source, start=False) or _at_edge(core, source, start=True)


def _at_edge(words: str, source: str, *, start: bool) -> str:
    edge = words[:EDGE] if start else words[-EDGE:]
    at, found = source.find(edge), ""
    while not at < 0:
        found = divided(source, at if start else at + len(edge), start=start)
        if not found:
            return ""
        at = source.find(edge, at + 1)
    return found


@lru_cache(maxsize=1)
def _nouns() -> tuple[str, ...]:
    return tuple(sorted(set(all_nouns().values()), key=len, reverse=True))


@lru_cache(maxsize=8)
def _words(kind: str) -> frozenset[str]:
    rows_ = cells(Path(__file__).with_name("broken.tsv"))
    return frozenset(word for group, word in (row[:2] for row in rows_) if group == kind)
