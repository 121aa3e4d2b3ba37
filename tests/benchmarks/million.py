"""Measures the list of a million customers: what a key costs there, beside a plain table of the same.

Run it as a script with the project's own Python; ``--rows 100000`` for a quick look, ``--book FILE``
to make the book once and use it again. Nothing is shown on a screen.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, Qt, QTimer  # noqa: E402
from PySide6.QtGui import QKeyEvent  # noqa: E402
from PySide6.QtWidgets import QApplication, QTableView, QWidget  # noqa: E402

from desktop.application import application  # noqa: E402
from models.book import Book  # noqa: E402
from models.describe.kinds import KINDS  # noqa: E402
from tests.benchmarks.measure import customer, write  # noqa: E402
from ui import languages, theme  # noqa: E402
from ui.main_window import MainWindow  # noqa: E402
from ui.records.record_page import RecordPage  # noqa: E402

NAMES = ("name", "code", "phone", "city", "grade", "annual_revenue")
AT_ONCE = 100_000  # records a change of the book to be measured
STEPS = 300
Index = Any


def make(path: Path, rows: int) -> None:
    """A book of so many customers."""

    def made(begin: int, end: int) -> Iterator[tuple[object, ...]]:
        for number in range(begin, end):
            *words, revenue = customer(number)
            yield (*words, Decimal(str(revenue)))

    with Book.create(path) as book:
        for begin in range(0, rows, AT_ONCE):
            with book.change("Fill") as change:
                change.add_many("customer", NAMES, made(begin, min(begin + AT_ONCE, rows)))


def memory() -> float:
    """MB that this process holds, 0 where the system doesn't tell it that way."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    found = next(
        one for one in status.read_text(encoding="utf-8").splitlines() if one.startswith("VmRSS:")
    )
    return int(found.split()[1]) / 1024


class Heart(QObject):
    """Beats in the window's thread and remembers its longest pause, and its longest work, in ms.

    On a machine that others use too a pause is longer than the work that the window did in it.
    """

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(2)
        self._timer.timeout.connect(self.beat)
        self.begin()

    def begin(self) -> None:
        """Count from now on."""
        self._last, self._worked = time.perf_counter(), time.thread_time()
        self._pause = self._work = 0.0
        self._timer.start()

    def beat(self) -> None:
        """One beat."""
        now, worked = time.perf_counter(), time.thread_time()
        self._pause = max(self._pause, (now - self._last) * 1000)
        self._work = max(self._work, (worked - self._worked) * 1000)
        self._last, self._worked = now, worked

    def end(self) -> str:
        """Both since the beginning, in words."""
        self.beat()
        self._timer.stop()
        return f"longest pause {self._pause:.0f} ms, of work {self._work:.0f} ms"


def wait(until: Callable[[], bool], seconds: float = 60.0) -> float:
    """Let the window work until something holds; how many ms that took."""
    begun = time.perf_counter()
    while not until():
        QApplication.processEvents()
        if time.perf_counter() - begun > seconds:
            raise TimeoutError
        time.sleep(0.001)
    return (time.perf_counter() - begun) * 1000


def press(widget: QWidget, key: Qt.Key, text: str = "") -> float:
    """One key, all that the window does until it is painted, in ms."""
    begun = time.thread_time()
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))
    QApplication.processEvents()
    return (time.thread_time() - begun) * 1000


