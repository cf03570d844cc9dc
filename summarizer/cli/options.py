"""Options that several commands share."""

from __future__ import annotations

import dataclasses
import functools
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from summarizer.cli.language import remember
from summarizer.config import Settings, settings
from summarizer.render import FORMATS

_FIELDS = {field.name: field for field in dataclasses.fields(Settings)}
_SAID = {
    "model": (str, ("--model", "-m")),
    "base_url": (str, ()),
    "size": (str, ()),
    "strategy": (str, ()),
    "schema": (str, ()),
    "script": (str, ()),
    "store": (str, ()),
    "timeout": (float, ()),
    "ocr": (bool, ("--ocr/--no-ocr",)),
}
"""The settings that are options of every command which asks a model: type and flags."""


def schemas(incomplete: str) -> list[str]:
    """What `--schema` may be completed to: schemas that ship, Python files, folders."""
    from summarizer.engine.schema import shipped

    folder = Path(incomplete[: incomplete.rfind("/") + 1])
    paths = sorted(folder.iterdir()) if folder.is_dir() else []
    there = [f"{path.as_posix()}/" if path.is_dir() else path.as_posix() for path in paths]
    found = [*shipped(), *(name for name in there if name.endswith(("/", ".py")))]
    return [name for name in found if name.startswith(incomplete)]


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
        metavar=None if "/" in "".join(flags) else "|".join(choices) or None,
        autocompletion=schemas if name == "schema" else lambda: list(choices),
        show_default=False,
    )


def with_settings(command: Callable[..., None]) -> Callable[..., None]:
    """The command with options for settings in the place of its parameter `chosen`.

    It is given the `Settings` that they, the environment and the settings file come to.
    """

    @functools.wraps(command)
    def filled(**given: Any) -> None:
        said = {name: given.pop(name) for name in _SAID}
        said["ocr"] = on_or_off(said["ocr"])
        command(chosen=settings(**said), **given)

    own = inspect.signature(command, eval_str=True)
    options = [
        own.parameters["chosen"].replace(
            name=name, default=None, annotation=Annotated[kind | None, setting(name, *flags)]
        )
        for name, (kind, flags) in _SAID.items()
    ]
    parameters: list[inspect.Parameter] = []
    for parameter in own.parameters.values():
        parameters += options if parameter.name == "chosen" else [parameter]
    filled.__signature__ = own.replace(parameters=parameters)  # type: ignore[attr-defined]  # typer reads it
    filled.__annotations__ = {p.name: p.annotation for p in parameters}
    return filled


def on_or_off(said: bool | None) -> str | None:
    """A switch as its setting has it; None, not said, stays."""
    return None if said is None else "on" if said else "off"


Ocr = Annotated[bool | None, setting("ocr", "--ocr/--no-ocr")]
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
Lang = Annotated[
    str | None,
    typer.Option(
        "--lang",
        metavar="en|zh-Hans|zh-Hant",
        autocompletion=lambda: ["en", "zh-Hans", "zh-Hant"],
        callback=lambda said: remember(said),  # noqa: PLW0108 — typer reads a function's signature
        help="The language of headings. [default: the environment's, else the document's]",
        show_default=False,
    ),
]
KeptSchema = Annotated[
    str | None,
    typer.Option(
        "--schema",
        metavar="NAME|PATH",
        autocompletion=schemas,
        help="The schema they follow. [default: the one they name]",
        show_default=False,
    ),
]
"""Of summaries that are there already."""
Encoding = Annotated[
    str | None,
    typer.Option(
        "--encoding",
        metavar="NAME",
        help="The file's encoding, such as gb18030 or big5hkscs. [default: found from its bytes]",
        show_default=False,
    ),
]
