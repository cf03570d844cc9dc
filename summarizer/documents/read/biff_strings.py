"""The strings of XLS records: one or two bytes a character, and broken over records."""

from __future__ import annotations

import struct
from collections.abc import Sequence

_WIDE, _READINGS, _RICH = 1, 4, 8  # bits of the options before a string


def long_string(data: bytes) -> str:
    r"""A string that begins with its length in two bytes.

    >>> long_string(b"\x02\x00\x01\xa4\x8b\x66\x5b")
    '认学'
    """
    size, options = struct.unpack_from("<HB", data)
    at = 3 + 2 * bool(options & _RICH) + 4 * bool(options & _READINGS)
    return _characters(data[at:], size, is_wide=bool(options & _WIDE))


def short_string(data: bytes, codec: str = "") -> str:
    """A string that begins with its length in one byte; with a codec, one of BIFF5."""
    if codec:
        return data[1 : 1 + data[0]].decode(codec, "replace")
    return _characters(data[2:], data[0], is_wide=bool(data[1] & _WIDE))


def _characters(data: bytes, size: int, *, is_wide: bool) -> str:
    if is_wide:
        return data[: 2 * size].decode("utf-16-le", "replace")
    return data[:size].decode("latin-1")


class Strings:
    """The strings that cells share, in one record and those that continue it.

    A string may be cut between two records; the second then begins with how wide it goes on.
    """

    def __init__(self, records: Sequence[bytes]) -> None:
        self._records = records
        self._number = 0
        self._at = 8  # behind two counts

    def read(self) -> list[str]:
        """All strings, as far as the records go."""
        found = []
        while self._has_more():
            found.append(self._string())
        return found

    def _has_more(self) -> bool:
        while self._number < len(self._records):
            if self._at < len(self._records[self._number]):
                return True
            self._number, self._at = self._number + 1, self._at - len(self._records[self._number])
            self._at = max(0, self._at)
        return False

    def _string(self) -> str:
        size, options = struct.unpack("<HB", self._taken(3))
        runs = struct.unpack("<H", self._taken(2))[0] if options & _RICH else 0
        readings = struct.unpack("<I", self._taken(4))[0] if options & _READINGS else 0
        parts = []
        is_wide = bool(options & _WIDE)
        while size > 0 and self._has_more():
            record = self._records[self._number]
            room = (len(record) - self._at) // (1 + is_wide)
            take = min(size, room)
            parts.append(_characters(record[self._at :], take, is_wide=is_wide))
            self._at += take * (1 + is_wide)
            size -= take
            if size > 0:
                self._number, self._at = self._number + 1, 1
                if not self._number < len(self._records) or not self._records[self._number]:
                    break
                is_wide = bool(self._records[self._number][0] & _WIDE)
        self._taken(4 * runs + readings)
        return "".join(parts)

    def _taken(self, size: int) -> bytes:
        """Bytes that may go on in the next record."""
        parts = []
        while size > 0 and self._has_more():
            record = self._records[self._number]
            parts.append(record[self._at : self._at + size])
            size -= len(parts[-1])
            self._at += len(parts[-1])
        return b"".join(parts)
