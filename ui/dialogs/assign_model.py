"""The candidates of a job as Qt reads them: the best first, below them those who may not do it."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QObject, Qt

from models.assignment.inputs import ONE, hours_text
from models.assignment.ranking import HARD, Candidate, Excluded, Ranking
from models.texts import N_
from ui import theme
from ui.dialogs.assign_parts import BAR_ROLE, points
from ui.records.read_table import RIGHT, Index, LineModel


class Column(IntEnum):
    """What stands where."""

    PERSON = 0
    SCORE = 1
    BAR = 2
    FREE = 3
    NOTE = 4


_HEADS = {
    Column.PERSON: N_("Salesperson"),
    Column.SCORE: N_("Score"),
    Column.BAR: N_("What speaks for them"),
    Column.FREE: N_("Free hours"),
    Column.NOTE: N_("To note"),
}


class CandidateModel(LineModel[Candidate | Excluded]):
    """Everybody, for one job."""

    heads = _HEADS
    numbers = (Column.SCORE, Column.FREE)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.ranking: Ranking | None = None

    def show(self, ranking: Ranking) -> None:
        """Show another ranking."""
        self.ranking = ranking
        self.put([*ranking.candidates, *ranking.excluded])

    def row_of(self, person: int) -> int:
        """Where somebody stands; -1 if they aren't there."""
        return next((at for at, one in enumerate(self.lines) if one.person.id == person), -1)

    def may(self, row: int) -> bool:
        """Whether somebody can be given it, if only with a reason."""
        one = self.line(row)
        return one is not None and not (isinstance(one, Excluded) and one.code in HARD)

    # -- what Qt asks ------------------------------------------------------------------------------

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """What a column is called; rows are places."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Vertical:
            return str(section + 1) if isinstance(self.line(section), Candidate) else "–"
        return super().headerData(section, orientation, role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows and says."""
        one = self.line(index.row()) if index.isValid() else None
        if one is None:
            return None
        column = Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(one, column)
            case Qt.ItemDataRole.ToolTipRole:
                return self._told(one, column)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._told(one, column) if column == Column.BAR else self._text(one, column)
            case Qt.ItemDataRole.TextAlignmentRole if column in self.numbers:
                return RIGHT
            case Qt.ItemDataRole.ForegroundRole if isinstance(one, Excluded):
                return theme.brush("muted")
            case Qt.ItemDataRole.ForegroundRole if column == Column.NOTE:
                return theme.brush(
                    "danger" if isinstance(one, Candidate) and one.over else "warning"
                )
            case _ if role == BAR_ROLE and column == Column.BAR and isinstance(one, Candidate):
                return [each.contribution for each in one.factors], one.weights.total * ONE
        return None

    def _text(self, one: Candidate | Excluded, column: Column) -> str:
        if column == Column.PERSON:
            return one.person.name
        if isinstance(one, Excluded):
            return one.reason if column == Column.NOTE else ""
        match column:
            case Column.SCORE:
                return points(one.score)
            case Column.FREE:
                return hours_text(max(one.room.free - one.beside.hours, 0))
            case Column.NOTE:
                return " ".join(one.warnings)
        return ""

    def _told(self, one: Candidate | Excluded, column: Column) -> str:
        if isinstance(one, Candidate) and column in (Column.BAR, Column.SCORE):
            return "\n".join(
                f"{each.label} {points(each.contribution)}: {each.sentence}" for each in one.factors
            )
        return self._text(one, column)
