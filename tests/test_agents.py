"""Who acts in a sentence; the cases are in tests/data/extract/agents.txt."""

import pytest
from extract_cases import cut

from summarizer.engine.schema import load_schema
from summarizer.zh.agents.agents import agents, find_agents


def test_by_surname_and_title_nobody_acts_who_has_his_full_name_in_the_report():
    sentences = cut("党员潘文勇修路3公里。潘书记带头捐款2万元。周书记带头捐款2万元。")
    acts = [[name.text for name in names] for names in find_agents(sentences)]
    assert acts == [["潘文勇"], [], ["周书记"]]


def test_two_of_one_surname_leave_surname_and_title_alone():
    sentences = cut("党员潘文勇修路3公里。党员潘建国修路4公里。潘书记带头捐款2万元。")
    assert [name.text for name in agents(sentences[2])] == ["潘书记"]


def offered(text):
    """Whom the hook of reports offers, by sentence."""
    found = load_schema("report").hooks.candidates(cut(text))
    return [[name.text for name in names] for names in found]


def test_who_is_punished_is_held_up_nowhere():
    assert offered(
        "党员潘文勇带头修路3公里。党员周建国带头捐款2万元。"
        "镇纪委对潘文勇、疫苗管理员左秀梅给予立案调查。"
    ) == [[], ["周建国"], []]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("民警李建国抓获并拘留盗窃嫌疑人3名,为村民追回耕牛5头。", ["李建国"]),
        ("村支书张建国多次警告村民不要上山,救出群众20人。", ["张建国"]),
        ("护林员王大山发出防火警告12次,扑灭火情3起。", ["王大山"]),
    ],
)
def test_who_punishes_or_warns_is_not_punished(text, names):
    assert offered(text) == [names]
