"""A new task; what is open already and seems to be the same is said while it is typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QLineEdit, QWidget

from models.change import Change
from models.describe.kinds import Link
from models.refusals import Refused
from models.tasks import duplicates
from models.texts import N_, tr
from ui.dialogs.new_record import NewRecord
from ui.session import Session

_TYPING = 250  # ms after the last key before it is compared
_COMPARED = ("title", "kind", "customer", "owner", "due")
_NAMED = 3  # tasks that the hint names
LIKELY = ("title", "customer", "owner", "due", "kind", "recurrence", "effort_hours")


class NewTask(NewRecord):
    """Asks for a task; the hint blocks nothing."""

    most = len(LIKELY)

    def __init__(
        self,
        session: Session,
        parent: QWidget,
        likely: Sequence[str] = LIKELY,
        known: Mapping[str, str | Link] | None = None,
    ) -> None:
        usual = session.book.schema.entity("task").field("status")
        choice = usual.choice(usual.usual)
        known = {"status": choice.text() if choice is not None else "", **(known or {})}
        super().__init__(session, "task", parent, likely, known)
        self._hint = QLabel(self)
        self._hint.setWordWrap(True)
        self._hint.setObjectName("warning")
        form = self.layout()
        assert isinstance(form, QFormLayout)
        form.insertRow(form.rowCount() - 2, self._hint)
        self._hint.hide()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TYPING)
        self._timer.timeout.connect(self._look)
        for name in _COMPARED:
            box = self._boxes.get(name)
            if box is None:
                continue
            editor = box.editor
            if isinstance(editor, QLineEdit):
                editor.textChanged.connect(self._typed)
            elif isinstance(editor, QComboBox):
                editor.currentTextChanged.connect(self._typed)
        self._typed()

    def _typed(self) -> None:
        self._timer.start()

    def _look(self) -> None:
        found = duplicates.like(self._session.book, self._meant())
        lines = [
            tr(
                N_("“{task}” ({more}): {why}"),
                task=one.second.label,
                more=one.second.more,
                why=one.text(),
            )
            for one in found[:_NAMED]
        ]
        if found:
            self._hint.setText(tr(N_("There is already:")) + "\n" + "\n".join(lines))
        self._hint.setVisible(bool(found))
        room = self._hint.heightForWidth(max(self._hint.width(), self.minimumWidth() // 2))
        self._hint.setMinimumHeight(room if found else 0)
        self.adjustSize()

    def _meant(self) -> dict[str, object]:
        """What stands there as values; what can't be read yet is left out."""
        book, made = self._session.book, {}
        with book.reading() as db:
            change = Change(book, db, 0)
            for name in _COMPARED:
                typed = self._boxes[name].typed() if name in self._boxes else ""
                try:
                    made.update(change.clean(self._kind, {name: typed or None}))
                except Refused:
                    continue
        return made
