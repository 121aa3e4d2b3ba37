"""What is wrong with a screen by itself: texts that are cut off, widgets that lie over others."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QListWidget,
    QRadioButton,
    QScrollArea,
    QSplitterHandle,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QTableView,
    QWidget,
)

_HEAD = 8  # points that a header keeps clear around its text
_FLOATING = {"notice", "veil", "ring", "popover"}  # lie over the page, as they should


def seen(inside: QWidget, kind: type) -> Iterator[QWidget]:
    for one in inside.findChildren(kind):
        if one.isVisible() and one.window() is inside.window():
            yield one


def plain(text: str) -> str:
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


def wide(one: QWidget, text: str) -> int:
    return QFontMetrics(one.font()).horizontalAdvance(text)


def told_whole(one: QWidget, text: str) -> bool:
    return text in one.toolTip()


def cut_labels(inside: QWidget) -> Iterator[str]:
    for one in seen(inside, QLabel):
        if not one.text() or told_whole(one, one.text()):
            continue
        if one.wordWrap():
            cut = one.heightForWidth(one.width()) > one.height()
        else:
            cut = one.sizeHint().width() > one.width() or one.sizeHint().height() > one.height()
        if cut:
            yield f"label {one.text()!r} {one.sizeHint()} in {one.size()}"


def cut_buttons(inside: QWidget) -> Iterator[str]:
    for one in seen(inside, QAbstractButton):
        text = plain(one.text())
        if text and not told_whole(one, text):
            marked = isinstance(one, QCheckBox | QRadioButton)
            least = one.sizeHint().width() if marked else wide(one, text) + 12
            if least > one.width():
                yield f"button {text!r}: {least} in {one.width()}"


def cut_heads(inside: QWidget) -> Iterator[str]:
    for one in seen(inside, QTableView):
        head = one.horizontalHeader()
        if not head.isVisible():
            continue
        for at in range(head.count()):
            text, told = (
                str(head.model().headerData(at, Qt.Orientation.Horizontal, role) or "")
                for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
            )
            if told == text:
                continue  # where it is cut, its tooltip is the whole
            room = head.sectionSize(at)
            least = max((wide(head, line) for line in text.splitlines()), default=0)
            if text and not head.isSectionHidden(at) and least + _HEAD > room:
                yield f"header {text!r} of {one.accessibleName()!r}: {least} in {room}"


def cut_tabs(inside: QWidget) -> Iterator[str]:
    for one in seen(inside, QTabBar):
        for at in range(one.count()):
            least = wide(one, plain(one.tabText(at)))
            if one.isTabVisible(at) and least > one.tabRect(at).width():
                yield f"tab {one.tabText(at)!r}"
        fits = one.tabRect(one.count() - 1).right() <= one.width()
        if not fits and not one.usesScrollButtons():
            yield f"tabs after {one.tabText(0)!r}"


def cut_choices(inside: QWidget) -> Iterator[str]:
    for one in seen(inside, QComboBox):
        option = QStyleOptionComboBox()
        one.initStyleOption(option)
        style, control = one.style(), QStyle.ComplexControl.CC_ComboBox
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = style.subControlRect(control, option, part, one).width()
        if wide(one, one.currentText()) > room and not told_whole(one, one.currentText()):
            yield f"choice {one.currentText()!r}: {wide(one, one.currentText())} in {room}"


def cut_hints(inside: QWidget) -> Iterator[str]:
    for one in seen(inside, QLineEdit):
        hint = one.placeholderText()
        if not one.text() and wide(one, hint) > one.width() - 16 and not told_whole(one, hint):
            yield f"hint {hint!r} in {one.width()}"


def cut_entries(inside: QWidget) -> Iterator[str]:
    for one in seen(inside, QListWidget):
        if one.objectName() != "navigation":
            continue
        for at in range(one.count()):
            item = one.item(at)
            least = wide(one, item.text()) + one.iconSize().width() + 28
            if least > one.viewport().width():
                yield f"entry {item.text()!r}"


def cut_names(inside: QWidget) -> Iterator[str]:
    """Lists of names that have to be scrolled sideways."""
    for one in seen(inside, QListWidget):
        told = all(one.item(at).toolTip() for at in range(one.count()))
        if not told and one.horizontalScrollBar().maximum() > 0:
            yield f"list {one.accessibleName()!r} is wider than its {one.width()}"


def unnamed(inside: QWidget) -> Iterator[str]:
    """A window that has no name can't be told from others."""
    if isinstance(inside, QDialog) and not inside.windowTitle():
        yield f"window without a name: {type(inside).__name__}"


def overlaps(inside: QWidget) -> Iterator[str]:
    """Widgets of one parent that lie over each other, and those that reach out of their parent."""
    for parent in (inside, *seen(inside, QWidget)):
        if isinstance(parent, QAbstractScrollArea | QLineEdit | QTabBar | QComboBox):
            continue  # arranges its own parts
        inner = [
            one
            for one in parent.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
            if one.isVisible() and not one.isWindow() and one.objectName() not in _FLOATING
            and not isinstance(one, QSplitterHandle) and one.width() > 1 and one.height() > 1
        ]  # fmt: skip
        for one, other in combinations(inner, 2):
            over = one.geometry().intersected(other.geometry())
            if over.width() > 1 and over.height() > 1:
                yield f"{named(one)} lies over {named(other)} in {named(parent)}: {over}"
        if (
            isinstance(parent.parentWidget(), QScrollArea)
            or parent.objectName() == "qt_scrollarea_viewport"
        ):
            continue
        for one in inner:
            if isinstance(one, QAbstractButton | QLabel | QLineEdit | QComboBox):
                out = one.geometry().intersected(parent.rect())
                if out.width() < one.width() - 1 or out.height() < one.height() - 1:
                    yield f"{named(one)} reaches out of {named(parent)}: {one.geometry()}"


def named(one: QWidget) -> str:
    """What a person would call a widget."""
    text = one.text() if isinstance(one, QLabel | QAbstractButton) else one.accessibleName()
    return f"{type(one).__name__} {text or one.objectName()!r}"


WRONG = (
    cut_labels, cut_buttons, cut_heads, cut_tabs, cut_choices, cut_hints, cut_entries, cut_names,
    unnamed, overlaps,
)  # fmt: skip


def wrong(inside: QWidget) -> list[str]:
    """Everything that a person would see to be wrong."""
    return [found for look in WRONG for found in look(inside)]


def written(inside: QWidget) -> Iterator[tuple[QFont, str]]:
    """All texts that can be seen, each with its font."""
    for one in seen(inside, QWidget):
        if isinstance(one, QLabel | QAbstractButton):
            yield one.font(), one.text()
        elif isinstance(one, QLineEdit):
            yield one.font(), one.text() + one.placeholderText()
        elif isinstance(one, QComboBox):
            yield one.font(), "".join(one.itemText(at) for at in range(one.count()))
        elif isinstance(one, QTabBar):
            yield one.font(), "".join(one.tabText(at) for at in range(one.count()))
        elif isinstance(one, QAbstractItemView) and not isinstance(one, QHeaderView):
            model = one.model()
            if model is not None:
                columns = 1 if isinstance(one, QListView) else model.columnCount()
                rows = min(model.rowCount(), 40)
                cells = [
                    str(model.index(row, column).data() or "")
                    for row in range(rows)
                    for column in range(columns)
                ]
                yield one.font(), "".join(cells)
