"""What an audit found, and what became of it.

Descriptions are what the model is told, so they are Chinese, short, and say what does not count.
"""

from typing import Literal

from summarizer.fields import Day, Item, Money, Summary, Verbatim, ask


class Problem(Item, key=("who", "what", "amount")):
    """审计查出的一个问题,一个单位的一件事一条;成绩、建议不算"""

    who: Verbatim = ask("被审计单位,照抄原文")
    what: str = ask("什么问题,不超过25字", max_length=40)
    amount: Money | None = ask("问题涉及的金额")
    status: Literal["已整改", "部分整改", "未整改"] | None = ask("整改情况", where="整改")
    deadline: Day | None = ask("整改期限", where="整改")


class Audit(Summary, labels=False, overview=False):
    """审计工作报告查出的问题和整改情况"""

    schema_id: Literal["audit.v1"] = "audit.v1"

    problems: tuple[Problem, ...] = ()
