"""Sets of tasks made from templates, and templates made from tasks.

Days are counted in working days from the beginning of the whole set, which is day 0; a task is never due
before what it waits for, and begins on the working day after it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from models.book import Book
from models.calendar.in_book import work_calendar
from models.calendar.workdays import WorkCalendar
from models.refusals import Refused
from models.texts import N_, ntr

CUSTOMER = "{customer}"
_TAKEN = (
    "title", "kind", "priority", "effort_hours", "required_skills", "done_criteria",
)  # fmt: skip
_READ = ("place", *_TAKEN, "due_after", "after", "checklist")


@dataclass(frozen=True)
class Planned:
    """One task that would be made; ``after`` is its place in the plan's tasks, None for none."""

    template: int
    title: str
    starts_on: date
    due: date
    after: int | None
    steps: tuple[str, ...]
    values: dict[str, Any]

    @property
    def hours(self) -> Decimal | None:
        """How much work it is."""
        found: Decimal | None = self.values.get("effort_hours")
        return found


@dataclass(frozen=True)
class Plan:
    """All tasks of a set, with what they are for; ids of records."""

    name: str
    start: date
    tasks: tuple[Planned, ...]
    customer: int | None = None
    opportunity: int | None = None
    project: int | None = None
    owner: int | None = None


def sets(book: Book) -> list[str]:
    """The sets of templates by name."""
    rows = book.connection().run(
        "SELECT name FROM template WHERE alive = 1 AND name IS NOT NULL GROUP BY name ORDER BY min(id)"
    )
    return [str(name) for (name,) in rows]


def plan(
    book: Book,
    name: str,
    start: date,
    customer: int | None = None,
    opportunity: int | None = None,
    project: int | None = None,
    owner: int | None = None,
) -> Plan:
    """What a set would become from a day on; nothing is written.

    Whoever owns the customer, deal or project does it, unless somebody is named.

    Raises:
        Refused: ``no_template``, or ``waits_for_itself``, tasks of the set wait for each other.
    """
    with book.reading() as db:
        ids = [
            int(row)
            for (row,) in db.run(
                "SELECT id FROM template WHERE alive = 1 AND name = ? ORDER BY place IS NULL, place, id",
                (name,),
            )
        ]
        if not ids:
            raise Refused("no_template", N_("There is no template called “{name}”."), name=name)
        rows = [dict(zip(_READ, one, strict=True)) for one in book.rows("template", ids, _READ)]
        customer = customer or _customer_of(book, opportunity, project)
        owner = owner or _owner_of(book, customer, opportunity, project)
        called = book.label("customer", customer) if customer else ""
        calendar = work_calendar(book)
    places = {row["place"]: at for at, row in enumerate(rows) if row["place"] is not None}
    after = [places.get(row["after"]) for row in rows]
    after = [None if one == at else one for at, one in enumerate(after)]
    due: dict[int, date] = {}
    for at in range(len(rows)):
        _due(at, rows, after, due, calendar, start, ())
    first = on_or_after(calendar, start)
    made = []
    for at, (id, row) in enumerate(zip(ids, rows, strict=True)):
        waits = after[at]
        begins = first if waits is None else min(_next(calendar, due[waits]), due[at])
        values = {one: row[one] for one in _TAKEN if row[one] is not None}
        title = " ".join(str(row["title"] or "").replace(CUSTOMER, called).split())
        steps = tuple(
            one.strip() for one in str(row["checklist"] or "").splitlines() if one.strip()
        )
        made.append(Planned(id, title, begins, due[at], waits, steps, {**values, "title": title}))
    return Plan(name, start, tuple(made), customer, opportunity, project, owner)


def _due(
    at: int,
    rows: Sequence[dict[str, Any]],
    after: Sequence[int | None],
    known: dict[int, date],
    calendar: WorkCalendar,
    start: date,
    way: tuple[int, ...],
) -> date:
    if at in known:
        return known[at]
    if at in way:
        raise Refused(
            "waits_for_itself",
            N_("These tasks would wait for each other and none could begin: {tasks}."),
            tasks=" → ".join(str(rows[one]["title"]) for one in (*way[way.index(at) :], at)),
        )
    made = working_days_later(calendar, start, rows[at]["due_after"] or 0)
    first = after[at]
    if first is not None:
        made = max(made, _due(first, rows, after, known, calendar, start, (*way, at)))
    known[at] = made
    return made


