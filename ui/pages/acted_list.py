"""A tab that lists what was worked out from the book, with what can be done about it.

What derives from it says what is read, in which columns it stands, and which acts there are. It is read
in the background when it is looked at, and again when something was written that it rests on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from models.book import Book, Notice
from models.progress import Progress
from models.refusals import Refused
from models.texts import N_, tr
from ui import help_pages, theme
from ui.flow import Flow
from ui.jobs import Latest
from ui.pages.acted_model import ActedModel, Line
from ui.records.empty_state import EmptyState
from ui.session import Session

_WIDEST = 260  # points of a column that isn't the last
_MEASURED = 60  # rows from the first one seen by which a column's width is found
_ROOM = 12  # points beside a text; the mark of the order may stand there


@dataclass(frozen=True)
class Act:
    """What can be done: its text, what does it, and for how many lines (``one``, ``some`` or ``any``)."""

    text: str
    do: Callable[[], object]
    needs: str = "some"
    suits: Callable[[Line], bool] | None = None

    def usable(self, chosen: Sequence[Line]) -> bool:
        """Whether it can be done with these lines."""
        if self.needs == "any":
            return True
        if not chosen or (self.needs == "one" and len(chosen) != 1):
            return False
        return self.suits is None or all(self.suits(one) for one in chosen)


class _Table(QTableView):
    """``entered`` when Enter is pressed on a line, or it is clicked twice; ``menu_wanted`` with where."""

    entered_line = Signal()
    menu_wanted = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the line, Ctrl+C copies what is chosen."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_line.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the line that is clicked; by the menu key that of the current one."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            at = self.visualRect(self.currentIndex()).bottomLeft()
            self.menu_wanted.emit(self.viewport().mapToGlobal(at))
        elif self.indexAt(event.pos()).isValid():
            self.menu_wanted.emit(event.globalPos())

    def copy(self) -> None:
        """Put the chosen lines into the clipboard, cells apart by tabs."""
        rows = sorted(one.row() for one in self.selectionModel().selectedRows())
        model = self.model()
        lines = [
            "\t".join(str(model.index(row, at).data() or "") for at in range(model.columnCount()))
            for row in rows
        ]
        QGuiApplication.clipboard().setText("\n".join(lines))


class ActedList(QWidget):
    """A list with acts."""

    heads: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    reads: frozenset[str] = frozenset()  # entities whose records it rests on
    name = ""  # what screen readers call the table
    help = "follow_up"

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.session = session
        self._stale, self._day = True, date.min
        self._fitted: dict[int, int] = {}  # the widths that columns were given here
        self._latest = Latest(session.jobs, self)
        self.acts = tuple(self.offered())
        self.model = ActedModel(self.heads, self.numbers, self)
        self.table = _Table(self)
        self.count = QLabel(self)
        self.count.setObjectName("muted")
        self.search = QLineEdit(self)
        self.search.setClearButtonEnabled(True)
        self.empty = EmptyState(self)
        self.buttons = [QPushButton(self) for _ in self.acts]
        help_pages.offer(self, self.help)
        self._arrange()
        self._connect()

    # -- what a list says of itself ----------------------------------------------------------------

    def offered(self) -> Sequence[Act]:
        """What can be done."""
        return ()

    def read(self, book: Book, on: date) -> list[Line]:
        """The lines as of a day; in a thread of its own."""
        raise NotImplementedError

    def nothing(self) -> str:
        """What is said when there are no lines: what that means, and what to do."""
        raise NotImplementedError

    def helping(self) -> Act | None:
        """What helps where there are no lines; it stands as a button below what is said."""
        return None

    def counted(self, lines: Sequence[Line]) -> str:
        """How many there are, in words."""
        raise NotImplementedError

    def opened(self, line: Line) -> None:
        """Enter on a line: its record."""
        self.session.record_wanted.emit(*line.record)

    # -- parts -------------------------------------------------------------------------------------

    def _arrange(self) -> None:
        table = self.table
        table.setModel(self.model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setCornerButtonEnabled(False)
        table.verticalHeader().hide()
        head = table.horizontalHeader()
        head.setHighlightSections(False)
        head.setStretchLastSection(True)
        head.setResizeContentsPrecision(_MEASURED)
        head.setSectionsClickable(True)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        top = QHBoxLayout()
        self.search.setMinimumWidth(theme.scaled(140))
        top.addWidget(self.search, 1)
        top.addWidget(self.count)
        flow = Flow()
        for button in self.buttons:
            flow.addWidget(button)
        top.addLayout(flow, 2)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 12, 8)
        box.setSpacing(8)
        box.addLayout(top)
        box.addWidget(table, 1)
        box.addWidget(self.empty, 1)
        self.empty.hide()

    def _connect(self) -> None:
        self.search.textChanged.connect(self._narrow)
        self.table.entered_line.connect(self._open)
        self.table.doubleClicked.connect(self._open)
        self.table.menu_wanted.connect(self._menu)
        self.table.selectionModel().selectionChanged.connect(self._chosen)
        self.table.horizontalHeader().sectionClicked.connect(self._sort)
        for button, act in zip(self.buttons, self.acts, strict=True):
            button.clicked.connect(act.do)
        self.session.news.connect(self._heard)
        self.empty.wanted.connect(self._help)

    def _help(self) -> None:
        helps = self.helping()
        if helps is not None:
            helps.do()

    def begin_rules(self) -> None:
        """Begin with usual rules, where there are none."""
        from models.following.grade_rules import begin

        self.attempt(lambda: begin(self.session.book))

    def retranslate(self) -> None:
        """Show everything in the current language."""
        self.table.setAccessibleName(tr(self.name))
        hint = tr(N_("Search in the list"))
        self.search.setPlaceholderText(hint)
        self.search.setAccessibleName(hint)
        self.search.setToolTip(hint)
        for cross in self.search.findChildren(QToolButton):
            cross.setAccessibleName(tr(N_("Clear")))
        for button, act in zip(self.buttons, self.acts, strict=True):
            button.setText(tr(act.text))
            button.setAccessibleName(tr(act.text))
        self.table.verticalHeader().setDefaultSectionSize(theme.row_height())
        last = max(self.model.columnCount() - 1, 0)
        self.model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)
        self._fitted.clear()
        self._stale = True  # sentences are worked out in the language in force
        if self.isVisible():
            self._ask()

    def changeEvent(self, event: QEvent) -> None:
        """Another size of text: rows are as high as it asks."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "table"):
            self.table.verticalHeader().setDefaultSectionSize(theme.row_height())
            self._fit()

    # -- reading -----------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Read when it is first looked at, when something was written since, and on another day."""
        super().showEvent(event)
        if self._stale or self._day != date.today():
            self._ask()

    def _heard(self, notice: Notice) -> None:
        if not self.reads & notice.touched.keys():
            return
        self._stale = True
        if self.isVisible():
            self._ask()

    def _ask(self) -> None:
        book, day, read = self.session.book, date.today(), self.read
        self._stale, self._day = False, day
        if not self.model.every:
            self.count.setText(tr(N_("Reading…")))

        def work(_: Progress) -> list[Line]:
            return read(book, day)

        self._latest.ask(work, self._put, self._failed)

    def _put(self, lines: list[Line]) -> None:
        chosen = {one.record for one in self.chosen()}
        at = self.table.currentIndex()
        current = self.model.lines[at.row()].record if at.isValid() else None
        self.model.put(lines)
        self._fit()
        self._again(chosen, current, max(at.row(), 0))
        self._say()

    def _again(
        self, chosen: set[tuple[str, int]], current: tuple[str, int] | None, row: int
    ) -> None:
        """Choose again what was chosen; where it went, what stands in its place is current."""
        selection = self.table.selectionModel()
        flags = QItemSelectionModel.SelectionFlag
        place = self.model.place_of(current)
        if place < 0 and self.model.rowCount() and current is not None:
            place = min(row, self.model.rowCount() - 1)
        if place >= 0:
            selection.setCurrentIndex(self.model.index(place, 0), flags.ClearAndSelect | flags.Rows)
        for at, one in enumerate(self.model.lines if len(chosen) > 1 else ()):
            if one.record in chosen:
                selection.select(self.model.index(at, 0), flags.Select | flags.Rows)

    def _failed(self, error: Any) -> None:
        if str(error):
            self.count.setText("")
            self.empty.say(str(error))
            self.empty.show()
            self.table.hide()

    def _fit(self) -> None:
        """Columns grow with what comes into them, until somebody gives them another width."""
        if not self.model.rowCount():
            return
        for column in range(self.model.columnCount() - 1):
            given, now = self._fitted.get(column), self.table.columnWidth(column)
            if given is not None and now != given:
                continue
            asked = max(
                self.table.sizeHintForColumn(column),
                self.table.horizontalHeader().sectionSizeHint(column),
            )
            wanted = min(asked + _ROOM, theme.scaled(_WIDEST))
            self.table.setColumnWidth(column, max(wanted, given or 0))
            self._fitted[column] = self.table.columnWidth(column)

    def _say(self) -> None:
        there, every = self.model.rowCount() > 0, self.model.every
        self.count.setText(self.counted(self.model.lines) if every else "")
        self.table.setVisible(there)
        self.empty.setVisible(not there)
        if not there:
            helps = None if every else self.helping()
            found = tr(N_("Nothing in the list has that.")) if every else self.nothing()
            self.empty.say(found, tr(helps.text) if helps else "")
        self._chosen()

    def _narrow(self, typed: str) -> None:
        self.model.narrow(typed)
        self._say()

    def _sort(self, column: int) -> None:
        self.model.sort_by(column)
        head = self.table.horizontalHeader()
        head.setSortIndicatorShown(self.model.by is not None)
        down = Qt.SortOrder.DescendingOrder if self.model.down else Qt.SortOrder.AscendingOrder
        head.setSortIndicator(column, down)
        self._fit()

    # -- what is chosen and done -------------------------------------------------------------------

    def chosen(self) -> list[Line]:
        """The lines that are chosen."""
        rows = sorted(one.row() for one in self.table.selectionModel().selectedRows())
        return [self.model.lines[row] for row in rows if row < len(self.model.lines)]

    def _chosen(self) -> None:
        lines = self.chosen()
        for button, act in zip(self.buttons, self.acts, strict=True):
            button.setEnabled(act.usable(lines))

    def _open(self, _index: QModelIndex | None = None) -> None:
        lines = self.chosen()
        if lines:
            self.opened(lines[0])

    def _menu(self, at: Any) -> None:
        menu, lines = QMenu(self), self.chosen()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        entries = [
            (tr(N_("Open the record")), self._open, bool(lines)),
            *((tr(one.text), one.do, one.usable(lines)) for one in self.acts),
            (tr(N_("Copy")), self.table.copy, bool(lines)),
        ]
        for text, do, usable in entries:
            action = QAction(text.replace("&", "&&"), menu)
            action.triggered.connect(do)
            action.setEnabled(usable)
            menu.addAction(action)
        menu.popup(at)

    def show_dialog(self, dialog: QDialog) -> None:
        """Open a dialog; it is gone when it is closed."""
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def attempt(self, act: Callable[[], object]) -> bool:
        """Do something that is one change, and offer its undo; a refusal is said and gives False."""
        book = self.session.book
        try:
            act()
        except Refused as refused:
            self.session.refused.emit(str(refused))
            return False
        info = book.info(book.last_change)
        if info is not None:
            self.session.said.emit(info.reason, info.no)
        return True
