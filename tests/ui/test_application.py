"""The window's process from outside: pictures of pages, the measured start, what is said of a fault."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from models.book import Book
from tests.ui.conftest import fill

ROOT = Path(__file__).parents[2]


def daybook(*given: str | Path, home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "desktop", *map(str, given)],
        capture_output=True, text=True, encoding="utf-8", cwd=ROOT, timeout=120, check=False,
        env=os.environ | {"DAYBOOK_HOME": str(home)},
    )  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    place = tmp_path / "team.daybook"
    with Book.create(place) as book:
        fill(book)
    return place


def test_a_page_is_drawn_at_the_size_and_scale_that_were_asked_for(path, tmp_path):
    target = tmp_path / "orders.png"
    size = ("--size", "1000x600", "--scale", "2", "--theme", "dark", "--lang", "zh_CN")
    done = daybook("shot", path, "orders/receipt", target, *size, home=tmp_path)
    assert done.returncode == 0, done.stderr
    picture = QImage(str(target))
    assert (picture.width(), picture.height()) == (2000, 1200)
    assert picture.pixelColor(1990, 1000).lightness() < 80


def test_a_page_that_does_not_exist_is_refused_by_name(path, tmp_path):
    done = daybook("shot", path, "weather", tmp_path / "a.png", "--lang", "en", home=tmp_path)
    assert done.returncode == 1
    assert "There is no page called weather" in done.stderr
    assert not (tmp_path / "a.png").exists()


def test_a_part_that_a_page_does_not_have_is_refused_with_those_it_has(path, tmp_path):
    picture = tmp_path / "a.png"
    done = daybook("shot", path, "satisfaction/weather", picture, "--lang", "en", home=tmp_path)
    assert done.returncode == 1
    assert "The page satisfaction has no part called weather." in done.stderr
    assert "themes" in done.stderr
    assert not picture.exists()


def test_a_measured_start_says_when_it_was_painted_and_ends(path, tmp_path):
    done = daybook(path, "--measure-start", home=tmp_path)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert 0 < told["first_paint_ms"] <= told["data_shown_ms"]
    assert not list(tmp_path.glob("*-lock"))  # closed as a person would have closed it
