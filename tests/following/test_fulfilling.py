"""An activity fulfils what was planned with the customer, on every path, as one step with it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from models import quick_entry
from models.sheets import importing
from tests.following.in_touch import InTouch, day


def test_an_activity_on_the_day_makes_the_plan_done_in_the_same_step(touch: InTouch):
    acme = touch.customer("Acme")
    plan = touch.plan(acme, 0)
    visit = touch.activity(acme, 0, 23)
    assert touch.state(plan) == ("done", day(0), visit)
    touch.book.undo()
    assert touch.state(plan) == ("planned", None, None)
    assert touch.book.count("activity") == 0
    touch.book.redo()
    assert touch.state(plan) == ("done", day(0), visit)


@pytest.mark.parametrize(
    ("due", "on", "counts"), [(3, 0, True), (4, 0, False), (-30, 0, True), (-31, 0, False)]
)
def test_it_counts_three_days_early_and_until_the_plan_is_missed(touch: InTouch, due, on, counts):
    acme = touch.customer("Acme")
    plan = touch.plan(acme, due)
    touch.activity(acme, on, 23)
    assert (touch.state(plan)[0] == "done") is counts


def test_the_visit_from_which_a_plan_came_does_not_fulfil_it(touch: InTouch):
    acme = touch.customer("Acme")
    plan = touch.plan(acme, 1)
    touch.activity(acme, -1)  # written down after the plan, but it was yesterday
    assert touch.state(plan)[0] == "planned"
    touch.activity(acme, 0)
    assert touch.state(plan)[0] == "done"


def test_plan_and_activity_of_one_change_are_the_visit_and_what_comes_next(touch: InTouch):
    acme = touch.customer("Acme")
    with touch.book.change("visit and next") as change:
        change.add("activity", {"at": day(0), "customer": acme})
        plan = change.add("follow_up_plan", {"customer": acme, "due": day(2)})
    assert touch.state(plan)[0] == "planned"


def test_one_activity_fulfils_one_plan_the_like_one_before_the_earlier(touch: InTouch):
    acme = touch.customer("Acme")
    call = touch.plan(acme, 0, kind="call")
    visit = touch.plan(acme, 2, kind="visit")
    touch.activity(acme, 0, 23, kind="visit")
    assert (touch.state(call)[0], touch.state(visit)[0]) == ("planned", "done")
    touch.activity(acme, 0, 23, kind="wechat")
    assert touch.state(call)[0] == "done"


def test_another_customers_plan_stays(touch: InTouch):
    acme, other = touch.customer("Acme"), touch.customer("Other")
    plan = touch.plan(acme, 0)
    activity = touch.activity(other, 0, 23)
    assert touch.state(plan)[0] == "planned"
    touch.book.set("activity", activity, {"customer": acme})  # put right afterwards
    assert touch.state(plan)[0] == "done"


def test_a_plan_that_was_opened_again_stays_open(touch: InTouch):
    acme = touch.customer("Acme")
    plan = touch.plan(acme, 0)
    touch.activity(acme, 0, 23)
    touch.book.set("follow_up_plan", plan, {"status": "planned"})
    assert touch.state(plan) == ("planned", None, None)


def test_quick_entry_fulfils_in_its_own_step(touch: InTouch):
    acme = touch.customer("Acme")
    plan = touch.plan(acme, 0)
    before = touch.book.last_change
    with touch.book.change("visit") as change:
        quick_entry.add(
            touch.book, change, {"at": str(day(0)), "customer": "Acme", "due": str(day(9))}
        )
    assert touch.state(plan)[0] == "done"
    assert touch.value("customer", acme, "next_contact_due") == day(9)
    assert touch.book.last_change == before + 1


def test_an_imported_past_is_put_together_whichever_sheet_comes_first(touch: InTouch, tmp_path):
    touch.customer("Acme")
    visits = "时间,业务员,客户名称,拜访结果\n2024-03-05 10:00,李娜,Acme,谈了价格\n2024-05-02 09:00,李娜,Acme,签约\n"
    plans = "跟进客户,计划跟进日期,跟进目的\nAcme,2024-03-06,问价格\nAcme,2024-04-01,催合同\n"
    for order in ((visits, plans), (plans, visits)):
        for number, text in enumerate(order):
            file = tmp_path / f"{'拜访记录' if text is visits else '跟进计划'}{number}.csv"
            file.write_text(text, encoding="utf-8")
            proposal = importing.prepare(touch.book, [file])
            assert importing.apply(proposal) is not None
            proposal.close()
        rows = touch.book.rows("follow_up_plan", touch.book.ids("follow_up_plan"), ["due", "status", "done_on"])  # fmt: skip
        assert rows == [
            (date(2024, 3, 6), "done", date(2024, 3, 5)),
            (date(2024, 4, 1), "planned", None),
        ]
        touch.book.undo()
        touch.book.undo()
        assert touch.book.count("follow_up_plan") == 0


# -- the day of next contact -----------------------------------------------------------------------


def next_due(touch: InTouch, customer: int) -> date | None:
    found: date | None = touch.value("customer", customer, "next_contact_due")
    return found


def test_the_earliest_planned_follow_up_is_the_day_of_next_contact(touch: InTouch):
    acme = touch.customer("Acme")
    late = touch.plan(acme, 20)
    assert next_due(touch, acme) == day(20)
    early = touch.plan(acme, 10)
    assert next_due(touch, acme) == day(10)
    touch.book.set("follow_up_plan", early, {"due": day(15)})
    assert next_due(touch, acme) == day(15)
    touch.book.set("follow_up_plan", early, {"status": "missed"})
    assert next_due(touch, acme) == day(20)
    with touch.book.change("remove") as change:
        change.remove("follow_up_plan", [late])
    assert next_due(touch, acme) is None


def test_a_plan_moved_to_another_customer_leaves_the_first_one(touch: InTouch):
    acme, other = touch.customer("Acme"), touch.customer("Other")
    plan = touch.plan(acme, 5)
    touch.book.set("follow_up_plan", plan, {"customer": other})
    assert (next_due(touch, other), next_due(touch, acme)) == (day(5), None)


def test_what_was_typed_in_the_same_change_stands(touch: InTouch):
    acme = touch.customer("Acme")
    with touch.book.change("both") as change:
        change.add("follow_up_plan", {"customer": acme, "due": day(5)})
        change.set("customer", acme, {"next_contact_due": day(3)})
    assert next_due(touch, acme) == day(3)


def test_a_contact_on_the_day_meets_the_day_of_next_contact(touch: InTouch):
    acme = touch.customer("Acme", next_contact_due=day(0))
    touch.activity(acme, -1)
    assert next_due(touch, acme) == day(0)
    touch.activity(acme, 0)
    assert next_due(touch, acme) is None
    touch.book.undo()
    assert next_due(touch, acme) == day(0)


def test_a_plan_takes_the_reason_for_none_away(touch: InTouch):
    acme = touch.customer("Acme", no_step_reason="on holiday")
    touch.plan(acme, 5)
    assert touch.value("customer", acme, "no_step_reason") is None


def test_an_hour_brings_its_day(touch: InTouch):
    acme = touch.customer("Acme")
    plan = touch.add("follow_up_plan", customer=acme, at=f"{day(2)} 10:00")
    assert touch.value("follow_up_plan", plan, "due") == day(2)


def test_done_by_hand_is_done_today(touch: InTouch):
    plan = touch.plan(touch.customer("Acme"), 2)
    touch.book.set("follow_up_plan", plan, {"status": "done"})
    assert touch.value("follow_up_plan", plan, "done_on") == date.today()
    assert next_due(touch, touch.value("follow_up_plan", plan, "customer")) is None


def test_a_long_import_beside_many_plans_takes_little_more(touch: InTouch):
    """20,000 activities with 5,000 planned customers: what follows is a few statements."""
    import time as clock

    with touch.book.change("customers") as change:
        rows = change.add_many("customer", ("name", "owner"), [(f"C{n}", touch.li) for n in range(5_000)])  # fmt: skip
        change.add_many(
            "follow_up_plan",
            ("customer", "due", "status"),
            [(one, day(-2), "planned") for one in rows],
        )
    from datetime import datetime

    at = datetime.now().astimezone() + timedelta(minutes=1)
    with touch.book.change("activities") as change:
        change.add_many("activity", ("customer", "at"), [(rows[n % 5_000], at) for n in range(20_000)])  # fmt: skip
        began = clock.perf_counter()
    took = clock.perf_counter() - began
    assert touch.book.count("follow_up_plan", "status=done") == 5_000
    assert took < 3.0
