"""Workbooks are taken back from the command line, with real files."""

from __future__ import annotations

import json
import shutil

import pytest

from desktop.__main__ import main
from models.book import Book
from tests.workbooks.real_files import Edited, issue, manifest_of, team


@pytest.fixture
def out(tmp_path):
    """A book with a workbook that is out, closed again."""
    book, person, customers = team(tmp_path / "team.daybook")
    with book:
        path = issue(book, person, tmp_path / "out")
        manifest = manifest_of(book, path)
        ids = [book.public_id("customer", one) for one in customers]
    return tmp_path / "team.daybook", path, manifest, ids


@pytest.fixture
def told(capsys):
    """The exit status of a call and the one JSON document that it prints."""

    def run(*words):
        capsys.readouterr()
        status = main([str(one) for one in words])
        return status, json.loads(capsys.readouterr().out)

    return run


def test_collect_gives_the_contract_and_conflicts_are_resolved(out, told):
    place, path, manifest, ids = out
    edited = Edited(path, manifest)
    edited.set("customer", ids[0], {"city": "北京"})
    edited.set("customer", ids[1], {"city": "广州"})
    edited.add("customer", {"name": "新客户", "city": "杭州"})
    edited.add("contact", {"name": "钱二", "customer": "新客户"})
    edited.delete("customer", ids[2])
    edited.save()
    with Book.open(place) as book:
        book.set("customer", book.row_id("customer", ids[1]), {"city": "深圳"})
        changes = book.last_change
    code, said = told("collect", place, path, "--dry-run", "--json")
    assert (code, said["change"]) == (0, [])
    code, said = told("collect", place, path, "--json")
    assert (code, said["change"]) == (0, [changes + 1])
    [file] = said["files"]
    assert set(file) >= {"file", "person", "issued_at", "merged", "added", "removed", "unchanged", "conflicts", "problems"}  # fmt: skip
    assert (file["person"], file["merged"], file["added"], file["removed"]) == ("王芳", 1, 2, 1)
    [conflict] = file["conflicts"]
    assert (conflict["entity"], conflict["id"], conflict["field"]) == ("customer", ids[1], "city")
    assert [conflict[one] for one in ("base", "mine", "theirs")] == ["上海", "深圳", "广州"]
    sheet, _, cell = conflict["at"].partition("!")
    assert sheet == manifest.sheet_of("customer").name
    assert cell
    assert [one["code"] for one in file["problems"]] == ["removed"]
    code, again = told("collect", place, path, "--json")
    assert (code, again["change"]) == (0, [])
    code, listed = told("conflicts", place, "--json")
    by_kind = {one["kind"]: one for one in listed}
    assert set(by_kind) == {"edited", "removed"}
    assert (by_kind["edited"]["mine"], by_kind["edited"]["status"]) == ("深圳", "open")
    told("resolve", place, by_kind["edited"]["id"], "宁波", "--comment", "电话问过", "--json")
    told("resolve", place, by_kind["removed"]["id"], "mine", "--json")
    assert told("conflicts", place, "--json")[1] == []
    with Book.open(place) as book:
        assert book.record("customer", book.row_id("customer", ids[1]))["city"] == "宁波"
        assert len(book.ids("contact", "customer.name=新客户")) == 1


def test_take_decides_all_that_is_asked(out, told):
    place, path, manifest, ids = out
    edited = Edited(path, manifest)
    edited.set("customer", ids[0], {"city": "广州"})
    edited.save()
    with Book.open(place) as book:
        book.set("customer", book.row_id("customer", ids[0]), {"city": "深圳"})
    told("collect", place, path, "--take", "theirs", "--json")
    with Book.open(place) as book:
        assert book.record("customer", book.row_id("customer", ids[0]))["city"] == "广州"
    assert told("conflicts", place, "--json")[1] == []
    assert [one["status"] for one in told("conflicts", place, "--all", "--json")[1]] == ["theirs"]


def test_a_folder_means_its_workbooks_and_a_bad_file_stops_no_other(out, told, tmp_path):
    place, path, manifest, ids = out
    edited = Edited(path, manifest)
    edited.set("customer", ids[0], {"city": "北京"})
    edited.save()
    (path.parent / "bad.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    (path.parent / "~$open.xlsx").write_bytes(b"lock")
    code, said = told("collect", place, path.parent, "--json")
    assert code == 0
    assert len(said["change"]) == 1
    assert sorted(one["person"] or "" for one in said["files"]) == ["", "王芳"]
    bad = next(one for one in said["files"] if one["person"] is None)
    assert bad["problems"][0]["code"] == "damaged"
    alone = tmp_path / "alone"
    alone.mkdir()
    shutil.copy(path.parent / "bad.xlsx", alone)
    code, said = told("collect", place, alone, "--json")
    assert (code, said["change"]) == (1, [])


def test_a_file_that_is_not_there_is_refused(out, tmp_path):
    place, *_ = out
    assert main(["collect", str(place), str(tmp_path / "none.xlsx")]) == 1
