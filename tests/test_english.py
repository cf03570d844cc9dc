"""Documents in English: what a leading model is told is English, and all is proved as ever."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from fake_model import FakeModel
from first_sent import first_sent

from summarizer.config import settings
from summarizer.documents.language import language_of
from summarizer.documents.parsed import parse
from summarizer.engine.lines import in_language
from summarizer.engine.prompt import load_template
from summarizer.engine.schema import load_schema
from summarizer.pipeline import summarize
from summarizer.types import Document

ROOT = Path(__file__).parent.parent
HAN = re.compile("[\u3400-\u9fff]")
TEXT = """Stone Ferry County Annual Report 2023

GDP came to RMB 18.2 billion, up 5.8 percent. Investment fell by 2.3 percent. Grain output was
unchanged. By 30 June the county is expected to open 12 schools.

For 2024 the county aims at GDP growth of around 6 percent.
"""
SCHEMA = '''
from typing import Literal

from summarizer.fields import Change, Item, Money, Percent, Summary, Verbatim, ask


class Stat(Item, key="name", most=None):
    """One indicator of the report"""

    name: Verbatim = ask("what it is called")
    growth: Change | None = ask("by how much it rose or fell")


class County(Summary, labels=False, overview=False):
    """The main numbers of a county's report"""

    schema_id: Literal["county.v1"] = "county.v1"

    gdp: Money | None = ask("gross domestic product")
    gdp_growth: Percent | None = ask("growth of GDP", goal=False)
    gdp_goal: Percent | None = ask("the goal for growth of GDP", goal=True)
    stats: tuple[Stat, ...] = ()
