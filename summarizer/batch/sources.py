"""What a batch is given → its documents, in order: files, folders, globs, archives, a list."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path

from summarizer.documents.read import limits
from summarizer.documents.read.archive import Member, members
from summarizer.documents.read.formats import SUFFIXES
from summarizer.errors import InputError, UnreadableDocument
from summarizer.files import natural

_ARCHIVE = ".zip"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document is: a file, or an entry of an archive. `fault` says why it cannot be had.

    `held` are its bytes once somebody has read them, for a worker on a machine without the file.
    """

    path: Path
    entry: str = ""
    name: str = ""
    fault: str = ""
    held: bytes | None = None

    def data(self, most: int) -> bytes:
        """Its bytes, at most one more than `most`. Raises UnreadableDocument."""
        if self.fault:
            raise UnreadableDocument(self.fault)
        if self.held is not None:
            return self.held
        if self.entry:
            return Member(self.path, self.entry, self.name).data()
        try:
            if not stat.S_ISREG(self.path.stat().st_mode):
                raise UnreadableDocument(
                    f"{self.name} is no regular file; a batch reads each more than once"
                )
            with self.path.open("rb") as file:
                return file.read(most + 1)
        except FileNotFoundError as error:
            raise UnreadableDocument(f"{self.name} does not exist") from error
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            raise UnreadableDocument(f"{self.name} cannot be read: {reason}") from error

    def read_now(self, most: int) -> Source:
        """The same with its bytes, or with the reason why it has none."""
        try:
            return replace(self, held=self.data(most))
        except UnreadableDocument as error:
            return replace(self, fault=str(error))


@dataclass(frozen=True, slots=True)
class Filter:
    """Which files of folders, globs and archives are taken, by patterns over their names.

    A pattern with a slash is held against the whole name, one without against its last part.
    `members` is how many files an archive may hold.

    >>> Filter(include=("2020/*",), exclude=("~*",)).takes("2020/~a.txt")
    False
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    members: int = limits.MEMBERS

    def takes(self, name: str) -> bool:
        """True for a name that is included and not excluded."""
        if self.include and not any(_matches(name, pattern) for pattern in self.include):
            return False
        return not any(_matches(name, pattern) for pattern in self.exclude)


def find_sources(
    inputs: Sequence[str], wanted: Filter | None = None, listed: Iterable[str] = ()
) -> Iterator[Source]:
    """The documents of the inputs, one by one, in the order given; those of a folder by name.

    A file that is named is taken whatever its suffix; of folders and archives only what can be
    read. `listed` are the lines that stand for the input "-". What is wrong with one file is its
    `fault`. Raises InputError for an input that is not there.
    """
    wanted = wanted or Filter()
    for given in inputs:
        if given == "-":
            for line in listed:
                yield from _named(line, wanted) if _is_there(line) else [_missing(line)]
        elif _is_there(given):
            yield from _named(given, wanted)
        else:
            found = sorted(glob.iglob(given, recursive=True), key=natural)  # noqa: PTH207 — may be absolute
            if not found:
                raise InputError(f"{_shown(given)} does not exist, and as a pattern finds nothing")
            for path in found:
                if Path(path).is_dir() or wanted.takes(path):
                    yield from _named(path, wanted)


def _named(given: str, wanted: Filter) -> Iterator[Source]:
    path = Path(given)
    if path.is_dir():
        yield from _folder(path, wanted)
    elif path.suffix.lower() == _ARCHIVE:
        yield from _archive(path, wanted)
    else:
        yield Source(path, name=_shown(given))


def _folder(folder: Path, wanted: Filter) -> Iterator[Source]:
    """Files below a folder; hidden ones and links to folders are left alone.

    A link to a file elsewhere is not followed, and told: the folder may be somebody else's.

    A folder that cannot be listed stands for what may be in it.
    """
    faults: list[OSError] = []
    for place, folders, files in os.walk(folder, onerror=faults.append):
        folders[:] = sorted((n for n in folders if not n.startswith(".")), key=natural)
        for name in sorted(files, key=natural):
            path = Path(place, name)
            suffix = path.suffix.lower()
            if name.startswith(".") or _is_no_file(path):
                continue
            if path.is_symlink() and not path.resolve().is_relative_to(folder.resolve()):
                if suffix in {_ARCHIVE, *SUFFIXES} and wanted.takes(_shown(str(path))):
                    yield _outside(path)
                continue
            if suffix == _ARCHIVE:
                yield from _archive(path, wanted)
            elif suffix in SUFFIXES and wanted.takes(_shown(str(path))):
                yield Source(path, name=_shown(str(path)))
    for error in faults:
        name = _shown(str(error.filename))
        reason = f"the folder {name} cannot be listed: {error.strerror}"
        yield Source(Path(error.filename), name=name, fault=reason)


def _archive(path: Path, wanted: Filter) -> Iterator[Source]:
    try:
        found = members(path, wanted.members)
    except UnreadableDocument as error:
        yield Source(path, name=_shown(str(path)), fault=str(error))
        return
    for member in found:
        if wanted.takes(member.source):
            yield Source(path, member.entry, _shown(member.source))


def _outside(path: Path) -> Source:
    name = _shown(str(path))
    reason = f"{name} is a link that leads out of its folder; name the file itself to take it"
    return Source(path, name=name, fault=reason)


def _missing(line: str) -> Source:
    return Source(Path(line), name=_shown(line), fault=f"{_shown(line)} does not exist")


def _is_there(given: str) -> bool:
    try:
        return bool(given) and "\x00" not in given and Path(given).exists()
    except OSError:  # a name that is too long, a folder that may not be entered
        return False


def _is_no_file(path: Path) -> bool:
    """True for pipes, devices, and links that lead nowhere; False for what may not be looked at."""
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except OSError as error:
        return not isinstance(error, PermissionError)


def _matches(name: str, pattern: str) -> bool:
    if "/" in pattern:
        return fnmatchcase(name, pattern) or fnmatchcase(name, f"*/{pattern}")
    return fnmatchcase(name.rpartition("/")[2], pattern)


def _shown(name: str) -> str:
    """The name as text: one that is no UTF-8 has its bytes written out, as `read` does."""
    return name.encode("utf-8", "backslashreplace").decode()
