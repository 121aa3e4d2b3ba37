"""Find and replace in a list: what would change is shown and chosen before it is done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QHBoxLayout, QLineEdit, QWidget

from models import replacing
from models.progress import Progress
from models.replacing import Block, Found, Wanted
from models.texts import N_, ntr, tr
from ui.dialogs.proposal import ProposalDialog
from ui.session import Session


class FindReplace(ProposalDialog):
    """Asks what to find and where, shows what would change, and writes what is ticked."""

    most = replacing.MOST

    def __init__(
        self,
        session: Session,
        entity: str,
        shown: Sequence[Block],
        selected: Sequence[Block],
        parent: QWidget,
    ) -> None:
        """``selected`` are the cells that were chosen, empty if it is but one."""
        super().__init__(session, entity, parent)
        self._blocks = {"shown": list(shown), "selected": list(selected)}
        self._wanted, self._in = Wanted("", ""), list(shown)
        self.build(tr(N_("Find and replace")), self._questions(bool(selected)))

    def _questions(self, selected: bool) -> QFormLayout:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._find, self._into, self._where = QLineEdit(self), QLineEdit(self), QComboBox(self)
        if selected:
            self._where.addItem(tr(N_("Selected cells")), "selected")
        self._where.addItem(tr(N_("All rows and columns that are shown")), "shown")
        for text, widget in (
            (tr(N_("Find")), self._find),
            (tr(N_("Replace with")), self._into),
            (tr(N_("In")), self._where),
        ):
            widget.setAccessibleName(text)
            form.addRow(text, widget)
        self._case = QCheckBox(tr(N_("Match case")), self)
        self._whole = QCheckBox(tr(N_("Whole cell only")), self)
        line = QHBoxLayout()
        for box in (self._case, self._whole):
            box.setAccessibleName(box.text())
            box.toggled.connect(self.changed)
            line.addWidget(box)
        line.addStretch(1)
        form.addRow(line)
        for edit in (self._find, self._into):
            edit.textChanged.connect(self.changed)
        self._where.currentIndexChanged.connect(self.changed)
        return form

    def prepare(self) -> None:
        """What is looked for, and where."""
        self._wanted = Wanted(
            self._find.text(), self._into.text(), self._case.isChecked(), self._whole.isChecked()
        )
        self._in = self._blocks[str(self._where.currentData())]

    def asked(self) -> bool:
        """Nothing is not looked for."""
        return bool(self._find.text())

    def work_out(self, progress: Progress) -> list[Found]:
        """The cells in which it stands."""
        return replacing.find(self.session.book, self.entity, self._in, self._wanted, progress)

    def reason(self) -> str:
        """What is replaced with what."""
        text = N_("Replace “{find}” with “{into}”")
        return tr(text, find=self._wanted.find, into=self._wanted.into)

    def write_text(self, n: int) -> str:
        """The text of the button."""
        return ntr("Replace in {n} cell", "Replace in {n} cells", n)

    def count_text(self, found: Sequence[Found]) -> str:
        """How many cells were found."""
        return ntr("{n} cell found.", "{n} cells found.", len(found))

    def done_text(self, n: int) -> str:
        """How many were replaced."""
        return ntr("{n} cell replaced.", "{n} cells replaced.", n)
