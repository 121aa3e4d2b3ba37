"""Text can be read in both themes: 4.5 to 1 by the formula of WCAG 2.2, what marks the focus 3 to 1.

Once by the colours that the themes declare, once by the pixels that are really drawn, so that a pair
that nobody thought of is found too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QMenuBar,
    QTabBar,
    QTableView,
    QWidget,
)

from tests.ui.acting import settle
from tests.ui.looking import seen
from tests.ui.tasks_of_team import add_tasks
from ui import theme
from ui.dialogs.preferences import Preferences
from ui.palette import Palette
from ui.theme import DARK, LIGHT, Colours

TEXT, MARK = 4.5, 3.0
GROUNDS = ("window", "surface", "raised", "selection", "fault")
PAIRS = [
    *((ink, ground) for ink in ("text", "muted", "danger", "warning", "ok") for ground in GROUNDS),
    *(("accent", ground) for ground in ("window", "surface", "raised", "selection")),
    ("on_accent", "accent"),
]
# What shows where the focus is, what can be ticked, and the parts of a chart.
MARKS = [
    *(("accent", ground) for ground in ("window", "surface", "raised", "selection")),
    *(("muted", ground) for ground in ("window", "surface", "raised")),
    ("on_accent", "accent"),
]
Ink = tuple[int, int, int]


def luminance(ink: Ink) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [one / 255 for one in ink]
    red, green, blue = (
        one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Ink, other: Ink) -> float:
    """1 for equal colours, 21 for black and white."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def ink(name: str) -> Ink:
    """A colour as it is written in a theme or sheet."""
    return int(name[1:3], 16), int(name[3:5], 16), int(name[5:7], 16)


def test_the_formula_is_that_of_wcag():
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast(ink("#767676"), ink("#ffffff")) == pytest.approx(4.54, abs=0.01)
    assert contrast(ink("#777777"), ink("#ffffff")) < TEXT


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_declared_colours_can_be_told_apart(colours: Colours):
    found = []
    for least, pairs in ((TEXT, PAIRS), (MARK, MARKS)):
        for one, ground in pairs:
            reached = contrast(ink(getattr(colours, one)), ink(getattr(colours, ground)))
            if reached < least:
                found.append(f"{one} on {ground}: {reached:.2f}")
    for number, one in enumerate(colours.series):
        if contrast(ink(one), ink(colours.surface)) < MARK:
            found.append(f"series {number} on surface")
    assert found == []


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_every_rule_of_the_style_sheet_can_be_read(colours: Colours):
    found, read = [], 0
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", theme._sheet(colours)):
        text = re.search(r"(?<![-\w])color: (#\w{6})", body)
        ground = re.search(r"background: (#\w{6})", body)
        if text is None or ":disabled" in selector:  # which WCAG exempts
            continue
        read += 1
        grounds = [ground[1]] if ground else [colours.window, colours.surface, colours.raised]
        found += [
            f"{selector.strip()}: {contrast(ink(text[1]), ink(one)):.2f}"
            for one in grounds
            if contrast(ink(text[1]), ink(one)) < TEXT
        ]
    assert found == []
    assert read > 10


# -- what is really drawn ------------------------------------------------------------------------


def places(inside: QWidget) -> Iterator[tuple[str, QWidget, QRect]]:
    """Everything that shows a text and can be used: the text, the widget, where it stands in it."""
    for one in seen(inside, QWidget):
        if not one.isEnabled():
            continue
        if isinstance(one, QLabel | QAbstractButton) and one.text():
            yield one.text(), one, one.rect()
        elif isinstance(one, QLineEdit) and (one.text() or one.placeholderText()):
            yield one.text() or one.placeholderText(), one, one.rect().adjusted(3, 3, -3, -3)
        elif isinstance(one, QComboBox) and one.currentText():
            yield one.currentText(), one, one.rect().adjusted(3, 3, -3, -3)
        elif isinstance(one, QTabBar):
            yield from ((one.tabText(at), one, one.tabRect(at)) for at in range(one.count()))
        elif isinstance(one, QMenuBar):
            yield from ((act.text(), one, one.actionGeometry(act)) for act in one.actions())
        elif isinstance(one, QHeaderView):
            yield from heads(one)
        elif isinstance(one, QTableView | QListView):
            yield from cells(one)


def heads(head: QHeaderView) -> Iterator[tuple[str, QWidget, QRect]]:
    across = head.orientation() == Qt.Orientation.Horizontal
    for at in range(min(head.count(), 40)):
        start, size = head.sectionViewportPosition(at), head.sectionSize(at)
        if across and not head.isSectionHidden(at):
            text = str(head.model().headerData(at, head.orientation()) or "")
            yield text, head.viewport(), QRect(start, 0, size - 2, head.height() - 2)


def cells(view: QAbstractItemView) -> Iterator[tuple[str, QWidget, QRect]]:
    model = view.model()
    columns = range(model.columnCount() if isinstance(view, QTableView) else 1)
    for row in range(min(model.rowCount(), 20)):
        for column in columns:
            at = model.index(row, column, QModelIndex())
            area = view.visualRect(at).adjusted(2, 2, -2, -2)
            if area.isValid() and view.viewport().rect().contains(area.topLeft()):
                yield str(at.data() or ""), view.viewport(), area


