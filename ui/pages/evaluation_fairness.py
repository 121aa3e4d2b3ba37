"""Whether a cycle of evaluations was fair: the checks above, the lines of the chosen one below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from models.book import Book
from models.progress import Progress
from models.texts import N_, ntr, tr
from ui import help_pages, theme
from ui.jobs import Latest
from ui.pages.acted_model import ActedModel, Line
from ui.pages.buttons_menu import ButtonsMenu
from ui.pages.read_when_seen import ReadWhenSeen
from ui.records.empty_state import EmptyState
from ui.session import Session

if TYPE_CHECKING:
    from models.evaluations.checks import Check, Fairness

_RESTS_ON = frozenset(
    {
        "evaluation", "evaluation_cycle", "evaluation_rating", "scorecard_template", "scorecard_item",
        "grade_band", "salesperson", "team", "goal", "leave", "customer", "opportunity", "order",
        "order_line", "receipt", "activity", "task", "opportunity_ledger", "survey_response",
    }
)  # fmt: skip
_HEADS = (N_("Check"), N_("Verdict"), N_("Finding"))
_WIDEST = 260
_MEASURED = 60  # rows from the first one seen by which a column's width is found
_LEAST = 2  # checks that are always seen; others are scrolled to where room is short
_COLOURS = {"look": "warning", "unknown": "muted"}
_NUMBER = re.compile(r"[+\-−]?[\d,]*\.?\d+")


class CheckTable(QTableView):
    """Lines that are read; ``wanted`` when Enter is pressed on one."""

    wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setResizeContentsPrecision(_MEASURED)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter asks for the records, Ctrl+C copies the line."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.wanted.emit()
        elif event.matches(QKeySequence.StandardKey.Copy) and self.currentIndex().isValid():
            row, model = self.currentIndex().row(), self.model()
            cells = [str(model.index(row, at).data() or "") for at in range(model.columnCount())]
            QGuiApplication.clipboard().setText("\t".join(cells))
        else:
            super().keyPressEvent(event)

    def fit(self) -> None:
        """Give columns the width that they ask for, up to a limit; the last takes what is left."""
        self.verticalHeader().setDefaultSectionSize(theme.row_height())
        for column in range(self.model().columnCount() - 1):
            asked = max(
                self.sizeHintForColumn(column),
                self.horizontalHeader().sectionSizeHint(column),
            )
            self.setColumnWidth(column, min(asked + 12, theme.scaled(_WIDEST)))

    def fit_height(self) -> None:
        """Be as high as all lines."""
        high = self.horizontalHeader().sizeHint().height() + 2 * self.frameWidth()
        rows = self.model().rowCount()
        self.setMinimumHeight(high + min(rows, _LEAST) * theme.row_height() + 2)
        self.setMaximumHeight(high + rows * theme.row_height() + 2)


class EvaluationFairness(ReadWhenSeen):
    """The checks of a cycle; ``open_records`` carries the records behind a number."""

    rests_on = _RESTS_ON
    open_records = Signal(str, object)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, parent)
        self._latest = Latest(session.jobs, self)
        self._found: Fairness | None = None
        self._wanted: int | None = None  # the cycle that was chosen
        help_pages.offer(self, "evaluations")
        self.cycle = QComboBox(self)
        self.cycle.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._label, self.said, self.method = QLabel(self), QLabel(self), QLabel(self)
        self._label.setBuddy(self.cycle)
        self.heading, self.finding = QLabel(self), QLabel(self)
        self.heading.setObjectName("heading")
        for muted in (self._label, self.said, self.method):
            muted.setObjectName("muted")
        for long in (self.finding, self.method):
            long.setWordWrap(True)
        self.records = QPushButton(self)
        self.checks, self.lines = CheckTable(self), CheckTable(self)
        self._check_model = ActedModel(_HEADS, (), self)
        self._line_model = ActedModel((), (), self)
        self.checks.setModel(self._check_model)
        self.lines.setModel(self._line_model)
        self.empty = EmptyState(self)
        self._arrange()
        self._connect()
        self.retranslate()

    def _arrange(self) -> None:
        head, below = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self._label)
        head.addWidget(self.cycle)
        head.addWidget(self.said, 1)
        below.addWidget(self.heading, 1)
        below.addWidget(self.records)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 12, 8)
        box.setSpacing(8)
        box.addLayout(head)
        box.addWidget(self.checks, 3)  # as high as its lines, then the other has the rest
        box.addLayout(below)
        box.addWidget(self.finding)
        box.addWidget(self.lines, 2)
        box.addWidget(self.method)
        box.addWidget(self.empty, 1)

    def _connect(self) -> None:
        self.cycle.activated.connect(self._choose)
        self.checks.selectionModel().currentRowChanged.connect(self._turn)
        self.checks.wanted.connect(self.lines.setFocus)
        self.lines.wanted.connect(self.open_current)
        self.lines.doubleClicked.connect(self.open_current)
        for table in (self.checks, self.lines):
            ButtonsMenu(table, self._offered)
        self.lines.horizontalHeader().setSectionsClickable(True)
        self.lines.horizontalHeader().sectionClicked.connect(self._sort)
        self.records.clicked.connect(self.open_current)
        self._session.closing.connect(self._latest.forget)

    def retranslate(self) -> None:
        """Show everything in the current language and theme; sentences are made again."""
        self._label.setText(tr(N_("Evaluation cycle")))
        self.cycle.setAccessibleName(self._label.text())
        self.records.setText(tr(N_("Show the records")))
        self.records.setAccessibleName(self.records.text())
        self.checks.setAccessibleName(tr(N_("Checks of fairness")))
        self._read_soon()
        self._show()

    # -- reading -----------------------------------------------------------------------------------

    def _choose(self) -> None:
        self._wanted = self.cycle.currentData()
        self.read()

    def read(self) -> None:
        """Read everything again."""
        self._stale = False
        book, wanted = self._session.book, self._wanted

        def work(progress: Progress) -> tuple[tuple[tuple[int, str], ...], Fairness | None]:
            return _read(book, wanted, progress)

        self._latest.ask(work, self._put, self._failed, tr(N_("Checking fairness…")))
        if self._found is None:
            self.empty.say(tr(N_("Computing…")))

    def _failed(self, error: Exception) -> None:
        self._stale = True
        if str(error):
            self._found = None
            self._show()
            self.empty.say(str(error))

    def _put(self, told: tuple[tuple[tuple[int, str], ...], Fairness | None]) -> None:
        cycles, self._found = told
        self.cycle.clear()  # its width follows what is put in anew
        for row, name in cycles:
            self.cycle.addItem(name, row)
        if self._found is not None:
            self.cycle.setCurrentIndex(self.cycle.findData(self._found.cycle))
        self._show()

    # -- showing -----------------------------------------------------------------------------------

    def _show(self) -> None:
        found = self._found
        there = found is not None and bool(found.checks)
        for part in (
            self.checks,
            self.heading,
            self.finding,
            self.lines,
            self.method,
            self.records,
        ):
            part.setVisible(there)
        self.empty.setVisible(not there)
        for chooser in (self._label, self.cycle):
            chooser.setVisible(self.cycle.count() > 0)
        self.said.setText(
            ntr(
                "{n} person, by the records as they are today",
                "{n} people, by the records as they are today",
                found.people,
            )
            if there and found is not None
            else ""
        )
        if there:
            self._show_checks()
        elif found is not None:
            self.empty.say(tr(N_("Nobody is evaluated in this cycle yet.")))
        elif not self._stale:
            self.empty.say(
                tr(
                    N_(
                        "There is no evaluation cycle yet. Add one in the list of cycles, and a scorecard, to see whether it is fair."
                    )
                )
            )

    def _show_checks(self) -> None:
        assert self._found is not None
        at = max(self.checks.currentIndex().row(), 0)
        self._check_model.put(
            [
                Line(
                    ("check", place),
                    (one.title, one.verdict_text, one.finding.replace("\n", " ")),
                    one,
                    colour=(1, _COLOURS[one.verdict]) if one.verdict in _COLOURS else None,
                )
                for place, one in enumerate(self._found.checks)
            ]
        )
        self.checks.fit()
        self.checks.fit_height()
        self.checks.selectRow(min(at, len(self._found.checks) - 1))  # which shows its lines

    @property
    def check(self) -> Check | None:
        """The check whose lines are shown."""
        at, found = self.checks.currentIndex().row(), self._found
        return found.checks[at] if found is not None and 0 <= at < len(found.checks) else None

    def _turn(self, *_: object) -> None:
        check = self.check
        if check is None:
            return
        self.heading.setText(check.title)
        self.finding.setText(check.finding)
        self.method.setText(check.method)
        self.lines.setAccessibleName(check.title)
        old, self._line_model = (
            self._line_model,
            ActedModel((*check.heads, N_("What it means")), check.numbers, self),
        )
        self.lines.setModel(self._line_model)
        old.deleteLater()
        self._line_model.put(_lines(check))
        self.lines.horizontalHeader().setSortIndicatorShown(False)
        self.lines.fit()
        self.lines.selectionModel().currentRowChanged.connect(self._may_open)
        if check.lines:
            self.lines.selectRow(0)
        self._may_open()

    def _sort(self, column: int) -> None:
        model, head = self._line_model, self.lines.horizontalHeader()
        model.sort_by(column)
        head.setSortIndicatorShown(model.by is not None)
        down = Qt.SortOrder.DescendingOrder if model.down else Qt.SortOrder.AscendingOrder
        head.setSortIndicator(column, down)
        self._may_open()

    # -- the records behind ------------------------------------------------------------------------

    def _current(self) -> Line | None:
        row = self.lines.currentIndex().row()
        lines = self._line_model.lines
        return lines[row] if 0 <= row < len(lines) else None

    def _may_open(self, *_: object) -> None:
        line = self._current()
        self.records.setEnabled(line is not None and bool(line.thing.records))

    def open_current(self, *_: object) -> None:
        """Show the records behind the current line, those that the current column counts first."""
        line, check = self._current(), self.check
        if line is None or check is None:
            return
        first = check.leads.get(self.lines.currentIndex().column(), "")
        records = dict(sorted(line.thing.records.items(), key=lambda one: one[0] != first))
        if records:
            self.open_records.emit(line.thing.sentence, records)

    def _offered(self) -> tuple[QPushButton, ...]:
        return (self.records,)


def _read(
    book: Book, wanted: int | None, progress: Progress
) -> tuple[tuple[tuple[int, str], ...], Fairness | None]:
    """All cycles, and the checks of the one that is wanted, else of the latest that has begun."""
    from models.evaluations.fairness import cycles, fairness, latest

    known = cycles(book)
    rows = [row for row, _ in known]
    row = wanted if wanted in rows else latest(book)
    return known, None if row is None else fairness(book, row, progress=progress)


def _lines(check: Check) -> list[Line]:
    return [
        Line(
            ("line", place),
            (*one.cells, one.sentence),
            one,
            tuple((column, _key(one.cells, column)) for column in check.numbers),
            (0, "warning") if one.look else None,
        )
        for place, one in enumerate(check.lines)
    ]


def _key(cells: Sequence[str], column: int) -> float:
    """By what a figure is sorted; what has none comes first."""
    found = _NUMBER.search(cells[column])
    if found is None:
        return float("-inf")
    return float(found[0].replace(",", "").replace("−", "-"))
