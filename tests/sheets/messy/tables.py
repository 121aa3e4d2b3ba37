"""Tables of every kind of record: what is true, and how each column of it is written."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from models.describe.field import Field
from models.describe.schema import Schema
from models.names import company_key
from tests.sheets.messy import forms, headings
from tests.sheets.messy.forms import Cell, Medium

SCHEMA = Schema()
KEYS = {
    "customer": ("name",),
    "contact": ("name",),
    "opportunity": ("code",),
    "order": ("code",),
    "order_line": ("order.code", "product.name"),
    "activity": ("result",),
    "salesperson": ("name",),
    "receipt": ("code",),
}
ALWAYS = {
    "customer": (),
    "contact": ("customer",),
    "opportunity": ("customer",),
    "order": ("customer", "ordered_on"),
    "order_line": ("order.customer.name", "quantity", "unit_price"),
    "activity": ("at", "customer"),
    "salesperson": (),
    "receipt": ("customer", "amount"),
}
# Links that a record of the book must not be told apart without, or that stand in every row.
FILLED = {"at", "ordered_on", "order.ordered_on", "order.customer.name", "product.category"}
_CITIES = ("苏州", "上海", "北京", "杭州", "广州", "成都", "Suzhou", "Boston")
_BRANDS = "恒信曾记欧阳鼎盛瑞丰嘉禾明德宏图远洋金泰华联百川永固正源天成"
_TRADES = ("机械", "食品", "科技", "电子", "包装", "医疗器械", "物流", "建材")
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰"


@dataclass
class Column:
    """A column as it is written; ``path`` "" for one that no field has; ``accepts`` other right paths."""

    header: str
    path: str
    cells: list[Cell]
    field: Field | None = None
    accepts: frozenset[str] = frozenset()
    sums: bool = False


@dataclass
class Table:
    """Records with their truth, as columns of cells."""

    entity: str
    columns: list[Column]
    count: int
    unit: str = ""  # said above the table for all amounts
    made: dict[str, set[str]] = field(
        default_factory=dict
    )  # names of other records that it mentions


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


def _day(rnd: random.Random, early: bool) -> date:
    made = date(2022, 1, 1) + timedelta(days=rnd.randrange(1200))
    return made.replace(day=rnd.randint(1, 12)) if early else made


def _values(
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
        return _codes(path, count, rnd)
    low, high = (1950, 2023) if path == "founded_year" else (1, 800)
    make: Callable[[int], Any] = {
        "money": lambda at: _amount(path, rnd),
        "integer": lambda at: rnd.randint(low, high),
        "number": lambda at: rnd.randint(low, high),
        "percent": lambda at: Decimal(rnd.randrange(0, 21)) * 5 / 100,
        "date": lambda at: _day(rnd, early),
        "instant": lambda at: datetime.combine(
            _day(rnd, early), time(rnd.randint(0, 23), rnd.randrange(60))
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


def _codes(path: str, count: int, rnd: random.Random) -> list[str]:
    if path == "tax_code":
        return [f"9133{rnd.randrange(10**13, 10**14)}X" for _ in range(count)]
    form = rnd.choice(["KH{:04}", "{:05}", "SO-2024-{:03}", "{:06}", "A{}", "1{:04}"])
    start = rnd.randrange(1, 500)
    return [form.format(start + at) for at in range(count)]


_PLANTS = {
    "money": forms.wrong_amount,
    "number": forms.wrong_amount,
    "integer": forms.wrong_amount,
    "percent": forms.wrong_percent,
    "date": forms.wrong_day,
    "instant": forms.wrong_day,
    "phone": forms.wrong_phone,
    "email": forms.wrong_email,
    "flag": forms.wrong_flag,
    "choice": forms.wrong_choice,
}


_STYLES = {
    "number": forms.quantity,
    "integer": forms.quantity,
    "percent": forms.percent,
    "phone": forms.phones,
    "email": forms.emails,
    "flag": forms.flags,
    "code": forms.codes,
}


def _write(
    path: str, one: Field, values: list[Any], factor: int, rnd: random.Random, medium: Medium
) -> forms.Write:
    if path == "founded_year":
        return lambda value: Cell(value if medium.typed else str(value), value)
    if path == "tax_code":
        return forms.words(rnd, medium)
    if one.kind == "money":
        return forms.money(rnd, medium, factor)
    if one.kind in ("date", "instant"):
        return (forms.days if one.kind == "date" else forms.moments)(rnd, medium, values)
    if one.kind == "choice":
        return forms.choices(rnd, medium, {each.code: each.known_as() for each in one.choices})
    return _STYLES.get(one.kind, forms.words)(rnd, medium)


def _plant(path: str, one: Field, rnd: random.Random, medium: Medium) -> Cell:
    if path == "tax_code":
        return forms.wrong_long_code(rnd, medium)
    if one.minimum == 0 and one.kind == "integer" and rnd.random() < 0.5:
        return Cell(rnd.choice(["-5", "（3）", "-12"]), wrong=True)
    return _PLANTS[one.kind](rnd)


def table(
    entity: str,
    rnd: random.Random,
    chinese: bool,
    medium: Medium,
    names: Names,
    customers: list[str],
) -> Table:
    """A table of this kind of record; ``customers`` are those that it may name, or none yet."""
    count = rnd.choice([rnd.randint(4, 9), rnd.randint(10, 60)])
    pool = Pool(
        customers or [names.company() for _ in range(5)], [names.person() for _ in range(4)], [], []
    )
    if entity == "order_line":
        pool.products = [f"{rnd.choice(['冰箱', '洗衣机', '打印机', 'Desk'])}-{at}{rnd.choice('XYZ')}" for at in range(rnd.randint(2, 4))]  # fmt: skip
        numbers = _codes("code", count, rnd)
        pool.orders = [(one, _day(rnd, False), rnd.choice(pool.customers)) for one in numbers]
    offered = headings.NAMES[entity]
    must = [*KEYS[entity], *ALWAYS[entity]]
    others = [one for one in offered if one not in must]
    paths = must + rnd.sample(others, min(len(others), rnd.randint(2, 9)))
    if rnd.random() < 0.5:
        rnd.shuffle(paths)
    made = Table(entity, [], count)
    unit = rnd.choice([1, 1, 1, 1, 1000, 10_000])
    if chinese and unit != 1 and rnd.random() < 0.4:
        made.unit = {1000: "千元", 10_000: "万元"}[unit]
    for path in paths:
        made.columns.append(_column(made, path, unit, rnd, chinese, medium, names, pool))
    _apart(made, rnd, chinese)
    _plants(made, rnd, medium)
    for extra in _extras(rnd, chinese, medium, count):
        made.columns.insert(rnd.randint(1, len(made.columns)), extra)
    return made


def _column(
    made: Table,
    path: str,
    unit: int,
    rnd: random.Random,
    chinese: bool,
    medium: Medium,
    names: Names,
    pool: Pool,
) -> Column:
    entity = made.entity
    _, one = SCHEMA.path(SCHEMA.entity(entity), path)
    values = _values(entity, path, one, made.count, rnd, names, pool)
    factor = unit if one.kind == "money" and path not in ("unit_price",) else 1
    header = headings.typed(headings.of(entity, path, chinese, rnd), chinese, rnd)
    if one.kind == "money" and chinese and not made.unit:
        header += rnd.choice(headings.UNITS[factor])
    elif factor != 1 and not made.unit:
        factor = 1
    if made.unit and one.kind == "money":
        factor = unit
    key = path in KEYS[entity]
    share = 0.0 if key or path in FILLED or one.required else rnd.choice([0, 0, 0.1, 0.5])
    if path in ALWAYS[entity]:
        share = min(share, 0.1)
    blanks = [rnd.random() < share for _ in values]
    filled = [value for value, empty in zip(values, blanks, strict=True) if not empty]
    write = _write(path, one, filled, factor, rnd, medium)
    free = one.default is not None or path == "status"
    cells = [
        Cell(forms.blank(rnd, one.kind).raw, free=free) if empty else write(value)
        for value, empty in zip(values, blanks, strict=True)
    ]
    target = one.target if one.kind == "link" else _names_of(path)
    if target:
        made.made.setdefault(target, set()).update(str(value) for value in values)
    return Column(header, path, cells, one, _accepts(path), one.kind in ("money", "number"))


def _names_of(path: str) -> str:
    return {"order.customer.name": "customer", "product.name": "product"}.get(path, "")


def _accepts(path: str) -> frozenset[str]:
    """A column that names a record may fill its name or be the link to it."""
    link, _, last = path.rpartition(".")
    return frozenset({path, link} if link and last in ("name", "code") else {path})


def _apart(made: Table, rnd: random.Random, chinese: bool) -> None:
    """No two columns with one header: a person would not know either."""
    seen: set[str] = set()
    for column in made.columns:
        words = headings.NAMES[made.entity][column.path][0 if chinese else 1].split("|")
        rnd.shuffle(words)
        column.header = next(
            one for one in [column.header, *words] if headings.bare(one) not in seen
        )
        seen.add(headings.bare(column.header))


def _plants(made: Table, rnd: random.Random, medium: Medium) -> None:
    """Put what is really wrong into a few cells of a few rows."""
    able = [
        one
        for one in made.columns
        if one.field is not None
        and (one.field.kind in _PLANTS or one.path == "tax_code")
        and one.path not in KEYS[made.entity]
    ]
    if not able or rnd.random() < 0.25:
        return
    for row in rnd.sample(range(made.count), max(1, made.count // 25)):
        for column in rnd.sample(able, min(len(able), rnd.choice([1, 1, 2]))):
            assert column.field is not None
            column.cells[row] = _plant(column.path, column.field, rnd, medium)


def _extras(rnd: random.Random, chinese: bool, medium: Medium, count: int) -> list[Column]:
    """Columns that no field has, and columns without data."""
    made = []
    for kind in rnd.sample(list(headings.UNKNOWN), rnd.choice([0, 1, 1, 2])):
        header = rnd.choice(headings.UNKNOWN[kind][0 if chinese else 1].split("|"))
        cells = []
        for _ in range(count):
            value: Any = {
                "words": f"{rnd.choice(['无特殊', '按图纸', 'blue'])}{rnd.randrange(30)}",
                "number": Decimal(rnd.randrange(1000)) / 10,
                "day": _day(rnd, False),
            }[kind]
            raw = value if kind == "words" else str(value)
            if kind == "number" and medium.typed:
                raw = float(value)
            cells.append(Cell(raw, value) if rnd.random() < 0.9 else Cell(None))
        made.append(Column(header, "", cells))
    if rnd.random() < 0.4:
        header = rnd.choice(headings.EMPTY[0 if chinese else 1].split("|"))
        made.append(Column(header, "", [Cell(None)] * count))
    return made
