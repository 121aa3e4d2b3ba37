"""What follows for evaluations and cycles inside a change, on whatever path it comes.

When the self-review begins, an empty judgement waits for each item that people judge: so workbooks
have rows to fill in. A self-review that is handed in, on screen or in a workbook, makes it the manager's turn. A cycle is
where the last of its people is.
"""

from __future__ import annotations

from models import moments
from models.describe.kinds import KINDS
from models.dialects import Connection
from models.evaluations.evaluation import EVALUATION, EVALUATION_CYCLE, STATUS_SQL

BEGUN = {"evaluation": frozenset({"status", "scorecard"})}
HANDED_IN = {"evaluation": frozenset({"self_handed_in", "self_handed_in_at"})}
MOVED = {
    "evaluation": frozenset({"status", "alive", "cycle", "replaces"}),
    "evaluation_cycle": frozenset({"status"}),
}
_TOUCHED = "SELECT row FROM edit NOT INDEXED WHERE id >= ?1 AND entity = {no}"


def begun(db: Connection, first: int) -> None:
    """Who is to judge themselves finds a row for every judged item."""
    db.run(
        "INSERT INTO evaluation_rating (alive, evaluation, item, rated_by, rater) "
        "SELECT 1, v.id, i.id, 'self', v.person FROM evaluation v JOIN scorecard_item i "
        "ON i.scorecard = v.scorecard AND i.alive = 1 AND i.kind IN ('rating', 'behaviour') "
        f"WHERE v.alive = 1 AND v.status = 'self_review' AND v.id IN ({_TOUCHED.format(no=EVALUATION.no)}) "
        "AND NOT EXISTS (SELECT 1 FROM evaluation_rating r WHERE r.alive = 1 AND r.evaluation = v.id "
        "AND r.item = i.id AND r.rated_by = 'self') ORDER BY v.id, i.place, i.id",
        (first,),
    )


def handed_in(db: Connection, first: int) -> None:
    """Whose self-review came is judged by the manager next; a sheet may say it without its moment."""
    touched = _TOUCHED.format(no=EVALUATION.no)
    db.run(
        "UPDATE evaluation SET self_handed_in_at = ?2 WHERE alive = 1 AND self_handed_in = 1 "
        f"AND self_handed_in_at IS NULL AND id IN ({touched} AND field = 'self_handed_in')",
        (first, KINDS["instant"].store(moments.now())),
    )
    db.run(
        "UPDATE evaluation SET status = 'manager_review' WHERE alive = 1 AND status = 'self_review' "
        f"AND self_handed_in_at IS NOT NULL AND id IN ({touched} "
        "AND field = 'self_handed_in_at')",
        (first,),
    )


def moved(db: Connection, first: int) -> None:
    """Cycles whose people moved, came or went are where the last one is."""
    people = f"SELECT v.cycle FROM evaluation v WHERE v.id IN ({_TOUCHED.format(no=EVALUATION.no)})"
    left = f"{_TOUCHED.format(no=EVALUATION.no)} AND field = 'cycle' AND before IS NOT NULL"
    own = _TOUCHED.format(no=EVALUATION_CYCLE.no)
    stage = STATUS_SQL.format(t="evaluation_cycle")
    db.run(
        f"UPDATE evaluation_cycle SET status = {stage} WHERE alive = 1 AND status IS NOT {stage} "
        f"AND id IN ({people} UNION {left.replace('SELECT row', 'SELECT before')} UNION {own})",
        (first,),
    )
