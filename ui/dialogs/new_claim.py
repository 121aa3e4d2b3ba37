"""Registering that somebody claims a customer; who has it, or one like it, is said while it is typed."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QWidget

from models.following import claims
from models.following.suspects import like
from models.texts import N_, tr
from ui.dialogs.plan_follow_up import Acting
from ui.session import Session


class NewClaim(Acting):
    """Asks for customer, claimant, day and evidence."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        fields = ("customer", "claimant", "claimed_on", "evidence")
        super().__init__(session, tr(N_("Register a claim")), "ownership_claim", fields, parent)
        self.put("claimed_on", self.kind.field("claimed_on").usual)
        self.hint = QLabel(self)
        self.hint.setObjectName("warning")
        self.hint.setWordWrap(True)
        self.hint.hide()
        self.form.addRow(self.hint)
        self.finish(tr(N_("Register")))
        for name in ("customer", "claimant"):
            editor = self.boxes[name].editor
            if isinstance(editor, QComboBox):
                editor.currentTextChanged.connect(self._look)
            elif isinstance(editor, QLineEdit):
                editor.editingFinished.connect(self._look)
        self.boxes["customer"].editor.setFocus()

    def _look(self) -> None:
        """Say whose the customer is, and which like it somebody else has."""
        row, claimant = self.row("customer"), self.row("claimant")
        found = []
        if row is not None:
            about = self.session.book.record("customer", row)
            found = [
                one.text()
                for one in like(self.session.book, about["name"] or "", about["phone"] or "", about["tax_code"] or "")
                if one.owner not in (None, claimant)
            ]  # fmt: skip
        self.hint.setText("\n".join(found))
        self.hint.setVisible(bool(found))

    def do(self) -> None:
        """Write it down.

        Raises:
            Refused: something is missing.
        """
        values = {name: box.typed().strip() or None for name, box in self.boxes.items()}
        claims.register_typed(self.session.book, values)
        self.tell()
