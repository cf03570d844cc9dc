"""Checks that a schema's fields may carry: `Annotated[str, standalone]`.

A check refuses an answer with one Chinese line that says what to do: the line goes back to the
model when the item is asked again.
"""

import re

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

_DANGLING = re.compile(r"^(?:其中|同时|此外|并且?|以及|他们?|她们?|该|这|那)|[、,,::;;]$")
_GENERIC = re.compile(
    r"^(?:我|本|该|全|各|某|两|这|那|所有|广大|一些|部分|有关|相关)?(?:省|市|区|县|镇|乡|村|社区|街道|组|局|校|公司|合作社|企业|单位|部门)$"
    r"|^(?:我|本|该|全|各|某|两|这|那|所有|广大|一些|部分|有关|相关)"
    r"|(?:干部|群众|党员|村民|居民|农户|贫困户|脱贫户|百姓|职工|学生|家庭|人员|队员|工作队|领导|代表|书记|镇长|县长|市长|主任|记者|编辑|委员会|领导小组|党委|政府|党支部|行动|活动|攻坚战|工作组|负责人|责任人|妇女|老人|孩子|劳动力|人口)$"
)


def _standalone(text: str) -> str:
    """Refuse words that lean on a sentence nobody sees: 其中贫困户, 该村."""
    if _DANGLING.search(text):
        raise ValueError(f"“{text}”单独看不懂,请写成完整的短语")
    return text


def _proper_name(text: str) -> str:
    """Refuse words for anybody: 我镇, 帮扶干部. A name tells one from all others."""
    from summarizer.script import fold

    if _GENERIC.search(fold(text)):
        raise PydanticCustomError("generic_name", "“{text}”是泛称,不是名字", {"text": text})
    return text


standalone = AfterValidator(_standalone)
proper_name = AfterValidator(_proper_name)
