"""The palette: a box over the window that finds every action, page and record while one types."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import shiboken6
from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget

from models.book import Book
from models.finding import Found
from models.progress import Progress
from models.texts import N_, ntr, tr
from ui.commands import RECORD, Command, Names, ranked
from ui.jobs import Jobs, Latest
from ui.palette_list import PaletteList

_USED = 20  # things used last that are kept in mind
_ROWS = 12  # rows that are seen at once
_FOUND = 50  # records offered at most
_VEIL = 70  # how far the window behind is darkened, of 255
_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: _ROWS - 1,
    Qt.Key.Key_PageUp: 1 - _ROWS,
}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Line(QLineEdit):
    """Where one types; what moves in the list or leaves goes to the palette first."""

    def __init__(self, palette: Palette) -> None:
        super().__init__(palette)
        self._palette = palette

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Enter and Escape are the palette's, the rest is typed."""
        if not self._palette.take_key(event):
            super().keyPressEvent(event)


class Palette(QWidget):
    """Lies over the whole window while it is open.

    ``commands`` gives all actions and pages as they are now, ``record`` the command that opens a
    found record. Records are sought in the background; of a question that was typed over, the answer
    is dropped.
    """

    def __init__(
        self,
        window: QWidget,
        jobs: Jobs,
        commands: Callable[[], list[Command]],
        record: Callable[[Found], Command],
    ) -> None:
        super().__init__(window)
        self.setObjectName("veil")
        self._jobs, self._commands_now, self._record = jobs, commands, record
        self._book: Book | None = None
        self._entities: tuple[str, ...] = ()
        self._latest = Latest(jobs, self)
        self._names = Names()
        self._commands: list[Command] = []
        self._found: list[tuple[Found, Command]] = []
        self._used: list[Command] = []
        self._before: list[QWidget] = []
        self._entering = self._learning = False
        self._box = QFrame(self)
        self._box.setObjectName("palette")
        self.line = _Line(self)
        self.list = PaletteList(self)
        self.said = QLabel(self)
        self.said.setObjectName("muted")
        column = QVBoxLayout(self._box)
        column.setContentsMargins(10, 10, 10, 8)
        for one in (self.line, self.list, self.said):
            column.addWidget(one)
        self.line.textChanged.connect(self._typed)
        self.list.key_left.connect(self._key_in_list)
        self.list.clicked.connect(self._clicked)
        self.list.selectionModel().currentChanged.connect(self._moved)
        window.installEventFilter(self)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_moved)
        self.hide()

    # -- open and closed -------------------------------------------------------------------------

    def use(self, book: Book | None, entities: Sequence[str] = ()) -> None:
        """Seek records of these entities in this book; of another book none is remembered."""
        self.leave()
        self._book, self._entities = book, tuple(entities)
        self._used = [one for one in self._used if one.key[0] != RECORD]

    def turn(self) -> None:
        """Open, or close when it is open."""
        if self.isVisible():
            self.close_again()
        else:
            self.open_over()

    def open_over(self) -> None:
        """Open with an empty line: what was used last, and the pages."""
        focused: QWidget | None = self.window().focusWidget()
        self._before = []
        while focused is not None and focused is not self.window():
            self._before.append(focused)
            focused = focused.parentWidget()
        self._commands = self._commands_now()
        self._read_used()
        self._learn()
        self.retranslate()
        self.setGeometry(self.window().rect())
        self.line.clear()
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._typed()

    def close_again(self) -> None:
        """Close, and give the focus back to where it was."""
        self.leave()
        for one in self._before:
            able = shiboken6.isValid(one) and one.isVisible() and one.isEnabled()
            if able and one.focusPolicy() != Qt.FocusPolicy.NoFocus:
                one.setFocus(Qt.FocusReason.PopupFocusReason)
                break
        self._before = []

    def _read_used(self) -> None:
        """Records that were used are called as they are now; those that are gone are forgotten."""
        kept: list[Command] = []
        for one in self._used:
            if one.key[0] != RECORD:
                kept.append(one)
            elif self._book is not None:
                entity, row = one.key[1], int(one.key[2])
                if self._book.ids(entity, among=[row]):
                    label = self._book.label(entity, row)
                    kept.append(self._record(Found(entity, row, label, "", 0)))
        self._used = kept

    def leave(self) -> None:
        """Close; the focus stays where it is."""
        self._latest.forget()
        self._entering = False
        self._found = []
        self.hide()

    def _learn(self) -> None:
        """Read the pinyin of all actions, once, without keeping the typing waiting."""
        if self._learning:
            return
        self._learning = True
        commands = list(self._commands)

        def work(progress: Progress) -> None:
            self._names.learn(commands)

        self._jobs.run("", work, self._learned, self._not_learned)

    def _learned(self, _: object) -> None:
        if self.isVisible():
            self._offer()

    def _not_learned(self, _: object) -> None:
        self._learning = False

    def retranslate(self) -> None:
        """Show everything in the current language."""
        text = tr(N_("Find an action, a page, or a record by name, pinyin, phone or code"))
        self.line.setPlaceholderText(text)
        self.line.setAccessibleName(text)
        self._box.setAccessibleName(tr(N_("Palette")))
        self.list.setAccessibleName(tr(N_("Results")))

    # -- what is offered -------------------------------------------------------------------------

    def _typed(self) -> None:
        typed, book, entities = self.line.text().strip(), self._book, self._entities
        self._entering = False
        self._latest.forget()
        if not typed or book is None:
            self._found = []
        else:

            def work(progress: Progress) -> list[Found]:
                return book.find_best(typed, _FOUND, entities)

            self._latest.ask(work, self._answered, self._declined)
        self.list.setCurrentIndex(QModelIndex())
        self._offer()

    def _answered(self, found: list[Found]) -> None:
        self._found = [(one, self._record(one)) for one in found]
        self._offer()
        if self._entering:
            self._run()

    def _declined(self, error: Exception) -> None:
        self._found = []
        self._offer()
        self.said.setText(str(error))

    def _offer(self) -> None:
        """Show what fits; the row that was chosen stays chosen, else it is the first."""
        typed = self.line.text().strip()
        chosen = self._chosen()
        moved = chosen.key if chosen is not None and self.list.currentIndex().row() > 0 else None
        # What was found for the text before stays until the answer: the list doesn't flicker.
        shown = ranked(self._commands, self._names, typed, self._found) if typed else self._empty()
        self.list.rows.show(shown)
        at = next((row for row, one in enumerate(shown) if one.key == moved), 0)
        if shown and not shown[at].why_not:
            self.list.setCurrentIndex(self.list.rows.index(at))
        self._say_count()
        self._arrange()

    def _empty(self) -> list[Command]:
        """What was used last and can be used now, then the pages; without a book the actions."""
        now = {one.key: one for one in self._commands}
        used = [
            now.get(one.key, one) for one in self._used if one.key in now or one.key[0] == RECORD
        ]
        used = [one for one in used if not one.why_not]
        known = {one.key for one in used}
        kind = "page" if self._book is not None else "action"
        rest = [one for one in self._commands if one.key[0] == kind and not one.why_not]
        return used + [one for one in rest if one.key not in known]

    def _say_count(self) -> None:
        count = self.list.rows.rowCount()
        if not count and not self._latest.waiting:
            self.said.setText(tr(N_("Nothing is called like that.")))
        elif self.line.text().strip():
            self.said.setText(ntr("{n} result", "{n} results", count))
        else:
            self.said.setText(tr(N_("↑ ↓ choose  ·  Enter opens  ·  Esc closes")))

    # -- keys, mouse, focus ----------------------------------------------------------------------

    def take_key(self, event: QKeyEvent) -> bool:
        """Whether a key was one that moves, runs or closes."""
        key = Qt.Key(event.key())
        if key in _STEPS and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.list.step(_STEPS[key])
        elif key in _ENTER:
            self._enter()
        elif key == Qt.Key.Key_Escape:
            self.close_again()
        else:
            return False
        return True

    def _key_in_list(self, event: QKeyEvent) -> None:
        if not self.take_key(event) and event.text().isprintable() and event.text():
            self.line.setFocus()
            self.line.insert(event.text())

    def _enter(self) -> None:
        """Run what is chosen; whoever typed on quickly gets the best of what is still sought."""
        if self._latest.waiting and self.list.currentIndex().row() <= 0:
            self._entering = True
        else:
            self._run()

    def _clicked(self, index: QModelIndex) -> None:
        self._run()

    def _chosen(self) -> Command | None:
        row = self.list.currentIndex().row()
        shown = self.list.rows.commands
        return shown[row] if 0 <= row < len(shown) else None

    def _run(self) -> None:
        one = self._chosen()
        self._entering = False
        if one is None or one.why_not:
            return
        self._used = [one, *(other for other in self._used if other.key != one.key)][:_USED]
        self.close_again()
        one.run()

    def _moved(self, now: QModelIndex, before: QModelIndex) -> None:
        """Whoever hears the screen keeps the focus in the line and is told the chosen row."""
        one = self._chosen()
        if one is None or not self.isVisible():
            return
        self.line.setAccessibleDescription(one.told())
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.line, one.told()))

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes to and fro between the line and the list."""
        (self.list if self.line.hasFocus() else self.line).setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _focus_moved(self, old: QWidget | None, now: QWidget | None) -> None:
        """Who goes somewhere else has closed it; the focus is where they went."""
        if self.isVisible() and now is not None and not self.isAncestorOf(now):
            self.leave()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the box closes it."""
        if not self._box.geometry().contains(event.position().toPoint()):
            self.close_again()

    # -- place and look --------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay over the whole window."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self.window().rect())
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The box stands in the upper middle."""
        self._arrange()

    def _arrange(self) -> None:
        room = self.rect().adjusted(24, 24, -24, -24)
        top = min(self.height() // 9, 90)
        wide = min(room.width(), max(620, self.fontMetrics().averageCharWidth() * 58))
        other = self.line.sizeHint().height() + self.said.sizeHint().height() + 18 + 2 * 6 + 4
        high = min(self.list.height_of(_ROWS), room.bottom() - top - other)
        self.list.setFixedHeight(max(high, 0))
        self.list.setVisible(high > 0)
        self._box.setGeometry((self.width() - wide) // 2, top, wide, max(high, 0) + other)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Darken the window behind."""
        QPainter(self).fillRect(self.rect(), QColor(0, 0, 0, _VEIL))
