"""The one way to the assignment dialogs: one record is ranked, several are planned together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from models.texts import N_, tr
from ui.records.record_page import RecordPage
from ui.session import Session

Key = tuple[str, int]
GIVEN = ("task", "customer")  # what can be given to somebody


def open_assign(
    session: Session, keys: Sequence[Key], parent: QWidget, on: date | None = None
) -> QDialog | None:
    """Propose who gets tasks and customers, such as ``("task", 7)``, and give them.

    Args:
        on: the day that counts as today.

    Returns:
        The dialog, which is open; None where there is nothing to be given.
    """
    listed = list(dict.fromkeys(keys))
    if not listed:
        session.refused.emit(tr(N_("Select the tasks or customers to be given.")))
        return None
    made: QDialog
    if len(listed) == 1:
        from ui.dialogs.assign_one import AssignDialog

        made = AssignDialog(session, listed[0], parent, on)
    else:
        from ui.dialogs.assign_many import AssignMany

        made = AssignMany(session, listed, parent, on)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    made.open()
    return made


def assign_selected(session: Session, page: RecordPage | None, parent: QWidget) -> QDialog | None:
    """Propose who gets the tasks or customers selected in a list; without any, all unassigned tasks."""
    from models.assignment.in_book import unassigned

    keys: list[Key] = []
    if page is not None and not page.acts.model.deleted:
        entity = page.acts.model.entity
        if entity in GIVEN:
            keys = [(entity, row) for row in page.acts.grid.rows_selected()]
    keys = keys or unassigned(session.book)
    if not keys:
        said = N_("Every open task has somebody. Select tasks or customers to give them to others.")
        session.refused.emit(tr(said))
        return None
    return open_assign(session, keys, parent)
