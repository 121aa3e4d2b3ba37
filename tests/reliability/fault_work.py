"""Faults of the disk in the middle of work: ``python fault_work.py FOLDER`` prints a line each.

Every way of writing meets a disk that takes so and so many writes more and then is full, or fails.
Then the disk is cured and the same work is done again.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE)]

from outage_work import bring_in, fingerprint, sheet  # noqa: E402
from recorder import FULL, IOERR_WRITE, Recorder  # noqa: E402

from models import checking, opening  # noqa: E402
from models.book import Book  # noqa: E402
from models.refusals import Refused  # noqa: E402


def works(folder: Path, file: Path) -> dict[str, object]:
    """Ways of writing to an open book, by name."""

    def edit(book: Book) -> None:
        with book.change("Edit") as change:
            for row in book.ids("customer"):
                change.set("customer", row, {"address": "长" * 900})

    def column(book: Book) -> None:
        with book.change("Column") as change:
            change.add_field("customer", "新列", "text")

    def undo(book: Book) -> None:
        book.undo()

    def bring(book: Book) -> None:
        bring_in(book, file)

    def copy(book: Book) -> None:
        opening.backup(book.path, folder / "copy.daybook")

    def fresh(_book: Book) -> None:
        Book.create(folder / "fresh.daybook").close()

    return {
        "edit": edit,
        "column": column,
        "undo": undo,
        "import": bring,
        "backup": copy,
        "new": fresh,
    }


def scenario(recorder: Recorder, folder: Path, name: str, work, answer: int, share: float) -> dict:
    """One fault and its cure; what was seen."""
    for old in folder.glob("*daybook*"):
        old.unlink()
    seen = {"work": name, "answer": answer, "share": share}
    with Book.create(folder / "book.daybook") as book:
        for number in range(8):
            with book.change("Add") as change:
                change.add("customer", {"name": f"甲{number}"})
        before = fingerprint(book.connection())
        recorder.events.clear()
        recorder.answer = answer
        recorder.writes_left = round(share)
        try:
            work(book)
            seen["refused"] = None
        except Refused as refused:
            seen["refused"] = refused.code
        seen["reads"] = len(book.ids("customer")) == 8
        seen["unchanged"] = fingerprint(book.connection()) == before
        seen["left"] = [
            one.name for one in folder.iterdir() if one.name.startswith((".", "copy", "fresh"))
        ]
        recorder.writes_left = None
        work(book)
        seen["cured"] = name in ("backup", "new") or fingerprint(book.connection()) != before
        seen["bad"] = [str(one) for one in checking.check(book) if one.bad]
    with Book.open(folder / "book.daybook") as book:
        seen["bad"] += [str(one) for one in checking.check(book) if one.bad]
    return seen


def main(folder: Path) -> None:
    """Go through all of it."""
    recorder = Recorder()
    recorder.install()
    file = sheet(folder, 60)
    for name, work in works(folder, file).items():
        for answer in (FULL, IOERR_WRITE):
            for share in (0, 2):
                print(json.dumps(scenario(recorder, folder, name, work, answer, share)))  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]))
