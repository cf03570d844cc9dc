"""Who heads a sentence, where nothing in it speaks of another: the one name that is surely its own.

A number far from its verb is soon given to the wrong party, and a wrong one is worse than none. So
a name is the subject of a number only if it opens the sentence and no other party, pronoun, speech
or whole place stands between the two.
"""

from __future__ import annotations

import re

from summarizer.zh.action_verbs import has_action_verb
from summarizer.zh.attribution.clause_subjects import (
    does,
    is_party,
    strip_lead_in,
    strip_role,
    words_of,
)
from summarizer.zh.attribution.document_place import is_authority
from summarizer.zh.attribution.parsed import Group, ParsedSentence

LED = 6  # characters that may lead to the name, or join the names of one breath
_PLACES = frozenset({"village", "place"})
_JOINED = re.compile("[,，与在向给跟从对为把被让使由到有]|通过|支持|位于|[如像]")
_TURNS = re.compile(  # from here on it is told of another
    "[全我该本各每](?:镇|乡|县|市|区|省|州|街道|村|社区|寨|户|人)|(?<![小解传])说|表示|介绍|告诉|透露"
    "|(?<!其)[他她它]|其中|(?<!应)该|如(?![期今实])|像"
)
_NOT_ALONE = re.compile("[等和与及、]|一样|为代表|那样")
_COUNTED = re.compile("等?共?(?:[0-9一二两三四五六七八九十百]|$)")
_ONE_OF = re.compile("[和与及、](?![以其])")
_HIS_HOME = re.compile("家|的")


def sentence_head(said: ParsedSentence) -> str | None:
    """The party that a sentence, read up to a number, opens with; None where it is not sure.

    Of one who leads others, or holds an office, the numbers are those of his people or his office.
    """
    groups = [group for group in said.groups if not _is_verbal(group)]
    if not groups or not _opens(said, groups[0]):
        return None
    last, count = _breath(said, groups)
    before = said.text[groups[count - 2].end if count > 1 else 0 : last.start]
    behind = said.text[last.end :]
    if groups[count:] or _TURNS.search(behind) or _NOT_ALONE.match(behind):
        return None
    if is_counted(said, last) or (last.kind in _PLACES and behind.startswith("的")):
        return None
    if last.kind == "person" and (
        before.endswith(words_of("office"))
        or _HIS_HOME.match(behind)
        or (behind.startswith(words_of("leads")) and not behind.startswith("率先"))
    ):
        return None
    return last.text if is_party(last.text) and not is_authority(last.text) else None


def is_counted(said: ParsedSentence, group: Group) -> bool:
    """Whether names are what a number counts, or one is of several.

    河北村、城南村2个行政村; 城南村和河北有大棚132个.
    """
    behind = _COUNTED if "、" in group.text else _ONE_OF
    return behind.match(said.text, group.end) is not None


def _opens(said: ParsedSentence, first: Group) -> bool:
    before = strip_role(strip_lead_in(said.text[: first.start]).lstrip(",，"))
    return len(before) <= LED and not _parts(before)


def _breath(said: ParsedSentence, groups: list[Group]) -> tuple[Group, int]:
    """The last of the names that are told in one breath, and how many: 大坪村|党员|王桂英."""
    last, count = groups[0], 1
    for group in groups[1:]:
        between = said.text[last.end : group.start]
        is_of_another = between.endswith("的") and between != "的"  # 背着78岁的|张大爷
        leads = strip_role(between)
        if len(leads) > LED or is_of_another or _parts(leads):
            break
        last, count = group, count + 1
    return last, count


def _parts(words: str) -> bool:
    """Whether words between two names, or before the first, do more than lead to the next."""
    return bool(does().search(words) or _JOINED.search(words)) or has_action_verb(words)


def _is_verbal(group: Group) -> bool:
    """Whether what was taken for a place is something done: 排查辖区."""
    return group.kind in _PLACES and has_action_verb(group.text[:2])
