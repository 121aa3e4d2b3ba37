"""An activity with a customer fulfils what was planned with it: the plan is done, on that day.

The rule:

- An activity counts from ``EARLY_DAYS`` before the plan's due day until ``GRACE_DAYS`` after it, by
  whomever it was done; later the plan counts as missed.
- It counts only if it took place since the plan was made, so that the visit from which a plan came
  doesn't fulfil it; of an activity without a time of day the day decides. A plan whose due day was
  over when it was entered is history: then only the days count.
- One activity fulfils one plan, one plan is fulfilled by one activity: same deal before others, same
  kind before others, the earlier due first.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from models.customers.following import FOLLOW_UP_PLAN
from models.dialects import Connection
from models.following.known import local_day
from models.sales.activity import ACTIVITY

EARLY_DAYS = 3
GRACE_DAYS = 30
_OF_ACTIVITIES = ("alive", "at", "customer")
_OF_PLANS = ("alive", "customer", "due")
WATCHES = {"activity": frozenset(_OF_ACTIVITIES), "follow_up_plan": frozenset(_OF_PLANS)}


class _Pair(NamedTuple):
    """A plan and an activity that may fulfil it; ``made`` is when the plan was entered."""

    plan: int
    activity: int
    due: str
    day: str
    at: str
    timed: bool
    other_deal: bool
    other_kind: bool
    made: str | None


_FIELDS = "'{}'".format("', '".join(dict.fromkeys((*_OF_ACTIVITIES, *_OF_PLANS))))
_TOUCHED = (
    "SELECT DISTINCT row FROM edit NOT INDEXED WHERE id >= ?1 AND entity = {no} "
    f"AND field IN ({_FIELDS})"
)
_COLUMNS = (
    "p.id AS plan, a.id AS activity, p.due, date(a.at, 'localtime') AS day, a.at, "
    "time(a.at, 'localtime') IS NOT '00:00:00' AS timed, "
    "(p.opportunity IS NULL OR p.opportunity IS NOT a.opportunity) AS other_deal, "
    "(p.kind IS NOT a.kind) AS other_kind"
)
_NEAR = (
    "a.alive = 1 AND p.alive = 1 AND p.status = 'planned' AND date(a.at, 'localtime') BETWEEN "
    f"date(p.due, '-{EARLY_DAYS} days') AND date(p.due, '+{GRACE_DAYS} days') "
    "AND NOT EXISTS (SELECT 1 FROM follow_up_plan o WHERE o.activity = a.id AND o.alive = 1)"
)
_PAIRS = f"""WITH acts (row) AS MATERIALIZED ({_TOUCHED.format(no=ACTIVITY.no)}),
    plans (row) AS MATERIALIZED ({_TOUCHED.format(no=FOLLOW_UP_PLAN.no)}),
    pairs AS (
        SELECT {_COLUMNS} FROM acts CROSS JOIN activity a ON a.id = acts.row
            CROSS JOIN follow_up_plan p ON p.customer = a.customer WHERE {_NEAR}
        UNION SELECT {_COLUMNS} FROM plans CROSS JOIN follow_up_plan p ON p.id = plans.row
            CROSS JOIN activity a ON a.customer = p.customer WHERE {_NEAR})
    SELECT *, (SELECT c.at FROM edit e JOIN change c ON c.id = e.change
        WHERE e.entity = {FOLLOW_UP_PLAN.no} AND e.row = plan AND e.field = 'alive'
        AND e.before IS NULL ORDER BY e.id LIMIT 1) FROM pairs"""


def follow(db: Connection, first: int) -> None:
    """Mark the plans done that what a change touched fulfils."""
    if not db.one("SELECT 1 FROM follow_up_plan WHERE status = 'planned' AND alive = 1 LIMIT 1"):
        return
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    pairs = (_Pair(*one) for one in db.run(_PAIRS, (first,)))
    db.many(
        "UPDATE follow_up_plan SET status = 'done', done_on = ?, activity = ? WHERE id = ?",
        [(one.day, one.activity, one.plan) for one in chosen(pairs, now)],
    )


def chosen(pairs: Iterable[_Pair], now: str) -> list[_Pair]:
    """Of the pairs that count those that are taken: each plan and each activity once."""
    ordered = sorted(
        (one for one in pairs if _since_made(one, now)),
        key=lambda one: (one.other_deal, one.other_kind, one.due, one.plan, one.at, one.activity),
    )
    plans, activities, made = set[int](), set[int](), []
    for one in ordered:
        if one.plan in plans or one.activity in activities:
            continue
        plans.add(one.plan)
        activities.add(one.activity)
        made.append(one)
    return made


def _since_made(pair: _Pair, now: str) -> bool:
    """Whether the activity took place since the plan was made, or the plan is history."""
    made = pair.made or now  # without a change yet: it is entered by the one under way
    day = local_day(made).isoformat()
    if pair.due < day:
        return True
    if pair.made is None:
        return False
    return pair.at[:16] >= made[:16] if pair.timed else pair.day >= day
