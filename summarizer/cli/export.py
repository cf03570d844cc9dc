"""`summarizer export SUMMARY… --to DIR`: tidy tables of stored summaries."""

from typing import Annotated

import typer

from summarizer.cli.options import KeptSchema
from summarizer.render.table_formats import TABLE_FORMATS


def export(
    files: Annotated[
        list[str],
        typer.Argument(metavar="SUMMARY", help="Summaries, or a batch's JSON Lines; - is stdin."),
    ],
    to: Annotated[str, typer.Option("--to", metavar="DIR", help="The folder to write into.")],
    style: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            metavar="|".join(TABLE_FORMATS),
            autocompletion=lambda: list(TABLE_FORMATS),
            help="How to write the tables.",
        ),
    ] = "csv",
    schema: KeptSchema = None,
) -> None:
    """Write stored summaries as tables with keys to join.

    There is a table of documents, figures, each list of items, issues, failed documents, and a
    README that says what every column means and which queries to begin with. Numbers are exact
    decimals. Each file appears whole when all is written. The formats parquet, xlsx and duckdb
    need `pip install 'report-summarizer[tables]'`.

    \b
    Examples:
      summarizer export reports.jsonl --to tables
      summarizer export reports.jsonl --to tables --format duckdb
    """
    from pathlib import Path

    from summarizer.cli.failure import say
    from summarizer.errors import ConfigError, SummarizerError
    from summarizer.render.load import load_each
    from summarizer.render.table_files import write_tables

    folder = Path(to)
    if folder.exists() and not folder.is_dir():
        raise ConfigError(f"--to {to!r} is a file; name a folder")
    found = (thing for file in files for thing in load_each(file, schema=schema))
    try:
        counts = write_tables(found, folder, style.lower())
    except OSError as error:
        raise SummarizerError(f"cannot write into {to!r}: {error.strerror or error}") from error
    for table, count in counts.items():
        say(f"{table}: {count} rows")
