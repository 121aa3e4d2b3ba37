"""What people answer to their goals: the progress of key results, and a yes or a counter-proposal.

Both are ordinary records that come back cell by cell; this says which, and which cells are theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models.book import Book
from models.workbooks.goal_standings import Standings


@dataclass(frozen=True)
class AnswerRows:
    """Records of one entity for a sheet: its fields in order, and those that the person may change.

    ``offers`` are the codes that the drop-down of a choice is to offer, where not all of them.
    """

    entity: str
    fields: tuple[str, ...]
    editable: frozenset[str]
    rows: Sequence[int]
    offers: tuple[tuple[str, tuple[str, ...]], ...] = ()


def answers(
    book: Book, person: int, on: date, standings: Standings | None = None
) -> list[AnswerRows]:
    """The key results of a person's goals in force, and their agreements that are handed
    out and not signed; what has no record is left out."""
    known = standings or Standings(book, on)
    goals = [one.standing.goal for one in known.running(person)]
    listed = ", ".join(str(one.id) for one in goals)
    with book.reading() as db:
        results = db.run(
            f"SELECT id FROM key_result WHERE alive = 1 AND goal IN ({listed}) "
            "AND status IS NOT 'dropped' ORDER BY goal, id"
        )
        agreements = db.run(
            "SELECT id, period FROM goal_agreement WHERE alive = 1 AND person = ? "
            "AND status IN ('issued', 'accepted', 'countered') ORDER BY id",
            (person,),
        )
    running = []
    for row, label in agreements:
        period = book.calendar.try_parse(label or "")
        if period is not None and period.end > on:
            running.append(row)
    made = [
        AnswerRows(
            "key_result",
            ("goal", "title", "weight", "due", "progress", "evidence", "status"),
            frozenset({"progress", "evidence", "status"}),
            [row for (row,) in results],
        ),
        AnswerRows(
            "goal_agreement",
            ("period", "status", "issued_on", "comment"),
            frozenset({"status", "comment"}),
            running,
            (("status", ("accepted", "countered")),),
        ),
    ]
    return [one for one in made if one.rows]
