"""Who acts in a sentence; the cases are in tests/data/extract/agents.txt."""

from extract_cases import cut

from summarizer.zh.agents.agents import agents, find_agents


def test_by_surname_and_title_nobody_acts_who_has_his_full_name_in_the_report():
    sentences = cut("党员潘文勇修路3公里。潘书记带头捐款2万元。周书记带头捐款2万元。")
    acts = [[name.text for name in names] for names in find_agents(sentences)]
    assert acts == [["潘文勇"], [], ["周书记"]]


def test_two_of_one_surname_leave_surname_and_title_alone():
    sentences = cut("党员潘文勇修路3公里。党员潘建国修路4公里。潘书记带头捐款2万元。")
    assert [name.text for name in agents(sentences[2])] == ["潘书记"]
