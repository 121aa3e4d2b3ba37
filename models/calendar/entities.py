"""What a team says of its days: days worked or free by its own decision, and leave."""

from __future__ import annotations

from models.describe.field import Choice, Entity
from models.describe.fields import choice, date, flag, link, long_text, text
from models.texts import N_

DAY_KINDS = (
    Choice("work", N_("Working day"), ("上班", "工作日")),
    Choice("off", N_("Day off"), ("休息", "放假", "休")),
    Choice("make_up", N_("Make-up day"), ("调休上班", "补班", "调休", "班")),
)

CALENDAR_DAY = Entity(
    "calendar_day",
    "CD",
    N_("Calendar day"),
    N_("Calendar days"),
    (
        date(
            "day",
            N_("Day"),
            "日期|date|日历日期",
            required=True,
            help=N_("The day that differs from the usual."),
        ),
        choice(
            "kind",
            N_("Kind"),
            DAY_KINDS,
            "类型|日期类型|day type",
            required=True,
            default="off",
            help=N_("Whether it is worked; this comes before every public notice."),
        ),
        text(
            "name",
            N_("Occasion"),
            "节日|名称|假日名称|holiday",
            help=N_("What the day is called."),
        ),
    ),
    title=("day",),
    keys=(("day",),),
    headers=("工作日历", "节假日", "调休", "calendar", "holidays"),
)

LEAVE_KINDS = (
    Choice("annual", N_("Annual leave"), ("年假", "休假")),
    Choice("sick", N_("Sick leave"), ("病假",)),
    Choice("personal", N_("Personal leave"), ("事假",)),
    Choice("marriage", N_("Marriage leave"), ("婚假",)),
    Choice("maternity", N_("Maternity leave"), ("产假", "陪产假")),
    Choice("other", N_("Other"), ("其他", "调休假")),
)
LEAVE_STATUSES = (
    Choice("requested", N_("Requested"), ("申请中", "待审批")),
    Choice("approved", N_("Approved"), ("已批准", "通过")),
    Choice("rejected", N_("Rejected"), ("已拒绝", "驳回")),
    Choice("taken", N_("Taken"), ("已休",)),
    Choice("cancelled", N_("Cancelled"), ("已取消", "撤销")),
)

LEAVE = Entity(
    "leave",
    "LV",
    N_("Leave"),
    N_("Leave"),
    (
        link(
            "person",
            N_("Salesperson"),
            "salesperson",
            "请假人|业务员|姓名|员工|employee",
            required=True,
            help=N_("Who is away."),
        ),
        choice(
            "kind",
            N_("Kind"),
            LEAVE_KINDS,
            "请假类型|假别|假期类型|leave type",
            default="annual",
            help=N_("Why."),
        ),
        date(
            "starts_on",
            N_("From"),
            "开始日期|请假开始|起始日期|请假日期|leave from|start date",
            required=True,
            help=N_("The first day away."),
        ),
        flag(
            "starts_at_noon",
            N_("From noon"),
            "下午开始|starts at noon",
            help=N_("Whether the morning of the first day is still worked."),
        ),
        date(
            "ends_on",
            N_("To"),
            "结束日期|请假结束|截止日期|leave to|end date",
            required=True,
            help=N_("The last day away."),
        ),
        flag(
            "ends_at_noon",
            N_("To noon"),
            "上午结束|ends at noon",
            help=N_("Whether the afternoon of the last day is worked again."),
        ),
        choice(
            "status",
            N_("Status"),
            LEAVE_STATUSES,
            "审批状态|请假状态|leave status",
            default="approved",
            help=N_("Only approved and taken leave counts."),
        ),
        link(
            "cover",
            N_("Covered by"),
            "salesperson",
            "代办人|代班人|工作交接人",
            help=N_("Who does the work meanwhile; afterwards everything is as before."),
        ),
        long_text(
            "notes",
            N_("Notes"),
            "备注|请假原因|事由|reason",
            help=N_("Whatever else is worth knowing."),
        ),
    ),
    title=("person", "starts_on"),
    whole_title=True,
    keys=(("person", "starts_on"),),
    discriminators=("starts_at_noon", "ends_on"),
    headers=("请假", "请假记录", "休假", "leave"),
)
