"""The directory of an OLE compound file (xls, and what Office makes of a protected xlsx).

Only what the directory needs is read, so that a large file costs no memory; chains that lie, or run
in a circle, end in an error.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import BinaryIO

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST = 0xFFFFFFFA  # numbers from here on are marks, not sectors
_ENTRY = 128
_ENTRIES = 65_536  # a workbook has a few dozen streams
_TABLES = 16_384  # enough for a gigabyte
_SMALL = 4096  # shorter streams lie elsewhere
_STREAM, _ROOT = 2, 5
_PIECE = 64  # of a small stream


class Damaged(ValueError):
    """It says that it is a compound file, but can't be walked."""


class Compound:
    """A compound file that is open for reading."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        file.seek(0)
        head = file.read(512)
        if len(head) < 512 or not head.startswith(MAGIC):
            raise Damaged("header")
        shift = int.from_bytes(head[30:32], "little")
        if shift not in (9, 12):
            raise Damaged("sector size")
        self._sector = 1 << shift
        self._numbers = self._sector // 4
        self._tables = [*struct.unpack("<109I", head[76:512])]
        self._more = int.from_bytes(head[68:72], "little")
        self._last: tuple[int, tuple[int, ...]] = (-1, ())
        self._small_table = int.from_bytes(head[60:64], "little")
        self._directory = int.from_bytes(head[48:52], "little")

    def streams(self) -> dict[str, tuple[int, int]]:
        """Of each stream the place of its first byte and its size; 0 is the place of a small one.

        Raises:
            Damaged: the directory can't be walked.
        """
        made: dict[str, tuple[int, int]] = {}
        for name, kind, first, size in self._entries():
            if kind == _STREAM:
                whole = size >= _SMALL and first < _LAST
                made[name] = ((first + 1) * self._sector if whole else 0, size)
        return made

    def content(self, name: str) -> bytes:
        """A whole stream; nothing when there is none of this name.

        Raises:
            Damaged: its sectors can't be followed to its end.
        """
        entries = list(self._entries())
        root = next((one for one in entries if one[1] == _ROOT), None)
        for found, kind, first, size in entries:
            if kind != _STREAM or found != name:
                continue
            if size >= _SMALL or root is None:
                return self._chain(first, size)
            return self._small(first, size, self._chain(root[2], root[3]))
        return b""

    def _entries(self) -> Iterator[tuple[str, int, int, int]]:
        """Name, kind, first sector and size of what the directory names."""
        at, seen = self._directory, 0
        while at < _LAST:
            seen += self._sector // _ENTRY
            if seen > _ENTRIES:
                raise Damaged("directory without an end")
            data = self._read(at)
            for start in range(0, len(data), _ENTRY):
                entry = data[start : start + _ENTRY]
                length = max(0, int.from_bytes(entry[64:66], "little") - 2)
                name = entry[: min(length, 62)].decode("utf-16-le", "replace")
                first, size = struct.unpack("<II", entry[116:124])
                yield name, entry[66], first, size
            at = self._after(at)

    def _chain(self, at: int, size: int) -> bytes:
        made = bytearray()
        while len(made) < size:
            if at >= _LAST:
                raise Damaged("cut short")
            made += self._read(at)
            at = self._after(at)
        return bytes(made[:size])

    def _small(self, at: int, size: int, pool: bytes) -> bytes:
        """A small stream: it lies in pieces of 64 bytes in a pool, with a table of their own."""
        table, made = self._small_table, bytearray()
        while len(made) < size:
            if at * _PIECE >= len(pool):
                raise Damaged("cut short")
            for _ in range(at // self._numbers):
                table = self._after(table) if table < _LAST else _LAST
            if table >= _LAST:
                raise Damaged("cut short")
            made += pool[at * _PIECE : (at + 1) * _PIECE].ljust(_PIECE, b"\0")
            (at,) = struct.unpack_from("<I", self._read(table), at % self._numbers * 4)
            table = self._small_table
        return bytes(made[:size])

    def _read(self, number: int) -> bytes:
        self._file.seek((number + 1) * self._sector)
        data = self._file.read(self._sector)
        if not data:
            raise Damaged("cut short")
        return data.ljust(self._sector, b"\xff")  # some programs leave the last one short

    def _after(self, number: int) -> int:
        """The sector that follows in a chain."""
        table, at = divmod(number, self._numbers)
        while table >= len(self._tables):
            if self._more >= _LAST or len(self._tables) > _TABLES:
                raise Damaged("chain")
            *more, self._more = struct.unpack(f"<{self._numbers}I", self._read(self._more))
            self._tables.extend(more)
        if self._tables[table] >= _LAST:
            raise Damaged("chain")
        if table != self._last[0]:  # a chain stays in the same table for long
            self._last = table, struct.unpack(f"<{self._numbers}I", self._read(self._tables[table]))
        return self._last[1][at]
