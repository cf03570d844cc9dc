"""Does a text tell of something that was done? What measures, their titles and drafts go by.

A verb of doing must stand in it (`actions.tsv`) and be told of what was done: not what is yet to
come, what came of it, what somebody says, what something is, nor part of another word.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from summarizer.zh.lexicon import cells
from summarizer.zh.script import fold
from summarizer.zh.segment import last_sentence

OPENING = 4  # characters in which a headline's verb stands
_HAN = re.compile("[㐀-鿿]")  # every verb has one
_BRIEF = re.compile(  # 建水池、安管网; 搭起, 修通, 设卡
    r"(?:新|共|自|已|另|连夜)?(?:建|修|种|栽|办|架|铺|挖|植|养|安|设|搭|增|添|购|装)(?!设|议|全|备|想|计|置|定|施|长|加|强|收|老|殖)"
)
_MADE = re.compile(
    r"(?:建|修|办|搭|架|铺|打(?!好|成)|疏|装|设|盖|凑|拆|清|改|挖|种|栽|送|买|引|接|订|签)(?:起|成|好|通|完|齐)(?:了|来)?"
    r"|(?:设|转移|捐)(?:[了下]|群众|村民)?(?=[\d一二三四五六七八九十两])|新开|设卡|捐款"
)
_AHEAD = re.compile(r"下一步|下阶段|今后|接下来|未来|明年|下半年")
_WILL = re.compile(
    r"力争|争取(?=\d|到|在|实现|完成|[今明全年])|(?:计划|打算|拟|预计)"
    r"(?=[今明]年|\d|总?投|新|建|用|在|于|到|从|将|对|实施|修|完成|引进|发展|种|栽)"
    r"|将(?=会|进一步|继续|于|在[\d今明下]|投资|建成|实施|新建|全面|着力|重点|按照|不断|大力|积极|努力|加[大快强])"
)
_UNDONE = re.compile(
    r"计划(?!生育)|打算|(?<![虚模])拟|预计|下一?步|力争|争取(?=实现|完成|达到|[在于\d])|将要"
    "|没有|没能|未能|尚未|仍未"
)
_ORDER = re.compile(  # 各乡镇要进一步压实责任
    r"(?:^|[,，;；])[^,，。;；]{0,8}?(?<![需主重])(?:要|须|务必|必须)"
    r"(?=进一步|继续|认真|切实|坚持|加[强快大]|抓|把|确保|严格|全力|高度|充分|做到|做好|落实|倒排)"
)
_RESULT = re.compile(  # what came of it, counted: no doing, whatever verb stands in it
    r"(?:种植|播种|养殖|绿化|灌溉|建筑|造林|覆盖|流转|安置|培训|贷款|投资|补贴|销售|经营)"
    r"(?:总?面积|率|总?[数量]|总?额|余额|收入|利润|工作量)"
    r"|增加值|(?:增[加长]|提高|提升|扩大|下降|减少)(?:了|到|至|约|近|超)?\d"
    r"|(?:同比|比[上去前]年|较[上去前]年|比年初|环比)[^,，。;；]{0,6}(?:增[加长]|提高|提升|扩大)"
    r"|(?:收入|总值|产值|利润|税收|余额|总额|消费额|销售额|贸易额|增收)(?:累计|预计|共|全年)?完成"
    r"|(?:每[天日周月年]|全天)[^,，。;；]{0,4}开放|接待(?:境内外|国内外)?(?:游客|旅客)|调查显示"
    r"|完成[^,，。;；]{2,24}[,，](?:同比|比上年|为年度|增长|占)|投资(?:[(（][^)）]*[)）])?(?:增长|下降)"
    r"|(?:不宜|不再|尚未|没有)[^,，。;；]*"
    r"|(?:由|从)(?:上年|[^,，。;；]{0,8}\d)[^,，。;；]{0,16}(?:调整|提高|提升|扩大|增加)(?:为|到|至)"
)
_TALK = re.compile(r"俺|咱(?!们?[镇县乡村])|我家|我自己|我[想说]|帮我|让我(?!们?[镇县乡村])")
_SAYS = re.compile(r"(?:表示|介绍|坦言|告诉记者|指出|强调|说道?|称)[,，:：]")
_PURPOSE = re.compile(
    r"(?:^|(?<=[,，。;；]))(?:为(?:了|确保|进一步|扎实|更好|切实|解决|推[进动]|摆脱|方便|保障)|随着|围绕|针对)[^,，。;；]*[,，]"
)
_UNDER = re.compile(
    r"在[^,，。;；]{1,24}(?:领导|指导|支持|帮扶|帮助|带领|配合|努力|工作|过程|路上|会议)(?:之?[下中上])"
    r"|在[^,，。;；]{1,16}时(?=说|[,，]|$)"
)
_IS = re.compile(  # 是…之年, 成为…的动力源泉: what something is
    r"(?:^|(?<=[,，。;；:：]))[^,，。;；:：]{0,30}?(?:(?<!不)(?<!正)(?<!或)(?<!还)是(?=[^,，。;；]*"
    r"(?:年|缩影|源泉|引擎|风向标|样板|关键|基础|前提|村|镇|户|人|能手|部分|组成|力量|法宝|写照)(?:$|[,，。;；!！]))"
    r"|成为[^,，。;；]{0,12}(?:一[个座道张]|[^,，。;；]*(?:引擎|风向标|源泉|亮点|名片))|曾是|中有)[^,，。;；]*|(?:^|(?<=[,，。;；:：]))包括[^,，。;；]*"
)
_WORDS = re.compile(  # nouns that hold a verb of doing
    r"合作社|(?:帮扶|扶贫|培训|救助|结对|种植|养殖|经营|管理|服务|监测|搬迁|安置|改造|运营|销售|投资)"
    r"(?=户|人员|责任人|干部|对象|信息|专班|主体|大户|业|商|人(?!次)|[房点]|者)"
    r"|考核(?=中|结果|成绩|排名|第)|(?:检查|督查|督导|调查|评审|工作)组|建设(?=者|期|中)"
    r"|发展(?=中|之路|大会|水平|大局|的?理念|优势)|莅临(?:检查)?指导|检查指导|乡村建设(?=者)"
    r"|(?:承办|采购|负责)(?=科|人|商|员)|开发区|(?:种粮|养殖|种植)大户|把[^,，。;；]*作为[^,，。;；]*"
    r"|以[^,，。;；]{2,30}为(?:指导|抓手|引领|主线|目标|重点|核心|根本|契机|统领|导向|中心)"
    r"|“[^“”]{1,8}”|画卷[^,，。;；]*|展销会|宣传部|组织部|保障部|组织(?=优势|生活|力|书记|振兴)|建档立卡|申请书|通过[^,，。;；]{0,6}验收|登记(?=常住|人口|户)|编制(?=床位|数|人)"
)


def has_action_verb(text: str) -> bool:
    """Whether a text has a verb of doing.

    Not what is yet to come (下一步…, 力爭…), what came of it (種植面積3萬畝, 比上年提高2個百分點),
    what something is (是脫貧攻堅決勝之年), nor what somebody says.

    >>> has_action_verb("投資340萬元建設公路"), has_action_verb("這是一段激情燃燒的歲月")
    (True, False)
    >>> has_action_verb("計劃投資800萬元新建水廠"), has_action_verb("已建路3公里,計劃再建2公里")
    (False, True)
    """
    return _does(text, _verbs())


def has_strong_action(text: str) -> bool:
    """Whether one of its verbs of doing names an act: 成立, 发放; not only 推进, 加强.

    >>> has_strong_action("成立工作專班"), has_strong_action("加強領導,推進工作")
    (True, False)
    """
    return _does(text, _verbs("strong"))


def _does(text: str, verbs: re.Pattern[str]) -> bool:
    """Whether one of these verbs of doing, or a short one, is in what a text tells as done."""
    said = fold(text)
    if not _HAN.search(said):
        return False
    if _AHEAD.match(said) or said.startswith("附件"):
        return False
    for ends in (_WILL, _SAYS, _ORDER):
        if found := ends.search(said):
            said = said[: found.start()]
    if _TALK.search(said):
        return False
    for nothing in (_RESULT, _UNDER, _PURPOSE, _IS, _WORDS):
        said = nothing.sub("", said)
    return bool(_BRIEF.match(said) or _MADE.search(said) or verbs.search(said))


def starts_with_action(text: str) -> bool:
    """Whether the verb of doing comes first, as in a headline.

    >>> starts_with_action("動員企業設立扶貧車間"), starts_with_action("全體班子成員種好責任田")
    (True, False)
    """
    return has_strong_action(fold(text)[:OPENING])


def is_prospective(text: str) -> bool:
    """Whether the last clause of a text is about what is to be done: a target, no result.

    >>> is_prospective("去年栽樹300畝,今年計劃新建"), is_prospective("將部分貧困戶安排到崗")
    (True, False)
    """
    clause = last_sentence(fold(text))
    return bool(_WILL.search(clause) or _AHEAD.match(clause))


def is_undone(title: str) -> bool:
    """Whether a title in which no verb of doing is known tells of a plan, or of what was not done.

    Words of a plan count before any word, which `is_prospective` asks for: it reads whole clauses.

    >>> is_undone("全县计划聘用护路员"), is_undone("没有聘用护路员"), is_undone("模拟法庭")
    (True, True, False)
    """
    return _UNDONE.search(fold(title)) is not None


@lru_cache(maxsize=2)
def _verbs(kind: str = "") -> re.Pattern[str]:
    """All verbs of doing, or only those that name an act: strong."""
    rows = cells(Path(__file__).with_name("actions.tsv"))
    return re.compile(
        "|".join(re.escape(row[0]) for row in rows if not (kind and "weak" in row[2:]))
    )
