"""Which folder is watched for workbooks that come back, and the button that ends it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from models.texts import N_, tr
from ui import theme
from ui.session import Session


class WatchedFolder(QWidget):
    """One line; there is none where no folder is watched. ``stopped`` when its button was pressed."""

    stopped = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.whole = ""  # what the line says, also where it is too narrow for it
        self.label, self.stop_button = QLabel(self), QPushButton(self)
        self.label.setObjectName("muted")
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.stop_button)
        box.addWidget(self.label, 1)
        self.stop_button.clicked.connect(self._stop)
        session.watched_changed.connect(self.show_folder)

    def retranslate(self) -> None:
        """Show everything in the current language."""
        self.stop_button.setText(tr(N_("Stop watching")))
        self.stop_button.setAccessibleName(self.stop_button.text())
        self.show_folder()

    def show_folder(self) -> None:
        """Say which folder it is."""
        folder = self._session.settings.workbook_folder(self._session.book.id)
        self.whole = "" if folder is None else tr(N_("Watched: {folder}"), folder=str(folder))
        self.label.setToolTip(self.whole)
        self.label.setAccessibleName(self.whole)
        self.setVisible(folder is not None)
        self._fit()

    def _fit(self) -> None:
        """The ends of a path tell most."""
        room = max(self.label.width(), theme.scaled(60))
        fits = self.label.fontMetrics()
        self.label.setText(fits.elidedText(self.whole, Qt.TextElideMode.ElideMiddle, room))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width holds more or less of it."""
        super().resizeEvent(event)
        self._fit()

    def _stop(self) -> None:
        from ui.workbook_watch import Watch

        Watch.of(self._session).watch(None)
        self.stopped.emit()
