"""The pace board: everybody's goals side by side, the worst first; a click opens the records behind."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QMenu,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from models.texts import N_, ntr, tr
from ui import theme
from ui.pages.behind import Behind
from ui.pages.pace_board_model import PaceBoardModel, PaceCell, cell_height
from ui.pages.pace_head import PaceHead
from ui.pages.pace_reader import PaceReader, Seen
from ui.records.empty_state import EmptyState
from ui.records.read_table import menu_place
from ui.session import Session

_WIDTH = 230  # points of a column
_FEW = 3  # of what was reached without a target, said in the line; the rest in its tooltip
_MANY = 20


class _Table(QTableView):
    """People down, goals across; ``wanted`` when the records of a cell are asked for."""

    wanted = Signal(QModelIndex)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.clicked.connect(self.wanted)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter asks for the records, as a click does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.wanted.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of a cell: the records behind it."""
        index, place = menu_place(self, event)
        if not index.isValid():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        row, column = index.row(), index.column()

        def ask() -> None:
            self.wanted.emit(self.model().index(row, column))

        records = menu.addAction(tr(N_("Records behind it")))
        records.triggered.connect(ask)
        records.setEnabled(bool(index.data()))
        menu.popup(place)


class PaceBoardTab(QWidget):
    """Everybody's goals of a period on a day."""

    open_records = Signal(str, object)

    def __init__(self, session: Session, reader: PaceReader, parent: QWidget) -> None:
        super().__init__(parent)
        self.reader = reader
        self.behind = Behind(session, self)
        self.behind.found.connect(self.open_records)
        self.head = PaceHead(session, reader, self)
        self.records_button = self.head.add_button()
        self.model = PaceBoardModel(session.book.currency, self)
        self.table = _Table(self)
        self.table.setModel(self.model)
        self.table.setItemDelegate(PaceCell(self.table))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.setTabKeyNavigation(False)
        self.table.setCornerButtonEnabled(False)
        for header in (self.table.horizontalHeader(), self.table.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setHighlightSections(False)
        self.empty = EmptyState(self)
        self.beside = QLabel(self)
        self.beside.setObjectName("muted")
        self.beside.setWordWrap(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 12, 8)
        box.setSpacing(8)
        box.addWidget(self.head)
        box.addWidget(self.table, 1)
        box.addWidget(self.empty, 1)
        box.addWidget(self.beside)
        self.table.wanted.connect(self._open)
        self.table.selectionModel().currentChanged.connect(self._chosen)
        self.records_button.clicked.connect(self._open_current)
        self.empty.wanted.connect(self._help)
        reader.changed.connect(self._show)
        reader.asked.connect(self._wait)
        reader.watch(self)

    def retranslate(self) -> None:
        """Show everything in the current language and theme."""
        self.head.retranslate()
        self.table.setAccessibleName(tr(N_("Pace")))
        text = tr(N_("Records behind it"))
        self.records_button.setText(text)
        self.records_button.setAccessibleName(text)
        self._fit()
        self._show()

    def _fit(self) -> None:
        self.table.horizontalHeader().setDefaultSectionSize(theme.scaled(_WIDTH))
        height = cell_height(self.table.fontMetrics().height())
        self.table.verticalHeader().setDefaultSectionSize(height)
        self.table.verticalHeader().setMinimumWidth(theme.scaled(96))
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self.table.verticalHeader().setDefaultAlignment(left)

    def showEvent(self, event: QShowEvent) -> None:
        """Read when first shown; follow what was written meanwhile."""
        super().showEvent(event)
        self._show()
        self.reader.need()

    def _wait(self) -> None:
        self.head.say(tr(N_("Computing…")))

    def _show(self) -> None:
        if not self.isVisible():
            return  # it is shown when it is looked at
        self.head.show_choice()
        seen = self.reader.seen
        if seen is not None:
            place = self.model.place(self.table.currentIndex())
            self.model.show(seen)
            again = self.model.index_of(place)
            if again.isValid() and again != self.table.currentIndex():
                self.table.setCurrentIndex(again)
            n = self.model.rowCount()
            said = ntr("{n} person, the worst first", "{n} people, the worst first", n)
            self.head.say(said if seen.chances else tr(N_("{goals} · chances…"), goals=said))
            self._say_beside(seen)
        there = self.model.rowCount() > 0
        self.table.setVisible(there)
        self.empty.setVisible(not there)
        self._chosen(self.table.currentIndex())
        if not there:
            self._say_empty(seen)

    def _say_empty(self, seen: Seen | None) -> None:
        self.head.say("")
        if self.reader.fault:
            self.empty.say(self.reader.fault)
        elif seen is None:
            self.empty.say(tr(N_("Computing…")))
        elif seen.goals and seen.periods:
            text = tr(N_("Nobody has a goal in this time. Choose another period or day."))
            self.empty.say(text, tr(N_("Show {period}"), period=seen.periods[0].text()))
        else:
            text = N_("Nobody has goals yet. Add one in the goal tree, or split a team's goal.")
            self.empty.say(tr(text))

    def _help(self) -> None:
        seen = self.reader.seen
        if seen is not None and seen.periods:
            self.reader.choose(seen.periods[0].label, self.reader.day)

    def _say_beside(self, seen: Seen) -> None:
        """What was reached in months without a target is shown, not dropped."""
        from models.measures import engine

        currency = self.model.currency
        lines = []
        for one in seen.beside[:_MANY]:
            what = engine.definition(one.measure)
            who = seen.people.get(one.person or 0, "") or tr(N_("(none)"))
            lines.append(f"{who} {one.month} {what.text()} {what.show(one.actual.value, currency)}")
        self.beside.setVisible(bool(lines))
        if lines:
            more = len(seen.beside) - _FEW
            said = tr(N_(", ")).join(lines[:_FEW])
            if more > 0:
                said = tr(N_("{some} and {n} more"), some=said, n=f"{more:,}")
            self.beside.setText(tr(N_("Reached in months without a target: {list}"), list=said))
            self.beside.setToolTip("\n".join(lines))

    # -- the records behind ------------------------------------------------------------------------

    def _chosen(self, index: QModelIndex) -> None:
        self.records_button.setEnabled(self.model.at(index) is not None)

    def _open_current(self) -> None:
        self._open(self.table.currentIndex())

    def _open(self, index: QModelIndex) -> None:
        one = self.model.at(index)
        if one is not None:
            self.behind.ask(self.reader, one.goal.id)
