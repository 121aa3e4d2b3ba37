"""Planning a one-to-one talk, and holding one: notes for both, notes for the manager, promises of both sides."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QWidget,
)

from models.describe import parsing
from models.describe.kinds import Link
from models.growth import leading, talks
from models.growth.talks import NewPromise
from models.refusals import Refused
from models.texts import N_, tr
from ui import theme
from ui.dialogs.plan_follow_up import Acting
from ui.records.editors import make_editor, typed_in
from ui.session import Session

_ENTITY = "one_on_one"
_PROMISES = 4  # lines for promises
_LINES = 90  # points of notes


def _lead(session: Session, person: int) -> Link | None:
    book = session.book
    with book.reading() as db:
        found = leading.leader(db, person)
    return None if found is None else Link(found, book.label("salesperson", found))


class PlanTalk(Acting):
    """Asks when, and what to talk about."""

    def __init__(self, session: Session, person: int, day: date, parent: QWidget) -> None:
        name = session.book.label("salesperson", person)
        title = tr(N_("Plan a talk with {person}"), person=name)
        super().__init__(session, title, _ENTITY, ("held_on", "manager", "agenda"), parent)
        self._person = person
        self.put("held_on", day)
        if (lead := _lead(session, person)) is not None:
            self.put("manager", lead)
        self.finish(tr(N_("Plan")))
        self.boxes["held_on"].editor.setFocus()

    def do(self) -> None:
        """Plan it.

        Raises:
            Refused: the day or the name can't be read.
        """
        day = self.meant("held_on")
        if not isinstance(day, date):
            raise Refused("which_day", N_("Say on which day."))
        agenda = self.boxes["agenda"].typed()
        talks.plan(self.session.book, self._person, day, self.row("manager"), agenda)
        self.tell()


class HoldTalk(Acting):
    """Takes down a talk: ``talk`` is the planned one that is held, None for a new one."""

    def __init__(
        self, session: Session, person: int, parent: QWidget, talk: int | None = None
    ) -> None:
        name = session.book.label("salesperson", person)
        title = tr(N_("Talk with {person}"), person=name)
        fields = ("held_on", "manager", "shared_notes", "private_notes")
        super().__init__(session, title, _ENTITY, fields, parent)
        self._person, self._talk, self._name = person, talk, name
        self.setMinimumWidth(theme.scaled(680))
        self.put("held_on", date.today())
        if (lead := _lead(session, person)) is not None:
            self.put("manager", lead)
        for one in ("shared_notes", "private_notes"):
            self.boxes[one].editor.setFixedHeight(theme.scaled(_LINES))
        hint = QLabel(tr(N_("Shared notes go out with the workbook and stand on the paper; private notes never leave this book.")), self)  # fmt: skip
        hint.setObjectName("muted")
        hint.setWordWrap(True)
        self.form.addRow(hint)
        self.promises: list[tuple[QComboBox, QLineEdit, QWidget]] = []
        self._make_promises()
        self.as_tasks = QCheckBox(tr(N_("Make tasks of the promises")), self)
        self.as_tasks.setAccessibleName(self.as_tasks.text())
        self.as_tasks.setChecked(True)
        self.box.addWidget(self.as_tasks)
        self.finish(tr(N_("Keep the talk")))
        self.boxes["shared_notes"].editor.setFocus()

    def _make_promises(self) -> None:
        head = QHBoxLayout()
        label = QLabel(tr(N_("Promises")), self)
        label.setObjectName("heading")
        head.addWidget(label)
        self.box.addLayout(head)
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        self._due = self.session.book.schema.entity("promise").field("due")
        manager = tr(N_("Manager"))
        for at in range(_PROMISES):
            who = QComboBox(self)
            who.addItem(self._name, talks.PERSON)
            who.addItem(manager, talks.MANAGER)
            what = QLineEdit(self)
            due = make_editor(self.session, self._due, self)
            what.setPlaceholderText(tr(N_("What will be done")))
            for widget, text in (
                (who, tr(N_("Promise {n}: by whom"), n=at + 1)),
                (what, tr(N_("Promise {n}"), n=at + 1)),
                (due, tr(N_("Promise {n}: by when"), n=at + 1)),
            ):
                widget.setAccessibleName(text)
            for column, widget in enumerate((who, what, due)):
                grid.addWidget(widget, at, column)
            self.promises.append((who, what, due))
        self.box.addLayout(grid)

    def _made(self) -> list[NewPromise]:
        made = []
        for who, what, due in self.promises:
            if not what.text().strip():
                continue
            typed = typed_in(due, self._due).strip()
            try:
                day = parsing.day(typed) if typed else None
            except parsing.Unreadable as wrong:
                raise Refused(wrong.code, wrong.template, **wrong.values) from None
            made.append(NewPromise(str(who.currentData()), what.text().strip(), day))
        return made

    def do(self) -> None:
        """Keep it.

        Raises:
            Refused: the day, a name or the day of a promise can't be read.
        """
        day = self.meant("held_on")
        if not isinstance(day, date):
            raise Refused("which_day", N_("Say on which day."))
        self.meant("manager")
        talks.hold(
            self.session.book,
            self._person,
            day,
            talk=self._talk,
            manager=self.row("manager"),
            shared=self.boxes["shared_notes"].typed(),
            private=self.boxes["private_notes"].typed(),
            made=self._made(),
            as_tasks=self.as_tasks.isChecked(),
        )
        self.tell()
