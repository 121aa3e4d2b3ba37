"""The lists of tasks and of requests for help, with what can be done there beside what every list can."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QMenu, QPushButton, QWidget

from models.refusals import Refused
from models.texts import N_, ntr, tr
from ui import help_pages
from ui.records.record_page import RecordPage

_REPEATED = (
    "title", "kind", "owner", "customer", "opportunity", "project", "priority", "effort_hours",
    "required_skills", "done_criteria",
)  # fmt: skip
Entry = tuple[str, Callable[[], object], bool]  # its text, what it does, whether it can be used


class _WithMenu(RecordPage):
    """A list with a button that opens a menu of its own; a right click on cells offers it too."""

    _button: QPushButton

    def own_buttons(self) -> Sequence[QWidget]:
        """The button of the menu."""
        help_pages.offer(self, "tasks")
        self._button = QPushButton(self)
        self._menu = QMenu(self._button)
        self._menu.aboutToShow.connect(self._fill_own)
        self._menu.triggered.connect(self._chosen)
        self._button.setMenu(self._menu)
        self._own_acts: dict[QAction, Callable[[], object]] = {}
        self.menus.cell_offered.connect(self._fill_offered)
        return (self._button,)

    def button_text(self) -> str:
        """What the button is called."""
        raise NotImplementedError

    def entries(self) -> Sequence[Entry | None]:
        """What the menu offers now; None is a line."""
        raise NotImplementedError

    def retranslate(self) -> None:
        """Show everything in the current language."""
        super().retranslate()
        self._button.setText(self.button_text())
        self._button.setAccessibleName(self.button_text())

    def _fill_own(self) -> None:
        self._menu.clear()
        self._own_acts = self._fill(self._menu)

    def _fill_offered(self, menu: QMenu) -> None:
        if not self.model.deleted:
            menu.addSeparator()
            self.menus.also(self._fill(menu))

    def _fill(self, menu: QMenu) -> dict[QAction, Callable[[], object]]:
        made = {}
        for one in self.entries():
            if one is None:
                menu.addSeparator()
                continue
            text, act, usable = one
            action = QAction(text.replace("&", "&&"), menu)
            action.setEnabled(usable)
            menu.addAction(action)
            made[action] = act
        return made

    def _chosen(self, action: QAction) -> None:
        act = self._own_acts.get(action)
        if act is not None:
            act()

    def chosen_rows(self) -> list[int]:
        """The records that are selected."""
        return [] if self.model.deleted else list(self.grid.rows_selected())

    def open_dialog(self, dialog: QDialog) -> None:
        """Open a dialog; it is gone when it is closed."""
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()


class TaskList(_WithMenu):
    """All tasks."""

    entity = "task"
    open_records = Signal(str, object)
    columns = (
        "title", "owner", "due", "status", "priority", "customer", "opportunity", "project", "goal",
        "kind", "starts_on", "effort_hours", "required_skills", "recurrence", "question",
        "blocked_reason",
    )  # fmt: skip

    def button_text(self) -> str:
        """What the button is called."""
        return tr(N_("Task actions"))

    def entries(self) -> Sequence[Entry | None]:
        """What can be done with the selected tasks, and with all."""
        from models.tasks import series

        rows = self.chosen_rows()
        one = len(rows) == 1
        customer = one and self.linked("customer", ("customer",)) != 0
        again = one and series.head_of(self.session.book, rows[0]) is not None
        return (
            (tr(N_("Assign…")), self.assign, bool(rows)),
            (tr(N_("Blocked…")), self.ask_blocked, one),
            (tr(N_("Earlier contacts with the customer")), self.show_contacts, customer),
            None,
            (tr(N_("Tasks from a template…")), self.from_template, True),
            (tr(N_("Save as a template…")), self.save_template, bool(rows)),
            None,
            (tr(N_("Make all later ones of the series like this one")), self.like_this, again),
            (tr(N_("End the series after this one")), self.end_series, again),
            None,
            (tr(N_("Duplicates…")), self.show_duplicates, True),
            (tr(N_("Show unclear tasks")), self.show_unclear, True),
        )

    def add(self) -> None:
        """A new task, compared with what is open while it is written."""
        if self.detail.related_in_focus() is not None:
            super().add()
            return
        from ui.dialogs.new_task import NewTask

        dialog = NewTask(self.session, self)
        dialog.made.connect(self._made)
        self.open_dialog(dialog)

    def assign(self) -> None:
        """Propose who gets the selected tasks."""
        from ui.dialogs.assign import open_assign

        open_assign(self.session, [("task", row) for row in self.chosen_rows()], self)

    def ask_blocked(self) -> None:
        """Say why the selected task can't go on, and ask for help."""
        from ui.dialogs.blocked import Blocked

        rows = self.chosen_rows()
        if rows:
            self.open_dialog(Blocked(self.session, rows[0], self))

    def show_contacts(self) -> None:
        """What was done with the customer of the selected task, the latest first."""
        book, customer = self.session.book, self.linked("customer", ("customer",))
        found = book.linked("activity", "customer", customer)
        title = tr(N_("Contacts with {customer}"), customer=book.label("customer", customer))
        if found:
            self.open_records.emit(title, {"activity": found})
        else:
            self.session.said.emit(tr(N_("There was no contact with this customer yet.")), 0)

    def from_template(self) -> None:
        """Make the tasks of a template."""
        from models.tasks import templating
        from ui.dialogs.from_template import FromTemplate

        if not templating.sets(self.session.book):
            text = N_("There are no templates yet. Select tasks and save them as one, or add them in the list of templates.")  # fmt: skip
            self.session.refused.emit(tr(text))
            return
        self.open_dialog(FromTemplate(self.session, self))

    def save_template(self) -> None:
        """Make a template from the selected tasks."""
        from ui.dialogs.from_template import SaveTemplate

        rows = self.chosen_rows()
        if rows:
            self.open_dialog(SaveTemplate(self.session, rows, self))

    def like_this(self) -> None:
        """Write what the selected task says into the later ones of its series, and those to come."""
        from models.tasks import series

        row = self.chosen_rows()[0]
        record = self.session.book.record("task", row)
        values = {name: record[name] for name in _REPEATED}
        try:
            n = series.edit_later(self.session.book, row, values)
        except Refused as refused:
            self.session.refused.emit(str(refused))
            return
        text = ntr("{n} task of a series", "{n} tasks of a series", n)
        self.session.said.emit(text, self.session.book.last_change)

    def end_series(self) -> None:
        """Let the series of the selected task end with it."""
        from models.tasks import series

        row = self.chosen_rows()[0]
        try:
            series.end(self.session.book, row)
        except Refused as refused:
            self.session.refused.emit(str(refused))
            return
        self.session.said.emit(tr(N_("A series ends")), self.session.book.last_change)

    def show_duplicates(self) -> None:
        """What seems to be there twice."""
        from ui.dialogs.duplicates import Duplicates

        self.open_dialog(Duplicates(self.session, self))

    def show_unclear(self) -> None:
        """The open tasks of which something isn't said."""
        from models.tasks import unclear

        self.bin_button.setChecked(False)
        self.filter.setText(unclear.FILTER)
        self.reload()


