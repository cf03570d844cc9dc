"""What a run may spend, and what it has spent: tokens, money, time."""

from __future__ import annotations

import re
import threading
import time
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from summarizer.errors import ConfigError
from summarizer.models.ledger import Row

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


@dataclass(frozen=True, slots=True)
class Price:
    """What a model's tokens cost, a million of them, in some currency."""

    prompt: Decimal
    completion: Decimal
    currency: str = "USD"

    def of(self, prompt_tokens: int, completion_tokens: int) -> Decimal:
        """What so many tokens cost.

        >>> Price(Decimal("0.15"), Decimal("0.60")).of(1_000_000, 500_000)
        Decimal('0.45')
        """
        paid = prompt_tokens * self.prompt + completion_tokens * self.completion
        return paid / 1_000_000


def load_price(path: Path, model: str) -> Price:
    """The price of a model in a price file. Raises ConfigError when it is not there.

    The file is TOML: `currency = "USD"`, and a table a model, `["qwen3"]`, with
    `prompt = "0.15"` and `completion = "0.60"` for a million tokens each.
    """
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"the price file {path} cannot be read: {error}") from error
    row = found.get(model)
    if not isinstance(row, dict):
        raise ConfigError(f'the price file {path} has no table ["{model}"]')
    currency = found.get("currency", "USD")
    if not isinstance(currency, str) or not currency.isprintable():
        raise ConfigError(f'{path}: currency must be a word, as "USD"')
    try:
        return Price(_price(row["prompt"]), _price(row["completion"]), currency)
    except (KeyError, InvalidOperation, ValueError) as error:
        raise ConfigError(
            f'{path}, ["{model}"]: prompt and completion must be prices of a million tokens'
        ) from error


def _price(value: object) -> Decimal:
    """Raises InvalidOperation for what is no number, ValueError for one that is no price."""
    price = Decimal(str(value))
    if not price.is_finite() or price < 0:
        raise ValueError(f"{value} is no price")
    return price


def seconds_of(text: str) -> float:
    """A length of time as people write it. Raises ConfigError.

    >>> seconds_of("90"), seconds_of("1h30m"), seconds_of("2d")
    (90.0, 5400.0, 172800.0)
    """
    if re.fullmatch(r"\d+(\.\d+)?", text):
        return float(text)
    parts = re.findall(r"(\d+)([smhd])", text)
    if not parts or "".join(n + unit for n, unit in parts) != text:
        raise ConfigError(f"{text!r} is no length of time; 90, 45m, 8h, 1d12h are")
    return float(sum(int(n) * _UNITS[unit] for n, unit in parts))


@dataclass(frozen=True, slots=True)
class Budget:
    """The most that one run may spend; None is without limit."""

    tokens: int | None = None
    cost: Decimal | None = None
    seconds: float | None = None


class Spending:
    """What this run has spent on answers that were made for it; stored ones cost nothing.

    Threads share it. `close` is called as soon as the budget is used up, from whichever thread
    spent the last of it.
    """

    def __init__(self, budget: Budget, price: Price | None, close: Callable[[], None]) -> None:
        self._budget, self._price, self._close = budget, price, close
        self._lock = threading.Lock()
        self._started = time.monotonic()
        self.prompt_tokens = 0
        self.completion_tokens = 0
        self.requests = 0

    @property
    def tokens(self) -> int:
        return self.prompt_tokens + self.completion_tokens

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._started

    @property
    def cost(self) -> Decimal | None:
        """Money spent; None without a price."""
        if self._price is None:
            return None
        return self._price.of(self.prompt_tokens, self.completion_tokens)

    @property
    def currency(self) -> str:
        return self._price.currency if self._price else ""

    def add(self, row: Row) -> None:
        """Count an answer."""
        if row.cached:
            return
        with self._lock:
            self.requests += 1
            self.prompt_tokens += row.prompt_tokens
            self.completion_tokens += row.completion_tokens
        if self.over():
            self._close()

    def over(self) -> str:
        """What is used up, in words; empty while there is some left."""
        budget = self._budget
        if budget.tokens is not None and budget.tokens <= self.tokens:
            return f"the budget of {budget.tokens:,} tokens is used up"
        cost = self.cost
        if budget.cost is not None and cost is not None and budget.cost <= cost:
            return f"the budget of {budget.cost} {self.currency} is used up"
        if budget.seconds is not None and budget.seconds <= self.seconds:
            return "the deadline is reached"
        return ""
