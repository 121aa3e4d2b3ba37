"""The first columns of a table, kept in sight: a second view over it that follows it row by row."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QTableView,
)

from models.texts import N_, tr
from ui import theme
from ui.records.sheet_keys import shown_columns

_MOST = 0.7  # of the width that columns kept in sight may take
_OFF = Qt.ScrollBarPolicy.ScrollBarAlwaysOff


class Frozen(QTableView):
    """Shows the first columns of another view above it; rows, selection and keys are that view's."""

    def __init__(self, base: QTableView) -> None:
        super().__init__(base)
        self._base = base
        self.count = 0
        self.columns: list[int] = []  # those that are kept
        self.setModel(base.model())
        self.setSelectionModel(base.selectionModel())
        self.setSelectionMode(base.selectionMode())
        self.setEditTriggers(base.editTriggers())
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusProxy(base)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setObjectName("frozen")
        self.setAccessibleName(tr(N_("Columns kept in sight")))
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHorizontalScrollBarPolicy(_OFF)
        self.setVerticalScrollBarPolicy(_OFF)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        head = self.horizontalHeader()
        head.setVisible(not base.horizontalHeader().isHidden())
        head.setSectionsClickable(True)
        head.setHighlightSections(False)
        head.sectionResized.connect(self._resized)
        theirs = base.horizontalHeader()
        theirs.sectionResized.connect(self.arrange)
        theirs.sectionMoved.connect(self.arrange)
        theirs.geometriesChanged.connect(self.arrange)
        base.verticalHeader().geometriesChanged.connect(self.arrange)
        base.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        base.verticalScrollBar().rangeChanged.connect(self.arrange)
        self.verticalScrollBar().valueChanged.connect(base.verticalScrollBar().setValue)
        self.hide()

    def freeze(self, count: int) -> None:
        """Keep so many of the columns that are seen; 0 keeps none, and the last one always moves."""
        self.count = count
        self.arrange()

    def _fitting(self) -> list[int]:
        """The columns that are kept: so few that others can be seen beside them."""
        seen = shown_columns(self._base)
        head, room = self._base.horizontalHeader(), self._base.viewport().width() * _MOST
        made: list[int] = []
        for column in seen[: min(self.count, len(seen) - 1)]:
            room -= head.sectionSize(column)
            if room < 0:
                break
            made.append(column)
        return made

    @property
    def room(self) -> int:
        """How much of the view below is covered, in points."""
        return self.width() if self.isVisibleTo(self._base) else 0

    def arrange(self) -> None:
        """Lie exactly above the same columns of the view below."""
        kept = self.columns = self._fitting()
        if not kept:
            self.hide()
            return
        mine, theirs = self.horizontalHeader(), self._base.horizontalHeader()
        if mine.count() != theirs.count():
            return  # the view below hears of new columns first
        mine.blockSignals(True)
        for at in range(theirs.count()):
            column = theirs.logicalIndex(at)
            if mine.visualIndex(column) != at:
                mine.moveSection(mine.visualIndex(column), at)
            self.setColumnHidden(column, column not in kept)
            if column in kept:
                self.setColumnWidth(column, theirs.sectionSize(column))
        mine.blockSignals(False)
        self.verticalHeader().setDefaultSectionSize(
            self._base.verticalHeader().defaultSectionSize()
        )
        frame, place = self._base.frameWidth(), self._base.viewport().geometry()
        above = 0 if theirs.isHidden() else theirs.height()
        mine.setFixedHeight(above)
        width = sum(theirs.sectionSize(one) for one in kept)
        self.setGeometry(place.left(), frame, width, place.height() + above)
        self.updateGeometries()
        self.verticalScrollBar().setValue(self._base.verticalScrollBar().value())
        self.show()
        self.raise_()

    def _resized(self, column: int, before: int, after: int) -> None:
        if after and self.isVisible():
            self._base.setColumnWidth(column, after)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A line says where what is kept ends."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setPen(QPen(QColor(theme.colours().muted), 2))
        right = self.viewport().width() - 1
        painter.drawLine(right, 0, right, self.viewport().height())
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Both move together."""
        self._base.wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Who clicks here goes on with the keys of the view below."""
        super().mousePressEvent(event)
        self._base.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        """Another font or theme may ask for other heights."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.arrange()
