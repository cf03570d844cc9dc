"""Reviewed documents → the page: data, style and script in one file, under a strict policy."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from summarizer.engine.verify.doubts import CODES
from summarizer.render.amount import amount
from summarizer.render.review.messages import LANGUAGES, messages
from summarizer.render.review.payload import Reviewed, index_entry, payload
from summarizer.render.safe import visible

HERE = Path(__file__).parent
SCRIPTS = (
    "text.js",
    "store.js",
    "cards.js",
    "source.js",
    "editor.js",
    "documents.js",
    "view.js",
    "page.js",
)
"""The page's script, in order: one scope, each part leaning on those before it."""

_ACTIVE = str.maketrans({c: f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"})


def render(
    documents: Iterable[Reviewed], language: str, entries: list[dict[str, Any]] | None = None
) -> Iterator[str]:
    """The page in parts, document by document: no more than one of them is held at a time.

    The first is stored as it is, and readable without a script; the others are compressed. What
    the list of documents says of each is added to `entries`.
    """
    entries = [] if entries is None else entries
    script, style = script_of(SCRIPTS), (HERE / "page.css").read_text("utf-8")
    first = True
    for one in documents:
        given = payload(one)
        if first:
            yield template("page.html.jinja").render(
                language=language,
                policy=policy(script, style),
                style=Markup(style),  # noqa: S704 — our own file
                summary=one.summary,
                say=messages(language),
                text=given["text"],
            )
            first = False
            yield block("document-0", given)
        else:
            yield _raw_block(f"document-{len(entries)}", "text/plain", _packed(given))
        entries.append(index_entry(given))
    yield block("index", entries)
    told = {"language": language, "languages": LANGUAGES, "codes": _codes()}
    told["messages"] = {name: messages(name) for name in LANGUAGES}
    yield block("settings", told)
    yield f"<script>{script}</script>\n</body>\n</html>\n"


def _codes() -> list[str]:
    """What a card may be doubted for, the gravest first; numbers without a figure before length."""
    at = CODES.index("long")
    return [*CODES[:at], "missed", "unaccounted", *CODES[at:]]


def block(name: str, value: Any) -> str:
    """Data of a page, as an element that its script reads."""
    return _raw_block(name, "application/json", _json(value))


def _raw_block(name: str, kind: str, content: str) -> str:
    return f'<script type="{kind}" id="{name}">{content}</script>\n'


def _json(value: Any) -> str:
    r"""JSON that no HTML parser reads anything into.

    >>> _json("</script>")
    '"\\u003c/script\\u003e"'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_ACTIVE)
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def _packed(value: Any) -> str:
    data = gzip.compress(_json(value).encode(), compresslevel=6, mtime=0)
    return base64.b64encode(data).decode("ascii")


@cache
def script_of(names: tuple[str, ...]) -> str:
    """A page's script, made of its parts."""
    parts = [(HERE / name).read_text("utf-8") for name in names]
    return "\n".join(['"use strict";(() => {', *parts, "})();"])


def policy(script: str, style: str) -> str:
    """What the page may do: run its own script, use its own style, and nothing else."""
    return (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode('ascii')}"


@cache
def template(name: str) -> Template:
    """A template of this folder, in which what a document says is escaped and cannot act."""
    environment = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_harmless,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(amount=amount)
    return environment.get_template(name)


def _harmless(value: Any) -> Any:
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
