"""What the actions do with what is in front: a list, its records, the history beside it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit

from models.texts import N_, tr
from ui.sibling_window import SiblingWindow


class ActingWindow(SiblingWindow):
    """A window whose actions do something with its list, its records or what was changed last."""

    # -- papers, sheets and workbooks ----------------------------------------------------------------

    def do_export_page(self) -> None:
        """Write the list in front to a sheet."""
        if self.records is not None:
            self.records.ask_export()

    def do_edit_elsewhere(self) -> None:
        """Hand out the list in front as a workbook that comes back and is merged."""
        if self.records is not None:
            self.records.ask_for_editing()

    def do_print_page(self) -> None:
        """Print the list, or the charts, in front."""
        self._on_paper("ask_print")

    def do_pdf_page(self) -> None:
        """Save the list, or the charts, in front as a PDF."""
        self._on_paper("ask_pdf")

    def _on_paper(self, way: str) -> None:
        act = getattr(self.records or self.page_in_front, way, None)
        if act is not None:
            act()
        elif self.session is not None:
            text = N_("Nothing here can be printed. Choose a list, or the charts of the insights.")
            self.session.refused.emit(tr(text))

    def do_goal_review(self) -> None:
        """Hold a goal review: page by page, with what is decided."""
        from ui.pages.goal_papers import open_review

        if self.session is not None:
            open_review(self.session, self)

    def do_goal_agreement(self) -> None:
        """Make a goal agreement, of the person who is looked at or of another."""
        from ui.pages.goal_papers import open_agreement

        if self.session is not None:
            open_agreement(self.session, self, self.person)

    def do_issue_workbooks(self) -> None:
        """Hand out workbooks to salespeople."""
        if self.session is not None:
            from ui.dialogs.issue_workbooks import open_issue

            open_issue(self.session, self)

    def do_collect_workbooks(self) -> None:
        """Ask for workbooks that came back."""
        if self.session is not None:
            self._returned().ask_files()

    def _returned(self) -> Any:
        page = self.page("workbooks")
        page.list_of("returned")
        return page.own["returned"]

    def do_to_phone(self) -> None:
        """The calendar file and the messages of whoever is looked at, or of another."""
        if self.session is not None:
            from ui import phone_acts

            phone_acts.to_phone(self.session, self, self.person)

    def do_copy_message(self) -> None:
        """Put what is selected on the clipboard as a message."""
        self._phone_act("message")

    def do_contact_code(self) -> None:
        """Show the contact that is selected as a code for a phone."""
        self._phone_act("code")

    def _phone_act(self, name: str) -> None:
        if self.records is not None:
            from ui import phone_acts

            phone_acts.act(name, self.records.acts)

    # -- changes -------------------------------------------------------------------------------------

    def do_save(self) -> None:
        """End the edit that is under way, and say that there is nothing else to save."""
        self.notices.hide()
        focused = self.focusWidget()
        if isinstance(focused, QLineEdit | QPlainTextEdit | QComboBox):
            focused.clearFocus()
        if not self.notices.text:  # else it says why the edit was declined
            self.notices.say(tr(N_("Everything is saved: each change as soon as it is made.")))

    def do_undo(self) -> None:
        """Take the latest change back."""
        if self.session is not None:
            self.session.undo()

    def do_redo(self) -> None:
        """Bring the change undone last back."""
        if self.session is not None:
            self.session.redo()

    # -- records -------------------------------------------------------------------------------------

    def do_log_activity(self) -> None:
        """A visit, call or chat in a line, with the customer who is looked at."""
        from ui.dialogs.quick_entry import QuickEntry

        if self.session is not None:
            dialog = QuickEntry(self.session, self, customer=self.customer)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

    def do_assign(self) -> None:
        """Propose who gets the selected tasks or customers; without any, all tasks that nobody has."""
        from ui.dialogs.assign import assign_selected

        if self.session is not None:
            assign_selected(self.session, self.records, self)

    def do_add_record(self) -> None:
        """A new record on the list in front."""
        if self.records is not None:
            self.records.add()

    def do_paste_records(self) -> None:
        """Every line on the clipboard as a new record of the list in front."""
        if self.records is not None:
            self.records.acts.grid.blocks.paste_new()

    def do_edit_records(self) -> None:
        """Give the selected records of the list in front the same values."""
        if self.records is not None:
            self.records.acts.edit_many()

    def do_fill_series(self) -> None:
        """Go on with a series in the selected cells of the list in front."""
        if self.records is not None:
            self.records.acts.fill_series()

    def do_remove_records(self) -> None:
        """Remove what is selected on the list in front."""
        if self.records is not None:
            self.records.remove()

    # -- the list ------------------------------------------------------------------------------------

    def do_find(self) -> None:
        """Into the search of the list in front."""
        if self.records is not None:
            self.records.search.setFocus()
            self.records.search.selectAll()

    def do_filter(self) -> None:
        """Make one more condition for the list in front."""
        if self.records is not None:
            self.records.filtering.ask()

    def do_replace(self) -> None:
        """Find and replace in the list in front."""
        if self.records is not None:
            self.records.replace()

    def do_details(self) -> None:
        """Show or hide the record beside the list."""
        if self.session is not None:
            self.session.turn_details()

    def do_history(self) -> None:
        """Show or hide the history pane."""
        if self._dock.isVisible():
            self.keep_history()
            self._dock.hide()
        else:
            self.show_history()
