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
    from summarizer.cli.output import place, write, write_shown
    from summarizer.engine.schema import load_schema, shipped

    path = place(out)
    if name is None:
        about = {known: load_schema(known).model.__doc__ or "" for known in shipped()}
        lines = (f"{known:<12} {' '.join(words.split())}\n" for known, words in about.items())
        write_shown("".join(lines), path)
    else:
        write(load_schema(name).json_text(), path)
