"""Signs what lies before both: what it says, its digest, whether the signer agrees, a remark."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QWidget

from models.evaluations import presenting, signing
from models.evaluations.steps import Standing
from models.refusals import Refused
from models.texts import N_, tr
from ui import theme
from ui.dialogs.plan_follow_up import Acting
from ui.session import Session


class SignEvaluation(Acting):
    """One of the two signatures."""

    written = Signal()

    def __init__(self, session: Session, one: Standing, side: str, parent: QWidget) -> None:
        assert one.evaluation is not None
        self._evaluation, self._side, self._one = one.evaluation, side, one
        who = one.scored.name if side == "self" else one.manager or tr(N_("the manager"))
        super().__init__(session, tr(N_("Sign as {person}"), person=who), "signature", (), parent)
        self.setMinimumWidth(theme.scaled(560))
        lies = presenting.presented(session.book, one.evaluation)
        self._digest = lies.digest if lies is not None else ""
        scored = lies.scored if lies is not None else one.scored
        total = "–" if scored.total is None else f"{scored.total:,.2f}"
        text = N_("Evaluation of {person}, {cycle}: total {total}, grade {grade}.")
        for said in (
            tr(text, person=scored.name, cycle=scored.cycle_name, total=total, grade=scored.grade or "–"),
            tr(N_("SHA-256 of what is signed: {digest}"), digest=_grouped(self._digest)),
        ):  # fmt: skip
            label = QLabel(said, self)
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.form.addRow(label)
        self.agrees = QCheckBox(tr(N_("I agree with it")), self)
        self.agrees.setAccessibleName(self.agrees.text())
        self.agrees.setChecked(True)
        self.form.addRow(self.agrees)
        self.ask("comment", tr(N_("Remark")))
        hint = QLabel(
            tr(N_("Who doesn't agree signs to have seen it and says why; an appeal can follow.")),
            self,
        )
        hint.setObjectName("muted")
        hint.setWordWrap(True)
        self.form.addRow(hint)
        self.finish(tr(N_("Sign")))
        self.agrees.setFocus()

    def do(self) -> None:
        """Sign.

        Raises:
            Refused: no reason for not agreeing, or what lies before both changed meanwhile.
        """
        book, remark = self.session.book, self.boxes["comment"].typed().strip()
        if not self.agrees.isChecked() and not remark:
            raise Refused("no_reason", N_("Say why you don't agree."))
        record = book.record("evaluation", self._evaluation)
        link = record["person" if self._side == "self" else "manager"]
        if link is None:
            raise Refused("not_a_signer", N_("Nobody is named who evaluates; fill it in first."))
        signing.sign(
            book, self._evaluation, link.id, agrees=self.agrees.isChecked(), comment=remark
        )
        self.tell()
        self.written.emit()


def _grouped(digest: str) -> str:
    """A digest in groups of eight, as it can be compared by eye."""
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))
