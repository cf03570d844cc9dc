"""What is read from a work report: what was done, and who is held up as an example.

Descriptions are what the model is told, so they are Chinese, short, and say what does not count.
"""

from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import Field, ValidationInfo, model_validator

from summarizer.checks import action, impersonal, standalone
from summarizer.types import Item, KindOfName, ProperName, RoleOfName, Summary
from summarizer.zh.script import fold

Category = Literal[
    "党建组织",
    "督导考核",
    "资金投入",
    "产业发展",
    "合作社与集体经济",
    "就业",
    "金融",
    "消费扶贫",
    "电商",
    "教育",
    "健康医疗",
    "社会保障",
    "住房",
    "饮水",
    "基础设施",
    "人居环境",
    "宣传教育",
    "其他",
]


class Measure(Item):
    """做了什么:一项已经做的或正在做的具体工作;口号、感想、背景、成效评价不算"""

    title: Annotated[str, standalone, action, impersonal] = Field(
        description="动宾短语,单独看也懂,不超过20字", min_length=4, max_length=30
    )
    category: Category = Field(description="类别")

    @model_validator(mode="before")
    @classmethod
    def _telling_words(cls, values: Any, info: ValidationInfo) -> Any:
        """Where hints are wanted, a title with words of one category is of that one.

        Where words of several categories stand in it, the model's choice among them holds, else
        the most telling one. A title with none is of the categories of its sentences.
        """
        context = info.context or {}
        if not isinstance(values, dict) or not context.get("hinted"):
            return values
        sentences = context.get("sentences", "")
        told = _told(str(values.get("title", ""))) or _told(sentences)
        if told and values.get("category") not in told:
            return values | {"category": told[0]}
        return values


class Exemplar(Item, key="name"):
    """点名的榜样:做出事迹的人、村、企业、合作社、项目;只说了话的人、记者、受帮助的人不算"""

    name: ProperName = Field(description="给出的名字之一", min_length=2, max_length=30)
    kind: KindOfName
    role: RoleOfName = Field(description="身份", max_length=20)
    deed: Annotated[str, standalone] = Field(
        description="做了什么,一句话,不超过30字",
        min_length=4,
        max_length=300,  # deeds told in several places are joined; one answer is asked short
        json_schema_extra={"asked": {"maxLength": 45}},
    )


def _told(text: str) -> list[str]:
    """The categories that words of a text tell, most telling ones first."""
    said = fold(text)
    return [name for name, words in _words().items() if any(word in said for word in words)]


@lru_cache(maxsize=1)
def _words() -> dict[str, list[str]]:
    """`categories.tsv`: what tells each category, most telling ones first."""
    lines = Path(__file__).with_name("categories.tsv").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if not line.startswith("#"))
    return {name: words.split() for name, words in pairs if name in get_args(Category)}


class Report(Summary):
    """一篇工作报告的摘要"""

    schema_id: Literal["report.v1"] = "report.v1"
    measures: tuple[Measure, ...] = ()
    exemplars: tuple[Exemplar, ...] = ()
