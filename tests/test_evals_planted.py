"""Errors planted in an ideal summary: each lowers exactly the metrics that should see it."""

import copy
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import opencc
import pytest

from evals.cases import Case, load_cases
from evals.ideal import ideal
from evals.match import match_figures
from evals.score import score_view
from evals.views import view

Summary = dict[str, Any]
FIGURES = {"figures.recall", "figures.precision", "figures.f1"}
PAIRED = {"measures.paired.recall", "measures.paired.precision", "measures.paired.f1"}
EXEMPLARS = {"exemplars.recall", "exemplars.precision", "exemplars.f1"}


@lru_cache
def case(name: str) -> Case:
    return next(c for c in load_cases("all") if c.name.startswith(name))


def values(known: Case, summary: Summary) -> dict[str, float | None]:
    return {score.metric: score.value for score in score_view(known, view(summary))}


def fallen(known: Case, plant: Callable[[Case, Summary], None]) -> set[str]:
    """The metrics that fall when `plant` has changed the ideal summary."""
    summary = ideal(known)
    before = values(known, summary)
    planted = copy.deepcopy(summary)
    plant(known, planted)
    after = values(known, planted)
    return {
        metric
        for metric, value in before.items()
        if not metric.startswith("cost.")
        and (1 if value is None else value) > (1 if after[metric] is None else after[metric])
    }


def figure(summary: Summary, text: str) -> dict[str, Any]:
    return next(f for f in summary["figures"] if f["text"] == text)


def digit_changed(_: Case, summary: Summary) -> None:
    figure(summary, "656人")["value"] = "665"


def scale_dropped(_: Case, summary: Summary) -> None:
    figure(summary, "逾2000万元")["value"] = "2000"


def unit_swapped(_: Case, summary: Summary) -> None:
    figure(summary, "11892平方米")["unit"] = "亩"


def unit_lost(_: Case, summary: Summary) -> None:
    figure(summary, "618栋")["unit"] = None


def bound_lost(_: Case, summary: Summary) -> None:
    figure(summary, "近170名")["bound"] = "exact"


def span_cut(known: Case, summary: Summary) -> None:
    found = figure(summary, "近170名")
    found["span"]["start"] += 1
    found["text"] = "170名"


def figure_missed(_: Case, summary: Summary) -> None:
    gone = figure(summary, "618栋")
    summary["figures"].remove(gone)
    summary["coverage"]["figures"] -= 1
    summary["coverage"]["missed"].append({"span": gone["span"], "text": "618栋", "reason": "x"})


def figure_lost_uncounted(_: Case, summary: Summary) -> None:
    summary["figures"].remove(figure(summary, "618栋"))


def figure_invented(known: Case, summary: Summary) -> None:
    start = known.text.index("第一书记")
    at = {"start": start + 1, "end": start + 2}
    summary["figures"].append(
        figure(summary, "35人") | {"id": "x", "text": "一", "span": at, "value": "1", "evidence": {
            "span": {"start": start, "end": start + 4}, "quote": "第一书记"}}
    )  # fmt: skip
    summary["coverage"]["figures"] += 1
    summary["coverage"]["found"] += 1


def repeat_unmerged(_: Case, summary: Summary) -> None:
    merged = next(f for f in summary["figures"] if f["also_at"])
    merged["also_at"] = []
    summary["coverage"]["merged"] -= 1
    summary["coverage"]["missed"].append({"span": {"start": 222, "end": 225}, "reason": "x"})


def labels_slipped(_: Case, summary: Summary) -> None:
    one, two = figure(summary, "218户"), figure(summary, "18个")
    one["label"], two["label"] = two["label"], one["label"]


def label_is_the_sentence(known: Case, summary: Summary) -> None:
    found = figure(summary, "88960.04元")
    found["label"] = found["evidence"]["quote"].replace("。", "")


def subject_wrong(_: Case, summary: Summary) -> None:
    figure(summary, "40000元")["subject"] = "桐木镇"


def subject_lost(_: Case, summary: Summary) -> None:
    figure(summary, "40000元")["subject"] = None


def subject_where_none_is_due(_: Case, summary: Summary) -> None:
    figure(summary, "618栋")["subject"] = "肖平华"


def period_wrong(_: Case, summary: Summary) -> None:
    figure(summary, "656人")["period"] = "一年来"


def name_misspelt(_: Case, summary: Summary) -> None:
    next(e for e in summary["exemplars"] if e["name"] == "肖平华")["name"] = "肖平画"


def bystander_named(_: Case, summary: Summary) -> None:
    summary["exemplars"].append(summary["exemplars"][0] | {"id": "x", "name": "杨坊村"})


def kind_wrong(_: Case, summary: Summary) -> None:
    summary["exemplars"][0]["kind"] = "organisation"


def cited_wrongly(known: Case, summary: Summary) -> None:
    start = known.text.index("使命如山")
    quote = known.text[start : start + 9]
    summary["measures"][3]["evidence"] = [
        {"span": {"start": start, "end": start + 9}, "quote": quote}
    ]


def quote_changed(_: Case, summary: Summary) -> None:
    summary["measures"][3]["evidence"][0]["quote"] += "!"


def category_wrong(_: Case, summary: Summary) -> None:
    summary["measures"][3]["category"] = "饮水"


def number_invented(_: Case, summary: Summary) -> None:
    summary["measures"][2]["title"] += "3721万元"


def title_in_other_words(_: Case, summary: Summary) -> None:
    summary["measures"][2]["title"] = "百倍的信心决心"


def deeds_swapped(_: Case, summary: Summary) -> None:
    one, two = summary["exemplars"][:2]
    one["deed"], two["deed"] = two["deed"], one["deed"]


