"""What a notice asks of whom, as the manual has it."""

from typing import Literal

from summarizer.fields import Day, Item, Quantity, Summary, Verbatim, ask


class Duty(Item):
    """通知要求谁做的一件事;背景、意义不算"""

    who: list[Verbatim] = ask("责任单位")
    task: str = ask("做什么,动宾短语")
    force: Literal["必须", "鼓励", "禁止"] = ask("约束力")
    due: Day | None = ask("时限;每月5日前、收到资金后30日内也是")
    sums: list[Quantity] = ask("这件事自己的金额、数量、标准")


class Duties(Summary):
    """一份通知派下的事"""

    duties: tuple[Duty, ...] = ()
