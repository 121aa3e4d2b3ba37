"""The team: salespeople, teams, regions, and what they sell."""

from __future__ import annotations

from ui.records.record_page import RecordPage
from ui.records.tabbed_page import TabbedPage


class Salespeople(RecordPage):
    """All salespeople."""

    entity = "salesperson"
    columns = (
        "name", "employee_no", "team", "manager", "region", "position", "hire_date", "phone",
        "status",
    )  # fmt: skip


class Teams(RecordPage):
    """All teams."""

    entity = "team"


class Regions(RecordPage):
    """All regions."""

    entity = "region"


class Products(RecordPage):
    """All products."""

    entity = "product"


class TeamPage(TabbedPage):
    """Four lists behind tabs."""

    lists = (Salespeople, Teams, Regions, Products)
