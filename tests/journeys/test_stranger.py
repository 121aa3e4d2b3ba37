"""Somebody without instructions opens a workbook in LibreOffice, types, saves and sends it back.

A real LibreOffice on a screen of its own, driven by keys alone; what was typed must be merged.
"""

from __future__ import annotations

import os
import shutil
import time
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from models.book import Book
from models.sales.activity import ACTIVITY
from models.workbooks import collecting, issuing
from models.workbooks.items import Merged
from tests.journeys.real_screen import Screen, missing, real_screen
from tests.workbooks import hidden_part, thirty_book
from tests.workbooks.thirty_looks import one_state

lacking = missing() + ([] if shutil.which("soffice") else ["soffice"])
WAIT = 90.0  # seconds that LibreOffice has to open or to save
TRIES = 3
PHONE, RESULT = "13912345678", "OK, trial agreed"


class Person:
    """Hands on the keys."""

    def __init__(self, screen: Screen) -> None:
        self.screen = screen

    def do(self, *words: str) -> int:
        """One call of xdotool; gives its exit status."""
        return int(self.screen.start(["xdotool", *words]).wait(30))

    def go(self, sheet: str, cell: str) -> None:
        """To a cell, by the box of names."""
        self.keys("ctrl+shift+t", "ctrl+a")
        self.type(f"'{sheet}'.{cell}")
        self.keys("Return")

    def keys(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for one in keys:
            self.do("key", one)
            time.sleep(0.8)

    def type(self, text: str) -> None:
        """Type like a person."""
        self.do("type", "--delay", "60", text)
        time.sleep(0.6)


def _until(done, what: str) -> None:
    end = time.monotonic() + WAIT
    while not done():
        assert time.monotonic() < end, what
        time.sleep(0.5)


def _issued(folder: Path) -> tuple[Path, Path, int]:
    """A book, the workbook of its first person under a plain name, and that person."""
    path = folder / "team.daybook"
    people = thirty_book.make(path, thirty_book.Asked(2, 12, 4, 4, 1))
    with Book.open(path) as book:
        [made] = issuing.issue(book, people[:1], folder, language="en", on=thirty_book.TODAY)
    return path, made.path.rename(folder / "mine.xlsx"), people[0]


def _typed(
    someone: Person, file: Path, customers: str, phone: str, visits: str, columns: dict[str, str]
) -> None:
    """A telephone number, a visit; then it is saved."""
    before = file.stat().st_mtime_ns
    someone.go(customers, phone)
    someone.type(PHONE)
    someone.keys("Return")
    someone.go(visits, f"{columns['at']}2")
    someone.type("2025-09-26 14:30")
    someone.keys("Return")
    someone.go(visits, f"{columns['customer']}2")
    someone.keys("alt+Down", "Down", "Return")  # the first that is offered
    someone.go(visits, f"{columns['result']}2")
    someone.type(RESULT)
    someone.keys("Return", "ctrl+s")
    time.sleep(2)
    someone.keys("Return")  # “keep the format”, which is what it offers first
    _until(lambda: file.stat().st_mtime_ns != before, "it was not saved")
    time.sleep(2)


def _holds(file: Path, customers: str, phone: str, visits: str, columns: dict[str, str]) -> bool:
    """Whether everything that was typed stands in the file."""
    saved = openpyxl.load_workbook(file)
    there = saved[visits]
    filled = all(there[f"{columns[one]}2"].value for one in ("at", "customer"))
    said = (str(saved[customers][phone].value), there[f"{columns['result']}2"].value)
    return filled and said == (PHONE, RESULT)


@pytest.mark.slow
@pytest.mark.skipif(bool(lacking), reason=f"not on this machine: {', '.join(lacking)}")
def test_what_a_stranger_types_in_libreoffice_is_merged(tmp_path):
    path, file, person = _issued(tmp_path)
    opened = openpyxl.load_workbook(file)
    customers, visits = (hidden_part.sheet(opened, one) for one in ("CU", "AC"))
    id = next(row[0].value for row in customers.iter_rows(min_row=2, max_col=1) if row[0].value)
    phone = hidden_part.cell(customers, id, "Phone").coordinate
    heads = {str(one.value): one.column_letter for one in visits[1]}
    labels = {one.id: heads.get(one.label, "") for one in ACTIVITY.fields}
    with real_screen(tmp_path) as screen:
        office = ["soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--norestore"]
        screen.start([*office, "--nologo", "--nofirststartwizard", "--calc", str(file)])
        someone = Person(screen)
        _until(lambda: someone.do("search", "--onlyvisible", "--name", "mine") == 0, "no window")
        for _ in range(TRIES):  # a busy machine swallows keys: whoever looks types again
            time.sleep(5)
            _typed(someone, file, customers.title, phone, visits.title, labels)
            if _holds(file, customers.title, phone, visits.title, labels):
                break
        if wanted := os.environ.get("DAYBOOK_SHOTS"):
            screen.start(["import", "-window", "root", str(Path(wanted) / "stranger.png")]).wait(30)
    with Book.open(path) as book:
        was = one_state(book)
        [found] = collecting.prepare(book, [file])
        assert isinstance(found, Merged), found
        applied = collecting.apply_whole(book, found)
        assert (applied.taken, applied.added, applied.open, found.file.problems) == (1, 1, (), ())
        now = one_state(book)
    assert [one["phone"] for row, one in now["customer"].items() if one != was["customer"][row] and one["phone"] == PHONE]  # fmt: skip
    [visit] = [one for row, one in now["activity"].items() if row not in was["activity"]]
    assert (visit["at"], visit["result"], visit["person"]) == ("2025-09-26T06:30:00Z", RESULT, person)  # fmt: skip
    assert was["customer"][visit["customer"]]["owner"] == person
    assert date.fromisoformat(visit["at"][:10]) == thirty_book.TODAY