def read(picture: QImage, area: QRect) -> tuple[Ink, float]:
    """The ground of an area, and the contrast of what stands out from it most."""
    counted = Counter(
        (one.red(), one.green(), one.blue())
        for y in range(area.top(), area.bottom() + 1)
        for x in range(area.left(), area.right() + 1)
        for one in (picture.pixelColor(x, y),)
    )
    ground = counted.most_common(1)[0][0]
    return ground, max(contrast(one, ground) for one in counted)


def faint(inside: QWidget) -> list[str]:
    """Texts that stand out too little."""
    QApplication.processEvents()
    picture, found = inside.grab().toImage(), []
    seen_before: set[tuple[str, int, int]] = set()
    for text, widget, area in places(inside):
        corner = widget.mapTo(inside, QPoint(0, 0))
        whole = (
            area.translated(corner)
            .intersected(picture.rect())
            .intersected(widget.visibleRegion().boundingRect().translated(corner))
        )
        key = (text, whole.x(), whole.y())
        if not text.strip(" –—") or whole.width() < 8 or whole.height() < 12 or key in seen_before:
            continue
        seen_before.add(key)
        ground, reached = read(picture, whole)
        if reached < TEXT - 0.05:
            found.append(f"{type(widget).__name__} {text!r} on {ground}: {reached:.2f}")
    return found


@pytest.fixture
def large(window):
    """Twice as large, so that strokes are thick enough to be drawn in their colour."""
    window.set_text_size(200)
    window.resize(1600, 1000)
    yield window
    window.set_text_size(100)


@pytest.mark.parametrize("look", ["light", "dark"])
def test_what_is_drawn_can_be_read(qtbot, large, look):
    large.set_theme(look)
    found = []
    for page in ("customers", "pipeline", "orders", "team", "insights"):
        large.page(page)
        settle(qtbot, large)
        found += [f"{page}: {one}" for one in faint(large)]
    page = large.page("customers")
    records = large.records
    records.grid.setFocus()
    records.grid.setCurrentIndex(records.model.index(0, 0))
    records.filter.setText("colour=red")
    records.reload()
    settle(qtbot, large)
    assert page.isVisible()
    found += [f"a record and a fault: {one}" for one in faint(large)]
    large.do_history()
    large.notices.warn("What went wrong")
    QApplication.processEvents()
    found += [f"history and a notice: {one}" for one in faint(large)]
    large.do_palette()
    settle(qtbot, large)
    found += [f"palette: {one}" for one in faint(large.findChild(Palette)._box)]
    large.do_palette()
    large.do_preferences()
    dialog = large.findChild(Preferences)
    found += [f"preferences: {one}" for one in faint(dialog)]
    dialog.close()
    assert found == []


@pytest.mark.parametrize("look", ["light", "dark"])
def test_a_text_that_is_too_faint_is_noticed_by_its_pixels(qtbot, large, look):
    large.set_theme(look)
    large.page("customers")
    settle(qtbot, large)
    label = QLabel("Hardly to be read", large)
    # On a ground of its own: what shines through from below would be read for it.
    c = theme.colours()
    label.setStyleSheet(f"color: {c.border}; background: {c.window}")
    label.move(500, 500)
    label.adjustSize()
    label.show()
    label.raise_()
    QApplication.processEvents()
    assert [one for one in faint(large) if "Hardly" in one]


@pytest.mark.parametrize("look", ["light", "dark"])
def test_where_the_focus_is_can_be_seen_on_every_kind_of_widget(qtbot, large, look):
    large.set_theme(look)
    large.page("customers")
    settle(qtbot, large)
    records = large.records
    grid, tabs = records.grid, large.findChild(QTabBar)
    grid.setCurrentIndex(records.model.index(0, 0))
    QApplication.processEvents()
    others = [records.search, records.add_button, records.export_button, large.navigation]
    found = []
    for one in (*others, grid, tabs):
        large.setFocus()
        QApplication.processEvents()
        before = one.grab().toImage()
        one.setFocus()
        QApplication.processEvents()
        after = one.grab().toImage()
        if not one.hasFocus() or marked(before, after) < 20:
            found.append(f"{type(one).__name__} {one.accessibleName() or one.objectName()}")
    assert found == []


def marked(before: QImage, after: QImage) -> int:
    """How many pixels differ by 3 to 1."""
    return sum(
        contrast(one.getRgb()[:3], other.getRgb()[:3]) >= MARK
        for y in range(after.height())
        for x in range(after.width())
        for one, other in ((before.pixelColor(x, y), after.pixelColor(x, y)),)
        if one != other
    )


@pytest.mark.parametrize("look", ["light", "dark"])
def test_board_calendar_and_timeline_can_be_read(qtbot, large, look):
    add_tasks(large.session.book)
    large.set_theme(look)
    page = large.page("tasks")
    found = []
    for tab in page.own:
        page.list_of(tab)
        settle(qtbot, large)
        found += [f"{tab}: {one}" for one in faint(large)]
    assert found == []
