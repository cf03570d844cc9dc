"""The checks that a schema's fields may carry."""

from typing import Annotated

import pytest
from pydantic import TypeAdapter, ValidationError

from summarizer.checks import UNFIT, action, standalone

STANDALONE = TypeAdapter(Annotated[str, standalone])
ACTION = TypeAdapter(Annotated[str, action])


@pytest.mark.parametrize("text", ["新建蔬菜大棚", "修通那条老路"])
def test_what_stands_alone_stays(text):
    assert STANDALONE.validate_python(text) == text


@pytest.mark.parametrize(
    "text", ["其中贫困户", "同时修路", "该村修路", "他带头修路", "修路、", "修路:"]
)
def test_what_leans_is_refused_with_one_line_that_says_what_to_do(text):
    with pytest.raises(ValidationError) as refused:
        STANDALONE.validate_python(text)
    (fault,) = refused.value.errors()
    assert text in fault["msg"]
    assert "请" in fault["msg"]
    assert "\n" not in fault["msg"]
    assert fault["type"] == "value_error"


@pytest.mark.parametrize("text", ["新建蔬菜大棚", "走访贫困群众", "舉辦培訓班", "发放补贴"])
def test_a_title_that_does_something_stays_as_it_is(text):
    assert ACTION.validate_python(text, context={"led": True}) == text


@pytest.mark.parametrize("text", ["激情燃烧的岁月", "规模农场和就业工场"])
def test_a_title_without_a_verb_is_no_item_and_is_not_asked_for_again(text):
    """Where rules lead; a model that leads has been told in words, and is taken at its word."""
    with pytest.raises(ValidationError) as refused:
        ACTION.validate_python(text, context={"led": True})
    assert [e["type"] for e in refused.value.errors()] == [UNFIT]
    assert ACTION.validate_python(text) == text
    assert ACTION.validate_python(text, context={"led": True, "judged": True}) == text


@pytest.mark.parametrize("text", ["争取到位水利资金", "模拟法庭", "计划生育服务站"])
def test_what_only_sounds_like_a_plan_stays_where_it_was_judged(text):
    assert ACTION.validate_python(text, context={"led": True, "judged": True}) == text


@pytest.mark.parametrize(
    "text",
    ["拟投资储能项目", "全县计划聘用专职护路员", "下步拟检测水样318份", "全县没有聘用专职护路员"],
)
def test_what_is_yet_to_come_or_not_done_is_no_action_however_it_was_judged(text):
    with pytest.raises(ValidationError):
        ACTION.validate_python(text, context={"led": True, "judged": True})
