"""Customers, their contacts, and what was talked about."""

from __future__ import annotations

from ui.records.record_page import RecordPage
from ui.records.tabbed_page import TabbedPage


class CustomerList(RecordPage):
    """All customers, with contacts, deals, activities and history beside them."""

    entity = "customer"
    columns = (
        "name", "code", "grade", "lifecycle", "owner", "phone", "industry", "segment", "city",
        "country", "annual_revenue", "next_contact_due", "tags", "source",
    )  # fmt: skip


class Contacts(RecordPage):
    """All contacts."""

    entity = "contact"
    columns = ("name", "customer", "title", "phone", "email", "wechat", "birthday", "primary")


class Activities(RecordPage):
    """What was talked about, and what comes next."""

    entity = "activity"
    columns = ("at", "kind", "person", "customer", "contact", "result", "next_step", "notes")


class FollowUps(RecordPage):
    """Whom to contact next, and by when."""

    entity = "follow_up_plan"
    columns = (
        "due", "customer", "purpose", "kind", "person", "status", "at", "contact", "opportunity",
        "done_on", "outcome",
    )  # fmt: skip


class Contracts(RecordPage):
    """What was signed, and until when it holds."""

    entity = "contract"


class CustomersPage(TabbedPage):
    """Customers, contacts, activities, follow-ups and contracts behind tabs."""

    lists = (CustomerList, Contacts, Activities, FollowUps, Contracts)
