"""Numbers that name: telephones, routes, document numbers, versions, ranks, phases, places."""

from __future__ import annotations

from summarizer.zh.quantities.contexts import any_of, words_that_say
from summarizer.zh.quantities.patterns import Pattern

_DIGITS = "0123456789"
_POINTS = any_of("points_of_speech")
_COUNTED = "|".join(
    f"(?<={word}{colon})" for word in words_that_say("page_counter") for colon in (":", ": ")
)
_HAN = "零一二三四五六七八九十百"
_TITLED = "(?=[企县市区镇村乡名品、，。”(]|$)"
_WAY = "[山公水土小夜弯泥便马石]?路|[长老]街|河[道堤]"
_LEADS = (  # of a count, not of a name: 共九镇, 天九镇
    "[共有全含辖下等前后各这那其在的达为约近逾余超仅跨上该设由从到对把将和与及按以向往涉管划合分并撤建新老"
    "两我本此每整另某几数十百千一二三四五六七八九]"
)
_HOUSE = "[0-9一二三四五六七八九十]{1,4}[号巷弄]"
_PLACE = "村|镇|乡|县|区|街|路|桥|屯|铺|堡|沟|河|山|庄|坡|营|寨|湾|岭|坪|坝|洞|圩"

IDENTIFIERS: tuple[Pattern, ...] = (
    Pattern(
        "page_counter",
        "identifier",
        _DIGITS,
        "浏览次数: 1,234次",
        f"(?:{_COUNTED})[0-9]+(?:,[0-9]{{3}})*(?:\\.[0-9]+)?万?次?",
    ),
    Pattern(
        "page_count",
        "identifier",
        _DIGITS,
        "共12页",
        "(?:(?<=共)|(?<=共 )|(?<=页/)|(?<=页/共))[0-9]+ ?页",
    ),
    Pattern(
        "denominator",
        "indefinite",
        _DIGITS + "一百千万",
        "每10万人",
        "(?<=每)(?:10{0,4}[百千万]?|一?[百千万])(?:[人户名元例]|[个位](?!月|小时))"
        r"|(?<=\(/)10{0,5}[百千万]?(?=\))"
        "|(?<![上近逾超过约数几成足])[百千万]元(?=(?:地区|国内)?生产总值|GDP|工业|产值(?:能耗|耗|用水|排)|增加值)",
    ),
    Pattern(
        "document_number",
        "identifier",
        _DIGITS,
        "〔2020〕12号",
        r"(?<=[(\[])[12][0-9]{3}[)\]] ?第? ?[0-9]+ ?号?",
    ),
    Pattern(
        "phone",
        "identifier",
        _DIGITS,
        "0578-1234567",
        r"(?<![0-9])(?:1[3-9][0-9]{9}|0[0-9]{2,3}[-) ]?[0-9]{7,8}|400-?[0-9]{3}-?[0-9]{4}"
        r"|[0-9]{3,4}-[0-9]{7,8})(?![0-9万亿元])",
    ),
    Pattern(
        "hotline",
        "identifier",
        _DIGITS,
        "12345热线",
        "[0-9]{3,5}”?(?:热线|便民|政务|专线|电话|报警|急救|服务平台|平台)",
    ),
    Pattern(
        "number_sign",
        "identifier",
        _DIGITS,
        "4号楼",
        "[0-9]+(?:[-/][0-9]+){0,4} ?(?:号(?!召)(?:楼|线|路|院)?|#)",
    ),
    Pattern(
        "route",
        "identifier",
        _DIGITS,
        "319线",
        "[0-9]+(?:国道|省道|县道|线(?![上下索])|路(?:公交|车|汽车|巴士)|次列车|次航班)"
        "|(?<=[国省县乡]道)[0-9]+线?(?![0-9.]| ?(?:公里|千米|米|多|余|条|处|段|万))",
    ),
    Pattern(
        "no_plain_number",
        "unknown",
        _DIGITS,
        "3.4.5万元",
        r"(?<![0-9.])[0-9]+(?:(?:\.[0-9]+)?[eE][-+][0-9]+"
        r"|(?:\.[0-9]+)?(?:(?:[×xX*]|乘以?)[0-9]+)?的[-负]?[0-9]+次[方幂](?![案便式面向法])"
        r"|(?:\.[0-9]+){2,} ?(?:[百千万亿]+(?:[元吨亩斤户人]|公里|公斤|美元)?"
        "|[%‰吨亩户斤]|公里|公斤|元(?![旦宵])))",
    ),
    Pattern("dotted", "identifier", _DIGITS, "192.168.1.1", r"(?<![0-9.])[0-9]+(?:\.[0-9]+){2,}"),
    Pattern(
        "power_in_characters",
        "unknown",
        _HAN + "万亿",
        "十的六次方",
        f"[{_HAN}万亿点]+(?:乘以?[{_HAN}万]+)?的负?[{_HAN}]+次[方幂](?!案|便|式|面|向|法)",
    ),
    Pattern(
        "letters_behind",
        "identifier",
        _DIGITS,
        "5G",
        "[0-9]+(?!G(?:的?内存|显存|运存|流量|硬盘|固态|存储|空间|优盘|U盘))"
        "(?:[A-KMN-UXYZ](?![A-Za-z0-9])[级座]?|[A-Z][0-9]+[A-Za-z0-9]*|[a-f]+[0-9]+[a-f0-9]*)",
    ),
    Pattern(
        "resolution",
        "identifier",
        _DIGITS,
        "1024×768分辨率",
        "[0-9]{3,4}[×xX*][0-9]{3,4}(?= ?(?:像素|分辨|的分辨|显示|浏览|$))",
    ),
    Pattern(
        "dimensions",
        "unknown",
        _DIGITS,
        "320×240×180mm",
        r"[0-9]+(?:\.[0-9]+)?(?:[×xX*][0-9]+(?:\.[0-9]+)?){2} ?(?:mm|cm|m|米|厘米|毫米|公分)?",
    ),
    Pattern("round_the_clock", "idiom", _DIGITS, "7×24小时", "7 ?[×xX*] ?24小?时?"),
    Pattern(
        "building",
        "identifier",
        _DIGITS,
        "88号3栋",
        "(?<=号)[0-9]+[栋幢座]|(?<=号楼)[0-9]+[层楼]|(?:(?<=第[0-9]条)|(?<=第[0-9]{2}条)|(?<=第[0-9]{3}条))[0-9]+[节款项]|[0-9]+[栋幢](?=[0-9]+单元)",
    ),
    Pattern("percent_escape", "identifier", _DIGITS, "%41", "(?<=%)[0-9][0-9A-Fa-f](?![0-9.])"),
    Pattern("quoted_number", "name", _DIGITS, "“1315”", '(?<=[“"])[0-9]{1,6}(?=[”"])'),
    Pattern(
        "plus_slogan", "slogan", _DIGITS, "2+X", r"[0-9]+(?:\+(?:[0-9]+|[A-Za-z])){1,8}(?![0-9.])"
    ),
)

