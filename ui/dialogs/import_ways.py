"""How a column is read, where it can be read in several ways: shown, and a choice."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyleOptionComboBox, QWidget

from models.sheets import ways
from models.sheets.mapping import ColumnMapping
from models.sheets.proposal import Found
from models.texts import N_, tr


class Choice(QComboBox):
    """A list of choices within a table: the wheel moves the table, it doesn't decide."""

    def __init__(self, name: str, letter: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.letter = letter
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(self.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Left to the table."""
        event.ignore()

    def showPopup(self) -> None:
        """Open the list, as wide as its texts."""
        view = self.view()
        view.setMinimumWidth(min(view.sizeHintForColumn(0) + 24, 480))
        super().showPopup()


class WayChoice(Choice):
    """As understood, or one of the ways that the column can be read in."""

    _short: Mapping[str, str] = MappingProxyType({})  # Qt asks before a column is shown

    def __init__(self, column: ColumnMapping, parent: QWidget) -> None:
        header = column.header or column.letter
        super().__init__(tr(N_("Column {header} is read as"), header=header), column.letter, parent)

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        """Closed, only the way is shown; its example would be cut off."""
        super().initStyleOption(option)
        option.currentText = self._short.get(str(self.currentData()), option.currentText)

    def show_column(self, column: ColumnMapping, said: str) -> None:
        """Show the ways of a column and the one in force; a doubt is marked."""
        way = column.way
        assert way is not None
        self._short = {code: ways.reading(way, code) for code in way.ways}
        plain = way.auto == "" or (
            way.topic == "unit" and way.auto == "1"
        )  # nothing was understood
        automatic = ways.reading(way, way.auto)
        items = [("", automatic if plain else tr(N_("automatic: {reading}"), reading=automatic))]
        items += [(code, ways.shown(way, code)) for code in way.ways if not (plain and code == "1")]
        if [(self.itemData(at), self.itemText(at)) for at in range(self.count())] != items:
            self.clear()
            for code, text in items:
                self.addItem(text, code)
        self.setCurrentIndex(max(self.findData(said), 0))
        self.setToolTip(ways.note(column) or self.currentText())
        self.setProperty("undecided", way.open)
        self.style().polish(self)


def doubts(found: Found) -> list[ColumnMapping]:
    """The columns of a table that somebody should decide."""
    return [one for one in found.mapping.columns if one.way is not None and one.way.open]
