"""The verb on working days: calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import click

from desktop.arguments import as_json, book_argument, on_option, open_book, span_of
from desktop.printing import out, table
from desktop.verbs import argument, verb
from models.money import plain
from models.periods import Period
from models.texts import N_, tr

if TYPE_CHECKING:
    from models.calendar.in_book import Roster
    from models.calendar.person_days import Step


@verb("calendar", N_("How many days somebody can work in a period, and which holidays lie in it."))
@book_argument
@argument("person", N_("PERSON"), N_("The person, by name, number or id."))
@argument(
    "period",
    N_("PERIOD"),
    N_("When: 2026, 2026-Q2, 2026-03, this_month, 2026-01-01..2026-03-31."),
)
@on_option
@as_json
def calendar(book: str, person: str, period: str, on: date | None, as_json: bool) -> None:
    from models import links
    from models.calendar.in_book import roster

    today = on or date.today()
    with open_book(book) as opened:
        db, schema = opened.connection(), opened.schema
        row = links.resolve(db, schema, opened.public, "salesperson", person)
        span = span_of(period, opened.calendar, today)
        told = _told(roster(opened, today), row, span, today)
        told["id"] = opened.public_id("salesperson", row)
    if as_json:
        out(told)
    else:
        _print(told, span)


def _told(people: Roster, row: int, span: Period, on: date) -> dict[str, Any]:
    """What there is to say, as JSON holds it."""
    calendar, one = people.calendar, people[row]
    first, last = span.start, span.end - timedelta(days=1)
    days, spent = one.days(first, last), one.spent(first, last, on)
    known = calendar.known_until
    return {
        "person": one.person.name,
        "period": span.label,
        "from": first.isoformat(),
        "to": last.isoformat(),
        "working_days": days.working,
        "make_up_days": [one.isoformat() for one in calendar.make_up_days(first, last)],
        "holidays": [
            {"day": day.isoformat(), "name": name} for day, name in calendar.holidays(first, last)
        ],
        "leave_days": plain(days.leave),
        "requested_days": plain(days.asked),
        "ramp": [_step(step) for step in days.ramp],
        "equivalent_days": plain(days.equivalent),
        "on": on.isoformat(),
        "left": plain(spent.left),
        "known_until": known.isoformat() if known else None,
        "note": "\n".join(_notes(people, row, last)) or None,
    }


def _step(step: Step) -> dict[str, str]:
    return {
        "from": step.first.isoformat(),
        "to": step.last.isoformat(),
        "share": plain(step.share),
    }


def _notes(people: Roster, row: int, last: date) -> Iterator[str]:
    """What limits the numbers, sentence by sentence."""
    one = people[row]
    if beyond := people.calendar.beyond(last):
        yield beyond
    if row in people.unread:
        yield tr(
            N_("The ramp “{text}” can't be read; {name} counts in full."),
            text=people.unread[row],
            name=one.person.name,
        )
    if one.ends is not None and one.ends <= last:
        yield tr(
            N_("{name} has left or is on leave and has no days from {day} on."),
            name=one.person.name,
            day=one.ends,
        )


def _print(told: dict[str, Any], span: Period) -> None:
    """The same for a person: the numbers, then the holidays, then what limits both."""
    rows = [
        (tr(N_("Period")), f"{span.text()}  {told['from']} – {told['to']}"),
        (tr(N_("Working days")), told["working_days"]),
        (tr(N_("Make-up days")), tr(N_(", ")).join(told["make_up_days"])),
        (tr(N_("Leave")), told["leave_days"]),
        (tr(N_("Requested leave")), told["requested_days"].lstrip("0")),
        (tr(N_("Ramp-up")), _ramp(told["ramp"])),
        (tr(N_("Days of a full person")), told["equivalent_days"]),
        (tr(N_("Left of them on {day}"), day=told["on"]), told["left"]),
        (tr(N_("Holidays known until")), told["known_until"]),
    ]
    table(
        [
            (tr(N_("Salesperson")), told["person"]),
            *(row for row in rows if row[1] not in ("", None)),
        ]
    )
    if told["holidays"]:
        click.echo()
        head = (tr(N_("Day")), tr(N_("Holiday")))
        table([(one["day"], one["name"]) for one in told["holidays"]], head=head)
    if told["note"]:
        click.echo()
        click.echo(told["note"])


def _ramp(steps: list[dict[str, str]]) -> str:
    """Which share of a full person counts from when on; nothing where it is all of one."""
    if [one["share"] for one in steps] == ["1"]:
        return ""
    parts = [
        tr(
            N_("from {day} {share}"),
            day=one["from"],
            share=f"{plain(Decimal(one['share']) * 100)}%",
        )
        for one in steps
    ]
    return tr(N_(", ")).join(parts)


COMMANDS = (calendar,)
