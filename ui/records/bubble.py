"""A few words beside a field: what is understood of what is typed, or why it was declined."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QLabel, QWidget

from ui import theme

_GAP = 2  # points between a field and its words


class Bubble(QLabel):
    """Words over the window of a field, below it where there is room; they take no focus."""

    def __init__(self, owner: QWidget, *, fault: bool = False) -> None:
        super().__init__(owner.window())
        self._owner = owner
        self.setObjectName("fault" if fault else "readout")
        self.setWordWrap(False)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        owner.destroyed.connect(self.deleteLater)

    def tell(self, text: str, beside: QRect) -> None:
        """Show a text beside a part of its owner; an empty one hides it."""
        window = self._owner.window()
        if not text or not self._owner.isVisible():
            self.hide()
            return
        if self.parentWidget() is not window:
            self.setParent(window)
        self.ensurePolished()
        self.setText(text)
        self.setWordWrap(False)
        widest = min(theme.scaled(420), window.width() - 2 * _GAP)
        wide = self.sizeHint().width() > widest
        self.setWordWrap(wide)
        if wide:
            self.resize(widest, self.heightForWidth(widest))
        else:
            self.resize(self.sizeHint())
        place = self._owner.mapTo(window, beside.bottomLeft()) + QPoint(0, _GAP + 1)
        if place.y() + self.height() > window.height():
            place = self._owner.mapTo(window, beside.topLeft()) - QPoint(0, self.height() + _GAP)
        place.setX(max(0, min(place.x(), window.width() - self.width())))
        place.setY(max(0, place.y()))
        self.move(place)
        self.show()
        self.raise_()
