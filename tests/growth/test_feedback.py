"""Feedback: gentle checks that never refuse, citations that must mean a record, the task of a next step."""

from __future__ import annotations

from datetime import date

import pytest

from models.growth.feedback import Draft, days_text, given, hints
from models.growth.prompts import prompts
from models.refusals import Refused
from tests.growth.grown import ON, ago

WHOLE = {
    "situation": "Visit at Acme, offer for line 3",
    "behaviour": "You asked three times what the line must do before you named a price",
    "impact": "The customer told us the competitor's terms",
    "next_step": "Do it so at Bolt too",
}


def codes(book, **values) -> list[str]:
    return [one.code for one in hints(book, Draft(**values), ON)]


def test_feedback_with_a_day_a_record_and_a_next_step_needs_no_hint(team):
    cites = team.id("customer", team.acme)
    assert codes(team.book, **WHOLE, cites=cites, event_date=ago(1), given_on=ON) == []


def test_what_is_missing_is_named_one_by_one(team):
    assert codes(team.book) == [
        "no_date", "no_situation", "no_behaviour", "no_impact", "no_next_step", "no_record",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Your attitude is bad", ["vague"]),
        ("态度不好，以后要努力", ["vague"]),
        ("You are always late", ["sweeping"]),
        ("你总是迟到", ["sweeping"]),
        ("He never asked, and he is lazy", ["vague", "sweeping"]),
        ("You asked for the terms before the price", []),
        ("先问清了账期再报价", []),
        ("The nevertheless rule", []),
    ],
)
def test_vague_and_sweeping_words_are_noticed_in_both_languages(team, text, found):
    whole = {**WHOLE, "behaviour": text}
    cites = team.id("customer", team.acme)
    assert codes(team.book, **whole, cites=cites, event_date=ON) == found


def test_a_hint_names_the_words_and_the_field(team):
    [hint] = hints(team.book, Draft(**{**WHOLE, "impact": "表现不好"}, event_date=ON, cites=team.id("customer", team.acme)), ON)  # fmt: skip
    assert hint.field == "impact"
    assert "表现不好" in hint.text


def test_feedback_long_after_the_event_is_told_how_long(team):
    assert "late" in codes(team.book, event_date=ago(15), given_on=ON)
    assert "late" not in codes(team.book, event_date=ago(14), given_on=ON)
    assert "in_future" in codes(team.book, event_date=date(2026, 9, 17), given_on=ON)
    assert days_text(ago(3), ON) == "3 days after it"
    assert days_text(ON, ON) == "the same day"
    assert days_text(None, ON) == ""


def test_vague_feedback_is_kept_all_the_same(team):
    team.feedback(behaviour="always lazy")
    [one] = given(team.book)
    assert one.behaviour == "always lazy"


def test_an_id_that_means_no_record_is_named(team):
    with pytest.raises(Refused) as refused:
        team.feedback(cites=f"{team.id('customer', team.acme)} OP-99ZZZ nonsense")
    assert refused.value.code == "unknown_cites"
    assert "OP-99ZZZ" in str(refused.value)
    assert "NONSENSE" in str(refused.value)
    assert given(team.book) == ()


def test_the_id_of_another_kind_or_of_a_removed_record_means_none(team):
    shown = team.id("customer", team.acme)
    assert "unknown_record" in codes(team.book, cites=shown.replace("CU", "OP"))
    with team.book.change("Remove") as change:
        change.remove("customer", [team.acme])
    assert "unknown_record" in codes(team.book, cites=shown)


def test_ids_may_be_written_in_small_letters_and_with_chinese_commas(team):
    deal = team.deal(team.ann, "won", 100, ON)
    text = f"{team.id('customer', team.acme).lower()}、{team.id('opportunity', deal)}"
    team.feedback(cites=text)
    [one] = given(team.book)
    assert one.cites == f"{team.id('customer', team.acme)} {team.id('opportunity', deal)}"


