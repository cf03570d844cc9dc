"""What the page says, in the reader's language: `languages/LANGUAGE.tsv`, the same keys in each."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from summarizer.zh.lexicon import cells

LANGUAGES = {"en": "English", "zh-Hans": "简体中文", "zh-Hant": "繁體中文"}
"""Every language of the page, with its own name for itself."""


@cache
def messages(language: str) -> dict[str, str]:
    """The messages of a language by key.

    >>> messages("zh-Hans")["right"], messages("en")["progress"]
    ('正确', '{done} of {total} checked')
    """
    path = Path(__file__).with_name("languages") / f"{language}.tsv"
    return {row[0]: row[1] for row in cells(path)}


def language_of(locale: str) -> str | None:
    """The language that a locale's name asks for, None where it names none of ours.

    >>> [language_of(name) for name in ("zh_TW.UTF-8", "zh_CN", "en_GB.UTF-8", "C.UTF-8", "")]
    ['zh-Hant', 'zh-Hans', 'en', None, None]
    """
    name = locale.partition(".")[0].replace("-", "_").lower()
    parts = set(name.split("_"))
    if "zh" in parts:
        return "zh-Hant" if parts & {"tw", "hk", "mo", "hant"} else "zh-Hans"
    return "en" if name not in ("", "c", "posix") else None
