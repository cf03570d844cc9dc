"""A chat completion as it came in, checked, and the plain answer that is left of it.

Servers differ in everything but the text they were asked for. What goes on from here is that text
with its cost: thoughts, fences and chatter around JSON are taken off, refusals and answers cut at
the token limit are errors of their own. An answer is data of somebody else's: halves of characters
are replaced, counts that no answer can cost are none, and JSON that is nested without end is
refused, before anything is kept or sent back (`models/untrusted.py`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from summarizer.errors import AnswerRejected, AnswerTruncated, ModelError, NoProbabilities
from summarizer.models.untrusted import count, is_too_deep, likelihood, whole_characters

if TYPE_CHECKING:
    from openai.types.chat import ChatCompletion

_THOUGHT = re.compile(r"\A\s*<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL)
_FENCE = re.compile(r"```[a-zA-Z]*[^\S\n]*\n(.*?)```", re.DOTALL)
_OBJECTS_TRIED = 50  # braces in a text without an object at which one is looked for
_TOKENS = 20  # first tokens that are kept
_NAME = 200  # characters of a model's name that are kept


class Garbled(ModelError):
    """Not a chat completion at all: a page, half a body, no choices. Worth asking again."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The text of a finished answer, and its cost in tokens as the server counts them.

    `first` are the tokens that it might have begun with and the logarithms of their probabilities,
    where a request asked for them.
    """

    content: str
    model: str = ""
    prompt_tokens: int = 0
    completion_tokens: int = 0
    first: tuple[tuple[str, float], ...] = ()

    @classmethod
    def of(
        cls,
        content: str,
        model: Any,
        prompt_tokens: Any,
        completion_tokens: Any,
        first: Iterable[tuple[str, float]] = (),
    ) -> Answer:
        r"""An answer from what somebody else wrote: only what an answer can be is taken over.

        >>> Answer.of("\ud83d户", "m", 2**70, -1)
        Answer(content='\ufffd户', model='m', prompt_tokens=0, completion_tokens=0, first=())
        """
        name = whole_characters(str(model or ""))[:_NAME]
        spent = count(prompt_tokens), count(completion_tokens)
        likely = tuple((whole_characters(token), likelihood) for token, likelihood in first)
        return cls(whole_characters(content), name, *spent, likely)

    def redacted(self, by: Callable[[str], str]) -> Answer:
        """The same without what `by` blots out of its texts: a server may repeat a key anywhere."""
        first = tuple((by(token), told) for token, told in self.first)
        return replace(self, content=by(self.content), model=by(self.model), first=first)

    def completion(self) -> ChatCompletion:
        """The same in OpenAI's shape; equal answers give equal completions."""
        from openai.types.chat import ChatCompletion

        message = {"role": "assistant", "content": self.content}
        choice = {"index": 0, "finish_reason": "stop", "message": message}
        if self.first:
            choice["logprobs"] = {"content": [_likely(self.first)]}
        return ChatCompletion.model_validate(
            {
                "id": "answer",
                "object": "chat.completion",
                "created": 0,
                "model": self.model,
                "choices": [choice],
                "usage": {
                    "prompt_tokens": self.prompt_tokens,
                    "completion_tokens": self.completion_tokens,
                    "total_tokens": self.prompt_tokens + self.completion_tokens,
                },
            }
        )


def tokens(raw: Mapping[str, Any]) -> tuple[int, int]:
    """Prompt and completion tokens of a raw completion; 0 where the server does not say."""
    usage = raw.get("usage")
    usage = usage if isinstance(usage, Mapping) else {}
    return count(usage.get("prompt_tokens")), count(usage.get("completion_tokens"))


def hear(raw: Any, *, as_json: bool, as_odds: bool = False) -> Answer:
    """The answer in a raw completion; `as_odds`, how likely its first words were is all of it.

    Raises Garbled when it is none, AnswerRejected for a refusal, a filtered answer, or JSON that is
    nested too deep, NoProbabilities where they were asked for, AnswerTruncated when it ran into the
    token limit before its object was whole.
    """
    choice = first_choice(raw)
    message = choice["message"]
    prompt, completion = tokens(raw)
    if message.get("refusal"):
        raise AnswerRejected(f"the model declined: {str(message['refusal'])[:120]}")
    if choice.get("finish_reason") == "content_filter":
        raise AnswerRejected("the endpoint's content filter stopped the answer")
    if as_odds:
        first = first_tokens(raw)
        if not first:
            raise NoProbabilities("no probabilities of the answer's first word came with it")
        return Answer.of(_text(message), raw.get("model"), prompt, completion, first)
    if is_cut(raw, as_json=as_json):
        raise AnswerTruncated(f"the answer was cut at its token limit ({completion} tokens)")
    text = _text(message)
    if as_json:
        text = only_json(text)
        if is_too_deep(text):
            raise AnswerRejected("the answer is JSON that is nested too deep")
    return Answer.of(text, raw.get("model"), prompt, completion)


