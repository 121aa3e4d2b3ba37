"""The verbs on signed evaluations, called as another program calls them."""

from __future__ import annotations

import json
import sqlite3

import pytest

from desktop.__main__ import main
from tests.evaluations.sealed_book import SealedBook


@pytest.fixture
def book(tmp_path):
    made = SealedBook(tmp_path)
    place = made.book.path
    made.id = made.book.public_id("evaluation", made.evaluations["陈晓"])
    made.book.close()
    return place, made.id


@pytest.fixture
def call(capsys):
    def run(*words: object, status: int = 0):
        capsys.readouterr()
        assert main([str(one) for one in words]) == status
        out, _ = capsys.readouterr()
        return json.loads(out) if "--json" in words else out

    return run


def signed(call, book):
    place, id = book
    call("sign", place, id, "--as", "陈晓", "--comment", "同意", "--json")
    return call("sign", place, id, "--as", "王主管", "--json")


def test_present_sign_seal_and_verify(call, book):
    place, id = book
    said = call("present", place, id, "--json")
    assert (said["fresh"], said["total"], said["grade"]) == (True, "88", "B")
    both = signed(call, book)
    assert (both["signed_as"], both["lacking"], both["digest"]) == ("manager", [], said["digest"])
    seal = call("seal", place, id, "--json")
    assert (seal["number"], seal["digest"]) == (1, said["digest"])
    found = call("verify", place, "--json")
    assert found["ok"] is True
    assert found["problems"] == []
    [one] = found["seals"]
    assert set(one) == {
        "number", "evaluation", "person", "cycle", "digest", "sealed_at", "ok", "problems", "later",
    }  # fmt: skip
    assert (one["number"], one["evaluation"], one["person"], one["ok"], one["later"]) == (
        1, id, "陈晓", True, [],
    )  # fmt: skip
    [line] = [one for one in call("check", place, "--json")["checks"] if one["check"] == "Signed evaluations"]  # fmt: skip
    assert line["ok"]


def test_signing_presents_by_itself_and_others_are_refused(call, book):
    place, id = book
    said = call("sign", place, id, "--as", "林峰", "--json", status=1)
    assert said["error"]["code"] == "not_a_signer"
    said = call("sign", place, id, "--as", "陈晓", "--disagree", "--comment", "漏了一单", "--json")
    assert (said["agrees"], said["comment"], said["lacking"]) == (False, "漏了一单", ["manager"])
    said = call("seal", place, id, "--json", status=1)
    assert said["error"]["code"] == "not_signed"


def test_verify_lists_what_changed_later(call, book):
    place, id = book
    signed(call, book)
    call("seal", place, id)
    deal = call("list", place, "opportunity", "--where", "name=单3", "--json")[0]["id"]
    call("set", place, "opportunity", deal, "amount=2500")
    [one] = call("verify", place, "--json")["seals"]
    assert one["ok"]
    [edit] = one["later"]
    assert (edit["entity"], edit["record"], edit["field"]) == ("opportunity", deal, "amount")
    assert edit["matters"]
    assert edit["counted"]
    assert "Later edits of what it was made of: 1" in call("verify", place)


def test_verify_ends_with_one_when_anything_is_broken(call, book):
    place, id = book
    signed(call, book)
    call("seal", place, id)
    with sqlite3.connect(place) as plain:
        plain.execute("DROP TRIGGER sealed_copy_stands")
        plain.execute("UPDATE sealed_copy SET sealed_at = replace(sealed_at, '20', '19')")
    plain.close()
    said = call("verify", place, "--json", status=1)
    assert said["ok"] is False
    [one] = said["seals"]
    assert [each["code"] for each in one["problems"]] == ["chain"]
    assert call("check", place, "--json", status=1)["ok"] is False
    assert "×" in call("verify", place, status=1)


def test_a_sealed_evaluation_refuses_edits_from_the_command_line(call, book):
    place, id = book
    signed(call, book)
    call("seal", place, id)
    said = call("set", place, "evaluation", id, "total=100", "--json", status=1)
    assert said["error"]["code"] == "sealed"


def test_a_book_without_seals_is_sound(call, book):
    place, _ = book
    assert call("verify", place, "--json") == {"ok": True, "seals": [], "problems": []}
