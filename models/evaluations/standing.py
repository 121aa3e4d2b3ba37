"""What is sealed stands: the evaluation, what was judged in it, its signatures, and the change that sealed it.

Only its notes are free, and whether it is archived. Single writes are refused at once, so that of a
pasted block the rest is written; whatever else touches it (a sheet, an undo, a jump back) is seen
in the edits of the whole change and refused with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from models.dialects import Connection, quoted
from models.evaluations.evaluation import EVALUATION, EVALUATION_RATING, SIGNATURE
from models.refusals import Refused
from models.texts import N_

SIGNED, ARCHIVED = "signed", "archived"
SEALED = "sealed"  # the code of every refusal here
PARTS = (EVALUATION_RATING, SIGNATURE)
WATCHES = frozenset({EVALUATION.id, *(one.id for one in PARTS)})
_OVER = (SIGNED, ARCHIVED)
_NAMED = (
    "SELECT s.number, s.sealed_at, p.name, c.name, v.version FROM sealed_copy s "
    "JOIN evaluation v ON v.id = s.evaluation LEFT JOIN salesperson p ON p.id = v.person "
    "LEFT JOIN evaluation_cycle c ON c.id = v.cycle WHERE s.evaluation = ?"
)


def is_sealed(db: Connection, evaluation: int) -> bool:
    """Whether an evaluation is sealed."""
    return bool(db.one("SELECT 1 FROM sealed_copy WHERE evaluation = ?", (evaluation,)))


def assert_open(db: Connection, evaluation: int) -> None:
    """Refuse to go on with an evaluation that is sealed.

    Raises:
        Refused: ``sealed``.
    """
    if is_sealed(db, evaluation):
        raise refusal(db, evaluation)


def refusal(db: Connection, evaluation: int) -> Refused:
    """Why nothing of an evaluation changes any more, and what can be done instead."""
    found = db.run(_NAMED, (evaluation,))
    number, at, person, cycle, version = found[0] if found else (0, "", "", "", 1)
    return Refused(
        SEALED,
        N_(
            "The evaluation of {person} for {cycle}, version {version}, is signed and was sealed on {day} (seal {number}): nothing of it changes any more. To correct it, file an appeal or make a new version."
        ),
        person=person or "",
        cycle=cycle or "",
        version=version or 1,
        day=_day(at),
        number=number,
    )


def _day(at: str) -> str:
    """The day of a moment, in the zone of who reads it."""
    return datetime.fromisoformat(at).astimezone().date().isoformat() if at else ""


# -- single writes -------------------------------------------------------------------------------


def assert_may_set(db: Connection, entity_id: str, row: int, stored: Mapping[str, object]) -> None:
    """Refuse to set fields, by column as they are stored, of a record that is sealed.

    Raises:
        Refused: ``sealed``.
    """
    own = entity_id == EVALUATION.id
    of = [row] if own else [stored.get("evaluation"), _evaluation(db, entity_id, row)]
    sealed = [one for one in of if isinstance(one, int) and is_sealed(db, one)]
    if not sealed:
        return
    if any(
        not (own and is_free(one, stored[one])) for one in _differing(db, entity_id, row, stored)
    ):
        raise refusal(db, sealed[0])


def assert_may_add(db: Connection, entity_id: str, stored: Mapping[str, object]) -> None:
    """Refuse to add to what is sealed.

    Raises:
        Refused: ``sealed``.
    """
    of = stored.get("evaluation")
    if entity_id in WATCHES and entity_id != EVALUATION.id and isinstance(of, int):
        assert_open(db, of)


def assert_may_move(db: Connection, entity_id: str, rows: Iterable[int]) -> None:
    """Refuse to remove, or to bring back, what is sealed.

    Raises:
        Refused: ``sealed``.
    """
    if entity_id in WATCHES:
        for row in rows:
            of = row if entity_id == EVALUATION.id else _evaluation(db, entity_id, row)
            if of is not None:
                assert_open(db, of)


def is_free(column: str, value: object) -> bool:
    """Whether a column of a sealed evaluation may come to hold this all the same."""
    return column == "notes" or (column == "status" and value in _OVER)


def _differing(db: Connection, entity_id: str, row: int, stored: Mapping[str, object]) -> list[str]:
    columns = ", ".join(map(quoted, stored))
    found = db.run(f"SELECT {columns} FROM {quoted(entity_id)} WHERE id = ?", (row,)) if stored else []  # fmt: skip
    return [
        one
        for now in found
        for one, before in zip(stored, now, strict=True)
        if stored[one] != before
    ]


def _evaluation(db: Connection, entity_id: str, row: int) -> int | None:
    found = db.one(f"SELECT evaluation FROM {quoted(entity_id)} WHERE id = ?", (row,))
    return None if found is None else int(found)


# -- whole changes -------------------------------------------------------------------------------

# Sealed before the change under way: what seals sets the status itself.
_BEFORE = "SELECT s.evaluation FROM sealed_copy s WHERE s.change IS NOT (SELECT change FROM door)"


def assert_standing(db: Connection, first: int) -> None:
    """Refuse a change, or an undo, whose edits from ``first`` on alter what was sealed before it.

    Raises:
        Refused: ``sealed``.
    """
    if not db.one("SELECT 1 FROM sealed_copy LIMIT 1"):
        return
    for row, field, before, after in _net(db, first, EVALUATION.no, f"row IN ({_BEFORE})"):
        if before != after and not is_free(field, after):
            raise refusal(db, row)
    for part in PARTS:
        rows = (
            f"(row IN (SELECT p.id FROM {quoted(part.id)} p WHERE p.evaluation IN ({_BEFORE})) "
            "OR row IN (SELECT x.row FROM edit x NOT INDEXED WHERE x.id >= ?1 AND x.entity = ?2 "
            f"AND x.field = 'evaluation' AND x.before IN ({_BEFORE})))"
        )
        for row, _, before, after in _net(db, first, part.no, rows):
            if before != after:
                raise refusal(db, _whose(db, first, part.no, part.id, row))


def _net(db: Connection, first: int, number: int, rows: str) -> list[tuple[int, str, Any, Any]]:
    """What each field was before the change and what it is after it."""
    made: dict[tuple[int, str], tuple[Any, Any]] = {}
    for row, field, before, after in db.run(
        "SELECT row, field, before, after FROM edit NOT INDEXED "
        f"WHERE id >= ?1 AND entity = ?2 AND {rows} ORDER BY id",
        (first, number),
    ):
        made[row, field] = (made.get((row, field), (before,))[0], after)
    return [(row, field, *values) for (row, field), values in made.items()]


def _whose(db: Connection, first: int, number: int, table: str, row: int) -> int:
    """The sealed evaluation that a judgement or a signature is, or was, part of."""
    found = db.run(
        f"SELECT evaluation FROM {quoted(table)} WHERE id = ?3 UNION ALL SELECT before FROM edit NOT INDEXED "
        "WHERE id >= ?1 AND entity = ?2 AND row = ?3 AND field = 'evaluation'",
        (first, number, row),
    )
    return next((int(one) for (one,) in found if one is not None and is_sealed(db, one)), 0)


def assert_may_undo(db: Connection, change: int) -> None:
    """Refuse to take back the change that sealed.

    Raises:
        Refused: ``sealed``.
    """
    evaluation = db.one("SELECT evaluation FROM sealed_copy WHERE change = ? LIMIT 1", (change,))
    if evaluation is not None:
        raise refusal(db, int(evaluation))
