"""What a model is told beside a template, in the language in which it is asked.

Rules word their lines once, in Chinese; `prompts/lines.LANGUAGE.tsv` has each form in another
language, `{}` for what it is said of (`{1}`, `{0}` where the order is another). A line that has
no form there stays as it is: an author's own checks speak for themselves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from summarizer.documents.language import Language
from summarizer.resources import resource
from summarizer.zh.lexicon import cells

HOLE = "{}"
_HOLE = re.compile(r"\{(\d?)\}")
_NAMED = re.compile(r"(\w[\w \[\]]*)([:：])(.+)", re.DOTALL)


@lru_cache(maxsize=1024)
def in_language(line: str, language: Language) -> str:
    """A line of ours in a language: several joined by ; and those behind a field's name, too."""
    if language == "zh":
        return line
    if (whole := _formed(line, language)) is not None:
        return whole
    parts = line.split(";")
    if len(parts) > 1:
        return "; ".join(in_language(part, language) for part in parts)
    if match := _NAMED.fullmatch(line):
        return f"{match[1]}: {in_language(match[3], language)}"
    return line


def _formed(line: str, language: Language) -> str | None:
    """A line that has one of the table's forms, what it is said of put in its place."""
    for form, told in _forms(language):
        if match := form.fullmatch(line):
            return _filled(told, [in_language(one, language) for one in match.groups()])
    return None


def _filled(told: str, held: Sequence[str]) -> str:
    """A form with what it is said of in its holes.

    >>> _filled("{} and {}", ("a", "b")), _filled("{1} of {0}", ("a", "b"))
    ('a and b', 'b of a')
    """
    order = iter(held)
    return _HOLE.sub(lambda hole: held[int(hole[1])] if hole[1] else next(order), told)


@cache
def _forms(language: Language) -> list[tuple[re.Pattern[str], str]]:
    """The forms as patterns, those that say most by themselves first."""
    rows = cells(resource("prompts", f"lines.{language}.tsv"), comment="#\t")
    rows.sort(key=lambda row: -len(row[0].replace(HOLE, "")))
    return [
        (re.compile("(.+?)".join(map(re.escape, form.split(HOLE))), re.DOTALL), told)
        for form, told in rows
    ]
