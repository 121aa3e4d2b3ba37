"""What is sealed or frozen, as sheets meet it: which waiting rows would change it, set by set.

The twin of ``standing`` and ``frozen`` for many rows at once: a sheet's row that would change what stands
is named and left out, so that the rest of the file can be written. The guards still look at the whole.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from models.dialects import Connection, quoted
from models.evaluations import frozen, standing
from models.refusals import Refused
from models.texts import ntr


@dataclass(frozen=True)
class Standing:
    """Records of one kind that may stand.

    ``stands`` is the SQL of the rows that do: evaluations or scorecards. ``link`` is the field by which a
    record is part of one of them, "" for these themselves. ``is_free`` says whether a field, given what is
    stored in it, may be written all the same; ``refusal`` why not, of what stands by its row. ``leaving``
    says of so many in a sheet what stays in the book; ``copied`` is a condition over a waiting row ``s``
    that comes without it, ``arriving`` says that of so many.
    """

    stands: str
    link: str
    is_free: Callable[[str, object], bool]
    refusal: Callable[[Connection, int], Refused]
    leaving: Callable[[int], str] | None = None
    copied: str = ""
    arriving: Callable[[int], str] | None = None

    def any(self, db: Connection) -> bool:
        """Whether anything stands at all."""
        return bool(db.one(f"{self.stands} LIMIT 1"))

    def count(self, db: Connection, rows: Sequence[int]) -> int:
        """How many of some records themselves stand."""
        of = json.dumps(list(rows))
        sql = f"SELECT count(*) FROM json_each(?) WHERE value IN ({self.stands})"
        return int(db.one(sql, (of,)))


_SEALED = "SELECT evaluation FROM sealed_copy"
_FROZEN = "SELECT id FROM scorecard_template WHERE frozen_at IS NOT NULL AND alive IS NOT NULL"


def _none(_column: str, _value: object) -> bool:
    return False


def _leaving(count: int) -> str:
    return ntr(
        "{n} of these evaluations is sealed: its seal stays in this book, a sheet only repeats what it says. A backup takes seals along.",
        "{n} of these evaluations are sealed: their seals stay in this book, a sheet only repeats what they say. A backup takes seals along.",
        count,
    )


def _arriving(count: int) -> str:
    return ntr(
        "{n} evaluation was signed in another book, and its seal stays there: here it is a copy. Where it has to be proved, put it before both again, sign and seal it.",
        "{n} evaluations were signed in another book, and their seals stay there: here they are copies. Where they have to be proved, put them before both again, sign and seal them.",
        count,
    )


def _of_card(column: str, _value: object) -> bool:
    return column in frozen.RETIRING


STANDING: dict[str, Standing] = {
    "evaluation": Standing(
        _SEALED,
        "",
        standing.is_free,
        standing.refusal,
        _leaving,
        "s.status IN ('signed', 'archived')",
        _arriving,
    ),
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
