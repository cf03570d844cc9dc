"""Whatever a file of any kind holds, every span of what is read of it quotes its text."""

from collections import Counter

import pytest
import tiny_files
import tiny_offices
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from table_makers import MAKERS

from summarizer.documents.parsed import parse
from summarizer.documents.read import read
from summarizer.engine.evidence import evidence, quote
from summarizer.errors import EmptyDocument, UnreadableDocument
from summarizer.zh.script import fold

CELLS = st.text("甲乙镇户投资万元年0123456789.%-,", min_size=1, max_size=6)
TABLES = st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=2, max_size=4)
LINES = st.lists(
    st.text("全县投入资金修建道路公里亩万元，。、惠及0123456789.%①²", min_size=1, max_size=30),
    min_size=1,
    max_size=6,
)
SLOW = ("pdf", "ruled")  # each is read in a process of its own


def of_lines(lines):
    """The lines as prose, in a file of each kind that has prose."""
    text = "\n".join(lines)
    yield "a.html", tiny_files.html(text)
    yield "a.docx", tiny_files.docx(text)
    yield "a.rtf", tiny_offices.rtf(lines, [["村", "户数"], ["甲村", "30"]])
    yield "a.doc", tiny_offices.doc(lines, [["村", "户数"], ["甲村", "30"]])
    yield "a.mht", tiny_offices.mht(lines, [["村", "户数"], ["甲村", "30"]])
    yield "a.ofd", tiny_offices.ofd([[(10, 20 + 8 * n, line, "") for n, line in enumerate(lines)]])


def holds(data, name):
    """Read a file, or see that it is refused in a line, and hold each of its spans to its text."""
    try:
        document = read(data, name=name)
    except (EmptyDocument, UnreadableDocument):
        return None
    parsed = parse(document)
    text = document.text
    for mention in parsed.mentions:
        said = text[mention.span.slice]
        assert said.strip() == said
        if quote(mention.span, document).quote == mention.text:
            continue
        at = parsed.text.to_clean(mention.span)  # cleaning changed what stands between
        assert parsed.text.text[at.slice] == mention.text, name
    for sentence in parsed.sentences:
        one = evidence(sentence, parsed.text)
        assert text[one.span.slice] == one.quote
        assert (one.page is None) == (not document.pages)
    for grid in document.grids:
        for cell in grid.cells:
            assert not {"\t", "\n"} & {*text[cell.span.slice]}
    starts = [start for start, _ in document.boxes]
    assert starts == sorted(starts)
    return document


@pytest.mark.parametrize("kind", [kind for kind in MAKERS if kind not in SLOW])
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(above=LINES, rows=TABLES)
def test_every_span_of_a_table_and_the_prose_above_it_quotes_the_text(kind, above, rows):
    name = "a.mht" if kind == "mht" else f"a.{kind}"
    holds(MAKERS[kind](above, rows), name)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(LINES)
def test_every_span_of_prose_quotes_the_text(lines):
    for name, data in of_lines(lines):
        holds(data, name)


@pytest.mark.parametrize("kind", SLOW)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TABLES)
def test_every_span_of_a_page_quotes_the_text_and_no_character_is_lost(kind, rows):
    document = holds(MAKERS[kind](["各镇情况一览"], rows), "a.pdf")
    drawn = Counter("".join(cell for row in rows for cell in row))
    assert document is not None
    told = Counter(character for character in fold(document.text) if not character.isspace())
    assert not drawn - told, (rows, document.text)
