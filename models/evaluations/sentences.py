"""An item in words: what was reached, against what, which share of it that is, and the points that it gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from models.evaluations import curves
from models.evaluations.cards import Item
from models.evaluations.counting import Count
from models.evaluations.curves import rounded
from models.evaluations.references import FIXED, GOAL, Reference
from models.evaluations.result import Judged
from models.evaluations.windows import Window
from models.following.sentences import joined
from models.measures.definition import Definition
from models.money import plain, show_money
from models.money import rounded as rounded_decimal
from models.texts import N_, ntr, tr

_CURVES = {
    "linear": N_(
        "The points follow a line, level before its first and after its last point: {points}."
    ),
    "steps": N_("The points go by steps: {points}."),
    "threshold": N_("Below the first of these there are no points: {points}."),
}


@dataclass(frozen=True)
class Told:
    """What is to be said of a computed item."""

    what: Definition
    count: Count
    reference: Reference
    window: Window
    currency: str
    share: Fraction | None = None
    score: Decimal | None = None


def decimal(value: Fraction | None) -> Decimal | None:
    """A fraction as a decimal number, as exact as these are."""
    return None if value is None else Decimal(value.numerator) / value.denominator


def percent(share: Fraction | Decimal) -> str:
    """A share in per cent, with one decimal where it has one."""
    return f"{plain(rounded(Fraction(share) * 100, 1))}%"


def weighed(item: Item, counted: Decimal, whole: Decimal, missing: bool, there: bool) -> str:
    """How much an item counts, and why it is not what the scorecard says.

    Args:
        whole: what all weights of the scorecard come to.
        there: whether any item has points.
    """
    if missing:
        if not there:
            return ""
        return tr(
            N_("Its weight of {weight} is shared out over the other items."),
            weight=percent(item.weight),
        )
    if rounded(Fraction(counted), 5) == rounded(Fraction(item.weight), 5):
        return tr(N_("It counts {weight} of the total."), weight=percent(counted))
    if whole != 1:
        return tr(
            N_(
                "It counts {counted} of the total, in proportion: the weights of the scorecard come to {whole}, that of this item is {weight}."
            ),
            counted=percent(counted),
            whole=percent(whole),
            weight=percent(item.weight),
        )
    return tr(
        N_("It counts {counted} of the total instead of {weight}, as other items can't be scored."),
        counted=percent(counted),
        weight=percent(item.weight),
    )


# -- computed items ----------------------------------------------------------------------------------------


def metric(item: Item, told: Told) -> str:
    """A computed item that has points."""
    assert told.score is not None
    return joined([reached(told), against(told), _share(told), _points(item, told)])


def reached(told: Told) -> str:
    """The value with what it is made of."""
    what, count = told.what, told.count
    value = what.show(decimal(count.exact), told.currency)
    if count.exact is None:
        return no_value(what)
    if what.denominator is None:
        if not count.n:
            return tr(
                N_("{measure}: no record in this time, which counts as {value}."),
                measure=what.text(),
                value=value,
            )
        said = ntr(
            "{measure}: {value} from one record.",
            "{measure}: {value} from {n} records.",
            count.n,
            measure=what.text(),
            value=value,
        )
    elif what.median:
        said = ntr(
            "{measure}: {value}, of one record.",
            "{measure}: {value}, the median of {n} records.",
            count.n,
            measure=what.text(),
            value=value,
        )
    elif what.unit == "percent" and not what.trials:
        said = ntr(
            "{measure}: {value}, of one record.",
            "{measure}: {value} on average of {n} records.",
            count.n,
            measure=what.text(),
            value=value,
        )
    elif what.unit == "percent":
        said = ntr(
            "{measure}: {value}, that is {top} of {bottom}, from one record.",
            "{measure}: {value}, that is {top} of {bottom}, from {n} records.",
            count.n,
            measure=what.text(),
            value=value,
            top=_plain(count.top, what.scaled, told.currency),
            bottom=_plain(count.bottom or Decimal(0), what.scaled_below, told.currency),
        )
    else:
        said = ntr(
            "{measure}: {value}, of one record.",
            "{measure}: {value} on average of {n} records.",
            count.n,
            measure=what.text(),
            value=value,
        )
    return said


def no_value(what: Definition) -> str:
    """Why there is no value: a rate or mean without records."""
    return tr(N_("There is no record from which {measure} could be computed."), measure=what.text())


def _plain(value: Decimal, money: bool, currency: str) -> str:
    return show_money(rounded_decimal(value, 2), currency) if money else plain(value)


def against(told: Told) -> str:
    """What it is measured against, and how it was brought to the days that count."""
    one = told.reference
    shown = told.what.show(decimal(one.value), told.currency)
    if one.kind == FIXED:
        said = tr(N_("The scorecard asks for {reference}."), reference=shown)
    elif one.kind == GOAL:
        return _of_goals(one, told, shown)
    else:
        said = ntr(
            "The median, of one person only, is {reference}.",
            "The median of {n} people who have records of it is {reference}.",
            one.of,
            reference=shown,
        )
    return joined([said, _scaled(told)])


def _of_goals(one: Reference, told: Told, shown: str) -> str:
    """Goals as they are written, and what they come to for the days that count."""
    partly = one.written is not None and one.covered != told.window.full
    if one.of == 1 and not partly:
        return joined([tr(N_("The goal is {reference}."), reference=shown), _scaled(told)])
    if one.written is None:
        text = N_("The {n} goals inside the period are {reference} in the mean.")
        return joined([tr(text, n=one.of, reference=shown), _scaled(told)])
    written = told.what.show(decimal(one.written), told.currency)
    if partly:
        said = ntr(
            "The goal inside the period is {written} for {covered} of {full} working days; the other days count alike, which makes {whole} for all of them.",
            "The {n} goals inside the period come to {written} for {covered} of {full} working days; the other days count alike, which makes {whole} for all of them.",
            one.of,
            written=written,
            covered=one.covered,
            full=told.window.full,
            whole=told.what.show(decimal(one.whole), told.currency),
        )
    else:
        text = N_("The {n} goals inside the period come to {reference}.")
        said = tr(text, n=one.of, reference=written)
    if not one.scaled:
        return said
    text = N_("For {days} of {full} working days, each goal by its own, that is {reference}.")
    days, full = plain(told.window.worked), told.window.full
    return joined([said, tr(text, days=days, full=full, reference=shown)])


def _scaled(told: Told) -> str:
    if not told.reference.scaled:
        ends = told.what.at_end and told.window.worked != told.window.full
        return tr(N_("What stands at the end is compared with all of it.")) if ends else ""
    return tr(
        N_("That is for {days} of {full} working days; for all of them it would be {whole}."),
        days=plain(told.window.worked),
        full=told.window.full,
        whole=told.what.show(decimal(told.reference.whole), told.currency),
    )


def _share(told: Told) -> str:
    assert told.share is not None
    assert told.score is not None
    if told.what.direction == "down":
        return tr(
            N_(
                "Less is better: {reached} of it is reached, so 200% less that, {share}, counts, which gives {points} points."
            ),
            reached=percent(2 - told.share),
            share=percent(told.share),
            points=plain(told.score),
        )
    return tr(
        N_("{share} of it is reached, which gives {points} points."),
        share=percent(told.share),
        points=plain(told.score),
    )


def _points(item: Item, told: Told) -> str:
    """The curve where it isn't simply in proportion, and where its points ended."""
    said = []
    assert told.share is not None
    if item.points.strip():
        said.append(tr(_CURVES.get(item.curve, _CURVES["linear"]), points=item.points.strip()))
    elif item.curve == "steps":
        said.append(tr(N_("All points are given for the whole of it, none for less.")))
    raw = curves.uncapped(told.share, item.curve, curves.points(item.points))
    if told.share < 0 and not told.score:
        said.append(
            tr(N_("The value is negative: points never fall below 0."))
            if told.what.direction != "down"
            else tr(N_("Points never fall below 0."))
        )
    said.append(_capped(raw, item.cap))
    return joined(said)


