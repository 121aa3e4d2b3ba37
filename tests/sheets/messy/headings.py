"""What people write above a column: words that are known, others that are not, and how they type them."""

from __future__ import annotations

import random

from tests.sheets.messy.forms import wide

# entity → path → (Chinese, English); most of these are typed by people, not copied from the program.
NAMES: dict[str, dict[str, tuple[str, str]]] = {
    "customer": {
        "name": (
            "客户名称|客户|公司名称|客户全称|单位名称|公司全称|客户单位|企业名称|客户公司名称|公司",
            "Customer Name|Customer|Company Name|Company|Account Name|Client Name|Client|Business Name",
        ),
        "code": (
            "客户编号|客户编码|客户代码|编号|客户ID|客户号",
            "Customer No.|Customer ID|Customer Code|Account ID|Account No|Client ID",
        ),
        "tax_code": (
            "统一社会信用代码|纳税人识别号|税号|信用代码|社会信用代码|纳税识别号",
            "Tax ID|Tax Code|Credit Code|VAT No.|Tax No",
        ),
        "industry": ("行业|所属行业|行业类别|行业分类", "Industry|Sector|Industry Type"),
        "region": ("地区|区域|大区|所属区域|所属大区", "Region|Territory|Sales Region"),
        "province": ("省份|省|所在省|所在省份", "Province|State|State/Province"),
        "city": ("城市|所在城市|市|所属城市", "City|Town/City"),
        "address": ("地址|详细地址|公司地址|办公地址|通讯地址", "Address|Street|Street Address|Office Address"),
        "grade": ("客户等级|等级|级别|客户级别|客户分级|ABC分类", "Grade|Level|Customer Grade|Rating"),
        "lifecycle": ("客户状态|客户阶段|生命周期|客户生命周期", "Lifecycle|Lifecycle Stage|Customer Stage"),
        "owner": (
            "负责人|业务员|客户经理|销售员|归属人|销售代表|跟进人|所属业务员|业务负责人",
            "Owner|Sales Rep|Account Owner|Sales Agent|Account Manager|Salesperson|Rep",
        ),
        "phone": (
            "电话|联系电话|手机|手机号|公司电话|电话号码|联系方式|手机号码|座机",
            "Phone|Tel|Telephone|Mobile|Phone Number|Tel No.|Contact Number|Phone No",
        ),
        "annual_revenue": (
            "年营业额|年收入|年营收|营业额|年销售额|年度营收",
            "Annual Revenue|Revenue|Yearly Revenue|Annual Turnover",
        ),
        "employees": ("员工数|人数|员工人数|公司人数|员工数量", "Employees|Headcount|No. of Employees|Staff"),
        "founded_year": ("成立年份|成立年|创立年份", "Founded|Year Founded|Year Established"),
        "first_contact_on": (
            "首次联系日期|建档日期|录入日期|首次接触日期|建档时间|创建时间|首次联系时间",
            "First Contact|Created On|Created|First Contact Date|Date Added",
        ),
        "next_contact_due": (
            "下次联系|下次跟进日期|下次跟进|下次联系日期|下次回访日期",
            "Next Contact Due|Next Follow Up|Next Contact|Next Contact Date|Follow-up Date",
        ),
        "active": ("是否有效|启用|有效|是否启用", "Active|In Use|Is Active|Enabled"),
        "source": ("客户来源|来源|获客渠道|来源渠道|线索来源", "Source|Lead Source|Channel|Customer Source"),
        "notes": ("备注|说明|备注信息|备注说明", "Notes|Remarks|Comment|Comments|Remark"),
    },
    "contact": {
        "name": ("联系人|姓名|联系人姓名|联系人名称", "Contact Name|Contact Person|Full Name|Contact"),
        "customer": ("客户名称|客户|公司|所属客户|所属公司|单位", "Customer|Company|Account|Customer Name"),
        "title": ("职务|职位|职称|头衔", "Title|Job Title|Position|Role"),
        "phone": ("手机|电话|联系电话|手机号码|移动电话|联系方式", "Phone|Mobile|Tel|Mobile No.|Cell Phone"),
        "email": ("邮箱|电子邮箱|E-mail|电子邮件|邮箱地址", "E-mail|Email|Email Address|Mail"),
        "wechat": ("微信|微信号|微信ID", "WeChat|WeChat ID"),
        "birthday": ("生日|出生日期|出生年月日", "Birthday|Date of Birth|Birth Date"),
        "primary": ("是否主要联系人|主要联系人|关键人|主联系人", "Main Contact|Primary|Is Primary|Key Contact"),
        "notes": ("备注|说明|其他", "Notes|Remarks|Comments"),
    },
    "opportunity": {
        "code": ("商机编号|商机号|商机ID|编号|机会编号", "Opportunity No.|Opportunity ID|Deal ID|Deal No"),
        "name": (
            "商机名称|项目名称|商机|项目|机会名称|销售机会",
            "Opportunity|Opportunity Name|Deal Name|Deal|Project Name",
        ),
        "customer": ("客户名称|客户|公司名称|客户单位|所属客户", "Customer|Account|Company|Customer Name|Client"),
        "owner": (
            "负责人|业务员|销售|商机所有人|销售负责人|跟进人|销售代表",
            "Owner|Sales Rep|Sales Agent|Opportunity Owner|Salesperson",
        ),
        "stage": ("阶段|销售阶段|商机阶段|当前阶段|项目阶段", "Stage|Deal Stage|Stage Name|Sales Stage"),
        "status": ("状态|商机状态|结果", "Status|Deal Status|Outcome"),
        "amount": (
            "金额|预计金额|商机金额|合同金额|预计成交金额|预估金额|项目金额",
            "Amount|Deal Value|Value|Close Value|Expected Amount|Deal Amount",
        ),
        "probability": ("赢率|概率|可能性|成功率|成交概率|赢单率|成单概率", "Probability|Win Probability|Win Rate"),
        "opened_on": ("创建日期|立项日期|开始日期|创建时间|立项时间", "Opened On|Open Date|Created|Created Date"),
        "expected_close": (
            "预计成交日期|预计成交|预计签单日期|预计签约日期|预计成交时间|预计关闭日期",
            "Expected Close|Expected Close Date|Est. Close Date|Expected Closing Date",
        ),
        "source": ("商机来源|来源|线索来源", "Source|Lead Source"),
        "notes": ("备注|说明|备注信息", "Notes|Remarks|Remark|Comments"),
    },
    "order": {
        "code": ("订单号|订单编号|单号|合同编号|销售单号|单据编号|订单ID", "Order No.|Order ID|Order Number|Invoice No|SO Number"),
        "customer": ("客户|客户名称|公司名称|购货单位|客户单位", "Customer|Account|Company|Customer Name|Client"),
        "owner": ("业务员|销售员|负责人|销售|销售代表|经办人", "Sales Rep|Owner|Sales Agent|Salesperson"),
        "ordered_on": ("订单日期|下单日期|日期|签订日期|销售日期|下单时间|签约日期|单据日期", "Order Date|Date|Ordered On|Invoice Date"),
        "due_on": ("到期日|应收日期|交货日期|付款到期日|交期", "Due Date|Due On|Payment Due"),
        "shipped_on": ("发货日期|出货日期|发货时间", "Ship Date|Shipped On|Shipping Date"),
        "amount": ("订单金额|合同金额|总金额|总价|订单总额|合计金额", "Order Amount|Order Total|Total|Total Amount"),
        "status": ("订单状态|状态|单据状态", "Status|Order Status"),
        "returned": ("是否退货|退货|退回|是否退回", "Returned|Return|Is Returned"),
        "city": ("收货城市|城市|市", "City|Ship-to City|Ship To City"),
        "ship_mode": ("发货方式|运输方式|配送方式|物流方式", "Ship Mode|Shipping|Shipping Method|Delivery Method"),
    },
    "order_line": {
        "order.code": ("订单号|订单编号|单号|订单ID|销售单号", "Order No.|Order ID|Order Number|Sales Order Number"),
        "order.ordered_on": ("订单日期|下单日期|日期|销售日期", "Order Date|Date|Ordered On"),
        "order.customer.name": ("客户名称|客户|公司名称|购货单位", "Customer|Customer Name|Company|Account"),
        "product.name": ("产品名称|商品名称|产品|品名|货品名称|物料名称", "Product Name|Product|Item Name|Item"),
        "product.category": ("产品类别|类别|品类|商品分类", "Category|Product Category"),
        "quantity": ("数量|订货数量|件数|销售数量|订购数量", "Quantity|Qty|Order Quantity"),
        "unit_price": ("单价|销售单价|含税单价|成交单价", "Unit Price|Price"),
        "discount": ("折扣率|折扣", "Discount|Discount Rate"),
        "amount": ("金额|销售额|行金额|销售金额|价税合计", "Amount|Sales|Line Total|Sales Amount"),
        "profit": ("利润|毛利|毛利润", "Profit|Gross Profit"),
    },
    "activity": {
        "at": ("跟进时间|拜访时间|时间|跟进日期|拜访日期|联系时间", "When|Date|Time|Visit Date|Activity Date"),
        "kind": ("跟进方式|方式|类型|联系方式|跟进类型", "Kind|Type|Activity Type"),
        "person": ("业务员|跟进人|销售|负责人|拜访人|销售代表", "Salesperson|Sales Rep|Rep"),
        "customer": ("客户名称|客户|公司名称|拜访客户", "Customer|Account|Company|Customer Name"),
        "result": ("跟进结果|跟进内容|拜访结果|结果|内容|沟通内容|拜访内容", "Result|Outcome|Content|Summary"),
        "next_step": ("下一步|下一步计划|后续计划|下步计划|下一步行动", "Next Step|Next Action|Next Steps"),
        "duration_minutes": ("时长(分钟)|时长|分钟|时长（分钟）|拜访时长", "Minutes|Duration|Duration (min)"),
    },
    "salesperson": {
        "name": ("姓名|业务员|销售员|员工姓名|业务员姓名|销售人员", "Name|Salesperson|Sales Rep|Employee Name|Employee"),
        "employee_no": ("工号|员工编号|人员编号|员工号|员工工号", "Employee No.|Employee ID|Employee Number|Staff No."),
        "team": ("团队|部门|小组|所属团队|所属部门", "Team|Department|Group"),
        "position": ("岗位|职位|职务|岗位名称", "Position|Job Title|Title"),
        "hire_date": ("入职日期|入职时间|到岗日期", "Hire Date|Date Hired|Start Date|Join Date"),
        "phone": ("手机|手机号|联系电话|电话|手机号码", "Phone|Mobile|Tel|Mobile Phone"),
        "email": ("邮箱|电子邮箱|公司邮箱|E-mail", "E-mail|Email|Email Address"),
        "birthday": ("生日|出生日期", "Birthday|Date of Birth|Birth Date"),
        "status": ("在职状态|状态|员工状态", "Status|Employment Status"),
    },
    "receipt": {
        "code": ("回款编号|收款单号|单号|流水号|收据编号", "Receipt No.|Receipt ID|Payment ID|Payment No"),
        "customer": ("客户名称|客户|付款方|付款单位|付款客户", "Customer|Account|Company|Payer"),
        "received_on": ("回款日期|收款日期|到账日期|日期|到账时间|付款日期", "Received On|Payment Date|Date|Date Received"),
        "amount": ("回款金额|收款金额|到账金额|金额|实收金额|本次回款", "Received Amount|Amount|Payment|Amount Received|Payment Amount"),
        "method": ("收款方式|付款方式|回款方式|支付方式", "Method|Payment Method|Pay Method"),
    },
}  # fmt: skip

