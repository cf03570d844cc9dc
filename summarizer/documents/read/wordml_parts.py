"""What parts of a DOCX beside the main one say: styles, and how much is left out."""

from __future__ import annotations

from summarizer.documents.read.package import Events
from summarizer.documents.read.wordml_looks import is_on, value

_PAST = frozenset(("rPrChange", "pPrChange"))


class Counting(Events):
    """Counts the characters of a part that is left out."""

    characters = 0

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        self._enter(tag)

    def text(self, data: str) -> None:
        if self._path and self._path[-1] == "t":
            self.characters += len(data)

    def end(self, _tag: str) -> None:
        self._leave()


class Styles(Events):
    """The ids of styles that hide what they are on, by themselves or by what they are based on.

    `raised` are those that raise it or set it low.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._style = ""
        self._based: dict[str, str] = {}
        self._hides: dict[str, bool] = {}
        self.raised: dict[str, str] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        kind = self._enter(tag)
        if kind == "style":
            self._style = value(attributes, "styleId")
        elif kind == "basedOn":
            self._based[self._style] = value(attributes)
        elif kind == "vanish" and self._path[-2:-1] == ["rPr"] and not _PAST & {*self._path}:
            self._hides[self._style] = is_on(attributes)
        elif kind == "vertAlign":
            self.raised[self._style] = value(attributes)

    def text(self, data: str) -> None:
        """Nothing in a list of styles is a document's text."""

    def end(self, _tag: str) -> None:
        self._leave()

    @property
    def hidden(self) -> frozenset[str]:
        return frozenset(style for style in {*self._based, *self._hides} if self._is_hidden(style))

    def _is_hidden(self, style: str) -> bool:
        seen: set[str] = set()
        while style and style not in seen and style not in self._hides:
            seen.add(style)
            style = self._based.get(style, "")
        return self._hides.get(style, False)
