"""The verb on who can do how much: workload."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import click

from desktop.arguments import as_json, book_argument, on_option, open_book, span_of
from desktop.printing import out, table
from desktop.verbs import argument, verb
from models.money import plain
from models.texts import N_, tr

if TYPE_CHECKING:
    from models.book import Book
    from models.people.load import Load, Piece
    from models.people.workload import Row, Workload
    from models.periods import Period


@verb("workload", N_("How much everybody has to do and can do on the days of a period."))
@book_argument
@argument(
    "period",
    N_("PERIOD"),
    N_("When: 2026, 2026-Q2, 2026-03, this_month, 2026-01-01..2026-03-31."),
)
@on_option
@as_json
def workload(book: str, period: str, on: date | None, as_json: bool) -> None:
    from models.people.workload import Workload

    today = on or date.today()
    with open_book(book) as opened:
        span = span_of(period, opened.calendar, today)
        found = Workload(opened, span.start, span.end - timedelta(days=1), today)
        if as_json:
            out(_plain(opened, found, span))
        else:
            _print(found, span)


def _plain(book: Book, found: Workload, span: Period) -> dict[str, Any]:
    load = found.load
    return {
        "period": span.label,
        "from": load.first.isoformat(),
        "to": load.last.isoformat(),
        "on": load.on.isoformat(),
        "busy": plain(load.total_busy()),
        "people": [_person(book, found, one) for one in found.rows],
        "without_owner": [book.public_id("task", one) for one in found.unowned],
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _person(book: Book, found: Workload, one: Row) -> dict[str, Any]:
    load, totals = found.load, one.totals
    return {
        "id": book.public_id("salesperson", one.person),
        "name": one.name,
        "team": found.teams.get(one.team or 0),
        "receives_work": one.works,
        "data_as_of": _iso(found.ages[one.person].day),
        "capacity": plain(totals.capacity),
        "busy": plain(totals.busy),
        "share": None if totals.share is None else plain(round(totals.share, 6)),
        "overloaded": [_overload(book, load, one.person, day) for day in totals.overloaded],
        "idle": [day.isoformat() for day in totals.idle],
        "leave_days": plain(one.leave_days),
        "annual_leave": {
            "days": None if one.annual.days is None else plain(one.annual.days),
            "used": plain(one.annual.used),
            "asked": plain(one.annual.asked),
            "left": None if one.annual.left is None else plain(one.annual.left),
        },
        "days": [_day(book, load, one.person, day) for day in load.days],
    }


def _overload(book: Book, load: Load, person: int, day: date) -> dict[str, Any]:
    from models.people.workload import day_text

    return {
        "day": day.isoformat(),
        "over": plain(-load.free(person, day)),
        "reason": day_text(load, person, day),
    }


def _day(book: Book, load: Load, person: int, day: date) -> dict[str, Any]:
    return {
        "day": day.isoformat(),
        "capacity": plain(load.capacity(person, day)),
        "busy": plain(load.busy(person, day)),
        "parts": [_part(book, one) for one in load.parts(person, day)],
    }


def _part(book: Book, one: Piece) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "id": book.public_id(one.kind, one.row),
        "title": one.title,
        "hours": plain(one.hours),
        "covered": one.covered,
        "note": one.note or None,
    }


def _print(found: Workload, span: Period) -> None:
    """Everybody in one line, then what is too much, day by day."""
    from models.people.workload import day_text, number, share_text

    load = found.load
    if not found.rows:
        click.echo(tr(N_("There is nobody in the team yet.")))
        return
    click.echo(f"{span.text()}  {load.first} – {load.last}")
    heads = (
        N_("Salesperson"), N_("Hours"), N_("Hours planned"), N_("Share of hours"), N_("Days too full"),
        N_("Idle days"), N_("Leave"), N_("Annual leave left"),
    )  # fmt: skip
    rows = [
        (
            one.name, number(one.totals.capacity), number(one.totals.busy),
            share_text(one.totals.share), str(len(one.totals.overloaded)),
            str(len(one.totals.idle)), plain(one.leave_days),
            "–" if one.annual.left is None else plain(one.annual.left),
        )
        for one in found.rows
    ]  # fmt: skip
    table(rows, head=[tr(one) for one in heads], right=set(range(1, 8)))
    too_full = [(one, day) for one in found.rows for day in one.totals.overloaded]
    if too_full:
        click.echo()
    for one, day in too_full:
        said = day_text(load, one.person, day)
        click.echo(tr(N_("{person}, {day}: {reason}"), person=one.name, day=day, reason=said))


COMMANDS = (workload,)
