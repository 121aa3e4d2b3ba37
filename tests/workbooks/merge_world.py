"""A small team with one workbook out, and files that come back, as readers of files give them."""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from models.book import Book
from models.dialects import quoted
from models.workbooks import collecting, conflicts, memory, merging
from models.workbooks.items import Decision, Merged, ReturnedCell, ReturnedFile, ReturnedRow
from models.workbooks.manifest import IssuedSheet, Manifest, Stored

FIELDS = {
    "customer": ("name", "code", "city", "grade", "employees", "tags", "notes", "annual_revenue"),
    "contact": ("name", "customer", "phone", "notes"),
    "activity": ("at", "customer", "kind", "result", "next_step"),
    "task": ("title", "due", "customer"),
}
LOCKED = {"code"}
NAMES = {"customer": "Customers", "contact": "Contacts", "activity": "Visits", "task": "Tasks"}
IMPLIED = {"customer": "owner", "activity": "person", "task": "owner"}


class World:
    """A book with two people; ``wang`` has three customers, ``li`` one."""

    def __init__(self, path: Path) -> None:
        self.book = Book.create(path)
        with self.book.change("begin", "sample") as change:
            self.wang, self.li = (change.add("salesperson", {"name": n}) for n in ("王芳", "李强"))
            self.customers = [
                change.add(
                    "customer",
                    {
                        "name": name, "code": f"C{at}", "city": "上海", "grade": "B",
                        "employees": 10, "tags": "vip, 老客户", "notes": "first line",
                        "annual_revenue": "1000.50", "owner": owner,
                    },
                )
                for at, (name, owner) in enumerate(
                    [("甲公司", self.wang), ("乙公司", self.wang), ("丙公司", self.wang), ("丁有限公司", self.li)]
                )
            ]  # fmt: skip
            self.contacts = [
                change.add("contact", {"name": "赵一", "customer": one, "phone": "13800000001"})
                for one in self.customers
            ]

    def again(self, path: Path) -> World:
        """The same team in a copy of its book."""
        made = copy.copy(self)
        made.book = Book.open(path)
        return made

    def close(self) -> None:
        self.book.close()

    def issue(self, person: int | None = None, rows: Mapping[str, list[int]] | None = None) -> Out:
        """Hand a workbook out: as plain data, without its file."""
        who = self.wang if person is None else person
        given = dict(rows) if rows is not None else self._own(who)
        with self.book.change("issue", "workbook") as change:
            no = change.add(
                "workbook",
                {"name": f"wb-{change.no}", "purpose": "personal", "person": who, "issued_at": "2026-11-01 08:00"},
            )  # fmt: skip
            made = Manifest(
                self.book.public.tag, no, who, "en", "2026-11-01T08:00:00Z", change.no,
                tuple(self._sheet(entity, given.get(entity, []), who) for entity in FIELDS),
            )  # fmt: skip
            memory.keep_issued(change.db, made, made.packed())
        return Out(made)

    def _own(self, who: int) -> dict[str, list[int]]:
        own = [one for one in self.customers if self.value("customer", one, "owner") == who]
        db = self.book.connection()
        marks = ", ".join(map(str, own))
        of = {
            entity: [
                row
                for (row,) in db.run(
                    f"SELECT id FROM {entity} WHERE alive = 1 AND customer IN ({marks}) ORDER BY id"
                )
            ]
            for entity in ("contact", "activity", "task")
        }
        live = [one for one in own if self.alive("customer", one)]
        return {"customer": live, **of}

    def _sheet(self, entity: str, rows: list[int], who: int) -> IssuedSheet:
        fields = FIELDS[entity]
        implied = ((IMPLIED[entity], who),) if entity in IMPLIED else ()
        return IssuedSheet(
            NAMES[entity], entity, fields, fields, frozenset(fields) - LOCKED,
            {row: tuple(self.value(entity, row, one) for one in fields) for row in rows},
            True, implied,
        )  # fmt: skip

    # -- what stands in the book -------------------------------------------------------------------

    def value(self, entity: str, row: int, field: str) -> Any:
        return self.book.connection().one(
            f"SELECT {quoted(field)} FROM {quoted(entity)} WHERE id = ?", (row,)
        )

    def alive(self, entity: str, row: int) -> bool:
        return bool(self.value(entity, row, "alive") == 1)

    def state(self, *, ids: bool = True) -> dict[str, list[Any]]:
        """All that lives, without what is only told of workbooks; ``ids``: with the numbers of rows."""
        db = self.book.connection()
        made = {}
        for one in self.book.schema:
            if one.id in ("workbook", "cell_conflict"):
                continue
            columns = ", ".join(quoted(field.column) for field in one.fields)
            first = "id, " if ids else ""
            rows = db.run(f"SELECT {first}{columns} FROM {quoted(one.id)} WHERE alive = 1")
            made[one.id] = sorted(rows, key=repr)
        return made

    def labelled(self) -> dict[str, list[Any]]:
        """All that lives by what it is called: records may have other numbers."""
        made = {}
        for one in self.book.schema:
            if one.id in ("workbook", "cell_conflict"):
                continue
            names = [field.id for field in one.fields]
            rows = self.book.rows(one.id, self.book.ids(one.id), names)
            made[one.id] = sorted(repr([getattr(x, "label", x) for x in row]) for row in rows)
        return made

    def changes(self) -> int:
        return self.book.last_change

    def open(self) -> list[conflicts.Open]:
        return conflicts.listed(self.book)

    # -- collecting --------------------------------------------------------------------------------

    def merge(self, out: Out) -> Merged:
        return merging.merge(self.book, out.file())

    def collect(self, out: Out, decisions: Mapping[str, Decision] | None = None) -> int | None:
        return collecting.apply(self.book, self.merge(out), decisions or {})