RANKS: tuple[Pattern, ...] = (
    Pattern(
        "anniversary",
        "ordinal",
        _DIGITS + "一二三四五六七八九十百",
        "95周年",
        "(?:[0-9]+|[一二三四五六七八九十百]+)周年",
    ),
    Pattern("english_ordinal", "ordinal", _DIGITS, "21st", "[0-9]+(?:st|nd|rd|th)(?![a-z])"),
    Pattern(
        "rank",
        "ordinal",
        _DIGITS,
        "前10位",
        f"(?<=[前后])[0-9]+(?:名|位|强|甲|列)|(?<=排名)[0-9]+位?|(?<=排)[0-9]+位|[0-9]+强{_TITLED}",
    ),
    Pattern(
        "village_group",
        "ordinal",
        _DIGITS,
        "石堡村8组",
        "(?<=[村屯寨社居委坪湾])[0-9]{1,2}(?:组|社|队)(?![织成建])",
    ),
    Pattern(
        "group_of_villagers",
        "ordinal",
        _DIGITS + _HAN,
        "七组村民",
        "(?<![共成为分了有等0-9零一二三四五六七八九十百])(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[组社]"
        "(?=村民|居民|社员|群众|水田|旱地|农户|贫困户|脱贫户|组长|社长|境内|地段|路段)",
    ),
    Pattern(
        "class_or_room",
        "ordinal",
        _DIGITS,
        "3年级",
        "[0-9]年级|(?<=年级)[0-9]{1,2}班|[0-9]{1,2}单元|[0-9]{3,4}室",
    ),
    Pattern(
        "congress",
        "name",
        _HAN,
        "十九大",
        "(?:十[一二三四五六七八九]|二十)(?:大(?![棚户类])|届)"
        "|[一二三四五六七八九十]{1,3}(?:届(?=[一二三四五六七八九](?:中|[一二三四五]?次)|全国|人大|政协|省委|市委|县委|区委|村委|党|人民|[省市县区州镇乡]人民|理事会|董事会)|中全会)",
    ),
    Pattern(
        "rank_in_words",
        "ordinal",
        _HAN,
        "前三名",
        f"(?<=[前后])[一二三四五六七八九十百]+(?:名|位|强|甲|列)|[一二三四五六七八九十百千]+强{_TITLED}"
        "|[一二三四五六七八九]等[奖功]|[一二三四五]类(?=疫苗|传染病|医疗|用地|水|地区|资产|卡|居住|工业)|[一二三]、[二三四](?:类|级|等|线|期|产)",
    ),
    Pattern(
        "project_phase",
        "ordinal",
        _HAN,
        "二期工程",
        "(?<![办展训共班了出续开近约满])[一二三四五六七八](?:[、至和][一二三四五六七八])?期(?![间限])",
    ),
    Pattern(
        "village_group_in_words",
        "ordinal",
        _HAN,
        "石堡村八组",
        "(?<=[村屯寨社居委坪湾])[一二三四五六七八九十]{1,3}(?:组|社|队)(?![织成建])",
    ),
    Pattern(
        "number_in_words",
        "ordinal",
        _HAN,
        "八号楼",
        f"[一二三四五六七八九十]{{1,3}}(?:年级|(?<=年级.)班|(?<=年级..)班|号(?![召码])|段(?={_HOUSE}))|(?<=号楼)[一二三四五六七八九十]{{1,3}}[层楼]"
        "|(?<=初)[一二三四五六七八九十](?![个次])",
    ),
    Pattern(
        "session_in_words",
        "ordinal",
        _HAN,
        "县十六届人大三次会议",
        "(?<=[大会协届])[一二三四五六七八九十]{1,3}次(?:会议|全体|全会|常委|执委|委员|代表)",
    ),
    Pattern(
        "numbered_town",
        "name",
        _HAN,
        "天九镇召开会议",
        "(?:(?<=\\A[一-鿿])|(?<=[\n。，,、;；:：“《( ][一-鿿])|(?<=[县市区省州旗在赴][一-鿿]))"
        f"(?<!{_LEADS})[一二三四五六七八九][镇乡](?![一-鿿]?[两二三四五六七八九十百千])",
    ),
    Pattern(
        "place_name",
        "name",
        _HAN,
        "三十里铺村",
        f"[一二三四五六七八九十]+(?:里(?!{_WAY})|家|道|台|间|棵|元|站|门|都|河|山|盘|岔|合|塘)(?!里)[一-鿿]?(?:{_PLACE})",
    ),
)

