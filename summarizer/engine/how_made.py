"""What a summary says of how it was made: model, prompts, probes, versions, and what it cost."""

from __future__ import annotations

import functools
import sys
from importlib.metadata import PackageNotFoundError, version

from summarizer.engine.ask import StructuredCaller
from summarizer.engine.extract import Extraction
from summarizer.engine.planning import Plan
from summarizer.engine.probe import Namer, Probe, Tagger
from summarizer.engine.prompt import Template, load_template
from summarizer.engine.schema import Schema
from summarizer.provenance import Provenance

LIBRARIES = ("report-summarizer", "instructor", "openai", "pydantic", "opencc", "xllamacpp")


def how_made(plan: Plan, schema: Schema, asker: StructuredCaller, found: Extraction) -> Provenance:
    """Of which prompts and probes, planned or used later, by which model, and how many labels."""
    ours: list[Template | Probe | Tagger | Namer] = [
        *plan.templates.values(),
        *plan.probes.values(),
        *(one for one in (plan.tagger, plan.namer) if one is not None),
    ]
    planned = {one.id: one for one in ours}
    own = sum(not one.fault for one in found.namings)
    read = sum(bool(one.fault) and one.is_read for one in found.namings)
    states = {"states": read} if read else {}
    used = [planned.get(name) or load_template(name) for name in sorted(asker.asked)]
    return Provenance(
        model=asker.model.id,
        strategy=plan.strategy,
        labels={"model": own, "grammar": len(found.namings) - own - read} | states,
        prompts={template.id: template.hash for template in used},
        schema_hash=schema.hash,
        settings_hash="",
        versions={"python": sys.version.split()[0]} | _versions(),
        usage=asker.model.ledger.usage(),
    )


@functools.cache
def _versions() -> dict[str, str]:
    found = {}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:  # an extra that is not installed
            continue
    return found
