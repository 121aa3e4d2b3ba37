"""Who was not contacted for too long, with whom nothing is planned, and plans that are late."""

from __future__ import annotations

import pytest

from models import texts
from models.following import neglect, plans
from models.following.contact import last_contacts
from models.refusals import Refused
from tests.following.in_touch import TODAY, InTouch, day, refused


def test_the_last_contact_is_the_latest_activity_by_anybody_until_the_day(touch: InTouch):
    acme, never = touch.customer("Acme"), touch.customer("Never")
    touch.activity(acme, -9, 23)
    by_wang = touch.activity(acme, -4, 0)
    touch.book.set("activity", by_wang, {"person": touch.wang})
    found = last_contacts(touch.book, TODAY)
    assert (found[acme].day, found[acme].person, found[acme].activity) == (
        day(-4),
        touch.wang,
        by_wang,
    )
    assert never not in found
    assert last_contacts(touch.book, day(-5), [acme])[acme].day == day(-9)
    assert last_contacts(touch.book, day(-10)) == {}


def test_neglected_is_who_had_more_days_than_the_rule_of_the_grade_allows(touch: InTouch):
    best = touch.customer("Best", grade="A")
    other = touch.customer("Other", grade="C")
    fine = touch.customer("Fine", grade="C")
    lost = touch.customer("Lost", lifecycle="lost")
    unused = touch.customer("Unused", active=False)
    silent = touch.customer("Silent", first_contact_on=day(-40))
    for one, days in ((best, -15), (other, -45), (fine, -30), (lost, -99), (unused, -99)):
        touch.activity(one, days)
    found = {one.customer: one for one in neglect.neglected(touch.book, TODAY)}
    assert list(found) == [other, silent, best]  # the longest over first
    assert [(one.days, one.limit, one.over) for one in found.values()] == [
        (45, 30, 15), (40, 30, 10), (15, 14, 1),
    ]  # fmt: skip
    assert "the last was by 李娜" in found[other].text()
    assert found[best].text().endswith("Grade A is to be contacted every 14 days, so it is 1 over.")
    assert found[silent].text().startswith("Never contacted in the 40 days")
    texts.set_language("zh_CN")
    assert "40 天" in found[silent].text()


def test_without_a_rule_nobody_is_neglected(tmp_path, touch: InTouch):
    acme = touch.customer("Acme", grade="B", first_contact_on=day(-400))
    assert neglect.neglected(touch.book, TODAY)
    with touch.book.change("no rules") as change:
        change.remove("pool_rule", touch.book.ids("pool_rule"))
    assert neglect.neglected(touch.book, TODAY) == ()
    touch.rule("A", contact_days=5)
    assert neglect.neglected(touch.book, TODAY) == ()
    touch.book.set("customer", acme, {"grade": "A"})
    assert [one.customer for one in neglect.neglected(touch.book, TODAY)] == [acme]


def test_without_a_step_is_who_has_no_plan_no_day_and_no_task(touch: InTouch):
    bare = touch.customer("Bare", grade="B")
    explained = touch.customer("Explained", grade="A", no_step_reason="pays in spring")
    planned = touch.customer("Planned")
    touch.plan(planned, -3)
    touch.customer("Due", next_contact_due=day(3))
    tasked = touch.customer("Tasked")
    touch.add("task", title="quote", customer=tasked, due=day(3))
    only_done = touch.customer("Done")
    touch.add("task", title="quote", customer=only_done, due=day(3), status="done")
    touch.customer("Pool", pool_status="pool", owner=None)
    deal = touch.customer("Deal")
    touch.add("opportunity", name="big", customer=deal, expected_close=day(9))
    touch.activity(bare, -2, next_step="send the price")
    found = neglect.without_step(touch.book, TODAY)
    assert [one.customer for one in found] == [bare, only_done, deal, explained]
    assert (found[0].last_said, found[0].last) == ("send the price", day(-2))
    assert found[-1].text() == "Nothing is planned: pays in spring"


# -- plans -------------------------------------------------------------------------------------------


def test_moving_keeps_the_old_plan_with_its_reason_and_undoes_in_one_step(touch: InTouch):
    acme = touch.customer("Acme")
    old = touch.add(
        "follow_up_plan", customer=acme, due=day(1), at=f"{day(1)} 15:30", purpose="price"
    )
    new = plans.move(touch.book, old, day(4), "on a fair")
    assert touch.state(old)[0] == "moved"
    assert touch.value("follow_up_plan", old, "outcome") == "on a fair"
    assert touch.value("follow_up_plan", new, "moved_from") == old
    assert touch.value("follow_up_plan", new, "purpose") == "price"
    at = touch.value("follow_up_plan", new, "at").astimezone()
    assert (at.date(), at.hour, at.minute) == (day(4), 15, 30)
    assert touch.value("customer", acme, "next_contact_due") == day(4)
    with refused("not_planned"):
        plans.move(touch.book, old, day(5), "")
    with refused("not_another_day"):
        plans.move(touch.book, new, day(4), "")
    touch.book.undo()
    assert touch.state(old)[0] == "planned"
    assert touch.value("customer", acme, "next_contact_due") == day(1)


def test_overdue_plans_are_told_oldest_first_and_whose_they_are(touch: InTouch):
    acme = touch.customer("Acme")
    late = touch.plan(acme, -20)
    touch.plan(acme, -1, person=touch.wang)
    today = touch.plan(acme, 0)
    found = plans.overdue(touch.book, TODAY)
    assert [(one.days, one.person_name) for one in found] == [(20, "李娜"), (1, "王强")]
    assert found[0].plan == late
    assert found[0].text().endswith("In 10 days it counts as missed.")
    assert [one.plan for one in plans.due_on(touch.book, TODAY)] == [today]


def test_upkeep_marks_what_is_overdue_for_too_long_once_and_as_one_step(touch: InTouch):
    acme = touch.customer("Acme")
    gone, late = touch.plan(acme, -31), touch.plan(acme, -30)
    assert plans.upkeep(touch.book, TODAY) == 1
    assert (touch.state(gone)[0], touch.state(late)[0]) == ("missed", "planned")
    last = touch.book.last_change
    assert plans.upkeep(touch.book, TODAY) == 0
    assert touch.book.last_change == last
    touch.book.undo(last)  # by number: the latest step is what somebody did
    assert touch.state(gone)[0] == "planned"


def test_many_are_planned_missed_and_explained_as_one_step_each(touch: InTouch):
    two = [touch.customer(name) for name in ("Acme", "Other")]
    made = plans.plan(touch.book, two, {"due": str(day(2)), "kind": "call", "purpose": "price"})
    assert touch.book.count("follow_up_plan", "status=planned") == 2
    plans.miss(touch.book, made, "nobody there")
    assert touch.book.count("follow_up_plan", "status=missed") == 2
    with refused("not_planned"):
        plans.miss(touch.book, made, "again")
    plans.no_step(touch.book, two, "pays in spring")
    assert {one.reason for one in neglect.without_step(touch.book, TODAY)} == {"pays in spring"}
    with refused("no_reason"):
        plans.no_step(touch.book, two, " ")
    with pytest.raises(Refused):
        plans.plan(touch.book, two, {"kind": "call"})
