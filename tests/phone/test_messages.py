"""Messages for WeChat: what a person has to do, a task, a follow-up, a contact, in plain lines."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from models import texts
from models.book import Book
from models.phone import messages

HERE = ZoneInfo("Asia/Shanghai")
ON = date(2026, 3, 5)  # a Thursday


@pytest.fixture
def book(tmp_path):
    with Book.create(tmp_path / "team.daybook") as made:
        with made.change("test") as change:
            for name in ("王强", "李娜"):
                change.add("salesperson", {"name": name, "phone": "13700137000"})
            change.add(
                "customer",
                {"name": "江苏单氏机械有限公司", "owner": "王强", "phone": "025-88880000", "grade": "A",
                 "province": "江苏省", "city": "南京市", "address": "诚信大道19号"},
            )  # fmt: skip
            change.add(
                "contact",
                {"name": "欧阳明", "customer": 1, "phone": "13800138000", "title": "采购"},
            )
            change.add(
                "task",
                {"title": "寄样品", "owner": "王强", "customer": 1, "due": "2026-03-05",
                 "priority": "high", "done_criteria": "客户签收"},
            )  # fmt: skip
            change.add("task", {"title": "旧账", "owner": "王强", "due": "2026-03-02"})
            change.add(
                "task", {"title": "结清", "owner": "王强", "due": "2026-03-02", "status": "done"}
            )
            change.add(
                "follow_up_plan",
                {"customer": 1, "due": "2026-03-05", "at": "2026-03-05 14:00", "kind": "visit",
                 "purpose": "谈年框"},
            )  # fmt: skip
            change.add(
                "meeting",
                {"title": "周会", "held_on": "2026-03-06", "starts_at": "2026-03-06 09:00"},
            )
            change.add(
                "activity",
                {"at": "2026-02-27 10:00", "kind": "call", "person": "王强", "customer": 1,
                 "result": "价格谈到九五折"},
            )  # fmt: skip
        yield made


def test_a_day_in_chinese(book):
    texts.set_language("zh_CN")
    assert messages.day_text(book, 1, ON, HERE) == (
        "【王强：3月5日 周四】\n"
        "\n"
        "跟进计划：\n"
        "· 14:00 谈年框，江苏单氏机械有限公司，欧阳明，13800138000，江苏省南京市诚信大道19号\n"
        "\n"
        "任务：\n"
        "· 寄样品，江苏单氏机械有限公司，欧阳明，13800138000，紧急\n"
        "\n"
        "已逾期：\n"
        "· 旧账，3月2日 周一\n"
    )


def test_a_week_in_english_day_by_day(book):
    said = messages.week_text(book, 1, ON, HERE)
    assert said.startswith("[王强: Thu 5 Mar to Wed 11 Mar]\n\nThu 5 Mar\n· 14:00 谈年框, ")
    assert said.endswith("\n\nFri 6 Mar\n· 09:00 周会\n")
    assert messages.day_text(book, 2, ON, HERE) == "[李娜: Thu 5 Mar]\nNothing is planned.\n"


def test_a_task_with_all_that_one_needs_to_begin(book):
    texts.set_language("zh_CN")
    assert messages.text(book, "task", 1, ON, HERE) == (
        "【任务：寄样品】\n"
        "截止日期：3月5日 周四\n"
        "负责人：王强\n"
        "完成标准：客户签收\n"
        "客户：江苏单氏机械有限公司\n"
        "联系人：欧阳明\n"
        "电话：13800138000\n"
        "最近联系：2月27日 周五 电话沟通 王强；价格谈到九五折\n"
    )


@pytest.mark.parametrize(
    ("entity", "parts"),
    [
        ("follow_up_plan", ("Follow-up: 谈年框", "Thu 5 Mar 14:00", "Visit", "13800138000")),
        (
            "contact",
            ("欧阳明, 采购, 江苏单氏机械有限公司", "13800138000", "江苏省南京市诚信大道19号"),
        ),
        ("salesperson", ("王强", "13700137000")),
        (
            "customer",
            ("江苏单氏机械有限公司", "025-88880000", "Grade: A", "Last contact: Fri 27 Feb"),
        ),
    ],
)
def test_other_records_say_who_and_how(book, entity, parts):
    said = messages.text(book, entity, 1, ON, HERE)
    assert [one for one in parts if one not in said] == []
    assert "None" not in said
    assert "\n\n" not in said


def test_a_task_that_was_done_can_be_told_too(book):
    assert messages.text(book, "task", 3, ON, HERE).startswith("[Task: 结清]\n")