'''


@pytest.fixture
def schema(tmp_path):
    path = tmp_path / "county.py"
    path.write_text(SCHEMA, encoding="utf-8")
    return path


def read_by(schema, answer, **script):
    fake = FakeModel(passage=answer, **script)
    chosen = settings(size="large", store="off", schema=str(schema))
    document = Document("0" * 16, "x", TEXT)
    return summarize(document, model=fake.model, settings=chosen), fake


GIVEN = {
    "gdp": "a RMB 18.2 billion",
    "gdp_growth": "b 5.8 percent",
    "gdp_goal": "e around 6 percent",
    "stats": [
        {"name": "Investment", "growth": "c 2.3 percent", "sentences": [3]},
        {"name": "Grain output", "growth": "A unchanged", "sentences": [4]},
    ],
}


def test_every_field_of_an_english_document_is_picked_and_proved(schema):
    summary, fake = read_by(schema, GIVEN)
    assert str(summary.gdp.value) == "18200000000"
    assert (summary.gdp_growth.text, summary.gdp_goal.text) == ("5.8 percent", "around 6 percent")
    told = [(s.name, str(s.growth.value), s.growth.direction) for s in summary.stats]
    assert told == [("Investment", "-2.3", "fell"), ("Grain output", "0", "unchanged")]
    assert summary.stats[0].evidence[0].quote == "Investment fell by 2.3 percent."
    assert [i for i in summary.issues if i.severity == "error"] == []
    assert set(summary.provenance.prompts) == {"passage.v2.en"}
    assert [m for m in fake.history[0].messages if HAN.search(m["content"])] == []


def test_what_is_refused_is_asked_again_in_english(schema):
    wrong = {
        "gdp_growth": "e around 6 percent",
        "gdp_goal": "b 5.8 percent",
        "stats": [{"name": "Investing", "growth": "a RMB 18.2 billion", "sentences": [9]}],
    }
    summary, fake = read_by(schema, GIVEN | wrong, correction={"corrected": {}})
    asked = fake.asked("correction")[0]
    assert [m for m in asked.messages if HAN.search(m["content"])] == []
    for line in (
        "“around 6 percent” is a goal or a plan, and what was reached is wanted",
        "“5.8 percent” is no goal and no plan: choose another or write null",
        "sentence numbers go from 1 to 6",
    ):
        assert line in asked.text
    assert not [i for i in summary.issues if HAN.search(i.message)]
    assert set(summary.provenance.prompts) == {"passage.v2.en", "correction.v2.en"}


def test_an_answer_of_no_form_is_asked_again_in_english(schema):
    _, fake = read_by(schema, ["nonsense", GIVEN])
    again = fake.asked("passage")[1].text
    assert again.startswith("The answer above is wrong: it is not complete JSON.")


def test_what_passages_say_differently_is_settled_in_english(schema):
    said = {"gdp": "1 RMB 18.2 billion"}
    fake = FakeModel(passage=[GIVEN, {"gdp": "a RMB 20 billion"}], settle=said)
    chosen = settings(size="large", store="off", schema=str(schema), chunk_chars=300)
    text = f"{TEXT}\nThe neighbouring county reported a GDP of RMB 20 billion.\n"
    summary = summarize(Document("0" * 16, "x", text), model=fake.model, settings=chosen)
    assert str(summary.gdp.value) == "18200000000"
    assert fake.asked("settle")
    assert not HAN.search(fake.asked("settle")[0].messages[0]["content"])
    assert "settle.v1.en" in summary.provenance.prompts


def test_a_small_model_is_asked_in_chinese_as_it_was_measured(schema):
    chosen = settings(size="small", store="off", schema=str(schema))
    shown = first_sent(Document("0" * 16, "x", TEXT), chosen)
    assert all(HAN.search(messages[0]["content"]) for _, messages in shown)


def test_preview_shows_what_is_sent(schema):
    chosen = settings(size="large", store="off", schema=str(schema))
    document = Document("0" * 16, "x", TEXT)
    _, fake = read_by(schema, GIVEN)
    assert next(m for _, m in first_sent(document, chosen)) == fake.history[0].messages[:2]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (TEXT, "en"),
        ("青石镇2021年工作总结\n全镇投入资金320余万元。", "zh"),
        ("GDP 18.2亿元", "zh"),
        ("", "zh"),
        ("The county built a road.\n全县修了一条路,群众出行方便。", "zh"),
        (
            "The people of Wuling (武陵) built a new road to the city and a bridge over the river.",
            "en",
        ),
    ],
)
def test_the_language_of_a_document(text, language):
    assert language_of(text) == language
    assert parse(Document("0" * 16, "x", text)).language == language


def forms(path):
    """Every Chinese text of a module that is no docstring, `x` for what it is said of."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = list(ast.walk(tree))
    docs = {
        one.value
        for node in nodes
        for one in (node.body if isinstance(getattr(node, "body", None), list) else ())
        if isinstance(one, ast.Expr)
    }
    inside = {part for node in nodes if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in nodes:
        if node in docs or node in inside:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield re.sub(r"\{\w+\}", "x", node.value)
        elif isinstance(node, ast.JoinedStr):
            parts = (p.value if isinstance(p, ast.Constant) else "x" for p in node.values)
            yield "".join(map(str, parts))


NO_LINES = {"第.{1,4}届[一-鿿]{0,2}人民代表大会", ",请[^;；“”]*"}
"""Texts of the engine that no model is told: patterns."""


@pytest.mark.parametrize("path", sorted((ROOT / "summarizer/engine").rglob("*.py")), ids=str)
def test_every_line_of_the_engine_has_an_english_form(path):
    chinese = {form for form in forms(path) if HAN.search(form)} - NO_LINES
    assert [form for form in chinese if HAN.search(in_language(form, "en"))] == []


def test_lines_that_are_an_authors_own_stay():
    assert in_language("要写部门的全称", "en") == "要写部门的全称"


@pytest.mark.parametrize("name", sorted(p.stem for p in (ROOT / "prompts").glob("*.en.jinja")))
def test_an_english_prompt_stands_beside_a_chinese_one_and_asks_for_the_same(name):
    chinese = (ROOT / "prompts" / f"{name.removesuffix('.en')}.jinja").read_text("utf-8")
    english = (ROOT / "prompts" / f"{name}.jinja").read_text("utf-8")
    used = [set(re.findall(r"\{[{%][^}]*?\b([a-z]+)\b", text)) for text in (chinese, english)]
    assert used[0] == used[1]
    assert load_template(name.removesuffix(".en"), language="en").id == name


def test_a_prompt_without_an_english_form_is_taken_as_it_is():
    assert load_template("figures.v1", language="en").id == "figures.v1"


def test_shipped_prompts_of_leading_models_all_have_an_english_form():
    wanted = {"passage.v2", "passage.report.v3", "correction.v2", "settle.v1"}
    wanted |= {"second.v1", "more.v1", "overview.v4"}
    assert {load_template(name, language="en").id for name in wanted} == {f"{n}.en" for n in wanted}


def test_a_schema_in_chinese_is_asked_of_an_english_document():
    """The words of the schema are its author's; the sample of evals/genres/english is read so."""
    sample = ROOT / "evals/genres/english/english_1.txt"
    shown = first_sent(sample, settings(size="large", store="off", schema="indicators"))
    assert load_schema("indicators").about in shown[0][1][0]["content"]
    assert shown[0][1][0]["content"].startswith("You read a document")
