"""The people of a cycle as a list: how far each is, what they have, what is waiting."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import IntEnum
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QWidget

from models.evaluations import stages
from models.evaluations.steps import Standing
from models.texts import N_, ntr, tr
from ui import theme
from ui.records.read_table import RIGHT, Index, LineModel, LineTable


class Column(IntEnum):
    """What stands where."""

    PERSON = 0
    STAGE = 1
    DATA = 2
    MANAGER = 3
    TOTAL = 4
    GRADE = 5
    GROUP = 6
    COLLEAGUES = 7
    WAITING = 8


_HEADS = {
    Column.PERSON: N_("Salesperson"),
    Column.STAGE: N_("Stage"),
    Column.DATA: N_("Data"),
    Column.MANAGER: N_("Manager"),
    Column.TOTAL: N_("Total"),
    Column.GRADE: N_("Grade"),
    Column.GROUP: N_("Group"),
    Column.COLLEAGUES: N_("Peers"),
    Column.WAITING: N_("To do"),
}
_MOST = {Column.PERSON: 112, Column.STAGE: 92}  # points; what is longer is cut


def points(value: Decimal | None) -> str:
    """Points as they are written; "–" where there are none."""
    return "–" if value is None else f"{value:,.2f}"


class PeopleModel(LineModel[Standing]):
    """People in the order in which they were read, all or those of one stage."""

    heads = _HEADS
    numbers = (Column.DATA, Column.MANAGER, Column.TOTAL)

    def show(self, standings: Sequence[Standing]) -> None:
        """Show others; who stays in place is only painted again."""
        same = [one.person for one in standings] == [one.person for one in self.lines]
        self.put(standings, stay=same)

    def place_of(self, person: int) -> int:
        """In which row somebody stands; -1 if nowhere."""
        return next((at for at, one in enumerate(self.lines) if one.person == person), -1)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows and says."""
        if not index.isValid():
            return None
        one, column = self.lines[index.row()], Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(one, column)
            case Qt.ItemDataRole.ToolTipRole if column in _MOST:
                return self._text(one, column)
            case Qt.ItemDataRole.ToolTipRole if column == Column.COLLEAGUES:
                return one.colleagues.said() or None
            case Qt.ItemDataRole.ToolTipRole if column == Column.WAITING:
                return "\n".join(waits(one))
            case Qt.ItemDataRole.TextAlignmentRole if column in self.numbers:
                return RIGHT
            case Qt.ItemDataRole.ForegroundRole if column == Column.WAITING and one.late > 0:
                return theme.brush("danger")
        return None

    def _text(self, one: Standing, column: Column) -> str:
        match column:
            case Column.PERSON:
                return one.scored.name
            case Column.STAGE:
                return stages.text(one.stage) if one.evaluation else tr(N_("not opened"))
            case Column.DATA:
                return points(one.scored.data_score)
            case Column.MANAGER:
                return points(one.manager_score)
            case Column.TOTAL:
                return points(one.scored.total)
            case Column.GRADE:
                return one.scored.grade or "–"
            case Column.GROUP:
                return one.group or one.scored.band or "–"
            case Column.COLLEAGUES:
                said = one.colleagues
                return tr(N_("{n} of {of}"), n=said.answered, of=said.asked) if said.asked else ""
        return tr(N_(" · ")).join(waits(one)) or "–"


def waits(one: Standing) -> list[str]:
    """What somebody's evaluation waits for, how late it is first."""
    said = [text.rstrip(".。") for text in one.missing]  # they are shown in one line
    if one.due is not None and one.late > 0:
        said.insert(0, ntr("{n} day late", "{n} days late", one.late))
    return said


class PeopleTable(LineTable):
    """The list; Enter takes the next step of who is chosen."""

    def __init__(self, model: PeopleModel, parent: QWidget) -> None:
        super().__init__(model, parent)
        self._people = model
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def retranslate(self) -> None:
        """Widths by the language and the size of text in force."""
        self.setAccessibleName(tr(N_("People of the cycle")))
        self.verticalHeader().setDefaultSectionSize(theme.row_height())
        self.fit()

    def fit(self) -> None:
        """Give each column what its texts need; the last takes the rest."""
        judged = any(one.manager_score is not None for one in self._people.lines)
        self.setColumnHidden(Column.MANAGER, not judged)  # a column of dashes tells nothing
        heard = any(one.colleagues.asked for one in self._people.lines)
        self.setColumnHidden(Column.COLLEAGUES, not heard)
        for column in Column:
            if column != Column.WAITING:
                asked = self.asked_width(column)
                most = theme.scaled(_MOST.get(column, asked))
                self.setColumnWidth(column, min(asked, most))
