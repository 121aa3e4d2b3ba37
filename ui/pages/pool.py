"""The customer pool: who is in it and who falls, cases to rule on, and the lists behind."""

from __future__ import annotations

from models.texts import N_
from ui.pages.conflicts import Conflicts
from ui.pages.pool_tabs import Falling, InPool
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
    """The pool, who falls into it, conflicts; claims, moves and rules, behind tabs."""

    lists = (Claims, Moves, Rules)

    def _add_own_tabs(self) -> int:
        self.inside = InPool(self._session, self.tabs)
        self.falling = Falling(self._session, self.tabs)
        self.conflicts = Conflicts(self._session, self.tabs)
        return (
            self._own("in_pool", N_("In the pool"), self.inside)
            + self._own("falling", N_("Falling"), self.falling)
            + self._own("conflicts", N_("Conflicts"), self.conflicts)
        )
