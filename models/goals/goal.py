"""Goals: what is to be reached by when, by whom, measured by what."""

from __future__ import annotations

from models.describe.field import Choice, Entity
from models.describe.fields import (
    choice,
    date,
    link,
    long_text,
    number,
    percent,
    period,
    text,
)
from models.measures.catalogue import DEFINITIONS
from models.texts import N_

LEVELS = (
    Choice("company", N_("Company"), ("公司", "全公司")),
    Choice("team", N_("Team"), ("团队", "部门", "小组")),
    Choice("person", N_("Individual"), ("个人", "员工", "person")),
)
STATUSES = (
    Choice("draft", N_("Draft"), ("草稿",)),
    Choice("proposed", N_("Proposed"), ("已提出", "提议中")),
    Choice("agreed", N_("Agreed"), ("已商定", "已确认")),
    Choice("active", N_("Under way"), ("执行中", "进行中")),
    Choice("reached", N_("Reached"), ("已达成", "完成")),
    Choice("missed", N_("Missed"), ("未达成", "未完成")),
    Choice("cancelled", N_("Cancelled"), ("已取消",)),
    Choice("superseded", N_("Superseded"), ("已被取代",)),
)
MEASURES = tuple(Choice(one.code, one.label) for one in DEFINITIONS)
DIRECTIONS = (
    Choice("up", N_("Higher is better"), ("越高越好",)),
    Choice("down", N_("Lower is better"), ("越低越好",)),
)
SPLITS = (
    Choice("working_days", N_("By working days"), ("工作日",)),
    Choice("history", N_("By history"), ("历史",)),
    Choice("season", N_("By season"), ("季节",)),
    Choice("hand", N_("By hand"), ("手工",)),
)

# The headings of its form.
WHAT = N_("What")
LEVEL = N_("How much")
COURSE = N_("Course")

GOAL = Entity(
    "goal",
    "GL",
    N_("Goal"),
    N_("Goals"),
    (
        text(
            "title",
            N_("Goal"),
            "目标|目标名称|目标内容|goal|goal title|objective",
            required=True,
            searched=True,
            help=N_("What is to be reached, in a sentence; left empty it is made from the rest."),
            group=WHAT,
        ),
        choice(
            "level",
            N_("Level"),
            LEVELS,
            "层级|目标层级|目标级别|goal level",
            required=True,
            default="person",
            help=N_("Whose records count: everybody's, a team's, or one person's."),
            group=WHAT,
        ),
        link(
            "person",
            N_("Person"),
            "salesperson",
            "责任人|目标责任人|业务员|姓名|salesperson|goal owner",
            help=N_("Who is to reach it; on the level of teams, this person and everyone below."),
            group=WHAT,
        ),
        link(
            "team",
            N_("Team"),
            "team",
            "目标团队|责任团队|团队",
            help=N_("The team that is to reach it, with the teams below it."),
            group=WHAT,
        ),
        link(
            "parent",
            N_("Part of goal"),
            "goal",
            "上级目标|所属目标|parent goal",
            help=N_("The larger goal that this one is a share of."),
            group=WHAT,
        ),
        choice(
            "measure",
            N_("Measure"),
            MEASURES,
            "指标|考核指标|目标指标|kpi|metric|measure",
            help=N_("What it is measured by; a goal without one is judged by its key results."),
            group=WHAT,
        ),
        period(
            "period",
            N_("Period"),
            "周期|目标周期|考核周期|期间|月份|年月|目标月份|考核月份|goal period|month|target month",
            help=N_("By when: a year, quarter, month, week, or the days from one to another."),
            group=WHAT,
        ),
        date(
            "starts_on",
            N_("Starts on"),
            help=N_("The first day that counts; it follows from the period."),
            group=WHAT,
        ),
        date(
            "ends_on",
            N_("Ends on"),
            help=N_("The last day that counts; it follows from the period."),
            group=WHAT,
        ),
        number(
            "target",
            N_("Target"),
            "目标值|目标额|目标金额|任务额|任务金额|指标值|销售目标|target|quota|goal amount|sales target|budget",
            help=N_("What is to be reached; a share such as 55% for rates. Empty is no target."),
            group=LEVEL,
        ),
        number(
            "floor",
            N_("Floor"),
            "底线|底线值|保底|保底目标|floor|minimum target",
            help=N_("What must be reached in any case."),
            group=LEVEL,
        ),
        number(
            "stretch",
            N_("Stretch"),
            "冲刺|冲刺值|冲刺目标|挑战值|stretch|stretch target",
            help=N_("What would be outstanding."),
            group=LEVEL,
        ),
        number(
            "baseline",
            N_("Baseline"),
            "基线|基准|基准值|上期值|baseline",
            help=N_("Where it started, such as the same period of last year."),
            group=LEVEL,
        ),
        choice(
            "direction",
            N_("Better when"),
            DIRECTIONS,
            "方向|direction",
            help=N_("Whether more or less is better; if empty, as the measure says."),
            group=LEVEL,
        ),
        percent(
            "weight",
            N_("Weight"),
            "权重|目标权重|weight",
            help=N_("How much it counts among the goals of its person."),
            group=LEVEL,
        ),
        choice(
            "status",
            N_("Status"),
            STATUSES,
            "目标状态|goal status",
            required=True,
            default="draft",
            help=N_("How far it is agreed, and how it ended."),
            group=COURSE,
        ),
        choice(
            "cascade_rule",
            N_("Split"),
            SPLITS,
            "分解方式|cascade rule",
            help=N_("By what it is split over people and months."),
            group=COURSE,
        ),
        long_text(
            "override_reason",
            N_("Kept although"),
            "坚持理由|override reason",
            help=N_("Why the goal stands in spite of what the check says."),
            group=COURSE,
        ),
        long_text(
            "notes",
            N_("Notes"),
            "备注|说明|remark|remarks",
            help=N_("Whatever else is worth knowing."),
        ),
    ),
    title=("title",),
    keys=(
        ("level", "person", "team", "measure", "period"),
        ("level", "person", "team", "period", "title"),  # of those without a measure
    ),
    blank_keys=("person", "team"),
    headers=("目标", "目标分解", "goals", "targets"),
)

