"""What is proved at the end: figures and their tally, items, the report itself, script, proof."""

import dataclasses

import pytest
from extract_cases import DATA
from fake_model import FakeModel, least
from hypothesis import given
from hypothesis import strategies as st

from summarizer.config import Settings
from summarizer.documents.clean import clean
from summarizer.documents.facts import document_facts
from summarizer.documents.parsed import ParsedDocument, parse
from summarizer.engine.extract import Extraction, ItemDraft, LabelledMention
from summarizer.engine.schema import load_schema
from summarizer.engine.verify.figures import tally_mentions
from summarizer.engine.verify.preview import Preview
from summarizer.engine.verify.proof import prove
from summarizer.engine.verify.wording import Wording, restored
from summarizer.pipeline import summarize
from summarizer.types import Document, Span
from summarizer.zh.quantities import find_mentions
from summarizer.zh.script import fold

SCHEMA = load_schema("report")


def summary_of(text, *, script="source", **answers):
    chosen = Settings(store="off", script=script)
    return summarize(
        Document("0" * 16, "x", text), model=FakeModel(**answers).model, settings=chosen
    )


def lines(name):
    told = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [line for line in told if line and not line.startswith("#")]


@pytest.mark.parametrize("line", lines("about.txt"))
def test_the_period_a_report_speaks_of(line):
    told, _, period = line.partition(" => ")
    text = "\n".join(part.strip() for part in told.split("|") if part.strip())
    assert (document_facts(clean(text)).period or "-") == period


def test_the_words_of_a_figure_are_those_of_its_place():
    text = "石桥镇工作总结\n全镇投入资金320余万元。\n"
    summary, parsed = summary_of(text), parse(Document("0" * 16, "x", text))
    assert prove(summary, SCHEMA, parsed) == []
    (figure,) = summary.figures
    changed = figure.model_copy(update={"text": "约320余万元"})
    broken = summary.model_copy(update={"figures": (changed,)})
    assert [i.code for i in prove(broken, SCHEMA, parsed)] == ["figure_changed"]


TWICE = (
    "全镇投入资金320余万元,新建蔬菜大棚46座,带动197户脱贫户增收。\n"
    "聘请施工队硬化通村公路18.6公里,解决了近1200人的饮水问题。\n"
)


def test_a_repeated_passage_is_merged_into_its_original():
    summary = summary_of(TWICE + TWICE)
    coverage = summary.coverage
    assert (coverage.found, coverage.figures, coverage.merged) == (10, 5, 5)
    for figure in summary.figures:
        (also,) = figure.also_at
        assert (TWICE + TWICE)[also.slice] == figure.text
        assert also.start - figure.span.start == len(TWICE)


def test_without_any_name_every_quantity_is_missed_or_set_aside():
    text = clean("来源:县报 第3版 共8页\n" + TWICE)
    mentions = find_mentions(text)
    coverage = tally_mentions(mentions, Extraction((), (), ()), text).coverage
    assert coverage.found == sum(m.quantity is not None for m in mentions)
    assert (coverage.figures, coverage.merged) == (0, 0)
    assert len(coverage.missed) + len(coverage.set_aside) == coverage.found
    assert all(tally.reason for tally in (*coverage.missed, *coverage.set_aside))


HANT = "區委書記余長明深入雙石村,投入資金20萬元,幫扶貧困戶80戶。\n"


@pytest.mark.parametrize(
    ("script", "subject_name", "label_has"),
    [("source", "余長明", "資金"), ("hans", "余长明", "资金"), ("hant", "余長明", "資金")],
)
def test_words_come_in_the_script_asked_for_and_quotes_in_their_own(
    script, subject_name, label_has
):
    def exemplars(asked):
        said = least(asked.schema)
        deed = {"role": "区委书记", "deed": "深入双石村帮扶贫困户"}
        return said | {"exemplars": dict.fromkeys(said.get("exemplars", ()), deed)}

    summary = summary_of(HANT, script=script, items=exemplars)
    (one,) = [e for e in summary.exemplars if fold(e.name) == "余长明"]
    assert one.name == subject_name
    assert any(label_has in f.label for f in summary.figures)
    for figure in summary.figures:
        assert HANT[figure.evidence.span.slice] == figure.evidence.quote
        assert figure.text in HANT


