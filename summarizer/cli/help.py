"""`--help` in the reader's language: the same page, with words of `languages/LANGUAGE.tsv`.

A catalogue has a line for each thing that help says: a paragraph, a line that is kept as it is, or
what stands in such a line behind a command. What it lacks is shown in English; a test sees to it
that it lacks nothing.

    A report; - is standard input.<TAB>一份报告；- 为标准输入。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("zh-Hans", "zh-Hant")
"""The languages that help is translated into; in any other it is English, as it is written."""

KEPT = "\b"  # what a paragraph begins with whose lines stay apart
_COLUMNS = 2  # blanks between a name and what it means
_WIDEST = 32  # cells of the names' column
_GAP = re.compile(r"(\s{2,})")
_EXTRA = re.compile(r"\[(required|default: )")


def help_language() -> str | None:
    """The language of the environment, None where help stays as it is."""
    from summarizer.config import locale_name
    from summarizer.render.review.messages import language_of

    named = language_of(locale_name())
    return named if named in LANGUAGES else None


@cache
def catalogue(language: str) -> dict[str, str]:
    """What help says in English, with what it says in a language."""
    from summarizer.zh.lexicon import cells

    rows = cells(Path(__file__).with_name("languages") / f"{language}.tsv")
    return dict(rows)


def translated(command: Any, context: Any, language: str) -> str:
    """The help page of a command."""
    words = catalogue(language)
    width = context.make_formatter().width
    page = [_usage(command, context, words), ""]
    for paragraph in paragraphs(command.help or ""):
        page += [*_paragraph(paragraph, words, width), ""]
    for title, rows in _sections(command, context, words):
        page += [words.get(f"{title}:", title), *_table(rows, width), ""]
    for paragraph in paragraphs(command.epilog or ""):
        page += [*_paragraph(paragraph, words, width), ""]
    return "\n".join(page).rstrip("\n")


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a help text: each on one line, or with its lines where they are kept.

    >>> paragraphs("One\\ntwo.\\n\\n\\b\\nExamples:\\n  a  b")
    ['One two.', '\\x08\\nExamples:\\n  a  b']
    """
    parts = (part.strip("\n") for part in text.split("\n\n") if part.strip())
    return [part if part.startswith(KEPT) else " ".join(part.split()) for part in parts]


def units(command: Any) -> Iterator[str]:
    """Everything that a command's help says, as a catalogue has it."""
    for text in (command.help or "", command.epilog or ""):
        for paragraph in paragraphs(text):
            if not paragraph.startswith(KEPT):
                yield paragraph
                continue
            for line in paragraph.split("\n")[1:]:
                yield from (part for part in _GAP.split(line) if _is_said(part))
    yield from (said for p in command.params if (said := getattr(p, "help", None)))


def _is_said(part: str) -> bool:
    """False for blanks, numbers and commands, which are the same in every language."""
    return bool(part.strip()) and not re.match(
        r"\d+$|summarizer( |$)|(cat|find|echo|llama-server) |SUMMARIZER_", part
    )


def _usage(command: Any, context: Any, words: dict[str, str]) -> str:
    pieces = (words.get(piece, piece) for piece in command.collect_usage_pieces(context))
    return " ".join((f"{words['Usage:']}{context.command_path}", *pieces))


def _paragraph(paragraph: str, words: dict[str, str], width: int) -> Iterator[str]:
    from summarizer.render.wrap import wrapped

    if not paragraph.startswith(KEPT):
        yield from wrapped(f"  {words.get(paragraph, paragraph)}", width)
        return
    for line in paragraph.split("\n")[1:]:
        yield "  " + "".join(words.get(part, part) for part in _GAP.split(line))


def _sections(
    command: Any, context: Any, words: dict[str, str]
) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Arguments, options and commands: each a title and its rows of names and meanings."""
    found: dict[str, list[tuple[str, str]]] = {"Arguments": [], "Options": [], "Commands": []}
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record is not None:
            title = "Arguments" if parameter.param_type_name == "argument" else "Options"
            about = parameter.help or ""
            found[title].append((record[0], _told(record[1], about, words)))
    for name in getattr(command, "commands", ()):
        one = command.get_command(context, name)
        if one is not None and not one.hidden:
            about = next(iter(paragraphs(one.help or "")), "")
            found["Commands"].append((name, words.get(about, about)))
    yield from ((title, rows) for title, rows in found.items() if rows)


def _told(record: str, about: str, words: dict[str, str]) -> str:
    """What an option is for, with what click adds to that: its default, that it must be there."""
    rest = record.removeprefix(about)
    extra = _EXTRA.sub(lambda found: f"[{words[found[1]]}", rest) if rest != record else rest
    return f"{words.get(about, about)}{extra}"


def _table(rows: list[tuple[str, str]], width: int) -> Iterator[str]:
    """Names and meanings side by side; a name too long for its column stands above."""
    from rich.cells import cell_len

    from summarizer.render.wrap import wrapped

    column = min(_WIDEST, max(cell_len(name) for name, _ in rows))
    indent = 2 + column + _COLUMNS
    for name, about in rows:
        lines = list(wrapped(about, width - indent)) or [""]
        if cell_len(name) > column:
            yield f"  {name}"
        else:
            blanks = " " * (column - cell_len(name) + _COLUMNS)
            yield f"  {name}{blanks}{lines.pop(0)}"
        yield from (f"{' ' * indent}{line}" for line in lines)
