"""The team: who sells, in which group, in which region."""

from __future__ import annotations

from decimal import Decimal

from models.describe.field import Choice, Entity
from models.describe.fields import choice, code, date, email, link, number, phone, text
from models.texts import N_

_DAY_HOURS = Decimal(24)
_YEAR_DAYS = Decimal(366)

REGION = Entity(
    "region",
    "RG",
    N_("Region"),
    N_("Regions"),
    (
        text(
            "name",
            N_("Region"),
            "地区|区域|大区|regional office|territory",
            required=True,
            searched=True,
            help=N_("Its name, as people say it and as sheets write it."),
        ),
        code(
            "code",
            N_("Region code"),
            "地区编号|territory key|sales territory key",
            searched=True,
            help=N_("The number that other systems know it by."),
        ),
        link(
            "manager",
            N_("Manager"),
            "salesperson",
            "地区经理|区域经理|大区经理|regional manager",
            help=N_("Who answers for the region; sales without an owner count for this person."),
        ),
    ),
    keys=(("code",), ("name",)),
    headers=("地区", "区域", "territory"),
)

TEAM = Entity(
    "team",
    "TM",
    N_("Team"),
    N_("Teams"),
    (
        text(
            "name",
            N_("Team"),
            "团队|小组|部门|group|department",
            required=True,
            searched=True,
            help=N_("Its name, as people say it."),
        ),
        link(
            "parent",
            N_("Part of"),
            "team",
            "上级团队|上级部门|parent team",
            help=N_("The team that this one belongs to."),
        ),
        link(
            "manager",
            N_("Manager"),
            "salesperson",
            "经理|负责人|主管|team leader",
            help=N_("Who leads the team; numbers by manager follow this."),
        ),
        link(
            "region",
            N_("Region"),
            "region",
            "地区|区域",
            help=N_("The region that the team works in."),
        ),
    ),
    headers=("团队", "部门"),
)

STATUSES = (
    Choice("onboarding", N_("Onboarding"), ("试用", "试用期", "入职中")),
    Choice("active", N_("Active"), ("在职", "current", "正常")),
    Choice("on_leave", N_("On leave"), ("休假", "停薪留职")),
    Choice("leaving", N_("Leaving"), ("离职中",)),
    Choice("left", N_("Left"), ("离职", "已离职", "terminated", "inactive")),
)

SALESPERSON = Entity(
    "salesperson",
    "SP",
    N_("Salesperson"),
    N_("Salespeople"),
    (
        text(
            "name",
            N_("Name"),
            "姓名|业务员|销售员|销售人员|销售|sales agent|salesperson|sales rep|rep|employee|员工姓名|业务员姓名|销售代表"
            "|employee name|name",
            required=True,
            searched=True,
            personal=True,
            help=N_("The full name."),
        ),
        code(
            "employee_no",
            N_("Employee no."),
            "工号|员工编号|人员编号|employee key|employee id|employee number|national id|员工号|员工工号|工号编号"
            "|employee no|staff no|staff id",
            searched=True,
            help=N_("The staff number; tells people of one name apart."),
        ),
        code(
            "external_no",
            N_("Other no."),
            "其他编号|外部编号|系统编号|账号|external id|external no|crm id|other no",
            searched=True,
            personal=True,
            help=N_("A second number by which other systems or sheets know the person."),
        ),
        link(
            "team",
            N_("Team"),
            "team",
            "团队|小组|部门|department|所属团队|所属部门|group",
            help=N_("The team that the person works in."),
        ),
        link(
            "manager",
            N_("Manager"),
            "salesperson",
            "经理|上级|主管|直属上级|parent employee key|manager key|直接上级|上级主管|reports to|manager",
            help=N_("The direct superior, where it is not the team's manager."),
        ),
        link(
            "region",
            N_("Region"),
            "region",
            "地区|区域|regional office|sales territory key|territory|所属区域|负责区域",
            help=N_("The region that the person serves."),
        ),
        text(
            "position",
            N_("Position"),
            "岗位|职位|职务|job title|title|岗位名称|role",
            help=N_("The job title."),
        ),
        date(
            "hire_date",
            N_("Hire date"),
            "入职日期|入职时间|date hired|到岗日期|入司日期|start date|join date|date joined",
            help=N_("The first working day."),
        ),
        phone(
            "phone",
            N_("Phone"),
            "电话|手机|手机号|联系电话|mobile|手机号码|移动电话|电话号码|tel|mobile phone|phone number|cell phone",
            searched=True,
            personal=True,
            help=N_("The number at which the person is reached."),
        ),
        email(
            "email",
            N_("E-mail"),
            "邮箱|电子邮箱|电子邮件|mail|公司邮箱|邮箱地址|email address|email",
            personal=True,
            help=N_("The address at work."),
        ),
        text(
            "wechat",
            N_("WeChat"),
            "微信|微信号|微信ID|wechat id",
            personal=True,
            help=N_("The WeChat id."),
        ),
        date(
            "birthday",
            N_("Birthday"),
            "生日|出生日期|birth date|date of birth|出生年月日|出生年月|dob",
            personal=True,
            help=N_("The day of birth."),
        ),
        text(
            "ramp_profile",
            N_("Ramp-up"),
            "成长曲线|新人爬坡|爬坡比例",
            help=N_(
                "How much of a full person is expected month by month after the hire date, such as 25% 50% 75%; empty is all of it from the first day."
            ),
        ),
        number(
            "daily_hours",
            N_("Hours a day"),
            "每日工时",
            minimum=Decimal(0),
            maximum=_DAY_HOURS,
            help=N_("How many hours of a working day can be planned; empty is as the book says."),
        ),
        number(
            "annual_leave_days",
            N_("Annual leave (days)"),
            "年假天数",
            minimum=Decimal(0),
            maximum=_YEAR_DAYS,
            help=N_("How many days of annual leave the person has a year."),
        ),
        choice(
            "status",
            N_("Status"),
            STATUSES,
            "状态|在职状态|员工状态|人员状态|employment status|status",
            default="active",
            help=N_("Whether the person works here now; who has left keeps all records."),
        ),
    ),
    keys=(("employee_no",), ("external_no",), ("name",)),
    headers=("业务员", "销售人员", "员工", "sales team", "employees"),
    person=True,
)
