"""Faults of the program itself: wherever they are raised, it goes on, says so once, and writes it down."""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QTimer, QUrl, Signal, qInstallMessageHandler
from PySide6.QtGui import QDesktopServices, QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from desktop import crash_reports
from desktop.application import _say_fault
from tests.ui.acting import click, settle
from ui import windows
from ui.dialogs.fault import Fault
from ui.records.table_model import RecordTableModel


@contextlib.contextmanager
def caught(folder: Path) -> Iterator[Path]:
    """The program as it runs for people: nothing is left to the tests' own safety net."""
    before = sys.excepthook, threading.excepthook, qInstallMessageHandler(None)
    handlers = list(crash_reports.log.handlers)
    reports = crash_reports.install(folder, _say_fault)
    try:
        yield folder / "daybook.log"
    finally:
        sys.excepthook, threading.excepthook = before[:2]
        qInstallMessageHandler(before[2])
        for one in [one for one in crash_reports.log.handlers if one not in handlers]:
            crash_reports.log.removeHandler(one)
            one.close()
        reports.deleteLater()
        QApplication.processEvents()


def fail(*_: object) -> None:
    raise ValueError("a fault")


def said(qtbot, window) -> None:
    qtbot.waitUntil(lambda: "made a mistake" in window.notices.text)


class Bell(QObject):
    rung = Signal()

    def heard(self) -> None:
        fail()


def test_a_fault_in_a_slot_is_said_and_written_down_and_the_program_goes_on(
    qtbot, window, tmp_path
):
    with caught(tmp_path) as log:
        bell = Bell(window)
        bell.rung.connect(bell.heard)
        bell.rung.emit()
        said(qtbot, window)
        assert "ValueError: a fault" in log.read_text(encoding="utf-8")
        assert "in heard" in log.read_text(encoding="utf-8")
        window.page("orders")
        assert window.records.model.rowCount() == 2


class Painter(QWidget):
    painted = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        type(self).painted += 1
        fail()


def frames(qtbot, painter: QWidget, many: int) -> None:
    """Let a widget be painted so often, as Qt does it by itself."""
    for _ in range(many):
        before = Painter.painted
        painter.update()
        qtbot.waitUntil(lambda before=before: Painter.painted > before)


def test_a_fault_in_painting_comes_with_every_frame_and_is_said_once(
    qtbot, window, tmp_path, monkeypatch
):
    shown: list[str] = []
    own_up = type(window.notices).own_up

    def count(bar, text: str, told: str, log: Path) -> None:
        shown.append(text)
        own_up(bar, text, told, log)

    monkeypatch.setattr(type(window.notices), "own_up", count)
    with caught(tmp_path) as log:
        painter = Painter(window)
        painter.setGeometry(window._status.geometry())  # beneath the notice that tells of it
        painter.show()
        frames(qtbot, painter, 40)
        said(qtbot, window)
        before = Painter.painted
        qtbot.wait(300)
        assert Painter.painted - before < 20  # what is said makes nothing paint for ever
        window.notices.hide()
        frames(qtbot, painter, 40)
        assert len(shown) == 1
        assert window.notices.text == ""
        text = log.read_text(encoding="utf-8")
        assert 4 < text.count("ValueError: a fault") < 12  # the 1st, 2nd, 4th … time
        painter.hide()


class Filter(QObject):
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        fail()
        return False


def test_a_fault_in_an_event_filter_is_said_and_the_window_works_without_it(
    qtbot, window, tmp_path
):
    listens = Filter()
    with caught(tmp_path):
        window.records.grid.installEventFilter(listens)
        QApplication.postEvent(window.records.grid, QEvent(QEvent.Type.User))
        said(qtbot, window)
        window.records.grid.removeEventFilter(listens)
    window.records.grid.enter()
    assert window.records.grid.currentIndex().row() == 0


def test_a_window_whose_closing_fails_goes_all_the_same(qtbot, window, tmp_path, monkeypatch):
    window.do_new_window()
    [second] = windows.others(window)
    with caught(tmp_path) as log, monkeypatch.context() as patch:
        patch.setattr(second, "help", None)
        QTimer.singleShot(0, second.close)
        qtbot.waitUntil(lambda: not isValid(second), timeout=3_000)
        said(qtbot, window)
        assert "AttributeError" in log.read_text(encoding="utf-8")


