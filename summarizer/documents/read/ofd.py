"""OFD (GB/T 33190) → text: a zip of pages, whose text objects are placed on lines.

Objects that stand at one height are one line, from left to right. Templates of pages, headers and
stamps, and annotations are left out and counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from summarizer.documents.read import limits
from summarizer.documents.read.limits import Limits
from summarizer.documents.read.package import Events, Package, opened
from summarizer.errors import EmptyDocument, UnreadableDocument

_ROOT = "ofd.xml"
_GAP = 1.2  # widths of a character between two texts of a line that part them
_NEAR = 0.5  # heights of a character within which two texts stand on one line


class _Text(NamedTuple):
    """A text with its place on the page, in millimetres."""

    y: float
    x: float
    end: float
    size: float
    text: str


def ofd_text(data: bytes, name: str, most: Limits) -> tuple[str, tuple[int, ...], dict[str, int]]:
    """The text of an OFD, where its pages start, and what was left out, by kind.

    Raises UnreadableDocument, EmptyDocument.
    """
    left_out: Counter[str] = Counter()
    pages: list[str] = []
    with opened(data, name, "an OFD") as package:
        root = _Values(name, "DocRoot")
        package.parse(_ROOT, root)
        for document in root.values:
            pages += _pages(package, document, most, left_out)
        left_out["pictures"] += sum("/res/" in part.lower() for part in package.parts)
        left_out["annotations"] += sum("annotation" in part.lower() for part in package.parts)
    starts, at = [], 0
    for page in pages:
        starts.append(at)
        at += len(page)
    if not any(page.strip() for page in pages):
        raise EmptyDocument(f"{name} holds no text; text in pictures cannot be read")
    return "".join(pages), tuple(starts), {kind: n for kind, n in left_out.items() if n}


def _pages(package: Package, document: str, most: Limits, left_out: Counter[str]) -> Iterator[str]:
    folder = document.strip("/").rpartition("/")[0]
    listed = _Values(package.name, "Page")
    package.parse(document, listed)
    limits.check(len(listed.values), most.pages, name=package.name, what="pages")
    for place in listed.values:
        page = _Page(package.name)
        within = f"{folder}/{place}" if folder and not place.startswith("/") else place
        part = package.find(within) or package.find(place)
        if part is None:
            raise UnreadableDocument(f"{package.name} is a broken OFD: it lacks {place}")
        package.parse(part, page)
        left_out["pictures"] += page.pictures
        left_out["hidden"] += page.hidden
        yield "".join(f"{line}\n" for line in _lines(page.texts))


def _lines(texts: list[_Text]) -> Iterator[str]:
    """The texts of a page, line by line."""
    line: list[_Text] = []
    for text in sorted(texts):
        if line and text.y - line[0].y > _NEAR * max(text.size, line[0].size, 0.1):
            yield _joined(line)
            line = []
        line.append(text)
    if line:
        yield _joined(line)


def _joined(line: list[_Text]) -> str:
    parts: list[str] = []
    end = 0.0
    for text in sorted(line, key=lambda one: one.x):
        if parts and text.x - end > _GAP * text.size:
            parts.append(" ")
        parts.append(text.text)
        end = text.end
    return "".join(parts)


class _Values(Events):
    """The paths that elements of a kind name, in their text or their attribute."""

    def __init__(self, name: str, kind: str) -> None:
        super().__init__(name)
        self._kind = kind
        self.values: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._enter(tag) == self._kind:
            self.values.append(attributes.get("BaseLoc", ""))

    def text(self, data: str) -> None:
        if self._path and self._path[-1] == self._kind and self.values:
            self.values[-1] += data.strip()


class _Page(Events):
    """The texts of a page with their places."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.texts: list[_Text] = []
        self.pictures = self.hidden = 0
        self._object: dict[str, str] = {}
        self._code: dict[str, str] = {}
        self._said: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        kind = self._enter(tag)
        if kind == "TextObject":
            self._object = attributes
        elif kind == "TextCode":
            self._code, self._said = attributes, []
        elif kind == "ImageObject":
            self.pictures += 1

    def text(self, data: str) -> None:
        if self._path and self._path[-1] == "TextCode":
            self._said.append(data)

    def end(self, _tag: str) -> None:
        if self._leave() != "TextCode":
            return
        said = "".join(self._said)
        is_seen = self._object.get("Visible", "true") != "false"
        is_seen &= self._object.get("Alpha", "255") != "0"
        if not is_seen:
            self.hidden += len(said)
        elif said.strip():
            self.texts.append(self._placed(said))

    def _placed(self, said: str) -> _Text:
        left, top = (*_numbers(self._object.get("Boundary", "")), 0.0, 0.0)[:2]
        matrix = _numbers(self._object.get("CTM", ""))
        a, b, c, d, e, f = matrix if len(matrix) == 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        x, y = (next(iter(_numbers(self._code.get(one, ""))), 0.0) for one in "XY")
        size = next(iter(_numbers(self._object.get("Size", ""))), 0.0)
        steps = _numbers(self._code.get("DeltaX", ""))
        wide = size * sum(0.5 if character.isascii() else 1.0 for character in said)
        wide = sum(steps) + size if steps and len(steps) == len(said) - 1 else wide
        height = round(top + b * x + d * y + f, 3)
        start = left + a * x + c * y + e
        return _Text(height, start, start + abs(a) * wide, abs(d) * size, said)


def _numbers(said: str) -> list[float]:
    found = []
    for word in said.split():
        try:
            found.append(float(word))
        except ValueError:
            return []
    return found if all(abs(one) < 1e9 for one in found) else []
