"""The tour: a strip below the page that points at one part of the window after another.

It stops nobody: everything works while it is there. It is offered once, with the sample team, and
stands in the Help menu.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from models.texts import N_, tr
from ui import theme
from ui.flow import Flow

if TYPE_CHECKING:
    from ui.book_window import BookWindow

Target = Callable[["BookWindow"], "QWidget | None"]


@dataclass(frozen=True)
class Step:
    """One part of the window: its page, how it is found, what is said; ``{key}`` is an action's."""

    page: str
    target: Target
    text: str
    action: str = ""


def _grid(window: BookWindow) -> QWidget | None:
    return window.records.grid if window.records is not None else None


def _search(window: BookWindow) -> QWidget | None:
    return window.records.search if window.records is not None else None


def _filter(window: BookWindow) -> QWidget | None:
    return window.records.filter if window.records is not None else None


def _detail(window: BookWindow) -> QWidget | None:
    if window.records is None:
        return None
    if not window.records.detail.id:
        window.records.grid.enter()
    return window.records.detail


STEPS = (
    Step(
        "customers",
        lambda window: window.navigation,
        N_("These are the pages. Ctrl with a number goes to each."),
    ),
    Step(
        "customers",
        _grid,
        N_(
            "A list works as a sheet does: click a cell and type. Blocks are copied to and from Excel. What you type is saved at once."
        ),
    ),
    Step(
        "customers",
        _search,
        N_("{key} searches: a part of the name, its pinyin or initials, a phone number."),
        "find",
    ),
    Step(
        "customers",
        _filter,
        N_(
            "The funnel in a heading, or a right-click on a cell, keeps only such records. Each condition stands below as a sentence to change or remove; who likes to type writes it here."
        ),
    ),
    Step(
        "customers",
        _detail,
        N_(
            "The record that you chose: its fields, what is linked to it, and who changed what when. {key} hides or shows it."
        ),
        "details",
    ),
    Step(
        "insights",
        lambda window: window.page_in_front,
        N_("Charts answer the first questions. Click a bar: the records behind it come up."),
    ),
    Step(
        "customers",
        lambda window: window.menuBar(),
        N_(
            "{key} takes back any change, an import too; History in the View menu lists them all. F1 opens the help."
        ),
        "undo",
    ),
)


class Tour(QFrame):
    """The strip, and the ring around what it speaks of."""

    def __init__(self, window: BookWindow) -> None:
        super().__init__(window)
        self.setObjectName("tour")
        self._window = window
        self._at = -1  # while it is only offered
        self._target: QWidget | None = None
        self._ring = QFrame(window)
        self._ring.setObjectName("ring")
        self._ring.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._ring.hide()
        self._text = QLabel(self)
        self._text.setWordWrap(True)
        self._count = QLabel(self)
        self._count.setObjectName("muted")
        self._back, self._next, self._end = (QPushButton(self) for _ in range(3))
        self._next.setProperty("primary", True)
        for button, act in (
            (self._back, self.back),
            (self._next, self.next),
            (self._end, self.end),
        ):
            button.clicked.connect(act)
        buttons = Flow()
        for one in (self._count, self._back, self._next, self._end):
            buttons.addWidget(one)
        box = QHBoxLayout(self)
        box.setContentsMargins(14, 7, 8, 7)
        box.addWidget(self._text, 3)
        box.addLayout(buttons, 2)
        self.hide()

    def offer(self) -> None:
        """Ask once whether it is wanted."""
        if not self._window.settings.toured:
            self._window.settings.toured = True
            self._at = -1
            self.show()
            self.retranslate()

    def begin(self) -> None:
        """From the first step on."""
        self._window.settings.toured = True
        self.show()
        self._go(0)

    def next(self) -> None:
        """One step on; after the last it is over."""
        if self._at + 1 < len(STEPS):
            self._go(self._at + 1)
        else:
            self.end()

    def back(self) -> None:
        """One step back."""
        self._go(max(self._at - 1, 0))

    def end(self) -> None:
        """Away with it."""
        self._aim(None)
        self._at = -1
        self.hide()

    def retranslate(self) -> None:
        """Show everything in the current language and theme."""
        if self.isHidden():
            return
        offered, last = self._at < 0, self._at == len(STEPS) - 1
        if offered:
            said = tr(N_("New here? A tour of {n} steps shows where things are."), n=len(STEPS))
        else:
            step = STEPS[self._at]
            said = tr(step.text, key=self._key(step.action))
        self._text.setText(said)
        self._text.setAccessibleName(said)
        count = tr(N_("Step {at} of {n}"), at=self._at + 1, n=len(STEPS))
        self._count.setText("" if offered else count)
        self._count.setHidden(offered)
        self._back.setHidden(self._at < 1)
        self._next.setHidden(last)
        for button, text in (
            (self._back, tr(N_("Back"))),
            (self._next, tr(N_("Show me")) if offered else tr(N_("Next"))),
            (self._end, self._end_text(offered=offered, last=last)),
        ):
            button.setText(text)
            button.setAccessibleName(text)
        self._place()

    def _end_text(self, *, offered: bool, last: bool) -> str:
        if offered:
            return tr(N_("Not now"))
        return tr(N_("Finish")) if last else tr(N_("End the tour"))

    def _key(self, action: str) -> str:
        if not action:
            return ""
        return (
            self._window.actions_[action]
            .shortcut()
            .toString(QKeySequence.SequenceFormat.NativeText)
        )

    def _go(self, at: int) -> None:
        self._at = at
        step = STEPS[at]
        self._window.navigation.choose(step.page)
        self.retranslate()
        self._aim(step.target(self._window))
        (self._end if at == len(STEPS) - 1 else self._next).setFocus()

    def _aim(self, target: QWidget | None) -> None:
        if self._target is not None:
            self._target.removeEventFilter(self)
        self._target = target
        if target is not None:
            target.installEventFilter(self)
        self._place()

    def _place(self) -> None:
        """The ring around its target, as long as that is seen."""
        target = self._target
        if target is None or not target.isVisible() or target.window() is not self._window:
            self._ring.hide()
            return
        corner = target.mapTo(self._window, QPoint(0, 0))
        self._ring.setGeometry(QRect(corner, target.size()).adjusted(-2, -2, 2, 2))
        self._ring.setStyleSheet(
            f"QFrame#ring {{ border: 2px solid {theme.colours().accent}; background: transparent; }}"
        )
        self._ring.show()
        self._ring.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The ring follows its target."""
        moves = (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide)
        if event.type() in moves:
            self._place()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape ends it."""
        if event.key() == Qt.Key.Key_Escape:
            self.end()
        else:
            super().keyPressEvent(event)
