"""Asking for files: what the program's own dialog shows, and what it leaves alone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from models import checking

ROOT = Path(__file__).parents[2]
OTHER = "import sys; from models.book import Book; b = Book.open(sys.argv[1]); b.ids('customer'); b.close()"


def dialog() -> QFileDialog:
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, QFileDialog))


@pytest.mark.skipif(os.name == "nt", reason="Windows drops a lock only with its own handle")
def test_looking_for_files_beside_the_open_book_leaves_its_locks_alone(
    qtbot, window, book_path, monkeypatch
):
    """Qt's own icons open every file in the folder, which drops the locks of this process."""
    monkeypatch.chdir(book_path.parent)

    def look() -> None:
        shown = dialog()
        shown.setDirectory(str(book_path.parent))
        QTimer.singleShot(700, shown.reject)  # its folder is read in the background

    QTimer.singleShot(100, look)
    window.do_open_book()
    id = window.session.book.ids("customer")[0]
    subprocess.run([sys.executable, "-c", OTHER, book_path], cwd=ROOT, check=True, timeout=60)
    assert book_path.with_name(book_path.name + "-wal").exists()
    window.session.book.set("customer", id, {"city": "南京"})
    subprocess.run([sys.executable, "-c", OTHER, book_path], cwd=ROOT, check=True, timeout=60)
    assert window.session.book.record("customer", id)["city"] == "南京"
    assert [one for one in checking.check(window.session.book) if one.bad] == []


def test_a_saved_file_gets_the_ending_of_the_chosen_kind(qtbot, window, tmp_path):
    from ui import files

    def type_name() -> None:
        shown = dialog()
        shown.setDirectory(str(tmp_path))
        shown.selectNameFilter("Text (*.csv)")
        shown.filterSelected.emit("Text (*.csv)")
        shown.findChild(QLineEdit).setText("customers")
        QTimer.singleShot(50, shown.accept)

    QTimer.singleShot(100, type_name)
    kinds = "Workbook (*.xlsx);;Text (*.csv)"
    assert files.ask_save(window, "Save", "list.xlsx", kinds) == tmp_path / "customers.csv"


def test_the_dialog_is_in_the_language_and_begins_where_the_last_one_ended(
    qtbot, window, tmp_path, settled
):
    from ui import files

    window.set_language("zh_CN")
    (tmp_path / "客户.csv").write_text("客户名称\n一\n", encoding="utf-8")
    seen = []

    def choose() -> None:
        shown = dialog()
        seen.append(shown.labelText(QFileDialog.DialogLabel.FileType))
        shown.findChild(QLineEdit).setText(str(tmp_path / "客户.csv"))
        QTimer.singleShot(50, shown.accept)

    def look() -> None:
        seen.append(dialog().directory().absolutePath())
        dialog().reject()

    QTimer.singleShot(100, choose)
    assert files.ask_open(window, "导入", "表格 (*.csv)") == [tmp_path / "客户.csv"]
    QTimer.singleShot(100, look)
    assert files.ask_open(window, "导入", "表格 (*.csv)") == []
    assert seen == ["文件类型：", str(tmp_path)]


def test_several_files_are_named_by_typing_them(qtbot, window, tmp_path):
    from ui import files

    places = [tmp_path / f"sheet {number}.csv" for number in range(4)]
    for one in places:
        one.write_text("Customer name\nA\n", encoding="utf-8")

    def type_names() -> None:
        line = dialog().findChild(QLineEdit, "fileNameEdit")
        qtbot.keyClicks(line, " ".join(f'"{one}"' for one in places))
        qtbot.keyClick(line, Qt.Key.Key_Return)

    QTimer.singleShot(100, type_names)
    assert files.ask_open(window, "Import", "Sheets (*.csv)", several=True) == places
