"""Notices for people and what they say to them; suggestions and questions of people, with the answers."""

from __future__ import annotations

from datetime import date as day

from models import moments
from models.describe.field import Choice, Entity
from models.describe.fields import choice, date, flag, instant, link, long_text, text
from models.texts import N_

SUGGESTION_KINDS = (
    Choice("suggestion", N_("Suggestion"), ("建议",)),
    Choice("question", N_("Question"), ("问题", "提问")),
)
SUGGESTION_STATUSES = (
    Choice("received", N_("Waits for an answer"), ("已收到", "received")),
    Choice("answered", N_("Answered"), ("已答复",)),
    Choice("adopted", N_("Adopted"), ("已采纳",)),
    Choice("declined", N_("Declined"), ("未采纳",)),
)


ANNOUNCEMENT = Entity(
    "announcement",
    "AN",
    N_("Notice"),
    N_("Notices"),
    (
        text(
            "title",
            N_("Notice"),
            "通知标题|通知",
            required=True,
            searched=True,
            help=N_("What it is about, in one line."),
        ),
        long_text(
            "body", N_("Notice text"), "通知内容|通知正文", searched=True, help=N_("What is told.")
        ),
        date(
            "posted_on",
            N_("Posted on"),
            "发布日期|通知日期",
            required=True,
            default_from=day.today,
            help=N_("The day from which it goes out with workbooks."),
        ),
        date("until", N_("Until"), "有效期至", help=N_("The last day on which it matters.")),
        link(
            "team", N_("Team"), "team", "通知团队", help=N_("Only this team; empty is everybody.")
        ),
        link(
            "person",
            N_("Salesperson"),
            "salesperson",
            "通知对象",
            help=N_("Only this person; empty is the team, or everybody."),
        ),
    ),
    title=("title",),
    keys=(("title", "posted_on"),),
    headers=("通知", "公告", "notices", "announcements"),
)

READ_RECEIPT = Entity(
    "read_receipt",
    "RR",
    N_("Read by"),
    N_("Read by"),
    (
        link(
            "announcement",
            N_("Notice"),
            "announcement",
            "已读通知",
            required=True,
            help=N_("What was read."),
        ),
        link(
            "person",
            N_("Salesperson"),
            "salesperson",
            "已读人",
            required=True,
            help=N_("Who has read it."),
        ),
        flag(
            "read",
            N_("Read?"),
            "是否已读|已阅",
            read_as="coalesce({t}.read, {t}.read_at IS NOT NULL)",
            help=N_("Whether the person has read it; without an answer it was handed out only."),
        ),
        instant(
            "read_at",
            N_("Read at"),
            "已读时间|阅读时间",
            default_from=moments.now,
            help=N_("When it was said to be read."),
        ),
        text("reply", N_("Reply"), "回复|回执", help=N_("What the person says to it.")),
    ),
    title=("person",),
    keys=(("announcement", "person"),),
    part_of="announcement",
)

SUGGESTION = Entity(
    "suggestion",
    "SU",
    N_("Suggestion or question"),
    N_("Suggestions and questions"),
    (
        text(
            "title",
            N_("Matter"),
            "建议|建议标题|事项",
            required=True,
            searched=True,
            help=N_("What it is about, in one line."),
        ),
        choice(
            "kind",
            N_("Kind"),
            SUGGESTION_KINDS,
            "建议类型",
            required=True,
            default="suggestion",
            help=N_("A suggestion, or a question that waits for an answer."),
        ),
        link(
            "person",
            N_("Salesperson"),
            "salesperson",
            "建议人|提问人",
            help=N_("Who says it; empty where nobody is named."),
        ),
        long_text(
            "content", N_("Details"), "建议内容|具体内容", searched=True, help=N_("In full.")
        ),
        date(
            "raised_on",
            N_("Raised on"),
            "建议日期|提出日期",
            default_from=day.today,
            help=N_("The day on which it was said."),
        ),
        choice(
            "status",
            N_("Status"),
            SUGGESTION_STATUSES,
            "建议状态",
            required=True,
            default="received",
            help=N_("What became of it."),
        ),
        long_text("answer", N_("Answer"), "建议答复", help=N_("What is said to it.")),
        date("answered_on", N_("Answered on"), "建议答复日期", help=N_("The day of the answer.")),
    ),
    title=("title",),
    keys=(("title", "person", "raised_on"),),
    headers=("建议", "合理化建议", "suggestions", "questions"),
)
