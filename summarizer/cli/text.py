"""`summarizer text FILE`: the raw text that every span counts, or what of the file is not in it."""

from __future__ import annotations

from typing import Annotated

import typer

from summarizer.cli.options import Encoding, File, Ocr, Out, on_or_off


def text(
    file: File,
    explain: Annotated[
        bool, typer.Option("--explain", help="List what of the file is not in its text, by kind.")
    ] = False,
    ocr: Ocr = None,
    encoding: Encoding = None,
    out: Out = None,
) -> None:
    """Print a document's raw text, which all spans count.

    Anyone can check a span of a summary with it: characters are code points, counted from 0, the
    end exclusive. With --explain the account of the file stands in its place: how it was read, and
    how much of it was not, kind by kind: what is hidden, menus, heads of pages, pictures.

    \b
    Examples:
      summarizer text report.pdf
      summarizer text report.docx | less
      summarizer text report.html --explain
    """
    from summarizer.cli.language import told_lines
    from summarizer.cli.output import place, write_shown
    from summarizer.config import settings
    from summarizer.documents.read import Limits, read
    from summarizer.documents.read.account import account

    path = place(out)
    document = read(file, encoding=encoding, bounds=Limits.of(settings(ocr=on_or_off(ocr))))
    write_shown(told_lines(account(document)) if explain else document.text, path)
