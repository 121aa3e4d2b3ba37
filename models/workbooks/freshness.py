"""How old the data behind a person's figures is, and whose workbook should have come back.

The one rule, wherever a figure of a person stands: its data is as old as the latest thing that was
heard of the person. That is the latest of

- an activity of theirs, by the moment at which it took place,
- an edit of a record of theirs, by the moment of the change; changes of very many values at once
  (imports, reassignments) and who owns a record are no news of anybody, nor is a task or plan given,
- a workbook of theirs that came back: even one that says nothing new says that all is as it stands.

A figure that rests on few records of its own (a goal, a forecast) has the later day of its own last
record and of the last return, ``figure_age``.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from models.book import Book
from models.calendar.in_book import work_calendar
from models.calendar.workdays import WorkCalendar
from models.dialects import Connection, quoted
from models.following.contact import end_of
from models.following.known import local_day
from models.texts import N_, ntr, tr
from models.workbooks import memory

ACTIVITY, EDIT, WORKBOOK = "activity", "edit", "workbook"
_SOURCES = {
    ACTIVITY: N_("activity"),
    EDIT: N_("edited record"),
    WORKBOOK: N_("returned workbook"),
}
# A change of one of these may make somebody's data younger, or says whose age is asked for.
RESTS_ON = frozenset(
    {
        "activity", "customer", "opportunity", "order", "task", "follow_up_plan", "workbook",
        "salesperson", "calendar_day",
    }
)  # fmt: skip
OLD, VERY_OLD = 3, 10  # working days
_LATELY = 20  # days in which most people did something
_EDITS_OF = 60  # days; an older edit makes nothing look fresh
_MOST = 500  # edits of a change that still tells of somebody
_NOT_ASKED = ("clock", "sample")  # origins of changes that nobody made
# Whose records are whose, by the field that says so; and whether adding one is news of its owner.
_OWN = (
    ("customer", "owner", True),
    ("opportunity", "owner", True),
    ("order", "owner", True),
    ("activity", "person", True),
    ("task", "owner", False),
    ("follow_up_plan", "person", False),
)


@dataclass(frozen=True)
class Freshness:
    """How old the data of a person is on a day.

    ``at`` is the moment in UTC of what was heard last, ``source`` what that was, ``day`` its day here,
    ``age`` in days and ``worked`` in working days that are over; all empty where nothing was ever heard.
    """

    person: int
    name: str
    at: str | None = None
    source: str = ""
    day: date | None = None
    age: int | None = None
    worked: int | None = None

    @property
    def old(self) -> bool:
        """Whether it is worth a word."""
        return self.worked is None or self.worked >= OLD

    def source_text(self) -> str:
        """What was heard last, in words; empty for nothing."""
        return tr(_SOURCES[self.source]) if self.source else ""

    def day_text(self) -> str:
        """The day alone, for a column that says what it is."""
        return tr(N_("no data yet")) if self.day is None else self.day.isoformat()

    def text(self) -> str:
        """Since when nothing was heard, and what it was."""
        if self.day is None or self.age is None:
            return tr(N_("no data yet"))
        return tr(
            N_("data as of {day} ({age}, {source})"),
            day=self.day.isoformat(),
            age=age_text(self.age),
            source=self.source_text(),
        )


def age_text(age: int | None) -> str:
    """An age in days, in words."""
    if age is None:
        return tr(N_("no data yet"))
    return tr(N_("of today")) if age <= 0 else ntr("{n} day old", "{n} days old", age)


def figure_age(last: date | None, returned: date | None, on: date) -> int | None:
    """The age in days of a figure: since its last record or the person's last return, the later one."""
    days = [one for one in (last, returned) if one is not None]
    return (on - max(days)).days if days else None


def last_return(returned: Mapping[int, date], people: Collection[int] | None) -> date | None:
    """The last day on which a workbook of any of some people came back; of anybody's for None."""
    days = [day for one, day in returned.items() if people is None or one in people]
    return max(days, default=None)


