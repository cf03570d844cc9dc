"""Which of a sentence's names act in it: only who acts can be held up as an example.

A place one goes to, a person who is helped, who only speaks, or who signs, is left out before the
model is asked; what is left is its choice. Names told in one breath (甲、乙和丙) act together.
"""

from __future__ import annotations

import re

from summarizer.checks import says_action
from summarizer.chunk import Sentence
from summarizer.extract.heads import leads, reaches, roleless
from summarizer.extract.together import groups
from summarizer.names import Name
from summarizer.script import fold
from summarizer.types import Span

NEAR = 8  # characters between a place and the name it belongs to
_PLACES = frozenset({"village", "place"})
_IS = re.compile(r"(?:是|作为|成为)[一-鿿]{0,4}$")
_SERVES = re.compile(
    r"^[一-鿿]{0,3}(?:书记|主任|局长|校长|院长|经理|董事长|社长|负责人|理事长|总经理|助理"
    r"|创始人|法人|干部(?!职工))|^(?:机关)?(?:选派|派驻|下派|委派|派出|派来)"
)

_TO = re.compile(
    r"(?:在|位于|到|赴|于|往|驻|深入|派驻|来自|落户|走进|走访|前往|来到|地处|对|向|给|为|帮|帮助"
    r"|帮扶|带着|带|接送|送|陪|看望|慰问|资助|照顾|与|同|去|被|受|经|据|跟|除|除了|根据|按照|带动|带领|联系|联系了"
    r"|周边|附近|邻居|走近|了解|找到|遇到|听说|从|听取|感谢|抵达|到达)$"
)
_SPEAKS = re.compile(
    r"^(?:[:：]|在[^,，。;；“]{2,30}时(?:说|表示|指出|强调|介绍)|[^。]{0,12}一边[^。]{0,10}(?:介绍|说)道?)"
    r"|^(?:[^,，。;；:：]{0,8})?(?:说|表示|介绍|告诉|坦言|感慨|感叹|称|道|认为|强调|指出|透露|回忆)"
)
_STANDS_BY = re.compile(
    r"^(?:的?名字|的?事迹|[一-鿿]{0,4}批示|所说|[^。]{0,30}锦旗|对.{0,16}(?:赞不绝口|表示|满意|感激|称赞|竖起)"
    r"|(?:很|非常|十分)(?:支持|高兴|激动|感动|满意)|笑得|脸上)"
)
_LIKE = re.compile(r"^(?:等人?)?(?:一样|那样)")
_LARGE = ("县", "縣", "市", "区", "區", "州", "旗")  # what it did, its towns and people did
_RESULT = re.compile(
    r"集体经济|村集体|集体(?:资产|收入)|收入|资产|产值|增收|脱贫|摘帽|获评|荣获|评为|入选|变成|蝶变|丰收"
)
_ORGAN = re.compile(r"^党(?:总)?支部(?=[带领组推引])|^村?[“]?两委[”]?(?=[带领组推引])")
_PLANS = re.compile(r"(?:准备|计划|打算|拟|力争|还将)[^,，。]{0,24}$")
_COURTESY = ("先生", "女士", "小姐", "太太", "同学")
_CLAUSE_END = re.compile(r"[,，。;；:：!！?？…]")
_IS_SUCH = re.compile(
    r"^[,，]|^(?:曾经?|原|原本|本|就|现|总)?(?:是|为(?!了)|位于|地处|坐落|有(?!效|序|力)|共有|现有|下?辖|属|距|离|海拔|面积|人口|山高|被)"
)
_OWNS = re.compile(
    r"^(?:的|党支部(?:书记|委员|副|党员)|支部(?:书记|委员)|党员|村民|村委|贫困户|脱贫户|群众|[一-鿿]{0,4}(?:书记|主任|委员|组))"
)


def actors(sentence: Sentence) -> list[Name]:
    """The names of a sentence that act in it, each once and in order."""
    text = fold(sentence.text)
    start = sentence.span.start
    kept: dict[str, Name] = {}
    for group in groups(sentence):
        before = text[: group[0].span.start - start]
        after = text[group[-1].span.end - start :]
        before = _CLAUSE_END.split(before)[-1]
        if _acts(group[0], before, after, _is_followed(group[-1], sentence)):
            for name in group:
                kept.setdefault(fold(name.text), name)
    return list(kept.values())


def _acts(name: Name, before: str, after: str, is_followed: bool) -> bool:
    """Whether it does something, by what its clause says before it and the sentence behind it."""
    if _TO.search(before) or _LIKE.match(after):
        return False
    if name.kind in _PLACES:
        is_large = name.text.endswith(_LARGE)
        return not (is_followed or is_large) and _place_acts(before, after)
    if name.kind == "person":
        return _person_acts(name, before, after)
    serves = name.kind == "organisation" and _SERVES.match(after)
    office = name.rule == "office" and not leads(before, after)
    return not (serves or office or _IS.search(before) or _PLANS.search(before))


def _place_acts(before: str, after: str) -> bool:
    """A place acts where it heads a clause and a deed is told of it, not what it is or has."""
    if (
        _OWNS.match(after)
        or (_IS.search(before) and not _ORGAN.match(after))
        or _IS_SUCH.match(after)
    ):
        return False
    heads = leads(before, after) or bool(_ORGAN.match(after))
    return heads and (says_action(after) or bool(_RESULT.search(after)))


def _person_acts(name: Name, before: str, after: str) -> bool:
    """A person acts who is not merely met, helped, quoted, or named by a courtesy title."""
    ahead = roleless(before)
    if (ahead != before and _TO.search(ahead)) or reaches(ahead):
        return False
    courtesy = name.text.endswith(_COURTESY)
    return not (courtesy or _SPEAKS.match(after) or _STANDS_BY.match(after))


def _is_followed(name: Name, sentence: Sentence) -> bool:
    """Whether another name comes within a few characters: 马庄村支部委员李书云."""
    later = [n.span.start for n in sentence.names if not n.span.start < name.span.end]
    if not later or later[0] - name.span.end > NEAR:
        return False
    between = Span(name.span.end - sentence.span.start, later[0] - sentence.span.start)
    return not re.search("[,，。;；是有为把将]", sentence.text[between.slice])
