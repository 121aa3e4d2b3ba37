"""Appeals that wait for an answer stand on Today, by their day, with who is to answer."""

from __future__ import annotations

from datetime import date

from models.evaluations import appeals
from models.today.line import NOW, SOON, TODAY
from models.today.today import read
from tests.evaluations.sealed_book import SealedBook


def test_an_appeal_is_told_a_week_ahead_on_its_day_and_after_it_until_it_is_answered(tmp_path):
    team = SealedBook(tmp_path)
    try:
        evaluation = team.seal().evaluation
        row = appeals.file(
            team.book, evaluation, team.people["陈晓"], "漏了一单", on=date(2026, 10, 8)
        )

        def told(on):
            return [one for one in read(team.book, on).lines() if one.kind == "appeal"]

        for day, severity in ((8, SOON), (15, TODAY), (17, NOW)):
            [line] = told(date(2026, 10, day))
            assert (line.severity, line.person_name) == (severity, "王主管")
            assert line.title == "Appeal of 陈晓 to be answered"
        assert "2 days overdue" in line.reason.lower()
        assert line.record == ("appeal", row)
        appeals.answer(team.book, row, "维持", "upheld")
        assert told(date(2026, 10, 17)) == []
    finally:
        team.book.close()
