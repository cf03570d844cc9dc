"""What a quantity's noun phrase counts: 60户|建卡贫困户|已全部脱贫 counts the households."""

from __future__ import annotations

import re

from summarizer.zh.labels.phrases import verbs

_ENDS = (
    "村民小组|村委|自然村|行政村|贫困村|示范村|重点村|村(?!民|级|集体|干|支|里|党|务|组|庄|社|内|口|卫|农|道|两|落)|村落"
    "|社区|乡镇街道|乡镇|街道|乡(?!村|镇|亲)|镇(?!村|级)|县(?!级|直)"
    "|贫困户|脱贫户|困难户|农户|种植户|养殖户|居民户|家庭户|家庭人口|户(?![均籍籍年])|人家|家庭(?!人口|妇女|农场|医生)"
    "|分院|卫生院|卫生室|医院|[药茶果菜椒菌蔗棉粮]农|责任人|人口|人员|员工|劳动力|群众|干部|党员|妇女|村民|农民|居民|移民|牧民|渔民|工人|职工|教师|学生|学员"
    "|队员|骨干|老人|老年人|寄宿生|儿童|企业|单位|公司|合作社|支部|协会|学校|农场|基地|工厂|车间|小组|书记"
)
_COUNTED = re.compile(
    rf"(?!来自)[^的、,，在将把被让了是着过]{{0,12}}?(?:{_ENDS})+(?:[（(][^）)]{{1,6}}[）)])?"
    rf"(?:[和、][^的、,，]{{0,8}}?(?:{_ENDS}))?"
)
_PREDICATE = re.compile(
    r"已|真|来自|均|全部|于|轮|都|正|在(?!内)|通过|利用|与|同|把|将|从|由|向|被|按|到|可|能|当[年月天]|定期|率先|轮流|自愿|就近|户均|人均"
    r"|惠及|实现|获|受益|享受|参加|参与|签|分成|分驻|入|进|放|抱团|脱贫|致富|增收|务工|就业|凝|坚守|闯|变|种|办|用|做|拿|开"
)


def counted_noun(after: str) -> tuple[str, str]:
    """The noun that a quantity counts and the rest of its clause; two empty texts for none.

    >>> counted_noun("建卡贫困户已全部脱贫"), counted_noun("卫生厕所")
    (('建卡贫困户', '已全部脱贫'), ('', ''))
    """
    match = _COUNTED.match(after)
    if match is None or any(after[at : at + 2] in verbs() for at in range(1, match.end() - 2)):
        return "", ""
    return match[0], after[match.end() :]


def predicate(rest: str) -> bool:
    """Whether the words say what the counted ones do, or what is done to them."""
    return rest[:2] in verbs() or bool(_PREDICATE.match(rest))
