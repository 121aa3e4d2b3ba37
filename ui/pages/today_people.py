"""Who has how much to do today; choosing somebody narrows the list to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from models.texts import N_, ntr, tr
from models.today.line import Count, severity_text
from ui import theme
from ui.pages.today_paint import bold, paint_mark

COUNT = Qt.ItemDataRole.UserRole
_Role = Qt.ItemDataRole
_Index = QModelIndex | QPersistentModelIndex
_EVERYBODY = -1  # in the place of a person's row
_PAD, _MARK = 10, 12


class _People(QAbstractListModel):
    """Everybody first, then each person."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.counts: list[Count] = []

    def show(self, counts: Sequence[Count]) -> bool:
        """Show these; gives whether they are others than before."""
        total = sum(one.n for one in counts)
        worst = counts[0].worst if counts else ""
        made = [Count(_EVERYBODY, tr(N_("Everybody")), total, worst), *counts]
        if made == self.counts:
            return False
        self.beginResetModel()
        self.counts = made
        self.endResetModel()
        return True

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """How many there are."""
        return 0 if parent.isValid() else len(self.counts)

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        """A name; for who hears it with how much there is and how bad."""
        if not index.isValid():
            return None
        one = self.counts[index.row()]
        match role:
            case _Role.DisplayRole:
                return one.name
            case _Role.AccessibleTextRole | _Role.ToolTipRole:
                text = ntr("{name}: {n} thing", "{name}: {n} things", one.n, name=one.name)
                worst = severity_text(one.worst) if one.worst else ""
                return tr(N_(", ")).join(part for part in (text, worst) if part)
            case _ if role == COUNT:
                return one
        return None


class _Painter(QStyledItemDelegate):
    """The mark of the worst, the name, how many."""

    def _font(self) -> Any:
        parent = self.parent()
        assert isinstance(parent, QWidget)
        return parent.font()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """A line of text with room around it."""
        return QSize(0, QFontMetrics(self._font()).height() + theme.scaled(_PAD))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw a row."""
        one: Count = index.data(COUNT)
        c = theme.colours()
        area = option.rect.adjusted(theme.scaled(2), 1, -theme.scaled(2), -1)
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(
                QColor(c.accent)
                if chosen and state & QStyle.StateFlag.State_HasFocus
                else Qt.PenStyle.NoPen
            )
            painter.setBrush(QColor(c.selection if chosen else c.raised))
            painter.drawRoundedRect(QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        line = area.adjusted(theme.scaled(_PAD), 0, -theme.scaled(_PAD), 0)
        side = theme.scaled(_MARK)
        if one.worst and one.person != _EVERYBODY:
            place = QRectF(line.left(), line.center().y() - side / 2, side, side)
            paint_mark(painter, place, one.worst)
        left = line.left() + (side + theme.scaled(_PAD) if one.person != _EVERYBODY else 0)
        many = f"{one.n:,}"
        font = bold(self._font()) if one.person == _EVERYBODY else self._font()
        painter.setFont(font)
        metrics = QFontMetrics(font)
        wide = metrics.horizontalAdvance(many)
        painter.setPen(QColor(c.muted))
        side_right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(line, int(side_right), many)
        line.setLeft(left)
        line.setRight(line.right() - wide - theme.scaled(_PAD))
        painter.setPen(QColor(c.text))
        shown = metrics.elidedText(one.name, Qt.TextElideMode.ElideRight, line.width())
        side_left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(line, int(side_left), shown)
        painter.restore()


class PeopleList(QListView):
    """People with their counts; ``turned`` when another one is chosen."""

    turned = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("today")
        self.people = _People(self)
        self.setModel(self.people)
        self.setItemDelegate(_Painter(self))
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.person: int | None = None  # None: everybody; 0: what nobody has

    def show_counts(self, counts: Sequence[Count]) -> None:
        """Show these; who is chosen stays so as long as they have something."""
        self.people.show(counts)
        row = next(
            (at for at, one in enumerate(self.people.counts) if one.person == self.person), 0
        )
        if row == 0:
            self.person = None
        if self.currentIndex().row() != row:
            self.setCurrentIndex(self.people.index(row))

    def choose(self, person: int) -> None:
        """Choose somebody, as a click does."""
        rows = (at for at, one in enumerate(self.people.counts) if one.person == person)
        self.setCurrentIndex(self.people.index(next(rows, 0)))

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        """Somebody else is chosen."""
        super().currentChanged(current, previous)
        if not current.isValid():
            return
        one: Count = current.data(COUNT)
        person = None if one.person == _EVERYBODY else one.person
        if person != self.person:
            self.person = person
            self.turned.emit()
