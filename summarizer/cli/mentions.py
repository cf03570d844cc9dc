"""`summarizer mentions INPUT…`: the quantities of documents, found by the grammar alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from summarizer.cli.mentions_shown import reason, shown
from summarizer.cli.options import Encoding, Ocr, Out, on_or_off

if TYPE_CHECKING:
    from summarizer.documents.clean import CleanText
    from summarizer.types import Document, Mention

_AT_ONCE = 100  # lines a flush: one for each took as long as finding what it says
FORMATS = ("text", "jsonl", "csv")
FIELDS = (
    "text", "start", "end", "value", "high", "unit", "per", "base_value", "base_unit", "bound",
    "kind", "row", "column",
)  # fmt: skip


def mentions(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT...",
            help="Documents, or folders of them; - is standard input.",
            show_default=False,
        ),
    ],
    style: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            metavar="|".join(FORMATS),
            autocompletion=lambda: list(FORMATS),
            help="How to write them. [default: on a terminal text, else jsonl]",
            show_default=False,
        ),
    ] = None,
    kinds: Annotated[
        str | None,
        typer.Option(
            "--kinds",
            metavar="KIND,...",
            autocompletion=lambda incomplete: _further_kinds(incomplete),  # noqa: PLW0108 — defined below
            help="Only these kinds: money,area …",
            show_default=False,
        ),
    ] = None,
    every: Annotated[
        bool,
        typer.Option(
            "--all",
            help="Dates, ordinals, idioms … too, each with its rule, unknown ones with why.",
        ),
    ] = False,
    ocr: Ocr = None,
    encoding: Encoding = None,
    out: Out = None,
) -> None:
    """Find the quantities of documents: value, unit, bound and kind. Needs no model.

    Offsets count the raw text, which `summarizer text FILE` prints. Values are decimal strings.

    \b
    Examples:
      summarizer mentions report.txt
      summarizer mentions reports/ --format csv -o quantities.csv
      summarizer mentions report.txt --kinds money | jq -r '.text'
      echo '落實“兩不愁三保障”，投入500餘萬元' | summarizer mentions - --all
    """
    from summarizer.cli.output import on_terminal, place, write
    from summarizer.errors import ConfigError

    style = style and style.lower()
    if style is not None and style not in FORMATS:
        raise ConfigError(f"--format {style!r} must be one of: {', '.join(FORMATS)}")
    path = place(out)
    to_screen = path is None and on_terminal()
    style = style or ("text" if to_screen else "jsonl")
    wanted = _kinds(kinds)
    every = every or bool(wanted - _quantity_kinds())
    named = len(inputs) > 1 or Path(inputs[0]).is_dir()
    failed: list[str] | None = [] if named else None
    reader = _reader(encoding, ocr)
    found = _found(_documents(inputs), reader, failed, wanted=wanted, every=every)
    if style == "text":
        write("".join(shown(found, every=every, colour=to_screen)), path)
    else:
        fields = _fields(every=every, named=named)
        _write_rows(_rows(found, every=every, named=named), fields, style, path)
    if failed:
        raise typer.Exit(1)


def _kinds(given: str | None) -> frozenset[str]:
    """The kinds asked for; empty means all."""
    from summarizer.errors import ConfigError

    if given is None:
        return frozenset()
    wanted = frozenset(kind.strip() for kind in given.split(","))
    known = _known_kinds()
    if wanted - known:
        unknown = ", ".join(sorted(wanted - known))
        raise ConfigError(f"--kinds {unknown!r}: there are {', '.join(sorted(known))}")
    return wanted


def _known_kinds() -> frozenset[str]:
    from summarizer.types import MentionKind

    return _quantity_kinds() | (frozenset(get_args(MentionKind)) - {"quantity"})


def _further_kinds(incomplete: str) -> list[str]:
    """What `--kinds` may be completed to: the kinds that are there, and one more."""
    there, comma, begun = incomplete.rpartition(",")
    taken = set(there.split(","))
    more = (kind for kind in sorted(_known_kinds()) if kind.startswith(begun))
    return [f"{there}{comma}{kind}" for kind in more if kind not in taken]


def _quantity_kinds() -> frozenset[str]:
    from summarizer.types import QuantityKind

    return frozenset(get_args(QuantityKind))


def _documents(inputs: Iterable[str]) -> Iterator[str]:
    """Every file that the inputs name; folders as people sort them, hidden files left out."""
    from summarizer.documents.read.formats import SUFFIXES
    from summarizer.files import natural

    for name in inputs:
        folder = Path(name)
        if name == "-" or not folder.is_dir():
            yield name
            continue
        for path in sorted(folder.rglob("*"), key=lambda one: natural(str(one))):
            inside = path.relative_to(folder).parts
            hidden = any(part.startswith(".") for part in inside)
            if path.suffix.lower() in SUFFIXES and path.is_file() and not hidden:
                yield str(path)


def _reader(encoding: str | None, ocr: bool | None) -> Callable[[str], Document]:
    """What reads a document as the options say."""
    from summarizer.config import settings
    from summarizer.documents.read import Limits, read

    bounds = Limits.of(settings(ocr=on_or_off(ocr)))
    return lambda name: read(name, encoding=encoding, bounds=bounds)


def _found(
    names: Iterable[str],
    reader: Callable[[str], Document],
    failed: list[str] | None,
    *,
    wanted: frozenset[str],
    every: bool,
) -> Iterator[tuple[CleanText, Iterator[Mention]]]:
    """Each document with its mentions of the kinds asked for, as they are found.

    One that cannot be read is told of and listed in `failed`; where that is None it ends the work.
    """
    from summarizer.cli.failure import say
    from summarizer.documents.clean import clean
    from summarizer.errors import InputError
    from summarizer.render.safe import one_line

    for name in names:
        try:
            cleaned = clean(reader(name))
        except InputError as error:
            if failed is None:
                raise
            failed.append(name)
            say(f"error: {one_line(str(error))}")
            continue
        yield (
            cleaned,
            (
                mention
                for mention in _mentions(cleaned)
                if (every or mention.quantity) and (not wanted or _kind(mention) in wanted)
            ),
        )


def _mentions(cleaned: CleanText) -> Iterator[Mention]:
    """The mentions of a text, those of its tables as their headers tell."""
    from summarizer.documents.tables.reading import with_tables
    from summarizer.zh.quantities import iter_mentions

    coming = iter_mentions(cleaned)
    yield from with_tables(cleaned, list(coming)).mentions if cleaned.document.grids else coming


def _places(cleaned: CleanText) -> dict[int, tuple[int, int]]:
    """The row and the column in its grid, from 1, of each cell by where its text starts."""
    return {
        cell.span.start: (cell.place.row + 1, cell.place.column + 1)
        for grid in cleaned.document.grids
        for cell in grid.cells
    }


def _kind(mention: Mention) -> str:
    return mention.quantity.kind if mention.quantity else mention.kind


def _fields(*, every: bool, named: bool) -> tuple[str, ...]:
    return (*(("source",) if named else ()), *FIELDS, *(("rule", "reason") if every else ()))


def _rows(
    found: Iterable[tuple[CleanText, Iterable[Mention]]], *, every: bool, named: bool
) -> Iterator[dict[str, Any]]:
    """A flat row a mention, in the order of `_fields`."""
    for cleaned, its_mentions in found:
        places = _places(cleaned)
        for mention in its_mentions:
            quantity = mention.quantity
            row: dict[str, Any] = {"source": cleaned.document.source} if named else {}
            row |= {"text": mention.text, "start": mention.span.start, "end": mention.span.end}
            for field in FIELDS[3:-3]:
                row[field] = getattr(quantity, field) if quantity else None
            row["kind"] = _kind(mention)
            row["row"], row["column"] = places.get(mention.span.start, (None, None))
            if every:
                row |= {"rule": mention.rule, "reason": reason(mention)}
            yield row


def _write_rows(
    rows: Iterable[dict[str, Any]], fields: tuple[str, ...], style: str, path: Path | None
) -> None:
    """Rows as they come, so that `| head` ends the work; a file is whole or not there."""
    from summarizer.cli.output import write, write_parts, write_shown
    from summarizer.render.tables import csv_line, json_line

    head = csv_line(fields) if style == "csv" else ""
    lines = (csv_line(row.values()) if style == "csv" else json_line(row) for row in rows)
    if path is not None:
        write_parts(chain([head], lines), path)
        return
    write(head)
    while several := "".join(islice(lines, _AT_ONCE)):
        write_shown(several)
