"""`summarizer view SUMMARY`: a stored summary again, in any format."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli.options import Format, KeptSchema, Lang, Out

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
        str | None,
        typer.Option(
            "--id",
            help="Only this document: its id, its file's name, or the id's beginning.",
            metavar="ID|NAME",
        ),
    ] = None,
    schema: KeptSchema = None,
    format: Format = None,  # noqa: A002 — the option's name
    out: Out = None,
    listed: Annotated[
        bool, typer.Option("--list", help="List what is there: a line a document.")
    ] = False,
    doubtful: Annotated[
        bool, typer.Option("--doubtful", help="List figures and items, the doubtful first.")
    ] = False,
    evidence: Annotated[
        bool, typer.Option("--evidence", help="List them with the sentences that prove them.")
    ] = False,
    lang: Lang = None,
) -> None:
    """Show a stored summary again, in any format; it calls no model.

    Of the JSON Lines of a batch all summaries are shown, one after the other, or the one that --id
    names; --list tells which there are, and which documents failed. As json, several are written
    one a line. On a terminal a long text is shown a screen at a time (PAGER), with what to look at
    first below it.

    With --doubtful or --evidence it is a list to check: what may be wrong and why. Doubts need the
    source, as `summarizer review` does.

    \b
    Examples:
      summarizer view report.json
      summarizer view report.json -o report.html
      summarizer view batch.jsonl --list
      summarizer view batch.jsonl --id 青石镇.txt --format md
    """
    from summarizer.cli.output import output
    from summarizer.render.choose import choose
    from summarizer.render.load import load, load_each, stored

    to = output(out, format)
    if listed or doubtful or evidence:
        _refuse_formats(to, format)
    if listed:
        _show_contents(file, to, schema, lang)
        return
    if document is None:
        summaries = load(stored(file), schema=schema, source=file)
    else:
        summaries = choose(load_each(file, schema=schema), document, file)
    if doubtful or evidence:
        made = [_sourced(one, file, schema) for one in summaries]
        _show_lists(made, to, lang, (doubtful, evidence))
    else:
        _show(summaries, to, lang, (file, schema))


def _refuse_formats(to: Output, format: str | None) -> None:  # noqa: A002 — the option's name
    from summarizer.errors import ConfigError

    if to.format != "text" and (to.path is not None or format is not None):
        raise ConfigError("--list, --doubtful and --evidence make text: leave --format")


def _show(
    summaries: list[Summary], to: Output, lang: str | None, origin: tuple[str, str | None]
) -> None:
    """Write summaries, one after the other."""
    from summarizer.cli.language import language
    from summarizer.cli.output import coloured, on_terminal, show, write, write_shown
    from summarizer.cli.pager import show_paged
    from summarizer.errors import ConfigError
    from summarizer.render import export
    from summarizer.render.markdown import render
    from summarizer.render.reader import reader, written

    told = language(lang, written(summaries[0]))
    if len(summaries) == 1:
        is_watched = to.path is None and to.format == "text" and on_terminal()
        after = _look_first(summaries[0], origin, told) if is_watched else ""
        show(summaries[0], to, told, after)
    elif to.format == "html":
        raise ConfigError(f"{origin[0]} holds {len(summaries)} summaries; choose one with --id")
    elif to.format == "json":
        write("".join(f"{s.model_dump_json()}\n" for s in summaries), to.path)
    elif to.format == "md":
        parts = (render(s, f"{n}-", reader(told)) for n, s in enumerate(summaries, 1))
        write_shown("\n".join(parts), to.path)
    elif to.path is None and on_terminal():
        show_paged("".join(coloured(summary, told) for summary in summaries))
    else:
        texts = (export(s, to.format, told) for s in summaries)
        write(("" if to.path is None else "\n").join(texts), to.path)


def _show_contents(file: str, to: Output, schema: str | None, lang: str | None) -> None:
    from summarizer.cli.language import language
    from summarizer.cli.output import on_terminal, write_shown
    from summarizer.cli.pager import show_paged
    from summarizer.render.contents import contents
    from summarizer.render.load import load_each
    from summarizer.render.reader import reader, written
    from summarizer.render.safe import visible
    from summarizer.types import Summary

    found = list(load_each(file, schema=schema))
    first = next((one for one in found if isinstance(one, Summary)), None)
    text = contents(found, reader(language(lang, written(first) if first else "")))
    if to.path is None and on_terminal():
        show_paged(visible(text))
    else:
        write_shown(text, to.path)


def _sourced(summary: Summary, file: str, schema: str | None) -> Reviewed:
    """The summary with its source, where that is to be had."""
    from summarizer.cli.review import schema_of
    from summarizer.render.review.payload import reviewed

    return reviewed(summary, schema_of(summary, schema), Path(file).parent)


def _look_first(summary: Summary, origin: tuple[str, str | None], told: str) -> str:
    """What to look at first, and the command that shows all of it."""
    from summarizer.cli.output import terminal_width
    from summarizer.render.reader import reader
    from summarizer.render.review.listing import look_first
    from summarizer.render.wrap import wrapped

    file, schema = origin
    lines = look_first(_sourced(summary, file, schema), told)
    text = "".join(f"{part}\n" for line in lines for part in wrapped(line, terminal_width()))
    command = _review_command(file, schema)
    return text + (f"{reader(told).say('view.next', command=command)}\n" if command else "")


def _review_command(file: str, schema: str | None) -> str:
    """The command that makes a page of a file; "" of standard input, which is read already."""
    import shlex

    if file == "-":
        return ""
    named = ["--schema", schema] if schema else []
    page = Path(file).with_suffix(".html").name
    return shlex.join(["summarizer", "review", file, *named, "-o", page, "--open"])


def _show_lists(
    made: list[Reviewed], to: Output, lang: str | None, wanted: tuple[bool, bool]
) -> None:
    from summarizer.cli.output import on_terminal, write_shown
    from summarizer.cli.pager import show_paged
    from summarizer.cli.review import page_language
    from summarizer.render.review.listing import listing
    from summarizer.render.safe import visible

    doubtful, evidence = wanted
    told = page_language(lang, made[0])
    text = "\n".join(listing(one, told, doubtful=doubtful, evidence=evidence) for one in made)
    if to.path is None and on_terminal():
        show_paged(visible(text))
    else:
        write_shown(text, to.path)
