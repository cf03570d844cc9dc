"""Superscripts in plain text: an exponent, the power of a unit, or the mark of a note.

What is raised behind a number is no digit of it: 300 with a note 1 is not 3001.
"""

from __future__ import annotations

import re

_EXPONENT = re.compile(r"(?:^|[^\d.,])10$")
_DIGITS = re.compile(r"[-−+]?\d{1,3}")
_LETTER = re.compile(r"[A-Za-zΑ-ω]$")
_NOTE = re.compile(r"[\[(（【〔]?\s*(\d{1,3}|[a-z])\s*[\])）】〕]?")
_RAISED = str.maketrans("0123456789-−+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁺")


def raised(text: str, before: str) -> str:
    """What raised characters are written as, by what stands before them.

    >>> [before + raised(text, before) for before, text in (("3×10", "4"), ("50m", "2"))]
    ['3×10⁴', '50m2']
    >>> [before + raised(text, before) for before, text in (("300", "1"), ("人口", "[2]"))]
    ['300[1]', '人口[2]']
    """
    said = text.strip()
    before = before.rstrip()
    if _DIGITS.fullmatch(said) and _EXPONENT.search(before):
        return said.translate(_RAISED)
    if _DIGITS.fullmatch(said) and (_LETTER.search(before) or not before):
        return text if said in ("2", "3") else said.translate(_RAISED)
    note = _NOTE.fullmatch(said)
    return f"[{note[1]}]" if note and before else text


def lowered(text: str, before: str) -> str:
    """What characters set low are written as: CO2 keeps its digit, 300 gets none.

    >>> lowered("2", "CO"), lowered("5", "300")
    ('2', '₅')
    """
    digits = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
    return text.translate(digits) if before.rstrip()[-1:].isdigit() else text
