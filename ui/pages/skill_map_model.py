"""The skill map as Qt reads it: people down, skills across, levels in the cells."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor, QFont

from models.people.skills import ALONE, Holder, Level, Skill, Skills, single_point_text
from models.texts import N_, tr
from ui import theme
from ui.pages.workload_model import mixed

ALONE_MARK, FADED_MARK = "◆", "↓"
_TINT = 0.5  # how much of the accent the highest level has
_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole


class SkillMapModel(QAbstractTableModel):
    """Who has which level; a skill that rests on one person is marked in its cell and its head."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.found: Skills | None = None
        self._single: dict[int, int] = {}

    def show(self, found: Skills) -> None:
        """Show what was read; what stays in its place is only painted again."""
        same = self.found is not None and _frame(self.found) == _frame(found)
        if not same:
            self.beginResetModel()
        self.found, self._single = found, dict(found.single_points())
        if not same:
            self.endResetModel()
        elif self.rowCount() and self.columnCount():
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    def person(self, index: _Index) -> Holder | None:
        """Whose row it is."""
        return self.found.people[index.row()] if self.found and index.isValid() else None

    def skill(self, index: _Index) -> Skill | None:
        """Which skill a column is."""
        return self.found.skills[index.column()] if self.found and index.isValid() else None

    def level(self, index: _Index) -> Level | None:
        """The judgement of a cell."""
        person, skill = self.person(index), self.skill(index)
        if self.found is None or person is None or skill is None:
            return None
        return self.found.level(person.id, skill.id)

    def index_of(self, person: int, skill: int) -> QModelIndex:
        """Where somebody's skill stands."""
        if self.found is None:
            return QModelIndex()
        people = [one.id for one in self.found.people]
        skills = [one.id for one in self.found.skills]
        if person not in people or skill not in skills:
            return QModelIndex()
        return self.index(people.index(person), skills.index(skill))

    # -- what Qt asks ------------------------------------------------------------------------------

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """How many people there are."""
        return 0 if parent.isValid() or self.found is None else len(self.found.people)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """How many skills."""
        return 0 if parent.isValid() or self.found is None else len(self.found.skills)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> Any:
        """People beside the rows, skills above the columns."""
        if self.found is None or role not in (_Role.DisplayRole, _Role.ToolTipRole):
            return None
        if orientation == Qt.Orientation.Vertical:
            return self.found.people[section].name
        skill = self.found.skills[section]
        if role == _Role.ToolTipRole:
            return self._alone(skill) or skill.name
        return f"{ALONE_MARK} {skill.name}" if skill.id in self._single else skill.name

    def _alone(self, skill: Skill) -> str:
        person = self._single.get(skill.id)
        if person is None or self.found is None:
            return ""
        name = next(one.name for one in self.found.people if one.id == person)
        return single_point_text(skill.name, name)

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        """The level, with what it counts for if it has faded; the sentence as a tooltip."""
        person, skill = self.person(index), self.skill(index)
        if person is None or skill is None:
            return None
        level = self.level(index)
        alone = self._single.get(skill.id) == person.id
        if role == _Role.DisplayRole:
            return _shown(level, alone=alone)
        if role in (_Role.ToolTipRole, _Role.AccessibleTextRole):
            return self.said(index)
        if role == _Role.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        if role == _Role.BackgroundRole and level is not None:
            c = theme.colours()
            share = level.counts / 5 * _TINT
            return QBrush(mixed(QColor(c.surface), QColor(c.accent), share))
        if role == _Role.FontRole and alone:
            font = QFont()
            font.setBold(True)
            return font
        return None

    def said(self, index: _Index) -> str:
        """Who, what, how well, since when and until when; that nobody else is able to."""
        person, skill, level = self.person(index), self.skill(index), self.level(index)
        if person is None or skill is None:
            return ""
        if level is None:
            return tr(N_("{person}, {skill}: not judged"), person=person.name, skill=skill.name)
        parts = [level.text()]
        if level.assessed_on is not None:
            parts.append(tr(N_("judged on {day}"), day=level.assessed_on))
        said = tr(
            N_("{person}, {skill}: {level}"),
            person=person.name,
            skill=skill.name,
            level=tr(N_(", ")).join(parts),
        )
        if self._single.get(skill.id) == person.id and level.counts >= ALONE:
            said += "\n" + self._alone(skill)
        return said


def _shown(level: Level | None, *, alone: bool) -> str:
    if level is None:
        return ""
    text = f"{level.level}{FADED_MARK}{level.counts}" if level.expired else str(level.level)
    return f"{ALONE_MARK} {text}" if alone else text


def _frame(found: Skills) -> tuple[object, ...]:
    return tuple((one.id, one.name) for one in found.people), found.skills
