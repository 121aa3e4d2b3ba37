"""The pipeline's board: cards are moved by keyboard and by dragging, sums follow, undo puts them back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QListWidget, QPushButton

from tests.ui.acting import click, named


@pytest.fixture
def board(window, settled):
    page = window.page("pipeline")
    settled(window)
    return page.board


def column(board, stage: str) -> QListWidget:
    return named(board, QListWidget, stage)


def cards(board, stage: str) -> list[str]:
    shown = column(board, stage)
    return [shown.item(at).text().splitlines()[0] for at in range(shown.count())]


def summed(board, stage: str) -> str:
    """What stands under a stage's name."""
    texts = [one.text() for one in column(board, stage).parentWidget().findChildren(QLabel)]
    assert texts[0] == stage
    return texts[1]


def stages_of(window, deal: str) -> list[str]:
    """The stage history of a deal, oldest first."""
    book = window.session.book
    rows = book.rows("stage_change", book.ids("stage_change"), ["opportunity", "stage"])
    return [stage.label for found, stage in rows if found.label == deal]


def press(qtbot, board, stage: str, deal: str, key: Qt.Key) -> None:
    cards_shown = column(board, stage)
    cards_shown.setFocus()
    cards_shown.setCurrentRow(cards(board, stage).index(deal))
    qtbot.keyClick(cards_shown, key, Qt.KeyboardModifier.ControlModifier)


def drag(board, source: str, deals: list[str], target: str) -> None:
    """Let go of selected cards over another column, as Qt tells it."""
    taken, onto = column(board, source), column(board, target)
    taken.clearSelection()
    for deal in deals:
        taken.item(cards(board, source).index(deal)).setSelected(True)
    indexes = [taken.indexFromItem(one) for one in taken.selectedItems()]
    data = taken.model().mimeData(indexes)
    assert isinstance(data, QMimeData)

    class Dropped(QDropEvent):
        def source(self):
            return taken

    event = Dropped(
        QPointF(20, 20),
        Qt.DropAction.MoveAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        QEvent.Type.Drop,
    )
    onto.dropEvent(event)
    QApplication.processEvents()


def test_columns_stand_in_the_order_of_the_stages_and_say_what_is_in_them(board):
    shown = [one.accessibleName() for one in board.findChildren(QListWidget)]
    assert shown == ["线索", "报价", "赢单", "输单"]
    assert [summed(board, one) for one in shown] == [
        "1 deal  ·  ¥1,000",
        "1 deal  ·  ¥2,000",
        "2 deals  ·  ¥7,000",
        "1 deal  ·  ¥5,000",
    ]
    assert (
        column(board, "线索").item(0).text() == "商机1\n上海曾记食品有限公司\n冰箱\n王强\n¥1,000.00"
    )


def test_ctrl_with_an_arrow_moves_a_card_a_stage_on_and_undo_puts_it_back(qtbot, window, board):
    press(qtbot, board, "线索", "商机1", Qt.Key.Key_Right)
    assert cards(board, "线索") == []
    assert "商机1" in cards(board, "报价")
    assert summed(board, "线索") == "0 deals"
    assert summed(board, "报价") == "2 deals  ·  ¥3,000"
    assert stages_of(window, "商机1") == ["线索", "报价"]
    assert window.notices.text == "Move 商机1 to 报价"
    assert window.actions_["undo"].text() == "Undo: Move 商机1 to 报价"
    # The card keeps the focus, so that the next press takes it further.
    focused = board.window().focusWidget()
    assert isinstance(focused, QListWidget)
    assert focused.accessibleName() == "报价"
    assert focused.currentItem().text().startswith("商机1")

    window.notices.findChild(QPushButton).click()  # the notice's own Undo
    assert cards(board, "线索") == ["商机1"]
    assert summed(board, "报价") == "1 deal  ·  ¥2,000"
    assert stages_of(window, "商机1") == ["线索"]


