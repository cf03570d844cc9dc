"""The schema that a stored summary names: one that ships, or one that the user has said.

A schema is Python that runs when it is loaded. So a file is never loaded because it lies about; it
is only named to the user, who may give it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from summarizer.config import settings
from summarizer.engine.schema import MODULE, Schema, load_schema, shipped
from summarizer.errors import ConfigError
from summarizer.render.older import reads

MOST_FILES = 200  # Python files that are looked into
_QUOTED = re.compile(r"\"([^\"\n]+)\"")
LONGEST = 1_000_000  # bytes of one
GIVE = "give the file or folder that it was made with, as --schema PATH"


def schema_of(schema_id: str, source: str = "the summary") -> Schema:
    """The schema with this id, or else of a later version: a shipped one, or the setting `schema`.

    Raises ConfigError with what to give where it is neither.
    """
    for name in shipped():
        known = load_schema(name)
        if known.id == schema_id:
            return known
    said = _said()
    if said is not None and said.id == schema_id:
        return said
    for one in (*([said] if said else []), *map(load_schema, shipped())):
        if reads(one.id, schema_id):
            return one
    where = "standard input" if source == "-" else source
    raise ConfigError(
        f"no shipped schema has the id {schema_id!r}, which {where} follows; {advice(schema_id)}"
    )


def _said() -> Schema | None:
    """The schema of the user's settings, which folders one stands in have no part in."""
    try:
        return load_schema(settings().schema)
    except ConfigError:
        return None


def advice(schema_id: str) -> str:
    """What to give: the file that was given when it was made, or one here that has its id."""
    found = next(_naming(schema_id), None)
    if found is None:
        return GIVE
    return f"give --schema {found.as_posix()}, if that is yours: it is Python and runs"


def _naming(schema_id: str) -> Iterator[Path]:
    """The schema files here, and in folders here, that name an id or are called by it; unrun.

    One that names a later version of it reads its summaries as well.
    """
    here = Path()
    files = (path for pattern in ("*.py", f"*/{MODULE}") for path in sorted(here.glob(pattern)))
    for path in islice(files, MOST_FILES):
        called = path.parent.name if path.name == MODULE else path.stem
        try:
            is_small = path.stat().st_size < LONGEST
            text = path.read_text(encoding="utf-8", errors="replace") if is_small else ""
        except OSError:
            continue
        is_named = any(reads(one, schema_id) for one in _QUOTED.findall(text))
        if is_named or called == schema_id:
            yield path
