"""The candidates of a job as Qt reads them: the best first, below them those who may not do it."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from models.assignment.inputs import ONE, hours_text
from models.assignment.ranking import HARD, Candidate, Excluded, Ranking
from models.texts import N_, tr
from ui import theme
from ui.dialogs.assign_parts import BAR_ROLE, points

_Index = QModelIndex | QPersistentModelIndex


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
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class CandidateModel(QAbstractTableModel):
    """Everybody, for one job."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.ranking: Ranking | None = None

    def show(self, ranking: Ranking) -> None:
        """Show another ranking."""
        self.beginResetModel()
        self.ranking = ranking
        self.endResetModel()

    def at(self, row: int) -> Candidate | Excluded | None:
        """Who stands in a row."""
        if self.ranking is None or row < 0:
            return None
        candidates, excluded = self.ranking.candidates, self.ranking.excluded
        if row < len(candidates):
            return candidates[row]
        return excluded[row - len(candidates)] if row < len(candidates) + len(excluded) else None

    def row_of(self, person: int) -> int:
        """Where somebody stands; -1 if they aren't there."""
        rows = range(self.rowCount())
        return next((at for at in rows if (one := self.at(at)) and one.person.id == person), -1)

    def may(self, row: int) -> bool:
        """Whether somebody can be given it, if only with a reason."""
        one = self.at(row)
        return one is not None and not (isinstance(one, Excluded) and one.code in HARD)

    # -- what Qt asks ------------------------------------------------------------------------------

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Candidates and those who aren't."""
        if parent.isValid() or self.ranking is None:
            return 0
        return len(self.ranking.candidates) + len(self.ranking.excluded)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """The same for all."""
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """What a column is called; rows are places."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return tr(_HEADS[Column(section)])
        return str(section + 1) if isinstance(self.at(section), Candidate) else "–"

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows and says."""
        one = self.at(index.row()) if index.isValid() else None
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
            case Qt.ItemDataRole.TextAlignmentRole if column in (Column.SCORE, Column.FREE):
                return _RIGHT
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
