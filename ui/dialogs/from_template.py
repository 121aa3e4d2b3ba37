"""Making all tasks of a template, seen before they are made; and making a template of tasks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import cast

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QWidget

from models.refusals import Refused
from models.tasks import templating
from models.tasks.task import TASK
from models.tasks.templating import Plan
from models.texts import N_, ntr, tr
from ui import theme
from ui.dialogs.asking import Asking
from ui.records.editors import put_value
from ui.records.short_table import ShortTable
from ui.session import Session

_TYPING = 150  # ms after the last key before the days are worked out
_ASKED = ("customer", "opportunity", "project", "starts_on", "owner")


class FromTemplate(Asking):
    """Asks for a set, for whom and from which day; shows the tasks with their days."""

    def __init__(
        self, session: Session, parent: QWidget, name: str = "", on: date | None = None
    ) -> None:
        super().__init__(session, tr(N_("Tasks from a template")), "task", (), parent)
        self.setMinimumWidth(theme.scaled(680))
        self._sets = QComboBox(self)
        self._sets.addItems(templating.sets(session.book))
        text = session.book.schema.entity("template").text()
        self._sets.setAccessibleName(text)
        shown = QLabel(text, self)
        shown.setBuddy(self._sets)
        self.form.addRow(shown, self._sets)
        for one in _ASKED:
            self.ask(one)
        put_value(self.boxes["starts_on"].editor, (on or date.today()).isoformat(), None)
        heads = [TASK.field(one).text() for one in ("title", "starts_on", "due", "effort_hours")]
        self._table = ShortTable((*heads, tr(N_("Waits for"))), (), tr(N_("What is made")))
        self._table.setMinimumHeight(theme.row_height() * 8)
        self.box.addWidget(self._table, 1)
        self._told = QLabel(self)
        self._told.setObjectName("muted")
        self._told.setWordWrap(True)
        self.box.addWidget(self._told)
        self._plan: Plan | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TYPING)
        self._timer.timeout.connect(self._look)
        self.finish(tr(N_("Make the tasks")))
        if name:
            self._sets.setCurrentText(name)
        self._sets.currentIndexChanged.connect(self._typed)
        for box in self.boxes.values():
            editor = box.editor
            assert isinstance(editor, QLineEdit)
            editor.textChanged.connect(self._typed)
        self._look()

    def _typed(self) -> None:
        self._plan = None
        self._timer.start()

    def _look(self) -> None:
        try:
            self._plan = self._planned()
            self.decline(None)
        except Refused as refused:
            self._plan = None
            self.decline(refused)
        tasks = self._plan.tasks if self._plan is not None else ()
        self._table.put(
            [
                (
                    one.title,
                    one.starts_on.isoformat(),
                    one.due.isoformat(),
                    f"{one.hours.normalize():f}" if one.hours is not None else "",
                    tasks[one.after].title if one.after is not None else "",
                )
                for one in tasks
            ]
        )
        self._told.setText(self._summary())

    def _planned(self) -> Plan:
        start = self.meant("starts_on") or date.today()
        assert isinstance(start, date)
        links = {
            name: cast("int | None", self.meant(name)) for name in _ASKED if name != "starts_on"
        }
        return templating.plan(self.session.book, self._sets.currentText(), start, **links)

    def _summary(self) -> str:
        if self._plan is None:
            return ""
        owner = self._plan.owner
        who = self.session.book.label("salesperson", owner) if owner else ""
        n = len(self._plan.tasks)
        if not who:
            return ntr("{n} task, without an owner", "{n} tasks, without an owner", n)
        return ntr("{n} task for {person}", "{n} tasks for {person}", n, person=who)

    def do(self) -> None:
        """Make them."""
        self._timer.stop()
        made = self._planned()
        rows = templating.make(self.session.book, made)
        text = ntr("{n} task: {name}", "{n} tasks: {name}", len(rows), name=made.name)
        self.session.said.emit(text, self.session.book.last_change)


class SaveTemplate(Asking):
    """Asks what the template is called that is made from tasks."""

    def __init__(self, session: Session, tasks: Sequence[int], parent: QWidget) -> None:
        super().__init__(session, tr(N_("Save as a template")), "template", ("name",), parent)
        self._tasks = list(tasks)
        n = len(self._tasks)
        self.box.addWidget(
            QLabel(
                ntr(
                    "{n} task becomes part of it; its days are counted in working days.",
                    "{n} tasks become part of it; their days are counted in working days.",
                    n,
                ),
                self,
            )
        )
        self.finish(tr(N_("Save")))
        self.boxes["name"].editor.setFocus()

    def do(self) -> None:
        """Make the template."""
        name = self.boxes["name"].typed()
        templating.save(self.session.book, name, self._tasks)
        self.session.said.emit(tr(N_("Saved: {name}"), name=name), self.session.book.last_change)
