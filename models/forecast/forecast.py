"""The forecast of a period as of a day: three readings side by side, by person and in all, and bridges.

Amounts are integers of millionths; ``models.money.from_scaled`` makes decimals of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from models.book import Book
from models.dialects import quoted
from models.forecast import history
from models.forecast.bridge import Bridge, Item, Part, Value, bridge, listed
from models.forecast.calibration import calibration
from models.forecast.commitments import stated
from models.forecast.odds import Doubt
from models.forecast.readings import Reading, Tally, added, tallies, together
from models.forecast.states import Deal, States, states_on
from models.forecast.window import Window
from models.journal.entries import title_sql
from models.periods import Period
from models.progress import Progress
from models.texts import N_, tr
from models.workbooks import freshness

WEEK = timedelta(days=7)
_BLOCK = 500
_LEADING = (
    "SELECT manager FROM salesperson WHERE alive = 1 AND manager IS NOT NULL "
    "UNION SELECT manager FROM team WHERE alive = 1 AND manager IS NOT NULL "
    "UNION SELECT manager FROM region WHERE alive = 1 AND manager IS NOT NULL"
)


class Named(NamedTuple):
    """What a part of a bridge is about: the record's row, its label, and whose deal it is."""

    id: int
    label: str
    owner: str = ""


@dataclass(frozen=True)
class Outlook:
    """What a person, or all together, will bring in the period, read in three ways.

    ``person`` is None for all together and for the deals of nobody. ``tally`` is what the deals
    come to, ``stated`` what the person said, ``data_age`` days since anything was heard.
    """

    person: int | None
    label: str
    tally: Tally
    stated: int | None
    commitment: Reading
    pipeline: Reading
    history: Reading | None
    data_age: int | None


@dataclass(frozen=True)
class Forecast:
    """Everything that is said of a period as of a day, and what moved since another."""

    period: Period
    on: date
    since: date
    total: Outlook
    people: tuple[Outlook, ...]
    pipeline_bridge: Bridge
    commitment_bridge: Bridge
    states: States
    doubt: Doubt
    named: dict[int, Named]  # the deals of the bridges

    def name(self, item: Item, part: Part) -> Named:
        """What a part of a bridge is about."""
        if item.kind != "stated":
            return self.named[part.id]
        return Named(part.id, next(one.label for one in self.people if one.person == part.id))


@dataclass(frozen=True)
class _Side:
    """What is known on one of the two days."""

    states: States
    window: Window
    tallies: dict[int | None, Tally]
    stated: dict[int | None, int]
    returned: dict[int, date]  # when a workbook of each person last came back

    def age(self, owners: Collection[int | None] | None) -> int | None:
        """Days since anything was heard of some people, or of all."""
        known = None if owners is None else [one for one in owners if one is not None]
        return self.states.age(owners, freshness.last_return(self.returned, known))

    def commitment(self, owner: int | None) -> Reading:
        """What one owner commits to."""
        return self.tallies.get(owner, Tally()).commitment(self.stated.get(owner))

    def sum_of(self, value: Value) -> int:
        """The sum of a value over all deals."""
        return sum(value(one, self.window) for one in self.states.deals.values())


def forecast(
    book: Book,
    *,
    on: date,
    since: date | None = None,
    period: Period | None = None,
    person: int | None = None,
    progress: Progress | None = None,
) -> Forecast:
    """The forecast of a period (the quarter of ``on`` unless named) as of the end of a day.

    ``since`` is the day from which the bridges lead, a week earlier unless named; ``person`` asks
    for one salesperson only, whose deals then come and go with their owner.

    Raises:
        Cancelled: the person who watches ``progress`` asked to stop.
    """
    since = on - WEEK if since is None else since
    period = book.calendar.of("quarter", on) if period is None else period
    with book.reading():  # one view of the book for all that follows
        return _made(book, period, (since, on), person, progress or Progress())


def _made(
    book: Book, period: Period, days: tuple[date, date], person: int | None, progress: Progress
) -> Forecast:
    only = None if person is None else (person,)
    sides = []
    for day in days:
        sides.append(_side(book, period, day, only))
        progress.step(len(sides) / 4)
    old, new = sides
    owners = _owners(book, old, new, only)
    doubt = calibration(book, new.states)
    past = history.read(book, new.states, period, tuple(owners))
    progress.step(0.8)
    people = tuple(_of_person(one, label, new, doubt, past) for one, label in owners.items())
    bridges = _pipeline_bridge(old, new, only), _commitment_bridge(old, new, only)
    return Forecast(
        period,
        new.states.day,
        old.states.day,
        _of_all(new, people, doubt, past, only),
        people,
        *bridges,
        new.states,
        doubt,
        _named(book, bridges, old.states, new.states),
    )


