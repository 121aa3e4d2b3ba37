"""How the sample's people write about goals, tasks and meetings, in both languages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PlanWords:
    """Words of one language.

    Templates name what is filled in: ``who``, ``what`` (a measure), ``when`` (a period), ``customer``.
    ``tasks`` are (title, kind, hours, done means), ``repeated`` (title, rule, hours, done means); ``results`` are (title, evidence).
    """

    company: str
    goal: str
    quality: str
    results: tuple[tuple[str, str | None], ...]
    checkpoint: str
    countered: str
    tasks: tuple[tuple[str, str, int, str], ...]
    repeated: tuple[tuple[str, str, int, str], ...]
    questioned: tuple[str, str]
    blocked: str
    meeting: str
    minutes: str
    decisions: tuple[tuple[str, str], ...]
    promise: str
    outing: str


ZH = PlanWords(
    company="公司",
    goal="{who} {when} {what}",
    quality="{when} 建立老客户回访机制",
    results=(
        ("A、B 级客户名单核对完毕，每户有负责人", "客户清单已逐户核对"),
        ("每周回访 10 户，结果当日登记", None),
        ("回访提出的问题 5 个工作日内答复", None),
    ),
    checkpoint="月末检查",
    countered="大客户招标推迟到下季度，建议目标下调 8%。",
    tasks=(
        ("准备{customer}报价单", "quote", 3, "报价单经主管审核并发给客户"),
        ("拜访{customer}，确认需求", "visit", 4, "拜访记录已登记，有下一步"),
        ("催收{customer}逾期款", "collection", 2, "款项到账或有书面付款日期"),
        ("跟进{customer}合同会签", "follow_up", 1, "合同双方签字"),
        ("整理{customer}交付资料", "delivery", 3, "资料交付并有签收"),
        ("更新周报中的商机金额", "internal", 1, "所有在谈商机的预计日期不早于今天"),
    ),
    repeated=(
        ("提交团队周报", "every week on Mon", 1, "周报已发给全体成员"),
        ("核对应收账款", "every month on the last working day", 3, "差异逐笔有说明"),
    ),
    questioned=("按新价格重做{customer}报价", "新价格从哪天起执行？含不含运费？"),
    blocked="等技术部确认参数，已等 3 天；需要主管协调",
    meeting="{when} 目标评审会",
    minutes="逐人看了进度、到期商机和受阻任务。",
    decisions=(
        ("逾期 60 天以上的款项由主管陪同上门", "本月回款率提高"),
        ("A 级客户每月至少拜访一次", "A 级客户流失为零"),
        ("报价超过 10 万元先看毛利", "折扣率不再上升"),
    ),
    promise="按目前在谈的商机估计",
    outing="公司团建",
)
EN = PlanWords(
    company="Company",
    goal="{who} {what} {when}",
    quality="Regular visits to existing customers in place, {when}",
    results=(
        (
            "List of A and B customers checked, each with an owner",
            "List checked customer by customer",
        ),
        ("Ten customers called a week, results noted the same day", None),
        ("Questions raised are answered within 5 working days", None),
    ),
    checkpoint="Look at the end of the month",
    countered="The large tender was moved to next quarter; I propose 8 % less.",
    tasks=(
        ("Prepare the quote for {customer}", "quote", 3, "Quote checked by the lead and sent"),
        (
            "Visit {customer} and confirm what is needed",
            "visit",
            4,
            "Visit noted, with a next step",
        ),
        (
            "Collect the overdue payment of {customer}",
            "collection",
            2,
            "Paid, or a date in writing",
        ),
        ("Follow the contract with {customer}", "follow_up", 1, "Signed by both sides"),
        ("Papers for the delivery to {customer}", "delivery", 3, "Handed over against signature"),
        (
            "Bring the amounts of open deals up to date",
            "internal",
            1,
            "No expected day lies in the past",
        ),
    ),
    repeated=(
        ("Send the team's weekly report", "every week on Mon", 1, "Everybody has it"),
        (
            "Check the receivables",
            "every month on the last working day",
            3,
            "Every difference is explained",
        ),
    ),
    questioned=(
        "Quote {customer} again at the new prices",
        "From which day do the new prices hold? With freight?",
    ),
    blocked="Waiting 3 days for engineering to confirm the figures; needs the lead",
    meeting="Goal review {when}",
    minutes="Went through everybody's pace, the deals due and the blocked tasks.",
    decisions=(
        ("The lead comes along where a payment is 60 days late", "Receipt rate rises this month"),
        ("Every A customer is visited once a month", "No A customer is lost"),
        ("Quotes above 100,000 are looked at for profit first", "Discounts stop growing"),
    ),
    promise="Judged by the deals that are open now",
    outing="Company outing",
)
