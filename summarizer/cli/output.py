"""Where results go: standard output, or a file that is written whole or not at all."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from summarizer.errors import ConfigError, SummarizerError
from summarizer.files import beside
from summarizer.render import FORMATS, export
from summarizer.render.safe import visible

if TYPE_CHECKING:
    from summarizer.types import Summary


@dataclass(frozen=True, slots=True)
class Output:
    """A place and a format; `path` None is standard output."""

    path: Path | None
    format: str


def output(out: str | None, format: str | None) -> Output:  # noqa: A002 — the option's name
    """Settle where to write and how, and refuse what cannot work, before any costly work.

    Raises ConfigError for an unknown format or suffix, a folder, a folder that is not there.
    """
    format = format and format.lower()  # noqa: A001 — the option's name
    if format is not None and format not in FORMATS:
        raise ConfigError(f"--format {format!r} must be one of: {', '.join(FORMATS)}")
    path = place(out)
    if path is None:
        return Output(None, format or ("text" if on_terminal() else "json"))
    return Output(path, format or _by_suffix(path))


def _by_suffix(path: Path) -> str:
    """The format that a file's name asks for; a name without a suffix is JSON's.

    Raises ConfigError for the suffix of a format that there is none of, such as .pdf.
    """
    suffix = path.suffix.lower()
    if suffix in ("", ".jsonl") or (path.exists() and not path.is_file()):  # /dev/null, a pipe
        return "json"
    known = {s: f.name for f in FORMATS.values() for s in f.suffixes}
    if suffix not in known:
        raise ConfigError(
            f"-o {str(path)!r}: no format is called {suffix!r}; there are {', '.join(known)}, "
            "and --format writes any into any file"
        )
    return known[suffix]


def place(out: str | None) -> Path | None:
    """The file that `-o OUT` names; None is standard output.

    Raises ConfigError for a folder, and for a file in a folder that is not there.
    """
    if out in (None, "-"):
        return None
    path = Path(out or "")
    if not out or path.is_dir():
        raise ConfigError(f"-o {out!r} is a folder; name a file in it")
    if not path.parent.is_dir():
        raise ConfigError(f"-o {out!r}: there is no folder {str(path.parent)!r}; make it first")
    return path


def followed(path: Path) -> Path:
    """The file that an output's name leads to: a link that the user names is followed, never lost.

    Raises ConfigError for links that go round in a circle.
    """
    try:
        return path.resolve() if path.is_symlink() else path
    except (OSError, RuntimeError) as error:
        raise ConfigError(f"-o {str(path)!r} is a link that leads nowhere") from error


def show(summary: Summary, to: Output, language: str, after: str = "") -> None:
    """Write a summary; on a terminal as wide as that is, in its colours, with nothing that acts.

    `after` is what a terminal shows below the summary's text.
    """
    from summarizer.cli.pager import show_paged

    if to.path is not None or not on_terminal():
        write(export(summary, to.format, language), to.path)
    elif to.format == "text":
        show_paged(coloured(summary, language) + visible(after))
    else:
        show_paged(visible(export(summary, to.format, language)))


def write_shown(text: str, path: Path | None = None) -> None:
    """Write what a document says: as it is, but on a terminal with control characters visible."""
    write(visible(text) if path is None and on_terminal() else text, path)


def write(text: str, path: Path | None = None) -> None:
    """Write text to standard output, or to a file through a temporary one beside it.

    Raises SummarizerError when the place is full or may not be written.
    """
    write_parts((text,), path)


def write_parts(parts: Iterable[str], path: Path | None = None) -> None:
    """The same of a text that comes in parts, none of which is kept."""
    try:
        if path is None:
            for part in parts:
                _to_stdout(part)
        elif path.exists() and not path.is_file():  # /dev/null, a named pipe
            with path.open("w", encoding="utf-8", newline="\n") as file:
                file.writelines(parts)
        else:
            _whole(parts, followed(path))
    except BrokenPipeError:
        raise
    except OSError as error:
        where = "standard output" if path is None else repr(str(path))
        raise SummarizerError(f"cannot write {where}: {error.strerror or error}") from error


def on_terminal() -> bool:
    """Whether standard output is a terminal."""
    return bool(sys.stdout and sys.stdout.isatty())


def terminal_width() -> int:
    """How many columns the terminal has."""
    return shutil.get_terminal_size().columns


def forget_stdout() -> None:
    """Point standard output at nothing: what it still holds would fail again when Python ends."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, sys.stdout.fileno())
    os.close(nothing)


def _to_stdout(text: str) -> None:
    if sys.stdout is None:
        raise OSError("it is closed")
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError:
        forget_stdout()
        raise


def _whole(parts: Iterable[str], path: Path) -> None:
    part = beside(path, f".{os.getpid()}.part", before=".")
    try:
        with part.open("x", encoding="utf-8", newline="\n") as file:
            file.writelines(parts)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def coloured(summary: Summary, language: str) -> str:
    """A summary as the terminal shows it: as wide as that is, in its colours."""
    from rich.console import Console

    from summarizer.render.reader import reader
    from summarizer.render.text import view

    console = Console(file=sys.stdout, markup=False, emoji=False, highlight=False)
    with console.capture() as captured:
        console.print(view(summary, console.width, reader(language)))
    return captured.get()
