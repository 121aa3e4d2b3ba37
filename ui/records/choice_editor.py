"""One of a few values: chosen from a list, or found by typing part of it, in pinyin too; yes or no."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

from models.describe import parsing
from models.describe.field import Field
from models.texts import N_, tr
from ui.records.offers import Offer, Offers

_Names = tuple[str, tuple[str, ...]]  # what is shown, and all that people write for it


class ChoiceEditor(QComboBox):
    """A list that can be typed into; what fits what is typed is offered, the best first."""

    chosen = Signal(bool)  # an entry was taken while typing; True: by the keyboard

    def __init__(self, names: Sequence[_Names], parent: QWidget) -> None:
        super().__init__()  # its parent comes last: each part would be given its style on the way
        self._names = list(names)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setCompleter(None)  # type: ignore[arg-type]
        self.addItem("")
        self.addItems([one for one, _ in names])
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        line = self.lineEdit()
        assert line is not None
        self._line = line
        self._offers = Offers(line, self._ask)
        self._offers.taken.connect(self._taken)
        self._opened = False  # the whole list: what is chosen there is meant, an arrow may go on
        self.activated.connect(self._listed)
        self.setParent(parent)

    def sizeHint(self) -> QSize:
        """A little wider than Qt asks for: at large sizes its widest entry lacked a point."""
        return super().sizeHint() + QSize(4, 0)

    def completer(self) -> QCompleter:
        """What holds the list that is offered while typing."""
        return self._offers.completer

    def setAccessibleName(self, name: str) -> None:
        """The line inside is called as the list is."""
        super().setAccessibleName(name)
        self._line.setAccessibleName(name)

    def meant(self) -> str:
        """The value that stands here; part of a name stands for the only one that it fits."""
        typed = self.currentText().strip()
        if not typed or self.findText(typed) >= 0:
            return typed
        bare = parsing.fold(typed).casefold()
        for shown, names in self._names:
            if bare in {parsing.fold(one).casefold() for one in names}:
                return shown
        fitting = self._ask(typed)
        return fitting[0].text if len(fitting) == 1 else typed

    def _ask(self, typed: str) -> list[Offer]:
        if not typed.strip():
            return []
        from models import fitting

        ranked = []
        for place, (shown, names) in enumerate(self._names):
            spoken = fitting.spoken(shown) if typed.isascii() and not shown.isascii() else ()
            rank = fitting.fit([shown, *names, *spoken], typed)
            if rank is not None:
                ranked.append((rank, place, shown))
        return [Offer(shown) for _, _, shown in sorted(ranked)]

    def _taken(self, offer: Offer, by_key: bool) -> None:
        at = self.findText(offer.text)
        self.setCurrentIndex(at)
        self.setEditText(offer.text)
        self.activated.emit(at)
        self.chosen.emit(by_key)

    def showPopup(self) -> None:
        """Open the list of all entries."""
        self._opened = True
        super().showPopup()

    def _listed(self) -> None:
        opened, self._opened = self._opened, False
        if opened:
            self.chosen.emit(False)

    def open_list(self) -> None:
        """Show all entries."""
        self._offers.hide()
        self.showPopup()

    def select_all(self) -> None:
        """The next sign that is typed takes the place of what stands here."""
        self._line.selectAll()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel scrolls what is around it; a value is never changed in passing."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+Down opens the list."""
        self._opened = False
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_list()
        else:
            super().keyPressEvent(event)


class FlagEditor(ChoiceEditor):
    """Yes, no or nothing; Space turns it."""

    def __init__(self, parent: QWidget) -> None:
        yes, no = tr(N_("Yes")), tr(N_("No"))
        names = ((yes, ("yes", "是", "true", "1")), (no, ("no", "否", "false", "0")))
        super().__init__(names, parent)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space turns yes into no, and no or nothing into yes."""
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            at = 2 if self.currentText() == self.itemText(1) else 1
            self.setCurrentIndex(at)
            self.setEditText(self.itemText(at))
            self.select_all()
            self.activated.emit(at)
        else:
            super().keyPressEvent(event)


def choice_names(field: Field) -> list[_Names]:
    """The values of a choice field, each with all that people write for it."""
    return [(one.text(), one.known_as()) for one in field.choices]
