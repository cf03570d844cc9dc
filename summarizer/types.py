"""The nouns. What leaves the process is a frozen pydantic model, what stays is a slotted dataclass.

All spans that leave the process count code points of the *raw* decoded text, end exclusive:
`document.text[span.start:span.end] == evidence.quote`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, Field, SerializerFunctionWrapHandler, model_serializer

from summarizer.keywords import names_of, refuse_unknown
from summarizer.provenance import DocumentInfo, Provenance
from summarizer.values import Number, Value
from summarizer.visible import one_line

if TYPE_CHECKING:
    from summarizer.documents.tables import Grid

Bound = Literal["exact", "about", "over", "under", "at_least", "at_most", "range"]
QuantityKind = Literal[
    "money",
    "count",
    "percent",
    "percent_point",
    "area",
    "length",
    "mass",
    "volume",
    "duration",
    "age",
    "ratio",
    "frequency",
    "other",
]
MentionKind = Literal[
    "quantity",
    "date",
    "time",
    "ordinal",
    "list_marker",
    "enumeration",
    "slogan",
    "identifier",
    "name",
    "idiom",
    "indefinite",
    "unknown",
]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch `[start, end)` of a text, in code points.

    >>> "投入500余万元"[Span(2, 8).slice]
    '500余万元'
    """

    start: int
    end: int

    @property
    def slice(self) -> slice:
        return slice(self.start, self.end)

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        return not (other.start < self.start or self.end < other.end)


Box = tuple[float, float, float, float]
"""Where something stands on a page: left, bottom, right, top, in points."""


@dataclass(frozen=True, slots=True)
class Document:
    """One input as read: the raw decoded text and where it came from.

    `id` is the first 16 hex digits of the sha256 of the bytes; `replaced` counts bytes that could
    not be decoded and stand as U+FFFD in `text`; `pages` are the starts of a PDF's pages in `text`;
    `left_out` says how much of the file is not in `text`, by kind, as docs/cleaning.md lists them;
    `grids` are its tables, whose cells stand in `text`; `boxes` say where each line of a PDF begins
    in `text`, and where on its page it stands; `recognised` are the pages, counted from 1, whose
    text was recognised in a picture.
    """

    id: str
    source: str
    text: str
    encoding: str = "utf-8"
    media_type: str = "text/plain"
    replaced: int = 0
    pages: tuple[int, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict, hash=False)
    grids: tuple[Grid, ...] = field(default=(), hash=False, repr=False)
    boxes: tuple[tuple[int, Box], ...] = field(default=(), hash=False, repr=False)
    recognised: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Quantity:
    """What a numeral with its unit says.

    `value` has its scale applied (2.8万亩 is 28000) and is never a float; `high` is the upper end
    of a range; `unit` is the surface in simplified characters without scale; `base_value` and
    `base_unit` give the same in m², kg, 元 … where that is defined; `implied_unit` says that the
    unit stands nowhere in the mention (投入1000万资金); `per` is the unit a rate is taken over.
    """

    value: Decimal
    unit: str | None
    kind: QuantityKind
    bound: Bound = "exact"
    high: Decimal | None = None
    base_value: Decimal | None = None
    base_unit: str | None = None
    implied_unit: bool = False
    per: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a numeral stands, whatever it turns out to be.

    `span` counts the raw text, `at` the text that was searched (they differ when that was cleaned);
    `text` is the searched text at `at`; `quantity` is None unless `kind` is "quantity"; `rule`
    names the rule of the inventory that decided.
    """

    id: str
    span: Span
    text: str
    kind: MentionKind
    quantity: Quantity | None
    at: Span
    rule: str = ""


class Evidence(Value):
    """A passage of the source that proves something: `source_text[span] == quote`.

    `page` is the page of a PDF, counted from 1, and `box` where its lines are: left, bottom,
    right and top, in points from the lower left corner. What has no box does not speak of one.
    """

    span: Span
    quote: str
    page: int | None = None
    box: Box | None = None

    @model_serializer(mode="wrap")
    def _without_absent_box(self, serialize: SerializerFunctionWrapHandler):  # type: ignore[no-untyped-def]  # noqa: ANN202 — a type would stand in the JSON Schema
        told = serialize(self)
        if self.box is None:
            told.pop("box", None)
        return told


Confidence = Annotated[float, Field(ge=0, le=1)]


class Figure(Value):
    """A quantity of the source with the words for what it measures.

    `confidence` is how likely the label says it rightly, 0 to 1; None where that is not known.
    """

    id: str
    label: str
    subject: str | None = None
    period: str | None = None
    text: str
    span: Span
    value: Number
    high: Number | None = None
    unit: str | None = None
    base_value: Number | None = None
    base_unit: str | None = None
    bound: Bound = "exact"
    kind: QuantityKind
    implied_unit: bool = False
    per: str | None = None
    evidence: Evidence
    also_at: tuple[Span, ...] = ()
    confidence: Confidence | None = None


Verbatim = Annotated[str, "verbatim"]
"""A string that must stand, letter for letter, in the sentences its item cites."""

NameOfQuantity = Annotated[str, "verbatim", "name of quantity"]
"""A verbatim string that is what the item's quantity is called: 第一产业增加值."""

