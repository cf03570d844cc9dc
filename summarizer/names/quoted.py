"""Names in quotation marks: “七彩田园”合作社 with them, “劳模爱心超市” without; no slogans."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarizer.names.found import Found, NameKind
from summarizer.names.lexicon import rows
from summarizer.names.organisations import GENERIC, SUFFIXES as UNQUOTED

SUFFIXES = UNQUOTED | {
    row["suffix"]: row for row in rows("suffixes.tsv") if row["class"] == "campaign"
}
_QUOTED = re.compile(
    r"“([^“”\n]{2,16})”|「([^「」\n]{2,16})」|『([^『』\n]{2,16})』|\"([^\"\n]{2,16})\""
)
_SUFFIX = re.compile("|".join(sorted(SUFFIXES, key=lambda word: (-len(word), word))))
_ENDING = re.compile(f"(?:{_SUFFIX.pattern}|队|站|屋|社|坊|小组|中心)$")
_COUNT = frozenset("一二三四五六七八九十百千两双0123456789")


def find_quoted(text: str) -> Iterator[Found]:
    """Quoted names of a folded text."""
    for match in _QUOTED.finditer(text):
        group = next(i for i in range(1, 5) if match[i])
        content = match[group]
        if behind := _SUFFIX.match(text, match.end()):
            if GENERIC.uncovered(content) and not _is_slogan(content, 2):
                yield Found(match.start(), behind.end(), _kind(behind[0]), "quoted_with_suffix")
            continue
        ending = _ENDING.search(content)
        if (
            ending
            and not _is_slogan(content, 4)
            and (2 < ending.start() or 1 < len(GENERIC.uncovered(content[: ending.start()])))
        ):
            yield Found(*match.span(group), _kind(ending[0]), "quoted")


def _is_slogan(content: str, longest: int) -> bool:
    """“四个一”工程, “三金”品牌, “四大行动” count; “七彩田园”合作社 is a name."""
    return content[0] in _COUNT and (len(content) <= longest or content[1] in "个大")


def _kind(suffix: str) -> NameKind:
    row = SUFFIXES.get(suffix)
    return "project" if row and row["kind"] == "project" else "organisation"
