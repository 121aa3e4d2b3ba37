"""How many tasks are done, and on time: held to a count by hand."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from random import Random

from models.measures import engine
from models.tasks.states import OPEN


def test_rates_are_what_a_count_by_hand_gives(team):
    dice, start = Random(5), date(2026, 3, 1)
    rows = []
    for number in range(120):
        due = start + timedelta(days=dice.randrange(60))
        status = dice.choice(("done", "done", "cancelled", *OPEN))
        done = due + timedelta(days=dice.randrange(-3, 3)) if status == "done" else None
        if number % 11 == 0:
            done = None
        person = dice.choice((team.wang, team.li, None))
        rows.append((f"任务{number}", person, None if number % 17 == 0 else due, status, done))
    with team.book.change("tasks") as change:
        change.add_many("task", ("title", "owner", "due", "status", "done_at"), rows)
    period = team.book.calendar.try_parse("2026-03")
    assert period is not None

    def share(some, good):
        return Fraction(sum(map(good, some)), len(some)) if some else None

    for person in (None, team.wang, team.li):
        due = [
            one for one in rows
            if one[2] and one[2] in period and one[3] != "cancelled" and person in (None, one[1])
        ]  # fmt: skip
        done = [one for one in due if one[3] == "done" and one[4]]
        wanted = {
            "task_done_rate": share(due, lambda one: one[3] == "done"),
            "task_on_time_rate": share(done, lambda one: one[4] <= one[2]),
        }
        for code, value in wanted.items():
            found = engine.measure(
                team.book, code, period=period, by=None if person is None else "person"
            )
            asked = found.total
            if person is not None:
                (asked,) = [one for one in found.rows if one.key == person]
            assert round(float(asked.value), 9) == round(float(value), 9), (code, person)
