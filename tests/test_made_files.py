"""The corpus of small made files: the figures that each holds, all of them and no other."""

from collections import Counter
from pathlib import Path

import made_files
import made_pdfs  # noqa: F401 — it adds its files to the corpus
import pytest
from table_makers import MAKERS

from summarizer.documents.parsed import parse
from summarizer.documents.read import read
from summarizer.zh.script import fold

DATA = Path(__file__).parent / "data" / "files"
WHY = {
    "no unit": ("cell_without_unit",),
    "contradiction": ("units_contradict",),
    "row number": ("row_number",),
    "code": ("identifier",),
    "name": ("header",),
    "rank": ("rank",),
    "not whole": ("unread_sign",),
}


def tables():
    for block in (DATA / "tables.txt").read_text(encoding="utf-8").split("\n## ")[1:]:
        title, *lines = [line for line in block.split("\n") if line]
        kinds, _, what = title.partition(": ")
        above = [line.removeprefix("above: ") for line in lines if line.startswith("above: ")]
        rows = [line.split(" ; ") for line in lines if not line.startswith(("=>", "above:"))]
        told = [line.removeprefix("=> ") for line in lines if line.startswith("=>")]
        for kind in kinds.split():
            name = "a.pdf" if kind == "ruled" else f"a.{kind}"
            yield f"{kind}: {what}", name, (kind, above, as_merged(rows)), told, ()


def as_merged(rows):
    marks = {"<": None, "^": True, "-": ""}
    return [[marks.get(cell, cell) for cell in row] for row in rows]


def corpus():
    for title, name, make, told, left_out in (*tables(), *made_files.FILES):
        data = make() if callable(make) else MAKERS[make[0]](*make[1:])
        yield title, name, data, told, left_out


def found_in(data, name, **options):
    """Each quantity, and what a table sets aside: cell, value and unit, words, period, rule."""
    parsed = parse(read(data, name=name, **options))
    for mention in parsed.mentions:
        told = parsed.told.get(mention.id)
        if mention.quantity:
            one = mention.quantity
            high = f"..{one.high:f}" if one.high is not None else ""
            value = " ".join(filter(None, (f"{one.value:f}{high}", one.unit, one.per)))
            words = f"{told.label}{told.subject or ''}" if told else None
            yield mention.text, value, words, told.period if told else None, None
        elif told is not None and told.rule != "date":
            yield mention.text, None, None, None, told.rule


def is_as_told(found, line):
    """Whether what was found is what a line of the corpus says."""
    text, value, words, period, rule = found
    if " ! " in line:
        cell, _, why = line.partition(" ! ")
        return rule is not None and _is_cell(text, cell) and rule in WHY[why]
    cell, _, rest = line.partition(" = ")
    wanted, *more = rest.split(" | ")
    if value != wanted or not _is_cell(text, cell):
        return False
    return not more or (_are_words(words, more[0]) and (period or "-") == more[1])


def _is_cell(text, cell):
    text, cell = text.replace(",", ""), cell.replace(",", "")
    return text in cell or cell in text


def _are_words(words, line):
    must = Counter(fold("".join(word for word in line.split() if not word.startswith("["))))
    may = Counter("".join(word.strip("[]") for word in line.split() if word.startswith("[")))
    said = Counter(words or "")
    return words is not None and not must - said and not said - must - may


CORPUS = [*corpus()]
KNOWN_FAILURES: dict[str, str] = {}


def params():
    for title, *rest in CORPUS:
        why = KNOWN_FAILURES.get(title)
        marks = [pytest.mark.xfail(strict=True, reason=why)] if why else []
        yield pytest.param(*rest, id=title, marks=marks)


@pytest.mark.parametrize(("name", "data", "told", "left_out"), [*params()])
def test_a_file_gives_the_figures_that_it_holds(name, data, told, left_out):
    found = [*found_in(data, name)]
    assert len(found) == len(told), found
    assert [one for one, line in zip(found, told, strict=True) if not is_as_told(one, line)] == []
    assert {*left_out} <= {*read(data, name=name).left_out}


def test_the_corpus_is_one():
    assert len(CORPUS) >= 60
    assert {name.partition(".")[2] for _, name, *_ in CORPUS} >= {*MAKERS, "ofd"} - {"ruled"}
