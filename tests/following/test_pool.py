"""Who falls into the pool and why, who stays, and what goes in and out, each as one step."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from models.following import pool_moves
from models.following.pool import Pool
from models.refusals import Refused
from tests.following.in_touch import TODAY, InTouch, day, refused


def standings(touch: InTouch, on=TODAY) -> dict[int, tuple[str, int]]:
    return {one.customer: (one.state, one.days_left) for one in Pool(touch.book, on).standings}


def test_days_are_counted_from_contact_owner_or_entry_whichever_is_latest(touch: InTouch):
    contact = touch.customer("Contact", first_contact_on=day(-400))
    touch.activity(contact, -80)
    first = touch.customer("First", first_contact_on=day(-89))
    entered = touch.customer("Entered")
    given_ = touch.customer("Given", owner=None, first_contact_on=day(-400))
    touch.activity(given_, -300)
    touch.book.set("customer", given_, {"owner": touch.li})
    picked = touch.customer("Picked", first_contact_on=day(-400))
    touch.add("pool_move", customer=picked, kind="picked", person=touch.li, moved_on=day(-40))
    touch.customer("Nobody's", owner=None)
    assert standings(touch) == {
        first: ("about", 1),
        contact: ("safe", 10),
        picked: ("safe", 50),
        entered: ("safe", 90),
        given_: ("safe", 90),
    }
    assert standings(touch, day(1))[first] == ("falls", 0)
    found = {one.customer: one for one in Pool(touch.book, day(3)).standings}
    assert found[first].text() == (
        f"Never contacted in the 92 days since {day(-89)}. It goes to the pool after 90 days. "
        "It should have gone 2 days ago."
    )
    assert found[given_].text().startswith("With 李娜 for 3 days without contact")


def test_the_rule_of_the_grade_goes_before_that_of_all_others(touch: InTouch):
    best, other = touch.customer("Best", grade="A"), touch.customer("Other", grade="D")
    for one in (best, other):
        touch.activity(one, -70)
    assert standings(touch) == {best: ("falls", -10), other: ("safe", 20)}
    touch.rule("D", contact_days=30)  # never to the pool
    assert standings(touch) == {best: ("falls", -10)}


def test_deal_contract_and_mark_are_reasons_to_stay(touch: InTouch):
    rows = [touch.customer(name, first_contact_on=day(-100)) for name in "ABCDE"]
    deal, running, ended, long_ended, kept = rows
    touch.add("opportunity", name="big", customer=deal, status="open")
    touch.add("contract", name="one", customer=running, ends_on=day(9))
    touch.add("contract", name="two", customer=ended, ends_on=day(-30), status="closed")
    touch.add("contract", name="three", customer=long_ended, ends_on=day(-31), status="closed")
    touch.add("contract", name="four", customer=long_ended, ends_on=day(99), status="void")
    touch.book.set("customer", kept, {"pool_status": "kept"})
    found = {one.customer: one for one in Pool(touch.book, TODAY).standings}
    assert {one: found[one].state for one in rows} == {
        deal: "stays", running: "stays", ended: "stays", long_ended: "falls", kept: "stays",
    }  # fmt: skip
    assert found[deal].text().endswith("It stays: there is an open deal, big.")
    assert f"until {day(39)}" in found[running].text()
    with touch.book.change("no such reasons") as change:
        for rule in touch.book.ids("pool_rule"):
            change.set("pool_rule", rule, {"keep_with_deal": False, "contract_days": None})
    assert {one: state for one, (state, _) in standings(touch).items() if state == "stays"} == {
        kept: "stays"
    }


def test_recycling_many_is_one_step_that_says_why_and_closes_what_is_open(touch: InTouch):
    rows = [touch.customer(f"C{n}", first_contact_on=day(-100)) for n in range(3)]
    late, ahead = touch.plan(rows[0], -5), touch.plan(rows[0], 5)
    visit = touch.add("task", title="visit", kind="visit", customer=rows[1], owner=touch.li, due=day(1))  # fmt: skip
    money = touch.add("task", title="money", kind="collection", customer=rows[1], owner=touch.li, due=day(1))  # fmt: skip
    open_ = pool_moves.open_work(touch.book, rows)
    assert (open_.plans, open_.cancelled, open_.staying) == (2, 1, 1)
    assert (
        open_.text()
        == "2 planned follow-ups, 1 task to visit or follow up, 1 other task, which stays"
    )
    before = touch.book.last_change
    pool_moves.recycle(touch.book, rows, TODAY)
    assert touch.book.last_change == before + 1
    pool = Pool(touch.book, TODAY)
    assert [one.customer for one in pool.in_pool] == rows
    assert pool.in_pool[0].last_owner_name == "李娜"
    assert pool.in_pool[0].reason.startswith("Never contacted in the 100 days")
    assert pool.standings == ()
    assert (touch.state(late)[0], touch.state(ahead)[0]) == ("missed", "moved")
    assert touch.value("task", visit, "status") == "cancelled"
    assert touch.value("task", money, "status") == "assigned"
    assert touch.value("customer", rows[0], "next_contact_due") is None
    touch.book.undo()
    assert Pool(touch.book, TODAY).in_pool == ()
    assert (touch.state(late)[0], touch.state(ahead)[0]) == ("planned", "planned")
    assert touch.value("customer", rows[0], "next_contact_due") == day(-5)


def test_open_work_that_is_kept_stays_with_who_had_the_customer(touch: InTouch):
    acme = touch.customer("Acme", first_contact_on=day(-100))
    plan = touch.plan(acme, 5)
    pool_moves.recycle(touch.book, [acme], TODAY, close=False)
    assert (touch.state(plan)[0], touch.value("follow_up_plan", plan, "person")) == (
        "planned",
        touch.li,
    )


def test_a_customer_who_got_a_reason_to_stay_since_the_review_is_not_recycled(touch: InTouch):
    one, two = (touch.customer(name, first_contact_on=day(-100)) for name in ("One", "Two"))
    falling = [each.customer for each in Pool(touch.book, TODAY).falling]
    touch.activity(two, 0)
    with refused("stays") as told:
        pool_moves.recycle(touch.book, falling, TODAY)
    assert "Two doesn't fall" in str(told.value)
    assert touch.value("customer", one, "owner") == touch.li


def test_the_daily_limit_says_how_many_were_taken_and_when_again(touch: InTouch):
    best = [touch.customer(f"A{n}", grade="A", owner=None, pool_status="pool") for n in range(2)]
    rest = [touch.customer(f"C{n}", grade="C", owner=None, pool_status="pool") for n in range(4)]
    pool_moves.pick(touch.book, best[0], touch.li, TODAY)
    with refused("picked_enough") as told:
        pool_moves.pick(touch.book, best[1], touch.li, TODAY)
    assert str(told.value).endswith(
        f"picked 1 of 1 customers of such grades today; again from {day(1)}."
    )
    assert pool_moves.picks_left(touch.book, touch.li, best[1], TODAY) == 0
    assert pool_moves.picks_left(touch.book, touch.li, rest[0], TODAY) == 3  # another rule
    for one in rest[:3]:
        pool_moves.pick(touch.book, one, touch.li, TODAY)
    with refused("picked_enough"):
        pool_moves.pick(touch.book, rest[3], touch.li, TODAY)
    pool_moves.pick(touch.book, rest[3], touch.wang, TODAY)
    pool_moves.pick(touch.book, best[1], touch.li, day(1))
    with refused("not_in_pool"):
        pool_moves.pick(touch.book, best[1], touch.wang, day(1))
    ledger = touch.book.rows("opportunity_ledger", touch.book.ids("opportunity_ledger"), ["source", "worth"])  # fmt: skip
    assert sorted(ledger) == [("pool", Decimal(1))] * 4 + [("pool", Decimal(3))] * 2


def test_nobody_who_left_or_is_away_gets_a_customer(touch: InTouch):
    acme = touch.customer("Acme", owner=None, pool_status="pool")
    touch.book.set("salesperson", touch.wang, {"status": "left"})
    with refused("cannot_receive"):
        pool_moves.pick(touch.book, acme, touch.wang, TODAY)
    monday = TODAY + timedelta(days=7 - TODAY.weekday())
    touch.add("leave", person=touch.li, starts_on=monday, ends_on=monday, status="approved")
    with refused("cannot_receive") as told:
        pool_moves.assign(touch.book, [acme], touch.li, monday)
    assert "away" in str(told.value)
    pool_moves.assign(touch.book, [acme], touch.li, monday + timedelta(days=1))


def test_releasing_asks_for_a_reason_and_assigning_for_nobody_elses_customer(touch: InTouch):
    acme, free = touch.customer("Acme"), touch.customer("Free", owner=None)
    with refused("no_reason"):
        pool_moves.release(touch.book, [acme], " ", TODAY)
    with refused("owned"):
        pool_moves.assign(touch.book, [free, acme], touch.wang, TODAY)
    with refused("no_owner"):
        pool_moves.release(touch.book, [free], "too far", TODAY)
    pool_moves.release(touch.book, [acme], "too far", TODAY)
    assert [one.reason for one in Pool(touch.book, TODAY).in_pool] == ["too far"]
    pool_moves.assign(touch.book, [acme, free], touch.wang, TODAY, "near")
    assert touch.value("customer", acme, "owner") == touch.wang
    assert touch.value("customer", acme, "pool_status") is None
    assert touch.book.count("pool_move", "kind=assigned") == 1
    assert touch.book.count("opportunity_ledger") == 2


def test_an_owner_written_in_a_list_takes_the_customer_out_of_the_pool(touch: InTouch):
    acme = touch.customer("Acme", owner=None, pool_status="pool")
    touch.book.set("customer", acme, {"owner": touch.li})
    assert touch.value("customer", acme, "pool_status") is None
    touch.book.undo()
    assert touch.value("customer", acme, "pool_status") == "pool"


def test_unowned_is_who_is_worked_with_and_has_nobody(touch: InTouch):
    free = touch.customer("Free", owner=None)
    touch.customer("Pool", owner=None, pool_status="pool")
    touch.customer("Lost", owner=None, lifecycle="lost")
    assert [one.id for one in Pool(touch.book, TODAY).unowned] == [free]


# -- laws ------------------------------------------------------------------------------------------

CUSTOMER = st.fixed_dictionaries(
    {
        "grade": st.sampled_from(["A", "B", None]),
        "first": st.integers(-200, 0),
        "contact": st.one_of(st.none(), st.integers(-200, 0)),
        "deal": st.booleans(),
        "contract": st.one_of(st.none(), st.integers(-60, 60)),
        "kept": st.booleans(),
        "plan": st.one_of(st.none(), st.integers(-20, 20)),
    }
)


def _book_of(folder: str, listed) -> tuple[InTouch, list[int]]:
    touch, rows = InTouch(Path(folder)), []
    for number, one in enumerate(listed):
        row = touch.customer(
            f"C{number}",
            first_contact_on=day(one["first"]),
            **({"grade": one["grade"]} if one["grade"] else {}),
            **({"pool_status": "kept"} if one["kept"] else {}),
        )
        rows.append(row)
        if one["contact"] is not None:
            touch.activity(row, one["contact"])
        if one["deal"]:
            touch.add("opportunity", name="deal", customer=row, status="open")
        if one["contract"] is not None:
            touch.add("contract", name="paper", customer=row, ends_on=day(one["contract"]))
        if one["plan"] is not None:
            touch.plan(row, one["plan"])
    return touch, rows


def _everything(touch: InTouch) -> dict[str, list[tuple[object, ...]]]:
    book = touch.book
    return {
        kind: book.rows(kind, book.ids(kind), [one.id for one in book.schema.entity(kind).fields])
        for kind in ("customer", "follow_up_plan", "task", "pool_move", "opportunity_ledger")
    }


@settings(max_examples=25)
@given(st.lists(CUSTOMER, min_size=1, max_size=6))
def test_who_has_a_reason_to_stay_never_falls_and_recycling_undone_restores_all(listed):
    with tempfile.TemporaryDirectory() as folder:
        touch, rows = _book_of(folder, listed)
        with touch.book:
            falling = [one.customer for one in Pool(touch.book, TODAY).falling]
            wanted = []
            for row, one in zip(rows, listed, strict=True):
                last = one["contact"] if one["contact"] is not None else one["first"]
                due = last <= -(60 if one["grade"] == "A" else 90)
                paper = (
                    one["contract"] is not None and one["contract"] >= -30 and one["grade"] != "A"
                )
                if due and not (one["deal"] or one["kept"] or paper):
                    wanted.append(row)
            assert sorted(falling) == wanted
            if not falling:
                return
            before = _everything(touch)
            pool_moves.recycle(touch.book, falling, TODAY)
            assert sorted(one.customer for one in Pool(touch.book, TODAY).in_pool) == wanted
            touch.book.undo()
            assert _everything(touch) == before


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(st.integers(0, 7), st.booleans(), st.integers(0, 2), st.booleans()), max_size=25
    )
)
def test_nobody_ever_picks_more_than_the_limit_of_a_day(tries):
    with tempfile.TemporaryDirectory() as folder:
        touch = InTouch(Path(folder))
        with touch.book:
            rows = [
                touch.customer(f"C{n}", grade="A" if n < 4 else "C", owner=None, pool_status="pool")
                for n in range(8)
            ]
            taken: dict[tuple[int, bool, int], int] = {}
            for at, by_li, days, back in tries:
                person, best = touch.li if by_li else touch.wang, at < 4
                try:
                    pool_moves.pick(touch.book, rows[at], person, day(days))
                except Refused as told:
                    if told.code == "picked_enough":
                        assert taken[person, best, days] == (1 if best else 3)
                    continue
                key = (person, best, days)
                taken[key] = taken.get(key, 0) + 1
                if back:
                    pool_moves.release(touch.book, [rows[at]], "back", day(days))
            assert all(n <= (1 if best else 3) for (_, best, _), n in taken.items())
