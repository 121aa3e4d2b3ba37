"""Public ids in a text that cites records: which of them are records that can show something."""

from __future__ import annotations

from dataclasses import dataclass

from models import citations
from models.describe.schema import Schema
from models.dialects import Connection
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
    found = {word: citations.record_of(schema, public, word) for word in listed(text)}
    there = citations.living(
        db, (one for one in found.values() if one and one[0] not in SHOWS_NOTHING)
    )
    known = dict.fromkeys(
        (*one, public.make(schema.entity(one[0]).prefix, one[1]))
        for one in found.values()
        if one and one in there
    )
    return Cited(tuple(known), tuple(word for word, one in found.items() if one not in there))
