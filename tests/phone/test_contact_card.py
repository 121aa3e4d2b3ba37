"""Contacts as cards and codes: two readers understand them, nothing is dropped in silence."""

from __future__ import annotations

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from models.book import Book
from models.names import person_parts
from models.phone import contact_card
from models.refusals import Refused

FULL = {
    "name": "欧阳静怡", "title": "采购总监；华东", "phone": "13800138000", "wechat": "ouyang_88",
    "email": "oy@example.com", "birthday": "1985-06-01", "customer": "江苏单氏机械有限公司",
}  # fmt: skip


@pytest.fixture
def book(tmp_path):
    with Book.create(tmp_path / "team.daybook") as made:
        with made.change("test") as change:
            change.add("team", {"name": "华东一组"})
            change.add(
                "salesperson",
                {"name": "单志远", "team": 1, "position": "经理", "phone": "025-88880000"},
            )
            change.add(
                "customer",
                {"name": "江苏单氏机械有限公司", "address": "诚信大道19号", "city": "南京市",
                 "province": "江苏省", "country": "中国"},
            )  # fmt: skip
            change.add("contact", FULL)
            change.add("contact", {"name": "John Q. Public"})
        yield made


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("王强", ("王", "强")),
        ("欧阳静怡", ("欧阳", "静怡")),
        ("欧阳", ("欧", "阳")),
        ("单于", ("单", "于")),
        ("强", ("", "强")),
        ("John Q. Public", ("Public", "John Q.")),
        ("Public, John", ("Public", "John")),
        ("Madonna", ("", "Madonna")),
        ("  王  强 ", ("强", "王")),
        ("", ("", "")),
    ],
)
def test_surnames_are_told_from_given_names(name, parts):
    assert person_parts(name) == parts


def test_one_file_holds_many_cards_that_a_strict_reader_understands(book):
    content = contact_card.cards(book, "contact", [1, 2])
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    one, two = vobject.readComponents(content.decode(), validate=True)
    assert (one.n.value.family, one.n.value.given) == ("欧阳", "静怡")
    assert (one.fn.value, one.title.value) == ("欧阳静怡", "采购总监；华东")
    assert one.org.value == ["江苏单氏机械有限公司"]
    assert (one.tel.value, one.tel.params["TYPE"]) == ("13800138000", ["CELL", "VOICE"])
    assert (one.email.value, one.bday.value) == ("oy@example.com", "1985-06-01")
    assert one.x_wechat.value == "ouyang_88"
    assert (one.adr.value.street, one.adr.value.city) == ("诚信大道19号", "南京市")
    assert two.fn.value == "John Q. Public"
    assert one.uid.value != two.uid.value


def test_a_salesperson_has_the_team_and_the_position(book):
    content = contact_card.cards(book, "salesperson", [1])
    card = vobject.readOne(content.decode(), validate=True)
    assert (card.n.value.family, card.org.value, card.title.value) == ("单", ["华东一组"], "经理")
    assert card.tel.params["TYPE"] == ["WORK", "VOICE"]


def test_what_does_not_fit_into_a_code_is_named(book):
    made = contact_card.code(book, "contact", 1)
    assert made.left_out == ("Address",)
    card = vobject.readOne(made.text, validate=True)
    assert (card.fn.value, card.tel.value) == ("欧阳静怡", "13800138000")
    assert len(made.text.encode()) <= contact_card.ROOM
    assert len(made.modules) == len(made.modules[0]) <= 69
    with book.change("long") as change:
        change.set("contact", 1, {"title": "总" * 90})
    made = contact_card.code(book, "contact", 1)
    assert made.left_out == ("Address", "Birthday", "E-mail", "WeChat", "Title")
    assert vobject.readOne(made.text, validate=True).tel.value == "13800138000"


def test_a_name_that_is_no_name_is_refused_in_words(book):
    with book.change("long") as change:
        change.set("contact", 1, {"name": "王" * 200})
    with pytest.raises(Refused, match="too long"):
        contact_card.code(book, "contact", 1)


def test_the_drawing_holds_every_dark_module_once(book):
    made = contact_card.code(book, "contact", 2)
    assert contact_card.svg(made).count("h1v1h-1z") == sum(map(sum, made.modules))


@given(st.text(max_size=120), st.text(max_size=120), st.text(max_size=120))
def test_whatever_stands_in_it_a_card_is_read_back(name, title, company):
    card = contact_card.Card(
        "x@y",
        *(contact_card._text(one) for one in (name, title)),
        company=contact_card._text(company),
    )
    lines = [contact_card._folded(one) for one in contact_card._lines(card)]
    assert all(len(part) <= 75 for one in lines for part in one.encode().split(b"\r\n"))
    unfolded = [one.replace("\r\n ", "") for one in lines]
    assert unfolded == list(contact_card._lines(card))
