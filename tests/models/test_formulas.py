"""Formula columns: worked out when read, in every place in which a field is read; never written."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

import resources
from models import texts
from models.book import Book
from models.describe import formula, formula_sql
from models.describe.field import Field
from models.describe.formula import FormulaFault
from models.describe.kinds import KINDS
from models.pasting import Cell, Line, write
from models.refusals import Refused
from models.replacing import Wanted, find
from models.sheets import exporting, importing
from models.sheets.report import Options
from models.views.arranging import arrange, totals
from models.views.view import Group

D = Decimal


@pytest.fixture
def book(tmp_path):
    with Book.create(tmp_path / "team.daybook") as made:
        with made.change("data") as change:
            grade = {"甲": "A", "乙": "B", "丙": None}
            for name, amount in (("甲", "1000"), ("乙", "12.34"), ("丙", "")):
                customer = change.add("customer", {"name": name, "grade": grade[name]})
                change.add("opportunity", {"name": name, "customer": customer, "amount": amount})
        yield made


def worked(book: Book, label: str, text: str, kind: str = "", entity: str = "opportunity") -> Field:
    with book.change(f"column {label}") as change:
        return change.add_field(entity, label, kind, formula=text)


def column(book: Book, one: Field, entity: str = "opportunity") -> list[Any]:
    return [row[0] for row in book.rows(entity, book.ids(entity), [one.id])]


def test_a_formula_is_read_sorted_filtered_summed_and_found_filled_like_a_field(book):
    one = worked(book, "提成", "=金额 * 10%")
    assert (one.id, one.kind, one.formula) == ("x_提成", "money", "amount * 10%")
    assert column(book, one) == [D(100), D("1.234"), D(0)]
    assert list(book.ids("opportunity", sort=[("提成", True)])) == [1, 2, 3]
    assert list(book.ids("opportunity", sort=[("提成", False)])) == [3, 2, 1]
    assert list(book.ids("opportunity", "提成>1 and 提成<50")) == [2]
    assert book.sums("opportunity", None, [one.id]) == {one.id: D("101.234")}
    assert one.id in book.filled("opportunity")
    book.set("opportunity", 3, {"amount": "50"})
    assert column(book, one)[2] == 5


def test_a_formula_reads_through_links_and_through_other_formulas(book):
    worked(book, "提成", "金额*0.1")
    one = worked(book, "奖金", "IF(客户.等级=“a”，提成 + 100，提成)")
    assert one.formula == 'IF(customer.grade = "A", x_提成 + 100, x_提成)'
    assert column(book, one) == [D(200), D("1.234"), D(0)]
    double = worked(book, "双倍", "奖金*2", entity="opportunity")
    with book.change("link") as change:
        activity = change.add("activity", {"opportunity": "甲", "at": "2026-03-05 10:00"})
    seen = worked(book, "商机奖金", '商机.双倍 & "元"', entity="activity")
    assert book.rows("activity", [activity], [seen.id]) == [("400元",)]
    assert book.rows("activity", [activity], ["opportunity." + double.id]) == [(D(400),)]
    assert list(book.ids("activity", "opportunity.双倍>300")) == [activity]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("金额/金额", "percent"),
        ("金额*赢率", "money"),
        ("1-赢率", "percent"),
        ("金额/2", "money"),
        ("LEN(商机)+1", "integer"),
        ("LEN(商机)/2", "number"),
        ("预计成交日期-TODAY()", "integer"),
        ("EDATE(预计成交日期, 1)", "date"),
        ("金额>100", "flag"),
        ('客户 & "!"', "text"),
        ("IF(金额>0, 金额, 0)", "money"),
        ('IF(金额>0, 金额, "")', "money"),
        ("如果（金额＞0，四舍五入（金额，2），0）", "money"),
    ],
)
def test_the_kind_follows_from_the_formula(book, text, kind):
    assert worked(book, "算", text).kind == kind


def test_another_kind_of_number_can_be_asked_for_and_no_other(book):
    assert worked(book, "一", "金额/1000", "number").kind == "number"
    assert column(book, worked(book, "二", "金额/1000", "percent"))[0] == D(1)
    with pytest.raises(Refused) as refused:
        worked(book, "三", "金额/1000", "date")
    assert refused.value.code == "other_result"


@pytest.mark.parametrize(
    ("text", "code", "at"),
    [
        ("金额 * ", "formula_ends", 5),
        ("金额 * 毛利", "unknown_field", 5),
        ('客户.等及 = "A"', "unknown_field", 0),
        ("金额.名称", "no_link", 0),
        ('金额 + "a"', "not_a_number_part", 5),
        ("IF(金额, 1, 2)", "other_kind_needed", 3),
        ("ROUND(金额)", "wrong_count", 0),
        ("RUOND(金额, 2)", "unknown_function", 0),
        ("等级(金额)", "unknown_function", 0),
        ("客户.等级", "choice_in_formula", 0),
        ('客户.等级 = "Z"', "unknown_choice", 8),
        ("预计成交日期 > 金额", "unlike_parts", 7),
        ('商机 > "a"', "no_order", 3),
        ('IF(金额>0, 金额, "a")', "unlike_branches", 13),
        ("__import__('os')", "odd_sign", 11),
        ("金额; drop", "formula_expects", 2),
    ],
)
def test_what_cannot_be_is_refused_in_words_with_its_place(book, text, code, at):
    texts.set_language("zh_CN")
    before = book.history(1)[0].no
    with pytest.raises(FormulaFault) as refused:
        worked(book, "算", text)
    assert (refused.value.code, refused.value.at) == (code, at)
    assert str(at + 1) in str(refused.value)
    assert book.history(1)[0].no == before


def test_a_name_that_is_nearly_right_is_suggested(book):
    with pytest.raises(FormulaFault, match="Did you mean Probability"):
        worked(book, "算", "Probabilty * 2")
    with pytest.raises(FormulaFault, match="Did you mean ROUND"):
        worked(book, "算", "RUOND(1, 2)")


def test_a_formula_cannot_ask_for_itself(book):
    worked(book, "甲", "金额*2")
    worked(book, "乙", "甲*2")
    with (
        pytest.raises(FormulaFault, match="乙 → 甲") as refused,
        book.change("c") as change,
    ):
        change.change_field("opportunity", "甲", "甲", formula="乙+1")
    assert refused.value.code == "formula_circle"
    assert book.schema.entity("opportunity").field("x_甲").formula == "amount * 2"


def test_chains_of_formulas_are_limited_in_words(book):
    names, code = ["金额"], ""
    while not code:
        try:
            names.append(worked(book, f"链{len(names)}", " + ".join(names[-3:])).label)
        except Refused as refused:
            code = refused.code
    assert code == "long_formula_chain"
    assert len(names) > 6
    assert book.rows("opportunity", [1], ["x_" + names[-1]])[0][0] > 0


def test_values_are_never_written_over(book):
    one = worked(book, "提成", "金额*0.1")
    for values in ({"提成": "5"}, {"x_提成": ""}):
        with pytest.raises(Refused) as refused:
            book.set("opportunity", 1, values)
        assert refused.value.code == "worked_out"
    with pytest.raises(Refused), book.change("add") as change:
        change.add("opportunity", {"name": "丁", "提成": "5"})
    lines = [
        Line(1, 1, {"name": Cell("甲2"), one.id: Cell("7")}),
        Line(2, 0, {"name": Cell("新"), one.id: Cell("7"), "amount": Cell("70")}),
        Line(3, 0, {"name": Cell("新2"), one.id: Cell("")}),
    ]
    done = write(book, "opportunity", "paste", lines)
    assert [(cell.line, cell.field) for cell in done.declined] == [(1, one.id), (2, one.id)]
    assert "formula" in done.declined[0].why
    assert column(book, one) == [D(100), D("1.234"), D(0), D(7), D(0)]
    [found] = find(book, "opportunity", [([1], [one.id])], Wanted("100", "200"))
    assert found.why


def test_a_renamed_field_is_shown_by_its_new_name_and_stays_understood(book):
    with book.change("own") as change:
        change.add_field("opportunity", "运费", "money")
    book.set("opportunity", 1, {"运费": "10"})
    one = worked(book, "净额", "金额 - 运费")
    with book.change("rename") as change:
        change.change_field("opportunity", "运费", "运输 费用")
    entity = book.schema.entity("opportunity")
    assert entity.field(one.id).formula == "amount - x_运费"
    texts.set_language("zh_CN")
    assert formula_sql.shown(book.schema, entity, one.formula) == "金额 - [运输 费用]"
    texts.set_language("en")
    assert formula_sql.shown(book.schema, entity, one.formula) == "Amount - [运输 费用]"
    assert column(book, one)[0] == 990


def test_a_column_that_a_formula_asks_for_is_not_removed_but_its_addition_can_be_undone(book):
    with book.change("own") as change:
        change.add_field("opportunity", "运费", "money")
    number = book.history(1)[0].no
    one = worked(book, "净额", "金额 - 运费")
    with pytest.raises(Refused, match="净额") as refused, book.change("remove") as change:
        change.remove_field("opportunity", "运费")
    assert refused.value.code == "in_formula"
    book.undo(number)
    broken = book.schema.entity("opportunity").field(one.id)
    assert broken.fault is not None
    assert "x_运费" in str(broken.fault)
    assert column(book, one) == [None, None, None]
    with Book.open(book.path) as again:
        assert again.schema.entity("opportunity").field(one.id).fault is not None
    book.redo(number)
    assert book.schema.entity("opportunity").field(one.id).fault is None
    assert column(book, one)[0] == 1000
    with book.change("remove both") as change:
        change.remove_field("opportunity", "净额")
        change.remove_field("opportunity", "运费")
    assert not book.schema.entity("opportunity").has(one.id)


def test_adding_and_changing_a_formula_are_undone_and_other_programs_notice(book):
    with Book.open(book.path) as other:
        one = worked(book, "算", "金额*2")
        assert other.poll()
        assert other.rows("opportunity", [1], [one.id]) == [(D(2000),)]
        with book.change("otherwise") as change:
            change.change_field("opportunity", "算", "算法", formula="预计成交日期 + 1")
        now = book.schema.entity("opportunity").field(one.id)
        assert (now.label, now.kind) == ("算法", "date")
        assert other.poll()
        assert other.schema.entity("opportunity").field(one.id).kind == "date"
        book.undo()
        now = book.schema.entity("opportunity").field(one.id)
        assert (now.label, now.kind, now.formula) == ("算", "money", "amount * 2")
        book.redo()
        book.undo()
        book.undo()
        assert not book.schema.entity("opportunity").has(one.id)
        book.redo()
        assert column(book, one)[0] == 2000
        assert other.poll()
        assert other.rows("opportunity", [1], [one.id]) == [(D(2000),)]


def test_a_formula_becomes_no_plain_column_nor_the_other_way_round(book):
    worked(book, "算", "金额*2")
    with book.change("own") as change:
        change.add_field("opportunity", "运费", "money")
    rows = dict(zip(["算", "运费"], book.ids("custom_field"), strict=True))
    for row, values in ((rows["算"], {"formula": ""}), (rows["运费"], {"formula": "amount"})):
        with pytest.raises(Refused) as refused:
            book.set("custom_field", row, values)
        assert refused.value.code == "fixed_column"
    book.set("custom_field", rows["算"], {"formula": "金额 * 3"})
    assert book.schema.entity("opportunity").field("x_算").formula == "amount * 3"
    book.set("custom_field", rows["算"], {"kind": "number"})
    assert book.schema.entity("opportunity").field("x_算").kind == "number"


def test_a_formula_can_be_added_as_a_record(book):
    with book.change("add") as change:
        change.add("custom_field", {"name": "算", "entity": "opportunity", "formula": "金额*2"})
    assert column(book, book.schema.entity("opportunity").field("x_算"))[0] == 2000


def test_the_past_of_a_formula_is_not_kept(book):
    one = worked(book, "算", "金额*2")
    change = book.last_change
    book.set("opportunity", 1, {"amount": "5"})
    past = book.past("opportunity", 1, change)
    assert past.values["amount"] == 1000
    assert past.values[one.id] is None
    assert past.differing == {"amount"}


def test_results_are_shown_as_amounts_usually_are_and_stay_exact(book):
    amount, share = worked(book, "一", "金额/7"), worked(book, "二", "金额/(金额+2000)")
    negative = worked(book, "三", "0 - 金额/100000000")
    [row] = book.rows("opportunity", [1], [amount.id, share.id, negative.id])
    assert row == (D("142.857143"), D("0.333333"), D("-0.000010"))
    shown = [
        KINDS[one.kind].show(one, value)
        for one, value in zip((amount, share), row[:2], strict=True)
    ]
    assert shown == ["¥142.86", "33.33%"]
    assert KINDS["percent"].show(share, D("-0.000001")) == "0%"
    assert KINDS["money"].show(negative, row[2]) == "¥0.00"
    assert KINDS["percent"].edited(share, row[1]) == "33.3333%"
    assert list(book.ids("opportunity", f"二={KINDS['percent'].edited(share, row[1])}")) == [1]


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_the_examples_of_the_help_can_be_read(language):
    page = resources.path("help", language, "formulas.md").read_text(encoding="utf-8")
    spans = [one for one in re.findall(r"`([^`]+)`", page) if re.search(r"\w.*[-+*/=(]", one)]
    found = [one for one in spans if not one.startswith("daybook") and "…" not in one]
    assert len(found) > 10
    for one in found:
        for call in re.findall(r"[A-Z]+\([^`]*?\)(?= [A-Z]|$)", one) or [one]:
            formula.parse(call)


def test_lists_are_grouped_by_a_formula_and_sum_one(book):
    worked(book, "提成", "金额*0.1")
    worked(book, "档", 'IF(金额>=1000, "大", "小")')
    groups, asked = [Group("x_档")], [("x_提成", "sum"), ("x_提成", "mean")]
    made = arrange(book, "opportunity", book.ids("opportunity"), groups, asked[:1])
    assert {one.label: (one.count, one.totals["x_提成"]) for one in made.groups} == {
        "大": (1, D(100)),
        "小": (2, D("1.234")),
    }
    assert totals(book, "opportunity", None, asked[:1]) == {"x_提成": D("101.234")}
    assert totals(book, "opportunity", [1, 2], asked[1:]) == {"x_提成": D("50.617")}


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_what_formulas_work_out_goes_out_and_is_left_alone_when_it_comes_back(
    book, tmp_path, suffix
):
    one = worked(book, "提成", "金额*0.1")
    exporting.export(book, tmp_path / f"out.{suffix}", ["opportunity"])
    assert bring(book, tmp_path / f"out.{suffix}") == (None, ["提成"])
    book.set("opportunity", 1, {"amount": "5"})
    change, notes = bring(book, tmp_path / f"out.{suffix}")
    assert change is not None
    assert notes == ["提成"]
    assert column(book, one)[0] == 100


def test_a_text_in_a_formula_goes_out_as_it_is(book, tmp_path):
    worked(book, "一", 'IF(金额>100, "SORT(a) {x}", "=1+1")')
    file = tmp_path / "out.xlsx"
    exporting.export(book, file, ["opportunity"], None, ["name", "金额", "一"])
    sheet = openpyxl.load_workbook(file).worksheets[0]
    assert sheet["D2"].value == '=IF(C2>100,("SORT"&"(a) {x}"),"=1+1")'
    shown = openpyxl.load_workbook(file, data_only=True).worksheets[0]
    assert [shown[f"D{row}"].value for row in (2, 3)] == ["SORT(a) {x}", "=1+1"]


def test_a_formula_is_live_only_where_the_sheet_holds_all_that_it_reads(book, tmp_path):
    worked(book, "提成", "金额*0.1")
    worked(book, "等", 'IF(客户.等级="A", 1, 0)')
    file = tmp_path / "out.xlsx"
    for fields, live in ((["提成", "金额"], "f"), (["name", "提成"], "n"), (["等", "金额"], "n")):
        exporting.export(book, file, ["opportunity"], None, fields)
        sheet = openpyxl.load_workbook(file).worksheets[0]
        cells = {sheet.cell(1, at).value: sheet.cell(2, at) for at in range(1, 4)}
        cell = cells.get("提成") or cells["等"]
        assert (cell.data_type, fields) == (live, fields)
    exporting.export(book, file, ["opportunity"], None, ["提成", "金额"])
    assert openpyxl.load_workbook(file).worksheets[0]["B2"].value == "=ROUND(C2*0.1,6)"


def test_a_foreign_column_that_is_called_like_a_formula_is_left_out_and_it_is_said(book, tmp_path):
    one = worked(book, "提成", "金额*0.1")
    file = tmp_path / "商机.csv"
    file.write_text("商机,客户,金额,提成\n丁,甲,70,999\n戊,乙,80,999\n", "utf-8")
    change, notes = bring(book, file)
    assert change is not None
    assert notes == ["提成"]
    assert column(book, one)[3:] == [D(7), D(8)]
    assert [f.id for f in book.schema.entity("opportunity").fields if f.custom] == [one.id]


def test_a_foreign_column_whose_name_is_nearly_a_formulas_gets_a_column_of_its_own(book, tmp_path):
    one = worked(book, "提成", "金额*0.1")
    file = tmp_path / "商机.csv"
    file.write_text("商机,客户,金额,提成!\n丁,甲,70,已付\n戊,乙,80,未付\n", "utf-8")
    assert bring(book, file)[0] is not None
    assert column(book, one)[3:] == [D(7), D(8)]
    [more] = [f for f in book.schema.entity("opportunity").fields if f.custom and not f.formula]
    assert column(book, more)[3:] == ["已付", "未付"]


def bring(book: Book, file: Any) -> tuple[int | None, list[str]]:
    proposal = importing.prepare(book, [file], Options())
    try:
        [report] = proposal.reports
        assert not report.problems
        said = [one.rpartition(": ")[2].rstrip(".") for one in report.notes if "formula" in one]
        return importing.apply(proposal), said
    finally:
        proposal.close()
