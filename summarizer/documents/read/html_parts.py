"""Which parts of a page are no part of its text: hidden ones, and those of the page itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from summarizer.documents.read.css import (
    Style,
    declarations,
    has_background,
    hidden_by,
    is_white,
    rules,
)

NEVER = {
    tag: kind
    for kind, tags in {
        "code": "script style noscript template head object embed",
        "pictures": "svg canvas audio video map",
        "frames": "iframe",
        "forms": "select option button input textarea datalist dialog",
        "readings": "rt rp",
    }.items()
    for tag in tags.split()
}
_DOUBTFUL = re.compile("rank|link|tool|relat|relev|recomm|hot|banner|bottom|side", re.IGNORECASE)
HALF = 0.5  # share of a part's text in links that makes it none of data
_PAGE = frozenset(("nav", "footer", "aside", "menu"))
_NAMED = re.compile(
    r"(?:^|[\s_-])(?:nav\w*|(?:top|main)?menu|(?:bread)?crumbs?|side(?:bar)?|foot(?:er)?|bottom|"
    r"copyright|shar(?:e|ing)|bdshare\w*|social|comments?|pinglun|relat(?:ed|ion)|relevant|"
    r"recommend\w*|pagination|pager|login|tool(?:bar|s)|advert\w*|ads?|banner|popup|cookie\w*|"
    r"qrcode|ewm|hot(?:news)?|rank(?:ing)?|skip\w*|accesskey|(?:friend)?links?)(?:$|[\s_-])",
    re.IGNORECASE,
)
_SENTENCE = re.compile("[，。；！？,;!?]")
_HIDDEN = frozenset(
    """
    hidden hide d-none display-none invisible sr-only visually-hidden visuallyhidden
    screen-reader-text offscreen off-screen
    """.split()  # noqa: SIM905 — one glance
)  # what authors call a class that hides

_PLAIN: Style = {}
_STYLED = frozenset(("style", "bgcolor", "background", "color"))
OWN = 0.3  # share of a page's prose that no part of the page's own may hold
ALL = 0.9  # … and no hidden one: that is a page which a script shows


def dropped_parts(root: Any) -> dict[Any, str]:
    """The elements that are hidden or the page's own, with what they are.

    Those of the page's own only as long as most prose is elsewhere; hidden ones as long as any is.
    """
    from lxml import etree

    style_of = _styles(root)
    prose, colored, styles = [0], [False], []
    suspects = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            prose.append(_sentences(element.text) if element.tag not in NEVER else 0)
            styles.append(style_of(element))
            colored.append(colored[-1] or (bool(styles[-1]) and has_background(styles[-1])))
        else:
            within = prose.pop()
            prose[-1] += within + _sentences(element.tail)
            on_color, style = colored.pop(), styles.pop()
            if element.tag in NEVER:
                continue
            if why := _hidden(element, style, on_color=on_color):
                suspects.append((element, why, within, ALL))
            elif _is_surrounding(element):
                suspects.append((element, "surroundings", within, OWN))
    return {element: why for element, why, within, most in suspects if within <= most * prose[0]}


def _styles(root: Any) -> Callable[[Any], Style]:
    """What is declared for an element: by its classes, its id, old attributes and itself."""
    sheet = rules("\n".join(style.text or "" for style in root.iter("style")))

    def style_of(element: Any) -> Style:
        names = [f".{name}" for name in (element.get("class") or "").split()] if sheet else []
        names += [f"#{element.get('id')}"] if sheet and element.get("id") else []
        own = element.get("style")
        if not names and _STYLED.isdisjoint(element.keys()):
            return _PLAIN
        found = {name: value for rule in names for name, value in sheet.get(rule, {}).items()}
        for attribute, name in (("bgcolor", "background"), ("background", "background-image")):
            if element.get(attribute):
                found[name] = element.get(attribute).lower()
        if element.tag == "font" and element.get("color"):
            found["color"] = element.get("color").lower()
        return {**found, **declarations(own or "")}

    return style_of


def _hidden(element: Any, style: Style, *, on_color: bool) -> str:
    """The kind of what hides an element, or ""."""
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return "hidden"
    if style and (why := hidden_by(style)):
        return why
    if style and is_white(style) and not on_color:
        return "white"
    classes = (element.get("class") or "").lower().split()
    return "hidden" if not _HIDDEN.isdisjoint(classes) else ""


def _is_surrounding(element: Any) -> bool:
    if element.tag in _PAGE:
        return True
    if element.tag in ("html", "body"):
        return False
    named = _NAMED.search(f"{element.get('class') or ''} {element.get('id') or ''}")
    return named is not None and not (_DOUBTFUL.search(named[0]) and _holds_data(element))


def _holds_data(element: Any) -> bool:
    """Whether a part has a table with numbers, and most of its text is in no link."""
    if next(element.iter("td"), None) is None:
        return False
    text = "".join("".join(element.itertext()).split())
    linked = sum(len("".join("".join(a.itertext()).split())) for a in element.iter("a"))
    return any(c.isdigit() for c in text) and linked < HALF * len(text)


def _sentences(text: str | None) -> int:
    return len(_SENTENCE.findall(text)) if text else 0
