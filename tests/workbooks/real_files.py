"""Real workbooks: handed out as files, edited as people do, saved again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from models.book import Book
from models.workbooks import issuing, memory
from models.workbooks.manifest import Manifest
from models.workbooks.reading_back import read

DAY = date(2026, 11, 28)


def team(path: Path) -> tuple[Book, int, list[int]]:
    """A book, its one salesperson, and her customers."""
    book = Book.create(path)
    with book.change("begin") as change:
        person = change.add("salesperson", {"name": "王芳", "status": "active"})
        other = change.add("salesperson", {"name": "李强", "status": "active"})
        customers = [
            change.add(
                "customer",
                {
                    "name": name,
                    "city": "上海",
                    "grade": "B",
                    "owner": owner,
                    "notes": "老客户",
                    "tags": "vip, 重点",
                    "annual_revenue": "1234.56",
                    "employees": 20,
                },
            )
            for name, owner in (("甲公司", person), ("乙公司", person), ("丙公司", person), ("丁有限公司", other))
        ]  # fmt: skip
        pipeline = change.add("pipeline", {"name": "标准"})
        stages = [
            change.add("stage", {"name": n, "pipeline": pipeline}) for n in ("接触", "报价", "赢单")
        ]
        for one in customers[:3]:
            contact = change.add(
                "contact", {"name": "赵一", "customer": one, "phone": "13800000001"}
            )
            change.add(
                "opportunity",
                {
                    "name": "设备",
                    "customer": one,
                    "stage": stages[0],
                    "amount": "1000",
                    "owner": person,
                    "contact": contact,
                },
            )
            change.add(
                "activity",
                {"at": "2026-11-20 09:30", "customer": one, "person": person, "result": "谈了"},
            )
            change.add(
                "follow_up_plan",
                {"customer": one, "due": "2026-12-10", "purpose": "回访", "person": person},
            )
            change.add("task", {"title": "寄样品", "owner": person, "customer": one})
    return book, person, customers


def issue(book: Book, person: int, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    [made] = issuing.issue(book, [person], folder, language="zh_CN", on=DAY)
    return made.path


def manifest_of(book: Book, path: Path) -> Manifest:
    made = memory.issued(book.connection(), read(book, path).manifest.workbook)
    assert made is not None
    return made


class Edited:
    """A workbook that is open in somebody's program."""

    def __init__(self, path: Path, manifest: Manifest) -> None:
        self.path, self._manifest = path, manifest
        self._open = openpyxl.load_workbook(path)

    def _sheet(self, entity: str) -> tuple[Any, dict[str, int]]:
        issued = self._manifest.sheet_of(entity)
        assert issued is not None
        sheet = self._open[issued.name]
        heads = {cell.value: cell.column for cell in sheet[1]}
        places = {
            field: heads[header]
            for field, header in zip(issued.fields, issued.headers, strict=True)
            if header in heads
        }
        return sheet, places

    def set(self, entity: str, public: str, values: Mapping[str, object]) -> None:
        """Type values into the row of a record."""
        sheet, places = self._sheet(entity)
        line = next(cell.row for cell in sheet["A"] if cell.value == public)
        for field, value in values.items():
            sheet.cell(line, places[field]).value = value

    def add(self, entity: str, values: Mapping[str, object]) -> None:
        """Type a new row below all others."""
        sheet, places = self._sheet(entity)
        line = sheet.max_row + 1
        for field, value in values.items():
            sheet.cell(line, places[field]).value = value

    def delete(self, entity: str, public: str) -> None:
        """Delete the row of a record."""
        sheet, _ = self._sheet(entity)
        sheet.delete_rows(next(cell.row for cell in sheet["A"] if cell.value == public))

    def save(self, path: Path | None = None) -> Path:
        target = path or self.path
        self._open.save(target)
        return target
