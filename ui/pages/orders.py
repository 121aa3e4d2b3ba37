"""Orders, their lines, and the money that came in."""

from __future__ import annotations

from ui.records.record_page import RecordPage
from ui.records.tabbed_page import TabbedPage


class OrderList(RecordPage):
    """All orders."""

    entity = "order"
    columns = (
        "code", "customer", "owner", "ordered_on", "amount", "status", "region", "shipped_on",
        "ship_mode", "returned", "city",
    )  # fmt: skip


class OrderLines(RecordPage):
    """All order lines."""

    entity = "order_line"
    columns = (
        "order", "line_no", "order.customer", "order.ordered_on", "product", "quantity",
        "unit_price", "discount", "amount", "profit",
    )  # fmt: skip


class Receipts(RecordPage):
    """All receipts."""

    entity = "receipt"


class OrdersPage(TabbedPage):
    """Orders, lines and receipts behind tabs."""

    lists = (OrderList, OrderLines, Receipts)
