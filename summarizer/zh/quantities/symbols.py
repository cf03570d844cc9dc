"""Characters that are no words, digits or punctuation of Chinese prose: ♥ • № √ a lone accent.

Between two digits such a character parts nothing: whoever wrote 8♥8万元 wrote one number, and it
cannot be read.
"""

from __future__ import annotations

from functools import lru_cache

from summarizer.zh.quantities.places import HAN

DIGITS = frozenset(
    "0123456789¹²³⁰⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉¼½¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⅐⅑⅒↉"
    + "".join(map(chr, range(0x1D7CE, 0x1D800)))  # mathematical digits
)
NUMBER = frozenset(HAN) | DIGITS
FACTORS = frozenset("×xX*^±/")
ILLEGIBLE = frozenset("□■█▇▢◻◼")  # a character that could not be read

_PUNCTUATION = frozenset(
    "、。〃〈〉《》「」『』【】〔〕〖〗〘〙〚〛〜〝〞〟"
    "，！？；：（）［］｛｝＂＇．－／～＜＞＝｜｟｠｡｢｣､"
    "‘’‚‛“”„‟‐‑‒–—―‖…‥′″‰‱‹›«»·・⸺≤≥≈∶￥£€¥"
    "\u00a0\u0085\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
    "│┃║┆┇┊┋￨"  # they part the cells of a table
    "↑↓"  # they say of a number that it rose
)
_JOINING = FACTORS | ILLEGIBLE | frozenset(".'·・?")
_LONGEST = 32
_OTHERS = NUMBER | FACTORS | ILLEGIBLE | _PUNCTUATION
_IDEOGRAPHS = ("㐀", "䷀"), ("一", "\ua000"), ("\U00020000", "\U00040000")
_ASCII = frozenset("#&@\\_`{}\x7f").union(map(chr, range(9)), map(chr, range(14, 32)))


@lru_cache(maxsize=1 << 12)
def is_symbol(char: str) -> bool:
    """Whether a character has no meaning between two digits of prose.

    >>> [char for char in "，户:♥a\u0301√8•①" if is_symbol(char)]
    ['♥', '́', '√', '•', '①']
    """
    if char < "\x80":
        return char in _ASCII
    if any(first <= char < stop for first, stop in _IDEOGRAPHS):
        return False
    return char not in _OTHERS


@lru_cache(maxsize=1 << 12)
def joins(char: str) -> bool:
    """Whether a character is a symbol, or one that joins numbers among symbols (8×♥8, 8□•8)."""
    return is_symbol(char) or char in _JOINING


def skip_symbols(text: str, at: int, step: int) -> int:
    """Where the row of symbols ends that `at` is part of, going on by `step` (1 or -1).

    Without a symbol among them, characters that join numbers are none; then it is `at`.
    """
    end, has_symbol = at, False
    while 0 <= end < len(text) and joins(text[end]):
        has_symbol = has_symbol or is_symbol(text[end]) or text[end] in ILLEGIBLE
        end += step
        if not abs(end - at) < _LONGEST:
            return at  # an ornament
    return end if has_symbol else at
