"""What surrounds the pages: menus, navigation, notices, history's place, status; language and theme."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QAction, QActionGroup, QContextMenuEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDockWidget,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from models import texts
from models.texts import N_, tr
from ui import languages, motion, theme, windows
from ui.actions import Actions
from ui.commands import Command, plain
from ui.help_window import Help
from ui.jobs import Jobs
from ui.navigation import PAGES, Navigation, key_of
from ui.notices import NoticeBar
from ui.settings import THEMES, Settings
from ui.start_page import StartPage
from ui.status import StatusBar

_THEME_TEXTS = {"system": N_("As the system"), "light": N_("Light"), "dark": N_("Dark")}
_NO_BOOK = N_("Open or make a book first.")
_NOTHING = N_("There is nothing that it could do now.")
_HISTORY = 340  # the usual width of the history, in points


class Frame(QMainWindow):
    """A window's fixed parts. Who derives from it has the methods that its actions name."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self.jobs = Jobs(self)
        self.help = Help(self)
        self.setMinimumSize(680, 480)  # two beside each other on a small screen
        self.resize(_room(self))
        self.actions_ = Actions(self)
        self._choices = [self._choice_menu(*one) for one in self._choices_declared()]
        self.navigation: Navigation = Navigation(self)
        self.start_page = StartPage(self.settings, self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.start_page)
        self._status = StatusBar(self.jobs, self)
        self.setStatusBar(self._status)
        self.notices = NoticeBar(self._status, self)
        self._dock = QDockWidget(self)
        self._dock.setObjectName("history")
        kinds = QDockWidget.DockWidgetFeature
        self._dock.setFeatures(kinds.DockWidgetClosable | kinds.DockWidgetMovable)
        self._dock.visibilityChanged.connect(self._dock_shown)
        self.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self._dock)
        self._dock.hide()
        self._arrange()
        self._page_actions()

    def _arrange(self) -> None:
        right = QWidget(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stack, 1)
        self._below = QVBoxLayout()
        self._below.setContentsMargins(16, 0, 16, 8)
        column.addLayout(self._below)
        middle = QWidget(self)
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.navigation)
        row.addWidget(right, 1)
        self.setCentralWidget(middle)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the keys, as in a dialog; Shift+F10 is the menu key."""
        focused, key = self.focusWidget(), event.key()
        enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and isinstance(focused, QAbstractButton) and not event.isAutoRepeat():
            focused.click()
        elif key == Qt.Key.Key_F10 and event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            _ask_for_menu(focused)
        else:
            super().keyPressEvent(event)

    # -- menus -----------------------------------------------------------------------------------

    def _choices_declared(self) -> Sequence[tuple[str, dict[str, str], Any]]:
        return (
            (N_("Language"), texts.LANGUAGE_NAMES, self.set_language),
            (N_("Appearance"), _THEME_TEXTS, self.set_theme),
        )

    def _choice_menu(self, title: str, choices: dict[str, str], act: Any) -> Any:
        menu = self.actions_.menus["view"].addMenu("")
        self.actions_.mnemonics.watch(menu)
        self.actions_.mnemonics.know(menu.menuAction(), title)
        group = QActionGroup(self)
        for code in choices:
            action = QAction(self)
            action.setCheckable(True)
            action.setData(code)
            group.addAction(action)
            menu.addAction(action)
            self.actions_.mnemonics.know(action, code)
        group.triggered.connect(self._chosen)
        return menu, group, title, choices, act

    def _chosen(self, action: QAction) -> None:
        for _, group, _, _, act in self._choices:
            if action in group.actions():
                act(str(action.data()))

    def _page_actions(self) -> None:
        menu = self.actions_.menus["view"]
        menu.addSeparator()
        self._to_pages = []
        for number, page in enumerate(PAGES, 1):
            action = QAction(self)
            action.setShortcut(QKeySequence(key_of(number)))
            action.setData(page.id)
            action.triggered.connect(self._go_to)
            menu.addAction(action)
            self.actions_.mnemonics.know(action, page.text)
            self._to_pages.append(action)

    def commands(self) -> Iterator[Command]:
        """Every action, page and choice as it is now, for the palette."""
        book = self._to_pages[0].isEnabled()
        for page, to in zip(PAGES, self._to_pages, strict=True):
            why = "" if book else tr(_NO_BOOK)
            keys = to.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            names = (page.text,)
            yield Command(
                ("page", page.id), tr(page.text), tr(N_("Page")), to.trigger, keys, page.id, why,
                names,
            )  # fmt: skip
        for declared, action, menu in self.actions_.listed():
            if declared.id == "palette":
                continue
            why = "" if action.isEnabled() else tr(_NOTHING if book else _NO_BOOK)
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            names = (declared.text,)
            yield Command(
                ("action", declared.id), plain(action.text()), plain(tr(menu)), action.trigger,
                keys, declared.icon, why, names,
            )  # fmt: skip
        for _, group, title, choices, _ in self._choices:
            for action in group.actions():
                code = str(action.data())
                text = f"{tr(title)}: {tr(choices[code])}"
                both = (choices[code], title)
                yield Command(
                    ("choice", title, code), text, plain(tr(N_("&View"))), action.trigger,
                    sources=both,
                )  # fmt: skip

    def _go_to(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.navigation.choose(str(action.data()))

    @property
    def history_pane(self) -> QWidget | None:
        """The history, while a book is open."""
        return self._dock.widget()

    # -- the history beside the pages -------------------------------------------------------------

    def _dock_shown(self, visible: bool) -> None:
        self.actions_["history"].setChecked(self._dock.isVisible())

    def show_history(self) -> None:
        """Show the history as wide as it was left."""
        self._dock.show()
        width = theme.scaled(self.settings.width("history", _HISTORY))
        self.resizeDocks([self._dock], [width], Qt.Orientation.Horizontal)

    def keep_history(self) -> None:
        """Remember whether the history is shown, and how wide it is."""
        self.settings.history = not self._dock.isHidden()
        if not self._dock.isHidden():
            self.settings.keep_width("history", round(self._dock.width() / theme.text_scale()))

    def restore_history(self) -> None:
        """Show the history if it was shown when a book was left."""
        if self.settings.history:
            self.show_history()

    # -- language and theme ----------------------------------------------------------------------

    def retranslate(self) -> None:
        """Show everything in the current language and theme."""
        self.actions_.retranslate()
        self.menuBar().setAccessibleName(tr(N_("Menus")))
        self._status.setAccessibleName(tr(N_("Status bar")))
        for action, page in zip(self._to_pages, PAGES, strict=True):
            action.setText(tr(page.text))
        current = {"Language": texts.language(), "Appearance": self.settings.theme}
        for menu, group, title, choices, _ in self._choices:
            menu.setTitle(tr(title))
            menu.setAccessibleName(tr(title))
            for action in group.actions():
                action.setText(tr(choices[str(action.data())]))
                action.setChecked(action.data() == current[title])
        self.navigation.retranslate()
        self.start_page.retranslate()
        self._dock.setWindowTitle(tr(N_("History")))
        cross = self._dock.findChild(QAbstractButton, "qt_dockwidget_closebutton")
        if isinstance(cross, QAbstractButton):  # Qt names it once, in the language of the start
            cross.setToolTip(tr(N_("Close")))
            cross.setAccessibleName(cross.toolTip())
            cross.setIcon(theme.icon("close"))
        self._status.retranslate()
        self.help.retranslate()
        self.notices.retranslate()

    def set_language(self, code: str) -> None:
        """Switch all texts at once."""
        self.settings.language = code
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        languages.apply(app, code)
        windows.everywhere(lambda one: one.retranslate())

    def set_theme(self, name: str) -> None:
        """Switch the colours at once."""
        self.settings.theme = name if name in THEMES else "system"
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply(app, self.settings.theme)
        windows.everywhere(lambda one: one.retranslate())

    def set_text_size(self, percent: int) -> None:
        """Make all text of the window larger or smaller at once; 100 is the usual size."""
        self.settings.text_size = percent
        windows.everywhere(lambda one: one.look())
        windows.everywhere(lambda one: one.retranslate())

    def set_density(self, name: str) -> None:
        """Make the rows of all tables higher or lower at once."""
        self.settings.density = name
        windows.everywhere(lambda one: one.look())

    def set_motion(self, choice: str) -> None:
        """Let nothing move by itself, or as the system has it, at once."""
        self.settings.motion = choice
        windows.everywhere(lambda one: one.look())
        self.set_theme(self.settings.theme)

    def look(self) -> None:
        """Put the preferred size of text, height of rows and motion in force."""
        motion.choose(self.settings.motion)
        self.setAnimated(not motion.reduced())
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        if self.settings.text_size != round(theme.text_scale() * 100):
            theme.set_text_size(app, self.settings.text_size)
        theme.set_density(self.settings.density)
        theme.fit_rows(self)


def _ask_for_menu(widget: QWidget) -> None:
    """Ask a widget for its menu as the menu key does, which many keyboards lack."""
    line = widget.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    at = line.center() if isinstance(line, QRect) else widget.rect().center()
    reason = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(widget, QContextMenuEvent(reason, at, widget.mapToGlobal(at)))


def _room(window: QWidget) -> QSize:
    """The size of a first window: comfortable, and with its frame inside a small screen."""
    free = window.screen().availableGeometry().size() - QSize(8, 40)
    return QSize(1280, 800).boundedTo(free)
