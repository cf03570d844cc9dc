"""Markdown, read back by a parser: what the document says is text and nothing else."""

import re

import pytest
from data import report_schema
from data.make_summary import make_summary
from hypothesis import example, given
from markdown_it import MarkdownIt
from test_render import HOSTILE, WORDS, spoiled

from summarizer.render import export
from summarizer.render.markdown import escape
from summarizer.render.safe import one_line

SUMMARY = make_summary(report_schema)
PARSER = MarkdownIt("gfm-like", {"linkify": False}).enable("table")
WANTED = {"heading", "paragraph", "list_item", "bullet_list", "strong", "em", "text", "inline"}
WANTED |= {"table", "thead", "tbody", "tr", "th", "td", "softbreak"}


def kinds(text: str) -> set[str]:
    tokens = PARSER.parse(re.sub(r"\[\^\d+\]:?", "", text))  # the parser knows no footnotes
    tokens += [child for token in tokens for child in token.children or ()]
    return {re.sub("_(open|close)$", "", token.type) for token in tokens}


def shown(text: str) -> str:
    return "".join(c.content for token in PARSER.parse(text) for c in token.children or ())


def test_case_renders_as_meant():
    assert kinds(export(SUMMARY, "md")) <= WANTED


@given(WORDS)
@example("1. a")
@example("- a")
@example("    code")
@example("===")
@example("&lt;&#42;")
@example("a\\")
@example(":smile: http://x www.x.cn a@b.cn")
def test_escaped_text_is_read_back(words):
    assert shown(f"x\n\n{escape(words)}") == "x" + one_line(words)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_text_stays_text(words):
    text = export(spoiled(SUMMARY, words), "md")
    assert kinds(text) <= WANTED
    assert len(text.splitlines()) == len(export(spoiled(SUMMARY, "x"), "md").splitlines())


def test_every_footnote_is_defined_once():
    text = export(SUMMARY, "md")
    cited = set(re.findall(r"\[\^(\d+)\](?!:)", text))
    assert sorted(cited) == sorted(re.findall(r"^\[\^(\d+)\]:", text, re.MULTILINE))
