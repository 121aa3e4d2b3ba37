"""What calamine drops of an xlsx: error cells, numbers shown with leading zeros, uncomputed formulas."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from models.sheets.spooling import ERROR, tagged

# Nothing here goes back over what it has passed: in a part that is made to stall, that would be all.
_ROOT = re.compile(rb"<(\w+:)?worksheet\b")
_NUMBER = re.compile(rb"""\br\s*=\s*["'](\d{1,7})["']""")
_REF = re.compile(rb"""\br\s*=\s*["']([A-Z]{1,3})(\d{1,7})["']""")
_STYLE = re.compile(rb"""\bs\s*=\s*["'](\d{1,6})["']""")
_IS_ERROR = re.compile(rb"""\bt\s*=\s*["']e["']""")
_IS_TEXT = re.compile(rb"""\bt\s*=\s*["'](?:str|inlineStr)["']""")
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^<>]*)?>([^<]+)<")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_PADDED = re.compile(r"^0{2,}$")
_ROWS, _COLUMNS = 1_048_576, 16_384
_LEAST = len("<c><v>1</v></c>")
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"


@dataclass
class Own:
    """What one sheet needs mended, by row and column: texts of errors, widths of padded numbers."""

    errors: dict[int, dict[int, str]] = field(default_factory=dict)
    padded: dict[int, dict[int, int]] = field(default_factory=dict)
    uncached: int = 0

    def mended(self, rows: Iterable[list[Any]]) -> Iterator[list[Any]]:
        """The rows with what was dropped put back, and those below that hold nothing but errors."""
        if not (self.errors or self.padded):
            yield from rows
            return
        number = -1
        for number, row in enumerate(rows):
            yield self._mend(number, row) if number in self.errors or number in self.padded else row
        for below in range(number + 1, max(self.errors, default=-1) + 1):
            yield self._mend(below, [])

    def _mend(self, number: int, row: list[Any]) -> list[Any]:
        made = [tagged(cell) for cell in row]
        for column, text in self.errors.get(number, {}).items():
            made.extend([None] * (column + 1 - len(made)))
            made[column] = (ERROR, text)
        for column, width in self.padded.get(number, {}).items():
            cell = made[column] if column < len(made) else None
            if isinstance(cell, int) and not isinstance(cell, bool):
                made[column] = str(cell).zfill(width)
        return made


@dataclass
class Extras:
    """The sheets of a workbook, by their place."""

    own: dict[int, Own] = field(default_factory=dict)
    date_1904: bool = False  # its days are counted from 1904

    def sheet(self, at: int) -> Own:
        """What a sheet needs."""
        return self.own.get(at, Own())


def _column(letters: bytes) -> int:
    made = 0
    for one in letters:
        made = made * 26 + one - 64
    return made - 1


def extras(path: Path) -> Extras:
    """Look through the sheets' XML, only as far as something there needs mending."""
    made = Extras()
    with zipfile.ZipFile(path) as packed:
        names = packed.namelist()
        made.date_1904 = _counts_from_1904(packed, names)
        styles = next((one for one in names if one.lower() == "xl/styles.xml"), None)
        widths = _padded_styles(packed.read(styles).decode("utf-8", "replace")) if styles else {}
        for at, part in enumerate(_sheet_parts(packed, names)):
            if part is None:
                continue
            data = packed.read(part)
            if not (widths or _may_need(data)):
                continue
            made.own[at] = _look(data, widths)
    return made


def _may_need(data: bytes) -> bool:
    """Whether a part has errors or formulas; plain searches first, which cost next to nothing."""
    if (b'"e"' in data or (b"'" in data and b"'e'" in data)) and _IS_ERROR.search(data):
        return True
    # Cells come after this; before it, names of namespaces have colons as well.
    prefixed = data.find(b":", max(0, data.find(b"sheetData"))) >= 0
    return (b"<f" in data or (prefixed and b":f" in data)) and bool(_FORMULA.search(data))


def _counts_from_1904(packed: zipfile.ZipFile, names: list[str]) -> bool:
    if "xl/workbook.xml" not in names:
        return False
    book = packed.read("xl/workbook.xml").decode("utf-8", "replace")
    return bool(re.search(r"<(?:\w+:)?workbookPr\b[^>]*\bdate1904=[\"'](?:1|true|on)[\"']", book))


def _sheet_parts(packed: zipfile.ZipFile, names: list[str]) -> list[str | None]:
    try:
        rels = packed.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
        book = packed.read("xl/workbook.xml").decode("utf-8", "replace")
    except KeyError:
        return []
    targets = relations(rels)
    found = [
        targets.get(one) for one in re.findall(r'<(?:\w+:)?sheet\b[^>]*?\br:id="([^"]+)"', book)
    ]
    return [one if one in names else None for one in found]


