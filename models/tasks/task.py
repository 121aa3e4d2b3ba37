"""Tasks: what is to be done, by whom, by when, and when it counts as done."""

from __future__ import annotations

from decimal import Decimal

from models.describe.field import Choice, Entity
from models.describe.fields import (
    choice,
    date,
    instant,
    link,
    long_text,
    number,
    recurrence,
    tags,
    text,
)
from models.texts import N_

KINDS = (
    Choice("follow_up", N_("Follow-up"), ("跟进", "客户跟进")),
    Choice("visit", N_("Visit"), ("拜访",)),
    Choice("quote", N_("Quote"), ("报价",)),
    Choice("delivery", N_("Delivery"), ("交付", "发货")),
    Choice("collection", N_("Collect payment"), ("催款", "回款")),
    Choice("internal", N_("Internal"), ("内部", "内部事务")),
    Choice("other", N_("Other"), ("其他",)),
)
PRIORITIES = (
    Choice("high", N_("High"), ("高", "紧急", "urgent")),
    Choice("normal", N_("Medium"), ("中", "普通", "normal")),
    Choice("low", N_("Low"), ("低",)),
)
STATUSES = (
    Choice("draft", N_("Draft"), ("草稿",)),
    Choice("assigned", N_("Assigned"), ("已分配", "待办", "未开始", "to do")),
    Choice("accepted", N_("Accepted"), ("已接受",)),
    Choice("questioned", N_("Questioned"), ("有疑问",)),
    Choice("doing", N_("Doing"), ("进行中", "in progress")),
    Choice("blocked", N_("Blocked"), ("受阻", "卡住")),
    Choice("review", N_("In review"), ("待验收",)),
    Choice("done", N_("Done"), ("完成", "已完成")),
    Choice("cancelled", N_("Cancelled"), ("已取消",)),
)

TASK = Entity(
    "task",
    "TK",
    N_("Task"),
    N_("Tasks"),
    (
        text(
            "title",
            N_("Task"),
            "任务|任务名称|任务内容|待办事项|task|task title|to do",
            required=True,
            searched=True,
            help=N_("What is to be done, in a few words."),
        ),
        choice(
            "kind", N_("Kind"), KINDS, "任务类型|task type", help=N_("What sort of work it is.")
        ),
        link(
            "owner",
            N_("Owner"),
            "salesperson",
            "执行人|负责人|任务负责人|assignee|assigned to",
            help=N_("Who does it."),
        ),
        link(
            "customer",
            N_("Customer"),
            "customer",
            "相关客户|任务客户",
            help=N_("The customer it is for."),
        ),
        link(
            "opportunity",
            N_("Opportunity"),
            "opportunity",
            "相关商机|任务商机",
            help=N_("The deal it is about."),
        ),
        link("goal", N_("Goal"), "goal", "相关目标", help=N_("The goal that it serves.")),
        link(
            "project",
            N_("Project"),
            "project",
            "所属项目|项目",
            help=N_("The project that it is a part of."),
        ),
        date(
            "starts_on",
            N_("Begins on"),
            "任务开始日期|计划开始",
            help=N_("The day on which the work begins; empty is as late as its effort allows."),
        ),
        date("due", N_("Due"), "截止日期|完成期限|任务期限|due date|deadline", help=N_("By when.")),
        choice(
            "priority",
            N_("Priority"),
            PRIORITIES,
            "优先级|任务优先级",
            default="normal",
            help=N_("What comes first."),
        ),
        number(
            "effort_hours",
            N_("Effort (hours)"),
            "工时|预计工时|effort",
            minimum=Decimal(0),
            help=N_("How many hours of work it takes."),
        ),
        tags(
            "required_skills",
            N_("Skills needed"),
            "所需技能",
            help=N_("What one must know or be able to do."),
        ),
        long_text(
            "done_criteria",
            N_("Done means"),
            "完成标准|验收标准|done criteria",
            help=N_("How anybody can see that it is done."),
        ),
        choice(
            "status",
            N_("Status"),
            STATUSES,
            "任务状态|task status",
            required=True,
            default="assigned",
            help=N_("How far it is."),
        ),
        date(
            "done_at", N_("Done on"), "完成日期|实际完成", help=N_("The day on which it was done.")
        ),
        text(
            "blocked_reason",
            N_("Blocked by"),
            "受阻原因|卡点",
            help=N_("What keeps it from going on, and what is needed."),
        ),
        text(
            "question",
            N_("Question"),
            "疑问|任务疑问",
            help=N_("What its owner doesn't understand; cleared when it is answered."),
        ),
        instant(
            "remind_at",
            N_("Remind at"),
            "提醒时间",
            help=N_("When a notice of it appears on the screen."),
        ),
        recurrence(
            "recurrence",
            N_("Repeats"),
            "重复|重复规则|周期任务",
            help=N_("How it comes again, such as every Monday or the last working day of a month."),
        ),
        link(
            "series",
            N_("Series"),
            "task",
            help=N_("The first task of the series that it came from."),
        ),
        date(
            "occurrence",
            N_("Day of the series"),
            help=N_("The day that the rule names, before it is moved to a working day."),
        ),
        link(
            "template",
            N_("Template"),
            "template",
            "任务模板",
            help=N_("The template that it was made from."),
        ),
    ),
    title=("title",),
    keys=(("title", "owner", "customer", "due"),),
    blank_keys=("customer",),
    headers=("任务", "任务清单", "待办", "tasks"),
)
