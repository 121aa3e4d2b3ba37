"""Feedback at any time, one-to-one talks with their promises, recognition, and plans to improve."""

from __future__ import annotations

from datetime import date as day
from decimal import Decimal

from models.describe.field import Choice, Entity
from models.describe.fields import (
    choice,
    citations,
    date,
    flag,
    integer,
    link,
    long_text,
    number,
    text,
)
from models.goals.goal import MEASURES
from models.texts import N_

FEEDBACK_KINDS = (
    Choice("strength", N_("Strength"), ("优势", "肯定")),
    Choice("growth", N_("To improve"), ("待改进", "改进")),
)
VISIBILITIES = (
    Choice("shared", N_("Shared"), ("公开给本人", "共享")),
    Choice("private", N_("Manager only"), ("仅主管可见", "私密")),
)
TALK_STATUSES = (
    Choice("planned", N_("Planned"), ("计划中",)),
    Choice("held", N_("Held"), ("已进行",)),
    Choice("cancelled", N_("Cancelled"), ("已取消",)),
)
SIDES = (
    Choice("salesperson", N_("Salesperson"), ("业务员", "本人")),
    Choice("manager", N_("Manager"), ("主管", "上级")),
)
PROMISE_STATUSES = (
    Choice("open", N_("Outstanding"), ("未完成",)),
    Choice("kept", N_("Kept"), ("已兑现",)),
    Choice("broken", N_("Not kept"), ("未兑现",)),
)
PLAN_STATUSES = (
    Choice("proposed", N_("Proposed"), ("已提出",)),
    Choice("agreed", N_("Agreed"), ("已商定",)),
    Choice("running", N_("Running"), ("进行中", "执行中")),
    Choice("met", N_("Met"), ("达成",)),
    Choice("partly", N_("Partly met"), ("部分达成",)),
    Choice("not_met", N_("Not met"), ("未达成",)),
    Choice("closed", N_("Closed"), ("已关闭",)),
)
VERDICTS = (
    Choice("met", N_("Met"), ("达成",)),
    Choice("partly", N_("Partly met"), ("部分达成",)),
    Choice("not_met", N_("Not met"), ("未达成",)),
    Choice("continued", N_("Continued"), ("继续",)),
)
ACTION_KINDS = (
    Choice("task", N_("Task"), ("任务",)),
    Choice("course", N_("Training course"), ("课程", "培训")),
    Choice("mentor", N_("Mentor"), ("导师", "师傅")),
)

FEEDBACK = Entity(
    "feedback",
    "FE",
    N_("Feedback"),
    N_("Feedback"),
    (
        link(
            "person",
            N_("Salesperson"),
            "salesperson",
            "反馈对象|业务员|姓名",
            required=True,
            help=N_("Whom it is for."),
        ),
        link(
            "giver",
            N_("Given by"),
            "salesperson",
            "反馈人",
            help=N_("Who gives it; feedback goes both ways."),
        ),
        choice(
            "kind",
            N_("Kind"),
            FEEDBACK_KINDS,
            "反馈类型",
            required=True,
            default="strength",
            help=N_("What was good, or what could be better."),
        ),
        link("skill", N_("Skill"), "skill", "反馈技能", help=N_("The skill that it shows.")),
        date("event_date", N_("Day of the event"), "事件日期", help=N_("When it happened.")),
        long_text(
            "situation",
            N_("Situation"),
            "情境",
            required=True,
            searched=True,
            help=N_("Where and when: with which customer, in which deal."),
        ),
        long_text(
            "behaviour",
            N_("Behaviour"),
            "行为",
            help=N_("What the person did or said, as it could be seen."),
        ),
        long_text("impact", N_("Impact"), "影响", help=N_("What came of it.")),
        long_text(
            "next_step",
            N_("Next step"),
            "下一步",
            help=N_("What to keep doing, or to do otherwise."),
        ),
        citations(
            "cites",
            N_("Cited records"),
            "引用记录",
            help=N_("The ids of records or feedback that show it, with blanks between them."),
        ),
        date(
            "given_on",
            N_("Feedback given on"),
            "反馈日期",
            required=True,
            default_from=day.today,
            help=N_("The day on which it was given."),
        ),
        choice(
            "visibility",
            N_("Seen by"),
            VISIBILITIES,
            "可见范围",
            required=True,
            default="shared",
            help=N_("Whether the person sees it, also in the workbook."),
        ),
        link("task", N_("Task"), "task", help=N_("The task that the next step became.")),
    ),
    title=("person", "given_on"),
    keys=(("person", "given_on", "situation"),),
    happens="given_on",
    headers=("反馈", "反馈记录", "feedback"),
)

