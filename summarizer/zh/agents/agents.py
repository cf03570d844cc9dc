"""Which of a sentence's names act in it: only who acts can be held up as an example.

A place one goes to, a person who is helped, who only speaks, opens a meeting or signs, an office
that does what offices do, and a firm or a project of which no deed is told are left out before the
model is asked. Names told in one breath (甲、乙和丙) act together. The words are in `acting.tsv`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from summarizer.zh.action_verbs import has_action_verb
from summarizer.zh.agents.together import CLAUSE_END, Told, tellings
from summarizer.zh.attribution.clause_subjects import (
    is_object_prefix,
    is_subject_prefix,
    strip_age,
    strip_role,
)
from summarizer.zh.lexicon import cells
from summarizer.zh.names import Name
from summarizer.zh.names.lexicon import OPENING
from summarizer.zh.script import fold
from summarizer.zh.segment import Sentence

_PLACES = frozenset({"village", "place"})
_IS = re.compile(r"(?:是|作为|成为)[一-鿿]{0,4}$")
_SERVES = re.compile(
    r"^[一-鿿]{0,3}(?:书记|主任|局长|校长|院长|经理|董事长|社长|负责人|理事长|总经理|助理"
    r"|创始人|法人|干部(?!职工))|^(?:机关)?(?:选派|派驻|下派|委派|派出|派来)"
)

_TO = re.compile(
    r"(?:在|位于|到|赴|于|往|驻|深入|派驻|来自|落户|走进|走访|前往|来到|地处|对|向|给|为|帮|帮助"
    r"|帮扶|带着|带|接送|送|陪|看望|慰问|资助|照顾|与|同|去|被|受|经|据|跟|除|除了|根据|按照|带动|带领|联系|联系了"
    r"|周边|附近|邻居|走近|了解|找到|遇到|听说|从|听取|感谢|抵达|到达|回|返|回到|返回|重返"
    r"|搬到|迁到|扎根|住进|走遍)$"
)
_FOR = re.compile(r"(?:(?<![作成名因])为|帮|帮助|给|替|资助|救助|看望|慰问|走访)$")
_BUILDS = re.compile(
    r"(?:新建|改建|扩建|兴建|建|建设|建成|建起|建了|办起|打造|开办|创办|修建)了?"
    r"(?:\d*[一两]?[个座处片家])?[“「『]?$"
)
_AT_HOME = re.compile(
    r"^(?:的?家(?:里|中|境)?)[^,，。;；]{0,6}(?:病|残|缺|欠|债|穷|贫|学生|读书|上学|拮据|负担|老小)"
)
_LEANS = re.compile(r"靠着?[他她](?!们?自)")
_MEETING = re.compile(r"(?:会|会议|大会)[上中]")
_CALLS = re.compile(r"^[^,，。;；\d]{0,4}(?:号召|要求|呼吁|致辞|讲话|发言|作[^,，。]{0,4}报告)")
_SPEAKS = re.compile(
    r"^(?:[:：]|在[^,，。;；“]{2,30}时(?:说|表示|指出|强调|介绍)|[^。]{0,12}一边[^。]{0,10}(?:介绍|说)道?)"
    r"|^(?:[^,，。;；:：]{0,8})?(?:说(?!服|唱)|表示|介绍|告诉|坦言|感慨|感叹|称(?![赞号])|道(?=[,，:：“]|$)|认为|强调|指出|透露|回忆"
    r"|要求|[聊谈说讲提]起|[谈说]到|细数|直言|笑言|答道)"
)
_STANDS_BY = re.compile(
    r"^(?:[\s]*(?:电话|手机)|的?名字|的?事迹|[一-鿿]{0,4}批示|所说|[^。]{0,30}锦旗|对.{0,16}(?:赞不绝口|表示|满意|感激|称赞|竖起)"
    r"|(?:很|非常|十分)(?:支持|高兴|激动|感动|满意)|笑得|脸上|逢人[便就]?夸|如数家珍|手中|的(?:喜悦|电话|提议|葬礼|后事)"
    r"|为(?:第一|常务)?副?(?:组长|队长|主任|总指挥|指挥长|责任人|成员))"
)
_LIKE = re.compile(r"^(?:等人?)?(?:一样|那样)")
_LARGE = ("县", "縣", "市", "区", "區", "州", "旗")  # what it did, its towns and people did
_RESULT = re.compile(
    r"集体经济|村集体|集体(?:资产|收入)|收入|资产|产值|增收|脱贫|摘帽|获评|荣获|评为|入选|变成|蝶变|丰收|披上"
    r"|捐[赠助](?![方人者单仪])"
)
_ORGAN = re.compile(r"^党(?:总)?支部(?=[带领组推引])|^村?[“]?两委[”]?(?=[带领组推引])")
_PLANS = re.compile(r"(?:准备|计划|打算|拟|力争|还将)[^,，。]{0,24}$")
_OFFICIAL = re.compile(
    r"(?:[省州市县区镇乡厅局部署处所]长|专员|司长|常委|总河长|政委|议员|人大主席|政协主席|常委会副?主任"
    r"|(?:[省州市县区镇乡]|街道|党委|党组|工委|团委|纪委)(?:党委|委|党工委)?副?(?:书记|主任))$"
)
_BELOW = re.compile(
    r"(?:村|社区|支部|总支|合作社|公司|企业|厂|学校|小学|中学|医院|协会)[^、]{0,5}$"
)
_OBJECT = re.compile(r"(?:[背抱扶推拉搀拖牵]着|至)$")
_JOINTS = "、和与及同跟的"
_EMPTY = re.compile(r"^[^一-鿿]*(?:等(?:人|同志|\d+[名位户人])?)?[^一-鿿]*$")
_HELPED = re.compile(r"^的[^,，。]{1,12}[^。]{0,12}在[他她]们?的?[一-鿿]{0,4}下")
_DESCRIBED = re.compile(
    r"^[”」』]?(?:第?[一二三四]期)?(?:占地|建成|竣工|落成|投用|通车|总投资|总开支|全长|总长|项目|位于)"
)
_STAFF = re.compile(r"^[^。]{0,60}(?:下辖|下设|内设|编制)")
_COUNTED = re.compile(r"\d+[余多万]*[次户个家公亩天年场人名株]")
_COURTESY = ("先生", "女士", "小姐", "太太", "同学")
_CLEFT = re.compile(r"([^。;；]*)的[,，]?(?:还有|就是|正是|便是|要数|是)[^,，。;；]*$")
_PASSIVE = re.compile("[被受获评]")
_HE = re.compile("(?:^|[,，])(?:[一-鿿]{0,4})[他她](?![们人的])([^。]*)")
_COUNTS = re.compile(
    r"\d+(?![\d岁年])|[二两三四五六七八九十百千万]+多?[双只头亩户个名间条棵箱台座公里]"
)
_WAS = re.compile(r"^[^,，。;；]{0,6}是[^,，。;；]*村[”」』]?(?=[,，。;；]|$)")
_ITS_PEOPLE = re.compile(
    r"^[^,，。;；]{0,8}?(?:村支?[“]?两委[”]?|村里|全村|村党(?:总)?支部|村集体|村委会)(?!人|书记|委员|副)"
)
_IS_SUCH = re.compile(
    r"^\d{4}年[^,，。]*(?:总结|报告|汇报|简报|要点|计划|材料|情况)[^,，。]{0,6}$"
    r"|^[,，]|^(?:曾经?|原|原本|本|就|现|总)?(?:是|为(?!了)|位于|地处|坐落|有(?!效|序|力)|共有|现有|下?辖|属|距|离|海拔|面积|人口|山高|被(?![评授]))"
)
_OWNS = re.compile(
    r"^(?:的|党支部(?:书记|委员|副|党员)|支部(?:书记|委员)|党员|村民|村委|贫困户|脱贫户|群众|[一-鿿]{0,4}(?:书记|主任|委员|组(?![建织成合])))"
)


def actors(sentence: Sentence) -> list[Name]:
    """The names of a sentence that act in it, each once and in order."""
    kept: dict[str, Name] = {}
    for group, told in tellings(sentence):
        if _acts(told):
            for name in group:
                kept.setdefault(fold(name.text), name)
    return list(kept.values())


def find_agents(sentences: Sequence[Sentence]) -> list[list[Name]]:
    """The names that act in each of a passage's sentences.

    A person of whom a sentence only tells who it is acts in it where the next one, of the same
    paragraph, goes on with a deed and names no person: 田仁贵今年54岁。|他种了15亩花椒。
    A village does that is called one, where its people do: 曾是上访村。|村支两委调解积案7起。
    """
    found = [actors(sentence) for sentence in sentences]
    for names, (one, following) in zip(found, pairwise(sentences), strict=False):
        presented = None if names else _presented(one, following)
        if presented is not None:
            names.append(presented)
        elif not names and (village := _village(one, following)) is not None:
            names.append(village)
    return found


def _village(sentence: Sentence, following: Sentence) -> Name | None:
    """The one village that a sentence calls a village and whose people do something next."""
    told = [told for _, told in tellings(sentence) if told.name.kind == "village"]
    text = fold(following.text)
    if len(told) != 1 or sentence.paragraph != following.paragraph or following.names:
        return None
    people = _ITS_PEOPLE.match(text) if _WAS.match(told[0].after) else None
    if (
        people is None
        or not is_subject_prefix(told[0].before, told[0].after)
        or not _COUNTS.search(text)
    ):
        return None
    return told[0].name if has_action_verb(text[people.end() :]) else None


def _presented(sentence: Sentence, following: Sentence) -> Name | None:
    """The one person of a sentence who heads it and does something in the following one."""
    persons = [told for _, told in tellings(sentence) if told.name.kind == "person"]
    goes_on = _HE.search(fold(following.text))
    if len(persons) != 1 or goes_on is None or sentence.paragraph != following.paragraph:
        return None
    told, deed = persons[0], goes_on[1]
    if any(name.kind == "person" for name in following.names) or not _is_presented(told):
        return None
    does = _words("own").search(deed) or _words("deed").search(deed) or has_action_verb(deed)
    return told.name if does and _COUNTS.search(deed) else None


def _is_presented(told: Told) -> bool:
    """Whether a person heads the clause and is not one who is met, speaks or officiates."""
    name, before, after = told.name, told.before, told.after
    ahead = strip_role(strip_age(before))
    if name.rule == "surname_title" or _SPEAKS.match(after) or _STANDS_BY.match(after):
        return False
    kin = _ends("kin").search(before) or re.match("^家?的?" + _words("kin").pattern, after)
    is_met = (
        _TO.search(ahead)
        or is_object_prefix(ahead)
        or _OBJECT.search(ahead)
        or told.since is not None
    )
    return not (kin or is_met) and is_subject_prefix(before, after, is_person=True)


def _acts(told: Told) -> bool:
    """Whether it does something, by what its clause says before it and the sentence behind it."""
    name, before, after = told.name, told.before, told.after
    if _TO.search(before) or _LIKE.match(after):
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


def _firm_acts(told: Told) -> bool:
    """An organisation acts where a deed is told of it, an office where it is honoured."""
    before, after = told.before, told.after
    if _SERVES.match(after) or _STAFF.match(after) or _is_served(told.until):
        return False
    if told.name.rule == "office":
        return bool(is_subject_prefix(before, after) and _words("honour").search(after))
    if _counts_deed(after) and is_subject_prefix(before, after):
        return True
    told_of = is_subject_prefix(before, after) or _ends("founds").search(before.rstrip("“「『"))
    return bool(told_of) and _says_deed(after) and not (_IS.search(before) or _PLANS.search(before))


def _counts_deed(after: str) -> bool:
    """Whether a verb of doing and a number follow: 合作社|出动旋耕机26台."""
    clause = CLAUSE_END.split(after)[0]
    does = clause[:2] in OPENING and not _words("state").match(clause)
    return does and re.search(r"\d", clause) is not None


def _is_served(until: str | None) -> bool:
    """Whether a person's role is all that follows up to his name: 县医院|护士长|文秋霞."""
    return until is not None and until != "" and len(strip_role(until)) < len(until) - 1