UNKNOWN = {
    "words": (
        "门店面积描述|包装要求|开票信息|竞争对手|特殊要求",
        "Packaging|Competitor|Special Terms|Parking",
    ),
    "number": ("信用分|库位|积分|距离(公里)|温度", "Score|Points|Distance (km)|Shelf"),
    "day": ("合同归档日|体检日|年审日", "Audit Day|Archived"),
}
EMPTY = ("附件|图片|审批意见|签字", "Attachment|Photo|Signature|Approval")
UNITS = {
    1: ("", "", "(元)", "（元）", "(RMB)", "/元", "【元】"),
    1000: ("(千元)", "（千元）"),
    10_000: ("(万元)", "（万元）", "/万元", "(万)", "（万）", "【万元】", " 万元"),
}


def of(entity: str, path: str, chinese: bool, rnd: random.Random) -> str:
    """A bare header for a field."""
    return rnd.choice(NAMES[entity][path][0 if chinese else 1].split("|"))


def typed(header: str, chinese: bool, rnd: random.Random) -> str:
    """The header as somebody typed it: blanks, width, marks of what must be filled in, line breaks."""
    ways = ["as is"] * 6 + ["star before", "star after", "blanks", "colon", "wide", "must", "break"]
    ways += ["spread", "lenticular"] if chinese else ["upper", "lower", "snake"]
    must = rnd.choice(["(必填)", "（必填）", "(选填)"]) if chinese else " (required)"
    return {
        "as is": header,
        "star before": f"*{header}",
        "star after": header + rnd.choice(["*", " *", "＊"]),
        "blanks": f"  {header} ",
        "colon": header + (rnd.choice("：:") if chinese else ":"),
        "wide": wide(header),
        "must": header + must,
        "break": _broken(header),
        "spread": rnd.choice([" ", "  ", "　"]).join(header) if len(header) < 5 else header,
        "lenticular": f"【{header}】",
        "upper": header.upper(),
        "lower": header.lower(),
        "snake": header.strip(".").lower().replace(" ", "_").replace("-", "_"),
    }[rnd.choice(ways)]


def _broken(header: str) -> str:
    """Over two lines, at a blank if there is one."""
    if len(header) < 4:
        return header
    at = header.find(" ") if " " in header else len(header) // 2
    return f"{header[:at].strip()}\n{header[at:].strip()}"


def bare(header: str) -> str:
    """A header without what makes no difference to who reads it."""
    return "".join(one for one in header.lower() if one.isalpha())
