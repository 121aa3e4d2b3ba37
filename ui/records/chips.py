"""The conditions of a list as chips that read as sentences; the row takes no room when there is none."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QWidget

from models.texts import N_, tr
from ui import theme
from ui.flow import Flow

_WIDEST = 420  # points that a chip's sentence takes at most


_ROW_KEYS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


class _Cross(QToolButton):
    """Arrows are for the whole row."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave them to it."""
        if event.key() in _ROW_KEYS:
            event.ignore()
        else:
            super().keyPressEvent(event)


class _Sentence(QPushButton):
    """A sentence; too long a one is cut, and whole in its tooltip."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("chip", True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows are for the whole row."""
        if event.key() in _ROW_KEYS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def say(self, text: str) -> None:
        """Show a sentence."""
        self.ensurePolished()
        self.setAccessibleName(text)
        measure = self.fontMetrics()
        cut = measure.elidedText(text, Qt.TextElideMode.ElideRight, theme.scaled(_WIDEST))
        self.setText(cut.replace("&", "&&"))
        self.setToolTip(text)


class Chip(QFrame):
    """One condition: its sentence opens it, the cross removes it."""

    opened = Signal()
    removed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("chip")
        self.sentence = _Sentence(self)
        self.cross = _Cross(self)
        self.cross.setAutoRaise(True)
        self.cross.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        box = QHBoxLayout(self)
        box.setContentsMargins(1, 1, 3, 1)
        box.setSpacing(0)
        box.addWidget(self.sentence)
        box.addWidget(self.cross)
        self.sentence.clicked.connect(self.opened)
        self.cross.clicked.connect(self.removed)

    def say(self, text: str) -> None:
        """Show a condition, in the language and the theme in force."""
        self.sentence.say(text)
        self.cross.setIcon(theme.icon("close"))
        self.cross.setIconSize(QSize(theme.scaled(12), theme.scaled(12)))
        remove = tr(N_("Remove filter: {filter}"), filter=text)
        self.cross.setAccessibleName(remove)
        self.cross.setToolTip(remove)

    def text(self) -> str:
        """The whole sentence."""
        return self.sentence.accessibleName()

    def click(self) -> None:
        """Remove it."""
        self.cross.click()


class ChipRow(QWidget):
    """The chips of a list in a row that goes on below; ``at`` counts the conditions from 0."""

    opened = Signal(int)
    removed = Signal(int)
    cleared = Signal()
    back_wanted = Signal()  # the filter as it was before
    left = Signal()  # to the list

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._flow = Flow(self, from_left=True)
        self._chips: list[Chip] = []
        self.clear_all = QPushButton(self)
        self.clear_all.setProperty("link", True)
        self.clear_all.clicked.connect(self.cleared)
        self.clear_all.hide()
        self._flow.addWidget(self.clear_all)
        self.hide()

    def texts(self) -> list[str]:
        """The sentences that are seen, in order."""
        return [one.text() for one in self._shown()]

    def _shown(self) -> list[Chip]:
        return [one for one in self._chips if not one.isHidden()]

    def show_sentences(self, sentences: Sequence[str]) -> None:
        """Show these conditions; the focus stays at the place where it was."""
        at, inside = self._focused(), self.isAncestorOf(self.window().focusWidget())
        if inside and not sentences:
            self.left.emit()
        while len(self._chips) < len(sentences):
            self._grow()
        for place, chip in enumerate(self._chips):
            chip.setVisible(place < len(sentences))
            if place < len(sentences):
                chip.say(sentences[place])
        self.clear_all.setText(tr(N_("Clear all")))
        self.clear_all.setAccessibleName(self.clear_all.text())
        self.clear_all.setVisible(len(sentences) > 1)
        self.setVisible(bool(sentences))
        self._flow.invalidate()
        self.updateGeometry()
        if at >= 0 and sentences:
            self._chips[min(at, len(sentences) - 1)].sentence.setFocus()

    def _grow(self) -> None:
        chip = Chip(self)
        chip.opened.connect(self._open)
        chip.removed.connect(self._remove)
        self._chips.append(chip)
        self._flow.addWidget(chip)
        self._flow.addWidget(self.clear_all)
        QWidget.setTabOrder(chip.cross, self.clear_all)

    def chip(self, at: int) -> Chip:
        """The chip of a condition."""
        return self._chips[at]

    def focus_first(self) -> None:
        """Put the focus on the first chip."""
        if self._shown():
            self._chips[0].sentence.setFocus()

    def _focused(self) -> int:
        now = self.window().focusWidget()
        return next((at for at, one in enumerate(self._chips) if one.isAncestorOf(now)), -1)

    def _at(self) -> int:
        sender = self.sender()
        return next((at for at, one in enumerate(self._chips) if one is sender), -1)

    def _open(self) -> None:
        self.opened.emit(self._at())

    def _remove(self) -> None:
        self.removed.emit(self._at())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go along the chips, Delete removes one, Escape brings the filter before back."""
        at, key = self._focused(), event.key()
        if at >= 0 and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            to = at + (1 if key == Qt.Key.Key_Right else -1)
            if 0 <= to < len(self._shown()):
                self._chips[to].sentence.setFocus()
        elif at >= 0 and key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit(at)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and at >= 0:
            self.opened.emit(at)
        elif key == Qt.Key.Key_Down:
            self.left.emit()
        elif key == Qt.Key.Key_Escape:
            self.back_wanted.emit()
        else:
            super().keyPressEvent(event)

    def hasHeightForWidth(self) -> bool:
        """A narrow window needs more rows."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of its rows."""
        return self._flow.heightForWidth(width)

    def sizeHint(self) -> QSize:
        """As high as its rows are at the width that it has."""
        return QSize(0, self._flow.heightForWidth(max(self.width(), 1)))

    def minimumSizeHint(self) -> QSize:
        """No wider than its widest chip."""
        return QSize(0, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need another number of rows."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
