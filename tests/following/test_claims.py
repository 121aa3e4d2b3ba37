"""Whose a customer is: claims, suspected doubles, evidence from the records, rulings and precedents."""

from __future__ import annotations

from models.following import claims
from models.following.suspects import like, suspects
from tests.following.in_touch import TODAY, InTouch, day, refused


def test_a_claim_on_somebodys_customer_is_disputed_at_once(touch: InTouch):
    free, owned = touch.customer("Free", owner=None), touch.customer("Owned")
    row, warned = claims.register(touch.book, free, touch.wang, TODAY, "met on a fair")
    assert (touch.value("ownership_claim", row, "status"), warned) == ("claimed", ())
    row, _ = claims.register(touch.book, owned, touch.wang, TODAY)
    assert touch.value("ownership_claim", row, "status") == "disputed"
    own, _ = claims.register(touch.book, owned, touch.li, TODAY)
    assert touch.value("ownership_claim", own, "status") == "disputed"
    second, _ = claims.register(touch.book, free, touch.li, TODAY)
    assert touch.value("ownership_claim", second, "status") == "disputed"
    assert {one.customers for one in claims.cases(touch.book)} == {(free,), (owned,)}
    touch.book.undo()
    first = touch.book.ids("ownership_claim")[0]
    assert touch.value("ownership_claim", first, "status") == "claimed"


def test_registering_warns_of_a_like_customer_that_somebody_else_has(touch: InTouch):
    touch.customer("东方贸易有限公司", phone="021-66668888")
    new = touch.customer("東方貿易", owner=None)
    _, warned = claims.register(touch.book, new, touch.wang, TODAY)
    assert [one.text() for one in warned] == ["东方贸易有限公司 is with 李娜 already."]
    assert [one.why for one in like(touch.book, "东方贸易（有限公司）")] == ["name", "name"]
    assert [one.why for one in like(touch.book, "", "021-66668888")] == ["phone"]
    assert like(touch.book, "西方贸易") == ()


def test_doubles_with_two_owners_are_found_in_the_whole_book(touch: InTouch):
    first = touch.customer("上海华诚机械有限公司", tax_code="913101150000000001")
    second = touch.customer("上海华诚机械（股份有限公司）", owner=touch.wang)
    touch.customer("上海华诚机械厂有限公司", owner=touch.wang)  # another firm
    phone = touch.customer("One", phone="13800138000")
    same = touch.customer("Two", phone="138 0013 8000", owner=touch.wang)
    touch.customer("Three", phone="13800138001", owner=touch.wang)
    touch.customer("Mine Ltd"), touch.customer("Mine Co., Ltd.")  # one owner: no dispute
    found = suspects(touch.book)
    assert [(one.customers, one.why) for one in found] == [
        ((first, second), ("name",)),
        ((phone, same), ("phone",)),
    ]
    assert found[0].text() == "Their names differ only in form."


def test_evidence_comes_from_the_records_the_earlier_side_first(touch: InTouch):
    acme = touch.customer("Acme", grade="A")
    for days, person in ((-50, touch.wang), (-40, touch.wang), (-20, touch.li)):
        row = touch.activity(acme, days)
        touch.book.set("activity", row, {"person": person})
    touch.add("opportunity", name="big", customer=acme, owner=touch.li, opened_on=day(-10))
    touch.add("order", code="1", customer=acme, owner=touch.li, ordered_on=day(-5))
    claims.register(touch.book, acme, touch.wang, day(-45), "cards exchanged")
    (case,) = claims.cases(touch.book)
    assert [(one.name, one.owner, one.first) for one in case.sides] == [
        ("王强", False, day(-50)),
        ("李娜", True, day(-20)),
    ]
    assert case.sides[0].text() == f"2 contacts, the first on {day(-50)}."
    assert case.sides[1].text() == (
        f"1 contact, since {day(-20)}. 1 deal, opened on {day(-10)}. 1 order, on {day(-5)}."
    )
    assert (case.sides[0].said, case.sides[0].claimed_on) == ("cards exchanged", day(-45))


def test_a_ruling_is_one_step_and_a_precedent_afterwards(touch: InTouch):
    acme, twin = touch.customer("Acme Ltd", grade="A"), touch.customer("Acme", owner=touch.wang)
    claims.register(touch.book, acme, touch.wang, day(-3), "cards exchanged")
    case = claims.case_of(touch.book, [acme, twin])
    before = touch.book.last_change
    with refused("no_reason"):
        claims.rule(touch.book, case, touch.wang, "", TODAY)
    claims.rule(touch.book, case, touch.wang, "first to visit", TODAY)
    assert touch.book.last_change == before + 1
    assert [touch.value("customer", one, "owner") for one in (acme, twin)] == [touch.wang] * 2
    assert claims.cases(touch.book) == ()
    assert touch.book.count("ownership_claim", "status=ruled") == 2  # also the side without a claim
    assert touch.book.count("opportunity_ledger", "source=ruling") == 1
    (found,) = claims.precedents(touch.book)
    assert (found.ruled_for, found.ruling, set(found.sides)) == (
        "王强",
        "first to visit",
        {"李娜", "王强"},
    )
    assert claims.precedents(touch.book, "cards 李娜") == (found,)
    assert claims.precedents(touch.book, "nothing like it") == ()
    with refused("ruled"):
        claims.rule(touch.book, case, touch.li, "again", TODAY)
    touch.book.undo()
    assert [touch.value("customer", one, "owner") for one in (acme, twin)] == [touch.li, touch.wang]
    assert [one.customers for one in claims.cases(touch.book)] == [(acme,)]


def test_who_has_left_is_ruled_nothing(touch: InTouch):
    acme = touch.customer("Acme")
    claims.register(touch.book, acme, touch.wang, TODAY)
    touch.book.set("salesperson", touch.wang, {"status": "left"})
    (case,) = claims.cases(touch.book)
    with refused("cannot_receive"):
        claims.rule(touch.book, case, touch.wang, "earlier", TODAY)


def test_the_most_like_precedent_comes_first(touch: InTouch):
    for name, said, days in (("One", "cards on a fair", -9), ("Two", "order by phone", -3)):
        row = touch.customer(name)
        claims.register(touch.book, row, touch.wang, TODAY, said)
        claims.rule(touch.book, claims.case_of(touch.book, [row]), touch.li, "because", day(days))
    assert [one.name for one in claims.precedents(touch.book)] == ["Two", "One"]
    assert claims.precedents(touch.book, near="cards from a fair")[0].name == "One"
