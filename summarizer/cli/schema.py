"""`summarizer schema [NAME|PATH]`: what a schema's summaries are, and whether one is well made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from summarizer.cli import PLAIN
from summarizer.cli.language import told
from summarizer.cli.options import Encoding, Out, setting

if TYPE_CHECKING:
    from summarizer.config import Settings
    from summarizer.engine.schema import Schema
    from summarizer.types import Document


class _Shows(TyperGroup):
    """A group whose first word may be a schema: then it is shown."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if not args or (args[0] not in self.commands and args[0] not in ("-h", "--help")):
            args = ["show", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=_Shows,
    help="List schemas, show one, or check your own.\n\n"
    "Without a name the shipped schemas are listed. A schema is a Python file with classes of\n"
    "items and one summary; from it follow what the model is asked, how its answers are checked,\n"
    "the JSON, the tables, the page. `summarizer new NAME` writes one to start from.\n\n"
    "\b\n"
    "Examples:\n"
    "  summarizer schema\n"
    "  summarizer schema report\n"
    "  summarizer schema my/budget.py -o budget.schema.json\n"
    "  summarizer schema check my/budget.py report.txt",
    add_completion=False,
    **PLAIN,
)


@app.command("show")
def show(
    name: Annotated[
        str | None,
        typer.Argument(metavar="NAME|PATH", help="A shipped schema's name, or your own .py file."),
    ] = None,
    out: Out = None,
) -> None:
    """Print a schema's JSON Schema; without a name, list them.

    \b
    Examples:
      summarizer schema
      summarizer schema report -o report.schema.json
    """
    from summarizer.cli.output import place, write, write_shown
    from summarizer.engine.schema import load_schema, shipped

    path = place(out)
    if name is None:
        about = {known: load_schema(known).model.__doc__ or "" for known in shipped()}
        lines = (f"{known:<12} {' '.join(words.split())}\n" for known, words in about.items())
        write_shown("".join(lines), path)
    else:
        write(load_schema(name).json_text(), path)


@app.command("check")
def check(
    name: Annotated[
        str, typer.Argument(metavar="NAME|PATH", help="Your own .py file, or a shipped schema.")
    ],
    file: Annotated[
        str | None, typer.Argument(metavar="FILE", help="A document, to see what would be sent.")
    ] = None,
    model: Annotated[str | None, setting("model", "--model", "-m")] = None,
    size: Annotated[str | None, setting("size")] = None,
    encoding: Encoding = None,
) -> None:
    """Say what is wrong or unwise in a schema.

    No model is needed. What cannot be used is an error, with what to write instead. What can, and
    will be answered badly, is told line by line. With a document, it is shown what of it each field
    of the summary would be offered, and the first request that a model would get for each list and
    each field; what is asked later depends on answers, and is told in a line.

    \b
    Examples:
      summarizer schema check budget/schema.py
      summarizer schema check budget/schema.py budget/sample.txt
      summarizer schema check budget/schema.py budget/sample.txt --size large
    """
    from summarizer.cli.output import write_shown
    from summarizer.cli.schema_advice import advice
    from summarizer.config import settings
    from summarizer.engine.schema import load_schema
    from summarizer.render.tables import refuse_collisions

    schema, chosen = load_schema(name), settings(schema=name, model=model, size=size)
    refuse_collisions(schema.model)
    lines, unwise, requests = _fields(schema), [*advice(schema)], list[str]()
    if file is not None:
        told_of, doubts, requests = _of_document(schema, _read(file, encoding, chosen), chosen)
        lines, unwise = lines + told_of, unwise + doubts
    lines += ["", *(told(f"unwise: {line}") for line in unwise)]
    lines += [] if unwise else [told("nothing unwise")]
    write_shown("\n".join([*lines, *requests]) + "\n")


def _of_document(
    schema: Schema, document: Document, chosen: Settings
) -> tuple[list[str], list[str], list[str]]:
    """What a document offers a schema, what is unwise with it, and what would be asked of it."""
    from summarizer.cli.schema_advice import advice_for
    from summarizer.cli.schema_offers import offered, requests_shown
    from summarizer.documents.report_year import report_year
    from summarizer.engine.picking import Picker
    from summarizer.engine.proposals import Proposer
    from summarizer.pipeline import planned

    prepared = planned(document, schema, chosen)
    parsed = prepared.parsed
    proposer = Proposer(parsed, Picker.of(parsed, schema))
    years = _years(schema, report_year(parsed.text, parsed.facts))
    requests = ["", *requests_shown(schema, prepared, proposer, chosen)]
    unwise = [*advice_for(schema, parsed.sentences)]
    return [*years, *offered(schema, proposer)], unwise, requests


def _fields(schema: Schema) -> list[str]:
    """What a schema asks for, a line a field with its type."""
    from summarizer.cli.schema_offers import type_shown

    lines = [f"{schema.id}: {' '.join(schema.about.split())}"]
    lines += [
        f"  {field} ({type_shown(one.type)}): {one.about}" for field, one in schema.fields.items()
    ]
    for listed in schema.lists:
        lines.append(f"  {listed.name}: {' '.join(listed.about.split())}")
        lines += [
            f"    {field} ({type_shown(listed.types[field])}): {info.description or ''}"
            for field, info in listed.asked.items()
        ]
    return lines


def _years(schema: Schema, year: int | None) -> list[str]:
    """What the hints `year=` come to in a document of a year."""
    from summarizer.engine.pick_checks import dated_hints

    infos = [field.info for field in schema.fields.values()]
    infos += [info for listed in schema.lists for info in listed.fields.values()]
    hinted = {
        hint.year for info in infos if (hint := dated_hints(info.metadata, info.description or ""))
    }
    asked = sorted(hint for hint in hinted if hint is not None)
    if not asked:
        return []
    if year is None:
        return ["", told("the document's year is not told, so year= rules nothing out")]
    which = ", ".join(f"year={hint} asks for {year + hint}" for hint in asked)
    return ["", told(f"the document is of {year}: {which}")]


def _read(file: str, encoding: str | None, chosen: Settings) -> Document:
    from summarizer.documents.read import Limits, read

    return read(file, encoding=encoding, bounds=Limits.of(chosen))
