"""What opportunities were at the end of a day: by the journal, and by their dates before it knew them."""

from __future__ import annotations

import pytest

from models.forecast.states import states_on
from models.money import SCALE
from tests.forecast.telling import Team, day, team


@pytest.fixture
def told():
    with team() as made:
        yield made


def test_a_deal_is_what_the_book_said_at_the_end_of_the_day(told: Team):
    id = told.add("2024-03-01", amount="100", expected_close="2024-03-20")
    told.set("2024-03-05", id, amount="150", stage="谈判")
    told.set("2024-03-09", id, stage="赢", closed_on="2024-03-09")
    assert told.was(id, "2024-02-29") is None
    first, then, last = (told.was(id, one) for one in ("2024-03-04", "2024-03-05", "2024-03-09"))
    assert first is not None
    assert then is not None
    assert last is not None
    assert (first.amount, first.probability, first.status) == (100 * SCALE, SCALE // 2, "open")
    assert (then.amount, then.probability, then.status) == (150 * SCALE, SCALE * 3 // 4, "open")
    assert (last.status, last.closed_on) == ("won", "2024-03-09")
    assert not any(one.reconstructed for one in (first, then, last))


def test_its_own_probability_comes_before_that_of_its_stage(told: Team):
    id = told.add("2024-03-01", amount="100", probability="30%")
    deal = told.was(id, "2024-03-01")
    assert deal is not None
    assert deal.probability == 300_000


def test_a_change_of_a_stage_does_not_reach_into_the_past(told: Team):
    id = told.add("2024-03-01", amount="100")
    told.set("2024-03-01", id, probability="")
    told.book.set("stage", told.stages["报价"], {"probability": "20%"})
    told.dated(day("2024-03-05"))
    before, after = told.was(id, "2024-03-04"), told.was(id, "2024-03-05")
    assert before is not None
    assert after is not None
    assert (before.probability, after.probability) == (500_000, 200_000)


def test_what_was_undone_by_then_does_not_count_and_what_was_undone_later_did_then(told: Team):
    id = told.add("2024-03-01", amount="100")
    edit = told.set("2024-03-02", id, amount="900")
    told.undo("2024-03-04", edit)
    amounts = [told.was(id, one).amount // SCALE for one in ("2024-03-03", "2024-03-04")]
    assert amounts == [900, 100]
    told.redo("2024-03-06", edit)
    assert told.was(id, "2024-03-05").amount == 100 * SCALE
    assert told.was(id, "2024-03-06").amount == 900 * SCALE


def test_a_deal_whose_adding_is_undone_was_there_until_then_and_is_again_after_the_redo(told: Team):
    id = told.add("2024-03-01", amount="100")
    added = told.book.history(1)[0].no
    told.undo("2024-03-03", added)
    told.redo("2024-03-05", added)
    there = [told.was(id, f"2024-03-0{one}") is not None for one in range(1, 7)]
    assert there == [True, True, False, False, True, True]
    assert id in states_on(told.book, day("2024-03-03")).gone


def test_a_removed_deal_is_gone_until_it_is_restored(told: Team):
    id = told.add("2024-03-01", amount="100")
    told.remove("2024-03-03", id)
    told.restore("2024-03-05", id)
    there = [told.was(id, f"2024-03-0{one}") is not None for one in (2, 3, 4, 5)]
    assert there == [True, False, False, True]


def imported(told: Team, on: str, **values: object) -> int:
    """A deal of the past that is brought into the book later, without the rules that fill in."""
    names = tuple(values)
    with told.book.change("import", keep_history=False) as change:
        ids = change.add_many("opportunity", names, [tuple(values.values())])
    told.dated(day(on))
    return ids[0]


def test_before_it_entered_the_book_a_deal_is_open_from_its_opening_to_its_closing(told: Team):
    id = imported(
        told, "2024-06-01", opened_on=day("2024-02-01"), closed_on=day("2024-02-20"),
        status="won", amount=100,
    )  # fmt: skip
    said = {one: told.was(id, f"2024-02-{one}") for one in ("19", "20")} | {
        "before": told.was(id, "2024-01-31")
    }
    assert said["before"] is None
    assert (said["19"].status, said["19"].closed_on) == ("open", None)
    assert (said["20"].status, said["20"].closed_on) == ("won", "2024-02-20")
    assert all(said[one].reconstructed for one in ("19", "20"))
    assert not told.was(id, "2024-06-01").reconstructed


def test_what_it_was_then_comes_from_its_stage_history(told: Team):
    id = imported(
        told, "2024-06-01", opened_on=day("2024-02-01"), closed_on=day("2024-03-20"),
        status="won", amount=100, stage=told.stages["赢"],
    )  # fmt: skip
    with told.book.change("history", keep_history=False) as change:
        names = ("opportunity", "at", "stage", "amount", "expected_close")
        change.add_many(
            "stage_change",
            names,
            [
                (id, day("2024-02-01"), told.stages["报价"], 70, day("2024-02-28")),
                (id, day("2024-02-10"), told.stages["谈判"], 90, day("2024-03-31")),
                (id, day("2024-03-20"), told.stages["赢"], 100, None),
            ],
        )
    told.dated(day("2024-06-01"))
    early, late = told.was(id, "2024-02-09"), told.was(id, "2024-02-10")
    assert (early.amount, early.probability, early.expected_close) == (
        70 * SCALE, 500_000, "2024-02-28",
    )  # fmt: skip
    assert (late.amount, late.probability, late.expected_close) == (
        90 * SCALE, 750_000, "2024-03-31",
    )  # fmt: skip


def test_the_outcome_of_a_deal_is_not_read_into_its_past(told: Team):
    for number in range(12):
        imported(
            told, "2024-06-01", opened_on=day("2024-01-05"), closed_on=day("2024-01-20"),
            status="won" if number < 3 else "lost", amount=1,
        )  # fmt: skip
    fates = [
        imported(
            told, "2024-06-01", opened_on=day("2024-02-01"), closed_on=day("2024-03-20"),
            status=status, stage=told.stages[stage], amount=100,
        )
        for status, stage in (("won", "赢"), ("lost", "输"))
    ]  # fmt: skip
    won, lost = (told.was(id, "2024-02-10") for id in fates)
    assert won._replace(id=0) == lost._replace(id=0)
    assert (won.assumed, won.stage) == (True, None)
    assert won.probability == 4 * SCALE // 14  # three of twelve, by the rule of succession


def test_without_enough_closed_deals_unstated_odds_count_as_none(told: Team):
    id = told.add("2024-03-01", amount="100", stage="")
    deal = told.was(id, "2024-03-01")
    assert (deal.probability, deal.assumed) == (0, True)


def test_a_deal_without_dates_begins_with_its_entry(told: Team):
    id = imported(told, "2024-06-01", amount=100, status="open")
    assert told.was(id, "2024-05-31") is None
    assert told.was(id, "2024-06-01") is not None


def test_a_closed_deal_without_its_day_is_never_taken_for_an_open_one(told: Team):
    id = imported(told, "2024-06-01", opened_on=day("2024-02-01"), status="lost", amount=100)
    assert told.was(id, "2024-02-10").status == "lost"


def test_imported_deals_that_were_taken_back_are_not_reconstructed(told: Team):
    id = imported(told, "2024-06-01", opened_on=day("2024-02-01"), status="open", amount=100)
    told.undo("2024-06-02")
    assert told.was(id, "2024-02-10") is None


def test_how_old_the_news_is_is_known_by_person(told: Team):
    told.add("2024-03-01", amount="100")
    told.add("2024-03-08", amount="100", owner=told.wang)
    states = states_on(told.book, day("2024-03-10"))
    assert states.age() == 2
    assert states.age((told.li,)) == 9
    assert states.age((None,)) is None


def test_what_one_change_writes_in_several_steps_is_one_entry(told: Team):
    with told.book.change("import") as change:
        id = change.add("opportunity", {"opened_on": "2024-02-01", "amount": "100"})
        change.set("opportunity", id, {"amount": "120"})
    told.dated(day("2024-06-01"))
    told.set("2024-06-03", id, amount="200")
    amounts = [
        told.was(id, one).amount // SCALE for one in ("2024-02-10", "2024-06-02", "2024-06-03")
    ]
    assert amounts == [120, 120, 200]


def test_a_long_journal_is_sought_another_way_and_says_the_same(told: Team, monkeypatch):
    id = told.add("2024-03-01", amount="100")
    told.set("2024-03-02", id, amount="900")
    imported(told, "2024-03-03", opened_on=day("2024-02-01"), status="open", amount=100)
    told.set("2024-03-04", id, stage="谈判")
    told.remove("2024-03-05", id)
    days = [day(f"2024-03-0{one}") for one in range(1, 7)]
    quick = [states_on(told.book, one) for one in days]
    monkeypatch.setattr("models.forecast.past._NARROW", -1)
    assert [states_on(told.book, one) for one in days] == quick
