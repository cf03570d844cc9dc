"""Metrics against cases worked out by hand."""

import random
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.cases import Gold, GoldFigure, NonFigure, places
from evals.intervals import difference, interval
from evals.match import match_figures, pair
from evals.scorers import SCORERS
from evals.scorers.items import shared
from evals.scorers.labels import is_period
from evals.scores import Score, pooled
from evals.text import common, fold, key, likeness, same_name, share, strip_annotations
from evals.views import FigureView
from summarizer.types import Span


def gold_figure(start, end, value, *, high=None, borderline=False):
    top = None if high is None else Decimal(high)
    fixed = {"units": frozenset("个"), "bound": "exact", "kind": "count", "label": ""}
    rest = {"subject": None, "period": None, "repeats": None, "implied_unit": False}
    span, number = Span(start, end), Decimal(value)
    return GoldFigure(span, "", number, top, "个", **fixed, **rest, borderline=borderline)


def gold(figures=(), non_figures=()):
    return Gold(tuple(figures), tuple(non_figures))


def ours(start, end, value, *, high=None, also_at=()):
    top = None if high is None else Decimal(high)
    return FigureView(
        f"f{start}", Span(start, end), "", Decimal(value), top, "个", "exact", "count",
        also_at=tuple(Span(*s) for s in also_at),
    )  # fmt: skip


def counts(known, figures):
    matching = match_figures(known, figures)
    return len(matching.found), len(matching.missed), [why for _, why in matching.false]


def test_spans_overlap_and_values_are_equal():
    known = gold([gold_figure(0, 3, 12), gold_figure(5, 8, 300)])
    assert counts(known, [ours(1, 3, 12), ours(5, 8, 30)]) == (1, 1, ["value is 300个"])


def test_a_range_needs_both_ends():
    known = gold([gold_figure(0, 5, 3, high=5)])
    assert counts(known, [ours(0, 5, 3)]) == (0, 1, ["value is 3–5个"])
    assert counts(known, [ours(0, 5, 3, high=5)]) == (1, 0, [])


def test_a_repeat_is_found_by_a_merged_span():
    known = gold([gold_figure(0, 3, 12), gold_figure(50, 53, 12)])
    assert counts(known, [ours(0, 3, 12, also_at=[(50, 53)])]) == (2, 0, [])
    assert counts(known, [ours(0, 3, 12, also_at=[(60, 63)])]) == (1, 1, ["not in gold"])


def test_borderline_is_neither_rewarded_nor_punished():
    known = gold(
        [gold_figure(0, 3, 12), gold_figure(5, 8, 3, borderline=True)],
        [NonFigure(Span(10, 12), "两级", "other", borderline=True)],
    )
    assert counts(known, [ours(0, 3, 12)]) == (1, 0, [])
    assert counts(known, [ours(0, 3, 12), ours(5, 8, 3), ours(10, 12, 2)]) == (1, 0, [])


def test_a_non_figure_is_a_false_positive_with_its_reason():
    known = gold([], [NonFigure(Span(0, 2), "第一", "ordinal", borderline=False)])
    assert counts(known, [ours(1, 2, 1)]) == (0, 0, ["no figure: ordinal 第一"])


def test_one_figure_is_not_found_twice():
    known = gold([gold_figure(0, 3, 12)])
    assert counts(known, [ours(0, 3, 12), ours(0, 2, 12)]) == (1, 0, [" is claimed twice"])