class Plain(QAbstractTableModel):
    """The least that a table needs: strings in a list."""

    def __init__(self, rows: Sequence[tuple[str, ...]], right: Sequence[bool]) -> None:
        super().__init__()
        self._rows, self._right = rows, right

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Columns."""
        return 0 if parent.isValid() else len(self._right)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A string and its side."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self._rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole and self._right[index.column()]:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None


def shown(page: RecordPage) -> Iterator[tuple[str, ...]]:
    """Every cell as it is shown."""
    model, book = page.model, page.session.book
    fields = [model.field_at(one) for one in range(model.columnCount())]
    for begin in range(0, model.rowCount(), 1000):
        for row in book.rows(model.entity, model.ids[begin : begin + 1000], model.fields):
            yield tuple(
                "" if value is None else KINDS[field.kind].show(field, value, book.currency)
                for field, value in zip(fields, row, strict=True)
            )


def beside(page: RecordPage) -> QTableView:
    """A plain table of the same strings, in a window of the same size."""
    grid, model = page.grid, page.model
    right = [
        bool(model.index(0, one).data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight)
        for one in range(model.columnCount())
    ]  # fmt: skip
    table = QTableView()
    table.setModel(Plain(list(shown(page)), right))
    table.model().setParent(table)
    table.verticalHeader().setDefaultSectionSize(grid.verticalHeader().defaultSectionSize())
    table.setVerticalScrollMode(grid.verticalScrollMode())
    table.setWordWrap(False)
    for column in range(model.columnCount()):
        table.setColumnWidth(column, grid.columnWidth(column))
    table.resize(grid.size())
    table.show()
    return table


def say(what: str, found: Sequence[float], other: Sequence[float] = ()) -> None:
    """One line: the middle and the 95th of a hundred, ours and the plain table's."""
    middle, late = statistics.median(found), statistics.quantiles(found, n=20)[-1]
    line = f"| {what} | {middle:.2f} ms | {late:.2f} ms | {max(found):.2f} ms |"
    if other:
        plain = statistics.quantiles(other, n=20)[-1]
        line += f" {statistics.median(other):.2f} ms, {plain:.2f} ms | {late / plain:.2f}× |"
    else:
        line += " | |"
    write(line)


