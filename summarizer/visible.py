"""Make what a document or a model says harmless to look at: characters that act become escapes.

Every message goes through here at the one place where it is made: `SummarizerError` for errors,
`Issue` for what is true of a result. So it is safe in JSON, in tables, on a page, on a terminal.
"""

import unicodedata

_HIDDEN = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}


def visible(text: str) -> str:
    r"""The text with every character that acts instead of being seen written as its escape.

    Control characters (but newline and tab), format characters such as bidi overrides and
    zero-width joiners, private-use characters, lone surrogates, line and paragraph separators.

    >>> visible("报告\x1b[2J\u202e.txt")
    '报告\\u001b[2J\\u202e.txt'
    """
    if text.isprintable():
        return text
    return "".join(_shown(c) for c in text)


def one_line(text: str) -> str:
    r"""The same on a single line: all white space becomes single blanks.

    >>> one_line("一是\n  二是\t\x07")
    '一是 二是 \\u0007'
    """
    return visible(" ".join(text.split()))


def _shown(character: str) -> str:
    if character in "\n\t" or unicodedata.category(character) not in _HIDDEN:
        return character
    code = ord(character)
    if code <= 0xFFFF:
        return f"\\u{code:04x}"
    high, low = divmod(code - 0x10000, 0x400)  # a pair of halves, as JSON writes it
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"
