"""Columns that people add themselves behave like any other, whatever their kind."""

from __future__ import annotations

import csv
from decimal import Decimal
from typing import Any

import pytest

from models import texts
from models.book import Book
from models.describe.field import Field
from models.describe.kinds import KINDS
from models.refusals import Refused
from models.sheets import exporting, importing
from models.sheets.report import Options

D = Decimal
OWN: dict[str, tuple[str, str, str]] = {  # kind: a value as typed, another, the declaration's rest
    "text": ("hello", "world", ""),
    "long_text": ("two\nlines", "one", ""),
    "code": ("007", "008", ""),
    "phone": ("13800138000", "010-88886666", ""),
    "email": ("a@b.cn", "c@d.cn", ""),
    "tags": ("a, b", "c", ""),
    "choice": ("gold", "silver", "gold|silver"),
    "integer": ("12", "7", ""),
    "number": ("1.5", "-2", ""),
    "money": ("12.50", "1000000", ""),
    "percent": ("15%", "20%", ""),
    "date": ("2024-03-05", "2025-01-01", ""),
    "instant": ("2024-03-05 09:30", "2024-03-06 00:00", ""),
    "flag": ("Yes", "No", ""),
    "period": ("2017-Q4", "2018-01", ""),
    "recurrence": ("每周一", "每月15日", ""),
    "link": ("Acme", "Bolt", "product"),
}


@pytest.fixture
def book(tmp_path):
    with Book.create(tmp_path / "team.daybook") as made:
        for name in ("Acme", "Bolt"):
            add(made, "product", name=name)
        yield made


def add(book: Book, entity: str, **values: Any) -> int:
    with book.change("add") as change:
        return change.add(entity, values)


def own(book: Book, kind: str, label: str = "自定义 列") -> Field:
    rest = OWN[kind][2]
    with book.change("column") as change:
        return change.add_field(
            "customer",
            label,
            kind,
            rest if kind == "choice" else "",
            rest if kind == "link" else "",
        )


def shown(book: Book, id: int, one: Field) -> str:
    value = book.record("customer", id)[one.id]
    return KINDS[one.kind].show(one, value, book.currency)


def test_every_kind_can_be_a_column_of_ones_own():
    assert set(OWN) == set(KINDS)


@pytest.mark.parametrize("kind", OWN)
def test_an_own_column_is_filled_listed_filtered_and_sorted_like_any_other(book, kind):
    one = own(book, kind)
    first, second, _ = OWN[kind]
    a = add(book, "customer", name="甲", **{one.id: first})
    b = add(book, "customer", name="乙", **{"自定义 列": second})
    c = add(book, "customer", name="丙")
    assert shown(book, a, one) != shown(book, b, one) != shown(book, c, one) == ""
    asked = first.split("\n")[0] if kind == "long_text" else first
    operator = "~" if kind == "long_text" else "="
    assert list(book.ids("customer", f'{one.id}{operator}"{asked}"')) == [a]
    assert list(book.ids("customer", f"{one.id} is empty")) == [c]
    up, down = (list(book.ids("customer", sort=[(one.id, way)])) for way in (False, True))
    assert up[2] == down[2] == c
    assert up[:2] == down[1::-1]
    assert {up[0], up[1]} == {a, b}
    book.set("customer", a, {one.id: second})
    assert shown(book, a, one) == shown(book, b, one)
    steps = [one_ for one_ in book.edits("customer", a) if one_.field == one.id]
    assert len(steps) == 1
    assert book.undo().kept == ()
    assert shown(book, a, one) != shown(book, b, one)


@pytest.mark.parametrize("kind", ["text", "code", "phone", "email", "tags"])
def test_words_in_an_own_column_are_found_by_the_search(book, kind):
    one = own(book, kind)
    id = add(book, "customer", name="甲", **{one.id: OWN[kind][0]})
    assert list(book.ids("customer", search=OWN[kind][0])) == [id]
    assert ("customer", id, "甲") in book.find(OWN[kind][0])
    book.set("customer", id, {one.id: ""})
    assert list(book.ids("customer", search=OWN[kind][0])) == []


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_own_columns_go_out_come_back_and_are_filled_by_foreign_sheets(book, tmp_path, suffix):
    columns = {kind: own(book, kind, f"自定义 {kind}") for kind in OWN}
    first = {columns[kind].id: values[0] for kind, values in OWN.items()}
    id = add(book, "customer", name="甲", **first)
    file = tmp_path / f"out.{suffix}"
    exporting.export(book, file, ["customer"])
    before = book.record("customer", id)
    assert bring(book, file) is None
    book.set("customer", id, dict.fromkeys(first, ""))
    assert bring(book, file) is not None
    assert book.record("customer", id) == before
    foreign = tmp_path / "客户.csv"
    heads = ["客户名称", "城市", *(f"自定义 {kind}" for kind in OWN)]
    rows = [[name, "上海", *(values[1] for values in OWN.values())] for name in "甲乙丙"]
    with foreign.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([heads, *rows])
    bring(book, foreign)
    other = book.ids("customer", "name=乙")[0]
    for kind, one in columns.items():
        assert shown(book, other, one) == shown(book, id, one) != "", kind
        assert book.record("customer", id)[one.id] != before[one.id], kind
    made = [one.id for one in book.schema.entity("customer").fields if one.custom]
    assert made == [one.id for one in columns.values()]


