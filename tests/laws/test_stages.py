"""Laws of evaluation cycles: no stage is skipped, and a cycle is where the last of its people is."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from models.evaluations import cycle as acts
from models.evaluations import rating, stages
from models.refusals import Refused
from tests.evaluations.reviewed import PAST, Team, made

STAGE = st.sampled_from(stages.ORDER)


@given(STAGE, STAGE)
def test_a_stage_leads_to_the_next_or_back_and_from_a_signature_only_on(before, now):
    step = stages.ORDER.index(now) - stages.ORDER.index(before)
    if before in ("signed", "archived"):
        assert stages.may_follow(before, now) == (step in (0, 1))
    else:
        assert stages.may_follow(before, now) == (step <= 1)


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["advance", "all", "back", "write", "sheet", "hand_in", "judge", "undo"]),
        st.integers(0, 2),
        STAGE,
        st.integers(0, 5),
    ),
    max_size=25,
)


@given(ACTS)
@settings(max_examples=25)
def test_whatever_people_do_no_stage_is_skipped_and_the_cycle_is_where_the_last_is(steps):
    with tempfile.TemporaryDirectory() as place:
        team = made(Path(place), due=PAST)
        try:
            acts.open_cycle(team.book, team.cycle)
            people = [team.evaluation(one) for one in (team.ann, team.bob, team.boss)]
            for step in steps:
                _play(team, people, step)
        finally:
            team.book.close()


def _play(team: Team, people: list[int], step: tuple[str, int, str, int]) -> None:
    act, who, stage, number = step
    before = {one: team.status(one) for one in people}
    try:
        _act(team, people[who], act, stage, number)
    except Refused:
        assert {one: team.status(one) for one in people} == before
    now = {one: team.status(one) for one in people if team.book.ids("evaluation", among=[one])}
    if act not in ("undo", "sheet"):
        assert all(stages.may_follow(before[one], now[one]) for one in now)
    if now:
        least = stages.least(now.values())
        assert acts.status_of(team.book, team.cycle) == least
        assert team.book.record("evaluation_cycle", team.cycle)["status"] == least


def _act(team: Team, one: int, act: str, stage: str, number: int) -> None:
    match act:
        case "advance":
            acts.advance(team.book, one)
        case "all":
            acts.advance_all(team.book, team.cycle)
        case "back":
            acts.back(team.book, one, stage, "So it is")
        case "write":
            team.book.set("evaluation", one, {"status": stage})
        case "sheet":  # past the rules, as imports write
            with team.book.change("Sheet", "import") as change:
                change.db.run("UPDATE evaluation SET status = ? WHERE id = ?", (stage, one))
        case "hand_in":
            team.book.set("evaluation", one, {"self_handed_in": True})
        case "judge":
            rating.rate(team.book, one, team.order, "manager", 1 + number % 5)
            rating.rate(team.book, one, team.care, "manager", 3, "", team.visit)
        case "undo":  # any of the last changes, in any order
            team.book.undo(max(team.book.last_change - number, 2))
