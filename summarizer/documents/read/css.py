"""What a page's style hides: by declarations of an element, and by simple rules of the page.

Only what is certain without drawing the page: nothing is loaded, and a rule that holds under a
condition (`@media print`) or needs more than one class or id is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?")
_SELECTOR = re.compile(r"(?:[a-z][a-z0-9]*)?[.#]([\w-]+)", re.IGNORECASE)
_NONE = re.compile(r"0*\.?0*(?:px|pt|r?em|ex|ch|v[hw]|%)?")
_TINY = re.compile(r"(?:0*[012]?(?:\.\d*)?(?:px|pt)|0*\.[01]\d*r?em|0*\d(?:\.\d*)?%)")
_FAINT = re.compile(r"0*\.0\d*|0+|[0-4]?(?:\.\d*)?%")
_FAR = re.compile(r"-0*(?:[5-9]\d\d|\d{4,})(?:\.\d*)?(?:px|pt)?|-0*\d{2,}(?:\.\d*)?r?em|-\d{3,}%")
_MOVED = re.compile(
    r"translate[xy3d]{0,2}\([^)]{0,40}?-(?:[5-9]\d\d|\d{4,})|scale[xy3d]{0,2}\(\s*0*\.?0+\s*[,)]"
)
_CLIPPED = re.compile(r"rect\((?:\s*[01](?:px)?\s*,?){4}\)|inset\(\s*(?:[5-9]\d|100)%|circle\(\s*0")
_WHITE = re.compile(
    r"(?:white|#fff(?:f|fff|fffff)?|rgba?\(\s*255\s*,\s*255\s*,\s*255\b.*|transparent"
    r"|rgba\(.*,\s*0?\.?0+\s*\)|hsla?\(.*,\s*100%\s*\)?)"
)
_PLACES = ("left", "top", "right", "bottom", "text-indent", "margin-left", "margin-top", "margin")
_BACKGROUNDS = ("background", "background-color", "background-image")

Style = Mapping[str, str]
"""Declarations by property, in lower case."""


def declarations(style: str) -> Style:
    r"""The declarations of a style attribute or of a rule.

    >>> declarations(r"Display:/* */none !important; dis\70 lay: none")
    {'display': 'none'}
    """
    plain = _ESCAPE.sub(_unescaped, _without_comments(style)).lower()
    found = {}
    for part in plain.split(";"):
        name, colon, value = part.partition(":")
        if colon:
            found[name.strip()] = value.replace("!important", "").strip()
    return found


def rules(sheet: str) -> dict[str, Style]:
    """The declarations of each class (".x") and id ("#x") of a style sheet.

    >>> rules("p.note, #a { display: none } @media print { .b { display: none } }")
    {'.note': {'display': 'none'}, '#a': {'display': 'none'}}
    """
    found: dict[str, Style] = {}
    depth = 0  # of blocks that begin with an @, whose rules hold at times only
    for piece in _without_comments(sheet).split("}"):
        *outer, selectors, body = ["", *piece.split("{")] if "{" in piece else ["", "", ""]
        opened = any("@" in block.rpartition(";")[2] for block in (*outer, selectors))
        if depth or opened:
            depth = max(0, depth + len([b for b in outer if b.strip()]) - (not selectors))
            continue
        for selector in selectors.rpartition(";")[2].split(","):  # behind @charset "utf-8";
            if match := _SELECTOR.fullmatch(selector.strip()):
                name = ("#" if "#" in match[0] else ".") + match[1]
                found[name] = {**found.get(name, {}), **declarations(body)}
    return found


def hidden_by(style: Style) -> str:
    """The kind of what hides an element with these declarations, or "".

    >>> [hidden_by(declarations(s)) for s in ("opacity:0.01", "left:-9999px", "font-size: 1px")]
    ['hidden', 'off-screen', 'tiny']
    >>> hidden_by(declarations("left:-10px; font-size:12px; color:#fff; background:#c00"))
    ''
    """
    if style.get("display") == "none" or style.get("visibility") in ("hidden", "collapse"):
        return "hidden"
    if _FAINT.fullmatch(style.get("opacity", "1")) or style.get("content-visibility") == "hidden":
        return "hidden"
    if any(_FAR.fullmatch(word) for name in _PLACES for word in style.get(name, "").split()):
        return "off-screen"
    if _MOVED.search(style.get("transform", "")) or _is_clipped(style):
        return "off-screen"
    size = style.get("font-size", "")
    if _NONE.fullmatch(size) if size else False:
        return "tiny"
    if _TINY.fullmatch(size):
        return "tiny"
    return "white" if _is_unseen(style) else ""


def has_background(style: Style) -> bool:
    """Whether what stands there may stand on a colour."""
    values = (style.get(name, "") for name in _BACKGROUNDS)
    return any(value and not _WHITE.fullmatch(value) and value != "none" for value in values)


def is_white(style: Style) -> bool:
    """Whether letters have the colour of a page."""
    return _WHITE.fullmatch(style.get("color", "")) is not None


def _is_unseen(style: Style) -> bool:
    color = style.get("color", "")
    return bool(color) and color in (style.get(name) for name in _BACKGROUNDS[:2])


def _is_clipped(style: Style) -> bool:
    if _CLIPPED.search(style.get("clip", "") + style.get("clip-path", "")):
        return True
    sizes = (style.get(name, "") for name in ("height", "width", "max-height", "max-width"))
    flat = any(size and (_NONE.fullmatch(size) or size == "1px") for size in sizes)
    return flat and style.get("overflow", "").startswith(("hidden", "clip"))


def _without_comments(style: str) -> str:
    kept, at = [], 0
    while (start := style.find("/*", at)) >= 0:
        kept.append(style[at:start])
        end = style.find("*/", start + 2)
        at = len(style) if end < 0 else end + 2
    return "".join((*kept, style[at:]))


def _unescaped(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
