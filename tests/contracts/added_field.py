"""A program in which customers have two more fields, each declared in one line; nothing else is changed.

It runs as a process of its own, because what is declared is read once. It prints as JSON what each
part of the program makes of the fields.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from models.customers import customer
from models.describe.field import Choice
from models.describe.fields import choice, text

RISKS = (Choice("low", "Low risk", ("低",)), Choice("high", "High risk", ("高",)))
LICENCE = text("licence", "Export licence", "出口许可证", searched=True, help="Its number.")
RISK = choice("risk", "Credit risk", RISKS, "信用风险", help="How sure payment is.")
customer.CUSTOMER = replace(customer.CUSTOMER, fields=(*customer.CUSTOMER.fields, LICENCE, RISK))

from PySide6.QtCore import Qt  # noqa: E402
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget  # noqa: E402

from desktop.__main__ import main as daybook  # noqa: E402
from desktop.application import application  # noqa: E402
from models.book import Book  # noqa: E402
from models.sheets import importing  # noqa: E402
from models.sheets.report import Options  # noqa: E402
from tests.gallery.__main__ import Waiting  # noqa: E402
from tests.ui.acting import settle  # noqa: E402
from ui import languages, theme  # noqa: E402
from ui.dialogs.new_record import NewRecord  # noqa: E402
from ui.main_window import MainWindow  # noqa: E402
from ui.settings import Settings  # noqa: E402


def command(*words: object) -> str:
    """What a verb prints."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        assert daybook([str(one) for one in words]) == 0
    return said.getvalue()


