"""Dates and times of day. A date says when, a duration how long: 5月 is a date, 5个月 is not."""

from __future__ import annotations

import re

from summarizer.zh.quantities.contexts import any_of, words_that_say
from summarizer.zh.quantities.found import Found
from summarizer.zh.quantities.numerals import RAISED_POINT_UNITS
from summarizer.zh.quantities.patterns import Pattern

_DIGITS = "0123456789"
_HAN = "〇零一二三四五六七八九十"
_DASH = "[-⸺~至到]"
_YEAR = "(?:1[5-9]|20|21)[0-9]{2}"
_MONTH = "(?:1[0-2]|0?[1-9])"
_DAY = "(?:3[01]|[12][0-9]|0?[1-9])"
_CLOCK = "(?:[01]?[0-9]|2[0-4]):[0-5][0-9](?::[0-5][0-9])?"
MONTH_NAMES = (
    "Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    "|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?"
)
_ERAS = "|".join(f"(?<={era})" for era in words_that_say("era"))
_NEARBY = 300
_HAN_MONTH = "(?:十[一二]?|[一二三四五六七八九])"
_HAN_DAY = "(?:[二三]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|卅一?|[一二三四五六七八九])"
_HAN_HOUR = "(?:二?十[一二三四五六七八九]?|[一二两三四五六七八九])"
_LASTING = (
    "".join(f"(?<!{word})" for word in words_that_say("so_many_days"))
    + "(?<![近约逾满.0-9])"
    + "".join(f"(?<!{word})(?<!{word}为)" for word in words_that_say("term"))
)
_NOT_POINTS = f"(?!个?(?:{any_of('points_of_speech')}))"
_PART = "(?:年?[底初末中](?![央小学等期级])|上旬|中旬|下旬)"

