"""What goes out to the phone, from lists, menus and keys."""

from __future__ import annotations

from datetime import date

import pytest
import vobject
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPlainTextEdit, QPushButton

from models import texts
from tests.phone.calendars import read
from tests.ui.acting import choose, named, settle
from ui import phone_acts
from ui.dialogs.contact_code import CodeView, ContactCode
from ui.dialogs.to_phone import ToPhone


@pytest.fixture
def filled(qtbot, window):
    with window.session.book.change("Plans") as change:
        change.add(
            "contact",
            {"name": "欧阳明", "customer": "C001", "phone": "13800138000", "title": "总" * 95},
        )
        change.add("contact", {"name": "李立", "customer": "C002"})
        today = date.today().isoformat()
        change.add("task", {"title": "寄样品", "owner": "李娜", "customer": "C001", "due": today})
    window.page("customers").list_of("contact")
    settle(qtbot, window)
    window.records.grid.setCurrentIndex(window.records.model.index(0, 0))
    window.records.grid.setFocus()
    return window


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


def test_the_key_copies_what_is_selected_as_a_message(qtbot, filled):
    filled.actions_["copy_message"].trigger()
    assert clipboard().startswith("[欧阳明, ")
    assert "Phone: 13800138000" in clipboard()
    assert filled.notices.text == "The message of 1 record is on the clipboard."
    filled.page("tasks").list_of("task")
    settle(qtbot, filled)
    filled.records.grid.setCurrentIndex(filled.records.model.index(0, 0))
    filled.do_copy_message()
    assert clipboard().startswith("[Task: 寄样品]")
    filled.page("orders")
    settle(qtbot, filled)
    filled.do_copy_message()
    assert filled.notices.text.startswith("Select a task, a follow-up")


def test_the_menu_of_a_cell_offers_what_fits_the_record(qtbot, filled):
    grid = filled.records.grid
    grid.menu_wanted.emit(grid.currentIndex(), QPoint(10, 10))
    QApplication.processEvents()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    offered = [one.text() for one in menu.actions()][-3:]
    assert offered == ["Copy as message", "Show as QR code…", "Save as contact cards…"]
    menu.close()
    assert phone_acts.offers("order", 1) == []
    assert [one[0] for one in phone_acts.offers("salesperson", 1)][-1] == "phone"


def test_a_code_is_shown_copied_and_saved_and_what_did_not_fit_is_said(qtbot, filled, tmp_path):
    filled.actions_["contact_code"].trigger()
    [dialog] = filled.findChildren(ContactCode)
    view = named(dialog, CodeView, "QR code of 欧阳明")
    assert "FN:欧阳明" in view.accessibleDescription()
    assert any("Left out" in one.text() for one in dialog.findChildren(QLabel))
    dialog.copy()
    assert not QGuiApplication.clipboard().image().isNull()
    for ending in ("png", "svg", "vcf"):
        dialog.save(tmp_path / f"a.{ending}")
    assert QImage(str(tmp_path / "a.png")).width() >= 400
    assert (tmp_path / "a.svg").read_text().startswith("<svg")
    card = vobject.readOne((tmp_path / "a.vcf").read_text(encoding="utf-8"), validate=True)
    assert card.title.value == "总" * 95, "a file leaves nothing out"
    dialog.save(tmp_path / "missing" / "a.png")
    assert "missing" in filled.notices.text
    dialog.reject()


def test_cards_of_all_that_are_selected_go_into_one_file(qtbot, filled, tmp_path):
    filled.records.grid.selectAll()
    rows = filled.records.grid.rows_selected()
    phone_acts.save_cards(filled.session, "contact", rows, tmp_path / "all.vcf")
    found = vobject.readComponents((tmp_path / "all.vcf").read_text(encoding="utf-8"))
    assert {one.fn.value for one in found} == {"欧阳明", "李立"}


def test_a_persons_calendar_and_messages_by_keyboard(qtbot, filled, tmp_path):
    filled.page("team").list_of("salesperson")
    settle(qtbot, filled)
    grid = filled.records.grid
    row = next(
        at for at in range(filled.records.model.rowCount())
        if filled.records.model.index(at, 0).data() == "李娜"
    )  # fmt: skip
    grid.setCurrentIndex(filled.records.model.index(row, 0))
    filled.actions_["to_phone"].trigger()
    [dialog] = filled.findChildren(ToPhone)
    assert dialog.person.currentText() == "李娜"
    assert "寄样品" in named(dialog, QPlainTextEdit, "Message").toPlainText()
    choose(qtbot, dialog.span, "The next seven days")
    assert " to " in dialog.text.toPlainText().splitlines()[0]
    button = next(one for one in dialog.findChildren(QPushButton) if one.text() == "Copy message")
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert clipboard() == dialog.text.toPlainText()
    dialog.save(tmp_path / "li.ics")
    settle(qtbot, filled)
    [event] = read((tmp_path / "li.ics").read_bytes())
    assert "寄样品" in str(event["SUMMARY"])
    assert filled.notices.text == "li.ics: 1 event. Send it to the phone and open it there."
    dialog.save(tmp_path)
    settle(qtbot, filled)
    assert "folder of this name" in filled.notices.text
    dialog.reject()


def test_a_team_without_people_says_so(qtbot, filled):
    with filled.session.book.change("Nobody") as change:
        change.remove("salesperson", [1, 2])
    dialog = ToPhone(filled.session, 0, filled)
    assert dialog.text.toPlainText() == "Nobody is in the team yet."
    assert [one.text() for one in dialog.findChildren(QPushButton) if one.isEnabled()] == ["Close"]
    dialog.deleteLater()


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_part_has_its_name_in_both_languages(qtbot, filled, language):
    filled.set_language(language)
    filled.do_to_phone()
    filled.do_contact_code()
    for kind in (ToPhone, ContactCode):
        [dialog] = filled.findChildren(kind)
        for one in dialog.findChildren(QPushButton):
            assert one.accessibleName() == one.text() != ""
        dialog.reject()
