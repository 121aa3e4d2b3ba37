"""The containers of spreadsheets, written byte by byte, so that a test can make them wrong."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_RELS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SHEET = "xl/worksheets/sheet1.xml"
_END, _FREE, _FAT, _LIST = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFC


def letters(column: int) -> str:
    """The name of a column, counted from 0."""
    made = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        made = chr(65 + rest) + made
    return made


def cell(row: int, column: int, value: object) -> str:
    """A cell, rows and columns counted from 0; what begins with ``<`` stands as it is."""
    at = f"{letters(column)}{row + 1}"
    if isinstance(value, int | float):
        return f'<c r="{at}"><v>{value}</v></c>'
    if isinstance(value, str) and value.startswith("<c"):
        return value.replace("<c", f'<c r="{at}"', 1)
    return f'<c r="{at}" t="inlineStr"><is><t>{value}</t></is></c>'


def rows_xml(rows: Sequence[Sequence[object]], first: int = 0) -> str:
    """The rows of a sheet, from row ``first`` on."""
    return "".join(
        f'<row r="{number + 1}">{"".join(cell(number, at, one) for at, one in enumerate(row))}</row>'
        for number, row in enumerate(rows, first)
    )


def sheet_xml(body: str, main: str = MAIN, before: str = "") -> str:
    """A whole worksheet part."""
    return f'{HEAD}<worksheet xmlns="{main}">{before}<sheetData>{body}</sheetData></worksheet>'


def xlsx_parts(
    sheet: str, main: str = MAIN, rels: str = RELS, properties: str = ""
) -> dict[str, str | bytes]:
    """The parts of a workbook of one sheet."""
    types = f"{PACKAGE}/content-types"
    office = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{types}">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{office}.sheet.main+xml"/>'
        f'<Override PartName="/{SHEET}" ContentType="{office}.worksheet+xml"/></Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship '
        f'Id="rId1" Type="{rels}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{main}" xmlns:r="{rels}">{properties}'
        '<sheets><sheet name="客户" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{rels}/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        SHEET: sheet,
    }


def pack(path: Path, parts: Mapping[str, str | bytes | Iterable[bytes]], level: int = 6) -> Path:
    """A zip of these parts; one given in pieces is never whole in memory."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as made:
        for name, content in parts.items():
            if isinstance(content, str | bytes):
                made.writestr(name, content)
                continue
            with made.open(name, "w", force_zip64=False) as part:
                for piece in content:
                    part.write(piece)
    return path


def ods_parts(rows: str, declaration: str = "") -> dict[str, str | bytes]:
    """The parts of an OpenDocument sheet; ``rows`` as XML."""
    place = "urn:oasis:names:tc:opendocument:xmlns"
    return {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": f'{HEAD}<m:manifest xmlns:m="{place}:manifest:1.0">'
        '<m:file-entry m:full-path="/" m:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
        '<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>',
        "content.xml": f'{HEAD}{declaration}<office:document-content xmlns:office="{place}:office:1.0" '
        f'xmlns:table="{place}:table:1.0" xmlns:text="{place}:text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="客户">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>",
    }


def ods_rows(rows: Sequence[Sequence[str]], repeated: str = "") -> str:
    """Rows of texts as OpenDocument writes them."""
    made = ""
    for row in rows:
        cells = "".join(
            f'<table:table-cell office:value-type="string"><text:p>{one}</text:p></table:table-cell>'
            for one in row
        )
        made += f"<table:table-row {repeated}>{cells}</table:table-row>"
    return made