def on_or_after(calendar: WorkCalendar, day: date) -> date:
    """A day, or the first working day after it."""
    return day if calendar.is_working(day) else _next(calendar, day)


def working_days_later(calendar: WorkCalendar, start: date, days: int) -> date:
    """The day so many working days after a beginning; day 0 is the first day that is worked."""
    here = on_or_after(calendar, start)
    for _ in range(days):
        here = _next(calendar, here)
    return here


def _next(calendar: WorkCalendar, day: date) -> date:
    return calendar.next_working(day) or day


def _customer_of(book: Book, opportunity: int | None, project: int | None) -> int | None:
    for entity, row in (("opportunity", opportunity), ("project", project)):
        if row and (found := book.record(entity, row)["customer"]) is not None:
            return int(found.id)
    return None


def _owner_of(
    book: Book, customer: int | None, opportunity: int | None, project: int | None
) -> int | None:
    """Who owns what the set is for; nobody who has left."""
    for entity, row in (("opportunity", opportunity), ("customer", customer), ("project", project)):
        found = book.record(entity, row)["owner"] if row else None
        if found is not None and book.record("salesperson", found.id)["status"] != "left":
            return int(found.id)
    return None


def make(book: Book, planned: Plan) -> list[int]:
    """Make all tasks of a plan as one change; gives their rows in the plan's order.

    Raises:
        Refused, BookUnavailable.
    """
    said = ntr("{n} task: {name}", "{n} tasks: {name}", len(planned.tasks), name=planned.name)
    made: list[int] = []
    common = {
        name: value
        for name in ("customer", "opportunity", "project", "owner")
        if (value := getattr(planned, name)) is not None
    }
    with book.change(said) as change:
        for one in planned.tasks:
            row = change.add(
                "task",
                {
                    **one.values,
                    **common,
                    "starts_on": one.starts_on,
                    "due": one.due,
                    "template": one.template,
                },
            )
            for place, title in enumerate(one.steps, 1):
                change.add("checklist_item", {"task": row, "place": place, "title": title})
            made.append(row)
        for row, one in zip(made, planned.tasks, strict=True):
            if one.after is not None:
                change.add("task_dependency", {"task": row, "after": made[one.after]})
    return made


def save(book: Book, name: str, tasks: Sequence[int]) -> list[int]:
    """Make a set of templates from tasks as one change, in the order of their days; gives its rows.

    Raises:
        Refused: ``exists``, a set is called so, or nothing was chosen.
    """
    wanted = name.strip()
    if not wanted or not tasks:
        raise Refused("required", N_("Choose tasks, and a name for the template."))
    if wanted in sets(book):
        raise Refused("exists", N_("A template “{name}” exists already."), name=wanted)
    records = sorted(
        ((one, book.record("task", one)) for one in dict.fromkeys(tasks)),
        key=lambda found: (found[1]["due"] or date.max, found[0]),
    )
    days = [one for _, record in records for one in (record["starts_on"], record["due"]) if one]
    start = min(days, default=None)
    calendar = work_calendar(book)
    places = {row: at for at, (row, _) in enumerate(records, 1)}
    made = []
    with book.change(N_("A template from tasks")) as change:
        for row, record in records:
            values = {one: record[one] for one in _TAKEN if record[one] is not None}
            values.update(name=wanted, place=places[row], title=_general(record))
            if record["due"] and start:
                values["due_after"] = max(calendar.count(start, record["due"]) - 1, 0)
            before = [
                found.id
                for one in book.linked("task_dependency", "task", row)
                if (found := book.record("task_dependency", one)["after"]) is not None
            ]
            waits = [places[one] for one in before if one in places]
            if waits:
                values["after"] = max(waits)
            steps = _steps(book, row)
            if steps:
                values["checklist"] = "\n".join(steps)
            made.append(change.add("template", values))
    return made


def _general(record: dict[str, Any]) -> str:
    title = str(record["title"] or "")
    called = record["customer"].label if record["customer"] else ""
    return title.replace(called, CUSTOMER) if called else title


def _steps(book: Book, task: int) -> list[str]:
    rows = book.rows(
        "checklist_item", book.linked("checklist_item", "task", task), ["place", "title"]
    )
    ordered = sorted(rows, key=lambda one: (one[0] is None, one[0] or 0))
    return [str(title) for _, title in ordered]
