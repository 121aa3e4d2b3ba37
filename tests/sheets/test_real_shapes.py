"""Sheets in the shapes that real ones have, oddities included, written by code at a small size."""

from __future__ import annotations

import csv
import itertools
import random
import time
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from models import checking, relative
from models.book import Book
from models.measures import engine
from models.sheets import importing
from models.sheets.report import Options
from tests.sheets.bringing import bring


def text(path: Path, *rows: list[Any]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def workbook(path: Path, sheets: dict[str, list[list[Any]]]) -> Path:
    with xlsxwriter.Workbook(str(path)) as made:
        for name, rows in sheets.items():
            page = made.add_worksheet(name)
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
    return path


@pytest.fixture
def book(tmp_path):
    with Book.create(tmp_path / "team.daybook") as made:
        yield made


def everything(book: Book) -> dict[str, list[Any]]:
    return {one.id: [book.record(one.id, id) for id in book.ids(one.id)] for one in book.schema}


def by(book: Book, code: str, by: str, period: str = "") -> dict[str, Decimal]:
    rows = engine.measure(book, code, by=by, period=relative.parse(period, book.calendar)).rows
    return {one.label: one.value for one in rows if one.value is not None}


def unchanged(book: Book, *files: Path, **options: Any) -> None:
    before = everything(book)
    number, reports = bring(book, *files, **options)
    assert number is None
    for one in reports:
        assert (one.added, one.updated) == (0, 0)
        assert all(set(counts) <= {"unchanged"} for counts in one.also.values())
    assert everything(book) == before


# -- four files of a team: people, products, accounts, deals ---------------------------------------

AGENTS = [("Anna Snelling", "Dustin Brinkmann", "Central"), ("Cecily Lampkin", "Dustin Brinkmann",
          "Central"), ("Hayden Neloms", "Celia Rouche", "West"), ("Mei-Mei Johns", "Celia Rouche",
          "West")]  # fmt: skip
GOODS = [("GTX Basic", "GTX", 550), ("GTX Pro", "GTX", 4821), ("MG Special", "MG", 55)]
ACCOUNTS = [
    ("Acme Corporation", "technolgy", 1996, "1100.04", 2822, "United States", ""),
    ("Betasoloin", "medical", 1999, "251.41", 495, "United States", ""),
    ("Bluth Company", "technolgy", 1993, "1242.32", 3027, "Poland", "Acme Corporation"),
]


def deals(count: int) -> list[dict[str, Any]]:
    dice = random.Random(7)
    made = []
    for at in range(count):
        stage = dice.choices(["Won", "Lost", "Engaging", "Prospecting"], [5, 3, 2, 1])[0]
        month, day = dice.randint(1, 12), dice.randint(1, 28)
        closed = stage in ("Won", "Lost")
        made.append(
            {
                "opportunity_id": f"{at:04}XYZ{at % 10}",
                "sales_agent": dice.choice(AGENTS[:3])[0],  # the last one has no deal
                "product": dice.choice(["GTX Basic", "GTXPro", "MG Special"]),
                "account": dice.choice(ACCOUNTS)[0] if closed or dice.random() < 0.3 else "",
                "deal_stage": stage,
                "engage_date": "" if stage == "Prospecting" else f"{month}/{day}/2016",
                "close_date": f"{month}/{day}/2017" if closed else "",
                "close_value": str(dice.randint(38, 5_900)) if stage == "Won" else
                "0" if closed else "",
            }
        )  # fmt: skip
    return made


@pytest.fixture
def crm(tmp_path):
    rows = deals(100)
    return [
        text(tmp_path / "accounts.csv",
             ["account", "sector", "year_established", "revenue", "employees", "office_location",
              "subsidiary_of"], *map(list, ACCOUNTS)),
        text(tmp_path / "products.csv", ["product", "series", "sales_price"], *map(list, GOODS)),
        text(tmp_path / "sales_pipeline.csv", list(rows[0]), *(list(one.values()) for one in rows)),
        text(tmp_path / "sales_teams.csv", ["sales_agent", "manager", "regional_office"],
             *map(list, AGENTS)),
    ]  # fmt: skip


MEANT = {("product", "GTXPro"): "GTX Pro"}


@pytest.mark.parametrize("order", list(itertools.permutations(range(4)))[::8])
def test_four_files_of_a_team_give_its_figures_in_whatever_order_they_come(book, crm, order):
    files = [crm[at] for at in order]
    _, reports = bring(book, *files, create_links=True, values=MEANT)
    assert [(one.problems, one.skipped) for one in reports] == [([], 0)] * 4
    counts = [book.count(one) for one in ("customer", "product", "opportunity")]
    assert counts == [3, 3, 100]
    won = [one for one in deals(100) if one["deal_stage"] == "Won"]
    above = {name: manager for name, manager, _ in AGENTS}
    for breakdown, key in (
        ("person", lambda one: one["sales_agent"]),
        ("manager", lambda one: above[one["sales_agent"]]),
        ("product", lambda one: one["product"].replace("GTXPro", "GTX Pro")),
        ("customer", lambda one: one["account"]),
        ("quarter", lambda one: f"2017-Q{(int(one['close_date'].split('/')[0]) + 2) // 3}"),
    ):
        wanted: dict[str, Decimal] = defaultdict(Decimal)
        for one in won:
            wanted[key(one)] += Decimal(one["close_value"])
        assert by(book, "won_amount", breakdown) == wanted, breakdown
    assert book.count("opportunity", "customer is empty") == sum(
        not one["account"] for one in deals(100)
    )
    [child] = book.ids("customer", "parent is not empty")
    assert book.record("customer", child)["parent"].label == "Acme Corporation"
    # What a file has misspelt stays as it is written there.
    assert book.count("customer", "industry=technolgy") == 2
    unchanged(book, *files, create_links=True, values=MEANT)


def test_a_name_that_is_nearly_known_is_asked_about_and_not_made(book, crm):
    proposal = importing.prepare(book, crm, Options())
    try:
        asked = [
            (one.name, one.suggestion) for one in proposal.new_names if one.target == "product"
        ]
    finally:
        proposal.close()
    assert asked == [("GTXPro", "GTX Pro")]


def test_what_a_name_means_is_remembered_for_the_next_file(book, crm):
    bring(book, *crm, create_links=True, values=MEANT)
    unchanged(book, *crm, create_links=True)
    assert book.count("product") == 3


# -- one flat sheet whose order numbers are used again ---------------------------------------------

HEADS = ["行 ID", "订单 ID", "订单日期", "发货日期", "邮寄方式", "客户 ID", "客户名称", "细分", "城市",
         "省/自治区", "国家", "地区", "产品 ID", "类别", "子类别", "产品名称", "销售额", "数量", "折扣",
         "利润"]  # fmt: skip
REGIONS = {"华东": "洪光", "西南": "白德伟", "东北": "楚杰"}


def flat(count: int) -> list[list[Any]]:
    """Lines in which one number stands for the orders of several customers and days."""
    dice = random.Random(11)
    made: list[list[Any]] = []
    places: dict[tuple[str, int, str], str] = {}
    while len(made) < count:
        number, who = f"CN-2017-{dice.randint(0, 9):07}", dice.randint(0, 14)
        day = f"2017-{dice.randint(1, 3):02}-0{dice.randint(1, 3)}"
        region = places.setdefault((number, who, day), dice.choice([*REGIONS]))
        for _ in range(dice.randint(1, 3)):
            thing, amount = dice.randint(0, 9), Decimal(dice.randint(10_000, 900_000)).scaleb(-3)
            made.append(
                [len(made) + 1, number, day, day, "标准级", f"客{who}-{who:05}",
                 f"客户{who % 13}", "公司", dice.choice(["杭州", "宁波"]), "浙江", "中国", region,
                 f"办公-{thing:08}", "办公用品", "用品", f"剪刀, 第{thing}种", float(amount),
                 dice.randint(1, 9), dice.choice([0, 0.4]), float(amount / 4)]
            )  # fmt: skip
    return made[:count]


@pytest.fixture
def superstore(tmp_path):
    rows = flat(200)
    numbers = sorted({row[1] for row in rows})
    return workbook(
        tmp_path / "超市.xlsx",
        {
            "订单": [HEADS, *rows],
            "退货": [["订单 ID", "退回"], *([one, "是"] for one in numbers)],
            "销售人员": [["地区", "地区经理"], *map(list, REGIONS.items())],
        },
    )


def test_an_order_number_that_is_used_again_does_not_decide_what_an_order_is(book, superstore):
    before = everything(book)
    number, reports = bring(book, superstore, create_links=True)
    rows = flat(200)
    orders = {(row[1], row[5], row[2]) for row in rows}
    assert book.count("order") == len(orders)
    assert book.count("order_line") == 200
    assert book.count("customer") == len({row[5] for row in rows})
    said = next(one for one in reports if one.sheet == "订单")
    assert said.notes  # that the number repeats with other customers and days
    several = defaultdict(set)
    for order in orders:
        several[order[0]].add(order)
    vague = [one for one in several.values() if len(one) > 1]
    back = next(one for one in reports if one.sheet == "退货")
    assert {one.code for one in back.problems} == {"ambiguous_key"}
    assert len(back.problems) == len(vague)
    for breakdown, key in (
        ("region", lambda row: row[11]),
        ("manager", lambda row: REGIONS[row[11]]),
        ("month", lambda row: row[2][:7]),
    ):
        wanted: dict[str, Decimal] = defaultdict(Decimal)
        for row in rows:
            wanted[key(row)] += Decimal(f"{row[16]:.15g}")
        assert by(book, "sales_amount", breakdown) == wanted, breakdown
    totals: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows:  # two customers share a name
        totals[row[5]] += Decimal(f"{row[16]:.15g}")
    found = engine.measure(book, "sales_amount", by="customer").rows
    assert sorted(one.value or 0 for one in found) == sorted(totals.values())
    unchanged(book, superstore, create_links=True)
    assert number is not None
    book.undo(number)
    assert everything(book) == before
    assert [one for one in checking.check(book) if one.bad] == []


# -- templates of an office program ----------------------------------------------------------------

HINT = "1、带星号的为必填项\n2、状态列说明：0-禁用 1-启用\n3、表头请勿更改"
TEMPLATES: dict[str, tuple[str, list[str], list[list[Any]]]] = {
    "customer_template": (
        "customer",
        ["名称*", "联系人", "手机号码", "联系电话", "电子邮箱", "传真", "期初应收", "纳税人识别号",
         "税率(%)", "开户行", "账号", "地址", "备注", "排序", "状态*"],
        [["客户a", "小梁", 13000000000.0, "", "", "", 100.0, "", 7.0, "", "", "", "", "", 1.0],
         ["客户b", "小魏", 15000000000.0, "", "", "", 0.0, "", 3.0, "", "", "", "", "", 0.0]],
    ),
    "member_template": (
        "customer",
        ["会员卡号*", "联系人", "手机号码", "联系电话", "电子邮箱", "备注", "排序", "状态*"],
        [["11112222", "小曹", 13000000000.0, "", "", "", "", 1.0],
         ["33334444", "小张", 15000000000.0, "", "", "", "", 1.0]],
    ),
    "goods_template": (
        "product",
        ["名称*", "规格", "型号", "颜色", "品牌", "类别", "基础重量(kg)", "保质期(天)", "基本单位*",
         "副单位", "基本条码*", "副条码", "采购价", "零售价", "销售价", "最低售价", "状态*", "备注",
         "仓库1", "仓库2"],
        [["可乐", "250ml", "kele", "白色", "百事", "饮料", 5.0, 180.0, "瓶", "", 2001.0, "", 5.0, 12.0,
          10.0, 9.0, 1.0, "", 10.0, 10.0],
         ["啤酒", "500ml", "pijiu", "黑色", "大富豪", "饮料", 2.0, 360.0, "瓶", "", 2011.0, "", 3.0, 6.0,
          5.0, 4.0, 1.0, "", 20.0, 20.0]],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_with_instructions_above_and_stars_for_required_is_understood(
    book, tmp_path, name
):
    entity, heads, rows = TEMPLATES[name]
    path = tmp_path / f"{name}.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        page = made.add_worksheet("信息")
        page.merge_range(0, 0, 0, len(heads) - 1, HINT)
        page.write_row(1, 0, heads)
        for at, row in enumerate(rows):
            page.write_row(2 + at, 0, row)
    before = everything(book)
    number, [report] = bring(book, path, unknown="skip", create_links=True)
    assert (report.entity, report.added, report.problems) == (entity, 2, [])
    assert number is not None
    ids = book.ids(entity)
    if entity == "product":
        found = book.rows(entity, ids, ["name", "code", "unit", "category", "active"])
        assert found == [("可乐", "2001", "瓶", "饮料", True), ("啤酒", "2011", "瓶", "饮料", True)]
    else:
        phones = [row[0] for row in book.rows(entity, ids, ["phone"])]
        assert phones == ["13000000000", "15000000000"]
    if name == "customer_template":
        assert book.rows(entity, ids, ["name", "active"]) == [("客户a", True), ("客户b", False)]
    unchanged(book, path, unknown="skip", create_links=True)
    book.undo(number)
    assert everything(book) == before


# -- large lists -----------------------------------------------------------------------------------


def test_a_list_that_comes_again_takes_no_longer_than_a_multiple_of_the_first_time(book, tmp_path):
    heads = ["SalesOrderNumber", "OrderDate", "ProductKey", "ResellerKey", "OrderQuantity",
             "UnitPrice", "SalesAmount"]  # fmt: skip
    rows = [
        [f"SO{at // 5}", "2017-07-01", at % 300, at // 5 % 600, 1, "2.50", "2.50"]
        for at in range(12_000)
    ]
    file = text(tmp_path / "orders.csv", heads, *rows)
    started = time.perf_counter()
    bring(book, file, create_links=True)
    first = time.perf_counter() - started
    started = time.perf_counter()
    _, [report] = bring(book, file, create_links=True)
    again = time.perf_counter() - started
    assert (report.unchanged, report.added) == (12_000, 0)
    assert again < 4 * first + 1


@pytest.mark.parametrize(
    ("heads", "entity"),
    [
        ("条码*|名称|数量*|单价|税率（%）|备注", "order_line"),
        ("仓库*|条码*|名称|数量*|单价|税率（%）|备注", "order_line"),
        ("仓库*|条码*|名称|数量*|单价|备注", "order_line"),
        ("条码*|名称|数量*|备注", "order_line"),
        (
            "名称*|联系人|手机号码|联系电话|电子邮箱|传真|期初应收|纳税人识别号|税率(%)|地址|备注|状态*",
            "customer",
        ),
        ("会员卡号*|联系人|手机号码|联系电话|电子邮箱|备注|排序|状态*", "customer"),
        (
            "名称*|规格|型号|品牌|类别|基本单位*|基本条码*|采购价|零售价|销售价|状态*|仓库1|仓库2",
            "product",
        ),
    ],
)
def test_templates_of_a_stock_program_are_recognised(book, tmp_path, heads, entity):
    """Instructions above the header, stars at what is required, two rows of samples."""
    names = heads.split("|")
    samples = {"条码*": [2001, 2002], "数量*": [3, 5], "单价": [12.5, 8], "状态*": [1, 0]}
    rows = [[samples.get(one, [f"{one}甲", f"{one}乙"])[at] for one in names] for at in range(2)]
    path = tmp_path / "template.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet("信息")
        sheet.merge_range(0, 0, 0, len(names) - 1, "说明：\n1. 带*的列必填\n2. 请勿修改表头")
        for at, row in enumerate([names, *rows], 1):
            sheet.write_row(at, 0, row)
    proposal = importing.prepare(book, [path], Options(create_links=True))
    (report,) = proposal.reports
    proposal.close()
    assert report.entity == entity
    assert report.rows == 2
