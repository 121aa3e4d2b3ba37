"""A reading of the forecast as a card: its middle, its range in words and as a bar, what it stands on."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QLineF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from models.texts import N_, tr
from ui import theme

_BAR = 26  # points of the bar's height


@dataclass(frozen=True)
class Levels:
    """What a bar shows, in millionths; ``most`` is the end that all bars of a page share."""

    won: int
    low: int
    mid: int
    high: int
    marks: tuple[int, ...]  # floor, target, stretch, as far as there are any
    target: int | None
    most: int


@dataclass(frozen=True)
class Said:
    """The words of a card, each already in the language in force."""

    title: str
    middle: str
    range: str
    against: str  # how it stands to the target; "" without one
    deals: str  # of the button that opens what it stands on; "" for none
    method: str  # how it is made, shown when asked for


class RangeBar(QWidget):
    """What is won, from where to where, the middle and the target, from nought on."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._levels: Levels | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_levels(self, levels: Levels | None) -> None:
        """Show these; None shows nothing."""
        self._levels = levels
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As high as text is."""
        return QSize(theme.scaled(180), theme.scaled(_BAR))

    minimumSizeHint = sizeHint

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        shown, c = self._levels, theme.colours()
        if shown is None or shown.most <= 0:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        high, room = float(self.height()), float(self.width() - 6)
        span = QRectF(3, high * 0.3, room, high * 0.4)

        def at(value: int) -> float:
            return 3 + room * min(max(value / shown.most, 0.0), 1.0)

        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(c.border))
        painter.drawRoundedRect(span, 3, 3)
        band, colour = QRectF(span), QColor(c.series[0])
        colour.setAlpha(110)
        band.setLeft(at(shown.low))
        band.setRight(max(at(shown.high), at(shown.low) + 2))
        painter.setBrush(colour)
        painter.drawRect(band)
        won = QRectF(span)
        won.setRight(at(shown.won))
        painter.setBrush(QColor(c.series[0]))
        painter.drawRect(won)
        painter.setPen(QPen(QColor(c.text), 3))
        painter.drawLine(QLineF(at(shown.mid), high * 0.16, at(shown.mid), high * 0.84))
        for mark in shown.marks:
            style = Qt.PenStyle.SolidLine if mark == shown.target else Qt.PenStyle.DotLine
            painter.setPen(QPen(QColor(c.series[1]), 2, style))
            painter.drawLine(QLineF(at(mark), 1.0, at(mark), high - 1))
        painter.end()


class Card(QFrame):
    """One reading; ``opened`` asks for the deals that it stands on."""

    opened = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("column")
        self._title, self._middle, self._range = (QLabel(self) for _ in range(3))
        self._against, self._method = QLabel(self), QLabel(self)
        self._title.setObjectName("heading")
        self._middle.setObjectName("title")
        self._method.setObjectName("muted")
        words = (self._title, self._middle, self._range, self._against, self._method)
        for one in words:
            one.setWordWrap(True)
            one.setTextFormat(Qt.TextFormat.PlainText)
        self.bar = RangeBar(self)
        self.deals, self.how = QPushButton(self), QPushButton(self)
        for button in (self.deals, self.how):
            button.setProperty("link", True)
            button.hide()  # nothing was read yet that it could show
        self.deals.clicked.connect(self.opened)
        self.how.setCheckable(True)
        self.how.toggled.connect(self._turned)
        self._method.hide()
        under = QHBoxLayout()
        under.addWidget(self.deals)
        under.addStretch(1)
        under.addWidget(self.how)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 8, 12, 8)
        box.setSpacing(2)
        for part in (self._title, self._middle, self._range, self.bar, self._against):
            box.addWidget(part)
        box.addLayout(under)
        box.addWidget(self._method)
        box.addStretch(1)

    def show_reading(self, said: Said, levels: Levels | None) -> None:
        """Show a reading in words and as a bar."""
        self._title.setText(said.title)
        self._middle.setText(said.middle)
        self._range.setText(said.range)
        self._against.setText(said.against)
        self._against.setVisible(bool(said.against))
        self._method.setText(said.method)
        self.deals.setText(said.deals)
        self.deals.setVisible(bool(said.deals))
        self.how.setText(tr(N_("How it is made")))
        for button in (self.deals, self.how):  # three cards have the same
            button.setAccessibleName(f"{said.title}: {button.text()}")
            button.setToolTip(button.accessibleName())
        self.how.setVisible(bool(said.method))
        self.bar.show_levels(levels)
        self.bar.setVisible(levels is not None)
        told = [said.middle, said.range, said.against, said.deals]
        self.setAccessibleName(said.title)
        self.setAccessibleDescription(". ".join(one for one in told if one))
        self.bar.setAccessibleName(said.title)
        self.bar.setToolTip("\n".join(one for one in told if one))
        self.setToolTip(said.method)

    def _turned(self, shown: bool) -> None:
        self._method.setVisible(shown)

    def changeEvent(self, event: QEvent) -> None:
        """Larger text needs a higher bar."""
        if event.type() == QEvent.Type.FontChange:
            self.bar.updateGeometry()
        super().changeEvent(event)
