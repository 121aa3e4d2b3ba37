"""A case of two who claim one customer: both sides with what the records say, like cases, the ruling."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QToolButton, QWidget

from models.following import claims
from models.following.claims import Case
from models.refusals import Refused
from models.texts import N_, tr
from ui import theme
from ui.dialogs.plan_follow_up import Acting
from ui.records.short_table import ShortTable
from ui.session import Session

_LINES = 4  # rows of a table that are seen at once


class Ruling(Acting):
    """Asks for whom it is ruled and why; ruled cases that are like it stand below the sides."""

    def __init__(self, session: Session, case: Case, parent: QWidget) -> None:
        title = tr(N_("Whose is {customer}?"), customer=case.name)
        super().__init__(session, title, "ownership_claim", (), parent)
        self.case = case
        self.setMinimumWidth(theme.scaled(720))
        heads = (N_("Salesperson"), N_("Claimed on"), N_("First record"), N_("Records"), N_("Evidence"))  # fmt: skip
        self.sides = ShortTable([tr(one) for one in heads], [_side(one) for one in case.sides], tr(N_("Sides")), 300)  # fmt: skip
        self._low(self.sides, len(case.sides))
        self._near = " ".join(f"{one.said} {one.text()}" for one in case.sides)
        ruled = (N_("Customer"), N_("Ruled for"), N_("Ruled on"), N_("Ruling"))
        self.before = ShortTable([tr(one) for one in ruled], [], tr(N_("Cases ruled before")), 300)
        self._low(self.before, _LINES)
        self.search = QLineEdit(self)
        self.search.setClearButtonEnabled(True)
        hint = tr(N_("Search in cases ruled before"))
        self.search.setPlaceholderText(hint)
        self.search.setAccessibleName(hint)
        for cross in self.search.findChildren(QToolButton):
            cross.setAccessibleName(tr(N_("Clear")))
        self.none = QLabel(tr(N_("No case was ruled yet that has this.")), self)
        self.none.setObjectName("muted")
        self.winner = QComboBox(self)
        self.winner.setAccessibleName(tr(N_("Ruled for")))
        for side in case.sides:
            self.winner.addItem(side.name, side.person)
        self._compose()
        self.search.textChanged.connect(self._look)
        self._look("")
        self.ask("ruling")
        self.finish(tr(N_("Rule")))
        self.winner.setFocus()

    def _compose(self) -> None:
        above = QLabel(tr(N_("What each side has, by the records of the book; the earliest first.")), self)  # fmt: skip
        above.setObjectName("muted")
        above.setWordWrap(True)
        for at, widget in enumerate((above, self.sides, self.search, self.before, self.none)):
            self.box.insertWidget(at, widget)
        label = QLabel(tr(N_("Ruled for")), self)
        label.setBuddy(self.winner)
        self.form.addRow(label, self.winner)

    def _low(self, table: ShortTable, lines: int) -> None:
        """A table that is as high as it needs to be."""
        rows = min(max(lines, 1), _LINES) * theme.row_height()
        table.setFixedHeight(rows + table.horizontalHeader().sizeHint().height() + 16)

    def _look(self, typed: str) -> None:
        found = claims.precedents(self.session.book, typed, self._near)
        self.before.put(
            [
                (
                    one.name,
                    one.ruled_for,
                    one.ruled_on.isoformat() if one.ruled_on else "",
                    one.ruling,
                )
                for one in found
            ]
        )
        self.before.setVisible(bool(found))
        self.none.setVisible(not found)

    def do(self) -> None:
        """Rule.

        Raises:
            Refused: nobody stands for it, the reason is missing, or it was ruled meanwhile.
        """
        winner = self.winner.currentData()
        if winner is None:
            raise Refused("for_whom", N_("Say who gets the customer."))
        claims.rule(
            self.session.book, self.case, winner, self.boxes["ruling"].typed(), date.today()
        )
        self.tell()


def _side(one: claims.Side) -> tuple[str, str, str, str, str]:
    name = tr(N_("{person} (owner)"), person=one.name) if one.owner else one.name
    claimed = one.claimed_on.isoformat() if one.claimed_on else "–"
    first = one.first.isoformat() if one.first else "–"
    return name, claimed, first, one.text(), one.said
