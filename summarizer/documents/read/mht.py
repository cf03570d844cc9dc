"""MHT → the page inside it: a mail of parts, of which the first page is the document."""

from __future__ import annotations

import re
from collections import Counter
from email import message_from_bytes, policy
from email.message import Message

from summarizer.documents.read import limits
from summarizer.errors import UnreadableDocument

_HEADER = re.compile(
    rb"(?:[A-Za-z][\w-]{0,60}:[^\r\n]{0,2000}\r?\n(?:[ \t][^\r\n]{0,2000}\r?\n)*+){1,60}",
)
_KIND = re.compile(
    rb"^content-type:\s*multipart/(?:related|alternative|mixed)", re.IGNORECASE | re.MULTILINE
)
_BOUNDARY = re.compile(rb"^--", re.MULTILINE)
_TYPE = re.compile(  # a header's line, and those that continue it
    rb"(?<![^\r\n])content-type:[^\r\n]*+(?:(?:\r\n?|\n)[ \t][^\r\n]*+)*+", re.IGNORECASE
)
PARTS = 2_000
"""Most parts of an MHT."""
TYPE = 10_000
"""Most bytes of what a part says of its kind: to read that costs the square of its length."""


def is_mht(head: bytes) -> bool:
    """Whether a file begins with the header of a mail of several parts."""
    header = _HEADER.match(head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n"))
    return header is not None and _KIND.search(header[0]) is not None


def page_of(data: bytes, name: str) -> tuple[bytes, str | None, Counter[str]]:
    """The page's bytes, what the mail says of their encoding, and what was left out.

    Raises UnreadableDocument where there is no page inside.
    """
    parts = sum(1 for _ in _BOUNDARY.finditer(data))
    limits.check(parts, PARTS, name=name, what="parts")
    longest = max((len(told[0]) for told in _TYPE.finditer(data)), default=0)
    limits.check(longest, TYPE, name=name, what="bytes in a part's Content-Type")
    left_out: Counter[str] = Counter()
    found: tuple[bytes, str | None] | None = None
    mail: Message = message_from_bytes(data.lstrip(b"\r\n"), policy=policy.compat32)
    for part in mail.walk():
        kind = part.get_content_maintype()
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            if found is None:
                found = (_payload(part), part.get_content_charset())
            else:
                left_out["frames"] += 1
        elif kind == "image":
            left_out["pictures"] += 1
    if found is None:
        raise UnreadableDocument(f"{name} is a mail or an MHT without a page; save it as .html")
    return (*found, left_out)


def _payload(part: Message) -> bytes:
    held = part.get_payload(decode=True)
    return held if isinstance(held, bytes) else b""
