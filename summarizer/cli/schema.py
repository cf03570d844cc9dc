"""`summarizer schema [NAME|PATH]`: the JSON Schema of a summary, or the schemas there are."""

from typing import Annotated

import typer

from summarizer.cli.options import Out


def schema(
    name: Annotated[
        str | None,
        typer.Argument(metavar="NAME|PATH", help="A shipped schema's name, or your own .py file."),
    ] = None,
    out: Out = None,
) -> None:
    """Print the JSON Schema of a schema's summaries, or list schemas.

    Without a name the shipped schemas are listed. A schema is a Python file with classes of items
    and one summary; from it follow what the model is asked, how its answers are checked, the JSON,
    the tables, the page.

    \b
    Examples:
      summarizer schema
      summarizer schema report
      summarizer schema my/budget.py -o budget.schema.json
    """
    import json

    from summarizer.cli.output import output, write
    from summarizer.render.safe import visible
    from summarizer.schema import load_schema

    to = output(out, "json")
    if name is None:
        write(visible(_shipped()), to.path)
    else:
        described = load_schema(name).json_schema()
        write(json.dumps(described, ensure_ascii=False, indent=2) + "\n", to.path)


def _shipped() -> str:
    from summarizer.resources import resource
    from summarizer.schema import load_schema

    names = sorted(p.stem for p in resource("schemas").glob("[!_]*.py"))
    about = {name: (load_schema(name).model.__doc__ or "").strip() for name in names}
    return "".join(
        f"{name:<12} {words.splitlines()[0]}\n" for name, words in about.items() if words
    )
