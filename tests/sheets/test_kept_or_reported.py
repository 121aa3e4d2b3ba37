"""What readers of spreadsheets drop without a word is kept or reported: errors, formulas, days."""

from __future__ import annotations

import runpy
import struct
import time
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest

from models.book import Book
from models.sheets import importing, reading
from models.sheets.reading import CellError
from models.sheets.report import Options

HERE = Path(__file__).parent
files = SimpleNamespace(**runpy.run_path(str(HERE / "hostile_files.py")))
made = files.made
HEADS = ["客户名称", "年营业额"]


def cells(path: Path) -> list[list[object]]:
    with reading.read(path) as source:
        assert len(source.sheets) == 1
        return [row for _, rows in source.blocks(0) for row in rows]


def xlsx(path: Path, *rows: list[object], prefix: bool = False) -> Path:
    sheet = made.sheet_xml(made.rows_xml([HEADS, *rows]))
    if prefix:
        head, _, rest = sheet.partition("<worksheet xmlns=")
        for name in ("sheetData", "row", "c", "v", "f", "is", "t"):
            rest = rest.replace(f"<{name} ", f"<x:{name} ").replace(f"<{name}>", f"<x:{name}>")
            rest = rest.replace(f"</{name}>", f"</x:{name}>")
        sheet = f"{head}<x:worksheet xmlns:x={rest.replace('</worksheet>', '</x:worksheet>')}"
    return made.pack(path, made.xlsx_parts(sheet))


def xls(path: Path, small: bool = False) -> Path:
    stream = made.xls_stream([HEADS, ["甲", 5], ["乙"], ["丙"], ["丁"]])[:-4]
    stream += struct.pack("<HHHHHBB", 0x205, 8, 2, 1, 0, 0x2A, 1)
    stream += struct.pack("<HHHHHBB", 0x205, 8, 4, 1, 0, 1, 0)  # a truth, no error
    result = bytes([2, 0, 7, 0, 0, 0, 0xFF, 0xFF])
    stream += struct.pack("<HHHHH", 0x06, 22, 3, 1, 0) + result + bytes(8)
    stream += struct.pack("<HH", 0x0A, 0)
    # A small one lies beside other small ones, and not from its beginning on.
    path.write_bytes(made.compound({"A": b"a" * 70, "Workbook": stream}, small=small))
    return path


def xlsb(path: Path) -> Path:
    def record(kind: int, data: bytes = b"") -> bytes:
        number = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
        return number + bytes([len(data)]) + data

    def text(value: str) -> bytes:
        return struct.pack("<I", len(value)) + value.encode("utf-16-le")

    def row(number: int) -> bytes:
        return record(0, struct.pack("<IIHHBI", number, 0, 300, 0, 0, 0))

    def cell(kind: int, column: int, value: bytes) -> bytes:
        return record(kind, struct.pack("<II", column, 0) + value)

    sheet = record(129) + record(148, struct.pack("<IIII", 0, 3, 0, 1)) + record(145)
    for number, (name, value) in enumerate(
        [
            (HEADS[0], cell(6, 1, text(HEADS[1]))),
            ("甲", cell(5, 1, struct.pack("<d", 5.0))),
            ("乙", cell(3, 1, b"\x2a")),
            ("丙", cell(11, 1, b"\x07" + bytes(10))),
        ]
    ):
        sheet += row(number) + cell(6, 0, text(name)) + value
    sheet += record(146) + record(130)
    book = (
        record(131)
        + record(143)
        + record(156, struct.pack("<II", 0, 1) + text("rId1") + text("客户"))
    )
    parts = {
        name.replace(".xml", ".bin") if name.startswith("xl/") else name: content
        for name, content in made.xlsx_parts("").items()
    }
    parts |= {
        "xl/workbook.bin": book + record(144) + record(132),
        "xl/worksheets/sheet1.bin": sheet,
        "xl/_rels/workbook.bin.rels": parts.pop("xl/_rels/workbook.bin.rels").replace(
            "sheet1.xml", "sheet1.bin"
        ),
    }
    return made.pack(path, parts)


def ods(path: Path) -> Path:
    def row(name: str, cell: str) -> str:
        return made.ods_rows([[name]]).replace("</table:table-row>", f"{cell}</table:table-row>")

    def error(text: str) -> str:
        return (
            '<table:table-cell table:formula="of:=x()" office:value-type="string" '
            f'office:string-value="" calcext:value-type="error"><text:p>{text}</text:p></table:table-cell>'
        )

    number = '<table:table-cell office:value-type="float" office:value="5"><text:p>5</text:p></table:table-cell>'
    rows = made.ods_rows([HEADS]) + row("甲", number) + row("乙", error("#N/A"))
    parts = made.ods_parts(rows + row("丙", error("#DIV/0!")))
    parts["content.xml"] = parts["content.xml"].replace(
        "<office:document-content ",
        '<office:document-content xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" ',
    )
    return made.pack(path, parts)


ERRORS = ['<c t="e"><v>#N/A</v></c>', '<c t="e"><f>1/0</f><v>#DIV/0!</v></c>']
WITH_ERRORS = {
    "a.xls": xls,
    "small.xls": lambda path: xls(path, small=True),
    "a.xlsb": xlsb,
    "a.ods": ods,
    "a.xlsx": lambda path: xlsx(path, ["甲", 5], ["乙", ERRORS[0]], ["丙", ERRORS[1]]),
    "prefix.xlsx": lambda path: xlsx(
        path, ["甲", 5], ["乙", ERRORS[0]], ["丙", ERRORS[1]], prefix=True
    ),
}


