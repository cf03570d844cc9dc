"""Sentences → names for their quantities and items with the sentences they cite.

One bad answer costs a chunk nothing but its own words: a truncated one is asked again in halves,
a refused one leaves the grammar's drafts and an issue. A model that cannot be reached at all ends
the document.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol, TypeVar

from summarizer.chunk import Chunk, Sentence, halves, passages, windows
from summarizer.clean import CleanText
from summarizer.config import Settings
from summarizer.errors import AnswerRejected, AnswerTruncated, ConfigError
from summarizer.extract import figures, items, verbatim
from summarizer.extract.answers import asked_lists
from summarizer.extract.ask import Asker
from summarizer.extract.figures import Naming
from summarizer.extract.items import Finding
from summarizer.extract.passage import Passage
from summarizer.prompt import Template, load_template
from summarizer.resources import resource
from summarizer.schema import Schema
from summarizer.types import Issue

__all__ = ["Extraction", "Finding", "Naming", "Plan", "Told", "extract", "plan"]

Result = TypeVar("Result", Naming, Finding)


class Told(Protocol):
    """Hears of each step: how many of its requests are done, and what the last one brought."""

    def __call__(
        self, name: str, done: int, total: int, found: Sequence[Naming | Finding] = ()
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class Plan:
    """The requests of a document before any is sent: what `summarizer prompt` prints."""

    strategy: str
    figures: tuple[Chunk, ...]
    items: tuple[Chunk, ...]
    figures_template: Template
    items_template: Template
    overview_template: Template

    @property
    def templates(self) -> tuple[Template, ...]:
        """All three."""
        return self.figures_template, self.items_template, self.overview_template


@dataclass(frozen=True, slots=True)
class Extraction:
    """What the model's answers came to: names, items, and what went wrong on the way."""

    namings: tuple[Naming, ...]
    findings: tuple[Finding, ...]
    issues: tuple[Issue, ...]


def plan(sentences: Sequence[Sentence], schema: Schema, settings: Settings) -> Plan:
    """Which chunks are asked about with which templates. Raises ConfigError."""
    if settings.strategy == "verbatim":
        asked = [c for c in passages(sentences, chars=settings.chunk_chars) if c.asked]
        first = "verbatim.v1"
    else:
        asked = windows(sentences, chars=settings.chunk_chars, mentions=settings.chunk_mentions)
        first = "figures.v1"
    named = _templates([first, _items_name(schema), "overview.v1"], settings.prompts, schema)
    used = [template.limited(settings.examples) for template in named]
    return Plan(
        settings.strategy,
        tuple(asked),
        tuple(
            chunk
            for chunk in passages(sentences, chars=settings.chunk_chars)
            if asked_lists(schema, Passage(chunk))
        ),
        *used,
    )


def extract(  # noqa: PLR0913, PLR0917 — sentences and text become one parsed document
    plan: Plan,
    sentences: Sequence[Sentence],
    schema: Schema,
    asker: Asker,
    told: Told,
    text: CleanText,
) -> Extraction:
    """Send the plan's requests, as many at once as the model likes, and check what comes back.

    `told(step, done, total, found)` hears of progress, in the order of the chunks. Raises
    ModelUnavailable and other errors of the model's side that no smaller request can cure.
    """
    name = verbatim.name_figures if plan.strategy == "verbatim" else figures.name_figures

    def named(chunk: Chunk) -> tuple[list[Naming], list[Issue]]:
        return name(chunk, sentences, asker, plan.figures_template)

    def found(chunk: Chunk) -> tuple[list[Finding], list[Issue]]:
        return items.find_items(chunk, schema, asker, plan.items_template, text)

    def no_names(chunk: Chunk) -> list[Naming]:
        return figures.drafted(chunk, sentences)

    namings, naming_issues = _all(named, no_names, plan.figures, asker, _step("figures", told))
    findings, finding_issues = _all(found, lambda _: [], plan.items, asker, _step("items", told))
    return Extraction(tuple(namings), tuple(findings), (*naming_issues, *finding_issues))


def _all(
    ask: Callable[[Chunk], tuple[list[Result], list[Issue]]],
    instead: Callable[[Chunk], list[Result]],
    chunks: Sequence[Chunk],
    asker: Asker,
    told: Callable[[int, int, Sequence[Result]], None],
) -> tuple[list[Result], list[Issue]]:
    """Every chunk's results in the chunks' order, whichever answer came first."""
    results: list[Result] = []
    issues: list[Issue] = []
    told(0, len(chunks), ())
    pool = ThreadPoolExecutor(max_workers=asker.model.parallel)
    try:
        answers = pool.map(lambda chunk: _asked(ask, instead, chunk), chunks)
        for done, (some, wrong) in enumerate(answers, 1):
            results += some
            issues += wrong
            told(done, len(chunks), some)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    return results, issues


def _asked(
    ask: Callable[[Chunk], tuple[list[Result], list[Issue]]],
    instead: Callable[[Chunk], list[Result]],
    chunk: Chunk,
) -> tuple[list[Result], list[Issue]]:
    """One chunk's results; halved while its answer is too long, `instead` when none is any good."""
    try:
        return ask(chunk)
    except AnswerTruncated as error:
        smaller: Iterable[Chunk] = halves(chunk)
        reason = str(error)
    except AnswerRejected as error:
        smaller = ()
        reason = str(error)
    parts = [_asked(ask, instead, part) for part in smaller]
    if parts:
        return [r for some, _ in parts for r in some], [i for _, wrong in parts for i in wrong]
    issue = Issue(
        code="no_answer",
        severity="warning",
        message=f"no usable answer for “{chunk.text[:20]}…”: {reason}",
        ref=f"{chunk.sentences[0].raw.start}-{chunk.sentences[-1].raw.end}",
    )
    return instead(chunk), [issue]


def _templates(names: Sequence[str], wanted: str, schema: Schema) -> list[Template]:
    """The templates of these names, those of `wanted` in place of others of their kind.

    A template of a user's schema lies beside it. Raises ConfigError for an id that is of no kind
    used here, or that there is no file of.
    """
    kinds = {_kind(name): name for name in names}
    for given in filter(None, (one.strip() for one in wanted.split(","))):
        if _kind(given) not in kinds:
            raise ConfigError(
                f"prompts = {given!r} takes the place of none of: {', '.join(kinds.values())}"
            )
        kinds[_kind(given)] = given
    own = None if schema.is_shipped else schema.path.parent
    return [
        load_template(name, own if _kind(name) == f"items.{schema.name}" else None)
        for name in kinds.values()
    ]


def _kind(name: str) -> str:
    """A template's id without its version: figures, items.report."""
    return name.rpartition(".v")[0]


def _items_name(schema: Schema) -> str:
    """The schema's own words and examples if there are any, else the general ones.

    They lie in `prompts` for a shipped schema, beside the file for a user's, so that a user's
    `report.py` is not asked for with the shipped one's. The newest version is taken.
    """
    folder = resource("prompts") if schema.is_shipped else schema.path.parent
    own = re.compile(rf"items\.{re.escape(schema.name)}\.v(\d+)\.jinja")
    versions = [int(found[1]) for path in folder.iterdir() if (found := own.fullmatch(path.name))]
    return f"items.{schema.name}.v{max(versions)}" if versions else "items.v1"


def _step(name: str, told: Told) -> Callable[[int, int, Sequence[Naming | Finding]], None]:
    return lambda done, total, found: told(name, done, total, found)
