"""The bar that says what happened, and offers to take it back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from models.texts import N_, tr
from ui import theme
from ui.status import StatusBar

_EDGE = 8  # points that it keeps from what is beside it
_LEAST = 360  # points of width below which it goes above the status bar
_MOVES = (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.LayoutRequest, QEvent.Type.Show)
_STAYS = 9_000  # ms; what went wrong stays until it is closed


class NoticeBar(QFrame):
    """One message at a time, the latest."""

    undo = Signal(int)
    bring_back = Signal(object)  # the changes that were taken back at once

    def __init__(self, status: StatusBar, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._status = status
        self._report: tuple[str, Path] | None = None
        self._change, self._wrong = 0, False
        self._taken: tuple[int, ...] = ()
        self._text = QLabel(self)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._undo = QPushButton(self)
        self._undo.clicked.connect(self._take_back)
        self._more = QPushButton(self)
        self._more.clicked.connect(self._show_report)
        self._close = QToolButton(self)
        self._close.setAutoRaise(True)
        self._close.clicked.connect(self.hide)
        box = QHBoxLayout(self)
        box.setContentsMargins(12, 2, 6, 2)
        box.addWidget(self._text, 1)
        box.addWidget(self._undo)
        box.addWidget(self._more)
        box.addWidget(self._close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_STAYS)
        self._timer.timeout.connect(self.hide)
        self.hide()
        status.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The bar keeps its place over the status bar, whatever that shows at its right."""
        if self.isVisible() and event.type() in _MOVES:
            self._place()
        return False

    def _place(self) -> None:
        """Over the left of the status bar, where nothing is clicked; what is longer grows upward.

        It takes no room from the page: what a person is about to click stays where it is.
        """
        status = self._status
        corner = status.mapTo(self.window(), QPoint(_EDGE, status.height()))
        width = status.left_room() - 2 * _EDGE
        if width < theme.scaled(_LEAST):  # then above it
            corner.setY(corner.y() - status.height())
            width = status.width() - 2 * _EDGE
        layout = self.layout()
        assert layout is not None
        height = max(layout.totalHeightForWidth(width), status.height() - 2)
        self.setGeometry(corner.x(), corner.y() - height - 1, width, height)
        self.raise_()

    def retranslate(self) -> None:
        """Show the buttons in the current language and theme; what was said stays as it was said."""
        self._undo.setText(tr(N_("Bring back")) if self._taken else tr(N_("Undo")))
        self._undo.setAccessibleName(self._undo.text())
        self._more.setText(tr(N_("Details…")))
        self._more.setAccessibleName(self._more.text())
        self._close.setIcon(theme.icon("close"))
        self._close.setToolTip(tr(N_("Close")))
        self._close.setAccessibleName(self._close.toolTip())
        if self.isVisible():
            self._place()

    def say(self, text: str, change: int = 0) -> None:
        """Say what was done; a change's number offers to undo it."""
        self._show(text, change, wrong=False)
        self._timer.start()

    def offer_back(self, text: str, changes: tuple[int, ...]) -> None:
        """Say that changes were taken back at once, and offer to bring them back at once."""
        self._show(text, 0, wrong=False, taken=changes)
        self._timer.start()

    def warn(self, text: str) -> None:
        """Say what was declined, until it is closed."""
        self._timer.stop()
        self._show(text, 0, wrong=True)

    def own_up(self, text: str, told: str, log: Path) -> None:
        """Say that the program is at fault; ``told`` is what a report of it needs."""
        self.warn(text)
        self._report = (told, log)
        self._more.show()
        self._place()

    def mend(self) -> None:
        """What was declined is put right: it need not be said any longer."""
        if self._wrong:
            self.hide()

    @property
    def text(self) -> str:
        """What is said now."""
        return self._text.text() if self.isVisible() else ""

    def _show(self, text: str, change: int, *, wrong: bool, taken: tuple[int, ...] = ()) -> None:
        self._change, self._wrong, self._taken = change, wrong, taken
        self._text.setText(text)
        self._text.setAccessibleName(text)
        self._text.setObjectName("danger" if wrong else "")
        self._text.style().polish(self._text)
        self.retranslate()
        self._undo.setVisible(bool(change or taken))
        self._more.hide()
        self.show()
        self._place()

    def _show_report(self) -> None:
        from ui.dialogs.fault import Fault

        if self._report is not None:
            dialog = Fault(*self._report, self.window())
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.show()

    def _take_back(self) -> None:
        self.hide()
        if self._taken:
            self.bring_back.emit(self._taken)
        else:
            self.undo.emit(self._change)
