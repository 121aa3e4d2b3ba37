"""Laws of giving many jobs at once."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.assignment import search
from models.assignment.batch import Total, assign, chosen, ranking, total
from models.assignment.inputs import Case
from models.assignment.weights import USUAL, Weights
from models.assignment.worth import board
from models.progress import Cancelled, Progress
from tests.assignment.cases import random_case

seeds = st.integers(0, 2**32)
some_weights = st.sampled_from((USUAL, Weights(0, 0, 1, 0, 0), Weights(10, 10, 40, 0, 40)))


def _enumerated(case: Case, weights: Weights) -> Total:
    """The best of all assignments, each weighed as the screens weigh it, not as the search does."""
    allowed = [
        [each.person.id for each in ranking(case, weights, {}, job).candidates] for job in case.jobs
    ]
    possible = [(job, who) for job, who in zip(case.jobs, allowed, strict=True) if who]
    return max(
        (
            total(
                case, weights, {job.key: who for (job, _), who in zip(possible, one, strict=True)}
            )
            for one in product(*(who for _, who in possible))
        ),
        key=lambda one: one.order,
    )


@given(seeds, some_weights, st.integers(1, 4), st.integers(1, 4))
def test_a_small_batch_is_the_best_of_all(
    seed: int, weights: Weights, people: int, jobs: int
) -> None:
    case = random_case(seed, people, jobs)
    plan = assign(case, weights)
    assert plan.exact
    assert plan.total == _enumerated(case, weights)


@given(seeds, some_weights, st.integers(1, 12), st.integers(1, 12))
def test_no_batch_is_worse_than_one_after_the_other(
    seed: int, weights: Weights, people: int, jobs: int
) -> None:
    case = random_case(seed, people, jobs)
    plan = assign(case, weights)
    assert plan.total.order >= plan.greedy.order


@given(seeds, some_weights)
def test_what_is_told_is_what_was_sought(seed: int, weights: Weights) -> None:
    case = random_case(seed, 6, 6)
    plan = assign(case, weights)
    assert total(case, weights, plan.given) == plan.total
    told = chosen(case, weights, plan.given)
    assert told.keys() == plan.given.keys()
    assert {job.key for job in plan.nobody} == {job.key for job in case.jobs} - told.keys()


@given(seeds)
def test_no_step_of_the_search_makes_it_worse(seed: int) -> None:
    table = board(random_case(seed, 7, 9), USUAL)
    for start in (search.greedy(table), search.by_regret(table)):
        assert table.total(search.improve(table, start)) >= table.total(start)


@given(seeds)
def test_a_job_is_worth_no_more_beside_others_than_alone(seed: int) -> None:
    table = board(random_case(seed, 4, 6), USUAL)
    dice = Random(seed)
    for who in range(len(table.people)):
        able = [at for at in range(len(table.jobs)) if who in table.pairs[at]]
        some = dice.sample(able, dice.randint(0, len(able)))
        for at in some:
            rest = [one for one in some if one != at]
            more = table.worth(who, some) - table.worth(who, rest)
            assert more <= table.own(who, at, some) <= table.own(who, at, [at])


@given(seeds)
def test_the_same_batch_gives_the_same_plan_however_it_comes(seed: int) -> None:
    case = random_case(seed, 6, 8)
    dice, people, jobs = Random(seed), list(case.people), list(case.jobs)
    dice.shuffle(people)
    dice.shuffle(jobs)
    other = Case(case.on, tuple(people), tuple(jobs), case.fits, case.contacts, case.industries)
    assert assign(case).given == assign(other).given


def test_a_batch_that_nobody_waits_for_any_more_ends() -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        assign(random_case(1, 6, 6), progress=progress)


def test_a_batch_without_people_or_jobs_is_empty() -> None:
    assert assign(Case(random_case(1).on, (), random_case(1).jobs)).given == {}
    assert assign(random_case(2, 4, 0)).given == {}
