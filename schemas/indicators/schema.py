"""The main indicators of a government's yearly work report: one row a report, a column a number.

Descriptions are what the model is told, so they are Chinese, short, and say what does not count.
"""

from typing import Literal

from summarizer.fields import Count, Mass, Money, Percent, Summary, ask


class Indicators(Summary, labels=False, overview=False, headline="gdp"):
    """政府工作报告的主要指标;只要本地的全年数,累计数、更早年份、上级和下级地方的数不算"""

    schema_id: Literal["indicators.v1"] = "indicators.v1"

    gdp: Money | None = ask("上年地区生产总值,绝对数", year=-1)
    gdp_growth: Percent | None = ask("上年地区生产总值增速", year=-1)
    gdp_goal: Percent | None = ask("今年地区生产总值增长预期目标", goal=True)
    revenue: Money | None = ask("上年一般公共预算收入,绝对数", year=-1)
    revenue_growth: Percent | None = ask("上年一般公共预算收入增速", year=-1)
    investment_growth: Percent | None = ask("上年固定资产投资增速", year=-1)
    retail: Money | None = ask("上年社会消费品零售总额,绝对数", year=-1)
    retail_growth: Percent | None = ask("上年社会消费品零售总额增速", year=-1)
    urban_income: Money | None = ask("上年城镇居民人均可支配收入,绝对数", year=-1)
    rural_income: Money | None = ask("上年农村居民人均可支配收入,绝对数", year=-1)
    jobs: Count | None = ask("上年城镇新增就业人数", year=-1, unit="人")
    grain: Mass | None = ask("上年粮食总产量", year=-1)
