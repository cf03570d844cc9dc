"""Who is told of in one sentence and acts in the next; the cases of one sentence are elsewhere."""

import pytest
from extract_cases import cases, cut

from summarizer.zh.agents.agents import agents, find_agents
from summarizer.zh.script import fold


@pytest.mark.parametrize(("text", "names"), cases("agents_presented.txt"))
def test_who_is_presented_acts_where_the_next_sentence_tells_his_deed(text, names):
    assert [fold(name.text) for name in find_agents(cut(text))[0]] == names.split()


def test_of_another_paragraph_nobody_is_presented():
    sentences = cut("贫困户冯二喜因车祸致残。\n去年他养了40只羊。")
    assert find_agents(sentences) == [agents(sentence) for sentence in sentences] == [[], []]


def test_by_surname_and_title_nobody_acts_who_has_his_full_name_in_the_report():
    sentences = cut("党员潘文勇修路3公里。潘书记带头捐款2万元。周书记带头捐款2万元。")
    acts = [[name.text for name in names] for names in find_agents(sentences)]
    assert acts == [["潘文勇"], [], ["周书记"]]


def test_two_of_one_surname_leave_surname_and_title_alone():
    sentences = cut("党员潘文勇修路3公里。党员潘建国修路4公里。潘书记带头捐款2万元。")
    assert [name.text for name in agents(sentences[2])] == ["潘书记"]
