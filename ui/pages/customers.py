"""Customers."""

from __future__ import annotations

from ui.records.record_page import RecordPage


class CustomersPage(RecordPage):
    """All customers, with contacts, deals, activities and history beside them."""

    entity = "customer"
    columns = (
        "name",
        "code",
        "grade",
        "lifecycle",
        "owner",
        "phone",
        "industry",
        "segment",
        "city",
        "country",
        "annual_revenue",
        "next_contact_due",
        "tags",
        "source",
    )
