"""A schema as a user writes it for budgets: choices, nesting, a verbatim field, no proper names."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from summarizer.checks import standalone
from summarizer.types import Item, Summary, Verbatim


class Way(BaseModel):
    """How it is paid."""

    source: Literal["财政", "社会", "四好农村路资金"] = Field(description="资金来源")
    remark: str = Field(default="", description="备注")


class Spending(Item):
    """花钱的事:钱投到了哪里"""

    payee: Verbatim = Field(description="投到什么上,照抄原文", min_length=2, max_length=20)
    purpose: Annotated[str, standalone] = Field(description="做什么用", min_length=4, max_length=40)
    status: Literal["已完成", "进行中"] = Field(description="进度")
    ways: tuple[Way, ...] = ()
    partner: str | None = Field(default=None, description="合作单位")


class Budget(Summary):
    """一份预算报告的摘要"""

    schema_id: Literal["budget.v1"] = "budget.v1"
    spendings: tuple[Spending, ...] = ()
