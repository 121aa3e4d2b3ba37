"""Goals, what shows that they are reached, and what people promised."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.pages.goal_papers import GoalPapers
from ui.records.record_page import RecordPage
from ui.records.tabbed_page import TabbedPage
from ui.session import Session


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
    """Goals and what belongs to them behind tabs."""

    lists = (GoalList, KeyResults, Checkpoints, Agreements, Commitments)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._papers = GoalPapers(session, self._person, self)
        self.tabs.setCornerWidget(self._papers, Qt.Corner.TopRightCorner)

    def _person(self) -> int:
        """Whose goal is selected."""
        page = self.current
        return page.linked("salesperson", ("person",)) if page is not None else 0

    def retranslate(self) -> None:
        """Show everything in the current language."""
        super().retranslate()
        if hasattr(self, "_papers"):  # asked for by the base class first, before it is made
            self._papers.retranslate()
