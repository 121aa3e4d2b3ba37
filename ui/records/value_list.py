"""The values of a column to tick: with counts, sought while typing, days as years, months and days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QLabel,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from models import distinct
from models.describe import conditions, filters
from models.describe.filters import Compare, Filter
from models.distinct import Asked, Listed, Values
from models.progress import Progress
from models.refusals import Refused
from models.texts import N_, tr
from ui import theme
from ui.jobs import Latest
from ui.records import day_tree
from ui.session import Session

_AT_ONCE = 3_000  # records up to which values are read in the window's own thread
_TYPING = 120  # ms after the last key before values are sought
_DAYS = 20_000  # days that a tree shows
_SEVERAL = 10  # values that are found by their words and named one by one; more are not
_WORDS = ("text", "code", "phone", "email", "tags", "long_text", "link", "period", "recurrence")
_WRITTEN = Qt.ItemDataRole.UserRole
_ON, _OFF = Qt.CheckState.Checked, Qt.CheckState.Unchecked
_PART = Qt.CheckState.PartiallyChecked


class _Tree(QTreeWidget):
    """Space ticks, also several that are selected; what is typed goes to the line above."""

    typed = Signal(str)
    entered = Signal()

    def sizeHint(self) -> QSize:
        """Room for some values."""
        return QSize(theme.scaled(260), theme.scaled(220))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is for the whole; letters go on seeking."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.text().isalnum() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)


class ValueList(QWidget):
    """Ticks on the values of one field. Which are ticked is kept while one seeks others."""

    changed = Signal()
    entered = Signal()
    grown = Signal()  # it asks for another height

    def __init__(self, session: Session, entity: str, path: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._entity, self._path = session, entity, path
        self._latest = Latest(session.jobs, self)
        kind = session.book.schema.path(session.book.schema.entity(entity), path)[1].kind
        self._days, self._words = kind in ("date", "instant"), kind in _WORDS
        self._asked = Asked()
        self._own: Filter | None = None
        self._narrowing = True  # all are ticked until some are taken off, as in Excel
        # Ticked is all but these, or only these; nothing ("") is a value too.
        self._all, self._others = True, set[str]()
        self._sought: set[str] | None = None  # while seeking: what was unticked of what was found
        self._values = Values((), 0, 0)
        self._entering = False  # as soon as what is typed is found
        self.line = QLineEdit(self)
        self.line.setClearButtonEnabled(True)
        self.tree = _Tree(self)
        self.tree.setColumnCount(2)
        self.tree.setHeaderHidden(True)
        self.tree.setUniformRowHeights(True)
        self.tree.setRootIsDecorated(self._days)
        self.tree.setTabKeyNavigation(False)
        self.tree.header().setStretchLastSection(False)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.tree.setMinimumSize(
            theme.scaled(260), theme.scaled(150)
        )  # what is said needs room too
        self.said = QLabel(self)
        self.said.setObjectName("muted")
        self.said.setWordWrap(True)
        self.said.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.line, self.tree, self.said):
            column.addWidget(widget)
        hint = tr(N_("Search values"))
        self.line.setPlaceholderText(hint)
        self.line.setAccessibleName(hint)
        self.tree.setAccessibleName(tr(N_("Values")))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TYPING)
        self._timer.timeout.connect(self._ask)
        self.line.textChanged.connect(self._typed)
        self.tree.itemChanged.connect(self._turned)
        self.tree.typed.connect(self._type_on)
        self.tree.entered.connect(self._enter)
        self.setFocusProxy(self.line)

    # -- reading ---------------------------------------------------------------------------------

    def ask(self, asked: Asked, own: Filter | None, *, ticked: bool) -> None:
        """List the values of these records; ticked are those under ``own``, else all or none."""
        self._asked, self._own, self._narrowing = asked, own, ticked
        self._all, self._others = ticked and own is None, set()
        self._ask()

    def leave(self) -> None:
        """Drop what is awaited; the list is about to go."""
        self._timer.stop()
        self._latest.forget()

    def _ask(self) -> None:
        book, entity, path = self._session.book, self._entity, self._path
        asked, own, typed = self._asked, self._own, self.line.text()
        limit = _DAYS if self._days else distinct.LIMIT
        few = book.count(entity, None, asked.deleted) <= _AT_ONCE

        def work(progress: Progress) -> tuple[Values, Values | None]:
            found = book.values(entity, path, asked, typed, limit, progress)
            if own is None:
                return found, None
            under = _and(asked.where, own)
            mine = book.values(entity, path, replace(asked, where=under), "", _DAYS, progress)
            return found, mine

        if few:
            self._latest.forget()
            try:
                answer = work(Progress())
            except Refused as refused:  # by the other conditions
                self._failed(refused)
                return
            self._take(answer)
        else:
            self._say(tr(N_("Reading…")))
            self._latest.ask(work, self._take, self._failed)

    def _failed(self, error: Exception) -> None:
        self._values = Values((), 0, 0)
        self._fill()
        self._say(str(error))

    def _take(self, found: tuple[Values, Values | None]) -> None:
        self._values, mine = found
        if mine is not None:  # once: from now on it is the ticks that count
            self._own, self._all = None, False
            self._others = {one.text for one in mine.found} | ({""} if mine.empty else set())
        self._fill()
        self._count()
        self.changed.emit()
        if self._entering:
            self._entering = False
            self.entered.emit()

    def _say(self, text: str) -> None:
        if text != self.said.text():
            self.said.setText(text)
            self.said.setVisible(bool(text))
            self.grown.emit()

    def _count(self) -> None:
        found, total = len(self._values.found), self._values.total
        if found < total:
            text = N_("The first {n} of {total}; type to find others.")
            self._say(tr(text, n=f"{found:,}", total=f"{total:,}"))
        elif not total and not self._values.empty:
            self._say(tr(N_("No such value.")) if self.line.text() else tr(N_("No values.")))
        else:
            self._say("")

    # -- typing ----------------------------------------------------------------------------------

    def _type_on(self, text: str) -> None:
        self.line.setFocus()
        self.line.insert(text)

    def _typed(self) -> None:
        if not self.line.text():
            self._sought = None
        elif self._sought is None and self._all and not self._others:
            self._sought = set()  # as in Excel: what is found is what is wanted
        self._timer.start()

    def _enter(self) -> None:
        """Take what is ticked, after what was typed last is found."""
        if self._timer.isActive():
            self._timer.stop()
            self._ask()
        self._entering = self._latest.waiting
        if not self._entering:
            self.entered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down goes from the line into the list, Enter takes what is ticked."""
        if event.key() == Qt.Key.Key_Down and self.line.hasFocus():
            self.tree.setFocus()
            first = self.tree.topLevelItem(0)
            if self.tree.currentItem() is None and first is not None:
                self.tree.setCurrentItem(first)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif event.key() == Qt.Key.Key_Escape and self.line.hasFocus() and self.line.text():
            self.line.clear()
        else:
            super().keyPressEvent(event)

    # -- ticks -----------------------------------------------------------------------------------

    def _ticked(self, text: str) -> bool:
        if self._sought is not None:
            return text not in self._sought
        return (text in self._others) != self._all

    def _tick(self, text: str, on: bool) -> None:
        if self._sought is not None:
            (self._sought.discard if on else self._sought.add)(text)
        elif on == self._all:
            self._others.discard(text)
        else:
            self._others.add(text)

    def _texts(self) -> list[str]:
        made = [one.text for one in self._values.found]
        return [*made, ""] if self._values.empty and not self.line.text() else made

    def _fill(self) -> None:
        self.tree.blockSignals(True)
        self.tree.clear()
        if self._values.found or self._values.empty:
            sought = bool(self.line.text())
            label = tr(N_("(All that are found)")) if sought else tr(N_("(Select all)"))
            self._every = self._row(label, 0, None)
            rows = [self._every]
            if self._days:
                rows += day_tree.rows(self._values.found, self._day_row)
            else:
                rows += [self._row(one.shown, one.count, one.text) for one in self._values.found]
            if self._values.empty and not self.line.text():
                rows.append(self._row(tr(N_("(Empty)")), self._values.empty, ""))
            self.tree.addTopLevelItems(rows)
            self._show_ticks()
        self.tree.blockSignals(False)

    def _row(self, label: str, count: int, text: str | None) -> QTreeWidgetItem:
        made = QTreeWidgetItem([label.replace("\n", " "), f"{count:,}" if count else ""])
        made.setData(0, _WRITTEN, text)
        made.setFlags(made.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        made.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        made.setForeground(1, theme.brush("muted"))
        made.setToolTip(0, label)
        return made

    def _day_row(self, label: str, days: Sequence[Listed]) -> QTreeWidgetItem:
        made = self._row(label, sum(one.count for one in days), None)
        if len(days) == 1 and label == days[0].shown:
            made.setData(0, _WRITTEN, days[0].text)
        return made

    def _show_ticks(self) -> None:
        """Every row as its value is ticked, a group by what stands in it."""
        states = [
            self._show_tick(row)
            for at in range(1, self.tree.topLevelItemCount())
            if (row := self.tree.topLevelItem(at)) is not None
        ]
        self._every.setCheckState(0, _together(states))

    def _show_tick(self, row: QTreeWidgetItem) -> Qt.CheckState:
        if row.childCount():
            state = _together([self._show_tick(one) for one in _children(row)])
        else:
            state = _ON if self._ticked(str(row.data(0, _WRITTEN))) else _OFF
        row.setCheckState(0, state)
        return state

    def _turned(self, row: QTreeWidgetItem, column: int) -> None:
        if column:
            return
        on = row.checkState(0) != _OFF
        if row is self._every and self._narrowing and not self.line.text():
            self._all, self._others = on, set()
        else:
            for text in self._texts() if row is self._every else _below(row):
                self._tick(text, on)
        self.tree.blockSignals(True)
        self._show_ticks()
        self.tree.blockSignals(False)
        self.changed.emit()

    # -- what comes of it ------------------------------------------------------------------------

    @property
    def nothing(self) -> bool:
        """Whether nothing is ticked, so that no record could be shown."""
        if self._sought is None and not self._all:
            return not self._others
        open_ended = not self._values.whole or self.line.text() or self._latest.waiting
        if self._sought is None and open_ended:
            return False
        return not any(map(self._ticked, self._texts())) and bool(self._texts())

    def excluded(self, named: str) -> tuple[Filter, ...]:
        """That a field so named has none of what is ticked; nothing when all are."""
        if self._all or self._sought is not None:
            return ()
        return conditions.none_of(named, self._written(self._others), empty="" not in self._others)

    def conditions(self, named: str) -> tuple[Filter, ...]:
        """What the ticks ask for, of a field so named; nothing when all are ticked."""
        if self._sought is not None:
            return self._found(named)
        if self._all and not self._others:
            return ()
        listed = set(self._texts())
        if self._all:
            off = self._others
            on = listed - off
        else:
            on = self._others
            off = listed - on
            if not off and self._narrowing and self._values.whole and not self.line.text():
                return ()
        complete = self._narrowing and self._values.whole and not self.line.text()
        by_rest = len(off) < len(on) if complete else self._all
        if by_rest:
            return conditions.none_of(named, self._written(off), empty="" not in off)
        return conditions.one_of(named, self._written(on), empty="" in on)

    def _found(self, named: str) -> tuple[Filter, ...]:
        assert self._sought is not None
        typed, found = self.line.text().strip(), self._values.found
        many = len(found) > _SEVERAL or not self._values.whole
        literal = all(typed.casefold() in one.shown.casefold() for one in found)
        if self._words and many and literal and not self._sought:
            return (Compare(named, "~", (typed,)),)
        on = {one.text for one in found} - self._sought
        return conditions.one_of(named, self._written(on), empty=False)

    def _written(self, texts: set[str]) -> list[str]:
        """These values in the order of the list; whole months and years as such."""
        if self._days:
            every = [one.text for one in self._values.found]
            return day_tree.written(every, texts - {""})
        known = [one.text for one in self._values.found if one.text in texts]
        return [*known, *sorted(texts - set(known) - {""})]


def _and(where: str | Filter | None, own: Filter) -> Filter:
    before = filters.parse(where) if isinstance(where, str) and where else where
    return filters.All((before, own)) if before and not isinstance(before, str) else own


def _together(states: Sequence[Qt.CheckState]) -> Qt.CheckState:
    found = set(states)
    return found.pop() if len(found) == 1 else (_PART if found else _OFF)


def _below(row: QTreeWidgetItem) -> list[str]:
    if not row.childCount():
        return [str(row.data(0, _WRITTEN))]
    return [text for one in _children(row) for text in _below(one)]


def _children(row: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    found = (row.child(at) for at in range(row.childCount()))
    return [one for one in found if one is not None]
