"""What a user sees when something goes wrong: one line and an exit code."""

import errno
import sys
from io import StringIO

from typer import TyperException

from summarizer.cli.language import told
from summarizer.cli.output import forget_stdout
from summarizer.errors import SummarizerError
from summarizer.render.safe import one_line, visible

INTERRUPTED = 130
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_LONGEST = 300  # characters of an unexpected error's message; some carry whole requests


def report(error: BaseException, *, debug: bool) -> int:
    """Say on standard error what went wrong; the exit code.

    A closed pipe (`| head`) is no error: the reader has seen what it wanted.
    """
    if isinstance(error, BrokenPipeError):
        forget_stdout()
        return 0
    if debug:
        from traceback import format_exception

        say("".join(format_exception(error)).rstrip())
    if isinstance(error, KeyboardInterrupt):
        say("interrupted")
        return INTERRUPTED
    if isinstance(error, SummarizerError):
        say(f"error: {one_line(str(error))}")
        return error.exit_code
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        where = repr(str(error.filename)) if error.filename else "standard output"
        say(f"error: cannot write {one_line(where)}: {error.strerror}")
        return 1
    message = one_line(f"{type(error).__name__}: {error}")[:_LONGEST]
    say(f"error: unexpected {message}; run again with --debug, and please report it")
    return 1


def refuse(error: TyperException) -> int:
    """Say on standard error how a command line is wrong; the exit code."""
    shown = StringIO()
    error.show(file=shown)  # type: ignore[attr-defined]  # each that typer raises has it
    for line in shown.getvalue().removesuffix("\n").split("\n"):
        say(line)
    return error.exit_code


def say(line: str) -> None:
    """Write a message to standard error in the user's language, if anybody is there to read it.

    It has no secrets, and nothing that acts.
    """
    from summarizer.config import redacted

    try:
        print(visible(redacted(told(line))), file=sys.stderr, flush=True)
    except OSError:  # standard error is closed or full: nobody is left to be told
        return
