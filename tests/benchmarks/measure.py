"""Measures what a person waits for as ratios to what is possible, and prints the table.

Run it as a script with the project's own Python; ``--rows 1000`` for a quick look. Each figure and
its limit are measured in turn in the same run; the median of the ratios is printed.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import json
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import xlsxwriter  # noqa: E402
from python_calamine import CalamineWorkbook  # noqa: E402

from models import opening  # noqa: E402
from models.book import Book  # noqa: E402
from models.sheets import importing  # noqa: E402
from models.sheets.report import Options  # noqa: E402

HEADS = ("客户名称", "客户编号", "电话", "城市", "等级", "年营业额")
CITIES = ("上海", "北京", "广州", "深圳", "杭州", "南京", "成都", "武汉")
MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
WORDS = "华诚信达永安鑫润联锐盛航嘉辉泰泽瑞丰宏源众通海创"
BARE_WINDOW = """
import os, sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
sys.path.insert(0, sys.argv[1])
from desktop import operating_system
class Window(QMainWindow):
    def paintEvent(self, event):
        print(operating_system.process_age() * 1000, flush=True)
        QTimer.singleShot(0, app.quit)
app = QApplication([])
window = Window()
window.resize(1280, 800)
window.show()
app.exec()
"""


def write(line: str) -> None:
    """One line of the table, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def customer(number: int) -> tuple[str, str, str, str, str, float]:
    """One made-up row; all names differ."""
    brand = WORDS[number % 24] + WORDS[number // 24 % 24] + WORDS[number // 576 % 24]
    return (
        f"{CITIES[number % 8]}{brand}机械{number}有限公司",
        f"C{number:07}",
        f"138{number:08}",
        CITIES[number % 8],
        "ABCD"[number % 4],
        round(number * 1.37, 2),
    )


def sheet(path: Path, rows: int) -> None:
    """A workbook of customers."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    page = book.add_worksheet()
    page.write_row(0, 0, HEADS)
    for number in range(rows):
        page.write_row(number + 1, 0, customer(number))
    book.close()


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def compared(
    ours: Callable[[], object], limit: Callable[[], object], times: int
) -> tuple[float, float, float]:
    """Median seconds of both and the median ratio, measured in turn."""
    pairs = [(seconds(ours), seconds(limit)) for _ in range(times)]
    ratio = statistics.median(one / other for one, other in pairs)
    return (
        statistics.median(one for one, _ in pairs),
        statistics.median(other for _, other in pairs),
        ratio,
    )


class Run:
    """The folder of one run and what was measured in it."""

    def __init__(self, folder: Path, rows: int) -> None:
        self.folder, self.rows = folder, rows
        self.found: list[tuple[str, str, str, tuple[float, float, float]]] = []

    def say(self, what: str, limit: str, aim: str, one: tuple[float, float, float]) -> None:
        """Keep and show one line of the table."""
        self.found.append((what, limit, aim, one))
        ours, other, ratio = one
        write(f"| {what} | {limit} | {aim} | {ratio:.2f}× | {ours:.4g} s / {other:.4g} s |")

    def imported(self) -> Book:
        """The import end to end against reading and a plain insert; gives the filled book."""
        source = self.folder / "customers.xlsx"
        sheet(source, self.rows)
        made: list[Path] = []

        def ours() -> None:
            made.append(self.folder / f"import{len(made)}.daybook")
            with Book.create(made[-1]) as book:
                proposal = importing.prepare(book, [source], Options())
                importing.apply(proposal)
                proposal.close()

        def limit() -> None:
            read = CalamineWorkbook.from_path(str(source)).get_sheet_by_index(0).to_python()
            plain = sqlite3.connect(self.folder / f"plain{time.time_ns()}.db")
            plain.execute("CREATE TABLE customer (id INTEGER PRIMARY KEY, a, b, c, d, e, f)")
            plain.executemany(
                "INSERT INTO customer (a, b, c, d, e, f) VALUES (?, ?, ?, ?, ?, ?)", read[1:]
            )
            plain.commit()
            plain.close()

        what = f"Import of {self.rows:,} rows, journal, matching and search index included"
        self.say(what, "calamine and a plain insert", "≤ 3×", compared(ours, limit, 5))
        if importlib.util.find_spec("pandas") and importlib.util.find_spec("openpyxl"):
            self.say(what, "pandas read_excel and to_sql", "< 1×", compared(ours, self._pandas, 3))
        else:
            write("| … against pandas: not measured, it is not installed | | | | |")
        return Book.open(made[-1])

    def _pandas(self) -> None:
        """What a person who writes Python would do: no checks, no journal, no search."""
        import pandas

        frame = pandas.read_excel(self.folder / "customers.xlsx")
        with contextlib.closing(sqlite3.connect(self.folder / f"p{time.time_ns()}.db")) as plain:
            frame.to_sql("customer", plain, index=False)

    def searched(self, book: Book) -> None:
        """Typing in the search, against the index's own query."""
        from models.search import hits_sql

        entity = book.schema.entity("customer")
        for typed in ("鑫", "hcj", str(self.rows - 7)):
            sql, params = hits_sql(entity, typed)

            def ours(typed: str = typed) -> object:
                return book.ids("customer", search=typed)

            def limit(sql: str = sql, params: tuple[object, ...] = tuple(params)) -> object:
                return book.connection().run(sql, params)

            what = f"Search “{typed}” in {self.rows:,} customers"
            self.say(what, "the raw query of the index", "≤ 2×", compared(ours, limit, 15))

    def edited(self, book: Book) -> None:
        """One cell, durable and journalled, against one durable update."""
        ids = book.ids("customer")
        plain = sqlite3.connect(self.folder / "single.db", isolation_level=None)
        plain.execute("PRAGMA journal_mode=WAL")
        plain.execute("PRAGMA synchronous=FULL")
        plain.execute("CREATE TABLE customer (id INTEGER PRIMARY KEY, city)")
        plain.executemany("INSERT INTO customer (city) VALUES (?)", [("x",)] * 1000)
        count = iter(range(100_000))

        def ours() -> None:
            number = next(count)
            book.set("customer", ids[number % len(ids)], {"city": f"城{number}"})

        def limit() -> None:
            number = next(count)
            plain.execute(
                "UPDATE customer SET city = ? WHERE id = ?", (f"城{number}", number % 1000 + 1)
            )

        def add() -> None:
            with book.change("Add") as change:
                change.add("customer", {"name": f"新客户{next(count)}", "city": "上海"})

        for what, aim, work in (
            ("One cell edited, durable, journalled, found by search", "≤ 3×", ours),
            ("Such an edit taken back", "≤ 4×", book.undo),
            ("…and done again", "≤ 4×", book.redo),
            ("One record added, durable, journalled, found by search", "≤ 3×", add),
        ):
            self.say(what, "a raw durable commit", aim, compared(work, limit, 200))
        plain.close()

    def copied(self, book: Path) -> None:
        """A verified backup of an idle book, then while another writes, against a copied file."""
        busy, stop = self.folder / "busy.daybook", threading.Event()
        shutil.copyfile(book, busy)

        def write() -> None:
            with Book.open(busy) as open_book:
                number = 0
                while not stop.is_set():
                    number += 1
                    open_book.set("customer", number % 500 + 1, {"city": f"城{number}"})

        what = f"A backup of {book.stat().st_size / 1e6:.0f} MB, examined"
        self.say(what, "the file copied, on the disk", "≤ 5×", self._copied(book, book))
        writer = threading.Thread(target=write)
        writer.start()
        try:  # only the engine may open the busy one: the other is copied
            pair = self._copied(busy, book)
        finally:
            stop.set()
            writer.join()
        self.say(f"{what}, while another writes", "the file copied, on the disk", "≤ 5×", pair)

    def _copied(self, book: Path, file: Path) -> tuple[float, float, float]:
        def ours() -> None:
            target = self.folder / "copied.daybook"
            target.unlink(missing_ok=True)
            opening.backup(book, target)

        def limit() -> None:
            target = self.folder / "copied"
            target.unlink(missing_ok=True)
            shutil.copyfile(file, target)
            with target.open("rb+") as opened:
                os.fsync(opened.fileno())

        return compared(ours, limit, 15)

    def paged(self) -> None:
        """A page of a large table, against the same rows by raw SQL."""
        rows = self.rows * 10
        path = self.folder / "large.daybook"
        with Book.create(path) as book:
            with book.change("Fill") as change:
                change.add_many(
                    "activity",
                    ["at", "kind", "result"],
                    ((MOMENT, "call", f"第{n}次") for n in range(rows)),
                )
            ids = book.ids("activity")
            at = rows * 9 // 10
            fields = ["at", "kind", "result"]
            db = book.connection()

            def ours() -> object:
                return book.rows("activity", ids[at : at + 64], fields)

            def limit() -> object:
                marks = ", ".join("?" * 64)
                sql = f"SELECT id, at, kind, result FROM activity WHERE id IN ({marks})"
                return db.run(sql, tuple(ids[at : at + 64]))

            what = f"A page of 64 rows at {at:,} of {rows:,}"
            self.say(what, "raw SQL by row id", "≤ 2×", compared(ours, limit, 200))

    def started(self, book: Path) -> None:
        """Process start to first paint and to data, against a bare window; neither is compiled anew each time."""
        environment = os.environ | {
            "DAYBOOK_HOME": str(self.folder / "home"),
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONPYCACHEPREFIX": str(self.folder / "compiled"),
        }
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        bare: list[float] = []
        first: list[float] = []
        data: list[float] = []
        for _ in range(8):
            said = subprocess.run(
                [sys.executable, "-c", BARE_WINDOW, str(ROOT)],
                capture_output=True, text=True, check=True, env=environment, cwd=ROOT,
            )  # fmt: skip
            bare.append(float(said.stdout.split()[-1]) / 1000)
            said = subprocess.run(
                [sys.executable, "-m", "desktop", "--measure-start", str(book)],
                capture_output=True, text=True, check=True, env=environment, cwd=ROOT,
            )  # fmt: skip
            told = json.loads(said.stdout.splitlines()[-1])
            first.append(told["first_paint_ms"] / 1000)
            data.append(told["data_shown_ms"] / 1000)
        del bare[0], first[0], data[0]  # that one compiled
        for what, aim, found in (
            ("Start to first paint", "≤ 3×", first),
            (f"Start to data shown, {self.rows:,} customers", "≤ 6×", data),
        ):
            ratio = statistics.median(one / other for one, other in zip(found, bare, strict=True))
            pair = (statistics.median(found), statistics.median(bare), ratio)
            self.say(what, "a bare window of the same library", aim, pair)

    def remembered(self) -> None:
        """Python's own memory while importing, of many rows against a tenth of them."""
        peaks = []
        for rows in (self.rows, max(self.rows // 10, 100)):
            source = self.folder / f"memory{rows}.xlsx"
            sheet(source, rows)
            with Book.create(self.folder / f"memory{rows}.daybook") as book:
                tracemalloc.start()
                proposal = importing.prepare(book, [source], Options())
                importing.apply(proposal)
                proposal.close()
                peaks.append(tracemalloc.get_traced_memory()[1])
                tracemalloc.stop()
        ratio = peaks[0] / peaks[1]
        write(
            f"| Memory of an import, {self.rows:,} rows | a tenth of the rows | ≤ 1.2× | "
            f"{ratio:.2f}× | {peaks[0] / 1e6:.1f} MB / {peaks[1] / 1e6:.1f} MB |"
        )


def main() -> None:
    """Measure everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    rows = parser.parse_args().rows
    write("| What a person waits for | Limit | Aim | Reached | Ours / limit |")
    write("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory(prefix="daybook-measure-") as folder:
        run = Run(Path(folder), rows)
        with run.imported() as book:
            run.searched(book)
            run.edited(book)
            path = book.path
        run.copied(path)
        run.started(path)
        run.paged()
        run.remembered()


if __name__ == "__main__":
    main()
