"""Requests for help: what keeps work from going on, what was tried, what is needed, and the answer."""

from __future__ import annotations

from models import moments
from models.describe.field import Choice, Entity
from models.describe.fields import choice, date, instant, link, long_text, text
from models.texts import N_

STATUSES = (
    Choice("open", N_("Open"), ("待解决", "求助中")),
    Choice("answered", N_("Answered"), ("已答复",)),
    Choice("resolved", N_("Resolved"), ("已解决",)),
    Choice("withdrawn", N_("Withdrawn"), ("已撤回",)),
)


HELP_REQUEST = Entity(
    "help_request",
    "HR",
    N_("Request for help"),
    N_("Requests for help"),
    (
        text(
            "title",
            N_("Problem"),
            "问题|求助问题|卡点",
            required=True,
            searched=True,
            help=N_("What keeps the work from going on."),
        ),
        link("task", N_("Task"), "task", "受阻任务", help=N_("The task that can't go on.")),
        link(
            "person",
            N_("Asked by"),
            "salesperson",
            "求助人|提出人",
            help=N_("Who needs help."),
        ),
        link(
            "customer",
            N_("Customer"),
            "customer",
            "求助客户",
            help=N_("The customer it is about."),
        ),
        long_text("tried", N_("Tried"), "已尝试|尝试过的办法", help=N_("What was tried already.")),
        text(
            "needed",
            N_("Needed"),
            "需要的支持|所需支持",
            help=N_("What would help, and from whom."),
        ),
        instant(
            "raised_at",
            N_("Asked at"),
            "求助时间|提出时间",
            default_from=moments.now,
            help=N_("When it was asked; the clock runs from here."),
        ),
        date(
            "answer_by",
            N_("Answer by"),
            "答复期限",
            help=N_("The day by which an answer is due; empty is by the rule of escalation."),
        ),
        link(
            "resolver",
            N_("Asked of"),
            "salesperson",
            "解决人|答复人",
            help=N_("Who sees to it; empty is the superior."),
        ),
        choice(
            "status",
            N_("Status"),
            STATUSES,
            "求助状态",
            required=True,
            default="open",
            help=N_("How far it is."),
        ),
        long_text(
            "answer",
            N_("Answer"),
            "答复|解决办法|解决方案",
            searched=True,
            help=N_("What helped, for those who ask the same later."),
        ),
        instant("answered_at", N_("Answered at"), "答复时间", help=N_("When the answer came.")),
    ),
    title=("title",),
    keys=(("title", "task", "person"),),
    happens="raised_at",
    headers=("求助", "问题求助", "help requests"),
)
