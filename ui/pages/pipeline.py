"""The pipeline: deals as a table, or as a board by stage between whose columns cards are dragged."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDropEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from models.describe.kinds import KINDS
from models.money import show_money
from models.sales.stages import STANDARD
from models.texts import N_, ntr, tr
from ui.records.record_page import RecordPage
from ui.session import Session

_CARDS = 200  # a column shows the largest; the table shows all


class DealsPage(RecordPage):
    """All deals as a table."""

    entity = "opportunity"
    columns = (
        "name",
        "code",
        "customer",
        "owner",
        "stage",
        "status",
        "amount",
        "product",
        "opened_on",
        "expected_close",
        "closed_on",
    )


class _Column(QListWidget):
    """The cards of one stage; takes cards that are dropped on it."""

    dropped = Signal(int, int)  # deal, stage

    def __init__(self, stage: int, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.stage = stage
        self.setAccessibleName(name)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setSpacing(3)
        self.setWordWrap(True)
        self.setFrameShape(QFrame.Shape.NoFrame)

    def dropEvent(self, event: QDropEvent) -> None:
        """Move the dragged deals to this stage."""
        source = event.source()
        if isinstance(source, _Column) and source is not self:
            deals = [int(one.data(Qt.ItemDataRole.UserRole)) for one in source.selectedItems()]
            event.setDropAction(Qt.DropAction.IgnoreAction)
            event.accept()
            for deal in deals:
                self.dropped.emit(deal, self.stage)


class Board(QWidget):
    """Open deals by stage."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._row = QHBoxLayout()
        self._row.setSpacing(10)
        inside = QWidget(self)
        inside.setLayout(self._row)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 6, 6, 6)
        box.addWidget(area)
        self._stale = True
        session.news.connect(self._heard)

    def _heard(self, notice: Any) -> None:
        if {"opportunity", "stage"} & set(notice.touched):
            self._stale = True
            if self.isVisible():
                self.reload()

    def showEvent(self, event: QShowEvent) -> None:
        """Read when first shown or stale."""
        super().showEvent(event)
        if self._stale:
            self.reload()

    def reload(self) -> None:
        """Build the columns again."""
        self._stale = False
        while self._row.count():
            item = self._row.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        book = self._session.book
        stages = book.ids("stage", None, [("order_no", False)])
        if not stages:
            self._row.addWidget(self._no_stages())
            return
        for stage, (name, kind) in zip(
            stages, book.rows("stage", stages, ["name", "kind"]), strict=True
        ):
            if kind == "open":
                self._row.addWidget(self._column(stage, name))
        for stage, (name, kind) in zip(
            stages, book.rows("stage", stages, ["name", "kind"]), strict=True
        ):
            if kind != "open":
                self._row.addWidget(self._column(stage, name))

    def _column(self, stage: int, name: str) -> QWidget:
        book = self._session.book
        with book.reading() as db:
            count, total = db.run(
                "SELECT count(*), coalesce(sum(amount), 0) FROM opportunity WHERE alive = 1 AND stage = ?",
                (stage,),
            )[0]
            ids = [
                row[0]
                for row in db.run(
                    f"SELECT id FROM opportunity WHERE alive = 1 AND stage = ? ORDER BY amount IS NULL, amount DESC, id DESC LIMIT {_CARDS}",
                    (stage,),
                )
            ]
        frame = QFrame(self)
        frame.setObjectName("card")
        frame.setMinimumWidth(210)
        box = QVBoxLayout(frame)
        head = QLabel(name, frame)
        head.setObjectName("heading")
        money = KINDS["money"].load(total)
        summed = QLabel(
            ntr("{n} deal", "{n} deals", count) + "  ·  " + show_money(money, book.currency), frame
        )
        summed.setObjectName("muted")
        cards = _Column(stage, name, frame)
        cards.dropped.connect(self._move)
        for id, (title, code, customer, owner, amount) in zip(
            ids,
            book.rows("opportunity", ids, ["name", "code", "customer", "owner", "amount"]),
            strict=True,
        ):
            lines = [
                title or (customer.label if customer else "") or code or "",
                " · ".join(
                    one
                    for one in (
                        (customer.label if customer and title else code or ""),
                        owner.label if owner else "",
                    )
                    if one
                ),
            ]
            if amount is not None:
                lines.append(show_money(amount, book.currency))
            item = QListWidgetItem("\n".join(one for one in lines if one))
            item.setData(Qt.ItemDataRole.UserRole, id)
            cards.addItem(item)
        for one in (head, summed, cards):
            box.addWidget(one)
        return frame

    def _move(self, deal: int, stage: int) -> None:
        book = self._session.book

        def act(change: Any) -> None:
            change.set("opportunity", deal, {"stage": stage})

        self._session.write(
            tr(
                N_("Move {deal} to {stage}"),
                deal=book.label("opportunity", deal),
                stage=book.label("stage", stage),
            ),
            act,
            offer_undo=True,
        )

    def _no_stages(self) -> QWidget:
        frame = QWidget(self)
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
        def act(change: Any) -> None:
            for place, (name, kind, odds, days) in enumerate(STANDARD, 1):
                change.add(
                    "stage",
                    {
                        "name": tr(name),
                        "kind": kind,
                        "probability": odds,
                        "order_no": place * 10,
                        "typical_days": days,
                    },
                )

        self._session.write(tr(N_("Usual stages")), act, offer_undo=True)


class PipelinePage(QWidget):
    """Table and board behind tabs."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.board = Board(session, self)
        self.deals = DealsPage(session, self)
        self.tabs.addTab(self.board, "")
        self.tabs.addTab(self.deals, "")
        box = QVBoxLayout(self)
        box.setContentsMargins(6, 4, 0, 0)
        box.addWidget(self.tabs)
        self.retranslate()

    def retranslate(self) -> None:
        """Show everything in the current language."""
        self.tabs.setTabText(0, tr(N_("Board")))
        self.tabs.setTabText(1, tr(N_("Table")))
        self.deals.retranslate()
        self.board.reload()

    def filter_by(self, where: str) -> None:
        """Show the deals of a filter."""
        self.tabs.setCurrentIndex(1)
        self.deals.filter_by(where)

    def pick(self, id: int) -> None:
        """Select a deal."""
        self.tabs.setCurrentIndex(1)
        self.deals.pick(id)
