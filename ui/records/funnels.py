"""The funnels in a table's heading: one in each filtered column, one where the pointer is."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QTableView, QToolButton, QWidget

from models.texts import N_, tr
from ui import theme
from ui.records.frozen import Frozen

_SIZE = 20  # points
_MARK = re.compile(r"\s+\d*[▲▼]$")  # of several orders, behind the name
_SORT_MARK = 16  # points at the right edge that the mark of the order may take


class Funnels(QObject):
    """Buttons over the heading; those of columns without a filter come and go with the pointer."""

    wanted = Signal(int)  # the list of a column

    def __init__(self, table: QTableView, above: Frozen | None = None) -> None:
        """``above`` covers some columns of the table; their funnels are its own."""
        super().__init__(table)
        self._head, self._above = table.horizontalHeader(), above
        if above is not None:
            above.installEventFilter(self)
        self._filtered: set[int] = set()
        self._buttons: dict[int, QToolButton] = {}
        self._near = -1
        self._head.viewport().setMouseTracking(True)
        self._head.viewport().installEventFilter(self)
        table.horizontalScrollBar().valueChanged.connect(self.arrange)
        self._head.sectionResized.connect(self.arrange)
        self._head.sectionMoved.connect(self.arrange)
        self._head.geometriesChanged.connect(self.arrange)

    def show_filtered(self, columns: set[int]) -> None:
        """Which columns are filtered."""
        self._filtered = columns
        self.arrange()

    def shows(self, column: int) -> bool:
        """Whether a column is among those of this table."""
        return self._head.isVisible() and not self._head.isSectionHidden(column)

    @property
    def viewport(self) -> QWidget:
        """Where the buttons stand."""
        return self._head.viewport()

    def place(self, column: int) -> QRect:
        """Where a column's heading is, in the heading's viewport."""
        left = self._head.sectionViewportPosition(column)
        return QRect(left, 0, self._head.sectionSize(column), self._head.height())

    def arrange(self) -> None:
        """Put the buttons where their columns are."""
        wanted = {one for one in (*self._filtered, self._near) if 0 <= one < self._head.count()}
        covered = self._above.columns if self._above is not None and self._above.room else []
        wanted = {one for one in wanted if not self._head.isSectionHidden(one)} - set(covered)
        for column in [one for one in self._buttons if one not in wanted]:
            gone = self._buttons.pop(column)
            gone.hide()
            gone.deleteLater()
        for column in sorted(wanted):
            button = self._buttons.get(column) or self._make(column)
            self._buttons[column] = button
            self._dress(button, column)

    def _make(self, column: int) -> QToolButton:
        made = QToolButton(self._head.viewport())
        made.setObjectName("funnel")
        made.setCursor(Qt.CursorShape.ArrowCursor)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the focus in the sheet
        made.clicked.connect(self._clicked)
        return made

    def _dress(self, button: QToolButton, column: int) -> None:
        model, on = self._head.model(), column in self._filtered
        told = str(model.headerData(column, Qt.Orientation.Horizontal))
        name = tr(N_("Filter by {field}"), field=_MARK.sub("", told))
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setIcon(theme.icon("funnel-on" if on else "funnel"))
        side = min(theme.scaled(_SIZE), self._head.height() - 4)
        button.setIconSize(QSize(side - 6, side - 6))
        if button.property("active") != on:
            button.setProperty("active", on)
            button.style().polish(button)
        part = self.place(column)
        aligned = model.headerData(
            column, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole
        )
        if aligned is not None and aligned & Qt.AlignmentFlag.AlignRight:
            left = part.left() + 3  # across from the name, which stands at the right
        else:
            shown = self._head.isSortIndicatorShown() and not _MARK.search(told)
            mark = shown and self._head.sortIndicatorSection() == column
            left = part.right() - side - 2 - (theme.scaled(_SORT_MARK) if mark else 0)
        button.setGeometry(left, (part.height() - side) // 2, side, side)
        button.show()

    def _clicked(self) -> None:
        sender = self.sender()
        for column, button in self._buttons.items():
            if button is sender:
                self.wanted.emit(column)
                return

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the pointer along the heading, and what covers it."""
        near = self._near
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide):
            self.arrange()
        elif watched is self._above:
            return False
        elif event.type() in (QEvent.Type.MouseMove, QEvent.Type.HoverMove):
            if isinstance(event, QMouseEvent) and not event.buttons():
                near = self._head.logicalIndexAt(event.position().toPoint())
        elif event.type() == QEvent.Type.Leave:
            near = -1
        if near != self._near:
            self._near = near
            self.arrange()
        return False
