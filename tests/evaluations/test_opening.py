"""Opening a cycle: who is in it, by what, what it freezes, and what it refuses."""

from __future__ import annotations

from datetime import date

import pytest

from models.evaluations import cycle as acts
from models.evaluations.versions import new_version
from models.refusals import Refused
from tests.evaluations.reviewed import made


@pytest.fixture
def team(tmp_path):
    found = made(tmp_path)
    yield found
    found.book.close()


def refused(call, *given, **named) -> Refused:
    with pytest.raises(Refused) as told:
        call(*given, **named)
    return told.value


def test_opening_makes_an_evaluation_for_everybody_with_card_and_superior_as_one_change(team):
    before = team.book.last_change
    opened = acts.open_cycle(team.book, team.cycle)
    assert team.book.last_change == opened.change == before + 1
    assert len(opened.evaluations) == 3
    said = team.book.record("evaluation", team.evaluation(team.ann))
    assert (said["scorecard"].id, said["manager"].id) == (team.card, team.boss)
    assert said["status"] == "goal_setting"
    assert team.book.record("evaluation", team.evaluation(team.boss))["manager"] is None
    assert team.book.record("evaluation_cycle", team.cycle)["status"] == "goal_setting"


def test_the_days_of_a_cycle_follow_from_its_period(team):
    said = team.book.record("evaluation_cycle", team.cycle)
    assert (said["starts_on"], said["ends_on"]) == (date(2024, 1, 1), date(2024, 3, 31))
    team.book.set("evaluation_cycle", team.cycle, {"period": "2024-02"})
    said = team.book.record("evaluation_cycle", team.cycle)
    assert (said["starts_on"], said["ends_on"]) == (date(2024, 2, 1), date(2024, 2, 29))


def test_opening_is_taken_back_by_one_undo_and_thaws_the_scorecard(team):
    acts.open_cycle(team.book, team.cycle)
    assert team.book.record("scorecard_template", team.card)["frozen_at"]
    team.book.undo()
    assert team.book.count("evaluation") == team.book.count("evaluation_rating") == 0
    assert team.book.record("scorecard_template", team.card)["frozen_at"] is None
    assert team.book.record("evaluation_cycle", team.cycle)["status"] == "planned"


def test_when_the_self_review_begins_a_row_waits_for_each_judged_item(team):
    acts.open_cycle(team.book, team.cycle)
    ann = team.evaluation(team.ann)
    team.at(ann, "running")
    assert team.book.count("evaluation_rating") == 0
    acts.advance(team.book, ann)
    names = ["item", "rated_by", "rater", "level", "rated_at"]
    waiting = team.book.rows("evaluation_rating", team.book.ids("evaluation_rating"), names)
    assert [(item.label, *rest) for item, *rest in waiting] == [
        ("Care", "self", waiting[0][2], None, None),
        ("Order", "self", waiting[0][2], None, None),
    ]
    team.book.undo()
    assert team.book.count("evaluation_rating") == 0


def test_a_card_that_is_frozen_after_the_period_began_says_so(team):
    notes = acts.open_cycle(team.book, team.cycle, on=date(2024, 2, 3)).notes
    assert notes == ("“Sales” was frozen on 2024-02-03, after the period had begun on 2024-01-01.",)
    team.book.undo()
    assert acts.open_cycle(team.book, team.cycle, on=date(2023, 12, 20)).notes == ()


def test_weights_that_do_not_come_to_the_whole_are_refused_with_their_sum(team):
    team.book.set("scorecard_item", team.amount, {"weight": "55%"})
    told = refused(acts.open_cycle, team.book, team.cycle)
    assert (told.code, "95 %" in told.message) == ("weights", True)
    assert team.book.count("evaluation") == 0


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"measure": None}, "no_measure"),
        ({"reference": "fixed"}, "no_full_value"),
        ({"points": "60%: much"}, "bad_curve_points"),
    ],
)
def test_an_item_that_cannot_be_computed_is_refused(team, values, code):
    team.book.set("scorecard_item", team.amount, values)
    assert refused(acts.open_cycle, team.book, team.cycle).code == code


def test_who_has_no_scorecard_is_named_with_the_position(team):
    team.book.set("scorecard_template", team.card, {"position": "Sales"})
    told = refused(acts.open_cycle, team.book, team.cycle)
    assert (told.code, "Carol (Lead)" in told.message) == ("no_scorecard", True)
    assert len(acts.open_cycle(team.book, team.cycle, [team.ann, team.bob]).evaluations) == 2