def bring(book: Book, file: Any) -> int | None:
    proposal = importing.prepare(book, [file], Options())
    try:
        assert [p for one in proposal.reports for p in one.problems] == []
        return importing.apply(proposal)
    finally:
        proposal.close()


def test_a_value_that_an_own_column_cannot_hold_is_refused_by_name(book):
    one = own(book, "integer")
    with pytest.raises(Refused, match="“many” is not a number"):
        add(book, "customer", name="甲", **{one.id: "many"})
    assert book.count("customer") == 0


def test_adding_a_column_is_undone_and_brought_back_with_what_it_held(book):
    one = own(book, "text")
    number = book.history(1)[0].no
    id = add(book, "customer", name="甲", city="上海")
    book.undo(number)
    assert not book.schema.entity("customer").has(one.id)
    assert one.id not in book.record("customer", id)
    with pytest.raises(Refused, match="no field"):
        book.set("customer", id, {one.id: "x"})
    book.redo(number)
    book.set("customer", id, {one.id: "kept"})
    book.undo(number)
    book.redo(number)
    assert book.record("customer", id)[one.id] == "kept"


def test_a_column_that_somebody_filled_can_be_undone_and_read_again_later(book, tmp_path):
    one = own(book, "money")
    number = book.history(1)[0].no
    id = add(book, "customer", name="甲", **{one.id: "5"})
    book.undo(number)
    with Book.open(book.path) as again:
        assert not again.schema.entity("customer").has(one.id)
        assert again.record("customer", id)["name"] == "甲"
        assert [f.field for f in again.edits("customer", id)]
    book.redo(number)
    assert book.record("customer", id)[one.id] == 5


def test_an_own_column_is_there_when_the_book_is_opened_again(book):
    one = own(book, "choice", "评级")
    with Book.open(book.path) as again:
        found = again.schema.entity("customer").field(one.id)
        assert (found.text(), [c.code for c in found.choices]) == ("评级", ["gold", "silver"])
        texts.set_language("en")
        assert found.text() == "评级"


@pytest.mark.parametrize(
    ("label", "kind", "code"),
    [
        ("", "text", "required"),
        ("客户名称", "text", "field_exists"),
        ("CITY", "text", "field_exists"),
        ("Size", "colour", "unknown_kind"),
        ("Size", "choice", "required"),
        ("Size", "link", "required"),
    ],
)
def test_a_column_that_cannot_be_is_refused_and_nothing_is_added(book, label, kind, code):
    texts.set_language("zh_CN")
    before = book.schema.entity("customer").fields
    with pytest.raises(Refused) as refused, book.change("column") as change:
        change.add_field("customer", label, kind)
    assert refused.value.code == code
    assert book.schema.entity("customer").fields == before
    assert book.history(1)[0].reason == "add"


def test_two_labels_that_would_share_a_column_are_told_apart_or_refused(book):
    own(book, "text", "Shoe size")
    with pytest.raises(Refused, match="Shoe-size") as refused:
        own(book, "text", "Shoe-size")
    assert refused.value.code == "field_exists"


@pytest.mark.parametrize(
    "changed", [{"name": "Width"}, {"kind": "number"}, {"entity": "contact"}, {"target": "team"}]
)
def test_what_the_values_of_a_column_stand_under_is_not_changed(book, changed):
    one = own(book, "text", "Size")
    id = add(book, "customer", name="甲", Size="L")
    [row] = book.ids("custom_field")
    with pytest.raises(Refused) as refused:
        book.set("custom_field", row, changed)
    assert refused.value.code == "fixed_column"
    book.set("custom_field", row, {"name": "SIZE"})
    assert book.schema.entity("customer").field(one.id).text() == "SIZE"
    assert book.record("customer", id)[one.id] == "L"


def test_the_choices_of_a_column_may_grow(book):
    one = own(book, "choice")
    [row] = book.ids("custom_field")
    book.set("custom_field", row, {"choices": "gold|silver|bronze"})
    id = add(book, "customer", name="甲", **{one.id: "bronze"})
    assert book.record("customer", id)[one.id] == "bronze"