class Program:
    """One book in one window, and what can be asked of them."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.path = folder, folder / "team.daybook"
        with Book.create(self.path) as book, book.change("Fill") as change:
            for name, licence, risk in (("甲公司", "L-77", "high"), ("乙公司", None, "low")):
                change.add("customer", {"name": name, "licence": licence, "risk": risk})
        app = application()
        languages.apply(app, "en")
        theme.apply(app, "light")
        self.window = MainWindow(Settings())
        self.window.backups.off()
        self.window.resize(1280, 800)
        self.window.show()
        assert self.window.open_book(self.path)
        self.records = self.window.page("customers").list_of("customer")
        settle(Waiting(), self.window)
        self.book = self.window.session.book
        self.first = self.book.ids("customer")[0]

    def value(self, field: str) -> Any:
        """What the first customer holds."""
        return self.book.record("customer", self.first)[field]

    def heads(self) -> list[str]:
        """The names of the columns."""
        model = self.records.model
        across = Qt.Orientation.Horizontal
        return [str(model.headerData(one, across)) for one in range(model.columnCount())]

    # -- each part of the program; True when the fields are there and work ------------------------

    def grid(self) -> bool:
        """Columns, their cells, and typing into one."""
        model, column = self.records.model, self.heads().index("Export licence")
        assert model.index(0, column).data() == "L-77"
        assert model.index(0, self.heads().index("Credit risk")).data() == "High risk"
        assert model.setData(model.index(0, column), "L-78")
        return self.value("licence") == "L-78"

    def undo(self) -> bool:
        """The typed value is taken back, and the journal names the field."""
        assert self.book.set("customer", self.first, {"licence": "L-79"})
        assert [one.field for one in self.book.edits("customer", self.first, 1)] == ["licence"]
        self.book.undo()
        return self.value("licence") != "L-79"

    def form(self) -> bool:
        """Editors beside the list, named."""
        self.records.grid.setCurrentIndex(self.records.model.index(0, 0))
        QApplication.processEvents()
        return names(self.records.detail) >= {"Export licence", "Credit risk"}

    def new_record(self) -> bool:
        """Asked for in a new record when a page lists it."""
        columns = ("name", "licence", "risk")
        dialog = NewRecord(self.window.session, "customer", self.window, columns)
        return names(dialog) >= {"Export licence", "Credit risk"}

    def filter(self) -> bool:
        """By its id and by its label, a choice by its label too."""
        asked = ("licence~L-7", "Export licence~L-7", "risk=high", "Credit risk=High risk")
        return all(list(self.book.ids("customer", where=one)) == [self.first] for one in asked)

    def sort(self) -> bool:
        """By either."""
        return [
            len(self.book.ids("customer", sort=[(one, True)])) for one in ("licence", "risk")
        ] == [2, 2]

    def search(self) -> bool:
        """The one that is declared as searched is found by typing."""
        return list(self.book.ids("customer", search="L-7")) == [self.first]

    def palette(self) -> bool:
        """Anything finds the record by it."""
        return [(one.entity, one.row) for one in self.book.find_best("L-7")] == [
            ("customer", self.first)
        ]

    def export(self) -> bool:
        """A sheet holds columns of them, and coming back changes what was changed there."""
        target = self.folder / "out.csv"
        command("export", self.path, target, "customer")
        rows = list(csv.reader(target.read_text("utf-8-sig").splitlines()))
        at, risk = rows[0].index("Export licence"), rows[0].index("Credit risk")
        assert [row[risk] for row in rows[1:]] == ["High risk", "Low risk"]
        rows[1][at] = "L-80"
        with target.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        told = json.loads(command("import", self.path, target, "--json"))
        return told["tables"][0]["updated"] == 1 and self.value("licence") == "L-80"

    def view(self) -> bool:
        """What is seen is exported with them."""
        target = self.folder / "seen.xlsx"
        self.records.export_to(target)
        settle(Waiting(), self.window)
        shown = [
            self.book.schema.entity("customer").field(one).id
            for one in self.records.grid.fields_shown()
        ]
        return target.exists() and {"licence", "risk"} <= set(shown)

    def importing(self) -> bool:
        """Foreign headings are understood, and foreign words of a choice."""
        source = self.folder / "foreign.csv"
        source.write_text("客户名称,出口许可证,信用风险\n丙公司,L-99,高\n", encoding="utf-8")
        proposal = importing.prepare(self.book, [source], Options())
        importing.apply(proposal)
        proposal.close()
        found = self.book.record("customer", self.book.ids("customer")[-1])
        return (found["licence"], found["risk"]) == ("L-99", "high")

    def commands(self) -> bool:
        """The command line lists, sets and filters them."""
        id = self.book.public_id("customer", self.first)
        command("set", self.path, "customer", id, "licence=L-81", "risk=Low risk")
        said = command(
            "list", self.path, "customer", "--where", "licence=L-81",
            "--fields", "licence,risk", "--json",
        )  # fmt: skip
        [row] = json.loads(said)
        return row["licence"] == "L-81" and row["risk"] in ("low", "Low risk")

    def past(self) -> bool:
        """The record as it was shows them."""
        self.book.set("customer", self.first, {"licence": "L-82"})
        before = self.book.as_of("customer", self.first, 1)
        return before is not None and before["licence"] == "L-77"

    def replacing(self) -> bool:
        """Pasted and replaced like any other."""
        grid = self.records.grid
        [(_, columns)] = grid.block_shown()
        return {"licence", "risk"} <= set(columns)


PARTS: dict[str, Callable[[Program], bool]] = {
    "grid": Program.grid,
    "journal and undo": Program.undo,
    "form": Program.form,
    "new record": Program.new_record,
    "filter": Program.filter,
    "sort": Program.sort,
    "search": Program.search,
    "palette": Program.palette,
    "export and coming back": Program.export,
    "export of what is seen": Program.view,
    "import of a foreign sheet": Program.importing,
    "command line": Program.commands,
    "as it was": Program.past,
    "paste and replace": Program.replacing,
}


def names(inside: QWidget) -> set[str]:
    """The accessible names of the editors inside."""
    kinds = (QLineEdit, QComboBox)
    return {one.accessibleName() for kind in kinds for one in inside.findChildren(kind)}


def ask(folder: Path) -> dict[str, str]:
    """What each part makes of the fields: "" where all is well."""
    program, found = Program(folder), {}
    for name, part in PARTS.items():
        try:
            found[name] = "" if part(program) else "they are not there"
        except Exception as error:  # noqa: BLE001 - told to the test, part by part
            found[name] = repr(error)
    program.window.close()
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(ask(Path(sys.argv[1]))) + "\n")