def returns(db: Connection, on: date) -> dict[int, date]:
    """The day on which a workbook of each person last came back, by the end of a day."""
    found = memory.returned_at(db, end_of(on))
    return {person: local_day(at) for person, at in found.items()}


def ages(book: Book, on: date) -> dict[int, Freshness]:
    """How old the data of everybody in the book is on a day; a few queries over sets."""
    with book.reading() as db:
        return read_ages(db, on, work_calendar(book), book.schema.numbers)


def read_ages(
    db: Connection, on: date, calendar: WorkCalendar, numbers: dict[int, str]
) -> dict[int, Freshness]:
    """The same over a connection; ``numbers`` are the journal's numbers of the entities."""
    names = {
        row: name or "" for row, name in db.run("SELECT id, name FROM salesperson WHERE alive = 1")
    }
    heard: dict[int, tuple[str, str]] = {}
    for source, found in (
        (EDIT, _edited(db, on, {one: no for no, one in numbers.items()})),
        (ACTIVITY, _active(db, on, list(names))),
        (WORKBOOK, memory.returned_at(db, end_of(on))),
    ):
        for person, at in found.items():
            # Activities may be noted to the minute, so that moments are compared as far as both go.
            if at[:16] >= heard.get(person, ("",))[0][:16]:
                heard[person] = at, source
    return {
        person: _fresh(person, names[person], heard.get(person), on, calendar) for person in names
    }


def _fresh(
    person: int, name: str, heard: tuple[str, str] | None, on: date, calendar: WorkCalendar
) -> Freshness:
    if heard is None:
        return Freshness(person, name)
    at, source = heard
    day = local_day(at)
    worked = calendar.count(day + timedelta(days=1), on) if day < on else 0
    worked -= calendar.is_working(on) and day < on  # the day isn't over
    return Freshness(person, name, at, source, day, max((on - day).days, 0), worked)


def _active(db: Connection, on: date, people: list[int]) -> dict[int, str]:
    """The moment of the last activity of each person who wrote any.

    Of most people it is a late one, found by its day; only those without are looked for in all years.
    """
    end = end_of(on)
    found = db.run(
        "SELECT person, max(at) FROM activity WHERE alive = 1 AND person IS NOT NULL "
        "AND at >= ? AND at < ? GROUP BY person",
        (end_of(on - timedelta(days=_LATELY)), end),
    )
    rest = set(people) - {person for person, _ in found}
    found += db.run(
        "SELECT person, max(at) FROM activity WHERE alive = 1 AND at < ? "
        "AND person IN (SELECT value FROM json_each(?)) GROUP BY person",
        (end, json.dumps(sorted(rest))),
    )
    return {person: str(at) for person, at in found}


def _edited(db: Connection, on: date, numbers: dict[str, int]) -> dict[int, str]:
    """The moment of the last edit of a record of each person, lately."""
    made: dict[int, str] = {}
    marks = ", ".join("?" * len(_NOT_ASKED))
    for entity, owner, adding in _OWN:
        except_for = "e.field != ?" + ("" if adding else " AND e.field != 'alive'")
        for person, at in db.run(
            f"SELECT t.{owner}, max(c.at) FROM change c "
            "JOIN edit e ON e.id BETWEEN c.first_edit AND c.last_edit "
            f"JOIN {quoted(entity)} t ON t.id = e.row "
            "WHERE c.at >= ? AND c.at < ? AND c.kind = 'edit' AND c.dead = 0 "
            f"AND c.last_edit - c.first_edit < ? AND c.origin NOT IN ({marks}) "
            f"AND e.entity = ? AND {except_for} AND t.alive = 1 AND t.{owner} IS NOT NULL "
            f"GROUP BY t.{owner}",
            (
                end_of(on - timedelta(days=_EDITS_OF)), end_of(on), _MOST, *_NOT_ASKED,
                numbers[entity], owner,
            ),
        ):  # fmt: skip
            made[person] = max(str(at), made.get(person, ""))
    return made
