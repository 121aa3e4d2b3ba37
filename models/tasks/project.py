"""Projects, and the templates that tasks are made from."""

from __future__ import annotations

from decimal import Decimal

from models.describe.field import Choice, Entity
from models.describe.fields import choice, date, integer, link, long_text, number, tags, text
from models.tasks.task import KINDS, PRIORITIES
from models.texts import N_

STATUSES = (
    Choice("planned", N_("Planned"), ("计划中", "未启动")),
    Choice("running", N_("Running"), ("进行中", "执行中")),
    Choice("done", N_("Done"), ("完成", "已完成")),
    Choice("cancelled", N_("Cancelled"), ("已取消",)),
)

PROJECT = Entity(
    "project",
    "PJ",
    N_("Project"),
    N_("Projects"),
    (
        text(
            "name",
            N_("Project"),
            "项目名称|project name",
            required=True,
            searched=True,
            help=N_("What it is called."),
        ),
        link(
            "owner",
            N_("Owner"),
            "salesperson",
            "项目负责人|项目经理",
            help=N_("Who leads it."),
        ),
        link(
            "customer",
            N_("Customer"),
            "customer",
            "项目客户",
            help=N_("The customer it is for."),
        ),
        link(
            "opportunity",
            N_("Opportunity"),
            "opportunity",
            "项目商机",
            help=N_("The deal it is about."),
        ),
        date("starts_on", N_("From"), "项目开始", help=N_("The first day.")),
        date("due", N_("Due"), "项目截止", help=N_("By when.")),
        choice(
            "status",
            N_("Status"),
            STATUSES,
            "项目状态",
            default="running",
            help=N_("How far it is."),
        ),
        long_text("notes", N_("Notes"), "项目说明", help=N_("Whatever else is worth knowing.")),
    ),
    keys=(("name", "customer"),),
    blank_keys=("customer",),
    headers=("项目", "项目清单", "projects"),
)

TASK_TEMPLATE = Entity(
    "template",
    "TT",
    N_("Task template"),
    N_("Task templates"),
    (
        text(
            "name",
            N_("Template"),
            "模板|模板名称|template",
            required=True,
            searched=True,
            help=N_("The set that it belongs to; all tasks of a set are made together."),
        ),
        integer("place", N_("Place"), "模板序号", help=N_("Where it stands in the set.")),
        text(
            "title",
            N_("Task"),
            "模板任务",
            required=True,
            help=N_("What is to be done; {customer} stands for the customer's name."),
        ),
        choice("kind", N_("Kind"), KINDS, "模板任务类型", help=N_("What sort of work it is.")),
        choice(
            "priority",
            N_("Priority"),
            PRIORITIES,
            "模板优先级",
            default="normal",
            help=N_("What comes first."),
        ),
        number(
            "effort_hours",
            N_("Effort (hours)"),
            "模板工时",
            minimum=Decimal(0),
            help=N_("How many hours of work it takes."),
        ),
        tags(
            "required_skills",
            N_("Skills needed"),
            "模板技能",
            help=N_("What one must know or be able to do."),
        ),
        integer(
            "due_after",
            N_("Due after (working days)"),
            "几个工作日后到期",
            minimum=Decimal(0),
            help=N_("How many working days after the beginning it is due."),
        ),
        integer(
            "after",
            N_("Waits for place"),
            "前置序号",
            help=N_("The place of the task of this set that must be done first."),
        ),
        long_text(
            "checklist",
            N_("Checklist"),
            "检查清单",
            help=N_("The steps to be ticked off, one a line."),
        ),
        long_text(
            "done_criteria",
            N_("Done means"),
            "模板完成标准",
            help=N_("How anybody can see that it is done."),
        ),
    ),
    title=("title",),
    keys=(("name", "title"),),
    headers=("任务模板", "templates"),
)
