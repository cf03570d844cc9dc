"""What the embedded model makes of sentences that it reads, before it writes a word.

The pieces of a passage are read in a row, each after those before it. What the model's last layer
holds at each token, its hidden states, says more of a sentence and of the names in it than the
words with which so small a model answers; probes weigh it (`models/readouts.py`).
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from itertools import accumulate
from typing import Any
from urllib.parse import urlsplit

from summarizer.models.number_names import names_of_numbers
from summarizer.models.readouts import Piece, State, told

READ = 512  # tokens that llama.cpp reads in one go for this; pieces that are longer come in parts
WAIT = 300  # seconds


@dataclass(frozen=True, slots=True)
class _Token:
    """A token and where its characters stand in its piece."""

    id: int
    at: range


class Reader:
    """llama.cpp's server as it is, and what it makes of pieces of a text, by its own listener.

    `handle_pieces` answers as a chat completion whose content is JSON: what a probe makes of them.
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
        """What a request's `probe` makes of its `pieces`."""
        read, probe = self.states(request["pieces"]), request["probe"]
        found = told(read, probe)
        if numbers := probe.get("numbers"):
            found["numbers"] = names_of_numbers(read, numbers["net"], numbers["asked"])
        content = json.dumps(found, separators=(",", ":"))
        tokens = sum(len(one.states) for one in read)
        return {
            "choices": [{"finish_reason": "stop", "message": {"content": content}}],
            "usage": {"prompt_tokens": tokens, "completion_tokens": 0},
        }

    def states(self, pieces: Sequence[str]) -> list[Piece]:
        """What is held at each token of some pieces. Raises RuntimeError when llama.cpp refuses.

        The last token of a piece ends its line.
        """
        asked = [self._tokens(f"{piece}\n") for piece in pieces]
        found: list[Piece] = []
        for several in _windows(asked):
            held = self._held([token.id for tokens in several for token in tokens])
            for tokens in several:
                own, held = held[: len(tokens)], held[len(tokens) :]
                found.append(Piece(pieces[len(found)], tuple(token.at for token in tokens), own))
        return found

    def _tokens(self, text: str) -> list[_Token]:
        """The tokens of a text; some hold but a part of a character."""
        told = self._post("/tokenize", {"content": text, "with_pieces": True})["tokens"]
        starts = [0, *accumulate(len(char.encode()) for char in text)]
        found, at = [], 0
        for one in told:
            words = one["piece"]
            until = at + len(words.encode() if isinstance(words, str) else words)
            start, end = bisect_right(starts, at) - 1, bisect_left(starts, until)
            found.append(_Token(one["id"], range(start, end)))
            at = until
        return found

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


def _windows(asked: Sequence[Sequence[_Token]]) -> Iterator[list[Sequence[_Token]]]:
    """Pieces that fit into one reading, in order; one that does not is alone.

    >>> [len(several) for several in _windows([[1] * 300, [1] * 200, [1] * 13, [1] * 600])]
    [2, 1, 1]
    """
    several: list[Sequence[_Token]] = []
    for tokens in asked:
        if several and sum(map(len, several)) + len(tokens) > READ:
            yield several
            several = []
        several.append(tokens)
    if several:
        yield several
