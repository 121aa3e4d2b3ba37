"""A client of another process, with the accessibility bus and keys alone, does a day's work.

The client is the system's own Python with its AT-SPI; it knows nothing of the program. With
DAYBOOK_REAL_DATA naming a folder of the public data, the whole maven-crm is imported.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from tests.journeys import look_alike
from tests.journeys.real_screen import Screen, missing, real_screen

pytestmark = pytest.mark.slow
_LONG = 900  # s; seventy lists and tabs in two languages, on a machine that has much else to do


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    lacking = missing()
    if lacking:  # run.py brings it from the system's packages where it may
        pytest.skip("no outside client can be run here; missing: " + ", ".join(lacking))
    with real_screen(tmp_path) as made:
        yield made
    assert made.left() == []


@pytest.fixture
def sheets(tmp_path: Path) -> tuple[Path, str, int]:
    """A folder, the sum of its deals as the window writes it, and how many customers it has."""
    real = os.environ.get("DAYBOOK_REAL_DATA")
    if real:
        return Path(real) / "maven-crm", "10,005,534", 85
    folder = tmp_path / "sheets"
    return folder, f"{look_alike.write(folder):,}", 6


def test_a_book_is_made_filled_searched_edited_and_exported_from_outside(
    screen, sheets, tmp_path, record_property
):
    folder, total, customers = sheets
    target = tmp_path / "seen.xlsx"
    program = screen.daybook()
    books = screen.home / "Documents"
    arguments = [str(one) for one in (books, folder, total, target)]
    said = screen.run("outside_journey.py", *arguments, timeout=_LONG)
    record_property("steps", said)
    assert [one.split(":")[0] for one in said][-2:] == ["export the view", "quit"]
    assert program.wait(30) == 0
    assert sorted(one.name for one in books.iterdir()) == ["CRM.daybook", "中文簿.daybook"]
    rows = list(openpyxl.load_workbook(target).active.iter_rows(values_only=True))
    assert "Customer name" in rows[0]
    assert len(rows) == customers + 1
    assert "Bioplex" in {one[rows[0].index("Customer name")] for one in rows}
    at = rows[0].index("Country")
    assert "Iceland" not in {one[at] for one in rows}  # the edit was undone


def test_nothing_that_can_be_worked_with_is_without_a_name_in_either_language(screen):
    program = screen.daybook("demo", "--lang", "en")
    said = screen.run("outside_walk.py", timeout=_LONG)
    assert program.wait(30) == 0
    faults = [one for one in said if not one.startswith("looked at")]
    assert not faults, "\n".join(faults)
    assert len(said) >= 60, said  # places that were looked at, in both languages together
