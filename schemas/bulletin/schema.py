"""A statistical bulletin: every indicator with this year's number and its change.

Descriptions are what the model is told, so they are Chinese, short, and say what does not count.
"""

from typing import Literal

from summarizer.fields import Change, Item, NameOfQuantity, Quantity, Summary, ask


class Stat(Item, key=("name", "value"), most=None):
    """统计公报里的一个指标,每个指标一条;比重、构成、脚注里的数不算"""

    name: NameOfQuantity = ask("指标名称,照抄原文,如第一产业增加值")
    value: Quantity | None = ask("本年的数,绝对数")
    growth: Change | None = ask("比上年的增减:增长、下降、持平")


class Bulletin(Summary, labels=False, overview=False):
    """统计公报的指标;只要本地本年的数"""

    schema_id: Literal["bulletin.v1"] = "bulletin.v1"

    stats: tuple[Stat, ...] = ()
