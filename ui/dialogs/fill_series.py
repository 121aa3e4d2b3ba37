"""Fills a series: how it goes on from the first cells, and what each cell would hold."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QWidget

from models import series
from models.describe import parsing
from models.progress import Progress
from models.refusals import Refused
from models.replacing import Block, Found
from models.series import Step
from models.texts import N_, ntr, tr
from ui.dialogs.proposal import ProposalDialog
from ui.session import Session

_UNITS = {
    "day": N_("Days"),
    "workday": N_("Working days (Monday to Friday)"),
    "week": N_("Weeks"),
    "month": N_("Months"),
    "year": N_("Years"),
}


class FillSeries(ProposalDialog):
    """Asks for the step; begins with the one that the first two cells show."""

    def __init__(self, session: Session, entity: str, block: Block, parent: QWidget) -> None:
        """``block`` are the records and fields of the selected cells; each column goes on by itself."""
        super().__init__(session, entity, parent)
        self._block = block
        self._step: Step | None = None
        self._wrong: Refused | None = None
        kinds = series.kinds_of(session.book, entity, block[1])
        self.build(tr(N_("Fill series")), self._questions(kinds))
        self.changed()

    def _questions(self, kinds: set[str]) -> QFormLayout:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._count_line, self._unit = QLineEdit(self), QComboBox(self)
        for unit in series.UNITS:
            self._unit.addItem(tr(_UNITS[unit]), unit)
        text = tr(N_("Step"))
        self._count_line.setAccessibleName(text)
        self._count_line.setPlaceholderText(tr(N_("as the first two cells show")))
        form.addRow(text, self._count_line)
        text = tr(N_("Unit"))
        self._unit.setAccessibleName(text)
        form.addRow(text, self._unit)
        form.setRowVisible(self._unit, bool(kinds & set(series.DATES)))
        self._guess()
        self._count_line.textChanged.connect(self.changed)
        self._unit.currentIndexChanged.connect(self.changed)
        return form

    def _guess(self) -> None:
        """Begin with the step of the first column, if the others go on by the same one."""
        ids, fields = self._block
        one, two = self.session.book.rows(self.entity, list(ids[:2]), fields)
        steps = {series.guess(a, b) for a, b in zip(one, two, strict=True) if a is not None}
        if len(steps) == 1:
            step = steps.pop()
            self._count_line.setText(f"{step.count.normalize():f}")
            self._unit.setCurrentIndex(series.UNITS.index(step.unit))

    def prepare(self) -> None:
        """The step; nothing typed lets each column go on as its first two cells show."""
        typed = self._count_line.text().strip()
        self._step, self._wrong = None, None
        if typed:
            try:
                self._step = Step(parsing.number(typed), str(self._unit.currentData()))
            except parsing.Unreadable as unreadable:
                self._wrong = Refused(unreadable.code, unreadable.template, **unreadable.values)

    def work_out(self, progress: Progress) -> list[Found]:
        """What each cell would hold."""
        if self._wrong is not None:
            raise self._wrong
        return series.propose(self.session.book, self.entity, self._block, self._step, progress)

    def reason(self) -> str:
        """What the change is called."""
        return tr(N_("Fill series"))

    def write_text(self, n: int) -> str:
        """The text of the button."""
        return ntr("Fill {n} cell", "Fill {n} cells", n)

    def count_text(self, found: Sequence[Found]) -> str:
        """How many cells would be filled."""
        if not found:
            return tr(N_("Nothing would change: the first cell is empty, or all go on so already."))
        return ntr("{n} cell would change.", "{n} cells would change.", len(found))

    def done_text(self, n: int) -> str:
        """How many were filled."""
        return ntr("{n} cell filled.", "{n} cells filled.", n)
