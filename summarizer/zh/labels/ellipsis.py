"""Clauses that say nothing by themselves: they lean on what was counted just before.

增长4.1% grows what the number before it measured, 占51.26% is a share of it, 每座可存四十吨 is of
each, 其中贫困人口6人 are some of them.
"""

from __future__ import annotations

import re

from summarizer.zh.action_verbs import has_action_verb
from summarizer.zh.labels.phrases import last_verb, shortened
from summarizer.zh.segment import JOINERS

LONGEST = 16  # characters of what is leant on
_SHORT = 4
_MOVES = (
    "增长|增加|成长|增产|减产|提高|提升|上升|上涨|攀升|回升|扩大"
    "|下降|下跌|下滑|降低|减少|缩小|缩短|压缩|增|降|减"
)
CHANGE = re.compile(
    rf"^(?:按[^,，]*?计算)?(?:(?:同比|环比|按年|(?:比|较|与)[^,，]{{1,10}}?)?"
    rf"(?:年均|年平均|平均|[一二三四五六七八九十两]+年|累计|再|净|分别)*(?:{_MOVES})(?:了|幅度|到|至|为)?$|[高低快慢]于.+)"
)
GREW = re.compile(f"(?:{_MOVES})$")
_COMPARES = re.compile(r"^(?:与|同|跟|比|较)?.{2,}(?:相比|比较)$")
_SHARE = re.compile(r"^占")
_OF_IT = re.compile(
    r"^(?:为|是|相当于|完成)?(?:上年|去年|前年|预算|年度|年初|全年|计划|任务|目标|\d{4}年)[^,，]{0,6}$"
)
_EACH = re.compile(
    r"^(?:每(?![年月天日周晚季]|[名个户位][一-鿿]{4}).{1,7}$|(?:人均|户均|平均|均)$|平均[出需用内].*"
    r"|(?:比重|占比|增幅|降幅|增速|比例)(?!.{9}))"
)
_REACHES = re.compile(
    r"^(?:预计|累计|可|直接|共)*(?:惠及|受益|覆盖|涉及|服务|受众|参学|参与|吸引|检出|取证|分红)(?:.{0,5})$|^其(?!他|它|余|中)"
)
_BARE = re.compile(
    r"^(?:.{1,3}率|建筑面积|占地面积|总?建筑面积|利润总额|销售收入|罚款|(?:概算|估算|累计完成|完成)?总?投资|产值|长度|总长|全长|面积|金额|收入|利润|税收|成本|价格|均价|投资|完成新增|新增|重量|年龄|月?工资|产量|规模|数量|时长|里程)$"
)
_GOODS = frozenset(["种植", "栽植", "栽种", "养殖", "销售", "采购", "购置", "储备", "收购", "发放"])
_METRIC = re.compile(r"(?:^|(?<=^预计))(?:实现|完成|达到)")
_SIZED = re.compile("(?:总?库容|占地面积|建筑面积|占地)$")


def is_elliptical(core: str, *, is_part: bool = False) -> bool:
    """Whether a core cannot be understood without what was counted before it."""
    alone = (CHANGE, _SHARE, _OF_IT, _EACH, _REACHES, _BARE)
    return is_part or len(core) < 2 or any(kind.match(core) for kind in alone)


def compares(core: str) -> bool:
    """Whether a core only says with what another is compared: 与2010年相比."""
    return bool(_COMPARES.match(core))


def leant(core: str, topic: str, *, is_part: bool = False) -> str:
    """The core behind what it leans on.

    >>> leant("同比增长", "实现营业收入"), leant("占比", "男性人口")
    ('营业收入同比增长', '男性人口占比')
    """
    core = core.removeprefix("其")
    if not topic or core in topic:
        return core or topic
    if topic in core and not shares(core):
        return core
    topic = _METRIC.sub("", topic) or topic
    if is_part:
        return _part(core, topic)
    if _BARE.match(core):
        topic = _SIZED.sub("", topic) or topic
    if _EACH.match(core) and len(topic) > LONGEST:
        topic = re.split("(?<=.{4})[到在]", topic)[0]
    return shortened(topic, longest=LONGEST) + core


def changes(core: str) -> bool:
    """Whether a core only says how something changed."""
    return bool(CHANGE.match(core))


def shares(core: str) -> bool:
    """Whether a core only says which share of something it is, or how a share changed."""
    return bool(_SHARE.match(core) or re.match("(?:比重|占比|比例)", core))


def _part(core: str, topic: str) -> str:
    """Some of what was counted: 吸纳就业的|贫困人口, 税收占|一般公共预算收入|比重."""
    share = re.match(r"(.+?)占比?$", core)
    if share:
        whole = topic[len(last_verb(topic)) :] or topic
        return f"{share[1]}占{shortened(whole, longest=LONGEST)}比重"
    if GREW.search(core):
        return core
    topic = re.sub("(?:人数|户数|数量|数)$", "", topic)
    if has_action_verb(topic) and not is_elliptical(topic):
        kind = core[-2:]
        if topic.endswith(kind):
            return topic.removesuffix(kind) + core
        return shortened(topic, longest=LONGEST) + "的" + core
    return topic + core if len(topic) <= _SHORT and len(core) <= _SHORT else core


def is_rate(core: str) -> bool:
    """Whether a core is a rate of something: 完成率."""
    return core.endswith("率") and bool(_BARE.match(core))


def needs_more(core: str) -> bool:
    """Whether a core may lean on the sentence before: it is next to nothing by itself."""
    return len(core) < 2 or changes(core) or shares(core) or core.startswith("其")


def of_same_verb(item: str, earlier: str) -> str:
    """An item of a list with the verb that the list's first item has: 种植|白及."""
    verb = last_verb(earlier)
    return verb + item if verb and not has_action_verb(item) else item


def next_of_list(core: str, earlier: str, *, same: bool) -> str:
    """A short item behind a comma, with the verb of the one before: 种植油茶1000亩,|柑橘.

    `same` says whether both are counted in one unit.
    """
    verb = last_verb(earlier)
    fits = len(core) in (2, 3) and verb and len(verb) < len(earlier)
    return (
        verb + core
        if fits and (same or verb[-2:] in _GOODS) and not has_action_verb(core)
        else core
    )


def of_same_head(item: str, first: str) -> str:
    """乡级 with what 区级 says of 现代农业示范区."""
    level = re.search("^.{1,4}级$", item)
    head = re.search(r"[一-鿿]级([一-鿿]{2,})$", first)
    return item + head[1] if level and head else item


def joined(words: str) -> bool:
    """Whether words between two quantities go on with a list."""
    return words[:1] in JOINERS if words else False
