"""What was signed is what verbs and files say, whatever the data say since."""

from __future__ import annotations

import json

import openpyxl
import pytest

from desktop.__main__ import main
from tests.evaluations.sealed_book import SealedBook


@pytest.fixture
def team(tmp_path):
    made = SealedBook(tmp_path)
    made.seal("陈晓")
    for deal in made.deals:
        made.book.set("opportunity", deal, {"amount": 1})
    yield made
    made.book.close()


def test_evaluate_says_the_signed_result(team, capsys):
    sealed = team.seal_of("陈晓").scored
    path = str(team.book.path)
    team.book.close()
    capsys.readouterr()
    assert main(["evaluate", path, "2026 三季度", "--json"]) == 0
    said = {one["name"]: one for one in json.loads(capsys.readouterr().out)["people"]}
    assert said["陈晓"] == sealed.as_dict()
    assert said["林峰"]["items"][0]["numerator"] == "3"  # those who didn't sign follow the data


def test_the_workbook_says_the_signed_result(team, tmp_path, capsys):
    sealed = team.seal_of("陈晓").scored
    path, target = str(team.book.path), tmp_path / "out.xlsx"
    team.book.close()
    words = ["report", path, "evaluation", str(target), "--period", "2026-Q3", "--person", "陈晓"]
    assert main(words) == 0
    values = {
        cell.value
        for sheet in openpyxl.load_workbook(target, data_only=True).worksheets
        for row in sheet.iter_rows()
        for cell in row
    }
    assert float(sealed.total) in values
