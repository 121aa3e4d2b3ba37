"""What an evaluation says: the score of every item with all that it was made of, and the total.

The same object is shown, printed, exported, put before both for signature and sealed; ``as_dict`` is its
one form outside the program.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from models.money import plain


@dataclass(frozen=True)
class Counted:
    """One record behind a value: its public id, its kind, its label and what it adds.

    ``value`` is what it adds above the line, ``below`` what it adds below it; None where nothing is divided.
    ``row`` is where it stands in the book that the result was just read from, 0 for one that was kept.
    """

    id: str
    entity: str
    label: str
    value: Decimal
    below: Decimal | None = None
    row: int = field(default=0, compare=False, repr=False)

    def as_dict(self) -> dict[str, Any]:
        """Without its label, which follows from the record."""
        made = {"id": self.id, "entity": self.entity, "value": plain(self.value)}
        return made if self.below is None else {**made, "below": plain(self.below)}

    @classmethod
    def from_dict(cls, said: Mapping[str, Any], label: str = "") -> Counted:
        """Back from ``as_dict``."""
        return cls(
            said["id"], said["entity"], label, Decimal(said["value"]), _number(said.get("below"))
        )


@dataclass(frozen=True)
class Judged:
    """What one rater said of an item: level 1–5, points of it, reason, ids that are cited."""

    rated_by: str  # self | manager | peer
    rater: str
    level: Decimal
    points: Decimal
    comment: str
    cites: tuple[str, ...]

    @classmethod
    def from_dict(cls, said: Mapping[str, Any]) -> Judged:
        """Back from the form that an item has outside."""
        return cls(
            said["by"],
            said["rater"],
            Decimal(said["level"]),
            Decimal(said["points"]),
            said["comment"],
            tuple(said["cites"]),
        )


@dataclass(frozen=True)
class ItemScore:
    """One item of one person.

    ``weight`` is what the scorecard says, ``counted_weight`` what it came to after the weights of missing
    items were shared out (0 for a missing one; all of them sum to 1). ``score`` is in points, rounded half
    up to cents; 100 is full. ``value``, ``numerator``, ``denominator`` and ``reference`` are in the unit
    of the measure. ``missing`` says in words why there is no score; "" where there is one.

    ``share`` is which part of the reference was reached, ``curve_points`` and ``cap`` are what the scorecard
    says of the curve, ``of`` how many values the median is of, or how many goals the reference is made of.
    """

    item: str  # public id of the scorecard_item
    name: str
    kind: str  # metric | rating | behaviour
    weight: Decimal
    counted_weight: Decimal
    score: Decimal | None
    sentence: str
    measure: str = ""
    measure_version: int = 0
    unit: str = ""
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    n: int = 0
    reference: Decimal | None = None
    reference_kind: str = ""
    curve: str = ""
    curve_points: str = ""
    cap: Decimal | None = None
    share: Decimal | None = None
    of: int = 0
    missing: str = ""
    records: tuple[Counted, ...] = ()
    judged: tuple[Judged, ...] = ()

    @property
    def contribution(self) -> Decimal:
        """What it adds to the total, exactly."""
        return self.counted_weight * (self.score or Decimal(0))

    def as_dict(self) -> dict[str, Any]:
        """As the verbs print it and as it is sealed; numbers are texts, so that no digit is lost."""
        return {
            "item": self.item,
            "name": self.name,
            "kind": self.kind,
            "measure": self.measure,
            "measure_version": self.measure_version,
            "unit": self.unit,
            "weight": plain(self.weight),
            "counted_weight": plain(self.counted_weight),
            "value": _text(self.value),
            "numerator": _text(self.numerator),
            "denominator": _text(self.denominator),
            "reference": _text(self.reference),
            "reference_kind": self.reference_kind,
            "reference_of": self.of,
            "curve": self.curve,
            "curve_points": self.curve_points,
            "cap": _text(self.cap),
            "share": _text(self.share),
            "score": _text(self.score),
            "sentence": self.sentence,
            "missing": self.missing,
            "n": self.n,
            "records": [one.as_dict() for one in self.records],
            "judged": [
                {
                    "by": one.rated_by,
                    "rater": one.rater,
                    "level": plain(one.level),
                    "points": plain(one.points),
                    "comment": one.comment,
                    "cites": list(one.cites),
                }
                for one in self.judged
            ],
        }

    @classmethod
    def from_dict(cls, said: Mapping[str, Any], labels: Mapping[str, str]) -> ItemScore:
        """Back from ``as_dict``, which doesn't say what records are called."""
        return cls(
            item=said["item"],
            name=said["name"],
            kind=said["kind"],
            weight=Decimal(said["weight"]),
            counted_weight=Decimal(said["counted_weight"]),
            score=_number(said["score"]),
            sentence=said["sentence"],
            measure=said["measure"],
            measure_version=said["measure_version"],
            unit=said["unit"],
            value=_number(said["value"]),
            numerator=_number(said["numerator"]),
            denominator=_number(said["denominator"]),
            n=said["n"],
            reference=_number(said["reference"]),
            reference_kind=said["reference_kind"],
            curve=said["curve"],
            curve_points=said["curve_points"],
            cap=_number(said["cap"]),
            share=_number(said["share"]),
            of=said["reference_of"],
            missing=said["missing"],
            records=tuple(
                Counted.from_dict(one, labels.get(one["id"], "")) for one in said["records"]
            ),
            judged=tuple(Judged.from_dict(one) for one in said["judged"]),
        )


