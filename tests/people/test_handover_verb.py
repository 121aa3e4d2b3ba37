"""``daybook handover``: what it would be, that --apply does it, and the pack for the successors."""

from __future__ import annotations

import json

import pytest

from desktop.__main__ import main
from models.book import Book
from tests.people.staffed import FRIDAY, ON, staffed


@pytest.fixture
def call(capsys):
    def run(*words: object) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main([str(one) for one in words])
        return (status, *capsys.readouterr())

    return run


@pytest.fixture
def place(tmp_path):
    with staffed(tmp_path) as team:
        acme = team.add("customer", name="Acme", owner=team["Ben"], grade="A", notes="Likes tea")
        team.add("contact", name="Mr Wu", customer=acme, phone="13800138000")
        team.add(
            "activity", at="2026-02-27 10:00", kind="visit", person=team["Ben"], customer=acme,
            result="Wants samples", next_step="Send samples by Friday",
        )  # fmt: skip
        team.add("opportunity", name="Pumps", customer=acme, owner=team["Ben"], amount="90000")
        team.task("Ben", due=FRIDAY, customer=acme, title="Send samples")
        team.task("Ben", due=FRIDAY, title="Tidy the list")
        team.add(
            "meeting", title="Talk", held_on=ON, kind="one_to_one", person=team["Ben"],
            minutes="Wants to leave because of pay",
        )  # fmt: skip
    return tmp_path / "team.daybook"


def test_without_apply_nothing_is_written(call, place):
    with Book.open(place) as book:
        before = book.last_change
    status, out, err = call("handover", place, "Ben", "--on", ON, "--json")
    assert (status, err) == (0, "")
    told = json.loads(out)
    assert (told["applied"], told["change"], len(told["items"])) == (False, None, 4)
    assert {one["entity"] for one in told["items"]} == {"customer", "opportunity", "task"}
    with Book.open(place) as book:
        assert book.last_change == before


def test_with_apply_all_of_it_is_another_s_as_one_change(call, place):
    status, out, _ = call(
        "handover", place, "Ben", "--to", "Cai", "--apply", "--status", "left", "--on", ON, "--json"
    )
    told = json.loads(out)
    assert (status, told["applied"]) == (0, True)
    assert [(one["name"], one["items"]) for one in told["successors"]] == [("Cai", 4)]
    with Book.open(place) as book:
        assert book.last_change == told["change"]
        assert {one[0].label for one in book.rows("task", [1, 2], ["owner"])} == {"Cai"}
    status, out, _ = call("handover", place, "Ben", "--on", ON)
    assert out == "Ben answers for nothing that is open.\n"


def test_who_isn_t_at_work_is_refused(call, place):
    with Book.open(place) as book:
        book.set("salesperson", 3, {"status": "on_leave"})
    status, out, _ = call("handover", place, "Ben", "--to", "Cai", "--apply", "--json")
    assert (status, json.loads(out)["error"]["code"]) == (1, "not_at_work")


def test_the_pack_tells_customers_promises_and_work_and_nothing_private(call, place, tmp_path):
    import openpyxl

    target = tmp_path / "pack.xlsx"
    status, _, _ = call("handover", place, "Ben", "--to", "Cai", "--pack", target, "--on", ON)
    assert status == 0
    cells = [
        str(cell)
        for sheet in openpyxl.load_workbook(target)
        for row in sheet.iter_rows(values_only=True)
        for cell in row
        if cell is not None
    ]
    said = "\n".join(cells)
    for text in ("Acme", "Mr Wu 13800138000", "Wants samples", "Send samples by Friday",
                 "Pumps · ¥90,000", "Tidy the list", "Likes tea"):  # fmt: skip
        assert text in said
    assert "because of pay" not in said


def test_the_pack_is_a_paper_too(call, place, tmp_path):
    target = tmp_path / "pack.pdf"
    assert call("handover", place, "Ben", "--pack", target, "--on", ON)[0] == 0
    assert target.read_bytes().startswith(b"%PDF")
    assert call("handover", place, "Ben", "--pack", tmp_path / "pack.doc", "--on", ON)[0] == 1
