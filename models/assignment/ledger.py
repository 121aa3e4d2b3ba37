"""How evenly good chances were given: what each person got over 90 days, and what an equal share is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from models.assignment.factors import SPAN
from models.assignment.inputs import LEDGER_DAYS, WORKING, chances_text
from models.book import Book
from models.money import SCALE
from models.texts import N_, tr

EVEN = 10  # per cent around the equal share that count as even


@dataclass(frozen=True)
class Balance:
    """One person's side of the ledger, in hundredths of an ordinary chance."""

    person: int
    name: str
    count: int  # chances
    got: int
    share: int  # what would be equal, by the days that they were here

    @property
    def difference(self) -> int:
        """More (or less) than an equal share."""
        return self.got - self.share

    @property
    def even(self) -> bool:
        """Whether it is as near to an equal share as it can be expected: a tenth, or one chance."""
        return abs(self.difference) <= max(self.share * EVEN // 100, SPAN)

    def text(self) -> str:
        """The same in words."""
        said = {
            "person": self.name,
            "got": chances_text(self.got),
            "share": chances_text(self.share),
        }
        if self.even:
            return tr(N_("{person} got {got}, about an equal share of {share}."), **said)
        more = chances_text(abs(self.difference))
        if self.difference > 0:
            return tr(
                N_("{person} got {got}, {more} more than an equal share of {share}."),
                more=more,
                **said,
            )
        return tr(
            N_("{person} got {got}, {more} less than an equal share of {share}."), more=more, **said
        )


def balances(book: Book, on: date | None = None) -> list[Balance]:
    """Everybody who may receive work, those furthest below an equal share first."""
    day = on or date.today()
    since = day - timedelta(LEDGER_DAYS)
    with book.reading() as db:
        got = {
            person: (count, worth * 100 // SCALE)
            for person, count, worth in db.run(
                "SELECT person, count(*), sum(coalesce(worth, ?)) FROM opportunity_ledger "
                "WHERE alive = 1 AND given_on > ? AND given_on <= ? AND person IS NOT NULL "
                "GROUP BY person",
                (SCALE, since.isoformat(), day.isoformat()),
            )
        }
        people = db.run(
            "SELECT id, name, employee_no, hire_date, coalesce(status, 'active') FROM salesperson "
            "WHERE alive = 1"
        )
    working = [one for one in people if one[4] in WORKING]
    here = {
        row: min(max((day - date.fromisoformat(hired)).days, 0), LEDGER_DAYS)
        if hired
        else LEDGER_DAYS
        for row, _, _, hired, _ in working
    }
    total, days = sum(got.get(row, (0, 0))[1] for row in here), sum(here.values())
    made = []
    for row, name, number, _, _ in working:
        count, worth = got.get(row, (0, 0))
        share = total * here[row] // days if days else 0
        made.append(
            (worth - share, number or "", row, Balance(row, name or "", count, worth, share))
        )
    return [one[3] for one in sorted(made, key=lambda one: one[:3])]


def chances(book: Book, person: int, on: date | None = None) -> list[int]:
    """The rows of the ledger behind a person's side, the latest first."""
    day = on or date.today()
    since = day - timedelta(LEDGER_DAYS)
    with book.reading() as db:
        rows = db.run(
            "SELECT id FROM opportunity_ledger WHERE alive = 1 AND person = ? "
            "AND given_on > ? AND given_on <= ? ORDER BY given_on DESC, id DESC",
            (person, since.isoformat(), day.isoformat()),
        )
    return [row for (row,) in rows]