@dataclass(frozen=True)
class Scored:
    """One person's evaluation as it stands.

    ``total`` is the sum of the contributions plus ``adjustment``, rounded half up to cents; None where too
    little of the scorecard could be scored. ``band`` is the group of those who can't be told apart, ""
    before it is worked out. ``notes`` are sentences: what was special about the period of this person.
    """

    evaluation: str  # public id; "" where the cycle has no evaluation of this person yet
    version: int
    person: str  # public id of the salesperson
    name: str
    cycle: str
    cycle_name: str
    scorecard: str
    scorecard_name: str
    scorecard_version: int
    first: date
    last: date
    items: tuple[ItemScore, ...]
    data_score: Decimal | None
    total: Decimal | None
    grade: str
    band: str = ""
    adjustment: Decimal = Decimal(0)
    adjustment_reason: str = ""
    comment: str = ""
    notes: tuple[str, ...] = ()
    as_of: int = 0  # the change after which the book stood so

    def as_dict(self) -> dict[str, Any]:
        """As the verbs print it and as it is sealed."""
        return {
            "evaluation": self.evaluation,
            "version": self.version,
            "person": self.person,
            "name": self.name,
            "cycle": self.cycle,
            "cycle_name": self.cycle_name,
            "scorecard": self.scorecard,
            "scorecard_name": self.scorecard_name,
            "scorecard_version": self.scorecard_version,
            "from": self.first.isoformat(),
            "to": self.last.isoformat(),
            "items": [one.as_dict() for one in self.items],
            "data_score": _text(self.data_score),
            "adjustment": plain(self.adjustment),
            "adjustment_reason": self.adjustment_reason,
            "total": _text(self.total),
            "grade": self.grade,
            "band": self.band,
            "comment": self.comment,
            "notes": list(self.notes),
            "as_of": self.as_of,
        }

    @classmethod
    def from_dict(cls, said: Mapping[str, Any], labels: Mapping[str, str] | None = None) -> Scored:
        """Back from ``as_dict``; ``labels`` says what the records behind it are called, by their ids."""
        return cls(
            evaluation=said["evaluation"],
            version=said["version"],
            person=said["person"],
            name=said["name"],
            cycle=said["cycle"],
            cycle_name=said["cycle_name"],
            scorecard=said["scorecard"],
            scorecard_name=said["scorecard_name"],
            scorecard_version=said["scorecard_version"],
            first=date.fromisoformat(said["from"]),
            last=date.fromisoformat(said["to"]),
            items=tuple(ItemScore.from_dict(one, labels or {}) for one in said["items"]),
            data_score=_number(said["data_score"]),
            total=_number(said["total"]),
            grade=said["grade"],
            band=said["band"],
            adjustment=Decimal(said["adjustment"]),
            adjustment_reason=said["adjustment_reason"],
            comment=said["comment"],
            notes=tuple(said["notes"]),
            as_of=said["as_of"],
        )


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _text(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)
