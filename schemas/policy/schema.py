"""The duties that a notice lays on others.

Descriptions are what the model is told, so they are Chinese, short, and say what does not count.
"""

from typing import Literal

from summarizer.fields import Day, Item, Money, Summary, Verbatim, ask


class Duty(Item):
    """通知要求谁做的一件事,一件事一条;背景、意义、原则不算"""

    who: list[Verbatim] = ask("责任单位,照抄原文,有几个写几个")
    task: str = ask("做什么,动宾短语,不超过30字", max_length=45)
    force: Literal["必须", "鼓励", "禁止"] = ask("约束力")
    due: Day | None = ask("时限;每月5日前、收到资金后30日内也是")
    sums: list[Money] = ask("这件事自己的金额和补助标准;补助只写在给补助的那一条")


class Policy(Summary, labels=False, overview=False):
    """一份通知派下的事"""

    schema_id: Literal["policy.v1"] = "policy.v1"

    duties: tuple[Duty, ...] = ()
