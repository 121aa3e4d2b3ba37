"""Public ids in a text that cites records: which of them are records that can show something."""

from __future__ import annotations

from dataclasses import dataclass

from models.describe.schema import Schema
from models.dialects import Connection, quoted
from models.public_ids import PublicIds, listed

# What says nothing of how somebody worked: people, and evaluations themselves.
SHOWS_NOTHING = frozenset(
    [
        "salesperson",
        "team",
        "region",
        "evaluation_cycle",
        "evaluation",
        "evaluation_rating",
        "signature",
        "appeal",
        "scorecard_template",
        "scorecard_item",
        "grade_band",
        "workbook",
        "saved_view",
        "custom_field",
    ]
)


@dataclass(frozen=True)
class Cited:
    """``known`` are (entity, row, id) of live records, each once; ``unknown`` what names none."""

    known: tuple[tuple[str, int, str], ...]
    unknown: tuple[str, ...]


def resolve(db: Connection, schema: Schema, public: PublicIds, text: str | None) -> Cited:
    """Find what a text cites, of whatever kind it is."""
    by_prefix = {one.prefix: one.id for one in schema if one.id not in SHOWS_NOTHING}
    known: dict[tuple[str, int, str], None] = {}
    unknown = []
    for one in listed(text):
        prefix = one.partition("-")[0].upper()
        entity = by_prefix.get(prefix)
        row = public.row(prefix, one) if entity else None
        if row is not None and db.one(
            f"SELECT 1 FROM {quoted(entity or '')} WHERE id = ? AND alive = 1", (row,)
        ):
            known[entity or "", row, public.make(prefix, row)] = None
        else:
            unknown.append(one)
    return Cited(tuple(known), tuple(unknown))