@pytest.mark.parametrize(
    ("said", "wanted", "half", "alike"),
    [
        ("贫困户数", "贫困户数", 1.0, 1.0),
        ("贫困户", "减贫目标户数(年度目标)", 2 / 10, 2 * 2 / 13),
        ("培育村級後備幹部人數", "培育村级后备干部人数", 1.0, 1.0),
        ("数人部干备后级村育培", "培育村级后备干部人数", 1.0, 2 / 20),
        ("", "贫困户数", 0.0, 0.0),
    ],
)
def test_labels(said, wanted, half, alike):
    assert share(said, wanted) == pytest.approx(half)
    assert likeness(said, wanted) == pytest.approx(alike)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("吳昌勇", "吴昌勇", True),
        ("余長(zhǎng)明", "余长明", True),
        ("七彩田园合作社", "“七彩田园”合作社", True),
        ("姜庄村", "姜庄村党支部", False),
        ("姜庄村党支", "姜庄村党支部领", True),
        ("肖平画", "肖平华", False),
        ("", "肖平华", False),
    ],
)
def test_names(a, b, same):
    assert same_name(a, b) is same


@pytest.mark.parametrize(
    ("wanted", "said", "published", "right"),
    [
        ("2020年", "今年以来", "2020-11-20", True),
        ("2019年", "去年", "2020-05-25", True),
        ("2019年", "今年", "2020-05-25", False),
        ("2018年(累计)", "2018年", None, True),
        ("今年", "今年", None, True),
        ("2020年", "", None, False),
        ("截至2019年9月", "2019年", None, True),
        ("2019年", "2018年至2019年", None, False),
    ],
)
def test_periods(wanted, said, published, right):
    assert is_period(wanted, said, published) is right


def test_evidence_is_shared_from_half_of_the_shorter():
    assert shared([Span(0, 100)], [Span(90, 110)]) == 0.5
    assert shared([Span(0, 100)], [Span(95, 110)]) == pytest.approx(1 / 3)
    assert shared([], [Span(0, 3)]) == 0.0


def test_micro_averages_pool_cases_not_documents():
    assert pooled([Score("m", 1, 1), Score("m", 0, 9)]).value == 0.1
    assert pooled([]) is None


def test_an_interval_is_clustered_by_document():
    """A document of many equal cases is one observation, not many."""
    wide = interval([(0, 100), (100, 100)])
    assert wide == (0.0, 1.0)
    assert interval([(50, 100), (50, 100)]) == (0.5, 0.5)
    assert interval([(5, 10)]) is None
    assert interval([]) is None
    assert interval([(0, 0), (0, 0)]) is None


def test_a_difference_is_paired():
    """Documents differ a lot, each gains a tenth: paired, that is certain."""
    before = [(1, 10), (5, 10), (9, 10)]
    after = [(2, 10), (6, 10), (10, 10)]
    low, high = difference(before, after)
    assert low == pytest.approx(0.1)
    assert high == pytest.approx(0.1)


def test_the_same_numbers_give_the_same_interval():
    parts = [(random.Random(i).randint(0, 9), 10) for i in range(12)]
    assert interval(parts) == interval(parts)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=8, unique=True))
def test_a_pairing_is_one_to_one_and_as_large_as_any(edges):
    found = pair([(1.0, a, b) for a, b in edges])
    assert len(set(found.values())) == len(found)
    assert all((a, b) in edges for a, b in found.items())
    best = max(
        sum((a, b) in edges for a, b in enumerate(order)) for order in permutations(range(4))
    )
    assert len(found) == best


@given(st.text(alphabet="村镇余餘幹干後后(a)(zhèn)“”,。12 ", max_size=30))
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)
    assert key(key(text)) == key(text)
    assert strip_annotations(strip_annotations(text)) in (text, strip_annotations(text)) or (
        "(" in text
    )


@given(st.text(alphabet="abc", max_size=8), st.text(alphabet="abc", max_size=8))
def test_a_common_subsequence_is_symmetric_and_bounded(a, b):
    assert common(a, b) == common(b, a) <= min(len(a), len(b))
    assert common(a, a) == len(a)


def test_quotes_are_found_wherever_they_stand():
    assert places("修路。修路。", ["修路"]) == (Span(0, 2), Span(3, 5))
    assert places("修路。", ["植树"]) == ()


def test_every_scorer_says_what_it_counts():
    assert all(scorer.__doc__ for scorer in SCORERS)
