"""Gold as a leading model's answers: nothing is lost of it, and what would be is seen with why."""

import pytest

from evals.cases import load_cases
from evals.ceiling import kept, summary_of
from summarizer.engine import reading_checks
from summarizer.engine.reading_checks import Refused


@pytest.fixture(scope="module")
def case():
    return load_cases("seeds")[1]


def scores(case):
    return {score.metric: score for score in kept(case, summary_of(case))}


def test_all_of_a_seed_stands_as_it_was_given(case):
    found = scores(case)
    assert set(found) == {"ceiling.labels", "ceiling.titles", "ceiling.deeds"}
    assert all(score.of > 0 for score in found.values())
    assert [reason for score in found.values() for reason in score.reasons] == []


def test_a_check_that_overrules_gold_is_seen_with_its_line(case, monkeypatch):
    figure = reading_checks.figure

    def stubborn(raw, mention, passage, **known):
        answered = figure(raw, mention, passage, **known)
        if "合作社" in answered.label:
            raise Refused("不喜欢合作社")
        return answered

    monkeypatch.setattr(reading_checks, "figure", stubborn)
    labels = scores(case)["ceiling.labels"]
    assert labels.hit < labels.of
    assert all("合作社" in reason.gold for reason in labels.reasons)
    assert all("不喜欢合作社" in reason.what for reason in labels.reasons)
