"""Reasons to look at a figure or an item first: each code with its cases, and held against gold."""

from decimal import Decimal
from pathlib import Path

import pytest

from summarizer.documents.parsed import parse
from summarizer.documents.read import read
from summarizer.engine.schema import load_schema
from summarizer.engine.verify.doubts import CODES, OF_ISSUES, doubts
from summarizer.provenance import DocumentInfo, Provenance, Usage
from summarizer.types import Coverage, Evidence, Figure, Issue, Span

SCHEMA = load_schema("report")
CASES = [
    line.split("\t")
    for line in (Path(__file__).parent / "data/verify/doubts.tsv")
    .read_text(encoding="utf-8")
    .splitlines()
    if not line.startswith("#")
]
ITEMS = [  # list, field values, sentence, code, what is doubted
    ("exemplars", {"name": "大坪村", "kind": "person", "role": "", "deed": "修路三公里"},
     "大坪村修路三公里。", "place_as_person", "大坪村"),
    ("exemplars", {"name": "大坪村", "kind": "village", "role": "", "deed": "修路三公里"},
     "大坪村修路三公里。", "-", ""),
    ("measures", {"title": "修建光伏电站", "category": "其他"}, "村里修建水渠。",
     "words_elsewhere", "光伏电站"),
    ("measures", {"title": "修建水渠和", "category": "其他"}, "村里修建水渠和桥。", "reads_badly", "和"),
    ("measures", {"title": "修建水渠", "category": "其他"}, "村里修建水渠和桥。", "-", ""),
]  # fmt: skip


def summary(text, figures=(), issues=(), **lists):
    found = len(figures)
    return SCHEMA.model(
        schema_id="report.v1",
        document=DocumentInfo(
            id="0" * 16, source="x.txt", encoding="utf-8", media_type="text/plain",
            characters=len(text),
        ),
        figures=figures,
        issues=issues,
        coverage=Coverage(found=found, figures=found, merged=0),
        provenance=Provenance(
            model="m", strategy="s", prompts={}, schema_hash="", settings_hash="", versions={},
            usage=Usage(),
        ),
        **lists,
    )  # fmt: skip


def figure(text, number, label, subject, implied=False):
    start = text.index(number)
    return Figure(
        id="f1", label=label, subject=subject or None, text=number,
        span=Span(start, start + len(number)), value=Decimal(1), unit="元" if implied else "户",
        kind="count", implied_unit=implied,
        evidence=Evidence(span=Span(0, len(text)), quote=text),
    )  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]} {case[3]}")
def test_a_figure_is_doubted_for_a_stated_reason(case):
    code, text, number, label, subject, words = case
    made = summary(text, (figure(text, number, label, subject, code == "implied_unit"),))
    found = doubts(made, SCHEMA, parse(text))
    assert [(one.code, one.words) for one in found] == ([] if code == "-" else [(code, words)])
    for one in found:
        assert one.ref == "f1"
        assert 0 <= one.span.start < one.span.end <= len(text)


@pytest.mark.parametrize(("name", "values", "text", "code", "words"), ITEMS)
def test_an_item_is_doubted_for_a_stated_reason(name, values, text, code, words):
    listed = next(one for one in SCHEMA.lists if one.name == name)
    proof = (Evidence(span=Span(0, len(text)), quote=text),)
    made = summary(text, **{name: (listed.item(id=f"{name}-1", evidence=proof, **values),)})
    found = [(one.code, one.words) for one in doubts(made, SCHEMA, parse(text))]
    assert found == ([] if code == "-" else [(code, words)])


def test_an_issue_of_a_figure_is_a_doubt_with_its_place():
    text = "带动贫困户197户。"
    issues = [
        Issue(code=code, severity="warning", message="m", ref="f1") for code in sorted(OF_ISSUES)
    ]
    elsewhere = Issue(code="values_differ", severity="warning", message="m", ref="overview")
    made = summary(text, (figure(text, "197户", "贫困户", ""),), (*issues, elsewhere))
    found = doubts(made, SCHEMA, parse(text))
    assert [one.code for one in found] == sorted(OF_ISSUES.values(), key=CODES.index)
    assert {text[one.span.slice] for one in found} == {"197户"}


@pytest.mark.slow
def test_what_is_doubted_is_wrong_more_often_than_what_is_not():
    import json

    from evals.answers import Variant, opened
    from evals.cases import load_cases
    from evals.scorers import figures as amounts
    from evals.scorers import labels
    from evals.scorers.trial import Trial
    from evals.views import view
    from summarizer.documents.read import read
    from summarizer.render.load import load

    judges = (labels.alike, labels.own, labels.whose, labels.period, amounts.unit, amounts.found)
    doubted, others = [], []
    with opened(Variant()) as session:
        for case in load_cases("all"):
            given = session.summarize(case.path)
            trial = Trial.of(case, view(given))
            wrong = {r.ref for judge in judges for score in judge(trial) for r in score.reasons}
            made = load(json.dumps(given))[0]
            refs = {one.ref for one in doubts(made, SCHEMA, parse(read(case.path)))}
            for one in made.figures:
                (doubted if one.id in refs else others).append(one.id in wrong)
    assert len(doubted) < len(others)
    assert sum(doubted) / len(doubted) > 1.5 * sum(others) / len(others)


def test_a_cell_that_no_header_names_is_doubted(tmp_path):
    rows = "<tr><td>甲村</td><td>300万元</td></tr><tr><td>乙村</td><td>200万元</td></tr>"
    headed = f"<tr><td>村</td><td>投资</td></tr>{rows}"
    for table, words in ((rows, ["甲村", "乙村"]), (headed, [])):
        path = tmp_path / "a.html"
        prose = "<p>青石镇2020年工作总结。全镇投入资金500万元,惠及群众3000人。</p>"
        path.write_text(f"<html><body>{prose}<table>{table}</table></body></html>", "utf-8")
        parsed = parse(read(path))
        made = summary(
            parsed.text.document.text,
            [
                figure(parsed.text.document.text, one.text, "投资金额", "")
                for one in parsed.mentions
                if one.quantity and one.quantity.kind == "money"
            ],
        )
        found = [one for one in doubts(made, SCHEMA, parsed) if one.code == "no_header"]
        assert [one.words for one in found] == words


def test_every_figure_of_a_scan_is_doubted_last_of_all():
    text = "带动贫困户197户。"
    made = summary(text, (figure(text, "197户", "贫困户", ""),))
    scanned = made.document.model_copy(update={"left_out": {"pictures": 1, "scans": 1}})
    found = doubts(made.model_copy(update={"document": scanned}), SCHEMA, parse(text))
    assert [(one.code, one.words) for one in found] == [("recognised", "197户")]
    assert CODES.index("recognised") > CODES.index("implied_unit")
