"""Gates, the baseline and comparisons: what is printed is what the exit code says."""

import json

import pytest

from evals.baseline import Baseline, load_baseline
from evals.compare import compare
from evals.gates import exit_code, judge, load_gates
from evals.report import Report, Result, Run
from evals.scores import Reason, Score
from summarizer.errors import ConfigError, InputError


def report(*parts: tuple[float, float], metric: str = "m", suite: str = "replay", faults: int = 0):
    reasons = tuple(Reason("invented", "number", f"{i}", "x") for i in range(faults))
    results = tuple(
        Result(f"d{i}", (Score(metric, hit, of, reasons if i == 0 else ()),))
        for i, (hit, of) in enumerate(parts)
    )
    return Report(suite, "seeds", (Run("local anchored", results),))


def verdicts(measured, rules, baseline=None):
    return [gate.verdict for gate in judge(measured, {"replay": {"any": rules}}, baseline)]


@pytest.mark.parametrize(
    ("parts", "verdict"),
    [
        ([(75, 100)], "passed"),
        ([(74999, 100000)], "fell short"),
        ([(50, 100), (100, 100)], "passed"),
        ([(0, 0)], "not measured"),
        ([], "not measured"),
    ],
)
def test_a_floor_is_on_the_pooled_value(parts, verdict):
    assert verdicts(report(*parts), {"floors": {"m": 0.75}}) == [verdict]


@pytest.mark.parametrize(
    ("parts", "verdict"),
    [([(3, 1), (1, 1)], "passed"), ([(5, 2)], "fell short"), ([], "not measured")],
)
def test_a_ceiling_is_on_the_mean_of_a_document(parts, verdict):
    assert verdicts(report(*parts), {"ceilings": {"m": 2}}) == [verdict]


def test_one_invented_number_fails():
    rules = {"must_not": {"m": 0}}
    assert verdicts(report((999, 1000), faults=1), rules) == ["fell short"]
    assert verdicts(report((1000, 1000)), rules) == ["passed"]
    assert verdicts(report((1, 1), metric="other"), rules) == ["not measured"]


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        ([(9, 10), (9, 10)], [(9, 10), (9, 10)], "passed"),
        ([(9, 10), (9, 10)], [(10, 10), (9, 10)], "passed"),
        ([(90, 100)] * 3, [(88, 100)] * 3, "fell short"),  # small, but the same everywhere
        ([(90, 100)] * 3, [(84, 100), (94, 100), (90, 100)], "passed"),  # small, and here and there
        ([(90, 100)] * 3, [(60, 100), (94, 100), (90, 100)], "fell short"),  # beyond `hard`
        ([(90, 100)], [(88, 100)], "passed"),  # one document gives no interval
        ([(90, 100)], [(80, 100)], "fell short"),
    ],
)
def test_a_drop_is_paired_with_the_baseline(before, after, verdict):
    known = Baseline({}).updated(report(*before))
    rules = {"drops": {"m": {"tolerance": 0.01, "hard": 0.05}}}
    assert verdicts(report(*after), rules, known) == [verdict]


def test_without_a_baseline_a_drop_is_not_measured():
    rules = {"drops": {"m": {"tolerance": 0.01, "hard": 0.05}}}
    assert verdicts(report((1, 1)), rules, Baseline({})) == ["not measured"]
    assert verdicts(report((1, 1)), rules, None) == ["not measured"]


@pytest.mark.parametrize(
    ("error", "verdict"),
    [
        ("AnswerRejected: never fitted", "fell short"),
        ("KeyError: 'x'", "fell short"),
        ("ModelUnavailable: refused", "not measured"),
        ("StoredAnswerMissing: x", "not measured"),
    ],
)
def test_a_failed_document_is_named(error, verdict):
    failed = Report("replay", "seeds", (Run("local", (Result("d0", (), error=error),)),))
    gates = judge(failed, {}, None)
    assert [(g.name, g.verdict, g.got) for g in gates] == [("document d0", verdict, error)]


def test_a_report_without_a_run_is_not_measured():
    assert exit_code(judge(Report("replay", "seeds", ()), load_gates(), None)) == 3


def test_the_exit_code_is_the_worst_verdict():
    passed, short, missing = (
        judge(report(part), {"replay": {"any": {"floors": {"m": 0.5}}}}, None)
        for part in [(1, 1), (0, 1), (0, 0)]
    )
    assert exit_code([]) == 0
    assert exit_code(passed) == 0
    assert exit_code(passed + missing) == 3
    assert exit_code(passed + short + missing) == 1


def test_a_dataset_of_its_own_overrules_any():
    rules = {"replay": {"any": {"floors": {"m": 0.9}}, "seeds": {"floors": {"m": 0.5}}}}
    assert [g.wanted for g in judge(report((6, 10)), rules, None)] == ["at least 0.5"]


def test_a_gate_that_does_not_exist_is_a_usage_error(tmp_path):
    path = tmp_path / "gates.toml"
    path.write_text("[replay.any.roofs]\nm = 1\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"replay\.any\.roofs"):
        load_gates(path)
    path.write_text("= 1", encoding="utf-8")
    with pytest.raises(ConfigError, match="cannot be read"):
        load_gates(path)


def test_the_committed_gates_and_baseline_can_be_read():
    rules = load_gates()
    assert rules["measured"]
    load_baseline()


def test_a_baseline_is_a_line_a_metric_and_reads_back(tmp_path):
    known = Baseline({}).updated(report((9, 10), (8, 10)))
    path = tmp_path / "baseline.json"
    path.write_text(known.dump(), encoding="utf-8")
    assert load_baseline(path) == Baseline(json.loads(known.dump()))
    assert '  "m": {"d0": [9, 10], "d1": [8, 10], "value": 0.85}' in known.dump().splitlines()
    path.write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match="no baseline"):
        load_baseline(path)


def test_updating_leaves_other_measurements_alone():
    known = Baseline({}).updated(report((9, 10), suite="grammar"))
    both = known.updated(report((1, 10)))
    assert both.lines["grammar seeds"] == known.lines["grammar seeds"]
    assert both.updated(report((1, 10))) == both


def test_a_comparison_says_better_only_when_it_is_sure():
    before, worse = report(*[(9, 10)] * 4), report(*[(8, 10)] * 4)
    [(title, changes)] = list(compare(before, worse))
    assert title == "local anchored"
    assert [(c.metric, c.verdict, c.n) for c in changes] == [("m", "worse", 4)]
    [(_, changes)] = list(compare(worse, before))
    assert changes[0].verdict == "better"
    [(_, changes)] = list(compare(before, report((10, 10), (8, 10), (9, 10), (9, 10))))
    assert changes[0].verdict == "same"


def test_what_costs_less_is_better():
    cheap, dear = report(*[(5, 1)] * 3, metric="cost.x"), report(*[(9, 1)] * 3, metric="cost.x")
    [(_, changes)] = list(compare(dear, cheap))
    assert changes[0].verdict == "better"
