"""The parts of a window, one key apart: pages, list, details, history, what is said and what runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from ui.book_window import BookWindow


def _parts(window: BookWindow) -> list[tuple[QWidget, QWidget]]:
    """Those that can be seen now, each with the place where it is entered."""
    records, page = window.records, window.page_in_front
    grid = records.grid if records is not None else None
    parts = (
        (window.navigation, None),
        (page, grid),
        (records.detail if records is not None else None, None),  # lies inside the page
        (window.history_pane, None),
        (window.findChild(QWidget, "reminders"), None),
        (window.notices, None),
        (window.statusBar(), None),
    )
    found = []
    for part, wanted in parts:
        if part is None or not part.isVisible():
            continue
        entrance = wanted if wanted is not None and _takes(wanted) else _entrance(part)
        if entrance is not None:
            found.append((part, entrance))
    return found


def _takes(widget: QWidget) -> bool:
    by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return by_tab and widget.isVisible() and widget.isEnabled()


def _entrance(part: QWidget) -> QWidget | None:
    """Where a part is entered: where the person was in it last, else its first place."""
    last: QWidget | None = part.focusWidget()
    every = [part, *([last] if last is not None else []), *part.findChildren(QWidget)]
    return next((one for one in every if _takes(one)), None)


def step(window: BookWindow, by: int) -> None:
    """Go to the next part, or with -1 to the one before; after the last comes the first."""
    parts = _parts(window)
    focus: QWidget | None = QApplication.focusWidget()
    inside = [
        at
        for at, (part, _) in enumerate(parts)
        if focus is not None and (part is focus or part.isAncestorOf(focus))
    ]
    if parts:
        at = (inside[-1] + by) % len(parts) if inside else 0  # of two the inner one
        parts[at][1].setFocus(Qt.FocusReason.TabFocusReason)