@pytest.mark.parametrize("name", WITH_ERRORS)
def test_an_error_cell_is_never_taken_for_an_empty_one(tmp_path, name):
    file = WITH_ERRORS[name](tmp_path / name)
    found = cells(file)
    assert found[:2] == [HEADS, ["甲", 5]]
    assert found[2:4] == [["乙", "#N/A"], ["丙", "#DIV/0!"]]
    assert all(type(row[1]) is CellError for row in found[2:4])


@pytest.mark.parametrize("name", WITH_ERRORS)
def test_a_row_with_an_error_cell_is_reported_with_its_place(tmp_path, name):
    file = WITH_ERRORS[name](tmp_path / name)
    with Book.create(tmp_path / "team.daybook") as book:
        proposal = importing.prepare(book, [file], Options(entity="customer"))
        importing.apply(proposal)
        [report] = proposal.reports
        proposal.close()
        said = [(one.row, one.column, one.value) for one in report.problems]
        assert said == [(3, "年营业额", "#N/A"), (4, "年营业额", "#DIV/0!")]
        names = {row[0] for row in book.rows("customer", book.ids("customer"), ["name"])}
        assert "甲" in names
        assert not names & {"乙", "丙"}


@pytest.mark.parametrize("cell", ["<f>1+1</f>", "<f>1+1</f><v></v>", "<f>1+1</f><v/>"])
def test_a_formula_that_was_never_computed_is_reported(tmp_path, cell):
    rows = [["甲", 5], ["乙", f"<c>{cell}</c>"], ["丙", 7]]
    file = xlsx(tmp_path / "a.xlsx", *rows)
    assert cells(file)[2] == ["乙", "#UNCACHED"]
    with Book.create(tmp_path / "team.daybook") as book:
        proposal = importing.prepare(book, [file], Options(entity="customer"))
        [report] = proposal.reports
        proposal.close()
    assert any("without computed values" in one for one in report.notes)
    assert [(one.row, one.column) for one in report.problems] == [(3, "年营业额")]


def test_a_formula_whose_result_is_an_empty_text_is_empty(tmp_path):
    file = xlsx(tmp_path / "a.xlsx", ["甲", 5], ["乙", '<c t="str"><f>""</f><v></v></c>'])
    assert cells(file)[2] == ["乙"]


def test_formulas_below_everything_else_are_not_lost(tmp_path):
    file = xlsx(tmp_path / "a.xlsx", ["甲", 5], ["<c><f>A2</f></c>", "<c><f>B2*2</f></c>"])
    assert cells(file) == [HEADS, ["甲", 5], ["#UNCACHED", "#UNCACHED"]]


def test_cells_without_an_address_are_reported_where_they_stand(tmp_path):
    parts = made.xlsx_parts(
        made.sheet_xml(
            '<row><c t="inlineStr"><is><t>客户名称</t></is></c><c t="inlineStr"><is><t>年营业额</t></is></c></row>'
            "<row><c t=\"inlineStr\"><is><t>甲</t></is></c><c t='e'><v>#REF!</v></c></row>"
        )
    )
    assert cells(made.pack(tmp_path / "a.xlsx", parts)) == [HEADS, ["甲", "#REF!"]]


def test_a_sparse_sheet_reports_what_a_full_one_does(tmp_path):
    corner = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    rows = made.rows_xml([HEADS, ["甲", ERRORS[0]], ["乙", "<c><f>1+1</f></c>"]])
    file = made.pack(tmp_path / "a.xlsx", made.xlsx_parts(made.sheet_xml(rows + corner)))
    with reading.read(file) as source:
        _, first = next(source.blocks(0))
        assert first[:3] == [HEADS, ["甲", "#N/A"], ["乙", "#UNCACHED"]]
        assert [one.code for one in source.notes] == ["uncached"]


def test_many_formulas_that_were_never_computed_take_no_longer_than_numbers(tmp_path):
    """As programs that write workbooks without Excel leave them."""
    seconds = {}
    for value in (2, "=1+1"):
        book = openpyxl.Workbook(write_only=True)
        page = book.create_sheet()
        page.append(HEADS)
        for number in range(30_000):
            page.append([f"公司{number}", value])
        file = tmp_path / f"{len(seconds)}.xlsx"
        book.save(file)
        begun = time.monotonic()
        assert len(cells(file)) == 30_001
        seconds[value] = time.monotonic() - begun
    assert seconds["=1+1"] < 5 * seconds[2] + 1.0


def test_days_of_a_workbook_that_counts_from_1904_are_right(tmp_path):
    file = files.dates_1904(tmp_path / "1904.xlsx")
    with Book.create(tmp_path / "team.daybook") as book:
        proposal = importing.prepare(book, [file], Options())
        importing.apply(proposal)
        proposal.close()
        found = book.rows(
            "customer", book.ids("customer", sort=[("name", False)]), ["name", "first_contact_on"]
        )
    assert dict(found) == {"甲公司": date(2024, 3, 5), "乙公司": date(2024, 3, 6)}
