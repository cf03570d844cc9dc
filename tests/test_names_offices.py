"""Which names are those of administrative offices: what they do is their duty."""

import pytest

from summarizer.zh.names.offices import is_office

OFFICES = (
    "县水利局 区委宣传部 镇党委 县人民政府 乡公所 市纪委监委 桐溪街道办事处 县委组织部 省应急管理厅 县人大常委会"
    " 县工商联 团县委 区侨联 县防汛抗旱指挥部 开发区管委会 东关派出所 石桥镇人民政府 縣衛生局 枫林村村民委员会"
)
OTHERS = (
    "老鹰岩村党支部 帆影社区党委 海禾食品有限公司 石坳小学 众和中药材农民专业合作社 苇城大队"
    " 蓝脊救援队 县慈善会 李春明 石堡村"
)


@pytest.mark.parametrize("name", OFFICES.split())
def test_an_office_is_one(name):
    assert is_office(name)


@pytest.mark.parametrize("name", OTHERS.split())
def test_what_is_a_villages_own_or_a_firm_is_none(name):
    assert not is_office(name)
