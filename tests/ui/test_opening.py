"""What the window says when it opens a book that something happened to."""

from __future__ import annotations

import json
import subprocess
import sys

from models import opening


def test_the_window_tells_that_a_program_ended_without_closing_the_book(window, tmp_path):
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait(30)
    place = tmp_path / "other.daybook"
    opening.restore(window.session.book.path, place)
    holder = {"host": opening.Holder.me().host, "user": "li", "process": gone.pid, "since": "8:00"}
    opening.Lock(place).path.write_text(json.dumps([holder]), encoding="utf-8")
    assert window.open_book(place)
    assert "ended without closing the book" in window.notices.text
    assert str(gone.pid) in window.notices.text
