"""Zip archives of documents: their readable members, for a batch. Nothing is written to disk."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath

from summarizer.documents.read import limits
from summarizer.documents.read.faults import reason
from summarizer.documents.read.formats import SUFFIXES
from summarizer.documents.read.package import ZIP_FAULTS, packed_well
from summarizer.errors import UnreadableDocument


@dataclass(frozen=True, slots=True)
class Member:
    """A document inside an archive. `source` names both, as `reports.zip/2020/a.txt`."""

    archive: Path
    entry: str
    source: str

    def data(self) -> bytes:
        """Its bytes, unpacked. Raises UnreadableDocument, also for one that grows beyond limits."""
        try:
            archive = _opened(self.archive, self.archive.stat().st_mtime_ns)
            packed_well(archive.getinfo(self.entry), self.source)
            with archive.open(self.entry) as part:
                data = part.read(limits.UNPACKED + 1)
        except ZIP_FAULTS as error:
            raise UnreadableDocument(
                f"{self.source} cannot be unpacked: {reason(error)}"
            ) from error
        limits.check(len(data), limits.UNPACKED, name=self.source, what="bytes unpacked")
        return data


def members(path: Path, most: int = limits.MEMBERS) -> tuple[Member, ...]:
    """The documents in a zip archive, by the suffixes that can be read, in order of their names.

    Raises UnreadableDocument for what is no archive, has more than `most` members, or one whose
    name leaves the archive (`../x`, `/x`). What a member unpacks to is checked when it is read.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            limits.check(len(entries), most, name=str(path), what="files inside")
    except ZIP_FAULTS as error:
        raise UnreadableDocument(
            f"{path} is no zip archive that can be read: {reason(error)}"
        ) from error
    found = [Member(path, e.filename, f"{path}/{_safe(_name(e), path)}") for e in entries]
    readable = (m for m in found if PurePosixPath(m.source).suffix.lower() in SUFFIXES)
    own = (m for m in readable if not PurePosixPath(m.source).name.startswith("."))
    return tuple(sorted((m for m in own if "__MACOSX/" not in m.source), key=lambda m: m.source))


@lru_cache(maxsize=4)
def _opened(path: Path, _changed: int) -> zipfile.ZipFile:
    """An archive that stays open: its list of members is long, and each is read by itself."""
    return zipfile.ZipFile(path)


def _name(entry: zipfile.ZipInfo) -> str:
    """The name as it was meant: old Chinese archives write GBK and do not say so."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return entry.filename


def _safe(name: str, path: Path) -> str:
    parts = name.replace("\\", "/").split("/")
    if ".." in parts or parts[0] == "" or ":" in parts[0] or "\x00" in name:
        raise UnreadableDocument(f"{path} has a member with an unsafe name: {name!r}")
    shown = "/".join(parts)
    return "".join(c if c.isprintable() else "\ufffd" for c in shown)  # no terminal obeys a name
