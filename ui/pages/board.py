"""Deals on a board by stage, between whose columns cards are dragged."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDropEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPen,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from models.book import Notice
from models.change import Change
from models.money import show_money, show_whole
from models.sales import board
from models.texts import N_, ntr, tr
from ui import theme
from ui.session import Session

_CARDS = 100  # a column shows the first; the table shows all
_ID = Qt.ItemDataRole.UserRole
_CARD = Qt.ItemDataRole.UserRole + 1


class _CardPainter(QStyledItemDelegate):
    """A card: title, whose it is, amount."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Three lines and the space around them."""
        card = index.data(_CARD)
        return QSize(120, len(_lines(card, "")) * (option.fontMetrics.height() + 2) + 20)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw it."""
        c, card = theme.colours(), index.data(_CARD)
        area: QRect = option.rect.adjusted(2, 3, -2, -3)
        view = option.widget  # one card of the board is the one that keys would move
        chosen = bool(option.state & QStyle.StateFlag.State_Selected) and view.hasFocus()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(c.accent if chosen else c.border)))
        painter.setBrush(QColor(c.selection if chosen else c.surface))
        painter.drawRoundedRect(area, 6, 6)
        font: QFont = QFont(option.font)
        metrics = option.fontMetrics
        x, y, width = area.x() + 10, area.y() + 7, area.width() - 20
        for at, (text, beside) in enumerate(_lines(card, index.data(_CARD + 1))):
            font.setBold(at == 0)
            painter.setFont(font)
            line, fits = QRect(x, y, width, metrics.height()), QFontMetrics(font)
            shown = fits.elidedText(text, Qt.TextElideMode.ElideRight, width)
            painter.setPen(QColor(c.muted if text in card.about else c.text))
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft, shown)
            room = width - fits.horizontalAdvance(shown + "  ")
            if beside and room > 0:  # the amount is never cut for the name beside it
                said = fits.elidedText(beside, Qt.TextElideMode.ElideRight, room)
                painter.setPen(QColor(c.muted))
                painter.drawText(line, Qt.AlignmentFlag.AlignRight, said)
            y += metrics.height() + 2
        painter.restore()


def _lines(card: board.Card, currency: str) -> list[tuple[str, str]]:
    """The lines of a card, each with what stands at its right end: the amount beside its owner."""
    amount = "" if card.amount is None else show_whole(card.amount, currency)
    lines = [(card.title, ""), *((one, "") for one in card.about[:1])]
    more = card.about[-1] if len(card.about) > 1 else ""
    return [*lines, (amount or more, more if amount else "")] if amount or more else lines


class _Cards(QListWidget):
    """The cards of one stage; takes cards that are dropped on it."""

    dropped = Signal(int, int)  # deal, stage
    step = Signal(int, int)  # deal, stages to the right

    def __init__(self, stage: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.stage = stage
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setItemDelegate(_CardPainter(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setObjectName("cards")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def show_cards(self, cards: Sequence[board.Card], currency: str) -> None:
        """Show these cards; the place that is seen and the current card stay, or its neighbour."""
        place, row, deal = self.verticalScrollBar().value(), self.currentRow(), self.card()
        self.clear()
        for card in cards:
            amount = [] if card.amount is None else [show_money(card.amount, currency)]
            item = QListWidgetItem("\n".join([card.title, *card.about, *amount]))
            item.setToolTip(item.text())
            item.setData(_ID, card.id)
            item.setData(_CARD, card)
            item.setData(_CARD + 1, currency)
            self.addItem(item)
        if row >= 0 and self.count():
            same = self.row_of(deal)
            self.setCurrentRow(same if same >= 0 else min(row, self.count() - 1))
        self.doItemsLayout()
        self.verticalScrollBar().setValue(place)

    def card(self) -> int:
        """The deal of the current card, 0 for none."""
        item = self.currentItem() if self.currentRow() >= 0 else None
        return int(item.data(_ID)) if item is not None else 0

    def row_of(self, deal: int) -> int:
        """The row of a deal's card, -1 when it isn't here."""
        found = (at for at in range(self.count()) if self.item(at).data(_ID) == deal)
        return next(found, -1)

    def dropEvent(self, event: QDropEvent) -> None:
        """Move the dragged deals to this stage; the board is drawn again by the notice."""
        source = event.source()
        if isinstance(source, _Cards) and source is not self:
            deals = [int(one.data(_ID)) for one in source.selectedItems()]
            event.setDropAction(Qt.DropAction.IgnoreAction)
            event.accept()
            for deal in deals:
                self.dropped.emit(deal, self.stage)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl with an arrow moves the card a stage on, for those who don't drag."""
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        deal = self.card()
        if steps and control and deal:
            self.step.emit(deal, steps)
        else:
            super().keyPressEvent(event)


