"""The windows of the program: who is open, which comes to the front, what all of them learn.

Each is held here from when it is made until it is closed and no job runs any more: a window that
Python drops while a thread still means to tell it something takes the whole program with it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from ui.sibling_window import SiblingWindow

_LOOK = 200  # ms between looks at whether a closed window may go

_held: list[SiblingWindow] = []
_closed: list[SiblingWindow] = []  # those of the held ones that wait to go
_waiting: list[SiblingWindow] = []  # hidden for the sake of reminders
_icon: list[bool] = []  # not empty where an icon brings them back
_ending: list[bool] = []  # not empty while the whole program is closed


def hold(window: SiblingWindow) -> None:
    """Hold a window that was just made."""
    _held.append(window)
    window.destroyed.connect(_sweep)


def place_of(window: SiblingWindow) -> str:
    """The name under which the place of a new window on the screen is remembered: the first free."""
    near = [one for one in _held if one not in _closed and one.settings is window.settings]
    taken = {one.place for one in near}
    names = ("window" if number == 1 else f"window{number}" for number in range(1, len(near) + 2))
    return next(one for one in names if one not in taken)


def end() -> None:
    """The program ends: its windows go before it does."""
    for listed in (_closed, _waiting, _held):
        listed.clear()


def let_go(window: SiblingWindow) -> None:
    """A window was closed: it goes as soon as no job of any window runs."""
    if window in _held and window not in _closed:
        _closed.append(window)
        QTimer.singleShot(0, _sweep)


def _sweep() -> None:
    from shiboken6 import isValid

    for gone in [one for one in _held if not isValid(one)]:
        _held.remove(gone)
    _closed[:] = [one for one in _closed if one in _held]
    if not _closed:
        return
    if any(one.jobs.busy for one in _held):
        QTimer.singleShot(_LOOK, _sweep)
        return
    for window in _closed:
        _held.remove(window)
        if window.goes_when_closed:
            window.deleteLater()
    _closed.clear()


def opened() -> list[SiblingWindow]:
    """The windows that a person can see, in the order in which they were made."""
    return [one for one in _held if one not in _closed and not one.isHidden()]


def others(window: SiblingWindow) -> list[SiblingWindow]:
    """The other windows that a person can see."""
    return [one for one in opened() if one is not window]


def waiting() -> list[SiblingWindow]:
    """Windows that were closed and wait, hidden, for reminders."""
    return [one for one in _held if one not in _closed and one.isHidden() and one in _waiting]


def may_wait(window: SiblingWindow) -> bool:
    """Whether a window that is to close waits instead, hidden: the last one with a book, if the person
    wants that and an icon brings it back. Not when the program, or the whole desktop, ends."""
    app = QApplication.instance()
    ends = _ending or (isinstance(app, QApplication) and app.isSavingSession())
    if ends or not _icon or not window.settings.tray or window.session is None or others(window):
        return False
    if window not in _waiting:
        _waiting.append(window)
    return True


def icon_is_there(there: bool) -> None:
    """Whether an icon beside the clock can bring a hidden window back."""
    _icon[:] = [True] if there else []


def come_back() -> SiblingWindow | None:
    """Bring a window to the front, one that waits if no other is open."""
    found = in_front()
    if found is None and (there := waiting()):
        found = there[-1]
        found.show()
    if found is not None:
        _waiting.clear()
        raise_up(found)
    return found


def showing(path: Path) -> SiblingWindow | None:
    """The window that shows the book of a path; of several the one in front, if it does."""
    front = in_front()
    for one in [*([front] if front is not None else []), *reversed(opened())]:
        if one.session is not None and one.session.book.lies_at(path):
            return one
    return None


def in_front() -> SiblingWindow | None:
    """The window that is worked in, or was last."""
    active = QApplication.activeWindow()
    while active is not None and active not in _held:
        active = active.parentWidget()
    found = opened()
    return next((one for one in found if one is active), found[-1] if found else None)


def raise_up(window: SiblingWindow) -> None:
    """Bring a window to the front, out of the task bar too."""
    if window.isMinimized():
        window.showNormal()
    window.raise_()
    window.activateWindow()


def everywhere(tell: Callable[[SiblingWindow], object]) -> None:
    """Let every open window do something, such as show its texts in another language."""
    for one in [one for one in _held if one not in _closed]:
        tell(one)


def close_all() -> None:
    """Close every window, the one in front last; one that refuses stops it."""
    front = in_front()
    _ending.append(True)
    try:
        for one in [*waiting(), *(one for one in opened() if one is not front), front]:
            if one is not None and not one.close():
                return
    finally:
        _ending.clear()
