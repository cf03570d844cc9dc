"""A template and what is known of a chunk → the messages of one request.

A template is one file of `prompts/`: TOML front matter (`system`, `about`, `[[examples]]`) between
lines of `+++`, then the Jinja text of the user's turn. Examples are rendered by the same text, so
the model sees one form only. Its version is in its name and a released file never changes.

The document is only ever a variable: nothing in it is read as a template, opens a line as the
template's own lines do, or passes for a mark of a chat template.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
import tomllib
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from summarizer.documents.hostile import defused
from summarizer.documents.language import Language
from summarizer.errors import ConfigError
from summarizer.resources import resource

Messages = list[dict[str, str]]
_OPENING = re.compile(r"^[^\s{}%:：]{1,12}[:：]", re.MULTILINE)
_BREAKS = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")


SURE = 30.0  # log-odds that are as good as certain


@dataclass(frozen=True)
class Template:
    """A prompt file: `id` is its name, `hash` is over its bytes.

    One that asks for one of a few words has them as `choices`, as `least` the log-odds of the first
    from which it is taken, and as `sure` the slope and the offset that make a probability of them,
    where they were held against gold. One that is about one sentence says so as `alone`.
    """

    id: str
    hash: str
    system: str
    body: str
    examples: tuple[dict[str, Any], ...]
    choices: tuple[str, ...] = ()
    least: float = 0.0
    sure: tuple[float, ...] = ()
    alone: bool = False

    @property
    def language(self) -> Language:
        """In which it is worded, as its name says."""
        return "en" if self.id.endswith(".en") else "zh"

    def likelihood(self, odds: float) -> float | None:
        """How likely the first word is the right one, by what these log-odds were worth."""
        if not self.sure:
            return None
        slope, offset = self.sure
        return 1 / (1 + math.exp(-max(-SURE, min(slope * odds + offset, SURE))))

    def messages(self, *, fixed: dict[str, Any] | None = None, **variables: Any) -> Messages:
        """System, the examples turn by turn, then the user's turn for these variables.

        `fixed` variables are known to the system text and to every turn. Raises ConfigError for a
        template that is none, which one of the user's own may be.
        """
        from jinja2 import TemplateError

        try:
            return self._turns(fixed or {}, variables)
        except TemplateError as error:
            raise ConfigError(f"{self.id}.jinja: {error}") from error

    def _turns(self, fixed: dict[str, Any], variables: dict[str, Any]) -> Messages:
        turns: Messages = [{"role": "system", "content": _render(self.system, fixed)}]
        for example in self.examples:
            given = {k: v for k, v in example.items() if k != "answer"}
            turns.append({"role": "user", "content": _render(self.body, fixed | given)})
            answer = example["answer"]
            if not isinstance(answer, str):
                answer = json.dumps(_with_nulls(answer), ensure_ascii=False)
            turns.append({"role": "assistant", "content": answer})
        given = {name: self._kept_in(value) for name, value in variables.items()}
        turns.append({"role": "user", "content": _render(self.body, fixed | given)})
        return turns

    def _kept_in(self, value: Any) -> Any:
        """What a document says, in its place: it opens no line as the template's own lines do.

        A text of several lines goes on in the line before where it would; what is one of a list
        is one line.
        """
        if isinstance(value, str):
            return defused(_openings(self.body).sub(" ", value))
        if isinstance(value, list | tuple):
            return type(value)(_one_line(self._kept_in(one)) for one in value)
        return value

    def limited(self, examples: int) -> Template:
        """The same with no more than so many of its examples, the first ones."""
        return replace(self, examples=self.examples[:examples])


def load_template(name: str, folder: Path | None = None, language: Language = "zh") -> Template:
    """The template `<name>.jinja` of `folder`, else of `prompts`, such as "figures.v1".

    In another language than Chinese it is `<name>.en.jinja`, where there is one. Raises
    ConfigError when it is missing, or its front matter is not TOML or has no `system`.
    """
    within = folder or resource("prompts")
    if language != "zh" and (within / f"{name}.{language}.jinja").is_file():
        name = f"{name}.{language}"
    path = within / f"{name}.jinja"
    try:
        return _parsed(name, path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path.name} cannot be read: {error}") from error


@lru_cache(maxsize=64)
def _parsed(name: str, text: str) -> Template:
    try:
        _, front, body = text.split("+++\n", 2)
        head = tomllib.loads(front)
        system = head["system"].strip()
    except ValueError as error:
        raise ConfigError(f"{name}.jinja: no TOML between two lines of +++: {error}") from error
    except KeyError as error:
        raise ConfigError(f"{name}.jinja: its front matter has no `system`") from error
    return Template(
        id=name,
        hash=hashlib.sha256(text.encode()).hexdigest()[:16],
        system=system,
        body=body.strip("\n"),
        examples=tuple(head.get("examples", ())),
        choices=tuple(head.get("choices", ())),
        least=float(head.get("least", 0)),
        sure=tuple(float(number) for number in head.get("sure", ())),
        alone=bool(head.get("alone", False)),
    )


def example_texts(messages: Messages) -> str:
    """What the examples of a request are about: their user turns, as one text."""
    return "\n".join(m["content"] for m in messages[:-1] if m["role"] == "user")


def _with_nulls(answer: Any) -> Any:
    """An example's answer with null for each empty table: TOML has no null."""
    if isinstance(answer, dict):
        return {k: _with_nulls(v) for k, v in answer.items()} or None
    return [_with_nulls(v) for v in answer] if isinstance(answer, list) else answer


def _one_line(value: Any) -> Any:
    return _BREAKS.sub(" ", value) if isinstance(value, str) else value


@lru_cache(maxsize=64)
def _openings(body: str) -> re.Pattern[str]:
    """Line ends before words that open a line of this template (数量:), however they are spaced."""
    words = (re.escape(one.rstrip(":：")) for one in _OPENING.findall(body))
    return re.compile(rf"[\r\n]+[^\S\n]*(?=(?:{'|'.join(words) or '(?!)'})\s*[:：])")


@lru_cache(maxsize=128)
def _compiled(source: str) -> Any:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False
    )
    return environment.from_string(source)


def _render(source: str, variables: dict[str, Any]) -> str:
    rendered: str = _compiled(source).render(**variables)
    return rendered.strip()
