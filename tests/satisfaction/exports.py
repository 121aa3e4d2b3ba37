"""Exports of questionnaire services, as public code that reads them and public manuals describe them.

All answers are made up; what is true to life are the columns of the service's own, how a question is
written above its column, how an answer is written in its cell, the name of the file and its encoding:

- 问卷星: 序号, 提交答卷时间, 所用时间 (65秒), 来源, 来源详情, 来自IP (address with the province), questions
  as 1、…, parts of a matrix after —, what wasn't answered (空) or (跳过), by places -3 and -2, several choices
  apart by ┋, what was written beside an option in 〖〗; number_按文本_name_sent_count.xlsx. As read by
  public scripts that drop these columns, and by one that writes such a sheet (“(跳过)”, “%s〖%s〗”).
- 腾讯问卷: 编号, 开始答题时间, 结束答题时间, 答题时长 in seconds, 语言, 清洗数据结果, 地理位置国家和地区, …省,
  …市, 用户类型, 用户标识, 昵称, 自定义字段, IP, UA, Referrer; each cell in quotes and a comma at the end of
  the line; questions as 1.…, options as A.…, several choices a column each after a colon;
  number_moment.csv. As in public templates (“02-Feb-2021 20:26:58”).
- 问卷网: All_Data_Readable.csv in GBK with 答题序号, 开始时间, 答题时长 and questions as Q1:…
- 金数据, SurveyKing and the like: 序号, bare questions, 提交人, 提交时间, 填写时长, 填写设备, 操作系统, 浏览器,
  填写地区, IP, ID.
- 飞书多维表格, 腾讯文档收集表, WPS: bare questions, 提交者（自动）, 提交时间（自动）, 〈question〉（必填）.
- SurveyMonkey: Respondent ID, Collector ID, Start Date, End Date, IP Address, Email Address, First Name,
  Last Name, Custom Data 1; a second row of heads with Response, Open-Ended Response or a matrix' lines.
- Microsoft Forms: ID, Start time, Completion time, Email, Name, Last modified time; moments as 11/2/26
  9:15:22; name(1-3).xlsx. Google Forms: Timestamp (时间戳记), parts of a grid in []; “name (Responses)”.
  Typeform: #, Response Type, Start Date (UTC), Stage Date (UTC), Submit Date (UTC), Network ID, marks of
  HTML in questions.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import openpyxl

Rows = list[list[object]]
YUAN, TIAN, BLUE = "远景科技有限公司", "天成贸易有限公司", "Blue Harbor Ltd"


@dataclass(frozen=True)
class Answer:
    """What has to be read from a row; ``day`` is one of November 2026."""

    day: int
    customer: str | None = None
    score: float | None = None
    satisfied: float | None = None
    recommends: int | None = None
    comment: str | None = None
    number: str | None = None
    contact: str | None = None


@dataclass(frozen=True)
class Export:
    """An export: its file, its rows, what has to be read from it, and what has to stay visible."""

    file: str
    rows: Rows
    answers: tuple[Answer, ...]
    form: str
    kept: tuple[str, ...] = ()  # heads that become columns of the users' own
    scale: tuple[int, int] = (1, 5)
    encoding: str = "utf-8"
    problems: tuple[str, ...] = ()  # codes
    said: tuple[str, ...] = field(default=())  # words of the notes, in English
    merged: tuple[str, ...] = ()  # ranges of cells

    def write(self, place: Path, rows: Rows | None = None, name: str = "") -> Path:
        """Put it on disk, by the end of its name."""
        path, rows = place / (name or self.file), rows or self.rows
        if path.suffix == ".csv":
            text = io.StringIO()
            quoting = csv.QUOTE_ALL if "_2026" in self.file else csv.QUOTE_MINIMAL
            csv.writer(text, quoting=quoting).writerows(rows)
            path.write_bytes(text.getvalue().encode(self.encoding))
            return path
        book = openpyxl.Workbook()
        page = book.active
        assert page is not None
        for row in rows:
            page.append(row)
        for one in self.merged:
            page.merge_cells(one)
        book.save(path)
        return path


_WJX = ["序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP"]


def _wjx(number: int, day: int) -> list[object]:
    return [
        number,
        f"2026/11/{day} 13:04:22",
        f"{60 + number}秒",
        "手机提交",
        "直接访问",
        "114.2.1.2(江苏-南京)",
    ]


_QQ_AHEAD = ["编号", "开始答题时间", "结束答题时间", "答题时长"]
_QQ_BEHIND = [
    "语言", "清洗数据结果", "智能清洗数据无效概率", "地理位置国家和地区", "地理位置省", "地理位置市", "用户类型",
    "用户标识", "昵称", "自定义字段", "IP", "UA", "Referrer", "中奖时间", "中奖金额", "审核状态", "",
]  # fmt: skip


def _qq_ahead(number: int, day: int) -> list[object]:
    return [number, f"2026-11-{day:02} 20:26:58", f"2026-11-{day:02} 20:27:09", "11"]


_QQ_TAIL: list[object] = [
    "中文", "有效", "0.1", "中国", "江苏", "南京", "微信", "o6_bmjrPTlm6", "小城", "", "114.2.1.2",
    "Mozilla/5.0", "https://wj.qq.com/mine.html", "", "", "", "",
]  # fmt: skip
_KING = ["提交人", "提交时间", "填写时长", "填写设备", "操作系统", "浏览器", "填写地区", "IP", "ID"]


def _king(day: int, id: str) -> list[object]:
    return [
        "匿名",
        f"2026-11-{day:02} 09:15:22",
        "00:01:05",
        "手机",
        "Android",
        "Chrome",
        "江苏南京",
        "114.2.1.2",
        id,
    ]


_SM = [
    "Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address", "Email Address", "First Name",
    "Last Name", "Custom Data 1",
]  # fmt: skip


def _sm(number: int, day: int) -> list[object]:
    return [
        f"1142387654{number:02}", "438761234", f"2026-11-{day:02} 09:13:22", f"2026-11-{day:02} 09:15:22",
        "203.0.113.7", "", "", "", "",
    ]  # fmt: skip


_MS = ["ID", "Start time", "Completion time", "Email", "Name", "Last modified time"]


def _ms(number: int, day: int) -> list[object]:
    return [number, f"11/{day}/26 9:13:22", f"11/{day}/26 9:15:22", "anonymous", "", ""]


EXPORTS: dict[str, Export] = {
    "wjx_text": Export(
        "303123456_按文本_2026年客户满意度调查_3_3.xlsx",
        [
            [*_WJX, "1、您对我们的总体满意度是？", "2、您有多大可能把我们推荐给朋友或同事？", "3、贵公司名称", "4、您的意见和建议", "总分"],
            [*_wjx(1, 2), "非常满意", "10(非常愿意)", YUAN, "发货很快", 15],
            [*_wjx(2, 2), "不满意", "0(完全不愿意)", TIAN, "(空)", 2],
            [*_wjx(3, 25), "一般", "(跳过)", "(空)", "价格偏高", 3],
        ],
        (
            Answer(2, YUAN, 5, 1, 10, "发货很快", "1"),
            Answer(2, TIAN, 2, 0.25, 0, None, "2"),
            Answer(25, None, 3, 0.5, None, "价格偏高", "3"),
        ),
        "2026年客户满意度调查",
    ),
    "wjx_by_place": Export(
        "303123456_按序号_客户满意度_2_2.xlsx",
        [
            [*_WJX, "1、您对我们的总体满意度", "2、您的公司名称", "3、您看重什么(质量)", "3、您看重什么(价格)", "4、您的建议"],
            [*_wjx(1, 2), 1, YUAN, 1, 0, "-3"],
            [*_wjx(2, 3), -3, TIAN, 0, 1, -2],
        ],
        (Answer(2, YUAN, 1, 0, number="1"), Answer(3, TIAN, number="2")),
        "客户满意度",
        kept=("3、您看重什么(质量)", "3、您看重什么(价格)"),
        said=("by the places of the options",),
    ),
    "wjx_by_points": Export(
        "303123456_按分数_回访_2_2.xlsx",
        [
            [*_WJX, "总分", "1、您对本次服务满意吗？", "2、您的单位"],
            [*_wjx(1, 2), 5, 5, YUAN],
            [*_wjx(2, 3), 4, 4, TIAN],
        ],
        (Answer(2, YUAN, 5, 1, number="1"), Answer(3, TIAN, 4, 0.75, number="2")),
        "回访",
    ),
    "wjx_matrix_without_whole": Export(
        "303123456_按文本_矩阵_2_2.xlsx",
        [
            [*_WJX, "1、您的公司名称", "2、请对以下各项的满意程度进行评价—产品质量", "2、请对以下各项的满意程度进行评价—交货速度", "2、请对以下各项的满意程度进行评价—服务态度", "3、其他建议"],
            [*_wjx(1, 2), YUAN, "非常满意", "满意", "一般", "无"],
            [*_wjx(2, 3), TIAN, "满意", "(跳过)", "满意", "再快一点"],
        ],
        (Answer(2, YUAN, 4, 0.75, comment="无", number="1"), Answer(3, TIAN, 4, 0.75, comment="再快一点", number="2")),
        "矩阵",
        kept=(
            "2、请对以下各项的满意程度进行评价—产品质量",
            "2、请对以下各项的满意程度进行评价—交货速度",
            "2、请对以下各项的满意程度进行评价—服务态度",
        ),
        said=("mean",),
    ),
    "wjx_matrix_and_whole": Export(
        "303123456_按文本_矩阵二_2_2.xlsx",
        [
            [*_WJX, "1、您的公司名称", "2、您对下列方面是否满意—产品质量", "2、您对下列方面是否满意—交货速度", "3、总体而言，您对我们的满意程度", "4、您对哪些方面不满意", "5、您的建议"],
            [*_wjx(1, 2), YUAN, "非常满意", "满意", "一般", "价格┋其他〖包装〗", "包装"],
            [*_wjx(2, 3), TIAN, "满意", "满意", "非常满意", "(空)", "(空)"],
        ],
        (Answer(2, YUAN, 3, 0.5, comment="包装", number="1"), Answer(3, TIAN, 5, 1, number="2")),
        "矩阵二",
        kept=("2、您对下列方面是否满意—产品质量", "2、您对下列方面是否满意—交货速度", "4、您对哪些方面不满意"),
    ),
    "wjx_choices_first": Export(
        "303123456_按文本_渠道_2_2.xlsx",
        [
            [*_WJX, "1、您是通过哪些渠道了解我们的？", "2、您购买过我们的哪些产品？", "3、您对我们的整体满意度", "4、您的公司名称是？", "5、您给出上述评分的主要原因是什么？", "6、您希望我们在哪些方面改进？"],
            [*_wjx(1, 2), "朋友介绍┋展会", "泵┋阀", "满意", YUAN, "态度好", "物流"],
            [*_wjx(2, 3), "网络", "泵", "很满意", TIAN, "质量稳定", "(空)"],
        ],
        (Answer(2, YUAN, 4, 0.75, comment="物流", number="1"), Answer(3, TIAN, 5, 1, number="2")),
        "渠道",
        kept=("1、您是通过哪些渠道了解我们的？", "2、您购买过我们的哪些产品？", "5、您给出上述评分的主要原因是什么？"),
    ),
    "wjx_nps_only": Export(
        "303123456_按文本_NPS_3_3.csv",
        [
            [*_WJX, "1、您愿意向同行推荐我们吗？（0分：完全不愿意，10分：非常愿意）", "2、打分原因", "3、公司全称"],
            [*_wjx(1, 2), "10", "质量好", YUAN],
            [*_wjx(2, 3), "6分", "交期长", TIAN],
            [*_wjx(3, 4), "(空)", "没用过", "(空)"],
        ],
        (
            Answer(2, YUAN, recommends=10, comment="质量好", number="1"),
            Answer(3, TIAN, recommends=6, comment="交期长", number="2"),
            Answer(4, None, comment="没用过", number="3"),
        ),
        "NPS",
        encoding="gb18030",
    ),
    "wjx_ten_points": Export(
        "303123456_按文本_十分制_3_3.csv",
        [
            [*_WJX, "1、请为我们的服务打分，您的满意度是（1-10分）", "2、公司名称"],
            [*_wjx(1, 2), "5", YUAN],
            [*_wjx(2, 3), "4", TIAN],
            [*_wjx(3, 4), "3", TIAN],
        ],
        (
            Answer(2, YUAN, 5, 0.444444, number="1"),
            Answer(3, TIAN, 4, 0.333333, number="2"),
            Answer(4, TIAN, 3, 0.222222, number="3"),
        ),
        "十分制",
        scale=(1, 10),
        encoding="utf-8-sig",
    ),
    "wjx_three_words": Export(
        "303123456_按文本_三档_3_3.xlsx",
        [
            [*_WJX, "1、您对这次交货满意吗", "2、公司名称"],
            [*_wjx(1, 2), "A.满意", YUAN],
            [*_wjx(2, 3), "B.一般", TIAN],
            [*_wjx(3, 4), "C.不满意", TIAN],
        ],
        (
            Answer(2, YUAN, 4, 0.75, number="1"),
            Answer(3, TIAN, 3, 0.5, number="2"),
            Answer(4, TIAN, 2, 0.25, number="3"),
        ),
        "三档",
    ),
    "wjx_stars_and_phone": Export(
        "303123456_按文本_星级_2_2 (1).xlsx",
        [
            [*_WJX, "1、您的手机号", "2、您对服务的满意度评价", "3、您的建议"],
            [*_wjx(1, 2), "139 1111 2222", "★★★★★", "好"],
            [*_wjx(2, 3), 13633334444, "★★★☆☆", "(空)"],
        ],
        (
            Answer(2, YUAN, 5, 1, comment="好", number="1", contact="赵敏"),
            Answer(3, TIAN, 3, 0.5, number="2", contact="钱进"),
        ),
        "星级",
    ),
    "wjx_code": Export(
        "303123456_按文本_编号_2_2.xlsx",
        [
            [*_WJX, "1、请输入您的客户编号", "2、您对我们满意吗？"],
            [*_wjx(1, 2), "C-001", "5分"],
            [*_wjx(2, 3), "C-002", "4分（满意）"],
        ],
        (Answer(2, YUAN, 5, 1, number="1"), Answer(3, TIAN, 4, 0.75, number="2")),
        "编号",
    ),
    "wjx_person": Export(
        "303123456_按文本_姓名_2_2.xlsx",
        [
            [*_WJX, "1、您的姓名", "2、您对我们的满意度"],
            [*_wjx(1, 2), "赵敏", "非常满意"],
            [*_wjx(2, 3), "钱进", "比较不满意"],
        ],
        (
            Answer(2, YUAN, 5, 1, number="1", contact="赵敏"),
            Answer(3, TIAN, 2, 0.25, number="2", contact="钱进"),
        ),
        "姓名",
    ),
    "wjx_titled": Export(
        "汇总.xlsx",
        [
            ["2026年第四季度客户满意度调查结果"],
            ["导出时间：2026-11-05  共2份答卷"],
            [*_WJX, "1、您对我们的总体满意度", "2、公司名称"],
            [*_wjx(1, 2), "非常满意", YUAN],
            [*_wjx(2, 3), "很不满意", TIAN],
        ],
        (Answer(2, YUAN, 5, 1, number="1"), Answer(3, TIAN, 1, 0, number="2")),
        "汇总",
    ),
    "qq_csv": Export(
        "9799234_202611052020311613.csv",
        [
            [*_QQ_AHEAD, "1.请问您对我们的服务总体满意吗？", "2.您有多大的可能性向朋友或同事推荐我们？", "3.请填写贵公司名称", "4.还有什么想对我们说的吗？", *_QQ_BEHIND],
            [*_qq_ahead(1, 2), "A.非常满意", "10", YUAN, "专业", *_QQ_TAIL],
            [*_qq_ahead(2, 3), "D.不太满意", "3", TIAN, "", *_QQ_TAIL],
        ],
        (Answer(2, YUAN, 5, 1, 10, "专业", "1"), Answer(3, TIAN, 2, 0.25, 3, number="2")),
        "9799234",
        encoding="utf-8-sig",
    ),
    "qq_choices_and_matrix": Export(
        "9799235_202611052020311613.csv",
        [
            [*_QQ_AHEAD, "1.您看重哪些方面:价格", "1.您看重哪些方面:质量", "2.请为以下方面的满意度打分:产品", "2.请为以下方面的满意度打分:服务", "3.公司名称", *_QQ_BEHIND],
            [*_qq_ahead(1, 2), "A.价格", "", "5", "3", YUAN, *_QQ_TAIL],
            [*_qq_ahead(2, 3), "", "B.质量", "4", "4", TIAN, *_QQ_TAIL],
        ],
        (Answer(2, YUAN, 4, 0.75, number="1"), Answer(3, TIAN, 4, 0.75, number="2")),
        "9799235",
        kept=("1.您看重哪些方面:价格", "1.您看重哪些方面:质量", "2.请为以下方面的满意度打分:产品", "2.请为以下方面的满意度打分:服务"),
        said=("mean",),
        encoding="gb18030",
    ),
    "qq_english_moments": Export(
        "9799236_202611052020311613.csv",
        [
            ["编号", "开始答题时间", "结束答题时间", "答题时长", "地理位置国家和地区", "地理位置省", "地理位置市", "自定义字段", "1.您对我们的整体满意度", "2.贵公司名称", ""],
            ["1", "02-Nov-2026 20:26:58", "02-Nov-2026 20:27:09", "11", "中国", "香港", "", "", "非常满意", YUAN, ""],
            ["2", "03-Nov-2026 20:26:58", "03-Nov-2026 20:27:09", "11", "中国", "江苏", "", "", "满意", TIAN, ""],
        ],
        (Answer(2, YUAN, 5, 1, number="1"), Answer(3, TIAN, 4, 0.75, number="2")),
        "9799236",
    ),
    "wenjuanwang": Export(
        "All_Data_Readable.csv",
        [
            ["答题序号", "来源", "开始时间", "结束时间", "答题时长", "IP省份", "IP城市", "IP地址", "浏览器", "操作系统", "Q1:您对我们的总体满意度", "Q2:贵公司名称", "Q3:您的意见或建议"],
            ["1", "链接", "2026-11-02 09:13:22", "2026-11-02 09:15:22", "120秒", "江苏", "南京", "114.2.1.2", "微信", "Android", "非常满意", YUAN, "很好"],
            ["2", "链接", "2026-11-03 09:13:22", "2026-11-03 09:15:22", "95秒", "江苏", "南京", "114.2.1.2", "微信", "Android", "不满意", TIAN, ""],
        ],
        (Answer(2, YUAN, 5, 1, comment="很好", number="1"), Answer(3, TIAN, 2, 0.25, number="2")),
        "All_Data_Readable",
        encoding="gbk",
    ),
    "jinshuju": Export(
        "客户满意度调查_20261105093015.xlsx",
        [
            ["序号", "您对本次服务的总体满意度", "您愿意把我们推荐给朋友吗？", "公司名称", "您的手机", "其他意见或建议", "提交人", "提交时间", "修改时间", "填写时长", "浏览器", "操作系统", "IP", "微信昵称", "微信OpenID"],
            [1, 5, 9, YUAN, "13911112222", "继续保持", "微信用户", "2026-11-02 09:15:22", "2026-11-02 09:15:22", 65, "微信", "iOS", "114.2.1.2", "小城", "o6_b"],
            [2, 3, 6, TIAN, "13633334444", "", "微信用户", "2026-11-03 09:15:22", "2026-11-03 09:15:22", 70, "微信", "iOS", "114.2.1.2", "小海", "o6_c"],
        ],
        (
            Answer(2, YUAN, 5, 1, 9, "继续保持", "1", "赵敏"),
            Answer(3, TIAN, 3, 0.5, 6, None, "2", "钱进"),
        ),
        "客户满意度调查",
    ),
    "jinshuju_two_heads": Export(
        "评价.xlsx",
        [
            ["序号", "您的公司名称", "请评价您的满意程度", "", "", "您的建议", "提交时间", "IP"],
            ["", "", "产品", "交货", "服务", "", "", ""],
            [1, YUAN, "非常满意", "满意", "一般", "快些", "2026-11-02 09:15:22", "114.2.1.2"],
            [2, TIAN, "满意", "满意", "满意", "谢谢", "2026-11-03 09:15:22", "114.2.1.2"],
        ],
        (Answer(2, YUAN, 4, 0.75, comment="快些", number="1"), Answer(3, TIAN, 4, 0.75, comment="谢谢", number="2")),
        "评价",
        kept=("请评价您的满意程度/产品", "请评价您的满意程度/交货", "请评价您的满意程度/服务"),
        said=("mean",),
    ),
    "surveyking": Export(
        "回访问卷.xlsx",
        [
            ["序号", "您对我们的服务是否满意？", "您所在的企业", "您有什么建议？", *_KING],
            [1, "满意", YUAN, "多来走走", *_king(2, "a1b2")],
            [2, "非常不满意", TIAN, "没人联系我", *_king(3, "a1b3")],
        ],
        (Answer(2, YUAN, 4, 0.75, comment="多来走走", number="1"), Answer(3, TIAN, 1, 0, comment="没人联系我", number="2")),
        "回访问卷",
    ),
    "feishu": Export(
        "客户满意度问卷_数据表_表格.xlsx",
        [
            ["您对我们的整体满意度", "您向他人推荐我们的意愿（0-10）", "公司名称", "还有什么想告诉我们？", "提交人", "提交时间"],
            [5, 10, YUAN, "谢谢", "匿名", "2026/11/02 09:15"],
            [2, 4, TIAN, "", "匿名", "2026/11/03 09:15"],
        ],
        (Answer(2, YUAN, 5, 1, 10, "谢谢"), Answer(3, TIAN, 2, 0.25, 4)),
        "客户满意度问卷",
    ),
    "tencent_docs": Export(
        "客户回访（收集结果）.xlsx",
        [
            ["提交者（自动）", "提交时间（自动）", "您的公司名称（必填）", "您对我们总体是否满意（必填）", "您的建议（选填）"],
            ["匿名", "2026年11月2日 09:15", YUAN, "满意", "好"],
            ["匿名", "2026年11月3日 09:15", TIAN, "一般", ""],
        ],
        (Answer(2, YUAN, 4, 0.75, comment="好"), Answer(3, TIAN, 3, 0.5)),
        "客户回访",
    ),
    "wps_form": Export(
        "满意度收集(2).xlsx",
        [
            ["提交者", "提交时间", "1.您对我们的服务满意吗？(单选)", "2.公司名称(填空)", "3.意见反馈(填空)"],
            ["张**", "2026-11-02 09:15:22", "非常满意", YUAN, "赞"],
            ["李**", "2026-11-03 09:15:22", "满意", TIAN, ""],
        ],
        (Answer(2, YUAN, 5, 1, comment="赞"), Answer(3, TIAN, 4, 0.75)),
        "满意度收集",
    ),
    "surveymonkey": Export(
        "Customer survey.xlsx",
        [
            [*_SM, "Overall, how satisfied are you with our company?", "How likely is it that you would recommend our company to a friend or colleague?", "What is the name of your company?", "Do you have any other comments, questions, or concerns?"],
            [*[""] * 9, "Response", "", "Open-Ended Response", "Open-Ended Response"],
            [*_sm(1, 2), "Very satisfied", "10 - Extremely likely", BLUE, "Great team"],
            [*_sm(2, 3), "Neither satisfied nor dissatisfied", "7", YUAN, ""],
        ],
        (
            Answer(2, BLUE, 5, 1, 10, "Great team", "114238765401"),
            Answer(3, YUAN, 3, 0.5, 7, None, "114238765402"),
        ),
        "Customer survey",
    ),
    "surveymonkey_matrix": Export(
        "Follow-up.csv",
        [
            [*_SM, "How satisfied are you with each of the following?", "", "", "Company name", "Any other feedback?"],
            [*[""] * 9, "Quality", "Delivery", "Support", "Open-Ended Response", "Open-Ended Response"],
            [*_sm(1, 2), "Very satisfied", "Satisfied", "Neither satisfied nor dissatisfied", BLUE, "ok"],
            [*_sm(2, 3), "Somewhat satisfied", "Somewhat satisfied", "Somewhat satisfied", YUAN, ""],
        ],
        (Answer(2, BLUE, 4, 0.75, comment="ok", number="114238765401"), Answer(3, YUAN, 4, 0.75, number="114238765402")),
        "Follow-up",
        kept=(
            "How satisfied are you with each of the following?/Quality",
            "How satisfied are you with each of the following?/Delivery",
            "How satisfied are you with each of the following?/Support",
        ),
        said=("mean",),
    ),
    "ms_forms": Export(
        "Customer feedback(1-2).csv",
        [
            [*_MS, "Overall, how satisfied are you with our service?", "How likely are you to recommend us to a friend or colleague?", "Your company", "What could we do better?"],
            [*_ms(1, 2), "Very satisfied", 9, BLUE, "Nothing"],
            [*_ms(2, 25), "Somewhat dissatisfied", 4, YUAN, "Faster replies"],
        ],
        (Answer(2, BLUE, 5, 1, 9, "Nothing", "1"), Answer(25, YUAN, 2, 0.25, 4, "Faster replies", "2")),
        "Customer feedback",
    ),
    "ms_forms_chinese": Export(
        "客户满意度(1-2).xlsx",
        [
            ["ID", "开始时间", "完成时间", "电子邮件", "名称", "上次修改时间", "您对我们的总体满意度如何？", "您向同行推荐我们的可能性有多大？", "公司名称", "还有其他建议吗？"],
            [1, "2026/11/2 9:13:22", "2026/11/2 9:15:22", "anonymous", "", "", "5", 9, YUAN, "无"],
            [2, "2026/11/3 9:13:22", "2026/11/3 9:15:22", "anonymous", "", "", "3", 4, TIAN, "快点"],
        ],
        (Answer(2, YUAN, 5, 1, 9, "无", "1"), Answer(3, TIAN, 3, 0.5, 4, "快点", "2")),
        "客户满意度",
    ),
    "ms_forms_signed_in": Export(
        "Account review(1-2).csv",
        [
            [*_MS, "How satisfied are you with us?"],
            [1, "11/2/26 9:13:22", "11/2/26 9:15:22", "ann@blueharbor.example", "Ann Lee", "", "4"],
            [2, "11/25/26 9:13:22", "11/25/26 9:15:22", "min@yuanjing.example", "赵敏", "", "5"],
        ],
        (
            Answer(2, BLUE, 4, 0.75, number="1", contact="Ann Lee"),
            Answer(25, YUAN, 5, 1, number="2", contact="赵敏"),
        ),
        "Account review",
    ),
    "google": Export(
        "Customer survey (Responses) - Form Responses 1.csv",
        [
            ["Timestamp", "Email Address", "How satisfied are you with our service?", "How likely are you to recommend us?", "Company", "Comments"],
            ["11/2/2026 9:15:22", "ann@blueharbor.example", "5", "10", BLUE, "Thanks"],
            ["11/25/2026 9:15:22", "min@yuanjing.example", "2", "6", YUAN, ""],
        ],
        (Answer(2, BLUE, 5, 1, 10, "Thanks", contact="Ann Lee"), Answer(25, YUAN, 2, 0.25, 6, contact="赵敏")),
        "Customer survey",
    ),
    "google_chinese_grid": Export(
        "满意度（回复）.xlsx",
        [
            ["时间戳记", "请评价您对以下方面的满意度 [产品]", "请评价您对以下方面的满意度 [服务]", "贵公司名称", "您的意见"],
            ["2026/11/2 下午 1:04:22", "非常满意", "一般", YUAN, "好"],
            ["2026/11/3 上午 9:15:22", "满意", "满意", TIAN, ""],
        ],
        (Answer(2, YUAN, 4, 0.75, comment="好"), Answer(3, TIAN, 4, 0.75)),
        "满意度",
        kept=("请评价您对以下方面的满意度 [产品]", "请评价您对以下方面的满意度 [服务]"),
        said=("mean",),
    ),
    "typeform": Export(
        "responses-Pdi981-01JABCDEF.csv",
        [
            ["#", "Hi! What's the name of your <strong>company</strong>?", "Overall, how <em>satisfied</em> are you with us?", "How likely are you to recommend us to a friend?", "Anything else you'd like to tell us?", "Response Type", "Start Date (UTC)", "Stage Date (UTC)", "Submit Date (UTC)", "Network ID", "Tags", "Ending"],
            ["odwdp4nzj1xg6m9l36", BLUE, "4", "9", "Lovely", "completed", "2026-11-02 02:39:31", "", "2026-11-02 02:41:38", "653e97acae", "", "thanks"],
            ["odwdp4nzj1xg6m9l37", YUAN, "2", "3", "", "completed", "2026-11-03 02:39:31", "", "2026-11-03 02:41:38", "653e97acaf", "", "thanks"],
        ],
        (
            Answer(2, BLUE, 4, 0.75, 9, "Lovely", "odwdp4nzj1xg6m9l36"),
            Answer(3, YUAN, 2, 0.25, 3, None, "odwdp4nzj1xg6m9l37"),
        ),
        "responses-Pdi981-01JABCDEF",
    ),
    "limesurvey": Export(
        "results-survey123456.csv",
        [
            ["Response ID", "Date submitted", "Last page", "Start language", "Seed", "Date started", "Date last action", "How satisfied are you with our work overall?", "Your organisation", "Do you have suggestions?"],
            ["1", "2026-11-02 09:15:22", "3", "en", "123", "2026-11-02 09:13:22", "2026-11-02 09:15:22", "Very satisfied", BLUE, "No"],
            ["2", "2026-11-03 09:15:22", "3", "en", "124", "2026-11-03 09:13:22", "2026-11-03 09:15:22", "Dissatisfied", YUAN, ""],
        ],
        (Answer(2, BLUE, 5, 1, comment="No", number="1"), Answer(3, YUAN, 2, 0.25, number="2")),
        "results-survey123456",
    ),
    "jinshuju_merged_heads": Export(
        "评价（2026）.xlsx",
        [
            ["序号", "您的公司名称", "请评价您的满意程度", None, None, "您的建议", "提交时间", "IP"],
            [None, None, "产品", "交货", "服务", None, None, None],
            [1, YUAN, 5, 4, 3, "快些", "2026-11-02 09:15:22", "114.2.1.2"],
            [2, TIAN, 4, 4, 4, "谢谢", "2026-11-03 09:15:22", "114.2.1.2"],
            [3, TIAN, 1, 2, 3, "", "2026-11-04 09:15:22", "114.2.1.2"],
        ],
        (
            Answer(2, YUAN, 4, 0.75, comment="快些", number="1"),
            Answer(3, TIAN, 4, 0.75, comment="谢谢", number="2"),
            Answer(4, TIAN, 2, 0.25, number="3"),
        ),
        "评价（2026）",
        kept=("请评价您的满意程度/产品", "请评价您的满意程度/交货", "请评价您的满意程度/服务"),
        said=("mean",),
        merged=("A1:A2", "B1:B2", "C1:E1", "F1:F2", "G1:G2", "H1:H2"),
    ),
    "surveymonkey_merged": Export(
        "Client survey.xlsx",
        [
            [*_SM, "How satisfied are you with the following?", None, None, "Company name", "Any suggestions?"],
            [*[None] * 9, "Quality", "Delivery", "Support", "Open-Ended Response", "Open-Ended Response"],
            [*_sm(1, 2), "Very satisfied", "Satisfied", "Neither satisfied nor dissatisfied", BLUE, "ok then"],
            [*_sm(2, 3), "Dissatisfied", "Satisfied", "Satisfied", YUAN, ""],
            [*_sm(3, 4), "Very dissatisfied", "N/A", "Very satisfied", YUAN, ""],
        ],
        (
            Answer(2, BLUE, 4, 0.75, comment="ok then", number="114238765401"),
            Answer(3, YUAN, 3.333333, 0.583333, number="114238765402"),
            Answer(4, YUAN, 3, 0.5, number="114238765403"),
        ),
        "Client survey",
        kept=(
            "How satisfied are you with the following?/Quality",
            "How satisfied are you with the following?/Delivery",
            "How satisfied are you with the following?/Support",
        ),
        said=("mean",),
        merged=("J1:L1",),
    ),
    "wjx_real_moments_and_old_heads": Export(
        "120_120_0.xlsx",
        [
            [*_WJX, "1 您的单位", "2 您对我们的总体满意程度", "3 您还有什么建议"],
            [1, datetime(2026, 11, 2, 9, 15, 22), "65秒", "手机提交", "直接访问", "114.2.1.2(江苏-南京)", YUAN, "非常满意", "多联系"],
            [2, datetime(2026, 11, 3, 9, 15, 22), "65秒", "手机提交", "直接访问", "114.2.1.2(江苏-南京)", TIAN, "满意", "(空)"],
        ],
        (Answer(2, YUAN, 5, 1, comment="多联系", number="1"), Answer(3, TIAN, 4, 0.75, number="2")),
        "Sheet",
    ),
    "wjx_custom_field": Export(
        "303123456_按文本_定向发放_2_2.xlsx",
        [
            [*_WJX, "自定义字段", "1、您对我们满意吗？"],
            [*_wjx(1, 2), "C-001", "满意"],
            [*_wjx(2, 3), "C-002", "不满意"],
        ],
        (Answer(2, YUAN, 4, 0.75, number="1"), Answer(3, TIAN, 2, 0.25, number="2")),
        "定向发放",
    ),
    "surveymonkey_custom_data": Export(
        "Key accounts.xlsx",
        [
            [*_SM, "Overall, how satisfied are you with us?"],
            [*[""] * 9, "Response"],
            [*_sm(1, 2)[:8], "C-003", "Satisfied"],
            [*_sm(2, 3)[:8], "C-001", "Very dissatisfied"],
        ],
        (Answer(2, BLUE, 4, 0.75, number="114238765401"), Answer(3, YUAN, 1, 0, number="114238765402")),
        "Key accounts",
    ),
    "hundred_points": Export(
        "303123456_按文本_百分制_3_3.xlsx",
        [
            [*_WJX, "1、请为我们的服务打分（0~100分）", "2、公司名称"],
            [*_wjx(1, 2), "95", YUAN],
            [*_wjx(2, 3), 60, TIAN],
            [*_wjx(3, 4), "80分", TIAN],
        ],
        (
            Answer(2, YUAN, 95, 0.95, number="1"),
            Answer(3, TIAN, 60, 0.6, number="2"),
            Answer(4, TIAN, 80, 0.8, number="3"),
        ),
        "百分制",
        scale=(0, 100),
        said=("from 0 to 100",),
    ),
    "seven_points": Export(
        "Seven.csv",
        [
            ["Timestamp", "Overall, how satisfied are you with us? (1-7)", "Company"],
            ["11/20/2026 9:15:22", "7", BLUE],
            ["11/25/2026 9:15:22", "4", YUAN],
        ],
        (Answer(20, BLUE, 7, 1), Answer(25, YUAN, 4, 0.5)),
        "Seven",
        scale=(1, 7),
    ),
    "feishu_newest_first": Export(
        "反馈_数据表.csv",
        [
            ["提交时间", "您对服务的满意度评分", "想说的话", "提交人", "客户名称"],
            ["2026/11/02 09:15", "5", "谢谢", "匿名", YUAN],
            ["2026/11/05 09:15", "2", "慢", "匿名", ""],
        ],
        (Answer(2, YUAN, 5, 1, comment="谢谢"), Answer(5, None, 2, 0.25, comment="慢")),
        "反馈",
        encoding="utf-8-sig",
    ),
}  # fmt: skip
