"""The day of next contact of a customer follows what is planned with it.

The rule, each part unless the day was written in the same change:

- While follow-ups are planned, the earliest of them is the day of next contact.
- When the last of them is done, missed, moved or removed, a day that came from it is emptied.
- Without any, an activity on the day or later, since the day was written, empties it: the contact
  that it asked for has been.
- A planned follow-up is a next step: a reason why there is none goes.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime

from models.customers.customer import CUSTOMER
from models.customers.following import FOLLOW_UP_PLAN
from models.dialects import Connection
from models.following.known import local_day
from models.sales.activity import ACTIVITY

_OF_PLANS = ("alive", "customer", "due", "status")
_OF_ACTIVITIES = ("alive", "at", "customer")
WATCHES = {"follow_up_plan": frozenset(_OF_PLANS), "activity": frozenset(_OF_ACTIVITIES)}

_PLANS = (
    "SELECT DISTINCT row FROM edit NOT INDEXED WHERE id >= ?1 "
    f"AND entity = {FOLLOW_UP_PLAN.no} AND field IN ('alive', 'customer', 'due', 'status')"
)
# Those whose plans a change touched, also those that a plan was taken away from.
_CONCERNED = f"""SELECT p.customer FROM follow_up_plan p WHERE p.id IN ({_PLANS})
    UNION SELECT before FROM edit NOT INDEXED WHERE id >= ?1 AND entity = {FOLLOW_UP_PLAN.no}
        AND field = 'customer'"""
_PLANNED = (
    "SELECT {what} FROM follow_up_plan q WHERE q.customer = k.id AND q.alive = 1 "
    "AND q.status = 'planned'"
)


def _written(field: str) -> str:
    """Whether a field of a customer ``k`` was written in this change, or came with its addition."""
    return (
        "EXISTS (SELECT 1 FROM edit e WHERE e.entity = "
        f"{CUSTOMER.no} AND e.row = k.id AND e.id >= ?1 AND (e.field = '{field}' "
        f"OR e.field = 'alive' AND e.before IS NULL AND k.{field} IS NOT NULL))"
    )


_EARLIEST = f"({_PLANNED.format(what='min(q.due)')})"
_THEM = "k.id IN (SELECT value FROM json_each(?2))"
_WIN = f"""UPDATE customer AS k SET next_contact_due = {_EARLIEST} WHERE {_THEM}
    AND k.next_contact_due IS NOT {_EARLIEST} AND {_EARLIEST} IS NOT NULL
    AND NOT {_written("next_contact_due")}"""
_MOOT = f"""UPDATE customer AS k SET no_step_reason = NULL WHERE {_THEM}
    AND k.no_step_reason IS NOT NULL AND {_EARLIEST} IS NOT NULL
    AND NOT {_written("no_step_reason")}"""
# Days that came from plans which the change touched, with the customers that they were planned for.
_CLOSED = f"""UPDATE customer AS k SET next_contact_due = NULL WHERE {_THEM}
    AND k.next_contact_due IS NOT NULL AND {_EARLIEST} IS NULL
    AND (k.id, k.next_contact_due) IN (
        SELECT q.customer, q.due FROM follow_up_plan q WHERE q.id IN ({_PLANS})
        UNION SELECT e.before, q.due FROM edit e NOT INDEXED JOIN follow_up_plan q ON q.id = e.row
            WHERE e.id >= ?1 AND e.entity = {FOLLOW_UP_PLAN.no} AND e.field = 'customer')
    AND NOT {_written("next_contact_due")}"""
# The latest activity of this change on the day or later, and when the day was written.
_MET = f"""WITH latest (customer, at) AS MATERIALIZED (
        SELECT a.customer, max(a.at) FROM activity a WHERE a.alive = 1 AND a.customer IS NOT NULL
        AND a.id IN (SELECT row FROM edit NOT INDEXED WHERE id >= ?1
            AND entity = {ACTIVITY.no} AND field IN ('alive', 'at', 'customer'))
        GROUP BY a.customer)
    SELECT k.id, k.next_contact_due, l.at, date(l.at, 'localtime'),
        time(l.at, 'localtime') IS NOT '00:00:00',
        (SELECT c.at FROM edit e JOIN change c ON c.id = e.change WHERE e.entity = {CUSTOMER.no}
            AND e.row = k.id AND (e.field = 'next_contact_due' OR e.field = 'alive'
            AND e.before IS NULL) ORDER BY e.id DESC LIMIT 1)
    FROM latest l CROSS JOIN customer k ON k.id = l.customer
    WHERE k.next_contact_due IS NOT NULL AND date(l.at, 'localtime') >= k.next_contact_due
        AND {_EARLIEST} IS NULL AND NOT {_written("next_contact_due")}"""


def follow(db: Connection, first: int) -> None:
    """Bring the days of next contact of those that a change concerns in step."""
    concerned = [one for (one,) in db.run(_CONCERNED, (first,)) if one is not None]
    if concerned:
        for statement in (_WIN, _MOOT, _CLOSED):
            db.run(statement, (first, json.dumps(concerned)))
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    met = [
        customer
        for customer, due, at, day, timed, written in db.run(_MET, (first,))
        if _since(due, at, day, timed, written or now)
    ]
    if met:
        db.run(
            "UPDATE customer SET next_contact_due = NULL WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(met),),
        )


def _since(due: str, at: str, day: str, timed: bool, written: str) -> bool:
    """Whether an activity took place since the day was written; one written for the past is history."""
    entered = local_day(written).isoformat()
    if due < entered:
        return True
    return at[:16] >= written[:16] if timed else day >= entered
