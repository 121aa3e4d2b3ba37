"""Sheets with a row a person and a column a month: each filled cell is a goal, and nothing else is."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from models.book import Book
from models.refusals import Refused
from models.sheets import importing, wide_headings
from models.sheets.report import Options, TableChoice
from models.sheets.wide_headings import Heading
from models.texts import set_language
from tests.sheets.bringing import bring

MONTHS = [f"{one}月" for one in range(1, 13)]
FIELDS = ["level", "person", "team", "measure", "period", "target"]


@pytest.fixture
def book(tmp_path):
    with Book.create(tmp_path / "team.daybook") as made:
        with made.change("Team") as change:
            team = change.add("team", {"name": "一部"})
            lead = change.add("salesperson", {"name": "曾黎", "employee_no": "001", "team": team})
            for name, number in (("张三", "002"), ("李四", "003")):
                change.add(
                    "salesperson",
                    {
                        "name": name,
                        "employee_no": number,
                        "manager": lead,
                        "external_no": f"9{number}",
                    },
                )
        yield made


def sheet(path: Path, *rows: list[Any], name: str = "Sheet1", merged: tuple[Any, ...] = ()) -> Path:
    with xlsxwriter.Workbook(str(path)) as made:
        page = made.add_worksheet(name)
        month = made.add_format({"num_format": "mmm-yy"})
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, datetime):
                    page.write_datetime(at, column, cell, month)
                else:
                    page.write(at, column, cell)
        for first, left, last, right in merged:
            page.merge_range(first, left, last, right, rows[first][left])
    return path


def goals(book: Book) -> dict[tuple[str, str, str], Decimal | None]:
    """Targets by person or team, measure and period."""
    made = {}
    for level, person, team, measure, period, target in book.rows("goal", book.ids("goal"), FIELDS):
        whose = (person or team).label if person or team else level
        assert (whose, measure, period) not in made
        made[whose, measure, period] = target
    return made


def by_period(book: Book, person: str) -> dict[str, Decimal | None]:
    return {period: value for (who, _, period), value in goals(book).items() if who == person}


def problems(report: Any) -> list[tuple[int, str, str, str]]:
    return [(one.row, one.column, one.value, one.code) for one in report.problems]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        *((text, Heading("month", 1)) for text in ("1月", "M01", "m1", "一月", "January", "1月份", "1月(万元)")),
        *(
            (text, Heading("month", 1, 2017))
            for text in (
                "2017-01", "2017年1月", "Jan 2017", "Jan-17", "201701", "2017/1", "2017.01",
                "2017-01-01 00:00:00", "2017年/1月",
            )
        ),
        *((text, Heading("quarter", 1)) for text in ("Q1", "一季度", "第一季度", "1季度")),
        *((text, Heading("quarter", 2, 2017)) for text in ("2017-Q2", "Q2 2017", "2017年第二季度")),
        *((text, Heading("half", 1)) for text in ("H1", "上半年")),
        ("FY17 Q2", Heading("quarter", 2, 2017, fiscal=True)),
        ("全年", Heading("year", 1)),
        ("年度合计", Heading("year", 1, total=True)),
        ("一季度合计", Heading("quarter", 1, total=True)),
        ("合计(万元)", Heading(total=True)),
        ("Total", Heading(total=True)),
        ("一季度/3月", Heading("month", 3)),
        ("3月/回款目标", Heading("month", 3, role="target", measure="receipt_amount")),
        ("7月拜访数", Heading("month", 7, measure="visits")),
        ("1月底线", Heading("month", 1, role="floor")),
        ("1月冲刺目标", Heading("month", 1, role="stretch")),
        ("1月实际", Heading("month", 1, role="actual")),
        ("1月完成率", Heading("month", 1, role="derived")),
        *((text, None) for text in ("姓名", "2024年合同", "合同到期2024年", "年营业额", "年龄", "月薪", "Marketing", "12月奖金", "备注", "EmployeeID")),
    ],
)  # fmt: skip
def test_a_heading_says_a_period_only_if_nothing_of_it_is_left_over(text, wanted):
    assert wide_headings.read(text) == wanted


def test_every_filled_cell_is_one_goal_and_an_empty_one_is_none(book, tmp_path):
    rows = [
        ["张三", *range(1, 13)],
        ["李四", "-", None, "—", "无", 0, "1,000", "1.5万", 8, 9, 10, 11, 12],
    ]
    file = sheet(tmp_path / "2024年销售目标.xlsx", ["姓名", *MONTHS], *rows)
    change, [report] = bring(book, file)
    assert change is not None
    assert (report.entity, report.rows, report.added, report.skipped) == ("goal", 20, 20, 0)
    assert report.problems == []
    assert by_period(book, "张三") == {f"2024-{month:02}": Decimal(month) for month in range(1, 13)}
    assert by_period(book, "李四") == {
        "2024-05": Decimal(0), "2024-06": Decimal(1000), "2024-07": Decimal(15000),
        **{f"2024-{month:02}": Decimal(month) for month in range(8, 13)},
    }  # fmt: skip
    assert any(note.startswith("4 cells without a target") for note in report.notes)
    [first] = book.rows("goal", book.ids("goal")[:1], ["title", "level", "starts_on", "ends_on"])
    assert [str(one) for one in first] == [
        "张三 Sales 2024-01",
        "person",
        "2024-01-01",
        "2024-01-31",
    ]


def test_the_same_sheet_again_changes_nothing_and_a_changed_cell_changes_one_goal(book, tmp_path):
    head = ["工号", "姓名", *MONTHS]
    first = sheet(tmp_path / "2024目标.xlsx", head, ["002", "张三", *range(1, 13)])
    bring(book, first)
    before = goals(book)
    change, [report] = bring(book, first)
    assert (change, report.unchanged, report.rows) == (None, 12, 12)
    set_language("zh_CN")  # titles are not made anew in another language
    change, [report] = bring(book, first)
    assert (change, report.unchanged) == (None, 12)
    set_language("en")
    more = sheet(tmp_path / "2024目标.xlsx", head, ["002", "张三", 1, 20, *range(3, 13)])
    change, [report] = bring(book, more)
    assert (report.updated, report.unchanged, report.added) == (1, 11, 0)
    assert goals(book) == {**before, ("张三", "sales_amount", "2024-02"): Decimal(20)}
    book.undo(change)
    assert goals(book) == before


def test_undo_takes_all_goals_of_a_sheet_back(book, tmp_path):
    change, _ = bring(book, sheet(tmp_path / "目标.xlsx", ["姓名", *MONTHS], ["张三", *range(12)]))
    assert book.count("goal") == 12
    book.undo(change)
    assert book.count("goal") == 0


def test_a_title_says_the_year_the_measure_and_the_unit_and_sums_are_no_goals(book, tmp_path):
    file = sheet(
        tmp_path / "任务.xlsx",
        ["2023年度回款目标（单位：万元）"],
        ["部门", "姓名", *MONTHS, "合计"],
        ["一部", "张三", *[10] * 12, 120],
        ["一部", "李四", *[1.5] * 12, 20],
        ["一部小计", "", *[11.5] * 12, 140],
        ["合计", "", *[11.5] * 12, 140],
        ["制表人：王强"],
        merged=((0, 0, 0, 14),),
    )
    _, [report] = bring(book, file)
    assert (report.added, report.skipped) == (24, 0)
    made = goals(book)
    assert {key[1] for key in made} == {"receipt_amount"}
    assert by_period(book, "张三") == {f"2023-{m:02}": Decimal(100_000) for m in range(1, 13)}
    assert by_period(book, "李四")["2023-12"] == Decimal(15_000)
    assert problems(report) == [(4, "合计", "20", "total_differs")]
    assert "200,000 is not the sum of the periods, 180,000" in report.problems[0].message


@pytest.mark.parametrize(
    "heads",
    [
        ["2017-11", "2017-12", "2018-01", "2018-02"],
        ["2017年11月", "2017年12月", "2018年1月", "2018年2月"],
        ["Nov 2017", "Dec 2017", "Jan 2018", "Feb 2018"],
        ["Nov-17", "Dec-17", "Jan-18", "Feb-18"],
        [datetime(2017, 11, 1), datetime(2017, 12, 1), datetime(2018, 1, 1), datetime(2018, 2, 1)],
        ["2017/11", "2017年12月", "201801", "Feb-18"],
    ],
)
def test_headings_that_carry_their_year_need_no_other(book, tmp_path, heads):
    file = sheet(tmp_path / "目标.xlsx", ["姓名", *heads, "Total"], ["张三", 1, 2, 3, 4, 10])
    _, [report] = bring(book, file)
    assert report.problems == []
    assert list(by_period(book, "张三")) == ["2017-11", "2017-12", "2018-01", "2018-02"]
    assert not any("year" in note for note in report.notes)


def test_a_column_of_years_says_the_year_of_its_rows(book, tmp_path):
    rows = [["2023年", "张三", 1, 2, 3], [2024, "张三", 4, 5, 6], ["FY2025", "李四", 7, None, 9]]
    file = sheet(tmp_path / "目标.xlsx", ["年度", "姓名", "1月", "2月", "3月"], *rows)
    _, [report] = bring(book, file)
    assert report.added == 8
    assert list(by_period(book, "张三")) == [
        "2023-01", "2023-02", "2023-03", "2024-01", "2024-02", "2024-03",
    ]  # fmt: skip
    assert by_period(book, "李四") == {"2025-01": Decimal(7), "2025-03": Decimal(9)}


def test_coarser_periods_beside_finer_ones_are_held_against_them(book, tmp_path):
    file = sheet(
        tmp_path / "2023目标.xlsx",
        ["姓名", "Q1", "Q2", "上半年", "Q3", "Q4", "下半年", "全年"],
        ["张三", 1, 2, 3, 3, 4, 7, 10],
        ["李四", 1, 2, 4, 3, 4, 7, 10],
    )
    _, [report] = bring(book, file)
    assert report.added == 8
    assert list(by_period(book, "张三")) == ["2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4"]
    assert problems(report) == [(3, "上半年", "4", "total_differs")]


def test_a_year_whose_months_are_not_all_there_is_a_goal_of_its_own(book, tmp_path):
    file = sheet(tmp_path / "2023目标.xlsx", ["姓名", "1月", "2月", "全年"], ["张三", 1, 2, 100])
    bring(book, file)
    assert by_period(book, "张三") == {
        "2023-01": Decimal(1), "2023-02": Decimal(2), "2023": Decimal(100),
    }  # fmt: skip


def test_measures_and_levels_of_a_target_stand_below_the_months(book, tmp_path):
    file = sheet(
        tmp_path / "2023.xlsx",
        ["姓名", "1月", "", "", "2月", "", ""],
        ["", "销售目标", "回款目标", "回款底线", "销售目标", "回款目标", "回款底线"],
        ["张三", 1, 2, 1, 3, 4, 2],
        ["李四", 1, 2, 1, 3, 4, None],
        merged=((0, 1, 0, 3), (0, 4, 0, 6), (0, 0, 1, 0)),
    )
    _, [report] = bring(book, file)
    assert report.problems == []
    assert goals(book) == {
        (who, measure, period): Decimal(value)
        for who in ("张三", "李四")
        for measure, period, value in (
            ("sales_amount", "2023-01", 1), ("receipt_amount", "2023-01", 2),
            ("sales_amount", "2023-02", 3), ("receipt_amount", "2023-02", 4),
        )
    }  # fmt: skip
    floors = book.rows("goal", book.ids("goal", where="floor>0"), ["person", "period", "floor"])
    assert [(who.label, period, value) for who, period, value in floors] == [
        ("张三", "2023-01", 1), ("张三", "2023-02", 2), ("李四", "2023-01", 1),
    ]  # fmt: skip


def test_a_column_names_the_measure_of_each_row(book, tmp_path):
    rows = [["张三", "销售额", 1, 2], ["张三", "拜访次数", 30, 40], ["李四", "回款额", 5, 6]]
    bring(book, sheet(tmp_path / "2023目标.xlsx", ["姓名", "指标", "1月", "2月"], *rows))
    assert goals(book) == {
        ("张三", "sales_amount", "2023-01"): 1, ("张三", "sales_amount", "2023-02"): 2,
        ("张三", "visits", "2023-01"): 30, ("张三", "visits", "2023-02"): 40,
        ("李四", "receipt_amount", "2023-01"): 5, ("李四", "receipt_amount", "2023-02"): 6,
    }  # fmt: skip


def test_what_was_done_beside_the_goals_is_left_out_and_said(book, tmp_path):
    head = ["姓名", "1月目标", "1月实际", "1月完成率", "2月目标", "2月实际", "2月完成率"]
    file = sheet(tmp_path / "2023完成情况.xlsx", head, ["张三", 10, 9, 0.9, 20, 30, 1.5])
    _, [report] = bring(book, file)
    assert by_period(book, "张三") == {"2023-01": Decimal(10), "2023-02": Decimal(20)}
    assert any("1月实际, 1月完成率" in note for note in report.notes)


def test_what_says_more_of_the_person_is_left_out_and_said(book, tmp_path):
    head = ["序号", "姓名", "岗位", "备注", *MONTHS[:2]]
    file = sheet(tmp_path / "2023目标.xlsx", head, [1, "张三", "销售", "新人", 5, 6])
    with closing(importing.prepare(book, [file])) as proposal:
        assert proposal.new_fields == []
        fields = {one.header: one.field for one in proposal.reports[0].columns}
        assert fields["备注"] == "notes"
        assert (fields["序号"], fields["岗位"]) == (None, None)
    _, [report] = bring(book, file)
    assert "No goals, left out: 序号, 岗位." in report.notes
    _, [report] = bring(book, file, columns={"岗位": "+"})
    assert report.columns[2].field == "x_岗位"


def test_teams_have_goals_too(book, tmp_path):
    bring(book, sheet(tmp_path / "2023目标.xlsx", ["部门", "Q1", "Q2"], ["一部", 1, 2]))
    assert goals(book) == {
        ("一部", "sales_amount", "2023-Q1"): 1, ("一部", "sales_amount", "2023-Q2"): 2,
    }  # fmt: skip
    assert {row[0] for row in book.rows("goal", book.ids("goal"), ["level"])} == {"team"}


def test_problems_name_the_row_the_column_and_the_value_of_the_sheet(book, tmp_path):
    file = sheet(
        tmp_path / "2023目标.xlsx",
        ["2023年销售目标"],
        ["姓名", *MONTHS],
        ["张三", 1, 2, "待定", *range(4, 13)],
        ["赵六", *range(1, 13)],
        merged=((0, 0, 0, 12),),
    )
    _, [report] = bring(book, file)
    assert problems(report) == [
        (3, "3月", "待定", "not_a_number"),
        (4, "姓名", "赵六", "unknown_link"),
    ]
    assert (report.rows, report.added, report.skipped) == (24, 11, 13)


def test_a_person_twice_is_one_goal_and_a_contradiction_is_reported(book, tmp_path):
    rows = [["张三", 1, 2, 3], ["张三", 1, 5, 3]]
    _, [report] = bring(book, sheet(tmp_path / "2023目标.xlsx", ["姓名", *MONTHS[:3]], *rows))
    assert by_period(book, "张三") == {"2023-01": 1, "2023-02": 2, "2023-03": 3}
    assert [(one.row, one.code) for one in report.problems] == [(3, "duplicate_row")]


def test_measure_unit_and_year_are_asked_where_nothing_says_them(book, tmp_path):
    file = sheet(tmp_path / "a.xlsx", ["姓名", *MONTHS], ["张三", *range(100, 112)])
    with closing(importing.prepare(book, [file])) as proposal:
        found = {one.way.topic: one.way for one in proposal.tables[0].mapping.columns if one.way}
        assert {topic: way.open for topic, way in found.items()} == {
            "measure": True, "unit": True, "year": True,
        }  # fmt: skip
        assert found["measure"].code == "sales_amount"
        assert found["year"].code == str(datetime.now().year)
        [doubtful] = [one for one in proposal.tables[0].mapping.columns if one.path == "measure"]
        assert doubtful.confidence < 0.5
    said = {"measure": "gross_profit", "unit": "1000", "year": "2022"}
    _, [report] = bring(book, file, goals=said)
    assert goals(book)["张三", "gross_profit", "2022-12"] == Decimal(111_000)
    assert not any("nothing says" in note.lower() for note in report.notes)


def test_what_was_said_of_a_sheet_is_known_the_next_time(book, tmp_path):
    file = sheet(tmp_path / "a.xlsx", ["姓名", *MONTHS], ["张三", *range(100, 112)])
    bring(book, file, goals={"measure": "gross_profit", "unit": "1000", "year": "2022"})
    set_language("zh_CN")
    change, [report] = bring(book, file, goals={"year": "2022"})
    set_language("en")
    assert (change, report.unchanged) == (None, 12)


def test_counts_are_never_asked_for_thousands(book, tmp_path):
    file = sheet(tmp_path / "拜访数目标2023.xlsx", ["姓名", *MONTHS], ["张三", *range(10, 22)])
    _, [report] = bring(book, file)
    assert {key[1] for key in goals(book)} == {"visits"}
    assert not any("thousands" in note for note in report.notes)


def test_goals_of_people_who_lead_others_can_be_of_everyone_below(book, tmp_path):
    file = sheet(tmp_path / "2023目标.xlsx", ["姓名", "Q1", "Q2"], ["曾黎", 9, 9], ["张三", 1, 2])
    with closing(importing.prepare(book, [file])) as proposal:
        [way] = [
            o.way for o in proposal.tables[0].mapping.columns if o.way and o.way.topic == "level"
        ]
        assert (way.code, way.open) == ("own", True)
    bring(book, file, goals={"level": "below"})
    levels = book.rows("goal", book.ids("goal"), ["level", "person"])
    assert [(level, person.label) for level, person in levels] == [
        ("team", "曾黎"), ("team", "曾黎"), ("person", "张三"), ("person", "张三"),
    ]  # fmt: skip
    change, [report] = bring(book, file, goals={"level": "below"})
    assert (change, report.unchanged) == (None, 4)


def test_a_second_number_finds_people_too(book, tmp_path):
    rows = [["9002", 1, 2], ["003", 3, 4]]
    bring(book, sheet(tmp_path / "targets 2023.xlsx", ["EmployeeID", "M01", "M02"], *rows))
    assert goals(book) == {
        ("张三", "sales_amount", "2023-01"): 1, ("张三", "sales_amount", "2023-02"): 2,
        ("李四", "sales_amount", "2023-01"): 3, ("李四", "sales_amount", "2023-02"): 4,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        (
            "客户.xlsx",
            [["客户名称", "1月", "2月", "3月"], ["甲公司", 1, 2, 3], ["乙公司", 4, 5, 6]],
        ),
        ("工资统计.xlsx", [["姓名", "1月", "2月", "3月"], ["张三", 1, 2, 3], ["李四", 4, 5, 6]]),
        ("人员.xlsx", [["姓名", "电话", "2023年", "2024年"], ["张三", "13800138000", 2, 3]]),
    ],
)
def test_sheets_of_something_else_hold_no_goals(book, tmp_path, name, rows):
    with closing(
        importing.prepare(book, [sheet(tmp_path / name, *rows)], undecided=True)
    ) as proposal:
        assert [one.entity for one in proposal.reports] != ["goal"]


def test_a_person_may_say_that_a_wide_sheet_holds_goals_or_people(book, tmp_path):
    file = sheet(tmp_path / "统计.xlsx", ["姓名", "1月", "2月", "3月"], ["张三", 1, 2, 3])
    with closing(importing.prepare(book, [file], undecided=True)) as proposal:
        key = proposal.tables[0].key
        for entity, rows in (("goal", 3), ("salesperson", 1), ("goal", 3)):
            proposal.options = Options(tables={key: TableChoice(entity=entity)})
            importing.understand(proposal)
            importing.match(proposal)
            [report] = proposal.reports
            assert (report.entity, report.rows, proposal.tables[0].key) == (entity, rows, key)
        preview = proposal.tables[0].preview(10)
        assert [(row, cells[0]) for row, cells in preview] == [(2, "张三")] * 3


def test_a_long_sheet_of_goals_needs_only_its_measure(book, tmp_path):
    head = ["业务员", "月份", "目标值", "底线"]
    rows = [
        ["张三", "2024年1月", 1000, 800],
        ["李四", "2024-Q1", "-", None],
        ["一部", "2024", 5, 1],
    ]
    file = sheet(tmp_path / "目标分解.xlsx", head, *rows)
    _, [report] = bring(book, file)
    assert report.entity == "goal"
    assert goals(book)["张三", "sales_amount", "2024-01"] == Decimal(1000)
    assert [(one.row, one.code) for one in report.problems] == [(4, "unknown_link")]
    assert len(goals(book)) == 1
    assert any(note.startswith("1 cell without a target") for note in report.notes)
    change, [report] = bring(book, file)
    assert (change, report.added, report.updated) == (None, 0, 0)


@pytest.mark.parametrize(
    ("head", "rows"),
    [
        (["年度", "月份", "业务员", "目标"], [[2024, "3月", "张三", 5], [2024, "4月", "张三", 6]]),
        (["年份", "月份", "姓名", "目标额"], [["2024年", 3, "张三", 5], ["2024年", 4, "张三", 6]]),
        (["Month", "Salesperson", "Quota"], [["Mar 2024", "张三", 5], ["2024-04", "张三", 6]]),
        (["月份", "姓名", "销售目标"], [[datetime(2024, 3, 1), "张三", 5], [datetime(2024, 4, 1), "张三", 6]]),
    ],
)  # fmt: skip
def test_periods_of_a_long_sheet_are_read_as_people_write_them(book, tmp_path, head, rows):
    file = sheet(tmp_path / "目标分解.xlsx", head, *rows)
    _, [report] = bring(book, file)
    assert (report.entity, report.problems) == ("goal", [])
    assert by_period(book, "张三") == {"2024-03": Decimal(5), "2024-04": Decimal(6)}
    assert bring(book, file)[0] is None


def test_a_long_sheet_with_all_columns_is_taken_as_it_stands(book, tmp_path):
    head = ["目标名称", "层级", "责任人", "指标", "周期", "目标值", "状态", "权重"]
    rows = [
        ["开发华东", "个人", "张三", "新客户数", "2024-H1", 12, "执行中", "30%"],
        ["学会谈判", "个人", "张三", "", "2024-H1", "", "", ""],
        ["带好新人", "个人", "张三", "", "2024-H1", "", "", ""],
    ]
    file = sheet(tmp_path / "目标.xlsx", head, *rows)
    _, [report] = bring(book, file)
    assert (report.added, report.problems) == (3, [])
    found = book.rows("goal", book.ids("goal"), ["title", "measure", "target", "status"])
    assert found == [
        ("开发华东", "new_customers", Decimal(12), "active"),
        ("学会谈判", None, None, "draft"),
        ("带好新人", None, None, "draft"),
    ]
    change, [report] = bring(book, file)
    assert (change, report.unchanged) == (None, 3)


def test_goals_come_back_from_a_sheet_of_ours_unchanged(book, tmp_path):
    from models.sheets import exporting

    bring(book, sheet(tmp_path / "2023目标.xlsx", ["姓名", *MONTHS], ["张三", *range(12)]))
    exporting.export(book, tmp_path / "out.xlsx", ["goal"])
    change, [report] = bring(book, tmp_path / "out.xlsx")
    assert (change, report.unchanged, report.problems) == (None, 12, [])


def test_fiscal_years_hold_the_months_that_are_in_them(tmp_path):
    with Book.create(tmp_path / "fiscal.daybook") as book:
        with book.change("Set") as change:
            change.add("salesperson", {"name": "张三"})
            change.set_book({"year_starts": "4"})
        file = sheet(
            tmp_path / "目标.xlsx", ["财年", "姓名", "3月", "4月"], ["FY2023", "张三", 1, 2]
        )
        bring(book, file)
        assert list(by_period(book, "张三")) == ["2024-03", "2023-04"]


def test_nothing_can_be_said_of_goals_that_are_not_there(book, tmp_path):
    from desktop import import_words

    file = sheet(tmp_path / "人员.xlsx", ["姓名", "电话"], ["张三", "13800138000"])
    with closing(importing.prepare(book, [file])) as proposal, pytest.raises(Refused) as refused:
        import_words.assert_goals(proposal, {"unit": "1000"})
    assert refused.value.code == "no_goals"
