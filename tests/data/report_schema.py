"""A schema as a user writes it: measures by category, exemplars, and a scalar of its own."""

from typing import Literal

from pydantic import Field

from summarizer.types import Item, Summary, Verbatim


class Measure(Item):
    """What was done."""

    title: str
    category: Literal["产业", "住房", "教育", "组织"]
    partner: str | None = Field(default=None, title="Who with", description="合作单位,不超过15字")


class Exemplar(Item):
    """Who is held up as an example."""

    name: Verbatim
    kind: Literal["person", "place", "organisation"]
    role: str | None = None
    deed: str


class Report(Summary):
    """A work report."""

    measures: tuple[Measure, ...] = ()
    exemplars: tuple[Exemplar, ...] = ()
    outlook: str | None = None