def _capped(raw: Fraction, cap: Decimal | None) -> str:
    """That points ended at the cap, if they did."""
    if cap is None or raw <= cap:
        return ""
    return tr(N_("More than {cap} points are never given."), cap=plain(cap))


def no_reference(item: Item, told: Told) -> str:
    """Why there is nothing to measure against."""
    one, measure = told.reference, told.what.text()
    if not told.window.days or not told.window.worked:
        return tr(N_("There is no day worked in this time."))
    if one.value is None:
        if one.kind == FIXED:
            return tr(N_("The scorecard doesn't say what gives full points."))
        if one.kind == GOAL:
            return tr(N_("There is no goal for {measure} in this period."), measure=measure)
        return tr(N_("Nobody has a value of {measure} to take the median of."), measure=measure)
    return joined([against(told), tr(N_("Only something above 0 can be measured against."))])


# -- judged items --------------------------------------------------------------------------------------------


def judged(item: Item, given: Sequence[Judged], level: Fraction, score: Decimal) -> str:
    """A judged item that has points, of the level that counts."""
    managers = [one for one in given if one.rated_by == "manager"]
    said = [
        tr(
            N_("{rater} gave level {level} of 5."),
            rater=one.rater or tr(N_("The manager")),
            level=plain(one.level),
        )
        for one in managers
    ]
    said.append(tr(N_("That gives {points} points."), points=plain(score)))
    if item.points.strip():
        said.append(tr(N_("Levels give: {points}."), points=item.points.strip()))
    said.append(_capped(curves.level_uncapped(level, curves.levels(item.points)), item.cap))
    said += [
        tr(N_("Reason: {text}"), text=_ended(one.comment.strip()))
        for one in managers
        if one.comment.strip()
    ]
    return joined([*said, beside(given)])


def _ended(text: str) -> str:
    """A text as a sentence, so that the next one doesn't run into it."""
    return text if text[-1:] in ".。!！?？…" else text + tr(N_("."))


def beside(given: Sequence[Judged]) -> str:
    """What the person and colleagues said; it informs and never counts."""
    said = [
        tr(N_("Self-review: level {level}; it informs and doesn't count."), level=plain(one.level))
        for one in given
        if one.rated_by == "self"
    ]
    peers = [Fraction(one.level) for one in given if one.rated_by == "peer"]
    if peers:
        mean = rounded(sum(peers, Fraction(0)) / len(peers), 1)
        said.append(
            ntr(
                "A colleague says level {level}; it informs and doesn't count.",
                "{n} colleagues say level {level} on average; it informs and doesn't count.",
                len(peers),
                level=plain(mean),
            )
        )
    return joined(said)
