"""What is asked of a document, before anything is: passages, with their prompts and probes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from summarizer.config import Settings
from summarizer.documents.language import Language
from summarizer.engine import figures
from summarizer.engine.chunk import Chunk, Wanted, passages, windows
from summarizer.engine.item_passages import item_passages
from summarizer.engine.marked import readings
from summarizer.engine.probe import Namer, Probe, Readout, Tagger, namer_of, probes, tagger_of
from summarizer.engine.prompt import Template
from summarizer.engine.schema import Schema
from summarizer.engine.templates import JUDGE, templates_for
from summarizer.engine.worth import worth_asking
from summarizer.zh.segment import Sentence


@dataclass(frozen=True, slots=True)
class Plan:
    """The requests of a document before any is sent: what `summarizer prompt` prints.

    Either whole `passages` are read, or labels and items are asked for apart, each in its chunks.
    `language` is the one in which all is asked.
    """

    strategy: str
    figures: tuple[Chunk, ...] = ()
    items: tuple[Chunk, ...] = ()
    passages: tuple[Chunk, ...] = ()
    templates: Mapping[str, Template] = field(default_factory=dict)
    language: Language = "zh"
    probes: Mapping[str, Probe] = field(default_factory=dict)
    tagger: Tagger | None = None
    namer: Namer | None = None
    readout: Readout = field(default_factory=Readout)

    @property
    def judges(self) -> dict[str, Template]:
        """The templates that judge what may be an item, by the name of its list."""
        judging = (kind for kind in self.templates if kind.startswith(JUDGE))
        return {kind.removeprefix(JUDGE): self.templates[kind] for kind in judging}

    @property
    def asked_first(self) -> str:
        """The kind of template that asks for figures alone."""
        return "verbatim" if self.strategy == "verbatim" else "figures"


def plan(
    sentences: Sequence[Sentence],
    schema: Schema,
    settings: Settings,
    language: Language = "zh",
    model_id: str = "",
) -> Plan:
    """Which chunks are asked about with which templates, and read with which probes.

    Whole passages are asked about in the document's `language`, all else in Chinese. Raises
    ConfigError.
    """
    chars, most = settings.chunk_chars, settings.chunk_mentions
    if settings.strategy == "anchored" and settings.request == "passage":
        first = "passage"
        asked = readings(sentences, chars=chars, mentions=most, with_cells=schema.has_picks)
        asked = [chunk for chunk in asked if worth_asking(chunk, schema)]
    elif settings.strategy == "verbatim":
        first = "verbatim"
        asked = [c for c in passages(sentences, chars=chars) if c.asked]
    else:
        first = "figures"
        wanted = _wanted(sentences, settings) if schema.asks_labels else (lambda _: ())
        asked = windows(sentences, chars=chars, mentions=most, wanted=wanted)
    language = language if first == "passage" else "zh"
    named = templates_for(first, settings.prompts, schema, language)
    used = {
        kind: template if kind.startswith(JUDGE) else template.limited(settings.examples)
        for kind, template in named.items()
    }
    if first == "passage":
        return Plan(settings.strategy, (), (), tuple(asked), used, language)
    tagger, of_names = tagger_of(model_id), {one.name for one in schema.lists if one.names}
    probed = probes(schema, model_id) if settings.judgement == "odds" else {}
    if tagger is None:  # nobody tells its names
        probed = {name: probe for name, probe in probed.items() if name not in of_names}
    listed = item_passages(sentences, schema, used, settings, probed)
    return Plan(
        settings.strategy,
        tuple(asked),
        tuple(listed),
        templates=used,
        probes=probed,
        tagger=tagger if of_names & set(probed) else None,
        namer=namer_of(model_id) if _may_be_named(schema, settings) else None,
    )


def _may_be_named(schema: Schema, settings: Settings) -> bool:
    """Whether numbers whose drafts are doubtful are named by what a model holds of the text."""
    is_anchored = settings.strategy == "anchored" and settings.asked_labels == "doubtful"
    return is_anchored and schema.asks_labels and settings.judgement == "odds"


def _wanted(sentences: Sequence[Sentence], settings: Settings) -> Wanted:
    """Which quantities are asked about: all, or those whose drafts are doubtful."""
    if settings.asked_labels == "doubtful" and settings.strategy == "anchored":
        return lambda sentence: figures.doubted(sentence, sentences)
    return lambda sentence: sentence.mentions
