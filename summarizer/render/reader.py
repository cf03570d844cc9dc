"""What a summary is shown with, in its reader's language: headings, tallies, amounts.

The words are those of the review page (`review/languages/LANGUAGE.tsv`); codes stay as they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from summarizer.errors import ConfigError
from summarizer.render.review.messages import LANGUAGES, language_of, messages
from summarizer.render.translate import translated
from summarizer.types import Figure, Summary
from summarizer.zh.script import convert, detect

_SCRIPTS = {"zh-Hans": "hans", "zh-Hant": "hant"}


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader, by what they read: "en", "zh-Hans" or "zh-Hant"."""

    language: str

    def say(self, key: str, **values: object) -> str:
        """A message with values in it.

        >>> ENGLISH.say("view.page", n=3), reader("zh-Hans").say("view.page", n=3)
        (', page 3', '，第 3 页')
        """
        return messages(self.language)[key].format(**values)

    def tell(self, message: str) -> str:
        """A message of the program, which is made in English.

        >>> reader("zh-Hans").tell("coverage does not add up")
        '数字的去向合不拢'
        """
        return translated(message, self.language)

    def named(self, kind: str, name: str, otherwise: str) -> str:
        """Our word for a field, a list or a choice in a Chinese reader's language, else another.

        >>> ENGLISH.named("list", "measures", "Measures"), reader("zh-Hant").named("list", "x", "X")
        ('Measures', 'X')
        """
        return (
            messages(self.language).get(f"{kind}.{name}", otherwise) if self.is_han else otherwise
        )

    @property
    def is_han(self) -> bool:
        """Whether they read Chinese, in which numbers go by 万 and 亿."""
        return self.language in _SCRIPTS

    @property
    def scales(self) -> tuple[str, str]:
        """How they write ten thousand and a hundred million."""
        return ("萬", "億") if self.language == "zh-Hant" else ("万", "亿")


ENGLISH = Reader("en")


@cache
def reader(language: str) -> Reader:
    """The reader of a language. Raises ConfigError for one that there are no words in."""
    if language not in LANGUAGES:
        raise ConfigError(f"there is no language {language!r}; there are: {', '.join(LANGUAGES)}")
    return Reader(language)


def language_for(said: str | None, locale: str, text: str) -> str:
    """The language to show a text in: as said, else as a locale says, else as it is written.

    Raises ConfigError for a language that there are no words in.

    >>> language_for(None, "C.UTF-8", "全鎮脫貧"), language_for(None, "en_GB", "全鎮脫貧")
    ('zh-Hant', 'en')
    >>> language_for("ZH-hans", "en_GB", ""), language_for(None, "", "A report.")
    ('zh-Hans', 'en')
    """
    if said is not None:
        known = {name.lower(): name for name in LANGUAGES}
        if said.lower() not in known:
            raise ConfigError(f"--lang {said!r} must be one of: {', '.join(LANGUAGES)}")
        return known[said.lower()]
    if named := language_of(locale):
        return named
    if text and not any("\u3400" <= character <= "\u9fff" for character in text):
        return "en"
    return "zh-Hans" if detect(text) == "Hans" else "zh-Hant"


def written(summary: Summary) -> str:
    """What a summary says of its document in the script that was asked for: title and labels."""
    return "".join((summary.title or "", summary.overview, *map(_label, summary.figures)))


def in_script(words: str, summary: Summary) -> str:
    """A choice of a schema, such as a category, in the script of a summary's own words."""
    return convert(words, "hant") if detect(written(summary)) == "Hant" else words


def _label(figure: Figure) -> str:
    return figure.label
