"""Orders with their lines, and receipts."""

from __future__ import annotations

from ui.records.record_page import RecordPage


class OrdersPage(RecordPage):
    """All orders."""

    entity = "order"
    columns = (
        "code",
        "customer",
        "owner",
        "ordered_on",
        "amount",
        "region",
        "status",
        "shipped_on",
        "ship_mode",
        "returned",
        "city",
    )
