"""Figures, measures and exemplars beside langextract: same model, server, seeds, in one run.

    python -m evals.bench.extraction [SEED…] [--resume]

A seed is named by its number (`002 003`); all five without one. One llama.cpp server runs the
embedded model; both tools ask it through a proxy that counts requests and tokens. langextract has
its best settings for Chinese: UnicodeTokenizer, schema constraints, one few-shot with the content
of our prompts, 500 characters a request, temperature 0, as many requests at once as ours. Stored
answers are not used. How figures are matched is in `_scoring.py`, and leans to langextract.

The floors, each seed alone and in all: at least twice its figure F1, at most half its completion
tokens, faster. Missing one in all ends with exit code 1. What was extracted stays in
out/bench/extraction, a file a seed and tool; after Ctrl-C `--resume` goes on from there.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from rich.console import Console

from summarizer.config import settings as read_settings
from summarizer.errors import ConfigError, SummarizerError

from ..cases import Case, load_cases
from . import _sides
from ._counting import Cost
from ._scoring import Tally, tally_of_extractions, tally_of_nothing, tally_of_summary
from ._verdict import Side, figures_of, show

TOOLS: dict[str, Callable[[_sides.Bench, Case], dict[str, Any]]] = {
    "langextract": _sides.langextract,
    "summarizer": _sides.ours,
}
OUT = Path("out/bench/extraction")
INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Folder:
    """Where measurements are kept, a file a seed and tool."""

    path: Path
    is_resumed: bool

    def measured(
        self, bench: _sides.Bench, case: Case, tool: str, say: Callable[[str], None]
    ) -> dict[str, Any]:
        """What a tool made of a seed: kept from before when resuming, else measured now."""
        file = self.path / f"{case.name}.{tool}.json"
        if self.is_resumed and file.is_file():
            kept: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
            if kept.pop("conditions") == bench.conditions:
                say(f"{case.name} {tool}: kept from before")
                return kept
        say(f"{case.name} {tool}: at work …")
        said = TOOLS[tool](bench, case)
        write(file, said | {"conditions": bench.conditions})
        outcome = said.get("error") or f"{said['cost']['completion_tokens']} tokens written"
        say(f"{case.name} {tool}: {said['seconds']:.0f} s, {outcome}")
        return said


def write(file: Path, said: dict[str, Any]) -> None:
    """A file of JSON that is there whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(".part")
    part.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    part.replace(file)


def chosen(names: Sequence[str], dataset: str) -> list[Case]:
    """The cases whose names begin so, all without one. Raises ConfigError for no such case."""
    cases = [case for case in load_cases(dataset) if case.gold]
    for name in names:
        if not any(case.name.startswith(name) for case in cases):
            known = ", ".join(case.name.partition("_")[0] for case in cases)
            raise ConfigError(f"there is no seed {name!r} with gold; there are: {known}")
    return [case for case in cases if not names or case.name.startswith(tuple(names))]


def scored(case: Case, tool: str, said: dict[str, Any]) -> Side:
    """A measurement as counts; a tool that failed has found nothing."""
    tally: Tally
    if "error" in said:
        tally = tally_of_nothing(case)
    elif tool == "summarizer":
        tally = tally_of_summary(case, said["summary"])
    else:
        tally = tally_of_extractions(case, said["extractions"])
    return Side(tally, Cost(**said["cost"]), said["seconds"], int("error" in said))


def compare(options: argparse.Namespace, console: Console) -> int:
    """Measure, show, write the report; the exit code."""
    cases = chosen(options.seeds, options.dataset)
    given = {"model": options.model, "base_url": options.base_url}
    folder = Folder(options.output, options.resume)
    results: dict[str, dict[str, Side]] = {}
    code = 0
    console.print(
        f"{len(cases)} documents, each by langextract and by summarizer; with the embedded model "
        "about 5 to 10 minutes each on two cores. Ctrl-C keeps what is done; --resume goes on.",
    )
    try:
        with _sides.opened(read_settings(**given), options.python) as bench:
            for case in cases:
                results[case.name] = {
                    tool: scored(case, tool, folder.measured(bench, case, tool, console.print))
                    for tool in TOOLS
                }
    except KeyboardInterrupt:
        console.print("Interrupted; the same command with --resume goes on from here.")
        code = INTERRUPTED
    if not results:
        return code
    report = figures_of(results)
    write(options.output / "report.json", report | {"is_whole": not code})
    show(results, report, Console())
    return code or int(not all(report["all"]["floors"].values()))


def options_of(arguments: Sequence[str]) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("seeds", nargs="*", metavar="SEED", help="numbers; all without one")
    parser.add_argument("--resume", action="store_true", help="use what was measured before")
    parser.add_argument("--dataset", default="seeds", help="seeds, own, all, or a path")
    parser.add_argument(
        "--model", default="local", help="or local:PATH.gguf, or a name at --base-url"
    )
    parser.add_argument("--base-url", help="a server that runs already")
    parser.add_argument("--output", "-o", type=Path, default=OUT, help=f"a folder; {OUT}")
    parser.add_argument(
        "--python",
        type=Path,
        default=_sides.ENVIRONMENT / "bin" / "python",
        help="the Python that has langextract",
    )
    return parser.parse_intermixed_args(list(arguments))


def main(arguments: Sequence[str] = ()) -> None:
    """Run and exit: 0 the floors hold, 1 one does not, 2 usage, 3 no model, 130 interrupted."""
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    try:
        code = compare(options_of(arguments), console)
    except SummarizerError as error:
        console.print(f"error: {error}", markup=False)
        code = 2 if isinstance(error, ConfigError) else 3
    if code == INTERRUPTED:
        leave(code)
    sys.exit(code)


def leave(code: int) -> NoReturn:
    """End at once: requests that are under way would be waited for."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    main(sys.argv[1:])
