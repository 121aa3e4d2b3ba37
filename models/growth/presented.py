"""What was put before both for signature, read back as the result of an evaluation."""

from __future__ import annotations

import json

from models.evaluations.result import Scored


def read(text: str | None) -> Scored | None:
    """The result that stands in a presented evaluation; None where there is none.

    Whether it was tampered with is ``models.evaluations.verifying``'s business; here it only leads to plans.
    """
    try:
        said = json.loads(text or "null")
        return Scored.from_dict(said.get("result", said), said.get("labels")) if said else None
    except (ValueError, KeyError, AttributeError, TypeError):
        return None
