"""The command line. Only this package prints, catches every error, or exits.

A command is a module of this package with a function of the same name, or with a typer `app` where
it has commands of its own. The modules import typer and the standard library at their top and the
rest inside their functions, so that `--help` and tab completion stay fast.
"""

from __future__ import annotations

import gc
import io
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, MutableMapping
from functools import partial
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from summarizer.cli.failure import refuse, report, say
from summarizer.cli.language import remember

COMMANDS = (
    "summarize",
    "batch",
    "view",
    "review",
    "export",
    "clean",
    "mentions",
    "text",
    "prompt",
    "models",
    "eval",
    "schema",
    "new",
    "settings",
)
"""Every command, in the order of the help."""

PLAIN: dict[str, Any] = {
    "rich_markup_mode": None,
    "pretty_exceptions_enable": False,
    "context_settings": {"help_option_names": ["-h", "--help"]},
}
"""Every typer app here is made with these: rich help costs more than all the rest of `--help`."""

_DEBUG = "summarizer.debug"
_EPILOG = """\b
Examples:
  summarizer summarize report.txt                  read it on the terminal
  summarizer summarize report.txt -o report.json   keep it
  summarizer view report.json -o report.html       turn it into a page
  summarizer review report.json -o check.html      check it beside its source
  summarizer batch reports/ -o reports.jsonl       many, resumably
  summarizer export report.json --to tables        and into tables

\b
Exit codes:
  0  done
  1  something fell short: failed documents, a full disk, an unexpected error
  2  usage or configuration
  3  the input cannot be read
  4  the model could not be used
  5  verification failed, under --strict
  130  interrupted

Documents go in as UTF-8 or the common Chinese encodings. Results go to standard output, progress
and messages to standard error. Settings come from the command line, else SUMMARIZER_* variables,
else summarizer.toml, else their defaults: `summarizer settings` shows which. Keys come from
OPENAI_API_KEY only.
"""


class _Commands(MutableMapping[str, Any]):
    """Commands by name, imported when they are looked up; each is given `--debug`."""

    def __init__(self) -> None:
        self._loaded: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._loaded:
            if name not in COMMANDS:
                raise KeyError(name)
            self._loaded[name] = _load(name)
        return self._loaded[name]

    def __setitem__(self, name: str, command: Any) -> None:
        self._loaded[name] = command

    def __delitem__(self, name: str) -> None:
        del self._loaded[name]

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


class _Group(TyperGroup):
    """The root command: loads the others late and turns every error into a line and a code."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands = _Commands()

    def get_params(self, ctx: Any) -> Any:
        flags = super().get_params(ctx)
        for flag in flags:  # left at None, typer would load pydantic to see that it is no bool
            flag.default = bool(flag.default)
        return flags

    def get_help(self, ctx: Any) -> str:
        return _help(self, ctx, super().get_help)

    def invoke(self, ctx: Any) -> Any:
        _warn_of_slips()
        try:
            result = super().invoke(ctx)
            if sys.stdout:
                sys.stdout.flush()  # here, where a full disk or a closed pipe is still reported
        except (typer.Exit, typer.Abort, typer.TyperException):
            raise
        except (Exception, KeyboardInterrupt) as error:
            raise typer.Exit(report(error, debug=_DEBUG in ctx.meta)) from error
        return result


app = typer.Typer(cls=_Group, epilog=_EPILOG, no_args_is_help=True, **PLAIN)


def _warn_of_slips() -> None:
    """Tell of variables that look like settings and are none: ignoring them changes a result."""
    from summarizer.config import unknown_variables

    unknown = unknown_variables()
    if unknown:
        say(f"warning: no setting is called {', '.join(unknown)}; `summarizer settings` lists them")


def _version(asked: bool) -> None:
    if asked:
        from summarizer import __version__

        typer.echo(f"summarizer {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help="Print the version and exit."
        ),
    ] = False,
) -> None:
    """Typed summaries of Chinese work reports, in which every number is proved.

    A language model says what was done, how much, and who is held up as an example; a grammar finds
    the numbers; what they say together is checked against the source, sentence by sentence, and
    what was left out is counted.
    """


def main() -> None:
    """The entry point of `summarizer` and of `python -m summarizer`."""
    sys.unraisablehook = _unraised
    gc.set_threshold(100_000, 10, 10)  # imports are no garbage, and are many
    code = run(sys.argv[1:])
    if code == 130:
        os._exit(code)  # without waiting for answers that other threads are still asking for
    if "duckdb" not in sys.modules:  # which complains of what is left then
        gc.freeze()  # what is left goes with the process, unsearched
    sys.exit(code)


def _unraised(thrown: sys.UnraisableHookArgs) -> None:
    """Raise Ctrl-C again where Python dropped it; half-written files complain to nobody.

    One that falls into a callback of the interpreter (a lock of an import, `__del__`) ends there.
    """
    if thrown.exc_type is KeyboardInterrupt:
        main = threading.main_thread().ident
        again = threading.Timer(0.05, signal.pthread_kill, (main, signal.SIGINT))
        again.start()  # at once, it would end in here too
    elif "--debug" in sys.argv:
        sys.__unraisablehook__(thrown)


def run(arguments: list[str]) -> int:
    """Do what the arguments ask; the exit code. Writes to standard output and error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")
    remember(None)
    command = typer.main.get_command(app)
    try:
        code = command.main(arguments, prog_name="summarizer", standalone_mode=False)
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else 0
    except typer.TyperException as error:
        return refuse(error)
    except typer.Abort:
        say("Aborted!")
        return 1
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 — before or after the command
        return report(error, debug="--debug" in arguments)
    return code if isinstance(code, int) else 0


def _load(name: str) -> Any:
    module = import_module(f"summarizer.cli.{name}")
    command_app = getattr(module, "app", None)
    if command_app is None:
        command_app = typer.Typer(add_completion=False, **PLAIN)
        command_app.command(name)(getattr(module, name))
    command: Any = typer.main.get_command(command_app)
    command.name = name
    leaves = getattr(command, "commands", {"": command})
    for leaf in leaves.values():
        leaf.params.append(_debug_option())
    for one in {id(one): one for one in (command, *leaves.values())}.values():
        one.get_help = partial(_help, one, written=one.get_help)
    return command


def _help(command: Any, ctx: Any, written: Callable[[Any], str]) -> str:
    """A command's help in the environment's language, else as it is `written`."""
    from summarizer.cli.help import help_language, translated

    language = help_language()
    return translated(command, ctx, language) if language else written(ctx)


def _debug_option() -> Any:
    asking = typer.Typer(add_completion=False)

    @asking.command()
    def _(
        debug: Annotated[
            bool,
            typer.Option(
                "--debug",
                callback=_remember_debug,
                expose_value=False,
                help="Show the log, and the traceback of an error.",
            ),
        ] = False,
    ) -> None: ...

    return typer.main.get_command(asking).params[0]


def _remember_debug(ctx: typer.Context, asked: bool) -> None:
    if asked:
        from summarizer.cli.log import show_log

        ctx.meta[_DEBUG] = True
        ctx.call_on_close(show_log())
