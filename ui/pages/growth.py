"""How people grow: plans, feedback, talks, recognition."""

from __future__ import annotations

from models.texts import N_
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
    """Plans, feedback, talks and recognition, behind tabs."""

    tucked = frozenset(("plan_action", "promise", "cultural_value"))
    lists = (Plans, Steps, FeedbackList, Talks, Promises, Recognitions, Values)

    def _add_own_tabs(self) -> int:
        self.loops = Loops(self._session, self.tabs)
        return self._own("loops", N_("Open loops"), self.loops)
