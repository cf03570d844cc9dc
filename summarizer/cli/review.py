"""`summarizer review SUMMARY… -o review.html`: check summaries beside their sources."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli.options import KeptSchema, Lang

if TYPE_CHECKING:
    from collections.abc import Iterator

    from summarizer.engine.schema import Schema
    from summarizer.render.review.payload import Reviewed
    from summarizer.types import Summary

MOST = 2000  # documents of one page


def review(
    files: Annotated[
        list[str],
        typer.Argument(metavar="SUMMARY", help="Summaries, or a batch's JSON Lines; - is stdin."),
    ],
    out: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="OUT",
            help="The page, or a folder of pages; with --apply the corrected summaries. "
            "[default: standard output]",
            show_default=False,
        ),
    ] = None,
    apply: Annotated[
        list[str] | None,
        typer.Option(
            "--apply",
            metavar="DECISIONS",
            help="Correct the summaries as a page's export says; once for each export.",
            show_default=False,
        ),
    ] = None,
    gold: Annotated[
        str | None,
        typer.Option(
            "--gold", metavar="DIR", help="With --apply: write sources and gold for `eval` there."
        ),
    ] = None,
    against: Annotated[
        str | None,
        typer.Option(
            "--against",
            metavar="DECISIONS",
            help="Say how often another reviewer's export decides the same as --apply, or as the "
            "export that is given instead of summaries.",
        ),
    ] = None,
    lang: Lang = None,
    schema: KeptSchema = None,
    show: Annotated[bool, typer.Option("--open", help="Open the page in a browser.")] = False,
    page_size: Annotated[
        int,
        typer.Option(
            "--per-page", metavar="N", min=1, max=MOST, help="Documents of a page in a folder."
        ),
    ] = MOST,
) -> None:
    """Check summaries on a page beside their sources; no model.

    The page is one file that needs no network and no server. It shows what is doubtful first, each
    figure where it stands in the source, and numbers that are in no summary. What is decided stays
    in the browser; its export is what --apply takes. The source is the summary's own text
    (--with-source), else the file that it was made from, if that is still the same.

    Of more documents than one page holds make a folder: pages, and an index that leads to them.
    Two exports are compared without summaries: what both decided, where they differ.

    \b
    Examples:
      summarizer review report.json -o review.html --open
      summarizer review batch.jsonl -o review.html --lang zh-Hans
      summarizer review batch.jsonl -o pages/
      summarizer review batch.jsonl --apply decisions.json -o right.jsonl
      summarizer review decisions.json --against other.json
    """
    from summarizer.cli.review_apply import apply_decisions, show_agreement
    from summarizer.errors import ConfigError

    if against is not None and not apply:
        _refuse(
            (lang, gold, schema, out, show or None),
            "--against compares two exports, and takes --apply or no other option",
        )
        show_agreement(files, against)
        return
    if apply:
        _refuse(
            (lang, show or None), "--lang and --open are about the page, and --apply makes none"
        )
        apply_decisions(files, (apply, against), out, (gold, schema))
        return
    if gold is not None:
        raise ConfigError("--gold needs --apply DECISIONS, the page's export")
    if show and out in (None, "-"):
        raise ConfigError("--open needs -o FILE.html, the page to open")
    made = _write_pages(files, out, (schema, lang), page_size)
    if show and made is not None:
        typer.launch(made.resolve().as_uri())


def _refuse(said: "tuple[object, ...]", why: str) -> None:
    """Raises ConfigError for options that have no part in what is asked."""
    from summarizer.errors import ConfigError

    if any(one is not None for one in said):
        raise ConfigError(why)


def _write_pages(
    files: list[str], out: str | None, how: tuple[str | None, str | None], most: int
) -> Path | None:
    """Write one page, or a folder of pages; what to open, None for standard output."""
    from summarizer.cli.output import place, write_parts
    from summarizer.errors import ConfigError
    from summarizer.render.review.page import render

    schema, lang = how
    if _is_folder(out):
        return _write_folder(files, Path(out or ""), how, most)
    path = place(out)
    if path is not None and path.suffix.lower() not in (".html", ".htm"):
        raise ConfigError(
            f"-o {out!r}: the page is HTML; name a file that ends in .html, or a folder: {out}/"
        )
    first, documents = _begun(files, schema)
    write_parts(render(_page_full(documents), page_language(lang, first)), path)
    return path


def _is_folder(out: str | None) -> bool:
    return out not in (None, "-", "") and (out.endswith("/") or Path(out).is_dir())


def _write_folder(
    files: list[str], folder: Path, how: tuple[str | None, str | None], most: int
) -> Path:
    """Write pages and their index into a folder, the index last; its path.

    Pages that an earlier run left there, of documents that are in no page now, are removed.
    """
    from summarizer.cli.output import write_parts
    from summarizer.errors import SummarizerError
    from summarizer.render.review.folder import INDEX, left_over, pages

    first, documents = _begun(files, how[0])
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SummarizerError(f"cannot make {str(folder)!r}: {error.strerror or error}") from error
    written = set()
    for name, parts in pages(documents, page_language(how[1], first), most):
        write_parts(parts, folder / name)
        written.add(name)
    for path in left_over(folder, written):
        _remove(path)
    return folder / INDEX


def _remove(path: Path) -> None:
    from summarizer.cli.failure import say
    from summarizer.errors import SummarizerError

    try:
        path.unlink()
    except OSError as error:
        raise SummarizerError(f"cannot remove {str(path)!r}: {error.strerror or error}") from error
    say(f"removed {path}, a page of an earlier run")


def _begun(files: list[str], schema: str | None) -> "tuple[Reviewed, Iterator[Reviewed]]":
    """The first document, and all of them."""
    from itertools import chain

    from summarizer.errors import InputError

    documents = documents_of(files, schema)
    first = next(documents, None)
    if first is None:
        raise InputError(f"{', '.join(files)}: no summary in it")
    return first, chain((first,), documents)


def _page_full(documents: "Iterator[Reviewed]") -> "Iterator[Reviewed]":
    """As many as one page holds. Raises ConfigError for more."""
    from summarizer.errors import ConfigError

    for count, one in enumerate(documents, 1):
        if count > MOST:
            raise ConfigError(f"one page holds {MOST:,} documents; give -o a folder: -o pages/")
        yield one


def documents_of(files: list[str], schema: str | None) -> "Iterator[Reviewed]":
    """Each summary with its source; what has none is told of, and shown without."""
    from summarizer.cli.failure import say
    from summarizer.render.load import Duplicate, Failure, load_each
    from summarizer.render.review.payload import reviewed

    failed = 0
    for file in files:
        folder = Path(file).parent if file != "-" else Path()
        for thing in load_each(file, schema=schema):
            if isinstance(thing, Failure):
                failed += 1
                continue
            if isinstance(thing, Duplicate):
                continue
            one = reviewed(thing, schema_of(thing, schema), folder)
            if one.parsed is None:
                say(f"warning: {thing.document.source}: no source, so no doubts: it is not there, "
                    "or is another text by now; --with-source keeps it in the summary")  # fmt: skip
            yield one
    if failed:
        documents = "document" if failed == 1 else "documents"
        say(f"warning: left out {failed:,} {documents} that failed in the batch")


def schema_of(summary: "Summary", name: str | None = None) -> "Schema":
    """The schema that is named, else the one that the summary follows."""
    from summarizer.engine.schema import load_schema
    from summarizer.render.load import schema_name

    return load_schema(name or schema_name(summary))


def page_language(said: str | None, first: "Reviewed") -> str:
    """As said, else as the environment says, else as the first document is written."""
    from summarizer.cli.language import language
    from summarizer.render.reader import written

    return language(said, first.parsed.text.text if first.parsed else written(first.summary))
