"""What refusals call things: by labels for people who look, with ids for people who type."""

from __future__ import annotations

import pytest

from models import texts
from models.describe.schema import Schema
from models.refusals import Refused

SCHEMA = Schema()
CUSTOMER = SCHEMA.entity("customer")


@pytest.fixture(params=["zh_CN", "en"])
def language(request):
    before = texts.language()
    texts.set_language(request.param)
    yield request.param
    texts.set_language(before)


def refused(what) -> Refused:
    with pytest.raises(Refused) as caught:
        what()
    return caught.value


def test_a_reader_of_the_window_sees_labels_only(language):
    said = str(refused(lambda: SCHEMA.path(CUSTOMER, "annual_revenu")))
    label = CUSTOMER.field("annual_revenue").text()
    assert f"{label}？" in said or f"{label}?" in said
    assert CUSTOMER.text() in said
    assert "annual_revenue" not in said
    assert "(" not in said
    assert "（" not in said


def test_a_message_is_written_in_the_language_of_the_moment():
    refusal = refused(lambda: SCHEMA.entity("custmer"))
    texts.set_language("zh_CN")
    assert "是否想写 客户？" in str(refusal)
    texts.set_language("en")
    assert "Did you mean Customer?" in str(refusal)
    assert "Did you mean customer?" in refusal.said(ids=True)


def test_what_no_name_is_like_is_only_refused(language):
    refusal = refused(lambda: SCHEMA.path(CUSTOMER, "zzzqqq"))
    assert CUSTOMER.field("city").text() in str(refusal)
    assert "Did you mean" not in str(refusal)
    assert "是否" not in str(refusal)


def test_a_field_that_is_no_link_is_not_called_unknown(language):
    refusal = refused(lambda: SCHEMA.path(CUSTOMER, "city.name"))
    assert refusal.code == "unknown_field"
    assert CUSTOMER.field("city").text() in str(refusal)
    assert CUSTOMER.field("owner").text() in str(refusal)


def test_no_two_kinds_of_record_bear_one_name():
    names = [name for one in SCHEMA for name in {known.casefold() for known in one.known_as()}]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("typed", ["customer", "Customers", " 客户 ", "CUSTOMER"])
def test_a_kind_of_record_is_found_by_any_of_its_names(typed):
    assert SCHEMA.named(typed) is CUSTOMER
