"""The team: salespeople, teams, regions."""

from __future__ import annotations

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from ui.records.record_page import RecordPage
from ui.session import Session


class SalespeoplePage(RecordPage):
    """All salespeople."""

    entity = "salesperson"
    columns = (
        "name",
        "employee_no",
        "team",
        "manager",
        "region",
        "position",
        "hire_date",
        "phone",
        "status",
    )


class TeamsPage(RecordPage):
    """All teams."""

    entity = "team"


class RegionsPage(RecordPage):
    """All regions."""

    entity = "region"


class ProductsPage(RecordPage):
    """All products."""

    entity = "product"


class TeamPage(QWidget):
    """Four lists behind tabs."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self._pages: list[RecordPage] = [
            one(session, self.tabs)
            for one in (SalespeoplePage, TeamsPage, RegionsPage, ProductsPage)
        ]
        for page in self._pages:
            self.tabs.addTab(page, "")
        box = QVBoxLayout(self)
        box.setContentsMargins(6, 4, 0, 0)
        box.addWidget(self.tabs)
        self.retranslate()

    def retranslate(self) -> None:
        """Show everything in the current language."""
        for at, page in enumerate(self._pages):
            self.tabs.setTabText(at, self._session.book.schema.entity(page.entity).plural_text())
            page.retranslate()
