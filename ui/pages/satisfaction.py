"""What customers say: how it stands, themes, what waits, and the lists of answers, complaints, questionnaires."""

from __future__ import annotations

from PySide6.QtCore import Signal

from models.texts import N_
from ui.pages.voice_lists import Asking, OpenComplaints, Themes
from ui.pages.voice_overview import Overview
from ui.records.record_page import RecordPage
from ui.records.tabbed_page import TabbedPage


class Answers(RecordPage):
    """What customers answered."""

    entity = "survey_response"


class Complaints(RecordPage):
    """What customers complain of."""

    entity = "complaint"


class Forms(RecordPage):
    """What customers are asked."""

    entity = "survey_form"


class SatisfactionPage(TabbedPage):
    """Overview, themes, open complaints, whom to ask; answers, complaints, questionnaires behind tabs."""

    lists = (Answers, Complaints, Forms)
    open_records = Signal(str, object)

    def _add_own_tabs(self) -> int:
        self.overview = Overview(self._session, self.tabs)
        self.overview.import_wanted.connect(self.import_wanted)
        self.overview.tab_wanted.connect(self.list_of)
        self.themes = Themes(self._session, self.tabs)
        self.waiting = OpenComplaints(self._session, self.tabs)
        self.asking = Asking(self._session, self.tabs)
        for one in (self.overview, self.themes, self.waiting, self.asking):
            one.open_records.connect(self.open_records)
        return (
            self._own("voice", N_("Overview"), self.overview)
            + self._own("themes", N_("Themes"), self.themes)
            + self._own("open_complaints", N_("Open complaints"), self.waiting)
            + self._own("asking", N_("Whom to ask"), self.asking)
        )
