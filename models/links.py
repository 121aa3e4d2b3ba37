"""From what a person writes for a link to the record that is meant."""

from __future__ import annotations

from models.describe.schema import Schema
from models.dialects import Connection, quoted
from models.journal.entries import names_sql, title_sql
from models.public_ids import PublicIds
from models.refusals import Refused
from models.texts import N_


def resolve(db: Connection, schema: Schema, public: PublicIds, target: str, text: str) -> int:
    """The row that a label, key (number, tax code…) or public id stands for.

    Raises:
        Refused: ``unknown_link`` or ``ambiguous_link``.
    """
    entity = schema.entity(target)
    wanted = text.strip()
    row = public.row(entity.prefix, wanted)
    if row is not None and db.one(
        f"SELECT 1 FROM {quoted(target)} WHERE id = ? AND alive = 1", (row,)
    ):
        return row
    for sql in dict.fromkeys([title_sql(schema, target, "t"), *names_sql(schema, target, "t")]):
        found = db.run(
            f"SELECT t.id FROM {quoted(target)} t WHERE t.alive = 1 AND {sql} = ? LIMIT 2",
            (wanted,),
        )
        if len(found) == 1:
            return int(found[0][0])
        if len(found) > 1:
            raise Refused(
                "ambiguous_link",
                N_(
                    "Several records of {entity} are called “{value}”. Use the number or id of the one you mean."
                ),
                entity=entity.text(),
                value=wanted,
            )
    raise Refused(
        "unknown_link",
        N_("There is no {entity} called “{value}”."),
        entity=entity.text(),
        value=wanted,
    )
