"""An import's memory does not grow with its rows: they wait on the disk."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import xlsxwriter

from models.book import Book
from models.sheets import importing
from models.sheets.report import Options


def peak(folder: Path, rows: int) -> int:
    """The most that Python held while a sheet of so many customers was imported, in bytes."""
    source = folder / f"{rows}.xlsx"
    with xlsxwriter.Workbook(str(source), {"constant_memory": True}) as made:
        page = made.add_worksheet()
        page.write_row(0, 0, ("客户名称", "客户编号", "电话", "负责人", "年营业额"))
        for n in range(rows):
            page.write_row(n + 1, 0, (f"上海{n}机械有限公司", f"C{n:07}", f"138{n:08}", "王强", n))
    with Book.create(folder / f"{rows}.daybook") as book:
        tracemalloc.start(1)
        try:
            proposal = importing.prepare(book, [source], Options(create_links=True))
            importing.apply(proposal)
            proposal.close()
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()


def test_four_times_the_rows_take_hardly_more_memory(tmp_path: Path) -> None:
    peak(tmp_path, 100)  # tables of the language and of signs are made once
    few, many = peak(tmp_path, 6_000), peak(tmp_path, 24_000)
    assert many < 1.4 * few, (few, many)
