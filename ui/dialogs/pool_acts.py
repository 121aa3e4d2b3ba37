"""What is asked before customers go into the pool or out of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QCheckBox, QLabel, QWidget

from models.following import pool_moves
from models.following.pool import Standing
from models.refusals import Refused
from models.texts import N_, ntr, tr
from ui import theme
from ui.dialogs.plan_follow_up import Acting
from ui.records.short_table import ShortTable
from ui.session import Session

_SHOWN = 300  # lines of a review; the count says how many there are


class GiveCustomers(Acting):
    """Asks who gets customers: one is picked by somebody, under the limit of a day, or several are assigned."""

    def __init__(
        self, session: Session, customers: Sequence[int], parent: QWidget, *, pick: bool
    ) -> None:
        self._customers, self._pick = list(customers), pick
        name = session.book.label("customer", customers[0])
        if pick:
            title = tr(N_("Pick from the pool: {customer}"), customer=name)
        elif len(customers) == 1:
            title = tr(N_("Assign {customer}"), customer=name)
        else:
            title = ntr("Assign {n} customer", "Assign {n} customers", len(customers))
        fields = ("person",) if pick else ("person", "reason")
        super().__init__(session, title, "pool_move", fields, parent)
        text = (
            tr(N_("It counts towards the picks that the rule of its grade allows a day."))
            if pick
            else tr(N_("It is no pick: no limit counts, and the reason is kept."))
        )
        hint = QLabel(text, self)
        hint.setObjectName("muted")
        hint.setWordWrap(True)
        self.form.addRow(hint)
        self.finish(tr(N_("Pick")) if pick else tr(N_("Assign")))
        self.boxes["person"].editor.setFocus()

    def do(self) -> None:
        """Hand them over.

        Raises:
            Refused: nobody is named, or they can't get them.
        """
        person = self.meant("person")
        if not isinstance(person, int):
            raise Refused("for_whom", N_("Say who gets the customer."))
        book, today = self.session.book, date.today()
        if self._pick:
            pool_moves.pick(book, self._customers[0], person, today)
        else:
            reason = self.boxes["reason"].typed()
            pool_moves.assign(book, self._customers, person, today, reason)
        self.tell()


class IntoPool(Acting):
    """Shows who goes to the pool, why, and what is open with them, before it is done."""

    def __init__(
        self,
        session: Session,
        standings: Sequence[Standing],
        parent: QWidget,
        *,
        by_hand: bool = False,
    ) -> None:
        self._standings, self._by_hand = list(standings), by_hand
        rows = [one.customer for one in standings]
        title = (
            ntr("Release {n} customer to the pool", "Release {n} customers to the pool", len(rows))
            if by_hand
            else ntr(
                "{n} customer to the pool by rule", "{n} customers to the pool by rule", len(rows)
            )
        )
        super().__init__(session, title, "pool_move", ("reason",) if by_hand else (), parent)
        self.setMinimumSize(theme.scaled(640), theme.scaled(380))
        heads = [tr(N_("Customer")), tr(N_("Grade")), tr(N_("Owner")), tr(N_("Why"))]
        texts = [
            (one.name, one.grade, one.owner_name, one.text()) for one in self._standings[:_SHOWN]
        ]
        self.table = ShortTable(heads, texts, title)
        self.box.insertWidget(0, self.table, 1)
        work = pool_moves.open_work(session.book, rows)
        self.close_open = QCheckBox(tr(N_("Close what is open with them")), self)
        self.close_open.setChecked(True)
        said = work.text()
        about = QLabel(
            tr(
                N_(
                    "Open: {work}. Late follow-ups count as missed, later ones don't count; tasks to visit or follow up are cancelled."
                ),
                work=said,
            )
            if said
            else tr(N_("Nothing is open with them.")),
            self,
        )
        about.setWordWrap(True)
        self.close_open.setVisible(bool(said))
        self.form.addRow(about)
        self.form.addRow(self.close_open)
        self.finish(tr(N_("To the pool")))
        if by_hand:
            self.boxes["reason"].editor.setFocus()

    def do(self) -> None:
        """Take them from their owners.

        Raises:
            Refused: one of them has a reason to stay now, or the reason is missing.
        """
        book, today = self.session.book, date.today()
        rows, close = [one.customer for one in self._standings], self.close_open.isChecked()
        if self._by_hand:
            pool_moves.release(book, rows, self.boxes["reason"].typed(), today, close)
        else:
            pool_moves.recycle(book, rows, today, close)
        self.tell()
