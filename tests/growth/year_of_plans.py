"""A year of evaluations and plans of the sample team, quarter by quarter, and what must hold at its end.

What is asked at the end is read by SQL of its own, from the records and the journal.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from models.book import Book
from models.evaluations import cycle as cycles
from models.evaluations import scoring
from models.growth import evidence, evidence_words, plan_acts, plans
from models.growth.openings import openings
from models.refusals import Refused
from models.sample.dice import Dice
from models.sample.load import load

QUARTERS = ("2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1")
ENDS = date(2026, 6, 30)  # the last day of the year that is played
_CARD = (
    ("Win rate", "metric", "win_rate", "0.4", "fixed", "0.75"),
    ("Won", "metric", "won_amount", "0.2", "team_median", None),
    ("Asking", "rating", None, "0.4", None, None),
)
_BROUGHT = (
    "plan_action", "improvement_plan", "evaluation_rating", "evaluation", "evaluation_cycle",
)  # fmt: skip
VERDICTS = ("met", "partly", "not_met", "continued")


class Year:
    """Plays the year; ``made`` are the plans that it made, by row."""

    def __init__(self, book: Book, seed: int) -> None:
        self.book, self.dice = book, Dice(seed, "plans")
        self.made: set[int] = set()
        self.refused: Counter[str] = Counter()
        self.opened: dict[int, set[int]] = {}  # the plans with which each evaluation opened
        load(book, "en", ENDS)
        with book.change("An office without plans and evaluations") as change:  # it brings its own
            for entity in _BROUGHT:
                change.db.run(f"UPDATE {entity} SET alive = 0")
            card = change.add("scorecard_template", {"name": "Sales", "effective_from": "2025-01-01", "status": "active"})  # fmt: skip
            for name, kind, measure, weight, reference, value in _CARD:
                values = {"scorecard": card, "name": name, "kind": kind, "measure": measure, "weight": weight, "reference": reference, "reference_value": value}  # fmt: skip
                change.add("scorecard_item", {key: one for key, one in values.items() if one})

    def run(self, sql: str, *params: object) -> list[tuple[Any, ...]]:
        """Rows as they are stored."""
        return self.book.connection().run(sql, params)

    def play(self) -> None:
        """Four cycles, each with what comes of it until the next."""
        for quarter in QUARTERS:
            period = self.book.calendar.try_parse(quarter)
            assert period is not None
            self.check(period.end)
            evaluations = self.evaluate(quarter, period.start, period.end)
            self.live(evaluations, period.end)
        self.check(ENDS)
        self.misuse()

    def evaluate(self, quarter: str, first: date, after: date) -> dict[int, int]:
        """A cycle: levels with what they rest on, talks, plans; gives the evaluations by person."""
        book = self.book
        with book.change("Cycle") as change:
            cycle = change.add("evaluation_cycle", {"name": quarter, "period": quarter})
        cycles.open_cycle(book, cycle, on=first)
        rows = {who: row for row, who in self.run("SELECT id, person FROM evaluation WHERE cycle = ? AND alive = 1", cycle)}  # fmt: skip
        [(item,)] = self.run("SELECT id FROM scorecard_item WHERE name = 'Asking' AND alive = 1")
        with book.change("Levels") as change:
            for person, row in rows.items():
                deals = self.run("SELECT id FROM opportunity WHERE owner = ? AND closed_on >= ? AND closed_on < ? LIMIT 2", person, first.isoformat(), after.isoformat())  # fmt: skip
                cites = " ".join(book.public_id("opportunity", one) for (one,) in deals)
                change.add("evaluation_rating", {"evaluation": row, "item": item, "rated_by": "manager", "level": self.dice.choice((2, 2, 3, 3, 4, 5)), "cites": cites})  # fmt: skip
                change.set("evaluation", row, {"manager_done_at": f"{after} 10:00"})
        for row in rows.values():
            self.opened[row] = {one.plan for one in openings(book, row)}
        scored = scoring.scored(book, cycle, on=after)
        for one in scored:
            found = plans.propose(book, one, scored, after).proposals
            if found:
                self.made.update(plan_acts.accept(book, found))
        return rows

    def live(self, evaluations: dict[int, int], day: date) -> None:
        """Plans begin, some of their steps are done, somebody says something, something is taken back."""
        book, dice = self.book, self.dice
        agreed = [row for (row,) in self.run("SELECT id FROM improvement_plan WHERE alive = 1 AND status = 'agreed'")]  # fmt: skip
        if agreed:
            plan_acts.start(book, agreed)
            if dice.happens(0.5):
                book.undo()
                book.redo()
        for (task,) in self.run("SELECT a.task FROM plan_action a JOIN task t ON t.id = a.task WHERE t.status <> 'done'"):  # fmt: skip
            if dice.happens(0.6):
                done = day + timedelta(days=dice.randint(3, 60))
                book.set("task", task, {"status": "done", "done_at": done})

    def check(self, day: date) -> None:
        """On the day of their checks plans get the verdict that the evidence speaks for."""
        while due := evidence.due(self.book, day):
            for row in due:
                self.try_to_lose(row)
                stand = evidence.progress(self.book, [row], day).get(row)
                if stand is None:
                    continue  # it vanished; that is told at the end
                words = evidence_words.verdict_words(stand, self.book)
                made = plan_acts.decide(self.book, row, stand.verdict, words, stand.value, stand.plan.check_on)  # fmt: skip
                if made is not None:
                    self.made.add(made)
                if self.dice.happens(0.2):
                    self.book.undo()
                    self.book.redo()

    def try_to_lose(self, row: int) -> None:
        """What somebody may do by a slip: remove a plan, or end it without saying how or why."""
        for name, values in (("removed", None), ("closed", {"status": "closed"}), ("met", {"verdict": "met"})):  # fmt: skip
            try:
                with self.book.change("Slip") as change:
                    if values is None:
                        change.remove("improvement_plan", [row])
                    else:
                        change.set("improvement_plan", row, values)
            except Refused:
                self.refused[name] += 1

    def misuse(self) -> None:
        """At the end of the year somebody clears up."""
        for row in sorted(self.made):
            self.try_to_lose(row)


def faults(year: Year) -> list[str]:
    """What of the year doesn't hold, in words; [] if every plan ended as it should."""
    found = []
    there = {
        row: told
        for row, *told in year.run(
            "SELECT id, alive, person, measure, starts_on, check_on, status, verdict, "
            "coalesce(verdict_words, ''), result FROM improvement_plan"
        )
    }
    for row in year.made:
        alive, person, measure, first, last, status, verdict, words, result = there[row]
        if alive != 1:
            found.append(f"plan {row} vanished")
        if last > ENDS.isoformat():
            continue
        if verdict not in VERDICTS or status in ("proposed", "agreed", "running"):
            found.append(f"plan {row} did not end: {status} {verdict}")
        if not any(one.isdigit() for one in words):
            found.append(f"plan {row} ended without evidence: {words!r}")
        heirs = year.run("SELECT id FROM improvement_plan WHERE continues = ? AND alive = 1", row)
        if len(heirs) != (verdict == "continued"):
            found.append(f"plan {row} with the verdict {verdict} has {len(heirs)} that go on")
        if measure == "win_rate":
            found += _recounted(year, row, person, first, last, result, words)
    return found + _unopened(year)


