"""Drafts, roles and settings: what the grammar says before any model does, on case files."""

import pytest
from extract_cases import cases, cut, marked
from fake_model import FakeModel
from hypothesis import given
from hypothesis import strategies as st

from summarizer.config import settings
from summarizer.documents.clean import clean
from summarizer.documents.facts import document_facts
from summarizer.documents.sections import classify_sections
from summarizer.engine.chunk import Chunk
from summarizer.engine.figures import naming
from summarizer.engine.grounding import char_recall, ungrounded_numbers
from summarizer.pipeline import summarize
from summarizer.types import Document
from summarizer.zh.action_verbs import has_action_verb, has_strong_action
from summarizer.zh.agents.roles import role
from summarizer.zh.attribution.attribute import attribute
from summarizer.zh.labels.drafts import draft
from summarizer.zh.misdeeds import tells_of_wrong
from summarizer.zh.script import fold


def drafted(text):
    mention, sentence, sentences = marked(text)
    before = sentences[sentence.number - 2] if sentence.number > 1 else None
    return draft(sentence, mention, before)


@pytest.mark.parametrize(("text", "name"), cases("drafts.txt"))
def test_draft(text, name):
    assert drafted(text) == name


@pytest.mark.xfail(reason="not yet")
@pytest.mark.parametrize(("text", "name"), cases("drafts_known_failures.txt"))
def test_draft_that_is_known_to_fail(text, name):
    assert drafted(text) == name


@given(
    st.lists(
        st.sampled_from(
            ["投入资金", "300余万元", "126户", "3.5%", ",", "。", "和", "(", "贫困户", "為"]
        ),
        max_size=14,
    ).map("".join)
)
def test_a_draft_is_never_empty_and_holds_no_number_that_its_sentence_lacks(text):
    for sentence in cut(text):
        for mention in sentence.mentions:
            name = draft(sentence, mention)
            assert name
            assert not ungrounded_numbers(name, sentence.text)
            assert len(name) < 40


@pytest.mark.parametrize(("text", "publisher"), cases("publishers.txt"))
def test_publisher(text, publisher):
    assert (document_facts(clean(text.replace("/", "\n"))).publisher or "-") == publisher


@pytest.mark.parametrize(("text", "expected"), cases("roles.txt"))
def test_role(text, expected):
    name = fold(text[text.index("[") + 1 : text.index("]")])
    assert (role(name, cut(text.replace("[", "").replace("]", ""))) or "-") == expected


@pytest.mark.parametrize(("text", "expected"), cases("settings.txt"))
def test_setting(text, expected):
    found = attribute(*marked(text))
    assert f"{found.subject or '-'} | {found.period or '-'}" == expected


@pytest.mark.parametrize(("text", "expected"), cases("own_place.txt"))
def test_subject_in_a_report_of_a_place(text, expected):
    own, told = text.split(" | ")
    assert (attribute(*marked(told.replace("/", "\n"), own)).subject or "-") == expected


@pytest.mark.parametrize(("text", "expected"), cases("periods.txt"))
def test_period(text, expected):
    assert (attribute(*marked(text.replace("/", "\n"))).period or "-") == expected


@pytest.mark.parametrize(("text", "expected"), cases("unsure_subjects.txt"))
def test_a_subject_that_is_not_sure_is_left_blank(text, expected):
    own, told = text.split(" | ")
    found = attribute(*marked(told.replace("/", "\n"), "" if own == "-" else own)).subject
    assert expected in fold(told), "the case itself"
    assert found is None


def test_a_setting_is_in_the_sources_own_words():
    text = "2019年,石桥村投入资金[20万元]。"
    found = attribute(*marked(text))
    assert char_recall(f"{found.subject}{found.period}", text) == 1


@pytest.mark.parametrize(("text", "expected"), cases("labels.txt"))
def test_label(text, expected):
    told, said = text.split(" | ")
    mention, sentence, sentences = marked(told)
    chunk = Chunk((sentence,), (mention,))
    assert naming(mention, chunk, sentences, said).label == expected


@pytest.mark.parametrize(("sentence", "expected"), cases("doings.txt"))
def test_doing(sentence, expected):
    assert ("yes" if has_action_verb(sentence) else "no") == expected


@pytest.mark.parametrize(("sentence", "expected"), cases("misdeeds.txt"))
def test_what_went_wrong(sentence, expected):
    assert ("wrong" if tells_of_wrong(sentence) else "-") == expected


@pytest.mark.parametrize(("sentence", "expected"), cases("firm_doings.txt"))
def test_doing_that_is_firm(sentence, expected):
    assert has_action_verb(sentence)
    assert ("yes" if has_strong_action(sentence) else "no") == expected


@pytest.mark.parametrize(("heading", "expected"), cases("headings.txt"))
def test_heading(heading, expected):
    _, _, under, after = classify_sections(
        [("工作报告", True), (heading, True), ("修路3公里。", False), ("十、结束语", True)]
    )
    assert (under, after) == (expected, "deeds")


def test_our_own_mark_of_what_was_before_is_not_unproved():
    text = "民政工作总结\n城市低保标准由每人每月590元提高到640元。\n"
    chosen = settings(store="off")
    summary = summarize(Document("0" * 16, "x", text), model=FakeModel().model, settings=chosen)
    assert summary.figures[0].label.endswith("(原来)")
    assert "unproved_words" not in {issue.code for issue in summary.issues}