def test_a_cycle_without_anybody_is_refused(team):
    other = team.add("team", {"name": "Empty"})
    team.book.set("evaluation_cycle", team.cycle, {"team": other})
    assert refused(acts.open_cycle, team.book, team.cycle).code == "no_people"


def test_opened_again_only_those_are_added_who_came_since(team):
    acts.open_cycle(team.book, team.cycle)
    assert refused(acts.open_cycle, team.book, team.cycle).code == "open_already"
    team.add("salesperson", {"name": "Dan"})
    assert len(acts.open_cycle(team.book, team.cycle).evaluations) == 1


def removed(team, entity, rows):
    with team.book.change("Remove") as change:
        change.remove(entity, rows)


@pytest.mark.parametrize(
    "write",
    [
        lambda t: t.book.set("scorecard_item", t.care, {"weight": "20%"}),
        lambda t: t.add("scorecard_item", {"scorecard": t.card, "name": "More", "weight": "1%"}),
        lambda t: removed(t, "scorecard_item", [t.care]),
        lambda t: removed(t, "grade_band", t.book.ids("grade_band")),
        lambda t: removed(t, "scorecard_template", [t.card]),
        lambda t: t.book.set("scorecard_template", t.card, {"least_weight": "10%"}),
        lambda t: t.book.set("scorecard_template", t.card, {"frozen_at": None}),
    ],
    ids=["set", "add", "remove", "grade", "all", "card", "thaw"],
)
def test_nothing_of_a_frozen_scorecard_changes_on_any_path(team, write):
    acts.open_cycle(team.book, team.cycle)
    told = refused(write, team)
    assert (told.code, "version 1" in told.message) == ("frozen", True)


def test_a_frozen_scorecard_can_be_retired_and_noted_on(team):
    acts.open_cycle(team.book, team.cycle)
    team.book.set("scorecard_template", team.card, {"status": "retired", "notes": "Old"})
    team.book.set("scorecard_item", team.care, {"weight": "30%"})  # the same is no change


def test_an_earlier_edit_of_a_card_cannot_be_undone_once_it_is_frozen(team):
    team.book.set("scorecard_item", team.care, {"anchors": "1: never"})
    edit = team.book.last_change
    acts.open_cycle(team.book, team.cycle)
    opening = team.book.last_change
    assert refused(team.book.undo, edit).code == "frozen"
    team.book.undo(opening)
    team.book.undo(edit)
    assert team.book.record("scorecard_item", team.care)["anchors"].startswith("1: never\n3")


def test_a_card_stays_frozen_while_another_cycle_counts_with_it(team):
    acts.open_cycle(team.book, team.cycle)
    opening = team.book.last_change
    second = team.add("evaluation_cycle", {"name": "Q2", "period": "2024-Q2"})
    acts.open_cycle(team.book, second)
    assert refused(team.book.undo, opening).code == "frozen"


def test_a_new_version_copies_all_as_a_draft_and_can_be_changed(team):
    acts.open_cycle(team.book, team.cycle)
    before = team.book.last_change
    card = new_version(team.book, team.card, date(2024, 4, 1))
    assert team.book.last_change == before + 1
    said = team.book.record("scorecard_template", card)
    assert (said["version"], said["status"], said["frozen_at"]) == (2, "draft", None)
    assert said["effective_from"] == date(2024, 4, 1)
    items = list(team.book.linked("scorecard_item", "scorecard", card))
    names = [one[0] for one in team.book.rows("scorecard_item", items, ["name"])]
    assert sorted(names) == ["Amount won", "Care", "Order"]
    team.book.set("scorecard_item", items[0], {"weight": "20%"})
    assert len(team.book.linked("grade_band", "scorecard", card)) == 1


def test_a_card_that_comes_frozen_with_its_items_is_taken(team):
    with team.book.change("Sheet", "import") as change:
        card = change.add("scorecard_template", {"name": "Old", "frozen_at": "2024-01-01 08:00"})
        change.db.run(
            "INSERT INTO scorecard_item (alive, scorecard, name, weight) VALUES (1, ?, 'All', 1000000)",
            (card,),
        )
    assert refused(removed, team, "scorecard_template", [card]).code == "frozen"


def test_adding_a_card_cannot_be_undone_while_evaluations_count_with_it(team):
    acts.open_cycle(team.book, team.cycle)
    opening = team.book.last_change
    assert refused(team.book.undo, 1).code == "frozen"
    team.book.undo(opening)
    team.book.undo(1)
    assert team.book.count("scorecard_item") == 0