def first_tokens(raw: Any) -> list[tuple[str, float]]:
    """The likeliest first tokens with the logarithms of their probabilities, as the server says.

    >>> one = {"token": "是", "logprob": -0.2}
    >>> first_tokens({"choices": [{"logprobs": {"content": [{"top_logprobs": [one, {}]}]}}]})
    [('是', -0.2)]
    >>> first_tokens({"choices": [{"logprobs": None}]})
    []
    """
    told_all: Any = raw
    for step in ("choices", 0, "logprobs", "content", 0, "top_logprobs"):
        try:
            told_all = told_all[step]
        except (KeyError, IndexError, TypeError):
            return []
    return [
        (one["token"], told)
        for one in (told_all if isinstance(told_all, list) else ())
        if isinstance(one, Mapping) and isinstance(one.get("token"), str)
        if (told := likelihood(one.get("logprob"))) is not None
    ][:_TOKENS]


def _likely(tokens: tuple[tuple[str, float], ...]) -> dict[str, Any]:
    """Tokens in OpenAI's shape."""
    shaped = [{"token": token, "logprob": told, "bytes": None} for token, told in tokens]
    return shaped[0] | {"top_logprobs": shaped}


def is_short_of_room(raw: Any, *, as_json: bool = False) -> bool:
    """True for an answer that was cut because the model had spent its limit on thinking."""
    message = first_choice(raw)["message"]
    text = str(message.get("content") or "")
    has_thought = _reasoning(message) or "think>" in text[:12] or not text.strip()
    return is_cut(raw, as_json=as_json) and bool(has_thought)


def is_cut(raw: Any, *, as_json: bool = False) -> bool:
    """True for an answer that ran into its token limit before it was whole.

    An object that is whole, with blanks behind it up to the limit, is not cut.
    """
    choice = first_choice(raw)
    if choice.get("finish_reason") != "length":
        return False
    if not as_json:
        return True
    text = without_thoughts(_text(choice["message"]))
    fenced = _FENCE.fullmatch(text)
    return as_object(fenced.group(1) if fenced else text) is None


def without_thoughts(text: str) -> str:
    """The text after a reasoning model's thoughts; empty when the thought was cut.

    >>> without_thoughts("<think>先看单位…</think>贫困户数")
    '贫困户数'
    >>> without_thoughts("opened by the template</think>贫困户数")
    '贫困户数'
    """
    text = _THOUGHT.sub("", text)
    if re.match(r"\s*<think(ing)?>", text):
        return ""
    if not text.lstrip().startswith(("{", "[")):
        text = re.split(r"</think(?:ing)?>", text)[-1]
    return text.strip()


def only_json(text: str) -> str:
    r"""The JSON object in an answer that wraps it in thoughts, a fence or a sentence.

    A text without one comes back as it is, for the validators to refuse.

    >>> only_json('好的:\n```json\n{"80户": "贫困户数"}\n```\n以上。')
    '{"80户": "贫困户数"}'
    """
    text = without_thoughts(text)
    fenced = _FENCE.search(text)
    for candidate in (text, fenced.group(1).strip() if fenced else ""):
        if as_object(candidate) is not None:
            return candidate
    start = text.find("{")
    for _ in range(_OBJECTS_TRIED):
        if start < 0:
            break
        try:
            _, end = json.JSONDecoder().raw_decode(text, start)
        except (ValueError, RecursionError):
            start = text.find("{", start + 1)
        else:
            return text[start:end]
    return text


def as_object(text: str) -> dict[str, Any] | None:
    """The JSON object that the text is; None when it is something else."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def first_choice(raw: Any) -> Mapping[str, Any]:
    """The choice with the answer. Raises Garbled when there is none."""
    choices = raw.get("choices") if isinstance(raw, Mapping) else None
    if not isinstance(choices, list) or not choices:
        raise Garbled("the answer is no chat completion with choices")
    choice = choices[0]
    if not isinstance(choice, Mapping) or not isinstance(choice.get("message"), Mapping):
        raise Garbled("the answer's first choice holds no message")
    return choice


def _text(message: Mapping[str, Any]) -> str:
    """The content; a called tool's arguments; or what a server filed under reasoning.

    Some servers file the whole answer of a model that reasons there, and leave the content empty.
    """
    calls = message.get("tool_calls")
    if isinstance(calls, list) and calls:
        function = calls[0].get("function") if isinstance(calls[0], Mapping) else None
        if isinstance(function, Mapping) and isinstance(function.get("arguments"), str):
            return str(function["arguments"])
    content = message.get("content")
    if isinstance(content, list):
        parts = (part.get("text") for part in content if isinstance(part, Mapping))
        content = "".join(part for part in parts if isinstance(part, str))
    text = content if isinstance(content, str) else ""
    return text if text.strip() else _reasoning(message)


def _reasoning(message: Mapping[str, Any]) -> str:
    """What a server filed as thoughts, under whichever name."""
    named = (message.get(name) for name in ("reasoning_content", "reasoning"))
    return next((text for text in named if isinstance(text, str) and text), "")
