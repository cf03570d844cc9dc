"""The command line of the harness: `python -m evals` and `summarizer eval` are this program."""

from __future__ import annotations

import sys
import traceback

import typer

from summarizer.errors import ConfigError, SummarizerError

from .commands import (
    ablate,
    annotate,
    bench,
    calibrate,
    injection,
    judge,
    measure,
    misled,
    numbers,
    planted,
    probe,
    reader,
)

MODULE = "python -m evals"  # how the program is called where it has no other name
EPILOG = """\b
Examples:
  python -m evals run --suite grammar -o report      the grammar against gold, no model
  python -m evals run --suite replay --gate          stored answers, judged by the gates
  python -m evals run --suite live --model local --model qwen3 -o report
  python -m evals run --dataset my/folder -o report  your own documents, with no gold
  python -m evals score out/*.json --explain         every fault of summaries that exist
  python -m evals gate                               what CI asks
  python -m evals ablate --families --dataset own    what each family of rules is worth
  python -m evals planted --schema bulletin --dataset evals/genres/bulletin
  python -m evals misled                             do the doubts lead to planted errors
  python -m evals probe more/ --schema report        what a probe is worth on your marked sentences
  python -m evals reader desk/                       answer requests by hand, as files

\b
Exit codes:
  0  passed
  1  a gate fell short
  2  usage or configuration
  3  could not measure: a stored answer, a model or a baseline is missing
"""

app = typer.Typer(
    help="Measure summaries and the quantity grammar against gold.",
    epilog=EPILOG,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(measure.run)
app.command()(measure.gate)
app.command()(measure.record)
app.command()(ablate.ablate)
app.command()(judge.compare)
app.command()(judge.score)
app.command()(judge.mentions)
app.command()(annotate.annotate)
app.command()(bench.bench)
app.command()(reader.reader)
app.command()(injection.injection)
app.command()(planted.planted)
app.command()(calibrate.calibrate)
app.command()(misled.misled)
app.command()(probe.probe)
app.command()(numbers.numbers)
app.add_typer(measure.baseline, name="baseline")


def main(arguments: list[str] | None = None, name: str = MODULE) -> None:
    """Run the program and exit: 0 passed, 1 a gate fell short, 2 usage, 3 could not measure."""
    sys.exit(run(sys.argv[1:] if arguments is None else arguments, name))


def run(arguments: list[str], name: str = MODULE) -> int:
    """The exit code of what the arguments ask for."""
    try:
        command = typer.main.get_command(app)
        command.epilog = EPILOG.replace(MODULE, name)
        command.main(arguments, prog_name=name)
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else 0
    except SummarizerError as error:
        sys.stderr.write(f"error: {error}\n")
        return 2 if isinstance(error, ConfigError) else 3
    except BrokenPipeError:
        return 0
    except Exception:  # noqa: BLE001 — 1 would mean that a gate fell short
        traceback.print_exc()
        return 3
    return 0
