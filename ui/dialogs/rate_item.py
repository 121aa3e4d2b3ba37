"""One item to judge: its levels in words to choose from, the reason, the records that show it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from models.evaluations import explaining
from models.evaluations.cards import Item
from models.evaluations.steps import Standing
from models.growth import likely
from models.public_ids import listed
from models.texts import N_, tr
from ui import theme
from ui.flow import Flow
from ui.session import Session

LEVELS = (1, 2, 3, 4, 5)
_ANCHOR = re.compile(r"^\s*([1-5])\s*[:：.、]\s*(.+?)\s*$")
_REASON = 52  # points


@dataclass(frozen=True)
class Draft:
    """What is judged so far."""

    level: Decimal | None = None
    comment: str = ""
    cites: str = ""


class _Level(QRadioButton):
    """A level; a digit typed on any of them chooses that level."""

    digit = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1 to 5 choose."""
        if event.text() in ("1", "2", "3", "4", "5"):
            self.digit.emit(int(event.text()))
        else:
            super().keyPressEvent(event)


class ItemBox(QFrame):
    """The judgement of one item, saved or not."""

    def __init__(
        self,
        session: Session,
        one: Standing,
        item: Item,
        draft: Draft,
        beside: str,
        parent: QWidget,
        *,
        proof: bool = True,
    ) -> None:
        """``proof`` is whether who judges must name a record where the item asks for one."""
        super().__init__(parent)
        self._session, self._standing, self.item = session, one, item
        self.saved, self._must_cite = draft, proof and item.must_cite
        heading = QLabel(
            tr(N_("{item} ({weight})"), item=item.name, weight=explaining.percent(item.weight)),
            self,
        )
        heading.setObjectName("heading")
        self._said = QLabel(self)
        self._said.setObjectName("danger")
        self._said.setWordWrap(True)
        self._said.hide()
        self._group = QButtonGroup(self)
        self.levels: dict[int, _Level] = {}
        levels = self._make_levels()  # before what comes next by Tab
        self.reason = QPlainTextEdit(self)
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(theme.scaled(_REASON))
        self.reason.setPlaceholderText(tr(N_("What was seen, in words")))
        self.reason.setAccessibleName(tr(N_("Reason: {item}"), item=item.name))
        self.cites = QLineEdit(self)
        self.cites.setAccessibleName(tr(N_("Cited records: {item}"), item=item.name))
        self.cites.setPlaceholderText(self.cites.accessibleName())
        self.find_button = QPushButton(tr(N_("Find records…")), self)
        self.find_button.setAccessibleName(tr(N_("Find records: {item}"), item=item.name))
        self.find_button.setToolTip(self.find_button.accessibleName())
        self.find_button.setAutoDefault(False)
        self._names = QLabel(self)
        self._names.setObjectName("muted")
        self._names.setWordWrap(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(4, 4, 4, 4)
        box.setSpacing(4)
        box.addWidget(heading)
        if beside:
            said = QLabel(beside, self)
            said.setObjectName("muted")
            said.setWordWrap(True)
            said.setTextFormat(Qt.TextFormat.PlainText)
            box.addWidget(said)
        box.addWidget(levels)
        box.addWidget(self.reason)
        line = QHBoxLayout()
        line.addWidget(self.cites, 1)
        line.addWidget(self.find_button)
        box.addLayout(line)
        box.addWidget(self._names)
        box.addWidget(self._said)
        self._put(draft)
        self.find_button.clicked.connect(self._find)
        self.cites.textChanged.connect(self._name)

    def _make_levels(self) -> QWidget:
        words = {
            int(found[1]): found[2]
            for line in self.item.anchors.splitlines()
            if (found := _ANCHOR.match(line))
        }
        around = QWidget(self)
        rows = QVBoxLayout(around) if words else Flow(around, from_left=True)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(1 if words else 14)
        for level in LEVELS:
            text = (
                tr(N_("{n}  {words}"), n=level, words=words[level])
                if level in words
                else str(level)
            )
            button = _Level(text, around)
            button.setAccessibleName(text)
            button.setToolTip(text)
            button.digit.connect(self._chosen)
            self._group.addButton(button, level)
            rows.addWidget(button)
            self.levels[level] = button
        return around

    def _put(self, draft: Draft) -> None:
        if draft.level is not None and int(draft.level) in self.levels:
            self.levels[int(draft.level)].setChecked(True)
        self.reason.setPlainText(draft.comment)
        self.cites.setText(draft.cites)
        self._name()

    def _chosen(self, level: int) -> None:
        self.levels[level].setChecked(True)
        self.levels[level].setFocus()

    def draft(self) -> Draft:
        """What stands there."""
        level = self._group.checkedId()
        kept = self.saved.level if level == -1 else Decimal(level)
        if self.saved.level is not None and level == int(self.saved.level):
            kept = self.saved.level  # a level between two, from a sheet, stays as it is
        return Draft(kept, self.reason.toPlainText().strip(), " ".join(listed(self.cites.text())))

    def lacks_proof(self) -> bool:
        """Whether a record must be named and none is."""
        draft = self.draft()
        return self._must_cite and draft.level is not None and not draft.cites

    def say(self, text: str) -> None:
        """Say what is wrong with it, to who hears the screen too; "" takes it away."""
        self._said.setText(text)
        self._said.setVisible(bool(text))
        self.cites.setAccessibleDescription(text)

    def focus(self) -> None:
        """To the level that is chosen, or the middle one."""
        at = self._group.checkedId()
        self.levels[at if at != -1 else 3].setFocus()

    def to_proof(self) -> None:
        """To where records are named."""
        self.find_button.setFocus()

    def _find(self) -> None:
        from ui.dialogs.cite_records import CiteRecords

        one = self._standing
        title = tr(N_("What shows it: {person}"), person=one.scored.name)
        whose = likely.Whose(one.person, one.scored.first, one.scored.last)
        dialog = CiteRecords(self._session, whose, listed(self.cites.text()), title, self)
        dialog.taken.connect(self._taken)
        dialog.open()

    def _taken(self, ids: list[str]) -> None:
        self.cites.setText(" ".join(ids))
        self.find_button.setFocus()

    def _name(self) -> None:
        found = {one.id: one for one in likely.named(self._session.book, self.cites.text())}
        said = [
            tr(N_("{id}: {label}"), id=id, label=found[id].short())
            if id in found
            else tr(N_("{id} names no record"), id=id)
            for id in listed(self.cites.text())
        ]
        if not said and self._must_cite:
            said = [tr(N_("A record that shows it must be named."))]
        self._names.setText(tr(N_("; ")).join(said))
        self._names.setVisible(bool(said))