@pytest.mark.parametrize(
    ("script", "subject", "period"),
    [("source", "雙石村", "近兩年"), ("hans", "双石村", "近两年"), ("hant", "雙石村", "近兩年")],
)
def test_whose_and_when_come_in_the_script_asked_for(script, subject, period):
    figure = next(f for f in summary_of(HANT).figures if "20" in f.text)
    told = figure.model_copy(update={"subject": "双石村", "period": "近两年"})
    after = Wording(clean(HANT), script).figure(told)
    assert (after.subject, after.period) == (subject, period)
    assert after.evidence == figure.evidence


@given(st.text(alphabet="区委书记余长明走访两村投入资金户后里面", max_size=12))
def test_what_the_source_has_is_given_back_in_its_own_characters(words):
    source = "區委書記余長明走訪兩村,投入資金。後面家里"
    out = restored(words, fold(source), source)
    assert len(out) == len(words)
    assert fold(out) == fold(words)


def test_a_source_in_simplified_characters_is_left_alone():
    text = "区委书记余长明投入资金20万元,帮扶贫困户80户。\n"
    assert "贫困户" in "".join(f.label for f in summary_of(text).figures)


def broken(summary, **update):
    issues = prove(summary.model_copy(update=update), SCHEMA, parse(TWICE))
    return {i.code for i in issues if i.severity == "error"}


def test_the_proof_finds_what_does_not_hold():
    summary = summary_of(TWICE)
    assert broken(summary) == set()
    figure = summary.figures[0]
    moved = figure.evidence.model_copy(update={"span": Span(1, 9)})
    assert "span_broken" in broken(
        summary, figures=(figure.model_copy(update={"evidence": moved}),)
    )
    far = summary.figures[-1].evidence
    assert "figure_outside" in broken(
        summary, figures=(figure.model_copy(update={"evidence": far}),)
    )
    other = dataclasses.replace(parse(TWICE).text, text=TWICE.replace("320", "820"))
    misread = ParsedDocument.of(other, tuple(find_mentions(other)))
    assert "text_broken" in {i.code for i in prove(summary, SCHEMA, misread)}
    tally = summary.coverage.model_copy(update={"found": 99})
    assert broken(summary, coverage=tally) == {"coverage_broken"}
    for name in ("overview", "title", "place", "publisher"):
        assert broken(summary, **{name: "共9999户"}) == {"number_invented"}
    wrong = figure.model_copy(update={"label": "共9999户"})
    assert broken(summary, figures=(wrong,)) == {"number_invented"}
    measure = SCHEMA.lists[0].item(
        id="measures-1",
        title="新建蔬菜大棚",
        category="产业发展",
        evidence=(figure.evidence,),
        figures=("f99",),
    )
    assert broken(summary, measures=(measure,)) == {"figure_unknown"}
    lying = measure.model_copy(update={"title": "新建大棚777座", "figures": ()})
    assert broken(summary, measures=(lying,)) == {"number_invented"}


def test_the_proof_finds_a_name_that_the_cited_sentence_lacks():
    summary = summary_of(TWICE)
    listed = next(one for one in SCHEMA.lists if one.names)
    item = listed.item(
        id="exemplars-1", name="赵铁柱", kind="person", role="党员", deed="新建蔬菜大棚", figures=(),
        evidence=(summary.figures[0].evidence,),
    )  # fmt: skip
    assert "verbatim_broken" in broken(summary, **{listed.name: (item,)})


def test_the_proof_finds_a_figure_that_is_a_part_of_its_number():
    summary = summary_of(TWICE)
    figure = next(one for one in summary.figures if one.text.startswith("320"))
    part = figure.model_copy(
        update={"text": figure.text[1:], "span": Span(figure.span.start + 1, figure.span.end)}
    )
    assert "second_reader" in broken(summary, figures=(part,))


