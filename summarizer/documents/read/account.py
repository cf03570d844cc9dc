"""What became of a file: how it was read, and what of it is not in the text, kind by kind."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from summarizer.types import Document
from summarizer.zh.lexicon import cells


@lru_cache(maxsize=1)
def kinds() -> dict[str, str]:
    """Each kind of what may be left out, with what one of it is.

    >>> kinds()["running lines"].startswith("a line that recurs")
    True
    """
    rows = cells(Path(__file__).with_name("left_out.tsv"))
    return {kind: what for names, what in rows for kind in names.split(", ")}


def account(document: Document) -> str:
    r"""A document's account for the eye: a line on the file, and one for each kind left out.

    >>> left_out = {"hidden": 12, "pictures": 1}
    >>> print(account(Document("0", "a.html", "投入500万元\n", left_out=left_out)), end="")
    a.html: text/plain, utf-8, 8 characters, 0 bytes replaced, 0 tables
    <BLANKLINE>
    2 kinds left out
          12  hidden: a character that is not shown
           1  pictures: a picture; in an ODS also a character of a drawing
    """
    facts = [
        document.media_type,
        document.encoding,
        f"{len(document.text)} characters",
        f"{document.replaced} bytes replaced",
        f"{len(document.grids)} tables",
        *([f"{len(document.pages)} pages"] if document.pages else []),
    ]
    lines = [f"{document.source}: {', '.join(facts)}", ""]
    lines.append(f"{len(document.left_out)} kinds left out")
    for kind, count in sorted(document.left_out.items()):
        what = kinds().get(kind)
        lines.append(f"{count:>8}  {kind}: {what}" if what else f"{count:>8}  {kind}")
    return "\n".join(lines) + "\n"
