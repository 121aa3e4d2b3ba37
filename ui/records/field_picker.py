"""A field to choose by name or pinyin: of a record itself, or of what it links to."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from models.describe import conditions, sentences
from models.describe.field import Entity
from models.describe.schema import Schema
from models.distinct import meaning
from models.texts import N_, tr
from ui import theme

_PATH = Qt.ItemDataRole.UserRole


def paths(entity: Entity, schema: Schema, first: Iterable[str]) -> list[str]:
    """What a filter can ask about: ``first`` these, then the other fields, then those of links."""
    own = [conditions.path_of(entity, schema, one) for one in first]
    own += [one.id for one in entity.fields]
    beyond = [
        f"{link.id}.{field.id}"
        for link in entity.links()
        for target in (schema.entity(link.target),)
        for field in target.fields
        if field.id != target.title[0]
    ]
    return list(dict.fromkeys([*own, *beyond]))


class FieldPicker(QWidget):
    """A line to type into and the fields that fit."""

    picked = Signal(str)  # its path

    def __init__(
        self, entity: Entity, schema: Schema, first: Iterable[str], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._named = [
            (one, sentences.label(entity, schema, one)) for one in paths(entity, schema, first)
        ]
        self.line = QLineEdit(self)
        hint = tr(N_("Which field?"))
        self.line.setPlaceholderText(hint)
        self.line.setAccessibleName(hint)
        self.list = QListWidget(self)
        self.list.setAccessibleName(tr(N_("Fields")))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumSize(theme.scaled(280), theme.scaled(300))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.line)
        column.addWidget(self.list, 1)
        self.line.textChanged.connect(self._fill)
        self.list.itemClicked.connect(self._pick)
        self._fill()

    def _fill(self) -> None:
        meant = meaning(self.line.text())
        self.list.clear()
        for path, label in self._named:
            if meant(label) or meant(path):
                item = QListWidgetItem(label, self.list)
                item.setData(_PATH, path)
                item.setToolTip(label)  # where it is cut
        self.list.setCurrentRow(0)

    def _pick(self, item: QListWidgetItem) -> None:
        self.picked.emit(str(item.data(_PATH)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down choose while one types, Enter takes the field."""
        key, rows = event.key(), self.list.count()
        item = self.list.currentItem()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if item is not None:
                self._pick(item)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.line.hasFocus() and rows:
            step = 1 if key == Qt.Key.Key_Down else -1
            self.list.setCurrentRow(min(max(self.list.currentRow() + step, 0), rows - 1))
        else:
            super().keyPressEvent(event)
