"""How goals stand on a day: whose records count, what is expected, and what is said of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from models import texts
from models.goals.attainment import attainment, meets
from models.goals.pace_words import reason
from models.goals.scope import People
from models.measures.catalogue import DEFINITIONS
from tests.goals.teams import ON, World, world


@pytest.fixture
def team(tmp_path):
    with world(tmp_path) as made:
        yield made


def say(team: World, goal: int, on: date = ON) -> str:
    return reason(team.stands(goal, on), team.book.currency)


# -- whose records count -----------------------------------------------------------------------------


def test_a_person_s_goal_counts_their_own_records_in_the_period_up_to_the_day(team):
    goal = team.goal(person="Ben", target=1000)
    for day in ("2024-09-30", "2024-10-01", "2024-11-12", "2024-11-13", "2024-12-31"):
        team.order("Ben", day, 100)
    team.order("Cai", "2024-11-01", 100)
    one = team.stands(goal)
    assert (one.value, one.actual.n) == (200, 2)
    assert team.stands(goal, date(2025, 1, 5)).value == 400


def test_a_team_s_goal_counts_the_teams_below_it_and_each_record_once(team):
    goal = team.goal(level="team", team="North", target=1000)
    team.goal(person="Ben", target=500, parent=goal)
    for who in ("Ben", "Cai", "Dan", "Ada"):
        team.order(who, "2024-10-08", 100)
    assert team.stands(goal).value == 300


def test_a_manager_s_goal_counts_the_manager_and_everyone_below(team):
    goal = team.goal(level="team", person="Ada", target=1000)
    team.add("salesperson", name="Eve", manager=team.people["Dan"])
    team.people["Eve"] = team.people["Dan"] + 1
    for who in ("Ada", "Ben", "Dan", "Eve"):
        team.order(who, "2024-10-08", 100)
    assert team.stands(goal).value == 400


def test_a_company_s_goal_counts_the_records_of_nobody_too(team):
    goal = team.goal(level="company", target=1000)
    team.order(None, "2024-10-08", 100)
    team.order("Ben", "2024-10-08", 100)
    assert team.stands(goal).value == 200


def test_managers_in_a_circle_are_counted_once():
    people = People([(1, None, 2), (2, None, 1), (3, 7, None)], [(7, 8, None), (8, 7, 1)])
    assert people.below(1) == {1, 2, 3}
    assert people.of_team(8) == {3}


def test_a_goal_for_nobody_says_so(team):
    goal = team.goal(level="team", target=1000, title="lost")
    assert team.stands(goal).status == "no_data"
    assert say(team, goal) == "It names nobody whose records would count."


# -- what is expected --------------------------------------------------------------------------------


def test_expected_follows_working_days_and_not_the_calendar(team):
    # October 2024 in China: seven days off, make-up day on the 12th; 19 working days, 6 until the 13th.
    goal = team.goal(person="Ben", period="2024-10", target=1900)
    one = team.stands(goal, date(2024, 10, 13))
    assert one.expected == 400 + 100 * (one.days.elapsed - 4)
    assert one.days.elapsed + one.days_left == 19
    assert one.expected != Decimal(1900) * 13 / 31


def test_leave_and_ramp_lower_what_is_expected_of_a_person(team):
    full = team.goal(person="Cai", period="2024-11", target=2100)
    goal = team.goal(person="Ben", period="2024-11", target=2100)
    team.add("leave", person=team.people["Ben"], starts_on="2024-11-04", ends_on="2024-11-08")
    assert team.stands(full).days.elapsed - team.stands(goal).days.elapsed == 5
    assert team.stands(goal).expected < team.stands(full).expected


def test_needed_a_day_is_what_is_missing_over_the_days_left(team):
    goal = team.goal(person="Ben", period="2024-11", target=2100)
    team.order("Ben", "2024-11-05", 800)
    one = team.stands(goal)
    assert one.days_left == 13
    assert one.needed_per_day == 100
    assert team.stands(goal, date(2024, 11, 30)).needed_per_day is None


def test_checkpoints_say_what_is_expected_on_the_way(team):
    goal = team.goal(person="Ben", period="2024-11", target=2100)
    board = team.board()
    assert board[goal].expected == 800  # 8 of 21 days
    point = team.add("goal_checkpoint", goal=goal, due="2024-11-12", expected=500)
    assert board.refresh() == {goal}
    assert board[goal].expected == 500
    assert team.stands(goal, date(2024, 11, 6)).expected == 250  # 4 of 8 days
    assert team.stands(goal, date(2024, 11, 30)).expected == 2100
    with team.book.change("remove") as change:
        change.remove("goal_checkpoint", [point])
    assert board.refresh() == {goal}
    assert board[goal].expected == 800


def test_the_days_left_of_a_team_are_days_and_not_those_of_each_added_up(team):
    alone = team.stands(team.goal(person="Ben", period="2024-11", target=2100))
    both = team.stands(team.goal(level="team", team="North", period="2024-11", target=2100))
    assert both.days.total == 3 * alone.days.total
    assert both.days_left == alone.days_left == 13
    assert both.needed_per_day == alone.needed_per_day
    assert both.expected == alone.expected


@pytest.mark.parametrize(
    ("amount", "status"),
    [(1000, "ahead"), (800, "on_track"), (600, "behind"), (100, "at_risk"), (2100, "reached")],
)
def test_the_status_compares_with_what_was_expected(team, amount, status):
    goal = team.goal(person="Ben", period="2024-11", target=2100)
    team.order("Ben", "2024-11-05", amount)
    assert team.stands(goal).expected == 800
    assert team.stands(goal).status == status


def test_after_the_last_day_a_goal_is_reached_or_missed(team):
    goal = team.goal(person="Ben", period="2024-11", target=2100)
    team.order("Ben", "2024-11-05", 2099)
    over = date(2024, 11, 30)
    assert team.stands(goal, over).status == "missed"
    assert say(team, goal, over) == "¥2,099.00 of ¥2,100.00: ¥1.00 is missing."
    team.order("Ben", "2024-11-30", 1)
    assert team.stands(goal, over).status == "reached"


def test_before_the_first_day_a_goal_has_not_begun(team):
    goal = team.goal(person="Ben", period="2025-01", target=2100)
    one = team.board(ON, "2025")[goal]
    assert (one.status, one.expected) == ("not_started", 0)


# -- targets that are missing, zero, or better low -----------------------------------------------------


def test_an_empty_target_is_no_target_and_never_zero(team):
    goal = team.goal(person="Ben")
    team.order("Ben", "2024-10-08", 100)
    one = team.stands(goal)
    assert (one.status, one.target, one.attainment, one.value) == ("no_target", None, None, 100)


def test_a_target_of_zero_does_not_divide(team):
    goal = team.goal(person="Ben", measure="lost_count", target=0)
    assert team.stands(goal).attainment is None
    assert team.stands(goal, date(2025, 1, 1)).status == "reached"
    assert attainment(Decimal(5), Decimal(0)) is None


def test_lower_is_better_turns_attainment_round():
    assert attainment(Decimal(10), Decimal(10), down=True) == 1
    assert attainment(Decimal(5), Decimal(10), down=True) == Decimal("1.5")
    assert attainment(Decimal(25), Decimal(10), down=True) == 0
    assert meets(Decimal(10), Decimal(10), down=True)


def test_more_than_may_come_in_all_is_a_risk_at_once(team):
    goal = team.goal(person="Ben", measure="lost_count", target=1)
    for day in ("2024-10-08", "2024-10-09"):
        team.add("opportunity", owner=team.people["Ben"], status="lost", closed_on=day)
    assert team.stands(goal).status == "at_risk"
    assert team.stands(goal, date(2025, 1, 1)).status == "missed"


def test_the_goal_s_own_direction_comes_before_its_measure_s(team):
    goal = team.goal(person="Ben", direction="down", target=100)
    team.order("Ben", "2024-10-08", 50)
    assert team.stands(goal, date(2025, 1, 1)).status == "reached"
    assert team.stands(goal, date(2025, 1, 1)).attainment == Decimal("1.5")


# -- ratios, ends of periods, key results ---------------------------------------------------------------


def test_a_team_s_ratio_is_the_quotient_of_sums_and_no_mean_of_ratios(team):
    goal = team.goal(level="team", team="North", measure="win_rate", target="55%")
    for who, outcomes in (("Ben", ["won"]), ("Cai", ["lost", "lost", "won"])):
        for status in outcomes:
            team.add("opportunity", owner=team.people[who], status=status, closed_on="2024-10-08")
    one = team.stands(goal)
    assert one.value == Decimal(2) / 4
    assert one.expected == Decimal("0.55")
    assert one.needed_per_day is None


def test_no_records_are_zero_of_a_sum_and_no_value_of_a_ratio(team):
    amount = team.goal(person="Ben", target=100)
    rate = team.goal(person="Ben", measure="win_rate", target="50%")
    assert team.stands(amount).value == 0
    assert team.stands(amount).actual.n == 0
    assert "No record yet in this period" in say(team, amount)
    assert team.stands(rate).value is None
    assert team.stands(rate).status == "no_data"
    assert say(team, rate).startswith("There is no record from which Win rate")


def test_what_stands_at_the_end_is_read_at_the_day(team):
    goal = team.goal(person="Ben", measure="pipeline_amount", target=500)
    for opened, amount in (("2024-06-01", 300), ("2024-11-20", 400)):
        team.add(
            "opportunity",
            owner=team.people["Ben"],
            status="open",
            opened_on=opened,
            amount=Decimal(amount),
        )
    assert team.stands(goal).value == 300
    assert team.stands(goal, date(2025, 1, 1)).value == 700


def test_key_results_count_by_their_weight_and_dropped_ones_do_not(team):
    goal = team.goal(person="Ben", measure=None, title="a handbook")
    assert say(team, goal) == "It has neither a measure nor key results."
    for title, weight, progress, status in (
        ("a", "75%", "40%", "open"),
        ("b", "25%", None, "done"),
        ("c", "50%", "0%", "dropped"),
    ):
        team.add(
            "key_result", goal=goal, title=title, weight=weight, progress=progress, status=status
        )
    one = team.stands(goal)
    assert one.value == Decimal("0.55")
    assert one.actual.n == 2
    assert one.status == "ahead"


def test_a_free_range_has_exact_edges(team):
    goal = team.goal(person="Ben", period="2024-10-15..2024-11-10", target=100)
    for day in ("2024-10-14", "2024-10-15", "2024-11-10", "2024-11-11"):
        team.order("Ben", day, 1)
    assert team.stands(goal).value == 2


# -- sums of goals, months without a target -----------------------------------------------------------


def test_together_only_months_with_a_target_are_set_against_each_other(team):
    aims = [team.goal(person="Ben", period="2024-10", target=100)]
    aims.append(team.goal(person="Ben", period="2024-11"))
    team.order("Ben", "2024-10-08", 150)
    team.order("Ben", "2024-11-08", 70)
    found = team.board(date(2024, 12, 31)).together(aims)
    assert (found.target, found.actual, found.attainment) == (100, 150, Decimal("1.5"))
    assert (found.counted, found.beside, len(found.without)) == (1, 70, 1)


def test_targets_of_a_manager_and_of_members_are_never_added(team):
    whole = team.goal(level="team", person="Ada", target=1000)
    part = team.goal(person="Ben", target=500)
    with pytest.raises(ValueError, match="twice"):
        team.board().together([whole, part])


def test_months_with_records_but_without_a_target_are_shown(team):
    team.goal(person="Ben", period="2024-10", target=100)
    team.goal(person="Cai", period="2024-11", target=100)
    for who, day in (("Ben", "2024-10-08"), ("Ben", "2024-11-06"), ("Cai", "2024-10-09")):
        team.order(who, day, 70)
    found = {(one.person, one.month): one.actual.value for one in team.board().untargeted()}
    assert found == {
        (team.people["Ben"], "2024-11"): 70,
        (team.people["Cai"], "2024-10"): 70,
    }


# -- chances, age, words ------------------------------------------------------------------------------


def test_the_chance_of_a_higher_level_is_never_higher(team):
    for month in range(1, 11):
        for day in (5, 15, 25):
            team.order("Ben", f"2024-{month:02}-{day:02}", 100)
            team.order("Cai", f"2024-{month:02}-{day:02}", 120)
    goal = team.goal(person="Ben", floor=600, target=900, stretch=1500)
    board = team.board()
    board.add_chances()
    found = board[goal].chances
    assert 0 < found["stretch"].mid < found["target"].mid < found["floor"].mid < 1
    assert all(one.low <= one.mid <= one.high for one in found.values())
    over = team.board(date(2025, 1, 1))
    over.add_chances()
    assert over[goal].chances["target"].mid == 0


def test_old_data_is_said(team):
    goal = team.goal(person="Ben", target=1000)
    team.order("Ben", "2024-09-20", 100)
    team.order("Ben", "2024-11-03", 100)
    assert team.stands(goal).data_age == 9
    assert "The last record, or returned workbook, is 9 days old." in say(team, goal)
    texts.set_language("zh_CN")
    assert "最近的记录或交回的工作簿是 9 天前的。" in say(team, goal)


def test_goals_that_were_given_up_are_not_on_the_board(team):
    goal = team.goal(person="Ben", target=1, status="superseded")
    assert goal not in team.board().standings


def test_a_part_stands_under_its_whole_and_circles_stand_at_the_top(team):
    whole = team.goal(level="company", target=10)
    part = team.goal(person="Ben", target=5, parent=whole)
    board = team.board()
    assert (board.roots, board.children) == ((whole,), {whole: (part,)})
    team.set("goal", whole, parent=part)
    assert set(team.board().roots) == {whole, part}


def test_chances_of_touched_goals_wait_to_be_reckoned_again(team):
    for month in range(1, 11):
        team.order("Ben", f"2024-{month:02}-05", 100)
        row = team.order("Cai", f"2024-{month:02}-15", 120)
    ben, cai = (team.goal(person=who, target=900) for who in ("Ben", "Cai"))
    done = team.goal(person="Cai", period="2024-10", target=500)
    board = team.board()
    board.add_chances()
    assert board.unreckoned == set()
    assert board[done].chances["target"].mid == 0
    before = board[cai].chance
    team.set("order", row, amount=Decimal(800))
    assert board.refresh() == {cai, done}
    assert board.unreckoned == {cai}
    assert board[cai].chance == before
    assert board[done].chances["target"].mid == 1
    board.add_chances(board.unreckoned)
    assert board.unreckoned == set()
    assert board[cai].chance.mid > before.mid
    assert board[ben].chance


def test_the_course_of_a_goal_ends_at_its_value(team):
    goal = team.goal(person="Ben", target=900)
    for day in ("2024-10-08", "2024-10-20", "2024-11-04", "2024-11-11", "2024-11-20"):
        team.order("Ben", day, 100)
    board = team.board()
    assert board.course(goal) == [
        (date(2024, 10, 20), 200),
        (date(2024, 11, 4), 300),
        (date(2024, 11, 11), 400),
    ]
    assert board[goal].value == 400
    assert [one.goal.id for one in board.by_person()[team.people["Ben"]]] == [goal]


@pytest.mark.parametrize("what", DEFINITIONS, ids=lambda one: one.code)
def test_the_links_that_lead_from_a_record_to_its_person_exist(team, what):
    schema = team.book.schema
    for entity, path in what.source.owners:
        if path:
            _, last = schema.path(schema.entity(entity), path)
            assert (last.kind, last.target) == ("link", "salesperson")
    assert what.source.entity in dict(what.source.owners)