def test_a_column_added_as_a_record_is_a_column(book):
    given = {"name": "Size", "entity": "customer", "kind": "number"}
    with book.change("add") as change:
        change.add("custom_field", given)
    id = add(book, "customer", name="甲", Size="1.5")
    assert book.record("customer", id)["x_size"] == D("1.5")
    with (
        pytest.raises(Refused, match="already has a field"),
        book.change("add") as change,
    ):
        change.add("custom_field", given)


def test_a_name_whose_undone_column_holds_other_values_is_not_taken(book):
    own(book, "text", "Size")
    number = book.history(1)[0].no
    id = add(book, "customer", name="甲", Size="L")
    book.undo(number)
    with pytest.raises(Refused) as refused:
        own(book, "number", "Size")
    assert refused.value.code == "field_undone"
    own(book, "text", "Size")
    book.redo(number)
    assert book.record("customer", id)["x_size"] == "L"


def test_own_columns_do_not_come_from_sheets(book, tmp_path):
    file = tmp_path / "a.csv"
    file.write_text("Label,Of,Kind\nSize,customer,text\n", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        importing.prepare(book, [file], Options(entity="custom_field"))
    assert refused.value.code == "not_from_sheets"


# -- called otherwise ----------------------------------------------------------------------------


def renamed(book: Book, name: str, label: str) -> None:
    with book.change("rename") as change:
        change.change_field("customer", name, label)


def test_a_renamed_column_keeps_its_id_and_its_values_and_undo_gives_the_label_back(book):
    one = own(book, "text", "备注一")
    id = add(book, "customer", name="甲", **{one.id: "x"})
    renamed(book, "备注一", "重点说明")
    field = book.schema.entity("customer").field(one.id)
    assert (field.text(), book.record("customer", id)[one.id]) == ("重点说明", "x")
    assert list(book.ids("customer", "重点说明=x")) == [id]
    assert list(book.ids("customer", "备注一=x")) == [id]  # still understood
    with Book.open(book.path) as again:
        assert again.schema.entity("customer").field(one.id).text() == "重点说明"
    book.undo()
    assert book.schema.entity("customer").field(one.id).text() == "备注一"
    book.redo()
    assert book.schema.entity("customer").field(one.id).text() == "重点说明"


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_sheets_with_the_old_heading_and_with_the_new_one_fill_a_renamed_column(
    book, tmp_path, suffix
):
    one = own(book, "text", "备注一")
    id = add(book, "customer", name="甲", **{one.id: "x"})
    exporting.export(book, tmp_path / f"before.{suffix}", ["customer"])
    renamed(book, one.id, "重点说明")
    assert bring(book, tmp_path / f"before.{suffix}") is None
    exporting.export(book, tmp_path / f"after.{suffix}", ["customer"])
    assert bring(book, tmp_path / f"after.{suffix}") is None
    for heading in ("备注一", "重点说明"):
        foreign = tmp_path / f"{heading}.csv"
        foreign.write_text(f"客户名称,{heading},城市\n甲,{heading}!,上海\n", "utf-8")
        assert bring(book, foreign) is not None
        assert book.record("customer", id)[one.id] == f"{heading}!"
    assert [f.id for f in book.schema.entity("customer").fields if f.custom] == [one.id]


@pytest.mark.parametrize("label", ["电话", "Phone", "备注二", "备注三", "x_备注二", "name"])
def test_two_columns_are_never_called_alike(book, label):
    own(book, "text", "备注一")
    own(book, "text", "备注二")
    renamed(book, "备注二", "备注三")  # and its first name is not free either
    with pytest.raises(Refused) as refused:
        renamed(book, "备注一", label)
    assert refused.value.code == "field_exists"
    with pytest.raises(Refused) as refused:
        own(book, "text", label)
    assert refused.value.code == "field_exists"
    renamed(book, "备注一", "备注一")
    renamed(book, "备注二", "备注二")  # its own first name is


def test_only_columns_of_ones_own_are_renamed_or_removed(book):
    with pytest.raises(Refused) as refused, book.change("rename") as change:
        change.change_field("customer", "phone", "Tel")
    assert refused.value.code == "not_own"
    with pytest.raises(Refused) as refused, book.change("remove") as change:
        change.remove_field("customer", "phone")
    assert refused.value.code == "not_own"


def test_a_removed_column_is_gone_from_lists_and_comes_back_with_its_values(book):
    one = own(book, "text", "备注一")
    id = add(book, "customer", name="甲", **{one.id: "x"})
    with book.change("remove") as change:
        change.remove_field("customer", "备注一")
    assert not book.schema.entity("customer").has(one.id)
    book.undo()
    assert book.record("customer", id)[one.id] == "x"
