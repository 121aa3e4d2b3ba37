"""Records that have no name of their own are called by those they belong to: whose evaluation, in which cycle."""

from __future__ import annotations

import pytest

from models.evaluations import cycle as acts
from models.refusals import Refused
from tests.evaluations.reviewed import made
from tests.sheets.bringing import bring

ANN, NEXT = "Ann · Q1", "Ann · Q2"


@pytest.fixture
def team(tmp_path):
    """Everybody has an evaluation in Q1, Ann has one in Q2 too."""
    found = made(tmp_path)
    acts.open_cycle(found.book, found.cycle)
    more = found.add("evaluation_cycle", {"name": "Q2", "period": "2024-Q2"})
    acts.open_cycle(found.book, more, [found.ann])
    yield found
    found.book.close()


def called(book, where):
    rows = book.rows("signature", book.ids("signature", where), ("evaluation",))
    return [row[0].label for row in rows]


def test_an_evaluation_is_called_by_its_person_and_its_cycle(team):
    labels = {team.book.label("evaluation", row) for row in team.book.ids("evaluation")}
    assert labels == {ANN, NEXT, "Bob · Q1", "Carol · Q1"}
    assert set(team.book.suggest("evaluation", "")) == labels


def test_a_list_is_filtered_by_what_a_link_shows_and_by_parts_of_it(team):
    with team.book.change("Sign") as change:
        for row in team.book.ids("evaluation"):
            change.add("signature", {"evaluation": row, "person": team.ann, "signed_as": "self"})
    book = team.book
    assert called(book, f'evaluation = "{ANN}"') == [ANN]
    assert sorted(called(book, "evaluation = Ann")) == [ANN, NEXT]
    assert called(book, "evaluation ~ Q2") == [NEXT]
    assert sorted(called(book, "evaluation != Ann")) == ["Bob · Q1", "Carol · Q1"]


def test_a_link_is_found_by_the_whole_name_or_by_a_part_that_is_alone(team):
    with team.book.change("Appeal") as change:
        for name in (NEXT, "Bob"):
            change.add("appeal", {"evaluation": name, "person": team.ann, "reason": "Why?"})
        with pytest.raises(Refused, match="Several records"):
            change.add("appeal", {"evaluation": "Ann", "person": team.ann, "reason": "Why?"})
    rows = team.book.rows("appeal", team.book.ids("appeal"), ("evaluation",))
    assert sorted(row[0].label for row in rows) == [NEXT, "Bob · Q1"]


def test_a_sheet_names_them_in_the_same_ways(team, tmp_path):
    file = tmp_path / "appeals.csv"
    lines = ["Evaluation,Appealed by,Objection", f"{NEXT},Ann,one", "Bob,Bob,two", "Ann,Ann,three"]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    _, [report] = bring(team.book, file, entity="appeal")
    assert (report.added, report.skipped) == (2, 1)
    assert [(one.row, one.column, one.value, one.code) for one in report.problems] == [
        (4, "Evaluation", "Ann", "ambiguous_link")
    ]