def role_lost(_: Case, summary: Summary) -> None:
    summary["exemplars"][0]["role"] = ""


def overview_tells_of_a_bystander(_: Case, summary: Summary) -> None:
    bystander_named(_, summary)
    summary["overview"] = "杨坊村和肖平华带动群众增收。"


def overview_misleads(_: Case, summary: Summary) -> None:
    summary["overview"] = "桐木镇拆除危旧空心房656栋。"


def title_wrong(_: Case, summary: Summary) -> None:
    summary["title"] = "百倍的信心决心"


def publisher_invented(_: Case, summary: Summary) -> None:
    summary["publisher"] = "新华网"


def coverage_off(_: Case, summary: Summary) -> None:
    summary["coverage"]["found"] += 1


PLANTED = [
    (digit_changed, FIGURES | {"grounding.values", "truth.agreement"}),
    (scale_dropped, FIGURES | {"grounding.values", "truth.agreement"}),
    (unit_swapped, {"figures.unit"}),
    (unit_lost, {"figures.unit"}),
    (bound_lost, {"figures.bound"}),
    (span_cut, {"figures.exact"}),
    (figure_missed, {"figures.recall", "figures.f1", "truth.agreement"}),
    (
        figure_lost_uncounted,
        {"figures.recall", "figures.f1", "truth.agreement", "coverage.reached", "coverage.adds_up"},
    ),
    (figure_invented, {"figures.precision", "figures.f1", "truth.agreement"}),
    (repeat_unmerged, {"figures.recall", "figures.f1", "truth.agreement"}),
    (labels_slipped, {"labels.half", "labels.alike", "labels.own"}),
    (label_is_the_sentence, {"labels.alike"}),
    (subject_wrong, {"labels.subject", "labels.subject.precision", "labels.whose"}),
    (subject_lost, {"labels.subject", "labels.whose"}),
    (subject_where_none_is_due, {"labels.subject.precision", "labels.whose"}),
    (period_wrong, {"labels.period"}),
    (name_misspelt, EXEMPLARS | {"grounding.names"}),
    (bystander_named, {"exemplars.precision", "exemplars.f1"}),
    (kind_wrong, {"exemplars.kind"}),
    (cited_wrongly, PAIRED | {"measures.recall", "measures.precision"}),
    (quote_changed, {"grounding.spans"}),
    (category_wrong, {"measures.category"}),
    (number_invented, {"grounding.numbers"}),
    (title_in_other_words, {"titles.alike"}),
    (deeds_swapped, {"deeds.alike"}),
    (role_lost, {"roles.alike"}),
    (
        overview_tells_of_a_bystander,
        {"exemplars.precision", "exemplars.f1", "overview.backed"},
    ),
    (overview_misleads, {"overview.faithful", "overview.backed"}),
    (title_wrong, {"about.title"}),
    (publisher_invented, {"about.publisher", "about.stated"}),
    (coverage_off, {"coverage.adds_up"}),
]


@pytest.mark.parametrize(("plant", "metrics"), PLANTED, ids=[p.__name__ for p, _ in PLANTED])
def test_a_planted_error_lowers_exactly_its_metrics(plant, metrics):
    assert fallen(case("002"), plant) == metrics


@pytest.mark.parametrize("name", [c.name for c in load_cases("all")])
def test_the_ideal_summary_has_full_marks_against_gold(name):
    known = case(name)
    scores = score_view(known, view(ideal(known)))
    ungraded = ("grounding.", "cost.", "answers.", "truth.")
    short = {
        s.metric: s.reasons
        for s in scores
        if not s.metric.startswith(ungraded) and s.value not in (None, 1)
    }
    assert short == {}


def test_every_changed_digit_is_caught():
    """One digit changed in each figure of the seeds, one at a time: none is taken for right."""
    accepted = []
    for known in load_cases("seeds"):
        figures = view(ideal(known)).figures
        for index, one in enumerate(figures):
            planted = ideal(known)["figures"][index]
            digits = planted["value"]
            planted["value"] = ("9" if digits[0] != "9" else "8") + digits[1:]
            summary = ideal(known)
            summary["figures"][index] = planted
            gold = known.gold
            assert gold is not None
            strict = next(g for g in gold.figures if g.span == one.span)
            found = match_figures(gold, view(summary).figures).found
            if not strict.borderline and any(place.figure.id == one.id for _, place in found):
                accepted.append((known.name, one.text))
    assert accepted == []


def test_a_title_where_the_document_has_none_is_invented():
    def titled(_: Case, summary: Summary) -> None:
        summary["title"] = "黨群連心工程"

    assert fallen(case("003"), titled) == {"about.stated"}


@pytest.mark.parametrize("script", ["s2t", "s2tw", "s2hk"])
def test_the_script_of_labels_and_names_does_not_matter(script):
    """`--script hant` changes no score: both sides are folded."""
    to_traditional = opencc.OpenCC(script).convert

    def converted(_: Case, summary: Summary) -> None:
        for figure in summary["figures"]:
            figure["label"] = to_traditional(figure["label"])
        for exemplar in summary["exemplars"]:
            exemplar["name"] = to_traditional(exemplar["name"])

    assert fallen(case("002"), converted) == set()


def test_a_figure_of_the_place_may_name_it_or_nobody():
    def unnamed(known: Case, summary: Summary) -> None:
        assert known.gold is not None
        figure(summary, "618栋")["subject"] = None
        figure(summary, "218户")["subject"] = known.gold.place

    assert fallen(case("002"), unnamed) == set()


def test_the_order_of_lists_does_not_matter():
    def reversed_lists(_: Case, summary: Summary) -> None:
        for name in ("figures", "measures", "exemplars"):
            summary[name].reverse()

    assert fallen(case("001"), reversed_lists) == set()
