"""Make words.tsv: the common words that tell where a name ends and what is no name at all.

Run by hand with `python -m summarizer.zh.names.make_words`; it needs jieba (MIT licence), whose
dictionary it thins out: words of two or three characters that are frequent and no proper names.
`class` is `v` for words that may stand right before a name (verbs, adverbs, prepositions and the
like), `m` for numbers, and `w` for all others.
"""

from collections.abc import Iterator
from pathlib import Path

from summarizer.zh.names.table import rows

TABLE = Path(__file__).with_name("words.tsv")

FREQUENT = 100
RARER = 30  # two characters that begin with a surname: they are what a name is mistaken for
PROPER = ("nr", "ns", "nt", "nz")
SURNAMES = frozenset(row["surname"] for row in rows("surnames.tsv") if row["class"] != "given")
OPENING = frozenset("vdpcrt")


def main() -> None:
    import jieba  # type: ignore[import-untyped,import-not-found,unused-ignore]  # not in dev.txt

    lines = Path(jieba.__file__).with_name("dict.txt").read_text(encoding="utf-8").splitlines()
    rows = "".join(f"{word}\t{kind}\tjieba\n" for word, kind in sorted(_common(lines)))
    TABLE.write_text(f"word\tclass\torigin\n{rows}", encoding="utf-8")


def _common(lines: list[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        word, frequency, tag = line.split()
        han = all("\u4e00" <= character <= "\u9fff" for character in word)
        least = RARER if len(word) == 2 and word[0] in SURNAMES else FREQUENT
        if not han or len(word) not in (2, 3) or int(frequency) < least:
            continue
        if not tag.startswith(PROPER):
            yield word, "v" if tag[0] in OPENING else "m" if tag[0] == "m" else "w"


if __name__ == "__main__":
    main()
