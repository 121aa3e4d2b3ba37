"""What screens and papers of evaluations rest on: the desk, what may be cited, the words of the sheet."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from models.evaluations import cycle, desk, rating, sheet_of, steps
from models.evaluations.explaining import definition, rule
from models.evaluations.over_time import history, item_names
from models.evaluations.paper import paper
from models.goals.paper import Facts, Heading, Signatures, Table, Words
from models.growth import likely
from models.texts import speaking
from tests.evaluations.reviewed import made


@pytest.fixture
def team(tmp_path):
    found = made(tmp_path)
    yield found
    found.book.close()


def of(found: desk.Desk, person: int) -> steps.Standing:
    [one] = [one for one in found.standings if one.person == person]
    return one


def test_before_a_cycle_is_opened_its_people_are_a_preview_without_steps(team):
    found = desk.desk(team.book)
    assert found.cycle is not None
    assert not found.opened
    assert {one.steps() for one in found.standings} == {()}


def test_the_next_step_follows_the_stage_and_what_is_missing(team):
    cycle.open_cycle(team.book, team.cycle)
    row = team.evaluation(team.ann)
    seen = []
    for stage in ("goal_setting", "running", "self_review"):
        team.at(row, stage)
        seen.append(of(desk.desk(team.book), team.ann).steps()[0])
    assert seen == [steps.ADVANCE, steps.ADVANCE, steps.SELF]
    for item in (team.care, team.order):
        rating.rate(team.book, row, item, "self", 4)
    assert of(desk.desk(team.book), team.ann).steps()[0] == steps.HAND_IN
    rating.hand_in_self(team.book, row)
    assert of(desk.desk(team.book), team.ann).steps()[0] == steps.JUDGE


def test_an_empty_book_has_a_desk_without_cycles(tmp_path):
    from models.book import Book

    with Book.create(tmp_path / "empty.daybook") as book:
        found = desk.desk(book)
    assert (found.cycles, found.cycle, found.standings, found.people) == ((), None, (), 0)


def test_what_may_be_cited_is_of_the_person_and_found_by_its_words(team):
    found = likely.likely(team.book, _whose(team.ann))
    assert team.visit in [one.id for one in found]
    assert likely.likely(team.book, _whose(team.bob)) == likely.likely(team.book, None) == ()
    assert "C001" in found[0].label
    assert [one.id for one in likely.named(team.book, f"{team.visit} XX-1")] == [team.visit]


def _whose(person):
    return likely.Whose(person, date(2000, 1, 1), date.today())


def test_rule_and_measure_are_told_in_both_languages(team):
    cycle.open_cycle(team.book, team.cycle)
    one = of(desk.desk(team.book), team.ann)
    item = one.scored.items[0]
    with speaking("en"):
        assert "Sales" in rule(one.scored, item)
        assert "version" in definition(item)
    with speaking("zh_CN"):
        assert "考核表" in rule(one.scored, item)
        assert "第 1 版" in definition(item)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_sheet_says_every_item_with_its_sentence_and_has_room_to_sign(team, language):
    cycle.open_cycle(team.book, team.cycle)
    with speaking(language):
        one = of(desk.desk(team.book), team.ann)
        [blocks] = paper([sheet_of.sheet(team.book, one)]).parts
    tables = [block for block in blocks if isinstance(block, Table)]
    notes = [row.note for row in tables[0].rows]
    assert notes[:3] == [item.sentence or item.missing for item in one.scored.items]
    assert any(isinstance(block, Signatures) and block.who[0] == "Ann" for block in blocks)
    assert isinstance(blocks[0], Heading)
    assert isinstance(blocks[1], Facts)
    assert not any(isinstance(block, Words) and "SHA-256" in block.text for block in blocks)


def test_the_history_of_a_person_goes_from_the_earliest_on(team):
    cycle.open_cycle(team.book, team.cycle)
    later = team.add("evaluation_cycle", {"name": "Q2", "period": "2024-Q2"})
    cycle.open_cycle(team.book, later)
    found = history(team.book, team.ann)
    assert [one.scored.cycle_name for one in found] == ["Q1", "Q2"]
    assert item_names(found)[0] == "Amount won"


def test_each_grade_has_its_border_and_its_share_from_the_highest_down(team):
    cycle.open_cycle(team.book, team.cycle)
    assert dict(desk.desk(team.book).borders) == {"A": Decimal(90)}


def test_groups_are_added_to_the_desk_and_leave_everything_else(team):
    cycle.open_cycle(team.book, team.cycle)
    before = desk.desk(team.book)
    after = desk.with_groups(team.book, before)
    assert after.grouped
    assert [one.scored for one in after.standings] == [one.scored for one in before.standings]
