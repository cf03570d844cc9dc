"""Options that several commands share."""

from __future__ import annotations

import dataclasses
from typing import Annotated, Any

import typer

from summarizer.config import Settings
from summarizer.render import FORMATS

_FIELDS = {field.name: field for field in dataclasses.fields(Settings)}


def setting(name: str, *flags: str) -> Any:
    """An option that stands for a setting: help, choices and default come from `Settings`.

    The command's own default must be None, "not said", so that the other sources are asked.
    """
    field = _FIELDS[name]
    choices: tuple[str, ...] = field.metadata["choices"]
    default = f" [default: {field.default}]" if field.default not in ("", 0) else ""
    about: str = field.metadata["about"]
    return typer.Option(
        *(flags or (f"--{name.replace('_', '-')}",)),
        help=f"{about[0].upper()}{about[1:]}.{default}",
        metavar="|".join(choices) or None,
        autocompletion=lambda: list(choices),
        show_default=False,
    )


File = Annotated[
    str, typer.Argument(metavar="FILE", help="A report; - is standard input.", show_default=False)
]
Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        metavar="|".join(FORMATS),
        autocompletion=lambda: list(FORMATS),
        help="How to write it. [default: by the suffix of OUT; on a terminal text, else json]",
        show_default=False,
    ),
]
Out = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="OUT",
        help="Write to this file, whole or not at all. [default: standard output]",
        show_default=False,
    ),
]
Encoding = Annotated[
    str | None,
    typer.Option(
        "--encoding",
        metavar="NAME",
        help="The file's encoding, such as gb18030 or big5hkscs. [default: found from its bytes]",
        show_default=False,
    ),
]
