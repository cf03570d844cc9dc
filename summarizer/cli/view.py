"""`summarizer view SUMMARY`: a stored summary again, in any format."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli.options import Format, KeptSchema, Out

if TYPE_CHECKING:
    from summarizer.cli.output import Output
    from summarizer.render.review.payload import Reviewed
    from summarizer.types import Summary


def view(
    file: Annotated[
        str,
        typer.Argument(
            metavar="SUMMARY", help="A summary, or a batch's JSON Lines; - is standard input."
        ),
    ],
    document: Annotated[
        str | None, typer.Option("--id", help="Only the summary of this document.", metavar="ID")
    ] = None,
    schema: KeptSchema = None,
    format: Format = None,  # noqa: A002 — the option's name
    out: Out = None,
    doubtful: Annotated[
        bool, typer.Option("--doubtful", help="List figures and items, the doubtful first.")
    ] = False,
    evidence: Annotated[
        bool, typer.Option("--evidence", help="List them with the sentences that prove them.")
    ] = False,
) -> None:
    """Show a stored summary again, in any format; it calls no model.

    Of the JSON Lines of a batch all summaries are shown, one after the other, or the one of the
    document with the given id. As json, several are written one a line.

    With --doubtful or --evidence it is a list to check: what may be wrong and why, in the language
    of the environment. Doubts need the source, as `summarizer review` does.

    \b
    Examples:
      summarizer view report.json
      summarizer view report.json -o report.html
      summarizer view batch.jsonl --id 1205995dd66e243a --format md
    """
    from summarizer.cli.output import output, show, write, write_shown
    from summarizer.errors import ConfigError
    from summarizer.render import export
    from summarizer.render.load import load, stored
    from summarizer.render.markdown import render

    to = output(out, format)
    summaries = load(stored(file), schema=schema, source=file)
    if document is not None:
        summaries = _only(summaries, document, file)
    if doubtful or evidence:
        made = _sourced(summaries, file, schema)
        _list(made, to, format, (doubtful, evidence))
    elif len(summaries) == 1:
        show(summaries[0], to)
    elif to.format == "html":
        raise ConfigError(f"{file} holds {len(summaries)} summaries; choose one with --id")
    elif to.format == "json":
        write("".join(f"{s.model_dump_json()}\n" for s in summaries), to.path)
    elif to.format == "md":
        parts = (render(s, f"{n}-") for n, s in enumerate(summaries, 1))
        write_shown("\n".join(parts), to.path)
    elif to.path is None:
        for summary in summaries:
            show(summary, to)
    else:
        write("\n".join(export(s, to.format) for s in summaries), to.path)


def _sourced(summaries: "list[Summary]", file: str, schema: str | None) -> "list[Reviewed]":
    """The summaries with their sources, where those are to be had."""
    from summarizer.cli.review import schema_of
    from summarizer.render.review.payload import reviewed

    return [reviewed(one, schema_of(one, schema), Path(file).parent) for one in summaries]


def _list(
    made: "list[Reviewed]",
    to: "Output",
    format: str | None,  # noqa: A002 — the option's name
    wanted: tuple[bool, bool],
) -> None:
    from summarizer.cli.output import write_shown
    from summarizer.cli.review import page_language
    from summarizer.errors import ConfigError
    from summarizer.render.review.listing import listing

    if to.format != "text" and (to.path is not None or format is not None):
        raise ConfigError("--doubtful and --evidence make a list, which is text: leave --format")
    doubtful, evidence = wanted
    language = page_language(None, made[0])
    texts = (listing(one, language, doubtful=doubtful, evidence=evidence) for one in made)
    write_shown("\n".join(texts), to.path)


def _only(summaries: "list[Summary]", document: str, source: str) -> "list[Summary]":
    from summarizer.errors import InputError

    found = [s for s in summaries if s.document.id == document]
    if not found:
        raise InputError(f"{source} holds no summary of a document with id {document!r}")
    return found
