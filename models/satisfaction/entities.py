"""What customers were asked and what they said, and complaints with how they were handled."""

from __future__ import annotations

from datetime import date as day
from decimal import Decimal

from models.describe.field import Choice, Entity
from models.describe.fields import (
    choice,
    date,
    integer,
    link,
    long_text,
    number,
    percent,
    tags,
    text,
)
from models.satisfaction.scores import spelled
from models.texts import N_

_WIDEST = Decimal(1000)  # no scale reaches further
CHANNELS = (
    Choice("questionnaire", N_("Questionnaire"), ("问卷", "问卷星", "腾讯问卷", "survey")),
    Choice("phone", N_("Phone interview"), ("电话", "电话回访")),
    Choice("review", N_("Online review"), ("评论", "在线评论", "点评")),
    Choice("other", N_("Other"), ("其他",)),
)
SEVERITIES = (
    Choice("low", N_("Low"), ("轻微", "低")),
    Choice("normal", N_("Ordinary"), ("一般", "中")),
    Choice("high", N_("High"), ("严重", "高")),
)
COMPLAINT_STATUSES = (
    Choice("open", N_("Not yet handled"), ("待处理", "未处理")),
    Choice("handling", N_("Being handled"), ("处理中",)),
    Choice("resolved", N_("Resolved"), ("已解决", "已处理", "已关闭")),
)

SURVEY_FORM = Entity(
    "survey_form",
    "SF",
    N_("Questionnaire"),
    N_("Questionnaires"),
    (
        text(
            "name",
            N_("Questionnaire"),
            "问卷名称|问卷",
            required=True,
            searched=True,
            help=N_("What it is called, with its round."),
        ),
        choice(
            "channel",
            N_("Channel"),
            CHANNELS,
            "问卷渠道",
            default="questionnaire",
            help=N_("How customers are asked."),
        ),
        date("sent_on", N_("Sent on"), "发放日期", help=N_("The day on which it went out.")),
        integer(
            "sent_count",
            N_("Sent to"),
            "发放数量|发放份数",
            minimum=Decimal(0),
            help=N_("How many customers were asked; the response rate follows from it."),
        ),
        number(
            "scale_from",
            N_("Lowest score"),
            "最低分",
            minimum=-_WIDEST,
            maximum=_WIDEST,
            default=Decimal(1),
            help=N_("What the worst answer counts."),
        ),
        number(
            "scale_to",
            N_("Highest score"),
            "最高分",
            minimum=-_WIDEST,
            maximum=_WIDEST,
            default=Decimal(5),
            help=N_("What the best answer counts."),
        ),
        long_text(
            "questions",
            N_("Questions asked"),
            "问卷题目",
            help=N_("What is asked, a line each; also what is read out in a phone interview."),
        ),
    ),
    keys=(("name",),),
    headers=("问卷", "满意度问卷", "questionnaires"),
)

