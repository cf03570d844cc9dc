"""Formulas as text on a line: 3/4, 10⁴, √2. Of Office Math, and of MathML in a page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from summarizer.documents.read.raised import lowered, raised

_SIMPLE = re.compile(r"[\w.%√]*|\(.*\)")
_NAMES = {"num", "den", "sup", "sub", "rad", "d", "deg"}


def within(text: str) -> str:
    """A part of a formula in brackets, if it has parts itself.

    >>> within("3"), within("a+b")
    ('3', '(a+b)')
    """
    return text if _SIMPLE.fullmatch(text) else f"({text})"


def power(base: str, text: str) -> str:
    """A power behind its base.

    >>> power("10", "4"), power("x", "n")
    ('10⁴', 'x^n')
    """
    behind = raised(text, base)
    return f"{base}^{within(text)}" if behind in (text, f"[{text}]") else base + behind


class OfficeMath:
    """The parts of a line that are of a formula, put together when each of them ends."""

    def __init__(self) -> None:
        self._starts: list[tuple[str, int]] = []

    def start(self, kind: str, line: list[str]) -> None:
        """A part begins; a fraction stands apart from a number before it."""
        if kind == "f" and line and line[-1][-1:].isdigit():
            line.append(" ")
        if kind in _NAMES:
            self._starts.append((kind, len(line)))

    def end(self, kind: str, line: list[str]) -> None:
        """A part ends: its text is written as what it is."""
        if not self._starts or self._starts[-1][0] != kind:
            return
        start = self._starts.pop()[1]
        text = "".join(line[start:])
        before = "".join(line[:start])[-8:]
        if kind == "sup" and text:
            whole = power(before, text)
            line[start:] = [whole[len(before) :]]
        elif kind != "deg":
            line[start:] = [_written(kind, text, before)]


def _written(kind: str, text: str, before: str) -> str:
    if kind == "sub":
        return lowered(text, before)
    forms = {"num": f"{within(text)}/", "den": within(text), "rad": f"√{within(text)}"}
    return forms.get(kind, f"({text})")


def mathml(element: Any) -> str:
    """The text of a MathML element."""
    tag = element.tag.rpartition("}")[2].rpartition(":")[2] if isinstance(element.tag, str) else ""
    parts = [mathml(child) for child in element]
    if tag in ("annotation", "annotation-xml", ""):
        return ""
    if tag == "mfrac" and len(parts) == 2:
        return f"{within(parts[0])}/{within(parts[1])}"
    if tag == "msup" and len(parts) == 2:
        return power(parts[0], parts[1])
    if tag == "msub" and len(parts) == 2:
        return parts[0] + lowered(parts[1], parts[0])
    if tag == "msqrt":
        return f"√{within(_joined(parts))}"
    return (element.text or "").strip() + _joined(parts)


def _joined(parts: Sequence[str]) -> str:
    """Parts of a row; a fraction stands apart from a number before it: 1 3/4."""
    text = ""
    for part in parts:
        apart = text[-1:].isdigit() and part[:1].isdigit() and "/" in part
        text += f" {part}" if apart else part
    return text