NameKind = Literal["person", "village", "organisation", "project", "place"]

ProperName = Annotated[str, "verbatim", "name"]
"""A verbatim string that is one of the proper names the grammar found: the model only picks."""

KindOfName = Annotated[NameKind, "kind of name"]
"""What the item's proper name names; the grammar knows it, so a small model is not asked."""


RoleOfName = Annotated[str, "role of name"]
"""What stands beside the item's proper name as its role, "" where nothing does.

Read off the text for a small model; a leading one is asked.
"""


class Item(Value):
    """Base of whatever a schema lists. Subclasses add fields; evidence and figures are proved.

    `class Problem(Item, key=("who", "what"))` declares what makes two of them one: items that
    agree in these fields are merged. Without a key they merge only when all they say agrees.
    `confidence` is how likely it is an item of its list, 0 to 1; None where that is not known.
    """

    __key__: ClassVar[tuple[str, ...]] = ()

    id: str
    evidence: tuple[Evidence, ...]
    figures: tuple[str, ...] = ()
    confidence: Confidence | None = None

    def __init_subclass__(cls, *, key: tuple[str, ...] | str | None = None, **kwargs: Any) -> None:
        refuse_unknown(cls, kwargs)
        super().__init_subclass__(**kwargs)
        if key is not None:
            cls.__key__ = names_of(cls, key)

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """Take the declared key away from pydantic, which knows none."""
        kwargs.pop("key", None)
        super().__pydantic_init_subclass__(**kwargs)


class Issue(Value):
    r"""Something true and unwelcome about a result; `ref` is an id or a raw `start-end`.

    Whatever the message quotes, of a document or of a model, it is one line without what acts:

    >>> Issue(code="item_dropped", severity="info", message="dropped: \x1b[2J修路").message
    'dropped: \\u001b[2J修路'
    """

    code: str
    severity: Literal["info", "warning", "error"]
    message: Annotated[str, AfterValidator(one_line)]
    ref: str | None = None


class Tally(Value):
    """A numeral that became no figure, and why."""

    span: Span
    text: str
    reason: str


class Coverage(Value):
    """What became of every quantity mention: found = figures + merged + set_aside + missed.

    `unaccounted` stands beside that sum: numerals that are no quantity for want of a unit or of a
    reading (其余28216贫困人口). Dates, ordinals, slogans and names are no numbers of anything.
    """

    found: int
    figures: int
    merged: int
    set_aside: tuple[Tally, ...] = ()
    missed: tuple[Tally, ...] = ()
    unaccounted: tuple[Tally, ...] = ()


class Summary(Value):
    """The whole result for a document. A schema subclasses it and adds lists of its items."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        refuse_unknown(cls, kwargs)
        super().__init_subclass__(**kwargs)

    schema_id: str
    document: DocumentInfo
    title: str | None = None
    place: str | None = None
    period: str | None = None
    publisher: str | None = None
    overview: str = ""
    figures: tuple[Figure, ...] = ()
    coverage: Coverage
    issues: tuple[Issue, ...] = ()
    provenance: Provenance
