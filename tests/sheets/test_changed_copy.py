"""A copy that people changed: exactly their cells are updated, exactly their rows are added."""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from models import checking, texts
from models.book import Book
from models.describe.field import Entity, Field
from models.describe.kinds import Link
from models.sheets import exporting, importing
from models.sheets.headers import fold_header
from models.sheets.report import Options

CUSTOMERS, DEALS = 500, 150
CELLS, ROWS = 100, 20
PEOPLE = ["王强", "李娜", "Zoe Park", "陈曾"]
STAGES = ["初步接触", "报价", "谈判"]
Cell = Any


@pytest.fixture
def book(tmp_path):
    with Book.create(tmp_path / "team.daybook") as made:
        dice = random.Random(5)
        with made.change("team") as change:
            people = [change.add("salesperson", {"name": one}) for one in PEOPLE]
            for at, name in enumerate(STAGES):
                change.add("stage", {"name": name, "order_no": at, "probability": f"{at}0%"})
            change.add_field("customer", "门店面积", "number")
            change.add_field("customer", "合作日", "date")
            for at in range(CUSTOMERS):
                change.add("customer", _customer(dice, at, PEOPLE[at % len(people)]))
            for at in range(DEALS):
                change.add("opportunity", _deal(dice, at))
        yield made


def _customer(dice: random.Random, at: int, owner: str) -> dict[str, Any]:
    return {
        "name": f"第{at}号{dice.choice(['机械', '食品', '科技'])}有限公司",
        "code": f"{at:05}",
        "industry": dice.choice(["制造", "零售", None]),
        "city": dice.choice(["上海", "苏州", None]),
        "grade": dice.choice("ABCD"),
        "lifecycle": dice.choice(["lead", "customer", None]),
        "owner": owner,
        "phone": f"138{at:08}",
        "annual_revenue": str(Decimal(dice.randint(-9_999, 9_999_999)).scaleb(-2)),
        "employees": str(dice.randint(1, 900)),
        "first_contact_on": str(date(2020, 1, 1) + timedelta(days=dice.randint(0, 2_000))),
        "active": dice.choice(["是", "否"]),
        "notes": dice.choice(["=1+1", "两行\n备注", None]),
        "门店面积": str(dice.randint(1, 500)),
        "合作日": str(date(2021, 1, 1) + timedelta(days=at)),
    }


def _deal(dice: random.Random, at: int) -> dict[str, Any]:
    return {
        "name": f"项目 {at}",
        "code": f"D-{at:04}",
        "customer": f"{dice.randint(0, CUSTOMERS - 1):05}",
        "owner": dice.choice(PEOPLE),
        "stage": dice.choice(STAGES),
        "amount": str(dice.randint(100, 99_999)),
        "probability": f"{dice.randint(1, 99)}%",
        "expected_close": str(date(2024, 1, 1) + timedelta(days=dice.randint(0, 300))),
    }


@dataclass
class Copy:
    """The rows of one sheet, as a person has them open, and what the person did to them."""

    entity: Entity
    fields: list[str]  # of the columns; "id" among them in sheets of our own
    heads: list[str]
    rows: list[list[Cell]]
    edits: dict[tuple[int, str], Any] = field(default_factory=dict)  # (place, field) → value
    added: list[dict[str, Any]] = field(default_factory=list)

    def change(self, dice: random.Random, cells: int, rows: int, kept: set[str]) -> None:
        """Edit cells, add rows, move columns and call them otherwise; ``kept`` are not edited."""
        places = [
            (at, name)
            for at in range(len(self.rows))
            for name in self.fields
            if name not in kept and name != "id"
        ]
        for at, name in dice.sample(places, cells):
            one, column = self.entity.field(name), self.fields.index(name)
            cell, value = _other(dice, one, self.rows[at][column])
            self.rows[at][column] = cell
            self.edits[at, name] = value
        for number in range(rows):
            made: dict[str, Any] = {}
            row: list[Cell] = []
            for name in self.fields:
                cell, value = (None, None)
                if name != "id":
                    cell, value = _fresh(dice, self.entity.field(name), number)
                    made[name] = value
                row.append(cell)
            self.rows.append(row)
            self.added.append(made)
        order = list(range(len(self.fields)))
        dice.shuffle(order)
        self.heads = [self.heads[at] for at in order]
        self.fields = [self.fields[at] for at in order]
        self.rows = [[row[at] for at in order] for row in self.rows]
        for at, name in enumerate(self.fields):
            others = _synonyms(self.entity, name)
            if others and dice.random() < 0.5:
                self.heads[at] = dice.choice(others)

    def meant(self, before: dict[str, list[dict[str, Any]]]) -> dict[tuple[int, str], Any]:
        """The edits that say something new; some say the same in other words."""
        old = before[self.entity.id]
        return {key: value for key, value in self.edits.items() if old[key[0]][key[1]] != value}


