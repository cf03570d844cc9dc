"""The requests that `summarize` sends first, for tests that look at them."""

from summarizer.documents.read import Limits, read
from summarizer.engine.previews import previews
from summarizer.engine.schema import load_schema
from summarizer.pipeline import planned
from summarizer.types import Document


def first_sent(source, settings):
    """Each with a title: those that answers lead to are not among them."""
    document = source if isinstance(source, Document) else read(source, bounds=Limits.of(settings))
    schema = load_schema(settings.schema)
    prepared = planned(document, schema, settings)
    return previews(prepared.plan, prepared.parsed, schema, settings)
