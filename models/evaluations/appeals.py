"""Objections to what was sealed: filed, answered by a day, closed; a correction is a new version.

The sealed version stands whatever comes of it. Its correction starts at the talk with the judgements of
the version before, and is presented, signed and sealed by itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from models.book import Book
from models.change import Change
from models.dialects import Connection, quoted
from models.evaluations import reasons, standing
from models.evaluations.appeal_rules import ANSWERED, CLOSED, DAYS, FILED
from models.evaluations.evaluation import EVALUATION, EVALUATION_RATING
from models.refusals import Refused
from models.texts import N_

UPHELD, CORRECTED = "upheld", "corrected"
# What the new version takes over; how far it is, and what is worked out or presented, is its own.
_ANEW = frozenset(
    {"version", "replaces", "status", "presented", "total", "grade", "band", "data_score", "notes"}
)


@dataclass(frozen=True)
class Overdue:
    """An appeal that nobody has answered; ``days`` since it was due, ``by`` who is to answer."""

    row: int
    evaluation: int
    person: int
    by: int | None
    cycle: str
    due: date
    days: int


def file(
    book: Book,
    evaluation: int,
    person: int,
    reason: str,
    item: int | None = None,
    on: date | None = None,
    origin: str = "ui",
) -> int:
    """Object to a sealed evaluation, or to one item of it; gives the appeal's row.

    Raises:
        Refused: ``not_sealed``, ``not_yours``, ``newer``, or ``required`` without a reason.
    """
    said = reasons.of(book, N_("Appeal filed: {person}, {cycle}"), evaluation)
    with book.change(said, origin) as change:
        db = change.db
        if not standing.is_sealed(db, evaluation):
            raise Refused(
                "not_sealed",
                N_("Only a sealed evaluation is appealed against; before that it is talked over."),
            )
        _assert_latest(book, db, evaluation)
        if db.one("SELECT person FROM evaluation WHERE id = ?", (evaluation,)) != person:
            raise Refused("not_yours", N_("Only who is evaluated can appeal."))
        return change.add(
            "appeal",
            {
                "evaluation": evaluation,
                "person": person,
                "item": item,
                "filed_on": on or date.today(),
                "reason": reason,
            },
        )


def answer_due(db: Connection, evaluation: int, filed_on: date) -> date:
    """By when an appeal is to be answered."""
    days = db.one(
        "SELECT c.appeal_days FROM evaluation v JOIN evaluation_cycle c ON c.id = v.cycle WHERE v.id = ?",
        (evaluation,),
    )
    return filed_on + timedelta(days=int(days or DAYS))


def answer(
    book: Book,
    appeal: int,
    said: str,
    outcome: str,
    on: date | None = None,
    origin: str = "ui",
) -> None:
    """Answer an appeal: the result stands, or is corrected; the correction itself is ``correct``.

    Raises:
        Refused: ``closed``, or ``required`` without an answer.
    """
    text = reasons.of_appeal(book, N_("Appeal answered: {person}"), appeal)
    with book.change(text, origin) as change:
        _answer(change, book, appeal, said, outcome, on or date.today())


def _answer(change: Change, book: Book, appeal: int, said: str, outcome: str, on: date) -> None:
    status = _status(change.db, appeal)
    if status == CLOSED:
        raise Refused("closed", N_("This appeal is closed."))
    if not said.strip():
        raise Refused(
            "required",
            N_("{field} must be filled in."),
            field=book.schema.entity("appeal").field("answer").text(),
        )
    change.set(
        "appeal",
        appeal,
        {"answer": said, "outcome": outcome, "answered_on": on, "status": ANSWERED},
    )


def close(book: Book, appeal: int, origin: str = "ui") -> None:
    """Close an appeal that is answered.

    Raises:
        Refused: ``not_answered``; ``not_corrected``, it is to be corrected and isn't.
    """
    text = reasons.of_appeal(book, N_("Appeal closed: {person}"), appeal)
    with book.change(text, origin) as change:
        if _status(change.db, appeal) != ANSWERED:
            raise Refused("not_answered", N_("Only an appeal that is answered can be closed."))
        lacking = change.db.one(
            "SELECT 1 FROM appeal WHERE id = ? AND outcome = ? AND correction IS NULL",
            (appeal, CORRECTED),
        )
        if lacking:
            raise Refused(
                "not_corrected",
                N_("The answer is that the result is corrected; make the corrected version first."),
            )
        change.set("appeal", appeal, {"status": CLOSED})


def _status(db: Connection, appeal: int) -> str:
    found = db.run("SELECT status FROM appeal WHERE id = ? AND alive = 1", (appeal,))
    if not found:
        raise Refused("gone", N_("This record has been removed meanwhile."))
    return str(found[0][0] or FILED)


def correct(
    book: Book,
    evaluation: int,
    reason: str,
    appeal: int | None = None,
    on: date | None = None,
    origin: str = "ui",
) -> int:
    """Make a new version of a sealed evaluation, to be put right, presented, signed and sealed; gives its row.

    Args:
        reason: why; the answer to the ``appeal`` if that has none yet.

    Raises:
        Refused: ``not_sealed``; ``newer``, there is a later version; ``closed``.
    """
    said = reasons.of(book, N_("Evaluation corrected: {person}, {cycle}"), evaluation)
    with book.change(said, origin) as change:
        db = change.db
        if not standing.is_sealed(db, evaluation):
            raise Refused(
                "not_sealed",
                N_("It isn't sealed: it can be changed itself, without a new version."),
            )
        _assert_latest(book, db, evaluation)
        made = _copied(change, evaluation, reason)
        if appeal is not None:
            if _status(db, appeal) == FILED:
                _answer(change, book, appeal, reason, CORRECTED, on or date.today())
            elif _status(db, appeal) == CLOSED:
                raise Refused("closed", N_("This appeal is closed."))
            change.set("appeal", appeal, {"outcome": CORRECTED, "correction": made})
        return made


def _copied(change: Change, evaluation: int, reason: str) -> int:
    """The next version with the judgements of the one before."""
    db = change.db
    names = [one.id for one in EVALUATION.fields if one.id not in _ANEW]
    columns = [EVALUATION.field(one).column for one in names]
    values = _row(db, "evaluation", columns, evaluation)
    version = int(db.one("SELECT version FROM evaluation WHERE id = ?", (evaluation,)) or 1)
    fresh = {
        **dict(zip(columns, values, strict=True)),
        "version": version + 1,
        "replaces": evaluation,
        "status": "talk",
        "notes": reason,
    }
    made = _insert(db, "evaluation", fresh)
    parts = [one.column for one in EVALUATION_RATING.fields]
    for (row,) in db.run(
        "SELECT id FROM evaluation_rating WHERE evaluation = ? AND alive = 1 ORDER BY id",
        (evaluation,),
    ):
        own = dict(zip(parts, _row(db, "evaluation_rating", parts, row), strict=True))
        _insert(db, "evaluation_rating", {**own, "evaluation": made})
    return made


def _row(db: Connection, table: str, columns: list[str], row: int) -> tuple[Any, ...]:
    listed = ", ".join(map(quoted, columns))
    return db.run(f"SELECT {listed} FROM {quoted(table)} WHERE id = ?", (row,))[0]


def _insert(db: Connection, table: str, values: dict[str, Any]) -> int:
    """Add a row as it is stored: a copy of what once passed the rules needs not pass them again."""
    names = ", ".join(map(quoted, values))
    return db.insert(
        f"INSERT INTO {quoted(table)} (alive, {names}) VALUES (1{', ?' * len(values)})",
        tuple(values.values()),
    )


def newest(book: Book, evaluation: int) -> int:
    """The latest version of an evaluation."""
    return _newest(book.connection(), evaluation)


def _newest(db: Connection, evaluation: int) -> int:
    found = db.one(
        "SELECT n.id FROM evaluation v JOIN evaluation n ON n.person = v.person AND n.cycle = v.cycle "
        "AND n.alive = 1 WHERE v.id = ? ORDER BY n.version DESC, n.id DESC LIMIT 1",
        (evaluation,),
    )
    return evaluation if found is None else int(found)


def _assert_latest(book: Book, db: Connection, evaluation: int) -> None:
    latest = _newest(db, evaluation)
    if latest != evaluation:
        raise Refused(
            "newer",
            N_("There is a later version of this evaluation already: {id}."),
            id=book.public_id("evaluation", latest),
        )


def overdue(book: Book, on: date) -> tuple[Overdue, ...]:
    """Appeals that nobody has answered by their day, the oldest first."""
    late = [replace(one, days=(on - one.due).days) for one in waiting(book.connection())]
    return tuple(one for one in late if one.days > 0)


def waiting(db: Connection) -> list[Overdue]:
    """All appeals without an answer."""
    made = []
    for row, evaluation, person, manager, cycle, due, filed in db.run(
        "SELECT a.id, a.evaluation, a.person, v.manager, c.name, a.answer_due, a.filed_on FROM appeal a "
        "JOIN evaluation v ON v.id = a.evaluation LEFT JOIN evaluation_cycle c ON c.id = v.cycle WHERE a.alive = 1 AND v.alive = 1 "
        "AND coalesce(a.status, 'filed') = 'filed' ORDER BY coalesce(a.answer_due, a.filed_on), a.id"
    ):
        day = (
            date.fromisoformat(due)
            if due
            else answer_due(db, evaluation, date.fromisoformat(filed))
        )
        made.append(Overdue(row, evaluation, person, manager, cycle or "", day, 0))
    return made