def _recounted(
    year: Year, row: int, person: int, first: str, last: str, result: int | None, words: str
) -> list[str]:
    """The rate by counting, and whether what is named is among what counts."""
    deals = year.run("SELECT id, status FROM opportunity WHERE alive = 1 AND owner = ? AND closed_on BETWEEN ? AND ? AND status IN ('won', 'lost')", person, first, last)  # fmt: skip
    won = sum(status == "won" for _, status in deals)
    expected = round(Decimal(won) / len(deals) * 1_000_000) if deals else None
    found = []
    if result is not None and abs(result - (expected or 0)) > 1:
        found.append(f"plan {row} says {result}, counted are {expected}")
    known = {year.book.public_id("opportunity", one) for one, _ in deals}
    named = {one for one in words.split() if one.startswith("OP-")}
    if not named <= known or (deals and not named):
        found.append(f"plan {row} names {named - known or 'nothing'}")
    return found


def _unopened(year: Year) -> list[str]:
    """Plans that ended between two evaluations of their person and with which the second didn't open."""
    found = []
    spans = [year.book.calendar.try_parse(one) for one in QUARTERS]
    for before, now in pairwise(spans):
        assert before is not None
        assert now is not None
        for plan, evaluation in year.run(
            "SELECT p.id, e.id FROM improvement_plan p JOIN evaluation e ON e.person = p.person "
            "JOIN evaluation_cycle c ON c.id = e.cycle AND c.period = ? WHERE p.alive = 1 "
            "AND p.check_on >= ? AND p.check_on < ? AND p.starts_on < ?",
            now.label, before.end.isoformat(), now.end.isoformat(), now.end.isoformat(),
        ):  # fmt: skip
            if plan not in year.opened[evaluation]:
                found.append(f"evaluation {evaluation} did not open with plan {plan}")
    return found
