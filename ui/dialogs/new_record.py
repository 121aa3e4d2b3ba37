"""A new record: its required and its naming fields, what is wrong said beneath."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QWidget

from models.change import Change
from models.describe.kinds import Link
from models.texts import N_, tr
from models.trying import refusals
from ui import theme
from ui.records.editors import put_value
from ui.records.field_box import FieldBox
from ui.session import Session

_MOST = 6  # fields asked for at once; the rest is filled in beside the list


class NewRecord(QDialog):
    """Asks for the first fields of a record and adds it; ``made`` carries its row."""

    made = Signal(int)
    most = _MOST

    def __init__(
        self,
        session: Session,
        entity: str,
        parent: QWidget,
        likely: Sequence[str] = (),
        known: Mapping[str, str | Link] | None = None,
    ) -> None:
        """``likely`` fields are asked for first, after those that a record must have.

        ``known`` are values that stand in them already, as texts or links.
        """
        super().__init__(parent)
        self._session, self._kind = session, session.book.schema.entity(entity)
        self.setWindowTitle(tr(N_("New {entity}"), entity=self._kind.text()))
        self.setMinimumWidth(theme.scaled(420))
        form = QFormLayout(self)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        first = [one for one in self._kind.fields if one.required or one.id in self._kind.title]
        place = {id: at for at, id in enumerate(likely)}
        ordered = sorted(self._kind.fields, key=lambda one: place.get(one.id, len(place)))
        first += [one for one in ordered if one.id in (known or {}) and one not in first]
        more = [
            one
            for one in ordered
            if one not in first and one.kind != "long_text" and not one.formula
        ]
        self._boxes: dict[str, FieldBox] = {}
        for field in [*first, *more][: max(self.most, len(first))]:
            box = FieldBox(session, entity, field, self)
            label = QLabel(field.text() + (" *" if field.required else ""), self)
            label.setBuddy(box.editor)
            form.addRow(label, box)
            self._boxes[field.id] = box
            value = (known or {}).get(field.id, "")
            put_value(box.editor, value.label if isinstance(value, Link) else value, value)
        self._said = QLabel(self)
        self._said.setObjectName("danger")
        self._said.setWordWrap(True)
        self._said.hide()
        form.addRow(self._said)
        buttons = QDialogButtonBox(self)
        for role, text, act in (
            (QDialogButtonBox.ButtonRole.AcceptRole, tr(N_("Add")), self._add),
            (QDialogButtonBox.ButtonRole.RejectRole, tr(N_("Cancel")), self.reject),
        ):
            button = buttons.addButton(text, role)
            button.setAccessibleName(text)
            button.clicked.connect(act)
        form.addRow(buttons)

    def add_parts(self, change: Change, row: int) -> None:
        """Add what belongs to the new record, in the same change."""

    def _add(self) -> None:
        values = {name: box.typed() for name, box in self._boxes.items()}
        wrong = refusals(self._session.book, self._kind.id, values)
        for name, box in self._boxes.items():
            box.say(wrong.get(name))
        self._said.hide()
        if wrong:
            self._boxes[next(iter(wrong))].editor.setFocus()
            return
        given = {name: text for name, text in values.items() if text.strip()}
        rows: list[int] = []

        def act(change: Change) -> None:
            rows.append(change.add(self._kind.id, given))
            self.add_parts(change, rows[0])

        reason = tr(N_("Add {entity}"), entity=self._kind.text())
        named = " ".join(given[one] for one in self._kind.title if one in given)
        if named:
            reason = tr(N_("Add {entity}: {record}"), entity=self._kind.text(), record=named)
        number, refused = self._session.attempt(reason, act)
        if refused is not None:
            self._said.setText(str(refused))
            self._said.show()
            return
        self.accept()
        self._session.said.emit(reason, number)
        self.made.emit(rows[0])
