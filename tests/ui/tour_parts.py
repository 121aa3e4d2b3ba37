"""What a walk through the window shows of a dialog that was asked for."""

from __future__ import annotations

import time
from collections.abc import Iterator

from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QWidget,
)

from tests.ui.acting import settle
from ui.main_window import MainWindow


def shown(window: MainWindow, name: str, kind: type[QDialog]) -> Iterator[tuple[str, QWidget]]:
    until = time.monotonic() + 20  # some read the book first, in the background
    found: list[QDialog] = []
    while not found and time.monotonic() < until:
        QApplication.processEvents()
        found = [one for one in window.findChildren(kind) if one.isVisible()]
    [dialog] = found
    yield name, dialog
    dialog.reject()
    dialog.deleteLater()
    QApplication.processEvents()


def history_asked(qtbot, window: MainWindow) -> None:
    """Wait until what waits for keys to rest has asked, and was answered."""
    for _ in range(3):
        settle(qtbot, window)
        time.sleep(0.2)
    settle(qtbot, window)
