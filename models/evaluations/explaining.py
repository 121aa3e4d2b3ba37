"""Why an item has its points: the rule that was applied and what is measured, in words."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from models.describe.field import Choice
from models.evaluations import curves
from models.evaluations.result import ItemScore, Judged, Scored
from models.evaluations.scorecard import CURVES, ITEM_KINDS, REFERENCES
from models.measures import engine
from models.money import plain, rounded
from models.refusals import Refused
from models.texts import N_, ntr, tr


def percent(weight: Decimal) -> str:
    """A share as it is written, with one decimal where it needs one."""
    value = rounded(weight * 100, 1)
    return f"{plain(value.normalize() if value else value)}%"


def kind(item: ItemScore) -> str:
    """Measured, rated or behaviour, in words."""
    return _choice(ITEM_KINDS, item.kind)


def _choice(choices: Sequence[Choice], code: str) -> str:
    return next((one.text() for one in choices if one.code == code), code)


def rule(scored: Scored, item: ItemScore) -> str:
    """The scorecard with its version, and how it turns the value into points."""
    parts = [
        tr(
            N_("Scorecard “{card}”, version {n}: weight {weight}."),
            card=scored.scorecard_name,
            n=scored.scorecard_version,
            weight=percent(item.weight),
        )
    ]
    if item.kind == "metric":
        parts.append(
            tr(
                N_("Measured against: {reference}. Curve: {curve}."),
                reference=_choice(REFERENCES, item.reference_kind) or "–",
                curve=_choice(CURVES, item.curve),
            )
        )
    else:
        parts.append(tr(N_("Levels 1 to 5 become points; the manager's level counts.")))
    return tr(N_("{one} {two}"), one=parts[0], two=parts[1])


def definition(item: ItemScore) -> str:
    """What is measured, in the plain words of the measure and its version; "" where nothing is."""
    if not item.measure:
        return ""
    try:
        what = engine.definition(item.measure)
    except Refused:
        return item.measure
    return tr(
        N_("{measure} (version {n}): {words}"),
        measure=what.text(),
        n=item.measure_version,
        words=tr(what.words),
    )


def shown(item: ItemScore, value: Decimal | None, currency: str) -> str:
    """A value of an item in its unit, or its level; "–" where there is none."""
    if value is None:
        return "–"
    if not item.measure:
        return plain(value.normalize() if value else value)
    try:
        return engine.definition(item.measure).show(value, currency)
    except Refused:
        return plain(value)


def shown_part(item: ItemScore, value: Decimal | None, currency: str) -> str:
    """What one record adds: money and counts in their unit, the part of a rate as a plain number."""
    if item.denominator is not None and value is not None:
        return plain(rounded(value, 2).normalize() if value else value)
    return shown(item, value, currency)


def side(one: Judged) -> str:
    """Who judged: self, manager or colleague, with the name where it is known."""
    who = {"self": N_("Self"), "manager": N_("Manager"), "peer": N_("Colleague")}[one.rated_by]
    return tr(N_("{who} {name}"), who=tr(who), name=one.rater) if one.rater else tr(who)


def together(item: ItemScore) -> tuple[int, Decimal] | None:
    """How many colleagues judged an item, and the mean of their levels; None where nobody did."""
    levels = [Fraction(one.level) for one in item.judged if one.rated_by == "peer"]
    if not levels:
        return None
    return len(levels), curves.rounded(sum(levels, Fraction(0)) / len(levels), 1)


def together_said(item: ItemScore) -> str:
    """What colleagues say together, without who said what; "" where nobody did."""
    found = together(item)
    if found is None:
        return ""
    n, mean = found
    return ntr(
        "{n} colleague: level {level}", "{n} colleagues: level {level} on average", n, level=plain(mean)
    )  # fmt: skip


def judged(one: Judged) -> str:
    """What one rater said of an item."""
    said = tr(
        N_("{who}: level {n}, {points} points"),
        who=side(one),
        n=plain(one.level.normalize() if one.level else one.level),
        points=plain(one.points),
    )
    if one.comment:
        said = tr(N_("{said}. {reason}"), said=said, reason=one.comment.replace("\n", " "))
    if one.cites:
        said = tr(N_("{said} (cites {ids})"), said=said, ids=" ".join(one.cites))
    return said
