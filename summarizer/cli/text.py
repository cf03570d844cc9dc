"""`summarizer text FILE`: the raw text that every span counts."""

from __future__ import annotations

from summarizer.cli.options import Encoding, File, Out


def text(file: File, encoding: Encoding = None, out: Out = None) -> None:
    """Print a document's raw text, which all spans count.

    Anyone can check a span of a summary with it: characters are code points, counted from 0, the
    end exclusive.

    \b
    Examples:
      summarizer text report.pdf
      summarizer text report.docx | less
    """
    from summarizer.cli.output import place, write_shown
    from summarizer.config import settings
    from summarizer.documents.read import Limits, read

    path = place(out)
    write_shown(read(file, encoding=encoding, bounds=Limits.of(settings())).text, path)
