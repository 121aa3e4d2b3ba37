"""A board: columns of cards side by side, some of them folded to a strip."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from models.texts import N_, tr
from ui import theme
from ui.layouts import empty
from ui.pages.cards import Cards, Face, may_drop, take_drop

_WIDTH, _STRIP = 200, 38  # points of a column, and of a folded one


@dataclass(frozen=True)
class Shown:
    """What a column shows: ``summed`` stands under its name, ``count`` are all that belong to it."""

    key: Hashable
    name: str
    summed: str
    count: int
    faces: tuple[Face, ...]
    folded: bool = False


class _Strip(QAbstractButton):
    """A folded column: its name from top to bottom; pressed it opens."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """Narrow."""
        return QSize(theme.scaled(_STRIP) - 16, theme.scaled(120))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Its text, turned."""
        c, painter = theme.colours(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus() or self.underMouse():
            painter.setPen(QPen(QColor(c.accent), 2 if self.hasFocus() else 1))
            painter.setBrush(QColor(c.selection))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 4, 4)
        painter.setPen(QColor(c.text))
        painter.translate(self.width(), 0)
        painter.rotate(90)
        area = QRect(8, 0, self.height() - 16, self.width())
        fits = painter.fontMetrics()
        text = fits.elidedText(self.text(), Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()


class Cut(QLabel):
    """A line that never asks for room: what doesn't fit is told by its tooltip."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.whole = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def say(self, text: str) -> None:
        """Show a text, as much of it as fits."""
        self.whole = text
        self.setToolTip(text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width holds more or less of it."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        right = Qt.TextElideMode.ElideRight
        self.setText(self.fontMetrics().elidedText(self.whole, right, max(self.width(), 40)))


class CardColumn(QFrame):
    """One column: its name, how much is in it, the cards."""

    listed = Signal(object)  # its key: all of it is wanted as a list
    folded_by_hand = Signal(object, bool)

    def __init__(self, key: Hashable, parent: QWidget, *, folds: bool) -> None:
        super().__init__(parent)
        self.setObjectName("column")
        self.key, self.folded = key, False
        self._folds = folds
        self._head = Cut(self)
        self._head.setObjectName("heading")
        self._fold = QToolButton(self)
        self._fold.setArrowType(Qt.ArrowType.LeftArrow)
        self._fold.setAutoRaise(True)
        self._fold.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._fold.clicked.connect(self._fold_now)
        self._summed = Cut(self)
        self._summed.setObjectName("muted")
        self.cards = Cards(key, self)
        self._more = QPushButton(self)
        self._more.setProperty("link", True)
        self._more.clicked.connect(self._want_list)
        self._strip = _Strip(self)
        self._strip.clicked.connect(self._unfold_now)
        head = QHBoxLayout()
        head.addWidget(self._head, 1)
        head.addWidget(self._fold)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 8, 8, 8)
        box.addLayout(head)
        box.addWidget(self._summed)
        box.addWidget(self.cards, 1)
        box.addWidget(self._more)
        box.addWidget(self._strip, 1)
        self.setAcceptDrops(True)

    def show_column(self, shown: Shown) -> None:
        """Show what is in the column now."""
        self._head.say(shown.name)
        self._summed.say(shown.summed)
        self.cards.setAccessibleName(shown.name)
        text = tr(
            N_("{shown} of {all} shown: list all"),
            shown=f"{len(shown.faces):,}",
            all=f"{shown.count:,}",
        )
        self._more.setText(text)
        self._more.setToolTip(text)
        self._more.setAccessibleName(text)
        said = f"{shown.name}  {shown.count:,}"
        self._strip.setText(said)
        self._strip.setAccessibleName(said)
        self._strip.setToolTip(said)
        fold = tr(N_("Fold {name}"), name=shown.name)
        self._fold.setToolTip(fold)
        self._fold.setAccessibleName(fold)
        self._is_longer = shown.count > len(shown.faces)
        self.cards.show_cards(shown.faces)
        self.fold(shown.folded)

    _is_longer = False

    def fold(self, folded: bool) -> None:
        """Fold it to a strip, or open it."""
        self.folded = folded
        for one in (self._head, self._summed, self.cards):
            one.setVisible(not folded)
        self._fold.setVisible(self._folds and not folded)
        self._more.setVisible(self._is_longer and not folded)
        self._strip.setVisible(folded)
        if folded:
            self.setFixedWidth(theme.scaled(_STRIP))
        else:
            self.setMinimumWidth(theme.scaled(_WIDTH))
            self.setMaximumWidth(16_777_215)

    def _fold_now(self) -> None:
        self.fold(True)
        self._strip.setFocus()
        self.folded_by_hand.emit(self.key, True)

    def _unfold_now(self) -> None:
        self.fold(False)
        self.cards.enter()
        self.folded_by_hand.emit(self.key, False)

    def _want_list(self) -> None:
        self.listed.emit(self.key)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Cards may be dropped beside the cards, and on a strip."""
        if may_drop(event, self.cards):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """As above."""
        if may_drop(event, self.cards):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """As a drop on the cards."""
        take_drop(event, self.cards, self.key)


def _anywhere(mover: Hashable, to: Hashable) -> bool:
    return True


def _is_folded(column: CardColumn) -> bool:
    return column.folded


class CardBoard(QScrollArea):
    """Columns side by side. ``moved`` tells which records are to go to which column."""

    moved = Signal(object, object)
    opened = Signal(int)
    listed = Signal(object)
    folded_by_hand = Signal(object, bool)
    new_wanted = Signal(object)  # the key of the column
    remove_wanted = Signal(int)
    menu_wanted = Signal(object, int, QPoint)

    def __init__(self, parent: QWidget, *, folds: bool = False) -> None:
        super().__init__(parent)
        self._folds = folds
        # Whether cards may go from one column to another, by their keys.
        self.may: Callable[[Hashable, Hashable], bool] = _anywhere
        self.columns: list[CardColumn] = []
        self._inside = QWidget(self)
        self._row = QHBoxLayout(self._inside)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(10)
        self.setWidgetResizable(True)
        self.setWidget(self._inside)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @property
    def keys(self) -> list[Hashable]:
        """The columns in order."""
        return [one.key for one in self.columns]

    def show_columns(self, shown: Sequence[Shown]) -> None:
        """Show these; columns are made anew only when they are others."""
        if [one.key for one in shown] != self.keys:
            self.clear()
            self.columns = [self._column(one.key) for one in shown]
            for column in self.columns:
                self._row.addWidget(column)
        for column, one in zip(self.columns, shown, strict=True):
            column.show_column(one)

    def clear(self) -> None:
        """Take all columns away."""
        empty(self._row)
        self.columns = []

    def _column(self, key: Hashable) -> CardColumn:
        made = CardColumn(key, self._inside, folds=self._folds)
        made.cards.may = partial(self._may, key)
        made.listed.connect(self.listed)
        made.folded_by_hand.connect(self.folded_by_hand)
        made.cards.dropped.connect(self.moved)
        made.cards.step.connect(self._step)
        made.cards.go.connect(self._go)
        made.cards.wanted.connect(self.opened)
        made.cards.new_wanted.connect(self._new)
        made.cards.remove_wanted.connect(self.remove_wanted)
        made.cards.menu_wanted.connect(self._menu)
        return made

    def _may(self, to: Hashable, mover: Hashable) -> bool:
        return self.may(mover, to)

    def _at(self) -> int:
        cards = self.sender()
        assert isinstance(cards, Cards)
        return self.keys.index(cards.key)

    def _step(self, id: int, by: int) -> None:
        to = self._beside(self._at(), by, self.columns[self._at()].key)
        if to is not None:
            self.moved.emit([id], to.key)

    def _go(self, by: int) -> None:
        to = self._beside(self._at(), by)
        if to is not None:
            to.cards.enter()
            self.ensureWidgetVisible(to)

    def _beside(self, at: int, by: int, mover: Hashable = None) -> CardColumn | None:
        """The next open column in a direction; for cards of a column the next that they may go to.

        After the last open one come those that are folded: work is done by going one further.
        """
        way = self.columns[at + 1 :] if by > 0 else self.columns[:at][::-1]
        if mover is not None:
            way = sorted((one for one in way if one.cards.may(mover)), key=_is_folded)
        return next((one for one in way if mover is not None or not one.folded), None)

    def _new(self) -> None:
        self.new_wanted.emit(self.columns[self._at()].key)

    def _menu(self, id: int, place: QPoint) -> None:
        self.menu_wanted.emit(self.columns[self._at()].key, id, place)

    def focus_card(self, id: int, key: Hashable) -> None:
        """Let the focus follow a card to where it went."""
        for column in self.columns:
            if column.key == key and column.cards.row_of(id) >= 0:
                if column.folded:
                    column.fold(False)
                column.cards.enter(id)
                self.ensureWidgetVisible(column)

    def current(self) -> tuple[Hashable, int] | None:
        """The column that has the focus, and its card."""
        for column in self.columns:
            if column.cards.hasFocus():
                return column.key, column.cards.card()
        return None
