"""Exports of questionnaire services are taken as they come."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from models.refusals import Refused
from models.satisfaction.scores import spelled
from models.sheets import exporting, importing
from tests.satisfaction.asked import Asked

WJX = [
    [
        "序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP", "1、您对我们的总体满意度",
        "2、您有多大可能向朋友或同事推荐我们？(0-10)", "3、您的公司名称", "4、您的意见和建议", "总分",
    ],
    [1, "2026/11/2 9:15:22", "65秒", "微信", "N/A", "114.2.1.2(江苏)", "非常满意", 10, "远景", "很快", 15],
    [2, "2026/11/2 9:20:22", "90秒", "微信", "N/A", "114.2.1.3(江苏)", "不满意", 3, "天成", "太慢", 5],
    [3, "2026/11/3 9:15:22", "35秒", "链接", "N/A", "114.2.1.4(上海)", "一般", 7, "(空)", "(空)", 9],
    [4, "2026/11/3 9:25:22", "35秒", "链接", "N/A", "114.2.1.4(上海)", "满意", 8, "", "", 11],
]  # fmt: skip


def sheet(place: Path, name: str, rows: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in rows:
        page.append(row)
    book.save(place / name)
    return place / name


def answers(asked: Asked) -> list[tuple[object, ...]]:
    names = ("number", "customer", "responded_on", "score", "satisfied", "recommends", "comment")
    return [asked.get("survey_response", row, *names) for row in asked.book.ids("survey_response")]


@pytest.fixture
def two(asked: Asked) -> tuple[int, int]:
    return asked.customer("远景", asked.li), asked.customer("天成", asked.wang)


def test_an_export_of_wenjuanxing_is_understood_whole(asked: Asked, two, tmp_path):
    file = sheet(tmp_path, "303123456_按文本_满意度调查_4_4.xlsx", WJX)
    proposal = importing.prepare(asked.book, [file])
    importing.apply(proposal)
    second, third = date(2026, 11, 2), date(2026, 11, 3)
    assert answers(asked) == [
        ("1", two[0], second, 5, 1, 10, "很快"),
        ("2", two[1], second, 2, Decimal("0.25"), 3, "太慢"),
        ("3", None, third, 3, Decimal("0.5"), 7, None),
        ("4", None, third, 4, Decimal("0.75"), 8, None),
    ]
    (form,) = asked.book.ids("survey_form")
    assert asked.get("survey_form", form, "name", "scale_to") == ("满意度调查", 5)
    assert not any(one.custom for one in asked.book.schema.entity("survey_response").fields)
    assert asked.get("survey_response", 1, "attributed_to") == asked.li


def test_the_same_export_again_changes_nothing_and_a_later_one_adds_what_came_since(
    asked: Asked, two, tmp_path
):
    importing.apply(
        importing.prepare(asked.book, [sheet(tmp_path, "303123456_按文本_调查_3_3.xlsx", WJX[:4])])
    )
    proposal = importing.prepare(
        asked.book, [sheet(tmp_path, "303123456_按文本_调查_4_4.xlsx", WJX)]
    )
    (report,) = proposal.reports
    assert (report.added, report.updated, report.unchanged) == (1, 0, 3)
    importing.apply(proposal)
    assert (
        importing.apply(
            importing.prepare(asked.book, [tmp_path / "303123456_按文本_调查_4_4.xlsx"])
        )
        is None
    )
    assert asked.book.count("survey_form") == 1


def test_what_tencent_and_an_english_form_export_is_understood_too(asked: Asked, two, tmp_path):
    tencent = sheet(
        tmp_path,
        "客户回访.xlsx",
        [
            ["编号", "开始答题时间", "结束答题时间", "答题时长", "地理位置", "1.请问您对我们的服务满意吗？", "2.您有多大可能把我们推荐给同行（0-10分）", "3.请填写贵公司名称", "4.您还有什么想对我们说的"],
            [1, "2026-10-08 09:00:01", "2026-10-08 09:02:33", "152", "江苏省", 5, 9, "远景", "专业"],
        ],
    )  # fmt: skip
    english = sheet(
        tmp_path,
        "customer survey.xlsx",
        [
            ["Response ID", "Submitted at", "Overall, how satisfied are you with us?", "How likely are you to recommend us to a friend or colleague? (0-10)", "Company name", "Any comments or suggestions?"],
            [1, "2026-10-09 09:00:01", "Very dissatisfied", "0 - not at all likely", "天成", "rude"],
        ],
    )  # fmt: skip
    importing.apply(importing.prepare(asked.book, [tencent]))
    importing.apply(importing.prepare(asked.book, [english]))
    assert answers(asked) == [
        ("1", two[0], date(2026, 10, 8), 5, 1, 9, "专业"),
        ("1", two[1], date(2026, 10, 9), 1, 0, 0, "rude"),
    ]


def test_a_scale_of_ten_is_seen_and_one_that_was_put_right_stays(asked: Asked, two, tmp_path):
    rows = [["序号", "提交时间", "1、您的总体满意度", "2、您的公司名称"]]
    rows += [[at, "2026-10-08", score, "远景"] for at, score in enumerate((10, 8, 3), 1)]
    file = sheet(tmp_path, "十分制.xlsx", rows)
    importing.apply(importing.prepare(asked.book, [file]))
    (form,) = asked.book.ids("survey_form")
    assert asked.get("survey_form", form, "scale_from", "scale_to") == (1, 10)
    asked.set("survey_form", form, scale_from=0)
    assert asked.get("survey_response", 1, "satisfied") == 1
    assert importing.apply(importing.prepare(asked.book, [file])) is None


def test_a_customer_that_is_not_known_and_a_score_that_is_none_are_named(
    asked: Asked, two, tmp_path
):
    rows = [*WJX, [5, "2026/11/4", "1秒", "", "", "", "看情况", 11, "谁也不是", "", 1]]
    (report,) = importing.prepare(asked.book, [sheet(tmp_path, "q.xlsx", rows)]).reports
    found = {(one.row, one.code) for one in report.problems}
    assert {row for row, _ in found} == {6}
    assert {"not_a_number", "too_large"} & {code for _, code in found}


def test_our_own_sheet_of_answers_comes_back_unchanged(asked: Asked, two, tmp_path):
    importing.apply(importing.prepare(asked.book, [sheet(tmp_path, "q.xlsx", WJX)]))
    out = tmp_path / "out.xlsx"
    exporting.export(asked.book, out, ["survey_response"])
    assert importing.apply(importing.prepare(asked.book, [out])) is None


def test_a_plain_list_of_answers_is_no_questionnaire(asked: Asked, two, tmp_path):
    file = sheet(
        tmp_path, "满意度.xlsx", [["客户名称", "评价日期", "满意度评分"], ["远景", "2026-10-08", 4]]
    )
    importing.apply(importing.prepare(asked.book, [file]))
    assert asked.book.count("survey_response") == 1
    assert asked.book.count("survey_form") == 0


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("非常满意", 5), ("满意（4分）", 4), ("★★★☆☆", 3), ("4星", "4"), ("8 - 比较可能", "8"),
        ("Neither satisfied nor dissatisfied", 3), ("4/5", "4"), (7, 7), ("看情况", "看情况"),
    ],
)  # fmt: skip
def test_words_of_a_scale_are_numbers(said, number):
    assert spelled(said) == number


def test_words_can_be_typed_as_well(asked: Asked, two):
    row = asked.answer(two[0], date(2026, 1, 1), score="非常满意", recommends="9分")
    assert asked.get("survey_response", row, "score", "recommends") == (5, 9)
    with pytest.raises(Refused):
        asked.answer(two[0], date(2026, 1, 1), score="看情况")