def relations(rels: str) -> dict[str, str]:
    """The parts that a workbook's relations name, by their ids."""
    targets: dict[str, str] = {}
    for one in re.findall(r"<Relationship\b[^<>]*>", rels):
        id_, target = re.search(r'\bId="([^"]+)"', one), re.search(r'\bTarget="([^"]+)"', one)
        if id_ and target:
            place = target[1].lstrip("/")
            targets[id_[1]] = place if place.startswith("xl/") else "xl/" + place
    return targets


def _padded_styles(xml: str) -> dict[int, int]:
    """Style number → digits, for number formats that are only zeros."""
    formats = {
        int(a): b
        for a, b in re.findall(r'<numFmt\b[^>]*?numFmtId="(\d+)"[^>]*?formatCode="([^"]*)"', xml)
    }
    formats.update(
        {
            int(a): b
            for b, a in re.findall(
                r'<numFmt\b[^>]*?formatCode="([^"]*)"[^>]*?numFmtId="(\d+)"', xml
            )
        }
    )
    padded = {number: len(code) for number, code in formats.items() if _PADDED.match(code)}
    if not padded:
        return {}
    block = re.search(r"<cellXfs\b.*?</cellXfs>", xml, re.DOTALL)
    made = {}
    for at, one in enumerate(re.findall(r"<xf\b[^>]*>", block[0]) if block else []):
        number = re.search(r'numFmtId="(\d+)"', one)
        if number and int(number[1]) in padded:
            made[at] = padded[int(number[1])]
    return made


def holds_more(path: Path, most: int) -> bool:
    """Whether a workbook has more filled cells than the limit; only a large one is looked through."""
    with zipfile.ZipFile(path) as packed:
        parts = [one for one in packed.infolist() if "/worksheets/sheet" in one.filename.lower()]
        if sum(one.file_size for one in parts) < most * _LEAST:
            return False
        count = 0
        for one in parts:
            with packed.open(one) as part:
                rest = b""
                while block := part.read(1 << 20):
                    block = rest + block
                    count += block.count(b"<v>") + block.count(b"<is>")
                    if count > most:
                        return True
                    rest = block[-3:]
                    count -= rest.count(b"<v>")
    return False


def unpacked_size(path: Path) -> int:
    """How many bytes a workbook takes when it is unpacked."""
    if not zipfile.is_zipfile(path):
        return path.stat().st_size
    with zipfile.ZipFile(path) as packed:
        return sum(one.file_size for one in packed.infolist())


def is_strict(path: Path) -> bool:
    """Whether a workbook is of the strict kind, which some readers take for an empty one."""
    with zipfile.ZipFile(path) as packed, packed.open("xl/workbook.xml") as part:
        return _STRICT in part.read(64 * 1024)


def _look(data: bytes, widths: dict[int, int]) -> Own:
    own = Own()
    root = _ROOT.search(data)
    prefix = root[1] or b"" if root else b""
    tags = re.compile(rb"<" + prefix + rb"(row|c)(?=[\s/>])([^<>]*)>")
    end = b"</" + prefix + b"c>"
    row, column = -1, -1
    for tag in tags.finditer(data):
        attributes = tag[2]
        if tag[1] == b"row":
            said = _NUMBER.search(attributes)
            row, column = int(said[1]) - 1 if said else row + 1, -1
            continue
        ref = _REF.search(attributes)
        row, column = (int(ref[2]) - 1, _column(ref[1])) if ref else (row, column + 1)
        if not 0 <= row < _ROWS or column >= _COLUMNS:
            continue
        body = b""
        if not attributes.endswith(b"/"):
            start, close = tag.end(), data.find(b"<" + prefix + b"c", tag.end())
            close = data.find(end, start, len(data) if close < 0 else close)
            body = data[start:close] if close >= 0 else b""
        _note(own, row, column, attributes, body, widths)
    return own


def _note(
    own: Own, row: int, column: int, attributes: bytes, body: bytes, widths: dict[int, int]
) -> None:
    value = _VALUE.search(body)
    if _IS_ERROR.search(attributes):
        text = value[1].decode("utf-8", "replace") if value else "#VALUE!"
        own.errors.setdefault(row, {})[column] = text
    elif _FORMULA.search(body) and not value and not _IS_TEXT.search(attributes):
        own.uncached += 1
        own.errors.setdefault(row, {})[column] = "#UNCACHED"
    elif widths and (style := _STYLE.search(attributes)) and (width := widths.get(int(style[1]))):
        own.padded.setdefault(row, {})[column] = width
