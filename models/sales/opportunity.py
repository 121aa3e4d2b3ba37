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
            "产品|产品名称|商品|商品名称|品名|名称|物料名称|item|item name|description|product|货品名称|货物名称|商品名|产品名"
            "|goods name",
            required=True,
            searched=True,
            help=N_("What the product is called on offers and invoices."),
        ),
        code(
            "code",
            N_("Product no."),
            "产品ID|产品编号|商品编码|编码|货号|条码|基本条码|product key|stock code|sku|item no|product id|商品编号"
            "|物料编码|物料编号|product code|item code|product no",
            searched=True,
            help=N_("The article number; it identifies the rows of later sheets."),
        ),
        text(
            "category",
            N_("Category"),
            "类别|分类|大类|品类|产品类别|english product category name|product category|商品分类|产品分类|商品类别"
            "|category",
            help=N_("The main group that sales are broken down by."),
        ),
        text(
            "subcategory",
            N_("Subcategory"),
            "子类别|子类|小类|二级分类",
            help=N_("The group within the category."),
        ),
        text(
            "series",
            N_("Series"),
            "系列|产品系列|型号|model",
            help=N_("The product family or model."),
        ),
        text(
            "unit",
            N_("Unit"),
            "单位|基本单位|计量单位|uom",
            help=N_("What one of it is: piece, box, kilogram."),
        ),
        money(
            "list_price",
            N_("List price"),
            "售价|标价|零售价|目录价|销售价|单价|sales price|price",
            help=N_("The price of one before any discount."),
        ),
        money(
            "cost",
            N_("Cost"),
            "成本|成本价|采购价|进价|标准成本|standard cost",
            help=N_("What one costs you."),
        ),
        flag(
            "active",
            N_("In use"),
            "状态|启用|是否在售",
            default=True,
            help=N_("Whether it is still sold."),
        ),
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

FORECASTS = (
    Choice("commit", N_("Commit"), ("承诺",)),
    Choice("likely", N_("Likely"), ("可能", "best case")),
    Choice("upside", N_("Upside"), ("争取", "保守", "pipeline")),
    Choice("omitted", N_("Not counted"), ("不计入",)),
)

PIPELINE = Entity(
    "pipeline",
    "PL",
    N_("Pipeline"),
    N_("Pipelines"),
    (
        text(
            "name",
            N_("Pipeline"),
            "销售流程|管道",
            required=True,
            help=N_("What the way of selling is called, such as direct sales."),
        ),
    ),
    headers=("销售流程",),
)

STAGE = Entity(
    "stage",
    "ST",
    N_("Stage"),
    N_("Stages"),
    (
        text(
            "name",
            N_("Stage"),
            "阶段|销售阶段|阶段名称|stage name",
            required=True,
            help=N_("What the stage is called."),
        ),
        link(
            "pipeline",
            N_("Pipeline"),
            "pipeline",
            "销售流程",
            help=N_("The way of selling that the stage belongs to."),
        ),
        integer(
            "order_no",
            N_("Sequence"),
            "顺序|序号",
            help=N_("Its place in the row; deals pass the stages from low to high."),
        ),
        choice(
            "kind",
            N_("Outcome"),
            STAGE_KINDS,
            "结果|类型",
            default="open",
            help=N_("What a deal is when it gets here: still open, won or lost."),
        ),
        percent(
            "probability",
            N_("Probability"),
            "概率|赢率|成功率",
            help=N_("How often deals in this stage are won; used where a deal states none."),
        ),
        integer(
            "typical_days",
            N_("Typical days"),
            "标准天数|停留天数",
            help=N_("How long deals usually stay here."),
        ),
        long_text(
            "exit_criteria",
            N_("Exit criteria"),
            "推进标准|退出条件",
            help=N_("What must be true before a deal moves on."),
        ),
    ),
    headers=("阶段", "销售阶段", "stages"),
)

# The headings of its form.
DEAL = N_("Deal")
PROGRESS = N_("Progress")

