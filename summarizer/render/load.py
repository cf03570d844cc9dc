"""Stored summaries back into values: a summary's JSON, or the JSON Lines of a batch."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from summarizer.errors import ConfigError, InputError
from summarizer.schema import load_schema
from summarizer.types import Summary


def load(text: str, *, schema: str | None = None, source: str = "the input") -> list[Summary]:
    """The summaries in a text; failed documents of a batch are left out.

    `schema` is a name or path; without it each summary's own `schema_id` is looked up. Raises
    InputError for what holds no summary, ConfigError for a schema that is not there.
    """
    found = [_summary(record, schema, source) for record in _records(text, source)]
    if not found:
        raise InputError(f"{source} holds no summary")
    return found


def _records(text: str, source: str) -> Iterator[dict[str, Any]]:
    for number, record in _values(text, source):
        if not isinstance(record, dict):
            raise InputError(
                f"{source}, line {number}: this is no summary but a {type(record).__name__}"
            )
        if "status" not in record:
            yield record
        elif record["status"] == "ok":
            yield record["summary"]


def _values(text: str, source: str) -> Iterator[tuple[int, Any]]:
    """Each JSON value with its line: the text is one value, or one a line."""
    try:
        values = [(1, json.loads(text))]
    except RecursionError as error:
        raise InputError(f"{source} is nested too deeply for a summary") from error
    except json.JSONDecodeError as error:
        if error.msg != "Extra data":
            raise InputError(f"{source} is not JSON: {error}") from error
        values = []
    yield from values or ((n, _line(n, line, source)) for n, line in _lines(text))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    return ((n, line) for n, line in enumerate(text.split("\n"), 1) if line.strip())


def _line(number: int, line: str, source: str) -> Any:
    try:
        return json.loads(line)
    except json.JSONDecodeError as error:
        raise InputError(f"{source}, line {number} is not JSON: {error.msg}") from error


def _summary(record: dict[str, Any], schema: str | None, source: str) -> Summary:
    name = schema or record.get("schema_id")
    if not isinstance(name, str):
        raise InputError(f"{source} is no summary: it has no schema_id")
    try:
        model: type[Summary] = load_schema(name).model
    except ConfigError as error:
        raise ConfigError(f"{error}; name the schema of this summary with --schema") from error
    try:
        return model.model_validate_json(json.dumps(record))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise InputError(f"{source} is no summary of {name}: {where}: {first['msg']}") from error
