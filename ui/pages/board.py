"""Deals on a board by stage, between whose columns cards are dragged."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from models.book import Notice
from models.change import Change
from models.money import show_money, show_whole
from models.sales import board
from models.texts import N_, ntr, tr
from ui.pages.card_board import CardBoard, Shown
from ui.pages.cards import Face, Line
from ui.session import Session

_CARDS = 100  # a column shows the first; the table shows all


def face(card: board.Card, currency: str) -> Face:
    """What the card of a deal shows: title, whose it is, amount and its owner."""
    amount = "" if card.amount is None else show_whole(card.amount, currency)
    lines = [Line(card.title), *(Line(one, tone="muted") for one in card.about[:1])]
    more = card.about[-1] if len(card.about) > 1 else ""
    if amount:
        lines.append(Line(amount, more))
    elif more:
        lines.append(Line(more, tone="muted"))
    exact = [] if card.amount is None else [show_money(card.amount, currency)]
    return Face(card.id, tuple(lines), "\n".join([card.title, *card.about, *exact]))


class Board(QWidget):
    """Deals by stage."""

    opened = Signal(int)
    listed = Signal(str)  # the name of a stage whose deals are wanted as a table

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.board = CardBoard(self)
        self.board.moved.connect(self._moved)
        self.board.opened.connect(self.opened)
        self.board.listed.connect(self._list)
        self.board.menu_wanted.connect(self._menu)
        self._none = self._no_stages()
        self._hint = QLabel(self)
        self._hint.setObjectName("muted")
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 12, 8)
        box.addWidget(self._hint)
        box.addWidget(self.board, 1)
        box.addWidget(self._none, 1)
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
        """Read again."""
        self._stale = False
        found = board.columns(self._session.book, _CARDS)
        self._hint.setText(
            tr(N_("Drag a card to another stage, or press Ctrl with → or ←. Enter opens it."))
        )
        self._say_none()
        for one in (self._hint, self.board):
            one.setVisible(bool(found))
        self._none.setVisible(not found)
        self.board.show_columns([self._shown(one) for one in found])

    def _shown(self, column: board.Column) -> Shown:
        currency = self._session.book.currency
        said = ntr("{n} deal", "{n} deals", column.count)
        if column.amount:
            said = f"{said}  ·  {show_whole(column.amount, currency)}"
        faces = tuple(face(one, currency) for one in column.cards)
        return Shown(column.stage, column.name, said, column.count, faces)

    def _list(self, stage: int) -> None:
        self.listed.emit(self._session.book.label("stage", stage))

    def _menu(self, stage: int, deal: int, place: QPoint) -> None:
        if not deal:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr(N_("Open the record"))).setData((deal, None))
        inside = menu.addMenu(tr(N_("Move to")))
        for column in self.board.columns:
            if column.key != stage:
                name = self._session.book.label("stage", int(str(column.key)))
                inside.addAction(name.replace("&", "&&")).setData((deal, column.key))
        menu.triggered.connect(self._chosen)
        menu.popup(place)

    def _moved(self, deals: Sequence[int], stage: int) -> None:
        book = self._session.book

        def act(change: Change) -> None:
            for deal in deals:
                change.set("opportunity", deal, {"stage": stage})

        reason = tr(
            N_("Move {deal} to {stage}"),
            deal=book.label("opportunity", deals[0]) or book.public_id("opportunity", deals[0]),
            stage=book.label("stage", stage),
        )
        self._session.write(reason, act, offer_undo=True)
        self.board.focus_card(deals[0], stage)  # the focus goes where the card went

    def _chosen(self, action: QAction) -> None:
        said = action.data()
        if said is None:
            return  # the entry that opens the menu of stages
        deal, stage = said
        if stage is None:
            self.opened.emit(deal)
        else:
            self._moved([deal], stage)

    def _no_stages(self) -> QWidget:
        frame = QWidget(self)
        box = QVBoxLayout(frame)
        self._said, self._use = QLabel(frame), QPushButton(frame)
        self._said.setObjectName("muted")
        self._said.setWordWrap(True)
        self._said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._use.setProperty("primary", True)
        self._use.clicked.connect(self._standard)
        box.addStretch(1)
        box.addWidget(self._said)
        box.addWidget(self._use, 0, Qt.AlignmentFlag.AlignCenter)
        box.addStretch(1)
        return frame

    def _say_none(self) -> None:
        self._said.setText(
            tr(N_("No stages yet. Import your deals, or begin with the usual six stages."))
        )
        text = tr(N_("Use the usual stages"))
        self._use.setText(text)
        self._use.setAccessibleName(text)

    def _standard(self) -> None:
        reason = tr(N_("Usual stages"))
        number = board.add_standard_stages(self._session.book, reason)
        self._session.said.emit(reason, number)
