"""Zips that are documents: what is held against the limits before anything is unpacked."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, NamedTuple
from xml.parsers import expat

from summarizer.documents.read import limits
from summarizer.documents.read.faults import reason
from summarizer.errors import UnreadableDocument

DEEPEST = 2_000  # elements within each other; office programs write some dozens
_BLOCK = 1 << 16

ZIP_FAULTS: tuple[type[Exception], ...] = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    KeyError,
    EOFError,
    OSError,
    ValueError,  # a name that is no UTF-8, a place before the start
    IndexError,
    OverflowError,
    RuntimeError,  # a password; a method of packing that is not known (NotImplementedError)
)
"""What `zipfile` raises for damaged archives: it leaves most of what its parts raise as it is."""


def check_archive(archive: zipfile.ZipFile, name: str) -> None:
    """Raise UnreadableDocument for an archive that would unpack beyond the limits."""
    entries = archive.infolist()
    limits.check(len(entries), limits.ENTRIES, name=name, what="files inside")
    unpacked = sum(entry.file_size for entry in entries)
    limits.check(unpacked, limits.UNPACKED, name=name, what="bytes unpacked")
    for entry in entries:
        packed_well(entry, name)


def packed_well(entry: zipfile.ZipInfo, name: str) -> None:
    """Raise UnreadableDocument for a part that would unpack beyond the limits."""
    limits.check(entry.file_size, limits.UNPACKED, name=name, what="bytes unpacked")
    times = entry.file_size // max(1, entry.compress_size)
    if entry.file_size > (1 << 20):
        limits.check(times, limits.RATIO, name=name, what="bytes for each packed one")


class Relation(NamedTuple):
    """What a part refers to: the kind is the last word of its type."""

    kind: str
    target: str


class Package:
    """An open zip of parts, whose names are as the format means them, whatever wrote them."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        check_archive(archive, name)
        self.name = name
        self._archive = archive
        self._entries = {_meant(entry.filename): entry for entry in archive.infolist()}
        self._folded = {part.lower(): part for part in self._entries}
        self._unpacked = 0

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of all parts."""
        return tuple(self._entries)

    def find(self, part: str) -> str | None:
        """The name of a part as the package has it: writers differ in capitals and slashes."""
        part = _meant(part)
        return part if part in self._entries else self._folded.get(part.lower())

    def open(self, part: str) -> IO[bytes]:
        """A part's bytes. Raises KeyError for one that is not there.

        What is meant again and again, as a sheet of a thousand names, counts as often.
        """
        known = self.find(part)
        if known is None:
            raise KeyError(part)
        self._unpacked += self._entries[known].file_size
        limits.check(self._unpacked, limits.UNPACKED, name=self.name, what="bytes unpacked")
        return self._archive.open(self._entries[known])

    def parse(self, part: str, events: Events) -> None:
        """Give a part's XML to a reader of its events."""
        with self.open(part) as data:
            parse(data, events)

    def relations(self, part: str = "") -> dict[str, Relation]:
        """What a part refers to, or the whole package, by the id that its XML uses."""
        folder, _, own = part.rpartition("/")
        known = self.find(f"{folder}/_rels/{own}.rels" if folder else f"_rels/{own}.rels")
        if known is None:
            return {}
        found = _Relations(self.name, folder)
        self.parse(known, found)
        return found.relations

    def main(self, usual: str) -> str:
        """The name of the main part: what the package says that it is, else the usual one."""
        told = (one.target for one in self.relations().values() if one.kind == "officeDocument")
        return next((part for target in told if (part := self.find(target))), usual)


class Events:
    """What all readers of XML do: know the path, refuse what no office program writes."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._path: list[str] = []

    def _enter(self, tag: str) -> str:
        kind = tag.rpartition(" ")[2]
        self._path.append(kind)
        if len(self._path) > DEEPEST:
            limits.check(len(self._path), DEEPEST, name=self._name, what="levels of XML")
        return kind

    def _leave(self) -> str:
        return self._path.pop()

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        """An element begins."""
        self._enter(tag)

    def text(self, data: str) -> None:
        """Characters of an element."""

    def end(self, _tag: str) -> None:
        """An element ends."""
        self._leave()

    def doctype(self, *_: object) -> None:
        """Entities may be declared: they are refused, whatever they are."""
        raise UnreadableDocument(f"{self._name} declares XML entities; no office program does that")


class _Relations(Events):
    def __init__(self, name: str, folder: str) -> None:
        super().__init__(name)
        self._folder = folder
        self.relations: dict[str, Relation] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._enter(tag) == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "").replace("\\", "/")
            whole = target if target.startswith("/") else f"{self._folder}/{target}"
            kind = attributes.get("Type", "").rpartition("/")[2]
            self.relations[attributes.get("Id", "")] = Relation(kind, _meant(whole))


def parse(part: IO[bytes], events: Events) -> None:
    """Give XML to a reader of its events, block by block; nothing outside of it is fetched."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = events.start
    parser.EndElementHandler = events.end
    parser.CharacterDataHandler = events.text
    parser.StartDoctypeDeclHandler = events.doctype
    while block := part.read(_BLOCK):
        parser.Parse(block, False)
    parser.Parse(b"", True)


def local(attributes: dict[str, str], name: str) -> str:
    """An attribute by its name without its prefix, or ""."""
    if name in attributes:
        return attributes[name]
    return next((value for key, value in attributes.items() if key.endswith(f" {name}")), "")


@contextmanager
def opened(data: bytes, name: str, kind: str) -> Iterator[Package]:
    """A package, and one line for whatever is wrong with it. Raises UnreadableDocument."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield Package(archive, name)
    except expat.ExpatError as error:
        raise UnreadableDocument(f"{name} is {kind} with broken XML: {error}") from error
    except UnreadableDocument:
        raise
    except ZIP_FAULTS as error:
        raise UnreadableDocument(f"{name} is broken or locked, {kind}: {reason(error)}") from error
    except LookupError as error:
        raise UnreadableDocument(f"{name} is {kind} in an unknown encoding: {error}") from error


def _meant(part: str) -> str:
    """A part's name with plain slashes, and without `.` and `..`."""
    steps: list[str] = []
    for step in part.replace("\\", "/").split("/"):
        if step == "..":
            del steps[-1:]
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps)