class _Column(QFrame):
    """One stage: its name, how many deals, their sum, the cards."""

    listed = Signal(str)  # the name of the stage whose deals are wanted as a table

    def __init__(self, stage: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("column")
        self._head = QLabel(self)
        self._head.setObjectName("heading")
        self._summed = QLabel(self)
        self._summed.setObjectName("muted")
        self.cards = _Cards(stage, self)
        self._more = QPushButton(self)
        self._more.setProperty("link", True)
        self._more.clicked.connect(self._want_list)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 8, 8, 8)
        box.addWidget(self._head)
        box.addWidget(self._summed)
        box.addWidget(self.cards, 1)
        box.addWidget(self._more)

    def show_column(self, column: board.Column, currency: str) -> None:
        """Show what is in the stage now."""
        self.setMinimumWidth(theme.scaled(200))
        self._head.setText(column.name)
        said = ntr("{n} deal", "{n} deals", column.count)
        if column.amount:
            said = f"{said}  ·  {show_whole(column.amount, currency)}"
        self._summed.setText(said)
        self.cards.setAccessibleName(column.name)
        text = tr(
            N_("{shown} of {all} shown: list all"),
            shown=f"{len(column.cards):,}",
            all=f"{column.count:,}",
        )
        self._more.setText(text)
        self._more.setAccessibleName(text)
        self._more.setVisible(column.count > len(column.cards))
        self.cards.show_cards(column.cards, currency)

    def _want_list(self) -> None:
        self.listed.emit(self._head.text())


class Board(QWidget):
    """Deals by stage."""

    opened = Signal(int)
    listed = Signal(str)  # the name of a stage whose deals are wanted as a table

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._columns: list[_Column] = []
        self._inside = QWidget(self)
        self._row = QHBoxLayout(self._inside)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(10)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setWidget(self._inside)
        self._hint = QLabel(self)
        self._hint.setObjectName("muted")
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 12, 8)
        box.addWidget(self._hint)
        box.addWidget(area, 1)
        self._stale = True
        session.news.connect(self._heard)

    def _heard(self, notice: Notice) -> None:
        if {"opportunity", "stage", "customer"} & notice.touched.keys():
            self._stale = True
            if self.isVisible():
                self.reload()

    def showEvent(self, event: QShowEvent) -> None:
        """Read when first shown or stale."""
        super().showEvent(event)
        if self._stale:
            self.reload()

    def reload(self) -> None:
        """Read again; columns are made anew only when the stages are others."""
        self._stale = False
        found = board.columns(self._session.book, _CARDS)
        self._hint.setText(
            tr(N_("Drag a card to another stage, or press Ctrl with → or ←. Enter opens it."))
        )
        self._hint.setVisible(bool(found))
        if not found or [one.stage for one in found] != self._stages:
            self._arrange(found)
        for column, one in zip(self._columns, found, strict=True):
            column.show_column(one, self._session.book.currency)

    @property
    def _stages(self) -> list[int]:
        return [one.cards.stage for one in self._columns]

    def _arrange(self, found: Sequence[board.Column]) -> None:
        while self._row.count():
            item = self._row.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._columns = [self._column(one.stage) for one in found]
        for column in self._columns:
            self._row.addWidget(column)
        if not found:
            self._row.addWidget(self._no_stages())

    def _column(self, stage: int) -> _Column:
        made = _Column(stage, self._inside)
        made.listed.connect(self.listed)
        made.cards.dropped.connect(self._move)
        made.cards.step.connect(self._step)
        made.cards.itemActivated.connect(self._open)
        return made

    def _open(self, item: QListWidgetItem) -> None:
        self.opened.emit(int(item.data(_ID)))

    def _step(self, deal: int, steps: int) -> None:
        cards = self.sender()
        assert isinstance(cards, _Cards)
        at = self._stages.index(cards.stage) + steps
        if 0 <= at < len(self._stages):
            self._move(deal, self._stages[at])

    def _move(self, deal: int, stage: int) -> None:
        book = self._session.book

        def act(change: Change) -> None:
            change.set("opportunity", deal, {"stage": stage})

        reason = tr(
            N_("Move {deal} to {stage}"),
            deal=book.label("opportunity", deal) or book.public_id("opportunity", deal),
            stage=book.label("stage", stage),
        )
        self._session.write(reason, act, offer_undo=True)
        for column in self._columns:  # the focus goes where the card went
            row = column.cards.row_of(deal)
            if column.cards.stage == stage and row >= 0:
                column.cards.setCurrentRow(row)
                column.cards.setFocus()

    def _no_stages(self) -> QWidget:
        frame = QWidget(self._inside)
        box = QVBoxLayout(frame)
        said = QLabel(
            tr(N_("No stages yet. Import your deals, or begin with the usual six stages.")), frame
        )
        said.setObjectName("muted")
        button = QPushButton(tr(N_("Use the usual stages")), frame)
        button.setProperty("primary", True)
        button.setAccessibleName(button.text())
        button.clicked.connect(self._standard)
        box.addStretch(1)
        box.addWidget(said, 0, Qt.AlignmentFlag.AlignCenter)
        box.addWidget(button, 0, Qt.AlignmentFlag.AlignCenter)
        box.addStretch(1)
        return frame

    def _standard(self) -> None:
        reason = tr(N_("Usual stages"))
        number = board.add_standard_stages(self._session.book, reason)
        self._session.said.emit(reason, number)
