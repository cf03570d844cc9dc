"""A folder in which requests lie until somebody has written their answers beside them.

A request is two files named by its digest: `<digest>.request.json` is what was sent, and
`<digest>.request.md` the same for people. The answer is `<digest>.answer.json`, the JSON object
that the request's schema describes.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DIGITS = 12
HAN_TOKENS, OTHER_TOKENS = 0.7, 0.25
"""Tokens that a character is taken for: what tokenizers of today make of Chinese and of JSON."""


class Unfit(ValueError):
    """An answer that cannot be sent yet; the message names its file, and the line if it has one."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request of the chat-completions protocol, in its folder."""

    folder: Path
    body: Mapping[str, Any]

    @property
    def digest(self) -> str:
        """What the answer depends on, in hex: the messages, the schema asked for, the seed.

        How long an answer may get, how it is sampled and who is asked change nothing that a
        reader would say.

        >>> one = Request(Path(), {"messages": [], "max_tokens": 9, "model": "reader"})
        >>> one.digest == Request(Path(), {"messages": []}).digest
        True
        """
        said = [self.body.get("messages"), self.schema, self.body.get("seed")]
        text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:DIGITS]

    @property
    def schema(self) -> dict[str, Any] | None:
        """The JSON Schema of the answer, whether asked for as a format or as a tool's arguments."""
        form = self.body.get("response_format") or {}
        wanted = (form.get("json_schema") or {}).get("schema")
        for tool in self.body.get("tools") or ():
            wanted = wanted or (tool.get("function") or {}).get("parameters")
        return wanted if isinstance(wanted, dict) else None

    @property
    def answer_path(self) -> Path:
        """Where its answer is to be written."""
        return self.folder / f"{self.digest}.answer.json"

    def lay_out(self) -> None:
        """Write both of its files, whole or not at all; what lies there already stays."""
        self.folder.mkdir(parents=True, exist_ok=True)
        sent = {name: value for name, value in self.body.items() if name != "model"}
        data = json.dumps(sent, ensure_ascii=False, indent=1) + "\n"
        for suffix, text in ((".request.json", data), (".request.md", self.readable())):
            path = self.folder / f"{self.digest}{suffix}"
            if not path.exists():
                _write_whole(path, text)

    def readable(self) -> str:
        """The request as a person reads it: what is said, and what the answer must look like."""
        parts = [f"# {self.digest}", f"Write the answer into `{self.answer_path.name}`."]
        for message in self.body.get("messages") or ():
            parts += [f"## {message.get('role')}", _words(message.get("content"))]
        if self.schema is not None:
            shape = json.dumps(self.schema, ensure_ascii=False, indent=1)
            parts += ["## The answer's JSON Schema", f"```json\n{shape}\n```"]
        return "\n\n".join(parts) + "\n"

    def answer(self) -> str | None:
        """The answer as the assistant's words, None while there is none.

        Raises Unfit for a file that is no JSON, says one key twice, or lacks a key that is asked.
        """
        path = self.answer_path
        try:
            text = path.read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise Unfit(f"{path}: cannot be read: {error}") from error
        value = _parsed(path, text)
        if self.schema is None:
            return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        if not isinstance(value, dict):
            raise Unfit(f"{path}: line 1: the answer must be a JSON object")
        if lacking := [name for name in self.schema.get("required", ()) if name not in value]:
            raise Unfit(f"{path}: lacks {', '.join(map(repr, lacking))}")
        return json.dumps(value, ensure_ascii=False)

    def completion(self, said: str) -> dict[str, Any]:
        """The answer in the protocol's form; its usage is estimated from the characters."""
        asked = "".join(_words(m.get("content")) for m in self.body.get("messages") or ())
        prompt, completion = tokens(asked), tokens(said)
        message: dict[str, Any] = {"role": "assistant", "content": said}
        if self.body.get("tools"):
            function = {"name": self.body["tools"][0]["function"]["name"], "arguments": said}
            call = {"id": "call_1", "type": "function", "function": function}
            message = {"role": "assistant", "content": None, "tool_calls": [call]}
        return {
            "id": f"reader-{self.digest}",
            "object": "chat.completion",
            "created": 0,
            "model": "reader",
            "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
            "usage": {
                "prompt_tokens": prompt,
                "completion_tokens": completion,
                "total_tokens": prompt + completion,
            },
        }


def tokens(text: str) -> int:
    """About how many tokens a text has, by its characters.

    >>> tokens("修水渠三百米,解决了用水难题"), tokens('{"title": ""}')
    (10, 4)
    """
    han = sum("\u3400" <= c <= "\u9fff" for c in text)
    return -int(-(han * HAN_TOKENS + (len(text) - han) * OTHER_TOKENS) // 1)


def _parsed(path: Path, text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise Unfit(f"{path}: {where}: no JSON: {error.msg}") from error
    except _Twice as error:
        key = error.args[0]
        line = text[: text.rfind(json.dumps(key, ensure_ascii=False))].count("\n") + 1
        raise Unfit(f"{path}: line {line}: the key {key!r} is there twice") from error
    except RecursionError as error:
        raise Unfit(f"{path}: nested too deep") from error


class _Twice(Exception):
    """A key that an object has twice: JSON readers would keep one of them in silence."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict[str, Any]()
    for name, value in pairs:
        if name in found:
            raise _Twice(name)
        found[name] = value
    return found


def _words(content: Any) -> str:
    """A message's text, whether given as one or in parts."""
    if isinstance(content, list):
        return "".join(str(part.get("text", "")) for part in content if isinstance(part, dict))
    return content if isinstance(content, str) else ""


def _write_whole(path: Path, text: str) -> None:
    temporary = path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}")
    temporary.write_text(text, encoding="utf-8", errors="surrogatepass", newline="\n")
    temporary.replace(path)
