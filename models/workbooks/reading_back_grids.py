"""A returned file as sheets of rows, and what its hidden part says of it.

What the file says of itself is only a claim: it counts if the seal is the book's own.
"""

from __future__ import annotations

import base64
import binascii
import html
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.progress import Progress
from models.sheets import reading

SHEET = "_daybook"
MARK = "daybook-workbook "
_GOAL = re.compile(r"GL-[0-9A-Z]{3,15}")
_SEEN = 20  # rows in which the first of them stands
_CHUNKS = 7  # the row of the first chunk, from 1
_MOST = 48 << 20  # characters of all chunks together
_PROPERTY = 256 << 10  # bytes of a part that holds properties
_SAID = re.compile(r"([0-9A-Z]{5}) (WB-[0-9A-Z]{3,15})(?: ([0-9a-f]{64}))?")
_NAMED = re.compile(r"WB-[0-9A-Z]{4,15}")
_PROPERTIES = {
    "xlsx": (
        "docProps/custom.xml",
        re.compile(r'<property\b[^>]*\bname="daybook"[^>]*>\s*<[^<>]*>([^<]*)<', re.IGNORECASE),
    ),
    "ods": (
        "meta.xml",
        re.compile(r'<meta:user-defined\b[^>]*meta:name="daybook"[^>]*>([^<]*)<', re.IGNORECASE),
    ),
}
Line = tuple[int, Sequence[Any]]  # the sheet's number of the row, from 0, and its cells


@dataclass(frozen=True)
class Grid:
    """A sheet without its blank rows; ``merged`` as first row, first column, last row, last column."""

    name: str
    lines: Sequence[Line]
    merged: tuple[tuple[int, int, int, int], ...] = ()


@dataclass(frozen=True)
class Claim:
    """What a file says of itself: the tag of a book, the public ids of workbooks, a sealed manifest.

    ``packed`` and ``seal`` are of the hidden part, "" where it is lost; nothing of it was unpacked.
    ``beside`` is what stands there unsealed: the tag, the workbook's id, the number of the change.
    """

    tag: str = ""
    workbooks: tuple[str, ...] = ()
    seal: str = ""
    packed: bytes = b""
    beside: tuple[str, ...] = ()


def grids(source: reading.Source, progress: Progress) -> list[Grid]:
    """The sheets of a file that was read, in its order."""
    made = []
    for at, info in enumerate(source.sheets):
        lines: list[Line] = []
        for first, rows in source.blocks(at):
            progress.step(0.96, info.name)
            lines.extend((first + down, row) for down, row in enumerate(rows) if row)
        made.append(Grid(info.name, lines, info.merged))
    return made


def is_hidden_part(grid: Grid) -> bool:
    """Whether a sheet is the hidden part of a workbook, whole or not."""
    if grid.name.strip().casefold().startswith(SHEET):
        return True
    first = grid.lines[0] if grid.lines else None
    return first is not None and first[0] == 0 and _text(first[1]).startswith(MARK)


def is_of_goals(grid: Grid) -> bool:
    """Whether the rows of a sheet begin with ids of goals: what counts for them is only shown there."""
    firsts = (row[0] for _, row in grid.lines[:_SEEN] if row)
    return any(isinstance(one, str) and _GOAL.fullmatch(one.strip()) for one in firsts)


def claim(every: Sequence[Grid], source: reading.Source) -> Claim:
    """What a file says of itself: its hidden part, then its properties, then its name."""
    found = [one for grid in every if is_hidden_part(grid) and (one := _hidden(grid))]
    made = found[0] if found else Claim()
    tag, said = made.tag, list(made.workbooks)
    if known := _SAID.search(_property(source.path, source.format)):
        tag = tag or known[1]
        said.append(known[2])
    said.extend(_NAMED.findall(source.path.name.upper()))
    return Claim(tag, tuple(dict.fromkeys(said)), made.seal, made.packed, made.beside)


def _text(row: Sequence[Any]) -> str:
    return str(row[0]).strip() if row and row[0] is not None else ""


def _hidden(grid: Grid) -> Claim | None:
    """The hidden part; what of it is cut short or no text is as if it were not there."""
    said = {number + 1: _text(row) for number, row in grid.lines}
    if not said.get(1, "").startswith(MARK):
        return None
    workbooks = (said[3],) if said.get(3) else ()
    beside = tuple(said.get(at, "") for at in (2, 3, 4))
    return Claim(said.get(2, ""), workbooks, said.get(5, ""), _packed(said), beside)


def _packed(said: dict[int, str]) -> bytes:
    count = said.get(6, "")
    if not (count.isascii() and count.isdigit() and len(count) < 6):
        return b""
    chunks = [said.get(_CHUNKS + at, "") for at in range(int(count))]
    if not all(chunks) or sum(map(len, chunks)) > _MOST:
        return b""
    try:
        return base64.b64decode("".join(chunks).encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        return b""


def _property(path: Path, format: str) -> str:
    """The property of a workbook that names it; "" where there is none."""
    part, pattern = _PROPERTIES.get(format, ("", None))
    if pattern is None:
        return ""
    try:
        with zipfile.ZipFile(path) as packed, packed.open(part) as file:
            text = file.read(_PROPERTY).decode("utf-8", "replace")
    except (KeyError, OSError, zipfile.BadZipFile, EOFError, NotImplementedError):
        return ""
    found = pattern.search(text)
    return html.unescape(found[1]).strip() if found else ""
