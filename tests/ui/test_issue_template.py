"""The team's own workbook as the layout, and lists handed out for editing, in the window."""

from __future__ import annotations

import openpyxl
import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.acting import settle
from tests.ui.looking import wrong
from tests.ui.test_accessible import faults
from tests.workbooks.team_files import SHEET, team_file
from ui import languages, theme
from ui.dialogs.import_ways import Choice
from ui.dialogs.issue_template import TemplateDialog
from ui.dialogs.issue_workbooks import open_issue
from ui.records import for_editing


@pytest.fixture
def dialog(qtbot, window, tmp_path):
    made = TemplateDialog(window.session, window)
    qtbot.addWidget(made)
    made.show()
    made.read(team_file(tmp_path / "团队.xlsx"))
    qtbot.waitUntil(lambda: made.adopted is not None and made._work is None, timeout=20_000)
    settle(qtbot, window)
    return made


def _choices(dialog):
    return {one.property("header"): one for one in dialog.rows.findChildren(Choice)}


def test_the_columns_of_the_chosen_workbook_are_shown_with_what_happens_to_them(dialog):
    texts = dialog.rows.texts()
    assert [row[1] for row in texts][:3] == ["A  序号", "B  客户名称", "C  城市"]
    assert texts[1][3] == "filled, and taken back"
    assert texts[4][3] == "filled and taken back, × 10000"
    assert texts[7][3] == "stays with its record"
    assert texts[8][3] == "your formula goes on"
    assert _choices(dialog)["客户名称"].currentData() == "name"
    assert "leave as they are" in dialog.warned.text()
    assert dialog.use_button.isEnabled()


def test_a_column_can_be_said_to_be_another_field_and_the_layout_is_given_on(qtbot, dialog):
    combo = _choices(dialog)["我的判断"]
    assert combo.accessibleName() == "Column 我的判断 is filled with"
    combo.setCurrentIndex(combo.findData("notes"))
    combo.activated.emit(combo.currentIndex())
    qtbot.waitUntil(lambda: dialog._work is None, timeout=20_000)
    [table] = dialog.adopted.filled
    assert {one.header: one.path for one in table.columns}["我的判断"] == "notes"
    assert _choices(dialog)["我的判断"] is combo  # whoever chooses keeps the place
    with qtbot.waitSignal(dialog.chosen) as heard:
        dialog.use_button.click()
    assert heard.args[0] is dialog.adopted


def test_a_file_that_cannot_be_the_layout_says_what_to_do(qtbot, dialog, tmp_path):
    (tmp_path / "old.csv").write_text("客户名称,城市\n甲,上海\n", encoding="utf-8")
    dialog.read(tmp_path / "old.csv")
    qtbot.waitUntil(lambda: dialog._work is None, timeout=20_000)
    assert "save it as" in dialog.said.text()
    assert dialog.said.isVisible()
    assert not dialog.use_button.isEnabled()
    assert not dialog.rows.isVisible()


def test_a_list_is_handed_out_as_it_is_shown_and_can_be_undone(qtbot, window, tmp_path):
    window.page("customers")
    settle(qtbot, window)
    page = window.records
    page.put_filter("grade=A")
    page.reload()
    settle(qtbot, window)
    for_editing.write(page, tmp_path)
    qtbot.waitUntil(lambda: list(tmp_path.glob("*.xlsx")) != [], timeout=20_000)
    settle(qtbot, window)
    [path] = tmp_path.glob("*.xlsx")
    sheet = openpyxl.load_workbook(path).worksheets[0]
    names = {row[1] for row in sheet.iter_rows(min_row=2, values_only=True) if row[0]}
    assert names == {"江苏单氏机械有限公司", "北京欧阳科技有限公司"}
    assert "2 records for editing" in window.notices.text
    assert len(window.session.book.ids("workbook")) == 1


def test_the_recycle_bin_is_not_handed_out(qtbot, window):
    window.page("customers")
    settle(qtbot, window)
    window.records.bin_button.setChecked(True)
    window.do_edit_elsewhere()
    settle(qtbot, window)
    assert "recycle bin" in window.notices.text


def test_workbooks_are_issued_in_the_layout_that_was_chosen(qtbot, window, tmp_path):
    asked = open_issue(window.session, window, [1])
    qtbot.addWidget(asked)
    asked.folder.setText(str(tmp_path / "out"))
    asked.layout_choice.setCurrentIndex(1)
    asked.layout_choice.activated.emit(1)
    [reader] = asked.findChildren(TemplateDialog)
    reader.read(team_file(tmp_path / "团队.xlsx"))
    qtbot.waitUntil(lambda: reader._work is None, timeout=20_000)
    reader.use_button.click()
    assert asked.layout_choice.currentText() == "团队.xlsx"
    asked.issue()
    qtbot.waitUntil(lambda: asked._work is None, timeout=20_000)
    settle(qtbot, window)
    [path] = (tmp_path / "out").glob("*.xlsx")
    sheet = openpyxl.load_workbook(path)[SHEET]
    assert sheet["A1"].value == "华东组客户跟踪表"
    assert "江苏单氏机械有限公司" in [sheet.cell(row, 2).value for row in range(4, 8)]
    assert asked.stack.currentWidget() is asked.files


def test_leaving_the_dialog_of_the_layout_leaves_daybooks(qtbot, window):
    asked = open_issue(window.session, window, [1])
    qtbot.addWidget(asked)
    asked.layout_choice.setCurrentIndex(1)
    asked.layout_choice.activated.emit(1)
    [reader] = asked.findChildren(TemplateDialog)
    reader.reject()
    assert asked.layout_choice.currentIndex() == 0
    assert asked.layout_choice.adopted is None


@pytest.mark.parametrize("size", [100, 200])
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_dialog_is_read_whole_and_reached_by_keyboard(qtbot, window, tmp_path, language, size):
    app = QApplication.instance()
    languages.apply(app, language)
    theme.set_text_size(app, size)
    try:
        made = TemplateDialog(window.session, window)
        made.show()
        made.read(team_file(tmp_path / "团队.xlsx"))
        qtbot.waitUntil(lambda: made.adopted is not None and made._work is None, timeout=20_000)
        QApplication.processEvents()
        assert wrong(made) == []
        assert list(faults("layout", made)) == []
        made.reject()
        made.deleteLater()
    finally:
        theme.set_text_size(app, 100)
