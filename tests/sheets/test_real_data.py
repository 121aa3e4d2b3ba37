"""Sheets of other people, whole, through the command line; runs where DAYBOOK_REAL_DATA names them.

The folder holds maven-crm, superstore-zh, adventureworks and online-retail; the figures below were
published with them or summed from the files themselves, without this program.
"""

from __future__ import annotations

import csv
import gzip
import json
import os
import random
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from desktop.__main__ import main
from models.book import Book

DATA = Path(os.environ.get("DAYBOOK_REAL_DATA", "no-such-folder"))
pytestmark = [
    pytest.mark.skipif(not DATA.is_dir(), reason="DAYBOOK_REAL_DATA names no folder"),
    pytest.mark.timeout(1_800),
]
CENT = Decimal("0.01")


class Desk:
    """One book and the command line over it."""

    def __init__(self, place: Path, capsys: Any, currency: str) -> None:
        self.place, self._capsys = place, capsys
        self._run("new", place, "--currency", currency)

    def _run(self, *words: object) -> str:
        self._capsys.readouterr()
        status = main([str(one) for one in words])
        out, err = self._capsys.readouterr()
        assert status == 0, err
        return out

    def told(self, verb: str, *words: object) -> Any:
        return json.loads(self._run(verb, self.place, *words, "--json"))

    def bring(self, *words: object) -> Any:
        return self.told("import", *words)

    def everything(self) -> dict[str, str]:
        """What ``daybook list`` prints of every kind of record."""
        with Book.open(self.place) as book:
            kinds = [one.id for one in book.schema]
        return {one: self._run("list", self.place, one, "--json") for one in kinds}

    def count(self, entity: str) -> int:
        with Book.open(self.place) as book:
            return book.count(entity)

    def value(self, code: str, *words: object) -> Decimal:
        return Decimal(self.told("measure", code, *words)["value"])

    def by(self, code: str, by: str, *words: object) -> dict[str, Decimal]:
        rows = self.told("measure", code, "--by", by, *words)["rows"]
        return {one["key"]: Decimal(one["value"]) for one in rows if one["value"] is not None}

    def again(self, imports: list[tuple[object, ...]]) -> None:
        """The same files a second time: every row is known and nothing changes."""
        before = self.everything()
        for words in imports:
            said = self.bring(*words)
            assert said["change"] is None
            for one in said["tables"]:
                assert (one["added"], one["updated"]) == (0, 0), one
                assert one["rows"] == one["unchanged"] + one["skipped"]
                assert all(set(counts) <= {"unchanged"} for counts in one["also"].values())
        assert self.everything() == before

    def undone(self, before: dict[str, str], seed: int) -> None:
        """All changes taken back in a mixed order leave what was before; brought back, all is back."""
        full = self.everything()
        numbers = [one["change"] for one in self.told("history", "--limit", 1000)]
        for turn in range(2):
            random.Random(seed + turn).shuffle(numbers)
            for one in numbers:  # what others still need stays, named, until they leave too
                kept = self.told("undo", one)["kept"]
                assert {row["field"] for row in kept} <= {"alive"}
            assert self.everything() == before
            random.Random(seed - turn).shuffle(numbers)
            for one in numbers:
                self.told("redo", one)
            assert self.everything() == full
        assert self.told("check")["ok"]


@pytest.fixture
def desk(tmp_path, capsys):
    return lambda currency: Desk(tmp_path / "team.daybook", capsys, currency)


def rows_of(path: Path, encoding: str = "utf-8-sig") -> list[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file))


def sums(pairs: list[tuple[str, Decimal]]) -> dict[str, Decimal]:
    made: dict[str, Decimal] = defaultdict(Decimal)
    for key, value in pairs:
        made[key] += value
    return dict(made)


def amounts(text: str) -> dict[str, Decimal]:
    """``name=12.3 other name=4`` with commas in between."""
    pairs = (one.rsplit("=", 1) for one in text.split(", "))
    return {name: Decimal(value) for name, value in pairs}


def cents(found: dict[str, Decimal]) -> dict[str, Decimal]:
    return {key: value.quantize(CENT) for key, value in found.items()}


