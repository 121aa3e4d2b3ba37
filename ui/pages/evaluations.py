"""Evaluations: cycles, what each person reached, and the lists behind."""

from __future__ import annotations

from PySide6.QtCore import Signal

from models.texts import N_
from ui.pages.evaluation_backtest import BackTest
from ui.pages.evaluation_calibration import CalibrationTab
from ui.pages.evaluation_cycle import CycleTab
from ui.pages.evaluation_fairness import EvaluationFairness
from ui.pages.evaluation_history import HistoryTab
from ui.pages.evaluation_reader import EvaluationReader
from ui.records.record_page import RecordPage
from ui.records.tabbed_page import TabbedPage


class Evaluations(RecordPage):
    """Evaluations of people, cycle by cycle."""

    entity = "evaluation"


class Cycles(RecordPage):
    """The rounds of evaluations."""

    entity = "evaluation_cycle"


class Appeals(RecordPage):
    """What people object to."""

    entity = "appeal"


class Scorecards(RecordPage):
    """What people are judged by."""

    entity = "scorecard_template"


class Items(RecordPage):
    """The items of scorecards."""

    entity = "scorecard_item"


class Grades(RecordPage):
    """The grades of scorecards."""

    entity = "grade_band"


class Ratings(RecordPage):
    """What was judged by people."""

    entity = "evaluation_rating"


class Signatures(RecordPage):
    """Who signed what."""

    entity = "signature"


class EvaluationsPage(TabbedPage):
    """Evaluations and the lists that they are made of, behind tabs."""

    tucked = frozenset(("scorecard_item", "grade_band", "evaluation_rating", "signature"))
    lists = (Evaluations, Cycles, Appeals, Scorecards, Items, Grades, Ratings, Signatures)
    open_records = Signal(str, object)

    def _add_own_tabs(self) -> int:
        self.reader = EvaluationReader(self._session, self)
        self.cycle = CycleTab(self._session, self.reader, self.tabs)
        self.calibration = CalibrationTab(self._session, self.reader, self.tabs)
        self.history = HistoryTab(self._session, self.reader, self.tabs)
        self.backtest = BackTest(self._session, self.tabs)
        self.fairness = EvaluationFairness(self._session, self.tabs)
        self.calibration.sheet_wanted.connect(self._show_sheet)
        for one in (self.cycle, self.fairness):
            one.open_records.connect(self.open_records)
        return (
            self._own("cycle", N_("This cycle"), self.cycle)
            + self._own("calibration", N_("Calibration"), self.calibration)
            + self._own("history", N_("Over the cycles"), self.history)
            + self._own("backtest", N_("Test a rule"), self.backtest)
            + self._own("fairness", N_("Fairness of evaluations"), self.fairness)
        )

    def _show_sheet(self) -> None:
        self.list_of("cycle")
        self.cycle.table.setFocus()
