"""Tables of every kind of record: what is true, and how each column of it is written."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from models.describe.field import Field
from models.describe.schema import Schema
from tests.sheets.messy import days, forms, headings, values
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
    "opportunity": ("customer", "amount"),
    "order": ("customer", "ordered_on"),
    "order_line": ("order.customer.name", "quantity", "unit_price"),
    "activity": ("at", "customer"),
    "salesperson": (),
    "receipt": ("customer", "amount"),
}
# Links that a record of the book must not be told apart without, or that stand in every row.
FILLED = {"at", "ordered_on", "order.ordered_on", "order.customer.name", "product.category"}


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


_PLANTS = {
    "money": forms.wrong_amount,
    "number": forms.wrong_amount,
    "integer": forms.wrong_amount,
    "percent": forms.wrong_percent,
    "date": days.wrong_day,
    "instant": days.wrong_day,
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
        return (days.days if one.kind == "date" else days.moments)(rnd, medium, values)
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
    names: values.Names,
    customers: list[str],
) -> Table:
    """A table of this kind of record; ``customers`` are those that it may name, or none yet."""
    count = rnd.choice([rnd.randint(4, 9), rnd.randint(10, 60)])
    pool = values.Pool(
        customers or [names.company() for _ in range(5)], [names.person() for _ in range(4)], [], []
    )
    if entity == "order_line":
        pool.products = [f"{rnd.choice(['冰箱', '洗衣机', '打印机', 'Desk'])}-{at}{rnd.choice('XYZ')}" for at in range(rnd.randint(2, 4))]  # fmt: skip
        numbers = values.codes("code", count, rnd)
        pool.orders = [(one, values.day(rnd, False), rnd.choice(pool.customers)) for one in numbers]
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
    names: values.Names,
    pool: values.Pool,
) -> Column:
    entity = made.entity
    _, one = SCHEMA.path(SCHEMA.entity(entity), path)
    true = values.true_values(entity, path, one, made.count, rnd, names, pool)
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
    blanks = [rnd.random() < share for _ in true]
    filled = [value for value, empty in zip(true, blanks, strict=True) if not empty]
    write = _write(path, one, filled, factor, rnd, medium)
    free = one.default is not None or path == "status"
    cells = [
        Cell(forms.blank(rnd, one.kind).raw, free=free) if empty else write(value)
        for value, empty in zip(true, blanks, strict=True)
    ]
    target = one.target if one.kind == "link" else _names_of(path)
    if target:
        made.made.setdefault(target, set()).update(str(value) for value in true)
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
    for column in made.columns:
        if column.field is not None and column.field.kind in ("date", "instant"):
            column.cells = days.opened(column.cells)


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
                "day": values.day(rnd, False),
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
