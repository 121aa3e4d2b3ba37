"""Lays tables out as offices do, and writes the file: titles, groups, totals, notes, strange corners."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.sheets.messy import files
from tests.sheets.messy.files import Page
from tests.sheets.messy.forms import Cell, Medium
from tests.sheets.messy.tables import Table, table
from tests.sheets.messy.values import Names

ENTITIES = (
    "customer",
    "opportunity",
    "order",
    "order_line",
    "contact",
    "activity",
    "salesperson",
    "receipt",
)
_TITLES = {
    "customer": ("客户资料表", "Customer list"),
    "contact": ("联系人名单", "Contacts"),
    "opportunity": ("商机跟踪表", "Sales pipeline"),
    "order": ("订单汇总表", "Orders"),
    "order_line": ("销售明细表", "Order lines"),
    "activity": ("拜访记录", "Activities"),
    "salesperson": ("销售人员名单", "Sales team"),
    "receipt": ("回款记录", "Payments"),
}
_GROUPS = (("基本信息", "商务信息", "其他信息"), ("General", "Details", "Others"))
_TOTALS = (
    ("合计", "总计", "合 计", "合计：", "小计", "本页合计", "合计（元）", "累计"),
    ("Total", "Grand Total", "TOTAL:", "Sum", "Totals"),
)
_SUBTOTALS = (
    ("小计", "本页小计", "华东小计", "3月小计", "小 计："),
    ("Subtotal", "Sub-total", "East Total"),
)
_NOTES = (
    (
        "备注：以上数据截至2024年3月底，如有疑问请联系财务部。",
        "制表人：王强",
        "注：金额均为含税价",
        "说明：标*为必填项",
        "填表日期：2024-03-09",
    ),
    ("Note: figures are preliminary.", "Prepared by: Finance", "Source: ERP export of last week"),
)
_SIGNED = (
    ("制表人：王强", "审核人：李敏", "日期：2024年3月9日"),
    ("Prepared by: Ann", "Approved by: Bob"),
)
_HELP = (
    (
        "填写说明",
        "1. 带*的列必须填写",
        "2. 日期请写成 2024-03-05",
        "3. 金额以元为单位，不要写货币符号",
    ),
    ("Instructions", "1. Columns with * are required", "2. Write dates as 2024-03-05"),
)


@dataclass
class Laid:
    """A table where it lies: the 1-based row of each record, the 0-based place of each column."""

    table: Table
    sheet: str
    rows: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)


@dataclass
class Messy:
    """A file and the truth about it."""

    path: Path
    tables: list[Laid]
    told: str = ""  # how it was made, for a person who looks into a fault


class _Layout:
    """One sheet in the making."""

    def __init__(self, laid: Laid, rnd: random.Random, chinese: bool, medium: Medium) -> None:
        self.laid, self.rnd, self.medium = laid, rnd, medium
        self.word = 0 if chinese else 1
        self.page = Page(laid.sheet)
        self.down, self.right = rnd.choice(
            [(0, 0), (0, 0), (0, 0), (1, 1), (3, 2), (0, 1), (12, 4)]
        )
        if not medium.typed:
            self.right = min(self.right, 1)
        self.width = 0
        self.head: list[tuple[int, int]] = []  # rows of the header, to repeat them

    def put(self, row: int, column: int, raw: Any, fmt: str = "") -> None:
        if raw is not None and raw != "":
            self.page.cells[row, column] = Cell(raw, fmt=fmt)

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        if self.medium.typed and (top, left) != (bottom, right):
            self.page.merged.append((top, left, bottom, right))

    def places(self) -> None:
        """Columns beside one another, here and there a blank one between."""
        at = self.right
        gap = self.rnd.randrange(1, 40)
        for number in range(len(self.laid.table.columns)):
            at += number == gap
            self.laid.columns.append(at)
            at += 1
        self.width = at - self.right

    def above(self) -> None:
        """Titles, units, who made it, instructions."""
        rnd, table = self.rnd, self.laid.table
        left, last = self.right, self.right + self.width - 1
        if rnd.random() < 0.5:
            title = rnd.choice(["", "2024年", "XX公司"] if not self.word else ["", "2024 "])
            self.put(self.down, left, title + _TITLES[table.entity][self.word])
            if rnd.random() < 0.6:
                self.merge(self.down, left, self.down, last)
            self.down += 1
        if rnd.random() < 0.15:
            for line in _HELP[self.word][1:]:
                self.put(self.down, left, line)
                self.down += 1
        if rnd.random() < 0.2:
            for at, text in enumerate(_SIGNED[self.word]):
                self.put(self.down, left + min(2 * at, self.width - 1), text)
            self.down += 1
        if table.unit:
            self.put(self.down, rnd.choice([left, last]), f"单位：{table.unit}")
            self.down += 1
        if rnd.random() < 0.3:
            self.down += 1

    def header(self) -> None:
        """One row, or names below merged groups."""
        columns, places = self.laid.table.columns, self.laid.columns
        if self.medium.typed and len(columns) > 5 and self.rnd.random() < 0.3:
            self._grouped()
        else:
            for column, place in zip(columns, places, strict=True):
                self.put(self.down, place, column.header)
            self.head = [(self.down, self.down)]
        self.down = self.head[-1][1] + 1
        if self.rnd.random() < 0.1:
            self.down += 1

    def _grouped(self) -> None:
        columns, places = self.laid.table.columns, self.laid.columns
        top = self.down
        at, groups = 0, list(_GROUPS[self.word])
        while at < len(columns):
            size = min(self.rnd.choice([1, 1, 2, 3]), len(columns) - at)
            run = places[at : at + size]
            if size > 1 and groups and run[-1] - run[0] == size - 1:
                self.put(top, run[0], groups.pop(0))
                self.merge(top, run[0], top, run[-1])
                for column, place in zip(columns[at : at + size], run, strict=True):
                    self.put(top + 1, place, column.header)
            else:
                for column, place in zip(columns[at : at + size], run, strict=True):
                    self.put(top, place, column.header)
                    self.merge(top, place, top + 1, place)
            at += size
        self.head = [(top, top + 1)]

    def body(self) -> None:
        """The records, with what offices put between them."""
        rnd, table = self.rnd, self.laid.table
        again = rnd.choice([0, 0, 0, 15, 20])
        part = rnd.choice([0, 0, 0, 7])
        hidden = rnd.random() < 0.15
        gap = rnd.random() < 0.1
        for number in range(table.count):
            if number and again and number % again == 0:
                self._repeat()
            if number and part and number % part == 0:
                self._total(_SUBTOTALS[self.word], number - part, number)
            if gap and rnd.random() < 0.1:
                self.down += 1
            self.laid.rows.append(self.down + 1)
            for column, place in zip(table.columns, self.laid.columns, strict=True):
                cell = column.cells[number]
                self.put(self.down, place, cell.raw, cell.fmt)
            if hidden and rnd.random() < 0.2:
                self.page.hidden_rows.add(self.down)
            self.down += 1
        if rnd.random() < 0.4:
            self.down += rnd.choice([0, 0, 1])
            self._total(_TOTALS[self.word], 0, table.count)

    def _repeat(self) -> None:
        first, last = self.head[0]
        for row in range(first, last + 1):
            for (at, column), cell in list(self.page.cells.items()):
                if at == row:
                    self.page.cells[self.down, column] = cell
            self.down += 1

    def _total(self, labels: tuple[str, ...], start: int, end: int) -> None:
        """A row of sums; the label stands in the first column that has none."""
        columns = self.laid.table.columns
        summed = [
            at
            for at, column in enumerate(columns)
            if column.sums and all(isinstance(one.raw, int | float) or one.raw is None for one in column.cells[start:end])
        ]  # fmt: skip
        place = next((at for at in range(len(columns)) if at not in summed), None)
        if place is None or (not summed and self.rnd.random() < 0.7):
            return
        self.put(self.down, self.laid.columns[place], self.rnd.choice(labels))
        for at in summed:
            raws = [one.raw for one in columns[at].cells[start:end] if one.raw is not None]
            self.put(self.down, self.laid.columns[at], round(sum(raws), 6))
        self.down += 1

    def below(self) -> None:
        """Notes and signatures under the table."""
        rnd = self.rnd
        if rnd.random() < 0.25:
            self.down += rnd.choice([0, 1, 2])
            self.put(self.down, self.right, rnd.choice(_NOTES[self.word]))
            self.down += 1
        if rnd.random() < 0.15:
            self.down += rnd.choice([0, 1])
            for at, text in enumerate(_SIGNED[self.word]):
                if 2 * at < self.width:
                    self.put(self.down, self.right + 2 * at, text)
            self.down += 1


def _lay(
    table: Table, sheet: str, rnd: random.Random, chinese: bool, medium: Medium
) -> tuple[Laid, Page]:
    made = _Layout(Laid(table, sheet), rnd, chinese, medium)
    made.places()
    made.above()
    made.header()
    made.body()
    made.below()
    return made.laid, made.page


def book(folder: Path, seed: str) -> Messy:
    """A messy file of this seed."""
    rnd = random.Random(seed)
    chinese = rnd.random() < 0.65
    format = rnd.choice(["xlsx", "xlsx", "xlsx", "csv", "csv", "ods"])
    medium = Medium(format != "csv", format == "xlsx" and rnd.random() < 0.12, format == "xlsx")
    names = Names(rnd, chinese)
    entity = rnd.choice(ENTITIES)
    first = table(entity, rnd, chinese, medium, names, [])
    word = 0 if chinese else 1
    sheet = rnd.choice(["Sheet1", "Sheet1", _TITLES[entity][word]]) if medium.typed else ""
    laid, page = _lay(first, sheet, rnd, chinese, medium)
    tables, pages = [laid], [page]
    if medium.typed and entity == "customer" and rnd.random() < 0.5:
        other = rnd.choice(["contact", "opportunity", "receipt", "activity"])
        customers = [
            str(one.truth) for one in next(c for c in first.columns if c.path == "name").cells
        ]
        second = table(other, rnd, chinese, medium, names, customers)
        laid, page = _lay(second, _TITLES[other][word], rnd, chinese, medium)
        tables.append(laid)
        pages.append(page)
    if medium.typed:
        _others(pages, rnd, word)
    stem = rnd.choice(["导出", "数据", "新建", "export", "data", _TITLES[entity][word]])
    path = folder / f"{stem}.{format if format != 'csv' else rnd.choice(['csv', 'csv', 'txt'])}"
    told = files.write(path, format, pages, rnd, medium)
    return Messy(path, tables, f"{seed}: {path.name} {told} {[one.table.entity for one in tables]}")


def _others(pages: list[Page], rnd: random.Random, word: int) -> None:
    """Sheets that hold no records."""
    if rnd.random() < 0.25:
        page = Page(("说明", "Read me")[word])
        for at, line in enumerate(_HELP[word]):
            page.cells[at, 0] = Cell(line)
        pages.insert(rnd.randrange(2), page)
    if rnd.random() < 0.15:
        page = Page("lists", hidden=True)
        for at, line in enumerate(("是", "否", "A", "B", "C")):
            page.cells[at, 0] = Cell(line)
        pages.append(page)
    if rnd.random() < 0.2:
        pages.append(Page("Sheet9"))
