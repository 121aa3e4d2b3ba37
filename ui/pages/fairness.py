"""How evenly good chances were given over 90 days: everybody's side of the ledger, furthest below first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QAction, QColor, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from models.progress import Progress
from models.texts import N_, ntr, tr
from models.workbooks import freshness
from ui import help_pages, theme
from ui.jobs import Latest
from ui.pages.read_when_seen import ReadWhenSeen
from ui.records.empty_state import EmptyState
from ui.records.read_table import RIGHT, DrawnCell, Index, LineModel, LineTable
from ui.session import Session

if TYPE_CHECKING:
    from models.assignment.ledger import Balance

_Found = tuple[list["Balance"], Mapping[int, freshness.Freshness]]
_BAR_ROLE = Qt.ItemDataRole.UserRole + 1  # got, equal share, the most of all
_RESTS_ON = {"opportunity_ledger", "salesperson"} | freshness.RESTS_ON


class Column(IntEnum):
    """What stands where."""

    PERSON = 0
    COUNT = 1
    GOT = 2
    SHARE = 3
    DIFFERENCE = 4
    AGE = 5
    BAR = 6


_HEADS = {
    Column.PERSON: N_("Salesperson"),
    Column.COUNT: N_("Good chances"),
    Column.GOT: N_("Worth together"),
    Column.SHARE: N_("Equal share"),
    Column.DIFFERENCE: N_("More or less"),
    Column.AGE: N_("Data as of"),
    Column.BAR: N_("Got and share"),
}
_WIDTHS = {
    Column.PERSON: 130, Column.COUNT: 110, Column.GOT: 120, Column.SHARE: 110,
    Column.DIFFERENCE: 110, Column.AGE: 110,
}  # fmt: skip


class BalanceModel(LineModel["Balance"]):
    """Everybody's side of the ledger."""

    heads = _HEADS
    numbers = range(Column.PERSON + 1, Column.AGE)
    heads_told = True

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.ages: Mapping[int, freshness.Freshness] = {}
        self._most = 1

    def show(self, balances: Sequence[Balance], ages: Mapping[int, freshness.Freshness]) -> None:
        """Show another ledger, and how old everybody's data is."""
        self.ages = ages
        self._most = max([1, *(max(one.got, one.share) for one in balances)])
        self.put(balances)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows and says."""
        if not index.isValid():
            return None
        one, column = self.lines[index.row()], Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(one, column)
            case Qt.ItemDataRole.ToolTipRole:
                return self._age(one).text() if column == Column.AGE else one.text()
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._said(one, column)
            case Qt.ItemDataRole.TextAlignmentRole if column in self.numbers:
                return RIGHT
            case Qt.ItemDataRole.TextAlignmentRole if column == Column.AGE:
                return Qt.AlignmentFlag.AlignCenter
            case Qt.ItemDataRole.ForegroundRole if column == Column.DIFFERENCE and not one.even:
                return theme.brush("warning")
            case _ if role == _BAR_ROLE and column == Column.BAR:
                return one.got, one.share, self._most, one.even
        return None

    def _text(self, one: Balance, column: Column) -> str:
        from models.assignment.inputs import chances_text

        match column:
            case Column.PERSON:
                return one.name
            case Column.COUNT:
                return str(one.count)
            case Column.GOT:
                return chances_text(one.got)
            case Column.SHARE:
                return chances_text(one.share)
            case Column.DIFFERENCE:
                text = chances_text(abs(one.difference))
                return text if not one.difference else ("+" if one.difference > 0 else "−") + text
            case Column.AGE:
                return self._age(one).day_text()
        return ""

    def _said(self, one: Balance, column: Column) -> str:
        """What who hears the screen is told."""
        match column:
            case Column.BAR:
                return one.text()
            case Column.AGE:
                return self._age(one).text()
        return self._text(one, column)

    def _age(self, one: Balance) -> freshness.Freshness:
        return self.ages.get(one.person) or freshness.Freshness(one.person, one.name)


class _Bar(DrawnCell):
    """What somebody got as a bar, an equal share as a line."""

    role = _BAR_ROLE

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, found: Any) -> None:
        """The bar, and the line over it."""
        got, share, most, even = found
        room: QRect = option.rect
        high, width = max(room.height() // 3, 6), room.width() - 16
        left, top = room.left() + 8, room.center().y() - high // 2
        colours = theme.colours()
        bar = QColor(colours.series[0] if even else colours.warning)
        painter.fillRect(left, top, round(width * got / most), high, bar)
        at = left + round(width * share / most)
        painter.fillRect(at - 1, top - 3, 2, high + 6, QColor(colours.text))


class FairnessTab(ReadWhenSeen):
    """The ledger of good chances; ``open_records`` carries the chances behind a number."""

    rests_on = _RESTS_ON
    open_records = Signal(str, object)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, parent)
        self._latest = Latest(session.jobs, self)
        help_pages.offer(self, "assignment")
        self.model = BalanceModel(self)
        self.heading, self.note = QLabel(self), QLabel(self)
        self.heading.setObjectName("heading")
        self.note.setObjectName("muted")
        self.note.setWordWrap(True)
        self.records = QPushButton(self)
        self.table = self._make_table()
        self.empty = EmptyState(self)
        head = QHBoxLayout()
        head.addWidget(self.heading, 1)
        head.addWidget(self.records)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 12, 8)
        box.addLayout(head)
        box.addWidget(self.table, 1)
        box.addWidget(self.empty, 1)
        box.addWidget(self.note)
        self.records.clicked.connect(self._open)
        self.table.entered.connect(self._open)
        self.table.doubleClicked.connect(self._open)
        self.table.customContextMenuRequested.connect(self._menu)
        self.table.selectionModel().currentChanged.connect(self._may_open)
        session.closing.connect(self._latest.forget)
        self.retranslate()

    def _make_table(self) -> LineTable:
        table = LineTable(self.model, self)
        table.setItemDelegateForColumn(Column.BAR, _Bar(table))
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        return table

    def retranslate(self) -> None:
        """Show everything in the current language and theme."""
        self.heading.setText(tr(N_("Good chances of 90 days")))
        self.records.setText(tr(N_("Show the chances")))
        self.records.setAccessibleName(self.records.text())
        self.table.setAccessibleName(self.heading.text())
        self.note.setText(
            tr(
                N_(
                    "1 is an ordinary chance. The equal share follows the days that somebody was in the team; within a tenth of it, or one chance, counts as even. The line is the equal share."
                )
            )
        )
        self.table.verticalHeader().setDefaultSectionSize(theme.row_height())
        for column, width in _WIDTHS.items():
            self.table.setColumnWidth(column, theme.scaled(width))
        self.empty.say(
            tr(N_("No good chance was given in 90 days. Assigning leads and tasks fills this."))
        )
        self.model.show(self.model.lines, self.model.ages)
        self._may_open()

    def read(self) -> None:
        """Read everything again."""
        self._stale = False
        book = self._session.book

        def work(progress: Progress) -> _Found:
            from models.assignment.ledger import balances

            return balances(book), freshness.ages(book, date.today())

        self._latest.ask(work, self._show, self._failed)

    def _failed(self, error: Exception) -> None:
        self._stale = True

    def _show(self, made: _Found) -> None:
        row = self.table.currentIndex().row()
        found, known = made
        self.model.show(found, known)
        there = any(one.got for one in found)
        self.table.setVisible(there)
        self.note.setVisible(there)
        self.empty.setVisible(not there)
        uneven = sum(not one.even for one in found)
        said = tr(N_("Good chances of 90 days"))
        if there:
            more = ntr(
                "{n} person far from an equal share", "{n} people far from an equal share", uneven
            )
            said = f"{said} · {more}"
        self.heading.setText(said)
        if there:
            at = row if 0 <= row < len(found) else 0
            self.table.setCurrentIndex(self.model.index(at, Column.PERSON))
        self._may_open()

    def _may_open(self) -> None:
        row = self.table.currentIndex().row()
        one = self.model.line(row)
        self.records.setEnabled(one is not None and bool(one.count))

    def _open(self) -> None:
        from models.assignment.ledger import chances

        row = self.table.currentIndex().row()
        one = self.model.line(row)
        if one is not None and one.count:
            rows = chances(self._session.book, one.person)
            self.open_records.emit(one.text(), {"opportunity_ledger": rows})

    def _menu(self, at: QPoint) -> None:
        menu = QMenu(self.table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        action = QAction(self.records.text(), menu)
        action.triggered.connect(self._open)
        action.setEnabled(self.records.isEnabled())
        menu.addAction(action)
        menu.popup(self.table.viewport().mapToGlobal(at))
