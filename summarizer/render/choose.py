"""One document of a batch, by whatever a user knows of it: its id, its file's name, a part."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath

from summarizer.errors import InputError
from summarizer.render.load import Failure, Stored
from summarizer.types import Summary

_LEAST = 4  # characters of an id that are enough, if no other begins with them


def choose(found: Iterable[Stored], asked: str, where: str) -> list[Summary]:
    """The summaries of the document that is meant; several only if they are of one document.

    An id or a name as it stands goes before a file's last part, that before its stem, and that
    before the beginning of an id. Raises InputError where no document is meant, or several are.
    """
    best, chosen, failed = 99, list[Summary](), list[Failure]()
    last: Summary | None = None
    for thing in found:
        if isinstance(thing, Failure):
            if _rank(asked, "", thing.source) < 99:
                failed.append(thing)
            continue
        if isinstance(thing, Summary):
            last, key = thing, thing.document.id
            rank = _rank(asked, key, thing.document.source)
        else:
            rank = _rank(asked, "", thing.source)
        if last is None or rank > best or rank == 99:
            continue
        chosen = [last] if rank < best else _with(chosen, last)
        best = rank
    if not chosen:
        raise InputError(f"{where} holds no summary of a document {asked!r}{_why(failed)}")
    known = {one.document.id: one.document.source for one in chosen}
    if len(known) > 1:
        several = ", ".join(f"{key} ({source})" for key, source in known.items())
        raise InputError(f"{where} holds several documents {asked!r}: {several}; give an id")
    return chosen


def _with(chosen: list[Summary], one: Summary) -> list[Summary]:
    """Several summaries, each once: a duplicate stands for a summary that may be there already."""
    return chosen if any(one is other for other in chosen) else [*chosen, one]


def _rank(asked: str, key: str, source: str) -> int:
    """How well a document fits what was asked, 0 best; 99 where it does not.

    >>> [_rank(asked, "1205995d", "in/报告.txt") for asked in ("in/报告.txt", "报告.txt", "报告")]
    [0, 1, 2]
    >>> _rank("1205", "1205995d", "in/报告.txt"), _rank("12", "1205995d", "in/报告.txt")
    (3, 99)
    """
    path = PurePath(source)
    if asked in (key, source):
        return 0
    if asked == path.name:
        return 1
    if asked == path.stem:
        return 2
    return 3 if len(asked) >= _LEAST and key.startswith(asked) else 99


def _why(failed: list[Failure]) -> str:
    if not failed:
        return "; `view --list` shows what is there"
    first = failed[0]
    return f": {first.source} failed, {first.error_type}: {first.error_message}"
