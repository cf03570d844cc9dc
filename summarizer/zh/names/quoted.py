"""Names in quotation marks: “七彩田园”合作社 with them, “劳模爱心超市” without; no slogans."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarizer.types import NameKind
from summarizer.zh.names.found import Found
from summarizer.zh.names.organisations import GENERIC
from summarizer.zh.names.organisations import SUFFIXES as UNQUOTED
from summarizer.zh.names.table import rows

SUFFIXES = UNQUOTED | {
    row["suffix"]: row for row in rows("suffixes.tsv") if row["class"] == "campaign"
}
_QUOTED = re.compile(
    r"“([^“”\n]{2,16})”|「([^「」\n]{2,16})」|『([^『』\n]{2,16})』|\"([^\"\n]{2,16})\""
)
_SUFFIX = re.compile("|".join(sorted(SUFFIXES, key=lambda word: (-len(word), word))))
_ENDING = re.compile(f"(?:{_SUFFIX.pattern}|队|站|屋|社|坊|小组|中心)$")
_COUNT = frozenset("第一二三四五六七八九十百千两双0123456789")
_MORE = _COUNT | {"个", "大"}


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
            and _is_proper(content[: ending.start()], ending[0])
        ):
            yield Found(*match.span(group), _kind(ending[0]), "quoted")


def _is_proper(core: str, ending: str) -> bool:
    """劳模爱心|超市 and 党员|先锋队 are names in quotation marks, 爱心|超市 is none."""
    return len(GENERIC.uncovered(core)) >= 2 or (ending.endswith("队") and len(core) >= 2)


def _is_slogan(content: str, longest: int) -> bool:
    """“四个一”工程, “三金”品牌, “四大行动” count, “公司+农户” is a way; “七彩田园”社 a name."""
    if "+" in content or "＋" in content:
        return True
    return content[0] in _COUNT and (len(content) <= longest or content[1] in _MORE)


def _kind(suffix: str) -> NameKind:
    row = SUFFIXES.get(suffix)
    return "project" if row and row["kind"] == "project" else "organisation"
