"""Exports of SurveyMonkey, Microsoft, Google and Typeform forms and LimeSurvey, and scales of other lengths."""

from __future__ import annotations

from tests.satisfaction.export_shape import BLUE, TIAN, YUAN, Answer, Export

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


ABROAD: dict[str, Export] = {
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
}  # fmt: skip
