"""Work that can't go on: what is asked of whom, with earlier answers beside it; and the answer."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import cast

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPlainTextEdit, QWidget

from models.describe.kinds import Link
from models.tasks import blocking
from models.tasks.blocking import Answered, Asked
from models.texts import N_, tr
from ui import theme
from ui.dialogs.asking import Asking
from ui.records.editors import put_value
from ui.records.short_table import ShortTable
from ui.session import Session

_REQUEST = "help_request"
_TYPING = 250  # ms after the last key before earlier answers are sought
_ROWS = 3  # of them in sight


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


class Blocked(Asking):
    """Asks why a task can't go on and what would help; blocks it and asks for help as one change."""

    def __init__(self, session: Session, task: int, parent: QWidget) -> None:
        label = session.book.label("task", task)
        title = tr(N_("Blocked: {task}"), task=label)
        fields = ("title", "tried", "needed", "resolver", "answer_by")
        super().__init__(session, title, _REQUEST, fields, parent)
        self._task = task
        self._similar = QLabel(tr(N_("Answered before")), self)
        heads = (self.kind.field("title").text(), self.kind.field("answer").text())
        self._answers = ShortTable(heads, (), tr(N_("Answered before")))
        self._answers.setFixedHeight(theme.row_height() * (_ROWS + 1) + theme.scaled(8))
        self._answer = QLabel(self)
        self._answer.setWordWrap(True)
        for one in (self._similar, self._answers, self._answer):
            self.box.addWidget(one)
        self._found: list[Answered] = []
        self._answers.currentCellChanged.connect(self._read)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TYPING)
        self._timer.timeout.connect(self._look)
        editor = self.boxes["title"].editor
        assert isinstance(editor, QLineEdit)
        editor.textChanged.connect(self._typed)
        self._show()
        self.finish(tr(N_("Ask for help")))

    def _typed(self) -> None:
        self._timer.start()

    def _look(self) -> None:
        self._found = blocking.similar(self.session.book, self.boxes["title"].typed())
        self._show()

    def _show(self) -> None:
        self._answers.put([(one.title, one.answer) for one in self._found])
        for one in (self._similar, self._answers, self._answer):
            one.setVisible(bool(self._found))
        if self._found:
            self._answers.setCurrentCell(0, 0)
            self._read()
        self.adjustSize()

    def _read(self) -> None:
        at = self._answers.currentRow()
        self._answer.setText(self._found[at].answer if 0 <= at < len(self._found) else "")

    def do(self) -> None:
        """Block the task and ask."""
        book = self.session.book
        asked = Asked(
            self.boxes["title"].typed(),
            self.boxes["tried"].typed(),
            self.boxes["needed"].typed(),
            cast("int | None", self.meant("resolver")),
            cast("date | None", self.meant("answer_by")),
        )
        blocking.block(book, self._task, asked, _now())
        text = tr(N_("Blocked: {task}"), task=book.label("task", self._task))
        self.session.said.emit(text, book.last_change)


class Answer(Asking):
    """Shows a request for help and asks for the answer; a solved one lets its task go on."""

    def __init__(self, session: Session, request: int, parent: QWidget) -> None:
        record = session.book.record(_REQUEST, request)
        title = tr(N_("Answer: {problem}"), problem=record["title"])
        super().__init__(session, title, _REQUEST, (), parent)
        self._request = request
        for name in ("title", "task", "tried", "needed"):
            value = record[name]
            said = value.label if isinstance(value, Link) else value
            if said:
                label = QLabel(str(said), self)
                label.setWordWrap(True)
                self.form.addRow(QLabel(self.kind.field(name).text(), self), label)
        editor = self.ask("answer").editor
        put_value(editor, record["answer"] or "", record["answer"])
        person = record["resolver"]
        box = self.ask("resolver", tr(N_("Answered by")))
        put_value(box.editor, person.label if person else "", person)
        self._solved = QCheckBox(tr(N_("Solved: the task goes on")), self)
        self._solved.setAccessibleName(self._solved.text())
        self.form.addRow("", self._solved)
        self.finish(tr(N_("Answer")))
        assert isinstance(editor, QPlainTextEdit)
        editor.setFocus()

    def do(self) -> None:
        """Write the answer."""
        book = self.session.book
        blocking.answer(
            book,
            self._request,
            self.boxes["answer"].typed(),
            cast("int | None", self.meant("resolver")),
            _now(),
            resolved=self._solved.isChecked(),
        )
        text = tr(N_("Answered: {problem}"), problem=book.label(_REQUEST, self._request))
        self.session.said.emit(text, book.last_change)
