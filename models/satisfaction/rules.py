"""What follows for a complaint from its status and its days, and what an answer's score may be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from models.money import plain
from models.refusals import Refused
from models.satisfaction.following import HIGHEST, LOWEST
from models.texts import N_

Values = Mapping[str, Any]
Look = Callable[[str, int], Values]
RESOLVED = "resolved"


def complaint(written: Values, before: Values, _look: Look) -> dict[str, Any]:
    """Settled brings its day, and a day that it is settled; open again takes the day away.

    Raises:
        Refused: ``settled_before``, it would be settled before it came in.
    """
    made: dict[str, Any] = {}
    status = written.get("status", before.get("status"))
    if written.get("resolved_on") and status != RESOLVED:
        made["status"] = RESOLVED
    elif status == RESOLVED and not (written.get("resolved_on") or before.get("resolved_on")):
        made["resolved_on"] = date.today()
    elif status != RESOLVED and before.get("resolved_on"):
        made["resolved_on"] = None
    _assert_in_order({**before, **made, **written})
    return made


def _assert_in_order(values: Values) -> None:
    opened, resolved = values.get("opened_on"), values.get("resolved_on")
    if opened and resolved and resolved < opened:
        raise Refused(
            "settled_before",
            N_("It can't be settled on {settled}, before it came in on {opened}."),
            settled=resolved,
            opened=opened,
        )


def survey_response(written: Values, before: Values, look: Look) -> dict[str, Any]:
    """Nothing follows here (see ``following``), but a score lies on the scale of its questionnaire.

    Raises:
        Refused: ``outside_scale``.
    """
    score = written.get("score")
    if score is None:
        return {}
    form: Any = written.get("form", before.get("form"))
    asked = look("survey_form", int(getattr(form, "id", form))) if form is not None else {}
    low, high = scale(asked)
    if not min(low, high) <= score <= max(low, high):
        raise Refused(
            "outside_scale",
            N_("{score} is not on the scale of this questionnaire, {low} to {high}."),
            score=plain(score),
            low=plain(low),
            high=plain(high),
        )
    return {}


def scale(form: Values) -> tuple[Decimal, Decimal]:
    """What the worst and the best answer of a questionnaire count; 1 and 5 where it doesn't say."""
    low, high = form.get("scale_from"), form.get("scale_to")
    return (
        Decimal(LOWEST) if low is None else Decimal(low),
        Decimal(HIGHEST) if high is None else Decimal(high),
    )
