"""Judges the items of one person that people judge: levels in words, the reason, what shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from models.change import Change
from models.evaluations import rating, reading, reasons
from models.evaluations.cards import Item
from models.evaluations.seeing import visible_ratings
from models.evaluations.steps import Standing
from models.refusals import Refused
from models.texts import N_, tr
from ui import theme
from ui.dialogs.rate_item import Draft, ItemBox
from ui.session import Session

_TITLES = {
    "self": N_("Self-review: {person}"),
    "manager": N_("Judge {person}"),
    "peer": N_("A colleague judges {person}"),
}
_DONE = {"self": N_("Save and hand in"), "manager": N_("Save and finish")}


@dataclass(frozen=True)
class _Known:
    """What is there already: one's own judgements by item, and what others said of it in words."""

    items: tuple[Item, ...]
    own: dict[int, Draft]
    beside: dict[int, str]


class RateItems(QDialog):
    """All judged items below each other; ``judged`` when something was written."""

    judged = Signal()

    def __init__(
        self, session: Session, one: Standing, by: str, parent: QWidget, rater: int | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        assert one.evaluation is not None
        self.session, self.standing, self._by, self._rater = session, one, by, rater
        self._evaluation = one.evaluation
        self.setWindowTitle(tr(_TITLES[by], person=one.scored.name))
        self.resize(theme.fitting(self, 720, 620))
        known = self._known()
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        inside = QWidget(self._area)
        lines = QVBoxLayout(inside)
        lines.setSpacing(14)
        self.boxes: list[ItemBox] = []
        for item in known.items:
            draft = known.own.get(item.row, Draft())
            beside = known.beside.get(item.row, "")
            box = ItemBox(session, one, item, draft, beside, inside, proof=by == "manager")
            lines.addWidget(box)
            self.boxes.append(box)
        lines.addStretch(1)
        self._area.setWidget(inside)
        self._said = QLabel(self)
        self._said.setObjectName("danger")
        self._said.setWordWrap(True)
        self._said.hide()
        self._hint = QLabel(self)
        self._hint.setObjectName("muted")
        self._hint.setWordWrap(True)
        self._hint.setText(
            tr(N_("1 to 5 gives the level, Tab goes on. Drafts can be saved and finished later."))
        )
        outer = QVBoxLayout(self)
        for widget in (self._hint, self._area, self._said, self._make_buttons()):
            outer.addWidget(widget)
        if self.boxes:
            self.boxes[0].focus()

    def _make_buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox(self)
        wanted = [(tr(N_("Save draft")), QDialogButtonBox.ButtonRole.ActionRole, self.save)]
        if self._by in _DONE:
            # No role of acceptance: its button would be pressed by Enter from anywhere.
            done = (tr(_DONE[self._by]), QDialogButtonBox.ButtonRole.ActionRole, self.finish)
            wanted.insert(0, done)
        wanted.append((tr(N_("Cancel")), QDialogButtonBox.ButtonRole.RejectRole, self.reject))
        for at, (text, role, act) in enumerate(wanted):
            button = QPushButton(text, box)
            button.setAccessibleName(text)
            button.setAutoDefault(False)  # Enter in a field must not finish the whole
            button.setProperty("primary", at == 0)
            button.clicked.connect(act)
            box.addButton(button, role)
        return box

    def _known(self) -> _Known:
        book = self.session.book
        db = book.connection()
        one = reading.evaluation(db, self._evaluation)
        items = rating.judged_items(book, db, one)
        own, beside = {}, dict[int, list[str]]()
        for given in reading.ratings(db, self._evaluation):
            if given.by == self._by and (self._by != "peer" or given.rater == self._rater):
                own[given.item] = Draft(given.level, given.comment, given.cites)
        if self._by == "manager":
            for seen in visible_ratings(book, self._evaluation):
                if seen.by != "manager":
                    beside.setdefault(seen.item, []).append(_told(seen))
        return _Known(items, own, {item: "\n".join(said) for item, said in beside.items()})

    # -- writing -----------------------------------------------------------------------------------

    def changed(self) -> Sequence[ItemBox]:
        """The items whose judgement is another than what was saved."""
        return [box for box in self.boxes if box.draft() != box.saved]

    def save(self) -> None:
        """Write what was judged so far, as one change, and close."""
        if not self._shown():
            return
        given = self._given()
        if given:
            reason = tr(reasons.JUDGED[self._by], person=self.standing.scored.name)

            def act(change: Change) -> None:
                rating.judge_all(
                    change, self.session.book, self._evaluation, self._by, given, self._rater
                )

            number, refused = self.session.attempt(reason, act)
            if refused is not None:
                self._decline(str(refused))
                return
            self._tell(number)
        self.accept()

    def finish(self) -> None:
        """Write all and hand in or finish, as one change.

        Refused, nothing is written: what was typed stands in the dialog, with the reason.
        """
        if not self._shown():
            return
        book = self.session.book
        try:
            if self._by == "self":
                rating.hand_in_self(book, self._evaluation, self._given())
            else:
                rating.finish_manager(book, self._evaluation, self._given(), rater=self._rater)
        except Refused as refused:
            self._decline(str(refused))
            self._to_first_open()
            return
        self._tell(book.last_change)
        self.accept()

    def _shown(self) -> bool:
        """Whether all that was judged otherwise names what shows it; where one doesn't, it is marked."""
        self._decline("")
        bare = [box for box in self.changed() if box.lacks_proof()]
        for box in self.boxes:
            box.say(tr(N_("Name a record that shows it.")) if box in bare else "")
        if bare:
            bare[0].to_proof()
        return not bare

    def _given(self) -> tuple[rating.Given, ...]:
        """What was judged otherwise than what was saved."""
        drafts = [(box.item.row, box.draft()) for box in self.changed()]
        return tuple(rating.Given(item, one.level, one.comment, one.cites) for item, one in drafts)

    def _tell(self, change: int) -> None:
        info = self.session.book.info(change)
        if info is not None:
            self.session.said.emit(info.reason, info.no)
        self.judged.emit()

    def _decline(self, text: str) -> None:
        self._said.setText(text)
        self._said.setVisible(bool(text))

    def _to_first_open(self) -> None:
        for box in self.boxes:
            if box.draft().level is None:
                box.focus()
                self._area.ensureWidgetVisible(box)
                return


def _told(seen: reading.Rating) -> str:
    """What another side said of an item."""
    who = tr(N_("Self")) if seen.by == "self" else tr(N_("Colleague"))
    level = seen.level or Decimal(0)
    said = tr(N_("{who}: level {level}"), who=who, level=f"{level:.0f}")
    return tr(N_("{said}. {reason}"), said=said, reason=seen.comment) if seen.comment else said
