"""Text tables: which encoding, which separator, and their rows."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from models.sheets import own
from models.sheets.gates import Limits, UnpacksTooLarge, looks_wide

_SAMPLE = 256 * 1024
SEPARATORS = (",", "\t", ";", "|")


class _Unpacked(io.RawIOBase):
    """The bytes of a gzip file, as long as they are not too many."""

    def __init__(self, path: Path) -> None:
        self._file = gzip.GzipFile(path)
        self._left = Limits().unpacked_bytes

    def readable(self) -> bool:
        return True

    def readinto(self, room: Any) -> int:
        count = self._file.readinto(room)
        self._left -= count
        if self._left < 0:
            raise UnpacksTooLarge
        return count

    def close(self) -> None:
        self._file.close()
        super().close()


def open_bytes(path: Path) -> IO[bytes]:
    """The file's bytes, unpacked if it is gzip."""
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    if packed:
        return io.BufferedReader(_Unpacked(path), 1 << 16)
    return path.open("rb")


def find_encoding(path: Path) -> str:
    """By mark, then strict UTF-8, then UTF-16 by its zeros, then GB18030; Big5 only on good evidence."""
    with open_bytes(path) as file:
        head = file.read(_SAMPLE)
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if head.startswith(mark):
            return name
    if looks_wide(head):
        return "utf-16-le" if head[1::2].count(0) > head[0::2].count(0) else "utf-16-be"
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with open_bytes(path) as file:
            while block := file.read(1 << 20):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        return "utf-8"
    except UnicodeDecodeError:
        pass
    high = sum(one > 127 for one in head)
    try:
        head[: len(head) - len(head) % 2].decode("gb18030", errors="strict")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 8:
            return "big5" if high > len(head) / 2 and _reads(head, "big5") else "cp1252"
    if high > len(head) / 2 and _reads(head, "big5"):
        from charset_normalizer import from_bytes

        best = from_bytes(head).best()
        if best is not None and best.encoding == "big5":
            return "big5"
    return "gb18030"


def _reads(head: bytes, encoding: str) -> bool:
    try:
        head[:-4].decode(encoding)
    except UnicodeDecodeError as error:
        return error.start > len(head) - 12
    return True


def find_separator(text: str) -> str:
    """The separator that gives the most even, widest rows over the first lines."""
    if known := own.separator(text, SEPARATORS):
        return known
    best, score = ",", 0.0
    for one in SEPARATORS:
        rows = list(csv.reader(io.StringIO(text), delimiter=one))[:200]
        widths = [len(row) for row in rows[:-1] or rows if row]
        if not widths:
            continue
        usual = max(set(widths), key=widths.count)
        even = widths.count(usual) / len(widths) * min(usual, 60) ** 0.5 if usual > 1 else 0
        if even > score:
            best, score = one, even
    return best


def rows(path: Path, encoding: str, separator: str) -> Iterator[list[str]]:
    """All rows, quotes and line breaks inside them understood."""
    csv.field_size_limit(10_000_000)
    with io.TextIOWrapper(
        open_bytes(path), encoding=encoding, errors="replace", newline=""
    ) as text:
        yield from csv.reader((line.replace("\0", "") for line in text), delimiter=separator)


def sample(path: Path, encoding: str) -> str:
    """The first lines, decoded."""
    with open_bytes(path) as file:
        head = file.read(_SAMPLE)
    return codecs.getincrementaldecoder(encoding)(errors="replace").decode(head)
