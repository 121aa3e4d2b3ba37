"""The verb ``issue`` beyond personal workbooks: any list, and the team's own layout."""

from __future__ import annotations

import json

import openpyxl
import pytest

from desktop.__main__ import main
from models.book import Book
from models.views import saved
from models.views.view import Column, View
from tests.workbooks.team_files import SHEET, team_file


@pytest.fixture
def daybook(capsys):
    def run(*words: object) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main([str(one) for one in words])
        return (status, *capsys.readouterr())

    return run


@pytest.fixture
def place(tmp_path):
    path = tmp_path / "team.daybook"
    with Book.create(path) as book, book.change("team") as change:
        fang = change.add("salesperson", {"name": "王芳"})
        change.add("customer", {"name": "甲公司", "owner": fang, "city": "上海"})
        change.add("customer", {"name": "乙公司", "owner": fang, "city": "杭州"})
        columns = (Column("name"), Column("city"), Column("owner.name"))
        saved.add(book, change, "customer", "沪上", View(columns=columns, filter="city=上海"))
    return path


def test_a_kind_of_record_narrowed_and_with_chosen_columns(daybook, place, tmp_path):
    words = (
        "--list",
        "customer",
        "--where",
        "city=杭州",
        "--fields",
        "name,city",
        "--out",
        tmp_path,
    )
    status, out, _ = daybook("issue", place, *words, "--json")
    assert status == 0
    [made] = json.loads(out)
    assert (made["person"], made["rows"]) == (None, 1)
    sheet = openpyxl.load_workbook(made["file"]).worksheets[0]
    assert [one.value for one in sheet[1]][1:] == ["Customer name", "City"]


def test_what_a_saved_view_shows(daybook, place, tmp_path):
    status, out, _ = daybook("issue", place, "--view", "沪上", "--out", tmp_path, "--json")
    assert status == 0
    [made] = json.loads(out)
    assert made["rows"] == 1
    assert "沪上" in made["file"]


def test_a_list_that_comes_back_is_collected(daybook, place, tmp_path):
    _, out, _ = daybook("issue", place, "--view", "沪上", "--out", tmp_path, "--json")
    path = json.loads(out)[0]["file"]
    made = openpyxl.load_workbook(path)
    sheet = made.worksheets[0]
    row = next(at for at in range(2, 20) if sheet.cell(at, 2).value == "甲公司")
    sheet.cell(row, 3).value = "苏州"
    made.save(path)
    status, out, error = daybook("collect", place, path, "--json")
    assert status == 0, error
    assert json.loads(out)["files"][0]["merged"] == 1
    with Book.open(place) as book:
        assert book.rows("customer", [1], ["city"]) == [("苏州",)]


def test_the_teams_own_workbook_and_what_is_not_as_it_was(daybook, place, tmp_path):
    file = team_file(tmp_path / "t.xlsx")
    words = ("王芳", "--template", file, "--out", tmp_path, "--json")
    status, out, error = daybook("issue", place, *words)
    assert status == 0, error
    [made] = json.loads(out)
    assert (made["person"], made["rows"]) == ("王芳", 2)
    assert "Left to the team: 序号, 年度预算（万元）, 我的判断, 折算" in error
    sheet = openpyxl.load_workbook(made["file"])[SHEET]
    assert [sheet.cell(row, 2).value for row in (4, 5)] == ["甲公司", "乙公司"]


def test_a_column_is_what_it_is_said_to_be_and_that_is_kept_in_mind(daybook, place, tmp_path):
    file = team_file(tmp_path / "t.xlsx")
    words = ("王芳", "--template", file, "--out", tmp_path)
    assert daybook("issue", place, *words, "--map", "我的判断=notes")[0] == 0
    error = daybook("issue", place, *words)[2]
    assert "我的判断 → Notes" in error


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("王芳", "--list", "customer"), "nobody in particular"),
        (("王芳", "--where", "city=上海"), "--list or --view"),
        (("--view", "沪上", "--fields", "name"), "its own columns"),
        (("--list", "customer", "--map", "a=b"), "team's own workbook"),
        ((), "Name the people"),
        (("--view", "沪"), "no view called"),
    ],
)
def test_what_does_not_go_together_is_refused(daybook, place, tmp_path, words, said):
    status, _, error = daybook("issue", place, *words, "--out", tmp_path)
    assert status != 0
    assert said in error
    assert not list(tmp_path.glob("*.xlsx"))
