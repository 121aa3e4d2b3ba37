"""``daybook ics`` and ``daybook vcard``: files for a phone, as JSON and in words."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
import vobject

from desktop import operating_system
from desktop.__main__ import main
from models.book import Book
from tests.phone.calendars import read


@pytest.fixture
def call(capsys):
    def run(*words: object) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main([str(one) for one in words])
        return (status, *capsys.readouterr())

    return run


@pytest.fixture
def place(tmp_path):
    path = tmp_path / "team.daybook"
    with Book.create(path) as book, book.change("test") as change:
        change.add("salesperson", {"name": "王强", "employee_no": "E7"})
        change.add("customer", {"name": "单氏", "owner": 1})
        for name in ("欧阳明", "李立"):
            change.add("contact", {"name": name, "customer": 1, "phone": "13800138000"})
        day = date.today() + timedelta(days=3)
        change.add("task", {"title": "寄样品", "owner": 1, "due": day.isoformat()})
        change.add(
            "follow_up_plan",
            {"customer": 1, "due": day.isoformat(), "at": f"{day.isoformat()} 14:00"},
        )
    return path


def test_a_calendar_file_is_written_and_told(call, place, tmp_path):
    target = tmp_path / "王强.ics"
    status, out, err = call("ics", place, "E7", target, "--json")
    assert (status, err) == (0, "")
    said = json.loads(out)
    assert (said["person"], said["events"], said["cancelled"]) == ("王强", 2, 0)
    assert said["from"] < date.today().isoformat() < said["to"]
    content = target.read_bytes()
    assert len(read(content)) == 2
    assert b"TZID:Asia/Shanghai" in content
    assert call("ics", place, "王强", target) == (0, "Written: 王强.ics\n", "")


def test_days_narrow_it_and_wrong_ones_are_refused(call, place, tmp_path):
    target = tmp_path / "a.ics"
    status, out, _ = call("ics", place, "王强", target, "--to", date.today(), "--json")
    assert (status, json.loads(out)["events"]) == (0, 0)
    target.unlink()
    status, out, _ = call(
        "ics", place, "王强", target, "--from", "2026-03-02", "--to", "2026-03-01", "--json"
    )
    assert (status, json.loads(out)["error"]["code"]) == (1, "to_before_from")
    status, out, _ = call("ics", place, "王强", tmp_path / "a.txt", "--json")
    assert (status, json.loads(out)["error"]["code"]) == (1, "unknown_format")
    status, out, _ = call("ics", place, "nobody", target, "--json")
    assert status == 1
    assert not target.exists()


def test_a_file_that_cannot_be_replaced_stays_as_it_was(call, place, tmp_path):
    folder = tmp_path / "a.ics"
    folder.mkdir()
    status, out, _ = call("ics", place, "王强", folder, "--json")
    assert (status, json.loads(out)["error"]["code"]) == (1, "is_folder")
    assert [one.name for one in tmp_path.iterdir() if one.name.endswith(".part")] == []


def test_many_contacts_go_into_one_file_of_cards(call, place, tmp_path):
    target = tmp_path / "team.vcf"
    with Book.open(place) as book:
        id = book.public_id("contact", 1)
    status, out, err = call("vcard", place, "contact", id, "李立", target, "--json")
    assert (status, err, json.loads(out)["cards"]) == (0, "", 2)
    cards = list(vobject.readComponents(target.read_text(encoding="utf-8"), validate=True))
    assert [one.fn.value for one in cards] == ["欧阳明", "李立"]
    status, out, _ = call("vcard", place, "customer", "单氏", target, "--json")
    assert (status, json.loads(out)["error"]["code"]) == (1, "no_cards")


@pytest.mark.parametrize(
    ("value", "name"), [("Europe/Berlin", "Europe/Berlin"), (":Asia/Tokyo", "Asia/Tokyo")]
)
def test_the_zone_of_the_machine_has_a_name(monkeypatch, value, name):
    monkeypatch.setenv("TZ", value)
    assert operating_system.zone_name() == name