RESULT_STATUSES = (
    Choice("open", N_("Open"), ("进行中",)),
    Choice("done", N_("Done"), ("完成", "已完成")),
    Choice("dropped", N_("Dropped"), ("放弃",)),
)

KEY_RESULT = Entity(
    "key_result",
    "KR",
    N_("Key result"),
    N_("Key results"),
    (
        link(
            "goal",
            N_("Goal"),
            "goal",
            "目标|所属目标",
            required=True,
            help=N_("The goal that it shows to be reached."),
        ),
        text(
            "title",
            N_("Key result"),
            "关键成果|关键结果|key result|kr",
            required=True,
            searched=True,
            help=N_("What will be there when the goal is reached, so that anybody can see it."),
        ),
        percent(
            "weight",
            N_("Weight"),
            "权重",
            help=N_("How much of the goal it is; if empty, as much as the others."),
        ),
        date("due", N_("Due"), "截止日期|due date", help=N_("By when.")),
        percent(
            "progress",
            N_("Progress"),
            "进度|完成度",
            help=N_("How much of it is there."),
        ),
        long_text(
            "evidence",
            N_("Evidence"),
            "证据|佐证|evidence",
            help=N_("What shows it: a record, a document, whom to ask."),
        ),
        choice(
            "status",
            N_("Status"),
            RESULT_STATUSES,
            "状态",
            default="open",
            help=N_("Whether it is there."),
        ),
    ),
    title=("title",),
    keys=(("goal", "title"),),
    part_of="goal",
    headers=("关键成果", "key results"),
)

GOAL_CHECKPOINT = Entity(
    "goal_checkpoint",
    "GC",
    N_("Checkpoint"),
    N_("Checkpoints"),
    (
        link(
            "goal",
            N_("Goal"),
            "goal",
            "目标|所属目标",
            required=True,
            help=N_("The goal that is looked at."),
        ),
        date(
            "due",
            N_("Checked on"),
            "节点日期|检查日期|checkpoint date",
            required=True,
            help=N_("The day on which it is looked at."),
        ),
        number(
            "expected",
            N_("Expected"),
            "节点目标|应达到",
            help=N_("What should be reached by then."),
        ),
        text("note", N_("Note"), "节点说明|备注", help=N_("What was found or decided.")),
    ),
    title=("due",),
    keys=(("goal", "due"),),
    part_of="goal",
    headers=("目标节点", "checkpoints"),
)

AGREEMENT_STATUSES = (
    Choice("draft", N_("Draft"), ("草稿",)),
    Choice("issued", N_("Issued"), ("已发出",)),
    Choice("accepted", N_("Accepted"), ("已接受",)),
    Choice("countered", N_("Counter-proposal"), ("另提方案", "有异议")),
    Choice("signed", N_("Signed"), ("已签署", "已签字")),
)

GOAL_AGREEMENT = Entity(
    "goal_agreement",
    "GA",
    N_("Goal agreement"),
    N_("Goal agreements"),
    (
        link(
            "person",
            N_("Person"),
            "salesperson",
            "责任人|业务员|姓名",
            required=True,
            help=N_("Whose goals were agreed."),
        ),
        period(
            "period",
            N_("Period"),
            "周期|责任周期",
            required=True,
            help=N_("The period of the goals."),
        ),
        choice(
            "status",
            N_("Status"),
            AGREEMENT_STATUSES,
            "签署状态",
            required=True,
            default="draft",
            help=N_("How far the two sides are."),
        ),
        date("issued_on", N_("Issued on"), "发出日期", help=N_("When it was handed out.")),
        date("signed_on", N_("Signed on"), "签署日期", help=N_("When both had signed.")),
        long_text(
            "comment",
            N_("Answer"),
            "反馈意见|答复",
            help=N_("What the person answered, a counter-proposal in their own words."),
        ),
    ),
    title=("person", "period"),
    keys=(("person", "period"),),
    headers=("目标责任书", "goal agreements"),
)
