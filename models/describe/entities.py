"""The list of all entities, in an order in which links point backwards where they can."""

from __future__ import annotations

from models.calendar.entities import CALENDAR_DAY, LEAVE
from models.customers.customer import CONTACT, CUSTOMER
from models.customers.following import CONTRACT, FOLLOW_UP_PLAN
from models.customers.pool_entities import OWNERSHIP_CLAIM, POOL_MOVE, POOL_RULE
from models.describe.field import Choice, Entity
from models.describe.fields import choice, code, flag, integer, long_text, text
from models.evaluations.evaluation import (
    APPEAL,
    EVALUATION,
    EVALUATION_CYCLE,
    EVALUATION_RATING,
    SIGNATURE,
)
from models.evaluations.scorecard import GRADE_BAND, SCORECARD_ITEM, SCORECARD_TEMPLATE
from models.goals.commitment import COMMITMENT
from models.goals.goal import GOAL, GOAL_AGREEMENT, GOAL_CHECKPOINT, KEY_RESULT
from models.growth.entities import (
    CULTURAL_VALUE,
    FEEDBACK,
    IMPROVEMENT_PLAN,
    ONE_ON_ONE,
    PLAN_ACTION,
    PROMISE,
    RECOGNITION_AWARD,
)
from models.people.people import REGION, SALESPERSON, TEAM
from models.people.skill import COVER, SKILL, SKILL_LEVEL
from models.sales.activity import ACTIVITY
from models.sales.opportunity import OPPORTUNITY, PIPELINE, PRODUCT, STAGE, STAGE_CHANGE
from models.sales.order import ORDER, ORDER_LINE, RECEIPT
from models.satisfaction.entities import COMPLAINT, SURVEY_FORM, SURVEY_RESPONSE
from models.tasks.decisions import ASSIGNMENT_DECISION, OPPORTUNITY_LEDGER
from models.tasks.help_request import HELP_REQUEST
from models.tasks.meeting import DECISION, MEETING
from models.tasks.parts import CHECKLIST_ITEM, COLLABORATOR, TASK_DEPENDENCY
from models.tasks.project import PROJECT, TASK_TEMPLATE
from models.tasks.task import TASK
from models.teamwork.entities import ANNOUNCEMENT, READ_RECEIPT, SUGGESTION
from models.texts import N_
from models.workbooks.entities import CELL_CONFLICT, WORKBOOK

CUSTOM_KINDS = (
    Choice("text", N_("Text"), ("文本",)),
    Choice("long_text", N_("Long text"), ("长文本",)),
    Choice("number", N_("Number"), ("数字",)),
    Choice("integer", N_("Whole number"), ("整数",)),
    Choice("money", N_("Money"), ("金额",)),
    Choice("percent", N_("Percentage"), ("百分比",)),
    Choice("date", N_("Date"), ("日期",)),
    Choice("instant", N_("Date and time"), ("日期时间",)),
    Choice("period", N_("Period"), ("期间", "周期")),
    Choice("recurrence", N_("Repetition"), ("重复",)),
    Choice("flag", N_("Yes or no"), ("是否",)),
    Choice("choice", N_("Choice"), ("选项",)),
    Choice("code", N_("Number that is a name"), ("编号",)),
    Choice("phone", N_("Phone"), ("电话",)),
    Choice("email", N_("E-mail"), ("邮箱",)),
    Choice("tags", N_("Tags"), ("标签",)),
    Choice("link", N_("Link"), ("关联",)),
)

# A column that a formula works out has the kind of what it gives.
FORMULA = Choice("formula", N_("Formula"), ("公式",))

# A user's own column is a record itself, so that adding one is journaled and undone like any edit.
CUSTOM_FIELD = Entity(
    "custom_field",
    "CF",
    N_("Own column"),
    N_("Own columns"),
    (
        text(
            "name",
            N_("First label"),
            required=True,
            help=N_("The heading that the column was added with; sheets are still known by it."),
        ),
        code(
            "entity",
            N_("Of"),
            required=True,
            help=N_("The kind of record that the column belongs to."),
        ),
        choice(
            "kind",
            N_("Kind"),
            CUSTOM_KINDS,
            required=True,
            help=N_("What its cells hold: text, numbers, days."),
        ),
        text(
            "choices",
            N_("Choices"),
            help=N_("The values that are offered, with bars between them."),
        ),
        code(
            "target",
            N_("Links to"),
            help=N_("The kind of record that the cells point to."),
        ),
        text(
            "label",
            N_("Label"),
            help=N_("The column's heading, in your own words."),
            read_as="coalesce({t}.label, {t}.name)",
        ),
        long_text(
            "formula",
            N_("Formula"),
            help=N_("What is computed from the other fields of a record, such as amount * 0.1."),
        ),
    ),
    title=("label", "name"),
    keys=(("entity", "name"),),
    system=True,
)

# A saved view is a record too: shared with everybody who opens the book, journaled and undone.
SAVED_VIEW = Entity(
    "saved_view",
    "SV",
    N_("Saved view"),
    N_("Saved views"),
    (
        text("name", N_("Name"), required=True, help=N_("What the view is chosen by.")),
        code(
            "entity",
            N_("Of"),
            required=True,
            help=N_("The kind of record that the view lists."),
        ),
        long_text(
            "definition",
            N_("Definition"),
            required=True,
            help=N_("Columns, order, filter, groups, totals and colours, as JSON."),
        ),
        flag(
            "default",
            N_("Default"),
            help=N_("Whether the list opens with it, for everybody who has chosen no other."),
        ),
        integer("place", N_("Place"), help=N_("Where it stands among the views of its list.")),
    ),
    keys=(("entity", "name"),),
    system=True,
)

ENTITIES: tuple[Entity, ...] = (
    REGION,
    SALESPERSON,
    TEAM,
    CUSTOMER,
    CONTACT,
    PRODUCT,
    PIPELINE,
    STAGE,
    OPPORTUNITY,
    STAGE_CHANGE,
    ORDER,
    ORDER_LINE,
    RECEIPT,
    ACTIVITY,
    CALENDAR_DAY,
    LEAVE,
    GOAL,
    KEY_RESULT,
    GOAL_CHECKPOINT,
    GOAL_AGREEMENT,
    COMMITMENT,
    PROJECT,
    TASK_TEMPLATE,
    TASK,
    CHECKLIST_ITEM,
    TASK_DEPENDENCY,
    COLLABORATOR,
    HELP_REQUEST,
    MEETING,
    DECISION,
    FOLLOW_UP_PLAN,
    CONTRACT,
    POOL_RULE,
    POOL_MOVE,
    OWNERSHIP_CLAIM,
    SKILL,
    SKILL_LEVEL,
    COVER,
    ASSIGNMENT_DECISION,
    OPPORTUNITY_LEDGER,
    ANNOUNCEMENT,
    READ_RECEIPT,
    SUGGESTION,
    SURVEY_FORM,
    SURVEY_RESPONSE,
    COMPLAINT,
    SCORECARD_TEMPLATE,
    SCORECARD_ITEM,
    GRADE_BAND,
    EVALUATION_CYCLE,
    EVALUATION,
    EVALUATION_RATING,
    SIGNATURE,
    APPEAL,
    FEEDBACK,
    ONE_ON_ONE,
    PROMISE,
    CULTURAL_VALUE,
    RECOGNITION_AWARD,
    IMPROVEMENT_PLAN,
    PLAN_ACTION,
    WORKBOOK,
    CELL_CONFLICT,
    CUSTOM_FIELD,
    SAVED_VIEW,
)
