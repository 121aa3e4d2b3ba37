"""How people grow: plans, feedback, talks, recognition."""

from __future__ import annotations

from PySide6.QtCore import Signal

from models.texts import N_
from ui.pages.growth_feedback import FeedbackTab
from ui.pages.growth_recognition import RecognitionTab
from ui.pages.growth_strengths import StrengthsTab
from ui.pages.growth_talks import TalksTab
from ui.pages.loops import Loops
from ui.records.record_page import RecordPage
from ui.records.tabbed_page import TabbedPage


class Plans(RecordPage):
    """What is to become better."""

    entity = "improvement_plan"


class Steps(RecordPage):
    """The steps of plans."""

    entity = "plan_action"


class FeedbackList(RecordPage):
    """What people were told."""

    entity = "feedback"


class Talks(RecordPage):
    """Talks of two."""

    entity = "one_on_one"


class Promises(RecordPage):
    """What was promised in talks."""

    entity = "promise"


class Recognitions(RecordPage):
    """Who was recognised for what."""

    entity = "recognition_award"


class Values(RecordPage):
    """What the team stands for."""

    entity = "cultural_value"


class GrowthPage(TabbedPage):
    """Feedback, strengths, talks and recognition; the lists of them and of plans, behind tabs."""

    open_records = Signal(str, object)
    tucked = frozenset(
        ("plan_action", "promise", "cultural_value", "feedback", "one_on_one", "recognition_award")
    )
    lists = (Plans, Steps, FeedbackList, Talks, Promises, Recognitions, Values)

    def _add_own_tabs(self) -> int:
        self.feedback = FeedbackTab(self._session, self.tabs)
        self.strengths = StrengthsTab(self._session, self.tabs)
        self.talks = TalksTab(self._session, self.tabs)
        self.recognition = RecognitionTab(self._session, self.tabs)
        self.loops = Loops(self._session, self.tabs)
        self.strengths.open_records.connect(self.open_records)
        self.talks.open_records.connect(self.open_records)
        return (
            self._own("giving", N_("Give feedback"), self.feedback)
            + self._own("strengths", N_("Strengths and weaknesses"), self.strengths)
            + self._own("talks", N_("One-to-ones"), self.talks)
            + self._own("recognition", N_("Recognition and chances"), self.recognition)
            + self._own("loops", N_("Open loops"), self.loops)
        )
