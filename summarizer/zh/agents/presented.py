"""Who is only presented by a sentence, and does something in the one that follows it."""

from __future__ import annotations

import re

from summarizer.zh.action_verbs import has_action_verb
from summarizer.zh.agents.cues import OBJECT, SPEAKS, TO, ends_of, strip_age, words_of
from summarizer.zh.agents.together import NameContext, name_contexts
from summarizer.zh.attribution.clause_subjects import (
    is_object_prefix,
    is_subject_prefix,
    strip_role,
)
from summarizer.zh.names import Name
from summarizer.zh.script import fold
from summarizer.zh.segment import Sentence
from summarizer.zh.tails import at_end

_HE = re.compile("(?:^|[,，])(?:[一-鿿]{0,4})[他她](?![们人的])([^。]*)")
_COUNTS = re.compile(
    r"\d+(?![\d岁年])|[二两三四五六七八九十百千万]+多?[双只头亩户个名间条棵箱台座公里]"
)
_WAS = re.compile(r"^[^,，。;；]{0,6}是[^,，。;；]*村[”」』]?(?=[,，。;；]|$)")
_ITS_PEOPLE = re.compile(
    r"^[^,，。;；]{0,8}?(?:村支?[“]?两委[”]?|村里|全村|村党(?:总)?支部|村集体|村委会)(?!人|书记|委员|副)"
)


def presented(sentence: Sentence, following: Sentence) -> Name | None:
    """The one person, else the one village, that a sentence presents and the next tells a deed of.

    田仁贵今年54岁。|他种了15亩花椒。 曾是上访村。|村支两委调解积案7起。
    """
    if not sentence.names or sentence.paragraph != following.paragraph:
        return None
    return _person(sentence, following) or _village(sentence, following)


def _person(sentence: Sentence, following: Sentence) -> Name | None:
    """The one person of a sentence who heads it and does something in the following one."""
    persons = [told for _, told in name_contexts(sentence) if told.name.kind == "person"]
    goes_on = _HE.search(fold(following.text))
    if len(persons) != 1 or goes_on is None:
        return None
    told, deed = persons[0], goes_on[1]
    if any(name.kind == "person" for name in following.names) or not _is_presented(told):
        return None
    does = words_of("own").search(deed) or words_of("deed").search(deed) or has_action_verb(deed)
    return told.name if does and _COUNTS.search(deed) else None


def _village(sentence: Sentence, following: Sentence) -> Name | None:
    """The one village that a sentence calls a village and whose people do something next."""
    told = [told for _, told in name_contexts(sentence) if told.name.kind == "village"]
    text = fold(following.text)
    if len(told) != 1 or following.names:
        return None
    people = _ITS_PEOPLE.match(text) if _WAS.match(told[0].after) else None
    if (
        people is None
        or not is_subject_prefix(told[0].before, told[0].after)
        or not _COUNTS.search(text)
    ):
        return None
    return told[0].name if has_action_verb(text[people.end() :]) else None


def _is_presented(told: NameContext) -> bool:
    """Whether a person heads the clause and is not one who is met, speaks or officiates."""
    name, before, after = told.name, told.before, told.after
    ahead = strip_role(strip_age(before))
    if name.rule == "surname_title" or SPEAKS.match(after):
        return False
    kin = at_end(ends_of("kin"), before) or re.match("^家?的?" + words_of("kin").pattern, after)
    is_met = (
        at_end(TO, ahead)
        or is_object_prefix(ahead)
        or at_end(OBJECT, ahead)
        or told.since is not None
    )
    return not (kin or is_met) and is_subject_prefix(before, after, is_person=True)