def test_a_next_step_becomes_a_task_in_the_same_change_and_goes_with_its_undo(team):
    deal = team.deal(team.ann, "lost", 100, ON)
    before = team.book.last_change
    row = team.feedback(**{**WHOLE, "cites": team.id("opportunity", deal)}, as_task=True)
    assert team.book.last_change == before + 1
    [one] = given(team.book)
    assert one.task is not None
    task = team.book.record("task", one.task)
    assert (task["title"], task["owner"].label, task["due"]) == ("Do it so at Bolt too", "Ann", date(2026, 9, 30))  # fmt: skip
    assert (task["customer"].label, task["opportunity"].id) == ("Acme", deal)
    assert one.step_text() == "Do it so at Bolt too · task is open"
    team.set("task", one.task, status="done")
    assert given(team.book)[0].step_done
    team.book.undo()
    team.book.undo()
    assert not team.book.ids("feedback", among=[row])
    assert not team.book.ids("task")


def test_a_task_without_a_next_step_is_refused(team):
    with pytest.raises(Refused) as refused:
        team.feedback(as_task=True)
    assert refused.value.code == "no_next_step"


# -- prompts -------------------------------------------------------------------------------------------


def asked(team) -> list[tuple[str, str]]:
    return [(one.kind, one.name) for one in prompts(team.book, ON)]


def test_a_lost_deal_above_the_usual_amount_asks_for_feedback_and_a_small_one_does_not(team):
    for amount in (100, 100, 100, 100, 100):
        team.deal(team.ben, "won", amount, ago(60))
    team.deal(team.ann, "lost", 100, ago(3))
    assert asked(team) == []
    team.deal(team.ann, "lost", 101, ago(3))
    assert asked(team) == [("lost", "Ann")]


def test_a_win_of_twice_the_usual_asks_for_feedback(team):
    for amount in (100, 100, 100, 100, 100):
        team.deal(team.ben, "won", amount, ago(60))
    team.deal(team.ann, "won", 199, ago(3))
    assert asked(team) == []
    team.deal(team.ann, "won", 200, ago(3))
    assert asked(team) == [("won", "Ann")]


def test_a_complaint_a_goal_that_ended_and_a_first_order_ask_for_feedback(team):
    team.add("complaint", title="Late", customer=team.acme, opened_on=ago(2))
    for status, person in (("reached", team.ann), ("missed", team.ben), ("active", team.ben)):
        team.add("goal", title=status, level="person", person=person, measure="visits",
                 period="2026-09", starts_on=ago(40), ends_on=ago(5), target=3, status=status)  # fmt: skip
    team.add("order", code="1", customer=team.acme, owner=team.ben, ordered_on=ago(1), amount=10)
    assert sorted(asked(team)) == [
        ("complaint", "Ann"), ("first_order", "Ben"), ("missed", "Ben"), ("reached", "Ann"),
    ]  # fmt: skip


def test_a_second_order_is_no_first_one(team):
    team.add("order", code="1", customer=team.acme, owner=team.ben, ordered_on=ago(100), amount=10)
    team.add("order", code="2", customer=team.acme, owner=team.ben, ordered_on=ago(1), amount=10)
    assert asked(team) == []


def test_an_event_is_settled_by_feedback_for_that_person_that_cites_it_and_by_no_other(team):
    deal = team.deal(team.ann, "lost", 500, ago(3))
    assert asked(team) == [("lost", "Ann")]
    team.feedback(person=team.ben, cites=team.id("opportunity", deal))
    team.feedback(cites=team.id("customer", team.acme))
    assert asked(team) == [("lost", "Ann")]
    team.feedback(cites=team.id("opportunity", deal))
    assert asked(team) == []
    team.book.undo()
    assert asked(team) == [("lost", "Ann")]


def test_what_happened_longer_ago_or_to_who_left_asks_for_nothing(team):
    team.deal(team.ann, "lost", 500, ago(14))
    assert asked(team) == []
    team.deal(team.ben, "lost", 500, ago(13))
    assert asked(team) == [("lost", "Ben")]
    team.set("salesperson", team.ben, status="left")
    assert asked(team) == []


def test_today_tells_whoever_leads_the_person_of_an_event_without_feedback(team):
    from models.today.today import read

    deal = team.deal(team.ann, "lost", 500, ago(3))
    [line] = [one for one in read(team.book, ON).lines() if one.kind == "feedback"]
    assert line.title == "Ann: Large deal lost: lost 500"
    assert line.reason == "3 days ago, ¥500, no feedback cites it yet."
    assert (line.person_name, line.owner, line.severity, line.action) == ("Mei", team.ann, "note", "feedback")  # fmt: skip
    team.feedback(cites=team.id("opportunity", deal))
    assert [one for one in read(team.book, ON).lines() if one.kind == "feedback"] == []
