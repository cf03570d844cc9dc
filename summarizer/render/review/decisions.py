"""The file that the page exports: what a reader decided about each document."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from summarizer.errors import InputError
from summarizer.values import Value

Verdict = Literal["right", "wrong", "unsure", "edited", "added"]
Place = Annotated[tuple[int, int], Field(description="start and end in the raw text")]


class Added(Value):
    """Where a missed thing stands, and what it is: `figures`, or a list of the schema."""

    kind: str
    span: Place


class Decision(Value):
    """What was decided about one thing: a figure, an item, a tally (`t12-17`), or an added one."""

    ref: str
    verdict: Verdict
    at: str = ""
    by: str = ""
    fields: dict[str, Any] = Field(default_factory=dict)
    add: Added | None = None
    text: str = ""
    span: Place | None = None


class DocumentDecisions(Value):
    """The decisions about one summary; `digest` says of which."""

    source: str
    digest: str
    decisions: tuple[Decision, ...]

    def by_ref(self) -> dict[str, Decision]:
        """The decisions by what they are about."""
        return {one.ref: one for one in self.decisions}

    def without(self, refs: Collection[str]) -> DocumentDecisions:
        """The same but for what is said of some refs."""
        kept = tuple(one for one in self.decisions if one.ref not in refs)
        return self.model_copy(update={"decisions": kept})


class Decisions(Value):
    """A whole file."""

    format: Literal["summarizer.review/1"]
    reviewer: str = ""
    made: str = ""
    documents: dict[str, DocumentDecisions]

    def by_summary(self) -> dict[tuple[str, str], DocumentDecisions]:
        """The decisions by the document's id and the summary's digest.

        The file's keys are both, `ID.DIGEST`; those of earlier pages were the id alone.
        """
        return {
            (key.removesuffix(f".{one.digest}"), one.digest): one
            for key, one in self.documents.items()
        }


def load_decisions(text: str, source: str) -> Decisions:
    """The decisions in a text. Raises InputError for what is none."""
    try:
        return Decisions.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the file"
        raise InputError(
            f"{source} is no export of a review page: {where}: {first['msg']}"
        ) from error


def merged(several: Sequence[Decisions]) -> Decisions:
    """Several exports as one; of what is decided twice the later word counts."""
    if len(several) == 1:
        return several[0]
    found: dict[tuple[str, str], DocumentDecisions] = {}
    for decisions in several:
        for key, one in decisions.by_summary().items():
            known = found[key].by_ref() if key in found else {}
            for ref, decision in one.by_ref().items():
                if ref not in known or not decision.at < known[ref].at:
                    known[ref] = decision
            found[key] = one.model_copy(update={"decisions": tuple(known.values())})
    reviewers = dict.fromkeys(one.reviewer for one in several if one.reviewer)
    documents = {f"{key}.{digest}": one for (key, digest), one in found.items()}
    return Decisions(
        format="summarizer.review/1", reviewer=", ".join(reviewers), documents=documents
    )
