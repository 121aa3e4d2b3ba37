"""Lines that each go to somebody: one choice for all of them, another for the selected line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QPoint, QSignalBlocker, QSize, Qt
from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QLabel, QMenu, QPushButton, QWidget

from models.texts import N_, tr
from ui import help_pages, theme
from ui.flow import Flow
from ui.jobs import Latest
from ui.records.short_table import ShortTable
from ui.session import Session

Line = TypeVar("Line")
AS_ALL = 0  # in the choice of one line: as for all of it


class AllOrEach(QDialog, Generic[Line]):
    """``everything`` chooses for all lines of ``table``, ``single`` for the selected one."""

    choose_text = ""  # of the menu of a line
    column = 0  # that is current in the line that is selected
    table: ShortTable
    everything: QComboBox
    single: QComboBox

    def __init__(self, session: Session, title: str, size: QSize, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._latest = Latest(session.jobs, self)
        self.setWindowTitle(title)
        self.resize(theme.fitting(self, size.width(), size.height()))
        help_pages.offer(self, "capacity")
        self.said = QLabel(tr(N_("Computing…")), self)
        self.said.setWordWrap(True)

    # -- what it is made of ------------------------------------------------------------------------

    def _make_table(self, heads: Iterable[str], name: str, widest: int) -> ShortTable:
        self.table = ShortTable([tr(one) for one in heads], [], name, widest)
        self.everything, self.single = QComboBox(self), QComboBox(self)  # Tab comes to them next
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._menu)
        self.table.currentCellChanged.connect(self._turned)
        self.everything.activated.connect(self._again)
        self.single.activated.connect(self._single_chosen)
        return self.table

    def _form(self, *choices: tuple[QComboBox, str]) -> QFormLayout:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for editor, text in choices:
            editor.setAccessibleName(tr(text))
            form.addRow(tr(text), editor)
        return form

    def _button(
        self, row: Flow, text: str, act: Callable[[], object], *, primary: bool = False
    ) -> QPushButton:
        button = QPushButton(tr(text), self)
        button.setAccessibleName(tr(text))
        button.setProperty("primary", primary)
        button.setAutoDefault(primary)
        button.setDefault(primary)
        button.clicked.connect(act)
        row.addWidget(button)
        return button

    def _offer(self, for_all: str, people: Sequence[tuple[str, int]]) -> None:
        """Who can be chosen; ``for_all`` is what nobody in particular means for all of it."""
        for combo, first in ((self.everything, for_all), (self.single, N_("As for all of it"))):
            with QSignalBlocker(combo):
                combo.clear()
                combo.addItem(tr(first), AS_ALL)
                for name, person in people:
                    combo.addItem(name, person)

    # -- what is done with a line ------------------------------------------------------------------

    def lines(self) -> Sequence[Line]:
        """What stands in the table, in order."""
        raise NotImplementedError

    def _fill(self) -> None:
        raise NotImplementedError

    def _turned(self) -> None:
        raise NotImplementedError

    def _single_chosen(self) -> None:
        raise NotImplementedError

    def _current(self) -> Line | None:
        at, lines = self.table.currentRow(), self.lines()
        return lines[at] if 0 <= at < len(lines) else None

    def _again(self) -> None:
        """Show who gets what after a choice; the selected line stays selected."""
        at = self.table.currentRow()
        with QSignalBlocker(self.table):
            self._fill()
            self.table.setCurrentCell(at, self.column)

    def _menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chosen = menu.addAction(tr(self.choose_text))
        chosen.setEnabled(self.single.isEnabled())
        chosen.triggered.connect(self.single.setFocus)
        menu.popup(self.table.viewport().mapToGlobal(place))

    def _failed(self, error: Exception) -> None:
        self.said.setText(str(error))
