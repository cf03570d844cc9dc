"""What somebody else wrote, made fit to be kept: endpoints, stored answers, other people's files.

Nothing here judges what an answer says. It keeps out what would break whoever handles it later:
halves of characters that UTF-8 cannot hold, counts that no integer column holds, JSON that is
nested deeper than a reader may follow.
"""

from __future__ import annotations

import math
import re
from typing import Any

DEEPEST = 64  # levels of an answer's JSON; the deepest that we ask for has eight
MOST_TOKENS = 10**9  # of one answer; a server that counts more does not count

_HALF = re.compile("[\ud800-\udfff]")
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_ESCAPE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"  # a pair: one character
    r"|\\u(?P<half>[dD][89a-fA-F][0-9a-fA-F]{2})"
    r"|\\.",
    re.DOTALL,
)


def whole_characters(text: str) -> str:
    r"""The text without halves of characters, be they there or written as escapes of JSON.

    >>> whole_characters('{"80\ud83d户": "\\ud83d\\ude00 \\ude00"}')
    '{"80\ufffd户": "\\ud83d\\ude00 \\ufffd"}'
    """
    if _HALF.search(text):
        text = _PAIR.sub(_joined, text)
        text = _HALF.sub("\ufffd", text)
    if "\\u" not in text:
        return text
    return _ESCAPE.sub(lambda found: r"\ufffd" if found["half"] else found[0], text)


def _joined(pair: re.Match[str]) -> str:
    return pair[0].encode("utf-16", "surrogatepass").decode("utf-16")


def count(value: Any) -> int:
    """A number of tokens; 0 for what is none.

    >>> count(7), count(2**70), count(-1), count("7"), count(True), count(float("inf"))
    (7, 0, 0, 0, 0, 0)
    """
    if isinstance(value, bool) or not isinstance(value, int):
        return 0
    return value if 0 < value <= MOST_TOKENS else 0


def is_too_deep(text: str) -> bool:
    """True for JSON with more than `DEEPEST` brackets open at once, those in strings apart.

    >>> is_too_deep("[" * 65), is_too_deep('{"80户": "[[[["}')
    (True, False)
    """
    depth, is_quoted, is_escaped = 0, False, False
    for character in text:
        if is_escaped:
            is_escaped = False
        elif character == "\\":
            is_escaped = is_quoted
        elif character == '"':
            is_quoted = not is_quoted
        elif not is_quoted and character in "[{":
            depth += 1
            if depth > DEEPEST:
                return True
        elif not is_quoted and character in "]}":
            depth -= 1
    return False


def likelihood(value: Any) -> float | None:
    """The logarithm of a probability from what somebody else wrote, None for what is none.

    A hair above 0 is a rounding, not a number to leave out.

    >>> likelihood(-0.2), likelihood(1e-4), likelihood(float("nan")), likelihood(True)
    (-0.2, 0.0, None, None)
    >>> likelihood(-(10**400)), likelihood(float("-inf"))
    (-99.0, -99.0)
    """
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(min(0, max(-99, value))) if is_number and value < math.inf else None
