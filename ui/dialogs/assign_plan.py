"""A plan of several jobs as Qt reads it: the jobs with their people, and the people with their hours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QComboBox, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from models.assignment.inputs import Case, Job, Person, day_text, hours_text
from models.assignment.loads import Outlook
from models.assignment.ranking import HARD, Candidate, Ranking
from models.texts import N_, tr
from ui import theme
from ui.dialogs.assign_parts import points
from ui.records.read_table import RIGHT, DrawnCell, Index, LineModel

_MIME = "application/x-daybook-jobs"
HOURS_ROLE = Qt.ItemDataRole.UserRole + 1  # before, after, capacity
NOBODY = 0


class JobColumn(IntEnum):
    """What stands where in the list of jobs."""

    TITLE = 0
    PERSON = 1
    SCORE = 2
    DUE = 3
    HOURS = 4
    NOTE = 5


class PersonColumn(IntEnum):
    """What stands where in the list of people."""

    PERSON = 0
    JOBS = 1
    HOURS = 2
    BAR = 3


_JOB_HEADS = {
    JobColumn.TITLE: N_("To be given"),
    JobColumn.PERSON: N_("For"),
    JobColumn.SCORE: N_("Score"),
    JobColumn.DUE: N_("Due"),
    JobColumn.HOURS: N_("Takes (hours)"),
    JobColumn.NOTE: N_("To note"),
}
_PERSON_HEADS = {
    PersonColumn.PERSON: N_("Salesperson"),
    PersonColumn.JOBS: N_("Gets"),
    PersonColumn.HOURS: N_("Hours in two weeks"),
    PersonColumn.BAR: N_("Before and after"),
}


class JobModel(LineModel[Job]):
    """The jobs of a plan; ``moved`` when one is given to somebody else."""

    heads = _JOB_HEADS
    numbers = (JobColumn.SCORE, JobColumn.HOURS)
    moved = Signal(list, int)  # rows, person; NOBODY leaves them out

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.case: Case | None = None
        self.given: Mapping[tuple[str, int], int] = {}
        self.found: Mapping[tuple[str, int], Candidate] = {}
        self.by_hand: frozenset[tuple[str, int]] = frozenset()
        self._names: dict[int, str] = {}

    def show(
        self,
        case: Case,
        given: Mapping[tuple[str, int], int],
        found: Mapping[tuple[str, int], Candidate],
        by_hand: frozenset[tuple[str, int]],
    ) -> None:
        """Show a plan; the rows stay where they are while the jobs are the same."""
        jobs, same = self.lines, self.case is case
        if not same:
            jobs = sorted(case.jobs, key=lambda one: (one.urgency, one.due, one.kind, one.row))
            self._names = {one.id: one.name for one in case.people}
        self.case, self.given, self.found, self.by_hand = case, given, found, by_hand
        self.put(jobs, stay=same)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The person is chosen in the cell; rows are dragged onto people."""
        found = super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled
        if index.isValid() and index.column() == JobColumn.PERSON:
            return found | Qt.ItemFlag.ItemIsEditable
        return found

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows."""
        if not index.isValid():
            return None
        job, column = self.lines[index.row()], JobColumn(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return self._text(job, column)
            case Qt.ItemDataRole.EditRole:
                return self.given.get(job.key, NOBODY)
            case Qt.ItemDataRole.TextAlignmentRole if column in self.numbers:
                return RIGHT
            case Qt.ItemDataRole.ForegroundRole if column == JobColumn.NOTE:
                one = self.found.get(job.key)
                return theme.brush("danger" if one is None or one.over else "warning")
            case Qt.ItemDataRole.ForegroundRole if (
                column == JobColumn.PERSON and job.key in self.by_hand
            ):
                return theme.brush("accent")
        return None

    def _text(self, job: Job, column: JobColumn) -> str:
        one, who = self.found.get(job.key), self.given.get(job.key, NOBODY)
        match column:
            case JobColumn.TITLE:
                return job.title
            case JobColumn.PERSON:
                return self._names.get(who, tr(N_("nobody")))
            case JobColumn.SCORE:
                return points(one.score) if one else ""
            case JobColumn.DUE:
                return day_text(job.due, self.case.on) if self.case and job.dated else ""
            case JobColumn.HOURS:
                return hours_text(job.effort)
        return self._note(job, one, who)

    def _note(self, job: Job, one: Candidate | None, who: int) -> str:
        if one is not None:
            return " ".join(one.warnings)
        return tr(N_("Has none of the skills needed.")) if who else ""

    def supportedDragActions(self) -> Qt.DropAction:
        """Jobs go to other people."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """Rows of this list."""
        return [_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The rows that are dragged."""
        made = QMimeData()
        rows = sorted({one.row() for one in indexes})
        made.setData(_MIME, ",".join(map(str, rows)).encode())
        return made


