"""A quarter of good chances, given day by day as they come: evenly, and still to those who can.

The simulation: 8 people, 62 working days, about three ordinary chances a day; how well each person fits
a chance is drawn anew, from 0.4 to 1; so is, where it is lively, what they had to do with its customer and how
much time they have. Every chance goes to the first of the ranking.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random

import pytest

from models.assignment.batch import assign
from models.assignment.inputs import ONE, Case, Contact, Fit, Job
from models.assignment.ranking import rank
from models.assignment.weights import USUAL, Weights
from tests.assignment.cases import DAY, ON, days, person

PEOPLE, DAYS, A_DAY = 8, 62, (2, 3, 4)
_DUE = ON + timedelta(days=4)
LEAST_FIT = 0.9  # of the best possible, where nothing else differs
LEAST_FIT_LIVELY = 0.85  # where experience and time count too


@dataclass
class Quarter:
    """What came of it: chances by person, and skill fit given and possible."""

    got: list[int]
    fit: float
    possible: float

    @property
    def spread(self) -> float:
        """The greatest distance from the mean, as a share of it."""
        mean = sum(self.got) / len(self.got)
        return max(abs(one - mean) for one in self.got) / mean

    @property
    def kept(self) -> float:
        """How much of the best possible fit was kept."""
        return self.fit / self.possible


def quarter(
    seed: int,
    weights: Weights = USUAL,
    able: tuple[float, ...] = (1.0,) * PEOPLE,
    batch: bool = False,
    lively: bool = False,
) -> Quarter:
    """Play one."""
    dice = Random(seed)
    team = tuple(person(one, days=days([DAY])) for one in range(PEOPLE))
    made, no = Quarter([0] * PEOPLE, 0, 0), 0
    for _ in range(DAYS):
        jobs, fits, contacts = [], {}, {}
        if lively:
            team = tuple(replace(one, days=days([dice.randint(200, DAY)])) for one in team)
        for _ in range(dice.choice(A_DAY)):
            no += 1
            jobs.append(
                Job("task", no, "T", 100, ON, _DUE, (f"s{no}",), no if lively else None, worth=100)
            )
            for at in range(PEOPLE):
                fit = min(dice.uniform(0.4, 1.0) * able[at], 1.0)
                fits[at, (f"s{no}",)] = Fit(int(fit * ONE), ((f"s{no}", 3, 3),))
                if dice.random() < 0.3:
                    contacts[at, no] = Contact(dice.randint(1, 6), ON)
        for given, who in _given(Case(ON, team, tuple(jobs), fits, contacts), weights, batch):
            found = [fits[one, given.needs].value / ONE for one in range(PEOPLE)]
            made.got[who] += 1
            made.fit += found[who]
            made.possible += max(found)
            one = team[who]
            team = (*team[:who], replace(one, received=one.received + 100), *team[who + 1 :])
    return made


def _given(case: Case, weights: Weights, batch: bool) -> list[tuple[Job, int]]:
    if batch:
        plan = assign(case, weights)
        return [(job, plan.given[job.key]) for job in case.jobs]
    made, team = [], case.people
    for job in case.jobs:
        who = rank(replace(case, people=team), job, weights).first.person.id
        made.append((job, who))
        one = team[who]
        team = (*team[:who], replace(one, received=one.received + 100), *team[who + 1 :])
    return made


@pytest.mark.parametrize("lively", [False, True])
@pytest.mark.parametrize("batch", [False, True])
def test_equal_people_get_equal_chances_and_the_fit_stays(batch: bool, lively: bool) -> None:
    for seed in range(20):
        made = quarter(seed, batch=batch, lively=lively)
        assert made.spread <= 0.10
        assert made.kept >= (LEAST_FIT_LIVELY if lively else LEAST_FIT)


def test_without_fairness_chances_are_spread_by_luck() -> None:
    spreads = [quarter(seed, USUAL.changed("fairness", 0)).spread for seed in range(20)]
    assert sum(one > 0.10 for one in spreads) > 15


def test_of_unequal_people_the_abler_get_more_but_not_everything() -> None:
    able = (1.3, 1.15, 1.0, 1.0, 1.0, 1.0, 0.85, 0.7)
    for seed in range(5):
        made = quarter(seed, able=able)
        mean = sum(made.got) / PEOPLE
        assert made.got[0] >= made.got[-1]
        assert made.got[-1] >= mean * 0.75
        assert made.kept >= 0.85
