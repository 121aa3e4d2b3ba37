"""Sheets of follow-ups, rules, contracts and claims as offices keep them are taken for what they are."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from models.sheets import importing
from tests.following.in_touch import InTouch

PLANS = """跟进计划表,,,,,
序号,客户名称,计划跟进日期,计划方式,跟进目的,计划人
1,东方贸易有限公司,2027-03-02,电话,确认报价,李娜
2,华诚机械有限公司,2027/3/5,拜访,送样,王强
"""
RULES = """规则等级,跟进间隔天数,掉入公海天数,提前提醒天数,有在谈商机不回收,合同到期后保留天数,每日领取上限
A,14,,7,是,90,
B,30,120,7,是,60,2
C,45,90,5,否,,3
"""
CONTRACTS = """合同编号,合同名称,客户名称,合同金额,签订日期,生效日期,到期日期,合同状态,合同负责人
HT-001,年度供货,东方贸易有限公司,120000,2026-01-05,2026-01-10,2026-12-31,执行中,李娜
HT-002,设备维保,华诚机械有限公司,36000.50,2025-06-01,2025-06-01,2026-05-31,到期,王强
"""
CLAIMS = """报备客户,报备人,报备日期,登记依据,报备状态
东方贸易有限公司,王强,2026-05-06,展会交换名片,已登记
华诚机械有限公司,王强,2026-05-07,老客户介绍,已登记
"""
MOVES = """公海客户,流转类型,流转业务员,流转日期,流转原因
东方贸易有限公司,自动回收,李娜,2026-03-01,超过90天未联系
东方贸易有限公司,领取,王强,2026-03-05,同城
"""


@pytest.fixture
def office(touch: InTouch) -> InTouch:
    touch.customer("东方贸易有限公司")
    touch.customer("华诚机械有限公司", owner=touch.wang)
    with touch.book.change("none") as change:
        change.remove("pool_rule", touch.book.ids("pool_rule"))
    return touch


def imported(touch: InTouch, tmp_path, name: str, text: str) -> dict[str, int]:
    """What came in, by entity; nothing may have been skipped."""
    file = tmp_path / f"{name}.csv"
    file.write_text(text, encoding="utf-8")
    proposal = importing.prepare(touch.book, [file])
    found = {one.entity: one.rows for one in proposal.reports}
    assert [one.skipped for one in proposal.reports] == [0] * len(proposal.reports)
    assert importing.apply(proposal) is not None
    proposal.close()
    return found


@pytest.mark.parametrize(
    ("name", "text", "entity", "rows"),
    [
        ("跟进计划", PLANS, "follow_up_plan", 2),
        ("公海规则", RULES, "pool_rule", 3),
        ("合同台账", CONTRACTS, "contract", 2),
        ("报备登记", CLAIMS, "ownership_claim", 2),
        ("公海流转", MOVES, "pool_move", 2),
    ],
)
def test_a_sheet_is_taken_for_what_it_is(office: InTouch, tmp_path, name, text, entity, rows):
    customers = office.book.count("customer")
    assert imported(office, tmp_path, name, text) == {entity: rows}
    assert office.book.count(entity) == rows
    assert office.book.count("customer") == customers


def test_plans_keep_their_values_and_set_the_day_of_next_contact(office: InTouch, tmp_path):
    imported(office, tmp_path, "跟进计划", PLANS)
    fields = ["customer.name", "due", "kind", "purpose", "person.name", "status"]
    rows = office.book.rows("follow_up_plan", office.book.ids("follow_up_plan"), fields)
    assert rows[1] == ("华诚机械有限公司", date(2027, 3, 5), "visit", "送样", "王强", "planned")
    due = office.book.rows("customer", office.book.ids("customer"), ["next_contact_due"])
    assert due == [(date(2027, 3, 2),), (date(2027, 3, 5),)]


def test_rules_contracts_and_claims_keep_their_values(office: InTouch, tmp_path):
    book = office.book
    imported(office, tmp_path, "公海规则", RULES)
    fields = [
        "grade",
        "contact_days",
        "pool_days",
        "keep_with_deal",
        "contract_days",
        "daily_picks",
    ]
    assert book.rows("pool_rule", book.ids("pool_rule"), fields) == [
        ("A", 14, None, True, 90, None), ("B", 30, 120, True, 60, 2), ("C", 45, 90, False, None, 3),
    ]  # fmt: skip
    imported(office, tmp_path, "合同台账", CONTRACTS)
    fields = ["code", "customer.name", "amount", "ends_on", "status"]
    assert book.rows("contract", book.ids("contract"), fields) == [
        ("HT-001", "东方贸易有限公司", Decimal(120_000), date(2026, 12, 31), "signed"),
        ("HT-002", "华诚机械有限公司", Decimal("36000.5"), date(2026, 5, 31), "closed"),
    ]
    imported(office, tmp_path, "报备登记", CLAIMS)
    # The first customer is 李娜's, the second the claimant's own.
    assert book.rows("ownership_claim", book.ids("ownership_claim"), ["status"]) == [
        ("disputed",), ("claimed",),
    ]  # fmt: skip


def test_an_ordinary_sheet_of_customers_with_a_next_contact_stays_one(office: InTouch, tmp_path):
    text = "客户名称,负责人,客户等级,下次跟进日期,备注\n新锐科技有限公司,李娜,A,2027-01-05,展会\n"
    assert imported(office, tmp_path, "客户跟进表", text) == {"customer": 1}
    visits = "拜访日期,业务员,客户名称,跟进内容,下一步计划\n2026-05-06,李娜,东方贸易有限公司,谈价格,寄样品\n"
    assert imported(office, tmp_path, "跟进记录", visits) == {"activity": 1}
