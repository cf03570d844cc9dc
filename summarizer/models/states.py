"""What the embedded model makes of sentences that it reads, before it writes a word.

The pieces of a passage are read in a row, each after those before it. What the model's last layer
holds at each token, its hidden states, says more of a sentence than the words with which so small
a model answers; the mean over a piece's tokens is weighed to one number (`engine/probe.py`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from operator import mul
from typing import Any
from urllib.parse import urlsplit

READ = 512  # tokens that llama.cpp reads in one go for this; pieces that are longer come in parts
WAIT = 300  # seconds
NUMBERS = 3  # digits behind the point

State = list[float]


class Reader:
    """llama.cpp's server as it is, and what it makes of pieces of a text, by its own listener.

    `handle_pieces` answers as a chat completion whose content is a JSON list, a number a piece:
    the log-odds that a probe gives it.
    """

    def __init__(self, server: Any, key: str) -> None:
        self._server = server
        self._key = key

    @property
    def listening_address(self) -> str:
        """Where the server listens."""
        return str(self._server.listening_address)

    def handle_chat_completions(self, request: dict[str, Any]) -> Any:
        """What the server answers."""
        return self._server.handle_chat_completions(request)

    def handle_pieces(self, request: dict[str, Any]) -> dict[str, Any]:
        """What a request's `probe`, `weights` and `bias`, makes of its `pieces`."""
        probe = request["probe"]
        states, tokens = self.states(request["pieces"])
        if any(len(one) != len(probe["weights"]) for one in states):
            raise RuntimeError(f"a probe of {len(probe['weights'])} weights, states of other width")
        weighed = [sum(map(mul, probe["weights"], one)) + probe["bias"] for one in states]
        content = json.dumps([round(one, NUMBERS) for one in weighed])
        return {
            "choices": [{"finish_reason": "stop", "message": {"content": content}}],
            "usage": {"prompt_tokens": tokens, "completion_tokens": 0},
        }

    def states(self, pieces: Sequence[str]) -> tuple[list[State], int]:
        """The mean hidden state of each piece, and how many tokens they are together.

        The last token of a piece, which ends its line, does not count. Raises RuntimeError when
        llama.cpp refuses.
        """
        asked = [self._post("/tokenize", {"content": f"{piece}\n"})["tokens"] for piece in pieces]
        found: list[State] = []
        for several in _windows(asked):
            held = self._held([token for tokens in several for token in tokens])
            for tokens in several:
                own, held = held[: len(tokens)], held[len(tokens) :]
                found.append(_mean(own[:-1] or own))
        return found, sum(map(len, asked))

    def _held(self, tokens: Sequence[int]) -> list[State]:
        held: list[State] = []
        for start in range(0, len(tokens), READ):
            part = tokens[start : start + READ]
            asked = {"content": part, "embd_normalize": -1}
            held += self._post("/embedding", asked)[0]["embedding"]
        return held

    def _post(self, path: str, body: dict[str, Any]) -> Any:
        connection = HTTPConnection(urlsplit(self.listening_address).netloc, timeout=WAIT)
        headers = {"Authorization": f"Bearer {self._key}", "Content-Type": "application/json"}
        try:
            with closing(connection):
                connection.request("POST", path, json.dumps(body), headers)
                answer = connection.getresponse()
                told = answer.read()
        except (OSError, HTTPException) as error:
            raise RuntimeError(f"{path}: {error}") from error
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status} {told[:200]!r}")
        return json.loads(told)


def _windows(asked: Sequence[Sequence[int]]) -> Iterator[list[Sequence[int]]]:
    """Pieces that fit into one reading, in order; one that does not is alone.

    >>> [len(several) for several in _windows([[1] * 300, [1] * 200, [1] * 13, [1] * 600])]
    [2, 1, 1]
    """
    several: list[Sequence[int]] = []
    for tokens in asked:
        if several and sum(map(len, several)) + len(tokens) > READ:
            yield several
            several = []
        several.append(tokens)
    if several:
        yield several


def _mean(states: Sequence[State]) -> State:
    """The mean of some states.

    >>> _mean([[1.0, 2.0], [3.0, 2.0]])
    [2.0, 2.0]
    """
    return [sum(column) / len(states) for column in zip(*states, strict=True)]
