"""What records are called that are named by what they belong to."""

from __future__ import annotations

from models.book import Book


def test_agreements_are_called_by_their_person_and_leave_by_its_first_day_too(tmp_path):
    with Book.create(tmp_path / "team.daybook") as book:
        with book.change("add") as change:
            person = change.add("salesperson", {"name": "王芳"})
            leave = change.add(
                "leave", {"person": person, "starts_on": "2026-03-02", "ends_on": "2026-03-04"}
            )
            agreed = change.add("goal_agreement", {"person": person, "period": "2026-Q1"})
        assert book.label("goal_agreement", agreed) == "王芳"
        assert book.label("leave", leave) == "王芳 · 2026-03-02"  # others link to it: which one?
