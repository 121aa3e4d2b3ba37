"""What every opportunity was at the end of a day.

The rule:

- An opportunity that was in the book by then is read from the journal, exactly: what the book said at
  the end of that day by this machine's clock, undos made by then included.
- One that entered the book only later (imported history) is *reconstructed* from its dated facts. It
  was there if it was opened by then (without that day: if its stage history begins by then; without
  both: if it was closed by then). It was won or lost if it was closed by then, and open otherwise; a
  closed deal without the day of closing counts as closed all along. Stage, amount, expected close and
  probability are those of its stage history of that time, else those with which it entered the book.
  One that lies in the recycle bin today, or whose making was undone, is left out.
- The stage of a reconstructed deal that a sheet tells of only when it was closed is not known, and
  neither are its odds: the outcome must not be read into them. Its odds are assumed.
- Where neither a deal nor its stage states a probability, the share won of the deals closed by then
  is assumed, (won + 1) / (closed + 2), from ten closed deals on; with fewer it counts as 0.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple

from models.book import Book
from models.describe.field import Entity
from models.dialects import Connection
from models.forecast.past import PastRow, rows_after
from models.money import SCALE
from models.workbooks.freshness import figure_age

ENOUGH = 10  # closed deals from which their share won is taken for the odds of others
_COLUMNS = (
    "owner",
    "stage",
    "status",
    "amount",
    "probability",
    "opened_on",
    "expected_close",
    "closed_on",
    "forecast_category",
)


class Deal(NamedTuple):
    """An opportunity as it stood. Amount and probability in millionths, days as ISO text."""

    id: int
    owner: int | None
    status: str  # open | won | lost
    amount: int
    probability: int
    expected_close: str | None
    closed_on: str | None
    category: str | None
    stage: int | None
    assumed: bool = False  # nothing states the probability
    reconstructed: bool = False


@dataclass(frozen=True)
class States:
    """The opportunities that were there on a day; ``gone`` were in the book, but no longer or not yet again."""

    day: date
    deals: dict[int, Deal]
    gone: frozenset[int]
    closed: int  # deals closed by then, won or lost
    won: int
    told: dict[int, str]  # by deal: the last day by then on which something of it became known

    def age(
        self, owners: Collection[int | None] | None = None, returned: date | None = None
    ) -> int | None:
        """Days since anything became known, of all deals or of those of some owners.

        ``returned`` is the day on which a workbook of theirs last came back, if one did.
        """
        days = [last for owner, last in self.latest.items() if owners is None or owner in owners]
        last = date.fromisoformat(max(days)) if any(days) else None
        return figure_age(last, returned, self.day)

    @cached_property
    def latest(self) -> dict[int | None, str]:
        """By owner the last day on which something of a deal became known."""
        made: dict[int | None, str] = {}
        for one in self.deals.values():
            day = self.told.get(one.id, "")
            if day > made.get(one.owner, ""):
                made[one.owner] = day
        return made

    @property
    def reconstructed(self) -> int:
        """How many are known by their dated facts only."""
        return sum(one.reconstructed for one in self.deals.values())

    @property
    def base(self) -> int | None:
        """The share won of the deals closed by then, in millionths; None if they are too few."""
        return _base(self.closed, self.won)


class _Stage(NamedTuple):
    kind: str
    probability: int | None


class _Step(NamedTuple):
    """The latest row of a deal's stage history by the day."""

    at: str
    stage: int | None
    amount: int | None
    expected_close: str | None
    probability: int | None


class _Read(NamedTuple):
    """A row of today's table, as it stood."""

    owner: int | None
    stage: int | None
    status: str | None
    amount: int | None
    probability: int | None
    opened_on: str | None
    expected_close: str | None
    closed_on: str | None
    category: str | None


def states_on(book: Book, day: date) -> States:
    """Every opportunity as it stood at the end of a day; see the rule above."""
    change = book.last_change_on(day)
    with book.reading() as db:
        entity = book.schema.entity("opportunity")
        columns = tuple(one for one in _COLUMNS if entity.has(one))
        rows = list(rows_after(db, entity, columns, change))
        stages = {
            row.id: _Stage(row.values[0] or "open", row.values[1])
            for row in rows_after(db, book.schema.entity("stage"), ("kind", "probability"), change)
        }
        later = any(row.entered for row in rows)
        steps, begun = _history(db, day) if later else ({}, {})
        told = _touched(db, entity, change)
    made = _Making(day.isoformat(), stages, steps, begun, told)
    deals = [one for row in rows if (one := made.deal(row)) is not None]
    closed = [one for one in deals if one.status != "open"]
    won = sum(one.status == "won" for one in closed)
    return States(
        day,
        {one.id: one for one in _with_odds(deals, _base(len(closed), won))},
        frozenset(row.id for row in rows if not row.entered and row.alive != 1),
        len(closed),
        won,
        told,
    )


