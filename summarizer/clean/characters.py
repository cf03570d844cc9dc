"""Cleaning rules for single characters: what cannot be seen, and what a web page left in the text.

Each rule is `text → edits`; each is listed once, in `summarizer.clean.rules.RULES`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from summarizer.clean.alignment import Edit
from summarizer.types import Span

_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef]+"
)
_SPACE = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f]")
_BLOCK = "p|br|div|tr|li|ul|ol|table|tbody|thead|h[1-6]|hr|section|article|center|blockquote"
_INLINE = "span|font|b|strong|i|em|u|a|td|th|img|o:p|sup|sub|small|label"
_TAG = re.compile(rf"<(/?)({_BLOCK}|{_INLINE})(?:\s[^<>]{{0,500}})?/?>", re.IGNORECASE)
_IS_BLOCK = re.compile(_BLOCK, re.IGNORECASE)
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{2,6}|#x[0-9A-Fa-f]{2,5});")
_PLACEHOLDER = re.compile(
    r"\{\{\s*[A-Za-z_][\w.]{0,40}\s*\}\}|\$?\{[A-Za-z_][\w.]{0,40}\}|<%[^%<>]{0,80}%>"
)


def line_ends(text: str) -> Iterator[Edit]:
    r"""One newline for every kind of line end.

    Cause: files from different systems, pages joined by form feeds. Newlines stay as they are.

    >>> [(edit.span.start, edit.replacement) for edit in line_ends("一、农业\r\n二、工业\f")]
    [(4, '\n'), (10, '\n')]
    """
    return (Edit(_span(m), "\n", "line-end") for m in _LINE_END.finditer(text))


def invisible(text: str) -> Iterator[Edit]:
    r"""Delete control characters, zero-width and direction marks, variation selectors.

    Cause: copying from web pages and word processors, or somebody hiding text. Newlines, tabs,
    private-use characters and the replacement character stay: they may stand for something.

    >>> [edit.span.start for edit in invisible("投入50\u200b0万元")]
    [4]
    """
    return (Edit(_span(m), "", "invisible") for m in _INVISIBLE.finditer(text))


def spaces(text: str) -> Iterator[Edit]:
    r"""Turn no-break and typographic spaces into spaces.

    Cause: `&nbsp;` in web pages. The ideographic space, which indents, stays.

    >>> [edit.replacement for edit in spaces("抓扶贫\xa0吹响冲锋号")]
    [' ']
    """
    return (Edit(_span(m), " ", "space") for m in _SPACE.finditer(text))


def markup(text: str) -> Iterator[Edit]:
    r"""Delete HTML tags that were saved as text; tags of blocks leave a line end.

    Cause: a page's source pasted or scraped as text. Only known tags go: 增速<5%, 《报告》 stay.

    >>> [(e.span.start, e.replacement) for e in markup("<p>投入<b>500</b>万元，增速<5%</p>")]
    [(0, ''), (5, ''), (11, ''), (23, '\n')]
    """
    if "<" not in text:
        return iter(())
    return (Edit(_span(m), _tag_left(m), "markup") for m in _TAG.finditer(text))


def entities(text: str) -> Iterator[Edit]:
    """Put the character for an HTML entity that was saved as text.

    Cause: a scraper that took tags away and forgot entities. Unknown names stay, as in R&D;.

    >>> [edit.replacement for edit in entities("&ldquo;两不愁&rdquo;&nbsp;R&D;")]
    ['“', '”', ' ']
    """
    if "&" not in text:
        return iter(())
    found = ((m, html.unescape(m[0])) for m in _ENTITY.finditer(text))
    return (
        Edit(_span(m), " " if new == "\xa0" else new, "entity") for m, new in found if new != m[0]
    )


def placeholders(text: str) -> Iterator[Edit]:
    """Delete the template variables that a page never filled in.

    Cause: a content system that printed its template. Braces around Chinese or digits stay.

    >>> [edit.span for edit in placeholders("責任編輯:{editor}，{一}，{2}")]
    [Span(start=5, end=13)]
    """
    if "{" not in text and "<%" not in text:
        return iter(())
    return (Edit(_span(m), "", "placeholder") for m in _PLACEHOLDER.finditer(text))


def _tag_left(match: re.Match[str]) -> str:
    ends_block = match[1] or match[2].lower() in {"br", "hr"}
    return "\n" if ends_block and _IS_BLOCK.fullmatch(match[2]) else ""


def _span(match: re.Match[str]) -> Span:
    return Span(match.start(), match.end())
