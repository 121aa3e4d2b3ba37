"""Who does the work of somebody away, and that it comes back by itself."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.people.covering import Covering
from tests.people.staffed import FRIDAY, ON, staffed

MIDDLE = ON + timedelta(2)
MONDAY = ON + timedelta(7)


@pytest.fixture
def team(tmp_path):
    with staffed(tmp_path) as made:
        yield made


def worker(team, row, day, kind="task", owner="Ben"):
    return Covering(team.book, ON).worker(kind, row, team[owner], day)


def test_before_and_after_the_leave_it_is_the_owner(team):
    row = team.task("Ben", due=MIDDLE)
    team.leave("Ben", ON, FRIDAY, cover="Cai")
    assert worker(team, row, ON - timedelta(1)) == (team["Ben"], False)
    assert worker(team, row, MIDDLE) == (team["Cai"], True)
    assert worker(team, row, MONDAY) == (team["Ben"], False)


def test_the_cover_of_the_task_comes_before_that_of_its_customer_and_of_the_leave(team):
    acme = team.add("customer", name="Acme", owner=team["Ben"])
    task = team.task("Ben", due=MIDDLE, customer=acme)
    other = team.task("Ben", due=MIDDLE, customer=acme)
    plan = team.add("follow_up_plan", customer=acme, due=MIDDLE)
    leave = team.leave("Ben", ON, FRIDAY, cover="Dan")
    team.add("cover", leave=leave, person=team["Cai"], customer=acme)
    team.add("cover", leave=leave, person=team["Ada"], task=task)
    assert worker(team, task, MIDDLE).person == team["Ada"]
    assert worker(team, other, MIDDLE).person == team["Cai"]
    assert worker(team, plan, MIDDLE, "follow_up_plan").person == team["Cai"]
    assert worker(team, acme, MIDDLE, "customer").person == team["Cai"]
    assert worker(team, team.task("Ben"), MIDDLE).person == team["Dan"]


def test_leave_that_is_only_asked_for_or_refused_covers_nothing(team):
    row = team.task("Ben")
    for status in ("requested", "rejected", "cancelled"):
        team.leave("Ben", ON, FRIDAY, cover="Cai", status=status)
    assert worker(team, row, MIDDLE) == (team["Ben"], False)


def test_half_a_day_away_is_no_absence(team):
    team.leave("Ben", ON, MIDDLE, cover="Cai", ends_at_noon=True)
    row = team.task("Ben")
    assert worker(team, row, MIDDLE - timedelta(1)).covered
    assert not worker(team, row, MIDDLE).covered
    team.leave("Ben", MIDDLE, MIDDLE, cover="Dan", starts_at_noon=True)
    assert worker(team, row, MIDDLE).person == team["Cai"]  # both halves, by two leaves


def test_who_covers_and_is_away_too_is_covered_in_turn(team):
    team.leave("Ben", ON, FRIDAY, cover="Cai")
    team.leave("Cai", MIDDLE, MIDDLE, cover="Dan")
    row = team.task("Ben")
    assert worker(team, row, ON).person == team["Cai"]
    assert worker(team, row, MIDDLE).person == team["Dan"]


def test_covers_in_a_circle_end_with_the_owner_and_it_is_said(team):
    team.leave("Ben", ON, FRIDAY, cover="Cai")
    team.leave("Cai", ON, FRIDAY, cover="Ben")
    row = team.task("Ben")
    assert worker(team, row, MIDDLE) == (team["Ben"], False)
    said = Covering(team.book, ON).said("task", row, team["Ben"], MIDDLE)
    assert said == "Ben is away and nobody covers it."


def test_it_is_said_who_covers_until_when(team):
    team.leave("Ben", ON, FRIDAY, cover="Cai")
    row = team.task("Ben")
    said = Covering(team.book, ON).said("task", row, team["Ben"], MIDDLE)
    assert said == "Cai covers it for Ben until 2026-03-06."
    assert Covering(team.book, ON).said("task", row, team["Ben"], MONDAY) == ""


@pytest.mark.parametrize("status", ["on_leave", "leaving", "left"])
def test_who_isn_t_at_work_covers_nothing(team, status):
    team.set("salesperson", team["Cai"], status=status)
    leave = team.leave("Ben", ON, FRIDAY, cover="Cai")
    row = team.task("Ben")
    assert worker(team, row, MIDDLE) == (team["Ben"], False)
    team.add("cover", leave=leave, person=team["Dan"])
    assert worker(team, row, MIDDLE) == (team["Dan"], True)


_NAMES = ("Ada", "Ben", "Cai", "Dan")
_LEAVES = st.lists(
    st.tuples(
        st.sampled_from(_NAMES), st.integers(0, 12), st.integers(0, 6), st.sampled_from(_NAMES)
    ),
    max_size=6,
)


@given(_LEAVES)
def test_outside_a_leave_the_owner_is_always_the_worker_and_nobody_away_is_given_work(leaves):
    with tempfile.TemporaryDirectory() as folder, staffed(Path(folder)) as team:
        row = team.task("Ben")
        for who, first, days, cover in leaves:
            begins = ON + timedelta(first)
            team.leave(who, begins, begins + timedelta(days), cover=cover)
        covering = Covering(team.book, ON)
        for n in range(25):
            day = ON + timedelta(n)
            away = {who for who, first, days, _ in leaves if first <= n <= first + days}
            person, covered = covering.worker("task", row, team["Ben"], day)
            if "Ben" not in away:
                assert (person, covered) == (team["Ben"], False)
            if covered:
                assert person not in {team[one] for one in away}
            else:
                assert person == team["Ben"]
