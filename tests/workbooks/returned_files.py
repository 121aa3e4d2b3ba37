"""A small team's book, a workbook issued from it, and hands that edit the file as people do."""

from __future__ import annotations

import base64
import contextlib
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from models.book import Book
from models.workbooks import issuing, reading_back
from models.workbooks.items import ReturnedCell, ReturnedFile, ReturnedRow

ON = date(2026, 3, 10)
SOFFICE = shutil.which("soffice")
office = pytest.mark.skipif(SOFFICE is None, reason="no LibreOffice on this machine")


def team(path: Path) -> Book:
    """A book with two salespeople and what is theirs; values that sheets like to spoil among it."""
    book = Book.create(path)
    with book.change("Begin") as change:
        wang = change.add("salesperson", {"name": "王芳"})
        li = change.add("salesperson", {"name": "李强"})
        customers = {
            "甲公司": {"phone": "0571-88886666", "code": "007", "city": "杭州", "grade": "A"},
            "乙公司": {"phone": "05718888", "code": "123456789012345678", "city": "宁波"},
            "丙公司": {"phone": "13800138000", "code": "C-3", "city": "上海", "tags": "重点, 老客户"},
            "丁公司": {"annual_revenue": "1234567.89", "employees": 12, "founded_year": 1999},
            "=1+1": {"notes": "第一行\n第二行", "code": "3-5"},
        }  # fmt: skip
        rows = {
            name: change.add("customer", {"name": name, "owner": wang, **more})
            for name, more in customers.items()
        }
        change.set("customer", rows["甲公司"], {"next_contact_due": date(2026, 5, 3)})
        for name, of in (("张三", "甲公司"), ("李四", "甲公司"), ("王五", "乙公司")):
            change.add("contact", {"name": name, "customer": rows[of], "phone": "13700000001"})
        for at in range(6):
            change.add(
                "opportunity",
                {
                    "name": f"商机{at}", "customer": rows["甲公司" if at < 3 else "乙公司"],
                    "owner": wang, "amount": Decimal("1000.50") * (at + 1),
                    "probability": Decimal("0.125") * at, "expected_close": date(2026, 4, at + 1),
                    "opened_on": date(2026, 1, 5),
                },
            )  # fmt: skip
        for at in range(3):
            moment = datetime(2026, 3, 1 + at, 2, 30, 15 * at, tzinfo=UTC)
            change.add(
                "activity",
                {"at": moment, "kind": "visit", "person": wang, "customer": rows["甲公司"],
                 "result": f"谈了第{at}次"},
            )  # fmt: skip
        other = change.add("customer", {"name": "李的客户", "owner": li, "city": "北京"})
        change.add("contact", {"name": "赵六", "customer": other})
        change.add("opportunity", {"name": "李的商机", "customer": other, "owner": li})
    return book


def issue(book: Book, person: str = "王芳", language: str = "en") -> Path:
    """A workbook for somebody, beside the book."""
    [row] = book.ids("salesperson", f"name = {person}")
    [made] = issuing.issue(book, [row], book.path.parent, language=language, on=ON)
    return made.path


@contextlib.contextmanager
def edited(path: Path) -> Iterator[Any]:
    """The workbook as openpyxl knows it, saved in its place afterwards."""
    book = openpyxl.load_workbook(path)
    yield book
    book.save(path)


def column(sheet: Any, heading: str, head: int = 1) -> int:
    """The column below a heading, from 1."""
    return next(cell.column for cell in sheet[head] if cell.value == heading)


def row_of(sheet: Any, text: str, at: int = 2) -> int:
    """The row in whose column a text stands, from 1."""
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, at).value == text)


def copied_rows(path: Path, name: str, sheet: Any) -> None:
    """Write the cells of a sheet of a file below those of another one; texts stay texts."""
    for line in openpyxl.load_workbook(path)[name].iter_rows():
        sheet.append([cell.value for cell in line])
        for cell in sheet[sheet.max_row]:
            if isinstance(cell.value, str):
                cell.data_type = "s"


def put(sheet: Any, name: str, heading: str, value: object) -> None:
    """Write into the row of a record, under a heading."""
    sheet.cell(row_of(sheet, name), column(sheet, heading)).value = value


def read(book: Book, path: Path) -> ReturnedFile:
    """What came back."""
    return reading_back.read(book, path)


def changed(file: ReturnedFile) -> dict[tuple[str, str, str], ReturnedCell]:
    """The cells of known records that say something new, by entity, name and field."""
    made = {}
    for row in file.rows:
        for name, cell in row.cells.items():
            if row.row is not None and not cell.same:
                made[row.entity, called(file, row), name] = cell
    return made


def called(file: ReturnedFile, row: ReturnedRow) -> str:
    """What the first column of a record said when it left."""
    sheet = file.manifest.sheet_of(row.entity)
    values = sheet.rows.get(row.row, (str(row.row),))
    return str(values[0])


def fresh(file: ReturnedFile) -> list[ReturnedRow]:
    """The new rows."""
    return [row for row in file.rows if row.row is None]


def codes(file: ReturnedFile) -> list[str]:
    """The codes of all problems."""
    return [one.code for one in file.problems]


def known(file: ReturnedFile, entity: str) -> set[int]:
    """The records of an entity that were found."""
    return {one.row for one in file.rows if one.entity == entity and one.row is not None}


def converted(path: Path, format: str, folder: Path, sheet: int | None = None) -> Path:
    """The file as LibreOffice saves it; of text files one sheet, from 1."""
    target = format
    if sheet is not None:
        target = (
            f"csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,{sheet}"
        )
    folder.mkdir(exist_ok=True)
    profile = (folder.parent / "office").as_uri()
    command = [str(SOFFICE), "--headless", f"-env:UserInstallation={profile}", "--convert-to"]
    command += [target, "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return next(one for one in folder.iterdir() if one.suffix == f".{format}")


def place_of(path: Path, sheet: str) -> int:
    """The place of a sheet among the sheets, from 1."""
    return openpyxl.load_workbook(path, read_only=True).sheetnames.index(sheet) + 1


def without_hidden_part(book: Any, *, also_named: bool = True) -> None:
    """Take the hidden part out, and the property that names the workbook."""
    del book["_daybook"]
    if also_named:
        del book.custom_doc_props["daybook"]


def write_packed(book: Any, packed: bytes) -> None:
    """Put other bytes into the hidden part; the seal stays as it was."""
    sheet = book["_daybook"]
    text = base64.b64encode(packed).decode()
    chunks = [text[at : at + 30_000] for at in range(0, len(text), 30_000)]
    sheet["A6"] = str(len(chunks))
    for at, chunk in enumerate(chunks):
        sheet.cell(7 + at, 1).value = chunk
