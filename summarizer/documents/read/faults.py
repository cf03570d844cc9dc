"""What a damaged file makes a library say, in a line that can be shown."""

from __future__ import annotations

LONGEST = 300  # characters of a reason


def reason(error: BaseException) -> str:
    r"""The words of an error on one line, without what a terminal would obey.

    >>> reason(KeyError("word/\x1b[31m\ndocument.xml"))
    "KeyError: 'word/\\x1b[31m\\ndocument.xml'"
    >>> reason(MemoryError())
    'MemoryError'
    """
    words = " ".join(str(error).split())
    shown = "".join(c if c.isprintable() else "\ufffd" for c in words[: 2 * LONGEST])
    kind = type(error).__name__
    return f"{kind}: {shown}"[:LONGEST].rstrip() if shown else kind
