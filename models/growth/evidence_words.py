"""How a plan stands, in words: the number and its noise, the steps, what was said, the verdict and why."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from models.book import Book
from models.following.sentences import joined
from models.growth.evidence import (
    BETTER,
    CANT_TELL,
    CONTINUED,
    MET,
    NOT_MET,
    PARTLY,
    WORSE,
    Progress,
)
from models.growth.plan_rows import show
from models.growth.spread import FEW
from models.measures import engine
from models.texts import N_, ntr, tr

_NAMED = 12  # ids that a sentence names
_TOLD = {
    BETTER: N_("that is better than before, beyond what chance explains"),
    WORSE: N_("that is worse than before, beyond what chance explains"),
}
_WHY = {
    MET: N_("The target was reached."),
    PARTLY: N_("At least half of the way to the target is gone."),
    NOT_MET: N_("Less than half of the way to the target is gone."),
    CONTINUED: N_("The data can't tell yet; the plan goes on."),
}
_BY_STEPS = {
    MET: N_("All steps are done, and most of the feedback since is good."),
    PARTLY: N_("Some of the steps are done; nobody has judged it since."),
    NOT_MET: N_("No step is done; nobody has judged it since."),
    CONTINUED: N_("Nobody has judged it since; the plan goes on."),
}


def value(one: Progress, currency: str) -> str:
    """Where the measure stands, of how many records, and whether that says anything."""
    plan = one.plan
    if not plan.measure:
        if one.value is None:
            return tr(N_("Nobody has judged it since the plan began."))
        return tr(N_("Judged since: {value}."), value=show("", one.value, currency))
    if not one.known:
        return tr(N_("Nothing is measured before the plan begins."))
    label = engine.definition(plan.measure).text()
    shown = show(plan.measure, one.value, currency)
    n = ntr("{n} record", "{n} records", one.n)
    said = tr(N_("{measure} since the plan began: {value} ({n})"), measure=label, value=shown, n=n)
    aim = tr(N_("target by now {aim}"), aim=show(plan.measure, one.aim, currency)) if one.aim is not None else ""  # fmt: skip
    return _sentence(said, aim, _told(one))


def _told(one: Progress) -> str:
    if one.told != CANT_TELL:
        return tr(_TOLD[one.told])
    if one.n < FEW:
        return ntr(
            "can't tell yet: fewer than {n} record", "can't tell yet: fewer than {n} records", FEW
        )
    return tr(N_("can't tell yet: chance alone explains the difference from before"))


def steps(one: Progress) -> str:
    """How many steps are done."""
    if not one.steps:
        return tr(N_("The plan has no steps."))
    return tr(N_("{done} of {n} steps done."), done=one.done, n=one.steps)


def feedback(one: Progress) -> str:
    """What was said since."""
    n = len(one.feedback)
    if not n:
        return tr(N_("No feedback about it since."))
    return ntr(
        "{n} piece of feedback about it since, {good} of it good.",
        "{n} pieces of feedback about it since, {good} of them good.",
        n,
        good=one.good,
    )


def why(one: Progress) -> str:
    """What the proposed verdict rests on."""
    by_steps = not one.plan.measure and one.way is None
    said = tr((_BY_STEPS if by_steps else _WHY)[one.verdict])
    if one.verdict == MET and one.plan.measure and one.told == CANT_TELL:
        return joined((said, tr(N_("Chance alone could have brought it."))))
    return said


def ids(one: Progress, book: Book) -> tuple[str, ...]:
    """The ids of what it rests on: records, steps done are not among them, feedback."""
    return tuple(
        book.public_id(entity, row)
        for entity, row in (*one.records, *(("feedback", each) for each in one.feedback))
    )


def verdict_words(one: Progress, book: Book) -> str:
    """The words that are proposed for a verdict, with the numbers and the ids of records."""
    named = ids(one, book)
    more = len(named) - _NAMED
    listed = " ".join(named[:_NAMED])
    records = tr(N_("Records: {ids}"), ids=listed) if listed else ""
    if more > 0:
        records = ntr("{records} and {n} more", "{records} and {n} more", more, records=records)
    lines: list[Any] = [why(one), value(one, book.currency), steps(one), records]
    return "\n".join(one for one in lines if one)


def _sentence(*clauses: str) -> str:
    return tr(N_("{clauses}."), clauses=tr(N_(", ")).join(one for one in clauses if one))


def number(value: Decimal | None) -> Decimal | None:
    """As many digits as a plan keeps."""
    return None if value is None else value.quantize(Decimal("0.000001"))
