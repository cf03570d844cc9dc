"""The indicators of a work report, as the manual has them."""

from summarizer.fields import Count, Money, Percent, Summary, ask


class Indicators(Summary, labels=False, overview=False, headline="gdp"):
    """政府工作报告的主要指标,一篇一行;累计数、更早年份、全省全国的数不算"""

    gdp: Money | None = ask("上年地区生产总值,绝对数", year=-1)
    gdp_growth: Percent | None = ask("上年地区生产总值增速", year=-1)
    gdp_goal: Percent | None = ask("今年地区生产总值增长预期目标", goal=True)
    jobs: Count["人"] | None = ask("上年城镇新增就业人数", year=-1)  # noqa: F821 — a unit
