"""Measures evaluations on a large team against the least SQL that their numbers need.

    python tests/benchmarks/evaluations.py [--people 300] [--rounds 7]

A team is made in which everybody closed deals all year; everybody is scored by three measures against the
team's medians. The limit is what the driver alone takes to fetch, for each measure, every record that counts
with its owner and its value, as tuples: a score names its records. Medians of interleaved rounds.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from models import dialects  # noqa: E402
from models.book import Book  # noqa: E402
from models.evaluations import backtest, bands, later, scoring, sealing, signing  # noqa: E402
from models.evaluations.verifying import verify  # noqa: E402
from tests.benchmarks.measure import compared, seconds, write  # noqa: E402

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
WEIGHTS = {"won_amount": "50%", "win_rate": "30%", "sales_cycle_days": "20%"}
COUNTED = "alive = 1 AND closed_on BETWEEN '2026-01-01' AND '2026-12-31' AND owner IS NOT NULL"
NEEDED = (
    f"SELECT id, owner, amount FROM opportunity WHERE status = 'won' AND {COUNTED}",
    f"SELECT id, owner, status = 'won' FROM opportunity WHERE status IN ('won', 'lost') AND {COUNTED}",
    "SELECT id, owner, julianday(closed_on) - julianday(opened_on) FROM opportunity "
    f"WHERE status = 'won' AND opened_on IS NOT NULL AND {COUNTED}",
)
SEALED = 40  # evaluations that are signed and sealed


class Team:
    """A book with a team, its deals of a year, and a cycle in which everybody is evaluated."""

    def __init__(self, place: Path, people: int) -> None:
        self.book = Book.create(place, "CNY")
        dice = random.Random(7)
        with self.book.change("team") as change:
            self.boss = change.add("salesperson", {"name": "王主管"})
            names = [[f"业务员{at}", self.boss] for at in range(people)]
            change.add_many("salesperson", ["name", "manager"], names)
        self.people = [one for one in self.book.ids("salesperson") if one != self.boss]
        fields = ["name", "owner", "status", "opened_on", "closed_on", "amount"]
        deals = []
        for at in range(people * 72):
            closed = FIRST + timedelta(days=dice.randrange(365))
            status = "won" if dice.random() < 0.6 else "lost"
            amount = Decimal(round(dice.lognormvariate(9, 1.2)))
            opened = closed - timedelta(days=dice.randrange(10, 90))
            deals.append([f"单{at}", self.people[at % people], status, opened, closed, amount])
        with self.book.change("deals") as change:
            change.add_many("opportunity", fields, deals)
        with self.book.change("rules") as change:
            self.card = change.add("scorecard_template", {"name": "销售岗", "status": "active"})
            for place_, (measure, weight) in enumerate(WEIGHTS.items(), 1):
                item = {
                    "scorecard": self.card,
                    "name": measure,
                    "measure": measure,
                    "weight": weight,
                }
                change.add("scorecard_item", {**item, "place": place_, "reference": "team_median"})
            self.cycle = change.add("evaluation_cycle", {"name": "2026", "period": "2026"})
            self.evaluations = [
                change.add(
                    "evaluation",
                    {
                        "cycle": self.cycle,
                        "person": one,
                        "scorecard": self.card,
                        "manager": self.boss,
                    },
                )
                for one in self.people
            ]
            change.db.run("UPDATE evaluation SET status = 'talk'")


def report(team: Team, rounds: int) -> None:
    """Everything that is measured."""
    book = team.book
    deals = book.count("opportunity")
    write(f"{len(team.people)} people, {deals:,} deals, {len(WEIGHTS)} measures")
    driver = dialects.connect(book.path, journal=book.journal).driver

    def raw() -> None:
        for sql in NEEDED:
            driver.execute(sql).fetchall()

    def scored() -> object:
        return scoring.scored(book, team.cycle, None, LAST)

    raw()
    ours, limit, ratio = compared(scored, raw, rounds)
    write(
        f"everybody scored, with every record: {ours * 1000:.0f} ms / {limit * 1000:.0f} ms = {ratio:.2f}×"
    )
    write(
        f"who can't be told apart: {seconds(lambda: bands.bands(scoring.scored(book, team.cycle, None, LAST))):.1f} s"
    )
    taken = []
    for evaluation, person in list(zip(team.evaluations, team.people, strict=True))[:SEALED]:
        taken.append(seconds(lambda e=evaluation, p=person: _seal(book, e, p, team.boss)))
    write(f"presented, signed by two and sealed: {sum(taken) / len(taken) * 1000:.0f} ms a person")
    write(f"{SEALED} seals verified: {seconds(lambda: verify(book)) * 1000:.0f} ms")
    first = team.evaluations[0]
    with book.change("later") as change:
        for row in book.ids("opportunity")[:500]:
            change.set("opportunity", row, {"amount": 1})
    write(
        f"what changed since one was signed (500 edits): {seconds(lambda: later.changes(book, first)) * 1000:.0f} ms"
    )
    write(
        f"a rule tested on the cycle: {seconds(lambda: backtest.backtest(book, team.card, ())):.2f} s"
    )
    driver.close()


def _seal(book: Book, evaluation: int, person: int, boss: int) -> None:
    signing.sign(book, evaluation, person)
    signing.sign(book, evaluation, boss)
    sealing.seal(book, evaluation)


def main() -> None:
    """Make the team and measure."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--people", type=int, default=300)
    asked.add_argument("--rounds", type=int, default=7)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        team = Team(Path(folder) / "team.daybook", given.people)
        report(team, given.rounds)
        team.book.close()


if __name__ == "__main__":
    main()
