"""The pipeline's board: cards that move between stages by mouse and by keyboard."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLabel

from ui.pages.pipeline import _Column


@pytest.fixture
def board(qtbot, window, settled):
    page = window.page("pipeline")
    settled(window)
    return page.board


def columns(board) -> dict[str, _Column]:
    return {
        one.accessibleName(): one for one in board.findChildren(_Column) if one.isVisibleTo(board)
    }


def cards(board) -> dict[str, list[str]]:
    return {
        name: [one.item(at).text().split("\n")[0] for at in range(one.count())]
        for name, one in columns(board).items()
    }


def summed(board, stage: str) -> str:
    frame = columns(board)[stage].parentWidget()
    return " | ".join(one.text() for one in frame.findChildren(QLabel))


def stage_changes(window) -> int:
    return window.session.book.count("stage_change")


class _Dropped(QDropEvent):
    """A drop that comes from another list; the event of a test has no source of its own."""

    def __init__(self, source: _Column) -> None:
        super().__init__(
            QPointF(20, 20), Qt.DropAction.MoveAction, QMimeData(),
            Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        self._from = source

    def source(self) -> _Column:
        return self._from


def test_every_stage_is_a_column_with_its_deals_and_their_sum(board):
    assert cards(board) == {
        "线索": ["商机1"], "报价": ["商机2"], "赢单": ["商机4", "商机3"], "输单": ["商机5"],
    }  # fmt: skip
    assert "2 deals" in summed(board, "赢单")
    assert "7,000" in summed(board, "赢单")


def test_a_card_dropped_on_a_column_changes_stage_and_status_and_is_undone(
    qtbot, window, board, settled
):
    book, before = window.session.book, stage_changes(window)
    source, target = columns(board)["报价"], columns(board)["赢单"]
    source.setCurrentRow(0)
    source.item(0).setSelected(True)
    target.dropEvent(_Dropped(source))
    settled(window)
    assert cards(board)["报价"] == []
    assert "商机2" in cards(board)["赢单"]
    assert "3 deals" in summed(board, "赢单")
    assert "9,000" in summed(board, "赢单")
    (deal,) = book.ids("opportunity", where="name=商机2")
    record = book.record("opportunity", deal)
    assert record["status"] == "won"
    assert record["closed_on"] is not None
    assert stage_changes(window) == before + 1
    assert window.notices.text == "Move 商机2 to 赢单"
    window.actions_["undo"].trigger()
    settled(window)
    assert cards(board)["报价"] == ["商机2"]
    assert book.record("opportunity", deal)["status"] == "open"
    assert book.record("opportunity", deal)["closed_on"] is None
    assert stage_changes(window) == before


def test_the_keyboard_moves_a_card_along_and_keeps_the_focus_on_it(qtbot, window, board, settled):
    board.window().activateWindow()
    leads = columns(board)["线索"]
    leads.setFocus()
    leads.setCurrentRow(0)
    for stage in ("报价", "赢单"):
        focused = next(one for one in columns(board).values() if one.currentRow() >= 0)
        qtbot.keyClick(focused, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
        settled(window)
        assert "商机1" in cards(board)[stage]
        moved = columns(board)[stage]
        assert moved.currentItem().text().startswith("商机1")
        for other in columns(board).values():
            if other is not moved:
                other.setCurrentRow(-1)
    qtbot.keyClick(moved, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    settled(window)
    assert "商机1" in cards(board)["报价"]


def test_a_card_at_the_edge_stays(qtbot, window, board):
    leads, before = columns(board)["线索"], window.session.book.can_undo()
    leads.setCurrentRow(0)
    qtbot.keyClick(leads, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert window.session.book.can_undo() == before


def test_enter_on_a_card_opens_the_deal_in_the_table(qtbot, window, board, settled):
    leads = columns(board)["线索"]
    leads.setFocus()
    leads.setCurrentRow(0)
    qtbot.keyClick(leads, Qt.Key.Key_Return)
    settled(window)
    deals = window.records
    assert deals is not None
    assert deals.entity == "opportunity"
    index = deals.grid.currentIndex()
    assert deals.model.index(index.row(), deals.model.fields.index("name")).data() == "商机1"


def test_an_edit_in_the_table_is_seen_on_the_board(qtbot, window, board, settled):
    book = window.session.book
    (deal,) = book.ids("opportunity", where="name=商机1")
    book.set("opportunity", deal, {"amount": Decimal(123456)})
    settled(window)
    assert "123,456" in summed(board, "线索")