class PersonModel(LineModel[Person]):
    """Everybody who may get something; ``dropped`` when jobs are put onto somebody."""

    heads = _PERSON_HEADS
    numbers = (PersonColumn.JOBS,)
    dropped = Signal(list, int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._outlooks: Mapping[int, Outlook] = {}
        self._jobs: Counter[int] = Counter()
        self._case: Case | None = None

    def show(
        self,
        case: Case,
        given: Mapping[tuple[str, int], int],
        outlooks: Mapping[int, Outlook],
    ) -> None:
        """Show what a plan does to everybody's days."""
        people, same = self.lines, self._case is case
        if not same:
            order = {one: at for at, one in enumerate(outlooks)}
            people = sorted(
                (one for one in case.eligible if one.id in order), key=lambda one: order[one.id]
            )
        self._case, self._outlooks, self._jobs = case, outlooks, Counter(given.values())
        self.put(people, stay=same)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Jobs can be put onto anybody here."""
        return super().flags(index) | Qt.ItemFlag.ItemIsDropEnabled

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows."""
        if not index.isValid():
            return None
        one, column = self.lines[index.row()], PersonColumn(index.column())
        outlook = self._outlooks[one.id]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(one, outlook, column)
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleDescriptionRole:
                return outlook.text()
            case Qt.ItemDataRole.TextAlignmentRole if column in self.numbers:
                return RIGHT
            case Qt.ItemDataRole.ForegroundRole if column == PersonColumn.HOURS:
                return theme.brush("danger" if outlook.after > outlook.capacity else "text")
            case _ if role == HOURS_ROLE and column == PersonColumn.BAR:
                return outlook.before, outlook.after, outlook.capacity
        return None

    def _text(self, one: Person, outlook: Outlook, column: PersonColumn) -> str:
        match column:
            case PersonColumn.PERSON:
                return one.name
            case PersonColumn.JOBS:
                return str(self._jobs[one.id] or "")
            case PersonColumn.HOURS:
                before, after, whole = (
                    hours_text(int(each * 100))
                    for each in (outlook.before, outlook.after, outlook.capacity)
                )
                taken = before if before == after else f"{before} → {after}"
                return tr(N_("{taken} of {whole}"), taken=taken, whole=whole)
        return ""

    def supportedDropActions(self) -> Qt.DropAction:
        """Jobs come from the other list."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """Rows of the other list."""
        return [_MIME]

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Give the dragged jobs to the person that they were put onto."""
        if not parent.isValid() or not data.hasFormat(_MIME):
            return False
        rows = [int(one) for one in bytes(data.data(_MIME).data()).decode().split(",") if one]
        self.dropped.emit(rows, self.lines[parent.row()].id)
        return False  # nothing is to be taken out of the list of jobs


class HoursBar(DrawnCell):
    """A cell whose value is a bar: hours taken before, and what comes on top."""

    role = HOURS_ROLE

    def draw(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        found: tuple[Decimal, Decimal, Decimal],
    ) -> None:
        """What is taken, what comes on top, the whole."""
        before, after, capacity = found
        room: QRect = option.rect
        high = max(room.height() // 3, 6)
        box = QRect(room.left() + 6, room.center().y() - high // 2, room.width() - 12, high)
        most = max(capacity, after, Decimal(1))
        colours = theme.colours()
        painter.fillRect(box.x(), box.y(), box.width(), high, QColor(colours.border))
        kept = int(box.width() * min(before, after) / most)
        new = int(box.width() * after / most)
        painter.fillRect(box.x(), box.y(), kept, high, QColor(colours.muted))
        over = colours.danger if after > capacity else colours.accent
        painter.fillRect(box.x() + kept, box.y(), new - kept, high, QColor(over))


class PersonChoice(QStyledItemDelegate):
    """Chooses whom a job is for, among all who may do it, the best first."""

    def __init__(self, parent: QWidget, ranking: Any) -> None:
        """``ranking`` gives everybody for a row, all others being given as they are."""
        super().__init__(parent)
        self._ranking = ranking

    def createEditor(
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> QWidget:
        """A choice of people with their scores."""
        combo = QComboBox(parent)
        combo.setAccessibleName(tr(N_("For")))
        found: Ranking = self._ranking(index.row())
        for one in found.candidates:
            combo.addItem(f"{one.person.name}  {points(one.score)}", one.person.id)
        for gone in found.excluded:
            if gone.code not in HARD:
                combo.addItem(f"{gone.person.name}  –", gone.person.id)
        combo.addItem(tr(N_("nobody")), NOBODY)
        return combo

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Choose who has it."""
        assert isinstance(editor, QComboBox)
        editor.setCurrentIndex(max(editor.findData(index.data(Qt.ItemDataRole.EditRole)), 0))

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:
        """Give it to who was chosen."""
        assert isinstance(editor, QComboBox)
        if editor.currentData() != index.data(Qt.ItemDataRole.EditRole):
            model.moved.emit([index.row()], int(editor.currentData()))
