"""Checks that a schema's fields may carry: `title: Annotated[str, standalone, action]`.

A check refuses an answer with one Chinese line that says what to do; the line goes back to the
model when the item is asked again. What `unfit` refuses is no such item at all and is dropped
without asking.
"""

import re
from functools import lru_cache
from pathlib import Path

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from summarizer.script import fold

UNFIT = "unfit"
_BRIEF = re.compile(r"(?:新|共|自|已)?(?:建|修|种|栽|办|架|铺|挖|植|养)(?!设|议)")  # 建水池、安管网
_AHEAD = re.compile(r"下一步|下阶段|今后|接下来|未来|明年|下半年")
_WILL = re.compile(
    r"力争|争取(?=\d|到|在|实现|完成|[今明全年])|(?:计划|打算|拟|预计)"
    r"(?=[今明]年|\d|总?投|新|建|用|在|于|到|从|将|对|实施|修|完成|引进|发展|种|栽)"
    r"|将(?=会|进一步|继续|于|在[\d今明下]|投资|建成|实施|新建|全面|着力|重点|按照|不断|大力|积极|努力|加[大快强])"
)
_RESULT = re.compile(  # what came of it, counted: no doing, whatever verb stands in it
    r"(?:种植|播种|养殖|绿化|灌溉|建筑|造林|覆盖|流转|安置|培训|贷款|投资|补贴|销售|经营)"
    r"(?:总?面积|率|总?[数量]|总?额|余额|收入|利润|工作量)"
    r"|增加值|(?:增[加长]|提高|提升|扩大|下降|减少)(?:了|到|至|约|近|超)?\d"
    r"|(?:同比|比[上去前]年|较[上去前]年|比年初|环比)[^,，。;；]{0,6}(?:增[加长]|提高|提升|扩大)"
    r"|(?:收入|总值|产值|利润|税收|余额|总额|消费额|销售额|贸易额|增收)(?:累计|预计|共|全年)?完成"
    r"|(?:每[天日周月年]|全天)[^,，。;；]{0,4}开放"
)
_TALK = re.compile(r"俺|咱(?!们?[镇县乡村])|我家|我自己|我[想说]")
_DANGLING = re.compile(r"^(?:其中|同时|此外|并且?|以及|他们?|她们?|该|这|那)|[、,，:：;；]$")


def unfit(message: str) -> PydanticCustomError:
    """The error for an answer that is no item of its list, however it is worded."""
    return PydanticCustomError("unfit", "{message}", {"message": message})


def _standalone(text: str) -> str:
    """Refuse words that lean on a sentence nobody sees: 其中贫困户, 该村."""
    if _DANGLING.search(text):
        raise ValueError(f"“{text}”单独看不懂,请写成完整的短语")
    return text


def says_action(text: str) -> bool:
    """Whether a text has a verb of doing.

    Not what is yet to come (下一步…, 力爭…), what came of it (種植面積3萬畝, 比上年提高2個百分點),
    nor what somebody says of himself.

    >>> says_action("投資340萬元建設公路"), says_action("這是一段激情燃燒的歲月")
    (True, False)
    >>> says_action("計劃投資800萬元新建水廠"), says_action("已建路3公里,計劃再建2公里")
    (False, True)
    """
    said = fold(text)
    if _AHEAD.match(said):
        return False
    if will := _WILL.search(said):
        said = said[: will.start()]
    if _TALK.search(said):
        return False
    said = _RESULT.sub("", said)
    return bool(_BRIEF.match(said)) or any(verb in said for verb in _verbs())


def is_yet_to_come(text: str) -> bool:
    """Whether the last clause of a text is about what is to be done: a target, no result.

    >>> is_yet_to_come("去年栽樹300畝,今年計劃新建"), is_yet_to_come("將部分貧困戶安排到崗")
    (True, False)
    """
    clause = re.split(r"[。;；!！?？]", fold(text))[-1]
    will = list(_WILL.finditer(clause))
    return bool(will) or bool(_AHEAD.match(clause))


def _action(text: str) -> str:
    """Refuse a title without a verb of doing: 激情燃烧的岁月, 规模农场和就业工场."""
    if not says_action(text):
        raise unfit(f"“{text}”没有说做了什么")
    return text


@lru_cache(maxsize=1)
def _verbs() -> tuple[str, ...]:
    lines = (Path(__file__).parent / "actions.tsv").read_text(encoding="utf-8").splitlines()
    return tuple(line.split("\t")[0] for line in lines if line and not line.startswith("#"))


standalone = AfterValidator(_standalone)
action = AfterValidator(_action)
impersonal = "impersonal"
"""Marks a text that may name no person: what one person did is told elsewhere."""