def test_the_pipeline_of_a_hardware_seller(desk):
    folder = DATA / "maven-crm"
    made = desk("USD")
    before = made.everything()
    files = sorted(folder.glob("*.csv"))
    words = (*files, "--values", "product:GTXPro=GTX Pro", "--links", "create")
    said = made.bring(*words)
    assert {
        one["file"]: (one["rows"], one["added"], one["problems"]) for one in said["tables"]
    } == {
        "accounts.csv": (85, 85, []),
        "products.csv": (7, 7, []),
        "sales_pipeline.csv": (8_800, 8_800, []),
        "sales_teams.csv": (35, 35, []),
    }
    stages = {}
    for one in made.told("list", "opportunity", "--fields", "stage"):
        stages[one["stage"]] = stages.get(one["stage"], 0) + 1
    assert stages == {"Won": 4_238, "Lost": 2_473, "Engaging": 1_589, "Prospecting": 500}
    assert made.value("won_amount") == 10_005_534
    assert made.by("won_amount", "quarter") == amounts(
        "2017-Q1=1134672, 2017-Q2=3086111, 2017-Q3=2982255, 2017-Q4=2802496"
    )
    assert made.by("won_amount", "manager") == amounts(
        "Melvin Marxen=2251930, Summer Sewald=1964750, Rocco Neubert=1960545,"
        " Celia Rouche=1603897, Cara Losch=1130049, Dustin Brinkmann=1094363"
    )
    assert round(made.value("sales_cycle_days"), 3) == Decimal("51.782")
    deals = rows_of(folder / "sales_pipeline.csv")
    won = [one for one in deals if one["deal_stage"] == "Won"]
    for by, column in (("person", "sales_agent"), ("customer", "account"), ("product", "product")):
        wanted = sums([(one[column], Decimal(one["close_value"])) for one in won])
        if by == "product":
            wanted["GTX Pro"] = wanted.pop("GTXPro")
        assert made.by("won_amount", by) == wanted
    rates = made.by("win_rate", "person")
    assert (len(rates), round(min(rates.values()), 3), round(max(rates.values()), 3)) == (
        30, Decimal("0.550"), Decimal("0.704"),
    )  # fmt: skip
    made.again([words])
    _fiscal_quarters(made, deals)
    made.undone(before, 1)


def _fiscal_quarters(made: Desk, deals: list[dict[str, str]]) -> None:
    """With a year from April the same months make other years, and quarters of other names."""
    months: dict[tuple[int, int], Decimal] = defaultdict(Decimal)
    for one in deals:
        if one["deal_stage"] == "Won":
            month, _, year = one["close_date"].split("/")
            months[int(year), int(month)] += Decimal(one["close_value"])
    wanted: dict[str, dict[str, Decimal]] = {
        by: defaultdict(Decimal) for by in ("quarter", "half", "year")
    }
    for (year, month), value in months.items():
        starts = year if month >= 4 else year - 1
        name = f"FY{starts}/{(starts + 1) % 100:02}"
        into = (month + 8) % 12
        wanted["year"][name] += value
        wanted["half"][f"{name}-H{into // 6 + 1}"] += value
        wanted["quarter"][f"{name}-Q{into // 3 + 1}"] += value
    said = made.told("book", "year_starts=4")
    assert (said["year_starts"], said["currency"]) == (4, "USD")
    for by, values in wanted.items():
        assert made.by("won_amount", by) == values
        for name, value in values.items():
            assert made.value("won_amount", "--period", name) == value
    assert made.value("won_amount", "--period", "2017") == sum(
        value for (_, month), value in months.items() if month >= 4
    )
    assert made.value("won_amount", "--period", "2017年") == 10_005_534
    assert wanted["year"] == {"FY2016/17": Decimal(1_134_672), "FY2017/18": Decimal(8_870_862)}


def test_the_flat_sheet_of_a_superstore(desk):
    [file] = (DATA / "superstore-zh").glob("*.xls")
    made = desk("CNY")
    before = made.everything()
    words = (file, "--links", "create")
    said = made.bring(*words)
    assert {one["sheet"]: (one["rows"], one["skipped"]) for one in said["tables"]} == {
        "订单": (10_000, 0),
        "退货": (296, 153),  # 153 numbers stand for several orders; which one is not decided
        "销售人员": (6, 0),
    }
    assert made.count("order") == 4_985
    assert made.count("order_line") == 10_000
    assert made.count("customer") == 790
    assert made.value("sales_amount").quantize(CENT) == Decimal("16117548.24")
    assert made.value("gross_profit").quantize(CENT) == Decimal("2156559.52")
    assert cents(made.by("sales_amount", "manager")) == amounts(
        "洪光=4692464.99, 范彩=4147884.01, 楚杰=2711223.39, 殷莲=2447301.02, 白德伟=1303124.51,"
        " 杨健=815550.32"
    )
    assert made.by("sales_amount", "year") == amounts(
        "2014=2939663.335, 2015=3443376.335, 2016=4246042.78, 2017=5488465.787"
    )
    head, *body = CalamineWorkbook.from_path(file).get_sheet_by_name("订单").to_python()
    lines = [dict(zip(head, one, strict=True)) for one in body]
    for by, column in (("region", "地区"), ("category", "类别"), ("customer", "客户 ID")):
        pairs = [(str(one[column]), Decimal(f"{one['销售额']:.15g}")) for one in lines]
        wanted = sums(pairs)
        found = made.by("sales_amount", by)
        if by == "customer":  # names repeat: two customers of one name are two rows
            rows = made.told("measure", "sales_amount", "--by", by)["rows"]
            assert sorted(Decimal(one["value"]) for one in rows) == sorted(wanted.values())
        else:
            assert found == wanted
    made.again([words])
    made.undone(before, 2)


