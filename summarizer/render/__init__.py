"""Summary → JSON, Markdown, terminal text, HTML, whatever a schema has added to it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from summarizer.errors import ConfigError

if TYPE_CHECKING:
    from summarizer.types import Summary


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write a summary: `module` holds `render(summary) -> str`, imported when needed.

    One that has headings (`is_worded`) takes its `reader`, too.
    """

    name: str
    module: str
    suffixes: tuple[str, ...]
    about: str
    is_worded: bool = True


FORMATS = {
    f.name: f
    for f in (
        Format(
            "json",
            "summarizer.render.json",
            (".json",),
            "the whole summary, for programs",
            is_worded=False,
        ),
        Format("md", "summarizer.render.markdown", (".md", ".markdown"), "Markdown with footnotes"),
        Format("text", "summarizer.render.text", (".txt",), "plain text for a terminal"),
        Format("html", "summarizer.render.html", (".html", ".htm"), "one page that stands alone"),
    )
}
"""Every format; `export`, the command line and its help read this list and no other."""


def export(
    summary: Summary,
    format: str = "json",  # noqa: A002 — the word users know
    language: str = "en",
) -> str:
    """The summary in one of `FORMATS`, ending in a newline; headings in a language.

    Languages are `en`, `zh-Hans` and `zh-Hant`; JSON is the same in each. Raises ConfigError for a
    format or a language that is not there.
    """
    if format not in FORMATS:
        raise ConfigError(f"there is no format {format!r}; there are: {', '.join(FORMATS)}")
    form = FORMATS[format]
    module = import_module(form.module)
    if not form.is_worded:
        return str(module.render(summary))
    from summarizer.render.reader import reader

    return str(module.render(summary, reader=reader(language)))
