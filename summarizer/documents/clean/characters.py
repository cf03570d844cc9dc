"""Cleaning rules for single characters: what cannot be seen, and what a web page left in the text.

Each rule is `text → edits`; each is listed once, in `summarizer.documents.clean.rules.RULES`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from summarizer.documents.clean.alignment import Edit
from summarizer.types import Span

_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2"
    "\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufdd0-\ufdef"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc\ufffe\uffff\U000110bd\U000110cd\U00013430-\U0001343f"
    "\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a\U000e0000-\U000e0fff]+"
)  # Unicode's format characters and default ignorables, blanks that are letters, noncharacters
_SPACE = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f]")
_BLOCK = "p|br|div|tr|li|ul|ol|table|tbody|thead|h[1-6]|hr|section|article|center|blockquote"
_INLINE = "span|font|b|strong|i|em|u|a|td|th|img|o:p|sup|sub|small|label"
_TAG = re.compile(rf"<(/?)({_BLOCK}|{_INLINE})(?:\s[^<>]{{0,500}})?/?>", re.IGNORECASE)
_IS_BLOCK = re.compile(_BLOCK, re.IGNORECASE)
_ENTITY = re.compile(  # & may itself be written as an entity, any number of times
    r"&(?:amp;|#0{0,4}38;|#[xX]0{0,4}26;)*(?:[A-Za-z]{2,8}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});"
)
_WHITE = re.compile("[\t-\r\x85\xa0\u2028\u2029]+")
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

    Cause: copying from web pages and word processors, or somebody hiding text: what cannot be seen
    would part a numeral in two. Format characters of any script, fillers, noncharacters and the
    object mark go too. Newlines, tabs, private-use characters and U+FFFD stay: they may stand for
    something.

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

    Cause: a scraper that took tags away and forgot entities. Unknown names stay, as in R&D;. An
    entity is a character of its line: one for a line end or a tab, however often it was escaped,
    is a space, as in HTML.

    >>> [edit.replacement for edit in entities("&ldquo;两不愁&rdquo;&nbsp;R&D;&amp;amp;#10;")]
    ['“', '”', ' ', ' ']
    """
    if "&" not in text:
        return iter(())
    found = ((m, _meant(m[0])) for m in _ENTITY.finditer(text))
    return (Edit(_span(m), new, "entity") for m, new in found if new != m[0])


def placeholders(text: str) -> Iterator[Edit]:
    """Delete the template variables that a page never filled in.

    Cause: a content system that printed its template. Braces around Chinese or digits stay.

    >>> [edit.span for edit in placeholders("責任編輯:{editor}，{一}，{2}")]
    [Span(start=5, end=13)]
    """
    if "{" not in text and "<%" not in text:
        return iter(())
    return (Edit(_span(m), "", "placeholder") for m in _PLACEHOLDER.finditer(text))


def _meant(entity: str) -> str:
    """The character that an entity stands for, through all that wraps it."""
    inner = "&" + re.sub("^&(?:amp;|#0{0,4}38;|#[xX]0{0,4}26;)*(?=.)", "", entity)
    return _WHITE.sub(" ", html.unescape(inner))


def _tag_left(match: re.Match[str]) -> str:
    ends_block = match[1] or match[2].lower() in {"br", "hr"}
    return "\n" if ends_block and _IS_BLOCK.fullmatch(match[2]) else ""


def _span(match: re.Match[str]) -> Span:
    return Span(match.start(), match.end())
