"""Which of a sentence's names act in it: only who acts can be held up as an example.

A place one goes to, a person who is helped, who only speaks, opens a meeting or signs, an office
that does what offices do, and a firm or a project of which no deed is told are left out before the
model is asked. Names told in one breath (甲、乙和丙) act together. The words are in `acting.tsv`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.zh.action_verbs import has_action_verb
from summarizer.zh.agents.cues import OBJECT, SPEAKS, TO, ends_of, strip_age, words_of
from summarizer.zh.agents.together import NameContext, name_contexts
from summarizer.zh.attribution.clause_subjects import (
    is_object_prefix,
    is_subject_prefix,
    strip_role,
)
from summarizer.zh.names import Name
from summarizer.zh.names.lexicon import OPENING
from summarizer.zh.script import fold
from summarizer.zh.segment import JOINERS, Sentence, first_clause
from summarizer.zh.tails import at_end

_PLACES = frozenset({"village", "place"})
_SERVES = re.compile(
    r"^[一-鿿]{0,3}(?:书记|主任|局长|校长|院长|经理|董事长|社长|负责人|理事长|总经理|助理"
    r"|创始人|法人|干部(?!职工))|^(?:机关)?(?:选派|派驻|下派|委派|派出|派来)"
)

_FOR = re.compile(r"(?:(?<![作成名因])为|帮|帮助|给|替|资助|救助|看望|慰问|走访)$")
_BUILDS = re.compile(
    r"(?:新建|改建|扩建|兴建|建|建设|建成|建起|建了|办起|打造|开办|创办|修建)了?"
    r"(?:\d*[一两]?[个座处片家])?[“「『]?$"
)
_AT_HOME = re.compile(
    r"^(?:的?家(?:里|中|境)?)[^,，。;；]{0,6}(?:病|残|缺|欠|债|穷|贫|学生|读书|上学|拮据|负担|老小)"
)
_CALLS = re.compile(r"^[^,，。;；\d]{0,4}(?:号召|要求|呼吁|致辞|讲话|发言|作[^,，。]{0,4}报告)")
_LIKE = re.compile(r"^(?:等人?)?(?:一样|那样)")
_LARGE = ("县", "縣", "市", "区", "區", "州", "旗")  # what it did, its towns and people did
_RESULT = re.compile(
    r"集体经济|村集体|集体(?:资产|收入)|收入|资产|产值|增收|脱贫|摘帽|获评|荣获|评为|入选|变成|蝶变|丰收|披上"
    r"|捐[赠助](?![方人者单仪])"
)
_OFFICIAL = re.compile(
    r"(?:[省州市县区镇乡厅局部署处所]长|专员|司长|常委|总河长|政委|议员|人大主席|政协主席|常委会副?主任"
    r"|(?:[省州市县区镇乡]|街道|党委|党组|工委|团委|纪委)(?:党委|委|党工委)?副?(?:书记|主任))$"
)
_JOINTS = JOINERS + "同跟的"
_EMPTY = re.compile(r"^[^一-鿿]*(?:等(?:人|同志|\d+[名位户人])?)?[^一-鿿]*$")
_DESCRIBED = re.compile(
    r"^[”」』]?(?:第?[一二三四]期)?(?:占地|建成|竣工|落成|投用|通车|总投资|总开支|全长|总长|项目|位于)"
)
_STAFF = re.compile(r"^[^。]{0,60}(?:下辖|下设|内设|编制)")
_COUNTED = re.compile(r"\d+[余多万]*[次户个家公亩天年场人名株]")
_COURTESY = ("先生", "女士", "小姐", "太太", "同学")
_CLEFT = re.compile(r"([^。;；]*)的[,，]?(?:还有|就是|正是|便是|要数|是)[^,，。;；]*$")
_IS_SUCH = re.compile(
    r"^\d{4}年[^,，。]*(?:总结|报告|汇报|简报|要点|计划|材料|情况)[^,，。]{0,6}$"
    r"|^[,，]|^(?:曾经?|原|原本|本|就|现|总)?(?:是|为(?!了)|位于|地处|坐落|有(?!效|序|力)|共有|现有|下?辖|属|距|离|海拔|面积|人口|山高|被(?![评授]))"
)
_OWNS = re.compile(
    r"^(?:的|党支部(?:书记|委员|副|党员)|支部(?:书记|委员)|党员|村民|村委|贫困户|脱贫户|群众|[一-鿿]{0,4}(?:书记|主任|委员|组(?![建织成合])))"
)


def agents(sentence: Sentence) -> list[Name]:
    """The names of a sentence that act in it, each once and in order."""
    kept: dict[str, Name] = {}
    for group, told in name_contexts(sentence):
        if _acts(told):
            for name in group:
                kept.setdefault(fold(name.text), name)
    return list(kept.values())


def find_agents(sentences: Sequence[Sentence]) -> list[list[Name]]:
    """The names that act in each of a passage's sentences."""
    return [agents(sentence) for sentence in sentences]


