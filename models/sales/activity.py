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
    Choice("email", N_("E-mail"), ("邮件",)),
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
            "时间|跟进时间|跟进日期|拜访时间|拜访日期|日期|date|time",
            required=True,
        ),
        choice("kind", N_("Kind"), KINDS, "方式|类型|跟进方式|跟进类型|type"),
        link("person", N_("Salesperson"), "salesperson", "业务员|跟进人|负责人|销售|sales rep"),
        link("customer", N_("Customer"), "customer", "客户|客户名称|公司|公司名称|account|company"),
        link("contact", N_("Contact"), "contact", "联系人|拜访对象|contact person"),
        link("opportunity", N_("Opportunity"), "opportunity", "商机|项目|相关商机"),
        long_text(
            "result",
            N_("Result"),
            "结果|跟进结果|拜访结果|跟进内容|内容|outcome|content",
            searched=True,
        ),
        long_text("next_step", N_("Next step"), "下一步|下一步计划|下步计划|后续计划|next action"),
        integer(
            "duration_minutes", N_("Minutes"), "时长|时长(分钟)|分钟|duration", minimum=Decimal(0)
        ),
        long_text("notes", N_("Notes"), "备注|说明|remark|remarks"),
    ),
    title=("at",),
    keys=(("at", "person", "customer"),),
    headers=("跟进记录", "拜访记录", "跟进", "activities", "visits"),
)
