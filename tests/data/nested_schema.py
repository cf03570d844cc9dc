"""A schema with every place in which a model may write words: nested, listed, optional, verbatim."""

from pydantic import BaseModel

from summarizer.types import Item, Summary, Verbatim


class Party(BaseModel):
    """Who takes part."""

    called: str
    duty: str | None = None


class Work(Item):
    """一项工作"""

    what: str
    where: Verbatim
    result: str | None = None
    steps: tuple[str, ...] = ()
    lead: Party
    others: list[Party] | None = None


class Works(Summary):
    """Works."""

    works: tuple[Work, ...] = ()
