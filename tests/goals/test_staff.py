"""Who works under whom: goals are handed down along the lines along which their records count."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.book import Book
from models.goals.scope import People
from models.goals.staff import Staff

PEOPLE, TEAMS = 8, 4
above = st.lists(st.integers(0, PEOPLE), min_size=PEOPLE, max_size=PEOPLE)
within = st.lists(st.integers(0, TEAMS), min_size=PEOPLE, max_size=PEOPLE)
teams = st.lists(
    st.tuples(st.integers(0, TEAMS), st.integers(0, PEOPLE)), min_size=TEAMS, max_size=TEAMS
)


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    with Book.create(tmp_path_factory.mktemp("staff") / "team.daybook") as made:
        with made.change("people") as change:
            for at in range(PEOPLE):
                change.add("salesperson", {"name": f"P{at}"})
            for at in range(TEAMS):
                change.add("team", {"name": f"T{at}"})
        yield made


@given(above, within, teams)
def test_a_goal_is_split_over_just_those_whose_records_count_for_it(book, managers, own, tree):
    """Lines that run in a circle too: nobody is lost, nobody counted twice."""
    with book.change("moved") as change:
        for at, (manager, team) in enumerate(zip(managers, own, strict=True)):
            change.set("salesperson", at + 1, {"manager": manager or None, "team": team or None})
        for at, (parent, manager) in enumerate(tree):
            change.set("team", at + 1, {"parent": parent or None, "manager": manager or None})
    staff, people = Staff(book), People.read(book.connection())
    everybody = frozenset(range(1, PEOPLE + 1))
    for one in everybody:
        assert staff.of("team", one, None) == people.scope("team", None, one)
        assert staff.of("person", one, None) == people.scope("person", None, one)
    for team in range(1, TEAMS + 1):
        assert staff.of("team", None, team) == people.scope("team", team, None)
    for groups in (staff.by_manager(everybody, None), staff.by_team(everybody, None)):
        listed = [person for one in groups for person in one.people]
        assert sorted(listed) == sorted(everybody)
        for one in groups:
            assert one.people <= staff.of(one.level, one.person, one.team)


def test_where_one_person_leads_all_the_managers_below_get_the_parts(tmp_path: Path):
    with Book.create(tmp_path / "team.daybook") as book:
        with book.change("people") as change:
            chief = change.add("salesperson", {"name": "Chief"})
            leads = [change.add("salesperson", {"name": one, "manager": chief}) for one in "AB"]
            for one in leads:
                change.add("salesperson", {"name": f"of {one}", "manager": one})
        staff = Staff(book)
        everybody = frozenset(staff.names)
        made = staff.by_manager(everybody, None)
        assert [(one.label, one.level, len(one.people)) for one in made] == [
            ("A", "team", 2),
            ("B", "team", 2),
            ("Chief", "person", 1),
        ]
        assert [one.label for one in staff.by_manager(staff.below(leads[0]), None)] == ["A"]
