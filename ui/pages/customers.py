"""Customers, their contacts, and what was talked about."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from models.texts import N_, tr
from ui.records.record_page import RecordPage
from ui.records.tabbed_page import TabbedPage
from ui.session import Session


class CustomerList(RecordPage):
    """All customers, with contacts, deals, activities and history beside them."""

    entity = "customer"
    columns = (
        "name", "code", "grade", "lifecycle", "owner", "phone", "industry", "segment", "city",
        "country", "annual_revenue", "next_contact_due", "tags", "source",
    )  # fmt: skip

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.menus.cell_offered.connect(self._offer)

    def _offer(self, menu: QMenu) -> None:
        if not self.model.deleted:
            action = QAction(tr(N_("Assign…")), menu)
            menu.addAction(action)
            self.menus.also({action: self.assign})

    def assign(self) -> None:
        """Propose who gets the selected customers."""
        from ui.dialogs.assign import open_assign

        open_assign(self.session, [("customer", row) for row in self.grid.rows_selected()], self)


class Contacts(RecordPage):
    """All contacts."""

    entity = "contact"
    columns = ("name", "customer", "title", "phone", "email", "wechat", "birthday", "primary")


class Activities(RecordPage):
    """What was talked about, and what comes next."""

    entity = "activity"
    columns = ("at", "kind", "person", "customer", "contact", "result", "next_step", "notes")


class FollowUps(RecordPage):
    """Whom to contact next, and by when."""

    entity = "follow_up_plan"
    columns = (
        "due", "customer", "purpose", "kind", "person", "status", "at", "contact", "opportunity",
        "done_on", "outcome",
    )  # fmt: skip


class Contracts(RecordPage):
    """What was signed, and until when it holds."""

    entity = "contract"


class CustomersPage(TabbedPage):
    """Customers, contacts, activities, follow-ups and contracts behind tabs."""

    lists = (CustomerList, Contacts, Activities, FollowUps, Contracts)
