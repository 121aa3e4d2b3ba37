"""What questionnaire services export is read as a person would read it (``exports`` says whence the shapes are)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from models.sheets import importing
from models.sheets.report import Options
from tests.satisfaction.asked import Asked
from tests.satisfaction.exports import BLUE, EXPORTS, TIAN, YUAN, Answer, Export


@pytest.fixture
def known(asked: Asked) -> Asked:
    """A book with three customers, a person at each."""
    for name, code, owner, person, phone, mail in (
        (YUAN, "C-001", asked.li, "赵敏", "13911112222", "min@yuanjing.example"),
        (TIAN, "C-002", asked.wang, "钱进", "13633334444", "jin@tiancheng.example"),
        (BLUE, "C-003", asked.wang, "Ann Lee", "02079460000", "ann@blueharbor.example"),
    ):
        customer = asked.add("customer", name=name, code=code, owner=owner)
        asked.add("contact", name=person, customer=customer, phone=phone, email=mail)
    return asked


def read(asked: Asked) -> list[Answer]:
    made = []
    for row in asked.book.ids("survey_response"):
        one = asked.book.record("survey_response", row)
        made.append(
            Answer(
                one["responded_on"].day,
                one["customer"] and one["customer"].label,
                _float(one["score"]),
                _float(one["satisfied"]),
                one["recommends"],
                one["comment"],
                one["number"],
                one["contact"] and one["contact"].label,
            )
        )
        assert one["responded_on"].replace(day=1) == date(2026, 11, 1)
    return made


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_is_read_whole(known: Asked, tmp_path: Path, name: str):
    export = EXPORTS[name]
    proposal = importing.prepare(known.book, [export.write(tmp_path)])
    (report,) = proposal.reports
    assert report.entity == "survey_response"
    assert sorted({one.code for one in report.problems}) == sorted(export.problems)
    importing.apply(proposal)
    assert read(known) == list(export.answers)
    (form,) = known.book.ids("survey_form")
    assert known.get("survey_form", form, "name", "scale_from", "scale_to") == (
        export.form,
        *export.scale,
    )
    own = [one.label for one in known.book.schema.entity("survey_response").fields if one.custom]
    assert own == list(export.kept)
    for words in export.said:
        assert words in " ".join(report.notes)


@pytest.mark.parametrize("name", EXPORTS)
def test_a_later_export_adds_what_came_since_and_the_same_again_nothing(
    known: Asked, tmp_path: Path, name: str
):
    export = EXPORTS[name]
    last = len(export.answers)
    first = export.write(tmp_path, export.rows[:-1])
    importing.apply(importing.prepare(known.book, [first]))
    assert read(known) == list(export.answers[:-1])
    later = importing.prepare(known.book, [export.write(tmp_path)])
    (report,) = later.reports
    assert (report.added, report.updated, report.unchanged) == (1, 0, last - 1)
    importing.apply(later)
    assert read(known) == list(export.answers)
    assert importing.apply(importing.prepare(known.book, [tmp_path / export.file])) is None


def wjx(heads: list[str], *answers: tuple[int, int, list[object]]) -> list[list[object]]:
    """Rows as 问卷星 writes them: number, day in November, cells."""
    about = ["序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP"]
    rows: list[list[object]] = [[*about, *heads]]
    for number, day, cells in answers:
        rows.append(
            [number, f"2026/11/{day} 9:15:22", "65秒", "微信", "N/A", "114.2.1.2(江苏)", *cells]
        )
    return rows


def brought(asked: Asked, tmp_path: Path, rows: list[list[object]], name: str = "甲.xlsx"):
    """The report of an import of such rows, which is applied."""
    proposal = importing.prepare(asked.book, [Export(name, rows, (), "").write(tmp_path)])
    importing.apply(proposal)
    return proposal.reports[0]


def test_two_people_of_one_customer_on_one_day_stay_two_answers(known: Asked, tmp_path: Path):
    heads = ["1、您对我们的总体满意度", "2、公司名称"]
    first = [(1, 2, ["满意", YUAN]), (2, 2, ["不满意", YUAN])]
    brought(known, tmp_path, wjx(heads, *first))
    report = brought(known, tmp_path, wjx(heads, *first, (3, 2, ["一般", YUAN])))
    assert (report.added, report.unchanged) == (1, 2)
    assert [one.score for one in read(known)] == [4, 2, 3]


def test_another_questionnaire_of_the_same_name_overwrites_nothing(known: Asked, tmp_path: Path):
    heads = ["1、您对我们的总体满意度", "2、公司名称"]
    brought(known, tmp_path, wjx(heads, (1, 2, ["满意", YUAN]), (2, 3, ["一般", TIAN])))
    brought(known, tmp_path, wjx(heads, (1, 20, ["不满意", TIAN]), (2, 21, ["一般", YUAN])))
    assert [(one.day, one.score) for one in read(known)] == [(2, 4), (3, 3), (20, 2), (21, 3)]


def test_a_questionnaire_of_this_year_is_not_that_of_the_last(known: Asked, tmp_path: Path):
    heads = ["1、您对我们的总体满意度", "2、公司名称"]
    for year in (2025, 2026):
        brought(known, tmp_path, wjx(heads, (1, 2, ["满意", YUAN])), f"客户满意度_{year}.xlsx")
    names = [known.get("survey_form", row, "name") for row in known.book.ids("survey_form")]
    assert names == ["客户满意度_2025", "客户满意度_2026"]


@pytest.mark.parametrize(
    ("head", "cells", "score", "recommends"),
    [
        ("您愿意推荐我们吗（1-5分）", [5, 4, 3], None, None),  # another scale is no NPS
        ("您愿意推荐我们吗", ["愿意", "不愿意", "愿意"], None, None),  # nor is yes or no
        ("您有多大可能推荐我们", [10, 0, 7], None, 10),
        ("您有多大可能推荐我们", ["10 (非常愿意)", "0 (不可能)", "7"], None, 10),
        ("请为我们的服务打分", [5, 4, 3], 5, None),
        ("How would you rate our service?", ["Excellent", "Good", "Poor"], 5, None),
        ("我对贵司的服务感到满意", ["非常同意", "不同意", "同意"], 5, None),
        ("您对服务满意吗", ["5、非常满意", "4、满意", "1、很不满意"], 5, None),
        ("您对哪些方面最满意", ["质量┋价格", "价格", "服务"], None, None),
        ("您满意的方面(质量)", [1, 0, 1], None, None),  # an option that was chosen or not
    ],
)
def test_satisfaction_and_recommending_are_told_apart(
    known: Asked, tmp_path: Path, head: str, cells: list[object], score: int, recommends: int
):
    other = "2、您对交货是否满意" if score is None and recommends is None else "2、您的职务"
    rows = [(at, at, [cell, "满意", YUAN]) for at, cell in enumerate(cells, 1)]
    brought(known, tmp_path, wjx([f"1、{head}", other, "3、公司名称"], *rows))
    first = read(known)[0]
    if score is None and recommends is None:
        assert (first.score, first.recommends) == (4, None)
        (own,) = [one for one in known.book.schema.entity("survey_response").fields if one.custom]
        assert own.label == f"1、{head}"
    else:
        assert (first.score, first.recommends) == (score, recommends)


def test_a_short_scale_of_recommending_is_seen_in_many_answers(known: Asked, tmp_path: Path):
    rows = [(at, at, [1 + at % 5, "满意"]) for at in range(1, 13)]
    brought(known, tmp_path, wjx(["1、您愿意推荐我们吗？", "2、您满意吗？"], *rows))
    assert {one.recommends for one in read(known)} == {None}


def test_who_did_not_give_a_name_is_nobody_and_an_unknown_name_stays_to_be_seen(
    known: Asked, tmp_path: Path
):
    rows = wjx(["1、您满意吗？", "2、您的姓名"], (1, 2, ["满意", "匿名"]), (2, 3, ["满意", "某人"]))
    report = brought(known, tmp_path, rows)
    assert not report.problems
    assert [one.contact for one in read(known)] == [None, None]
    (own,) = [one for one in known.book.schema.entity("survey_response").fields if one.custom]
    assert own.label == "2、您的姓名"


def test_nobody_is_added_by_what_customers_write(known: Asked, tmp_path: Path):
    rows = wjx(
        ["1、您满意吗？", "2、公司名称"],
        (1, 2, ["满意", YUAN]),
        (2, 3, ["满意", "远景科技公司"]),
        (3, 4, ["一般", "个人"]),
    )
    file = Export("甲.xlsx", rows, (), "").write(tmp_path)
    proposal = importing.prepare(known.book, [file], Options(create_links=True))
    (report,) = proposal.reports
    assert {(one.row, one.code) for one in report.problems} == {(3, "unknown_link"), (4, "unknown_link")}  # fmt: skip
    told = {one.name: (one.addable, one.suggestion) for one in proposal.new_names}
    assert told["个人"] == (False, "")
    assert told["远景科技公司"][0] is False
    importing.apply(proposal)
    assert (known.book.count("customer"), known.book.count("survey_form")) == (3, 1)
    meant = Options(create_links=True, values={("customer", "远景科技公司"): YUAN})
    importing.apply(importing.prepare(known.book, [file], meant))
    assert [(one.number, one.customer) for one in read(known)] == [("1", YUAN), ("2", YUAN)]


def test_a_phone_number_of_two_contacts_is_named(known: Asked, tmp_path: Path):
    customer = known.customer("另一家", known.li)
    known.add("contact", name="同号", customer=customer, phone="139-1111-2222")
    rows = wjx(
        ["1、手机号", "2、您满意吗？"],
        (1, 2, ["13911112222", "满意"]),
        (2, 3, ["13633334444", "满意"]),
    )
    report = brought(known, tmp_path, rows)
    assert [(one.row, one.code) for one in report.problems] == [(2, "ambiguous_link")]
    assert [(one.number, one.customer) for one in read(known)] == [("2", TIAN)]


def test_a_mean_of_parts_is_rounded_as_money_is_and_blanks_do_not_count(
    known: Asked, tmp_path: Path
):
    heads = ["1、您对下列是否满意—质量", "1、您对下列是否满意—交货", "1、您对下列是否满意—服务"]
    brought(
        known,
        tmp_path,
        wjx(heads, (1, 2, [5, 4, 4]), (2, 3, ["(空)", 2, "(跳过)"]), (3, 4, ["", "", ""])),
    )
    assert [known.get("survey_response", row, "score") for row in known.book.ids("survey_response")] == [
        Decimal("4.333333"), Decimal(2), None,
    ]  # fmt: skip


def test_a_part_that_is_no_score_is_named_with_its_row(known: Asked, tmp_path: Path):
    heads = ["1、您对下列是否满意—质量", "1、您对下列是否满意—交货"]
    rows = wjx(
        heads, (1, 2, ["满意", "满意"]), (2, 3, ["满意", "看情况"]), (3, 4, ["一般", "一般"])
    )
    report = brought(known, tmp_path, rows)
    assert {(one.row, one.column, one.value) for one in report.problems} == {
        (3, heads[1], "看情况")
    }