def _synonyms(entity: Entity, name: str) -> list[str]:
    """Other words for a field, in both languages, that name no other field of the entity."""
    if name == "id" or entity.field(name).custom:
        return []
    taken = {
        fold_header(word) for one in entity.fields if one.id != name for word in one.known_as()
    }
    return [one for one in entity.field(name).known_as() if fold_header(one) not in taken]


def _other(dice: random.Random, one: Field, before: Cell) -> tuple[Cell, Any]:
    """A cell that means something else than the one before, and what it means."""
    while True:
        cell, value = _fresh(dice, one, dice.randint(100, 999_999))
        if str(cell) != str(before):
            return cell, value


def _fresh(dice: random.Random, one: Field, number: int) -> tuple[Cell, Any]:
    """An acceptable cell as a person types it, and the value that it means."""
    whole = dice.randint(1, 99_999)
    amount, day = Decimal(whole).scaleb(-2), date(2023, 1, 1) + timedelta(days=whole % 700)
    share, yes = whole % 100, whole % 2 == 1
    ways: dict[str, list[tuple[Cell, Any]]] = {
        "money": [(float(amount), amount), (f"¥{amount:,}", amount)],
        "number": [(float(amount), amount), (f"{amount:,}", amount)],
        "integer": [(whole, whole), (f"{whole:,}", whole)],
        "percent": [(f"{share}%", Decimal(share).scaleb(-2))],
        "date": [(day, day), (f"{day.year}年{day.month}月{day.day}日", day)],
        "flag": [("是" if yes else "否", yes), ("√" if yes else "×", yes)],
        "phone": [(f"139{number:08}", f"139{number:08}")],
        "code": [(f"N{number:07}", f"N{number:07}")],
    }
    if one.kind == "choice":
        return dice.choice([(word, kind.code) for kind in one.choices for word in kind.known_as()])
    if one.kind == "link":
        known = {"salesperson": PEOPLE, "stage": STAGES}.get(one.target, [None])
        return dice.choice([(name, name) for name in known])
    return dice.choice(ways.get(one.kind, [(f"新 {number}", f"新 {number}")]))


# -- files -----------------------------------------------------------------------------------------


