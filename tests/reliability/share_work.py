"""One of several programs that change one book: ``python share_work.py KIND BOOK NUMBER COUNT``.

``window`` is a window's own session, ``hasty`` one that writes without pause, ``verb`` the command
line, once a change. Each change adds one
customer, sets a cell of it, and counts a cell of all programs up by one. Every change that was
acknowledged is a line ``done NAME SECONDS``; what was refused is ``refused CODE SECONDS``, and tried
again.
"""

from __future__ import annotations

import contextlib
import io
import os
import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from models.refusals import Refused


def say(*words: object) -> None:
    """One line, at once."""
    print(*words, flush=True)  # noqa: T201


def window(place: Path, number: int, count: int, pause: float = 0.02) -> None:
    """As a window writes: through its session, in the one thread that must not freeze."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtCore import QCoreApplication, QObject

    from models.book import Book
    from ui.jobs import Jobs
    from ui.session import Session

    app = QCoreApplication([])
    parent = QObject()
    session = Session(Book.open(place), Jobs(parent), parent)
    chance = random.Random(number)
    say("ready")
    sys.stdin.readline()
    for at in range(count):
        name = f"窗口{number}-{at}"

        def act(change, name=name) -> None:
            row = change.add("customer", {"name": name})
            change.set("customer", row, {"code": name})
            total = int(change.db.one("SELECT code FROM customer WHERE id = 1")) + 1
            change.set("customer", 1, {"code": str(total)})

        while True:
            begun = time.monotonic()
            no, refused = session.attempt("Add", act)
            taken = time.monotonic() - begun
            if refused is None:
                break
            say("refused", refused.code, taken)
        say("done", name, taken, no)
        session.book.poll()  # as the window does several times a second
        app.processEvents()
        time.sleep(chance.uniform(0.5, 1.5) * pause)  # some forty changes a second, of each
    session.close()


def hasty(place: Path, number: int, count: int) -> None:
    """As a window would write if nobody had to think: never a moment in which others slip in."""
    window(place, number, count, 0.0)


def verb(place: Path, number: int, count: int) -> None:
    """As the command line writes: it opens the book for each change and closes it."""
    from desktop.__main__ import main

    say("ready")
    sys.stdin.readline()
    for at in range(count):
        name = f"命令{number}-{at}"
        words = ["add", str(place), "customer", f"name={name}", f"code={name}"]
        while True:
            said = io.StringIO()
            begun = time.monotonic()
            with contextlib.redirect_stderr(said), contextlib.redirect_stdout(said):
                status = main(words)
            taken = time.monotonic() - begun
            if status == 0:
                break
            say("refused", repr(said.getvalue()), taken)
        say("done", name, taken, 0)


if __name__ == "__main__":
    kind, book, number, count = sys.argv[1:]
    try:
        {"window": window, "hasty": hasty, "verb": verb}[kind](Path(book), int(number), int(count))
    except Refused as refused:
        say("failed", refused.code)
        raise
