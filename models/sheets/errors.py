"""The error cells of xls, xlsb and ods, which the reader gives as empty: found by a look of our own."""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path

from models.sheets import ole
from models.sheets.fidelity import Extras, Own, relations

_TEXTS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}


def extras(path: Path, format: str) -> Extras:
    """The errors of all sheets of a workbook."""
    find = {"xls": _xls, "xlsb": _xlsb, "ods": _ods}[format]
    made = Extras()
    for at, row, column, text in find(path):
        made.own.setdefault(at, Own()).errors.setdefault(row, {})[column] = text
    return made


Errors = Iterator[tuple[int, int, int, str]]


def _text(code: int) -> str:
    return _TEXTS.get(code, "#VALUE!")


# -- xls -----------------------------------------------------------------------------------------

_SHEET, _BOOLERR, _FORMULA, _END = 0x85, 0x205, 0x06, 0x0A
_BEGINS = (0x09, 0x209, 0x409, 0x809)


def _xls(path: Path) -> Errors:
    with path.open("rb") as file:
        try:
            compound = ole.Compound(file)
            data = compound.content("Workbook") or compound.content("Book")
        except ole.Damaged:  # what the reader makes of it counts
            return
    sheets = [
        int.from_bytes(data[at : at + 4], "little")
        for kind, at, _ in _records(data, 0)
        if kind == _SHEET
    ]
    for number, start in enumerate(sheets):
        for kind, at, size in _records(data, start):
            if kind == _BOOLERR and size >= 8 and data[at + 7]:
                code = data[at + 6]
            # The value of a formula that has none: a mark at its end, its kind at its beginning.
            elif (
                kind == _FORMULA
                and size >= 14
                and data[at + 12 : at + 14] == b"\xff\xff"
                and data[at + 6] == 2
            ):
                code = data[at + 8]
            else:
                continue
            row, column = struct.unpack_from("<HH", data, at)
            yield number, row, column, _text(code)


def _records(data: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Kind, place and size of the records of one part, without those of charts inside it."""
    depth, end = 0, len(data) - 4
    unpack = struct.Struct("<HH").unpack_from
    while 0 <= at <= end:
        kind, size = unpack(data, at)
        at += 4
        if kind in _BEGINS:
            depth += 1
        elif kind == _END:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield kind, at, size
        at += size


# -- xlsb ----------------------------------------------------------------------------------------

_RELATIONS = "xl/_rels/workbook.bin.rels"
_ROW, _CELL_ERROR, _FORMULA_ERROR, _BUNDLE = 0, 3, 11, 156


def _xlsb(path: Path) -> Errors:
    with zipfile.ZipFile(path) as packed:
        names = {one.lower(): one for one in packed.namelist()}
        if not {"xl/workbook.bin", _RELATIONS} <= set(names):
            return
        targets = relations(packed.read(names[_RELATIONS]).decode("utf-8", "replace"))
        book = packed.read(names["xl/workbook.bin"])
        sheets = [_relation(book, at) for kind, at, _ in _parts(book) if kind == _BUNDLE]
        for number, id_ in enumerate(sheets):
            name = names.get(targets.get(id_, "").lower())
            if name is None:
                continue
            data, row = packed.read(name), 0
            for kind, at, size in _parts(data):
                if kind == _ROW and size >= 4:
                    row = int.from_bytes(data[at : at + 4], "little")
                elif kind in (_CELL_ERROR, _FORMULA_ERROR) and size >= 9:
                    column = int.from_bytes(data[at : at + 4], "little")
                    if row < 1_048_576 and column < 16_384:
                        yield number, row, column, _text(data[at + 8])


def _relation(book: bytes, at: int) -> str:
    """The relation of a sheet, behind its state and number."""
    length = int.from_bytes(book[at + 8 : at + 12], "little")
    return book[at + 12 : at + 12 + 2 * min(length, 255)].decode("utf-16-le", "replace")


def _parts(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Kind, place and size of the records; both numbers are written in groups of seven bits."""
    at, end = 0, len(data)
    while at < end:
        kind = data[at]
        at += 1
        if kind & 0x80 and at < end:
            kind = kind & 0x7F | (data[at] & 0x7F) << 7
            at += 1
        size, shift = 0, 0
        while at < end and shift < 28:
            byte = data[at]
            at += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                break
        yield kind, at, size
        at += size


# -- ods -----------------------------------------------------------------------------------------

_TAG = re.compile(
    rb"<table:(table|table-row|table-cell|covered-table-cell)(?=[\s/>])([^<>]*)>|(</table:table>)"
)
_ROWS = re.compile(rb"""table:number-rows-repeated=["'](\d{1,7})["']""")
_COLUMNS = re.compile(rb"""table:number-columns-repeated=["'](\d{1,5})["']""")
_ERROR = re.compile(rb"""value-type=["']error["']""")
_SHOWN = re.compile(rb"<text:p>([^<]*)<")
_MOST = 100_000  # errors that repetitions may stand for


def _ods(path: Path) -> Errors:
    with zipfile.ZipFile(path) as packed:
        data = packed.read("content.xml")
    if not _ERROR.search(data):
        return
    sheet, row, height, column, found = -1, 0, 0, 0, 0
    for tag in _TAG.finditer(data):
        name, attributes = tag[1], tag[2]
        if name == b"table":
            sheet, row, height = sheet + 1, 0, 0
        elif name == b"table-row":
            row, column = row + height, 0
            height = _times(_ROWS, attributes)
        elif name is not None:
            width = _times(_COLUMNS, attributes)
            if _ERROR.search(attributes):
                shown = _SHOWN.match(data, tag.end())
                text = shown[1].decode("utf-8", "replace") if shown else "#VALUE!"
                found += height * width
                if found > _MOST:
                    raise MemoryError
                for down in range(height):
                    for right in range(width):
                        yield sheet, row + down, column + right, text or "#VALUE!"
            column += width


def _times(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    said = pattern.search(attributes)
    return max(1, int(said[1])) if said else 1
