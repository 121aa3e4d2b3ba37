"""Colleagues' reviews in somebody's workbook: whom they were asked to judge, with rows to fill in.

Only their own judgements leave, never what others say; from the talk on they stay at home.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from models.dialects import Connection
from models.evaluations.asking import OFFERED_SQL
from models.texts import N_, tr
from models.workbooks import contents
from models.workbooks.contents import SheetPlan, Values

PEER_REVIEW = N_("Colleagues' reviews")

_FIELDS = (
    "evaluation.person", "item", "item.anchors", "level", "comment", "cites", "evaluation.cycle",
    "evaluation.cycle.manager_review_due",
)  # fmt: skip
_OPEN = ("level", "comment", "cites")
_ROWS = (
    "SELECT r.rater, r.id FROM evaluation_rating r JOIN evaluation v ON v.id = r.evaluation "
    "JOIN evaluation_cycle c ON c.id = v.cycle JOIN scorecard_item i ON i.id = r.item "
    "JOIN salesperson s ON s.id = r.rater JOIN salesperson p ON p.id = v.person "
    f"WHERE {OFFERED_SQL} AND v.alive = 1 AND c.alive = 1 AND p.alive = 1 "
    "AND NOT EXISTS (SELECT 1 FROM evaluation l WHERE l.alive = 1 AND l.replaces = v.id) "
    "AND r.rater IN (SELECT value FROM json_each(?)) "
    "ORDER BY c.ends_on, c.id, p.name, v.id, i.place, i.id, r.id"
)


class PeerReviews:
    """The judgements that some people were asked for and can still give; of one view of the book."""

    def __init__(self, db: Connection, people: Sequence[int]) -> None:
        self._rows: dict[int, list[int]] = {one: [] for one in people}
        for person, row in db.run(_ROWS, (json.dumps(list(people)),)):
            self._rows[person].append(row)

    def plans(self, values: Values, person: int) -> list[SheetPlan]:
        """The table of a person; none where they weren't asked."""
        rows = self._rows.get(person)
        if not rows:
            return []
        return [
            contents.plan(
                values, tr(PEER_REVIEW), "evaluation_rating", rows, _FIELDS, editable=_OPEN
            )
        ]