ENUMERATIONS: tuple[Pattern, ...] = (
    Pattern(
        "big_n",
        "enumeration",
        _DIGITS,
        "5大行动",
        "[0-9]{1,2}大(?![棚户蒜豆米麦桥于约多型小学专写气人队])",
    ),
    Pattern(
        "discourse_count", "enumeration", _DIGITS, "3个方面", "[0-9]{1,2}个?(?:方面|层面|维度|角度)"
    ),
    Pattern(
        "discourse_count_in_words",
        "enumeration",
        "一二两三四五六七八九十",
        "两方面",
        f"[一二两三四五六七八九十]+(?:个?(?:点(?:{_POINTS})"
        "|方面|层面|维度|角度)|大(?![棚户蒜豆米麦桥于约多型])|级(?!及?以))"
        "|(?:(?<=以下)|(?<=如下)|(?<=下列))[二两三四五六七八九十]+[点条项个]",
    ),
    Pattern(
        "counted_words",
        "slogan",
        "二两三四五六七八九十",
        "做到三个坚持",
        f"[二两三四五六七八九十]个(?:{any_of('slogan_part')})",
    ),
    Pattern(
        "ministries",
        "enumeration",
        "二两三四五六七八九十",
        "九部委联合发文",
        "[二两三四五六七八九十]+部(?:委|门)(?=联合|发文|印发|文件|通知|出台|[办局]?《)",
    ),
    Pattern(
        "marker",
        "list_marker",
        _HAN,
        "一是",
        "(?<![一-鿿0-9])(?!一、二|二、三|三、四|四、五|五、六|六、七|七、八|八、九)"
        "[一二三四五六七八九十]{1,3}(?:、|是(?![否不非])|要(?![求素点闻件害]))",
    ),
    Pattern(
        "marker_in_brackets",
        "list_marker",
        _HAN,
        "（一）",
        r"(?<=\()[一二三四五六七八九十]{1,3}(?=\))",
    ),
)
