"""What follows from what: the values that the program fills in when others are set.

Each rule takes the values being written and the record as it stood (empty for a new one) and gives
further values; it never overrides what was written in the same breath.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from models.calendar import rules as calendar
from models.evaluations import appeal_rules
from models.evaluations import rules as evaluations
from models.following import rules as following
from models.goals import rules as goals
from models.growth import plan_rules
from models.sales import stages
from models.satisfaction import rules as satisfaction
from models.tasks import rules as work
from models.tasks import states as tasks
from models.teamwork import rules as teamwork

Values = Mapping[str, Any]
# (entity id, row) → the record's values; of the book itself its calendar
Look = Callable[[str, int], Values]


def opportunity(written: Values, before: Values, look: Look) -> dict[str, Any]:
    """A stage brings its outcome and odds; an outcome brings the day it was reached."""
    more: dict[str, Any] = {}
    if written.get("stage") is not None and "status" not in written:
        given: Any = written["stage"]
        stage = look("stage", int(getattr(given, "id", given)))
        more["status"] = stage.get("kind") or "open"
        if "probability" not in written and stage.get("probability") is not None:
            more["probability"] = stage["probability"]
    status = more.get("status", written.get("status"))
    if status in ("won", "lost") and before.get("status") != status:
        if not (written.get("closed_on") or before.get("closed_on")):
            more["closed_on"] = date.today()
    elif (
        status == "open" and before.get("status") in ("won", "lost") and "closed_on" not in written
    ):
        more["closed_on"] = None
    if not before and "opened_on" not in written and "closed_on" not in written:
        more["opened_on"] = date.today()
    return more


def order_line(written: Values, before: Values, look: Look) -> dict[str, Any]:
    """An amount that nobody typed is quantity × price less discount, and follows them."""
    if "amount" in written or not {"quantity", "unit_price", "discount"} & set(written):
        return {}
    old = line_amount(before)
    if before and before.get("amount") not in (None, old):
        return {}
    return {"amount": line_amount({**before, **written})}


def line_amount(values: Values) -> Decimal | None:
    """Quantity × unit price × (1 − discount), exact; None when one of the first two is missing."""
    quantity, price = values.get("quantity"), values.get("unit_price")
    if quantity is None or price is None:
        return None
    return Decimal(quantity) * Decimal(price) * (1 - Decimal(values.get("discount") or 0))


RULES: dict[str, Callable[[Values, Values, Look], dict[str, Any]]] = {
    "opportunity": opportunity,
    "order_line": order_line,
    "goal": goals.goal,
    "commitment": goals.spanned,
    "leave": calendar.leave,
    "follow_up_plan": following.follow_up_plan,
    "task": tasks.task,
    "task_dependency": work.dependency,
    "collaborator": work.collaborator,
    "help_request": work.help_request,
    "read_receipt": teamwork.read_receipt,
    "suggestion": teamwork.suggestion,
    "improvement_plan": plan_rules.improvement_plan,
    "scorecard_template": evaluations.scorecard,
    "scorecard_item": evaluations.part_of_scorecard,
    "grade_band": evaluations.part_of_scorecard,
    "evaluation_cycle": evaluations.cycle,
    "evaluation": evaluations.evaluation,
    "evaluation_rating": evaluations.rating,
    "appeal": appeal_rules.appeal,
    "complaint": satisfaction.complaint,
    "survey_response": satisfaction.survey_response,
}

# Fields that follow from the name alone when a record is made for a name met in a link.
NAMED: dict[str, tuple[tuple[str, ...], Callable[[str], tuple[Any, ...]]]] = {
    "stage": (("kind", "order_no"), stages.guess),
}