def _says_deed(after: str) -> bool:
    told = has_action_verb(after) or _RESULT.search(after) or _words("deed").search(after)
    return bool(told or _words("honour").search(after))


def _place_acts(before: str, after: str) -> bool:
    """A place acts where it heads a clause and a deed is told of it, not what it is or has."""
    if (
        _OWNS.match(after)
        or (_IS.search(before) and not _ORGAN.match(after))
        or _IS_SUCH.match(after)
    ):
        return False
    heads = is_subject_prefix(before, after) or bool(_ORGAN.match(after))
    return heads and _says_deed(after)


def _person_acts(told: Told) -> bool:
    """A person acts who is not merely met, helped, quoted, in need, or named by courtesy."""
    before, after = told.before, told.after
    ahead = strip_role(strip_age(before))
    is_object = (
        (ahead != before and _TO.search(ahead)) or is_object_prefix(ahead) or _OBJECT.search(ahead)
    )
    is_object = is_object or _FOR.search(strip_role(strip_age(told.bare)))
    is_joint = ahead.endswith(("与", "和", "同", "跟")) and _words("joint").match(after)
    if (is_object and not is_joint) or _is_reached(told.since):
        return False
    if told.name.rule == "surname_title" and not _surely_acts(told):
        return False
    if told.name.text.endswith(_COURTESY) or _SPEAKS.match(after) or _STANDS_BY.match(after):
        return False
    if _EMPTY.match(after):
        return _is_last_told(told)
    return not (_is_in_need(before, after) or _officiates(told))


