"""`bench [NAME…]`: the benchmarks of `evals/bench/`, side by side with other tools."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from summarizer.errors import ConfigError

FOLDER = Path(__file__).parent.parent / "bench"


def bench(
    names: Annotated[list[str] | None, typer.Argument(help="Which; all without a name.")] = None,
) -> None:
    """Run benchmarks. Each is a module of evals/bench with a `main()`."""
    known = sorted(p.stem for p in FOLDER.glob("[!_]*.py"))
    for name in names or known:
        if name not in known:
            raise ConfigError(f"there is no benchmark {name!r}; there are: {', '.join(known)}")
    codes = [_run(name) for name in names or known]
    raise typer.Exit(max(codes))


def _run(name: str) -> int:
    """Run one benchmark with its defaults; 1 when it says so. One that fails stops no other."""
    typer.echo(f"-- {name}")
    package = __package__.rpartition(".")[0]
    mine, sys.argv = sys.argv, [name]  # they read their own arguments when run alone
    try:
        import_module(f"{package}.bench.{name}").main()
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else int(done.code is not None)
    finally:
        sys.argv = mine
    return 0
