"""A window on a small team's book."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from models.book import Book
from tests.ui.acting import settle
from ui import accessible, languages, theme, windows
from ui.main_window import MainWindow

CUSTOMERS = (
    ("江苏单氏机械有限公司", "C001", "+86 138 0013 8000", "A"),
    ("上海曾记食品有限公司", "C002", "+86 139 1234 5678", "B"),
    ("北京欧阳科技有限公司", "C003", "+86 137 0000 1111", "A"),
    ("Acme Tools Ltd", "C004", "", "C"),
)
STAGES = (("线索", "open", 10), ("报价", "open", 20), ("赢单", "won", 30), ("输单", "lost", 40))


def fill(book: Book) -> None:
    """Two people, four customers, deals in every stage, two orders with lines."""
    with book.change("Team") as change:
        for name in ("王强", "李娜"):
            change.add("salesperson", {"name": name})
        for name, code, phone, grade in CUSTOMERS:
            change.add(
                "customer",
                {"name": name, "code": code, "phone": phone, "grade": grade, "owner": "王强"},
            )
        for name, kind, place in STAGES:
            change.add("stage", {"name": name, "kind": kind, "order_no": place})
        change.add("product", {"name": "冰箱", "code": "P1"})
        for number, (stage, owner) in enumerate(
            [
                ("线索", "王强"),
                ("报价", "李娜"),
                ("赢单", "王强"),
                ("赢单", "李娜"),
                ("输单", "王强"),
            ],
            1,
        ):
            deal = {
                "name": f"商机{number}",
                "customer": CUSTOMERS[number % 4][0],
                "owner": owner,
                "stage": stage,
                "amount": 1000 * number,
                "product": "冰箱",
                "opened_on": f"2026-0{number}-01",
            }
            if stage in ("赢单", "输单"):
                deal["closed_on"] = f"2026-0{number}-20"
            change.add("opportunity", deal)
        for number in (1, 2):
            order = change.add(
                "order",
                {
                    "code": f"SO-{number}",
                    "customer": "C001",
                    "owner": "李娜",
                    "ordered_on": f"2026-0{number}-05",
                },
            )
            change.add(
                "order_line",
                {"order": order, "line_no": 1, "product": "冰箱", "quantity": 2, "amount": 250.5},
            )


@pytest.fixture
def book_path(tmp_path: Path) -> Path:
    path = tmp_path / "team.daybook"
    with Book.create(path) as book:
        fill(book)
    return path


@pytest.fixture
def window(qtbot, book_path: Path) -> Iterator[MainWindow]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    accessible.install()
    languages.apply(app, "en")
    theme.apply(app, "light")
    made = MainWindow()
    made.resize(1280, 800)
    made.show()
    qtbot.waitExposed(made)
    assert made.open_book(book_path)
    made.page("customers")  # a list, which most tests are about; a book opens at Today
    settle(qtbot, made)
    yield made
    for one in windows.opened():  # others that the test asked for, too
        one.close()
    made.close()
    made.deleteLater()
    # Without a screen Qt keeps what was copied until after Python has ended, and dies of it.
    QGuiApplication.clipboard().clear()
    languages.apply(app, "en")
    theme.apply(app, "light")


@pytest.fixture
def settled(qtbot) -> Callable[[MainWindow], None]:
    return lambda window: settle(qtbot, window)
