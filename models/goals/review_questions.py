"""Questions for a goal review, each by a rule from the numbers, with the numbers that raise it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from models.goals.moves import Moved
from models.goals.pace import Standing, accumulates
from models.goals.pace_words import days_text, percent, reason, shown
from models.goals.review import Page, Review
from models.money import rounded, show_whole
from models.texts import N_, ntr, tr

_MOST = 7  # questions of a page: more are not asked
_OLD = 7  # days without a record from which it is asked whether all is written down
_STALE = 14
_DEAL = "opportunity"  # what measures of deals count
_BEHIND = ("behind", "at_risk")
_ALONE = Decimal("0.5")  # share of what is won that hangs on one person


@dataclass(frozen=True)
class Question:
    """A question and the numbers that raise it; ``rule`` names where it comes from."""

    rule: str
    text: str
    why: str


_Rule = Callable[[Review, Page], Iterator[Question]]


def of_person(review: Review, page: Page) -> tuple[Question, ...]:
    """What is worth asking a person, the weightiest first."""
    rules: tuple[_Rule, ...] = (
        _pace, _broken, _blocked, _slipped, _overdue, _lost, _decided, _rates, _silence, _aimless, _well,
    )  # fmt: skip
    return tuple(islice((one for rule in rules for one in rule(review, page)), _MOST))


def of_team(review: Review, page: Page) -> tuple[Question, ...]:
    """What is worth asking all together."""
    rules: tuple[_Rule, ...] = (_pace, _many_behind, _alone, _late_deals, _decided, _rates, _nobody)
    return tuple(islice((one for rule in rules for one in rule(review, page)), _MOST))


def _pace(review: Review, page: Page) -> Iterator[Question]:
    asked: set[str | None] = set()  # the longest goal of a measure asks for the shorter ones too
    for one in page.goals:
        if one.status not in _BEHIND or not accumulates(one.what) or one.down or not one.expected:
            continue
        if one.goal.measure not in asked:
            asked.add(one.goal.measure)
            text = _catch_up(review, page, one)
            yield Question("pace", text, _of(one, reason(one, review.currency)))


def _catch_up(review: Review, page: Page, one: Standing) -> str:
    """How a goal that is behind can still be reached: by which deals, if it counts deals."""
    assert one.what is not None
    assert one.expected is not None
    assert one.target is not None
    value, last = one.value or Decimal(0), one.goal.last
    said = {"share": percent(value / one.expected), "days": days_text(one.days_left)}
    gap = shown(one, one.target - value, review.currency)
    own = page.person is not None and one.goal.level == "person"
    if not own or one.what.source.entity != _DEAL:
        text = N_(
            "{goal} is at {share} of what was expected (working days left: {days}): where do the missing {gap} come from?"
        )
        return tr(text, goal=one.goal.title, gap=gap, **said)
    deals = [deal for deal in page.course.expected if deal.due and last and deal.due <= last]
    if deals:
        text = N_(
            "Pace is {share} of what was expected (working days left: {days}): can {deals} still close by {day}?"
        )
        named = _named(review, [(deal.label, deal.amount) for deal in deals[:2]])
        return tr(text, deals=named, day=last, **said)
    text = N_(
        "Pace is {share} of what was expected (working days left: {days}), and no open deal is due by {day}: where do the missing {gap} come from?"
    )
    return tr(text, day=last, gap=gap, **said)


def _of(one: Standing, why: str) -> str:
    return tr(N_("{goal}: {reason}"), goal=one.goal.title, reason=why)


def _named(review: Review, deals: list[tuple[str, Decimal]]) -> str:
    return tr(N_(", ")).join(
        tr(N_("“{deal}” ({amount})"), deal=label, amount=show_whole(amount, review.currency))
        for label, amount in deals
    )


def _broken(review: Review, page: Page) -> Iterator[Question]:
    for one in page.promises:
        if one.state == "broken":
            said, came = (
                one.what.show(number, review.currency) for number in (one.amount, one.actual)
            )
            text = N_("What was different from what you thought when you promised {amount}?")
            why = N_("{measure} of {period}: {amount} was promised, {actual} came.")
            yield Question(
                "promise",
                tr(text, amount=said),
                tr(why, measure=one.what.text(), period=one.period, amount=said, actual=came),
            )


def _blocked(_review: Review, page: Page) -> Iterator[Question]:
    for one in [task for task in page.tasks if task.blocked][:2]:
        text = tr(N_("Who can free “{task}”, and by when?"), task=one.title)
        why = (
            tr(N_("Blocked by: {reason}"), reason=one.reason)
            if one.reason
            else tr(N_("It is blocked, and nothing says by what."))
        )
        yield Question("blocked", text, why)
    late = [task for task in page.tasks if not task.blocked]
    if late:
        text = tr(N_("Which of the tasks that are overdue still matter?"))
        why = ntr(
            "{n} task is overdue, the oldest by {days} days.",
            "{n} tasks are overdue, the oldest by {days} days.",
            len(late),
            days=max(one.late for one in late),
        )
        yield Question("late", text, why)


def _largest(moved: tuple[Moved, ...], kind: str) -> list[Moved]:
    return sorted((one for one in moved if one.kind == kind), key=lambda one: -abs(one.amount))


def _slipped(review: Review, page: Page) -> Iterator[Question]:
    for one in _largest(page.course.moved, "later")[:2]:
        amount = show_whole(one.amount, review.currency)
        text = N_("What has to happen so that “{deal}” closes on its new day?")
        why = N_("{amount}; its expected close went from {before} to {after} since {since}.")
        yield Question(
            "slipped",
            tr(text, deal=one.label),
            tr(
                why,
                amount=amount,
                before=one.before or "–",
                after=one.after or "–",
                since=review.since,
            ),
        )


def _overdue(review: Review, page: Page) -> Iterator[Question]:
    late = [one for one in page.course.overdue if one.due and (review.on - one.due).days >= _STALE]
    if late:
        total = show_whole(sum((one.amount for one in late), Decimal(0)), review.currency)
        text = tr(
            N_("Which of the deals whose day is long over are still alive, and when do they close?")
        )
        why = ntr(
            "{n} open deal of {amount} should have closed more than two weeks ago.",
            "{n} open deals of {amount} together should have closed more than two weeks ago.",
            len(late),
            amount=total,
        )
        yield Question("overdue", text, why)


def _lost(review: Review, page: Page) -> Iterator[Question]:
    lost = _largest(page.course.moved, "lost")
    if lost:
        total = show_whole(sum((one.amount for one in lost), Decimal(0)), review.currency)
        text = tr(N_("What do we learn from losing “{deal}”?"), deal=lost[0].label)
        why = ntr(
            "{n} deal of {amount} was lost since {since}.",
            "{n} deals of {amount} together were lost since {since}.",
            len(lost),
            amount=total,
            since=review.since,
        )
        yield Question("lost", text, why)


def _decided(_review: Review, page: Page) -> Iterator[Question]:
    late = [one for one in page.decided if one.late]
    if late:
        text = tr(N_("What keeps “{decision}” from being done?"), decision=late[0].title)
        why = ntr("{n} decision is past its day.", "{n} decisions are past their day.", len(late))
        yield Question("decided", text, why)


def _rates(review: Review, page: Page) -> Iterator[Question]:
    for one in page.goals:
        if one.status not in _BEHIND or one.what is None:
            continue
        if accumulates(one.what) and not one.down:
            continue
        text = (
            N_("What would bring {measure} down?") if one.down else N_("What would lift {measure}?")
        )
        yield Question(
            "rate", tr(text, measure=one.what.text()), _of(one, reason(one, review.currency))
        )
    for one in page.goals:
        if one.status in _BEHIND and one.what is None:
            text = tr(
                N_("What is the next step that can be shown for “{goal}”?"), goal=one.goal.title
            )
            yield Question("results", text, reason(one, review.currency))


def _silence(_review: Review, page: Page) -> Iterator[Question]:
    ages = [one.data_age for one in page.goals if one.what and one.data_age is not None]
    if ages and min(ages) >= _OLD:
        text = tr(N_("Is everything that happened written down?"))
        why = tr(N_("The last record that counts is {n} days old."), n=min(ages))
        yield Question("silence", text, why)


def _aimless(_review: Review, page: Page) -> Iterator[Question]:
    without = [one for one in page.goals if one.status == "no_target"]
    if not page.goals:
        text = tr(N_("Which goals shall hold for this period?"))
        yield Question("aimless", text, tr(N_("No goal stands for it.")))
    elif without:
        text = tr(N_("Which target shall hold for “{goal}”?"), goal=without[0].goal.title)
        yield Question("aimless", text, tr(N_("No target is set.")))


def _well(review: Review, page: Page) -> Iterator[Question]:
    for one in page.goals:
        if one.status not in ("ahead", "reached") or one.over or one.what is None or one.down:
            continue
        if one.goal.stretch is not None and (one.value or 0) < one.goal.stretch:
            text = tr(
                N_("What is needed to get to {stretch}, and what can others learn from it?"),
                stretch=shown(one, one.goal.stretch, review.currency),
            )
        else:
            text = tr(N_("What worked, and what can others learn from it?"))
        yield Question("well", text, _of(one, reason(one, review.currency)))
        return


def _many_behind(review: Review, _page: Page) -> Iterator[Question]:
    counted = Counter(one.status for one in review.sums)
    behind = [one for one in review.sums if one.status in _BEHIND]
    if len(behind) < 2 or review.measure is None:
        return
    behind.sort(key=lambda one: (one.actual or 0) - (one.expected or 0))
    names = tr(N_(", ")).join(one.name for one in behind[:4])
    text = tr(N_("Who needs help first: {names}?"), names=names)
    words = (
        N_("{n} of {all} people are behind in {measure}, {risk} of them at risk.")
        if counted["at_risk"]
        else N_("{n} of {all} people are behind in {measure}.")
    )
    why = tr(
        words,
        n=len(behind),
        all=len(review.sums),
        measure=review.measure.text(),
        risk=counted["at_risk"],
    )
    yield Question("behind", text, why)


def _alone(review: Review, _page: Page) -> Iterator[Question]:
    total = sum((one.actual or Decimal(0) for one in review.sums), Decimal(0))
    best = max(review.sums, key=lambda one: one.actual or Decimal(0), default=None)
    if best is None or not best.actual or len(review.sums) < 3 or review.measure is None:
        return
    share = best.actual / total if total > 0 else Decimal(0)
    if share > _ALONE:
        text = tr(N_("What if {person} is away for two weeks?"), person=best.name)
        why = tr(
            N_("{share} of {measure} so far is by one person."),
            share=f"{rounded(share * 100, 0)}%",
            measure=review.measure.text(),
        )
        yield Question("alone", text, why)


def _late_deals(review: Review, page: Page) -> Iterator[Question]:
    moved = [one for one in page.course.moved if one.kind == "later"]
    if len(moved) >= 2:
        total = show_whole(sum((one.amount for one in moved), Decimal(0)), review.currency)
        text = tr(
            N_("Why do deals slip: do we date them too early, or does something hold them up?")
        )
        why = ntr(
            "{n} deal of {amount} was moved to a later day since {since}.",
            "{n} deals of {amount} together were moved to a later day since {since}.",
            len(moved),
            amount=total,
            since=review.since,
        )
        yield Question("slipped", text, why)
    yield from _overdue(review, page)


def _nobody(review: Review, _page: Page) -> Iterator[Question]:
    without = [one.name for one in review.people if not one.goals]
    if without:
        text = tr(N_("Which goals shall hold for {names}?"), names=tr(N_(", ")).join(without[:6]))
        why = ntr(
            "{n} person has no goal in this period.",
            "{n} people have no goal in this period.",
            len(without),
        )
        yield Question("aimless", text, why)
