"""The parts of a split as Qt reads them: amounts are typed over, parts are fixed, the others follow."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QBrush, QColor, QFont
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from models.describe.kinds import KINDS
from models.goals.goal import GOAL
from models.goals.pace_words import percent
from models.goals.parts import Cascade, Key, Part, rebalance
from models.money import plain, show_whole
from models.refusals import Refused
from models.texts import N_, tr
from ui import theme
from ui.records.read_table import Headed

if TYPE_CHECKING:
    from models.goals.evidence import Chance
    from models.goals.preceding import Brought

_Index = QModelIndex | QPersistentModelIndex
_NUMBER = GOAL.field("target")


class Column(IntEnum):
    """What stands where."""

    PART = 0
    TARGET = 1
    FIXED = 2
    SHARE = 3
    BEFORE = 4
    CHANCE = 5
    BASIS = 6


_HEADS = {
    Column.PART: N_("Part"),
    Column.TARGET: N_("Target"),
    Column.FIXED: N_("Fixed"),
    Column.SHARE: N_("Share"),
    Column.BEFORE: N_("Brought before"),
    Column.CHANCE: N_("Chance"),
    Column.BASIS: N_("Weighed by"),
}


class CascadeModel(Headed, QAbstractItemModel):
    """The parts of a goal and theirs; ``balanced`` after each change of an amount."""

    heads = _HEADS
    balanced = Signal()
    refused = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.made: Cascade | None = None
        self.chances: Mapping[Key, Chance] = {}
        self.brought: Mapping[Key, Brought] = {}
        self._parts: list[Part] = []
        self._above: list[int] = []  # of each part, -1 for the outer ones
        self._below: dict[int, list[int]] = {}

    def show(self, made: Cascade, brought: Mapping[Key, Brought]) -> None:
        """Show another split."""
        self.beginResetModel()
        self.made, self.brought, self.chances = made, brought, {}
        self._read()
        self.endResetModel()
        self.balanced.emit()

    def show_chances(self, chances: Mapping[Key, Chance]) -> None:
        """Show the chances of the parts."""
        self.chances = chances
        self._tell()

    def _read(self) -> None:
        self._parts, self._above, self._below = [], [], {}

        def walk(parts: tuple[Part, ...], above: int) -> None:
            for one in parts:
                at = len(self._parts)
                self._parts.append(one)
                self._above.append(above)
                self._below.setdefault(above, []).append(at)
                walk(one.parts, at)

        assert self.made is not None
        walk(self.made.parts, -1)

    def _tell(self) -> None:
        for above, rows in self._below.items():
            parent = self._place(above, 0)
            last = self.index(len(rows) - 1, len(Column) - 1, parent)
            self.dataChanged.emit(self.index(0, 0, parent), last)

    # -- setting parts by hand ---------------------------------------------------------------------

    def fix(self, locked: dict[Key, Decimal]) -> None:
        """Fix these parts, and no others; the rest shares what is left by the same rule."""
        if self.made is not None:
            self.made = rebalance(self.made, locked)
            self._read()
            self._tell()
            self.balanced.emit()

    def put(self, index: _Index, typed: str) -> bool:
        """Fix a part at what was typed; an empty text frees it. False where it can't be read."""
        assert self.made is not None
        locked = dict(self.made.locked)
        part = self._parts[index.internalId()]
        try:
            value = KINDS[_NUMBER.kind].parse(_NUMBER, typed)
        except Refused as refused:
            self.refused.emit(str(refused))
            return False
        if value is None:
            locked.pop(part.key, None)
        elif isinstance(value, Decimal):
            locked[part.key] = value
        self.fix(locked)
        return True

    def turn(self, index: _Index) -> None:
        """Fix a part as it is, or free it."""
        assert self.made is not None
        part, locked = self._parts[index.internalId()], dict(self.made.locked)
        if locked.pop(part.key, None) is None:
            locked[part.key] = part.target
        self.fix(locked)

    # -- what Qt asks ------------------------------------------------------------------------------

    def _place(self, at: int, column: int) -> QModelIndex:
        if at < 0:
            return QModelIndex()
        return self.createIndex(self._below[self._above[at]].index(at), column, at)

    def index(self, row: int, column: int, parent: _Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        """A cell."""
        below = self._below.get(parent.internalId() if parent.isValid() else -1, [])
        if not (0 <= row < len(below) and 0 <= column < len(Column)):
            return QModelIndex()
        return self.createIndex(row, column, below[row])

    def parent(self, index: _Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008
        """The part that one is part of."""
        return self._place(self._above[index.internalId()], 0) if index.isValid() else QModelIndex()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """How many parts a part has."""
        if parent.isValid() and parent.column():
            return 0
        return len(self._below.get(parent.internalId() if parent.isValid() else -1, []))

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """The same for all."""
        return len(Column)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Amounts are typed over, fixing is ticked."""
        found = super().flags(index)
        if index.isValid() and index.column() == Column.TARGET:
            return found | Qt.ItemFlag.ItemIsEditable
        if index.isValid() and index.column() == Column.FIXED:
            return found | Qt.ItemFlag.ItemIsUserCheckable
        return found

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows, is edited as, and says."""
        if not index.isValid() or self.made is None:
            return None
        part, column = self._parts[index.internalId()], Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return self._text(part, column)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._said(part, column)
            case Qt.ItemDataRole.EditRole if column == Column.TARGET:
                return plain(part.target)
            case Qt.ItemDataRole.CheckStateRole if column == Column.FIXED:
                return Qt.CheckState.Checked if part.locked else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.TextAlignmentRole if column in _NUMBERS:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return self._look(part, column, role)

    def _look(self, part: Part, column: Column, role: int) -> Any:
        if role == Qt.ItemDataRole.FontRole and column == Column.TARGET and part.locked:
            font = QFont()
            font.setBold(True)
            return font
        if role == Qt.ItemDataRole.ForegroundRole and column in (Column.BASIS, Column.BEFORE):
            return QBrush(QColor(theme.colours().muted))
        return None

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Type over an amount, or tick that it is fixed."""
        if not index.isValid() or self.made is None:
            return False
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == Column.FIXED:
            self.turn(index)
            return True
        if role == Qt.ItemDataRole.EditRole and index.column() == Column.TARGET:
            part = self._parts[index.internalId()]
            if str(value).strip() == plain(part.target):
                return True  # it was only looked at
            return self.put(index, str(value))
        return False

    def _said(self, part: Part, column: Column) -> str:
        if column == Column.FIXED:
            return tr(N_("fixed")) if part.locked else tr(N_("not fixed"))
        return self._text(part, column)

    def _text(self, part: Part, column: Column) -> str:
        assert self.made is not None
        what, currency = self.made.goal.definition, self.made.currency
        match column:
            case Column.PART:
                return self._name(part)
            case Column.TARGET:
                return what.show(part.target, currency)
            case Column.SHARE:
                return f"{float(part.share) * 100:.1f}%" if self.made.adds_up else ""
            case Column.BEFORE:
                past = self.brought.get(part.key)
                if past is None or past.value is None:
                    return "–"
                money = what.unit == "money"
                value = (
                    show_whole(past.value, currency) if money else what.show(past.value, currency)
                )
                return tr(N_("{value} ({period})"), value=value, period=past.period.label)
            case Column.CHANCE:
                return self._chance(part)
            case Column.BASIS:
                return part.basis
        return ""

    def _name(self, part: Part) -> str:
        assert self.made is not None
        whole = self.made.goal.period
        same = (part.period.start, part.period.end) == (whole.start, whole.end)
        return part.label if part.label and same else part.period.text()

    def _chance(self, part: Part) -> str:
        found = self.chances.get(part.key)
        if found is None:
            return ""
        low, high = percent(found.low), percent(found.high)
        return low if low == high else f"{low.removesuffix('%')}–{high}"


_NUMBERS = (Column.TARGET, Column.SHARE, Column.BEFORE, Column.CHANCE)


class AmountEditor(QStyledItemDelegate):
    """A line in the cell; what is typed is tried at every key, so that the others are seen to follow."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        """A line that tells what is typed."""
        line = QLineEdit(parent)
        line.setAccessibleName(tr(_HEADS[Column.TARGET]))
        place = QPersistentModelIndex(index)
        model = index.model()
        assert isinstance(model, CascadeModel)
        line.textEdited.connect(lambda typed: _try(model, place, typed))
        return line

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        """What stands there, as long as nobody has typed."""
        assert isinstance(editor, QLineEdit)
        if not editor.isModified():
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))
            editor.selectAll()


def _try(model: CascadeModel, place: QPersistentModelIndex, typed: str) -> None:
    try:
        value = KINDS[_NUMBER.kind].parse(_NUMBER, typed)
    except Refused:
        return  # perhaps half typed
    if value is not None and place.isValid():
        model.put(place, typed)
