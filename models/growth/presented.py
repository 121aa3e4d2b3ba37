"""What was put before both for signature, read back as the result of an evaluation."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from models.evaluations.result import Counted, ItemScore, Judged, Scored

_NONE = Decimal(0)


def read(text: str | None) -> Scored | None:
    """The result that stands in a presented evaluation; None where there is none."""
    try:
        said = json.loads(text or "null")
    except ValueError:
        return None
    if isinstance(said, dict) and "items" not in said:  # the result beside ratings and rules
        said = next((one for one in said.values() if isinstance(one, dict) and "items" in one), None)  # fmt: skip
    return _scored(said) if isinstance(said, dict) else None


def _scored(said: Mapping[str, Any]) -> Scored:
    return Scored(
        evaluation=said.get("evaluation", ""),
        version=said.get("version", 1),
        person=said.get("person", ""),
        name=said.get("name", ""),
        cycle=said.get("cycle", ""),
        cycle_name=said.get("cycle_name", ""),
        scorecard=said.get("scorecard", ""),
        scorecard_name=said.get("scorecard_name", ""),
        scorecard_version=said.get("scorecard_version", 1),
        first=date.fromisoformat(said["from"]),
        last=date.fromisoformat(said["to"]),
        items=tuple(_item(one) for one in said["items"]),
        data_score=_number(said.get("data_score")),
        total=_number(said.get("total")),
        grade=said.get("grade") or "",
    )


def _item(said: Mapping[str, Any]) -> ItemScore:
    return ItemScore(
        item=said["item"],
        name=said["name"],
        kind=said["kind"],
        weight=_number(said.get("weight")) or _NONE,
        counted_weight=_number(said.get("counted_weight")) or _NONE,
        score=_number(said.get("score")),
        sentence=said.get("sentence", ""),
        measure=said.get("measure", ""),
        measure_version=said.get("measure_version", 0),
        unit=said.get("unit", ""),
        value=_number(said.get("value")),
        numerator=_number(said.get("numerator")),
        denominator=_number(said.get("denominator")),
        n=said.get("n", 0),
        reference=_number(said.get("reference")),
        reference_kind=said.get("reference_kind", ""),
        curve=said.get("curve", ""),
        missing=said.get("missing", ""),
        records=tuple(_counted(one) for one in said.get("records", ())),
        judged=tuple(_judged(one) for one in said.get("judged", ())),
    )


def _counted(said: Mapping[str, Any]) -> Counted:
    value = _number(said.get("value")) or _NONE
    return Counted(
        said["id"], said["entity"], said.get("label", ""), value, _number(said.get("below"))
    )


def _judged(said: Mapping[str, Any]) -> Judged:
    level, points = (_number(said.get(one)) or _NONE for one in ("level", "points"))
    return Judged(
        said["by"], said.get("rater", ""), level, points, said.get("comment", ""),
        tuple(said.get("cites", ())),
    )  # fmt: skip


def _number(said: Any) -> Decimal | None:
    return None if said is None else Decimal(str(said))
