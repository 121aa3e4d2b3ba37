"""Orders, their lines, and the money that came in."""

from __future__ import annotations

from models.describe.field import Choice, Entity
from models.describe.fields import (
    choice,
    code,
    date,
    flag,
    integer,
    link,
    money,
    number,
    percent,
    text,
)
from models.texts import N_

STATUSES = (
    Choice("draft", N_("Draft"), ("草稿", "未确认")),
    Choice("confirmed", N_("Confirmed"), ("已确认", "执行中")),
    Choice("shipped", N_("Shipped"), ("已发货", "已出库")),
    Choice("done", N_("Done"), ("已完成", "完成", "closed")),
    Choice("cancelled", N_("Cancelled"), ("已取消", "作废", "取消", "canceled")),
)

# The headings of its form.
ORDER_HEAD = N_("Order")
DELIVERY = N_("Delivery")

ORDER = Entity(
    "order",
    "OR",
    N_("Order"),
    N_("Orders"),
    (
        code(
            "code",
            N_("Order no."),
            "订单|订单号|订单编号|订单ID|单号|单据编号|合同编号|销售单号|invoice|invoice no|sales order number|order id"
            "|order number|合同号|订单号码|so number|so no|order no|invoice number",
            searched=True,
            help=N_("The order's number, as on its paper."),
            group=ORDER_HEAD,
        ),
        link(
            "customer",
            N_("Customer"),
            "customer",
            "客户|客户名称|客户编号|reseller key|account|company|customer id|公司|公司名称|单位名称|购货单位|购买方|客户单位"
            "|客户全称|买方|customer name|client|client name|company name",
            help=N_("Who bought."),
            group=ORDER_HEAD,
        ),
        link(
            "owner",
            N_("Owner"),
            "salesperson",
            "业务员|负责人|销售|销售员|employee key|sales rep|sales agent|销售代表|经办人|销售人员|跟单员|salesperson"
            "|rep|owner",
            help=N_("The salesperson to whom the order counts."),
            group=ORDER_HEAD,
        ),
        link(
            "region",
            N_("Region"),
            "region",
            "地区|区域|大区|sales territory key|territory",
            help=N_("The region to which the order counts."),
            group=DELIVERY,
        ),
        text(
            "country",
            N_("Ship-to country"),
            "国家|国家/地区|收货国家|country region",
            help=N_("The country to which it was shipped."),
            group=DELIVERY,
        ),
        text(
            "province",
            N_("Ship-to province"),
            "省|省份|省/自治区|收货省份|state|state province name",
            help=N_("The province or state to which it was shipped."),
            group=DELIVERY,
        ),
        text(
            "city",
            N_("Ship-to city"),
            "城市|市|收货城市|city|ship to city",
            help=N_("The city to which it was shipped."),
            group=DELIVERY,
        ),
        date(
            "ordered_on",
            N_("Ordered on"),
            "订单日期|下单日期|日期|销售日期|签订日期|invoice date|order date|date|下单时间|签约日期|单据日期|开单日期|ordered on",
            help=N_("The day of the order; sales count by it."),
            group=DELIVERY,
        ),
        date(
            "due_on",
            N_("Due on"),
            "到期日|应收日期|交货日期|due date|付款到期日|交期|应收款日期|payment due|due",
            help=N_("The day by which it must be paid."),
            group=DELIVERY,
        ),
        date(
            "shipped_on",
            N_("Shipped on"),
            "发货日期|出货日期|ship date|发货时间|出库日期|shipping date|shipped date",
            help=N_("The day on which the goods left."),
            group=DELIVERY,
        ),
        text(
            "ship_mode",
            N_("Ship mode"),
            "邮寄方式|发货方式|运输方式|配送方式|shipping|物流方式|送货方式|shipping method|delivery method",
            help=N_("How the goods travelled."),
            group=DELIVERY,
        ),
        money(
            "amount",
            N_("Order amount"),
            "订单金额|合同金额|总金额|总价|order total|total|订单总额|合计金额|订单总金额|total amount|order amount"
            "|order value",
            read_as='coalesce({t}.amount, (SELECT sum(l.amount) FROM order_line l WHERE l."order" = {t}.id AND l.alive = 1))',
            help=N_("The whole amount; if empty, the sum of the lines."),
            group=ORDER_HEAD,
        ),
        flag(
            "returned",
            N_("Returned"),
            "退回|退货|是否退货|return|是否退回|is returned|returned",
            help=N_("Whether the goods came back."),
            group=ORDER_HEAD,
        ),
        choice(
            "status",
            N_("Status"),
            STATUSES,
            "状态|订单状态|单据状态|order status|status",
            help=N_("How far the order has come."),
            group=ORDER_HEAD,
        ),
    ),
    title=("code",),
    keys=(("code",),),
    discriminators=("customer", "ordered_on"),
    flat=True,
    headers=("订单", "销售订单", "orders", "退货", "invoices"),
)

