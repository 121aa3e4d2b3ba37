"""What is sealed or frozen, as sheets meet it: which waiting rows would change it, set by set.

The twin of ``standing`` and ``frozen`` for many rows at once: a sheet's row that would change what stands
is named and left out, so that the rest of the file can be written. The guards still look at the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from models.dialects import Connection, quoted
from models.evaluations import frozen, standing
from models.refusals import Refused


@dataclass(frozen=True)
class Standing:
    """Records of one kind that may stand.

    ``stands`` is the SQL of the rows that do: evaluations or scorecards. ``link`` is the field by which a
    record is part of one of them, "" for these themselves. ``is_free`` says whether a field, given what is
    stored in it, may be written all the same; ``refusal`` why not, of what stands by its row.
    """

    stands: str
    link: str
    is_free: Callable[[str, object], bool]
    refusal: Callable[[Connection, int], Refused]

    def any(self, db: Connection) -> bool:
        """Whether anything stands at all."""
        return bool(db.one(f"{self.stands} LIMIT 1"))


_SEALED = "SELECT evaluation FROM sealed_copy"
_FROZEN = "SELECT id FROM scorecard_template WHERE frozen_at IS NOT NULL AND alive IS NOT NULL"


def _none(_column: str, _value: object) -> bool:
    return False


def _of_card(column: str, _value: object) -> bool:
    return column in frozen.RETIRING


STANDING: dict[str, Standing] = {
    "evaluation": Standing(_SEALED, "", standing.is_free, standing.refusal),
    "evaluation_rating": Standing(_SEALED, "evaluation", _none, standing.refusal),
    "signature": Standing(_SEALED, "evaluation", _none, standing.refusal),
    "scorecard_template": Standing(_FROZEN, "", _of_card, frozen.refusal_of),
    "scorecard_item": Standing(_FROZEN, "scorecard", _none, frozen.refusal_of),
    "grade_band": Standing(_FROZEN, "scorecard", _none, frozen.refusal_of),
}


def why_not(
    db: Connection, entity: str, row: int | None, written: Mapping[str, object]
) -> Refused | None:
    """Why a record can't be written so, added (``row`` None) or, with nothing ``written``, removed.

    ``written`` are columns as they are stored. None where nothing stands in the way.
    """
    one = STANDING.get(entity)
    if one is None or not one.any(db):
        return None
    if written and row is not None and all(one.is_free(*cell) for cell in written.items()):
        return None
    of = [written.get(one.link) if one.link else row]
    if one.link and row is not None:
        of.append(db.one(f"SELECT {quoted(one.link)} FROM {quoted(entity)} WHERE id = ?", (row,)))
    for stands in of:
        if isinstance(stands, int) and db.one(f"SELECT ? IN ({one.stands})", (stands,)):
            return one.refusal(db, stands)
    return None
