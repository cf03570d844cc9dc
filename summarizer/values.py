"""What every value that leaves the process is made of: frozen, exact, without unknown fields."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, PlainSerializer

Number = Annotated[
    Decimal, PlainSerializer(lambda value: f"{value:f}", return_type=str, when_used="json")
]
"""An exact number; in JSON a string without exponent: "10000", never "1E+4"."""


class Value(BaseModel):
    """A frozen pydantic value; unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")
