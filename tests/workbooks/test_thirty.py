"""Workbooks of a team, changed on both sides at once: only what was seeded is asked, nothing is lost.

The large one (30 people, 300 customers each) is ``python -m tests.workbooks.thirty``, or this file
with ``DAYBOOK_THIRTY=1``.
"""

from __future__ import annotations

import os

import pytest

from tests.workbooks import thirty_sheets
from tests.workbooks.thirty import Play
from tests.workbooks.thirty_book import Asked
from tests.workbooks.thirty_course import play

needs_office = pytest.mark.skipif(
    not thirty_sheets.has_office(), reason="LibreOffice (soffice) is not installed"
)


@pytest.mark.slow
def test_workbooks_that_were_typed_into_and_rearranged_ask_only_what_was_seeded(tmp_path):
    ways = [one for one in thirty_sheets.WAYS if one[2] == "xlsx"]
    one = Play(tmp_path, Asked(6, 40, 8, 8, 2), ways)
    assert play(one) == []
    assert {sent.way.partition("|")[0] for sent in one.sent} == {way[0] for way in ways}
    assert sum(len(sent.outcome.asked) for sent in one.sent) > 30, "hardly anything is asked"
    assert sum(len(sent.outcome.joined) for sent in one.sent), "nothing grew on both sides"


@needs_office
@pytest.mark.slow
def test_workbooks_that_libreoffice_saved_ask_only_what_was_seeded(tmp_path):
    ways = [one for one in thirty_sheets.WAYS if one[2] != "xlsx"]
    one = Play(tmp_path, Asked(5, 40, 8, 8, 2, seed=9), ways)
    assert play(one) == []
    assert {sent.way.partition("|")[2] for sent in one.sent} == {"office xlsx", "xls", "ods"}


@needs_office
@pytest.mark.skipif(
    not os.environ.get("DAYBOOK_THIRTY"), reason="minutes long; set DAYBOOK_THIRTY=1 for it"
)
@pytest.mark.timeout(3_000)
def test_thirty_workbooks_of_three_hundred_customers_ask_only_what_was_seeded(tmp_path):
    assert play(Play(tmp_path, Asked(), thirty_sheets.WAYS)) == []
