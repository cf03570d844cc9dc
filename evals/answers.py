"""Where summaries come from: a model asked live, or its recorded answers alone.

A cassette is one JSONL file a model, strategy and schema under `evals/cassettes/`; it holds what
was asked last and what was answered, never keys, headers or addresses.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, NoReturn

from summarizer.config import Settings, settings
from summarizer.errors import ConfigError, StoredAnswerMissing
from summarizer.models import Model, open_model
from summarizer.models.answer import Answer
from summarizer.models.store import Cassette, Entry, stored

from .lists import SCHEMA

CASSETTES = Path(__file__).parent / "cassettes"
Summarize = Callable[[Path], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Variant:
    """One cell of the matrix: who answers, how it is asked, and where answers are kept."""

    model: str = "local"
    strategy: str = "anchored"
    prompt: str = ""
    mode: Literal["replay", "live", "record"] = "replay"
    cassettes: Path = CASSETTES
    given: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        extra = [self.prompt, *(f"{k}={v}" for k, v in self.given.items() if k != "base_url")]
        return " ".join([self.model, self.strategy, *filter(None, extra)])

    @property
    def settings(self) -> Settings:
        """The settings of this cell. Raises ConfigError for one that does not exist."""
        known = {f.name for f in dataclasses.fields(Settings)}
        wanted = dict(self.given) | ({"prompts": self.prompt} if self.prompt else {})
        for name in wanted:
            if name not in known:
                raise ConfigError(f"there is no setting {name!r}; `summarizer settings` lists them")
        return settings(model=self.model, strategy=self.strategy, **wanted)

    @property
    def cassette(self) -> Path:
        slug = re.sub(r"[^\w.-]+", "-", _model_id(self.model)).strip("-.")[:80]
        schema = self.given.get("schema", SCHEMA)
        asked = "" if schema == SCHEMA else f".{re.sub(r'[^A-Za-z0-9_]+', '-', schema)}"
        return self.cassettes / f"{slug}.{self.strategy}{asked}.jsonl"

    @property
    def how_to_record(self) -> str:
        """The command that records what a replay misses."""
        return (
            f"to record it, with the model at hand: python -m evals record --model {self.model}"
            f" --strategy {self.strategy}"
            + (f" --schema {self.given['schema']}" if "schema" in self.given else "")
        )

    def described(self) -> dict[str, str]:
        """What a report says of this cell."""
        given = {"model": self.model, "strategy": self.strategy, "mode": self.mode}
        return given | ({"prompt": self.prompt} if self.prompt else {}) | self.given


class Heard:
    """The answers of this run, in memory."""

    where = "memory"

    def __init__(self) -> None:
        self._answers: dict[str, Answer] = {}

    def get(self, key: str) -> Answer | None:
        return self._answers.get(key)

    def put(self, entry: Entry) -> None:
        self._answers[entry.key] = entry.answer


class Watched:
    """A cassette that remembers which of its answers were used, and which were not there."""

    def __init__(self, cassette: Cassette) -> None:
        self.cassette = cassette
        self.where = cassette.where
        self.used: dict[str, Answer] = {}
        self.missing: set[str] = set()

    def get(self, key: str) -> Answer | None:
        answer = self.cassette.get(key)
        if answer is None:
            self.missing.add(key)
        else:
            self.used[key] = answer
        return answer

    def put(self, entry: Entry) -> None:
        self.cassette.put(entry)
        self.used[entry.key] = entry.answer
        self.missing.discard(entry.key)


@dataclass(frozen=True, slots=True)
class Session:
    """A way to summarize files, and the cassette behind it (None when a model is asked live).

    `again` summarizes from the answers that `summarize` was given, and asks nobody; its overview
    is an extract.
    """

    summarize: Summarize
    watched: Watched | None
    again: Summarize

    @property
    def used(self) -> frozenset[str]:
        """The keys of the stored answers that were used."""
        return frozenset(self.watched.used if self.watched else ())

    @property
    def obstacle(self) -> str:
        """What a replay lacked, even where the product made do without it; else empty."""
        if self.watched is None or not self.watched.missing:
            return ""
        missing = self.watched.missing
        return f"{self.watched.where} holds no answer to {len(missing)} requests"


@contextmanager
def opened(variant: Variant) -> Iterator[Session]:
    """A session of a variant; its model is closed at the end."""
    chosen = variant.settings
    from summarizer.engine.schema import load_schema
    from summarizer.pipeline import summarize

    schema = load_schema(chosen.schema)
    with _model(variant, chosen) as (model, watched, kept):

        def run(path: Path) -> dict[str, Any]:
            before = set(watched.used) if watched else set()
            summary = summarize(path, model=model, schema=schema, settings=chosen)
            given: dict[str, Any] = summary.model_dump(mode="json")
            if watched:
                _count(given, [a for k, a in watched.used.items() if k not in before])
            return given

        yield Session(run, watched, summarizer(stored(_silent(model.id), kept, "replay"), chosen))


def summarizer(model: Model, chosen: Settings) -> Summarize:
    """Summaries by a model that needs no opening, with an overview that nobody is asked for."""
    from summarizer.engine.schema import load_schema
    from summarizer.pipeline import summarize

    schema, extract = load_schema(chosen.schema), replace(chosen, overview="extract")

    def make(path: Path) -> dict[str, Any]:
        summary = summarize(path, model=model, schema=schema, settings=extract)
        given: dict[str, Any] = summary.model_dump(mode="json")
        return given

    return make


def prune(path: Path, used: AbstractSet[str]) -> int:
    """Drop the answers of a cassette that nothing asked for; how many those were."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if json.loads(line)["key"] in used]
    if len(kept) < len(lines):
        path.write_text("".join(kept), encoding="utf-8", newline="\n")
    return len(lines) - len(kept)


@contextmanager
def _model(
    variant: Variant, chosen: Settings
) -> Iterator[tuple[Model, Watched | None, Heard | Cassette]]:
    """The model, the cassette that is watched, and where the answers of this run can be found."""
    if variant.mode == "live":
        heard = Heard()
        with open_model(variant.model, chosen) as model:
            yield stored(model, heard, "refresh"), None, heard
        return
    watched = Watched(Cassette(variant.cassette))
    if variant.mode == "replay":
        silent = _silent(_model_id(variant.model))
        yield stored(silent, watched, "replay"), watched, watched.cassette
        return
    variant.cassettes.mkdir(parents=True, exist_ok=True)
    with open_model(variant.model, chosen) as model:  # `--set store=off` asks everything anew
        yield stored(model, watched, "use"), watched, watched.cassette


def _silent(name: str) -> Model:
    """A model that has the id of another and cannot be asked: replay needs no more."""

    def refuse(**_: Any) -> NoReturn:
        raise StoredAnswerMissing(f"{name} is replayed, it cannot be asked")

    return Model(id=name, create=refuse)


def _model_id(spec: str) -> str:
    """The id that stored answers carry; the embedded model's is known without loading it."""
    if spec == "local" or spec.startswith("local:"):
        return open_model(spec, replace(settings(model=spec), store="off")).id
    return spec


def _count(given: dict[str, Any], answers: list[Answer]) -> None:
    """Put what recorded answers once cost in the place of a replay's zeros."""
    usage = given["provenance"]["usage"]
    usage["requests"] = usage["requests"] or len(answers)
    usage["prompt_tokens"] = usage["prompt_tokens"] or sum(a.prompt_tokens for a in answers)
    usage["completion_tokens"] = usage["completion_tokens"] or sum(
        a.completion_tokens for a in answers
    )