def _acts(told: NameContext) -> bool:
    """Whether it does something, by what its clause says before it and the sentence behind it."""
    name, before, after = told.name, told.before, told.after
    if at_end(TO, before) or _LIKE.match(after):
        return False
    if name.kind in _PLACES:
        is_large = name.text.endswith(_LARGE)
        is_followed = told.until is not None and not re.search("[,，。;；是有为把将]", told.until)
        return not (is_followed or is_large) and _place_acts(before, after)
    if name.kind == "person":
        return _person_acts(told)
    if name.kind == "project":
        is_made = name.rule == "site" and _BUILDS.search(before)
        leading = is_subject_prefix(before, after) and not (_DESCRIBED.match(after) or is_made)
        return leading and _says_deed(after)
    return _firm_acts(told)


def _firm_acts(told: NameContext) -> bool:
    """An organisation acts where a deed is told of it; an office does what offices do."""
    before, after = told.before, told.after
    if _SERVES.match(after) or _STAFF.match(after) or _is_served(told.until):
        return False
    if told.name.rule == "office":
        return False
    if _counts_deed(after) and is_subject_prefix(before, after):
        return True
    told_of = is_subject_prefix(before, after) or at_end(ends_of("founds"), before.rstrip("“「『"))
    return bool(told_of) and _says_deed(after)


def _counts_deed(after: str) -> bool:
    """Whether a verb of doing and a number follow: 合作社|出动旋耕机26台."""
    clause = first_clause(after)
    return clause[:2] in OPENING and re.search(r"\d", clause) is not None


def _is_served(until: str | None) -> bool:
    """Whether a person's role is all that follows up to his name: 县医院|护士长|文秋霞."""
    return until is not None and until != "" and len(strip_role(until)) < len(until) - 1


def _says_deed(after: str) -> bool:
    return bool(has_action_verb(after) or _RESULT.search(after) or words_of("deed").search(after))


def _place_acts(before: str, after: str) -> bool:
    """A place acts where it heads a clause and a deed is told of it, not what it is or has."""
    if _OWNS.match(after) or _IS_SUCH.match(after):
        return False
    return is_subject_prefix(before, after) and _says_deed(after)


def _person_acts(told: NameContext) -> bool:
    """A person acts who is not merely met, helped, quoted, in need, or named by courtesy."""
    before, after = told.before, told.after
    ahead = strip_role(strip_age(before))
    is_object = (
        (ahead != before and at_end(TO, ahead)) or is_object_prefix(ahead) or at_end(OBJECT, ahead)
    )
    is_object = is_object or at_end(_FOR, strip_role(strip_age(told.bare)))
    if is_object or _is_reached(told.since):
        return False
    if told.name.rule == "surname_title" and not _surely_acts(told):
        return False
    if told.name.text.endswith(_COURTESY) or SPEAKS.match(after):
        return False
    if _EMPTY.match(after):
        return _is_last_told(told)
    return not (_is_in_need(before, after) or _officiates(told))


def _surely_acts(told: NameContext) -> bool:
    """Whether a count of his own is told of a person by surname and title, not in a quotation."""
    if told.is_quoted or not re.search(r"\d", told.after):
        return False
    clause = first_clause(told.after)
    own = words_of("own").search(clause) or words_of("habit").search(clause)
    return bool(own) or has_action_verb(clause)


def _is_last_told(told: NameContext) -> bool:
    """Whether a sentence says what is done before it says who does it: 带着乡亲干的,还有|李燕."""
    if (cleft := _CLEFT.match(told.lead)) is None:
        return False
    does = words_of("own").search(cleft[1]) or words_of("deed").search(cleft[1])
    return bool(does or has_action_verb(cleft[1]) or words_of("habit").search(cleft[1]))


def _is_reached(since: str | None) -> bool:
    """Whether a person before it in its clause does something to it: 李长保|照顾五保户|李祖贵."""
    if since is None:
        return False
    rest = since
    while (shorter := strip_role(strip_age(rest)).rstrip(_JOINTS)) != rest:
        rest = shorter
    return bool(rest)


def _is_in_need(before: str, after: str) -> bool:
    """Whether need is told of a person, or of his kin, and no deed: 妻子|余小容也体弱多病."""
    if re.match("^家?的?" + words_of("kin").pattern, after):
        return True
    needs = words_of("need").search(after) or _AT_HOME.match(after)
    if not (needs or at_end(ends_of("kin"), before)):
        return False
    own = words_of("deed").search(after) or words_of("own").search(after)
    return not (own or has_action_verb(after))


def _officiates(told: NameContext) -> bool:
    """Whether an official does what officials do: 县长|主持会议."""
    before, after = told.before, told.after
    if not at_end(_OFFICIAL, before):
        return False
    if _CALLS.match(after):
        return True
    own = words_of("habit").search(after) or _COUNTED.search(after)
    return not own and bool(words_of("ceremony").search(first_clause(after)))
