"""Choosing records to cite: what is likely or searched, ticked by the keyboard; beside a line, or asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from models.progress import Progress
from models.public_ids import listed
from models.texts import N_, ntr, tr
from ui import theme
from ui.jobs import Latest
from ui.session import Session

if TYPE_CHECKING:
    from models.growth.likely import Offered, Whose

_TYPING = 150  # ms after the last key
_ID = Qt.ItemDataRole.UserRole
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MOST = 40  # records that are offered


class CiteList(QWidget):
    """A search and the records to tick. What is chosen stands first and stays, whatever is searched.

    ``whose`` says whose records of which days are likely meant. ``changed`` tells that something was
    chosen or taken back; ``entered`` that Enter was pressed in the list, which otherwise ticks.
    """

    changed = Signal()
    entered = Signal()

    def __init__(
        self,
        session: Session,
        whose: Callable[[], Whose | None],
        chosen: Sequence[str],
        parent: QWidget,
        *,
        enter_ticks: bool = True,
    ) -> None:
        super().__init__(parent)
        self._session, self._whose, self._enter_ticks = session, whose, enter_ticks
        self.chosen = list(chosen)
        self._line: QLineEdit | None = None
        self._latest = Latest(session.jobs, self)
        self.search = QLineEdit(self)
        self.search.setClearButtonEnabled(True)
        self.search.setPlaceholderText(tr(N_("Find a record to cite")))
        self.search.setAccessibleName(self.search.placeholderText())
        for cross in self.search.findChildren(QToolButton):
            cross.setAccessibleName(tr(N_("Clear")))
        self.list = QListWidget(self)
        self.list.setAccessibleName(tr(N_("Records that may be cited")))
        self.list.setMinimumHeight(theme.scaled(120))
        self.list.setTabKeyNavigation(False)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.said = QLabel(self)
        self.said.setObjectName("muted")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        for widget in (self.search, self.list, self.said):
            box.addWidget(widget)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TYPING)
        self._timer.timeout.connect(self.read)
        self.search.textChanged.connect(self._typed)
        self.search.installEventFilter(self)
        self.list.installEventFilter(self)
        self.list.itemChanged.connect(self._ticked)
        session.closing.connect(self.forget)
        self._say()
        self.read()

    def forget(self) -> None:
        """It is closed: what is being read comes for nobody."""
        self._timer.stop()
        self._latest.forget()

    def follow(self, line: QLineEdit) -> None:
        """What is ticked stands in a line of a form, and what stands there is ticked."""
        self._line = line
        self.changed.connect(self._put_into_line)
        line.textChanged.connect(self._read_line)
        self._read_line(line.text())

    def _put_into_line(self) -> None:
        if self._line is not None:
            self._line.setText(" ".join(self.chosen))

    def _read_line(self, text: str) -> None:
        self.choose(listed(text))

    def choose(self, ids: Sequence[str]) -> None:
        """These are chosen now: ticked where they stand, read where they don't."""
        if list(ids) == self.chosen:
            return
        self.chosen = list(ids)
        items = [self.list.item(at) for at in range(self.list.count())]
        shown = {str(one.data(_ID)) for one in items}
        self.list.blockSignals(True)
        for item in items:
            if item.data(_ID):
                _put(item, item.data(_ID) in self.chosen)
        self.list.blockSignals(False)
        self._say()
        if not shown >= set(self.chosen):
            self._timer.start()

    # -- reading -----------------------------------------------------------------------------------

    def _typed(self) -> None:
        self._timer.start()

    def read(self) -> None:
        """Offer what is chosen, then what was searched or is likely."""
        self._timer.stop()
        book, typed, chosen = self._session.book, self.search.text().strip(), " ".join(self.chosen)
        whose = self._whose()

        def work(_: Progress) -> tuple[Sequence[Offered], Sequence[Offered]]:
            from models.growth import likely

            found = likely.matching(book, typed, whose) if typed else likely.likely(book, whose, _MOST)  # fmt: skip
            return likely.named(book, chosen), found

        self._latest.ask(work, self._show, self._failed)

    def _failed(self, error: Exception) -> None:
        self.said.setText(str(error))

    def _show(self, answer: tuple[Sequence[Offered], Sequence[Offered]]) -> None:
        said, found = answer
        known = {one.id: one for one in (*found, *said)}
        first = {one: _two_lines(known[one]) if one in known else tr(N_("{id} names no record"), id=one) for one in self.chosen}  # fmt: skip
        others = {one.id: _two_lines(one) for one in found if one.id not in first}
        stays = self.list.hasFocus() and self.list.currentRow() >= 0
        at = self.list.currentItem().data(_ID) if stays else None
        self.list.blockSignals(True)
        self.list.clear()
        for id, text in {**first, **others}.items():
            item = QListWidgetItem(text)
            item.setToolTip(text)
            item.setData(_ID, id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            _put(item, id in self.chosen)
            self.list.addItem(item)
        self.list.blockSignals(False)
        ids = [*first, *others]
        self.list.setCurrentRow(ids.index(at) if at in ids else len(first) if others else 0)
        if not others:
            self._put_nothing()
        self._say()

    def _say(self) -> None:
        """How many are chosen."""
        self.said.setText(ntr("{n} record is cited", "{n} records are cited", len(self.chosen)))

    def _put_nothing(self) -> None:
        """Say in the list why nothing else is offered."""
        item = QListWidgetItem(self._nothing())
        item.setToolTip(item.text())
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setForeground(theme.brush("muted"))
        self.list.addItem(item)

    def _nothing(self) -> str:
        whose, typed = self._whose(), self.search.text().strip()
        if typed:
            return tr(N_("Nothing is found for “{typed}”."), typed=typed)
        if whose is None:
            return tr(N_("Say whose records are meant, or search for one."))
        return tr(
            N_("Nothing is known of {first} to {last}; search for a record."),
            first=whose.first.isoformat(),
            last=whose.last.isoformat(),
        )

    # -- choosing ----------------------------------------------------------------------------------

    def _ticked(self, item: QListWidgetItem) -> None:
        id, ticked = str(item.data(_ID)), item.checkState() == Qt.CheckState.Checked
        if ticked and id not in self.chosen:
            self.chosen.append(id)
        elif not ticked and id in self.chosen:
            self.chosen.remove(id)
        self._say()
        self.changed.emit()

    def tick(self) -> None:
        """Tick the record that the keyboard is on, or take the tick away."""
        if self.list.currentRow() >= 0 and self.list.currentItem().data(_ID):
            item = self.list.currentItem()
            _put(item, item.checkState() != Qt.CheckState.Checked)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down and Enter lead from the search to the list; Enter in the list ticks, or has it taken over."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if watched is self.search:
                return self._leave_search(event)
            if watched is self.list:
                return self._in_list(event)
        return super().eventFilter(watched, event)

    def _leave_search(self, event: QKeyEvent) -> bool:
        entered = event.key() in _ENTER
        if entered and self._timer.isActive():
            self.read()
        if (entered or event.key() == Qt.Key.Key_Down) and self.list.count():
            self.list.setFocus()
            self.list.setCurrentRow(max(self.list.currentRow(), 0))
        return entered or event.key() == Qt.Key.Key_Down

    def _in_list(self, event: QKeyEvent) -> bool:
        if event.key() in _ENTER and self._enter_ticks:
            self.tick()
            return True
        if event.key() in _ENTER:
            self.entered.emit()
            return True
        if event.key() == Qt.Key.Key_Up and self.list.currentRow() <= 0:
            self.search.setFocus()
            return True
        return False


def _two_lines(one: Offered) -> str:
    """Beside a form there is no room for all of it in one."""
    return f"{one.label}\n{one.rest()}"


def _put(item: QListWidgetItem, ticked: bool) -> None:
    item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)


