"""A returned workbook against its base and the book, case by case."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.refusals import Refused
from models.workbooks import collecting, conflicts, merging, threeway
from models.workbooks.items import LEAVE, MINE, OTHER, THEIRS, Decision
from tests.workbooks.merge_world import Unread, other_file


def kinds(merged):
    return {one.id: (one.state, one.kind) for one in merged.items}


def test_an_unchanged_workbook_changes_nothing_and_is_remembered(world):
    out = world.issue()
    heard = []
    world.book.subscribe(heard.append)
    before, count = world.state(), world.changes()
    assert world.collect(out) is None
    assert (world.state(), world.changes()) == (before, count)
    assert world.book.record("workbook", out.manifest.workbook)["returned_at"] is not None
    assert [one.touched for one in heard] == [{"workbook": frozenset({out.manifest.workbook})}]


def test_what_one_side_changed_is_taken_and_what_both_did_is_asked(world):
    out = world.issue()
    one, two, three, _ = world.customers
    out.set("customer", one, "city", "北京")
    out.set("customer", two, "city", "广州")
    out.set("customer", three, "city", "深圳")
    world.book.set("customer", two, {"city": "杭州"})
    world.book.set("customer", three, {"city": "深圳", "grade": "A"})
    assert kinds(world.merge(out)) == {
        f"customer:{one}:city": ("safe", "changed"),
        f"customer:{two}:city": ("ask", "edited"),
    }
    world.collect(out)
    assert [world.value("customer", at, "city") for at in (one, two, three)] == [
        "北京",
        "杭州",
        "深圳",
    ]
    [question] = world.open()
    assert (question.base, question.mine, question.theirs) == ("上海", "杭州", "广州")
    assert (question.field, question.at) == ("city", "Customers!D3")


def test_an_emptied_cell_empties_the_books_value(world):
    out = world.issue()
    out.set("customer", world.customers[0], "city", None)
    world.collect(out)
    assert world.value("customer", world.customers[0], "city") is None


def test_a_name_that_was_emptied_is_asked_and_told(world):
    out = world.issue()
    out.set("customer", world.customers[0], "name", None)
    merged = world.merge(out)
    assert kinds(merged) == {f"customer:{world.customers[0]}:name": ("ask", "unreadable")}
    assert [one.code for one in merged.file.problems] == ["required"]
    world.collect(out)
    assert world.value("customer", world.customers[0], "name") == "甲公司"
    assert world.merge(out).items == ()


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "result"),
    [
        ("a", "a\nb", "a\nc", "a\nb\nc"),
        ("a", "a\nb", "a\nb\nc", "a\nb\nc"),
        ("a", "a\nb\nc", "a\nb", "a\nb\nc"),
        ("a\nc", "a\nb\nc", "a\nc\nd", "a\nb\nc\nd"),
        ("a", "a b", "a c", "a b\nc"),
    ],
)
def test_long_texts_that_only_grew_are_joined(base, mine, theirs, result):
    kind, value = threeway.decide("long_text", base, mine, theirs)
    assert value == result
    assert kind == ("same" if result == mine else "joined")


@pytest.mark.parametrize(
    ("kind", "base", "mine", "theirs"),
    [
        ("long_text", "a", "x", "a\nc"),
        ("long_text", "a\nb", "a\nb\nc", "a"),
        ("long_text", None, "b", "c"),
        ("long_text", "a", None, "a\nc"),
        ("text", "甲", "甲公司", "甲集团"),
        ("integer", 1, 2, 3),
        ("choice", None, "A", "B"),
    ],
)
def test_what_was_written_over_is_a_conflict(kind, base, mine, theirs):
    assert threeway.decide(kind, base, mine, theirs) == ("edited", theirs)


def test_tags_are_merged_as_sets():
    assert threeway.decide("tags", "a, b", "b, c", "a, d") == ("joined", "c, d")
    assert threeway.decide("tags", "a", "a, b", "a, b, c") == ("joined", "a, b, c")
    assert threeway.decide("tags", "a", None, "a, b") == ("joined", "b")


def test_a_new_customer_comes_with_its_contact_and_visit(world):
    out = world.issue()
    out.add("customer", name="新客户", city="杭州")
    out.add("contact", name="钱二", customer=Unread("新客户"))
    out.add("activity", at="2026-11-20T02:00:00Z", customer=Unread("新客户"), result="好")
    world.collect(out)
    [new] = world.book.ids("customer", "name=新客户")
    assert world.value("customer", new, "owner") == world.wang
    assert len(world.book.linked("contact", "customer", new)) == 1
    [visit] = world.book.linked("activity", "customer", new)
    assert world.value("activity", visit, "person") == world.wang
    before = world.state()
    assert world.merge(out).items == ()
    assert (world.collect(out), world.state()) == (None, before)


def test_what_links_to_a_new_customer_that_is_left_open_waits_with_it(world):
    out = world.issue()
    out.add("customer", name="丁有限责任公司")  # looks like one of somebody else's
    out.add("contact", name="钱二", customer=Unread("丁有限责任公司"))
    out.set("contact", world.contacts[0], "customer", Unread("丁有限责任公司"))
    assert kinds(world.merge(out)) == {
        "customer+Customers!5": ("ask", "match"),
        "contact+Contacts!5": ("safe", "added"),
        f"contact:{world.contacts[0]}:customer": ("safe", "changed"),
    }
    before = world.state()
    world.collect(out)
    assert world.state() == before
    assert sorted(one.kind for one in world.open()) == ["match", "match", "unreadable"]
    assert world.merge(out).items == ()
    for question in world.open():
        conflicts.resolve(world.book, question.row, Decision(THEIRS))
    [new] = world.book.ids("customer", "name=丁有限责任公司")
    assert sorted(world.book.linked("contact", "customer", new)) == [world.contacts[0], 5]
    assert world.merge(out).items == ()


def test_a_match_that_is_declined_lets_its_contact_go_to_the_record_that_is_there(world):
    out = world.issue()
    out.add("customer", name="丁有限责任公司")
    out.add("contact", name="钱二", customer=Unread("丁有限责任公司"))
    world.collect(out, {"customer+Customers!5": Decision(MINE, comment="是李强的")})
    assert 5 in world.book.linked("contact", "customer", world.customers[3])
    [told] = conflicts.listed(world.book, open_only=False)
    assert (told.status, told.comment) == ("mine", "是李强的")
    assert "丁有限责任公司" in told.theirs


def test_a_new_row_that_is_one_own_record_is_merged_with_it(world):
    out = world.issue()
    with world.book.change("somebody was quicker") as change:
        there = change.add("customer", {"name": "新客户", "city": "杭州", "owner": world.wang})
    out.add("customer", name="新客户", city="宁波", grade="A")
    world.collect(out)
    assert len(world.book.ids("customer", "name=新客户")) == 1
    assert world.value("customer", there, "grade") == "A"
    [question] = world.open()
    assert (question.field, question.mine, question.theirs) == ("city", "杭州", "宁波")
    assert world.merge(out).items == ()


def test_a_second_visit_of_a_day_is_another_one_and_its_copy_is_asked(world):
    at = "2026-11-20T00:00:00Z"
    with world.book.change("visit") as change:
        change.add(
            "activity",
            {"at": "2026-11-20 08:00", "customer": world.customers[0], "person": world.wang, "result": "一"},
        )  # fmt: skip
    out = world.issue()
    out.add("activity", at=at, customer=world.customers[0], result="二")
    out.add("activity", at=at, customer=world.customers[0], result="一")
    assert [one.kind for one in world.merge(out).items] == ["added", "match"]


def test_a_row_that_is_gone_is_a_proposal(world):
    out = world.issue()
    out.remove("customer", world.customers[0])
    out.remove("customer", world.customers[1])
    world.book.set("customer", world.customers[1], {"city": "杭州"})
    assert [one.kind for one in world.merge(out).items] == ["removed", "removed_edited"]
    world.collect(out)
    assert all(world.alive("customer", one) for one in world.customers)
    assert world.merge(out).items == ()
    first, second = world.open()
    conflicts.resolve(world.book, first.row, Decision(THEIRS))
    conflicts.resolve(world.book, second.row, Decision(MINE))
    assert [world.alive("customer", one) for one in world.customers[:2]] == [False, True]
    assert world.merge(out).items == ()


def test_a_row_that_comes_back_answers_the_question_about_it(world):
    out = world.issue()
    full = out.copied()
    full.set("customer", world.customers[1], "city", "北京")
    out.remove("customer", world.customers[0])
    world.collect(out)
    world.collect(full)
    assert world.open() == []
    [told] = conflicts.listed(world.book, open_only=False)
    assert told.status == "mine"


def test_a_row_that_was_deleted_and_typed_again_is_the_record(world):
    out = world.issue()
    out.remove("customer", world.customers[0])
    out.add("customer", name="甲公司", city="北京")
    assert [one.kind for one in world.merge(out).items] == ["edited"]
    world.collect(out)
    assert world.merge(out).items == ()


def test_what_was_edited_of_a_removed_record_is_asked_and_brings_it_back(world):
    out = world.issue()
    one, two, *_ = world.customers
    out.set("customer", one, "city", "北京")
    with world.book.change("remove") as change:
        change.remove("customer", [one, two])
    assert kinds(world.merge(out)) == {f"customer:{one}:city": ("ask", "removed_edited")}
    world.collect(out)
    [question] = world.open()
    assert not question.void
    conflicts.resolve(world.book, question.row, Decision(THEIRS))
    assert world.alive("customer", one)
    assert world.value("customer", one, "city") == "北京"


def test_an_unreadable_cell_is_asked_once_and_keeps_its_base(world):
    out = world.issue()
    one = world.customers[0]
    out.set("customer", one, "employees", Unread("很多"))
    world.collect(out)
    assert world.merge(out).items == ()
    [question] = world.open()
    assert question.theirs == "很多"
    with pytest.raises(Refused) as refused:
        conflicts.resolve(world.book, question.row, Decision(THEIRS))
    assert refused.value.code == "unreadable_value"
    with pytest.raises(Refused) as refused:
        conflicts.resolve(world.book, question.row, Decision(OTHER, "还是很多"))
    assert refused.value.code == "not_a_number"
    out.set("customer", one, "employees", 12)
    world.collect(out)
    assert world.value("customer", one, "employees") == 12
    assert world.open() == []


def test_a_row_of_another_workbook_is_asked(world):
    out = world.issue()
    theirs = world.customers[3]
    out.rows["customer"].append((theirs, {"city": "北京", "grade": "B"}))
    file = out.file()
    rows = tuple(replace(one, foreign=one.row == theirs) for one in file.rows)
    merged = merging.merge(world.book, replace(file, rows=rows))
    assert kinds(merged) == {f"customer:{theirs}:city": ("ask", "foreign")}
    collecting.apply(world.book, merged)
    assert merging.merge(world.book, replace(file, rows=rows)).items == ()


def test_two_rows_of_one_record_that_differ_are_asked_once(world):
    out = world.issue()
    one = world.customers[0]
    out.set("customer", one, "city", "北京")
    out.rows["customer"].append((one, dict(out.rows["customer"][0][1]) | {"city": "广州"}))
    assert [(x.kind, x.theirs) for x in world.merge(out).items] == [
        ("changed", "北京"),
        ("edited", "广州"),
    ]
    world.collect(out)
    assert world.value("customer", one, "city") == "北京"
    assert [one.theirs for one in world.open()] == ["广州"]
    assert world.merge(out).items == ()


def test_a_declined_change_stays_declined_with_its_comment(world):
    out = world.issue()
    one = world.customers[0]
    out.set("customer", one, "city", "北京")
    id = f"customer:{one}:city"
    world.collect(out, {id: Decision(MINE, comment="公司没搬")})
    assert world.value("customer", one, "city") == "上海"
    [told] = conflicts.listed(world.book, open_only=False)
    assert (told.kind, told.status, told.comment) == ("declined", "mine", "公司没搬")
    assert world.merge(out).items == ()


def test_a_decision_may_be_another_value_or_be_left(world):
    out = world.issue()
    one, two, *_ = world.customers
    for row in (one, two):
        out.set("customer", row, "city", "北京")
        world.book.set("customer", row, {"city": "杭州"})
    decisions = {
        f"customer:{one}:city": Decision(OTHER, "宁波"),
        f"customer:{two}:city": Decision(LEAVE, comment="问一下"),
    }
    world.collect(out, decisions)
    assert world.value("customer", one, "city") == "宁波"
    assert [(one.status, one.comment) for one in world.open()] == [("open", "问一下")]


def test_a_decision_made_on_other_values_does_not_count(world):
    out = world.issue()
    one = world.customers[0]
    out.set("customer", one, "city", "北京")
    world.book.set("customer", one, {"city": "杭州"})
    merged = world.merge(out)
    world.book.set("customer", one, {"city": "宁波"})
    collecting.apply(world.book, merged, {f"customer:{one}:city": Decision(THEIRS)})
    assert world.value("customer", one, "city") == "宁波"
    assert [one.mine for one in world.open()] == ["宁波"]


def test_a_question_follows_the_workbook_that_is_edited_further(world):
    out = world.issue()
    one = world.customers[0]
    out.set("customer", one, "city", "北京")
    world.book.set("customer", one, {"city": "杭州"})
    world.collect(out)
    out.set("customer", one, "city", "广州")
    world.collect(out)
    [question] = world.open()
    assert (question.base, question.mine, question.theirs) == ("上海", "杭州", "广州")
    out.set("customer", one, "city", "上海")  # withdrawn
    world.collect(out)
    assert world.open() == []
    assert world.value("customer", one, "city") == "杭州"


def test_an_added_row_that_is_edited_further_is_the_same_record(world):
    out = world.issue()
    at = out.add("activity", at="2026-11-20T02:00:00Z", customer=world.customers[0], result="好")
    world.collect(out)
    out.rows["activity"][at][1]["result"] = "很好"
    out.add("activity", at="2026-11-21T02:00:00Z", customer=world.customers[0], result="好")
    world.collect(out)
    assert len(world.book.ids("activity")) == 2
    assert world.value("activity", 1, "result") == "很好"
    del out.rows["activity"][at]
    assert [one.kind for one in world.merge(out).items] == ["removed"]


def test_a_workbook_sent_late_after_a_newer_one_merges_right(world):
    old = world.issue()
    one, two, *_ = world.customers
    new = world.issue()
    new.set("customer", one, "city", "北京")
    world.collect(new)
    old.set("customer", one, "city", "广州")
    old.set("customer", two, "city", "广州")
    world.collect(old)
    assert world.value("customer", two, "city") == "广州"
    [question] = world.open()
    assert (question.base, question.mine, question.theirs) == ("上海", "北京", "广州")


def test_an_older_state_of_a_workbook_takes_nothing_back(world):
    out = world.issue()
    one = world.customers[0]
    out.set("customer", one, "city", "北京")
    first = out.copied()
    world.collect(out)
    out.set("customer", one, "city", "广州")
    world.collect(out)
    before = world.state()
    merged = world.merge(first)
    assert [one.code for one in merged.file.problems] == ["older_return"]
    assert (collecting.apply(world.book, merged), world.state()) == (None, before)
    assert world.merge(out).items == ()


def test_another_copy_of_a_workbook_does_not_take_back_what_came_by_the_first(world):
    one, two, three, _ = world.customers
    laptop = world.issue()
    phone = laptop.copied()
    laptop.set("customer", one, "city", "北京")
    laptop.set("customer", two, "city", "北京")
    phone.set("customer", three, "city", "广州")
    world.collect(laptop)
    merged = world.merge(phone)
    assert [one.code for one in merged.file.problems] == ["other_copy"]
    collecting.apply(world.book, merged)
    assert [world.value("customer", at, "city") for at in (one, two, three)] == [
        "北京",
        "北京",
        "广州",
    ]
    assert world.merge(laptop).items == ()


def test_a_value_that_is_taken_back_is_asked(world):
    out = world.issue()
    one = world.customers[0]
    out.set("customer", one, "city", "北京")
    world.collect(out)
    out.set("customer", one, "city", "上海")
    world.collect(out)
    assert world.value("customer", one, "city") == "北京"
    assert [(one.mine, one.theirs) for one in world.open()] == [("北京", "上海")]


def test_undoing_one_of_several_collects_brings_exactly_its_part_back(world):
    out = world.issue()
    one, two, *_ = world.customers
    before = world.state()
    out.set("customer", one, "city", "北京")
    first = world.collect(out)
    out.set("customer", two, "city", "广州")
    second = world.collect(out)
    world.book.undo(first)
    assert kinds(world.merge(out)) == {f"customer:{one}:city": ("safe", "changed")}
    world.collect(out)
    assert world.value("customer", one, "city") == "北京"
    world.book.undo(second)
    world.book.undo()
    assert world.state() == before


def test_what_was_added_and_undone_is_added_again_also_after_the_file_came_twice(world):
    out = world.issue()
    out.remove("customer", world.customers[0])
    out.add("customer", name="甲公司", employees=10)  # is the one that is there
    out.add("activity", at="2026-11-20T02:00:00Z", customer=Unread("甲公司"))
    no = world.collect(out)
    after = world.labelled()
    assert world.collect(out) is None
    world.book.undo(no)
    world.collect(out)
    assert world.labelled() == after
    assert world.merge(out).items == ()


def test_the_same_file_under_another_name_says_nothing_new(world):
    out = world.issue()
    out.set("customer", world.customers[0], "city", "北京")
    world.collect(out)
    count = world.changes()
    merged = merging.merge(world.book, other_file(out, out.file()))
    assert merged.again
    assert collecting.apply(world.book, merged) is None
    assert world.changes() == count


def test_what_a_rule_of_the_book_refuses_stays_open_and_the_rest_is_taken(world):
    out = world.issue()
    one = world.customers[0]
    out.set("customer", one, "employees", -5)
    out.set("customer", one, "city", "北京")
    applied = collecting.apply_whole(world.book, world.merge(out))
    assert [one.code for one in applied.problems] == ["too_small"]
    assert world.value("customer", one, "city") == "北京"
    assert [(one.field, one.theirs) for one in world.open()] == [("employees", "-5")]


def test_an_activity_that_came_back_fulfils_its_follow_up(world):
    with world.book.change("plan") as change:
        plan = change.add(
            "follow_up_plan",
            {"customer": world.customers[0], "due": "2020-03-05", "purpose": "报价"},
        )
    out = world.issue()
    out.add("activity", at="2020-03-05T02:00:00Z", customer=world.customers[0], result="好")
    no = world.collect(out)
    assert world.value("follow_up_plan", plan, "status") == "done"
    world.book.undo(no)
    assert world.value("follow_up_plan", plan, "status") == "planned"


def test_a_question_about_a_record_that_is_gone_can_only_be_closed(world):
    out = world.issue()
    one = world.customers[0]
    out.set("customer", one, "city", "北京")
    world.book.set("customer", one, {"city": "杭州"})
    world.collect(out)
    with world.book.change("remove") as change:
        change.remove("customer", [one])
    [question] = world.open()
    assert question.void
    with pytest.raises(Refused) as refused:
        conflicts.resolve(world.book, question.row, Decision(THEIRS))
    assert refused.value.code == "gone"
    conflicts.resolve(world.book, question.row, Decision(MINE))
    assert world.open() == []
    with pytest.raises(Refused) as refused:
        conflicts.resolve(world.book, question.row, Decision(MINE))
    assert refused.value.code == "decided"