def _side(book: Book, period: Period, day: date, only: Collection[int] | None) -> _Side:
    states, window = states_on(book, day), Window.of(period, day)
    counted = tallies(states, window)
    said = dict[int | None, int](stated(book, period, day).items())
    if only is not None:
        counted = {owner: tally for owner, tally in counted.items() if owner in only}
        said = {owner: amount for owner, amount in said.items() if owner in only}
    with book.reading() as db:
        returned = freshness.returns(db, states.day)
    return _Side(states, window, counted, said, returned)


def _of_person(
    owner: int | None,
    label: str,
    side: _Side,
    doubt: Doubt,
    past: history.Past,
) -> Outlook:
    tally = side.tallies.get(owner, Tally())
    return Outlook(
        owner,
        label,
        tally,
        side.stated.get(owner),
        side.commitment(owner),
        tally.pipeline(doubt),
        past.get(owner),
        side.age((owner,)),
    )


def _of_all(
    side: _Side,
    people: Collection[Outlook],
    doubt: Doubt,
    past: history.Past,
    only: Collection[int] | None,
) -> Outlook:
    """All people together; their deals are independent, their promises are not."""
    tally = together(side.tallies.values())
    said = [one.stated for one in people if one.stated is not None]
    return Outlook(
        None,
        tr(N_("Total")),
        tally,
        sum(said) if said else None,
        added([one.commitment for one in people]),
        tally.pipeline(doubt),
        past.get(history.TEAM) if only is None else next((one.history for one in people), None),
        side.age(only),
    )


def _owners(
    book: Book, old: _Side, new: _Side, only: Collection[int] | None
) -> dict[int | None, str]:
    """Who is listed, with labels: those who sell here now, and those whose deals or words count.

    Who leads others and owns no deal doesn't sell.
    """
    counting = {
        owner
        for side in (old, new)
        for owner in (*side.stated, *(one for one, tally in side.tallies.items() if tally.counts))
    }
    owning = {one.owner for side in (old, new) for one in side.states.deals.values()}
    label = title_sql(book.schema, "salesperson", "t")
    with book.reading() as db:
        leading = {row for (row,) in db.run(_LEADING)}
        found = db.run(
            f"SELECT t.id, {label}, t.alive = 1 AND t.status IS NOT 'left' FROM salesperson t"
        )

    def listed_here(id: int, works: bool) -> bool:
        if only is not None:
            return id in only
        return id in counting or (bool(works) and (id in owning or id not in leading))

    made: dict[int | None, str] = {
        id: str(name)
        for id, name, works in sorted(found, key=lambda row: (str(row[1]), row[0]))
        if listed_here(id, works)
    }
    if None in counting:
        made[None] = tr(N_("(none)"))
    return made


def _kept(value: Value, only: Collection[int] | None) -> Value:
    """A value of the deals of some people only."""
    if only is None:
        return value
    return lambda deal, window: value(deal, window) if deal.owner in only else 0


def _pipeline_bridge(old: _Side, new: _Side, only: Collection[int] | None) -> Bridge:
    value = _kept(lambda deal, window: window.weighted(deal), only)
    parts = bridge(old.states, new.states, (old.window, new.window), value)
    return Bridge(old.sum_of(value), new.sum_of(value), listed(parts))


def _commitment_bridge(old: _Side, new: _Side, only: Collection[int] | None) -> Bridge:
    """Of those who stated an amount on either day their reading moves as a whole; of the others by deals."""
    said = old.stated.keys() | new.stated.keys()
    value = _kept(lambda deal, window: 0 if deal.owner in said else window.committed(deal), only)
    parts = bridge(old.states, new.states, (old.window, new.window), value)
    moved = [
        Part(one, old.commitment(one).mid, new.commitment(one).mid)
        for one in said
        if one is not None
    ]
    parts["stated"] = [one for one in moved if one.delta]
    return Bridge(
        old.sum_of(value) + sum(one.before for one in moved),
        new.sum_of(value) + sum(one.after for one in moved),
        listed(parts),
    )


def _named(book: Book, bridges: Iterable[Bridge], old: States, new: States) -> dict[int, Named]:
    """The labels of all deals of some bridges, with those of their owners."""
    ids = sorted(
        {
            part.id
            for one in bridges
            for item in one.items
            if item.kind != "stated"
            for part in item.parts
        }
    )
    deal, owner = (
        title_sql(book.schema, *one) for one in (("opportunity", "t"), ("salesperson", "o"))
    )
    made: dict[int, Named] = {}
    with book.reading() as db:
        people = dict(db.run(f"SELECT o.id, {owner} FROM salesperson o"))
        for at in range(0, len(ids), _BLOCK):
            block = ids[at : at + _BLOCK]
            for id, label in db.run(
                f"SELECT t.id, {deal} FROM {quoted('opportunity')} t "
                f"WHERE t.id IN ({','.join('?' * len(block))})",
                block,
            ):
                found: Deal = new.deals.get(id) or old.deals[id]
                made[id] = Named(id, str(label), str(people.get(found.owner, "")))
    return made