SURVEY_RESPONSE = Entity(
    "survey_response",
    "SR",
    N_("Customer's answer"),
    N_("Customers' answers"),
    (
        link("form", N_("Questionnaire"), "survey_form", "所属问卷", help=N_("What was asked.")),
        text(
            "number",
            N_("Answer number"),
            "答卷编号|答卷序号|序号",
            help=N_("The number that the questionnaire service gave it."),
        ),
        link(
            "customer",
            N_("Customer"),
            "customer",
            "客户|客户名称|公司名称|您的公司名称",
            known_only=True,  # whoever answers a questionnaire writes what they like
            help=N_("Who answered."),
        ),
        link(
            "contact",
            N_("Contact"),
            "contact",
            "联系人|答卷人",
            known_only=True,
            help=N_("The person who answered."),
        ),
        choice(
            "channel",
            N_("Channel"),
            CHANNELS,
            "渠道|来源渠道",
            required=True,
            default="questionnaire",
            help=N_("How it was said."),
        ),
        date(
            "responded_on",
            N_("Answered on"),
            "答卷日期|提交答卷时间|提交时间|评价日期|填写时间",
            required=True,
            default_from=day.today,
            help=N_("The day on which the customer said it."),
        ),
        number(
            "score",
            N_("Score"),
            "满意度评分|满意度|总体满意度|评分|得分",
            spelled=spelled,
            help=N_("The answer on the scale of the questionnaire."),
        ),
        percent(
            "satisfied",
            N_("Satisfaction"),
            help=N_(
                "The score between the lowest and the highest of its scale; it follows from both."
            ),
        ),
        integer(
            "recommends",
            N_("Would recommend"),
            "推荐意愿|推荐度|NPS|您有多大可能向朋友推荐",
            minimum=Decimal(0),
            maximum=Decimal(10),
            spelled=spelled,
            help=N_("From 0 to 10."),
        ),
        long_text(
            "comment",
            N_("What was said"),
            "评价内容|意见|建议内容|您的意见和建议|评论内容",
            searched=True,
            help=N_("In the customer's words."),
        ),
        tags("themes", N_("Themes"), "主题", help=N_("What it is about, in a word or two each.")),
        link(
            "attributed_to",
            N_("Counts for"),
            "salesperson",
            "归属业务员",
            help=N_("Who looked after the customer on that day."),
        ),
        text(
            "source",
            N_("Where it was said"),
            "评论来源|来源网址",
            help=N_("The site or the call, so that it can be found again."),
        ),
    ),
    title=("customer", "responded_on"),
    # Services count each questionnaire from 1, and two may be called alike: the day tells them apart.
    keys=(
        ("form", "number", "responded_on"),
        ("form", "customer", "responded_on", "channel"),
        ("customer", "responded_on", "channel"),
    ),
    blank_keys=("form", "customer"),
    happens="responded_on",
    headers=("满意度", "答卷", "问卷答卷", "survey responses"),
)

COMPLAINT = Entity(
    "complaint",
    "CO",
    N_("Complaint"),
    N_("Complaints"),
    (
        text(
            "title",
            N_("Complaint"),
            "投诉|投诉事项|投诉内容",
            required=True,
            searched=True,
            help=N_("What it is about, in one line."),
        ),
        link(
            "customer",
            N_("Customer"),
            "customer",
            "投诉客户|客户|客户名称",
            required=True,
            help=N_("Who complains."),
        ),
        link("order", N_("Order"), "order", "投诉订单", help=N_("The order that it is about.")),
        choice(
            "channel",
            N_("Channel"),
            CHANNELS,
            "投诉渠道",
            default="phone",
            help=N_("How it was said."),
        ),
        date(
            "opened_on",
            N_("Complained on"),
            "投诉日期|投诉时间",
            required=True,
            default_from=day.today,
            help=N_("The day on which it came in."),
        ),
        choice(
            "severity",
            N_("How serious"),
            SEVERITIES,
            "严重程度",
            default="normal",
            help=N_("How much it weighs."),
        ),
        choice(
            "status",
            N_("Status"),
            COMPLAINT_STATUSES,
            "投诉状态|处理状态",
            required=True,
            default="open",
            help=N_("How far it is."),
        ),
        link("handler", N_("Handled by"), "salesperson", "处理人", help=N_("Who sees to it.")),
        date(
            "resolved_on",
            N_("Resolved on"),
            "解决日期|处理完成日期",
            help=N_("The day on which it was settled."),
        ),
        long_text(
            "resolution", N_("How it was settled"), "处理结果|处理措施", help=N_("What was done.")
        ),
        tags(
            "themes", N_("Themes"), "投诉主题", help=N_("What it is about, in a word or two each.")
        ),
        link(
            "attributed_to",
            N_("Counts for"),
            "salesperson",
            "投诉归属",
            help=N_("Who looked after the customer on that day."),
        ),
    ),
    title=("title",),
    keys=(("customer", "opened_on", "title"),),
    happens="opened_on",
    headers=("投诉", "客户投诉", "complaints"),
)
