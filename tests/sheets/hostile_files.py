"""Files that are wrong, damaged or made to do harm, and some that only look so.

``REFUSED`` names what must be refused and with which codes; ``READ`` what must be read all the same,
down to the two customers that stand in each.
"""

from __future__ import annotations

import gzip
import os
import random
import runpy
import struct
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import xlsxwriter

made = SimpleNamespace(**runpy.run_path(str(Path(__file__).parent / "containers.py")))
HEADS = ["客户名称", "客户编号"]
ROWS = [["甲公司", "A1"], ["乙公司", "B2"]]
TABLE = [HEADS, *ROWS]
TEXT = "\n".join(",".join(row) for row in TABLE) + "\n"
MIB = 1 << 20

Make = Callable[[Path], Path]
REFUSED: dict[str, tuple[str, Make]] = {}
READ: dict[str, Make] = {}
_FILEPASS = struct.pack("<HHHHH48x", 0x2F, 54, 1, 1, 1)
_WRITEPROTECT = struct.pack("<HH", 0x86, 0)
_BOMB = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(one + 1)} "{f"&{chr(one)};" * 10}">' for one in range(ord("a"), ord("l"))
)
_ENTITIES = _BOMB + "]>"
_OUTSIDE = '<!DOCTYPE x [<!ENTITY l SYSTEM "file:///etc/passwd">]>'


def refused(name: str, *codes: str) -> Callable[[Make], Make]:
    """Declare a file that is refused with one of these codes."""

    def declare(make: Make) -> Make:
        REFUSED[name] = (" ".join(codes), make)
        return make

    return declare


def read(name: str) -> Callable[[Make], Make]:
    """Declare a file that is read."""

    def declare(make: Make) -> Make:
        READ[name] = make
        return make

    return declare


def _bytes(content: bytes) -> Make:
    def make(path: Path) -> Path:
        path.write_bytes(content)
        return path

    return make


def workbook(path: Path, rows: list[list[object]] = TABLE, **more: object) -> Path:
    """A plain workbook."""
    return made.pack(path, made.xlsx_parts(made.sheet_xml(made.rows_xml(rows), **more)))


def xls(rows: list[list[object]] = TABLE, **more: object) -> bytes:
    """A plain xls."""
    return made.compound({"Workbook": made.xls_stream(rows, **more)})


# -- protected, damaged, something else ----------------------------------------------------------


def _protected(size: int) -> bytes:
    return made.compound({"EncryptionInfo": bytes(5000), "EncryptedPackage": b"x" * size})


refused("protected.xlsx", "encrypted")(lambda path: _bytes(_protected(20_000))(path))
refused("protected-large.xlsx", "encrypted")(lambda path: _bytes(_protected(9 * MIB))(path))
refused("protected.xls", "encrypted")(_bytes(xls(protection=_FILEPASS)))
refused("protected-twice.xls", "encrypted")(_bytes(xls(protection=_WRITEPROTECT + _FILEPASS)))
refused("protected-small.xls", "encrypted")(
    _bytes(made.compound({"Workbook": made.xls_stream(TABLE, _FILEPASS)}, small=True))
)


@refused("protected-parts.xlsx", "encrypted")
def _(path: Path) -> Path:
    content = bytearray(workbook(path).read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := content.find(mark, at + 1)) >= 0:
            content[at + place] |= 1
    return _bytes(bytes(content))(path)


