"""What each person will bring, read in three ways, side by side; sortable, each number opens its deals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableWidget, QTableWidgetItem

from models.money import from_scaled, show_whole
from models.texts import N_, tr
from ui import theme
from ui.records.read_table import menu_place

if TYPE_CHECKING:
    from models.forecast.forecast import Forecast, Outlook
    from models.forecast.readings import Reading

_HEADS = (
    N_("Salesperson"),
    N_("Won so far"),
    N_("Commitment"),
    N_("Weighted pipeline"),
    N_("Its range"),
    N_("From history"),
    N_("Its range"),
    N_("News, days old"),
)
# What stands behind each column.
KINDS = ("pipeline", "won", "commitment", "pipeline", "pipeline", "history", "history", "pipeline")
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_OPEN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MOST = 15  # rows that are seen at once; beyond them the table scrolls
_NAME = 0
_TOTAL = -1  # stands for all people together


class PeopleTable(QTableWidget):
    """``wanted`` asks for the deals behind a cell: the place of the person, -1 for all, and the kind."""

    wanted = Signal(int, str)

    def __init__(self) -> None:
        super().__init__(0, len(_HEADS))
        self._found: Forecast | None = None
        self._currency = ""
        self._order: list[int] = []  # places of the people, row by row
        self._by, self._down = _NAME, False
        self._name_width = 0
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)  # Tab leads on, it doesn't go from cell to cell
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(True)
        head.setStretchLastSection(False)
        head.sectionClicked.connect(self.sort_by)
        self.cellClicked.connect(self._open)
        self.retranslate()

    def retranslate(self) -> None:
        """Show everything in the current language and theme."""
        self.setAccessibleName(tr(N_("By salesperson")))
        self.setHorizontalHeaderLabels([tr(one) for one in _HEADS])
        self.verticalHeader().setDefaultSectionSize(theme.row_height())
        for at in range(len(_HEADS)):
            item = self.horizontalHeaderItem(at)
            if item is not None:
                item.setTextAlignment(_LEFT if at == _NAME else _RIGHT)
                item.setToolTip(tr(N_("Click to sort; the menu of a cell sorts too.")))

    def show_people(self, found: Forecast, currency: str) -> None:
        """Show these people, sorted as before, and above all of them together."""
        self._found, self._currency = found, currency
        self._fill()

    def sort_by(self, column: int, down: bool | None = None) -> None:
        """Sort by a column; the same again turns the order around. Amounts begin with the largest."""
        if down is None:
            down = not self._down if column == self._by else column != _NAME
        self._by, self._down = column, down
        self._fill()

    # -- rows --------------------------------------------------------------------------------------

    def _fill(self) -> None:
        found = self._found
        if found is None:
            return
        at = self.currentRow(), self.currentColumn()
        people = found.people
        places = sorted(range(len(people)), key=lambda one: people[one].label.casefold())
        if self._by != _NAME:
            places.sort(key=lambda one: _value(people[one], self._by), reverse=self._down)
        elif self._down:
            places.reverse()
        self._order = [_TOTAL, *places]
        self.setRowCount(len(self._order))
        for row, place in enumerate(self._order):
            whole = place == _TOTAL
            self._put(row, found.total if whole else people[place], bold=whole)
        order = Qt.SortOrder.DescendingOrder if self._down else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(self._by, order)
        self._fit()
        if 0 <= at[0] < self.rowCount():
            self.setCurrentCell(*at)

    def _put(self, row: int, one: Outlook, *, bold: bool) -> None:
        for column, (text, told) in enumerate(_cells(one, self._currency)):
            item = QTableWidgetItem(text)
            item.setToolTip(told)
            item.setTextAlignment(_LEFT if column == _NAME else _RIGHT)
            if bold:
                font = self.font()
                font.setBold(True)
                item.setFont(font)
            self.setItem(row, column, item)

    def _fit(self) -> None:
        self.resizeColumnsToContents()
        for column in range(self.columnCount()):
            self.setColumnWidth(column, self.columnWidth(column) + theme.scaled(4))
        self._name_width = self.columnWidth(_NAME)
        self._stretch()
        rows = min(max(self.rowCount(), 1), _MOST)
        head: QHeaderView = self.horizontalHeader()
        self.setFixedHeight(
            rows * self.verticalHeader().defaultSectionSize() + head.sizeHint().height() + 16
        )

    def _stretch(self) -> None:
        """Names take the room that is left."""
        others = sum(self.columnWidth(one) for one in range(1, self.columnCount()))
        self.setColumnWidth(_NAME, max(self._name_width, self.viewport().width() - others))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fill the width again."""
        super().resizeEvent(event)
        self._stretch()

    # -- what a person does ------------------------------------------------------------------------

    def _open(self, row: int, column: int) -> None:
        if 0 <= row < self.rowCount() and 0 <= column < len(KINDS):
            self.wanted.emit(self._order[row], KINDS[column])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the deals; the menu key asks for the menu."""
        if event.key() in _OPEN:
            self._open(self.currentRow(), self.currentColumn())
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of a cell: open its deals, sort by its column."""
        index, place = menu_place(self, event)
        if index.isValid():
            self._menu(index.row(), index.column()).popup(place)

    def _menu(self, row: int, column: int) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def open_() -> None:
            self._open(row, column)

        def up() -> None:
            self.sort_by(column, down=False)

        def down() -> None:
            self.sort_by(column, down=True)

        for text, act in (
            (tr(N_("Show the deals")), open_),
            (tr(N_("Sort ascending")), up),
            (tr(N_("Sort descending")), down),
        ):
            action = QAction(text, menu)
            action.triggered.connect(act)
            menu.addAction(action)
        return menu


def _cells(one: Outlook, currency: str) -> Sequence[tuple[str, str]]:
    """The texts of a row, each with what hovering says."""

    def shown(amount: int) -> str:
        return show_whole(from_scaled(amount), currency)

    def mid(made: Reading | None) -> tuple[str, str]:
        return ("–", "") if made is None else (shown(made.mid), f"n={made.n:,}")

    def span(made: Reading | None) -> tuple[str, str]:
        if made is None or made.low == made.high:
            return "–", ""
        text = tr(N_("{low} to {high}"), low=shown(made.low), high=shown(made.high))
        return text, tr(N_("80 % range"))

    stated = tr(N_("stated")) if one.stated is not None else tr(N_("by committed deals"))
    committed = mid(one.commitment)
    age = "–" if one.data_age is None else f"{one.data_age:,}"
    return (
        (one.label, one.label),
        (shown(one.tally.won), f"n={one.tally.won_deals:,}"),
        (committed[0], f"{stated}, {committed[1]}\n{span(one.commitment)[0]}"),
        mid(one.pipeline),
        span(one.pipeline),
        mid(one.history),
        span(one.history),
        (age, ""),
    )


def _value(one: Outlook, column: int) -> tuple[bool, int]:
    """What a row is sorted by; those without a value come last when the largest come first."""
    history = one.history
    values: tuple[int | None, ...] = (
        0,
        one.tally.won,
        one.commitment.mid,
        one.pipeline.mid,
        one.pipeline.low,
        None if history is None else history.mid,
        None if history is None else history.low,
        one.data_age,
    )
    found = values[column]
    return found is not None, found or 0
