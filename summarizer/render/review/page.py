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


def render(documents: Iterable[Reviewed], language: str) -> Iterator[str]:
    """The page in parts, document by document: no more than one of them is held at a time.

    The first is stored as it is, and readable without a script; the others are compressed.
    """
    entries: list[dict[str, Any]] = []
    template, script, style = _template(), _script(), (HERE / "page.css").read_text("utf-8")
    first = True
    for one in documents:
        given = payload(one)
        if first:
            yield template.render(
                language=language,
                policy=_policy(script, style),
                style=Markup(style),  # noqa: S704 — our own file
                summary=one.summary,
                say=messages(language),
                text=given["text"],
            )
            first = False
            yield _block("document-0", "application/json", _json(given))
        else:
            yield _block(f"document-{len(entries)}", "text/plain", _packed(given))
        entries.append(index_entry(given))
    yield _block("index", "application/json", _json(entries))
    told = {"language": language, "languages": LANGUAGES}
    told["messages"] = {name: messages(name) for name in LANGUAGES}
    yield _block("settings", "application/json", _json(told))
    yield f"<script>{script}</script>\n</body>\n</html>\n"


def _block(name: str, kind: str, content: str) -> str:
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
def _script() -> str:
    parts = [(HERE / name).read_text("utf-8") for name in SCRIPTS]
    return "\n".join(['"use strict";(() => {', *parts, "})();"])


def _policy(script: str, style: str) -> str:
    """What the page may do: run its own script, use its own style, and nothing else."""
    return (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode('ascii')}"


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_harmless,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(amount=amount)
    return environment.get_template("page.html.jinja")


def _harmless(value: Any) -> Any:
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
