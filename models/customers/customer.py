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
POOL_STATUSES = (
    Choice("pool", N_("In the pool"), ("公海", "在公海")),
    Choice("kept", N_("Never to the pool"), ("不入公海", "保护客户")),
)

# The headings of its form.
COMPANY = N_("Company")
PLACE = N_("Place and phone")
RELATION = N_("Relation")

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
            "|customer|reseller name|reseller|client|客户全称|公司全称|单位全称|企业名称|客户单位|客户公司|客户公司名称"
            "|client name|customer name|business name",
            required=True,
            searched=True,
            help=N_("The registered name of the company, or the name of the person."),
            group=COMPANY,
        ),
        code(
            "code",
            N_("Customer no."),
            "客户编号|客户ID|客户代码|客户编码|编号|customer id|customer key|reseller key|account id|会员卡号|客户号"
            "|customer code|account no|client id|customer no",
            searched=True,
            help=N_("Your own number for the customer; it identifies the rows of later sheets."),
            group=COMPANY,
        ),
        text(
            "industry",
            N_("Industry"),
            "行业|所属行业|sector|行业类别|行业分类|industry type",
            help=N_("What the customer's business is."),
            group=COMPANY,
        ),
        text(
            "segment",
            N_("Segment"),
            "细分|客户类型|客户类别|类型|business type|customer type|客户分类",
            help=N_("The group in which you count the customer, such as retail or factory."),
            group=COMPANY,
        ),
        link(
            "region",
            N_("Region"),
            "region",
            "地区|区域|大区|territory|所属区域|所属大区|销售区域|sales region",
            help=N_("The sales region that the customer belongs to."),
            group=PLACE,
        ),
        text(
            "country",
            N_("Country"),
            "国家|国家/地区|country region|office location",
            help=N_("The country where the customer sits."),
            group=PLACE,
        ),
        text(
            "province",
            N_("Province"),
            "省|省份|省/自治区|state|state province|state province name|所在省|所在省份|所属省份",
            help=N_("The province or state where the customer sits."),
            group=PLACE,
        ),
        text(
            "city",
            N_("City"),
            "城市|市|所在城市|所属城市|town city|town",
            searched=True,
            help=N_("The city where the customer sits."),
            group=PLACE,
        ),
        text(
            "address",
            N_("Address"),
            "地址|详细地址|联系地址|办公地址|street|公司地址|通讯地址|通信地址|street address|office address",
            help=N_("Street and number."),
            group=PLACE,
        ),
        choice(
            "grade",
            N_("Grade"),
            GRADES,
            "等级|级别|客户等级|客户级别|level|客户分级|abc分类|rating|customer grade",
            help=N_("How important the customer is, A first."),
            group=RELATION,
        ),
        choice(
            "lifecycle",
            N_("Lifecycle"),
            LIFECYCLES,
            "客户状态|客户阶段|生命周期|阶段|客户生命周期|lifecycle stage|customer stage",
            help=N_("How far the relation has come."),
            group=RELATION,
        ),
        link(
            "owner",
            N_("Owner"),
            "salesperson",
            "业务员|负责人|销售|销售员|归属|归属人|跟进人|客户经理|sales rep|account owner|sales agent|销售代表|所属业务员"
            "|业务负责人|销售负责人|销售人员|account manager|salesperson|rep|owner",
            help=N_("The salesperson who looks after the customer."),
            group=RELATION,
        ),
        phone(
            "phone",
            N_("Phone"),
            "电话|联系电话|手机|手机号|手机号码|公司电话|座机|tel|telephone|mobile|电话号码|联系方式|联系手机|移动电话"
            "|contact number|phone number|cell phone",
            searched=True,
            help=N_("The company's main number."),
            group=PLACE,
        ),
        code(
            "tax_code",
            N_("Tax code"),
            "统一社会信用代码|纳税人识别号|税号|信用代码|credit code|tax id|社会信用代码|纳税识别号|vat no|tax no",
            searched=True,
            help=N_("The unified social credit code or tax number; two customers never share one."),
            group=COMPANY,
        ),
        money(
            "annual_revenue",
            N_("Annual revenue"),
            "年收入|年营收|营业额|年营业额|revenue|年销售额|年度营收|annual turnover|yearly revenue",
            help=N_("What the customer turns over in a year."),
            group=COMPANY,
        ),
        integer(
            "employees",
            N_("Employees"),
            "员工数|人数|员工人数|规模|headcount|公司人数|员工数量|no of employees|number of employees|staff",
            minimum=Decimal(0),
            help=N_("How many people work there."),
            group=COMPANY,
        ),
        integer(
            "founded_year",
            N_("Founded"),
            "成立年份|成立时间|year established|founded|成立年|创立年份|year founded",
            minimum=Decimal(1000),
            maximum=Decimal(2200),
            help=N_("The year of foundation, four digits."),
            group=COMPANY,
        ),
        link(
            "parent",
            N_("Parent company"),
            "customer",
            "母公司|上级公司|所属集团|subsidiary of",
            help=N_("The company that this one belongs to."),
            group=COMPANY,
        ),
        text(
            "source",
            N_("Source"),
            "来源|客户来源|获客渠道|渠道|lead source|来源渠道|线索来源|channel|customer source",
            help=N_("How you came to know the customer."),
            group=RELATION,
        ),
        tags(
            "tags",
            N_("Tags"),
            "标签|客户标签|labels",
            help=N_("Words of your own, with commas between them."),
            group=RELATION,
        ),
        date(
            "first_contact_on",
            N_("First contact"),
            "建档日期|首次联系|录入日期|创建日期|created|created on|建档时间|创建时间|首次接触日期|date added|first contact date",
            help=N_("The day on which the customer was first spoken to or entered."),
            group=RELATION,
        ),
        date(
            "next_contact_due",
            N_("Next contact due"),
            "下次联系|下次跟进|下次跟进日期|下次联系时间|next follow up|下次联系日期|下次回访日期|下次回访|next contact"
            "|follow up date|next follow up date",
            help=N_("The day by which somebody should be in touch again."),
            group=RELATION,
        ),
        text(
            "no_step_reason",
            N_("No next step because"),
            "无下一步原因|暂不跟进原因",
            help=N_("Why nothing is planned with this customer, where that is right."),
            group=RELATION,
        ),
        choice(
            "pool_status",
            N_("Pool"),
            POOL_STATUSES,
            "公海状态",
            help=N_("Whether anybody may take the customer, or nobody ever."),
            group=RELATION,
        ),
        flag(
            "active",
            N_("In use"),
            "是否有效|启用|状态|active|有效|是否启用|enabled|is active|in use",
            default=True,
            help=N_("Whether the customer is still worked with."),
            group=RELATION,
        ),
        long_text(
            "notes",
            N_("Notes"),
            "备注|说明|备注信息|remark|remarks|comment|备注说明|其他说明|comments|notes",
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
            "联系人|联系人姓名|姓名|名字|contact person|full name|联系人1|联系人名称|contact name|contact",
            required=True,
            searched=True,
            personal=True,
            help=N_("The person's full name."),
        ),
        link(
            "customer",
            N_("Customer"),
            "customer",
            "客户|客户名称|公司|公司名称|account|company|单位|单位名称|所属客户|所属公司|所属单位|客户公司|公司全称|客户全称"
            "|customer name|company name|account name|client",
            help=N_("The customer where the person works."),
        ),
        text(
            "title",
            N_("Title"),
            "职务|职位|头衔|job title|position|职称|role|title",
            help=N_("The person's position there."),
        ),
        phone(
            "phone",
            N_("Phone"),
            "电话|手机|手机号|手机号码|联系电话|联系方式|mobile|tel|移动电话|电话号码|phone number|mobile no|cell phone"
            "|telephone|contact number",
            searched=True,
            personal=True,
            help=N_("The number at which the person is reached."),
        ),
        email(
            "email",
            N_("E-mail"),
            "邮箱|电子邮箱|电子邮件|email|mail|邮箱地址|email address",
            searched=True,
            personal=True,
            help=N_("The person's mail address."),
        ),
        text(
            "wechat",
            N_("WeChat"),
            "微信|微信号|微信ID|wechat id",
            searched=True,
            personal=True,
            help=N_("The WeChat id."),
        ),
        date(
            "birthday",
            N_("Birthday"),
            "生日|出生日期|出生年月日|出生年月|date of birth|birth date|dob",
            personal=True,
            help=N_("The day of birth."),
        ),
        flag(
            "primary",
            N_("Main contact"),
            "主要联系人|是否主要|关键人|是否主要联系人|主联系人|首要联系人|key contact|primary|is primary|main contact",
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
            "备注|说明|备注信息|其他|remarks|comments|remark|notes",
            help=N_("Whatever else is worth knowing."),
        ),
    ),
    keys=(("customer", "name"), ("customer", "phone"), ("phone", "name")),
    headers=("联系人", "contacts"),
    person=True,
)
