"""How a played year gives work to people, and what becomes of work that can't go on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import pytest

from models.assignment import batch
from models.assignment.deciding import Choice
from models.assignment.deciding import give as decide
from models.assignment.in_book import read, weights
from models.assignment.inputs import Case
from models.assignment.ranking import rank
from models.assignment.weights import Weights
from models.refusals import Refused
from models.tasks import blocking
from models.tasks.blocking import Asked
from tests.year import holds
from tests.year.crowd import moment

if TYPE_CHECKING:
    from tests.year.life import Life


def give(life: Life, tasks: Sequence[int], day: date) -> None:
    """The assistant gives tasks that nobody has, all at once; whoever gets one can do it."""
    case = read(life.book, [("task", one) for one in tasks], day).case
    weighed = weights(life.book)
    _nobody_absent(life, case, weighed, day)
    plan = batch.assign(case, weighed)
    if not plan.given:
        return
    choices = [Choice(key, person) for key, person in plan.given.items()]
    decide(life.book, case, weighed, choices, proposed=plan.given)
    life.counts["given"] += len(choices)
    life.counts["nobody may"] += len(plan.nobody)
    for key, person in plan.given.items():
        holds.may_receive(life, key[1], person, day)


def _nobody_absent(life: Life, case: Case, weighed: Weights, day: date) -> None:
    """Neither who has left nor who is away until it is due can be given anything, not even with a reason."""
    here = set(life.present(day))
    for job in case.jobs[:3]:
        absent = [
            one.id
            for one in case.people
            if one.id in life.left or (one.id not in here and job.due <= life.days.after(day))
        ]
        if not absent:
            continue
        ranked = {one.person.id for one in rank(case, job, weighed).candidates}
        assert not ranked & set(absent)
        choice = Choice(job.key, life.dice.choice(absent), "老客户点名")
        with pytest.raises(Refused, match=r".") as refused:
            decide(life.book, case, weighed, [choice])
        assert refused.value.code == "cant_receive"
        life.counts["refused"] += 1


def blocked(life: Life, day: date) -> None:
    """One or two tasks can't go on; what was asked before today is answered or solved."""
    book, dice = life.book, life.dice
    for row, person, resolver in life.run(
        "SELECT h.id, h.person, p.manager FROM help_request h LEFT JOIN salesperson p "
        "ON p.id = h.person WHERE h.alive = 1 AND h.status = 'open' AND h.raised_at < ?",
        day.isoformat(),
    ):
        if dice.happens(0.6):
            blocking.answer(
                book, row, "财务同意分批付款", resolver or person, moment(day, 15), resolved=dice.happens(0.7)
            )  # fmt: skip
            life.counts["answered"] += 1
    present = set(life.present(day))
    doing = [
        row
        for row, owner in life.run(
            "SELECT id, owner FROM task WHERE alive = 1 AND status IN ('assigned', 'doing') "
            "ORDER BY id DESC LIMIT 50"
        )
        if owner in present
    ]
    title, tried, needed = life.crowd.work_words.asked
    for row in dice.sample(doing, min(dice.randint(0, 2), len(doing))):
        blocking.block(book, row, Asked(title, tried, needed), moment(day, 14))
        life.counts["blocked"] += 1
