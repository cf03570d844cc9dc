"""Several places told of at once, whose figure it is: 整顿石岭村、大柏社区|2个贫困村."""

from __future__ import annotations

import re

from summarizer.types import Mention, Span
from summarizer.zh.attribution.said import Said

_COUNTED = re.compile(r"((?:[一-鿿]+、)+[一-鿿]{2,5})$")
_OF_PLACES = re.compile("^的?(?:深度|行政|自然|重点|贫困)*(?:村|社区|镇|乡|街道|县)")
_SOME = re.compile(
    r"((?:[一-鿿]+、)+[一-鿿]{2,4}等?(?:[\d一二三四五六七八九十]+个)?(?:贫困)?(?:村|镇|乡|社区))"
)
_AND_SO_ON = re.compile(r"等|[两三四五六七八九十\d]+个")
_NAME = re.compile(r"[一-鿿]{2,4}(?:$|等|[两三四五六七八九十\d]+个)")
_PLACES = frozenset({"village", "place"})


def listed(said: Said, mention: Mention) -> str | None:
    """The places that the clause of a mention tells of together, or None."""
    at = mention.at.start - said.sentence.span.start
    end = mention.at.end - said.sentence.span.start
    clause = next((c for c in said.clauses() if c.start <= at < c.end), Span(at, at))
    for group in said.groups:
        within = not group.start < clause.start and not clause.end < group.end
        if within and group.kind in _PLACES and "、" in group.text:
            return group.text
    if counted := _COUNTED.search(said.text[clause.start : at]):
        names = _even(counted[1].removesuffix("等"))
        is_count = mention.quantity and mention.quantity.value == len(names)
        if is_count and _OF_PLACES.match(said.text[end:]):
            return "、".join(names)
    some = _SOME.search(said.text[clause.slice])
    if some is None or not _AND_SO_ON.search(some[1]):
        return None
    names = _even(some[1])
    return "、".join(names) if all(_NAME.match(name) for name in names) else None


def _even(words: str) -> list[str]:
    """Names joined by 、, the first without what leads to it: 对庄子、石岭 is 庄子、石岭."""
    first, second, *others = words.split("、")
    length = len(_AND_SO_ON.split(second)[0])
    return [first[-length:], second, *others]
