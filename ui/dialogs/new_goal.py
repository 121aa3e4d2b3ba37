"""A new goal: its fields, and the SMART meter that follows every key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QPlainTextEdit, QWidget

from models.change import Change
from models.describe.kinds import KINDS, Link
from models.measures import engine
from ui import theme
from ui.dialogs.new_record import NewRecord
from ui.pages.smart_asker import SmartAsker
from ui.pages.smart_meter import SmartMeter
from ui.records.editors import put_value
from ui.records.field_box import FieldBox
from ui.session import Session

_ENTITY = "goal"
_ASKED = ("measure", "period", "person", "team", "target", "floor", "stretch", "parent")


class NewGoal(NewRecord):
    """Asks for a goal; the meter says what is missing and offers levels, it blocks nothing."""

    most = 3 + len(_ASKED)  # with those that every goal has

    def __init__(
        self,
        session: Session,
        parent: QWidget,
        known: Mapping[str, str | Link] | None = None,
        on: date | None = None,
    ) -> None:
        """``known`` are values that stand there already; ``on`` is what counts as today."""
        super().__init__(session, _ENTITY, parent, _ASKED, known)
        self.setMinimumWidth(theme.scaled(520))
        self._checkpoints: Sequence[date] = ()
        self.asker = SmartAsker(session, self)
        self.asker.on = on
        self.meter = SmartMeter(session.book, self)
        self._why = FieldBox(
            session, _ENTITY, self._kind.field("override_reason"), self, lines=True
        )
        self._boxes["override_reason"] = self._why
        form = self.layout()
        assert isinstance(form, QFormLayout)
        self._form = form
        form.insertRow(form.rowCount() - 2, self._why.field.text(), self._why)
        form.insertRow(form.rowCount() - 2, self.meter)
        form.setRowVisible(self._why, False)
        self.asker.judged.connect(self._judged)
        self.meter.used.connect(self._use)
        self.meter.reason_wanted.connect(self._to_reason)
        for box in self._boxes.values():
            self._follow(box)
        self.finished.connect(self.asker.stop)
        self._judge()

    def _follow(self, box: FieldBox) -> None:
        editor = box.editor
        if isinstance(editor, QComboBox):
            editor.editTextChanged.connect(self._judge)
        elif isinstance(editor, QLineEdit | QPlainTextEdit):
            editor.textChanged.connect(self._judge)

    def _judge(self) -> None:
        self.asker.ask({name: box.typed() for name, box in self._boxes.items()}, None)

    def _judged(self, judgement: Any) -> None:
        typed = self._boxes["measure"].typed().strip()
        known = {one.text(): one.code for one in engine.definitions()}
        self.meter.show_judgement(judgement, known.get(typed, ""))
        if judgement.open:
            self._form.setRowVisible(self._why, True)

    def _use(self, values: Mapping[str, Any]) -> None:
        """Put a suggestion into the fields; checkpoints are added with the goal."""
        self._checkpoints = tuple(values.get("checkpoints", self._checkpoints))
        for name, value in values.items():
            box = self._boxes.get(name)
            if box is None:
                continue
            if box.field.kind == "link" and isinstance(value, int):
                value = Link(value, self._session.book.label(_ENTITY, value))
            put_value(box.editor, KINDS[box.field.kind].edited(box.field, value), value)
        self._judge()

    def _to_reason(self) -> None:
        self._form.setRowVisible(self._why, True)
        self._why.editor.setFocus()

    def add_parts(self, change: Change, row: int) -> None:
        """The checkpoints that were taken over, in the same change."""
        for day in self._checkpoints:
            change.add("goal_checkpoint", {"goal": Link(row, ""), "due": day})
