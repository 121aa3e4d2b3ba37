"""``report BOOK one-on-one``: the sheet as a PDF for both, without anything private."""

from __future__ import annotations

import json

import pytest

from desktop.__main__ import main
from models.growth.feedback import give
from models.growth.talks import NewPromise, hold
from tests.growth.grown import ago, grown

SECRET = "only-for-the-manager"


@pytest.fixture
def path(tmp_path):
    with grown(tmp_path) as team:
        hold(team.book, team.ann, ago(10), shared="for both", private=SECRET, made=[NewPromise("manager", "Ask for a sample")])  # fmt: skip
        cites = team.id("customer", team.acme)
        give(team.book, {"person": team.ann, "situation": SECRET, "cites": cites, "visibility": "private", "given_on": ago(5)})  # fmt: skip
        give(team.book, {"person": team.ann, "situation": "Seen by both", "cites": cites, "given_on": ago(5)})  # fmt: skip
        return team.book.path


@pytest.fixture
def run(path, capsys, monkeypatch):
    monkeypatch.setenv("DAYBOOK_LANG", "en")

    def ran(*more: object) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main(["report", str(path), "one-on-one", *(str(one) for one in more)])
        return (status, *capsys.readouterr())

    return ran


def test_it_writes_a_pdf_and_says_what_stands_on_it_without_what_is_private(run, tmp_path):
    target = tmp_path / "out.pdf"
    status, out, err = run(target, "--person", "Ann", "--on", "2026-09-16", "--json")
    assert (status, err) == (0, "")
    told = json.loads(out)
    assert (told["person"], told["manager"], told["last"]) == ("Ann", "Mei", "2026-09-06")
    assert told["promises"] == [{"by": "manager", "title": "Ask for a sample", "state": "open"}]
    assert told["strengths"] == ["Seen by both"]
    assert SECRET not in out
    assert target.read_bytes().startswith(b"%PDF")


def test_without_a_person_or_as_a_workbook_it_is_refused(run, path, tmp_path):
    assert run(tmp_path / "out.pdf")[0] == 2
    status, _, said = run(tmp_path / "out.xlsx", "--person", "Ann")
    assert (status, ".pdf" in said) == (1, True)
    assert not (tmp_path / "out.xlsx").exists()
