"""What was done with whom: visits, calls, messages."""

from __future__ import annotations

from decimal import Decimal

from models.describe.field import Choice, Entity
from models.describe.fields import choice, instant, integer, link, long_text
from models.texts import N_

KINDS = (
    Choice("visit", N_("Visit"), ("拜访", "上门", "走访", "上门拜访")),
    Choice("call", N_("Call"), ("电话", "电话沟通", "phone")),
    Choice("wechat", N_("WeChat"), ("微信",)),
    Choice("email", N_("Mail"), ("邮件", "E-mail", "邮箱")),
    Choice("meeting", N_("Meeting"), ("会议", "会谈", "线上会议")),
)

ACTIVITY = Entity(
    "activity",
    "AC",
    N_("Activity"),
    N_("Activities"),
    (
        instant(
            "at",
            N_("When"),
            "时间|跟进时间|跟进日期|拜访时间|拜访日期|日期|date|time|联系时间|联系日期|沟通时间|活动时间|visit date|activity date|when",
            required=True,
            help=N_("When it took place."),
        ),
        choice(
            "kind",
            N_("Kind"),
            KINDS,
            "方式|类型|跟进方式|跟进类型|type|联系方式|沟通方式|拜访方式|活动类型|activity type|kind",
            help=N_("What it was: a visit, a call, a message."),
        ),
        link(
            "person",
            N_("Salesperson"),
            "salesperson",
            "业务员|跟进人|负责人|销售|sales rep|拜访人|销售代表|销售员|销售人员|salesperson|rep",
            help=N_("The salesperson who did it."),
        ),
        link(
            "customer",
            N_("Customer"),
            "customer",
            "客户|客户名称|公司|公司名称|account|company|拜访客户|单位名称|客户单位|公司全称|customer name|client|company name",
            help=N_("The customer it was with."),
        ),
        link(
            "contact",
            N_("Contact"),
            "contact",
            "联系人|拜访对象|contact person",
            help=N_("The person who was spoken to."),
        ),
        link(
            "opportunity",
            N_("Opportunity"),
            "opportunity",
            "商机|项目|相关商机",
            help=N_("The deal it was about."),
        ),
        long_text(
            "result",
            N_("Result"),
            "结果|跟进结果|拜访结果|跟进内容|内容|outcome|content|沟通内容|拜访内容|沟通结果|summary|result",
            searched=True,
            help=N_("What came of it."),
        ),
        long_text(
            "next_step",
            N_("Next step"),
            "下一步|下一步计划|下步计划|后续计划|next action|下一步行动|下步行动|next step|next steps",
            help=N_("What happens next, and when."),
        ),
        integer(
            "duration_minutes",
            N_("Minutes"),
            "时长|时长(分钟)|分钟|duration|拜访时长|沟通时长|duration min|minutes",
            minimum=Decimal(0),
            help=N_("How long it took, in minutes."),
        ),
        long_text(
            "notes",
            N_("Notes"),
            "备注|说明|remark|remarks",
            help=N_("Whatever else is worth knowing."),
        ),
    ),
    title=("at",),
    happens="at",
    keys=(("at", "person", "customer"),),
    headers=("跟进记录", "拜访记录", "跟进", "activities", "visits"),
)
