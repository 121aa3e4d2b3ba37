"""How a line of Today is painted: its mark, what and why, whose it is, and the button of its action."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from models.today.line import NOTE, NOW, SOON, TODAY, Line, action_text
from ui import theme
from ui.pages.today_model import HEADING, LINE

_Index = QModelIndex | QPersistentModelIndex
# The colour of each class; its mark has a shape of its own too.
COLOURS = {NOW: "danger", TODAY: "accent", SOON: "warning", NOTE: "muted"}
_PAD, _GAP, _MARK, _WHO, _BUTTON = 10, 12, 18, 104, 24
_Align = Qt.AlignmentFlag


def bold(font: QFont) -> QFont:
    """The same font, heavier."""
    made = QFont(font)
    made.setWeight(QFont.Weight.DemiBold)
    return made


class LinePainter(QStyledItemDelegate):
    """Paints headings and lines; says where the button of a line is."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.over = -1  # the row whose button the mouse is on

    def _font(self) -> QFont:
        parent = self.parent()
        assert isinstance(parent, QWidget)
        return parent.font()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Two lines of text and room around them; headings are a little lower."""
        high = QFontMetrics(self._font()).height()
        if index.data(LINE) is None:
            first = theme.scaled(4) if index.row() == 0 else theme.scaled(16)
            return QSize(0, high + first + theme.scaled(6))
        return QSize(0, 2 * high + theme.scaled(2 * _PAD + 3))

    def button(self, area: QRect, line: Line) -> QRect:
        """Where the button of a line is, in the row's area."""
        metrics = QFontMetrics(self._font())
        wide = metrics.horizontalAdvance(action_text(line.action)) + theme.scaled(_BUTTON)
        high = metrics.height() + theme.scaled(10)
        left = area.right() - theme.scaled(_GAP) - wide
        return QRect(left, area.center().y() - high // 2, wide, high)

    def _buttons_width(self, model: QAbstractItemModel) -> int:
        """The widest button of the list, so that names stand in one column."""
        metrics = QFontMetrics(self._font())
        lines = (model.index(at, 0).data(LINE) for at in range(model.rowCount()))
        texts = {action_text(one.action) for one in lines if one is not None}
        widest = max((metrics.horizontalAdvance(one) for one in texts), default=0)
        return widest + theme.scaled(_BUTTON)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw a row."""
        line: Line | None = index.data(LINE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if line is None:
            self._heading(painter, option.rect, index)
        else:
            self._row(painter, option, index, line)
        painter.restore()

    def _heading(self, painter: QPainter, area: QRect, index: _Index) -> None:
        font = bold(self._font())
        painter.setFont(font)
        colour = COLOURS[index.data(HEADING)]
        painter.setPen(QColor(getattr(theme.colours(), colour)))
        text = str(index.data())
        metrics = QFontMetrics(font)
        line = area.adjusted(theme.scaled(_GAP), 0, -theme.scaled(_GAP), -theme.scaled(4))
        painter.drawText(line, int(_Align.AlignLeft | _Align.AlignBottom), text)
        painter.setPen(QPen(QColor(theme.colours().border), 1))
        y = line.bottom() - metrics.height() // 2 + 1
        start = line.left() + metrics.horizontalAdvance(text) + theme.scaled(_GAP)
        painter.drawLine(QPointF(start, y), QPointF(line.right(), y))

    def _row(
        self, painter: QPainter, option: QStyleOptionViewItem, index: _Index, line: Line
    ) -> None:
        c = theme.colours()
        area: QRect = option.rect.adjusted(theme.scaled(4), 1, -theme.scaled(4), -1)
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        focused = chosen and bool(state & QStyle.StateFlag.State_HasFocus)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(QColor(c.selection if chosen else c.raised))
            painter.setPen(QPen(QColor(c.accent), 1) if focused else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
        self._mark(painter, area, line)
        self._button(painter, option.rect, index, line, chosen=chosen)
        right = option.rect.right() - theme.scaled(2 * _GAP) - self._buttons_width(index.model())
        left = area.left() + theme.scaled(_MARK + 2 * _GAP)
        who = theme.scaled(_WHO) if right - left > theme.scaled(3 * _WHO) else 0
        self._texts(painter, QRect(left, area.top(), right - who - left, area.height()), line)
        if who:
            place = QRect(right - who, area.top(), who, area.height())
            self._who(painter, place.adjusted(theme.scaled(8), 0, 0, 0), line)

    def _texts(self, painter: QPainter, place: QRect, line: Line) -> None:
        c = theme.colours()
        font = self._font()
        high = QFontMetrics(font).height()
        y = place.top() + theme.scaled(_PAD) - 1
        if not line.reason:
            y = place.center().y() - high // 2
        first = QRect(place.left(), y, place.width(), high)
        painter.setFont(font if line.more else bold(font))
        self._draw(painter, first, line.title, c.muted if line.more else c.text)
        painter.setFont(font)
        second = first.translated(0, high + theme.scaled(3))
        self._draw(painter, second, line.reason, c.muted)

    def _who(self, painter: QPainter, place: QRect, line: Line) -> None:
        painter.setFont(self._font())
        self._draw(painter, place, line.person_name, theme.colours().text)

    def _draw(self, painter: QPainter, place: QRect, text: str, colour: str) -> None:
        painter.setPen(QColor(colour))
        metrics = QFontMetrics(painter.font())
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, int(_Align.AlignLeft | _Align.AlignVCenter), shown)

    def _button(
        self, painter: QPainter, area: QRect, index: _Index, line: Line, *, chosen: bool
    ) -> None:
        c = theme.colours()
        place = self.button(area, line)
        over = self.over == index.row()
        filled = over or (chosen and line.severity == NOW)
        painter.setBrush(QColor(c.accent) if filled else QColor(c.surface))
        painter.setPen(QPen(QColor(c.accent if over or chosen else c.border), 1))
        painter.drawRoundedRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.setFont(self._font())
        painter.setPen(QColor(c.on_accent if filled else c.text))
        painter.drawText(place, int(_Align.AlignCenter), action_text(line.action))

    def _mark(self, painter: QPainter, area: QRect, line: Line) -> None:
        """A full disc with an exclamation mark, a disc with a dot, a ring, a dash."""
        side = theme.scaled(_MARK)
        left, top = area.left() + theme.scaled(_GAP), area.center().y() - side // 2
        paint_mark(painter, QRectF(left, top, side, side), line.severity, more=bool(line.more))


def paint_mark(painter: QPainter, place: QRectF, severity: str, *, more: bool = False) -> None:
    """The mark of a class, told apart by its shape and by its colour."""
    c = theme.colours()
    colour = QColor(getattr(c, COLOURS[severity]))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(colour, max(place.width() / 9, 1.5))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    middle, radius = place.center(), place.width() / 2
    if more:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        for at in (-0.55, 0.0, 0.55):
            painter.drawEllipse(middle + QPointF(at * radius, 0), radius / 6, radius / 6)
    elif severity == NOW:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(place)
        pen.setColor(QColor(c.surface))
        painter.setPen(pen)
        painter.drawLine(middle - QPointF(0, radius * 0.5), middle + QPointF(0, radius * 0.08))
        painter.drawPoint(middle + QPointF(0, radius * 0.52))
    elif severity == NOTE:
        painter.setPen(pen)
        painter.drawLine(middle - QPointF(radius * 0.5, 0), middle + QPointF(radius * 0.5, 0))
    else:
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(middle, radius * 0.78, radius * 0.78)
        if severity == TODAY:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawEllipse(middle, radius * 0.36, radius * 0.36)
    painter.restore()
