"""Meetings and what they decide."""

from __future__ import annotations

from datetime import date as day
from decimal import Decimal

from models.describe.field import Choice, Entity
from models.describe.fields import choice, date, instant, integer, link, long_text, period, text
from models.texts import N_

MEETINGS = (
    Choice("goal_review", N_("Goal review"), ("目标评审会议", "目标评审")),
    Choice("team", N_("Team meeting"), ("例会", "周会", "月会")),
    Choice("one_to_one", N_("One-to-one"), ("一对一", "面谈")),
    Choice("other", N_("Other"), ("其他",)),
)

MEETING = Entity(
    "meeting",
    "MT",
    N_("Meeting"),
    N_("Meetings"),
    (
        text(
            "title",
            N_("Meeting"),
            "会议|会议名称|meeting",
            required=True,
            searched=True,
            help=N_("What it is called."),
        ),
        choice(
            "kind",
            N_("Kind"),
            MEETINGS,
            "会议类型|meeting type",
            default="team",
            help=N_("What sort of meeting it is."),
        ),
        date(
            "held_on",
            N_("Held on"),
            "会议日期|meeting date",
            required=True,
            default_from=day.today,
            help=N_("The day of the meeting."),
        ),
        instant(
            "starts_at",
            N_("Time"),
            "会议时间",
            help=N_("When it begins; a notice appears before it."),
        ),
        integer(
            "duration_minutes",
            N_("Minutes long"),
            "会议时长",
            minimum=Decimal(0),
            help=N_("How long it takes, in minutes."),
        ),
        text("place", N_("Held at"), "会议地点|地点", help=N_("Where it is held.")),
        link(
            "person",
            N_("With"),
            "salesperson",
            "面谈对象",
            help=N_("Who comes to a one-to-one."),
        ),
        period("period", N_("Period"), "评审周期", help=N_("The period that was looked at.")),
        link("team", N_("Team"), "team", "参会团队", help=N_("Who met.")),
        long_text(
            "minutes",
            N_("Minutes"),
            "会议纪要|纪要|minutes",
            help=N_("What was said."),
        ),
    ),
    title=("title",),
    keys=(("title", "held_on"),),
    headers=("会议", "会议记录", "meetings"),
)

DECISION = Entity(
    "decision",
    "DN",
    N_("Decision"),
    N_("Decisions"),
    (
        link(
            "meeting",
            N_("Meeting"),
            "meeting",
            "会议|所属会议",
            help=N_("Where it was decided."),
        ),
        text(
            "title",
            N_("Decision"),
            "决定|决议|决策|decision",
            required=True,
            searched=True,
            help=N_("What was decided."),
        ),
        link(
            "owner",
            N_("Owner"),
            "salesperson",
            "落实人|决议负责人",
            help=N_("Who sees to it."),
        ),
        date("due", N_("Due"), "落实期限|截止日期", help=N_("By when.")),
        text(
            "expectation",
            N_("Expected"),
            "预期|预期效果",
            help=N_("What should come of it, so that it can be looked at again."),
        ),
        date("review_on", N_("Look again on"), "复盘日期", help=N_("When it is looked at again.")),
        text("outcome", N_("Outcome"), "结果|实际效果", help=N_("What came of it.")),
        link(
            "task",
            N_("Task"),
            "task",
            "相关任务",
            help=N_("The task that it became."),
        ),
    ),
    title=("title",),
    keys=(("meeting", "title"),),
    headers=("决议", "决定", "decisions"),
)
