"""What can go wrong, and the exit code it ends with.

SummarizerError                  1
├── ConfigError                  2   a missing key, an unknown schema, a bad setting
├── InputError                   3
│   ├── UnreadableDocument           no such file, a folder, a binary, too large
│   ├── EmptyDocument                nothing to read in it
│   └── TooCostly                    more numbers, requests, tokens or seconds than allowed
├── ModelError                   4
│   ├── ModelUnavailable             refused, unreachable, no such weights file, wrong checksum
│   │   └── ModelRefused             a wrong key, an unknown model, no quota: asking on is no use
│   ├── AnswerTruncated              the answer ran into the token limit
│   ├── AnswerRejected               the model declined, or its answers never fitted the schema
│   │   └── NothingAnswered              a document of whose requests not one was answered
│   └── StoredAnswerMissing          a replay met a request that nobody recorded
└── VerificationFailed           5   under --strict only

An error says what it is about, where that came from, and what would work. Expected trouble
with a document is no error but an `Issue` of its summary.
"""

from typing import ClassVar

from summarizer.visible import one_line


class SummarizerError(Exception):
    r"""The root: everything this package raises on purpose.

    Its text is one line without anything that acts, whatever it quotes:

    >>> str(SummarizerError("no such file: 'a\n\x1b[2J.txt'"))
    "no such file: 'a \\u001b[2J.txt'"
    """

    exit_code: ClassVar[int] = 1

    def __str__(self) -> str:
        return one_line(super().__str__())


class ConfigError(SummarizerError):
    """The caller's settings cannot be followed."""

    exit_code = 2


class InputError(SummarizerError):
    """The document cannot be used."""

    exit_code = 3


class UnreadableDocument(InputError):
    """The file cannot be opened or decoded."""


class EmptyDocument(InputError):
    """The file holds no text."""


class TooCostly(InputError):
    """The document asks for more than one document may take."""


class ModelError(SummarizerError):
    """The model could not be used."""

    exit_code = 4


class ModelUnavailable(ModelError):
    """No answer can be had from this model at all."""


class ModelRefused(ModelUnavailable):
    """No request will fare better: a wrong key, an unknown model, no quota, nobody there."""


class AnswerTruncated(ModelError):
    """An answer stopped at its token limit; a smaller chunk may fit."""


class AnswerRejected(ModelError):
    """The model refused, or what it said never passed validation."""


class NothingAnswered(AnswerRejected):
    """Of all requests of a document not one was answered: there is nothing to make a summary of."""


class NoProbabilities(AnswerRejected):
    """The model's side answers, but does not say how likely its first word was."""


class StoredAnswerMissing(ModelError):
    """Only stored answers are allowed, and this request has none."""


class VerificationFailed(SummarizerError):
    """A summary has issues of severity `error` and the caller asked for none."""

    exit_code = 5
