"""Works on books until it is killed: ``python kill_work.py``, told on standard input what to do.

Each line is ``KIND DELAY BOOK``; the work happens in a fork, which is killed with SIGKILL after
DELAY seconds (never when negative). Every acknowledged change is written to standard output as soon
as it has been acknowledged; ``done PROCESS SECONDS`` ends the answer.
"""

from __future__ import annotations

import os
import random
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE)]

from outage_work import bring_in, sheet  # noqa: E402

# All that the work needs is here before the fork, so that the kill falls into the work itself.
from models import checking, search, search_text  # noqa: E402
from models.book import Book  # noqa: E402
from models.sheets import filling, importing, linking, matching, reading, report  # noqa: E402

LOADED = (checking, search, search_text, filling, importing, linking, matching, reading, report)
ROWS = 200


def say(*words: object) -> None:
    """In one write, so that a kill never leaves half a line."""
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def edit(place: Path) -> None:
    """Small changes of every sort; each writes one token into two records."""
    chance = random.Random(os.getpid())
    with Book.open(place) as book:
        first, second = book.ids("customer")[:2]
        for _ in range(20):
            token = f"{chance.randrange(10**9):09}"
            with book.change("Two at once") as change:
                change.set("customer", first, {"name": token})
                change.set("customer", second, {"name": token})
            say("acknowledged", change.no, token)
            if chance.random() < 0.3:
                say("acknowledged", book.undo().change, "-")
            if chance.random() < 0.1:
                with book.change("Add") as change:
                    change.add("customer", {"name": f"新 {token}"})
                say("acknowledged", change.no, "-")


def bring(place: Path) -> None:
    """One import of ``ROWS`` rows."""
    with Book.open(place) as book:
        say("acknowledged", bring_in(book, sheet(place.parent, ROWS)), "-")


def main() -> None:
    """Answer until standard input ends."""
    for line in sys.stdin:
        kind, delay, place = line.rstrip("\n").split(" ", 2)
        begun = time.monotonic()
        child = os.fork()
        if child == 0:
            try:
                {"edit": edit, "import": bring}[kind](Path(place))
                os._exit(0)
            except BaseException as error:  # noqa: BLE001 - whatever it is, the test is told
                say("failed", repr(error))
                os._exit(1)
        if float(delay) >= 0:
            time.sleep(float(delay))
            os.kill(child, 9)
        os.waitpid(child, 0)
        say("done", child, time.monotonic() - begun)


if __name__ == "__main__":
    main()
