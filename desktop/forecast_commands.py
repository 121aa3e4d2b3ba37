"""The verb on what will be won: forecast."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from desktop.arguments import Day, as_json, book_argument, on_option, open_book, span_of
from desktop.printing import out, table, wrapped
from desktop.verbs import option, verb
from models.book import Book
from models.money import from_scaled, plain, show_whole
from models.refusals import Refused
from models.texts import N_, tr

if TYPE_CHECKING:
    from models.forecast.bridge import Bridge, Item, Part
    from models.forecast.forecast import Forecast, Outlook
    from models.forecast.readings import Reading

_WIDTH = 100
_MOST = 5  # deals of a cause that are listed for people; in JSON all are


@verb(
    "forecast",
    N_("What a period will bring, read in three ways, and what moved since an earlier day."),
)
@book_argument
@on_option
@option(
    "--since",
    metavar=N_("DATE"),
    type=Day(),
    help=N_("The day from which the bridge leads; a week earlier if not given."),
)
@option(
    "--period",
    metavar=N_("PERIOD"),
    help=N_("The period that is forecast; the quarter of the day if not given."),
)
@option("--person", metavar=N_("PERSON"), help=N_("Of this salesperson only, by name or id."))
@as_json
def forecast(
    book: str,
    on: date | None,
    since: date | None,
    period: str | None,
    person: str | None,
    as_json: bool,
) -> None:
    from models import links
    from models.forecast import forecast as making
    from models.forecast.notes import notes

    today = on or date.today()
    if since is not None and since > today:
        raise Refused(
            "since_after_on",
            N_("The bridge must lead from an earlier day: {since} is after {on}."),
            since=since.isoformat(),
            on=today.isoformat(),
        )
    with open_book(book) as opened:
        db, schema = opened.connection(), opened.schema
        row = links.resolve(db, schema, opened.public, "salesperson", person) if person else None
        found = making.forecast(
            opened,
            on=today,
            since=since,
            period=span_of(period, opened.calendar, today) if period else None,
            person=row,
        )
        said = notes(found, opened.currency)
        if as_json:
            out(_plain(found, opened, said))
        else:
            _print(found, opened.currency, said)


# -- as JSON -----------------------------------------------------------------------------------


def _plain(found: Forecast, book: Book, said: list[str]) -> dict[str, Any]:
    tally, states = found.total.tally, found.states
    return {
        "period": found.period.label,
        "on": found.on.isoformat(),
        "since": found.since.isoformat(),
        "currency": book.currency,
        "won": _money(tally.won),
        "readings": _readings(found.total),
        "people": [
            {
                "person": one.label,
                "id": None if one.person is None else book.public_id("salesperson", one.person),
                "won": _money(one.tally.won),
                "stated": None if one.stated is None else _money(one.stated),
                "readings": _readings(one),
                "data_age_days": one.data_age,
            }
            for one in found.people
        ],
        "bridge": _bridge(found, book, found.pipeline_bridge),
        "commitment_bridge": _bridge(found, book, found.commitment_bridge),
        "undated": {"n": tally.undated, "amount": _money(tally.undated_amount)},
        "reconstructed": {"n": states.reconstructed, "of": len(states.deals)},
        "data_age_days": found.total.data_age,
        "notes": said,
    }


def _readings(one: Outlook) -> dict[str, Any]:
    read = {"commitment": one.commitment, "pipeline": one.pipeline, "history": one.history}
    return {name: None if made is None else _reading(made) for name, made in read.items()}


def _reading(made: Reading) -> dict[str, Any]:
    told: dict[str, Any] = {
        "low": _money(made.low),
        "mid": _money(made.mid),
        "high": _money(made.high),
        "n": made.n,
    }
    if made.method:
        told["method"] = made.method
    if made.calibrated is not None:
        told["calibrated"] = _money(made.calibrated)
    return told


def _bridge(found: Forecast, book: Book, made: Bridge) -> dict[str, Any]:
    return {
        "from": _money(made.start),
        "to": _money(made.end),
        "items": [
            {
                "kind": item.kind,
                "label": item.text(),
                "amount": _money(item.amount),
                "people" if item.kind == "stated" else "deals": [
                    _part(found, book, item, part) for part in item.parts
                ],
            }
            for item in made.items
        ],
    }


def _part(found: Forecast, book: Book, item: Item, part: Part) -> dict[str, str]:
    named = found.name(item, part)
    kind = "salesperson" if item.kind == "stated" else "opportunity"
    return {
        "id": book.public_id(kind, part.id),
        "title": named.label,
        "person": named.owner or named.label if item.kind == "stated" else named.owner,
        "before": _money(part.before),
        "after": _money(part.after),
        "delta": _money(part.delta),
    }


def _money(stored: int) -> str:
    return plain(from_scaled(stored), 2)


# -- for people --------------------------------------------------------------------------------


def _print(found: Forecast, currency: str, said: list[str]) -> None:
    click.echo(
        tr(
            N_("Forecast of {period} as of {day}"),
            period=found.period.text(),
            day=found.on.isoformat(),
        )
    )
    click.echo()
    heads = (
        N_("Salesperson"),
        N_("Won so far"),
        N_("Commitment"),
        N_("Weighted pipeline"),
        N_("From history"),
        N_("News, days old"),
    )
    table(
        [_line(one, currency) for one in (*found.people, found.total)],
        head=[tr(one) for one in heads],
        right=range(1, len(heads)),
    )
    click.echo()
    _print_bridge(found, currency)
    for one in said:
        click.echo()
        for line in wrapped(one, _WIDTH):
            click.echo(line)


def _line(one: Outlook, currency: str) -> list[str]:
    age = "" if one.data_age is None else str(one.data_age)
    read = (one.commitment, one.pipeline, one.history)
    return [
        one.label,
        _shown(one.tally.won, currency),
        *(_range(made, currency) for made in read),
        age,
    ]


def _range(made: Reading | None, currency: str) -> str:
    """The middle, and in brackets from where to where."""
    if made is None:
        return "–"
    mid = _shown(made.mid, currency)
    if made.low == made.high:
        return mid
    return tr(
        N_("{mid} ({low} to {high})"),
        mid=mid,
        low=_shown(made.low, currency),
        high=_shown(made.high, currency),
    )


def _print_bridge(found: Forecast, currency: str) -> None:
    made = found.pipeline_bridge
    head = N_("Weighted pipeline from {since} to {on}")
    rows = [(found.since.isoformat(), _shown(made.start, currency))]
    for item in made.items:
        rows.append((item.text(), _moved(item.amount, currency)))
        rows += [
            (f"  {found.name(item, part).label}", _moved(part.delta, currency))
            for part in item.parts[:_MOST]
        ]
        if len(item.parts) > _MOST:
            rest = item.parts[_MOST:]
            more = tr(N_("{n} others"), n=f"{len(rest):,}")
            rows.append((f"  {more}", _moved(sum(one.delta for one in rest), currency)))
    rows.append((found.on.isoformat(), _shown(made.end, currency)))
    click.echo(tr(head, since=found.since.isoformat(), on=found.on.isoformat()))
    table(rows, right={1})


def _shown(stored: int, currency: str) -> str:
    return show_whole(from_scaled(stored), currency)


def _moved(stored: int, currency: str) -> str:
    return ("+" if stored > 0 else "") + _shown(stored, currency)


COMMANDS = (forecast,)
