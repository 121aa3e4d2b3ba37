"""The team: salespeople, teams, regions, what they sell, and which days they work."""

from __future__ import annotations

from ui.pages.people_acts import Salespeople
from ui.records.record_page import RecordPage
from ui.records.tabbed_page import TabbedPage


class Teams(RecordPage):
    """All teams."""

    entity = "team"


class Regions(RecordPage):
    """All regions."""

    entity = "region"


class Products(RecordPage):
    """All products."""

    entity = "product"


class CalendarDays(RecordPage):
    """Days that differ from the public calendar."""

    entity = "calendar_day"


class TeamPage(TabbedPage):
    """The team, what it sells, and its days, behind tabs."""

    lists = (Salespeople, Teams, Regions, Products, CalendarDays)
