"""Problems that an audit found, as the manual has them."""

from typing import Literal

from summarizer.fields import Day, Item, Money, Summary, Verbatim, ask


class Problem(Item, key=("who", "what")):
    """审计查出的一个问题"""

    who: Verbatim = ask("被审计单位")
    what: str = ask("什么问题,不超过25字")
    amount: Money | None = ask("涉及金额")
    status: Literal["已整改", "部分整改", "未整改"] | None = ask("整改情况", where="整改")
    deadline: Day | None = ask("整改期限", where="整改")


class Audit(Summary):
    """审计报告查出的问题"""

    problems: tuple[Problem, ...] = ()
