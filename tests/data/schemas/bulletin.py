"""The indicators of a statistical bulletin, as the manual has them."""

from summarizer.fields import Change, Item, Quantity, Summary, Verbatim, ask


class Stat(Item, most=None):
    """统计公报里的一个指标"""

    name: Verbatim = ask("指标名称,如第一产业增加值")
    value: Quantity | None = ask("本年的数")
    growth: Change | None = ask("比上年:增长为正,下降为负,持平为零")


class Bulletin(Summary):
    """统计公报的指标"""

    stats: tuple[Stat, ...] = ()
