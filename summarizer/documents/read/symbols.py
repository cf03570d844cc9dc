"""Symbols of fonts that draw pictures in place of letters: what is drawn, by `symbols.tsv`."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from summarizer.zh.lexicon import table

_PRIVATE = range(0xF000, 0xF100)  # where such fonts have their characters


@lru_cache(maxsize=1)
def _known() -> dict[tuple[str, int], str]:
    rows = table(Path(__file__).with_name("symbols.tsv"))
    return {(row["font"], int(row["code"], 16)): row["character"] for row in rows}


def symbol(font: str, code: str) -> str:
    """What a symbol is drawn as; "" for one that is not known.

    >>> symbol("Wingdings", "F0FE"), symbol("宋体", "00B2"), symbol("Webdings", "F021")
    ('☑', '²', '')
    """
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    known = _known().get((font.lower(), number % 0x100 if number in _PRIVATE else number))
    if known is not None:
        return known
    plain = 0x20 < number < 0xD800 and (number > 0xFF or not font.lower().startswith("wingd"))
    return chr(number) if plain else ""
