"""What Qt leaves out of the tree that screen readers and programs find on the accessibility bus.

Qt names a choice by its value on Linux, keeps menus that pop up, lists that complete and editors in
cells out of the tree, and lets a list's row be selected without anything hearing of it. Here a choice
is named by its label and its value is its text; what floats over a window is a child of the window;
a row that is selected over the bus is the current one, in the list of a choice it is the choice; a
menu whose entry was pressed over the bus closes.
"""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPoint,
    QRect,
    Qt,
    QTimer,
    Slot,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleActionInterface,
    QAccessibleInterface,
    QAccessibleTextInterface,
    QKeyEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAccessibleWidget,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QMenuBar,
    QScrollBar,
    QWidget,
)

from models.texts import N_, tr
from ui.commands import plain

_Text = QAccessible.Text
_SHOW, _PRESS = "ShowMenu", "Press"  # as Qt and the bus call them
_FOLLOWED = "followed"  # the property of a selection, or of a menu, that is followed
_NO_KEY = Qt.KeyboardModifier.NoModifier


class _Value(QAccessibleTextInterface):
    """The value of a choice, as text that is read and not written."""

    def __init__(self, combo: QComboBox) -> None:
        super().__init__()
        self._combo = combo

    def _shown(self) -> str:
        return self._combo.currentText() if shiboken6.isValid(self._combo) else ""

    def characterCount(self) -> int:
        """How long the value is."""
        return len(self._shown())

    def text(self, start: int, end: int) -> str:
        """A piece of the value."""
        return self._shown()[start:end]

    def cursorPosition(self) -> int:
        """There is no cursor."""
        return 0

    def setCursorPosition(self, position: int) -> None:
        """There is no cursor."""

    def selectionCount(self) -> int:
        """Nothing in it is ever selected."""
        return 0

    def characterRect(self, offset: int) -> QRect:
        """Letters have no place of their own."""
        return QRect()

    def offsetAtPoint(self, point: QPoint) -> int:
        """Letters have no place of their own."""
        return -1


class Choice(QAccessibleWidget):
    """A combo box: its name is its label, its text its value, its child the list."""

    def __init__(self, combo: QComboBox) -> None:
        super().__init__(combo, QAccessible.Role.ComboBox, "")
        self._value = _Value(combo)

    def _combo(self) -> QComboBox:
        combo = self.widget()
        assert isinstance(combo, QComboBox)
        return combo

    def interface_cast(self, kind: QAccessible.InterfaceType) -> shiboken6.VoidPtr:  # type: ignore[override]
        """The value for who asks for text, else what Qt gives."""
        if kind == QAccessible.InterfaceType.TextInterface:
            return shiboken6.VoidPtr(shiboken6.getCppPointer(self._value)[0])
        found = super().interface_cast(kind)
        # None, as Qt's own gives it where its types say otherwise, would end the process.
        return found if isinstance(found, shiboken6.VoidPtr) else shiboken6.VoidPtr(0)

    def text(self, kind: QAccessible.Text) -> str:
        """Its label and its value."""
        return self._combo().currentText() if kind == _Text.Value else super().text(kind)

    def state(self) -> QAccessible.State:
        """Whether its list is open."""
        found = super().state()
        found.expandable = True
        found.expanded = self._combo().view().isVisible()
        found.editable = self._combo().isEditable()
        return found

    def _parts(self) -> list[QWidget]:
        combo = self._combo()
        line = combo.lineEdit()
        _made_once[0].follow(combo.view())  # Qt may have given it its model since it was made
        return [combo.view()] if line is None else [combo.view(), line]

    def childCount(self) -> int:
        """The list, and the line where one may type."""
        return len(self._parts())

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """The list, and the line where one may type."""
        parts = self._parts()
        if not 0 <= index < len(parts):
            return None
        if isinstance(parts[index], QLineEdit):
            parts[index].setAccessibleName(self.text(_Text.Name))
        return QAccessible.queryAccessibleInterface(parts[index])

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Where a child stands."""
        parts: list[QObject] = [*self._parts()]
        return parts.index(child.object()) if child.object() in parts else -1

    def actionNames(self) -> list[str]:
        """Open the list, or be worked with."""
        return [_SHOW, _PRESS, QAccessibleActionInterface.setFocusAction()]

    def doAction(self, name: str) -> None:
        """Open or close the list."""
        combo = self._combo()
        if name not in (_SHOW, _PRESS):
            super().doAction(name)
        elif combo.isEnabled() and combo.view().isVisible():
            combo.hidePopup()
        elif combo.isEnabled():
            combo.showPopup()


class Surface(QAccessibleWidget):
    """A window, with what floats over it as its last children: menus, lists, the editor of a cell."""

    def childCount(self) -> int:
        """Its own parts and what floats over it."""
        return super().childCount() + len(_floating(self.widget()))

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """A part, or what floats."""
        own = super().childCount()
        if index < own:
            return super().child(index)
        floating = _floating(self.widget())
        if index - own >= len(floating):
            return None
        return QAccessible.queryAccessibleInterface(floating[index - own])

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Where a child stands."""
        floating: list[QObject] = [*_floating(self.widget())]
        if child.object() in floating:
            return super().childCount() + floating.index(child.object())
        return super().indexOfChild(child)


def _floating(window: QWidget) -> list[QWidget]:
    """The popups of a window that no menu or choice leads to, and the open editor of a cell."""
    found = [one for one in QApplication.topLevelWidgets() if _is_popup_of(one, window)]
    focused = window.focusWidget()
    if _view_around(focused) is not None:
        found.append(focused)
    return found


def _view_around(of: QObject | None) -> QAbstractItemView | None:
    """The view in whose viewport an object lies."""
    around = of.parent() if of is not None else None
    view = around.parent() if around is not None else None
    return view if isinstance(view, QAbstractItemView) and view.viewport() is around else None


