"""An answer and a complaint count for whoever looked after the customer on that day."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from models.journal import as_of
from models.satisfaction.attribution import owner_on
from models.sheets import importing
from tests.satisfaction.asked import Asked, day


def test_an_answer_counts_for_who_had_the_customer_on_that_day(asked: Asked):
    acme = asked.customer("Acme", asked.li, on=day(-60))
    asked.set("customer", acme, owner=asked.wang, on=day(-20))
    before, after = asked.answer(acme, day(-30)), asked.answer(acme, day(-10))
    assert asked.get("survey_response", before, "attributed_to") == asked.li
    assert asked.get("survey_response", after, "attributed_to") == asked.wang
    complaint = asked.add("complaint", customer=acme, opened_on=day(-25), title="Late")
    assert asked.get("complaint", complaint, "attributed_to") == asked.li


def test_a_handover_counts_from_its_own_day_on(asked: Asked):
    acme = asked.customer("Acme", asked.li, on=day(-60))
    asked.set("customer", acme, owner=asked.wang, on=day(-20))
    assert owner_on(asked.book, acme, day(-21)) == asked.li
    assert owner_on(asked.book, acme, day(-20)) == asked.wang


def test_a_later_handover_takes_nothing_away(asked: Asked):
    acme = asked.customer("Acme", asked.li)
    answer = asked.answer(acme, day(0))
    asked.set("customer", acme, owner=asked.wang)
    assert asked.get("survey_response", answer, "attributed_to") == asked.li


def test_another_customer_or_day_is_another_owner_and_undo_takes_all_back(asked: Asked):
    acme, bolt = asked.customer("Acme", asked.li), asked.customer("Bolt", asked.wang)
    answer = asked.answer(acme, day(0))
    asked.set("survey_response", answer, customer=bolt)
    assert asked.get("survey_response", answer, "attributed_to") == asked.wang
    asked.book.undo()
    assert asked.get("survey_response", answer, "attributed_to") == asked.li


def test_what_a_person_says_themselves_is_left_as_it_is(asked: Asked):
    acme = asked.customer("Acme", asked.li)
    answer = asked.answer(acme, day(0), attributed_to=asked.wang)
    assert asked.get("survey_response", answer, "attributed_to") == asked.wang
    asked.set("survey_response", answer, responded_on=day(-1), attributed_to=None)
    assert asked.get("survey_response", answer, "attributed_to") is None


def test_a_customer_in_the_pool_is_nobodys(asked: Asked):
    acme = asked.customer("Acme", asked.li, on=day(-60))
    asked.set("customer", acme, owner=None, on=day(-30))
    asked.set("customer", acme, owner=asked.wang, on=day(-10))
    assert [owner_on(asked.book, acme, day(one)) for one in (-40, -20, -5)] == [
        asked.li, None, asked.wang,
    ]  # fmt: skip


def test_who_has_left_looks_after_nobody_from_the_next_day_on(asked: Asked):
    acme = asked.customer("Acme", asked.li, on=day(-60))
    asked.set("salesperson", asked.li, status="left", on=day(-30))
    asked.set("salesperson", asked.li, status="active", on=day(-10))
    assert [owner_on(asked.book, acme, day(one)) for one in (-40, -30, -29, -11, -5)] == [
        asked.li, asked.li, None, None, asked.li,
    ]  # fmt: skip


def test_an_answer_of_a_contact_is_one_of_their_customer(asked: Asked):
    acme = asked.customer("Acme", asked.li)
    contact = asked.add("contact", name="Ann", customer=acme)
    answer = asked.answer(None, day(0), contact=contact)
    assert asked.get("survey_response", answer, "customer", "attributed_to") == (acme, asked.li)
    asked.set("survey_response", answer, customer=None)
    assert asked.get("survey_response", answer, "customer", "attributed_to") == (None, None)


def test_before_the_book_began_the_moves_of_the_pool_say_it(asked: Asked):
    acme = asked.customer("Acme", asked.wang, on=day(-5))
    assert owner_on(asked.book, acme, day(-50)) == asked.wang  # nothing else is known
    move = {"customer": acme, "reason": "r"}
    asked.add("pool_move", **move, kind="recycled", person=asked.li, moved_on=day(-40))
    asked.add("pool_move", **move, kind="picked", person=asked.wang, moved_on=day(-20))
    assert [owner_on(asked.book, acme, day(one)) for one in (-50, -40, -30, -20, -1)] == [
        asked.li, None, None, asked.wang, asked.wang,
    ]  # fmt: skip


def test_a_sheet_of_answers_is_attributed_too(asked: Asked, tmp_path):
    asked.customer("Acme", asked.li)
    sheet = tmp_path / "survey responses.csv"
    sheet.write_text(f"客户名称,评价日期,满意度评分\nAcme,{day(0)},4\n", encoding="utf-8")
    proposal = importing.prepare(asked.book, [sheet])
    importing.apply(proposal)
    (row,) = asked.book.ids("survey_response")
    assert asked.get("survey_response", row, "attributed_to") == asked.li


@given(
    st.lists(st.tuples(st.integers(1, 40), st.sampled_from(["li", "wang", None])), max_size=8),
    st.integers(0, 45),
)
def test_the_owner_is_that_of_a_naive_replay_of_the_journal(steps, ago):
    with tempfile.TemporaryDirectory() as place:
        asked = Asked(Path(place))
        acme = asked.customer("Acme", asked.li, on=day(-40))
        for back, name in sorted(steps, key=lambda one: -one[0]):
            owner = getattr(asked, name) if name else None
            asked.set("customer", acme, owner=owner, on=day(-back))
        on = day(-ago)
        db, entity = asked.book.connection(), asked.book.schema.entity("customer")
        over = max(on, day(-40)) + timedelta(days=1)  # before it was there: as it came
        last = as_of.last_change_on(db, f"{over - timedelta(days=1)}T16:00:00Z")
        found = as_of.row_as_of(db, entity, acme, last)
        if on < day(-40):
            made = db.one("SELECT min(change) FROM edit WHERE entity = ?", (entity.no,))
            found = as_of.row_as_of(db, entity, acme, made)
        assert found is not None
        assert owner_on(asked.book, acme, on) == found["owner"]
        asked.book.close()