def _base(closed: int, won: int) -> int | None:
    return (won + 1) * SCALE // (closed + 2) if closed >= ENOUGH else None


def _with_odds(deals: Iterable[Deal], base: int | None) -> Iterable[Deal]:
    return (one._replace(probability=base or 0) if one.assumed else one for one in deals)


def _history(db: Connection, day: date) -> tuple[dict[int, _Step], dict[int, str]]:
    """By deal: the latest row of its history by the day, and when its history begins."""
    steps: dict[int, _Step] = {}
    begun: dict[int, str] = {}
    until = day.isoformat()
    for deal, at, *held in db.run(
        "SELECT opportunity, at, stage, amount, expected_close, probability FROM stage_change "
        "WHERE alive = 1 AND at IS NOT NULL ORDER BY at, id"
    ):
        begun.setdefault(deal, at)
        if at <= until:
            steps[deal] = _Step(at, *held)
    return steps, begun


def _touched(db: Connection, entity: Entity, change: int) -> dict[int, str]:
    """By row: the local day of the last change by ``change`` that touched it."""
    made = db.run(
        "SELECT row, max(change) FROM edit WHERE entity = ? AND change <= ? GROUP BY row",
        (entity.no, change),
    )
    said = dict(db.run("SELECT id, at FROM change WHERE id <= ?", (change,)))
    days = {no: _local_day(said[no]) for no in {no for _, no in made} if no in said}
    return {row: days[no] for row, no in made if no in days}


def _local_day(moment: str) -> str:
    return datetime.fromisoformat(moment).astimezone().date().isoformat()


@dataclass(frozen=True)
class _Making:
    """Makes deals of rows."""

    day: str
    stages: dict[int, _Stage]
    steps: dict[int, _Step]
    begun: dict[int, str]
    told: dict[int, str]  # filled in for what is reconstructed

    def deal(self, row: PastRow) -> Deal | None:
        """A row as a deal; None if it wasn't there."""
        if row.alive != 1:
            return None
        read = _Read(*row.values, *(None,) * (len(_Read._fields) - len(row.values)))
        return self._reconstructed(row.id, read) if row.entered else self._told(row.id, read)

    def _told(self, id: int, read: _Read) -> Deal:
        probability = self._odds(read.probability, read.stage)
        return Deal(
            id,
            read.owner,
            read.status or "open",
            read.amount or 0,
            probability or 0,
            read.expected_close,
            read.closed_on,
            read.category,
            read.stage,
            probability is None,
        )

    def _odds(self, own: int | None, stage: int | None) -> int | None:
        """The probability that a deal states, else that of its stage."""
        if own is not None or stage is None or stage not in self.stages:
            return own
        return self.stages[stage].probability

    def _reconstructed(self, id: int, read: _Read) -> Deal | None:
        began = read.opened_on or self.begun.get(id) or read.closed_on
        if began is None or began > self.day:
            return None
        step = self.steps.get(id)
        facts = (began, read.closed_on, step.at if step else None)
        self.told[id] = max(one for one in facts if one is not None and one <= self.day)
        closed = read.status in ("won", "lost")
        if closed and (read.closed_on is None or read.closed_on <= self.day):
            return self._told(id, read)._replace(reconstructed=True)
        known = step is not None and self._is_open(step.stage)
        if step is None or not known:
            step = _Step(began, read.stage, read.amount, read.expected_close, read.probability)
            known = not closed  # of a deal that is closed by now its stage tells the outcome
        probability = self._odds(step.probability, step.stage) if known else None
        return Deal(
            id,
            read.owner,
            "open",
            step.amount if step.amount is not None else read.amount or 0,
            probability or 0,
            step.expected_close or read.expected_close,
            None,
            read.category,
            step.stage if known else None,
            probability is None,
            True,
        )

    def _is_open(self, stage: int | None) -> bool:
        return stage is not None and stage in self.stages and self.stages[stage].kind == "open"
