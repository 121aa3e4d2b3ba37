"""A second start of the program, and what the desktop asks it to open."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop import running
from desktop.application import Opener
from desktop.listening import Listener
from models.book import Book
from tests.ui.acting import settle
from tests.ui.conftest import fill
from ui import windows

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="looks at the socket's file")


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch) -> Path:
    """A short folder of its own: the path of a socket may not be long."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("DAYBOOK_HOME", str(tmp_path / "home"))
    return tmp_path


@pytest.fixture
def opener(qtbot, window):
    app = QApplication.instance()
    made = Opener(app)
    made.wanted = None
    made.listen()
    yield made
    made.stop()
    for one in windows.opened():
        one.close()


def start(*given: str | Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "desktop", *map(str, given)],
        cwd=ROOT, env=os.environ | {}, text=True, encoding="utf-8",
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def test_a_second_start_opens_its_book_in_the_program_that_runs(qtbot, window, opener, tmp_path):
    path = tmp_path / "north.daybook"
    with Book.create(path) as book:
        fill(book)
    second = start(path)
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=30_000)
    assert second.communicate() == ("", "")
    assert second.returncode == 0
    qtbot.waitUntil(lambda: len(windows.opened()) == 2)
    [made] = windows.others(window)
    assert made.session.book.path == path
    again = start(path)
    qtbot.waitUntil(lambda: again.poll() is not None, timeout=30_000)
    again.communicate()
    qtbot.wait(50)
    assert len(windows.opened()) == 2
    settle(qtbot, made)


def test_a_second_start_without_a_book_brings_the_window_to_the_front(qtbot, window, opener):
    window.showMinimized()
    second = start()
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=30_000)
    second.communicate()
    qtbot.waitUntil(lambda: not window.isMinimized())
    assert windows.opened() == [window]


def test_the_socket_of_a_program_that_died_is_cleared(qtbot, tmp_path, qapp):
    place = running.address()
    dead = socket.socket(socket.AF_UNIX)
    dead.bind(place)
    dead.close()
    assert os.path.exists(place)
    assert not running.hand_over("x.daybook")
    listener = Listener(qapp)
    assert listener.listen()
    other = Listener(qapp)
    assert not other.listen()  # a living one is left alone
    assert os.path.exists(place)
    listener.stop()
    assert not os.path.exists(place)
    assert other.listen()
    other.stop()


def test_only_the_person_can_speak_to_the_program(qtbot, qapp):
    listener = Listener(qapp)
    assert listener.listen()
    assert os.stat(running.address()).st_mode & 0o077 == 0
    listener.stop()


def test_programs_of_other_homes_and_desktops_are_kept_apart(tmp_path, monkeypatch):
    here = running.address()
    monkeypatch.setenv("DISPLAY", ":77")
    there = running.address()
    monkeypatch.setenv("DAYBOOK_HOME", str(tmp_path / "elsewhere"))
    assert len({here, there, running.address()}) == 3
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / ("long" * 40)))
    assert running.address() == ""
    assert not running.hand_over(None)


@pytest.mark.parametrize("said", [b"hello\n", b"[]\n", b'{"open": 1}\n', b"x" * 70_000])
def test_what_no_program_of_ours_says_is_left(qtbot, window, opener, said):
    stranger = socket.socket(socket.AF_UNIX)
    stranger.connect(running.address())
    stranger.setblocking(False)
    sent = 0

    def push() -> bool:
        nonlocal sent
        try:
            sent += stranger.send(said[sent:])
        except BlockingIOError:
            return False
        except OSError:
            return True
        return sent >= len(said)

    qtbot.waitUntil(push)
    qtbot.wait(100)
    stranger.close()
    assert windows.opened() == [window]


OPEN = """
import sys
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFileOpenEvent
from desktop.application import Opener, application
app = application()
opener = Opener(app)
QCoreApplication.sendEvent(app, QFileOpenEvent(sys.argv[1]))
assert [str(one) for one in opener.wanted] == [sys.argv[1]]
"""


def test_a_document_that_the_desktop_asks_for_before_the_window_stands_is_not_forgotten(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", OPEN, str(tmp_path / "a.daybook")],
        cwd=ROOT, check=False, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_a_document_that_the_desktop_asks_for_opens(qtbot, window, opener, book_path):
    opener.open(str(book_path))
    assert windows.opened() == [window]
    assert window.session.book.path == book_path
