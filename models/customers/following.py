"""What comes next with a customer: planned contacts, and the contracts that bind both sides."""

from __future__ import annotations

from models.describe.field import Choice, Entity
from models.describe.fields import choice, code, date, instant, link, long_text, money, text
from models.sales.activity import KINDS
from models.texts import N_

PLAN_STATUSES = (
    Choice("planned", N_("Planned"), ("计划中", "待跟进")),
    Choice("done", N_("Done"), ("已跟进", "已完成")),
    Choice("missed", N_("Missed"), ("已错过", "未跟进")),
    Choice("moved", N_("Moved"), ("已改期",)),
)

FOLLOW_UP_PLAN = Entity(
    "follow_up_plan",
    "FP",
    N_("Follow-up"),
    N_("Follow-ups"),
    (
        link(
            "customer",
            N_("Customer"),
            "customer",
            "跟进客户|客户名称",
            required=True,
            help=N_("Who is to be contacted."),
        ),
        date(
            "due",
            N_("Due"),
            "计划跟进日期|计划日期|planned date",
            required=True,
            help=N_("By when."),
        ),
        instant(
            "at",
            N_("Time"),
            "预约时间",
            help=N_("The hour that was agreed; a notice appears before it."),
        ),
        choice("kind", N_("Kind"), KINDS, "计划方式", help=N_("How: a visit, a call, a message.")),
        text(
            "purpose",
            N_("Purpose"),
            "跟进目的|计划内容|purpose",
            searched=True,
            help=N_("What it is for."),
        ),
        link(
            "person",
            N_("Salesperson"),
            "salesperson",
            "计划人|跟进人",
            help=N_("Who does it; empty is the customer's owner."),
        ),
        link("contact", N_("Contact"), "contact", "计划联系人", help=N_("Whom to speak to.")),
        link(
            "opportunity",
            N_("Opportunity"),
            "opportunity",
            "计划商机",
            help=N_("The deal it is about."),
        ),
        choice(
            "status",
            N_("Status"),
            PLAN_STATUSES,
            "跟进状态|计划状态",
            required=True,
            default="planned",
            help=N_("What became of it."),
        ),
        date("done_on", N_("Done on"), "实际跟进日期", help=N_("The day on which it was done.")),
        link(
            "activity",
            N_("Activity"),
            "activity",
            help=N_("What was done, as it was written down."),
        ),
        link(
            "moved_from",
            N_("Moved from"),
            "follow_up_plan",
            help=N_("The follow-up that this one stands for."),
        ),
        text("outcome", N_("Why"), "改期原因|未跟进原因", help=N_("Why it was moved or missed.")),
    ),
    title=("purpose", "customer"),
    keys=(("customer", "due", "purpose"),),
    headers=("跟进计划", "回访计划", "follow-up plan"),
)

CONTRACT_STATUSES = (
    Choice("draft", N_("Draft"), ("草稿", "拟定")),
    Choice("signed", N_("Signed"), ("已签", "生效", "执行中")),
    Choice("closed", N_("Closed"), ("已结束", "到期")),
    Choice("void", N_("Void"), ("作废",)),
)

CONTRACT = Entity(
    "contract",
    "CT",
    N_("Contract"),
    N_("Contracts"),
    (
        code(
            "code",
            N_("Contract no."),
            "合同编号|合同号|contract no",
            searched=True,
            help=N_("The number on the paper."),
        ),
        text(
            "name",
            N_("Contract"),
            "合同名称",
            searched=True,
            help=N_("What it is called."),
        ),
        link(
            "customer",
            N_("Customer"),
            "customer",
            "甲方|合同客户",
            required=True,
            help=N_("Who signed it with us."),
        ),
        link(
            "opportunity",
            N_("Opportunity"),
            "opportunity",
            "合同商机",
            help=N_("The deal that it closed."),
        ),
        link("owner", N_("Owner"), "salesperson", "合同负责人", help=N_("Who looks after it.")),
        money("amount", N_("Amount"), "合同金额|合同总额", help=N_("What it is worth in all.")),
        date("signed_on", N_("Signed on"), "签订日期|签约日期", help=N_("The day of signing.")),
        date("starts_on", N_("From"), "合同开始|生效日期", help=N_("The first day it holds.")),
        date("ends_on", N_("To"), "合同到期|合同结束|到期日期", help=N_("The last day it holds.")),
        choice(
            "status",
            N_("Status"),
            CONTRACT_STATUSES,
            "合同状态",
            default="signed",
            help=N_("Whether it holds."),
        ),
        long_text("notes", N_("Notes"), "合同备注", help=N_("Whatever else is worth knowing.")),
    ),
    title=("name", "code"),
    keys=(("code",), ("customer", "name")),
    headers=("合同", "合同台账", "contracts"),
)
