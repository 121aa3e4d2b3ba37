"""Workbooks of people: what came back, what was issued; notices, suggestions and questions behind tabs."""

from __future__ import annotations

from typing import ClassVar

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
    """What is done with workbooks, notices and questions; then the lists of all records behind it."""

    lists = (Issued, Decisions, Notices, ReadBy, Suggestions)
    list_names: ClassVar = {
        "workbook": N_("All workbooks"),
        "cell_conflict": N_("All decisions"),
        "announcement": N_("All notices"),
        "read_receipt": N_("All readings"),
        "suggestion": N_("All suggestions"),
    }

    def _add_own_tabs(self) -> int:
        self.returned = workbook_review.Returned(self._session, self.tabs)
        self.issued = workbook_issued.Issued(self._session, self.tabs)
        self.freshness = Freshness(self._session, self.tabs)
        self.notices = NoticesRead(self._session, self.tabs)
        self.questions = Questions(self._session, self.tabs)
        return (
            self._own("returned", N_("Came back"), self.returned)
            + self._own("issued", N_("Issued"), self.issued)
            + self._own("freshness", N_("Freshness"), self.freshness)
            + self._own("notices", N_("Who has read what"), self.notices)
            + self._own("questions", N_("To answer"), self.questions)
        )
