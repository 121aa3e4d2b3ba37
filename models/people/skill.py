"""Skills, how well each person has them, and who stands in for whom."""

from __future__ import annotations

from datetime import date as day
from decimal import Decimal

from models.describe.field import Choice, Entity
from models.describe.fields import choice, date, integer, link, long_text, text
from models.texts import N_

CATEGORIES = (
    Choice("product", N_("Product"), ("产品", "产品知识")),
    Choice("sales", N_("Sales"), ("销售", "销售技巧")),
    Choice("service", N_("Service"), ("服务", "客户服务")),
    Choice("language", N_("Language"), ("语言",)),
    Choice("industry", N_("Industry"), ("行业",)),
)

SKILL = Entity(
    "skill",
    "SK",
    N_("Skill"),
    N_("Skills"),
    (
        text(
            "name",
            N_("Skill"),
            "技能|技能名称",
            required=True,
            searched=True,
            help=N_("What one knows or is able to do; tasks name it."),
        ),
        choice("category", N_("Category"), CATEGORIES, "技能类别", help=N_("What it is about.")),
        long_text(
            "levels",
            N_("Levels"),
            "等级说明",
            help=N_("What the levels 0 to 5 mean here."),
        ),
    ),
    headers=("技能清单", "skills"),
)

SKILL_LEVEL = Entity(
    "skill_level",
    "SL",
    N_("Skill level"),
    N_("Skill levels"),
    (
        link(
            "person",
            N_("Salesperson"),
            "salesperson",
            "技能业务员",
            required=True,
            help=N_("Whose skill it is."),
        ),
        link("skill", N_("Skill"), "skill", "技能名称", required=True, help=N_("Which skill.")),
        integer(
            "level",
            N_("Skill level"),
            "技能等级|掌握程度",
            required=True,
            minimum=Decimal(0),
            maximum=Decimal(5),
            help=N_("0 none, 1 heard of it, 2 with help, 3 alone, 4 well, 5 teaches others."),
        ),
        long_text(
            "evidence",
            N_("Evidence"),
            "评定依据",
            help=N_("What shows it: deals, exams, visits together."),
        ),
        date(
            "assessed_on",
            N_("Assessed on"),
            "评定日期",
            default_from=day.today,
            help=N_("The day on which it was judged; the latest day counts."),
        ),
        link("assessed_by", N_("Assessed by"), "salesperson", "评定人", help=N_("Who judged it.")),
        date(
            "valid_until",
            N_("Valid until"),
            "有效期至",
            help=N_("The day after which it must be judged again."),
        ),
    ),
    title=("person", "skill"),
    keys=(("person", "skill", "assessed_on"),),
    headers=("技能评定", "技能矩阵", "skill levels"),
)

COVER = Entity(
    "cover",
    "CV",
    N_("Cover"),
    N_("Covers"),
    (
        link(
            "leave",
            N_("Leave"),
            "leave",
            required=True,
            help=N_("The absence during which it holds; afterwards everything is as before."),
        ),
        link(
            "person",
            N_("Covered by"),
            "salesperson",
            "代办人|代班人",
            required=True,
            help=N_("Who does it meanwhile."),
        ),
        link("task", N_("Task"), "task", help=N_("The task; empty is all of them.")),
        link(
            "customer",
            N_("Customer"),
            "customer",
            "代管客户",
            help=N_("The customer, with follow-ups; empty is all of them."),
        ),
        text("notes", N_("Notes"), "交代事项", help=N_("What they need to know.")),
    ),
    title=("leave", "person"),
    keys=(("leave", "person", "task", "customer"),),
    blank_keys=("task", "customer"),
    headers=("代办安排", "covers"),
)
