"""The self-review in somebody's workbook: their own judgements to fill in, later what both said.

Only the own evaluation leaves, and of the manager's judgements nothing before the talk.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from models.dialects import Connection
from models.texts import N_, tr
from models.workbooks import contents
from models.workbooks.contents import SheetPlan, Values

SELF_REVIEW = N_("Self-review")
HANDING_IN = N_("Hand in the self-review")
RESULT = N_("My evaluation")
_SHOWN_DAYS = 120  # for which a judged evaluation goes out after its period

_JUDGE = ("item", "item.anchors", "item.weight", "level", "comment", "cites", "evaluation.cycle")
_OPEN = ("level", "comment", "cites")
_HAND_IN = ("cycle", "cycle.period", "cycle.self_review_due", "self_handed_in")
_SAID = ("item", "item.anchors", "rated_by", "level", "comment", "cites", "evaluation.cycle")

# At its stage, or late while the manager still judges: as ``rules.can_hand_in`` says.
_FILLING = (
    "(v.status = 'self_review' OR v.status = 'manager_review' AND v.self_handed_in_at IS NULL)"
)
_LATEST = "NOT EXISTS (SELECT 1 FROM evaluation l WHERE l.alive = 1 AND l.replaces = v.id)"
_MINE = (
    "FROM evaluation v JOIN evaluation_cycle c ON c.id = v.cycle WHERE v.alive = 1 AND c.alive = 1 "
    f"AND {_LATEST} AND v.person IN (SELECT value FROM json_each(?1))"
)
_RATINGS = (
    "SELECT v.person, r.id FROM evaluation_rating r JOIN scorecard_item i ON i.id = r.item "
    "JOIN evaluation v ON v.id = r.evaluation JOIN evaluation_cycle c ON c.id = v.cycle "
    "WHERE r.alive = 1 AND v.id IN ({of}) AND {which} ORDER BY c.ends_on, v.id, i.place, i.id, r.rated_by DESC"
)


@dataclass
class _Own:
    """What one person gets: rows of judgements and of evaluations."""

    judging: list[int] = field(default_factory=list)
    handing_in: list[int] = field(default_factory=list)
    said: list[int] = field(default_factory=list)


class SelfReviews:
    """The evaluations of some people as far as their workbooks show them; of one view of the book."""

    def __init__(self, db: Connection, people: Sequence[int], on: date) -> None:
        self._own = {one: _Own() for one in people}
        given = (json.dumps(list(people)),)
        filling = f"SELECT v.id {_MINE} AND {_FILLING}"
        for person, row in db.run(
            _RATINGS.format(of=filling, which="r.rated_by = 'self' AND ?1 IS NOT NULL"), given
        ):
            self._own[person].judging.append(row)
        for person, row in db.run(
            f"SELECT v.person, v.id {_MINE} AND {_FILLING} ORDER BY c.ends_on, v.id", given
        ):
            self._own[person].handing_in.append(row)
        since = (on - timedelta(days=_SHOWN_DAYS)).isoformat()
        over = f"SELECT v.id {_MINE} AND v.status IN ('talk', 'signed', 'archived') AND c.ends_on >= ?2"
        which = "r.rated_by IN ('self', 'manager') AND r.level IS NOT NULL"
        for person, row in db.run(_RATINGS.format(of=over, which=which), (*given, since)):
            self._own[person].said.append(row)

    def plans(self, values: Values, person: int) -> list[SheetPlan]:
        """The tables of a person: to fill in and to hand in, then what was said; those with rows only."""
        own = self._own.get(person, _Own())
        made = [
            (SELF_REVIEW, "evaluation_rating", own.judging, _JUDGE, _OPEN),
            (HANDING_IN, "evaluation", own.handing_in, _HAND_IN, ("self_handed_in",)),
            (RESULT, "evaluation_rating", own.said, _SAID, ()),
        ]
        return [
            contents.plan(
                values,
                tr(name),
                entity,
                rows,
                fields,
                editable=editable,
                read=values.stored(entity, rows, fields, closed_too=True),
            )
            for name, entity, rows, fields, editable in made
            if rows
        ]
