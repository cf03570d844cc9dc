"""What the options of `summarizer batch` say, as values; each refuses what cannot be meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal
    from pathlib import Path

    from summarizer.batch.budget import Budget


def tolerance_of(text: str) -> float | None:
    """How many failures are tolerated, or (between 0 and 1) which share; None is any number.

    >>> tolerance_of("none"), tolerance_of("3"), tolerance_of("5%"), tolerance_of("0.2")
    (None, 3.0, 0.05, 0.2)
    >>> tolerance_of("100%") is None
    True
    """
    from summarizer.errors import ConfigError

    if text in ("none", "100%"):
        return None
    try:
        value = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        value = -1.0
    most = 1.0 if text.endswith("%") else float("inf")
    if not 0 <= value < most or (value > 1 and value % 1):
        raise ConfigError(f"--fail-on-error {text!r}: none, a number (3) or a share (0.05, 5%)")
    return value


def via_of(via: str | None, model: str) -> str:
    from summarizer.errors import ConfigError

    if via not in (None, "batch-api"):
        raise ConfigError(f"--via {via!r} must be: batch-api")
    if via and model.partition(":")[0] == "local":
        raise ConfigError("--via batch-api needs a model at an endpoint; the embedded one has none")
    return via or ""


def engine_of(engine: str, via: str | None, address: str | None) -> str:
    from summarizer.batch import ENGINES
    from summarizer.errors import ConfigError

    if engine not in ENGINES:
        raise ConfigError(f"--engine {engine!r} must be one of: {', '.join(ENGINES)}")
    if address is not None and engine != "ray":
        raise ConfigError("--address is that of a Ray cluster; it needs --engine ray")
    if via and engine == "ray":
        raise ConfigError("--via batch-api sends files to the provider; --engine ray adds nothing")
    return engine


def budget_of(tokens: int | None, cost: str | None, deadline: str | None) -> Budget:
    from summarizer.batch.budget import Budget, seconds_of

    return Budget(
        tokens,
        None if cost is None else _amount(cost),
        None if deadline is None else seconds_of(deadline),
    )


def _amount(text: str) -> Decimal:
    from decimal import Decimal, InvalidOperation

    from summarizer.errors import ConfigError

    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal(-1)
    if not value.is_finite() or value <= 0:
        raise ConfigError(f"--max-cost {text!r} is no amount of money")
    return value


def place_of(out: str | None, *, needed: bool) -> Path:
    import os
    from pathlib import Path

    from summarizer.cli.output import followed, place
    from summarizer.errors import ConfigError

    path = place(out)
    if path is None and not needed:
        return Path(os.devnull)
    if path is None or (path.exists() and not path.is_file()):
        raise ConfigError("name a file with -o OUT.jsonl: the journal of the batch lies beside it")
    return followed(path)


def listed() -> list[str]:
    import os
    import sys

    from summarizer.errors import InputError

    if sys.stdin is None:
        raise InputError("- is a list on standard input, and that is closed")
    listed = sys.stdin.buffer.read()
    lines = listed.split(b"\0") if b"\0" in listed else listed.splitlines()
    return [os.fsdecode(line) for line in lines if line.strip()]
