"""Every format, held to golden files, to hostile documents, and to summaries with nothing in them."""

import json
import unicodedata
from html.parser import HTMLParser

import jsonschema
import pytest
from data import report_schema
from data.make_summary import TEXT, make_summary
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from summarizer.engine.schema import load_schema
from summarizer.errors import ConfigError
from summarizer.render import FORMATS, export
from summarizer.render.load import load
from summarizer.render.text import render as render_text
from summarizer.resources import resource
from summarizer.types import Coverage, Summary

SUMMARY = make_summary(report_schema)
HOSTILE = [
    "\x1b]52;c;ZXZpbA==\x07\x1b[2J\x9b31m",  # writes the clipboard, clears the screen
    "[bold]报告[/italic] :smile: [link=http://x]y[/]",
    "<script>alert(1)</script><img src=http://x onerror=y>'\"&amp;",
    "| a | b |\n|---|---|\n# head\n1. one\n- two\n***\n[x](http://y) ![z](http://w) `c` http://v www.v.cn",
    "报\u202e告\u2066x\u200b\ufeff\ue317\u2028次",
    "{{ 7*7 }}{% raw %}{f1}",
    "=1+1",
    "=========",
    "x\ud800y",
]
WORDS = st.text(max_size=60) | st.sampled_from(HOSTILE)


def spoiled(summary: Summary, words: str) -> Summary:
    """The summary in which every text that comes from a document or a model is `words`."""
    free = {
        "title",
        "place",
        "period",
        "publisher",
        "overview",
        "outlook",
        "label",
        "subject",
        "text",
    }
    free |= {"quote", "message", "reason", "name", "role", "deed", "partner", "unit", "source"}

    def spoil(value, key=""):
        if isinstance(value, dict):
            return {k: spoil(v, k) for k, v in value.items()}
        if isinstance(value, list | tuple):
            return [spoil(v, key) for v in value]
        return words if key in free and isinstance(value, str) else value

    return type(summary).model_validate(spoil(summary.model_dump()))


def bare() -> Summary:
    """A file with no numbers, and a schema without lists."""
    full = SUMMARY.model_dump(include=set(Summary.model_fields))
    empty = {"title": None, "place": None, "period": None, "publisher": None, "overview": ""}
    nothing = {"figures": (), "issues": (), "coverage": Coverage(found=0, figures=0, merged=0)}
    return Summary.model_validate(full | empty | nothing)


def test_case_is_true():
    passages = [e for f in SUMMARY.figures for e in (f.evidence,)]
    passages += [e for item in SUMMARY.measures + SUMMARY.exemplars for e in item.evidence]
    assert all(TEXT[e.span.slice] == e.quote for e in passages)
    assert all(TEXT[f.span.slice] == f.text for f in SUMMARY.figures)
    done = SUMMARY.coverage
    assert done.found == done.figures + done.merged + len(done.set_aside) + len(done.missed)


@pytest.mark.parametrize("name", FORMATS)
def test_golden(name, golden):
    golden(f"report{FORMATS[name].suffixes[0]}", export(SUMMARY, name))


def test_golden_narrow(golden):
    golden("report-40.txt", render_text(SUMMARY, width=40))


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_in_it(name, golden):
    golden(f"bare{FORMATS[name].suffixes[0]}", export(bare(), name))


def test_unknown_format():
    with pytest.raises(ConfigError, match="json, md, text, html"):
        export(SUMMARY, "docx")


def test_json_comes_back_equal():
    assert report_schema.Report.model_validate_json(export(SUMMARY)) == SUMMARY


def test_json_follows_its_schema():
    schema = report_schema.Report.model_json_schema(mode="serialization")
    jsonschema.Draft202012Validator(schema).validate(json.loads(export(SUMMARY)))


def test_shipped_schema_is_rendered_and_followed():
    shipped = load_schema("report")
    values = SUMMARY.model_dump(exclude={"outlook"}) | {"schema_id": shipped.id}
    for measure, category in zip(values["measures"], ["产业发展", "住房", "金融"], strict=True):
        del measure["partner"]
        measure["category"] = category
    summary = shipped.model.model_validate(values)
    schema = json.loads(resource("schemas", "report.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(json.loads(export(summary)))
    assert "  住房\n    - 完成危房改造\n" in export(summary, "text")
    assert load(export(summary)) == [summary]


def test_json_numbers_are_plain_strings():
    values = [f["value"] for f in json.loads(export(SUMMARY))["figures"]]
    assert values[:2] == ["5000000", "35000"]
    assert values[-1] == "96.60"


def test_json_has_no_raw_line_separators():
    text = export(spoiled(SUMMARY, "一\u2028二\u2029三"))
    assert text.isascii() or not {"\u2028", "\u2029"} & set(text)
    assert json.loads(text)["title"] == "一\u2028二\u2029三"


@pytest.mark.parametrize("width", [20, 40, 63, 64, 80, 81, 120, 200])
def test_text_fits_its_width(width):
    lines = render_text(SUMMARY, width).splitlines()
    assert max(map(cell_len, lines)) < width + 1
    assert not any(line[:1] in "，。、；：！？）》”" for line in lines if line)


@given(WORDS, st.integers(20, 120))
@example(HOSTILE[0], 80)
@example(HOSTILE[1], 80)
@example("", 40)
def test_text_is_harmless(words, width):
    text = render_text(spoiled(SUMMARY, words), width)
    bad = {c for c in text if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co"}}
    assert bad <= {"\n"}
    assert all(cell_len(line) < width + 1 for line in text.split("\n"))


def test_text_leaves_markup_alone():
    text = render_text(spoiled(SUMMARY, "[bold]甲[/italic] :smile: [link=http://x]y[/]"), 200)
    assert "[bold]甲[/italic] :smile: [link=http://x]y[/]" in text


class Page(HTMLParser):
    """What a browser would see: tags, attributes, and the visible text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags, self.attributes, self.shown = set(), [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.shown.append(data)


CLEAN = Page(export(SUMMARY, "html"))


@given(WORDS)
@example(HOSTILE[2])
@example(HOSTILE[5])
def test_html_is_harmless(words):
    page = Page(export(spoiled(SUMMARY, words), "html"))
    assert page.tags <= CLEAN.tags
    assert set(page.attributes) <= set(CLEAN.attributes)


def test_html_shows_what_was_hostile():
    assert HOSTILE[2] in Page(export(spoiled(SUMMARY, HOSTILE[2]), "html")).shown


def test_html_needs_no_network():
    page = export(SUMMARY, "html")
    assert "http:" not in page.replace("http-equiv", "")
    assert "https:" not in page
    assert "default-src 'none'" in page
    assert not CLEAN.tags & {"script", "link", "img", "iframe", "object", "form"}


def test_html_is_accessible():
    attributes = CLEAN.attributes
    assert ("lang", "en") in attributes
    assert ("lang", "zh") in attributes
    assert ("scope", "col") in attributes
    assert ("scope", "row") in attributes
    named = {value for name, value in attributes if name == "id"}
    assert {v for name, v in attributes if name == "aria-labelledby"} <= named
    assert {v[1:] for name, v in attributes if name == "href"} <= named
