"""Work that is there twice: pairs with their reasons; one of two is cancelled, or both become one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPushButton, QVBoxLayout, QWidget

from models.progress import Progress
from models.refusals import Refused
from models.tasks import duplicates, merging
from models.tasks.duplicates import Pair, Ref
from models.texts import N_, ntr, tr
from ui import theme
from ui.flow import Flow
from ui.jobs import Latest
from ui.records.short_table import ShortTable
from ui.session import Session


class Duplicates(QDialog):
    """The pairs; what is done with one is one undo step, and the list is read again."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._pairs: list[Pair] = []
        self._latest = Latest(session.jobs, self)
        self.setWindowTitle(tr(N_("Duplicates")))
        self.resize(theme.fitting(self, 860, 460))
        box = QVBoxLayout(self)
        self._told = QLabel(tr(N_("Looking for duplicates…")), self)
        self._told.setWordWrap(True)
        box.addWidget(self._told)
        heads = (tr(N_("First")), tr(N_("Second")), tr(N_("Why they seem the same")))
        self._table = ShortTable(heads, (), tr(N_("Duplicates")), 260)
        box.addWidget(self._table, 1)
        self._why = QLabel(self)  # a table's line may be too short for all of it
        self._why.setWordWrap(True)
        self._table.currentCellChanged.connect(self._say_why)
        box.addWidget(self._why)
        row = Flow(from_left=True)
        self._buttons = []
        for text, act in (
            (tr(N_("Merge into the first")), self._into_first),
            (tr(N_("Merge into the second")), self._into_second),
            (tr(N_("Cancel the first")), self._without_first),
            (tr(N_("Cancel the second")), self._without_second),
            (tr(N_("Open the first")), self._open_first),
            (tr(N_("Open the second")), self._open_second),
        ):
            button = QPushButton(text, self)
            button.setAccessibleName(text)
            button.setAutoDefault(False)
            button.clicked.connect(act)
            row.addWidget(button)
            self._buttons.append(button)
        box.addLayout(row)
        buttons = QDialogButtonBox(self)
        close = buttons.addButton(tr(N_("Close")), QDialogButtonBox.ButtonRole.RejectRole)
        close.setAccessibleName(close.text())
        close.clicked.connect(self.reject)
        box.addWidget(buttons)
        self.finished.connect(self._latest.forget)
        self._enable()
        self.look()

    def look(self) -> None:
        """Seek them again, in the background."""
        book = self._session.book

        def work(progress: Progress) -> list[Pair]:
            return duplicates.pairs(book)

        self._latest.ask(work, self._found, self._failed, tr(N_("Looking for duplicates…")))

    def _found(self, pairs: list[Pair]) -> None:
        at = max(self._table.currentRow(), 0)
        self._pairs = pairs
        self._table.put([(self._called(one.first), self._called(one.second), one.text()) for one in pairs])  # fmt: skip
        if pairs:
            self._table.setCurrentCell(min(at, len(pairs) - 1), 0)
            self._told.setText(ntr("{n} pair seems to be the same work.", "{n} pairs seem to be the same work.", len(pairs)))  # fmt: skip
        else:
            self._told.setText(tr(N_("Nothing is there twice.")))
        self._say_why()
        self._enable()

    def _say_why(self) -> None:
        pair = self._pair()
        self._why.setText(pair.text() if pair is not None else "")

    def _called(self, one: Ref) -> str:
        kind = self._session.book.schema.entity(one.entity)
        named = tr(N_("{kind}: {record}"), kind=kind.text(), record=one.label)
        return tr(N_("{record} ({more})"), record=named, more=one.more) if one.more else named

    def _failed(self, error: Exception) -> None:
        self._told.setText(str(error))

    def _enable(self) -> None:
        for button in self._buttons:
            button.setEnabled(bool(self._pairs))

    def _pair(self) -> Pair | None:
        at = self._table.currentRow()
        return self._pairs[at] if 0 <= at < len(self._pairs) else None

    def _write(self, act: Callable[[Pair], int], text: str) -> None:
        pair = self._pair()
        if pair is None:
            return
        try:
            number = act(pair)
        except Refused as refused:
            self._told.setText(str(refused))
            return
        self._session.said.emit(text, number)
        self.look()

    def _into_first(self) -> None:
        book = self._session.book

        def act(pair: Pair) -> int:
            return merging.merge(book, pair.first, pair.second)

        self._write(act, tr(N_("Two tasks became one")))

    def _into_second(self) -> None:
        book = self._session.book

        def act(pair: Pair) -> int:
            return merging.merge(book, pair.second, pair.first)

        self._write(act, tr(N_("Two tasks became one")))

    def _without_first(self) -> None:
        book = self._session.book

        def act(pair: Pair) -> int:
            return merging.cancel(book, pair.first)

        self._write(act, tr(N_("A duplicate was cancelled")))

    def _without_second(self) -> None:
        book = self._session.book

        def act(pair: Pair) -> int:
            return merging.cancel(book, pair.second)

        self._write(act, tr(N_("A duplicate was cancelled")))

    def _open_first(self) -> None:
        self._open(0)

    def _open_second(self) -> None:
        self._open(1)

    def _open(self, at: int) -> None:
        pair = self._pair()
        if pair is not None:
            one = (pair.first, pair.second)[at]
            self.accept()
            self._session.record_wanted.emit(one.entity, one.row)
