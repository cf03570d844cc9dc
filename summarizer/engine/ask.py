"""One question to the model through instructor: messages and an answer model in, an answer out.

Instructor owns the loop that asks again when an answer does not fit its model; transport faults
never get here (`models/endpoint.py`). No `context=` is ever given to it: it would render the
messages, and so the document, as a template.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from summarizer.documents.language import Language
from summarizer.engine.faults import message
from summarizer.engine.lines import in_language
from summarizer.engine.probe import Namer, Probe, Tagger
from summarizer.engine.prompt import Messages
from summarizer.errors import (
    AnswerRejected,
    AnswerTruncated,
    ModelUnavailable,
    NoProbabilities,
)
from summarizer.models import Model
from summarizer.models.answer import first_tokens
from summarizer.models.heads import head_of
from summarizer.policy import Policy

TOP = 20  # first tokens whose probabilities are asked for
UNLIKELY = -15.0  # the logarithm of a probability that is not among them

Answer = TypeVar("Answer", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class StructuredCaller:
    """A model with the policy by which it is asked, and how often that is done again.

    `asked` are the templates whose words it was asked with, whoever answered; `language` is the one
    in which it is asked.
    """

    model: Model
    policy: Policy
    reasks: int
    is_again: bool = False
    language: Language = "zh"
    asked: set[str] = field(default_factory=set, compare=False)

    @classmethod
    def of(cls, model: Model, policy: Policy, language: Language = "zh") -> StructuredCaller:
        """Who asks a model by a policy, in a language."""
        return cls(model, policy, policy.reasks, language=language)

    @property
    def max_tokens(self) -> int:
        """The longest answer, in tokens."""
        return self.policy.max_tokens

    @property
    def context(self) -> dict[str, bool]:
        """What the validators of a schema are told of the policy as `info.context`.

        `led`: rules refuse what they take for no item; `hinted`: a choice may be that of its words.
        `judged` is said beside them of an item whose sentence was judged to tell of one.
        """
        return {
            "led": self.policy.selection == "rules",
            "hinted": self.policy.choice == "hinted",
        }

    def again(self) -> StructuredCaller:
        """The same for a question that repeats another one: it is not repeated itself."""
        return replace(self, reasks=0, is_again=True)

    def ask(
        self, messages: Messages, answer: type[Answer], *, max_tokens: int, about: str
    ) -> Answer:
        """The model's answer as an instance of `answer`; `about` names the template in the store.

        Raises AnswerRejected when no answer fitted after the re-asks, AnswerTruncated when it ran
        into the limit, and whatever else the model's side raises, as it was raised.
        """
        from instructor import Mode, patch
        from instructor.core.hooks import Hooks

        _silence_instructor()
        self.asked.add(about)
        calls = 0
        raised: Exception | None = None
        faults: list[Exception] = []

        def counted(**request: Any) -> Any:
            nonlocal calls, raised
            calls += 1
            if calls > 1:
                request["messages"] = _worded(request["messages"], faults[-1], self.language)
            try:
                with head_of(len(messages) - 1):
                    return self.model.create(**request)
            except Exception as error:
                raised = error
                raise

        hooks = Hooks()
        hooks.on("parse:error", faults.append)
        create: Any = patch(create=counted, mode=Mode.JSON_SCHEMA)
        try:
            result: Answer = create(
                response_model=answer,
                messages=messages,
                max_retries=self.reasks,
                strict=False,
                temperature=0,
                max_tokens=min(max_tokens, self.max_tokens),
                metadata={"template": about},
                hooks=hooks,
            )
        except Exception as error:
            if raised is not None:
                raise raised from raised.__cause__
            raise _rejected(error) from error
        finally:
            self.model.ledger.reasked(calls if self.is_again else max(0, calls - 1))
        return result

    def odds(self, messages: Messages, choices: Sequence[str], *, about: str) -> float | None:
        """How much likelier the answer begins with the first word than with another, as log-odds.

        None where neither is likely, or the model's side refuses. Raises NoProbabilities where it
        gives none.
        """
        told = self.first_words(messages, about)
        if not set(choices) & set(told):
            return None
        yes, *others = (told.get(word, UNLIKELY) for word in choices)
        return yes - max(others)

    def likeliest(self, messages: Messages, choices: Sequence[str], *, about: str) -> str | None:
        """The choice with whose beginning the answer most likely begins; None as with `odds`."""
        told = self.first_words(messages, about)
        sure = {
            choice: max((p for word, p in told.items() if word and choice.startswith(word)))
            for choice in choices
            if any(word and choice.startswith(word) for word in told)
        }
        return max(sure, key=lambda choice: sure[choice], default=None)

    def read_out(
        self,
        pieces: Sequence[str],
        probe: Mapping[str, Any],
        used: Sequence[Probe | Tagger | Namer],
    ) -> str | None:
        """What a request's probes tell of the pieces of a passage; None where the model refuses.

        Raises NoProbabilities where another model is asked than that of the probes `used`.
        """
        for one in used:
            if self.model.id != one.model:
                raise NoProbabilities(f"{one.id} was not fitted to {self.model.id}")
            self.asked.add(one.id)
        try:
            completion = self.model.create(
                messages=[{"role": "user", "content": "\n".join(pieces)}],
                pieces=list(pieces),
                probe=dict(probe),
                metadata={"template": used[0].id},
            )
        except ModelUnavailable as error:  # where nobody is at all the next request says so
            raise NoProbabilities(str(error)) from error
        except (AnswerRejected, AnswerTruncated):
            return None
        return completion.choices[0].message.content

    def first_words(self, messages: Messages, about: str) -> dict[str, float]:
        """What the answer may begin with and how likely, nothing where the model's side refuses.

        Logarithms of probabilities. Raises NoProbabilities where it gives none.
        """
        self.asked.add(about)
        try:
            with head_of(len(messages) - 1):
                completion = self.model.create(
                    messages=messages,
                    temperature=0,
                    max_tokens=1,
                    logprobs=True,
                    top_logprobs=TOP,
                    metadata={"template": about},
                )
        except NoProbabilities:
            raise
        except ModelUnavailable as error:  # where nobody is at all the next request says so
            raise NoProbabilities(str(error)) from error
        except (AnswerRejected, AnswerTruncated):
            return {}
        told = dict(reversed(first_tokens(completion.model_dump())))
        if not told:
            raise NoProbabilities("the model gives no probabilities")
        return told


def _silence_instructor() -> None:
    """It logs every refused answer as an error, with words of the document; ours are issues."""
    logging.getLogger("instructor").setLevel(logging.CRITICAL)


def _worded(messages: Messages, fault: Exception, language: Language) -> Messages:
    """The messages of a re-ask with its last turn, which instructor words, as one line of ours."""
    line = f"上面的回答不对:{message(fault)}。请改正后重新回答,只写JSON。"
    return [*messages[:-1], {"role": "user", "content": in_language(line, language)}]


def _rejected(error: Exception) -> AnswerRejected:
    """What instructor gives up with, in one line: why no answer fitted."""
    cause = error.__cause__ or error
    reason = f"{type(cause).__name__}: {cause}"
    if isinstance(cause, ValidationError):
        reason = "; ".join(e["msg"] for e in cause.errors())
    return AnswerRejected(f"no answer fitted its schema: {reason[:160]}")
