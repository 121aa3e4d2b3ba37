"""The board of tasks: its columns by state, person and project, what is on it and what it is narrowed to."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from models.book import Book
from models.tasks import board, moving
from models.tasks.asked import Asked

ON = date(2026, 9, 21)  # a Monday
ALL = Asked()


@pytest.fixture
def book(tmp_path: Path):
    with Book.create(tmp_path / "team.daybook") as made:
        with made.change("Team") as change:
            south = change.add("team", {"name": "南区"})
            inner = change.add("team", {"name": "深圳", "parent": south})
            change.add("salesperson", {"name": "王强", "team": south})
            change.add("salesperson", {"name": "李娜", "team": inner})
            change.add("salesperson", {"name": "赵走", "status": "left"})
            change.add("customer", {"name": "华信食品"})
            change.add("project", {"name": "年度框架"})
            for title, owner, status, due, more in (
                (
                    "报价",
                    "王强",
                    "assigned",
                    "2026-09-25",
                    {"effort_hours": 3, "customer": "华信食品"},
                ),
                (
                    "拜访",
                    "李娜",
                    "doing",
                    "2026-09-18",
                    {"project": "年度框架", "effort_hours": "1.5"},
                ),
                ("催款", "李娜", "doing", None, {}),
                ("送样", None, "blocked", "2026-09-22", {"blocked_reason": "等样品"}),
                ("旧事", "王强", "done", "2026-08-01", {"done_at": "2026-08-01"}),
                ("新事", "王强", "done", "2026-09-10", {"done_at": "2026-09-10"}),
            ):
                values = {"title": title, "status": status, **more}
                values |= {"owner": owner} if owner else {}
                values |= {"due": due} if due else {}
                change.add("task", values)
            [first] = made.connection().run("SELECT id FROM task WHERE title = '报价'")
            for place, done in enumerate((True, False, False), 1):
                step = {"task": first[0], "place": place, "title": f"步骤{place}", "done": done}
                change.add("checklist_item", step)
        yield made


def task(book: Book, title: str) -> int:
    [found] = book.ids("task", f"title={title}")
    return found


def titles(column: board.Column) -> list[str]:
    return [one.title for one in column.cards]


def shown(book: Book, asked: Asked = ALL, group: str = "status") -> dict[str, list[str]]:
    return {one.name: titles(one) for one in board.board(book, asked, group, ON).columns}


def test_columns_are_the_states_in_order_and_count_what_is_late_and_its_hours(book):
    found = board.board(book, Asked(), "status", ON)
    assert [one.key for one in found.columns] == [
        "draft", "assigned", "accepted", "questioned", "doing", "blocked", "review", "done",
        "cancelled",
    ]  # fmt: skip
    doing = found.columns[4]
    assert titles(doing) == ["拜访", "催款"]  # what has a day comes before what has none
    assert (doing.count, doing.late, doing.hours) == (2, 1, Decimal("1.5"))
    assert [one.key for one in found.columns if one.quiet] == [
        "draft", "questioned", "done", "cancelled",
    ]  # fmt: skip


def test_work_closed_more_than_two_weeks_ago_is_not_on_the_board(book):
    assert shown(book)["Done"] == ["新事"]
    assert "Done" not in shown(book, Asked(open_only=True))


def test_people_have_a_column_also_without_tasks_and_those_who_left_have_none(book):
    with book.change("One more") as change:
        change.add("salesperson", {"name": "陈静"})
    found = shown(book, group="owner")
    assert list(found) == ["Nobody", "陈静", "李娜", "王强"]  # by pinyin
    assert found["Nobody"] == ["送样"]
    assert found["王强"] == ["报价", "新事"]


def test_a_column_shows_its_first_cards_and_counts_all(book):
    with book.change("Many") as change:
        rows = [(f"事{n}", "doing", date(2026, 9, 22)) for n in range(300)]
        change.add_many("task", ["title", "status", "due"], rows)
    doing = board.board(book, Asked(), "status", ON, limit=10).columns[4]
    assert (len(doing.cards), doing.count) == (10, 302)
    assert titles(doing)[0] == "拜访"
    ids = board.column_ids(book, Asked(), "status", "doing", ON)
    assert len(ids) == 302
    assert ids[0] == task(book, "拜访")


def test_no_more_people_than_there_is_room_for_have_columns_and_the_busiest_stay(book):
    with book.change("Many") as change:
        people = change.add_many(
            "salesperson", ["name", "status"], [(f"人{n:03}", "active") for n in range(300)]
        )
        rows = [(f"事{n}", "doing", one) for n, one in enumerate(people[::5])]
        change.add_many("task", ["title", "status", "owner"], rows)
    found = board.board(book, Asked(), "owner", ON)
    assert len(found.columns) == board.COLUMNS + 1  # and that of nobody
    assert found.more == 62 - board.COLUMNS  # 60 people and two of the team have tasks
    assert {"李娜", "王强"} <= {one.name for one in found.columns}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"team": "南区"}, {"报价", "拜访", "催款", "新事"}),  # with the team in it
        ({"team": "深圳"}, {"拜访", "催款"}),
        ({"person": "王强"}, {"报价", "新事"}),
        ({"project": "年度框架"}, {"拜访"}),
        ({"text": "华信"}, {"报价"}),
        ({"text": "huaxin"}, {"报价"}),
        ({"text": "送样"}, {"送样"}),
        ({"person": "王强", "open_only": True}, {"报价"}),
    ],
    ids=["team", "team within", "person", "project", "customer", "pinyin", "title", "open only"],
)
def test_the_board_is_narrowed(book, asked, expected):
    entities = {"team": "team", "person": "salesperson", "project": "project"}
    rows = {
        name: book.ids(entities[name], f"name={value}")[0] if name in entities else value
        for name, value in asked.items()
    }
    found = shown(book, Asked(**rows))
    assert {title for column in found.values() for title in column} == expected


def test_a_card_says_what_it_is_in_one_sentence(book):
    [card] = board.board(book, Asked(text="报价"), "status", ON).columns[1].cards
    assert card.told(ON) == "报价, 华信食品, 王强, due 25 Sep, Assigned, 1 of 3 steps done"
    [late] = [
        one for one in board.board(book, Asked(), "status", ON).columns[4].cards if one.late(ON)
    ]
    assert late.told(ON) == "拜访, 李娜, due 18 Sep, Doing, overdue"


def test_several_tasks_put_into_a_column_are_one_step(book):
    tasks = [task(book, "报价"), task(book, "拜访")]
    before = book.last_change
    with book.change("Move") as change:
        moving.put(change, "status", tasks, "review", ON)
    assert book.last_change == before + 1
    assert shown(book)["In review"] == ["拜访", "报价"]
    book.undo()
    assert shown(book)["In review"] == []


def test_what_is_put_under_done_was_done_that_day_and_what_is_taken_out_was_not(book):
    one = task(book, "报价")
    with book.change("Done") as change:
        moving.put(change, "status", [one], "done", ON)
    assert book.record("task", one)["done_at"] == ON
    with book.change("Again") as change:
        moving.put(change, "status", [one], "doing", ON)
    assert book.record("task", one)["done_at"] is None
    with book.change("Nobody's") as change:
        moving.put(change, "owner", [one], 0, ON)
    assert book.record("task", one)["owner"] is None


def test_what_speaks_against_giving_work_to_somebody_is_said(book):
    [wang] = book.ids("salesperson", "name=王强")
    assert moving.concern(book, wang, ON) == ""
    with book.change("Leave") as change:
        leave = {"person": "王强", "kind": "annual", "status": "approved"}
        change.add("leave", {**leave, "starts_on": "2026-09-21", "ends_on": "2026-09-24"})
    assert moving.concern(book, wang, ON) == "王强 is away until 24 Sep."
    assert moving.concern(book, wang, date(2026, 9, 25)) == ""
    book.set("salesperson", wang, {"status": "leaving"})
    assert moving.concern(book, wang, ON) == "王强 is leaving the team."
