"""Old Office files (OLE2, MS-CFB): a small file system, whose streams are read by their names."""

from __future__ import annotations

import struct
from typing import NamedTuple

from summarizer.documents.read import limits
from summarizer.errors import UnreadableDocument

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFFFFFA  # sectors from here on are marks: end, free, of the tables themselves
_ENTRY = 128  # bytes of an entry of the directory
_ROOT = 5  # kind of an entry


class _Entry(NamedTuple):
    kind: int
    start: int
    size: int


class Ole:
    """The streams of an OLE2 file, by name. Raises UnreadableDocument for a broken one."""

    def __init__(self, data: bytes, name: str) -> None:
        self._data, self._name = data, name
        if len(data) < 512 or not data.startswith(MAGIC):
            raise UnreadableDocument(f"{name} is a broken Office file: it has no header")
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise UnreadableDocument(f"{name} is a broken Office file: its sectors have no size")
        self._sector, self._mini = 1 << shift, 1 << mini_shift
        tables, directory, _, self._cutoff, mini_table = struct.unpack_from("<IIIII", data, 44)
        self._table = self._fat(tables)
        self._entries = self._directory(self._chain(directory))
        root = next((e for e in self._entries.values() if e.kind == _ROOT), _Entry(0, _END, 0))
        self._mini_table = _numbers(self._chain(mini_table))
        self._mini_data = self._chain(root.start)

    @property
    def names(self) -> frozenset[str]:
        """The names of all streams and folders."""
        return frozenset(self._entries)

    def stream(self, name: str) -> bytes:
        """A stream's bytes. Raises KeyError."""
        entry = self._entries[name]
        if entry.size < self._cutoff:
            return self._small(entry)
        return self._chain(entry.start)[: entry.size]

    def _fat(self, count: int) -> tuple[int, ...]:
        """The table that says which sector follows which."""
        places = [*struct.unpack_from("<109I", self._data, 76)]
        at = struct.unpack_from("<I", self._data, 68)[0]
        seen: set[int] = set()
        while at < _END and at not in seen:
            seen.add(at)
            more = _numbers(self._at(at))
            places += more[:-1]
            at = more[-1] if more else _END
        parts = [self._at(place) for place in places[:count] if place < _END]
        return _numbers(b"".join(parts))

    def _at(self, sector: int) -> bytes:
        start = (sector + 1) * self._sector
        return self._data[start : start + self._sector]

    def _chain(self, at: int) -> bytes:
        """The bytes of sectors that follow each other."""
        return b"".join(self._at(one) for one in self._followed(at, self._table))

    def _small(self, entry: _Entry) -> bytes:
        size = self._mini
        parts = [
            self._mini_data[one * size : (one + 1) * size]
            for one in self._followed(entry.start, self._mini_table)
        ]
        return b"".join(parts)[: entry.size]

    def _followed(self, at: int, table: tuple[int, ...]) -> list[int]:
        chain: list[int] = []
        while at < len(table):
            chain.append(at)
            if len(chain) > len(table):
                raise UnreadableDocument(f"{self._name} is a broken Office file: it has a loop")
            at = table[at]
        return chain

    def _directory(self, data: bytes) -> dict[str, _Entry]:
        found: dict[str, _Entry] = {}
        limits.check(len(data) // _ENTRY, limits.STREAMS, name=self._name, what="streams")
        for at in range(0, len(data) - _ENTRY + 1, _ENTRY):
            size, kind = struct.unpack_from("<HB", data, at + 64)
            start, length = struct.unpack_from("<II", data, at + 116)
            if kind and 2 <= size <= 64:
                title = data[at : at + size - 2].decode("utf-16-le", "replace")
                found.setdefault(title, _Entry(kind, start, length))
        return found


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])
