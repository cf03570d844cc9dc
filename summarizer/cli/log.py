"""The log on standard error, for `--debug`: what is loaded, chosen, and tried again."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable


class _Lines(logging.Handler):
    """Each message is a line of visible characters, without keys."""

    def emit(self, record: logging.LogRecord) -> None:
        from summarizer.config import redacted
        from summarizer.render.safe import one_line

        if sys.stderr:
            print(one_line(redacted(record.getMessage())), file=sys.stderr)


def show_log() -> Callable[[], None]:
    """Begin to show it; the returned function ends that."""
    log, handler = logging.getLogger("summarizer"), _Lines()
    was = log.level
    log.addHandler(handler)
    log.setLevel(logging.INFO)

    def end() -> None:
        log.removeHandler(handler)
        log.setLevel(was)

    return end
