"""Case files of tests/data/extract: a line is `text with [its quantity] => what is expected`."""

from pathlib import Path

from summarizer.documents.clean import clean
from summarizer.documents.sentences import split_sentences
from summarizer.types import Mention
from summarizer.zh.names import find_names
from summarizer.zh.quantities import find_mentions
from summarizer.zh.script import fold
from summarizer.zh.segment import Sentence

DATA = Path(__file__).parent / "data" / "extract"


def cases(name: str) -> list[tuple[str, str]]:
    """The cases of one file, each with what stands before and after the arrow."""
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    parts = (line.partition(" =>") for line in lines if line and not line.startswith("#"))
    return [(text, expected.strip()) for text, _, expected in parts]


def cut(text: str, own: str = "") -> tuple[Sentence, ...]:
    """The sentences of a text, with quantities and names, but those of the report's own place."""
    cleaned = clean(text)
    names = [name for name in find_names(cleaned.text) if fold(name.text) not in own]
    return split_sentences(cleaned, find_mentions(cleaned), names)


def marked(text: str, own: str = "") -> tuple[Mention, Sentence, tuple[Sentence, ...]]:
    """The quantity that overlaps the brackets, its sentence, and all of them."""
    at = text.index("[")
    sentences = cut(text.replace("[", "").replace("]", ""), own)
    for sentence in sentences:
        for mention in sentence.mentions:
            if mention.at.start <= at < mention.at.end:
                return mention, sentence, sentences
    raise AssertionError(f"no quantity at the brackets of {text}")