ONE_ON_ONE = Entity(
    "one_on_one",
    "OO",
    N_("One-to-one talk"),
    N_("One-to-one talks"),
    (
        link(
            "person",
            N_("Salesperson"),
            "salesperson",
            "面谈人|业务员|姓名",
            required=True,
            help=N_("With whom."),
        ),
        link("manager", N_("Held by"), "salesperson", "面谈主管", help=N_("Who leads the talk.")),
        date(
            "held_on",
            N_("Talk held on"),
            "面谈日期",
            required=True,
            default_from=day.today,
            help=N_("The day of the talk."),
        ),
        choice(
            "status",
            N_("Status"),
            TALK_STATUSES,
            "面谈状态",
            required=True,
            default="planned",
            help=N_("Whether it was held."),
        ),
        link(
            "evaluation",
            N_("Evaluation"),
            "evaluation",
            help=N_("The evaluation that is talked over, if any."),
        ),
        long_text("agenda", N_("Agenda"), "面谈议程", help=N_("What to talk about.")),
        long_text(
            "shared_notes",
            N_("Shared notes"),
            "面谈纪要",
            help=N_("What both agree was said; it goes out with the workbook."),
        ),
        long_text(
            "private_notes",
            N_("Private notes"),
            help=N_("What only the manager reads; it never leaves the book in a workbook."),
        ),
    ),
    title=("person", "held_on"),
    whole_title=True,
    keys=(("person", "held_on"),),
    happens="held_on",
    headers=("面谈记录", "one-to-ones"),
)

PROMISE = Entity(
    "promise",
    "PS",
    N_("Promise of a talk"),
    N_("Promises of talks"),
    (
        link(
            "talk",
            N_("One-to-one talk"),
            "one_on_one",
            required=True,
            help=N_("The talk in which it was made."),
        ),
        choice(
            "promised_by",
            N_("Promised by"),
            SIDES,
            required=True,
            default="salesperson",
            help=N_("Who promises it: the person, or the manager."),
        ),
        text("title", N_("Promise"), required=True, searched=True, help=N_("What will be done.")),
        date("due", N_("Due"), help=N_("By when.")),
        choice(
            "status",
            N_("Status"),
            PROMISE_STATUSES,
            required=True,
            default="open",
            help=N_("Whether it was kept; a task that is done keeps it."),
        ),
        link("task", N_("Task"), "task", help=N_("The task that it became.")),
    ),
    title=("title",),
    keys=(("talk", "title"),),
    part_of="talk",
)

CULTURAL_VALUE = Entity(
    "cultural_value",
    "VA",
    N_("Value of the team"),
    N_("Values of the team"),
    (
        text(
            "name",
            N_("Value of the team"),
            "价值观",
            required=True,
            searched=True,
            help=N_("What the team stands for, such as Customers first."),
        ),
        long_text(
            "behaviours",
            N_("Shown by"),
            "价值观行为",
            help=N_("By which behaviour it is recognised, a line each."),
        ),
        flag(
            "active",
            N_("Still used"),
            "价值观启用",
            default=True,
            help=N_("Whether it is still used."),
        ),
    ),
    keys=(("name",),),
    headers=("价值观", "values"),
)

RECOGNITION_AWARD = Entity(
    "recognition_award",
    "RA",
    N_("Recognition"),
    N_("Recognitions"),
    (
        link(
            "person",
            N_("Salesperson"),
            "salesperson",
            "受表彰人|业务员|姓名",
            required=True,
            help=N_("Who is recognised."),
        ),
        text(
            "title",
            N_("For what"),
            "表彰名称|表彰",
            required=True,
            searched=True,
            help=N_("What is recognised, in one line."),
        ),
        link(
            "value",
            N_("Value of the team"),
            "cultural_value",
            "体现价值观",
            required=True,
            help=N_("The value that it shows."),
        ),
        citations(
            "cites",
            N_("Cited records"),
            "引用记录",
            required=True,
            help=N_("The ids of records or feedback that show it, with blanks between them."),
        ),
        long_text(
            "reason",
            N_("In words"),
            "表彰理由",
            help=N_("What the person did, so that others can do it too."),
        ),
        date(
            "awarded_on",
            N_("Recognised on"),
            "表彰日期",
            required=True,
            default_from=day.today,
            help=N_("The day."),
        ),
        link("giver", N_("Given by"), "salesperson", "表彰人", help=N_("Who recognises it.")),
        link(
            "announcement",
            N_("Notice"),
            "announcement",
            help=N_("The notice by which everybody is told."),
        ),
    ),
    title=("title",),
    keys=(("person", "awarded_on", "title"),),
    happens="awarded_on",
    headers=("表彰", "表彰记录", "recognitions"),
)

