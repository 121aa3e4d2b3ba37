"""Logging what happened, by keyboard alone, from wherever one is."""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
)

from tests.ui.acting import named
from ui.dialogs.new_record import NewRecord
from ui.dialogs.quick_entry import QuickEntry

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
DAY = timedelta(days=1)


def ask(qtbot, window) -> QuickEntry:
    """Open it by its shortcut."""
    qtbot.keyClick(window, Qt.Key.Key_A, CTRL | SHIFT)
    [dialog] = [one for one in window.findChildren(QuickEntry) if one.isVisible()]
    box = named(dialog, QPlainTextEdit, "What happened")
    qtbot.waitUntil(box.hasFocus)  # nobody has to click into it
    return dialog


def paste(qtbot, text: str) -> None:
    """Paste into what has the focus (Qt's key clicks know ASCII only)."""
    QGuiApplication.clipboard().setText(text)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_V, CTRL)


def read(qtbot, dialog: QuickEntry) -> None:
    qtbot.waitUntil(lambda: not dialog._pause.isActive())


def shown(dialog: QuickEntry, name: str) -> str:
    return named(dialog, QLineEdit, name).text()


def save(qtbot) -> None:
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, CTRL)


def logged(window) -> dict:
    book = window.session.book
    [row] = book.ids("activity")
    return book.record("activity", row)


def test_a_visit_is_logged_by_keyboard_within_ten_seconds(qtbot, window):
    begun = time.monotonic()
    dialog = ask(qtbot, window)
    assert QApplication.focusWidget().toPlainText() == ""  # the clipboard is left alone
    paste(qtbot, "昨天下午3点半拜访单氏机械，对新品感兴趣，下一步：明天寄样品")
    read(qtbot, dialog)
    assert shown(dialog, "Customer") == "江苏单氏机械有限公司"
    save(qtbot)
    assert time.monotonic() - begun < 10 / 2  # half is left for the person's own typing
    assert not dialog.isVisible()
    record, tomorrow = logged(window), date.today() + DAY
    assert record["customer"].label == "江苏单氏机械有限公司"
    assert record["kind"] == "visit"
    at = record["at"].astimezone()
    assert (at.date(), at.hour, at.minute) == (date.today() - DAY, 15, 30)
    assert record["person"].label == "王强"
    assert record["result"] == "对新品感兴趣"
    assert record["next_step"] == f"明天寄样品 ({tomorrow})"
    book = window.session.book
    customer = book.record("customer", record["customer"].id)
    assert customer["next_contact_due"] == tomorrow
    assert window.notices.text == "Log Visit: 江苏单氏机械有限公司"
    button = next(one for one in window.notices.findChildren(QPushButton) if one.text() == "Undo")
    button.click()
    assert list(book.ids("activity")) == []
    assert book.record("customer", record["customer"].id)["next_contact_due"] is None


def test_typing_ascii_by_keys_fills_the_fields_as_one_types(qtbot, window):
    dialog = ask(qtbot, window)
    qtbot.keyClicks(QApplication.focusWidget(), "called Acme yesterday, wants a quote")
    read(qtbot, dialog)
    assert shown(dialog, "Customer") == "Acme Tools Ltd"
    assert named(dialog, QComboBox, "Kind").currentText() == "Call"
    save(qtbot)
    assert logged(window)["result"] == "wants a quote"


def test_the_customer_of_the_selected_record_is_meant(qtbot, window):
    page = window.records
    page.grid.setCurrentIndex(page.model.index(2, 0))
    label = window.session.book.label("customer", page.model.id_at(2))
    dialog = ask(qtbot, window)
    assert shown(dialog, "Customer") == label
    now = datetime.now()
    assert shown(dialog, "When")[:10] == now.strftime("%Y-%m-%d")
    dialog.reject()


def test_what_the_person_wrote_is_kept_while_the_text_goes_on(qtbot, window):
    dialog = ask(qtbot, window)
    paste(qtbot, "拜访曾记食品")
    read(qtbot, dialog)
    line = named(dialog, QLineEdit, "Customer")
    line.setText("Acme Tools Ltd")
    named(dialog, QPlainTextEdit, "What happened").setFocus()
    paste(qtbot, "，电话确认，退货2箱")
    read(qtbot, dialog)
    assert line.text() == "Acme Tools Ltd"
    assert "退货2箱" in named(dialog, QPlainTextEdit, "Result").toPlainText()
    save(qtbot)
    assert logged(window)["customer"].label == "Acme Tools Ltd"


def test_of_several_that_may_be_meant_one_is_taken_by_its_button(qtbot, window):
    book = window.session.book
    with book.change("More") as change:
        for name in ("苏州华诚机械有限公司", "南京华诚贸易有限公司"):
            change.add("customer", {"name": name})
    dialog = ask(qtbot, window)
    paste(qtbot, "拜访华诚，谈价格")
    read(qtbot, dialog)
    assert shown(dialog, "Customer") == ""
    button = named(dialog, QPushButton, "南京华诚贸易有限公司")
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert shown(dialog, "Customer") == "南京华诚贸易有限公司"
    save(qtbot)
    assert logged(window)["customer"].label == "南京华诚贸易有限公司"


def test_an_unknown_customer_is_added_with_its_name_and_taken(qtbot, window):
    window.records.grid.setCurrentIndex(window.records.model.index(-1, -1))
    dialog = ask(qtbot, window)
    paste(qtbot, "拜访了无锡大风车玩具厂，要目录")
    read(qtbot, dialog)
    button = named(dialog, QPushButton, "New customer “无锡大风车玩具厂”…")
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    [fresh] = [one for one in dialog.findChildren(NewRecord) if one.isVisible()]
    assert named(fresh, QLineEdit, "Customer name").text() == "无锡大风车玩具厂"
    named(fresh, QPushButton, "Add").click()
    assert shown(dialog, "Customer") == "无锡大风车玩具厂"
    save(qtbot)
    assert logged(window)["customer"].label == "无锡大风车玩具厂"


def test_what_can_not_be_saved_is_said_and_nothing_is_written(qtbot, window):
    dialog = ask(qtbot, window)
    paste(qtbot, "拜访曾记食品")
    read(qtbot, dialog)
    named(dialog, QLineEdit, "When").setText("soon")
    save(qtbot)
    assert dialog.isVisible()
    said = [one.text() for one in dialog.findChildren(QLabel) if one.objectName() == "danger"]
    assert "soon" in said[0]
    assert list(window.session.book.ids("activity")) == []
    dialog.reject()


@pytest.mark.parametrize("text", ["", "   \n", "…", "?" * 500])
def test_any_text_may_be_typed(qtbot, window, text):
    dialog = ask(qtbot, window)
    paste(qtbot, text)
    read(qtbot, dialog)
    dialog.reject()
