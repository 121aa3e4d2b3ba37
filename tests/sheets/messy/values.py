"""True values of every kind of field, as a small sales team has them."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from models.describe.field import Field
from models.names import company_key

_CITIES = ("苏州", "上海", "北京", "杭州", "广州", "成都", "Suzhou", "Boston")
_BRANDS = "恒信曾记欧阳鼎盛瑞丰嘉禾明德宏图远洋金泰华联百川永固正源天成"
_TRADES = ("机械", "食品", "科技", "电子", "包装", "医疗器械", "物流", "建材")
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰"


class Names:
    """Names that are told apart by more than their width or legal form."""

    def __init__(self, rnd: random.Random, chinese: bool) -> None:
        self._rnd, self._chinese = rnd, chinese
        self._used: set[str] = set()

    def company(self) -> str:
        """A company that was not named before."""
        rnd = self._rnd
        if not self._chinese and rnd.random() < 0.7:
            words = (
                "Acme",
                "Blue Harbor",
                "Condax",
                "Globex",
                "Initrode",
                "Plexzap",
                "Zotware",
                "Kan",
                "Umbra",
                "Lakeside",
                "North Star",
                "Vetro",
                "Quill",
                "Sonron",
            )
            forms_ = ("Ltd", "Inc.", "Trading", "Group", "GmbH", "& Sons")
            return self._once(
                lambda: f"{rnd.choice(words)} {rnd.choice(_TRADE_WORDS)} {rnd.choice(forms_)}"
            )
        return self._once(
            lambda: (
                rnd.choice(_CITIES[:6])
                + "".join(rnd.sample(_BRANDS, 2))
                + rnd.choice(_TRADES)
                + rnd.choice(
                    ["有限公司", "有限责任公司", "股份有限公司", "（集团）有限公司", "厂", ""]
                )
            )
        )

    def person(self) -> str:
        """A person who was not named before."""
        rnd = self._rnd
        return self._once(
            lambda: rnd.choice(_SURNAMES) + "".join(rnd.sample(_GIVEN, rnd.choice([1, 2, 2])))
        )

    def _once(self, make: Any) -> str:
        name = str(make())
        while company_key(name) in self._used:
            name = str(make())
        self._used.add(company_key(name))
        return name


_TRADE_WORDS = ("Foods", "Machines", "Tools", "Logistics", "Medical", "Paper", "Optics", "Motors")


@dataclass
class Pool:
    """What the rows of one table refer to."""

    customers: list[str]
    people: list[str]
    products: list[str]
    orders: list[tuple[str, date, str]]


def day(rnd: random.Random, early: bool) -> date:
    made = date(2022, 1, 1) + timedelta(days=rnd.randrange(1200))
    return made.replace(day=rnd.randint(1, 12)) if early else made


def true_values(
    entity: str, path: str, one: Field, count: int, rnd: random.Random, names: Names, pool: Pool
) -> list[Any]:
    """True values of a column."""
    match (entity, path):
        case ("customer", "name"):
            return [names.company() for _ in range(count)]
        case ("contact" | "salesperson", "name"):
            return [names.person() for _ in range(count)]
        case ("opportunity", "name"):
            return [
                f"{rnd.choice(_CITIES)}{rnd.choice(['改造', '二期', '采购', '年框'])}{at}"
                for at in range(count)
            ]
        case ("activity", "result"):
            return [
                f"第{at + 1}次沟通，{rnd.choice(['价格偏高', '愿意试用', '下月再谈'])}"
                for at in range(count)
            ]
        case (_, "product.name"):
            return [pool.products[at % len(pool.products)] for at in range(count)]
        case (_, "product.category"):
            return [_CATEGORIES[at % len(pool.products) % 3] for at in range(count)]
        case ("order_line", "order.code" | "order.ordered_on" | "order.customer.name"):
            place = ("order.code", "order.ordered_on", "order.customer.name").index(path)
            return [pool.orders[at // len(pool.products)][place] for at in range(count)]
    return _by_kind(path, one, count, rnd, pool)


_CATEGORIES = ("家电", "办公", "配件")
_WORDS = {
    "industry": ("制造业", "食品", "互联网", "建材", "医药"),
    "province": ("江苏", "浙江", "广东省", "上海市"),
    "city": _CITIES,
    "address": ("工业园区星湖街328号", "人民路12号A座", "高新区科技五路8号", "22 Harbor St."),
    "source": ("展会", "老客户介绍", "网络", "电话营销"),
    "title": ("采购经理", "总经理", "工程师", "CEO"),
    "position": ("销售代表", "区域经理", "销售总监"),
    "notes": ("要求月底前发货", "价格敏感", "先款后货；不接受账期", "VIP"),
    "next_step": ("报价", "寄样品", "约技术交流", "无需跟进"),
    "wechat": ("wx_83712", "wxid-lina", "chen1988"),
    "ship_mode": ("快递", "物流专线", "自提"),
}
_LINKED = {
    "stage": ("初步接触", "需求确认", "方案报价", "商务谈判"),
    "team": ("一组", "二组", "大客户部"),
    "region": ("华东", "华南", "华北"),
}


def _by_kind(path: str, one: Field, count: int, rnd: random.Random, pool: Pool) -> list[Any]:
    early = rnd.random() < 0.15
    if one.kind == "code":
        return codes(path, count, rnd)
    low, high = (1950, 2023) if path == "founded_year" else (1, 800)
    make: Callable[[int], Any] = {
        "money": lambda at: _amount(path, rnd),
        "integer": lambda at: rnd.randint(low, high),
        "number": lambda at: rnd.randint(low, high),
        "percent": lambda at: Decimal(rnd.randrange(0, 21)) * 5 / 100,
        "date": lambda at: day(rnd, early),
        "instant": lambda at: datetime.combine(
            day(rnd, early), time(rnd.randint(0, 23), rnd.randrange(60))
        ),
        "phone": lambda at: _phone(rnd),
        "email": lambda at: f"{rnd.choice(['sales', 'wang', 'li.na'])}{at}@example.com",
        "flag": lambda at: rnd.random() < 0.6,
        "choice": lambda at: rnd.choice(one.choices).code,
        "link": lambda at: rnd.choice(_linked(one.target, pool)),
    }.get(one.kind, lambda at: rnd.choice(_WORDS[path.split(".")[-1]]))
    return [make(at) for at in range(count)]


def _linked(target: str, pool: Pool) -> tuple[str, ...] | list[str]:
    if target == "customer":
        return pool.customers
    return pool.people if target == "salesperson" else _LINKED[target]


def _amount(path: str, rnd: random.Random) -> Decimal:
    value = Decimal(rnd.randrange(1, 10 ** rnd.choice([5, 6, 8]))) / 100
    if rnd.random() < 0.4:
        value = Decimal(rnd.randrange(1, 5000)) * 100
    negative = path in ("annual_revenue", "profit", "amount") and rnd.random() < 0.08
    return -value if negative else value


def _phone(rnd: random.Random) -> str:
    if rnd.random() < 0.2:
        return f"{rnd.choice(['0571', '0512', '021', '010'])}-{rnd.randrange(10**7, 10**8 - 1)}"
    return f"1{rnd.choice('3578')}{rnd.randrange(10**8, 10**9)}"


def codes(path: str, count: int, rnd: random.Random) -> list[str]:
    if path == "tax_code":
        return [f"9133{rnd.randrange(10**13, 10**14)}X" for _ in range(count)]
    form = rnd.choice(["KH{:04}", "{:05}", "SO-2024-{:03}", "{:06}", "A{}", "1{:04}"])
    start = rnd.randrange(1, 500)
    return [form.format(start + at) for at in range(count)]