def read(path: Path) -> dict[str, list[list[Cell]]]:
    """All sheets of a workbook, or a text file as its one sheet."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return {path.stem: [list(row) for row in csv.reader(file)]}
    made = openpyxl.load_workbook(path)
    return {
        page.title: [list(row) for row in page.iter_rows(values_only=True)]
        for page in made.worksheets
        if page.sheet_state == "visible"
    }


def write(path: Path, heads: list[str], rows: list[list[Cell]]) -> Path:
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([heads, *rows])
        return path
    with xlsxwriter.Workbook(str(path)) as made:
        page, day = made.add_worksheet("Sheet1"), made.add_format({"num_format": "yyyy-mm-dd"})
        for down, row in enumerate([heads, *rows]):
            for across, cell in enumerate(row):
                if isinstance(cell, date | datetime):
                    page.write_datetime(down, across, cell, day)
                elif isinstance(cell, str):
                    page.write_string(down, across, cell)
                elif cell is not None:
                    page.write(down, across, cell)
    return path


def exported(book: Book, entity: str, folder: Path, suffix: str) -> Copy:
    """What goes out, as it is found in the file."""
    names = [
        one.id
        for one in book.schema.entity(entity).fields
        if one.custom or any(row[0] is not None for row in rows_of(book, entity, [one.id]))
    ]
    path = folder / f"{entity}.{suffix}"
    exporting.export(book, path, [entity], fields=names)
    [(_, (head, *body))] = read(path).items()
    return Copy(book.schema.entity(entity), ["id", *names], [str(one) for one in head], body)


def rows_of(book: Book, entity: str, names: list[str]) -> list[tuple[Any, ...]]:
    return book.rows(entity, book.ids(entity), names)


def bring(book: Book, *files: Path, **options: Any) -> tuple[int | None, list[Any]]:
    proposal = importing.prepare(book, files, Options(**options))
    try:
        return importing.apply(proposal), proposal.reports
    finally:
        proposal.close()


def plain(value: Any) -> Any:
    """A link by the name of its target, or by its row where the name itself is edited."""
    if isinstance(value, Link):
        return value.label if value.label in {*PEOPLE, *STAGES} else value.id
    return value


def records(book: Book, entity: str) -> list[dict[str, Any]]:
    return [
        {name: plain(value) for name, value in book.record(entity, id).items()}
        for id in book.ids(entity)
    ]


def everything(book: Book) -> dict[str, list[dict[str, Any]]]:
    return {one.id: records(book, one.id) for one in book.schema}


def check(book: Book, copies: list[Copy], before: dict[str, list[dict[str, Any]]]) -> None:
    """Exactly the edited cells have other values, exactly the added rows are there."""
    for copy in copies:
        old = before[copy.entity.id]
        now = records(book, copy.entity.id)
        assert len(now) == len(old) + len(copy.added)
        found = {
            (at, name): value
            for at, (one, two) in enumerate(zip(old, now, strict=False))
            for name, value in two.items()
            if one[name] != value
        }
        meant = {key: value for key, value in copy.edits.items() if old[key[0]][key[1]] != value}
        assert found == meant, copy.entity.id
        fresh = [
            {name: one[name] for name in copy.fields if name != "id"} for one in now[len(old) :]
        ]
        order = sorted(range(len(fresh)), key=lambda at: str(sorted(fresh[at].items(), key=str)))
        wanted = sorted(copy.added, key=lambda one: str(sorted(one.items(), key=str)))
        assert [fresh[at] for at in order] == wanted
    untouched = set(before) - {one.entity.id for one in copies} - {"stage_change"}
    assert {one: records(book, one) for one in untouched} == {one: before[one] for one in untouched}


def undo_and_hand_edit(
    book: Book, number: int, copies: list[Copy], before: dict[str, list[dict[str, Any]]]
) -> None:
    """Undone, all is as before; a cell that a hand wrote since is kept, and named."""
    assert book.undo(number).kept == ()
    assert everything(book) == before
    book.redo(number)
    check(book, copies, before)
    copy = copies[0]
    at, name = next((at, name) for (at, name) in copy.edits if name == "city")
    id = book.ids(copy.entity.id)[at]
    book.set(copy.entity.id, id, {"city": "太仓"})
    kept = book.undo(number).kept
    assert [(one.entity, one.id, one.field, one.value) for one in kept] == [
        (copy.entity.id, id, name, "太仓")
    ]
    wanted = {kind: [dict(one) for one in rows] for kind, rows in before.items()}
    wanted[copy.entity.id][at]["city"] = "太仓"
    assert everything(book) == wanted
    assert [one for one in checking.check(book) if one.bad] == []


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
@pytest.mark.parametrize(("out", "back", "seed"), [("zh_CN", "en", 1), ("en", "zh_CN", 2)])
def test_a_changed_copy_of_an_export_updates_exactly_its_cells(
    book, tmp_path, suffix, out, back, seed
):
    before = everything(book)
    texts.set_language(out)
    copies = [exported(book, one, tmp_path, suffix) for one in ("customer", "opportunity")]
    dice = random.Random(seed)
    copies[0].change(dice, CELLS, ROWS, set())
    copies[1].change(dice, CELLS, ROWS, {"customer"})
    texts.set_language(back)
    files = [
        write(tmp_path / f"changed {at}.{suffix}", one.heads, one.rows)
        for at, one in enumerate(copies)
    ]
    number, reports = bring(book, *files)
    assert [one.problems for one in reports] == [[], []]
    check(book, copies, before)
    assert number is not None
    undo_and_hand_edit(book, number, copies, before)


HEADS = {
    "name": "公司名称", "code": "客户编号", "industry": "行业", "city": "所在城市", "grade": "客户等级",
    "owner": "业务员", "phone": "联系电话", "annual_revenue": "年营业额", "employees": "员工人数",
    "first_contact_on": "建档日期", "notes": "备注",
}  # fmt: skip


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
@pytest.mark.parametrize("seed", [3, 4])
def test_a_changed_copy_of_a_foreign_sheet_updates_exactly_its_cells(tmp_path, suffix, seed):
    dice = random.Random(seed)
    rows = []
    for at in range(CUSTOMERS):
        made = _customer(dice, at, PEOPLE[at % len(PEOPLE)])
        rows.append([made[name] if made[name] is not None else "" for name in HEADS])
    with Book.create(tmp_path / "team.daybook") as book:
        source = write(tmp_path / f"客户.{suffix}", [*HEADS.values()], rows)
        bring(book, source, create_links=True)
        before = everything(book)
        assert len(before["customer"]) == CUSTOMERS
        copy = Copy(book.schema.entity("customer"), [*HEADS], [*HEADS.values()], rows)
        copy.change(dice, CELLS, ROWS, {"name", "code"})
        changed = write(tmp_path / f"changed.{suffix}", copy.heads, copy.rows)
        number, [report] = bring(book, changed)
        assert report.problems == []
        assert (report.added, report.skipped) == (ROWS, 0)
        assert report.updated == len({at for at, _ in copy.meant(before)})
        check(book, [copy], before)
        assert number is not None
        assert bring(book, changed)[0] is None
        assert bring(book, source)[0] is not None  # the old sheet again: its values come back
        book.undo()
        undo_and_hand_edit(book, number, [copy], before)
