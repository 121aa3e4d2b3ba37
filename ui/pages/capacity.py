"""Who can do how much: leave, cover, skills, and what was given to whom."""

from __future__ import annotations

from PySide6.QtCore import Signal

from models.texts import N_
from ui.pages.fairness import FairnessTab
from ui.pages.people_acts import Leave
from ui.pages.skill_map import SkillMapTab
from ui.pages.time_mix import TimeMixTab
from ui.pages.workload import WorkloadTab
from ui.records.record_page import RecordPage
from ui.records.tabbed_page import TabbedPage


class Covers(RecordPage):
    """Who stands in for whom."""

    entity = "cover"


class Skills(RecordPage):
    """What people can be able to do."""

    entity = "skill"


class SkillLevels(RecordPage):
    """How well each person is able to do it, and what shows it."""

    entity = "skill_level"


class Assignments(RecordPage):
    """What was given to whom, and why."""

    entity = "assignment_decision"
    columns = ("task", "customer", "chosen", "proposed", "reason", "decided_at", "weights")


class Chances(RecordPage):
    """Who was given which good chance."""

    entity = "opportunity_ledger"


class CapacityPage(TabbedPage):
    """Workload and skills of everybody, then leave, cover, skills and assignments, behind tabs."""

    lists = (Leave, Covers, Skills, SkillLevels, Assignments, Chances)
    open_records = Signal(str, object)

    def _add_own_tabs(self) -> int:
        self.workload = WorkloadTab(self._session, self.tabs)
        self.skill_map = SkillMapTab(self._session, self.tabs)
        self.time_mix = TimeMixTab(self._session, self.tabs)
        self.time_mix.open_records.connect(self.open_records)
        self.fairness = FairnessTab(self._session, self.tabs)
        self.fairness.open_records.connect(self.open_records)
        return (
            self._own("workload", N_("Workload"), self.workload)
            + self._own("skill_map", N_("Skill map"), self.skill_map)
            + self._own("time_mix", N_("Time mix"), self.time_mix)
            + self._own("fairness", N_("Fairness"), self.fairness)
        )
