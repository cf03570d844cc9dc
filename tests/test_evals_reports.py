"""Reports in every form: of a usual run, of an empty one, of one document, of one that failed."""

import io
import json
import re
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest
from rich.console import Console

from evals.cases import Case, load_cases
from evals.gates import Gate
from evals.ideal import ideal
from evals.report import Report, Run, dump, load, to_json
from evals.reports import WRITERS, write
from evals.reports.markdown import LARGEST, cell, markdown
from evals.reports.page import page, pieces
from evals.reports.table import show_gates, show_report
from evals.score import score_view
from evals.suites import failed, result_of
from evals.views import view
from summarizer.errors import InputError, ModelUnavailable

NASTY = "<script>alert(1)</script> | [x](http://a) \x1b[2J"
SEEDS = load_cases("seeds")


def make(case: Case):
    """The ideal summary, with a figure lost and one misread; one seed fails."""
    if case.name.startswith("004"):
        raise ModelUnavailable(NASTY)
    summary = ideal(case)
    summary["figures"].pop()
    summary["figures"][0]["value"] = "7"
    return view(summary)


def report_of(cases, *names: str) -> Report:
    runs = [
        Run(name, tuple(result_of(case, make, score_view, lambda _: None) for case in cases))
        for name in names
    ]
    return Report("replay", "seeds", tuple(runs), {"summarizer": "0"})


GATES = [
    Gate("figures.f1", "at least 0.9", "0.7 (n=5)", "fell short"),
    Gate("figures.unit", "at least 0.9", "1.0 (n=5)", "passed"),
    Gate(f"document {NASTY}", "a summary", NASTY, "not measured"),
]
REPORTS = {
    "usual": report_of(SEEDS, "local anchored"),
    "matrix": report_of(SEEDS[:2], "local anchored", "qwen3 verbatim"),
    "empty": Report("replay", "seeds", (Run("local", ()),)),
    "nothing": Report("replay", "seeds", ()),
    "one document": report_of(SEEDS[:1], "local"),
    "one that failed": report_of(SEEDS[4:], "local"),
}


@pytest.mark.parametrize("name", REPORTS)
def test_every_form_can_be_written_and_read_again(name, tmp_path):
    report = REPORTS[name]
    paths = write(report, GATES, tmp_path / "out")
    assert {path.name for path in paths} == set(WRITERS)
    again = load(tmp_path / "out")
    assert to_json(again) == to_json(report)
    suites = ET.parse(tmp_path / "out" / "junit.xml").getroot()
    assert len(suites.findall("testsuite")) == len(report.runs) + 1


@pytest.mark.parametrize("name", REPORTS)
def test_the_table_shows_n_and_no_control_character(name):
    console = Console(width=100, file=io.StringIO())
    show_report(REPORTS[name], console)
    show_gates(GATES, console)
    text = console.file.getvalue()
    assert "\x1b" not in text
    assert "replay · seeds" in text or not REPORTS[name].runs


def test_a_failed_document_counts_as_zero_and_never_drops_out():
    fine = report_of(SEEDS[:4], "local").runs[0].metric("labels.half")
    with_failed = REPORTS["usual"].runs[0].metric("labels.half")
    assert with_failed.n == fine.n + 1
    assert with_failed.score.hit == fine.score.hit
    assert with_failed.score.of == fine.score.of + 20  # the labels that the lost seed has


def test_failing_is_never_free():
    """A document without gold, or with nothing in it, still counts against a run."""
    case = SEEDS[0]
    bare = Case(case.name, case.path, case.text, case.id, None)
    scores = {s.metric: s for s in failed(bare, score_view, "no answer")}
    assert scores["grounding.numbers"].of == 1
    assert all(s.hit == 0 and s.of >= 1 for s in scores.values())
    assert not any(metric.startswith("cost.") for metric in scores)


def test_intervals_are_absent_for_one_document():
    metric = REPORTS["one document"].runs[0].metric("figures.f1")
    assert metric.interval is None
    assert metric.n == 1


def test_a_report_of_another_version_is_refused(tmp_path):
    path = tmp_path / "report.json"
    path.write_text(json.dumps(to_json(REPORTS["empty"]) | {"version": 99}), encoding="utf-8")
    with pytest.raises(InputError, match="version 99"):
        load(path)
    path.write_text("[]", encoding="utf-8")
    with pytest.raises(InputError, match="no report"):
        load(path)


def test_the_same_report_is_the_same_bytes():
    again = report_of(SEEDS, "local anchored")
    pattern = re.compile(r'"seconds": [\d.]+')
    assert pattern.sub("", dump(again)) == pattern.sub("", dump(REPORTS["usual"]))


def test_markdown_is_inert_and_short_enough():
    text = markdown(REPORTS["usual"], GATES)
    assert "<script" not in text
    assert "[x](http" not in text
    assert "\x1b" not in text
    assert len(text.encode()) <= LARGEST
    assert "Gates: 1 of 3 passed" in text
    assert cell(NASTY).count("|") == cell(NASTY).count("\\|")


class Outline(HTMLParser):
    """What a page loads, links to, and holds."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


def test_the_page_loads_nothing_and_runs_nothing():
    outline = Outline()
    outline.feed(page(REPORTS["usual"], GATES, [REPORTS["usual"], REPORTS["usual"]]))
    tags = {tag for tag, _ in outline.tags}
    assert not tags & {"script", "img", "iframe", "object", "embed"}
    loaded = [a.get("href") or a.get("src") for t, a in outline.tags if t in ("link", "source")]
    assert loaded == ["data:,"]
    policy = [a["content"] for t, a in outline.tags if t == "meta" and "http-equiv" in a]
    assert policy[0].startswith("default-src 'none'")
    assert not any(name.startswith("on") for _, attributes in outline.tags for name in attributes)


def test_every_link_of_the_page_leads_somewhere():
    outline = Outline()
    outline.feed(page(REPORTS["matrix"], GATES))
    ids = {a["id"] for _, a in outline.tags if "id" in a}
    links = {a["href"][1:] for t, a in outline.tags if t == "a"}
    assert links <= ids
    assert sum(t == "section" for t, _ in outline.tags) == 4


def test_the_page_has_each_text_whole_with_its_marks():
    html = page(REPORTS["usual"], GATES)
    outline = Outline()
    outline.feed(html)
    for result in REPORTS["usual"].runs[0].results:
        assert "".join(piece.text for piece in pieces(result)) == result.text
        assert result.text.replace("\r", "\n") in outline.text
    states = {a["class"] for t, a in outline.tags if t == "mark"}
    assert {"right", "missed", "false"} <= states


def test_the_most_harmful_document_comes_first():
    outline = Outline()
    outline.feed(page(REPORTS["usual"], GATES))
    order = [a["id"] for t, a in outline.tags if t == "section"]
    assert order[0] == "d0-0"
    first = outline.text.index("000_1205995dd66e243a")
    assert outline.text.index("Documents, the most harmful first") < first
