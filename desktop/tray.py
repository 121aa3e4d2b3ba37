"""The icon beside the clock: says what is due, brings the window back, puts reminders off.

Where a desktop has no place for it, windows alone say what is due, and none waits hidden.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon

from models.texts import N_, ntr, tr
from ui import windows
from ui.navigation import PAGES
from ui.reminders import WAYS, Desk, Shown

_STAYS = 10_000  # ms that a message is shown, where the desktop asks


class Tray(QObject):
    """The icon, while one wants to be reminded."""

    def __init__(self, desk: Desk, app: QApplication) -> None:
        super().__init__(app)
        self._desk, self._app = desk, app
        self._icon: QSystemTrayIcon | None = None
        self._menu: QMenu | None = None
        desk.changed.connect(self.refresh)
        desk.came.connect(self.say)

    def refresh(self) -> None:
        """Show the icon, or not, and say how many reminders are due."""
        wanted = self._desk.settings.reminders != "none" or self._desk.settings.tray
        if wanted and self._icon is None and QSystemTrayIcon.isSystemTrayAvailable():
            self._make()
        if self._icon is not None:
            self._icon.setVisible(wanted)
            self._icon.setToolTip(self._said())
        windows.icon_is_there(self._icon is not None and wanted)

    def _make(self) -> None:
        self._menu = QMenu()
        self._menu.aboutToShow.connect(self._fill)
        self._icon = QSystemTrayIcon(self._app.windowIcon(), self)
        self._icon.setContextMenu(self._menu)
        self._icon.activated.connect(self._clicked)
        self._icon.messageClicked.connect(self.open)
        self._fill()

    def _said(self) -> str:
        n = len(self._desk.shown)
        return ntr("Daybook: {n} reminder", "Daybook: {n} reminders", n) if n else tr(N_("Daybook"))

    def stop(self) -> None:
        """Take the icon away."""
        windows.icon_is_there(False)
        if self._icon is not None:
            self._icon.hide()
            self._icon.setContextMenu(None)  # type: ignore[arg-type]
            self._icon = None
        if self._menu is not None:
            self._menu.deleteLater()
            self._menu = None

    def say(self, fresh: tuple[Shown, ...]) -> None:
        """Tell by the desktop what a window tells too, where nobody looks at a window of ours."""
        looked_at = QGuiApplication.applicationState()
        if self._icon is None or looked_at.name == "ApplicationActive":
            return
        title, text = words(fresh)
        self._icon.showMessage(title, text, self._app.windowIcon(), _STAYS)

    def _clicked(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in (
            QSystemTrayIcon.ActivationReason.Trigger,
            QSystemTrayIcon.ActivationReason.DoubleClick,
        ):
            self.open()

    # -- the menu ----------------------------------------------------------------------------------

    def _fill(self) -> None:
        menu = self._menu
        assert menu is not None
        menu.clear()
        self._add(menu, tr(N_("Open Daybook")), self.open)
        self._add(menu, tr(PAGES[0].text), self._first_page)
        later = menu.addMenu(tr(N_("Remind me later")))
        later.setEnabled(bool(self._desk.shown))
        for way, text in WAYS:
            action = later.addAction(tr(text))
            action.setData(way)
            action.triggered.connect(self._put_off)
        menu.addSeparator()
        self._add(menu, tr(N_("Quit")), self.quit)

    def _add(self, menu: QMenu, text: str, act: Callable[[], object]) -> None:
        menu.addAction(text).triggered.connect(act)

    def open(self) -> None:
        """Bring a window to the front, with what is due."""
        window = windows.come_back()
        if window is not None and self._desk.shown:
            window.show_reminders()

    def _first_page(self) -> None:
        window = windows.come_back()
        if window is not None:
            window.navigation.choose(PAGES[0].id)

    def _put_off(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self._desk.put_off(list(self._desk.shown), str(action.data()))

    def quit(self) -> None:
        """Close every window, those that wait too."""
        there = [*windows.opened(), *windows.waiting()]
        if there:
            there[0].do_quit()
        self._app.quit()


def words(fresh: tuple[Shown, ...]) -> tuple[str, str]:
    """What the desktop is to say: the one reminder, or how many there are and the first of them."""
    from models.phone.message_parts import clock  # when there is something to say

    if len(fresh) == 1:
        item = fresh[0].item
        text = "\n".join(one for one in (item.detail, clock(item.at)) if one)
        return item.title, text
    lines = [f"{clock(one.item.at)} {one.item.title}" for one in fresh[:3]]
    missed = sum(one.due.missed for one in fresh)
    title = (
        ntr(
            "{n} reminder from while the program was closed",
            "{n} reminders from while the program was closed",
            missed,
        )
        if missed == len(fresh)
        else ntr("{n} reminder", "{n} reminders", len(fresh))
    )
    return title, "\n".join([*lines, *(["…"] if len(fresh) > len(lines) else [])])
