"""Words that tell whether somebody acts, for all who ask: the lexicon is `acting.tsv`, by use."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from summarizer.zh.lexicon import cells
from summarizer.zh.tails import TAIL

TO = re.compile(
    r"(?:在|位于|到|赴|于|往|驻|深入|派驻|来自|落户|走进|走访|前往|来到|地处|对|向|给|为|帮|帮助"
    r"|帮扶|带着|带|接送|送|陪|看望|慰问|资助|照顾|与|同|去|被|受|经|据|跟|除|除了|根据|按照|带动|带领|联系|联系了"
    r"|周边|附近|邻居|走近|了解|找到|遇到|听说|从|听取|感谢|抵达|到达|回|返|回到|返回|重返"
    r"|搬到|迁到|扎根|住进|走遍)$"
)
SPEAKS = re.compile(
    r"^(?:[:：]|在[^,，。;；“]{2,30}时(?:说|表示|指出|强调|介绍)|[^。]{0,12}一边[^。]{0,10}(?:介绍|说)道?)"
    r"|^(?:[^,，。;；:：]{0,8})?(?:说(?!服|唱)|表示|介绍|告诉|坦言|感慨|感叹|称(?![赞号])|道(?=[,，:：“]|$)|认为|强调|指出|透露|回忆"
    r"|要求|[聊谈说讲提]起|[谈说]到|细数|直言|笑言|答道)"
)
_AGE = re.compile(r"(?:今年|现年|年近|年过|近)?\d{1,3}多?岁(?:高龄)?的?(?:老人)?$")
OBJECT = re.compile(r"(?:[背抱扶推拉搀拖牵]着|至)$")


def strip_age(words: str) -> str:
    """What stands before the age that a name has: 贫困户|今年87岁的."""
    return _AGE.sub("", words) if "岁" in words[-TAIL:] else words


@lru_cache(maxsize=16)
def words_of(use: str) -> re.Pattern[str]:
    """The words of one use, the longest first."""
    rows = cells(Path(__file__).with_name("acting.tsv"))
    found = sorted((word for word, used, *_ in rows if used == use), key=len)
    return re.compile("(?:" + "|".join(reversed(found)) + ")")


@lru_cache(maxsize=16)
def ends_of(use: str) -> re.Pattern[str]:
    """The same at the end of what stands before a name, with the firm they may be of."""
    return re.compile(words_of(use).pattern + "了?[一两]?家?(?:[一-鿿]{0,4}(?:企业|单位|机构))?$")
