"""How deals pass the stages: measures of the stage history.

The same reading as the funnel's: a deal reached every open stage up to the furthest that it was in,
and a won deal reached them all.
"""

from __future__ import annotations

from models.measures.definition import Definition, Source
from models.texts import N_

# The stages in order, the lost ones aside, as the funnel lines them up.
_PLACES = (
    "(SELECT id, kind, row_number() OVER (ORDER BY coalesce(order_no, 50), id) AS place "
    "FROM stage WHERE alive = 1 AND kind IS NOT 'lost')"
)
_REACHED = f"""(SELECT d.id AS deal, d.owner, d.customer, d.product, d.day, g.id AS stage, d.far > g.place AS further
    FROM (SELECT p.id, p.owner, p.customer, p.product, coalesce(p.opened_on, p.closed_on) AS day,
            CASE WHEN p.status = 'won' THEN 1000000 ELSE max(coalesce((SELECT s.place FROM {_PLACES} s WHERE s.id = p.stage), 0),
                coalesce((SELECT max(s.place) FROM stage_change c JOIN {_PLACES} s ON s.id = c.stage WHERE c.opportunity = p.id AND c.alive = 1), 0)) END AS far
        FROM opportunity p WHERE p.alive = 1) d
    JOIN {_PLACES} g ON g.kind IS 'open' AND g.place <= d.far) b"""
# A stay begins where the history names another stage than before and ends where the next one does.
_STAYS = """(SELECT e.opportunity AS deal, e.stage, e.at, p.owner, p.customer, p.product,
        lead(e.at) OVER (PARTITION BY e.opportunity ORDER BY e.at, e.id) AS left_on
    FROM (SELECT c.id, c.opportunity, c.stage, c.at, lag(c.stage) OVER (PARTITION BY c.opportunity ORDER BY c.at, c.id) AS earlier
        FROM stage_change c WHERE c.alive = 1 AND c.stage IS NOT NULL) e
    JOIN opportunity p ON p.id = e.opportunity AND p.alive = 1 WHERE e.stage IS NOT e.earlier) b
    JOIN stage g ON g.id = b.stage AND g.alive = 1 AND g.kind IS 'open'"""


def _of(sql: str, day: str) -> Source:
    return Source(
        "opportunity",
        sql,
        "1",
        day,
        person="b.owner",
        customer="b.customer",
        product="b.product",
        stage="b.stage",
        record="b.deal",
        owners=(("opportunity", "owner"), ("stage_change", "opportunity.owner")),
    )


_READS = frozenset({"opportunity", "stage", "stage_change"})

STAGE_DEFINITIONS = (
    Definition(
        "stage_conversion",
        N_("Stage conversion"),
        N_(
            "How often deals went on: of the open stages that the deals opened in the period reached, the share that was passed."
        ),
        "percent",
        "up",
        _of(_REACHED, "b.day"),
        "b.further",
        "1",
        reads=_READS,
    ),
    Definition(
        "stage_days",
        N_("Days in stage"),
        N_("Mean days from entering an open stage to leaving it, by the day it was left."),
        "days",
        "down",
        _of(_STAYS, "b.left_on"),
        "max(julianday(b.left_on) - julianday(b.at), 0)",
        "1",
        "b.left_on IS NOT NULL",
        reads=_READS,
    ),
)
