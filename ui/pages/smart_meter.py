"""The SMART meter: five letters, what is missing in words, and buttons that put suggestions in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from models.book import Book
from models.texts import N_, ntr, tr
from ui import theme
from ui.flow import Flow
from ui.layouts import empty

if TYPE_CHECKING:
    from models.goals.smart_draft import Finding, Judgement

_NAMES = {
    "S": N_("Specific"),
    "M": N_("Measurable"),
    "A": N_("Achievable"),
    "R": N_("Relevant"),
    "T": N_("Time-bound"),
}
_STATES = {"ok": N_("fine"), "hint": N_("hint"), "open": N_("missing")}
_COLOURS = {"ok": "ok", "hint": "warning", "open": "danger"}
_SIGNS = {"ok": "", "hint": "?", "open": "!"}
_USES = {
    "title": N_("Use this title"),
    "parent": N_("Make it part of that"),
    "checkpoints": N_("Add these checkpoints"),
}
_HEIGHT = 190  # points of the findings; more is scrolled
_LEVELS = ("floor", "target", "stretch")


class SmartMeter(QWidget):
    """Shows a judgement; ``used`` carries the values that a suggestion sets."""

    used = Signal(object)
    reason_wanted = Signal()

    def __init__(self, book: Book, parent: QWidget) -> None:
        super().__init__(parent)
        self._book = book
        self.judgement: Judgement | None = None
        self._measure = ""
        self._shown: Sequence[tuple[object, ...]] = ()
        self._chance: Finding | None = None  # what was last known of A; it stays while typing
        self._badges = {letter: QLabel(self) for letter in _NAMES}
        self._said = QLabel(self)
        self._said.setObjectName("muted")
        self._said.setWordWrap(True)
        head = QHBoxLayout()
        for one in self._badges.values():
            one.setAlignment(Qt.AlignmentFlag.AlignCenter)
            head.addWidget(one)
        head.addWidget(self._said, 1)
        self._inside = QWidget()
        self._lines: list[QWidget] = []
        self._rows = QVBoxLayout(self._inside)
        self._rows.setContentsMargins(0, 0, 6, 0)
        self._rows.setSpacing(4)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidget(self._inside)
        self._area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 4, 0, 4)
        box.addLayout(head)
        box.addWidget(self._area)
        self._area.setAccessibleName(tr(N_("SMART check")))

    def show_judgement(self, judgement: Judgement, measure: str = "") -> None:
        """Show what was found; ``measure`` is the code by which suggested levels are written."""
        self.judgement, self._measure = judgement, measure
        if not judgement.waiting:
            self._chance = judgement["A"]
        findings = [
            self._chance if one.letter == "A" and self._chance is not None else one
            for one in judgement.findings
        ]
        for one in findings:
            self._badge(one)
        open_, hints = judgement.open, [one for one in judgement.findings if one.state == "hint"]
        if judgement.waiting:
            text = tr(N_("Looking at the history…"))
        elif open_:
            text = ntr("{n} thing is missing", "{n} things are missing", len(open_))
        elif hints:
            text = ntr("{n} hint", "{n} hints", len(hints))
        else:
            text = tr(N_("SMART: nothing is missing"))
        self._said.setText(text)
        self._fill(findings, asks=judgement.asks_reason)

    def _badge(self, one: Finding) -> None:
        badge, c = self._badges[one.letter], theme.colours()
        colour = getattr(c, _COLOURS[one.state])
        badge.setText(one.letter + _SIGNS[one.state])
        told = f"{tr(_NAMES[one.letter])}: {tr(_STATES[one.state])}"
        badge.setAccessibleName(told)
        badge.setToolTip(f"{told}\n{one.reason}")
        badge.setMinimumWidth(theme.scaled(30))
        badge.setStyleSheet(
            f"color: {colour}; border: 1px solid {colour}; border-radius: 4px; padding: 1px 4px; font-weight: 600;"
        )

    def _fill(self, findings: Sequence[Finding], *, asks: bool) -> None:
        shown: Sequence[tuple[object, ...]] = [
            (one.letter, one.reason, one.suggestion, tuple(one.values), asks) for one in findings
        ]
        if shown == self._shown:
            return  # whoever is about to press a button finds it where it was
        self._shown = shown
        empty(self._rows)
        self._lines = [self._row(one) for one in findings if one.state != "ok" or one.letter == "A"]
        if asks:
            self._lines.append(self._reason())
        for row in self._lines:
            self._rows.addWidget(row)
            row.show()  # at once, not when the next event comes
        self._rows.addStretch(1)
        self._inside.adjustSize()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Texts of another width have another height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        width = max(self.width() - 12, theme.scaled(200))
        wanted = sum(
            max(one.heightForWidth(width), one.sizeHint().height()) + 4 for one in self._lines
        )
        self._area.setFixedHeight(min(wanted + 4, theme.scaled(_HEIGHT)))

    def _row(self, one: Finding) -> QWidget:
        row = QWidget(self._inside)
        box = QVBoxLayout(row)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        box.addWidget(self._text(f"{one.letter} · {one.reason}", row))
        if one.suggestion:
            said = self._text(one.suggestion, row)
            said.setObjectName("muted")
            box.addWidget(said)
        buttons = self._buttons(one, row)
        if buttons is not None:
            box.addLayout(buttons)
        return row

    def _text(self, text: str, parent: QWidget) -> QLabel:
        label = QLabel(text, parent)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        return label

    def _buttons(self, one: Finding, parent: QWidget) -> Flow | None:
        if not one.values:
            return None
        flow = Flow(from_left=True)
        levels = [name for name in _LEVELS if one.values.get(name) is not None]
        if not levels:
            text = next((said for name, said in _USES.items() if name in one.values), N_("Use"))
            flow.addWidget(self._use(tr(text), one.values, parent))
            return flow
        fields = self._book.schema.entity("goal")
        for name in levels:
            text = f"{fields.field(name).text()} {self._written(one.values[name])}"
            flow.addWidget(self._use(text, {name: one.values[name]}, parent))
        every = {name: one.values[name] for name in levels}
        flow.addWidget(self._use(tr(N_("Use all three")), every, parent))
        return flow

    def _written(self, value: Any) -> str:
        from models.measures import engine
        from models.money import show_whole

        if not self._measure:
            return str(value)
        what = engine.definition(self._measure)
        if what.unit == "money":
            return show_whole(value, self._book.currency)
        return what.show(value, self._book.currency)

    def _use(self, text: str, values: Mapping[str, Any], parent: QWidget) -> QPushButton:
        button = QPushButton(text, parent)
        button.setProperty("link", True)
        button.setAccessibleName(text)
        button.setAutoDefault(False)
        _Use(button, self, dict(values))
        return button

    def _reason(self) -> QWidget:
        row = QWidget(self._inside)
        box = QVBoxLayout(row)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._text(tr(N_("It can stand nevertheless; say why.")), row))
        flow = Flow(from_left=True)
        button = QPushButton(tr(N_("Write the reason")), row)
        button.setProperty("link", True)
        button.setAccessibleName(button.text())
        button.setAutoDefault(False)
        button.clicked.connect(self.reason_wanted)
        flow.addWidget(button)
        box.addLayout(flow)
        return row


class _Use(QObject):
    """What a button sets when it is pressed."""

    def __init__(self, button: QPushButton, meter: SmartMeter, values: dict[str, Any]) -> None:
        super().__init__(button)
        self._meter, self._values = meter, values
        button.clicked.connect(self._pressed)

    def _pressed(self) -> None:
        self._meter.used.emit(self._values)
