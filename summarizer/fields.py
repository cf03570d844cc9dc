"""What a schema's author imports: what a field may be, and `ask`, which says what it is asked for.

A *pick* is a field whose value is a place in the source: a quantity or a date that the grammar
found and a model chose by its key. No number is written by a model, so each is proved.

    from summarizer.fields import Money, Summary, ask

    class Indicators(Summary):
        \"\"\"政府工作报告的主要指标\"\"\"
        gdp: Money | None = ask("上年地区生产总值,绝对数", year=-1)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from inspect import signature
from types import NoneType
from typing import Annotated, Any, ClassVar, get_args

from pydantic import BaseModel, Field

from summarizer import types
from summarizer.keywords import refuse_most, refuse_switch, tellable
from summarizer.types import (
    Bound,
    Evidence,
    KindOfName,
    NameOfQuantity,
    ProperName,
    QuantityKind,
    RoleOfName,
    Span,
    Verbatim,
)
from summarizer.values import Number, Value

__all__ = [
    "Area",
    "Change",
    "Count",
    "Day",
    "Duration",
    "Item",
    "KindOfName",
    "Length",
    "Mass",
    "Money",
    "NameOfQuantity",
    "Percent",
    "Period",
    "ProperName",
    "Quantity",
    "RoleOfName",
    "Summary",
    "Verbatim",
    "Volume",
    "ask",
]


_OF_FIELD = frozenset(signature(Field).parameters) - {"extra"}


@dataclass(frozen=True, slots=True)
class Unit:
    """The unit that a pick must have: `Count["人"]`."""

    name: str


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known of a field beside its words.

    `year` is told from the report's own: -1 is the year before; `goal`: whether it is a plan's
    number; `where`: a word of the sections in which it is looked for a second time.
    """

    year: int | None = None
    goal: bool | None = None
    where: str | None = None
    unit: str | None = None


def ask(
    text: str,
    *,
    year: int | None = None,
    goal: bool | None = None,
    where: str | None = None,
    unit: str | None = None,
    **more: Any,
) -> Any:
    """A field with what the model is told of it: `Field(description=text)` with hints.

    One that may be null is null by default. `more` is what pydantic's `Field` takes. Raises
    TypeError for a hint that there is none of.

    >>> ask("涉及金额", year=-1).description
    '涉及金额'
    """
    for name in more:
        if name not in _OF_FIELD:
            raise TypeError(
                f"ask() has no hint {name!r}; it has year, goal, where, unit, and what Field takes"
            )
    info = Field(description=text, **more)
    info.metadata.append(Hints(year, goal, where, unit))
    return info


class Pick(Value):
    """Base of values that stand in the source: `text` is the clean text of `span`, the raw place.

    `also_at` are other places that say the same.
    """

    text: str
    span: Span
    evidence: Evidence
    also_at: tuple[Span, ...] = ()

    def __class_getitem__(cls, unit: Any) -> Any:
        """`Count["人"]`: one of this unit only."""
        if not isinstance(unit, str) or not unit.strip():
            raise TypeError(
                f'{cls.__name__}[{unit!r}] names no unit: write it as a text, as in Count["人"]'
            )
        return Annotated[cls, Unit(unit)]


class Quantity(Pick):
    """A quantity of any kind; value, unit and bound are the grammar's, as in a figure."""

    kinds: ClassVar[frozenset[str]] = frozenset()  # of any kind

    value: Number
    high: Number | None = None
    unit: str | None = None
    base_value: Number | None = None
    base_unit: str | None = None
    bound: Bound = "exact"
    kind: QuantityKind
    implied_unit: bool = False
    per: str | None = None


class Money(Quantity):
    """A sum of money."""

    kinds: ClassVar[frozenset[str]] = frozenset({"money"})


class Percent(Quantity):
    """A share or a rate in percent, not in percentage points."""

    kinds: ClassVar[frozenset[str]] = frozenset({"percent"})


