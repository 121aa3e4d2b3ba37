"""Goals, what shows that they are reached, and what people promised."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from models.texts import N_
from ui.pages.forecast import ForecastTab
from ui.pages.goal_papers import GoalPapers
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

    def add(self) -> None:
        """A new goal, judged while it is written."""
        if self.detail.related_in_focus() is not None:
            super().add()
            return
        from ui.dialogs.new_goal import NewGoal

        dialog = NewGoal(self.session, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.made.connect(self._made)
        dialog.open()


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
    """The goal tree, pace and forecast, and lists of goals and what belongs to them, behind tabs."""

    lists = (GoalList, KeyResults, Checkpoints, Agreements, Commitments)
    open_records = Signal(str, object)

    def _add_own_tabs(self) -> int:
        self._papers = GoalPapers(self._session, self._person, self.tabs)
        self.tabs.setCornerWidget(self._papers, Qt.Corner.TopRightCorner)
        self.reader = PaceReader(self._session, self)
        self.tree = GoalTree(self._session, self.reader, self.tabs)
        self.pace = PaceBoardTab(self._session, self.reader, self.tabs)
        self.forecast = ForecastTab(self._session, self.tabs)
        self.tree.import_wanted.connect(self.import_wanted)
        self.forecast.import_wanted.connect(self.import_wanted)
        for one in (self.tree, self.pace, self.forecast):
            one.open_records.connect(self.open_records)
        return (
            self._own("tree", N_("Goal tree"), self.tree)
            + self._own("pace", N_("Pace"), self.pace)
            + self._own("forecast", N_("Forecast"), self.forecast)
        )

    def _person(self) -> int:
        """Whose goal is selected."""
        page = self.current
        return page.linked("salesperson", ("person",)) if page is not None else 0

    def retranslate(self) -> None:
        """Show everything in the current language."""
        super().retranslate()
        self._papers.retranslate()
