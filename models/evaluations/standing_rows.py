"""What is sealed or frozen, as sheets meet it: which waiting rows would change it, set by set.

The twin of ``standing`` and ``frozen`` for many rows at once: a sheet's row that would change what stands
is named and left out, so that the rest of the file can be written. The guards still look at the whole.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from models.dialects import Connection
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
