"""How a summary came about: which document, which model, which prompts, and what it cost."""

from __future__ import annotations

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer

from summarizer.values import Number, Value


class Usage(Value):
    """What the answers cost. `cost` is None where no price is known."""

    requests: int = 0
    reasks: int = 0
    cached: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    seconds: float = 0.0
    cost: Number | None = None


class Provenance(Value):
    """How a summary came about, enough to make it again."""

    model: str
    strategy: str
    prompts: dict[str, str] = Field(description="id → hash, of every prompt that was asked")
    labels: dict[str, int] = Field(
        default_factory=dict,
        description="how many labels are of the model's words, of its states, of the grammar",
    )
    schema_hash: str
    settings_hash: str
    versions: dict[str, str]
    usage: Usage


class DocumentInfo(Value):
    """What a summary says about its document; `text` is there under --with-source only.

    A document of which nothing was recognised does not speak of it.
    """

    id: str
    source: str
    encoding: str
    media_type: str
    characters: int
    replaced: int = 0
    set_aside: dict[str, int] = Field(default_factory=dict, description="region kind → characters")
    left_out: dict[str, int] = Field(
        default_factory=dict, description="kind → how much of the file was not read as text"
    )
    recognised: tuple[int, ...] = Field(
        default=(), description="pages of a PDF, from 1, whose text was recognised in a picture"
    )
    text: str | None = None

    @model_serializer(mode="wrap")
    def _without_absent_pages(self, serialize: SerializerFunctionWrapHandler):  # type: ignore[no-untyped-def]  # noqa: ANN202 — a type would stand in the JSON Schema
        told = serialize(self)
        if not self.recognised:
            told.pop("recognised", None)
        return told
