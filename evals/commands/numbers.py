"""`numbers`: fit what names numbers to labels, or hold it against them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from summarizer.config import settings as read_settings
from summarizer.engine.probe import NAMER, load_namer
from summarizer.errors import ConfigError

from ..number_names import about, fit, learned, worth, written
from ..probe import read_marked
from .measure import say


def numbers(
    marked: Annotated[list[Path], typer.Argument(help="Marked documents, or folders of them.")],
    *,
    to_fit: Annotated[bool, typer.Option("--fit", help="Fit it anew, and write it.")] = False,
) -> None:
    """Hold what names numbers against labels (numbers/NAME.tsv beside NAME.txt).

    With --fit, fit it to them and write it. Reads the documents with the embedded model, a minute
    for five of a thousand characters.
    """
    labelled = [(f, labels) for f in _files(marked) if (labels := _labels(f)).exists()]
    if not labelled:
        raise ConfigError("none of these documents has labels: numbers/NAME.tsv beside NAME.txt")
    documents = []
    for one in learned([(read_marked(f), labels) for f, labels in labelled], read_settings()):
        documents.append(one)
        say(f"{labelled[len(documents) - 1][0].stem}: {len(one[1])}")
    if to_fit:
        NAMER.write_text(written(documents, fit(documents)), encoding="utf-8")
        say(f"{NAMER}: {about(documents)}")
        return
    count, ours, drafts = worth(documents, dict(load_namer(NAMER).net))
    typer.echo(f"{count} labels: words {ours:.3f}, drafts {drafts:.3f}")


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        yield from sorted(path.glob("*.txt")) if path.is_dir() else [path]


def _labels(marked: Path) -> Path:
    return marked.parent / "numbers" / f"{marked.stem}.tsv"
