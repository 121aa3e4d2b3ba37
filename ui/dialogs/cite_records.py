"""Chooses records that show something: typed, ticked by the space bar, taken over by Enter."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from models.evaluations.citable import Citable, citable
from models.evaluations.desk import Standing
from models.progress import Progress
from models.texts import N_, ntr, tr
from ui import theme
from ui.jobs import Latest
from ui.session import Session

_TYPING = 150  # ms after the last key
_ID = Qt.ItemDataRole.UserRole


class CiteRecords(QDialog):
    """The records of a person to tick; ``taken`` carries their ids."""

    taken = Signal(object)

    def __init__(
        self, session: Session, one: Standing, chosen: Sequence[str], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session, self._standing = session, one
        self.chosen = list(chosen)
        self._latest = Latest(session.jobs, self)
        self.setWindowTitle(tr(N_("What shows it: {person}"), person=one.scored.name))
        self.resize(theme.fitting(self, 620, 460))
        self.line = QLineEdit(self)
        self.line.setClearButtonEnabled(True)
        self.line.setPlaceholderText(tr(N_("Find by customer, deal or words")))
        self.line.setAccessibleName(self.line.placeholderText())
        self.list = QListWidget(self)
        self.list.setAccessibleName(tr(N_("Records to cite")))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.count = QLabel(self)
        self.count.setObjectName("muted")
        hint = QLabel(
            tr(N_("Arrow down goes to the list, Space ticks, Enter takes them over.")), self
        )
        hint.setObjectName("muted")
        hint.setWordWrap(True)
        self.buttons = QDialogButtonBox(self)
        for role, text, act in (
            (QDialogButtonBox.ButtonRole.AcceptRole, tr(N_("Cite")), self._take),
            (QDialogButtonBox.ButtonRole.RejectRole, tr(N_("Cancel")), self.reject),
        ):
            button = self.buttons.addButton(text, role)
            button.setAccessibleName(text)
            button.clicked.connect(act)
        box = QVBoxLayout(self)
        for widget in (self.line, self.list, hint, self.count, self.buttons):
            box.addWidget(widget)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TYPING)
        self._timer.timeout.connect(self._ask)
        self.line.textEdited.connect(self._timer.start)
        self.line.installEventFilter(self)
        self.list.installEventFilter(self)
        self.list.itemChanged.connect(self._ticked)
        self._ask()
        self._tell()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow down leaves the line for the list; Enter in the list takes what is ticked."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if watched is self.line and event.key() == Qt.Key.Key_Down and self.list.count():
                self.list.setFocus()
                self.list.setCurrentRow(max(self.list.currentRow(), 0))
                return True
            if watched is self.list and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                current = self.list.currentItem()
                if not self.chosen and current is not None:
                    current.setCheckState(Qt.CheckState.Checked)
                self._take()
                return True
        return super().eventFilter(watched, event)

    def _ask(self) -> None:
        book, one, typed = self._session.book, self._standing, self.line.text()

        def work(progress: Progress) -> tuple[Citable, ...]:
            return citable(book, one.person, one.scored.first, one.scored.last, typed)

        self._latest.ask(work, self._show, self._failed)

    def _failed(self, error: Exception) -> None:
        self.count.setText(str(error))

    def _show(self, found: Sequence[Citable]) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for one in found:
            text = tr(
                N_("{day}  {kind}  {id}  {label}"),
                day=one.on or "–",
                kind=one.kind,
                label=one.label,
                id=one.id,
            )
            item = QListWidgetItem(text)
            item.setData(_ID, one.id)
            item.setToolTip(text)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            ticked = one.id in self.chosen
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.blockSignals(False)
        self._tell()

    def _ticked(self, item: QListWidgetItem) -> None:
        id, ticked = str(item.data(_ID)), item.checkState() == Qt.CheckState.Checked
        if ticked and id not in self.chosen:
            self.chosen.append(id)
        elif not ticked and id in self.chosen:
            self.chosen.remove(id)
        self._tell()

    def _tell(self) -> None:
        n = len(self.chosen)
        said = ntr("{n} record is cited", "{n} records are cited", n)
        if not self.list.count():
            said = tr(N_("No record of this person in these days matches. {said}"), said=said)
        self.count.setText(said)

    def _take(self) -> None:
        self.accept()
        self.taken.emit(list(self.chosen))