class Out:
    """A workbook in somebody's hands: its rows, as they stand in the file."""

    def __init__(self, manifest: Manifest) -> None:
        self.manifest = manifest
        self.rows: dict[str, list[tuple[int | None, dict[str, Any]]]] = {
            one.entity: [
                (row, dict(zip(one.fields, values, strict=True)))
                for row, values in one.rows.items()
            ]
            for one in manifest.sheets
        }

    def copied(self) -> Out:
        made = Out(self.manifest)
        made.rows = {
            entity: [(row, dict(values)) for row, values in rows]
            for entity, rows in self.rows.items()
        }
        return made

    def set(self, entity: str, row: int, field: str, value: Stored | Unread) -> None:
        next(values for at, values in self.rows[entity] if at == row)[field] = value

    def get(self, entity: str, row: int, field: str) -> Any:
        return next(values for at, values in self.rows[entity] if at == row)[field]

    def add(self, entity: str, **values: Any) -> int:
        """Type a new row; gives its place."""
        self.rows[entity].append((None, values))
        return len(self.rows[entity]) - 1

    def remove(self, entity: str, row: int) -> None:
        self.rows[entity] = [one for one in self.rows[entity] if one[0] != row]

    def has(self, entity: str, row: int) -> bool:
        return any(at == row for at, _ in self.rows[entity])

    def file(self) -> ReturnedFile:
        rows = [
            self._row(entity, row, values, line)
            for entity, some in self.rows.items()
            for line, (row, values) in enumerate(some, 2)
        ]
        said = repr(sorted((one.entity, repr(one.row), repr(sorted(one.cells.items()))) for one in rows))  # fmt: skip
        digest = hashlib.sha256(said.encode()).hexdigest()
        tables = frozenset(one.entity for one in self.manifest.sheets)
        return ReturnedFile("folder/back.xlsx", self.manifest, "seal", tuple(rows), tables, digest)

    def _row(
        self, entity: str, row: int | None, values: Mapping[str, Any], line: int
    ) -> ReturnedRow:
        sheet = self.manifest.sheet_of(entity)
        assert sheet is not None
        left = dict(zip(sheet.fields, sheet.rows.get(row or 0, ()), strict=False))
        cells = {
            name: self._cell(value, f"{chr(66 + at)}{line}", left.get(name), row is not None)
            for at, (name, value) in enumerate(values.items())
            if name in sheet.editable and (row is not None or value is not None)
        }
        return ReturnedRow(entity, row, cells, sheet.name, line)

    def _cell(self, value: Any, at: str, left: Stored, known: bool) -> ReturnedCell:
        if isinstance(value, Unread):
            return ReturnedCell(None, at, value.text, "not readable")
        return ReturnedCell(value, at, str(value or ""), same=known and value == left)


class Unread:
    """What stands in a cell and is no value of its field: a number that is none, a name nobody has."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return f"Unread({self.text})"


def other_file(out: Out, file: ReturnedFile) -> ReturnedFile:
    """The same contents under another name, as a file that was saved again is."""
    del out
    return replace(file, path="other/again.ods")


DAY = date(2026, 11, 28)