class Count(Quantity):
    """A number of things: `Count["人"]`."""

    kinds: ClassVar[frozenset[str]] = frozenset({"count"})


class Area(Quantity):
    """An area."""

    kinds: ClassVar[frozenset[str]] = frozenset({"area"})


class Length(Quantity):
    """A length."""

    kinds: ClassVar[frozenset[str]] = frozenset({"length"})


class Mass(Quantity):
    """A weight."""

    kinds: ClassVar[frozenset[str]] = frozenset({"mass"})


class Volume(Quantity):
    """A volume."""

    kinds: ClassVar[frozenset[str]] = frozenset({"volume"})


class Duration(Quantity):
    """How long something takes or lasts: 30日, 3年."""

    kinds: ClassVar[frozenset[str]] = frozenset({"duration"})


class Change(Quantity):
    """A quantity with the direction of its clause: 增长 is above zero, 下降 below, 持平 zero.

    `direction` are the words that say so. A place whose clause has none cannot be picked.
    """

    direction: str


class Day(Pick):
    """A date or a deadline: the first and the last day that it means, where the text says which.

    `bound` is at_most for 12月底前 and 30日内; `derived` says that the report's own year was
    needed (今年底, 12月底).
    """

    start: str | None = None
    end: str | None = None
    bound: Bound = "exact"
    derived: bool = False


class Period(Day):
    """A stretch of time: 2021—2023年, 上半年, 3月1日至5月31日."""


class Item(types.Item):
    """Base of whatever a schema lists.

    `proofs` are the passages that say a field, where they are not those of the whole item.
    `class Stat(Item, key="name", most=None)`: `key` is what makes two items one, `most` how many a
    sentence may tell of.
    """

    __most__: ClassVar[int | None] = None

    proofs: dict[str, tuple[Evidence, ...]] = Field(default_factory=dict)

    def __init_subclass__(cls, *, most: int | None = None, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        refuse_most(cls, most)
        if most is not None:
            cls.__most__ = most

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        kwargs.pop("most", None)
        super().__pydantic_init_subclass__(**kwargs)
        _null_by_default(cls)


class Summary(types.Summary):
    """The whole result for a document; `proofs` are the passages that say a field of its own.

    `class Indicators(Summary, labels=False, overview=False, headline="gdp")`: no label is asked for
    and no overview is written (or of `("projects", "figures")` alone); `headline` is shown first.
    """

    __labels__: ClassVar[bool] = True
    __overview__: ClassVar[bool | tuple[str, ...]] = True
    __headline__: ClassVar[str | None] = None

    proofs: dict[str, tuple[Evidence, ...]] = Field(default_factory=dict)

    def __init_subclass__(
        cls,
        *,
        labels: bool | None = None,
        overview: bool | str | Sequence[str] | None = None,
        headline: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init_subclass__(**kwargs)
        refuse_switch(cls, "labels", labels)
        cls.__labels__ = cls.__labels__ if labels is None else labels
        cls.__overview__ = cls.__overview__ if overview is None else tellable(cls, overview)
        cls.__headline__ = cls.__headline__ if headline is None else headline

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(
            **{k: v for k, v in kwargs.items() if k not in ("labels", "overview", "headline")}
        )
        _null_by_default(cls)


def hints(metadata: Any) -> Hints:
    """The hints among a field's metadata; none of them where it has none."""
    return next((one for one in metadata if isinstance(one, Hints)), Hints())


def _null_by_default(cls: type[BaseModel]) -> None:
    """Let fields that were declared by `ask` and may be null be null where nothing is said."""
    fields = [
        field
        for field in cls.model_fields.values()
        if field.is_required()
        and any(isinstance(mark, Hints) for mark in field.metadata)
        and NoneType in get_args(field.annotation)
    ]
    for field in fields:
        field.default = None
    if fields:
        cls.model_rebuild(force=True)
