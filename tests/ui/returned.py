"""Workbooks as people send them back: issued from a book, edited cell by cell."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from models.book import Book
from models.workbooks import issuing

CUSTOMERS = "My customers"


def issued(book: Book, folder: Path, *people: str) -> list[Path]:
    """The workbooks of some people."""
    rows = dict(zip(_names(book), book.ids("salesperson"), strict=True))
    folder.mkdir(exist_ok=True)
    made = issuing.issue(book, [rows[one] for one in people], folder, on=date.today())
    return [one.path for one in made]


def _names(book: Book) -> list[str]:
    return [name for (name,) in book.rows("salesperson", book.ids("salesperson"), ["name"])]


def edited(path: Path, cells: Mapping[tuple[str, str], Any], removed: tuple[str, ...] = ()) -> Path:
    """Write into the customers' cells, found by the customer's name and the heading; remove rows."""
    work = openpyxl.load_workbook(path)
    sheet = work[CUSTOMERS]
    heads = {cell.value: cell.column for cell in sheet[1]}
    name = heads["Customer"] if "Customer" in heads else heads["Customer name"]
    for (customer, head), value in cells.items():
        [row] = [at for at in range(2, sheet.max_row + 1) if sheet.cell(at, name).value == customer]
        sheet.cell(row, heads[head]).value = value
    for customer in removed:
        [row] = [at for at in range(2, sheet.max_row + 1) if sheet.cell(at, name).value == customer]
        sheet.delete_rows(row)
    work.save(path)
    return path
