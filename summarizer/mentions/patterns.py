"""What only looks like a quantity: dates, times, ordinals, identifiers, markers, slogans.

One row a rule: its name, the kind it gives, and a pattern for the folded text at the numeral.
Rows are tried in order; the first that matches wins. `{D}` stands for a Chinese numeral digit run.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from summarizer.mentions.found import Found
from summarizer.mentions.numerals import PLAIN_HAN
from summarizer.types import MentionKind


class Pattern(NamedTuple):
    name: str
    kind: MentionKind
    pattern: str


_D = "[〇零一二三四五六七八九十]"
_N = "[0-9一二三四五六七八九十]"
_STAY = r"(?:为期|历时|连续|持续|长达|[近约逾满]|前)"

OF_DIGITS: tuple[Pattern, ...] = (
    Pattern("document_number", "identifier", r"(?<=[(\[])[12][0-9]{3}[)\]] ?第? ?[0-9]+ ?号?"),
    Pattern("iso_date", "date", r"[12][0-9]{3}(?:-[01]?[0-9]-|/[01]?[0-9]/|\.[01]?[0-9]\.)[0-3]?[0-9](?![0-9])(?:[ T]?[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?)?"),
    Pattern("year_span", "date", r"[12][0-9]{3}年?[-~至到/][12]?[0-9]{1,3} ?(?:学|财政|财)?年度?"),
    Pattern("year_span_bare", "date", r"(?:19|20)[0-9]{2}[-~至到/](?:19|20)?[0-9]{2}(?![0-9.,%]|[万亿元人户亩个]|-[0-9])"),
    Pattern("date", "date", r"[12][0-9]{3} ?年度?(?!以?[来上]?多?年)(?: ?[01]?[0-9] ?月份?(?: ?[0-3]?[0-9] ?[日号])?)?"),
    Pattern("short_year", "date", r"(?:0[0-9]|[89][0-9]) ?年(?![代多来余以前后半内]|[0-9])"),
    Pattern("decade", "date", r"[0-9]?[0-9]年代|[0-9]{1,2}世纪(?:[0-9]0年代)?"),
    Pattern("month_day", "date", r"(?<![0-9.])[01]?[0-9] ?月(?![余有饼饷亮])(?:份| ?[0-3]?[0-9] ?[日号])?(?:[-~至][0-3]?[0-9] ?[日号])?"),
    Pattern("months", "date", r"[01]?[0-9](?:月份?)?[-~至、到][01]?[0-9] ?月(?!余)份?(?: ?[0-3]?[0-9] ?日)?"),
    Pattern("quarter", "date", r"[1-4](?:[-~至、到][1-4])?季度"),
    Pattern("day", "date", rf"(?<!为期)(?<!历时)(?<!连续)(?<!持续)(?<!长达)(?<![近约逾满.0-9])[0-3]?[0-9](?:[-~至、][0-3]?[0-9])? ?日(?![内游均常元产薪龄]|以内|之内|间照)"),
    Pattern("day_slash", "date", r"[0-3]?[0-9]/[0-3]?[0-9]/[12][0-9]{3}(?![0-9])|[0-9]{1,2}·[0-9]{1,2}(?![0-9.])"),
    Pattern("clock", "time", r"(?<![0-9.])(?:[01]?[0-9]|2[0-4]):[0-5][0-9](?::[0-5][0-9])?(?![0-9.%])(?:[-~至](?:[01]?[0-9]|2[0-4]):[0-5][0-9])?"),
    Pattern("hour", "time", r"(?<![0-9.])(?:[01]?[0-9]|2[0-4])(?:[-~至](?:[01]?[0-9]|2[0-4]))?(?:[点時]|时(?!间|代|期|段|任|速|空))(?!建议|意见|要求|体会|希望|启示|做法|举措|措施|思考|感受)(?:[0-5]?[0-9]分|半|整|许)?"),
    Pattern("phone", "identifier", r"(?<![0-9])(?:1[3-9][0-9]{9}|0[0-9]{2,3}[-) ]?[0-9]{7,8}|400-?[0-9]{3}-?[0-9]{4}|[0-9]{3,4}-[0-9]{7,8})(?![0-9万亿元])"),
    Pattern("hotline", "identifier", r"[0-9]{3,5}(?=”?(?:热线|平台|服务热线|政务|专线|电话|便民|报警|急救))"),
    Pattern("number_sign", "identifier", r"[0-9]+(?:-[0-9]+)* ?(?:号(?!召)|#)(?:楼|线|路|院)?"),
    Pattern("route", "identifier", r"[0-9]+(?:国道|省道|县道|线(?![上下])|路(?=公交|车|汽车|巴士)|次列车|次航班)|(?<=[国省县乡]道)[0-9]+线?"),
    Pattern("dotted", "identifier", r"(?<![0-9.])[0-9]+(?:\.[0-9]+){2,}"),
    Pattern("plus_slogan", "slogan", r"[0-9]+(?:\+(?:[0-9]+|[A-Za-z]))+(?![0-9.])"),
    Pattern("letters_behind", "identifier", r"[0-9]+(?:[A-KMN-UXYZ](?![A-Za-z0-9])[级座]?|[A-Z][0-9]+[A-Za-z0-9]*|[a-f0-9]{8,})"),
    Pattern("quoted_number", "name", r"(?<=“)[0-9]{1,6}(?=”)"),
    Pattern("percent_escape", "identifier", r"(?<=%)[0-9][0-9A-F](?=%|[^0-9%])"),
    Pattern("rank", "ordinal", r"(?<=前)[0-9]+(?=名|位|强|甲|列)|(?<=排名)[0-9]+|[0-9]+强(?=[企县市区镇村乡名品、，。”]|\b)"),
    Pattern("village_group", "ordinal", r"(?<=[村屯寨社居委坪湾])[0-9]{1,2}(?:组|社|队)(?![织成建])"),
    Pattern("grade", "ordinal", r"[0-9]年级|[0-9]{1,2}(?:号楼|单元|室(?=[，。、 ]))"),
    Pattern("big_n", "enumeration", r"[0-9]{1,2}大(?![棚户蒜豆米麦桥于约多型小学专写气人队])"),
)

OF_HAN: tuple[Pattern, ...] = (
    Pattern("year_in_digits", "date", rf"[一二][〇零一二三四五六七八九]{{3}}年(?:{_D}{{1,3}}月(?:{_D}{{1,3}}[日号])?)?"),
    Pattern("weekday", "date", r"(?<=周)[一二三四五六日](?![次天个期场节课家类名人户年元件项届岁])|(?<=星期)[一二三四五六]|(?<=礼拜)[一二三四五六]"),
    Pattern("quarter", "date", r"[一二三四](?:[-~至、到][一二三四])?季度"),
    Pattern("decade", "date", r"[一二三四五六七八九]十年代|[一二三四五六七八九十]{1,3}世纪"),
    Pattern("month_day", "date", r"(?<!上任)(?:十[一二]?|[一二三四五六七八九])月(?![余有饼饷亮光])(?:(?:[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])[日号]|份|[底初末中]|[上中下]旬)?"),
    Pattern("months", "date", r"(?:十[一二]?|[一二三四五六七八九])[-~至、到](?:十[一二]?|[一二三四五六七八九])月(?!余)份?"),
    Pattern("day", "date", r"(?:[二三]?十[一二三四五六七八九]?|(?<=月)[一二三四五六七八九])[日号](?![内均])"),
    Pattern("hour", "time", r"(?<=[上下中]午)[一二三四五六七八九十]{1,3}[点时](?:[一二三四五六七八九十]{1,3}分|半|整)?|(?<=凌晨|早上|晚上|傍晚)[一二三四五六七八九十]{1,2}[点时]半?|[一二三四五六七八九十]{1,3}点(?:半(?![儿点])|钟|整|[一二三四五六七八九零十]{1,3}分(?!之))"),
    Pattern("marker", "list_marker", r"(?<![一-鿿0-9])[一二三四五六七八九十]{1,3}(?:、|是(?![否不非])|要(?![求素点闻件害]))"),
    Pattern("marker_in_brackets", "list_marker", r"(?<=\()[一二三四五六七八九十]{1,3}(?=\))"),
    Pattern("congress", "name", r"(?:十[一二三四五六七八九]|二十)(?:大(?![棚户类])|届)|[一二三四五六七八九十]{1,3}(?:届(?=[一二三四五六七八九]中|全国|人大|政协|省委|市委|县委|党|人民)|中全会)"),
    Pattern("five_year_plan", "date", r"十[一二三四五]五(?![百千万个人户元十])"),
    Pattern("rank", "ordinal", r"(?<=前)[一二三四五六七八九十百]+(?=名|位|强|甲|列)|[一二三四五六七八九十百千]+强(?=[企县市区镇村乡名品、，。”])|[一二三四五六七八九]等[奖功]"),
    Pattern("project_phase", "ordinal", r"[一二三四五六七八](?:[、至和])?期(?=[工项建规改、（(]|\Z)"),
    Pattern("village_group", "ordinal", r"(?<=[村屯寨社居委坪湾])[一二三四五六七八九十]{1,3}(?:组|社|队)(?![织成建])"),
    Pattern("grade", "ordinal", r"[一二三四五六七八九十]{1,2}(?:年级|号(?![召码]))"),
    Pattern("month_of_birth", "ordinal", r"(?<=初)[一二三四五六七八九十](?![个次])"),
    Pattern("thirty_mile_village", "name", r"[一二三四五六七八九十]+(?:里|家|道|台|间|棵|元|站|门|都|河|山|盘|岔|合|塘)(?!里)[一-鿿]?(?:村|镇|乡|县|区|街|路|桥|屯|铺|堡|沟|河|山|庄|坡|营|寨|湾|岭|坪|坝|洞|河子|圩)"),
    Pattern("points_of_speech", "enumeration", r"[二两三四五六七八九十]+个?(?:点(?:建议|意见|要求|体会|希望|启示|做法|举措|措施|思考|感受)|(?:大|个)?(?:方面|层面|维度|角度)|大(?![棚户蒜豆米麦桥于约多型])|级(?![以及]))|(?<=以下|如下|下列)[二两三四五六七八九十]+[点条项个]"),
)


def _union(patterns: tuple[Pattern, ...]) -> re.Pattern[str]:
    """One alternation of all rows; the group that matched is the name of the rule."""
    return re.compile("|".join(f"(?P<{row.name}>{row.pattern})" for row in patterns))


_DIGITS = _union(OF_DIGITS)
_HAN = _union(OF_HAN)
KINDS: dict[str, MentionKind] = {row.name: row.kind for row in (*OF_DIGITS, *OF_HAN)}


def digit_pattern(text: str, pos: int, floor: int) -> Found | None:  # noqa: ARG001 — all rules look alike
    match = _DIGITS.match(text, pos)
    return _found(match, pos)


def han_pattern(text: str, pos: int, floor: int) -> Found | None:  # noqa: ARG001 — all rules look alike
    match = _HAN.match(text, pos)
    return _found(match, pos)


def _found(match: re.Match[str] | None, pos: int) -> Found | None:
    if match is None or match.end() == pos:
        return None
    name = match.lastgroup or ""
    return Found(pos, match.end(), KINDS[name], name)
