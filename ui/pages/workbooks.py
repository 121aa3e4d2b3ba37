"""Workbooks of people: what came back, what was issued; notices, suggestions and questions behind tabs."""

from __future__ import annotations

from models.texts import N_
from ui.pages import workbook_issued, workbook_review
from ui.pages.workbook_freshness import Freshness
from ui.pages.workbook_notices import NoticesRead, Questions
from ui.records.record_page import RecordPage
from ui.records.tabbed_page import TabbedPage


class Issued(RecordPage):
    """The workbooks that were handed out."""

    entity = "workbook"


class Decisions(RecordPage):
    """What had to be decided of the workbooks that came back, and how it was."""

    entity = "cell_conflict"


class Notices(RecordPage):
    """What everybody is told."""

    entity = "announcement"


class ReadBy(RecordPage):
    """Who has read which notice."""

    entity = "read_receipt"


class Suggestions(RecordPage):
    """What people suggest and ask, and the answers."""

    entity = "suggestion"


class WorkbooksPage(TabbedPage):
    """What came back and what is out; then the lists of workbooks, decisions, notices, suggestions."""

    lists = (Issued, Decisions, Notices, ReadBy, Suggestions)

    def _add_own_tabs(self) -> int:
        self.returned = workbook_review.Returned(self._session, self.tabs)
        self.issued = workbook_issued.Issued(self._session, self.tabs)
        self.freshness = Freshness(self._session, self.tabs)
        self.notices = NoticesRead(self._session, self.tabs)
        self.questions = Questions(self._session, self.tabs)
        return (
            self._own("returned", N_("Returned workbooks"), self.returned)
            + self._own("issued", N_("Issued workbooks"), self.issued)
            + self._own("freshness", N_("Freshness"), self.freshness)
            + self._own("notices", N_("Notices and readers"), self.notices)
            + self._own("questions", N_("Questions"), self.questions)
        )