def test_a_card_cannot_be_moved_past_the_first_or_the_last_stage(qtbot, window, board):
    before = window.session.book.can_undo()
    press(qtbot, board, "线索", "商机1", Qt.Key.Key_Left)
    press(qtbot, board, "输单", "商机5", Qt.Key.Key_Right)
    assert window.session.book.can_undo() == before


def test_cards_are_dragged_to_another_stage_and_winning_closes_the_deal(window, board):
    drag(board, "报价", ["商机2"], "赢单")
    assert cards(board, "报价") == []
    assert "商机2" in cards(board, "赢单")
    assert summed(board, "赢单") == "3 deals  ·  ¥9,000"
    book = window.session.book
    [deal] = book.ids("opportunity", "name=商机2")
    record = book.record("opportunity", deal)
    assert record["status"] == "won"
    assert record["closed_on"] is not None
    assert stages_of(window, "商机2") == ["报价", "赢单"]
    window.actions_["undo"].trigger()
    assert cards(board, "报价") == ["商机2"]
    record = book.record("opportunity", deal)
    assert (record["status"], record["closed_on"]) == ("open", None)
    assert stages_of(window, "商机2") == ["报价"]
    window.actions_["redo"].trigger()
    assert "商机2" in cards(board, "赢单")


def test_enter_opens_the_deal_in_the_table(qtbot, window, board):
    shown = column(board, "报价")
    shown.setFocus()
    shown.setCurrentRow(0)
    qtbot.keyClick(shown, Qt.Key.Key_Return)
    assert window.records.entity == "opportunity"
    assert window.records.detail._title.text() == "商机2"


def test_an_edit_in_the_table_is_seen_on_the_board(window, board):
    book = window.session.book
    [deal] = book.ids("opportunity", "name=商机1")
    book.set("opportunity", deal, {"amount": 123456})
    assert summed(board, "线索") == "1 deal  ·  ¥123,456"


def test_a_book_without_stages_offers_the_usual_ones(window, tmp_path, settled):
    assert window.make_book(tmp_path / "empty.daybook", "USD")
    board = window.page("pipeline").board
    offered = next(one for one in board.findChildren(QPushButton) if one.isVisible())
    assert offered.text() == "Use the usual stages"
    offered.click()
    assert len(board.findChildren(QListWidget)) == 6
    assert window.notices.text == "Usual stages"
    window.actions_["undo"].trigger()
    QApplication.processEvents()
    assert not [one for one in board.findChildren(QListWidget) if one.isVisible()]


def many(window, count: int) -> None:
    with window.session.book.change("Many") as change:
        for number in range(count):
            deal = {"name": f"大单{number:03}", "stage": "线索", "amount": 5000 + number}
            change.add("opportunity", deal)


def test_what_is_seen_of_the_board_stays_when_cards_move_and_come_back(qtbot, window, board):
    many(window, 60)
    QApplication.processEvents()
    shown = column(board, "线索")
    bar = shown.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    place = bar.value()
    deal = cards(board, "线索")[30]
    press(qtbot, board, "线索", deal, Qt.Key.Key_Right)
    assert column(board, "报价").hasFocus()
    assert deal in cards(board, "报价")
    assert abs(column(board, "线索").verticalScrollBar().value() - place) < 100
    window.actions_["undo"].trigger()
    QApplication.processEvents()
    assert deal in cards(board, "线索")
    assert column(board, "报价").hasFocus()
    assert abs(column(board, "线索").verticalScrollBar().value() - place) < 100


def test_what_a_column_has_no_room_for_is_listed_in_the_table(qtbot, window, board, settled):
    many(window, 1200)
    settled(window)
    click(qtbot, board, "100 of 1,201 shown: list all")
    settled(window)
    table = window.records
    assert table.filter.text() == "Stage=线索"
    assert table.model.rowCount() == 1201


def test_deals_without_name_and_customer_are_told_apart_by_their_numbers(qtbot, window, board):
    with window.session.book.change("Two") as change:
        for code in ("A-1", "A-2"):
            deal = {"code": code, "stage": "报价", "product": "冰箱", "owner": "王强"}
            change.add("opportunity", deal)
    assert cards(board, "报价") == ["商机2", "A-2", "A-1"]