IMPROVEMENT_PLAN = Entity(
    "improvement_plan",
    "IP",
    N_("Improvement plan"),
    N_("Improvement plans"),
    (
        text(
            "title",
            N_("Improvement plan"),
            "改进计划|改进事项",
            required=True,
            searched=True,
            help=N_("What is to become better."),
        ),
        link(
            "person",
            N_("Salesperson"),
            "salesperson",
            "改进人|业务员|姓名",
            required=True,
            help=N_("Whose plan it is."),
        ),
        link(
            "evaluation",
            N_("Evaluation"),
            "evaluation",
            help=N_("The evaluation that it comes from."),
        ),
        link("item", N_("Item"), "scorecard_item", help=N_("The weak item that it is for.")),
        link("skill", N_("Skill"), "skill", "改进技能", help=N_("The skill that it is for.")),
        long_text(
            "evidence",
            N_("Shown by"),
            "依据",
            mentions=True,
            help=N_("What shows that it is needed, with ids of records."),
        ),
        choice(
            "measure",
            N_("Measure"),
            MEASURES,
            "改进指标",
            help=N_("What it is measured by; empty is judged by people."),
        ),
        number(
            "baseline", N_("Baseline"), "改进基线", help=N_("Where it stands when the plan begins.")
        ),
        number(
            "target",
            N_("Target"),
            "改进目标",
            help=N_(
                "What is to be reached by the day of the check; a share such as 55% for rates."
            ),
        ),
        date(
            "starts_on",
            N_("Starts on"),
            "改进开始",
            required=True,
            default_from=day.today,
            help=N_("The first day that counts."),
        ),
        date(
            "check_on",
            N_("Checked on"),
            "检查日期",
            required=True,
            help=N_("The day on which it is looked at."),
        ),
        choice(
            "status",
            N_("Status"),
            PLAN_STATUSES,
            "改进状态",
            required=True,
            default="proposed",
            help=N_("How far it is."),
        ),
        choice("verdict", N_("Verdict"), VERDICTS, "改进结论", help=N_("How it ended.")),
        number("result", N_("Level reached"), help=N_("What was reached by the day of the check.")),
        long_text(
            "verdict_words",
            N_("Why so"),
            help=N_("What the verdict rests on, with ids of records."),
        ),
        date("closed_on", N_("Closed on"), help=N_("The day on which it was closed.")),
        link(
            "continues",
            N_("Continues"),
            "improvement_plan",
            help=N_("The plan that it goes on with."),
        ),
    ),
    title=("title",),
    keys=(("person", "title", "starts_on"),),
    headers=("改进计划", "improvement plans"),
)

PLAN_ACTION = Entity(
    "plan_action",
    "PA",
    N_("Step of a plan"),
    N_("Steps of plans"),
    (
        link(
            "plan",
            N_("Improvement plan"),
            "improvement_plan",
            required=True,
            help=N_("The plan that it is part of."),
        ),
        integer(
            "place",
            N_("Place"),
            default=1,
            minimum=Decimal(1),
            help=N_("Where it stands among the steps."),
        ),
        choice(
            "kind",
            N_("Kind"),
            ACTION_KINDS,
            required=True,
            default="task",
            help=N_("A task, a course, or a mentor."),
        ),
        text("title", N_("Step to take"), required=True, help=N_("What is done.")),
        link("mentor", N_("Mentor"), "salesperson", help=N_("Who helps.")),
        date("due", N_("Due"), help=N_("By when.")),
        link(
            "task",
            N_("Task"),
            "task",
            help=N_("The task that it became; it is done when the task is."),
        ),
        date("done_on", N_("Done on"), help=N_("The day on which it was done.")),
    ),
    title=("title",),
    keys=(("plan", "title"),),
    part_of="plan",
)