def test_what_was_told_early_is_not_told_twice_and_nothing_else_is():
    parsed = parse(TWICE)
    preview = Preview(parsed, SCHEMA, "source")
    listed = next(one for one in SCHEMA.lists if one.name == "measures")
    cited = tuple(s for s in parsed.sentences if "蔬菜大棚" in s.text)[:1]
    good = {"title": "新建蔬菜大棚", "category": "产业发展"}
    draft = ItemDraft(list=listed.name, values=good, sentences=cited)
    lying = ItemDraft(list=listed.name, values=good | {"title": "共9999户"}, sentences=cited)
    assert [item.title for item in preview.made([draft, draft, lying])] == ["新建蔬菜大棚"]
    (mention, *_) = cited[0].mentions
    wrong = LabelledMention(mention=mention, sentence=cited[0], label="共9999户")
    assert preview.made([wrong]) == ()


def test_a_number_that_cleaning_put_together_is_in_the_source():
    text = "20\u200b20年青山镇工作总结\n\n全镇投入资金50\u200b0万元修建公路,惠及群众200户。\n"
    summary = summary_of(text)
    assert "500万元" in summary.overview
    assert [i for i in summary.issues if i.severity == "error"] == []


def test_the_proof_looks_at_subjects_too():
    summary = summary_of(TWICE)
    wrong = summary.figures[0].model_copy(update={"subject": "2035年"})
    assert broken(summary, figures=(wrong,)) == {"number_invented"}


def test_the_proof_looks_at_periods_too():
    summary = summary_of(TWICE)
    wrong = summary.figures[0].model_copy(update={"period": "2035年"})
    assert broken(summary, figures=(wrong,)) == {"number_invented"}
    assert broken(summary, period="2035年") == {"number_invented"}


def test_pages_of_a_pdf_are_told_with_the_evidence():
    document = Document("0" * 16, "x", TWICE, pages=(0, TWICE.index("聘请")))
    summary = summarize(document, model=FakeModel().model, settings=Settings(store="off"))
    assert [f.evidence.page for f in summary.figures] == [1, 1, 1, 2, 2]


@pytest.mark.parametrize(("same", "kept"), [("新建蔬菜大棚", 1), ("新建蔬菜大棚等", 2)])
def test_the_same_measure_told_twice_is_one_and_what_only_looks_alike_is_not(same, kept):
    def answered(asked):
        said = least(asked.schema)
        key = next(iter(said["measures"]))
        said["measures"][key] = [
            {"title": title, "category": "产业发展"} for title in ("新建蔬菜大棚", same)
        ]
        return said

    summary = summary_of(TWICE, items=answered)
    assert [m.title for m in summary.measures] == ["新建蔬菜大棚", same][:kept]
    assert summary.measures[0].figures


def test_what_stands_over_and_over_is_told_and_counted():
    text = "青石镇工作总结\n" + "投入3万元修路。" * 3000
    document = Document("0" * 16, "x", text)
    summary = summarize(document, model=FakeModel().model, settings=Settings(store="off"))
    [told] = [issue for issue in summary.issues if issue.code == "text_repeated"]
    start, _, end = told.ref.partition("-")
    assert summary.document.set_aside["repeated"] == int(end) - int(start)
    assert len(text) - 3000 < int(end) - int(start)


def test_blanks_that_stand_over_and_over_are_counted_only():
    document = Document("0" * 16, "x", "青石镇工作总结\n" + " \n" * 8000 + "投入3万元修路。")
    summary = summarize(document, model=FakeModel().model, settings=Settings(store="off"))
    assert summary.document.set_aside["repeated"] > 10_000
    assert "text_repeated" not in {issue.code for issue in summary.issues}
    assert [figure.text for figure in summary.figures] == ["3万元"]


@pytest.mark.parametrize("piece", ["修路3公里&nbsp;", "<b>修路3公里</b>"])
def test_what_another_rule_touches_is_told_all_the_same(piece):
    text = "青石镇工作总结\n投入5万元。" + piece * 2000 + "\n建桥1座。"
    document = Document("0" * 16, "x", text)
    summary = summarize(document, model=FakeModel().model, settings=Settings(store="off"))
    assert summary.document.set_aside["repeated"] > 10_000
    assert "text_repeated" in {issue.code for issue in summary.issues}
