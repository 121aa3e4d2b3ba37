"""Customers, their contacts, and what was talked about."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from models.texts import N_, tr
from ui.pages.next_steps import NextSteps
from ui.records.record_page import RecordPage
from ui.records.tabbed_page import TabbedPage


class _WithActs(RecordPage):
    """A list with buttons of its own, for the records that are chosen; a right click offers them too."""

    own_acts: tuple[tuple[str, str], ...] = ()  # the text and the method of each

    def own_buttons(self) -> Sequence[QWidget]:
        """The buttons."""
        self._own = [QPushButton(self) for _ in self.own_acts]
        for button, (_, name) in zip(self._own, self.own_acts, strict=True):
            button.clicked.connect(getattr(self, name))
        self.menus.cell_offered.connect(self._offer)
        return self._own

    def retranslate(self) -> None:
        """Show everything in the current language."""
        super().retranslate()
        for button, (text, _) in zip(self._own, self.own_acts, strict=True):
            button.setText(tr(text))
            button.setAccessibleName(tr(text))

    def _offer(self, menu: QMenu) -> None:
        if self.model.deleted:
            return
        menu.addSeparator()
        made: dict[QAction, Callable[[], object]] = {}
        for text, name in self.own_acts:
            action = QAction(tr(text).replace("&", "&&"), menu)
            menu.addAction(action)
            made[action] = getattr(self, name)
        self.menus.also(made)

    def chosen_rows(self) -> list[int]:
        """The records that are chosen; when none is, that is said."""
        rows = [] if self.model.deleted else list(self.grid.rows_selected())
        if not rows:
            self.session.refused.emit(tr(N_("Choose a record in the list first.")))
        return rows


class CustomerList(_WithActs):
    """All customers, with contacts, deals, activities and history beside them."""

    entity = "customer"
    own_acts = ((N_("Plan a follow-up…"), "plan"), (N_("Assign…"), "assign"))
    columns = (
        "name", "code", "grade", "lifecycle", "owner", "phone", "industry", "segment", "city",
        "country", "annual_revenue", "next_contact_due", "tags", "source",
    )  # fmt: skip

    def plan(self) -> None:
        """Plan a follow-up with the chosen customers."""
        from ui.dialogs.plan_follow_up import open_plan

        open_plan(self.session, self.chosen_rows(), self)

    def add(self) -> None:
        """A new customer; who has one like it already is said while it is typed."""
        if self.detail.related_in_focus() is not None:
            super().add()
            return
        from ui.dialogs.new_customer import NewCustomer

        dialog = NewCustomer(self.session, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.made.connect(self._made)
        dialog.open()

    def assign(self) -> None:
        """Propose who gets the chosen customers."""
        from ui.dialogs.assign import open_assign

        chosen = self.chosen_rows()
        if chosen:
            open_assign(self.session, [("customer", row) for row in chosen], self)


class Contacts(RecordPage):
    """All contacts."""

    entity = "contact"
    columns = ("name", "customer", "title", "phone", "email", "wechat", "birthday", "primary")


class Activities(RecordPage):
    """What was talked about, and what comes next."""

    entity = "activity"
    columns = ("at", "kind", "person", "customer", "contact", "result", "next_step", "notes")


class FollowUps(_WithActs):
    """Whom to contact next, and by when."""

    entity = "follow_up_plan"
    own_acts = (
        (N_("Done…"), "done"),
        (N_("Move…"), "move_plan"),
        (N_("Missed…"), "missed"),
    )
    columns = (
        "due", "customer", "purpose", "kind", "person", "status", "at", "contact", "opportunity",
        "done_on", "outcome",
    )  # fmt: skip

    def done(self) -> None:
        """Write down the activity that the chosen follow-up asked for."""
        from ui.dialogs.follow_up_done import open_done

        rows = self.chosen_rows()
        if rows:
            open_done(self.session, rows[0], self)

    def move_plan(self) -> None:
        """Move the chosen follow-up to another day."""
        from ui.dialogs.plan_follow_up import open_move

        rows = self.chosen_rows()
        if rows:
            open_move(self.session, rows[0], self)

    def missed(self) -> None:
        """Say why the chosen follow-ups were missed."""
        from ui.dialogs.plan_follow_up import open_missed

        rows = self.chosen_rows()
        if rows:
            open_missed(self.session, rows, self)


class Contracts(RecordPage):
    """What was signed, and until when it holds."""

    entity = "contract"


class CustomersPage(TabbedPage):
    """Customers, contacts, activities, follow-ups and contracts behind tabs, and what is to come next."""

    lists = (CustomerList, Contacts, Activities, FollowUps, Contracts)

    def _add_last_tabs(self) -> None:
        self.next_steps = NextSteps(self._session, self.tabs)
        self._own("next_steps", N_("Next steps"), self.next_steps)
