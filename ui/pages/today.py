"""Today: what needs the manager now, ordered by consequence, each with its reason and one action."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from models.texts import N_, ntr, tr
from models.today.line import action_text
from models.today.scopes import EVERYBODY, Scope, of_person
from ui import help_pages, theme
from ui.flow import Flow
from ui.pages.today_acts import TodayActs
from ui.pages.today_list import TodayList
from ui.pages.today_model import put_off_text
from ui.pages.today_people import PeopleList
from ui.pages.today_reader import TodayReader
from ui.records.empty_state import EmptyState
from ui.session import Session

if TYPE_CHECKING:
    from models.today.line import Line
    from models.today.today import Today

_PEOPLE = 196  # points of the strip of people
_ROOM = 660  # points of the page that are needed for it
_TWO = 2  # everybody and one person
_NAMED = 24  # people in the menu of the copies; of others the list is copied when they are chosen


class TodayPage(QWidget):
    """The first page of the window."""

    open_records = Signal(str, object)
    import_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        help_pages.offer(self, "today")
        self._session = session
        self.reader = TodayReader(session, self)
        self.acts = TodayActs(session, self)
        self._day, self._kind, self._said = QLabel(self), QLabel(self), QLabel(self)
        self._day.setObjectName("title")
        self._kind.setObjectName("muted")
        self._said.setObjectName("muted")
        for one in (self._day, self._kind, self._said):
            one.setWordWrap(True)
        self.hidden_button, self.copy_button = QPushButton(self), QPushButton(self)
        self.copy_button.setMenu(QMenu(self.copy_button))
        self.list, self.people = TodayList(self), PeopleList(self)
        self._people_head = QLabel(self)
        self._people_head.setObjectName("muted")
        self.empty = EmptyState(self)
        self._make_bar()
        self._arrange()
        self._connect()
        self.retranslate()

    # -- what it is made of ----------------------------------------------------------------------

    def _make_bar(self) -> None:
        """What can be done with the chosen line, as buttons."""
        self.bar = QWidget(self)
        self.act_button, self.open_button = QPushButton(self.bar), QPushButton(self.bar)
        self.done_button, self.off_button = QPushButton(self.bar), QPushButton(self.bar)
        self.later_button = QPushButton(self.bar)
        self.act_button.setProperty("primary", True)
        row = Flow(self.bar)  # where there is little room they need two rows
        for one in (
            self.act_button, self.done_button, self.later_button, self.open_button, self.off_button,
        ):  # fmt: skip
            row.addWidget(one)

    def _arrange(self) -> None:
        head = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._day)
        words.addWidget(self._kind)
        head.addLayout(words, 1)
        head.addWidget(self.hidden_button, 0, Qt.AlignmentFlag.AlignBottom)
        head.addWidget(self.copy_button, 0, Qt.AlignmentFlag.AlignBottom)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.list, 1)
        left.addWidget(self.empty, 1)
        left.addWidget(self.bar)
        self._side = QWidget(self)
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(4)
        side.addWidget(self._people_head)
        side.addWidget(self.people, 1)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addLayout(left, 1)
        middle.addWidget(self._side)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 16, 12)
        box.setSpacing(10)
        box.addLayout(head)
        box.addWidget(self._said)
        box.addLayout(middle, 1)

    def _connect(self) -> None:
        self.reader.changed.connect(self._show)
        self.list.acted.connect(self.acts.act)
        self.list.opened.connect(self.acts.open)
        self.list.finished.connect(self.acts.finish)
        self.list.copied.connect(self.copy)
        self.list.menu_wanted.connect(self._menu)
        self.list.chosen.connect(self._say_chosen)
        self.people.turned.connect(self._show_lines)
        self.acts.open_records.connect(self.open_records)
        self.acts.put_off.connect(self._put_off)
        self.acts.only.connect(self.people.choose)
        self.act_button.clicked.connect(self._act)
        self.open_button.clicked.connect(self._open)
        self.done_button.clicked.connect(self._finish)
        self.later_button.clicked.connect(self._later)
        self.off_button.clicked.connect(self._off)
        self.hidden_button.clicked.connect(self._bring_back)
        self.copy_button.menu().aboutToShow.connect(self._fill_copy_menu)
        self.empty.wanted.connect(self.import_wanted)

    def retranslate(self) -> None:
        """Show everything in the current language and theme."""
        self.list.setAccessibleName(tr(N_("What is to be done")))
        self.people.setAccessibleName(tr(N_("Who has what to do")))
        self._people_head.setText(tr(N_("By person")))
        self._side.setFixedWidth(theme.scaled(_PEOPLE))
        for button, text in (
            (self.copy_button, tr(N_("Copy for WeChat"))),
            (self.open_button, tr(N_("Open record"))),
            (self.done_button, tr(N_("Mark as done"))),
            (self.later_button, tr(N_("Postpone…"))),
            (self.off_button, tr(N_("Not today"))),
        ):
            button.setText(text)
            button.setAccessibleName(text)
        self.done_button.setToolTip(tr(N_("Space")))
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """Read when first shown; follow what was written meanwhile."""
        super().showEvent(event)
        self._show()
        self.reader.need()
        if self.window().focusWidget() is None:
            self.list.setFocus()

    # -- what is shown ---------------------------------------------------------------------------

    @property
    def today(self) -> Today | None:
        """What was read, without what is put off until tomorrow."""
        found = self.reader.today
        if found is None:
            return None
        return found.without(self._session.settings.put_off(self._session.book.id, found.on))

    @property
    def scope(self) -> Scope:
        """Whose lines are shown."""
        person = self.people.person
        return EVERYBODY if person is None else of_person(person)

    def _show(self) -> None:
        if not self.isVisible():
            return  # it is shown when it is looked at
        today = self.today
        self._say_day(today)
        if today is None:
            self._say_nothing(None)
            return
        self.people.show_counts(today.counts())
        self._show_lines()

    def _say_day(self, today: Today | None) -> None:
        from models.today.words import date_text, day_kind

        self._day.setText(date_text(today.on if today is not None else date.today()))
        self._kind.setText(day_kind(today.calendar, today.on) if today is not None else "")

    def _show_lines(self) -> None:
        today = self.today
        if today is None:
            return
        lines = today.lines(self.scope)
        self.list.show_lines(lines)
        said = today.message(self.scope) if lines else ""
        if lines and not today.whole:
            said = tr(N_("{said} More is being read…"), said=said)
        self._said.setText(said)
        self._said.setVisible(bool(lines))
        n = today.put_off
        self.hidden_button.setVisible(n > 0)
        self.hidden_button.setText(put_off_text(n))
        self.hidden_button.setAccessibleName(put_off_text(n))
        self.copy_button.setEnabled(bool(lines))
        if lines:
            self.list.show()
            self.bar.show()
            self.empty.hide()
            self._give_room()
            self._say_chosen()
        else:
            self._say_nothing(today)

    def _give_room(self) -> None:
        """The people stand beside the list where there is room, and somebody to choose from."""
        many = len(self.people.people.counts) > _TWO and not self.list.isHidden()
        chosen = self.people.person is not None
        self._side.setVisible(many and (chosen or self.width() >= theme.scaled(_ROOM)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Much or little room."""
        super().resizeEvent(event)
        self._give_room()

    def _say_nothing(self, today: Today | None) -> None:
        for one in (self.list, self.bar, self._side, self.hidden_button, self._said):
            one.hide()
        self.empty.show()
        if today is None:
            self.empty.say(self.reader.fault or tr(N_("Reading…")))
        elif not today.records:
            text = N_(
                "This book is still empty. Import your spreadsheets, or add customers and tasks; what needs you then stands here every morning."
            )
            self.empty.say(tr(text), tr(N_("Import spreadsheets…")))
        elif not today.whole:
            self.empty.say(tr(N_("Reading…")))
        else:
            self.empty.say(today.message())
            self.hidden_button.setVisible(today.put_off > 0)
            self.hidden_button.setText(put_off_text(today.put_off))

    def _say_chosen(self) -> None:
        line = self.list.line
        self.bar.setEnabled(line is not None)
        if line is None:
            return
        text = action_text(line.action)
        for one in self.bar.findChildren(QPushButton):
            one.setAccessibleDescription(line.title)
        self.act_button.setText(text)
        self.act_button.setAccessibleName(text)
        self.open_button.setVisible(line.action not in ("open", "list"))
        self.done_button.setVisible(self.acts.may_finish(line) and line.action != "accept")
        self.later_button.setVisible(self.acts.may_finish(line) and line.action != "accept")
        self.off_button.setVisible(not line.more)

    # -- acting ----------------------------------------------------------------------------------

    def _act(self) -> None:
        self.list.setFocus()
        if self.list.line is not None:
            at = self.act_button.mapToGlobal(QPoint(0, 0))
            self.acts.act(self.list.line, at)

    def _open(self) -> None:
        if self.list.line is not None:
            self.acts.open(self.list.line)

    def _finish(self) -> None:
        if self.list.line is not None:
            self.acts.finish(self.list.line)

    def _later(self) -> None:
        if self.list.line is not None:
            self.acts.postpone(self.list.line, self.later_button.mapToGlobal(QPoint(0, 0)))

    def _off(self) -> None:
        if self.list.line is not None:
            self._put_off(self.list.line.id)

    def _menu(self, line: Line, at: QPoint) -> None:
        self.acts.menu(line, at, self.copy)

    def _put_off(self, id: str) -> None:
        found = self.reader.today
        if found is not None:
            settings, book = self._session.settings, self._session.book.id
            settings.keep_put_off(book, found.on, {*settings.put_off(book, found.on), id})
            self._show()

    def _bring_back(self) -> None:
        found = self.reader.today
        if found is not None:
            self._session.settings.keep_put_off(self._session.book.id, found.on, ())
            self._show()
            self.list.setFocus()

    # -- the text for WeChat -----------------------------------------------------------------------

    def copy(self) -> None:
        """What is shown, as a text for WeChat."""
        self._copy(self.people.person)

    def _copy(self, person: int | None) -> None:
        from models.today import message

        today = self.today
        if today is None:
            return
        scope = EVERYBODY if person is None else of_person(person)
        n = len(today.lines(scope))
        said = ntr(
            "{n} line is on the clipboard, ready for WeChat.",
            "{n} lines are on the clipboard, ready for WeChat.",
            n,
        )
        self.acts.copy(message.text(today, scope), said)

    def _fill_copy_menu(self) -> None:
        """Everybody's list, then each person's."""
        menu = self.copy_button.menu()
        menu.clear()
        everybody = menu.addAction(tr(N_("The whole list")))
        everybody.triggered.connect(lambda _=False: self._copy(None))
        menu.addSeparator()
        for one in self.people.people.counts[1 : _NAMED + 1]:
            if one.person:
                entry = menu.addAction(one.name.replace("&", "&&"))
                entry.triggered.connect(lambda _=False, who=one.person: self._copy(who))
