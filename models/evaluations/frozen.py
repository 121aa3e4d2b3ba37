"""A frozen scorecard stands still: with its items and grades it is what evaluations count with.

It may be retired and its notes written on; everything else makes a new version. Taking back the
opening of a cycle thaws what that opening froze, unless another evaluation counts with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.dialects import Connection
from models.evaluations.scorecard import GRADE_BAND, SCORECARD_ITEM, SCORECARD_TEMPLATE
from models.refusals import Refused
from models.texts import N_

WATCHES = frozenset({"scorecard_template", "scorecard_item", "grade_band"})
RETIRING = ("status", "notes")  # of the card: all that may be written
FREE = (*RETIRING, "frozen_at")  # when it was frozen is looked at by itself
_PARTS = (SCORECARD_ITEM, GRADE_BAND)
_EDITS = "FROM edit e NOT INDEXED WHERE e.id >= ?1"
# Cards that are frozen and were so before this change.
_STANDS = (
    "c.frozen_at IS NOT NULL AND c.alive IS NOT NULL AND NOT EXISTS (SELECT 1 FROM edit f NOT INDEXED WHERE f.id >= ?1 "
    f"AND f.entity = {SCORECARD_TEMPLATE.no} AND f.row = c.id "
    "AND f.field IN ('frozen_at', 'alive') AND f.before IS NULL)"  # frozen or added by it
)


def refusal(name: str, version: object) -> Refused:
    """Why a scorecard doesn't change."""
    return Refused(
        "frozen",
        N_(
            "The scorecard “{name}”, version {version}, is frozen: evaluations count with it, so nothing of it changes any more. Make a new version of it."
        ),
        name=name,
        version=version,
    )


def refusal_of(db: Connection, card: int) -> Refused:
    """The same of a scorecard by its row."""
    found = db.run("SELECT name, version FROM scorecard_template WHERE id = ?", (card,))
    return refusal(*found[0]) if found else refusal("", 1)


def assert_standing(db: Connection, first: int) -> None:
    """Refuse a change, an undo too, that touches a card that was frozen before.

    Raises:
        Refused: ``frozen``.
    """
    for sql in (_own(), _thawed(), *map(_part, _PARTS)):
        found = db.run(
            f"SELECT c.name, c.version FROM scorecard_template c WHERE c.id IN ({sql}) LIMIT 1",
            (first,),
        )
        if found:
            raise refusal(*found[0])


def _own() -> str:
    free = ", ".join(f"'{one}'" for one in FREE)
    return (
        f"SELECT c.id FROM scorecard_template c WHERE {_STANDS} AND c.id IN (SELECT e.row {_EDITS} "
        f"AND e.entity = {SCORECARD_TEMPLATE.no} AND e.field NOT IN ({free}))"
    )


def _thawed() -> str:
    """Frozen at another time, or not any more though evaluations count with it."""
    return (
        f"SELECT e.row {_EDITS} AND e.entity = {SCORECARD_TEMPLATE.no} AND e.field = 'frozen_at' "
        "AND e.before IS NOT NULL AND (e.after IS NOT NULL OR EXISTS (SELECT 1 FROM evaluation v "
        "WHERE v.alive = 1 AND v.scorecard = e.row))"
    )


def _part(part: Any) -> str:
    touched = f"SELECT e.row {_EDITS} AND e.entity = {part.no}"
    left = (
        f"SELECT e.before {_EDITS} AND e.entity = {part.no} AND e.field = 'scorecard' "
        "AND e.before IS NOT NULL"
    )
    return (
        f"SELECT c.id FROM scorecard_template c WHERE {_STANDS} AND (c.id IN ({left}) OR c.id IN "
        f"(SELECT p.scorecard FROM {part.id} p WHERE p.id IN ({touched})))"
    )


def differs(written: Mapping[str, Any], before: Mapping[str, Any], free: tuple[str, ...]) -> bool:
    """Whether anything but what is free is written otherwise than it stood."""
    return any(
        getattr(before.get(name), "id", before.get(name)) != getattr(value, "id", value)
        for name, value in written.items()
        if name not in free
    )
