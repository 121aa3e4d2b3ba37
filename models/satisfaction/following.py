"""What follows for answers and complaints when they, or the scale of their questionnaire, are written.

- An answer of a contact without a customer is one of the contact's customer.
- Whoever looked after the customer on the day of an answer or a complaint is whom it counts for
  (``attribution``). It is worked out when customer or day are written, and then stands: a later
  hand-over of the customer takes nothing away.
- How satisfied an answer is follows from its score and the scale of its questionnaire, 1 to 5 where
  it has none. A score outside the scale says nothing; a scale may run downwards (1 the best).

All hold on every path, sheets included, and leave what was written in the same change as it is.
"""

from __future__ import annotations

from models.dialects import Connection
from models.satisfaction import attribution
from models.satisfaction.entities import COMPLAINT, SURVEY_FORM, SURVEY_RESPONSE

_DAYS = ((SURVEY_RESPONSE, "responded_on"), (COMPLAINT, "opened_on"))
WATCHES = {
    "survey_response": frozenset({"alive", "customer", "contact", "responded_on", "score", "form"}),
    "complaint": frozenset({"alive", "customer", "opened_on"}),
    "survey_form": frozenset({"scale_from", "scale_to"}),
}

LOWEST, HIGHEST = 1, 5  # of answers to no questionnaire

_SINCE = "SELECT row FROM edit NOT INDEXED WHERE id >= ?1 AND entity = {no} AND field"
_ADDED = "SELECT row FROM edit NOT INDEXED WHERE id >= ?1 AND entity = {no} AND field = 'alive' AND before IS NULL"


def follow(db: Connection, first: int) -> None:
    """Bring what counts for whom, and how satisfied it is, in step with a change under way."""
    _belong(db, first)
    for entity, day in _DAYS:
        _attribute(db, first, entity.id, entity.no, day)
    _satisfy(db, first)


def _belong(db: Connection, first: int) -> None:
    since, added = (one.format(no=SURVEY_RESPONSE.no) for one in (_SINCE, _ADDED))
    db.run(
        "UPDATE survey_response AS t SET customer = k.customer FROM contact k WHERE k.id = t.contact "
        "AND t.alive = 1 AND t.customer IS NULL AND k.customer IS NOT NULL "
        f"AND (t.id IN ({since} = 'contact') OR t.id IN ({added})) "
        f"AND t.id NOT IN ({since} = 'customer')",
        (first,),
    )


def _attribute(db: Connection, first: int, entity: str, no: int, day: str) -> None:
    since, added = _SINCE.format(no=no), _ADDED.format(no=no)
    found = db.run(
        f"SELECT t.id, t.customer, t.{day}, t.attributed_to FROM {entity} t WHERE t.alive = 1 "
        f"AND (t.id IN ({since} IN ('customer', '{day}')) "
        f"OR t.attributed_to IS NULL AND t.id IN ({added})) "
        f"AND t.id NOT IN ({since} = 'attributed_to') "
        # An import adds rows first and some of their links afterwards: what it said of both stands.
        f"AND NOT (t.attributed_to IS NOT NULL AND t.id IN ({added}))",
        (first,),
    )
    asked = [(customer, on) for _, customer, on, _ in found if customer is not None and on]
    owners = attribution.owners_on(db, asked)
    db.many(
        f"UPDATE {entity} SET attributed_to = ? WHERE id = ?",
        [
            (owner, row)
            for row, customer, on, before in found
            if (owner := owners.get((customer, on))) != before
        ],
    )


_FORM = "(SELECT f.{edge} FROM survey_form f WHERE f.id = t.form)"
_LOW = f"coalesce({_FORM.format(edge='scale_from')}, {LOWEST * 1_000_000})"
_HIGH = f"coalesce({_FORM.format(edge='scale_to')}, {HIGHEST * 1_000_000})"
# In millionths, rounded half up.
SATISFIED = (
    f"CASE WHEN t.score IS NULL OR {_LOW} = {_HIGH} "
    f"OR t.score NOT BETWEEN min({_LOW}, {_HIGH}) AND max({_LOW}, {_HIGH}) THEN NULL "
    f"ELSE (2000000 * abs(t.score - {_LOW}) + abs({_HIGH} - {_LOW})) / (2 * abs({_HIGH} - {_LOW})) END"
)


def _satisfy(db: Connection, first: int) -> None:
    since, added = (one.format(no=SURVEY_RESPONSE.no) for one in (_SINCE, _ADDED))
    forms = _SINCE.format(no=SURVEY_FORM.no)
    db.run(
        f"UPDATE survey_response AS t SET satisfied = {SATISFIED} WHERE t.alive = 1 "
        f"AND (t.id IN ({since} = 'score') "
        f"OR t.score IS NOT NULL AND (t.id IN ({since} = 'form') "
        f"OR t.satisfied IS NULL AND t.id IN ({added}) "
        f"OR t.form IN ({forms} IN ('scale_from', 'scale_to')))) "
        f"AND t.id NOT IN ({since} = 'satisfied') AND t.satisfied IS NOT ({SATISFIED}) "
        f"AND NOT (t.satisfied IS NOT NULL AND t.id IN ({added}))",
        (first,),
    )
