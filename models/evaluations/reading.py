"""One cycle's evaluations as plain data: who, by what, how far, what was judged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from models.book import Book
from models.dialects import Connection
from models.goals.reading import day_of
from models.money import if_scaled
from models.refusals import Refused
from models.texts import N_

JUDGED_KINDS = ("rating", "behaviour")


@dataclass(frozen=True)
class Cycle:
    """A cycle; its days None where the period names none."""

    row: int
    name: str
    period: str
    first: date | None
    last: date | None
    team: int | None
    status: str
    self_due: date | None
    manager_due: date | None
    talk_due: date | None


@dataclass(frozen=True)
class Evaluation:
    """One person's evaluation in its latest version; ``handed_in`` and ``done`` are moments or ""."""

    row: int
    person: int
    name: str
    version: int
    scorecard: int | None
    manager: int | None
    status: str
    handed_in: str
    waived: str
    done: str
    cycle: int


@dataclass(frozen=True)
class Rating:
    """One judgement; a row that waits to be filled in has no level."""

    row: int
    evaluation: int
    item: int
    by: str  # self | manager | peer
    rater: int | None
    level: Decimal | None
    comment: str
    cites: str


def cycle(db: Connection, row: int) -> Cycle:
    """A cycle by its row.

    Raises:
        Refused: ``gone``.
    """
    from models.evaluations.evaluation import STATUS_SQL

    found = db.run(
        "SELECT t.id, t.name, t.period, t.starts_on, t.ends_on, t.team, "
        f"{STATUS_SQL.format(t='t')}, t.self_review_due, t.manager_review_due, t.talk_due "
        "FROM evaluation_cycle t WHERE t.id = ? AND t.alive = 1",
        (row,),
    )
    if not found:
        raise Refused("gone", N_("This record has been removed meanwhile."))
    no, name, period, first, last, team, status, *due = found[0]
    return Cycle(
        no, name or "", period or "", day_of(first), day_of(last), team, status or "planned",
        *map(day_of, due),
    )  # fmt: skip


_EVALUATIONS = (
    "SELECT v.id, v.person, coalesce(s.name, ''), coalesce(v.version, 1), v.scorecard, v.manager, "
    "coalesce(v.status, 'planned'), coalesce(v.self_handed_in_at, ''), coalesce(v.self_waived, ''), "
    "coalesce(v.manager_done_at, ''), v.cycle FROM evaluation v "
    "LEFT JOIN salesperson s ON s.id = v.person WHERE v.alive = 1 AND {where} "
    "ORDER BY s.team, s.name, v.id"
)
_LATEST = "NOT EXISTS (SELECT 1 FROM evaluation l WHERE l.alive = 1 AND l.replaces = v.id)"


def evaluations(db: Connection, cycle_row: int) -> tuple[Evaluation, ...]:
    """The evaluations of a cycle in their latest versions, by team and name."""
    sql = _EVALUATIONS.format(where=f"v.cycle = ? AND {_LATEST}")
    return tuple(Evaluation(*one) for one in db.run(sql, (cycle_row,)))


def evaluation(db: Connection, row: int) -> Evaluation:
    """One evaluation by its row.

    Raises:
        Refused: ``gone``.
    """
    found = db.run(_EVALUATIONS.format(where="v.id = ?"), (row,))
    if not found:
        raise Refused("gone", N_("This record has been removed meanwhile."))
    return Evaluation(*found[0])


def ratings(db: Connection, evaluation_row: int) -> tuple[Rating, ...]:
    """All judgements of an evaluation, those too that wait to be filled in."""
    return tuple(
        Rating(row, of, item, by or "manager", rater, if_scaled(level), comment or "", cites or "")
        for row, of, item, by, rater, level, comment, cites in db.run(
            "SELECT r.id, r.evaluation, r.item, r.rated_by, r.rater, r.level, r.comment, r.cites "
            "FROM evaluation_rating r WHERE r.alive = 1 AND r.evaluation = ? ORDER BY r.id",
            (evaluation_row,),
        )
    )


def name_of(book: Book, row: int | None) -> str:
    """A salesperson's name, "" for nobody."""
    return book.label("salesperson", row) if row else ""
