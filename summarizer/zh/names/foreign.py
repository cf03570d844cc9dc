"""Names with a dot between their parts: 买买提·吐尔逊, 古丽娜尔·阿不都."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarizer.zh.names.found import Found
from summarizer.zh.names.person_boundaries import ROLES

_SOUNDS = (
    "阿艾埃爱安奥巴拔白班邦鲍贝本比别宾波伯博布不才曹次茨达大戴丹旦德登邓狄迪丁杜都多顿额恩尔法凡方菲费芬丰佛弗夫福"
    "富盖甘冈高哥戈格根贡古瓜桂果哈海汉罕郝赫黑亨洪胡华怀霍基吉加佳贾江杰金景久居卡凯坎康考柯科克肯孔库夸奎坤昆拉"
    "莱兰朗劳勒雷蕾黎里莉力利丽联廉良列烈林琳玲留柳龙卢鲁路伦罗洛吕律马玛麦迈曼毛梅美蒙孟米密敏明缪莫默姆木穆那娜"
    "纳乃南内尼妮年聂宁牛纽诺欧帕潘庞培佩彭皮平珀普其奇齐恰强乔切钦琴青琼丘让热仁日荣如茹瑞若萨塞赛桑森沙莎山杉"
    "尚舍申生圣施石史士舒斯丝苏孙索塔台太泰坦汤陶特腾提天田铁廷通图吐土托瓦万汪旺威维韦文翁沃乌武西希锡夏香向肖"
    "谢辛新星兴雄休许雪逊雅亚燕扬杨耶叶伊依宜乙易因英永尤尧于余玉元约云扎泽曾詹张哲珍治智朱珠卓孜兹子宗祖左买尼"
    "卜再古热艳娅婷努艾帕提克孜丽扎西洛桑次仁顿珠央金卓玛措姆"
)
_NAME = re.compile(f"[{_SOUNDS}]{{2,6}}(?:[·•‧・][{_SOUNDS}]{{2,7}})+")


def find_dotted(text: str) -> Iterator[Found]:
    """Dotted names of a folded text, without a role before them: 青年|阿卜杜拉·买买提."""
    for match in _NAME.finditer(text):
        start = match.start()
        while length := ROLES.behind(text, start, match.end()):
            start += length
        yield Found(start, match.end(), "person", "dotted")
