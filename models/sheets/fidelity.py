"""What calamine drops of an xlsx: error cells, numbers shown with leading zeros, uncomputed formulas."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_CELL = re.compile(rb"<c\b([^>]*?)(/>|>(.*?)</c>)", re.DOTALL)
_REF = re.compile(rb'\br="([A-Z]+)(\d+)"')
_STYLE = re.compile(rb'\bs="(\d+)"')
_VALUE = re.compile(rb"<v[^>]*>(.*?)</v>", re.DOTALL)
_FORMULA = re.compile(rb"<f[ />]")
_PADDED = re.compile(r"^0{2,}$")


@dataclass
class Own:
    """What one sheet needs mended: (row, column) → text for errors, → width for padded numbers."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    padded: dict[tuple[int, int], int] = field(default_factory=dict)
    uncached: int = 0

    def mend(self, number: int, row: list[Any]) -> None:
        """Put back what was dropped in a row."""
        from models.sheets.child import ERROR

        for (at, column), text in self.errors.items():
            if at == number:
                row.extend([None] * (column + 1 - len(row)))
                row[column] = (ERROR, text)
        for column, cell in enumerate(row):
            width = self.padded.get((number, column))
            if width and isinstance(cell, int) and not isinstance(cell, bool):
                row[column] = str(cell).zfill(width)


@dataclass
class Extras:
    """The sheets of a workbook, by their place."""

    own: dict[int, Own] = field(default_factory=dict)

    def sheet(self, at: int) -> Own:
        """What a sheet needs."""
        return self.own.get(at, Own())


NONE = Extras()


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
        styles = next((one for one in names if one.lower() == "xl/styles.xml"), None)
        widths = _padded_styles(packed.read(styles).decode("utf-8", "replace")) if styles else {}
        for at, part in enumerate(_sheet_parts(packed, names)):
            if part is None:
                continue
            data = packed.read(part)
            if b't="e"' not in data and not _FORMULA.search(data) and not widths:
                continue
            made.own[at] = _look(data, widths)
    return made


def _sheet_parts(packed: zipfile.ZipFile, names: list[str]) -> list[str | None]:
    try:
        rels = packed.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
        book = packed.read("xl/workbook.xml").decode("utf-8", "replace")
    except KeyError:
        return []
    targets: dict[str, str] = {}
    for one in re.findall(r"<Relationship\b[^>]*>", rels):
        id_, target = re.search(r'\bId="([^"]+)"', one), re.search(r'\bTarget="([^"]+)"', one)
        if id_ and target:
            place = target[1].lstrip("/")
            targets[id_[1]] = place if place.startswith("xl/") else "xl/" + place
    found = [
        targets.get(one) for one in re.findall(r'<(?:\w+:)?sheet\b[^>]*?\br:id="([^"]+)"', book)
    ]
    return [one if one in names else None for one in found]


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


def _look(data: bytes, widths: dict[int, int]) -> Own:
    own = Own()
    for attributes, _, body in _CELL.findall(data):
        is_error = b't="e"' in attributes
        formula = b"<f" in body
        style = _STYLE.search(attributes) if widths else None
        width = widths.get(int(style[1])) if style else None
        if not (is_error or formula or width):
            continue
        ref = _REF.search(attributes)
        if ref is None:
            continue
        place = (int(ref[2]) - 1, _column(ref[1]))
        value = _VALUE.search(body)
        if is_error:
            own.errors[place] = value[1].decode("utf-8", "replace") if value else "#VALUE!"
        elif formula and not value and b"<is>" not in body:
            own.uncached += 1
            own.errors[place] = "#UNCACHED"
        elif width:
            own.padded[place] = width
    return own
