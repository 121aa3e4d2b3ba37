"""Goals, what shows that they are reached, and what people promised."""

from __future__ import annotations

from PySide6.QtCore import Signal

from models.texts import N_
from ui.pages.forecast import ForecastTab
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
    """Goals and what belongs to them behind tabs."""

    lists = (GoalList, KeyResults, Checkpoints, Agreements, Commitments)
    open_records = Signal(str, object)

    def _add_own_tabs(self) -> int:
        forecast = ForecastTab(self._session, self.tabs)
        forecast.open_records.connect(self.open_records)
        forecast.import_wanted.connect(self.import_wanted)
        return self._own("forecast", N_("Forecast"), forecast)
