"""The customer pool (公海): its rules, what went in and out, and who claims a customer."""

from __future__ import annotations

from datetime import date as day
from decimal import Decimal

from models.customers.customer import GRADES
from models.describe.field import Choice, Entity
from models.describe.fields import choice, date, flag, integer, link, long_text, text
from models.texts import N_

POOL_RULE = Entity(
    "pool_rule",
    "PR",
    N_("Rule of a grade"),
    N_("Rules of grades"),
    (
        choice(
            "grade",
            N_("Grade"),
            GRADES,
            "规则等级",
            help=N_("The customers that it is for; empty is those that no other rule is for."),
        ),
        integer(
            "contact_days",
            N_("In touch every (days)"),
            "跟进间隔天数|最长未联系天数",
            minimum=Decimal(1),
            help=N_("After how many days without contact a customer counts as neglected."),
        ),
        integer(
            "pool_days",
            N_("To the pool after (days)"),
            "掉入公海天数|回收天数",
            minimum=Decimal(1),
            help=N_(
                "After how many days without contact a customer goes to the pool; empty is never."
            ),
        ),
        integer(
            "warn_days",
            N_("Warn before (days)"),
            "提前提醒天数",
            minimum=Decimal(0),
            default=7,
            help=N_("How many days before that it is said."),
        ),
        flag(
            "keep_with_deal",
            N_("Keep with an open deal"),
            "有在谈商机不回收",
            default=True,
            help=N_("Whether customers with an open deal stay with their owner."),
        ),
        integer(
            "contract_days",
            N_("Keep after a contract (days)"),
            "合同到期后保留天数",
            minimum=Decimal(0),
            help=N_(
                "How long after the end of their last contract customers stay with their owner; empty is no such reason to stay."
            ),
        ),
        integer(
            "daily_picks",
            N_("Picks a day"),
            "每日领取上限",
            minimum=Decimal(0),
            help=N_(
                "How many customers of the pool one person may take a day; empty is any number."
            ),
        ),
    ),
    title=("grade",),
    keys=(("grade",),),
    blank_keys=("grade",),
    headers=("公海规则", "跟进规则", "pool rules"),
)

MOVES = (
    Choice("recycled", N_("To the pool by rule"), ("自动回收", "掉入公海")),
    Choice("released", N_("To the pool by hand"), ("释放", "退回公海")),
    Choice("picked", N_("Picked from the pool"), ("领取", "捡回")),
    Choice("assigned", N_("Assigned from the pool"), ("分配",)),
)

POOL_MOVE = Entity(
    "pool_move",
    "PM",
    N_("Pool move"),
    N_("Pool moves"),
    (
        link(
            "customer",
            N_("Customer"),
            "customer",
            "公海客户",
            required=True,
            help=N_("Who went in or out."),
        ),
        choice("kind", N_("Kind"), MOVES, "流转类型", required=True, help=N_("Which way.")),
        link(
            "person",
            N_("Salesperson"),
            "salesperson",
            "流转业务员",
            help=N_("Who had the customer, or has it now."),
        ),
        date(
            "moved_on",
            N_("Moved on"),
            "流转日期",
            required=True,
            default_from=day.today,
            help=N_("The day."),
        ),
        text(
            "reason", N_("Why"), "流转原因", help=N_("The rule and the days, or the reason given.")
        ),
    ),
    title=("customer", "moved_on"),
    keys=(("customer", "kind", "moved_on"),),
    headers=("公海流转", "pool moves"),
)

CLAIM_STATUSES = (
    Choice("claimed", N_("Claimed"), ("已登记",)),
    Choice("confirmed", N_("Confirmed"), ("已确认",)),
    Choice("disputed", N_("Disputed"), ("有争议", "撞单")),
    Choice("ruled", N_("Ruled"), ("已裁定",)),
)

OWNERSHIP_CLAIM = Entity(
    "ownership_claim",
    "OC",
    N_("Ownership claim"),
    N_("Ownership claims"),
    (
        link(
            "customer",
            N_("Customer"),
            "customer",
            "登记客户|报备客户",
            required=True,
            help=N_("The customer that is claimed."),
        ),
        link(
            "claimant",
            N_("Claimed by"),
            "salesperson",
            "登记人|报备人",
            required=True,
            help=N_("Who says that the customer is theirs."),
        ),
        date(
            "claimed_on",
            N_("Claimed on"),
            "登记日期|报备日期",
            required=True,
            default_from=day.today,
            help=N_("The day on which it was registered."),
        ),
        long_text(
            "evidence",
            N_("Evidence"),
            "证据|登记依据",
            help=N_("What supports it: first visit, messages, quotes."),
        ),
        choice(
            "status",
            N_("Status"),
            CLAIM_STATUSES,
            "登记状态|报备状态",
            required=True,
            default="claimed",
            help=N_("How far it is."),
        ),
        link(
            "ruled_for",
            N_("Ruled for"),
            "salesperson",
            "裁定归属",
            help=N_("Whose the customer is by the ruling."),
        ),
        long_text("ruling", N_("Ruling"), "裁定|裁定理由", help=N_("The decision and why.")),
        date("ruled_on", N_("Ruled on"), "裁定日期", help=N_("The day of the ruling.")),
    ),
    title=("customer", "claimant"),
    keys=(("customer", "claimant"),),
    headers=("归属登记", "报备登记", "撞单登记", "ownership claims"),
)
