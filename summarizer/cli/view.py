"""`summarizer view SUMMARY`: a stored summary again, in any format."""

from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli.options import Format, Out

if TYPE_CHECKING:
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
    schema: Annotated[
        str | None,
        typer.Option(
            "--schema",
            metavar="NAME|PATH",
            help="The schema it follows. [default: the one it names]",
            show_default=False,
        ),
    ] = None,
    format: Format = None,  # noqa: A002 — the option's name
    out: Out = None,
) -> None:
    """Show a stored summary again, in any format; it calls no model.

    Of the JSON Lines of a batch all summaries are shown, one after the other, or the one of the
    document with the given id. As json, several are written one a line.

    \b
    Examples:
      summarizer view report.json
      summarizer view report.json -o report.html
      summarizer view batch.jsonl --id 1205995dd66e243a --format md
    """
    from summarizer.cli.output import output, show, write
    from summarizer.errors import ConfigError
    from summarizer.render import export
    from summarizer.render.load import load, stored

    to = output(out, format)
    summaries = load(stored(file), schema=schema, source=file)
    if document is not None:
        summaries = _only(summaries, document, file)
    if len(summaries) == 1:
        show(summaries[0], to)
    elif to.format == "html":
        raise ConfigError(f"{file} holds {len(summaries)} summaries; choose one with --id")
    elif to.format == "json":
        write("".join(f"{s.model_dump_json()}\n" for s in summaries), to.path)
    elif to.path is None:
        for summary in summaries:
            show(summary, to)
    else:
        write("\n".join(export(s, to.format) for s in summaries), to.path)


def _only(summaries: "list[Summary]", document: str, source: str) -> "list[Summary]":
    from summarizer.errors import InputError

    found = [s for s in summaries if s.document.id == document]
    if not found:
        raise InputError(f"{source} holds no summary of a document with id {document!r}")
    return found