ORDER_LINE = Entity(
    "order_line",
    "OL",
    N_("Order line"),
    N_("Order lines"),
    (
        link(
            "order",
            N_("Order"),
            "order",
            "订单|订单号|订单ID|invoice|sales order number|order id|订单编号|单号|销售单号|order no|order number",
            required=True,
            help=N_("The order that the line belongs to."),
        ),
        integer(
            "line_no",
            N_("Line"),
            "行号|行ID|序号|行|sales order line number|line number|line",
            help=N_("The line's place in the order."),
        ),
        link(
            "product",
            N_("Product"),
            "product",
            "产品|商品|产品名称|产品ID|product key|stock code|条码|商品名称|品名|货品名称|物料名称|product name|item"
            "|item name|product",
            help=N_("What was bought."),
        ),
        number(
            "quantity",
            N_("Quantity"),
            "数量|订货数量|qty|order quantity|件数|销售数量|订购数量|购买数量",
            help=N_("How many; negative for what came back."),
        ),
        money(
            "unit_price",
            N_("Unit price"),
            "单价|销售单价|price|含税单价|成交单价|不含税单价|unit price",
            help=N_("The price of one before the discount."),
        ),
        percent(
            "discount",
            N_("Discount"),
            "折扣|折扣率|discount rate|discount",
            help=N_("The share that was taken off: 15% means that 85% was paid."),
        ),
        money(
            "amount",
            N_("Amount"),
            "销售额|金额|行金额|小计|sales amount|sales|line total|价税合计|销售金额|成交金额|amount",
            help=N_("What the line comes to; if not typed, quantity times price less discount."),
        ),
        money(
            "cost",
            N_("Cost"),
            "成本|成本金额|total product cost|total cost",
            help=N_("What the goods of this line cost you in all."),
        ),
        money(
            "profit",
            N_("Profit"),
            "利润|毛利|gross profit|毛利润|毛利额|profit",
            help=N_("What was earned on the line; if empty, amount less cost."),
        ),
    ),
    title=("line_no",),
    keys=(("order", "line_no"),),
    part_of="order",
    headers=("订单明细", "销售明细", "order lines", "销售记录"),
)

METHODS = (
    Choice("transfer", N_("Bank transfer"), ("转账", "银行转账", "电汇", "对公")),
    Choice("cash", N_("Cash"), ("现金",)),
    Choice("wechat", N_("WeChat Pay"), ("微信", "微信支付")),
    Choice("alipay", N_("Alipay"), ("支付宝",)),
    Choice("bill", N_("Bill"), ("承兑", "承兑汇票", "支票")),
)

RECEIPT = Entity(
    "receipt",
    "RC",
    N_("Receipt"),
    N_("Receipts"),
    (
        code(
            "code",
            N_("Receipt no."),
            "回款编号|收款单号|单号|流水号|receipt id|payment id|收据编号|回款单号|付款单号|receipt no|payment no"
            "|payment number",
            searched=True,
            help=N_("The number of the payment or its slip."),
        ),
        link(
            "customer",
            N_("Customer"),
            "customer",
            "客户|客户名称|付款方|付款单位|account|company|公司|公司名称|单位名称|付款客户|缴款单位|payer|customer name"
            "|client|company name",
            help=N_("Who paid."),
        ),
        link(
            "order",
            N_("Order"),
            "order",
            "订单|订单号|订单编号|合同编号|合同号|订单ID|order no|order id|order number",
            help=N_("The order that was paid."),
        ),
        date(
            "received_on",
            N_("Received on"),
            "回款日期|收款日期|到账日期|日期|date|payment date|到账时间|付款日期|收款时间|回款时间|date received|received on",
            help=N_("The day on which the money came in."),
        ),
        money(
            "amount",
            N_("Received amount"),
            "回款金额|回款|收款金额|到账金额|金额|amount|payment|实收金额|本次回款|收款|到款金额|amount received"
            "|payment amount|received amount",
            help=N_("How much came in."),
        ),
        choice(
            "method",
            N_("Method"),
            METHODS,
            "收款方式|付款方式|回款方式|payment method|支付方式|结算方式|pay method|method",
            help=N_("How it was paid."),
        ),
    ),
    title=("code", "received_on"),
    keys=(("code",), ("customer", "order", "received_on", "amount")),
    headers=("回款", "收款", "回款记录", "receipts", "payments"),
)