class HelpRequests(_WithMenu):
    """What keeps work from going on, and what helped."""

    entity = "help_request"
    columns = (
        "title", "status", "person", "task", "customer", "needed", "tried", "resolver", "raised_at",
        "answer_by", "answer", "answered_at",
    )  # fmt: skip

    def button_text(self) -> str:
        """What the button is called."""
        return tr(N_("Request actions"))

    def entries(self) -> Sequence[Entry | None]:
        """What can be done with the selected request."""
        one = len(self.chosen_rows()) == 1
        return (
            (tr(N_("Answer…")), self.answer, one),
            (tr(N_("Solved: the task goes on")), self.solve, one),
            (tr(N_("Withdraw")), self.withdraw, one),
            None,
            (tr(N_("Who is asked now…")), self.show_waiting, True),
        )

    def answer(self) -> None:
        """Answer the selected request."""
        from ui.dialogs.blocked import Answer

        rows = self.chosen_rows()
        if rows:
            self.open_dialog(Answer(self.session, rows[0], self))

    def solve(self) -> None:
        """The selected problem is solved."""
        from datetime import UTC, datetime

        from models.tasks import blocking

        book, row = self.session.book, self.chosen_rows()[0]
        now = datetime.now(UTC).replace(microsecond=0)
        self._settle(lambda: blocking.resolve(book, row, now), tr(N_("A problem is solved")))

    def withdraw(self) -> None:
        """Nobody needs to answer the selected request any more."""
        from models.tasks import blocking

        book, row = self.session.book, self.chosen_rows()[0]
        self._settle(lambda: blocking.withdraw(book, row), tr(N_("A request is withdrawn")))

    def _settle(self, act: Callable[[], object], text: str) -> None:
        try:
            act()
        except Refused as refused:
            self.session.refused.emit(str(refused))
            return
        self.session.said.emit(text, self.session.book.last_change)

    def show_waiting(self) -> None:
        """The open requests with their clocks, and whose turn it is."""
        from ui.dialogs.waiting_requests import WaitingRequests

        self.open_dialog(WaitingRequests(self.session, self))
