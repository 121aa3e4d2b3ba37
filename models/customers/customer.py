"""Customers and the people who work there."""

from __future__ import annotations

from decimal import Decimal

from models.describe.field import Choice, Entity
from models.describe.fields import (
    choice,
    code,
    date,
    email,
    flag,
    integer,
    link,
    long_text,
    money,
    phone,
    tags,
    text,
)
from models.texts import N_

GRADES = tuple(Choice(one, one, (one + "级", one + "类", one.lower())) for one in "ABCD")
LIFECYCLES = (
    Choice("lead", N_("Lead"), ("线索",)),
    Choice("prospect", N_("Prospect"), ("潜在", "潜在客户", "意向", "意向客户")),
    Choice("customer", N_("Buying customer"), ("成交", "成交客户", "已成交", "老客户")),
    Choice("lost", N_("Lost customer"), ("流失", "流失客户")),
)

CUSTOMER = Entity(
    "customer",
    "CU",
    N_("Customer"),
    N_("Customers"),
    (
        text(
            "name",
            N_("Customer name"),
            "客户|客户名称|客户名|公司|公司名称|单位|单位名称|名称|account|account name|company|company name"
            "|customer|reseller name|reseller|client",
            required=True,
            searched=True,
        ),
        code(
            "code",
            N_("Customer no."),
            "客户编号|客户ID|客户代码|客户编码|编号|customer id|customer key|reseller key|account id|会员卡号",
            searched=True,
        ),
        text("industry", N_("Industry"), "行业|所属行业|sector"),
        text("segment", N_("Segment"), "细分|客户类型|客户类别|类型|business type|customer type"),
        link("region", N_("Region"), "region", "地区|区域|大区|territory"),
        text("country", N_("Country"), "国家|国家/地区|country region|office location"),
        text(
            "province", N_("Province"), "省|省份|省/自治区|state|state province|state province name"
        ),
        text("city", N_("City"), "城市|市|所在城市", searched=True),
        text("address", N_("Address"), "地址|详细地址|联系地址|办公地址|street"),
        choice("grade", N_("Grade"), GRADES, "等级|级别|客户等级|客户级别|level"),
        choice("lifecycle", N_("Lifecycle"), LIFECYCLES, "客户状态|客户阶段|生命周期|阶段"),
        link(
            "owner",
            N_("Owner"),
            "salesperson",
            "业务员|负责人|销售|销售员|归属|归属人|跟进人|客户经理|sales rep|account owner|sales agent",
        ),
        phone(
            "phone",
            N_("Phone"),
            "电话|联系电话|手机|手机号|手机号码|公司电话|座机|tel|telephone|mobile",
            searched=True,
        ),
        code(
            "tax_code",
            N_("Tax code"),
            "统一社会信用代码|纳税人识别号|税号|信用代码|credit code|tax id",
            searched=True,
        ),
        money("annual_revenue", N_("Annual revenue"), "年收入|年营收|营业额|年营业额|revenue"),
        integer(
            "employees", N_("Employees"), "员工数|人数|员工人数|规模|headcount", minimum=Decimal(0)
        ),
        integer(
            "founded_year",
            N_("Founded"),
            "成立年份|成立时间|year established|founded",
            minimum=Decimal(1000),
            maximum=Decimal(2200),
        ),
        link("parent", N_("Parent company"), "customer", "母公司|上级公司|所属集团|subsidiary of"),
        text("source", N_("Source"), "来源|客户来源|获客渠道|渠道|lead source"),
        tags("tags", N_("Tags"), "标签|客户标签|labels"),
        date(
            "first_contact_on",
            N_("First contact"),
            "建档日期|首次联系|录入日期|创建日期|created|created on",
        ),
        date(
            "next_contact_due",
            N_("Next contact due"),
            "下次联系|下次跟进|下次跟进日期|下次联系时间|next follow up",
        ),
        flag("active", N_("In use"), "是否有效|启用|状态|active", default=True),
        long_text(
            "notes", N_("Notes"), "备注|说明|备注信息|remark|remarks|comment", searched=False
        ),
    ),
    keys=(("code",), ("tax_code",), ("name",)),
    headers=("客户", "客户资料", "客户档案", "客户信息", "accounts", "resellers", "会员"),
    look_alike=True,
    flat=True,
)

CONTACT = Entity(
    "contact",
    "CN",
    N_("Contact"),
    N_("Contacts"),
    (
        text(
            "name",
            N_("Contact name"),
            "联系人|联系人姓名|姓名|名字|contact person|full name|联系人1",
            required=True,
            searched=True,
            personal=True,
        ),
        link("customer", N_("Customer"), "customer", "客户|客户名称|公司|公司名称|account|company"),
        text("title", N_("Title"), "职务|职位|头衔|job title|position"),
        phone(
            "phone",
            N_("Phone"),
            "电话|手机|手机号|手机号码|联系电话|联系方式|mobile|tel",
            searched=True,
            personal=True,
        ),
        email(
            "email", N_("E-mail"), "邮箱|电子邮箱|电子邮件|email|mail", searched=True, personal=True
        ),
        text("wechat", N_("WeChat"), "微信|微信号", searched=True, personal=True),
        date("birthday", N_("Birthday"), "生日|出生日期", personal=True),
        flag("primary", N_("Main contact"), "主要联系人|是否主要|关键人"),
        flag("active", N_("In use"), "是否在职|有效", default=True),
        long_text("notes", N_("Notes"), "备注|说明"),
    ),
    keys=(("customer", "name"), ("customer", "phone"), ("phone", "name")),
    headers=("联系人", "contacts"),
    person=True,
)
