"""Rows of widgets that go on below: what goes while they are laid out is not asked again."""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import partial
from random import Random

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QDialog, QGridLayout, QPushButton, QWidget
from shiboken6 import delete, dump, isValid

from ui import theme
from ui.dialogs.rows import Rows
from ui.flow import Flow
from ui.layouts import empty, let_go
from ui.records.chips import ChipRow

STEPS = 500


def _end_of_events() -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()


class _Told(QPushButton):
    """A button that does something when it is resized or asked for its size."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.resized: Callable[[], object] | None = None
        self.asked: Callable[[], object] | None = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.resized is not None:
            self.resized()

    def sizeHint(self) -> QSize:
        if self.asked is not None:
            asked, self.asked = self.asked, None
            asked()
        return super().sizeHint()


@pytest.fixture
def row(qtbot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(300, 200)
    made.show()
    return made


def _fill(row: QWidget, count: int) -> tuple[Flow, list[_Told]]:
    flow = Flow(row, from_left=True)
    buttons = [_Told(f"Button {number}", row) for number in range(count)]
    for one in buttons:
        flow.addWidget(one)
    row.resize(300, 200)
    row.show()
    QApplication.processEvents()
    return flow, buttons


def _others_end(buttons: list[_Told], but: _Told) -> None:
    for one in buttons:
        if one is not but and isValid(one):
            delete(one)


@pytest.mark.parametrize("when", ["resized", "asked"])
def test_the_others_may_end_while_one_is_laid_out(row, when):
    for _ in range(50):
        host = QWidget(row)
        flow, buttons = _fill(host, 8)
        setattr(buttons[0], when, partial(_others_end, buttons, buttons[0]))
        buttons[0].setMinimumSize(150, 40)
        flow.invalidate()
        flow.activate()
        host.resize(100, 200)
        QApplication.processEvents()
        assert flow.widgets() == [buttons[0]]
        delete(host)


def test_one_that_is_added_again_goes_to_the_end_and_keeps_what_it_shows(row):
    flow, buttons = _fill(row, 3)
    flow.addWidget(buttons[0])
    QApplication.processEvents()
    assert flow.widgets() == [buttons[1], buttons[2], buttons[0]]
    assert flow.count() == 3
    assert buttons[0].isVisible()
    assert buttons[1].x() < buttons[2].x() < buttons[0].x()


def test_one_that_was_let_go_takes_no_room_and_ends(row):
    flow, buttons = _fill(row, 3)
    wide = flow.sizeHint().width()
    let_go(flow, buttons[0])
    assert flow.widgets() == buttons[1:]
    assert flow.sizeHint().width() < wide
    _end_of_events()
    assert not isValid(buttons[0])


def test_a_row_that_was_emptied_is_filled_anew(row):
    flow, buttons = _fill(row, 3)
    empty(flow)
    assert flow.widgets() == []
    assert flow.count() == 0
    flow.addWidget(QPushButton("New", row))
    assert flow.count() == 1
    _end_of_events()
    assert not any(isValid(one) for one in buttons)


def test_one_that_moves_to_another_row_is_in_that_one_only(row):
    flow, buttons = _fill(QWidget(row), 2)
    other = Flow(QWidget(row))
    other.addWidget(buttons[0])
    assert flow.widgets() == [buttons[1]]
    assert other.widgets() == [buttons[0]]


def test_more_than_fit_go_on_below_and_hidden_ones_take_no_room(row):
    flow, buttons = _fill(row, 6)
    one = buttons[0].sizeHint()
    assert flow.heightForWidth(one.width()) == 6 * one.height() + 5 * flow.spacing()
    assert flow.heightForWidth(10_000) == one.height()
    for button in buttons[1:]:
        button.hide()
    assert flow.sizeHint() == one
    assert flow.minimumSize() == one


def test_looking_into_a_cell_leaves_nothing_behind_that_outlives_it(row):
    """What Python holds of an item of Qt's hides whatever gets the item's place in memory later."""
    rows = Rows("Rows", ["A", "B"], 0, row)
    for _ in range(3):
        rows.clear(10)
        for at in range(10):
            rows.say(at, 0, "text")
            rows.say(at, 0, "other")
    layout = rows.widget().layout()
    assert isinstance(layout, QGridLayout)
    assert "QWidgetItem" not in dump(layout)


class _Many(QDialog):
    """A dialog full of what goes on below, in a cycle with itself as real ones are."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.chips = ChipRow(self)
        self.flow = Flow(from_left=True)
        self.buttons: list[QPushButton] = []
        lines = QGridLayout(self)
        lines.addWidget(self.chips, 0, 0)
        lines.addLayout(self.flow, 1, 0)
        self.more()

    def more(self) -> None:
        made = QPushButton(f"Button {len(self.buttons)}", self)
        made.clicked.connect(lambda: self.pressed(made))
        self.buttons.append(made)
        self.flow.addWidget(made)

    def pressed(self, button: QPushButton) -> None:
        self.flow.addWidget(button)

    def less(self, how: Callable[[QPushButton], object], at: int) -> None:
        if self.buttons:
            how(self.buttons.pop(at % len(self.buttons)))


def _step(draw: Random, one: _Many, app: QApplication) -> None:
    ways: tuple[Callable[[], object], ...] = (
        one.more,
        partial(one.less, QObject.deleteLater, draw.randrange(99)),
        partial(one.less, delete, draw.randrange(99)),
        partial(one.less, partial(let_go, one.flow), draw.randrange(99)),
        partial(one.less, one.layout().removeWidget, draw.randrange(99)),
        partial(one.resize, draw.randint(50, 600), draw.randint(50, 600)),
        partial(one.chips.show_sentences, ["words " * draw.randint(1, 9)] * draw.randrange(8)),
        partial(one.pressed, draw.choice(one.buttons)) if one.buttons else one.more,
        app.processEvents,
        _end_of_events,
        gc.collect,
    )
    draw.choice(ways)()


@pytest.mark.parametrize("seed", range(3))
def test_rows_live_through_anything_that_comes_and_goes(qtbot, qapp, seed):
    draw = Random(seed)
    before = gc.get_threshold()
    gc.set_threshold(50, 1, 1)
    shown: list[_Many] = []
    try:
        for number in range(STEPS):
            shown = [one for one in shown if isValid(one)]
            if not shown or draw.random() < 0.05:
                shown.append(_Many(draw.choice([None, *shown])))
                shown[-1].show()
            _step(draw, draw.choice(shown), qapp)
            if len(shown) > 5 and isValid(gone := shown.pop(draw.randrange(5))):
                gone.deleteLater()
            if number % 200 == 199:
                theme.apply(qapp, draw.choice(["light", "dark"]))
    finally:
        gc.set_threshold(*before)
        theme.apply(qapp, "light")
        for one in shown:
            if isValid(one):
                delete(one)
    _end_of_events()
