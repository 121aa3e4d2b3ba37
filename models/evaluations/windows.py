"""Which days of a cycle count for somebody, and why they are fewer than all; every cut is said in words.

- Somebody counts from the hire date to the day on which the book says that they left, and only in the days
  that their evaluation names.
- Amounts and counts are compared with the part of a reference that the working days counted are of all working
  days of the period. Leave of five working days or more takes its days away too; shorter leave doesn't.
- Who moved to another team keeps all records, wherever they were then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from models.book import Book
from models.calendar.in_book import Roster
from models.calendar.person_days import LEFT
from models.dialects import Connection
from models.goals.reading import team_names
from models.money import plain
from models.texts import N_, ntr, tr

LONG_LEAVE = 5  # working days from which on leave changes the reference
_ONE = timedelta(days=1)
Days = tuple[date, date]  # both included


@dataclass(frozen=True)
class Window:
    """The days of a cycle that count for somebody.

    ``days`` are their working days, ``full`` those of the whole cycle, ``worked`` those of them without long
    leave; ``notes`` are sentences. There is no day where ``first`` is after ``last``.
    """

    first: date
    last: date
    days: int
    full: int
    worked: Decimal
    notes: tuple[str, ...] = ()

    @property
    def span(self) -> Days:
        """Its first and last day."""
        return self.first, self.last

    @property
    def part(self) -> Fraction:
        """Which part of the cycle's working days was worked."""
        if not self.full:
            return Fraction(1)
        return Fraction(self.worked) / self.full


@dataclass(frozen=True)
class Moves:
    """What the journal says of people: the day on which they left, and their changes of team (day, from, to)."""

    left: Mapping[int, date]
    teams: Mapping[int, tuple[tuple[date, int, int], ...]]


@dataclass(frozen=True)
class Employed:
    """When somebody worked here, as far as the book knows, and which days their evaluation names."""

    hired: date | None = None
    left: date | None = None
    starts: date | None = None
    ends: date | None = None
    moved: tuple[str, ...] = field(default=())


def moves(db: Connection, book: Book, people: Collection[int], within: Days) -> Moves:
    """The moves of some people; changes of team only in the days of a cycle."""
    number = book.schema.entity("salesperson").no
    listed = ", ".join(str(int(one)) for one in sorted(people))
    left: dict[int, date] = {}
    teams: dict[int, list[tuple[date, int, int]]] = defaultdict(list)
    for row, name, before, after, at in db.run(
        "SELECT e.row, e.field, e.before, e.after, c.at FROM edit e JOIN change c ON c.id = e.change "
        f"WHERE e.entity = ? AND e.row IN ({listed}) AND e.field IN ('status', 'team') "
        "AND e.before IS NOT NULL AND e.after IS NOT NULL AND c.dead = 0 AND c.kind = 'edit' ORDER BY e.id",
        (number,),
    ):
        day = _local(at)
        if name == "status":
            left.pop(row, None)  # who came back hasn't left
            if after == LEFT:
                left[row] = day
        elif within[0] <= day <= within[1]:
            teams[row].append((day, int(before), int(after)))
    return Moves(left, {row: tuple(found) for row, found in teams.items()})


def _local(at: str) -> date:
    """The day of a moment, by this machine's clock."""
    return datetime.fromisoformat(at).replace(tzinfo=UTC).astimezone().date()


def transfers(db: Connection, found: Moves) -> dict[int, tuple[str, ...]]:
    """The moves between teams as sentences."""
    if not found.teams:
        return {}
    names = team_names(db)
    return {
        row: tuple(
            tr(
                N_(
                    "Moved from team {before} to team {after} on {day}: every record of this person counts, wherever they were then; a median is of all who are judged by the same scorecard, whatever their team."
                ),
                before=names.get(before, "–"),
                after=names.get(after, "–"),
                day=day,
            )
            for day, before, after in steps
        )
        for row, steps in found.teams.items()
    }


def window(cycle: Days, roster: Roster, person: int, known: Employed) -> Window:
    """The days of a cycle that count for a person."""
    first, last = _cut(cycle, known)
    calendar = roster.calendar
    days, full = calendar.count(first, last), calendar.count(*cycle)
    own = roster.get(person)
    leave = own.leave(first, last) if own and days else Decimal(0)
    long = leave >= LONG_LEAVE
    notes = [*_cuts(cycle, known, days, full), *known.moved]
    if long:
        notes.append(_away(leave, days, full))
    return Window(first, last, days, full, days - leave if long else Decimal(days), tuple(notes))


def _cut(cycle: Days, known: Employed) -> Days:
    first = max(one for one in (cycle[0], known.hired, known.starts) if one)
    last = min(one for one in (cycle[1], known.left, known.ends) if one)
    return first, last


def _cuts(cycle: Days, known: Employed, days: int, full: int) -> list[str]:
    """Why days at either end don't count."""
    made = []
    if known.hired and known.hired > cycle[0]:
        made.append(
            tr(N_("Hired on {day}, in the course of the period."), day=known.hired)
            if known.hired <= cycle[1]
            else tr(N_("Hired on {day}, after the period."), day=known.hired)
        )
    if known.left and known.left < cycle[1]:
        made.append(tr(N_("Left on {day}, before the period ended."), day=known.left))
    if known.starts and known.starts > cycle[0]:
        made.append(tr(N_("The evaluation counts from {day} on."), day=known.starts))
    if known.ends and known.ends < cycle[1]:
        made.append(tr(N_("The evaluation counts until {day}."), day=known.ends))
    if made:
        made.append(
            ntr(
                "One of {full} working days counts: amounts and counts of these days are compared with that part of the reference; rates, days and what stands at the end with all of it.",
                "{n} of {full} working days count: amounts and counts of these days are compared with that part of the reference; rates, days and what stands at the end with all of it.",
                days,
                full=full,
            )
        )
    return made


def _away(leave: Decimal, days: int, full: int) -> str:
    if leave >= days:
        return ntr(
            "On leave for the only working day: amounts and counts of these days can't be compared.",
            "On leave for all {n} working days: amounts and counts of these days can't be compared.",
            days,
        )
    return tr(
        N_(
            "On leave for {leave} of {days} working days: amounts and counts of these days are compared with the reference for the {worked} days worked, of {full} in the period; rates, days and what stands at the end with all of it."
        ),
        leave=plain(leave),
        days=days,
        worked=plain(days - leave),
        full=full,
    )
