"""What is done with records for a phone: copied as messages, shown as codes, saved as cards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from models.phone import contact_card, messages
from models.refusals import Refused
from models.texts import N_, ntr, tr
from ui import files
from ui.actions import CODE_KEY, MESSAGE_KEY
from ui.session import Session

if TYPE_CHECKING:
    from ui.records.grid_menu import GridMenus
    from ui.records.list_acts import ListActs

_MOST = 100  # records of one message


def offers(entity: str, count: int) -> list[tuple[str, str, str]]:
    """What can be done with so many selected records: act, text, key."""
    made = []
    if count and entity in messages.ENTITIES:
        made.append(("message", tr(N_("Copy as message")), MESSAGE_KEY))
    if count and entity in contact_card.ENTITIES:
        made.append(("code", tr(N_("Show as QR code…")), CODE_KEY))
        made.append(("cards", tr(N_("Save as contact cards…")), ""))
    if count == 1 and entity == "salesperson":
        made.append(("phone", tr(N_("To the phone…")), ""))
    return made


def act(name: str, acts: ListActs) -> None:
    """Do one of these with what is selected in a list."""
    entity, rows, over = acts.model.entity, acts.grid.rows_selected(), acts.grid.window()
    known: dict[str, Callable[[Session, QWidget, str, Sequence[int]], object]] = {
        "message": copy_message,
        "code": show_code,
        "cards": ask_cards,
        "phone": _to_phone,
    }
    known[name](acts.session, over, entity, rows)


class PhoneOffers(QObject):
    """Adds them to the menu of a list's cells."""

    def __init__(self, menus: GridMenus, acts: ListActs) -> None:
        super().__init__(menus)
        self._menus, self._acts = menus, acts
        menus.cell_offered.connect(self._offer)

    def _offer(self, menu: QMenu) -> None:
        model, n = self._acts.model, len(self._acts.grid.rows_selected())
        offered = [] if model.deleted else offers(model.entity, n)
        if offered:
            menu.addSeparator()
        for name, text, key in offered:
            self._menus.add_act(menu, text, partial(act, name, self._acts), key)


def copy_message(session: Session, parent: QWidget, entity: str, rows: Sequence[int]) -> None:
    """Put the text of some records on the clipboard, to be pasted into WeChat."""
    if not rows or entity not in messages.ENTITIES:
        said = N_("Select a task, a follow-up, a customer or a contact to copy it as a message.")
        session.refused.emit(tr(said))
        return
    on = date.today()
    found = [messages.text(session.book, entity, row, on) for row in rows[:_MOST]]
    QGuiApplication.clipboard().setText("\n".join(found))
    session.said.emit(
        ntr(
            "The message of {n} record is on the clipboard.",
            "The message of {n} records is on the clipboard.",
            len(found),
        ),
        0,
    )


def show_code(session: Session, parent: QWidget, entity: str, rows: Sequence[int]) -> None:
    """Show the code of the first of some people."""
    if not rows or entity not in contact_card.ENTITIES:
        session.refused.emit(tr(N_("Select a contact or a salesperson to show a QR code.")))
        return
    from ui.dialogs.contact_code import ContactCode

    try:
        code = contact_card.code(session.book, entity, rows[0])
    except Refused as refused:
        session.refused.emit(str(refused))
        return
    dialog = ContactCode(session, entity, rows[0], code, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def ask_cards(session: Session, parent: QWidget, entity: str, rows: Sequence[int]) -> None:
    """Ask for a file and write some people's cards into it."""
    plural = session.book.schema.entity(entity).plural_text()
    name = session.book.label(entity, rows[0]) if len(rows) == 1 else plural
    kinds = tr(N_("Contact cards")) + " (*.vcf)"
    path = files.ask_save(parent, tr(N_("Save as contact cards…")), f"{name}.vcf", kinds)
    if path is not None:
        save_cards(session, entity, rows, path)


def save_cards(session: Session, entity: str, rows: Sequence[int], path: Path) -> None:
    """Write some people's cards into one file; a refusal is said."""
    from models.sheets import placing

    try:
        placing.put(path, contact_card.cards(session.book, entity, rows))
    except Refused as refused:
        session.refused.emit(str(refused))
        return
    session.said.emit(tr(N_("Written: {file}"), file=path.name), 0)


def _to_phone(session: Session, parent: QWidget, entity: str, rows: Sequence[int]) -> None:
    to_phone(session, parent, rows[0])


def to_phone(session: Session, parent: QWidget, person: int) -> None:
    """A person's calendar file and messages; 0 for nobody in particular."""
    from ui.dialogs.to_phone import ToPhone

    dialog = ToPhone(session, person, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