def _cut(content: bytes) -> Make:
    return _bytes(content[: len(content) // 2])


refused("cut.xlsx", "damaged")(lambda path: _cut(workbook(path).read_bytes())(path))
refused("cut.xls", "damaged")(_cut(xls([[f"公司{at}", "x" * 50] for at in range(300)])))
refused("cut.csv.gz", "damaged")(
    _cut(gzip.compress("".join(f"{at * 7919 % 10007},x\n" for at in range(9000)).encode()))
)
refused("empty.xlsx", "empty_file")(_bytes(b""))
refused("empty.csv", "empty_file")(_bytes(b""))
refused("blank.xlsx", "empty_file")(lambda path: workbook(path, []))
refused("picture.xlsx", "not_a_sheet")(_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40))
refused("picture.csv.gz", "not_a_sheet")(_bytes(gzip.compress(bytes(range(256)) * 40)))
refused("letter.xls", "not_a_sheet")(_bytes(made.compound({"WordDocument": bytes(5000)})))
refused("letter.xlsx", "not_a_sheet")(lambda path: made.pack(path, {"word/document.xml": "<a/>"}))
refused("page.xls", "web_page")(
    _bytes(b"\r\n<html><body><table><tr><td>x</td></tr></table></body></html>")
)
refused("zeros.csv", "not_a_sheet")(_bytes(bytes(5 * MIB)))


# -- small outside, large inside -----------------------------------------------------------------


def _zeros(path: Path, size: int) -> Path:
    head, tail = made.sheet_xml(made.rows_xml(TABLE) + "@").encode().split(b"@")
    blank = b" " * MIB

    def pieces() -> Iterator[bytes]:
        yield head
        for _ in range(size // MIB):
            yield blank
        yield tail

    return made.pack(path, {**made.xlsx_parts(""), made.SHEET: pieces()}, level=1)


@refused("bomb.xlsx", "unpacks_too_large")
def _(path: Path) -> Path:
    return _zeros(path, 300 * MIB)


@refused("bomb-that-denies-it.xlsx", "damaged", "unpacks_too_large")
def _(path: Path) -> Path:
    content = bytearray(_zeros(path, 300 * MIB).read_bytes())
    name, at = made.SHEET.encode(), -1
    while (at := content.find(name, at + 1)) >= 0:
        for mark, size, back in ((b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)):
            if content[at - back : at - back + 4] == mark:
                struct.pack_into("<I", content, at - back + size, 20_000)
    return _bytes(bytes(content))(path)


@refused("bomb-of-one-part.xlsx", "unpacks_too_large")
def _(path: Path) -> Path:
    """9,000 names for the same megabyte."""
    made.pack(path, {**made.xlsx_parts(made.sheet_xml("")), "xl/a/0000.bin": bytes(MIB)})
    content = path.read_bytes()
    end = content.rindex(b"PK\x05\x06")
    start = struct.unpack_from("<I", content, end + 16)[0]
    entry = content[content.rindex(b"PK\x01\x02", 0, end) : end]
    again = b"".join(entry.replace(b"0000", b"%04d" % at) for at in range(1, 9000))
    with zipfile.ZipFile(path) as packed:
        count = len(packed.infolist()) + 8999
    closing = struct.pack(
        "<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, end - start + len(again), start, 0
    )
    return _bytes(content[:end] + again + closing)(path)


@refused("bomb.csv.gz", "unpacks_too_large")
def _(path: Path) -> Path:
    return _bytes(gzip.compress(TEXT.encode()) + gzip.compress(b"a" * 16 * MIB, 1) * 80)(path)


@refused("bomb-of-lines.csv.gz", "unpacks_too_large", "too_many_cells")
def _(path: Path) -> Path:
    return _bytes(gzip.compress(TEXT.encode()) + gzip.compress(b"a,b\n" * 4 * MIB, 1) * 80)(path)


@read("mimetype-without-end.ods")
def _(path: Path) -> Path:
    """Not so steep as to be conspicuous."""
    parts = made.ods_parts(made.ods_rows(TABLE))
    block = random.Random(1).randbytes(3000) + b" " * 300_000
    pieces = [parts["mimetype"].encode(), *([block] * 700)]
    return made.pack(path, {**parts, "mimetype": pieces}, level=1)


# -- entities ------------------------------------------------------------------------------------


def _declaring(text: str, kind: str = "utf-8") -> Make:
    def make(path: Path) -> Path:
        sheet = made.sheet_xml(made.rows_xml([HEADS, ["&l;", "1"]]))
        sheet = sheet.replace("\n", "\n" + text, 1).replace("UTF-8", kind)
        return made.pack(path, made.xlsx_parts(sheet.encode(kind)))

    return make


refused("entities.xlsx", "document_type")(_declaring(_ENTITIES))
refused("entities-behind-a-comment.xlsx", "document_type")(
    _declaring(f"<!-- <a> {'x' * 9000} -->{_ENTITIES}")
)
refused("entities-behind-too-long-a-comment.xlsx", "document_type")(
    _declaring(f"<!--{random.Random(1).randbytes(MIB).hex()}-->{_ENTITIES}")
)
refused("entities-utf16.xlsx", "document_type")(_declaring(_ENTITIES, "utf-16"))
refused("entity-outside.xlsx", "document_type")(_declaring(_OUTSIDE))
refused("entities.ods", "document_type")(
    lambda path: made.pack(path, made.ods_parts(made.ods_rows([["&l;"]]), _ENTITIES))
)


# -- lies about size, and real size --------------------------------------------------------------


@read("corner.xlsx")
def _(path: Path) -> Path:
    corner = '<row r="1048576"><c r="XFD1048576" t="s"/></row>'
    corner = corner.replace(' t="s"/>', "><v>1</v></c>")
    return made.pack(path, made.xlsx_parts(made.sheet_xml(made.rows_xml(TABLE) + corner)))


read("dimension.xlsx")(lambda path: workbook(path, before='<dimension ref="A1:XFD1048576"/>'))
refused("dimension.xls", "damaged", "reader_died", "needs_too_much")(_bytes(xls(last=0xFFFFFFFF)))


@read("unique-count.xlsx")
def _(path: Path) -> Path:
    cells = [[f'<c t="s"><v>{2 * down + right}</v></c>' for right in (0, 1)] for down in range(3)]
    parts = made.xlsx_parts(made.sheet_xml(made.rows_xml(cells)))
    strings = "".join(f"<si><t>{one}</t></si>" for row in TABLE for one in row)
    parts["xl/sharedStrings.xml"] = (
        f'{made.HEAD}<sst xmlns="{made.MAIN}" count="4294967295" uniqueCount="4294967295">{strings}</sst>'
    )
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    types, rels = "[Content_Types].xml", "xl/_rels/workbook.xml.rels"
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    parts[types] = parts[types].replace("</Types>", override)
    relation = f'<Relationship Id="rId2" Type="{made.RELS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    parts[rels] = parts[rels].replace("</Relationships>", relation)
    return made.pack(path, parts)


refused("unique-count.xls", "damaged", "reader_died", "needs_too_much")(
    _bytes(xls(protection=struct.pack("<HHIIHB", 0xFC, 11, 0x7FFFFFFF, 0x7FFFFFFF, 1, 0)))
)


@refused("repeated.ods", "damaged", "reader_died", "needs_too_much", "too_many_cells")
def _(path: Path) -> Path:
    cell = '<table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>x</text:p></table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    return made.pack(path, made.ods_parts(made.ods_rows(TABLE) + row))


@refused("stalling.xlsx", "damaged")
def _(path: Path) -> Path:
    """Twenty thousand cells that never end."""
    body = made.rows_xml(TABLE) + '<row r="9">' + '<c r="A9" t="e">' * 20_000 + "</row>"
    return made.pack(path, made.xlsx_parts(made.sheet_xml(body)))


@refused("cells.xlsx", "too_many_cells")
def _(path: Path) -> Path:
    chance = random.Random(1)
    cells = [b"<c><v>%d</v></c>" % chance.randrange(10) for _ in range(200_000)]
    rows = b"".join(
        b"<row>" + b"".join(cells[at : at + 100]) + b"</row>" for at in range(0, 200_000, 100)
    )
    head, tail = made.sheet_xml(made.rows_xml(TABLE) + "@").encode().split(b"@")
    pieces = [head, *([rows] * 105), tail]
    return made.pack(path, {**made.xlsx_parts(""), made.SHEET: pieces}, level=1)


refused("cells.csv", "too_many_cells")(
    lambda path: _bytes(TEXT.encode() + (b"1," * 200 + b"\n") * 110_000)(path)
)
refused("cells-of-one-row.csv", "damaged", "too_many_cells")(
    lambda path: _bytes(TEXT.encode() + b"1," * 22_000_000)(path)
)
refused("line.csv", "damaged", "needs_too_much")(
    lambda path: _bytes(TEXT.encode() + b"x" * 95 * MIB)(path)
)


@refused("line-of-200-megabytes.csv", "too_large")
def _(path: Path) -> Path:
    path.write_bytes(TEXT.encode() + b"x" * 5000)
    os.truncate(path, 200 * MIB)
    return path


# -- looks wrong, is right -----------------------------------------------------------------------

read("workbook.xls")(workbook)
read("old-small.xls")(_bytes(made.compound({"Workbook": made.xls_stream(TABLE)}, small=True)))
read("old.xlsx")(_bytes(xls()))
read("text.xlsx")(_bytes(TEXT.encode("gb18030")))
read("stray-zero.csv")(_bytes(TEXT.encode().replace("甲公".encode(), "甲\0公".encode())))
read("stray-zero-later.csv")(
    _bytes((TEXT + "\n".join([""] * 3000)).encode() + b"\0\n" + "\n".join([""] * 3000).encode())
)
read("cut-at-a-zero.csv.gz")(_bytes(gzip.compress(TEXT.encode("utf-16"))))


@read("strict.xlsx")
def _(path: Path) -> Path:
    sheet = made.sheet_xml(made.rows_xml(TABLE), made.STRICT)
    return made.pack(path, made.xlsx_parts(sheet, made.STRICT, made.STRICT_RELS))


def dates_1904(path: Path) -> Path:
    """Days counted from 1904: one as a date, one as a bare number of Excel's."""
    with xlsxwriter.Workbook(str(path), {"date_1904": True}) as book:
        page = book.add_worksheet()
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        page.write_row(0, 0, ["客户名称", "首次联系日期"])
        page.write_row(1, 0, ["甲公司", "2024-03-05"])
        page.write(2, 0, "乙公司")
        page.write_datetime(2, 1, datetime(2024, 3, 6), day)
    return path
