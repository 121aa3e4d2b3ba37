"""The measures of planned contacts: how many are made by their day, how many are overdue."""

from __future__ import annotations

from models.measures.definition import Definition, Source
from models.texts import N_

# A plan without a person counts for the owner of its customer.
_PLAN = Source(
    "follow_up_plan",
    "follow_up_plan b LEFT JOIN customer k ON k.id = b.customer",
    "b.alive = 1",
    "b.due",
    "coalesce(b.person, k.owner)",
    None,
    "b.customer",
    owners=(
        ("follow_up_plan", "person"),
        ("follow_up_plan", "customer.owner"),
        ("customer", "owner"),
    ),
)
_READS = frozenset({"follow_up_plan", "customer"})

FOLLOW_UP_DEFINITIONS: tuple[Definition, ...] = (
    Definition(
        "follow_up_on_time_rate",
        N_("Follow-up on time"),
        N_(
            "Planned follow-ups done by their due day, divided by those due; moved ones, those that are not due yet and those done on an unknown day are left out."
        ),
        "percent",
        "up",
        _PLAN,
        "b.status = 'done' AND b.done_on <= b.due",
        "1",
        "(b.status = 'done' AND b.done_on IS NOT NULL) OR b.status = 'missed' "
        "OR (b.status = 'planned' AND b.due < date('now', 'localtime'))",
        reads=_READS,
    ),
    Definition(
        "overdue_follow_ups",
        N_("Overdue follow-ups"),
        N_(
            "Planned follow-ups whose day was over at the period's end and that were not done by then; missed and moved ones are closed and don't count."
        ),
        "count",
        "down",
        _PLAN,
        "1",
        condition="b.due < date('now', 'localtime') AND (b.status = 'planned' "
        "OR (b.status = 'done' AND b.done_on >= {end}))",
        reads=_READS,
        at_end=True,
    ),
)
