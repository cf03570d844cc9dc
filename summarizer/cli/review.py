"""`summarizer review SUMMARY… -o review.html`: check summaries beside their sources."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli.options import KeptSchema, Lang

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from summarizer.engine.schema import Schema
    from summarizer.render.review.decisions import DocumentDecisions
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
            help="The page; with --apply the corrected summaries. [default: standard output]",
            show_default=False,
        ),
    ] = None,
    apply: Annotated[
        str | None,
        typer.Option(
            "--apply", metavar="DECISIONS", help="Correct the summaries as the page's export says."
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
            help="With --apply: say how often another reviewer's export decides the same.",
        ),
    ] = None,
    lang: Lang = None,
    schema: KeptSchema = None,
    show: Annotated[bool, typer.Option("--open", help="Open the page in a browser.")] = False,
) -> None:
    """Check summaries on a page beside their sources; no model.

    The page is one file that needs no network and no server. It shows what is doubtful first, each
    figure where it stands in the source, and numbers that are in no summary. What is decided stays
    in the browser; its export is what --apply takes. The source is the summary's own text
    (--with-source), else the file that it was made from, if that is still the same.

    \b
    Examples:
      summarizer review report.json -o review.html --open
      summarizer review batch.jsonl -o review.html --lang zh-Hans
      summarizer review batch.jsonl --apply decisions.json -o right.jsonl
    """
    from summarizer.cli.output import place, write_parts
    from summarizer.errors import ConfigError

    path = place(out)
    if apply is not None:
        if lang is not None or show:
            raise ConfigError("--lang and --open are about the page, and --apply makes none")
        if against is not None:
            _compare(apply, against)
        _apply(files, apply, path, gold, schema)
        return
    if against is not None:
        raise ConfigError("--against needs --apply DECISIONS, the page's export")
    if gold is not None:
        raise ConfigError("--gold needs --apply DECISIONS, the page's export")
    if show and path is None:
        raise ConfigError("--open needs -o FILE.html, the page to open")
    if path is not None and path.suffix.lower() not in (".html", ".htm"):
        raise ConfigError(f"-o {out!r}: the page is HTML; name a file that ends in .html")
    first, documents = _begun(files, schema)
    from summarizer.render.review.page import render

    write_parts(render(documents, page_language(lang, first)), path)
    if show and path is not None:
        typer.launch(path.resolve().as_uri())


def _begun(files: list[str], schema: str | None) -> "tuple[Reviewed, Iterator[Reviewed]]":
    """The first document, and all of them."""
    from itertools import chain

    from summarizer.errors import InputError

    documents = _page_full(_documents(files, schema))
    first = next(documents, None)
    if first is None:
        raise InputError(f"{', '.join(files)}: no summary in it")
    return first, chain((first,), documents)


def _page_full(documents: "Iterator[Reviewed]") -> "Iterator[Reviewed]":
    """As many as one page holds. Raises ConfigError for more."""
    from summarizer.errors import ConfigError

    for count, one in enumerate(documents, 1):
        if count > MOST:
            raise ConfigError(f"one page holds {MOST:,} documents; review the others apart")
        yield one


def _documents(files: list[str], schema: str | None) -> "Iterator[Reviewed]":
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


def _compare(decisions: str, against: str) -> None:
    """Say how far two reviewers agree."""
    from summarizer.cli.failure import say
    from summarizer.render.load import stored
    from summarizer.render.review.decisions import agreement, load_decisions

    one, other = (load_decisions(stored(name), name) for name in (decisions, against))
    both, same = agreement(one, other)
    share = f" ({same / both:.0%})" if both else ""
    say(f"agreement: both decided about {both:,}, the same about {same:,}{share}")


def _apply(
    files: list[str], decisions: str, out: Path | None, gold: str | None, schema: str | None
) -> None:
    """Write the summaries as they were decided to be, and gold."""
    from summarizer.cli.failure import say
    from summarizer.cli.output import write_parts
    from summarizer.render.load import stored
    from summarizer.render.review.corrections import corrected
    from summarizer.render.review.decisions import load_decisions
    from summarizer.render.review.gold import write_gold
    from summarizer.render.review.offered import strange
    from summarizer.render.review.payload import digest

    decided = load_decisions(stored(decisions), decisions).by_summary()
    here: dict[tuple[str, str], str] = {}
    lines, reviewed = [], []
    for one in _documents(files, schema):
        info = one.summary.document
        key = (info.id, digest(one.summary))
        here[key] = info.source
        said = decided.get(key)
        if said and (refs := strange(one, said)):
            say(f"warning: {info.source}: decisions about nothing in this summary, left out: "
                f"{len(refs):,} ({', '.join(refs)})")  # fmt: skip
            said = said.without(refs)
        after = corrected(one, said) if said else one
        lines.append(f"{after.summary.model_dump_json()}\n")
        if said and gold is not None:
            reviewed.append((after, one, said))
    for told in _left(decided, here):
        say(f"warning: {decisions}: {told}")
    for after, before, said in reviewed:
        write_gold(after, before, said, Path(gold or ""))
    write_parts(lines, out)


def _left(
    decided: "Mapping[tuple[str, str], DocumentDecisions]", here: "Mapping[tuple[str, str], str]"
) -> "Iterator[str]":
    """What is said of the decisions that no summary here has.

    Raises InputError where a document is here, and only in summaries that nobody decided about.
    """
    from summarizer.errors import InputError

    sources = {key: source for (key, _), source in here.items()}
    followed = {key for key, _ in decided.keys() & here.keys()}
    for key, digest in decided.keys() - here.keys():
        if key not in sources:
            yield f"no summary here is of document {key}"
        elif key in followed:
            yield f"no summary of {sources[key]} here is the one with digest {digest}"
        else:
            raise InputError(
                f"{sources[key]}: the decisions are about another summary of this document"
            )
