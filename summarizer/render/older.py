"""Summaries that another version of a schema wrote: which file reads them, and what it cannot.

`county.v1` is read by the file of `county.v2`. What that asks for and the summary has not was not
asked for, and is told; what the summary has and the file has no longer would be lost, so it is
refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from summarizer import fields
from summarizer.engine.schema import Schema
from summarizer.types import Issue

UNASKED = "field_not_asked"
_VERSION = re.compile(r"(.+)\.v([0-9]+)")


def reads(schema_id: str, older: str) -> bool:
    """Whether the file of a schema reads summaries of an id: its own, or of a lower version.

    >>> reads("county.v2", "county.v1"), reads("county.v1", "county.v2"), reads("a.v2", "b.v1")
    (True, False, False)
    """
    new, old = _VERSION.fullmatch(schema_id), _VERSION.fullmatch(older)
    if new is None or old is None:
        return schema_id == older
    return new[1] == old[1] and not int(new[2]) < int(old[2])


def unasked(record: Mapping[str, Any], schema: Schema) -> Iterator[Issue]:
    """What a schema asks for and a stored summary does not have: it has null where it was asked."""
    lists = {listed.name: listed for listed in schema.lists}
    for name in (*schema.fields, *lists):
        if name not in record:
            message = f"{name}: it was not asked for when the summary was made"
            yield Issue(code="field_not_asked", severity="info", message=message, ref=name)
    for name, listed in lists.items():
        items = [one for one in record.get(name) or () if isinstance(one, dict)]
        for field in listed.fields:
            if any(field not in one for one in items):
                message = f"{name}: {field} was not asked for when the summary was made"
                yield Issue(
                    code="field_not_asked", severity="info", message=message, ref=f"{name}.{field}"
                )


def is_unasked(issues: tuple[Issue, ...], name: str) -> bool:
    """Whether a field is told not to have been asked for."""
    return any(issue.code == UNASKED and issue.ref == name for issue in issues)


def fault(error: ValidationError, name: str, schema: Schema, *, source: str, advice: str) -> str:
    """Why a summary of some name is none of a schema, with what to give where a field is why."""
    first, *_ = error.errors()
    where = ".".join(str(part) for part in first["loc"])
    if not first["loc"] or first["loc"][0] in fields.Summary.model_fields:
        return f"{source} is no {name} summary: {where}: {first['msg']}"
    if first["type"] == "extra_forbidden":
        return f"{source} has {where}, which {schema.id} does not ask for; {advice}"
    if first["type"] == "missing":
        return f"{source} has no {where}, which {schema.id} must have; {advice}"
    return f"{source} is no {name} summary: {where}: {first['msg']}; {advice}"
