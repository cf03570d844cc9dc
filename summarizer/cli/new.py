"""`summarizer new NAME`: a schema of one's own to start from."""

from pathlib import Path
from typing import Annotated

import typer


def new(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="Small letters, digits, _; a folder of that name.")
    ],
    prompt: Annotated[
        bool, typer.Option("--prompt", help="A prompt with an example, too, for large models.")
    ] = False,
) -> None:
    """Write a commented schema, a sample and its gold to start from.

    They are put into a folder NAME: schema.py says what is wanted of a document, field by field,
    with comments on what may be changed; sample.txt is a short report to try it on, sample.toml
    what a reader finds in it, for `summarizer eval score`. A model is asked in the schema's own
    words; with --prompt there is a prompt beside them, with an example of a passage and what is to
    be answered, which large models are shown. Nothing that is there is written over.

    \b
    Examples:
      summarizer new budget
      summarizer new village --prompt
      summarizer schema check budget/schema.py budget/sample.txt
      summarizer summarize budget/sample.txt --schema budget/schema.py
    """
    from keyword import iskeyword
    from string import Template

    from summarizer.cli.failure import say
    from summarizer.cli.output import write
    from summarizer.engine.schema import shipped
    from summarizer.errors import ConfigError
    from summarizer.resources import PACKAGE

    if not (name.isascii() and name.isidentifier() and name == name.lower()) or iskeyword(name):
        raise ConfigError(
            f"{name!r} is no name: a small letter, then small letters, digits and _, "
            "as in budget_2024"
        )
    if name in shipped():
        raise ConfigError(f"{name} is a schema that ships with the tool; take another name")
    folder = Path(name)
    if folder.exists():
        raise ConfigError(f"{name} is there already; nothing was written")
    folder.mkdir()
    called = {"schema.py.txt": "schema.py", "passage.jinja": f"passage.{name}.v1.jinja"}
    for file in sorted(PACKAGE.joinpath("starter").iterdir()):
        target = folder / called.get(file.name, file.name)
        if target.suffix == ".jinja" and not prompt:
            continue
        text = file.read_text(encoding="utf-8")
        write(Template(text).substitute(name=name) if target.suffix == ".py" else text, target)
        say(f"wrote {target}")
    say(f"next: summarizer schema check {folder / 'schema.py'} {folder / 'sample.txt'}")
