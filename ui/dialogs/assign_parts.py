"""Pieces of the assignment dialogs: bars of factors, sentences, two weeks of hours, weights to turn."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from models.assignment.loads import Outlook
from models.assignment.ranking import Candidate
from models.assignment.weights import FACTORS, LABELS, MOST, USUAL, Weights
from models.money import from_scaled, rounded
from models.refusals import Refused
from models.texts import N_, tr
from ui import theme
from ui.flow import Flow
from ui.records.read_table import DrawnCell

BAR_ROLE = Qt.ItemDataRole.UserRole + 1  # of a cell: the contributions and what all could be
_GAP = 1
_HOURS = 8  # of a day whose column is half as high as there is room


def colour(factor: int) -> QColor:
    """The colour of a factor, by its place."""
    return QColor(theme.colours().series[factor])


def points(scaled: int) -> str:
    """A score or a contribution as people read it, to a tenth."""
    return str(rounded(from_scaled(scaled), 1))


def paint_stack(painter: QPainter, box: QRect, parts: Sequence[int], whole: int) -> None:
    """A bar of parts one after the other; the whole width is what all of them could be."""
    painter.fillRect(box, QColor(theme.colours().border))
    at = float(box.left())
    for place, part in enumerate(parts):
        width = box.width() * part / whole if whole else 0
        if width > 0:
            shown = QRectF(at, box.top(), max(width - _GAP, 1), box.height())
            painter.fillRect(shown, colour(place))
        at += width


class FactorBar(DrawnCell):
    """A cell whose value is a bar of contributions."""

    role = BAR_ROLE

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, found: Any) -> None:
        """The bar over the cell's background."""
        room: QRect = option.rect
        high = max(room.height() // 3, 6)
        box = QRect(room.left() + 6, room.center().y() - high // 2, room.width() - 12, high)
        paint_stack(painter, box, *found)


class _ValueBar(QWidget):
    """One factor's value from 0 to 1."""

    def __init__(self, factor: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._factor, self._value = factor, 0
        self.setFixedSize(theme.scaled(70), theme.scaled(9))

    def put(self, value: int) -> None:
        """Show another value, in millionths."""
        self._value = value
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The part of the whole."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.colours().border))
        width = round(self.width() * self._value / 1_000_000)
        painter.fillRect(0, 0, width, self.height(), colour(self._factor))
        painter.end()


class FactorPane(QWidget):
    """What each factor says of one person: a bar, what it adds, and a sentence."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: list[tuple[QLabel, _ValueBar, QLabel, QLabel]] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(3, 1)
        for place, factor in enumerate(FACTORS):
            name, bar, points_, sentence = (
                QLabel(tr(LABELS[factor]), self), _ValueBar(place, self), QLabel(self), QLabel(self),
            )  # fmt: skip
            bold = name.font()
            bold.setBold(True)
            name.setFont(bold)
            sentence.setWordWrap(True)
            sentence.setObjectName("muted")
            sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(name, 2 * place, 0)
            grid.addWidget(bar, 2 * place, 1, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(points_, 2 * place, 2)
            grid.addWidget(sentence, 2 * place + 1, 0, 1, 4)
            self._rows.append((name, bar, points_, sentence))
        self.put(None)

    def put(self, candidate: Candidate | None) -> None:
        """Show another person; None shows nothing."""
        self.setVisible(candidate is not None)
        if candidate is None:
            return
        for one, (_, bar, points_, sentence) in zip(candidate.factors, self._rows, strict=True):
            bar.put(one.value)
            points_.setText(
                tr(N_("{points} of {most}"), points=points(one.contribution), most=one.weight)
            )
            sentence.setText(one.sentence)
        self._keep_high()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As high as its sentences are at this width: the area around it scrolls, it cuts nothing."""
        super().resizeEvent(event)
        self._keep_high()

    def _keep_high(self) -> None:
        layout = self.layout()
        if layout is not None:
            self.setMinimumHeight(max(layout.totalHeightForWidth(max(self.width(), 1)), 0))

    def sentences(self) -> list[str]:
        """What is said, in the order of the factors."""
        return [row[3].text() for row in self._rows]


class LoadBars(QWidget):
    """Two weeks of one person, a column a day: what is taken, and what comes on top."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._outlook: Outlook | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """High enough for hours and day numbers."""
        return QSize(theme.scaled(320), theme.scaled(66))

    def put(self, outlook: Outlook | None) -> None:
        """Show another person's days."""
        self._outlook = outlook
        self.setAccessibleName(outlook.text() if outlook else "")
        self.update()

    def _width(self) -> float:
        days = len(self._outlook.days) if self._outlook else 1
        return min(self.width() / days, theme.scaled(44))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Columns from the left, days of the month below."""
        if self._outlook is None:
            return
        painter, colours = QPainter(self), theme.colours()
        foot = self.fontMetrics().height()
        most = max([Decimal(_HOURS), *(max(one.capacity, one.after) for one in self._outlook.days)])
        high = (self.height() - foot - 2) / float(most)
        width = self._width()
        for at, one in enumerate(self._outlook.days):
            left, base = at * width + 2, self.height() - foot
            wide = max(width - 5, 2)
            kept, after = min(one.before, one.after), one.after
            room = QRectF(left, base - float(one.capacity) * high, wide, float(one.capacity) * high)
            painter.fillRect(room, QColor(colours.raised))
            new = colours.danger if one.over else colours.accent
            painter.fillRect(
                QRectF(left, base - float(after) * high, wide, float(after - kept) * high),
                QColor(new),
            )
            painter.fillRect(
                QRectF(left, base - float(kept) * high, wide, float(kept) * high),
                QColor(colours.muted),
            )
            painter.setPen(QPen(QColor(colours.border)))
            painter.drawRect(room)
            painter.setPen(QPen(QColor(colours.text if one.capacity else colours.muted)))
            below = QRectF(left - 2, base, width, foot)
            painter.drawText(below, int(Qt.AlignmentFlag.AlignCenter), str(one.day.day))
        painter.end()

    def event(self, event: QEvent) -> bool:
        """A day's hours where the pointer rests."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self._outlook:
            at = int(event.pos().x() / self._width())
            if at < len(self._outlook.days):
                one = self._outlook.days[at]
                said = tr(
                    N_("{day}: {before} of {capacity} hours taken, {after} afterwards"),
                    day=one.day, before=rounded(one.before, 1), capacity=rounded(one.capacity, 1),
                    after=rounded(one.after, 1),
                )  # fmt: skip
                QToolTip.showText(event.globalPos(), said, self)
            return True
        return super().event(event)


class WeightsEditor(QWidget):
    """How much each factor counts, turned by hand; ``changed`` carries the weights."""

    changed = Signal(object)
    saved = Signal(object)
    refused = Signal(str)

    def __init__(self, weights: Weights, parent: QWidget) -> None:
        super().__init__(parent)
        self._weights, self._filling = weights, False
        self.boxes: dict[str, QSpinBox] = {}
        row = Flow(self, from_left=True)
        for place, factor in enumerate(FACTORS):
            row.addWidget(self._box(place, factor))
        self.usual = QPushButton(tr(N_("Usual weights")), self)
        self.save = QPushButton(tr(N_("Keep in this book")), self)
        for button in (self.usual, self.save):
            button.setAccessibleName(button.text())
            button.setAutoDefault(False)
            row.addWidget(button)
        self.usual.clicked.connect(self._to_usual)
        self.save.clicked.connect(self._save)
        self.put(weights)

    def _box(self, place: int, factor: str) -> QWidget:
        around = QWidget(self)
        box = QHBoxLayout(around)
        box.setContentsMargins(0, 0, 8, 0)
        box.setSpacing(4)
        chip = QLabel(around)
        chip.setFixedSize(theme.scaled(9), theme.scaled(9))
        chip.setStyleSheet(f"background: {colour(place).name()}; border-radius: 2px;")
        label, spin = QLabel(tr(LABELS[factor]), around), QSpinBox(around)
        label.setBuddy(spin)
        spin.setAccessibleName(label.text())
        spin.setRange(0, MOST)
        spin.setSingleStep(5)
        spin.setKeyboardTracking(True)
        spin.valueChanged.connect(self._turned)
        for one in (chip, label, spin):
            box.addWidget(one)
        self.boxes[factor] = spin
        return around

    @property
    def weights(self) -> Weights:
        """Those that count now."""
        return self._weights

    def put(self, weights: Weights) -> None:
        """Show other weights, and let them count."""
        self._filling = True
        for factor, spin in self.boxes.items():
            spin.setValue(weights[factor])
        self._filling = False
        self._take(weights)

    def _turned(self) -> None:
        if self._filling:
            return
        values = {factor: spin.value() for factor, spin in self.boxes.items()}
        if not any(values.values()):
            self.refused.emit(tr(N_("One factor at least must count more than 0.")))
            return
        self._take(Weights(**values))

    def _take(self, weights: Weights) -> None:
        self._weights = weights
        self.refused.emit("")
        self.changed.emit(weights)

    def _to_usual(self) -> None:
        self.put(USUAL)

    def _save(self) -> None:
        try:
            self.saved.emit(Weights.parse(self._weights.canonical))
        except Refused as refused:
            self.refused.emit(str(refused))