def compound(streams: Mapping[str, bytes], shift: int = 9, *, small: bool = False) -> bytes:
    """An OLE compound file of these streams; its directory stands behind them, as Office has it.

    ``small``: short streams lie in a pool of pieces, else they are filled up.
    """
    sector = 1 << shift
    chain: list[int] = []
    body = b""

    def lay(data: bytes) -> int:
        nonlocal body
        start, count = len(chain), max(1, -(-len(data) // sector))
        chain.extend([*range(start + 1, start + count), _END])
        body += data.ljust(count * sector, b"\0")
        return start

    pool, pieces, starts, sizes = b"", [], [], []
    for data in streams.values():
        sizes.append(len(data) if small else max(4096, len(data)))
        if sizes[-1] >= 4096:
            starts.append(lay(data.ljust(4096, b"\0")))
            continue
        starts.append(len(pieces))
        count = -(-len(data) // 64)
        pieces += [*range(len(pieces) + 1, len(pieces) + count), _END]
        pool += data.ljust(count * 64, b"\0")
    root = lay(pool) if pool else _END
    table_of_pieces = struct.pack(f"<{len(pieces)}I", *pieces)
    first_pieces = (
        lay(table_of_pieces.ljust(-(-len(pieces) * 4 // sector) * sector, b"\xff"))
        if pool
        else _END
    )
    entries = [_entry("Root Entry", 5, child=1, start=root, size=len(pool))]
    for number, (name, start, size) in enumerate(zip(streams, starts, sizes, strict=True), 1):
        right = number + 1 if number < len(streams) else _FREE
        entries.append(_entry(name, 2, right=right, start=start, size=size))
    directory = lay(b"".join(entries))
    fats, lists = 1, 0
    while fats * (sector // 4) < len(chain) + fats + lists:
        fats += 1
        lists = max(0, -(-(fats - 109) // (sector // 4 - 1)))
    first = len(chain)
    chain.extend([_FAT] * fats + [_LIST] * lists)
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(fats * sector, b"\xff")
    places = [*range(first, first + fats)]
    for number in range(lists):  # where the header has no more room to say where the table stands
        per = sector // 4 - 1
        some = places[109 + number * per :][:per]
        follows = first + fats + number + 1 if number + 1 < lists else _END
        table += struct.pack(f"<{per + 1}I", *some, *[_FREE] * (per - len(some)), follows)
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        0x3E,
        3 if shift == 9 else 4,
        0xFFFE,
        shift,
        6,
        0 if shift == 9 else -(-len(entries) * 128 // sector),
        fats,
        directory,
        0,
        4096,
        first_pieces,
        -(-len(pieces) * 4 // sector),
        first + fats if lists else _END,
        lists,
        first,
    )
    header += struct.pack("<108I", *places[1:109], *[_FREE] * (109 - fats))
    return header.ljust(sector, b"\0") + body + table


def _entry(name: str, kind: int, *, child=_FREE, right=_FREE, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16xI16xIQ", text, len(text) + 2, kind, 1, _FREE, right, child, 0, start, size
    )


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def xls_stream(rows: Sequence[Sequence[object]], protection: bytes = b"", last: int = 0) -> bytes:
    """The workbook stream of an xls with one sheet; ``last`` is the row that it claims to reach."""
    begin = struct.pack("<HHHHII", 0x600, 5, 0x1DBB, 1996, 0, 6)
    name = "客户".encode("utf-16-le")
    head = _record(0x809, begin) + protection
    place = len(head) + 4 + 8 + len(name) + 4
    head += _record(0x85, struct.pack("<IBBBB", place, 0, 0, len(name) // 2, 1) + name)
    made = head + _record(0x0A, b"")
    made += _record(0x809, begin[:2] + struct.pack("<H", 0x10) + begin[4:])
    wide = max(map(len, rows), default=0)
    made += _record(0x200, struct.pack("<IIHHH", 0, last or len(rows), 0, wide, 0))
    for number, row in enumerate(rows):
        for at, value in enumerate(row):
            if isinstance(value, int | float):
                made += _record(0x203, struct.pack("<HHHd", number, at, 0, value))
            else:
                text = str(value).encode("utf-16-le")
                size = struct.pack("<HHHHB", number, at, 0, len(text) // 2, 1)
                made += _record(0x204, size + text)
    return made + _record(0x0A, b"")
