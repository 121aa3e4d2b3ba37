"""The history pane: every change of the book, newest first.

Any of them can be taken back, alone or with all that came after it. Undos that were made as one are
shown as one.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from models.describe.schema import Schema
from models.journal.entries import ChangeInfo
from models.texts import N_, ntr, tr
from ui import help_pages, theme
from ui.session import Session

_BLOCK = 200  # changes read at once
_NO = Qt.ItemDataRole.UserRole


def counted(schema: Schema, change: ChangeInfo) -> list[str]:
    """How many records of each kind a change touched; what the book noted of them itself isn't counted."""
    touched = [one for one in schema if one.id in change.counts]
    own = [one for one in touched if not (one.system and one.part_of)]
    return [f"{one.plural_text()} {change.counts[one.id]:,}" for one in own or touched]


class HistoryPane(QWidget):
    """The list and its buttons."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        help_pages.offer(self, "undo")
        self._read: list[ChangeInfo] = []
        self._shown: list[ChangeInfo] = []  # of those turned as one the last stands for all
        self._stale = True
        self._table = QTableWidget(0, 3, self)
        self._table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._table.setTabKeyNavigation(False)
        self._table.setShowGrid(False)
        self._table.setWordWrap(False)
        self._table.verticalHeader().hide()
        self._table.verticalHeader().setDefaultSectionSize(theme.row_height())
        head = self._table.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        self._table.currentCellChanged.connect(self._moved)
        self._table.doubleClicked.connect(self._turn_at)
        self._turn_button = QPushButton(self)
        self._turn_button.clicked.connect(self._turn)
        self._back_button = QPushButton(self)
        self._back_button.clicked.connect(self._back)
        self._more = QPushButton(self)
        self._more.clicked.connect(self._read_more)
        buttons = QHBoxLayout()
        buttons.addWidget(self._more)
        buttons.addStretch(1)
        buttons.addWidget(self._turn_button)
        below = QHBoxLayout()
        below.addStretch(1)
        below.addWidget(self._back_button)
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 6, 10, 10)
        box.addWidget(self._table, 1)
        box.addLayout(buttons)
        box.addLayout(below)
        session.news.connect(self._heard)
        self.retranslate()

    def retranslate(self) -> None:
        """Show everything in the current language."""
        heads = [tr(one) for one in (N_("Change"), N_("When"), N_("Who"))]
        self._table.setHorizontalHeaderLabels(heads)
        self._table.setAccessibleName(tr(N_("History")))
        # Large text leaves the first column no room beside the others: then they are scrolled to.
        self._table.horizontalHeader().setMinimumSectionSize(theme.scaled(64))
        self._more.setText(tr(N_("Older changes")))
        self._more.setAccessibleName(self._more.text())
        self._back_button.setText(tr(N_("Back to before this")))
        self._back_button.setAccessibleName(self._back_button.text())
        self._heard()

    def _heard(self) -> None:
        """Something changed: who can't see it need not wait for it."""
        self._stale = True
        if self.isVisible():
            self.reload()

    def showEvent(self, event: QShowEvent) -> None:
        """What went stale while it was hidden is read again."""
        super().showEvent(event)
        if self._stale:
            self.reload()

    def reload(self) -> None:
        """Read the latest changes again."""
        self._stale = False
        self._read = self._session.book.history(_BLOCK)
        self._show()

    def _read_more(self) -> None:
        if self._read:
            self._read += self._session.book.history(_BLOCK, before=self._read[-1].no)
            self._show()

    def _show(self) -> None:
        at = max(self._table.currentRow(), 0)
        several: set[int] = set()
        self._shown = []
        for one in self._read:
            if one.together is None or one.together not in several:
                self._shown.append(one)
            several.add(one.together or 0)
        self._table.blockSignals(True)
        self._table.setRowCount(len(self._shown))
        for row, one in enumerate(self._shown):
            when = one.at.astimezone().strftime("%m-%d %H:%M")
            for column, text in enumerate((self._what(one), when, one.author)):
                item = QTableWidgetItem(text)
                item.setToolTip(self._told(one))
                item.setData(_NO, one.no)
                if one.undone or one.kind != "edit":
                    item.setForeground(theme.brush("muted"))
                font = item.font()
                font.setStrikeOut(one.undone and column == 0)
                item.setFont(font)
                self._table.setItem(row, column, item)
        self._table.blockSignals(False)
        self._more.setVisible(bool(self._read) and self._read[-1].no > 1)
        if self._shown:
            self._table.setCurrentCell(min(at, len(self._shown) - 1), 0)
        self._moved()

    def _what(self, one: ChangeInfo) -> str:
        if one.together is not None:
            n = one.no - one.together + 1
            if one.kind == "undo":
                return ntr(
                    "Back to before “{reason}”: {n} change taken back.",
                    "Back to before “{reason}”: {n} changes taken back.",
                    n,
                    reason=one.reason,
                )
            return ntr("{n} change brought back.", "{n} changes brought back.", n)
        if one.kind == "undo":
            return tr(N_("Taken back: {reason}"), reason=one.reason)
        if one.kind == "redo":
            return tr(N_("Done again: {reason}"), reason=one.reason)
        return one.reason

    def _told(self, one: ChangeInfo) -> str:
        counts = counted(self._session.book.schema, one)
        when = one.at.astimezone().strftime("%Y-%m-%d %H:%M:%S")
        lines = [self._what(one), when, one.author, *counts]
        if one.undone:
            lines.append(tr(N_("This change is taken back.")))
        return "\n".join(lines)

    def _current(self) -> ChangeInfo | None:
        row = self._table.currentRow()
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def _moved(self) -> None:
        one = self._current()
        undone = one is not None and one.undone
        jump = one is not None and one.kind == "undo" and one.together is not None
        text = tr(N_("Do this change again")) if undone else tr(N_("Take this change back"))
        if jump:
            text = tr(N_("Bring these changes back"))
        self._turn_button.setText(text)
        self._turn_button.setAccessibleName(text)
        self._turn_button.setEnabled(one is not None and (one.kind == "edit" or jump))
        count = self._session.book.living_since(self._point(one))[0] if one is not None else 0
        self._back_button.setEnabled(count > 0)
        told = ntr(
            "Takes back this change and all later ones: {n} change.",
            "Takes back this change and all later ones: {n} changes.",
            count,
        )
        self._back_button.setToolTip(told if count else "")

    def _turn_at(self, index: QModelIndex) -> None:
        self._turn()

    def _point(self, one: ChangeInfo) -> int:
        return one.together or one.no

    def _back(self) -> None:
        one = self._current()
        if one is not None:
            told = one.reason if one.together is not None else self._what(one)
            self._session.back_to(self._point(one), told)

    def _turn(self) -> None:
        one = self._current()
        if one is not None and one.kind == "undo" and one.together is not None:
            self._session.bring_back(self._session.book.turned_together(one))
        if one is None or one.kind != "edit":
            return
        if one.undone:
            self._session.redo(one.no)
        else:
            self._session.undo(one.no)