DATES: tuple[Pattern, ...] = (
    Pattern(
        "iso_date",
        "date",
        _DIGITS,
        "2019-1-7 15:41",
        rf"{_YEAR}(?:-{_MONTH}-|/{_MONTH}/|\.{_MONTH}\.){_DAY}(?![0-9])(?:[ T]{_CLOCK})?",
    ),
    Pattern(
        "year_span",
        "date",
        _DIGITS,
        "2018-2020年",
        rf"{_YEAR}年?{_DASH}(?:{_YEAR}|[0-9]{{2}}) ?(?:学|财政)?年度?",
    ),
    Pattern(
        "financial_year",
        "date",
        _DIGITS,
        "2019/20",
        "(?:19|20)[0-9]{2}[-/](?:(?:19|20)[0-9]{2}|[0-9]{2})"
        "(?![0-9]|[.,][0-9]| ?[万亿元人户亩个%]|-[0-9])(?:学年|财政年度)?",
    ),
    Pattern(
        "date",
        "date",
        _DIGITS,
        "2020年05月25日",
        rf"{_YEAR} ?年(?:度|{_PART})?(?: ?{_MONTH} ?月(?:份|{_PART}| ?{_DAY} ?[日号])?)?",
    ),
    Pattern(
        "years_in_a_row", "date", _DIGITS, "2018、2019年", rf"{_YEAR}(?=(?:[、和与及]{_YEAR})+年)"
    ),
    Pattern(
        "republic_year_of",
        "date",
        "1",
        "112年度",
        rf"1[01][0-9] ?年(?:度|{_PART}|{_DASH}(?=1[0-9]{{2}})|(?=第|上半|下半|起|同期)"
        rf"|(?=完工|启用|通车|竣工|落成|动工|开工|编列|核定|施行|招标|发包|完成)"
        rf"|(?= ?{_MONTH}(?:{_DASH}{_MONTH})? ?月))",
    ),
    Pattern(
        "republic_year_named",
        "date",
        _DIGITS,
        "民国79年",
        r"(?:(?<=民国)|(?<=民国 ))[0-9]{1,3} ?年",
    ),
    Pattern(
        "short_year",
        "date",
        "089",
        "08年",
        "(?:0[0-9]|[89][0-9]) ?年(?![代多来余以前后半内]|[0-9])",
    ),
    Pattern(
        "decade", "date", _DIGITS, "90年代", "(?:19|20)?[0-9]0年代|[0-9]{1,2}世纪(?:[0-9]0年代)?"
    ),
    Pattern(
        "months",
        "date",
        _DIGITS,
        "1-9月",
        rf"{_MONTH} ?(?:月份?)?(?:{_DASH}|、|和|及) ?{_MONTH} ?月(?!余)份?(?: ?{_DAY} ?日)?",
    ),
    Pattern(
        "month_day",
        "date",
        _DIGITS,
        "4月20日",
        rf"(?<![0-9])(?<![0-9]\.){_MONTH} ?月(?![余有饼饷亮])"
        rf"(?:份|{_PART}| ?{_DAY} ?[日号])?(?:{_DASH}{_DAY} ?[日号])?",
    ),
    Pattern(
        "first_months",
        "date",
        _DIGITS + "一二两三四五六七八九十",
        "前10个月",
        "(?<=前)(?:[1-9]|1[0-2]|[二两三四五六七八九十]|十[一二])个月(?![内以])",
    ),
    Pattern(
        "hour_some",
        "time",
        _DIGITS,
        "凌晨2许",
        "(?:(?<=凌晨)|(?<=[上下中]午)|(?<=[早晚]上))[0-9]{1,2}许",
    ),
    Pattern("quarter", "date", "1234", "1-3季度", f"[1-4](?:(?:{_DASH}|、)[1-4])?季度"),
    Pattern(
        "day",
        "date",
        _DIGITS,
        "25日",
        rf"{_LASTING}{_DAY}(?:(?:{_DASH}|、){_DAY})? ?日"
        "(?![内游均常元产薪龄]|以[内上下]|之内|间照|用)",
    ),
    Pattern(
        "day_slashed",
        "date",
        _DIGITS,
        "25/12/2020",
        r"[0-3]?[0-9]/[0-3]?[0-9]/[12][0-9]{3}(?![0-9])|[0-9]{1,2}·[0-9]{1,2}(?![0-9.])"
        f"(?!{RAISED_POINT_UNITS})",
    ),
    Pattern(
        "english_day",
        "date",
        _DIGITS,
        "25 May 2020",
        rf"{_DAY}(?:st|nd|rd|th)?(?: of)? (?:{MONTH_NAMES})(?![a-z])(?:,? {_YEAR})?",
    ),
    Pattern(
        "year_in_words",
        "date",
        "一二",
        "二〇一八年五月",
        rf"[一二][〇零0Oo一二三四五六七八九]{{3}}年(?:{_HAN_MONTH}月(?:{_HAN_DAY}[日号])?)?",
    ),
    Pattern(
        "old_year",
        "date",
        "1",
        "始建于1437年",
        "(?:(?<=[于在自从(至到-])|(?<=公元))1[0-4][0-9]{2} ?年(?![多余来以]|历史|间)",
    ),
    Pattern("before_christ", "date", _DIGITS, "公元前221年", "(?:(?<=公元前)|(?<=公元))[0-9]+ ?年"),
    Pattern(
        "era_year",
        "date",
        _HAN,
        "光绪三年",
        f"(?:{_ERAS})[元一二三四五六七八九十]{{1,3}}年",
    ),
    Pattern(
        "republic_year_in_words",
        "date",
        _HAN,
        "民国三十八年",
        "(?<=民国)[零〇一二三四五六七八九十百元]{1,6}年",
    ),
    Pattern(
        "quarter_in_words", "date", _HAN, "三季度", "[一二三四](?:[-⸺~至、到]?[一二三四])?季度"
    ),
    Pattern(
        "decade_in_words",
        "date",
        _HAN,
        "九十年代",
        "(?:[一二三四五六七八九十]{1,3}世纪)?[一二三四五六七八九]十年代|[一二三四五六七八九十]{1,3}世纪",
    ),
    Pattern("five_year_plan", "date", "十", "十四五", "十[一二三四五]五(?![百千万个人户元十])"),
    Pattern(
        "months_in_words",
        "date",
        _HAN,
        "一至九月",
        f"{_HAN_MONTH}月?[-⸺~至、到]{_HAN_MONTH}月(?!余)份?"
        "|(?:一二|二三|三四|四五|五六|六七|七八|八九|九十)月[间份]?",
    ),
    Pattern(
        "month_in_words",
        "date",
        _HAN,
        "五月二十日",
        rf"(?<!上任)(?<!历时){_HAN_MONTH}月(?![余有饼饷亮光])(?:{_HAN_DAY}[日号](?:[-⸺~至到]{_HAN_DAY}[日号])?|份|{_PART})?",
    ),
    Pattern(
        "day_in_words",
        "date",
        _HAN + "廿卅",
        "二十日",
        "(?<!为期)(?<!历时)(?<!连续)[二三]?十[一二三四五六七八九]?[日号](?![内均召]|以[上下内]|之内|的[一-鿿]{0,4}假期)"
        "|(?<!为期)(?<!历时)(?<!连续)(?:廿[一二三四五六七八九]?|卅一?)[日号](?![内均]|以[上下内]|之内)"
        "|(?<=月)[一二三四五六七八九十][日号]|(?<=月)[二三]?十几[日号]"
        "|(?<![零〇一二三四五六七八九十百千几数历时期续近约满达逾这])[二三四五六七八九]日"
        "(?=[上下中]午|凌晨|清晨|早|傍晚|晚|夜间|宣布|从|向)",
    ),
)