def test_the_same_fault_is_said_again_when_it_was_quiet_for_a_while(
    qtbot, window, tmp_path, monkeypatch
):
    monkeypatch.setattr(crash_reports, "_QUIET", 0.2)
    with caught(tmp_path):
        QTimer.singleShot(0, fail)
        said(qtbot, window)
        window.notices.hide()
        qtbot.wait(300)
        QTimer.singleShot(0, fail)
        said(qtbot, window)


def test_a_fault_in_a_job_is_said_and_the_next_job_runs(qtbot, window, tmp_path):
    with caught(tmp_path) as log:
        done: list[object] = []
        window.jobs.run("Counting", fail, done.append, done.append)
        settle(qtbot, window)
        said(qtbot, window)
        assert done == []
        assert not window._status._cancel.isVisible()
        assert "in fail" in log.read_text(encoding="utf-8")
        window.jobs.run("Counting", lambda progress: 7, done.append, done.append)
        settle(qtbot, window)
        assert done == [7]


def test_a_fault_in_a_thread_of_pythons_own_is_said_in_the_windows_thread(qtbot, window, tmp_path):
    with caught(tmp_path):
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
        said(qtbot, window)


def test_a_fault_in_what_a_list_shows_leaves_the_other_lists_usable(
    qtbot, window, tmp_path, monkeypatch
):
    with caught(tmp_path), monkeypatch.context() as patch:
        patch.setattr(RecordTableModel, "value", fail)
        window.records.model._forget()
        window.records.grid.viewport().update()
        said(qtbot, window)
        patch.undo()
        window.records.model._forget()
        assert str(window.records.model.index(0, 0).data()) == "江苏单氏机械有限公司"


def test_a_fault_in_the_middle_of_a_change_takes_it_back_and_the_next_edit_works(
    qtbot, window, tmp_path
):
    session = window.session
    last = session.book.last_change

    def half() -> None:
        def act(change) -> None:
            change.set("customer", 1, {"city": "half"})
            fail()

        session.write("Half", act)

    with caught(tmp_path):
        QTimer.singleShot(0, half)
        said(qtbot, window)
        assert session.book.record("customer", 1)["city"] is None
        assert session.book.last_change == last
        page = window.records
        assert page.model.setData(page.model.index(0, page.model.fields.index("city")), "无锡")
        assert session.book.record("customer", 1)["city"] == "无锡"


def test_who_cannot_say_a_fault_writes_that_down_too(qtbot, window, tmp_path, monkeypatch):
    monkeypatch.setattr(type(window.notices), "own_up", fail)
    with caught(tmp_path) as log:
        QTimer.singleShot(0, fail)
        qtbot.waitUntil(lambda: log.exists() and "could not be said" in log.read_text("utf-8"))


def test_a_program_without_a_console_writes_only_its_log(qtbot, window, tmp_path, monkeypatch):
    with caught(tmp_path) as log, monkeypatch.context() as patch:
        patch.setattr(sys, "stderr", None)
        QTimer.singleShot(0, fail)
        said(qtbot, window)
        assert "ValueError" in log.read_text(encoding="utf-8")


def test_the_details_can_be_read_copied_and_found_and_stop_nobody(
    qtbot, window, tmp_path, monkeypatch
):
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    with caught(tmp_path):
        QTimer.singleShot(0, fail)
        said(qtbot, window)
        click(qtbot, window.notices, "Details…")
        [dialog] = window.findChildren(Fault)
        assert not dialog.isModal()
        assert "ValueError: a fault" in dialog.text.toPlainText()
        assert "Python 3" in dialog.text.toPlainText()
        click(qtbot, dialog, "Copy")
        assert "in fail" in QGuiApplication.clipboard().text()
        click(qtbot, dialog, "Open the folder of the log")
        assert [one.toLocalFile() for one in opened] == [str(tmp_path)]
        window.page("team")  # the work goes on beside it
        click(qtbot, dialog, "Close")
        qtbot.waitUntil(lambda: window.findChildren(Fault) == [])


@pytest.mark.parametrize("kind", [KeyboardInterrupt])
def test_a_person_who_stops_the_program_makes_no_mistake(qtbot, window, tmp_path, kind, capsys):
    with caught(tmp_path) as log:
        sys.excepthook(kind, kind(), None)
        qtbot.wait(50)
        assert window.notices.text == ""
        assert not log.exists()
