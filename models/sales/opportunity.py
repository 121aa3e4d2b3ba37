"""Products, the stages of selling, opportunities and the history of their stages."""

from __future__ import annotations

from models.describe.field import Choice, Entity
from models.describe.fields import (
    choice,
    code,
    date,
    flag,
    integer,
    link,
    long_text,
    money,
    percent,
    text,
)
from models.texts import N_

PRODUCT = Entity(
    "product",
    "PD",
    N_("Product"),
    N_("Products"),
    (
        text(
            "name",
            N_("Product name"),
            "产品|产品名称|商品|商品名称|品名|名称|物料名称|item|item name|description|product",
            required=True,
            searched=True,
        ),
        code(
            "code",
            N_("Product no."),
            "产品ID|产品编号|商品编码|编码|货号|条码|基本条码|product key|stock code|sku|item no|product id",
            searched=True,
        ),
        text(
            "category",
            N_("Category"),
            "类别|分类|大类|品类|产品类别|english product category name|product category",
        ),
        text("subcategory", N_("Subcategory"), "子类别|子类|小类|二级分类"),
        text("series", N_("Series"), "系列|产品系列|型号|model"),
        text("unit", N_("Unit"), "单位|基本单位|计量单位|uom"),
        money(
            "list_price", N_("List price"), "售价|标价|零售价|目录价|销售价|单价|sales price|price"
        ),
        money("cost", N_("Cost"), "成本|成本价|采购价|进价|标准成本|standard cost"),
        flag("active", N_("In use"), "状态|启用|是否在售", default=True),
    ),
    keys=(("code",), ("name",)),
    flat=True,
    headers=("产品", "商品", "物料", "products", "goods"),
)

STAGE_KINDS = (
    Choice("open", N_("Open"), ("进行中",)),
    Choice("won", N_("Won"), ("赢单", "成交")),
    Choice("lost", N_("Lost"), ("输单", "丢单")),
)

PIPELINE = Entity(
    "pipeline",
    "PL",
    N_("Pipeline"),
    N_("Pipelines"),
    (text("name", N_("Pipeline"), "销售流程|管道", required=True),),
    headers=("销售流程",),
)

STAGE = Entity(
    "stage",
    "ST",
    N_("Stage"),
    N_("Stages"),
    (
        text("name", N_("Stage"), "阶段|销售阶段|阶段名称|stage name", required=True),
        link("pipeline", N_("Pipeline"), "pipeline", "销售流程"),
        integer("order_no", N_("Sequence"), "顺序|序号"),
        choice("kind", N_("Outcome"), STAGE_KINDS, "结果|类型", default="open"),
        percent("probability", N_("Probability"), "概率|赢率|成功率"),
        integer("typical_days", N_("Typical days"), "标准天数|停留天数"),
        long_text("exit_criteria", N_("Exit criteria"), "推进标准|退出条件"),
    ),
    headers=("阶段", "销售阶段", "stages"),
)

OPPORTUNITY = Entity(
    "opportunity",
    "OP",
    N_("Opportunity"),
    N_("Opportunities"),
    (
        code(
            "code",
            N_("Opportunity no."),
            "商机编号|商机ID|商机号|编号|opportunity id|deal id",
            searched=True,
        ),
        text(
            "name",
            N_("Opportunity"),
            "商机|商机名称|项目|项目名称|机会名称|opportunity name|deal name|deal",
            searched=True,
        ),
        link("customer", N_("Customer"), "customer", "客户|客户名称|公司|公司名称|account|company"),
        link("contact", N_("Contact"), "contact", "联系人|contact person"),
        link(
            "owner",
            N_("Owner"),
            "salesperson",
            "业务员|负责人|销售|销售员|归属|商机所有人|sales agent|sales rep|opportunity owner",
        ),
        link("product", N_("Product"), "product", "产品|产品名称|意向产品"),
        link("stage", N_("Stage"), "stage", "阶段|销售阶段|商机阶段|deal stage|stage name"),
        choice("status", N_("Status"), STAGE_KINDS, "状态|商机状态|结果", default="open"),
        money(
            "amount",
            N_("Amount"),
            "金额|预计金额|商机金额|成交金额|合同金额|close value|deal value|value",
        ),
        percent("probability", N_("Probability"), "概率|赢率|可能性|成功率"),
        date(
            "opened_on", N_("Opened on"), "创建日期|立项日期|开始日期|engage date|open date|created"
        ),
        date(
            "expected_close",
            N_("Expected close"),
            "预计成交|预计成交日期|预计签单日期|预计关闭日期|expected close date",
        ),
        date("closed_on", N_("Closed on"), "成交日期|结束日期|关闭日期|签单日期|close date"),
        text("lost_reason", N_("Lost because"), "输单原因|丢单原因|失败原因|loss reason"),
        text("source", N_("Source"), "来源|商机来源|lead source"),
        long_text("notes", N_("Notes"), "备注|说明|remark|remarks"),
    ),
    title=("name", "code"),
    keys=(("code",), ("name", "customer"), ("customer", "product", "owner", "opened_on")),
    headers=("商机", "销售机会", "项目", "pipeline", "sales pipeline", "deals", "opportunities"),
)

STAGE_CHANGE = Entity(
    "stage_change",
    "SC",
    N_("Stage history"),
    N_("Stage history"),
    (
        link("opportunity", N_("Opportunity"), "opportunity", "商机|商机编号", required=True),
        date("at", N_("On"), "日期|变更日期|date", required=True),
        link("stage", N_("Stage"), "stage", "阶段"),
        money("amount", N_("Amount"), "金额"),
        date("expected_close", N_("Expected close"), "预计成交"),
        percent("probability", N_("Probability"), "概率"),
    ),
    title=("at",),
    keys=(("opportunity", "at", "stage"),),
    part_of="opportunity",
    headers=("阶段历史", "stage history"),
    system=True,
)
