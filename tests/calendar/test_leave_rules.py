"""What a book accepts as leave."""

from __future__ import annotations

import pytest

from models.book import Book
from models.refusals import Refused


def test_leave_that_ends_before_it_begins_is_refused_and_nothing_is_written(tmp_path):
    with Book.create(tmp_path / "team.daybook") as book:
        with book.change("add") as change:
            person = change.add("salesperson", {"name": "王芳"})
            leave = change.add(
                "leave", {"person": person, "starts_on": "2026-03-02", "ends_on": "2026-03-04"}
            )
        with pytest.raises(Refused, match="2026-03-01"):
            book.set("leave", leave, {"ends_on": "2026-03-01"})
        [[last]] = book.rows("leave", [leave], ["ends_on"])
        assert last.isoformat() == "2026-03-04"
