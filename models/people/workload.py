"""What a span of days looks like for everybody: hours, overload with its causes, idle days, leave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from models.book import Book
from models.money import plain, rounded
from models.people.annual_leave import AnnualLeave, annual_leave
from models.people.load import MEETING, Load, Piece, Totals
from models.people.skills import WORKING
from models.texts import N_, ntr, tr
from models.workbooks import freshness

_CAUSES = 3  # of an overload, said in its sentence
_TENTH = 1


@dataclass(frozen=True)
class Row:
    """One person's span."""

    person: int
    name: str
    team: int | None
    works: bool
    totals: Totals
    leave_days: Decimal
    annual: AnnualLeave


class Workload:
    """Everybody's span, by name; the work of one day is asked for when it is needed."""

    def __init__(self, book: Book, first: date, last: date, on: date | None = None) -> None:
        self.load = Load(book, first, last, on)
        annual = annual_leave(book, self.load.on.year)
        self.ages = freshness.ages(book, self.load.on)
        with book.reading() as db:
            people = {
                row: (team, status or "active")
                for row, team, status in db.run(
                    "SELECT id, team, status FROM salesperson WHERE alive = 1"
                )
            }
            self.teams = dict(db.run("SELECT id, name FROM team WHERE alive = 1"))
        self.rows = tuple(
            Row(
                one,
                self.load.names[one],
                people[one][0],
                people[one][1] in WORKING,
                self.load.totals(one),
                self.load.roster[one].leave(first, last),
                annual[one],
            )
            for one in self.load.people
        )

    def age_text(self, person: int) -> str:
        """How old what is known of somebody is."""
        known = self.ages.get(person)
        return known.text() if known is not None else ""

    @property
    def unowned(self) -> tuple[int, ...]:
        """Open tasks that nobody owns: their hours are on nobody's days."""
        return tuple(row for row, one in self.load.tasks.items() if one.owner is None)


def hours_text(hours: Decimal) -> str:
    """Hours as people say them, to a tenth."""
    return tr(N_("{hours} h"), hours=number(hours))


def number(hours: Decimal) -> str:
    """The same without the unit; what is less than a tenth isn't nothing."""
    shown = rounded(hours, _TENTH)
    if not shown and hours > 0:
        return "<0.1"
    return plain(shown)


def share_text(share: Decimal | None) -> str:
    """A part of the hours in percent."""
    return "–" if share is None else f"{plain(rounded(share * 100, 0))}%"


def piece_text(one: Piece, names: dict[int, str]) -> str:
    """What fills a part of a day, in one line."""
    said = tr(N_("{title} {hours}"), title=one.title, hours=hours_text(one.hours))
    more = []
    if one.covered and one.owner is not None:
        more.append(tr(N_("for {owner}"), owner=names.get(one.owner, "")))
    if one.note:
        more.append(one.note)
    if not more:
        return said
    return tr(N_("{said} ({more})"), said=said, more=tr(N_(", ")).join(more))


def day_text(load: Load, person: int, day: date) -> str:
    """One sentence on somebody's day: what is too much and why, that it is empty, or that they are away."""
    busy, capacity = load.busy(person, day), load.capacity(person, day)
    values = {"busy": hours_text(busy), "capacity": hours_text(capacity)}
    if load.overloaded(person, day):
        parts = load.parts(person, day)
        causes = tr(N_(", ")).join(piece_text(one, load.names) for one in parts[:_CAUSES])
        if len(parts) > _CAUSES:
            causes = ntr(
                "{some} and {n} more", "{some} and {n} more", len(parts) - _CAUSES, some=causes
            )
        if not capacity:
            return tr(N_("{busy} to do and nobody there: {causes}"), causes=causes, **values)
        return tr(N_("{busy} to do in {capacity}: {causes}"), causes=causes, **values)
    if not capacity:
        return absent_text(load, person, day)
    if load.idle(person, day):
        return tr(N_("Hardly anything planned: {busy} of {capacity}"), **values)
    return tr(N_("{busy} of {capacity}"), **values)


def absent_text(load: Load, person: int, day: date) -> str:
    """Why somebody has no hours on a day."""
    if not load.calendar.is_working(day):
        return tr(N_("Not worked: {why}"), why=load.calendar.why(day).text())
    return tr(N_("On leave")) if load.covering.away(person, day) else tr(N_("Not here"))


def kind_text(kind: str) -> str:
    """What a part of a day is called."""
    from models.customers.following import FOLLOW_UP_PLAN
    from models.tasks import meeting
    from models.tasks.task import TASK

    if kind == MEETING:
        return meeting.MEETING.text()
    return TASK.text() if kind == TASK.id else FOLLOW_UP_PLAN.text()
