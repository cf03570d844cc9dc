"""The suites: what is run over a dataset, and how a document that fails is scored.

`grammar` asks no model; `ceiling` takes gold for a model's answers;
`replay` summarizes from stored answers alone; `live` asks real models.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from summarizer.engine.schema import load_schema
from summarizer.errors import ConfigError

from . import ablate
from .answers import Summarize, Variant, opened
from .cases import Case
from .ceiling import kept, summary_of
from .ideal import ideal
from .lists import lists_of
from .marks import marks, unread
from .opinions import Opinion
from .report import Column, Result, Run
from .score import figures_only, find_mentions, score_figures, score_truth, score_view
from .scorers import Trial, second
from .scores import Reason, Score
from .views import SummaryView, view
from .wanted import check_gold

Progress = Callable[[str], None]
Make = Callable[[Case], SummaryView]
Judge = Callable[[Case, SummaryView], list[Score]]

UNPUNISHED = ("cost.", "truth.")
"""Metrics that a failed document has no part in: it cost nothing, and agrees with nobody."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A run, what stood in the way of measuring it, and the keys of stored answers it used."""

    run: Run
    obstacle: str = ""
    used: frozenset[str] = frozenset()


def grammar(
    cases: Sequence[Case], progress: Progress, opinions: Sequence[Opinion] = ()
) -> Measured:
    """The product's grammar and the regex truth, against gold and against each other."""

    def judge(case: Case, given: SummaryView) -> list[Score]:
        scores = score_figures(case, given.figures) + score_truth(case)
        scores += second.agreement(Trial.of(case, given))
        return scores + [s for opinion in opinions for s in opinion.scores(case, given)]

    def make(case: Case) -> SummaryView:
        return figures_only(case, find_mentions(case))

    return Measured(Run("grammar", tuple(result_of(case, make, judge, progress) for case in cases)))


def summarized(cases: Sequence[Case], variant: Variant, progress: Progress) -> Measured:
    """Summaries by one variant; a missing stored answer is an obstacle, not just a bad score.

    Where there is gold, what the parts of the product contribute is measured besides.
    """
    chosen, columns = variant.settings, tuple[Column, ...]()
    with opened(variant) as session:
        results = scored(cases, session.summarize, chosen.schema, progress)
        known = [case for case in cases if case.gold]
        if known and variant.mode != "record":
            again = partial(scored, known, schema=chosen.schema)
            columns = ablate.columns(results, session.again, chosen, again)
    lacking = f"{session.obstacle}; {variant.how_to_record}" if session.obstacle else ""
    unreached = [r.error for r in results if r.is_unmeasured]
    obstacle = lacking or next(iter(unreached), "")
    run = Run(variant.name, results, variant.described(), columns)
    return Measured(run, obstacle, session.used)


def scored(
    cases: Sequence[Case], summarize: Summarize, schema: str, progress: Progress = lambda _: None
) -> tuple[Result, ...]:
    """Every case summarized and scored by the lists of a schema, which its gold must be of."""
    lists = lists_of(schema)
    for case in cases:
        if case.wanted:
            check_gold(case.name, case.wanted, load_schema(schema))

    def make(case: Case) -> SummaryView:
        return view(summarize(case.path))

    def judge(case: Case, given: SummaryView) -> list[Score]:
        return score_view(case, given, lists, schema)

    return tuple(result_of(case, make, judge, progress) for case in cases)


def ceiling(cases: Sequence[Case], progress: Progress) -> Measured:
    """Gold given as a leading model's answers: what is lost then is the product's own doing."""
    stands: dict[str, list[Score]] = {}

    def make(case: Case) -> SummaryView:
        summary = summary_of(case)
        stands[case.name] = kept(case, summary)
        return view(summary.model_dump(mode="json"))

    def judge(case: Case, given: SummaryView) -> list[Score]:
        return [*score_view(case, given), *stands.get(case.name, ())]

    return Measured(Run("ceiling", tuple(result_of(case, make, judge, progress) for case in cases)))


def result_of(case: Case, make: Make, judge: Judge, progress: Progress) -> Result:
    """One document scored; one that fails is zero. Raises ConfigError, which is nobody's score."""
    started = time.perf_counter()
    try:
        given = make(case)
    except ConfigError:
        raise
    except Exception as error:  # noqa: BLE001 — whatever it is, the document counts as zero
        message = f"{type(error).__name__}: {error}"
        progress(f"{case.name}: failed, {message}")
        zeros = failed(case, judge, message)
        seconds, shown = time.perf_counter() - started, unread(case)
        return Result(case.name, zeros, seconds, message, case.text, shown)
    seconds = time.perf_counter() - started
    scores = judge(case, given)
    progress(f"{case.name}: {seconds:.1f} s")
    return Result(case.name, tuple(scores), seconds, "", case.text, marks(case, given, scores))


def failed(case: Case, judge: Judge, message: str) -> tuple[Score, ...]:
    """Zero of everything that the ideal summary would have scored.

    A metric without anything to score there counts as zero of one, so that failing is never free.
    """
    gold = Trial.of(case, figures_only(case, ())).gold
    best = judge(case, view(ideal(replace(case, gold=gold))))
    reason = Reason("failed", "document", "", message)
    return tuple(
        Score(score.metric, 0, max(score.of, 1), (reason,))
        for score in best
        if not score.metric.startswith(UNPUNISHED)
    )