OPPORTUNITY = Entity(
    "opportunity",
    "OP",
    N_("Opportunity"),
    N_("Opportunities"),
    (
        code(
            "code",
            N_("Opportunity no."),
            "商机编号|商机ID|商机号|编号|opportunity id|deal id|机会编号|项目编号|opportunity no|deal no",
            searched=True,
            help=N_("Your own number for the deal; it identifies the rows of later sheets."),
            group=DEAL,
        ),
        text(
            "name",
            N_("Opportunity"),
            "商机|商机名称|项目|项目名称|机会名称|opportunity name|deal name|deal|销售机会|商机主题|project name",
            searched=True,
            help=N_("What the deal is about, in a few words."),
            group=DEAL,
        ),
        link(
            "customer",
            N_("Customer"),
            "customer",
            "客户|客户名称|公司|公司名称|account|company|客户单位|所属客户|单位名称|客户全称|customer name|client"
            "|company name|client name",
            help=N_("Who would buy."),
            group=DEAL,
        ),
        link(
            "contact",
            N_("Contact"),
            "contact",
            "联系人|contact person",
            help=N_("Who decides or answers there."),
            group=DEAL,
        ),
        link(
            "owner",
            N_("Owner"),
            "salesperson",
            "业务员|负责人|销售|销售员|归属|商机所有人|sales agent|sales rep|opportunity owner|跟进人|销售负责人|销售代表"
            "|项目负责人|负责销售|salesperson|deal owner|rep",
            help=N_("The salesperson to whom the deal counts."),
            group=DEAL,
        ),
        link(
            "product",
            N_("Product"),
            "product",
            "产品|产品名称|意向产品|产品型号|需求产品|product name",
            help=N_("What would be bought, above all."),
            group=DEAL,
        ),
        link(
            "stage",
            N_("Stage"),
            "stage",
            "阶段|销售阶段|商机阶段|deal stage|stage name|当前阶段|项目阶段|sales stage",
            help=N_("How far the deal has come; its outcome and odds follow."),
            group=PROGRESS,
        ),
        choice(
            "status",
            N_("Status"),
            STAGE_KINDS,
            "状态|商机状态|结果|deal status|outcome",
            default="open",
            help=N_("Whether the deal is open, won or lost."),
            group=PROGRESS,
        ),
        money(
            "amount",
            N_("Amount"),
            "金额|预计金额|商机金额|成交金额|合同金额|close value|deal value|value|预计成交金额|预估金额|项目金额|机会金额|预计签单金额"
            "|expected amount|deal amount|amount",
            help=N_("What the deal is worth; of a won one, what was agreed."),
            group=PROGRESS,
        ),
        percent(
            "probability",
            N_("Probability"),
            "概率|赢率|可能性|成功率|成交概率|赢单率|成单概率|赢单概率|win probability|win rate",
            help=N_("How likely it is to be won; if empty, that of its stage."),
            group=PROGRESS,
        ),
        date(
            "opened_on",
            N_("Opened on"),
            "创建日期|立项日期|开始日期|engage date|open date|created|创建时间|立项时间|发现日期|created date"
            "|created on|opened on",
            help=N_("The day on which the deal began."),
            group=PROGRESS,
        ),
        date(
            "expected_close",
            N_("Expected close"),
            "预计成交|预计成交日期|预计签单日期|预计关闭日期|expected close date|预计签单|预计签约日期|预计成交时间|预计关闭时间|预计结单日期"
            "|est close date|estimated close date|expected closing date|expected close",
            help=N_("The day on which a decision is expected."),
            group=PROGRESS,
        ),
        date(
            "closed_on",
            N_("Closed on"),
            "成交日期|结束日期|关闭日期|签单日期|close date|结单日期|赢单日期|实际成交日期|closed on|actual close date",
            help=N_("The day on which the deal was won or lost."),
            group=PROGRESS,
        ),
        choice(
            "forecast_category",
            N_("Forecast category"),
            FORECASTS,
            "预测类别|预测分类|承诺类别|forecast",
            help=N_("What its owner says of it: will come, is likely, could come, doesn't count."),
            group=PROGRESS,
        ),
        text(
            "lost_reason",
            N_("Lost because"),
            "输单原因|丢单原因|失败原因|loss reason",
            help=N_("Why it was lost, in the customer's words if you can."),
            group=PROGRESS,
        ),
        text(
            "source",
            N_("Source"),
            "来源|商机来源|lead source|线索来源|source",
            help=N_("How the deal came about."),
            group=DEAL,
        ),
        long_text(
            "notes",
            N_("Notes"),
            "备注|说明|remark|remarks|备注信息|comments|notes",
            help=N_("Whatever else is worth knowing."),
        ),
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
        link(
            "opportunity",
            N_("Opportunity"),
            "opportunity",
            "商机|商机编号",
            required=True,
            help=N_("The deal whose course this is."),
        ),
        date(
            "at",
            N_("On"),
            "日期|变更日期|date",
            required=True,
            help=N_("The day from which this held."),
        ),
        link(
            "stage",
            N_("Stage"),
            "stage",
            "阶段",
            help=N_("The stage that the deal was in from then on."),
        ),
        money(
            "amount",
            N_("Amount"),
            "金额",
            help=N_("What the deal was worth from then on."),
        ),
        date(
            "expected_close",
            N_("Expected close"),
            "预计成交",
            help=N_("When a decision was expected, as seen then."),
        ),
        percent(
            "probability",
            N_("Probability"),
            "概率",
            help=N_("How likely it was to be won, as seen then."),
        ),
    ),
    title=("at",),
    keys=(("opportunity", "at", "stage"),),
    part_of="opportunity",
    headers=("阶段历史", "stage history"),
    system=True,
)
