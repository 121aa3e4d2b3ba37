"""Workbooks of people: what came back, what was issued; notices, suggestions and questions behind tabs."""

from __future__ import annotations

from models.texts import N_
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
    """Workbooks, decisions about them, notices, suggestions, behind tabs."""

    lists = (Issued, Decisions, Notices, ReadBy, Suggestions)

    def _add_own_tabs(self) -> int:
        return (
            self._own("freshness", N_("Freshness"), Freshness(self._session, self.tabs))
            + self._own("notices", N_("Notices and readers"), NoticesRead(self._session, self.tabs))
            + self._own("questions", N_("Questions"), Questions(self._session, self.tabs))
        )
