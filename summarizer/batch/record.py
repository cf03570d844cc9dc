"""One document of a batch as one line of JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from summarizer.provenance import Usage
from summarizer.types import Summary
from summarizer.visible import one_line


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a document: its `record`, and what that cost this time.

    `failure` is the type of the error of a failed one, `message` its text; both are empty for a
    summary.
    """

    record: str
    usage: Usage
    attempts: int = 1
    failure: str = ""
    message: str = ""


def succeeded(summary: Summary, source: str, attempts: int) -> Outcome:
    """A summary's outcome.

    The record depends on the document and the answers only: what answers cost is told as if all
    had been asked for now, and the seconds stay in the journal. So a batch that was killed and
    resumed, with answers from the store, ends with the same bytes as one that ran through.
    """
    usage = summary.provenance.usage
    settled = usage.model_copy(
        update={"requests": usage.requests + usage.cached, "cached": 0, "seconds": 0.0}
    )
    told = summary.provenance.model_copy(update={"usage": settled})
    text = summary.model_copy(update={"provenance": told}).model_dump_json()
    head = json.dumps({"status": "ok", "source": source}, ensure_ascii=False)
    return Outcome(_one_line(f'{head[:-1]}, "summary": {text}}}'), usage, attempts)


def failed(error: BaseException, source: str, attempts: int, usage: Usage) -> Outcome:
    """A failed document's outcome."""
    kind, message = type(error).__name__, _message(error)
    record = {"status": "failed", "source": source, "error": {"type": kind, "message": message}}
    text = json.dumps(record, ensure_ascii=False)
    return Outcome(_one_line(text), usage, attempts, kind, message)


def _message(error: BaseException) -> str:
    """The error's text on one line; some errors cannot even say what they are."""
    try:
        return one_line(str(error)[:500])
    except Exception:  # noqa: BLE001 — an error's own __str__ may be anybody's code
        return "the error has no text"


def renamed(record: str, source: str, same: list[str]) -> str:
    """The record for an output in which the document is called `source`.

    `same` are other inputs with the same content; they are listed, for their own sake no summary
    was made.
    """
    value: dict[str, Any] = json.loads(record)
    if value["source"] == source and not same:
        return record
    value["source"] = source
    if "summary" in value:
        value["summary"]["document"]["source"] = source
    if same:
        value["same_content"] = same
    return _one_line(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def _one_line(text: str) -> str:
    r"""JSON on one line for every reader: some take U+2028 for the end of a line.

    >>> _one_line('"\u2028"')
    '"\\u2028"'
    """
    return (
        text.replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
        .encode("utf-8", "backslashreplace")
        .decode()
    )