def _surely_acts(told: Told) -> bool:
    """Whether a count of his own is told of a person by surname and title, not in a quotation."""
    if told.is_quoted or not re.search(r"\d", told.after):
        return False
    clause = CLAUSE_END.split(told.after)[0]
    own = _words("own").search(clause) or _words("habit").search(clause) or has_action_verb(clause)
    return bool(own)


def _is_last_told(told: Told) -> bool:
    """Whether a sentence says what is done before it says who does it: 带着乡亲干的,还有|李燕."""
    if (cleft := _CLEFT.match(told.lead)) is None or _PASSIVE.search(cleft[1]):
        return False
    does = _words("own").search(cleft[1]) or _words("deed").search(cleft[1])
    return bool(does or has_action_verb(cleft[1]) or _words("habit").search(cleft[1]))


def _is_reached(since: str | None) -> bool:
    """Whether a person before it in its clause does something to it: 李长保|照顾五保户|李祖贵."""
    if since is None:
        return False
    rest = since
    while (shorter := strip_role(strip_age(rest)).rstrip(_JOINTS)) != rest:
        rest = shorter
    return bool(rest) and not _ends("brings").search(rest)


def _is_in_need(before: str, after: str) -> bool:
    """Whether need is told of a person, or of his kin, and no deed: 妻子|余小容也体弱多病."""
    if re.match("^家?的?" + _words("kin").pattern, after) or _HELPED.match(after):
        return True
    if _AT_HOME.match(after) and _LEANS.search(after):
        return True
    if not (_ends("kin").search(before) or _words("need").search(after) or _AT_HOME.match(after)):
        return False
    deed = has_action_verb(after) or _words("deed").search(after) or _words("own").search(after)
    return not deed


def _officiates(told: Told) -> bool:
    """Whether an official does what officials do, or one calls at a meeting: 县长|主持会议."""
    before, after = told.before, told.after
    if _CALLS.match(after) and (_MEETING.search(told.lead) or _OFFICIAL.search(before)):
        return True
    if not _OFFICIAL.search(before) or _BELOW.search(before):
        return False
    own = _words("habit").search(after) or _COUNTED.search(after)
    return not own and bool(_words("ceremony").search(CLAUSE_END.split(after)[0]))


@lru_cache(maxsize=16)
def _words(use: str) -> re.Pattern[str]:
    rows = cells(Path(__file__).with_name("acting.tsv"))
    found = sorted((word for word, used, *_ in rows if used == use), key=len)
    return re.compile("(?:" + "|".join(reversed(found)) + ")")


@lru_cache(maxsize=16)
def _ends(use: str) -> re.Pattern[str]:
    return re.compile(_words(use).pattern + "了?[一两]?家?(?:[一-鿿]{0,4}(?:企业|单位|机构))?$")
