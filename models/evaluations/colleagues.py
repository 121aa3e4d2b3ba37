"""Whom one could ask about somebody: active colleagues, those first who worked with the person.

What they did together in the days of the cycle stands beside each as a reason: tasks that they share,
customers both dealt with, help that one asked of the other.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from models import names
from models.book import Book
from models.dialects import Connection
from models.evaluations import reading
from models.evaluations.asking import asked
from models.evaluations.reading import Cycle, Evaluation
from models.texts import N_, ntr, tr

_IN_DAYS = "coalesce({day}, ?2) >= ?2 AND coalesce({day}, ?3) < ?3"
_TASKS = (
    "WITH own(task) AS (SELECT t.id FROM task t WHERE t.alive = 1 AND (t.owner = ?1 OR t.id IN "
    "(SELECT task FROM collaborator WHERE alive = 1 AND person = ?1)) "
    f"AND {_IN_DAYS.format(day='coalesce(t.done_at, t.due)')}) "
    "SELECT person, count(DISTINCT task) FROM (SELECT owner AS person, id AS task FROM task "
    "WHERE id IN (SELECT task FROM own) UNION SELECT person, task FROM collaborator WHERE alive = 1 "
    "AND task IN (SELECT task FROM own)) WHERE person != ?1 GROUP BY person"
)
# Whose customer it is, who was in touch with it in these days, and who had a deal with it then.
_TOUCHED = (
    "SELECT owner AS person, id AS customer FROM customer WHERE alive = 1 AND {customer} "
    "UNION SELECT person, customer FROM activity WHERE alive = 1 AND at >= ?2 AND at < ?3 AND {activity} "
    "UNION SELECT owner, customer FROM opportunity WHERE alive = 1 AND {deal} "
    "AND coalesce(closed_on, ?2) >= ?2 AND coalesce(opened_on, ?2) < ?3"
)
_CUSTOMERS = (
    "WITH own(person, customer) AS ("
    + _TOUCHED.format(customer="owner = ?1", activity="person = ?1", deal="owner = ?1")
    + ") SELECT o.person, count(DISTINCT o.customer) FROM ("
    + _TOUCHED.format(
        customer="id IN (SELECT customer FROM own)",
        activity="customer IN (SELECT customer FROM own)",
        deal="customer IN (SELECT customer FROM own)",
    )
    + ") o WHERE o.person != ?1 GROUP BY o.person"
)
_HELP = (
    "SELECT CASE person WHEN ?1 THEN resolver ELSE person END, count(*) FROM help_request "
    "WHERE alive = 1 AND (person = ?1 OR resolver = ?1) AND person != resolver "
    f"AND {_IN_DAYS.format(day='raised_at')} GROUP BY 1"
)


@dataclass(frozen=True)
class Colleague:
    """Somebody who could be asked, or was: ``reasons`` say what they did together, in words."""

    person: int
    name: str
    team: str
    reasons: tuple[str, ...]
    worked: int  # how often they met: the order of suggestion
    asked: bool
    answered: bool

    @property
    def suggested(self) -> bool:
        """Whether they worked with the person."""
        return self.worked > 0


def colleagues(book: Book, evaluation: int) -> tuple[Colleague, ...]:
    """All who could be asked about somebody: who was asked, then who worked most with them, then by name."""
    with book.reading() as db:
        one = reading.evaluation(db, evaluation)
        of = reading.cycle(db, one.cycle)
        known = {each.person: each for each in asked(db, evaluation) if each.answered or each.able}
        met = _met(db, one, of)
        people = _people(db, one, tuple(known))
    own_team = next((team for row, _, team, _ in people if row == one.person), None)
    made = [
        Colleague(
            row, name, team_name, _reasons(met.get(row, {}), team is not None and team == own_team),
            sum(met.get(row, {}).values()), row in known, row in known and known[row].answered,
        )
        for row, name, team, team_name in people
        if row != one.person
    ]  # fmt: skip
    made.sort(key=lambda each: (not each.asked, -each.worked, not each.reasons, names.sort_key(each.name)))  # fmt: skip
    return tuple(made)


def _people(
    db: Connection, one: Evaluation, known: tuple[int, ...]
) -> list[tuple[int, str, int | None, str]]:
    """Who works here, with the team; the person too, for the team. Who evaluates only if they were asked."""
    return [
        (row, name or "", team, team_name or "")
        for row, name, status, team, team_name in db.run(
            "SELECT s.id, s.name, s.status, s.team, t.name FROM salesperson s "
            "LEFT JOIN team t ON t.id = s.team AND t.alive = 1 WHERE s.alive = 1 ORDER BY s.id"
        )
        if row in known or row == one.person or (status != "left" and row != one.manager)
    ]


def _met(db: Connection, one: Evaluation, of: Cycle) -> dict[int, Counter[str]]:
    """How often each colleague met the person in the days of the cycle, by what it was."""
    made: dict[int, Counter[str]] = {}
    days = (
        of.first.isoformat() if of.first else "0000",
        of.last.isoformat() + "~" if of.last else "~",  # after every moment of the last day
    )
    for what, sql in (("task", _TASKS), ("customer", _CUSTOMERS), ("help", _HELP)):
        for person, n in db.run(sql, (one.person, *days)):
            if person is not None:
                made.setdefault(person, Counter())[what] += n
    return made


def _reasons(met: dict[str, int], same_team: bool) -> tuple[str, ...]:
    said = []
    if n := met.get("task"):
        said.append(ntr("{n} task together", "{n} tasks together", n))
    if n := met.get("customer"):
        said.append(ntr("{n} customer in common", "{n} customers in common", n))
    if n := met.get("help"):
        said.append(ntr("helped each other once", "helped each other {n} times", n))
    if same_team:
        said.append(tr(N_("same team")))
    return tuple(said)
