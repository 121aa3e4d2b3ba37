"""Small dialogs of views: a name, and which columns stand in which order."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from models.describe.field import Entity
from models.describe.schema import Schema
from models.texts import N_, tr
from ui import theme

_PATH = Qt.ItemDataRole.UserRole
_DEEPEST = 2  # links that the list of fields follows
_SHOWN = Qt.CheckState.Checked


def buttons(dialog: QDialog, accept: str) -> tuple[QDialogButtonBox, QPushButton]:
    """What ends a dialog: what it does, and Cancel."""
    box = QDialogButtonBox(dialog)
    done = box.addButton(accept, QDialogButtonBox.ButtonRole.AcceptRole)
    cancel = box.addButton(tr(N_("Cancel")), QDialogButtonBox.ButtonRole.RejectRole)
    for one in (done, cancel):
        one.setAccessibleName(one.text())
    cancel.clicked.connect(dialog.reject)
    return box, done


class ViewName(QDialog):
    """Asks what a view is called."""

    def __init__(
        self, title: str, name: str, then: Callable[[str], object], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._then = then
        self.setWindowTitle(title)
        self.setMinimumWidth(theme.scaled(340))
        self._name = QLineEdit(name, self)
        self._name.setAccessibleName(tr(N_("Name")))
        self._name.selectAll()
        form = QFormLayout(self)
        form.addRow(tr(N_("Name")), self._name)
        box, self._done = buttons(self, tr(N_("Save")))
        self._done.clicked.connect(self._take)
        form.addRow(box)
        self._name.textChanged.connect(self._typed)
        self._typed()

    def _typed(self) -> None:
        self._done.setEnabled(bool(self._name.text().strip()))

    def _take(self) -> None:
        self._then(self._name.text().strip())
        self.accept()


class _Fields(QListWidget):
    """A list in which Alt with an arrow moves what is chosen."""

    moved = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+Up and Alt+Down move; all else is the list's own."""
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if by is not None and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            self.moved.emit(by)
        else:
            super().keyPressEvent(event)


class ColumnChooser(QDialog):
    """Fields with a mark each, those shown first, in their order; more through links and search.

    Space shows or hides, Alt+Up and Alt+Down move.
    """

    def __init__(
        self,
        schema: Schema,
        entity: str,
        shown: Sequence[str],
        then: Callable[[Sequence[str]], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._then = then
        self.setWindowTitle(tr(N_("Choose columns")))
        self.resize(theme.scaled(460), theme.scaled(560))
        self.search = QLineEdit(self)
        self.search.setClearButtonEnabled(True)
        self.list = _Fields(self)
        self._up, self._down = QPushButton(self), QPushButton(self)
        sought = tr(N_("Search fields, also those of linked records"))
        self.search.setPlaceholderText(sought)
        self.search.setAccessibleName(sought)
        self.list.setAccessibleName(tr(N_("Choose columns")))
        for button, text, key in (
            (self._up, tr(N_("Move up")), "Alt+Up"),
            (self._down, tr(N_("Move down")), "Alt+Down"),
        ):
            button.setText(text)
            button.setAccessibleName(text)
            button.setToolTip(key)
        box, done = buttons(self, tr(N_("Apply")))
        done.clicked.connect(self._take)
        moves = QHBoxLayout()
        moves.addWidget(self._up)
        moves.addWidget(self._down)
        moves.addStretch(1)
        body = QVBoxLayout(self)
        body.addWidget(self.search)
        body.addWidget(self.list, 1)
        body.addLayout(moves)
        body.addWidget(box)
        self._fill(schema, schema.entity(entity), shown)
        self.search.textChanged.connect(self._narrow)
        self.list.moved.connect(self._move)
        self._up.clicked.connect(self._move_up)
        self._down.clicked.connect(self._move_down)

    def _fill(self, schema: Schema, entity: Entity, shown: Sequence[str]) -> None:
        fields = reachable(schema, entity)
        for path in [*shown, *(one for one in fields if one not in shown)]:
            steps, last = schema.path(entity, path)
            label = " › ".join(one.text() for one in (*steps, last))
            item = QListWidgetItem(label, self.list)
            item.setData(_PATH, path)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(_SHOWN if path in shown else Qt.CheckState.Unchecked)
        self._narrow("")
        self.list.setCurrentRow(0)

    def _narrow(self, text: str) -> None:
        """Fields of linked records only show when they are sought or shown."""
        sought = text.strip().casefold()
        for at in range(self.list.count()):
            item = self.list.item(at)
            far = "." in item.data(_PATH) and item.checkState() != _SHOWN
            item.setHidden(sought not in item.text().casefold() or (far and not sought))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down leads from the search into the list."""
        if event.key() == Qt.Key.Key_Down and self.search.hasFocus():
            self.list.setFocus()
        else:
            super().keyPressEvent(event)

    def _move_up(self) -> None:
        self._move(-1)

    def _move_down(self) -> None:
        self._move(1)

    def _move(self, by: int) -> None:
        at = to = self.list.currentRow()
        while 0 <= to + by < self.list.count():
            to += by
            if not self.list.item(to).isHidden():
                self.list.insertItem(to, self.list.takeItem(at))
                self.list.setCurrentRow(to)
                return

    def chosen(self) -> list[str]:
        """The paths of the marked fields, in their order."""
        items = (self.list.item(at) for at in range(self.list.count()))
        return [str(one.data(_PATH)) for one in items if one.checkState() == _SHOWN]

    def _take(self) -> None:
        paths = self.chosen()
        if paths:
            self._then(paths)
        self.accept()


def reachable(schema: Schema, entity: Entity, deepest: int = _DEEPEST) -> list[str]:
    """The fields of an entity, and those of what its links point to."""
    found: list[str] = []
    level: list[tuple[str, Entity]] = [("", entity)]
    for _ in range(deepest + 1):
        beyond: list[tuple[str, Entity]] = []
        for start, kind in level:
            found.extend(start + one.id for one in kind.fields)
            beyond.extend((f"{start}{one.id}.", schema.entity(one.target)) for one in kind.links())
        level = beyond
    return found
