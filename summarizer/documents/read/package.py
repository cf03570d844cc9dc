"""Zips that are documents: what is held against the limits before anything is unpacked."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib

from summarizer.documents.read import limits
from summarizer.errors import UnreadableDocument

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
