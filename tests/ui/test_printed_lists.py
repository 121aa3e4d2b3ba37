"""A list on paper: whole, in order, with its groups and totals, in letters that can be searched."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from models.views.view import Group, Rule
from tests.ui.acting import settle
from tests.ui.charted import letters
from ui.printing import list_paper
from ui.printing.lines import GROUP, RECORD, Lines


@pytest.fixture
def deals(qtbot, window):
    window.show_page("pipeline")
    page = window.page("pipeline").list_of("opportunity")
    settle(qtbot, window)
    view = page.list_view
    view.show_columns(["name", "owner", "amount", "stage"])
    view.total("amount", "sum")
    view.group_by([Group("owner")])
    view.colour([Rule("when", "amount", "amount>3000", "red")])
    settle(qtbot, window)
    return page


def printed(qtbot, window, page, path) -> bytes:
    page.printing.pdf(path)
    settle(qtbot, window)
    return path.read_bytes()


def test_a_pdf_holds_title_filter_groups_records_and_totals(qtbot, window, deals, tmp_path):
    deals.filter.setText("amount>1000")
    deals.reload()
    settle(qtbot, window)
    made = printed(qtbot, window, deals, tmp_path / "deals.pdf")
    wanted = "Opportunities Amount above 1000 4 records Owner: 李娜 (2 records) 商机2 ¥14,000.00 Sum Page 1 of 1 ■"
    assert {one for one in wanted if not one.isspace()} - letters(made) == set()
    assert made.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", made)) == 1


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs poppler")
def test_every_record_stands_on_paper_in_the_order_of_the_list(qtbot, window, deals, tmp_path):
    book = window.session.book
    with book.change("many") as change:
        for at in range(150):
            change.add("opportunity", {"name": f"Deal {at:03}", "amount": at, "owner": "王强"})
    settle(qtbot, window)
    path = tmp_path / "deals.pdf"
    printed(qtbot, window, deals, path)
    text = subprocess.run(
        ["pdftotext", "-layout", path, "-"], check=True, capture_output=True, text=True
    ).stdout
    pages = text.split("\f")[:-1]
    assert len(pages) == 4
    assert all("Opportunity" in one and "Amount" in one for one in pages)
    assert [f"Page {at} of 4" in one for at, one in enumerate(pages, 1)] == [True] * 4
    assert re.findall(r"Deal \d{3}", text) == [f"Deal {at:03}" for at in range(150)]
    assert text.index("Owner: 李娜") < text.index("Owner: 王强") < text.index("Deal 000")
    assert "Sum ¥26,175.00" in text
    deals.model.fold_all(closed=True)
    folded = Lines(book, "opportunity", deals.list_view.seen())
    assert list(folded.kinds()) == [GROUP, GROUP, 2]


def test_wide_lists_turn_the_paper_then_shrink_then_go_on_beside():
    assert list_paper.planned([100, 200]) == list_paper.Plan(False, 1.0, (100, 200), ((0, 1),))
    assert list_paper.planned([300, 300]).landscape is False
    turned = list_paper.planned([250] * 3)
    assert (turned.landscape, turned.scale, len(turned.strips)) == (True, 1.0, 1)
    smaller = list_paper.planned([100] * 10)
    assert 0.6 < smaller.scale < 1
    split = list_paper.planned([100] * 30)
    assert len(split.strips) == 3
    assert all(one[0] == 0 for one in split.strips)
    assert sorted({at for one in split.strips for at in one}) == list(range(30))


def test_the_row_of_a_group_never_ends_a_page():
    kinds = [GROUP, RECORD, RECORD, GROUP, GROUP, RECORD]
    assert list_paper._broken(kinds, 4, 4) == [3, 3]
    assert sum(list_paper._broken([GROUP] * 9, 4, 4)) == 9
    assert list_paper._broken([], 4, 4) == [0]
