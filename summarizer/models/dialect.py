"""How an endpoint wants to be spoken to, found out by speaking and remembered.

Callers always ask for JSON by `response_format` with a schema. Not every server takes that, takes
it seriously, or takes `max_tokens` and `temperature`. A `Dialect` is what is known about one model
at one endpoint; `speak` puts a request into it; `after_refusal` and `after_answer` are the next
thing to try, or None when there is nothing left to learn.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from summarizer.models import answer

FORMS: Final = ("json_schema", "tools", "json", "text")
"""The ladder: constrained decoding, a forced tool, JSON mode with the schema in words, words."""

OPTIONAL: Final = (
    *("temperature", "seed", "top_p", "presence_penalty", "frequency_penalty"),
    *("top_logprobs", "logprobs"),
)
ROOM_TO_THINK: Final = 8  # a reasoning model gets this many times the limit meant for the answer
INSTRUCTION: Final = "只输出一个符合下面 JSON Schema 的 JSON 对象,不要解释,不要代码块标记:\n"

_FORM_WORDS = re.compile(
    r"response_format|json_schema|json_object|structured|schema|grammar|\btools?\b|tool_choice"
    r"|function"
)
_NO_SYSTEM = re.compile(
    r"system.{0,60}(not|n't|un)\s?(be )?(support|allow|enabl)"
    r"|not support.{0,30}system|developer instruction|roles must alternate"
    r"|(unexpected|invalid|unknown) role.{0,20}system|only user and assistant roles"
)


@dataclass(frozen=True, slots=True)
class Dialect:
    """What one model at one endpoint understands. `proven`: it has answered in this form.

    `folds`: it knows no system role, whose words then open the user's message.
    """

    form: str = FORMS[0]
    limit: str = "max_tokens"
    dropped: tuple[str, ...] = ()
    room: int = 1
    proven: bool = False
    folds: bool = False


def speak(request: Mapping[str, Any], dialect: Dialect) -> dict[str, Any]:
    """The request as this endpoint wants it.

    >>> speak({"max_tokens": 64, "seed": 1}, Dialect(limit="max_completion_tokens"))
    {'seed': 1, 'max_completion_tokens': 64}
    """
    spoken = _formed(request, dialect)
    if not dialect.folds:
        return spoken
    return spoken | {"messages": _folded(spoken["messages"])}


def _formed(request: Mapping[str, Any], dialect: Dialect) -> dict[str, Any]:
    """With its limit, its arguments and its way of wanting JSON as they are understood."""
    spoken = {name: value for name, value in request.items() if name not in dialect.dropped}
    if "max_tokens" in spoken:
        spoken[dialect.limit] = spoken.pop("max_tokens") * dialect.room
    schema = schema_of(request)
    if schema is None or dialect.form == "json_schema":
        return spoken
    name = str(request["response_format"]["json_schema"].get("name", "answer"))
    del spoken["response_format"]
    if dialect.form == "tools":
        function = {"name": re.sub(r"[^\w-]|[^\x00-\x7f]", "_", name)[:64], "parameters": schema}
        spoken["tools"] = [{"type": "function", "function": function}]
        spoken["tool_choice"] = {"type": "function", "function": {"name": function["name"]}}
        return spoken
    if dialect.form == "json":
        spoken["response_format"] = {"type": "json_object"}
    return spoken | {"messages": _with_schema(spoken["messages"], schema)}


def after_refusal(
    dialect: Dialect, request: Mapping[str, Any], status: int, message: str
) -> Dialect | None:
    """What to try after the endpoint refused: by 4xx, by 500, or saying what it lacks."""
    message = message.lower()
    if "max_completion_tokens" in message and dialect.limit == "max_tokens":
        return replace(dialect, limit="max_completion_tokens")
    has_system = any(turn.get("role") == "system" for turn in request.get("messages", ()))
    if has_system and not dialect.folds and _NO_SYSTEM.search(message):
        return replace(dialect, folds=True)
    for name in OPTIONAL:
        if name in message and name in request and name not in dialect.dropped:
            return replace(dialect, dropped=(*dialect.dropped, name))
    if schema_of(request) is None:
        return None
    if _FORM_WORDS.search(message) or (not dialect.proven and status <= 500):
        return _next_form(dialect)
    return None


def after_answer(dialect: Dialect, request: Mapping[str, Any], raw: Any) -> Dialect | None:
    """What to try after an answer that shows a misunderstanding; None when it is one to keep."""
    if request.get("logprobs"):
        return None  # one token is all that was wanted
    as_json = request.get("response_format") is not None
    is_short = answer.is_short_of_room(raw, as_json=as_json)
    if dialect.room == 1 and "max_tokens" in request and is_short:
        return replace(dialect, room=ROOM_TO_THINK)
    schema = schema_of(request)
    if dialect.proven or schema is None or answer.is_cut(raw, as_json=as_json):
        return None
    said = answer.as_object(answer.hear(raw, as_json=True).content)
    if said is not None and set(schema.get("required", ())) <= set(said):
        return None
    return _next_form(dialect)


def names_form(message: str) -> bool:
    """True if an error's text blames the way in which something was asked for."""
    return any(words.search(message.lower()) for words in (_FORM_WORDS, _NO_SYSTEM))


def schema_of(request: Mapping[str, Any]) -> dict[str, Any] | None:
    """The JSON Schema that a request wants its answer to fit, if it wants one."""
    wanted = request.get("response_format")
    if not isinstance(wanted, Mapping) or wanted.get("type") != "json_schema":
        return None
    schema = wanted.get("json_schema", {}).get("schema")
    return schema if isinstance(schema, dict) else None


def _next_form(dialect: Dialect) -> Dialect | None:
    step = FORMS.index(dialect.form) + 1
    return replace(dialect, form=FORMS[step], proven=False) if step < len(FORMS) else None


def _with_schema(messages: list[dict[str, Any]], schema: dict[str, Any]) -> list[dict[str, Any]]:
    """The messages with the schema at the end of the system message."""
    words = INSTRUCTION + json.dumps(schema, ensure_ascii=False)
    first, *rest = messages
    if first.get("role") == "system" and isinstance(first.get("content"), str):
        return [{**first, "content": f"{first['content']}\n\n{words}"}, *rest]
    return [{"role": "system", "content": words}, *messages]


def _folded(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    r"""The messages with the system's words at the head of the user's first.

    >>> _folded([{"role": "system", "content": "说明"}, {"role": "user", "content": "八十户"}])
    [{'role': 'user', 'content': '说明\n\n八十户'}]
    """
    told = [str(turn["content"]) for turn in messages if turn.get("role") == "system"]
    first, *rest = (turn for turn in messages if turn.get("role") != "system")
    return [{**first, "content": "\n\n".join([*told, str(first["content"])])}, *rest]
