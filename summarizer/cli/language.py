"""The language that a command shows a document's results in."""

from __future__ import annotations


def language(said: str | None, text: str) -> str:
    """As `--lang` says, else as the environment says, else as the document is written.

    Raises ConfigError for a language that there are no words in.
    """
    from summarizer.config import locale_name
    from summarizer.render.reader import language_for

    return language_for(said, locale_name(), text)
