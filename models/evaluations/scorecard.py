"""What somebody is judged by: scorecards with their items, scoring curves and grades.

A scorecard is a version: what counts for a period stands still once it is frozen, and a new version
begins on a day of its own. How a value becomes points is ``curves.py``.
"""

from __future__ import annotations

from decimal import Decimal

from models.describe.field import Choice, Entity
from models.describe.fields import (
    choice,
    date,
    flag,
    instant,
    integer,
    link,
    long_text,
    number,
    percent,
    text,
)
from models.goals.goal import MEASURES
from models.texts import N_

DRAFT, ACTIVE, RETIRED = "draft", "active", "retired"
SCORECARD_STATUSES = (
    Choice(DRAFT, N_("Draft"), ("草稿",)),
    Choice(ACTIVE, N_("Effective"), ("生效", "启用", "active")),
    Choice(RETIRED, N_("Retired"), ("停用",)),
)
ITEM_KINDS = (
    Choice("metric", N_("Measure"), ("指标", "定量")),
    Choice("rating", N_("Rating"), ("评分", "定性")),
    Choice("behaviour", N_("Behaviour"), ("行为", "价值观")),
)
CURVES = (
    Choice("linear", N_("Linear"), ("线性",)),
    Choice("steps", N_("Steps"), ("阶梯",)),
    Choice("threshold", N_("Threshold"), ("门槛",)),
)
REFERENCES = (
    Choice("fixed", N_("A fixed value"), ("固定值",)),
    Choice("goal", N_("The person's goal"), ("个人目标",)),
    Choice("team_median", N_("The team's median"), ("团队中位数",)),
)
_MOST = Decimal(1000)

SCORECARD_TEMPLATE = Entity(
    "scorecard_template",
    "SD",
    N_("Scorecard"),
    N_("Scorecards"),
    (
        text(
            "name",
            N_("Scorecard"),
            "考核表|考核表名称|scorecard",
            required=True,
            searched=True,
            help=N_("What it is called; its versions share the name."),
        ),
        integer(
            "version",
            N_("Version"),
            "考核表版本",
            required=True,
            default=1,
            minimum=Decimal(1),
            help=N_("Counted from 1; a new one begins on a day of its own."),
        ),
        text(
            "position",
            N_("For position"),
            "适用岗位|考核岗位",
            help=N_("The job title that it is for; empty is everybody without one of their own."),
        ),
        date(
            "effective_from",
            N_("In force from"),
            "考核表生效日期",
            help=N_("The first day of the periods that it counts for."),
        ),
        choice(
            "status",
            N_("Status"),
            SCORECARD_STATUSES,
            "考核表状态",
            required=True,
            default=DRAFT,
            help=N_("Whether evaluations are made with it."),
        ),
        instant(
            "frozen_at",
            N_("Frozen at"),
            help=N_("From when on nothing of it changes; later changes make a new version."),
        ),
        percent(
            "least_weight",
            N_("Least weight"),
            "最低有效权重",
            default=Decimal("0.5"),
            help=N_(
                "Missing items share their weight out over the others; with less than this left, no total is given."
            ),
        ),
        long_text(
            "notes",
            N_("Notes"),
            "备注|说明|remark|remarks",
            help=N_("Whatever else is worth knowing."),
        ),
    ),
    title=("name",),
    keys=(("name", "version"),),
    headers=("考核表", "绩效考核表", "scorecards"),
)

SCORECARD_ITEM = Entity(
    "scorecard_item",
    "SI",
    N_("Scorecard item"),
    N_("Scorecard items"),
    (
        link(
            "scorecard",
            N_("Scorecard"),
            "scorecard_template",
            "所属考核表",
            required=True,
            help=N_("The scorecard that it is part of."),
        ),
        integer(
            "place",
            N_("Place"),
            "考核项序号",
            default=1,
            minimum=Decimal(1),
            help=N_("Where it stands among the items."),
        ),
        text(
            "name",
            N_("Item"),
            "考核项|考核项目|考核内容",
            required=True,
            searched=True,
            help=N_("What is judged."),
        ),
        choice(
            "kind",
            N_("Kind"),
            ITEM_KINDS,
            "考核项类型",
            required=True,
            default="metric",
            help=N_("Computed from a measure, or judged by people on levels."),
        ),
        choice(
            "measure",
            N_("Measure"),
            MEASURES,
            "考核指标|指标|kpi|metric|measure",
            help=N_("What a computed item is measured by."),
        ),
        percent(
            "weight",
            N_("Weight"),
            "考核权重|权重|weight",
            required=True,
            help=N_("How much it counts; all items of a scorecard come to 100 %."),
        ),
        choice(
            "reference",
            N_("Measured against"),
            REFERENCES,
            "参照|对比基准",
            default="goal",
            help=N_("What gives full points: a fixed value, the goal, or the team's median."),
        ),
        number(
            "reference_value",
            N_("Full points at"),
            "满分值",
            help=N_("The fixed value that gives full points."),
        ),
        choice(
            "curve",
            N_("Scoring curve"),
            CURVES,
            "计分方式|评分曲线",
            default="linear",
            help=N_("How the share of the reference that was reached becomes points."),
        ),
        text(
            "points",
            N_("Points of the curve"),
            "曲线点|计分点",
            help=N_(
                "Shares and their points, such as 60%: 0, 100%: 100, 120%: 120; empty is in proportion."
            ),
        ),
        number(
            "cap",
            N_("Most points"),
            "封顶分",
            default=Decimal(120),
            minimum=Decimal(0),
            maximum=_MOST,
            help=N_("More than this is never given; 100 is full points."),
        ),
        long_text(
            "anchors",
            N_("Levels in words"),
            "评分标准|等级描述",
            help=N_("What each level from 1 to 5 means, a line each, such as 3: does it reliably."),
        ),
        flag(
            "must_cite",
            N_("Must cite"),
            "须引用记录",
            default=True,
            help=N_("Whether who judges must name records or feedback that show it."),
        ),
    ),
    title=("name",),
    keys=(("scorecard", "name"),),
    part_of="scorecard",
    headers=("考核项目", "考核指标", "scorecard items"),
)

GRADE_BAND = Entity(
    "grade_band",
    "GB",
    N_("Grade"),
    N_("Grades"),
    (
        link(
            "scorecard",
            N_("Scorecard"),
            "scorecard_template",
            "等级所属考核表",
            required=True,
            help=N_("The scorecard whose totals it grades."),
        ),
        text(
            "name",
            N_("Grade"),
            "考核等级|等级",
            required=True,
            help=N_("What it is called, such as A or Excellent."),
        ),
        number(
            "from_points",
            N_("From points"),
            "等级起始分",
            required=True,
            minimum=Decimal(0),
            maximum=_MOST,
            help=N_("The least total that has it; a total just at the border has it."),
        ),
        percent(
            "share",
            N_("Intended share"),
            "等级比例",
            help=N_(
                "Which part of the people it is meant for, if a distribution is wanted; it is compared, never forced."
            ),
        ),
        percent(
            "coefficient",
            N_("Coefficient"),
            "绩效系数|系数",
            maximum=Decimal(10),
            help=N_("What bonuses are multiplied by."),
        ),
    ),
    title=("name",),
    keys=(("scorecard", "name"),),
    part_of="scorecard",
    headers=("考核等级", "grades"),
)
