"""Every action of the menus: its text, its shortcut, its place. What it does is the window's method
of the same name."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from models.texts import N_, tr
from ui import theme
from ui.commands import plain
from ui.mnemonics import Mnemonics

_Std = QKeySequence.StandardKey


@dataclass(frozen=True)
class Action:
    """One action; ``needs_book`` ones are grey without a book, ``needs_list`` ones where no list is in
    front, "" as id is a separator.

    Those that ask for a ``file`` begin when the menu has answered whoever pressed it by the bus.
    """

    id: str
    text: str = ""
    shortcut: str | QKeySequence.StandardKey = ""
    needs_book: bool = False
    role: str = ""
    checkable: bool = False
    icon: str = ""
    file: bool = False
    needs_list: bool = False


EDIT_KEY, SERIES_KEY = "Ctrl+Shift+E", "Ctrl+Shift+D"  # told in the menus of lists too
MESSAGE_KEY, CODE_KEY = "Ctrl+Shift+M", "Ctrl+Shift+Q"
_LINE = Action("")
MENUS: tuple[tuple[str, str, tuple[Action, ...]], ...] = (
    (
        "file",
        N_("&File"),
        (
            Action("new_book", N_("New book…"), _Std.New, icon="new"),
            Action("open_book", N_("Open book…"), _Std.Open, icon="open", file=True),
            Action("open_sample", N_("Open the sample team"), icon="sample"),
            _LINE,
            Action(
                "import_files", N_("Import spreadsheets…"), "Ctrl+I", True, icon="import", file=True
            ),
            Action(
                "export_page",
                N_("Export this list…"),
                "Ctrl+E",
                True,
                icon="export",
                file=True,
                needs_list=True,
            ),
            Action(
                "edit_elsewhere", N_("Export for editing…"), "", True, file=True, needs_list=True
            ),
            Action("issue_workbooks", N_("Issue workbooks…"), "Ctrl+Shift+U", True),
            Action("collect_workbooks", N_("Collect workbooks…"), "Ctrl+Shift+K", True, file=True),
            Action("to_phone", N_("To the phone…"), "Ctrl+Shift+P", True),
            Action("print_page", N_("Print…"), _Std.Print, True, file=True),
            Action("pdf_page", N_("Save as PDF…"), "", True, file=True),
            Action("goal_review", N_("Goal review…"), "Ctrl+Shift+G", True),
            Action("goal_agreement", N_("Goal agreement…"), "", True),
            Action("save", N_("Save"), _Std.Save, True),
            Action("backup", N_("Save a backup…"), "", True, file=True),
            Action("backups", N_("Backups…"), "Ctrl+Shift+B", True),
            _LINE,
            Action("close_book", N_("Close book"), "Ctrl+W", True),
            Action("quit", N_("Quit"), _Std.Quit, role="quit"),
        ),
    ),
    (
        "edit",
        N_("&Edit"),
        (
            Action("undo", N_("Undo"), _Std.Undo, True, icon="undo"),
            Action("redo", N_("Redo"), _Std.Redo, True, icon="redo"),
            _LINE,
            Action("log_activity", N_("Log an activity…"), "Ctrl+Shift+A", True),
            Action("assign", N_("Assign…"), "Ctrl+Shift+J", True),
            Action("add_record", N_("New record"), "Ctrl+Shift+N", True, needs_list=True),
            Action(
                "paste_records", N_("Paste as new records"), "Ctrl+Shift+V", True, needs_list=True
            ),
            Action("edit_records", N_("Edit selected records…"), EDIT_KEY, True, needs_list=True),
            Action("fill_series", N_("Fill series…"), SERIES_KEY, True, needs_list=True),
            Action(
                "remove_records",
                N_("Remove selected records"),
                "Ctrl+Backspace",
                True,
                needs_list=True,
            ),
            _LINE,
            Action("copy_message", N_("Copy as message"), MESSAGE_KEY, True, needs_list=True),
            Action("contact_code", N_("Show as QR code…"), CODE_KEY, True, needs_list=True),
            _LINE,
            Action("find", N_("Find"), _Std.Find, True, needs_list=True),
            Action("filter", N_("Add a filter…"), "Ctrl+Shift+L", True, needs_list=True),
            Action("replace", N_("Find and replace…"), "Ctrl+Shift+H", True, needs_list=True),
            Action("palette", N_("Find anything…"), "Ctrl+K"),
            _LINE,
            Action("preferences", N_("Preferences…"), "Ctrl+,", role="preferences"),
        ),
    ),
    (
        "view",
        N_("&View"),
        (
            Action("back", N_("Back to where you were"), "Alt+Left", True),
            Action("details", N_("Details beside the list"), "F4", True, checkable=True),
            Action("history", N_("History"), "Ctrl+H", True, checkable=True, icon="history"),
            Action("reminders", N_("Reminders"), "Ctrl+Shift+R", True),
            _LINE,
        ),
    ),
    (
        "window",
        N_("&Window"),
        (
            Action("new_window", N_("New window"), "Ctrl+Shift+O"),
            Action("minimize", N_("Minimize"), "Ctrl+M" if sys.platform == "darwin" else ""),
            Action("close_window", N_("Close window"), "Ctrl+Shift+W"),
            _LINE,
            Action("next_part", N_("Next part of the window"), "F6"),
            Action("part_before", N_("Part of the window before"), "Shift+F6"),
            _LINE,
        ),
    ),
    (
        "help",
        N_("&Help"),
        (
            Action("help", N_("Help"), "F1"),
            Action("tour", N_("Tour of the window"), "", True),
            _LINE,
            Action("check_book", N_("Check this book"), "", True),
            Action("about", N_("About Daybook"), role="about"),
        ),
    ),
)
_ROLES = {
    "quit": QAction.MenuRole.QuitRole,
    "about": QAction.MenuRole.AboutRole,
    "preferences": QAction.MenuRole.PreferencesRole,
}


class Actions:
    """The actions of one window, in its menu bar."""

    def __init__(self, window: QMainWindow) -> None:
        self._made: dict[str, tuple[Action, QAction]] = {}
        self.menus: dict[str, QMenu] = {}
        self.mnemonics = Mnemonics(window)
        for id, _, listed in MENUS:
            menu = QMenu(window)
            window.menuBar().addMenu(menu)
            self.menus[id] = menu
            self.mnemonics.watch(menu)
            for one in listed:
                if not one.id:
                    menu.addSeparator()
                    continue
                action = QAction(window)
                action.setCheckable(one.checkable)
                action.setMenuRole(_ROLES.get(one.role, QAction.MenuRole.NoRole))
                if one.shortcut:
                    action.setShortcut(QKeySequence(one.shortcut))
                way = Qt.ConnectionType
                later = way.QueuedConnection if one.file else way.AutoConnection
                action.triggered.connect(getattr(window, "do_" + one.id), later)
                menu.addAction(action)
                self.mnemonics.know(action, one.text)
                self._made[one.id] = (one, action)

    def __getitem__(self, id: str) -> QAction:
        return self._made[id][1]

    def listed(self) -> Iterator[tuple[Action, QAction, str]]:
        """Every action as it is declared and as it is now, with the source text of its menu."""
        for _, text, actions in MENUS:
            for one in actions:
                if one.id:
                    yield one, self[one.id], text

    def retranslate(self) -> None:
        """Show everything in the current language and theme."""
        for id, text, _ in MENUS:
            self.menus[id].setTitle(tr(text))
            self.menus[id].setAccessibleName(plain(tr(text)))
        for declared, action in self._made.values():
            action.setText(tr(declared.text))
            if declared.icon:
                action.setIcon(theme.icon(declared.icon))

    def enable(self, *, book: bool, listed: bool, off: Mapping[str, bool]) -> None:
        """Grey out what can't be done: without a book, without a list in front, or as ``off`` says."""
        for id, (declared, action) in self._made.items():
            there = (book or not declared.needs_book) and (listed or not declared.needs_list)
            action.setEnabled(there and not off.get(id, False))
