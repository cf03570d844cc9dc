"""More documents than one page holds: a folder of pages, and an index that leads to them.

The index shows how far each page is checked and exports the decisions of all, in browsers that keep
one store for all files of a folder; in others each page exports its own.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice
from pathlib import Path
from typing import Any

from markupsafe import Markup

from summarizer.render.review.messages import LANGUAGES, messages
from summarizer.render.review.page import block, policy, render, script_of, template
from summarizer.render.review.payload import Reviewed

INDEX = "index.html"
SCRIPTS = ("text.js", "store.js", "documents.js", "index.js")
_PAGE = re.compile(r"page-[0-9]{3,}\.html")
_MARK = b'<meta name="generator" content="summarizer review">'  # of page.html.jinja
_STYLE = Path(__file__).with_name("index.css")


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the folder, as the index tells of it: what each of its documents has to check."""

    name: str
    first: str
    last: str
    doubts: int
    documents: tuple[tuple[str, str, str, int], ...]  # id, digest, source, things to check


def pages(
    documents: Iterable[Reviewed], language: str, most: int
) -> Iterator[tuple[str, Iterator[str]]]:
    """Each file's name and its text in parts, the index last; one is read before the next.

    No more than one document is held at a time, and of those before what the index says of them.
    """
    rest, made = iter(documents), list[Page]()
    for first in rest:
        entries: list[dict[str, Any]] = []
        name = f"page-{len(made) + 1:03}.html"
        yield name, render(chain((first,), islice(rest, most - 1)), language, entries)
        made.append(_page(name, entries))
    yield INDEX, iter(_index(made, language))


def left_over(folder: Path, written: Collection[str]) -> list[Path]:
    """The pages in a folder that an earlier run wrote there, and this one did not."""
    return [
        path
        for path in sorted(folder.glob("page-*.html"))
        if _PAGE.fullmatch(path.name) and path.name not in written and _is_ours(path)
    ]


def _is_ours(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return _MARK in file.read(1024)
    except OSError:
        return False


def _page(name: str, entries: list[dict[str, Any]]) -> Page:
    return Page(
        name,
        entries[0]["title"],
        entries[-1]["title"],
        sum(entry["doubts"] for entry in entries),
        tuple((e["key"], e["digest"], e["source"], e["total"]) for e in entries),
    )


def _index(made: list[Page], language: str) -> Iterator[str]:
    style, script = _style(), script_of(SCRIPTS)
    yield template("index.html.jinja").render(
        language=language,
        policy=policy(script, style),
        style=Markup(style),  # noqa: S704 — our own file
        pages=made,
        count=sum(len(page.documents) for page in made),
        say=messages(language),
    )
    yield block("pages", [page.documents for page in made])
    yield block("settings", {"language": language, "messages": {n: messages(n) for n in LANGUAGES}})
    yield f"<script>{script}</script>\n</body>\n</html>\n"


@cache
def _style() -> str:
    return _STYLE.read_text("utf-8")
