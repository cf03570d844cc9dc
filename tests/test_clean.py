"""The five seeds after cleaning, and what holds of every cleaned text."""

import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from summarizer.documents.clean import clean
from summarizer.documents.read import read
from summarizer.documents.tables import Place, Written
from summarizer.types import Document, Span

ROOT = Path(__file__).parents[1]
DATA = ROOT / "tests" / "data" / "clean"
SEEDS = {path.name[:3]: path for path in sorted((ROOT / "seeds").glob("*.txt"))}
KEPT = ("body", "heading")


def rows(name):
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()[1:]
    return [line.split("\t") for line in lines]


@pytest.fixture(scope="module")
def cleaned():
    return {seed: clean(read(path)) for seed, path in SEEDS.items()}


def test_no_sentence_of_a_body_is_lost(cleaned):
    kept = {seed: text.kept for seed, text in cleaned.items()}
    assert [row for row in rows("seed_bodies.tsv") if row[1] not in kept[row[0]]] == []


def test_everything_around_the_bodies_is_set_aside(cleaned):
    found = [
        [seed, region.kind, text.text[region.span.slice]]
        for seed, text in cleaned.items()
        for region in text.regions
        if region.kind not in KEPT
    ]
    assert found == rows("seed_surroundings.tsv")


def test_no_annotation_is_left_and_five_damaged_places_are_repaired(cleaned):
    repaired = [e for e in cleaned["004"].edits if "byte-damage" in e.rule]
    raw = cleaned["004"].document.text
    assert [(raw[edit.span.slice], edit.replacement) for edit in repaired] == [
        ("?zèng)_", "沖"),
        ("?qǐng)?bào)", "報"),  # two places in a row
        ("?lián)\ue317坞p", "擔任雙"),
        ("?yōu)猷l", "為鄉"),
    ]
    for seed in ("000", "004"):
        assert not any("à" <= c <= "ǜ" for c in cleaned[seed].text)
    for seed in ("001", "002", "003"):
        assert cleaned[seed].edits == ()


def test_every_repeat_points_at_the_words_it_repeats(cleaned):
    def words(text):
        return "".join(c for c in text if c.isalnum()).removeprefix("摘要")

    for text in cleaned.values():
        for region in text.regions:
            if region.repeat_of:
                assert words(text.text[region.span.slice]) == words(
                    text.text[region.repeat_of.slice]
                )


def test_candidates_are_what_the_gold_standard_says(cleaned):
    from summarizer.zh.script import fold

    for seed, text in cleaned.items():
        meta = json.loads((ROOT / "evals" / "gold" / f"{SEEDS[seed].stem}.json").read_text("utf-8"))
        meta = meta["meta"]
        best = {}
        for candidate in text.candidates:
            best.setdefault(candidate.kind, fold(candidate.text))
        assert best.get("title") == meta["title"]
        assert best.get("publisher") == meta["publisher"]
        assert best.get("place") == meta["place"]
        digits = [
            int(d) for d in "".join(c if c.isdigit() else " " for c in best.get("date", "")).split()
        ]
        published = [int(part) for part in (meta["published"] or "").split("-") if part]
        assert digits == published


def test_every_gold_span_is_reached_from_clean_text(cleaned):
    for seed, text in cleaned.items():
        gold = json.loads((ROOT / "evals" / "gold" / f"{SEEDS[seed].stem}.json").read_text("utf-8"))
        for figure in gold["figures"]:
            raw = Span(figure["start"], figure["end"])
            span = text.to_clean(raw)
            assert text.to_raw(span) == raw
            assert text.text[span.slice] == figure["text"]


def test_regions_are_in_order_and_cover_every_character(cleaned):
    for text in cleaned.values():
        check_regions(text)


def check_regions(text):
    position = 0
    for region in text.regions:
        assert not text.text[position : region.span.start].strip()
        assert region.span.start < region.span.end
        position = region.span.end
    assert not text.text[position:].strip()


pieces = st.sampled_from(
    [
        "義和鎮(zhèn)抓黨建,興產(chǎn)業(yè)發(fā)展",
        "吹響決勝?zèng)_鋒號(hào)",
        "日?qǐng)?bào)網(wǎng)",
        "(zhèn)",
        "?yōu)",
        "投入500\u200b万元",
        "<p>",
        "</p>",
        "&nbsp;",
        "&amp;",
        "nbsp;",
        "{editor}",
        "\r\n",
        "\n",
        "\f",
        " ",
        "\u3000",
        "\xa0",
        ",",
        "。",
        "脱 贫 攻 坚",
        "摘要:投入500万元",
        "来源:日报",
        "全镇上下以较真务实的态度和百倍的信心决心凝聚起打好脱",
        "\ud800",
        "\x00",
    ]
)
texts = st.lists(pieces | st.text(max_size=5), max_size=30).map("".join)


@given(texts)
@example("\ufeff\r\n\r")
@example("&am\u200bp;nbsp;<\u200bbr>")
def test_edits_applied_to_the_raw_text_give_the_clean_text(raw):
    text = clean(raw)
    pieces = []
    position = 0
    for edit in text.edits:
        assert position <= edit.span.start < edit.span.end
        assert edit.rule
        pieces += [raw[position : edit.span.start], edit.replacement]
        position = edit.span.end
    assert "".join((*pieces, raw[position:])) == text.text


@given(texts)
def test_cleaning_twice_is_cleaning_once(raw):
    once = clean(raw).text
    assert clean(once).text == once


@given(texts, st.data())
def test_any_clean_span_maps_to_the_raw_text_it_came_from(raw, data):
    text = clean(raw)
    check_regions(text)
    start = data.draw(st.integers(0, len(text.text)))
    end = data.draw(st.integers(start, len(text.text)))
    span = text.to_raw(Span(start, end))
    assert 0 <= span.start <= span.end <= len(raw)
    inside = [e for e in text.edits if e.span.overlaps(span)]
    rebuilt = raw[span.slice]
    for edit in reversed(inside):
        assert span.covers(edit.span)  # no span ends inside an edit
        begin = edit.span.start - span.start
        rebuilt = rebuilt[:begin] + edit.replacement + rebuilt[edit.span.end - span.start :]
    if start < end:
        assert text.text[start:end] in rebuilt
        assert text.to_clean(span).covers(Span(start, end))


@given(texts)
def test_spans_of_single_characters_are_in_order(raw):
    text = clean(raw)
    spans = [text.to_raw(Span(k, k + 1)) for k in range(len(text.text))]
    assert spans == sorted(spans)


def test_one_piece_over_and_over_is_read_once_and_told():
    said, round_ = "全镇共有脱贫户35户。\n", "青石镇投入3万元、"
    text = said + round_ * 5000 + "\n新建桥梁2座。\n"
    cleaned = clean(text)
    [gone] = [edit for edit in cleaned.edits if edit.rule == "repeated"]
    assert cleaned.text == text[: gone.span.start] + text[gone.span.end :]
    assert cleaned.text.startswith(said)
    assert cleaned.text.endswith("新建桥梁2座。\n")
    assert 60 < cleaned.text.count(round_) < 300
    assert len(text.replace(round_, "")) == len(cleaned.text.replace(round_, ""))


def test_a_table_keeps_what_its_cells_hold_over_and_over():
    written = Written()
    for row in range(3000):
        written.row([("甲", Place(row, 0)), ("0", Place(row, 1))], table=0)
    document = Document("0", "x.csv", written.text, grids=written.grids)
    assert clean(document).text == written.text