def test_the_three_encodings_of_a_bicycle_wholesaler(desk):
    folder = DATA / "adventureworks"
    people = [
        word
        for pair in ("B=employee_no", "G=name", "H=name", "C=manager", "L=position")
        for word in ("--map", pair)
    ]
    imports: list[tuple[object, ...]] = [
        (folder / "DimEmployee.csv", "--as", "salesperson", *people, "--unknown", "skip",
         "--links", "create"),
        (folder / "DimSalesTerritory.csv", "--as", "region", "--map", "B=code", "--map", "D=name",
         "--unknown", "skip"),
        *((folder / f"{one}.csv", "--unknown", "skip")
          for one in ("Resellers", "Product", "FactResellerSales", "ResellerSales_202006")),
    ]  # fmt: skip
    made = desk("USD")
    before = made.everything()
    for words in imports:
        for one in made.bring(*words)["tables"]:
            assert (one["added"], one["problems"]) == (one["rows"], []), one["file"]
    assert made.count("order_line") == 60_855
    assert made.count("order") == 3_796
    assert made.count("customer") == 701
    assert made.value("sales_amount").quantize(CENT) == Decimal("80977720.21")
    june = made.value("sales_amount", "--period", "2020-06")
    assert june.quantize(CENT) == Decimal("3429150.01")
    assert made.value("gross_profit").quantize(CENT) == Decimal("991288.49")
    assert len(made.told("measure", "sales_amount", "--by", "customer")["rows"]) == 635
    people_rows = made.told("list", "salesperson", "--fields", "employee_no,name,manager")
    names = {one["employee_no"]: one["name"] for one in people_rows}
    above = {one["name"]: one["manager"] for one in people_rows}
    sold = rows_of(folder / "FactResellerSales.csv") + rows_of(
        folder / "ResellerSales_202006.csv", "utf-16"
    )
    pairs = [
        (names[one["EmployeeKey"]], Decimal(one["SalesAmount"].replace("$", "").replace(",", "")))
        for one in sold
    ]
    wanted = sums(pairs)
    assert len(wanted) == 17
    assert cents(made.by("sales_amount", "person")) == cents(wanted)
    managers = sums([(above[name] or "(none)", value) for name, value in wanted.items()])
    assert cents(made.by("sales_amount", "manager")) == cents(managers)
    made.again(imports)
    made.undone(before, 3)


def test_the_monthly_targets_of_a_bicycle_wholesaler(desk):
    """A wide sheet in thousands; people are known by one number in the orders, by another in it."""
    folder = DATA / "adventureworks"
    made = desk("USD")
    people = ("B=employee_no", "D=external_no", "G=name", "H=name", "C=manager")
    words = [word for one in people for word in ("--map", one)]
    made.bring(folder / "DimEmployee.csv", "--as", "salesperson", *words, "--unknown", "skip",
               "--links", "create")  # fmt: skip
    before = made.everything()
    targets = (folder / "ResellerSalesTargets.csv", "--set", "unit=1000")
    [table] = made.bring(*targets)["tables"]
    assert (table["entity"], table["rows"], table["added"]) == ("goal", 809, 809)
    assert (table["skipped"], table["problems"]) == (0, [])
    assert any(note.startswith("163 cells without a target") for note in table["notes"])
    columns = {one["field"]: one for one in table["columns"]}
    assert columns["target"]["unit"] == "1000"
    assert columns["measure"]["measure"] == "sales_amount"

    fields = "person,level,team,measure,period,starts_on,ends_on,target"
    found = made.told("list", "goal", "--fields", fields)
    known = {one["external_no"]: one["name"] for one in
             made.told("list", "salesperson", "--fields", "external_no,name")}  # fmt: skip
    with (folder / "ResellerSalesTargets.csv").open(encoding="utf-16", newline="") as file:
        wanted = {
            (known[row["EmployeeID"]], f"{row['Year']}-{month:02}"): Decimal(cell) * 1000
            for row in csv.DictReader(file)
            for month in range(1, 13)
            if (cell := row[f"M{month:02}"]) != "-"
        }
    assert len(wanted) == 809
    assert {(one["person"], one["period"]): Decimal(one["target"]) for one in found} == wanted
    assert sum(Decimal(one["target"]) for one in found) == sum(wanted.values()) == 676_210_000
    assert not [one for one in found if Decimal(one["target"]) == 0]
    assert {one["level"] for one in found} == {"person"}
    assert {(one["measure"], one["team"]) for one in found} == {("sales_amount", None)}
    assert all(one["starts_on"] == one["period"] + "-01" for one in found)

    made.again([targets])
    change = made.told("history", "--limit", 1)[0]["change"]
    assert made.told("undo", change)["kept"] == []
    assert made.everything() == before
    said = made.bring(*targets, "--set", "level=below")["tables"][0]
    assert said["added"] == 809
    led = made.told("list", "goal", "--where", "level=team", "--fields", "person")
    assert {one["person"] for one in led} == {
        "Stephen Jiang", "Amy Alberts", "Syed Abbas", "Brian Welcker",
    }  # fmt: skip
    _attained(made, folder)
    assert made.told("check")["ok"]


