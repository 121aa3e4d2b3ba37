"""Giving feedback: situation, behaviour, impact, next step, the records that show it; checked gently."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from models.book import Book
from models.describe.kinds import Link
from models.growth import feedback, leading, likely, prompts
from models.growth.feedback import Draft
from models.growth.prompts import Prompt
from models.refusals import Refused
from models.texts import N_, tr
from ui import theme
from ui.dialogs.cite_records import CiteList
from ui.dialogs.plan_follow_up import Acting
from ui.records.cite_line import CiteLine
from ui.session import Session

_FIELDS = (
    "person", "giver", "kind", "skill", "event_date", "situation", "behaviour", "impact", "next_step",
    "cites", "given_on", "visibility",
)  # fmt: skip
_TYPING = 250  # ms after the last key before it is looked through


class GiveFeedback(Acting):
    """Asks for feedback; what could make it more useful is said beside it and blocks nothing.

    ``known`` are values by field that stand there from the beginning.
    """

    def __init__(
        self, session: Session, parent: QWidget, known: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(session, tr(N_("Give feedback")), "feedback", _FIELDS, parent)
        self.setMinimumWidth(theme.scaled(860))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TYPING)
        self._timer.timeout.connect(self.look)
        self.as_task = QCheckBox(tr(N_("Make a task of the next step")), self)
        self.as_task.setAccessibleName(self.as_task.text())
        for name, value in {"kind": "strength", "given_on": date.today(), "visibility": "shared", **(known or {})}.items():  # fmt: skip
            self.put(name, value)
        line = self.boxes["cites"].editor
        assert isinstance(line, CiteLine)
        line.whose = self._whose
        self.picker = CiteList(session, self._whose, [], self)
        self.picker.follow(line)
        self.finished.connect(self.picker.forget)
        self.hints = QLabel(self)
        self.hints.setWordWrap(True)
        self._arrange()
        self.finish(tr(N_("Give feedback")))
        self._follow()
        self.look()
        first = "person" if "person" not in (known or {}) else "behaviour"
        self.boxes[first].editor.setFocus()

    def _arrange(self) -> None:
        self.form.addRow("", self.as_task)
        side = QVBoxLayout()
        for text, widget, room in (
            (tr(N_("Cited records")), self.picker, 1),
            (tr(N_("Gentle checks")), self.hints, 0),
        ):
            head = QLabel(text, self)
            head.setObjectName("heading")
            side.addWidget(head)
            side.addWidget(widget, room)
        self.box.removeItem(self.form)
        row = QHBoxLayout()
        row.addLayout(self.form, 3)
        row.addSpacing(12)
        row.addLayout(side, 2)
        self.box.addLayout(row)

    def _follow(self) -> None:
        """Look again after each change."""
        for box in self.boxes.values():
            editor = box.editor
            if isinstance(editor, QLineEdit | QPlainTextEdit):
                editor.textChanged.connect(self._typed)
            elif isinstance(editor, QComboBox):
                editor.currentTextChanged.connect(self._typed)
        for name in ("person", "event_date"):
            editor = self.boxes[name].editor
            if isinstance(editor, QLineEdit):
                editor.editingFinished.connect(self.picker.read)

    def _typed(self) -> None:
        self._timer.start()

    def _whose(self) -> likely.Whose | None:
        """The weeks before the event, else before the feedback."""
        return likely.until(self.row("person"), self._day("event_date") or self._day("given_on"))

    def draft(self) -> Draft:
        """What stands there; days that can't be read are left out."""
        texts = {
            name: self.boxes[name].typed()
            for name in ("situation", "behaviour", "impact", "next_step", "cites")
        }
        return Draft(**texts, event_date=self._day("event_date"), given_on=self._day("given_on"))

    def _day(self, name: str) -> date | None:
        try:
            found = self.meant(name)
        except Refused:
            return None
        return found if isinstance(found, date) else None

    def look(self) -> None:
        """Say what could be added, and how soon after the event it is."""
        draft = self.draft()
        found = feedback.hints(self.session.book, draft)
        soon = feedback.days_text(draft.event_date, draft.given_on)
        lines = [f"• {one.text}" for one in found]
        if soon:
            lines.append(tr(N_("Given {when}."), when=soon))
        self.hints.setObjectName("warning" if found else "muted")
        self.hints.setText("\n".join(lines) or tr(N_("Nothing to add.")))
        self.hints.style().unpolish(self.hints)
        self.hints.style().polish(self.hints)

    def do(self) -> None:
        """Keep it.

        Raises:
            Refused: whom it is for or the situation is missing, or an id means no record.
        """
        values = {name: typed for name, box in self.boxes.items() if (typed := box.typed().strip())}
        feedback.give(self.session.book, values, as_task=self.as_task.isChecked())
        self.tell()


def about(
    book: Book, person: int, record: tuple[str, int], event: Prompt | None = None
) -> dict[str, Any]:
    """What feedback after an event begins with: whose, from whom, when, of which kind, with its record.

    ``event`` is looked up where it isn't known.
    """
    entity, row = record
    made: dict[str, Any] = {"person": Link(person, book.label("salesperson", person))}
    with book.reading() as db:
        lead = leading.leader(db, person)
    if lead is not None:
        made["giver"] = Link(lead, book.label("salesperson", lead))
    if event is None:
        key = (entity, row, person)
        found = prompts.prompts(book, date.today())
        event = next((one for one in found if (one.entity, one.row, one.person) == key), None)
    if event is not None:
        made |= {"kind": event.suggested, "event_date": event.on, "situation": event.text()}
    return {**made, "cites": book.public_id(entity, row)}


def open_give(session: Session, known: Mapping[str, Any] | None, parent: QWidget) -> GiveFeedback:
    """Open the dialog; it is gone when it is closed."""
    dialog = GiveFeedback(session, parent, known)
    dialog.open()
    return dialog
