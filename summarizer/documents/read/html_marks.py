"""Marks of a page that say what characters are, put into the text before it is taken apart.

Superscripts and formulas are written as text, and lines of <pre> get their breaks.
"""

from __future__ import annotations

from typing import Any

from summarizer.documents.read.formulas import mathml
from summarizer.documents.read.raised import lowered, raised

_MARKS = {"sup": raised, "sub": lowered}


def write_marks(root: Any) -> None:
    """Change a tree so that its text says what its marks show."""
    for element in [*root.iter("sup", "sub")]:
        if len(element) and next(element.iter("rt", "math"), None) is not None:
            continue
        text = "".join(element.itertext())
        _set(element, _MARKS[element.tag](text, _before(element)))
    for element in [*root.iter("math")]:
        text = mathml(element)
        before = _before(element)
        _set(element, f" {text}" if before[-1:].isdigit() and text[:1].isdigit() else text)
        element.tag = "span"
    for element in [*root.iter("pre")]:
        for one in [*element.iter()]:
            _break(one, inside=True)
            if one is not element:
                _break(one, inside=False)


def _set(element: Any, text: str) -> None:
    """Give an element a text and nothing else."""
    tail = element.tail
    for child in [*element]:
        element.remove(child)
    element.text, element.tail = text, tail


def _before(element: Any) -> str:
    """The last characters before an element, of its parent's own line."""
    previous, parent = element.getprevious(), element.getparent()
    if previous is None:
        return ((parent.text if parent is not None else "") or "").rstrip()[-8:]
    tail = (previous.tail or "").rstrip()
    return tail[-8:] if tail else "".join(previous.itertext()).rstrip()[-8:]


def _break(element: Any, *, inside: bool) -> None:
    """Put a break for each line end in an element's text, or in the text behind it."""
    text = (element.text if inside else element.tail) or ""
    first, *others = text.split("\n")
    if not others or (inside and not isinstance(element.tag, str)):
        return
    breaks = []
    for other in others:
        one = element.makeelement("br")
        one.tail = other
        breaks.append(one)
    if inside:
        element.text = first
        element[:0] = breaks
        return
    parent = element.getparent()
    at = parent.index(element) + 1
    element.tail = first
    parent[at:at] = breaks