def _is_popup_of(one: QWidget, window: QWidget) -> bool:
    if one.windowType() != Qt.WindowType.Popup or not one.isVisible():
        return False
    if isinstance(one, QMenu):
        ways = one.menuAction().associatedObjects()
        if any(isinstance(way, QMenu | QMenuBar) for way in ways):
            return False
    owner = one.parentWidget() or one.focusProxy()
    if isinstance(owner, QComboBox):
        return False  # its list is its child
    return owner is not None and owner.window() is window


class _Follower(QObject):
    """Makes the row current that is selected without being so, as the bus does it; closes menus.

    One for all views: what Python holds of a view of Qt's own may be gone before the view is.
    """

    def __init__(self) -> None:
        super().__init__()
        self._changed: list[QItemSelectionModel] = []
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._look)

    def follow(self, view: QAbstractItemView) -> None:
        """Follow a view in which one row is selected at a time; again it does nothing."""
        single = view.selectionMode() == QAbstractItemView.SelectionMode.SingleSelection
        chosen: QItemSelectionModel | None = view.selectionModel()  # None before it has a model
        if single and chosen is not None and not chosen.property(_FOLLOWED):
            chosen.setProperty(_FOLLOWED, True)
            chosen.selectionChanged.connect(self._selected)

    def close_after(self, menu: QMenu) -> None:
        """Close a menu when one of its entries was pressed over the bus, as a click does."""
        if not menu.property(_FOLLOWED):
            menu.setProperty(_FOLLOWED, True)
            menu.triggered.connect(self._pressed)

    @Slot()
    def _pressed(self) -> None:
        while isinstance(menu := QApplication.activePopupWidget(), QMenu) and menu.close():
            pass

    @Slot()
    def _selected(self) -> None:
        chosen = self.sender()
        if isinstance(chosen, QItemSelectionModel):
            self._changed.append(chosen)
            self._soon.start()  # keys and clicks select first, and make current only then

    def _look(self) -> None:
        changed, self._changed = self._changed, []
        for chosen in changed:
            view = chosen.parent() if shiboken6.isValid(chosen) else None
            if isinstance(view, QAbstractItemView):
                _make_current(view, chosen.selectedIndexes())


def _make_current(view: QAbstractItemView, chosen: list[QModelIndex]) -> None:
    if not chosen or chosen[0].row() == view.currentIndex().row():
        return
    view.setCurrentIndex(chosen[0])
    combo = _choice_of(view)
    if combo is not None:
        combo.hidePopup()
        _choose(combo, chosen[0].row())
    elif view.windowType() == Qt.WindowType.Popup:  # of a completer, which hears keys
        QApplication.sendEvent(view, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, _NO_KEY))


def _choice_of(view: QAbstractItemView) -> QComboBox | None:
    """The choice whose list a view is."""
    around = view.parent()
    found = around.parent() if around is not None else None
    return found if isinstance(found, QComboBox) else None


def _choose(combo: QComboBox, row: int) -> None:
    if combo.isEnabled() and row != combo.currentIndex():
        combo.setCurrentIndex(row)
        combo.activated.emit(row)
        combo.textActivated.emit(combo.currentText())


# -- what is made for which class ----------------------------------------------------------------


def _choice(of: QObject) -> QAccessibleInterface | None:
    return Choice(of) if isinstance(of, QComboBox) else None


def _window(of: QObject) -> QAccessibleInterface | None:
    return Surface(of, QAccessible.Role.Window, "") if isinstance(of, QWidget) else None


def _dialog(of: QObject) -> QAccessibleInterface | None:
    return Surface(of, QAccessible.Role.Dialog, "") if isinstance(of, QWidget) else None


def _view(of: QObject) -> QAccessibleInterface | None:
    if isinstance(of, QAbstractItemView):
        _made_once[0].follow(of)
    return None


def _bar(of: QObject) -> QAccessibleInterface | None:
    if isinstance(of, QScrollBar):
        _name(of)
    return None


def _name(bar: QScrollBar) -> None:
    up = bar.orientation() == Qt.Orientation.Vertical
    bar.setAccessibleName(tr(N_("Scroll up and down")) if up else tr(N_("Scroll to the sides")))


def _menu(of: QObject) -> QAccessibleInterface | None:
    if isinstance(of, QMenu):
        if not of.accessibleName():
            of.setAccessibleName(plain(of.title()) or tr(N_("Menu")))
        _made_once[0].close_after(of)
    return None


def _notice(of: QObject) -> QAccessibleInterface | None:
    if not isinstance(of, QWidget):
        return None
    return QAccessibleWidget(of, QAccessible.Role.Notification, "")


_MAKERS: dict[str, Callable[[QObject], QAccessibleInterface | None]] = {
    "QComboBox": _choice,
    "QMainWindow": _window,
    "QDialog": _dialog,
    "QListView": _view,
    "QTableView": _view,
    "QScrollBar": _bar,
    "QMenu": _menu,
    "NoticeBar": _notice,
}
_made_once: list[_Follower] = []


def _made(of_class: str, of: QObject) -> QAccessibleInterface | None:
    """What stands for an object; Qt asks for its class, then for those that it derives from."""
    maker = _MAKERS.get(of_class)
    return maker(of) if maker is not None else None


def install() -> None:
    """Tell Qt, once the application is made; again it does nothing."""
    if not _made_once:
        _made_once.append(_Follower())
        QAccessible.installFactory(_made)


def rename() -> None:
    """Name in the language that now holds what was named here."""
    for one in QApplication.allWidgets():
        if isinstance(one, QScrollBar) and one.accessibleName():
            _name(one)
