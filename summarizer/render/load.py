"""Stored summaries back into values: a summary's JSON, or the JSON Lines of a batch."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias

from pydantic import ValidationError

from summarizer.engine.field_types import picks_in
from summarizer.engine.schema import Schema, load_schema
from summarizer.errors import InputError
from summarizer.fields import Quantity
from summarizer.render.find_schema import GIVE, advice, schema_of
from summarizer.render.older import UNASKED, fault, reads, unasked
from summarizer.types import Summary

Stored: TypeAlias = "Summary | Failure | Duplicate"
"""What a batch's line holds, and the inputs that it stands for."""

_MOST = 100_000  # places before and after the point of a number


@dataclass(frozen=True, slots=True)
class Failure:
    """What a batch's output has in place of a summary: which document, and why there is none."""

    source: str
    error_type: str
    error_message: str


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Another input of a batch with the content of a document that was summarized once."""

    document_id: str
    source: str
    same_as: str


def load(text: str, *, schema: str | None = None, source: str = "the input") -> list[Summary]:
    """The summaries in a text; failed documents of a batch are left out.

    `schema` is a name or path; without it each summary's own `schema_id` is looked up, among those
    that ship and that of the setting `schema`. Raises
    InputError for what holds no summary, ConfigError for a schema that is not there.
    """
    things = _things(text, source)
    found = [_summary(one, schema, source) for one in things if not isinstance(one, Failure)]
    if not found:
        raise InputError(f"{source} holds no summary")
    return found


def load_each(source: str, *, schema: str | None = None) -> Iterator[Stored]:
    """The same from a file, or "-" for standard input, one by one: a batch's lines may be many.

    Failed documents are there too, and after each document the inputs with the same content.
    Raises what `load` and `stored` raise; a file without a summary is no error here.
    """
    for number, record in _records(source):
        thing = _thing(number, record, source)
        made = thing if isinstance(thing, Failure) else _summary(thing, schema, source)
        yield made
        yield from _same(record, made)


def _records(source: str) -> Iterator[tuple[int, Any]]:
    """Each JSON value of a file with its line; of JSON Lines no more than one is held."""
    if source == "-" or not _is_lines(Path(source)):
        yield from _values(stored(source), source)
        return
    with Path(source).open("rb") as file:
        for number, raw in enumerate(file, 1):
            try:
                line = raw.decode("utf-8-sig")
            except UnicodeDecodeError as error:
                raise InputError(f"{source}, line {number} is not UTF-8") from error
            if line.strip():
                yield number, _line(number, line, source)


def _same(record: dict[str, Any], made: Summary | Failure) -> Iterator[Stored]:
    """The other inputs of a record, each as a row of its own: failed as well, or the same again."""
    names = record.get("same_content")
    for name in names if isinstance(names, list) else ():
        if isinstance(made, Failure):
            yield Failure(str(name), made.error_type, made.error_message)
        else:
            yield Duplicate(made.document.id, str(name), made.document.source)


def _is_lines(path: Path) -> bool:
    """True for a file whose first line is a JSON value, and not its last."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            json.loads(file.readline())
            return bool(file.readline().strip())
    except (OSError, ValueError, RecursionError):
        return False


def schema_ids(path: Path) -> Iterator[str]:
    """The ids of the schemas that a batch's lines follow, as far as they can be read."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            for line in file:
                record = json.loads(line)
                summary = record.get("summary") if isinstance(record, dict) else None
                name = summary.get("schema_id") if isinstance(summary, dict) else None
                if isinstance(name, str):
                    yield name
    except (OSError, ValueError, RecursionError):
        return


def stored(source: str) -> str:
    """The text of a file of summaries; "-" is standard input.

    Raises InputError for what cannot be read or is not UTF-8.
    """
    if source == "-" and sys.stdin is None:
        raise InputError("- is standard input, and that is closed")
    try:
        data = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"{source} cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{source} is not JSON: it is not UTF-8") from error


def _things(text: str, source: str) -> Iterator[dict[str, Any] | Failure]:
    for number, record in _values(text, source):
        yield _thing(number, record, source)


def _thing(number: int, record: Any, source: str) -> dict[str, Any] | Failure:
    """The summary of a record, as JSON, or why it has none."""
    if not isinstance(record, dict):
        raise InputError(
            f"{source}, line {number}: this is no summary but a {type(record).__name__}"
        )
    if "status" not in record:
        return record
    if record["status"] == "ok":
        summary: dict[str, Any] = record["summary"]
        return summary
    error = record.get("error") or {}
    told = (record.get("source"), error.get("type"), error.get("message"))
    return Failure(*("" if one is None else str(one) for one in told))


def _values(text: str, source: str) -> Iterator[tuple[int, Any]]:
    """Each JSON value with its line: the text is one value, or one a line."""
    try:
        values = [(1, json.loads(text))]
    except RecursionError as error:
        raise InputError(f"{source} is nested too deeply for a summary") from error
    except json.JSONDecodeError as error:
        if error.msg != "Extra data":
            raise InputError(
                f"{source} is not JSON ({error}); a stored summary is what "
                "`summarizer summarize … -o FILE.json` or `batch` wrote"
            ) from error
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
    name = record.get("schema_id")
    if not isinstance(name, str):
        raise InputError(f"{source} is no summary: it has no schema_id")
    found = load_schema(schema) if schema else schema_of(name, source)
    made = _validated(record, found, schema, source)
    for pick in _picks(made):
        if not all(map(_is_writable, (pick.value, pick.high, pick.base_value))):
            raise InputError(
                f"{source} is no {name} summary: {pick.text!r} has more digits than can be written"
            )
    for figure in made.figures:
        if not all(map(_is_writable, (figure.value, figure.high, figure.base_value))):
            raise InputError(
                f"{source} is no {name} summary: figure {figure.id!r} has more digits than can be "
                "written out"
            )
    return made


def _validated(record: dict[str, Any], found: Schema, said: str | None, source: str) -> Summary:
    """A summary by the class of a schema, or of a lower version of it: then it keeps its id."""
    name = record["schema_id"]
    given = record | {"schema_id": found.id} if reads(found.id, name) else record
    try:
        made = found.model.model_validate_json(json.dumps(given))
    except ValidationError as error:
        if said and any(one["loc"] == ("schema_id",) for one in error.errors()):
            raise InputError(f"{source} follows {name}, and --schema {said} does not") from error
        file = GIVE if said else advice(name)
        raise InputError(fault(error, name, found, source=source, advice=file)) from error
    told = {issue.ref for issue in made.issues if issue.code == UNASKED}
    new = [issue for issue in unasked(record, found) if issue.ref not in told]
    if not new and made.schema_id == name:
        return made
    return made.model_copy(update={"schema_id": name, "issues": (*made.issues, *new)})


def _picks(summary: Summary) -> Iterator[Quantity]:
    """The quantities that the fields of a summary and of its items hold."""
    own = (getattr(summary, name) for name in type(summary).model_fields)
    return (pick for value in own for pick in picks_in(value) if isinstance(pick, Quantity))


def _is_writable(value: Decimal | None) -> bool:
    """False for a number of so many zeros that writing it out would fill the memory: 1E+300000000.

    >>> _is_writable(Decimal("1E+300000000")), _is_writable(Decimal("2.8E+4"))
    (False, True)
    """
    return value is None or max(abs(value.adjusted()), abs(int(value.as_tuple().exponent))) < _MOST


def schema_name(summary: Summary) -> str:
    """What `load_schema` takes for the schema that a summary names. Raises ConfigError for none."""
    found = schema_of(summary.schema_id)
    return found.name if found.is_shipped else str(found.path)
