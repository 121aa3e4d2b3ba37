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
            help=N_("The registered name of the company, or the name of the person."),
        ),
        code(
            "code",
            N_("Customer no."),
            "客户编号|客户ID|客户代码|客户编码|编号|customer id|customer key|reseller key|account id|会员卡号",
            searched=True,
            help=N_("Your own number for the customer; it identifies the rows of later sheets."),
        ),
        text(
            "industry",
            N_("Industry"),
            "行业|所属行业|sector",
            help=N_("What the customer's business is."),
        ),
        text(
            "segment",
            N_("Segment"),
            "细分|客户类型|客户类别|类型|business type|customer type",
            help=N_("The group in which you count the customer, such as retail or factory."),
        ),
        link(
            "region",
            N_("Region"),
            "region",
            "地区|区域|大区|territory",
            help=N_("The sales region that the customer belongs to."),
        ),
        text(
            "country",
            N_("Country"),
            "国家|国家/地区|country region|office location",
            help=N_("The country where the customer sits."),
        ),
        text(
            "province",
            N_("Province"),
            "省|省份|省/自治区|state|state province|state province name",
            help=N_("The province or state where the customer sits."),
        ),
        text(
            "city",
            N_("City"),
            "城市|市|所在城市",
            searched=True,
            help=N_("The city where the customer sits."),
        ),
        text(
            "address",
            N_("Address"),
            "地址|详细地址|联系地址|办公地址|street",
            help=N_("Street and number."),
        ),
        choice(
            "grade",
            N_("Grade"),
            GRADES,
            "等级|级别|客户等级|客户级别|level",
            help=N_("How important the customer is, A first."),
        ),
        choice(
            "lifecycle",
            N_("Lifecycle"),
            LIFECYCLES,
            "客户状态|客户阶段|生命周期|阶段",
            help=N_("How far the relation has come."),
        ),
        link(
            "owner",
            N_("Owner"),
            "salesperson",
            "业务员|负责人|销售|销售员|归属|归属人|跟进人|客户经理|sales rep|account owner|sales agent",
            help=N_("The salesperson who looks after the customer."),
        ),
        phone(
            "phone",
            N_("Phone"),
            "电话|联系电话|手机|手机号|手机号码|公司电话|座机|tel|telephone|mobile",
            searched=True,
            help=N_("The company's main number."),
        ),
        code(
            "tax_code",
            N_("Tax code"),
            "统一社会信用代码|纳税人识别号|税号|信用代码|credit code|tax id",
            searched=True,
            help=N_("The unified social credit code or tax number; two customers never share one."),
        ),
        money(
            "annual_revenue",
            N_("Annual revenue"),
            "年收入|年营收|营业额|年营业额|revenue",
            help=N_("What the customer turns over in a year."),
        ),
        integer(
            "employees",
            N_("Employees"),
            "员工数|人数|员工人数|规模|headcount",
            minimum=Decimal(0),
            help=N_("How many people work there."),
        ),
        integer(
            "founded_year",
            N_("Founded"),
            "成立年份|成立时间|year established|founded",
            minimum=Decimal(1000),
            maximum=Decimal(2200),
            help=N_("The year of foundation, four digits."),
        ),
        link(
            "parent",
            N_("Parent company"),
            "customer",
            "母公司|上级公司|所属集团|subsidiary of",
            help=N_("The company that this one belongs to."),
        ),
        text(
            "source",
            N_("Source"),
            "来源|客户来源|获客渠道|渠道|lead source",
            help=N_("How you came to know the customer."),
        ),
        tags(
            "tags",
            N_("Tags"),
            "标签|客户标签|labels",
            help=N_("Words of your own, with commas between them."),
        ),
        date(
            "first_contact_on",
            N_("First contact"),
            "建档日期|首次联系|录入日期|创建日期|created|created on",
            help=N_("The day on which the customer was first spoken to or entered."),
        ),
        date(
            "next_contact_due",
            N_("Next contact due"),
            "下次联系|下次跟进|下次跟进日期|下次联系时间|next follow up",
            help=N_("The day by which somebody should be in touch again."),
        ),
        flag(
            "active",
            N_("In use"),
            "是否有效|启用|状态|active",
            default=True,
            help=N_("Whether the customer is still worked with."),
        ),
        long_text(
            "notes",
            N_("Notes"),
            "备注|说明|备注信息|remark|remarks|comment",
            searched=False,
            help=N_("Whatever else is worth knowing."),
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
            help=N_("The person's full name."),
        ),
        link(
            "customer",
            N_("Customer"),
            "customer",
            "客户|客户名称|公司|公司名称|account|company",
            help=N_("The customer where the person works."),
        ),
        text(
            "title",
            N_("Title"),
            "职务|职位|头衔|job title|position",
            help=N_("The person's position there."),
        ),
        phone(
            "phone",
            N_("Phone"),
            "电话|手机|手机号|手机号码|联系电话|联系方式|mobile|tel",
            searched=True,
            personal=True,
            help=N_("The number at which the person is reached."),
        ),
        email(
            "email",
            N_("E-mail"),
            "邮箱|电子邮箱|电子邮件|email|mail",
            searched=True,
            personal=True,
            help=N_("The person's mail address."),
        ),
        text(
            "wechat",
            N_("WeChat"),
            "微信|微信号",
            searched=True,
            personal=True,
            help=N_("The WeChat id."),
        ),
        date(
            "birthday",
            N_("Birthday"),
            "生日|出生日期",
            personal=True,
            help=N_("The day of birth."),
        ),
        flag(
            "primary",
            N_("Main contact"),
            "主要联系人|是否主要|关键人",
            help=N_("Whether this is the first person to call."),
        ),
        flag(
            "active",
            N_("In use"),
            "是否在职|有效",
            default=True,
            help=N_("Whether the person still works there."),
        ),
        long_text(
            "notes",
            N_("Notes"),
            "备注|说明",
            help=N_("Whatever else is worth knowing."),
        ),
    ),
    keys=(("customer", "name"), ("customer", "phone"), ("phone", "name")),
    headers=("联系人", "contacts"),
    person=True,
)
