"""A model that says what a test tells it to, and remembers what it was asked.

    fake = FakeModel(figures=[{"80户": "贫困户数"}], items=lies)
    summarize(document, model=fake.model)
    fake.asked("items")[0].text

Answers are scripted by the family of the template (`figures`, `items`, `correction`, `overview`,
`verbatim`, a probe's list, `judge`, whose answer is the log-odds of yes, or what each first word is
worth, and none by default): one answer for all requests, or a list of them in turn whose last one stays. An answer
is what goes into JSON, a text as it is, an error to raise, or a function of the request. What is
not scripted gets the least answer that its JSON Schema allows, which names nothing, or what
`default` makes of it.
"""

from __future__ import annotations

import copy
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from openai.types.chat import ChatCompletion

from summarizer.models import Model
from summarizer.models.answer import Answer
from summarizer.models.ledger import Ledger, Row, metered, record


@dataclass(frozen=True)
class Asked:
    """One request: the template's family, the messages, the answer's JSON Schema, a probe."""

    family: str
    messages: list[dict[str, str]]
    schema: dict[str, Any]
    max_tokens: int
    probe: dict[str, Any]

    @property
    def text(self) -> str:
        """The last turn of the user."""
        return self.messages[-1]["content"]

    @property
    def keys(self) -> list[str]:
        """The keys of the answer, such as the mentions to name."""
        return list(self.schema.get("properties", ()))


NO_FORM = {"json_schema": {"schema": {}}}


class FakeModel:
    """The script and the history; `model` is what goes into `summarize`."""

    def __init__(
        self,
        *,
        parallel: int = 1,
        default: Callable[[Asked], Any] | None = None,
        name: str = "fake",
        **script: Any,
    ) -> None:
        self.history: list[Asked] = []
        self._script = {k: list(v) if isinstance(v, list) else [v] for k, v in script.items()}
        self._default = default or (lambda asked: least(asked.schema))
        self._lock = threading.Lock()
        ledger = Ledger()
        self.model = Model(
            id=name, create=metered(self.create, ledger), ledger=ledger, parallel=parallel
        )

    def asked(self, family: str) -> list[Asked]:
        """The requests of one family, in the order they came."""
        return [one for one in self.history if one.family == family]

    def create(self, **request: Any) -> ChatCompletion:
        asked = Asked(
            request["metadata"]["template"].split(".")[0],
            copy.deepcopy(request["messages"]),
            request.get("response_format", NO_FORM)["json_schema"]["schema"],
            request.get("max_tokens", 0),
            request.get("probe", {}),
        )
        with self._lock:
            self.history.append(asked)
            script = self._script.get(asked.family, [self._default])
            said = script.pop(0) if len(script) > 1 else script[0]
        if isinstance(said, BaseException):
            raise said
        if callable(said):
            said = said(asked)
        record(Row(prompt_tokens=100, completion_tokens=10))
        if request.get("logprobs"):
            first = [("是", said / 2 - 9), ("否", -said / 2 - 9)] if isinstance(said, float) else []
            first = list(said.items()) if isinstance(said, dict) else first
            return Answer("是", "fake-2026", 100, 1, tuple(first)).completion()
        content = said if isinstance(said, str) else json.dumps(said, ensure_ascii=False)
        return Answer(content, "fake-2026", 100, 10).completion()


def read_out(odds: list[float], names: list[list[dict[str, Any]]] | None = None) -> dict[str, Any]:
    """What the probes of a report tell of a passage: log-odds of its sentences, and its names."""
    return {"sentences": {"measures": odds}, "names": names or [[] for _ in odds]}


def name_at(start: int, end: int, odds: float, kind: str = "person") -> dict[str, Any]:
    """A name of a sentence, with the log-odds that it is held up."""
    return {"at": [start, end], "kind": kind, "odds": 2.0, "lists": {"exemplars": odds}}


def least(schema: dict[str, Any], defs: dict[str, Any] | None = None) -> Any:
    """The least that a JSON Schema allows: empty texts, empty lists, null."""
    defs = defs or schema.get("$defs", {})
    if "$ref" in schema:
        return least(defs[schema["$ref"].rpartition("/")[2]], defs)
    if "anyOf" in schema:
        return None
    if "enum" in schema:
        return schema["enum"][0]
    if schema.get("type") == "object":
        inside = schema.get("properties", {}).items()
        return {name: least(inner, defs) for name, inner in inside}
    return [] if schema.get("type") == "array" else ""
