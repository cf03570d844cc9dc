"""Wrong numbers planted into whole reports: last year's, the province's, a neighbour's, a plan's.

What the words around them say is refused by rule, and nothing that is right is refused along.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from summarizer.documents.parsed import parse
from summarizer.engine.candidates import candidates
from summarizer.engine.picking import Picker, picks_of
from summarizer.engine.schema import load_schema
from summarizer.types import Document
from summarizer.zh.lexicon import cells

HERE = Path(__file__).parent
SAMPLES = HERE.parent / "evals" / "genres" / "indicators"
PLANTS = [tuple(row) for row in cells(HERE / "data" / "picks" / "plants.tsv", comment="#\t")]
SCHEMA = load_schema("indicators")


def document(text):
    return parse(Document("0" * 16, "x", text))


def put(text, sentence):
    """The report with a sentence in a paragraph of its own, in the section where it belongs."""
    is_goal = "今年" in sentence or "预期" in sentence
    told = [s for s in document(text).sentences if s.mentions and "增长" in s.text]
    kind = "plans" if is_goal and any(s.section_kind == "plans" for s in told) else "deeds"
    at = next(s for s in told if s.section_kind == kind).raw.end
    end = text.index("\n", at)
    return f"{text[:end]}\n\n{sentence}\n{text[end:]}"


@pytest.mark.parametrize(("verdict", "sample", "field", "planted"), PLANTS)
def test_a_planted_number_is_refused_by_rule(verdict, sample, field, planted):
    text = (SAMPLES / f"{sample}.txt").read_text(encoding="utf-8")
    number, sentence = planted.partition("[")[2].partition("]")[0], planted.translate(_BARE)
    report = document(put(text, sentence))
    picker = Picker.of(report, SCHEMA)
    mentions = {mention.id: mention for mention in report.mentions}
    places = candidates(report.sentences, mentions, picks_of(SCHEMA), picker.setting.now)
    key = next(k for k, p in places.items() if (p.text, p.sentence.text) == (number, sentence))
    own = SCHEMA.fields[field]
    given, line = picker.standing(own.type, key, places, own.about)
    assert (given is None, bool(line)) == ((verdict == "refuse"),) * 2, line


_BARE = str.maketrans("", "", "[]")
