"""Papers as PDF: every word is there, on the page, and pages are counted."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from models import texts
from models.goals import agreement_paper
from models.goals.agreement import agreement
from models.goals.paper import Bar, Blank, Cell, Facts, Heading, Listed, Paper, Signatures, Table
from models.goals.review import review
from models.goals.review_paper import paper
from tests.goals.reviewed import ON, reviewed
from ui.printing import document

pytestmark = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs poppler")


@pytest.fixture
def world():
    with reviewed() as made:
        yield made


def words(made: Paper) -> Iterator[str]:
    """All that is written on a paper, apart from the lines at the bottom."""
    for part in made.parts:
        for block in part:
            match block:
                case Heading():
                    yield from (block.text, block.beside)
                case Table():
                    yield from (one.text for one in block.columns)
                    for row in block.rows:
                        yield from (_text(cell) for cell in row.cells)
                        yield row.note
                case Listed():
                    yield from (text for point in block.points for text in point)
                case Facts():
                    yield from (text for pair in block.pairs for text in pair)
                case Blank():
                    yield block.label
                case Signatures():
                    yield from block.who
                case _:
                    yield block.text


def _text(cell: Any) -> str:
    return cell.text if isinstance(cell, Bar | Cell) else str(cell)


def told(content: bytes, folder: Path, *options: str) -> str:
    path = folder / "paper.pdf"
    path.write_bytes(content)
    done = subprocess.run(
        ["pdftotext", *options, path, "-"], check=True, capture_output=True, text=True
    )
    return done.stdout


def assert_whole(made: Paper, folder: Path) -> int:
    """Every character is there, and nothing stands over the edge; gives how many pages there are.

    Dashes are left out: their glyph stands for several characters.
    """
    content = document.pdf(made)
    text = told(content, folder)
    pages = text.count("\f")
    wanted = Counter(one for line in words(made) for one in line if one not in " \n–")
    missing = wanted - Counter(text)
    assert not missing, f"not on the paper: {missing}"
    boxes = told(content, folder, "-bbox")
    for wide, high, page in re.findall(
        r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', boxes, re.DOTALL
    ):
        for box in re.findall(
            r'xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)"', page
        ):
            left, top, right, bottom = map(float, box)
            assert 0 <= left <= right <= float(wide)
            assert 0 <= top <= bottom <= float(high)
    assert text.count("Page ") == pages or "页" in text
    return pages


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_review_is_whole_on_paper(qapp, world, tmp_path, language):
    texts.set_language(language)
    long = "A very long name of a deal that goes on and on, 很长的商机名称很长的商机名称" * 3
    world.book.set("opportunity", world.new, {"name": long})
    world.dated(ON)
    made = paper(review(world.book, on=ON))
    assert assert_whole(made, tmp_path) >= 3


def test_a_long_table_goes_on_with_its_head_and_each_part_begins_a_page(qapp, world, tmp_path):
    for at in range(60):
        world.add("2024-11-15", name=f"Deal {at:02}", amount=10, expected_close="2024-12-01")
        world.put("task", title=f"Task {at:02}", owner=world.wang, status="blocked")
    with world.book.change("people") as change:
        for at in range(40):
            who = change.add("salesperson", {"name": f"Person {at:02}"})
            change.add("goal", {"person": who, "measure": "won_amount", "period": "2024-Q4",
                                "target": Decimal(100 + at)})  # fmt: skip
    made = paper(review(world.book, on=date(2024, 11, 15)))
    assert len(made.parts) == 43
    content = document.pdf(made)
    pages = told(content, tmp_path, "-layout").split("\f")[:-1]
    first = [page for page in pages if "Person 39" in page and "Won amount by person" not in page]
    assert "Expected by now" in first[0]  # the table went on, with its head
    assert all(f"Page {at} of {len(pages)}" in page for at, page in enumerate(pages, 1))
    begins = [page.split("\n", 1)[0].split("  ")[0] for page in pages]
    assert [one for one in begins if one.startswith("Person ")] == [
        f"Person {at:02}" for at in range(40)
    ]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_an_agreement_is_whole_on_paper_and_has_places_to_sign(qapp, world, tmp_path, language):
    texts.set_language(language)
    world.put("goal_agreement", person=world.li, period="2024-Q4", status="countered",
              comment="less travel, please")  # fmt: skip
    world.put("goal_checkpoint", goal=world.late, due="2024-11-30", expected=Decimal(300000))
    world.put("key_result", goal=world.late, title="Ten visits", evidence="calendar")
    period = world.book.calendar.try_parse("2024-Q4")
    made = agreement_paper.paper(agreement(world.book, world.li, period, ON))
    assert not made.landscape
    assert assert_whole(made, tmp_path) <= 2
    assert "less travel, please" in " ".join(words(made))
    assert ("Signature" if language == "en" else "签字") in told(document.pdf(made), tmp_path)
