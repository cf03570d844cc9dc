"""A number that the end of a line cuts is joined where the page is known, else set aside."""

import pytest

from summarizer.documents.parsed import parse
from summarizer.types import Document

WRAPPED = """2022年，面对多点散发的疫情和百年不遇的夏秋连旱，全县各族人
民同心协力，努力把损失降到最低。初步统计，地区生产总值完成93.
4亿元，比上年增长2.7%，其中第一产业增长5.1%、第二产业
下降0.8%、第三产业增长3.4%；固定资产投资完成41.2亿元，
下降6.5%，主要受水泥厂搬迁项目收尾影响；一般公共预算收入4.
15亿元，为调整预算的100.6%；社会消费品零售总额完成28.7
3亿元，下降0.4%；城镇居民人均可支配收入达到33105元，增
长3.6%；农村居民人均可支配收入超过1.4万元，增长7.2%
。主要指标虽有不及预期之处，仍属来之不易。
"""


def quantities(text):
    return [m.text for m in parse(Document("0", "x", text)).mentions if m.quantity]


def test_in_a_page_of_broken_lines_it_is_whole():
    found = quantities(WRAPPED * 2)  # enough lines to know the width of the page
    assert {"93.4亿元", "4.15亿元", "28.73亿元"} <= set(found)
    assert not {"4亿元", "15亿元", "3亿元"} & set(found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("全县一般公共预算收入，完成93.\n4亿元，增长5%。", ["5%"]),
        ("全县的一般公共预算收入，完成了50\n0万元，增长5%。", ["5%"]),
        ("全县的一般公共预算收入，完成了5,\n000万元，增长5%。", ["5%"]),
        ("收入\t93\n4亿元是投资", ["4亿元"]),
        ("城关镇  93\n4亿元是投资", ["4亿元"]),
        ("见附件\n4亿元是投资", ["4亿元"]),
        ("1.\n4亿元是投资", ["4亿元"]),
        ("联系人：张三，联系电话：13985001234\n30名党员参加。", ["30名"]),
        ("地址：大坝村三组，电话：0851-85281234\n5个工作日办结。", ["5个工作日"]),
    ],
)
def test_elsewhere_it_is_set_aside(text, found):
    assert quantities(text) == found
