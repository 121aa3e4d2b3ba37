"""A box that opens beneath what it belongs to and closes with Escape, or when one goes elsewhere.

It lies inside its window rather than being one of its own: input methods, screen readers and window
managers then treat what is typed in it like anything else that is typed in the window.
"""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget

_GAP = 2
_EDGE = 6  # points kept clear at the window's edges


class Popover(QFrame):
    """Made for one use; ``closed`` when it goes, whatever was decided in it."""

    closed = Signal()  # nothing is asked any more: answers that are awaited are dropped

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("popover")
        self.setAutoFillBackground(True)
        self._before: QWidget | None = None
        self._anchor = QRect()
        self.hide()

    def open_at(self, anchor: QWidget, part: QRect | None = None) -> None:
        """Open beneath a widget, or a part of it, and take the focus."""
        window = self.window()
        self._before = window.focusWidget()
        place = anchor.rect() if part is None else part
        self._anchor = QRect(anchor.mapTo(window, place.topLeft()), place.size())
        self.fit()
        self.show()
        self.raise_()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_moved)
        app.installEventFilter(self)
        self.focus_first()

    def focus_first(self) -> None:
        """Put the focus where one begins."""
        widgets = self._stops()
        if widgets:
            widgets[0].setFocus(Qt.FocusReason.PopupFocusReason)

    def fit(self) -> None:
        """Take the size that the content asks for, and a place where all of it is seen."""
        room = self.window().rect().adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        self.ensurePolished()
        for one in (*reversed(self.findChildren(QWidget)), self):  # what is inside asks first
            inside = one.layout()
            if inside is not None:
                inside.activate()
        layout = self.layout()
        size = self.sizeHint().expandedTo(self.minimumSizeHint())
        if layout is not None and layout.hasHeightForWidth():  # what wraps needs more rows
            size.setHeight(max(size.height(), layout.totalHeightForWidth(size.width())))
        size = size.boundedTo(room.size())
        left = min(max(self._anchor.left(), room.left()), room.right() + 1 - size.width())
        top = self._anchor.bottom() + _GAP
        if top + size.height() > room.bottom():
            top = max(room.bottom() + 1 - size.height(), room.top())
        self.setGeometry(QRect(QPoint(left, top), size))

    def grow(self) -> None:
        """Something in it asks for more room than it had."""
        if self.isVisible():
            self.fit()

    def close_again(self) -> None:
        """Close, and give the focus back to where it was."""
        if not self.isVisible():
            return
        before = self._before
        self._leave()
        if before is not None and shiboken6.isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.PopupFocusReason)

    def _leave(self) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.removeEventFilter(self)
        app.focusChanged.disconnect(self._focus_moved)
        self.hide()
        self.closed.emit()
        self.deleteLater()

    def _holds(self, widget: object) -> bool:
        """Whether a widget is in it; a list that opens from it is a window of its own."""
        here = widget
        while isinstance(here, QWidget):
            if here is self:
                return True
            here = here.parentWidget()
        return False

    def _focus_moved(self, old: QWidget | None, now: QWidget | None) -> None:
        if self.isVisible() and now is not None and not self._holds(now):
            self._leave()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A press beside it closes it; it stays inside a window that becomes smaller."""
        kind = event.type()
        if kind == QEvent.Type.MouseButtonPress and isinstance(watched, QWidget):
            if not self._holds(watched):
                self.close_again()
        elif kind == QEvent.Type.Resize and watched is self.parentWidget():
            self.fit()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes it; no key reaches what lies beneath."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_again()
        event.accept()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes round inside it."""
        stops = self._stops()
        if not stops:
            return False
        now = self.window().focusWidget()
        at = next((n for n, one in enumerate(stops) if one is now), -1)
        step = 1 if forward else -1
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        stops[(at + step) % len(stops)].setFocus(reason)
        return True

    def _stops(self) -> list[QWidget]:
        """Where Tab stops, as it is read: from above, from the left."""
        # WORKAROUND PySide6 6.11: whatever nextInFocusChain() gave is deleted along with this box.
        found = [
            one
            for one in self.findChildren(QWidget)
            if one.focusPolicy() & Qt.FocusPolicy.TabFocus
            and one.focusProxy() is None
            and one.isVisibleTo(self)
            and one.isEnabled()
        ]
        places = [one.mapTo(self, QPoint()) for one in found]
        order = sorted(range(len(found)), key=lambda at: (places[at].y(), places[at].x()))
        return [found[at] for at in order]