TIMES: tuple[Pattern, ...] = (
    Pattern(
        "english_hour",
        "time",
        _DIGITS,
        "10:30 a.m.",
        rf"(?:{_CLOCK}|1?[0-9]) ?(?:[ap]\.m\.|[ap]m(?![a-z])|[AP]M(?![a-zA-Z]))",
    ),
    Pattern(
        "clock", "time", _DIGITS, "07:26", rf"(?<![0-9.]){_CLOCK}(?![0-9.%])(?:{_DASH}{_CLOCK})?"
    ),
    Pattern(
        "hour",
        "time",
        _DIGITS,
        "23点45分",
        r"(?:(?<=[上下中]午)|(?<=凌晨)|(?<=早上)|(?<=晚上)|(?<=傍晚))[0-9]{1,2}[点时](?=的)"
        rf"|(?<![0-9.])(?:[01]?[0-9]|2[0-4])(?:{_DASH}(?:[01]?[0-9]|2[0-4]))?"
        rf"(?:点(?![位击的]|多(?![钟的]))|时(?!间|代|期|段|任|速|空|长|效)){_NOT_POINTS}(?:[0-5]?[0-9]分(?!钟)|半|整|许|钟)?",
    ),
    Pattern(
        "hour_in_words",
        "time",
        _HAN + "两",
        "八点半",
        rf"(?:(?<=[上下中]午)|(?<=[昨今当明每][晚早晨夜天日])|(?<=凌晨)|(?<=早上)|(?<=晚上)|(?<=傍晚)){_HAN_HOUR}[点时](?:{_HAN_HOUR}分|半|整|多)?"
        f"|(?<![一-鿿])(?:十[一二]?|[一二两三四五六七八九])点(?=开会|开始|出发|起床|上班|下班|集合|准时)"
        rf"|{_HAN_HOUR}时(?:许|[零一二三四五六七八九十]{{1,3}}分(?![之钟]))|(?<=[日号]){_HAN_HOUR}时(?=[，。、至到前起,;；])"
        rf"|(?:(?<=[上下中]午)|(?<=早上)|(?<=晚上)|(?<=凌晨))[二三四五六七八九十][二三四五六七八九十]点(?!多?钟?[的个条位名]|击)"
        rf"|{_HAN_HOUR}点(?:半(?![儿点])|钟|整|[一二三四五六七八九零十]{{1,3}}分(?![之钟]))",
    ),
)


_REPUBLIC_YEAR = re.compile("(?:[6-9][0-9]|1[0-3][0-9]) ?年(?!多|以?来|余|内|间|历史|级|期)")
_REPUBLIC = re.compile(any_of("republic") + "|1[01][0-9] ?年(?:度|底)")


def republic_year(text: str, pos: int, floor: int) -> Found | None:  # noqa: ARG001 — rules are alike
    """A year of the Republic (110年) where Taiwan's government is spoken of nearby."""
    match = _REPUBLIC_YEAR.match(text, pos)
    if match and _REPUBLIC.search(text, max(0, pos - _NEARBY), pos + _NEARBY):
        return Found(pos, match.end(), "date", "republic_year")
    return None
