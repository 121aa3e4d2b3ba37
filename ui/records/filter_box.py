"""A box over a list in which conditions of its filter are chosen; Enter and a button decide."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from models.describe.filters import Filter
from ui.popover import Popover


class FilterBox(Popover):
    """Gives what was chosen when it is decided, and closes."""

    made = Signal(object)  # the conditions

    def _conditions(self) -> Sequence[Filter] | None:
        """What is chosen now; None while it can't be read."""
        raise NotImplementedError

    def _apply(self) -> None:
        found = self._conditions()
        if found is not None:
            self.close_again()
            self.made.emit(found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter decides."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._apply()
            event.accept()
        else:
            super().keyPressEvent(event)
