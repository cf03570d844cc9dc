"""What a party is, in the words that stand beside its name: 石桥村党支部书记|李春明.

A model asked for a role invents one where the text gives none (坤德电子公司 had a 负责人 in no
sentence); read off the text it is the source's own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.zh.agents.together import groups
from summarizer.zh.attribution.clause_subjects import does
from summarizer.zh.names import Name
from summarizer.zh.names.persons import BEFORE
from summarizer.zh.script import fold
from summarizer.zh.segment import Sentence, list_parts

LONGEST = 20
_QUOTES = re.compile(r"[“”‘’「」『』\"']")
_CALLED = re.compile(r"(?:企业|示范社|示范户|示范村|重点村|贫困村|品牌|景区|单位|老字号)$")
_CUT = re.compile(  # where a role cannot have begun before: 在|村支书, 由|致富带头人
    r"[在由让使向给把被将对与及经从跟到请以]|同(?!志)|[有](?!限)|是|为(?!民)|和(?![镇乡村县市])|表扬|同时|其中|目前|[这那一][个位名]"
    r"|岁的?|(?<![镇乡村区县市组])的|[a-zA-Z()（）]"
)
_IS = re.compile(
    r"[,，]?(?:今年|现年)?(?:\d+岁[,，]?)?(?:[,，]|是|系|担任|任|回村担任)"
    r"(?P<role>[^,，。;；:：!！?？]{2,30}?)(?=[,，。;；:：]|$)"
)


def role(name: str, sentences: Sequence[Sentence]) -> str:
    """What the first of these sentences that says so calls the party of this simplified name.

    Of names told in one breath the role before the first is that of all. "" where none says so.
    """
    for sentence in sentences:
        text, start = fold(sentence.text), sentence.span.start
        for group in groups(sentence):
            if name in (fold(one.text) for one in group):
                before = text[: group[0].span.start - start]
                after = text[group[-1].span.end - start :]
                if found := _before(before) or _behind(after):
                    return found
    return ""


def parties(sentence: Sentence) -> list[Name]:
    """The names of a sentence that stand for themselves, each once.

    Those of by-lines do not, nor what is part of a person's role: 石桥村党支部书记|李春明.
    """
    text, start = fold(sentence.text), sentence.span.start
    told = list(groups(sentence))
    roles = []
    for group in told:
        at = group[0].span.start - start
        if group[0].kind == "person":
            roles.append(range(_begins(text[:at], _before(text[:at])), at))
    kept: dict[str, Name] = {}
    for name in (name for group in told for name in group):
        if not any(name.span.end - start - 1 in role for role in roles):
            kept.setdefault(fold(name.text), name)
    return list(kept.values())


def _begins(words: str, role: str) -> int:
    """Where the role begins that some words end in, with quotes and 的 in it perhaps."""
    at, left = len(words), role
    while left and at:
        at -= 1
        left = left[:-1] if words[at] == left[-1] else left
    return at if role and not left else len(words)


def _before(words: str) -> str:
    """The words of the clause that end right before a name in a role, from where it begins."""
    clause = _QUOTES.sub("", re.split(r"\s", list_parts(words)[-1])[-1]).removesuffix("的")
    length = BEFORE.before(clause, len(clause)) or _length(_CALLED, clause)
    if not length:
        return ""
    ahead = clause[:-length].replace("合作社", "___")
    begins = max((m.end() for cut in (_CUT, does()) for m in cut.finditer(ahead)), default=0)
    return _short(clause[begins:].lstrip("了着过"))


def _behind(words: str) -> str:
    """The role that follows a name: |是城西街道关云村党支部书记, |,石桥村党支部书记,."""
    match = _IS.match(words)
    said = _QUOTES.sub("", match["role"]) if match else ""
    length = BEFORE.before(said, len(said))
    return _short(said) if length and not _CUT.search(said) else ""


def _short(role: str) -> str:
    """A role, or its last word where it is too long."""
    if len(role) <= LONGEST:
        return role
    return role[-BEFORE.before(role, len(role)) :]


def _length(pattern: re.Pattern[str], words: str) -> int:
    match = pattern.search(words)
    return len(match[0]) if match else 0
