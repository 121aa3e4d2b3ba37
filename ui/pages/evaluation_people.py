"""The people of a cycle as a list: how far each is, what they have, what is waiting."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from models.evaluations import stages
from models.evaluations.steps import Standing
from models.texts import N_, ntr, tr
from ui import theme

_Index = QModelIndex | QPersistentModelIndex
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Column(IntEnum):
    """What stands where."""

    PERSON = 0
    STAGE = 1
    DATA = 2
    MANAGER = 3
    TOTAL = 4
    GRADE = 5
    GROUP = 6
    WAITING = 7


_HEADS = {
    Column.PERSON: N_("Salesperson"),
    Column.STAGE: N_("Stage"),
    Column.DATA: N_("Data"),
    Column.MANAGER: N_("Manager"),
    Column.TOTAL: N_("Total"),
    Column.GRADE: N_("Grade"),
    Column.GROUP: N_("Group"),
    Column.WAITING: N_("To do"),
}
_MOST = {Column.PERSON: 112, Column.STAGE: 92}  # points; what is longer is cut
_NUMBERS = (Column.DATA, Column.MANAGER, Column.TOTAL)


def points(value: Decimal | None) -> str:
    """Points as they are written; "–" where there are none."""
    return "–" if value is None else f"{value:,.2f}"


class PeopleModel(QAbstractTableModel):
    """People in the order in which they were read, all or those of one stage."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.standings: Sequence[Standing] = ()

    def show(self, standings: Sequence[Standing]) -> None:
        """Show others; who stays in place is only painted again."""
        same = [one.person for one in standings] == [one.person for one in self.standings]
        if not same:
            self.beginResetModel()
        self.standings = standings
        if not same:
            self.endResetModel()
        elif standings:
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def place_of(self, person: int) -> int:
        """In which row somebody stands; -1 if nowhere."""
        return next((at for at, one in enumerate(self.standings) if one.person == person), -1)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """One a person."""
        return 0 if parent.isValid() else len(self.standings)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """The same for all."""
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """What a column is called."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(_HEADS[Column(section)])
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows and says."""
        if not index.isValid():
            return None
        one, column = self.standings[index.row()], Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(one, column)
            case Qt.ItemDataRole.ToolTipRole if column in _MOST:
                return self._text(one, column)
            case Qt.ItemDataRole.ToolTipRole if column == Column.WAITING:
                return "\n".join(waits(one))
            case Qt.ItemDataRole.TextAlignmentRole if column in _NUMBERS:
                return _RIGHT
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
        return tr(N_(" · ")).join(waits(one)) or "–"


def waits(one: Standing) -> list[str]:
    """What somebody's evaluation waits for, how late it is first."""
    said = [text.rstrip(".。") for text in one.missing]  # they are shown in one line
    if one.due is not None and one.late > 0:
        said.insert(0, ntr("{n} day late", "{n} days late", one.late))
    return said


class PeopleTable(QTableView):
    """The list; Enter takes the next step of who is chosen."""

    entered = Signal()

    def __init__(self, model: PeopleModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._people = model
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setHighlightSections(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is the next step."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Widths by the language and the size of text in force."""
        self.setAccessibleName(tr(N_("People of the cycle")))
        self.verticalHeader().setDefaultSectionSize(theme.row_height())
        self.fit()

    def fit(self) -> None:
        """Give each column what its texts need; the last takes the rest."""
        judged = any(one.manager_score is not None for one in self._people.standings)
        self.setColumnHidden(Column.MANAGER, not judged)  # a column of dashes tells nothing
        header = self.horizontalHeader()
        for column in Column:
            if column != Column.WAITING:
                asked = max(self.sizeHintForColumn(column), header.sectionSizeHint(column))
                most = theme.scaled(_MOST.get(column, asked))
                self.setColumnWidth(column, min(asked, most))
