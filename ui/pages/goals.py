"""Goals, what shows that they are reached, and what people promised."""

from __future__ import annotations

from PySide6.QtCore import Signal

from models.texts import N_, tr
from ui.pages.goal_tree import GoalTree
from ui.pages.pace_board import PaceBoardTab
from ui.pages.pace_reader import PaceReader
from ui.records.record_page import RecordPage
from ui.records.tabbed_page import TabbedPage


class GoalList(RecordPage):
    """All goals."""

    entity = "goal"
    columns = (
        "title", "level", "person", "team", "measure", "period", "floor", "target", "stretch",
        "weight", "status", "parent",
    )  # fmt: skip


class KeyResults(RecordPage):
    """What shows that goals are reached."""

    entity = "key_result"


class Checkpoints(RecordPage):
    """The days on which goals are looked at."""

    entity = "goal_checkpoint"


class Agreements(RecordPage):
    """Which goals were agreed with whom."""

    entity = "goal_agreement"


class Commitments(RecordPage):
    """What people say they will bring."""

    entity = "commitment"


class GoalsPage(TabbedPage):
    """The goal tree, and lists of goals and what belongs to them, behind tabs."""

    lists = (GoalList, KeyResults, Checkpoints, Agreements, Commitments)
    open_records = Signal(str, object)

    def _add_own_tabs(self) -> int:
        self.reader = PaceReader(self._session, self)
        self.tree = GoalTree(self._session, self.reader, self.tabs)
        self.pace = PaceBoardTab(self._session, self.reader, self.tabs)
        self.tree.import_wanted.connect(self.import_wanted)
        for one in (self.tree, self.pace):
            one.open_records.connect(self.open_records)
            self.tabs.addTab(one, "")
        return 2

    def retranslate(self) -> None:
        """Show everything in the current language."""
        super().retranslate()
        self.tabs.setTabText(0, tr(N_("Goal tree")))
        self.tabs.setTabText(1, tr(N_("Pace")))
        for one in (self.tree, self.pace):
            one.retranslate()
