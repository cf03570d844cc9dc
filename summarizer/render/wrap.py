"""Lines of Chinese and Latin text for a terminal, where a Chinese character is two cells wide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.text import Text

_WIDE = (
    "\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6"
)
_OPEN = "（《〈「『【〔“‘"  # never last on a line
_CLOSE = "，。、；：！？）》〉」』】〕”’％…—·"  # never first on a line
_ATOM = re.compile(
    rf"[{_OPEN}]*(?:[^\s{_WIDE}{_OPEN}{_CLOSE}]+|[^\s{_OPEN}{_CLOSE}])?[{_CLOSE}]*[^\S\n]*|\n"
)


@dataclass(frozen=True, slots=True)
class Prose:
    """A rich renderable: its text wrapped between characters, where rich itself wraps at blanks."""

    text: Text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in self.text.divide(list(breaks(self.text.plain, options.max_width))):
            line.rstrip()
            line.no_wrap, line.overflow = True, "fold"
            yield line

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        lines = self.text.plain.splitlines() or [""]
        least = max((cell_len(a.rstrip()) for a in _atoms(self.text.plain)), default=0)
        return Measurement(least, max(map(cell_len, lines))).with_maximum(options.max_width)


def breaks(text: str, width: int) -> Iterator[int]:
    """Offsets at which to break the text so that no line is wider than `width` cells.

    >>> list(breaks("全镇投入500余万元，惠及197户", 14))
    [8, 16]
    """
    at, used = 0, 0
    for atom in _atoms(text):
        cells = cell_len(atom.rstrip())
        if atom == "\n" or (used and width < used + cells):
            yield at + 1 if atom == "\n" else at
            used = 0
        if atom != "\n":
            for offset, character in enumerate(atom.rstrip() if width < cells else ""):
                if used and width < used + cell_len(character):
                    yield at + offset
                    used = 0
                used += cell_len(character)
            used += cell_len(atom) if cells <= width else cell_len(atom) - cells
        at += len(atom)


def wrapped(line: str, width: int) -> Iterator[str]:
    """A line in parts of at most `width` cells; parts after the first are set in as it is.

    >>> list(wrapped("  全镇投入500余万元，惠及197户", 14))
    ['  全镇投入500', '  余万元，惠及', '  197户']
    """
    text = line.lstrip(" ")
    indent = " " * min(len(line) - len(text), width // 2)
    at = 0
    for end in (*breaks(text, width - len(indent)), len(text)):
        yield f"{indent}{text[at:end].rstrip()}"
        at = end


def _atoms(text: str) -> Iterator[str]:
    return (match[0] for match in _ATOM.finditer(text) if match[0])
