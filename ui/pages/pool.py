"""The customer pool: who claims a customer, what went in and out, and the rules."""

from __future__ import annotations

from ui.records.record_page import RecordPage
from ui.records.tabbed_page import TabbedPage


class Claims(RecordPage):
    """Who says that a customer is theirs."""

    entity = "ownership_claim"


class Moves(RecordPage):
    """Which customers went into the pool and out of it."""

    entity = "pool_move"


class Rules(RecordPage):
    """How often customers of a grade are to be contacted, and when they go to the pool."""

    entity = "pool_rule"


class PoolPage(TabbedPage):
    """Claims, moves and rules behind tabs."""

    lists = (Claims, Moves, Rules)
