"""Messages in the reader's language, where they are shown: `languages/LANGUAGE.tsv`.

A message is made in English where something happens, and stays so in JSON, in a journal, in a log.
A catalogue has a row for each template of the code, with `{}` for its values; a message is a
template filled in, and what fills it may be a message too (why a file cannot be read). A test sees
to it that a catalogue lacks no template of the code, and has none that the code has no more.

    {} cannot be read: {}<TAB>读不了 {}：{}

A row may have a value of its own, where a word cannot be put into the sentence as it is:

    {} has {} pages; the limit is {}<TAB>{} 有 {} 页；上限是 {}
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

PLACE = "{}"
_PLACES = re.compile(r"\{\d?\}")
_TAIL = re.compile("[;:,( ]")  # what a text begins with that ends another
_QUOTED = re.compile("(?<=“)[^“”]*?(?=…?”)")
_MARK = "\ue000{}\ue001"
_NAME = re.compile(r"\.\w{1,5}$")  # how the name of a file ends
LONGEST = 600  # characters; what is longer is a text, and no message
_BETWEEN = ((": ", "："), ("; ", "；"), (", ", "，"), (" / ", " / "))  # two messages in one


@dataclass(frozen=True, slots=True)
class Template:
    """A template of messages, and the same in another language."""

    english: str
    translation: str

    @property
    def parts(self) -> list[str]:
        """What a message has of it, in order."""
        return self.english.split(PLACE)

    def values(self, message: str) -> tuple[str, ...] | None:
        """What stands at its places in a message; None where that is another's.

        >>> Template("{} cannot be read: {}", "").values("a.txt cannot be read: no such file")
        ('a.txt', 'no such file')
        """
        if not all(part in message for part in self.parts):
            return None
        found = _pattern(self.english).fullmatch(message)
        return found.groups() if found else None


@lru_cache(maxsize=4096)
def translated(message: str, language: str) -> str:
    """A message in a language, as far as there are words in it: names and quotes stay.

    >>> translated("a.txt cannot be read: Permission denied", "zh-Hans")
    '读不了 a.txt：权限不够'
    >>> translated("a.txt cannot be read: Permission denied", "en")
    'a.txt cannot be read: Permission denied'
    """
    if not message.strip() or len(message) > LONGEST or not _path(language).is_file():
        return message
    quotes: list[str] = []
    if "“" in message:  # what is quoted is the document's, and stays
        message = _QUOTED.sub(lambda found: _kept(found[0], quotes), message)
    said = _translated(message, language)
    for number, quote in enumerate(quotes):
        said = said.replace(_MARK.format(number), quote)
    return said


def _kept(quote: str, quotes: list[str]) -> str:
    """The mark that stands for a quote while the words around it are translated."""
    quotes.append(quote)
    return _MARK.format(len(quotes) - 1)


def _translated(message: str, language: str) -> str:
    """The same of a message without quotes."""
    plain, templates = _catalogue(language)
    if message in plain:
        return plain[message]
    for template in templates:
        if (values := template.values(message)) is not None:
            return template.translation.format(*(_filled(one, language) for one in values))
    return _of_two(message, language)


def _filled(value: str, language: str) -> str:
    """What fills a place: a name stays, such as that of a file `documents` or `a list.txt`."""
    is_name = " " not in value.strip() or _NAME.search(value) is not None
    return value if is_name else _translated(value, language)


def has_words(language: str) -> bool:
    """Whether messages are translated into a language."""
    return _path(language).is_file()


def rows(language: str) -> Iterator[Template]:
    """The rows of a language's catalogue."""
    from summarizer.zh.lexicon import cells

    return (Template(english, words) for english, words in cells(_path(language)))


def _of_two(message: str, language: str) -> str:
    """The same of what is a message and an end of another, or two messages with a mark between."""
    for tail in _tails(language):
        if all(part in message for part in tail.parts):
            found = re.fullmatch(f"(.+?)({_pattern(tail.english).pattern})", message, re.DOTALL)
            if found:
                return _translated(found[1], language) + _translated(found[2], language)
    for mark, written in _BETWEEN:
        head, between, rest = message.partition(mark)
        if between:
            after = _translated if between == " / " else _filled  # `wrong / right` are ours
            both = (_translated(head, language), after(rest, language))
            if both != (head, rest):
                return written.join(both)
    return message


def _path(language: str) -> Path:
    return Path(__file__).with_name("languages") / f"{language}.tsv"


@cache
def _catalogue(language: str) -> tuple[dict[str, str], tuple[Template, ...]]:
    """Messages without places, and templates in the order in which they are tried.

    Those that begin with words come first (`error: {}`), then those that say the most.
    """
    known = list(rows(language))
    plain = {one.english: one.translation for one in known if PLACE not in one.english}
    filled = [one for one in known if PLACE in one.english]
    filled.sort(key=lambda one: (one.english.startswith(PLACE), -len("".join(one.parts))))
    return plain, tuple(filled)


@cache
def _tails(language: str) -> tuple[Template, ...]:
    return tuple(one for one in rows(language) if _TAIL.match(one.english))


@cache
def _pattern(english: str) -> re.Pattern[str]:
    return re.compile("(.*?)".join(map(re.escape, english.split(PLACE))), re.DOTALL)