class Run:
    """One window on the large book."""

    def __init__(self, path: Path) -> None:
        self.before = memory()
        self.window = MainWindow()
        self.window.backups.off()
        self.window.resize(1280, 800)
        self.window.show()
        heart = Heart()
        begun = time.perf_counter()
        self.window.open_book(path)
        self.window.page("customers")
        self.page: RecordPage = self.window.records
        wait(lambda: self.page.model.rowCount() > 0)
        took = (time.perf_counter() - begun) * 1000
        self.rows = self.page.model.rowCount()
        self.settle()
        write(f"Opened, {self.rows:,} rows shown: {took:.0f} ms, {heart.end()}")
        self.said(f"Memory: {self.before:.0f} MB before")

    def said(self, what: str) -> None:
        """A line that ends with the memory held now."""
        write(f"{what}, now {memory():.0f} MB")

    def settle(self) -> None:
        """Wait until nothing runs."""
        wait(lambda: not self.window.jobs.busy and not self.page._timer.isActive())

    def typed(self, text: str) -> None:
        """Type and take away again, a key every 80 ms; pauses of the window meanwhile."""
        line, keys = self.page.search, []
        line.setFocus()
        heart = Heart()
        for one in text:
            keys.append(press(line, Qt.Key.Key_unknown, one))
            until = time.perf_counter() + 0.08
            wait(lambda until=until: time.perf_counter() > until)
        self.settle()
        found = self.page.model.rowCount()
        for _ in text:
            keys.append(press(line, Qt.Key.Key_Backspace))
            until = time.perf_counter() + 0.08
            wait(lambda until=until: time.perf_counter() > until)
        self.settle()
        wait(lambda: self.page.model.rowCount() == self.rows)
        write(
            f"Typed “{text}” ({found:,} hits) and took it away: longest key {max(keys):.1f} ms, "
            f"{heart.end()}"
        )

    def scrolled(self, table: QTableView | None) -> tuple[list[float], list[float]]:
        """Page down through the list, ours and the plain one in turn, without a rest."""
        both: tuple[list[float], list[float]] = ([], [])
        rest = self.page.grid._rest.interval()
        self.page.grid._rest.setInterval(3_600_000)  # on a busy machine a step may last as long
        views = [self.page.grid] if table is None else [self.page.grid, table]
        for view in views:
            view.setFocus()
            view.setCurrentIndex(view.model().index(0, 0))
        QApplication.processEvents()
        for _ in range(STEPS):
            for view, times in zip(views, both, strict=False):
                times.append(press(view, Qt.Key.Key_PageDown))
        self.page.grid._rest.setInterval(rest)
        return both

    def rested(self) -> list[float]:
        """Go down a row and rest there: the record beside the list is built anew."""
        grid, times = self.page.grid, []
        for row in range(30):
            begun = time.thread_time()
            grid.setCurrentIndex(grid.model().index(row, 0))
            QApplication.processEvents()
            times.append((time.thread_time() - begun) * 1000)
        return times

    def jumped(self, table: QTableView | None) -> tuple[list[float], list[float]]:
        """Jump to places all over the list, by its scroll bar."""
        both: tuple[list[float], list[float]] = ([], [])
        views = [self.page.grid] if table is None else [self.page.grid, table]
        for step in range(STEPS):
            place = step * 7919 % STEPS / STEPS
            for view, times in zip(views, both, strict=False):
                bar = view.verticalScrollBar()
                begun = time.thread_time()
                bar.setValue(int(bar.maximum() * place))
                QApplication.processEvents()
                times.append((time.thread_time() - begun) * 1000)
        return both

    def sorted_(self, field: str) -> None:
        """Sort by a column; then stop the way back, which leaves the order as it is."""
        page, jobs = self.page, self.window.jobs
        steps: list[float] = []
        jobs.moved.connect(lambda fraction, text: steps.append(fraction))
        column = page.model.fields.index(field)
        before = memory()
        heart = Heart()
        begun = time.perf_counter()
        loaded: list[int] = []
        page.model.loaded.connect(lambda: loaded.append(1))
        page.grid.horizontalHeader().sectionClicked.emit(column)
        held = [before]

        def arrived() -> bool:
            held.append(memory())
            return bool(loaded)

        wait(arrived)
        took = time.perf_counter() - begun
        pause = heart.end()
        self.settle()
        write(
            f"Sorted by {field}: {took:.2f} s, {pause}, progress said "
            f"{len(steps)} times, memory {before:.0f} → {memory():.0f} MB, at most {max(held):.0f} MB"
        )
        order, ids = list(page.model.sorting), page.model.ids[:]
        page.grid.horizontalHeader().sectionClicked.emit(column)
        wait(lambda: self.window._status._cancel.isVisible())
        heart.begin()
        self.window._status._cancel.click()
        stopped = wait(lambda: not self.window._status._cancel.isVisible())
        self.settle()
        kept = page.model.ids == ids and page.model.sorting == order
        write(
            f"Stopped: {stopped:.0f} ms until nothing runs, {heart.end()}, "
            f"{'the order is as it was' if kept else 'THE ORDER IS ANOTHER ONE'}"
        )

    def unsorted(self) -> None:
        """The book's own order again."""
        self.page.layout_.sort([])
        self.settle()


def measure(path: Path) -> None:
    """All of it on one book."""
    app = application()
    languages.apply(app, "zh_CN")
    theme.apply(app, "light")
    run = Run(path)
    for text in ("c", "上海", "机械12", "hcj"):
        run.typed(text)
    run.sorted_("name")
    say("Page down, sorted by name", run.scrolled(None)[0])
    say("Jump, sorted by name", run.jumped(None)[0])
    run.sorted_("annual_revenue")
    run.unsorted()
    run.said("After all that")
    table = beside(run.page)
    write(f"A plain table of the same strings in a list: now {memory():.0f} MB")
    write("| What | middle | 95 % within | at most | plain table: middle, 95 % | ratio at 95 % |")
    write("|---|---|---|---|---|---|")
    say("Page down", *run.scrolled(table))
    say("A jump to anywhere", *run.jumped(table))
    say("The record beside the list, when the keys rest", run.rested())
    table.close()
    run.window.close()


def main() -> None:
    """Make the book, unless it is there, and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--book", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="daybook-million-") as folder:
        path = chosen.book or Path(folder) / "million.daybook"
        if not path.exists():
            begun = time.perf_counter()
            make(path, chosen.rows)
            took, size = time.perf_counter() - begun, path.stat().st_size / 1e6
            write(f"A book of {chosen.rows:,} customers, {size:.0f} MB, was made in {took:.0f} s")
        measure(path)


if __name__ == "__main__":
    main()
