"""The goal beside the tree: its states to go to, the SMART meter that follows every key, its fields."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from models.change import Change
from models.describe.kinds import Link
from models.texts import N_, tr
from ui.flow import Flow
from ui.pages.smart_asker import SmartAsker
from ui.pages.smart_meter import SmartMeter
from ui.records.detail_pane import DetailPane
from ui.records.editors import text_of
from ui.records.field_box import FieldEditor
from ui.session import Session

_GOAL = "goal"
_ACTS = {
    "draft": N_("Back to draft"),
    "proposed": N_("Propose"),
    "agreed": N_("Agree"),
    "active": N_("Start"),
    "reached": N_("Close as reached"),
    "missed": N_("Close as missed"),
    "cancelled": N_("Cancel the goal"),
    "superseded": N_("Renegotiate…"),
}
_AGAIN = N_("Reopen")
_FORWARD = ("proposed", "agreed", "active")  # states into which a goal isn't taken without a look


class GoalPane(DetailPane):
    """One goal to edit."""

    replaced = Signal(int)  # another goal has taken its place

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, _GOAL, parent)
        self.asker = SmartAsker(session, self)
        self.asker.judged.connect(self._judged)
        self._meter: SmartMeter | None = None
        self._editors: list[FieldEditor] = []

    def look_on(self, day: date | None) -> None:
        """Judge as on this day; None: today."""
        if self.asker.on != day:
            self.asker.on = day
            if self.id:
                self._judge()

    def show_record(self, id: int) -> None:
        """Show a goal; 0 shows none."""
        super().show_record(id)
        if not id:
            self.asker.stop()

    def _form(self) -> QWidget:
        form = super()._form()
        around = QWidget(self)
        box = QVBoxLayout(around)
        box.setContentsMargins(0, 6, 0, 0)
        box.setSpacing(2)
        box.addLayout(self._states(around))
        self._meter = SmartMeter(self.session.book, around)
        self._meter.used.connect(self._use)
        self._meter.reason_wanted.connect(self._to_reason)
        box.addWidget(self._meter)
        box.addWidget(form, 1)
        self._editors = form.findChildren(FieldEditor)
        for one in self._editors:
            self._follow(one)
        self._judge()
        return around

    def _follow(self, box: FieldEditor) -> None:
        editor = box.editor
        if isinstance(editor, QComboBox):
            editor.editTextChanged.connect(self._judge)
        elif isinstance(editor, QLineEdit):
            editor.textEdited.connect(self._judge)
        elif isinstance(editor, QPlainTextEdit):
            editor.textChanged.connect(self._judge)

    # -- the meter -----------------------------------------------------------------------------------

    def _judge(self) -> None:
        """Judge what stands in the fields, saved or not."""
        if not self.id or self.only_read:
            return
        typed = {
            box.field.id: box.typed()
            for box in self._editors
            if box.field.kind != "link" and text_of(box.editor) != box.saved
        }
        self.asker.ask(typed, self.id)

    def _judged(self, judgement: Any) -> None:
        if self._meter is not None and self.id:
            measure = self.session.book.record(_GOAL, self.id)["measure"] or ""
            self._meter.show_judgement(judgement, measure)

    def _use(self, values: dict[str, Any]) -> None:
        """Put a suggestion in, as one change."""
        goal, book = self.id, self.session.book

        def act(change: Change) -> None:
            fields = {name: value for name, value in values.items() if name != "checkpoints"}
            if isinstance(fields.get("parent"), int):
                fields["parent"] = Link(fields["parent"], book.label(_GOAL, fields["parent"]))
            if fields:
                change.set(_GOAL, goal, fields)
            for day in values.get("checkpoints", ()):
                change.add("goal_checkpoint", {"goal": Link(goal, ""), "due": day})

        reason = tr(N_("Use the suggestion for {goal}"), goal=book.label(_GOAL, goal))
        if self.session.write(reason, act, offer_undo=True):
            self.show_record(goal)

    def _to_reason(self) -> None:
        for box in self._editors:
            if box.field.id == "override_reason":
                box.editor.setFocus()

    # -- its states ----------------------------------------------------------------------------------

    def _states(self, parent: QWidget) -> Flow:
        from models.goals.transitions import NEXT

        flow = Flow(from_left=True)
        now = self.session.book.record(_GOAL, self.id)["status"]
        for at, state in enumerate(() if self.only_read else NEXT.get(now or "draft", ())):
            text = tr(
                _AGAIN if now in ("reached", "missed") and state == "active" else _ACTS[state]
            )
            button = QPushButton(text, parent)
            button.setProperty("primary", at == 0 and state in _FORWARD)
            button.setAccessibleName(text)
            button.clicked.connect(partial(self._go_on, state))
            flow.addWidget(button)
        return flow

    def _go_on(self, state: str) -> None:
        if state == "superseded":
            self._ask_renegotiation()
        elif state in _FORWARD and self.asker.last is not None and self.asker.last.asks_reason:
            self._ask_reason(state)
        else:
            self._set_state(state, "")

    def _ask_reason(self, state: str) -> None:
        """Nothing is blocked: why it goes on in spite of what is missing is asked for."""
        from ui.dialogs.goal_reason import GoalReason

        judgement = self.asker.last
        assert judgement is not None
        missing = [one.reason for one in judgement.findings if one.state == "open"]
        dialog = GoalReason(self.session, tr(_ACTS[state]), missing, self)
        dialog.given.connect(partial(self._set_state, state))
        dialog.open()

    def _set_state(self, state: str, why: str) -> None:
        goal, book = self.id, self.session.book
        values = {"status": state, **({"override_reason": why} if why else {})}

        def act(change: Change) -> None:
            change.set(_GOAL, goal, values)

        found = book.schema.entity(_GOAL).field("status").choice(state)
        assert found is not None
        reason = tr(N_("{goal}: {state}"), goal=book.label(_GOAL, goal), state=found.text())
        if self.session.write(reason, act, offer_undo=True):
            self.show_record(goal)

    def _ask_renegotiation(self) -> None:
        from ui.dialogs.goal_reason import Renegotiation

        dialog = Renegotiation(self.session, self.id, self)
        dialog.made.connect(self.replaced)
        dialog.open()
