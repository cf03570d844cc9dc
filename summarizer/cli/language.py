"""The language that a command shows a document's results in, and speaks to its user in."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar

_SAID: ContextVar[str | None] = ContextVar("said", default=None)


def told(message: str) -> str:
    """A message in the user's language: as `--lang` says, else as the environment does."""
    from summarizer.render.translate import translated

    return translated(message, users_language())


def told_lines(text: str, *, ours: Callable[[str], bool] = bool) -> str:
    """The same of a text each line of which is a message, if it is one of `ours`."""
    return "\n".join(told(line) if ours(line) else line for line in text.split("\n"))


def users_language() -> str:
    """The language of messages that are about no document."""
    from summarizer.config import locale_name
    from summarizer.render.review.messages import language_of

    return _SAID.get() or language_of(locale_name()) or "en"


def remember(said: str | None) -> str | None:
    """Keep what `--lang` says for the messages of this run; None forgets it."""
    from summarizer.render.review.messages import LANGUAGES

    known = {name.lower(): name for name in LANGUAGES}
    _SAID.set(known.get((said or "").lower()))
    return said


def language(said: str | None, text: str) -> str:
    """As `--lang` says, else as the environment says, else as the document is written.

    Raises ConfigError for a language that there are no words in.
    """
    from summarizer.config import locale_name
    from summarizer.render.reader import language_for

    return language_for(said, locale_name(), text)