class CiteRecords(QDialog):
    """Asks for the records that something cites; ``taken`` carries their ids."""

    taken = Signal(object)

    def __init__(
        self,
        session: Session,
        whose: Whose | None,
        chosen: Sequence[str],
        title: str,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.resize(theme.fitting(self, 640, 480))
        self.picker = CiteList(session, lambda: whose, chosen, self, enter_ticks=False)
        hint = QLabel(
            tr(N_("Arrow down goes to the list, Space ticks, Enter takes them over.")), self
        )
        hint.setObjectName("muted")
        hint.setWordWrap(True)
        self.buttons = QDialogButtonBox(self)
        for role, text, act in (
            (QDialogButtonBox.ButtonRole.AcceptRole, tr(N_("Cite")), self.take),
            (QDialogButtonBox.ButtonRole.RejectRole, tr(N_("Cancel")), self.reject),
        ):
            button = self.buttons.addButton(text, role)
            button.setAccessibleName(text)
            button.clicked.connect(act)
        box = QVBoxLayout(self)
        box.addWidget(self.picker, 1)
        for widget in (hint, self.buttons):
            box.addWidget(widget)
        self._before = list(chosen)
        self.picker.entered.connect(self._entered)
        self.finished.connect(self.picker.forget)
        self.picker.search.setFocus()

    def _entered(self) -> None:
        """Enter in the list: what is ticked, else the record that the keyboard is on."""
        row = self.picker.list.currentRow()
        if self.picker.chosen == self._before and row >= len(self._before):
            self.picker.tick()
        self.take()

    def take(self) -> None:
        """Take over what is chosen."""
        self.accept()
        self.taken.emit(list(self.picker.chosen))