def _attained(made: Desk, folder: Path) -> None:
    """Orders know people by the other number; who leads others is measured with everyone below."""
    made.bring(folder / "DimSalesTerritory.csv", "--as", "region", "--map", "B=code", "--map",
               "D=name", "--unknown", "skip")  # fmt: skip
    for one in ("Resellers", "Product", "FactResellerSales", "ResellerSales_202006"):
        made.bring(folder / f"{one}.csv", "--unknown", "skip")
    tree = made.told("goals", "--period", "2017-07-01..2020-06-30", "--on", "2020-06-30")["tree"]
    sold: dict[str, Decimal] = defaultdict(Decimal)
    wanted: dict[str, Decimal] = defaultdict(Decimal)
    while tree:
        goal = tree.pop()
        tree += goal["children"]
        sold[goal["person"]] += Decimal(goal["actual"] or 0)
        wanted[goal["person"]] += Decimal(goal["target"])
    shares = {name: round(sold[name] / wanted[name] * 100, 1) for name in wanted}
    published = amounts(
        "Jillian Carson=150.5, Lynn Tsoflias=163.2, Jae Pak=113.9, Tsvi Reiter=103.0,"
        " Linda Mitchell=42.9, Pamela Ansman-Wolfe=10.5, Stephen Jiang=100.1, Brian Welcker=80.4,"
        " Amy Alberts=146.2, Syed Abbas=158.3"
    )
    assert {name: shares[name] for name in published} == published
    assert sum(wanted.values()) == 357_860_000  # which nobody may hold against the sales


def test_half_a_million_lines_of_a_gift_wholesaler(desk):
    file = DATA / "online-retail" / "online_retail_2009-2010.csv.gz"
    made = desk("GBP")
    before = made.everything()
    [table] = made.bring(file)["tables"]
    assert (table["rows"], table["added"], table["problems"]) == (525_461, 525_461, [])
    assert made.count("order") == 28_816
    assert made.count("customer") == 4_383
    with gzip.open(file, "rt", encoding="utf-8", newline="") as text:
        lines = list(csv.DictReader(text))
    codes = {one["StockCode"] for one in lines}
    # One of them, 47503J, is also written with a blank behind it: the same product.
    assert (len(codes), len({one.strip() for one in codes})) == (4_632, 4_631)
    assert made.count("product") == 4_631
    assert made.value("sales_amount") == Decimal("9539484.634")
    assert made.value("sales_amount", "--period", "2010-11") == Decimal("1422654.642")
    home = made.value("sales_amount", "--where", 'order.country="United Kingdom"')
    assert home == Decimal("8194777.533")
    nobody = made.by("sales_amount", "customer")["(none)"]
    assert nobody == Decimal("1191276.06")
    made.again([(file,)])
    made.undone(before, 4)


def test_the_templates_of_a_stock_program(desk):
    made = desk("CNY")
    found = {}
    for file in sorted((DATA / "erp-templates-zh").glob("*.xls")):
        said = made.bring(file, "--links", "create", "--dry-run")
        found[file.name.removesuffix("_template.xls")] = said["tables"][0]["entity"]
    kinds = {"customer": "customer", "vendor": "customer", "member": "customer", "goods": "product"}
    lines = ("apply_item", "buy_sale_item", "in_out_item", "order_item")
    assert found == kinds | dict.fromkeys(lines, "order_line")
