"""Edits many records at once: fields are chosen, each with what becomes of it; shown before it is done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from models import editing
from models.describe.field import Field
from models.editing import Step
from models.progress import Progress
from models.replacing import Found
from models.texts import N_, ntr, tr
from ui import theme
from ui.dialogs.proposal import ProposalDialog
from ui.layouts import let_go
from ui.records.editors import ChoiceEditor, LinkEditor, LongText, make_editor, text_of, typed_in
from ui.session import Session

_WAYS = {
    editing.SET: N_("becomes"),
    editing.EMPTY: N_("is emptied"),
    editing.ADD: N_("gets the tag"),
    editing.TAKE: N_("loses the tag"),
    editing.PLUS: N_("grows by"),
    editing.PER_CENT: N_("grows by %"),
}
_LATER = N_("is later by days")


class _Line:
    """One field of the question: which, how, by what."""

    def __init__(self, dialog: EditMany, row: int, first: str) -> None:
        self._dialog, self._row = dialog, row
        self.field = QComboBox(dialog)
        self.how = QComboBox(dialog)
        self.editor: QWidget = QLineEdit(dialog)
        for one in dialog.fields:
            self.field.addItem(one.text(), one.id)
        self.field.setCurrentIndex(max(self.field.findData(first), 0))
        for combo in (self.field, self.how):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.how.setMinimumWidth(theme.scaled(140))
        number = row + 1
        for widget, name in (
            (self.field, tr(N_("Field {n}"), n=number)),
            (self.how, tr(N_("What becomes of field {n}"), n=number)),
        ):
            widget.setAccessibleName(name)
            widget.setToolTip(name)
        dialog.lines.addWidget(self.field, row, 0)
        dialog.lines.addWidget(self.how, row, 1)
        self.choose_field()
        self.field.currentIndexChanged.connect(self.choose_field)
        self.how.currentIndexChanged.connect(self.choose_how)

    @property
    def what(self) -> Field:
        """The chosen field."""
        return self._dialog.kind.field(str(self.field.currentData()))

    def choose_field(self) -> None:
        """Offer what can be done with the chosen field."""
        self.how.blockSignals(True)
        self.how.clear()
        later = self.what.kind in ("date", "instant")
        for way in editing.ways(self.what):
            self.how.addItem(tr(_LATER if later and way == editing.PLUS else _WAYS[way]), way)
        self.how.blockSignals(False)
        self.choose_how()

    def choose_how(self) -> None:
        """The editor that fits: the field's own, or a line for an amount."""
        way, old = str(self.how.currentData()), self.editor
        if way == editing.SET:
            lines = self.what.kind == "long_text"
            made = make_editor(
                self._dialog.session,
                self.what,
                self._dialog,
                entity=self._dialog.entity,
                lines=lines,
            )
        elif way in (editing.ADD, editing.TAKE):
            made = make_editor(
                self._dialog.session, self.what, self._dialog, entity=self._dialog.entity
            )
        else:
            made = QLineEdit(self._dialog)
        name = tr(N_("Value of field {n}"), n=self._row + 1)
        made.setAccessibleName(name)
        made.setToolTip(name)
        if isinstance(made, LongText):
            made.setTabChangesFocus(True)
            made.setFixedHeight(theme.scaled(66))
        made.setVisible(way != editing.EMPTY)
        self.editor = made
        let_go(self._dialog.lines, old)
        self._dialog.lines.addWidget(made, self._row, 2)
        if isinstance(made, QComboBox):
            made.editTextChanged.connect(self._dialog.changed)
        elif isinstance(made, QLineEdit | QPlainTextEdit):
            made.textChanged.connect(self._dialog.changed)
        self._dialog.asked_again()

    def step(self) -> Step | None:
        """What is asked; None while nothing is typed."""
        way = str(self.how.currentData())
        if way == editing.EMPTY:
            return Step(self.what.id, way)
        if way == editing.SET or isinstance(self.editor, ChoiceEditor | LinkEditor):
            text = typed_in(self.editor, self.what)
        else:
            text = text_of(self.editor)
        return Step(self.what.id, way, text) if text.strip() else None


class EditMany(ProposalDialog):
    """Gives the chosen records the same values."""

    def __init__(
        self, session: Session, entity: str, ids: Sequence[int], field: str, parent: QWidget
    ) -> None:
        """``field`` is asked for first."""
        super().__init__(session, entity, parent)
        self._ids = list(ids)
        self.kind = session.book.schema.entity(entity)
        self.fields = [one for one in self.kind.fields if not one.formula]
        self._steps: list[Step] = []
        self._built = False
        self._asked: list[_Line] = []
        title = ntr("Edit {n} record", "Edit {n} records", len(self._ids))
        box = QVBoxLayout()
        self.lines = QGridLayout()
        self.lines.setColumnStretch(2, 1)
        box.addLayout(self.lines)
        self._more = QPushButton(tr(N_("One more field")), self)
        self._more.setAccessibleName(self._more.text())
        self._more.setAutoDefault(False)
        self._more.clicked.connect(self._add_line)
        self._twice = QLabel(tr(N_("A field is asked for twice; the last one counts.")), self)
        self._twice.setObjectName("warning")
        self._twice.setWordWrap(True)
        self._twice.hide()
        box.addWidget(self._twice)
        box.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self._asked.append(_Line(self, 0, field))
        self.build(title, box)
        self._built = True
        self._asked[0].editor.setFocus()

    def _add_line(self) -> None:
        used = {str(one.field.currentData()) for one in self._asked}
        free = next((one.id for one in self.fields if one.id not in used), "")
        self._asked.append(_Line(self, len(self._asked), free))
        self._asked[-1].field.setFocus()

    def asked_again(self) -> None:
        """Another field or another way is chosen."""
        if self._built:
            self.changed()

    def prepare(self) -> None:
        """What becomes of which field; of a field that is named twice the last line counts."""
        steps = [made for one in self._asked if (made := one.step()) is not None]
        self._steps = list({one.field: one for one in steps}.values())
        self._twice.setVisible(len(self._steps) < len(steps))

    def asked(self) -> bool:
        """Whether anything is to become of a field."""
        return bool(self._steps)

    def work_out(self, progress: Progress) -> list[Found]:
        """What would change in which records."""
        return editing.propose(self.session.book, self.entity, self._ids, self._steps, progress)

    def reason(self) -> str:
        """What the change is called."""
        names = tr(N_(", ")).join(self.kind.field(one.field).text() for one in self._steps)
        n = len({one.id for one in self._model.chosen()})
        return ntr("Edit {fields} of {n} record", "Edit {fields} of {n} records", n, fields=names)

    def write_text(self, n: int) -> str:
        """The text of the button: how many records change."""
        records = len({one.id for one in self._model.chosen()})
        return ntr("Change {n} record", "Change {n} records", records)

    def count_text(self, found: Sequence[Found]) -> str:
        """How many of the records would change; the others are as they would become."""
        n, of = len({one.id for one in found}), len(self._ids)
        text = tr(N_("{n} of {all} would change."), n=f"{n:,}", all=f"{of:,}")
        if n < of:
            text += " " + ntr("{n} is so already.", "{n} are so already.", of - n)
        return text

    def done_text(self, n: int) -> str:
        """How many cells were changed."""
        return ntr("{n} cell changed.", "{n} cells changed.", n)
