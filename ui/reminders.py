"""The reminders of the books that are open: when to look, what is due, what the person makes of it.

There is one desk a process, whatever windows show a book. It wakes at the next moment, and once a
minute to notice that a machine slept or that its clock was set; it asks the book only after something
changed there. Nothing here knows how a reminder is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from models.progress import Progress
from models.texts import N_, tr
from ui.jobs import Latest

if TYPE_CHECKING:
    from models.book import Book, Notice
    from models.reminding.items import Item
    from models.reminding.quiet import Quiet
    from models.reminding.scheduler import Due
    from ui.session import Session
    from ui.settings import Settings

_REST = 400  # ms after a commit before the book is asked
_MINUTE = 60_000  # ms
_JUMP = timedelta(minutes=3)  # between two looks: the machine slept, or its clock was set
_BACK = timedelta(days=30)  # how far back something missed is told
_HEARD = {
    "task", "follow_up_plan", "meeting", "customer", "contact", "salesperson", "team", "leave",
    "cover", "calendar_day", "book",
}  # fmt: skip

_desk: list[Desk] = []


def now() -> datetime:
    """This moment."""
    return datetime.now(UTC)


def begin(
    settings: Settings, parent: QObject | None = None, clock: Callable[[], datetime] = now
) -> Desk:
    """Remind from now on; of books that are shown from now on."""
    end()
    made = Desk(settings, clock, parent)
    _desk.append(made)
    return made


def end() -> None:
    """Remind no longer."""
    for one in _desk:
        one.stop()
    _desk.clear()


def desk() -> Desk | None:
    """The desk, while one reminds."""
    return _desk[0] if _desk else None


def entered(session: Session) -> None:
    """A window shows a book."""
    for one in _desk:
        one.enter(session, soon=False)  # the window shows its page first


def prefer() -> None:
    """The person prefers something else now."""
    for one in _desk:
        one.prefer()


@dataclass(frozen=True)
class Shown:
    """A reminder that is shown, of one of the books."""

    book: str
    due: Due

    @property
    def item(self) -> Item:
        """What it is about."""
        return self.due.item


class Watch(QObject):
    """The reminders of one book, whichever windows show it."""

    read = Signal()

    def __init__(self, session: Session, desk: Desk) -> None:
        super().__init__(desk)
        self._desk, self.sessions = desk, [session]
        self.items: list[Item] = []
        self.quiet: Quiet | None = None
        self.day: date | None = None  # for which they were read
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._rest.timeout.connect(self.ask)
        self._latest: Latest | None = None
        session.news.connect(self.heard)
        session.closing.connect(self._left)

    @property
    def book(self) -> Book:
        """The book."""
        return self.sessions[0].book

    def join(self, session: Session) -> None:
        """One window more."""
        self.sessions.append(session)
        session.news.connect(self.heard)
        session.closing.connect(self._left)

    def _left(self) -> None:
        session = self.sender()
        if session not in self.sessions:
            return  # nobody is reminded any more
        self.sessions.remove(session)
        self._latest = None  # its jobs end with it
        if self.sessions:
            self._rest.start()  # what was asked by way of that window isn't answered any more
        else:
            self.stop()
            self._desk.drop(self)

    def stop(self) -> None:
        """Ask no more."""
        self.sessions.clear()
        self._rest.stop()
        if self._latest is not None:
            self._latest.forget()

    def heard(self, notice: Notice) -> None:
        """A commit, of whichever window or program: ask again, after a little rest."""
        if self.sessions and _HEARD & notice.touched.keys():
            self._rest.start()

    def rest(self) -> None:
        """Ask after a little rest."""
        self._rest.start()

    def ask(self) -> None:
        """Read what there is to be said, in the background."""
        if not self.sessions or self._desk.settings.reminders == "none":
            self.items = []
            self.read.emit()
            return
        if self._latest is None:
            self._latest = Latest(self.sessions[0].jobs, self)
        book, settings = self.book, self._desk.settings
        at, name = self._desk.clock(), book.author
        all_of_them = settings.reminders == "all"
        minutes, hours = settings.remind_before, (settings.quiet_from, settings.quiet_to)
        days_off = settings.remind_days_off

        def work(progress: Progress) -> tuple[list[Item], Quiet]:
            from models.reminding import items, mine
            from models.reminding.quiet import Quiet

            people = None if all_of_them else mine.people(book, name)
            is_working = None if days_off else mine.working(book, name)
            found = items.upcoming(book, minutes, at - _BACK, people)
            if is_working is not None:
                is_working(at.astimezone().date())  # the holidays are read here, not in the window
            return found, Quiet(*hours, is_working)

        self.day = at.astimezone().date()
        self._latest.ask(work, self._answered, self._failed)

    def _answered(self, found: tuple[list[Item], Quiet]) -> None:
        self.items, self.quiet = found
        self.read.emit()

    def _failed(self, error: object) -> None:
        """The book can't be read just now; the next commit asks again."""


class Desk(QObject):
    """What is due in all open books, and one timer."""

    came = Signal(object)  # reminders that are due now, not shown before
    changed = Signal()  # other ones are shown now

    def __init__(
        self, settings: Settings, clock: Callable[[], datetime], parent: QObject | None
    ) -> None:
        super().__init__(parent)
        self.settings, self.clock = settings, clock
        self.started = clock()
        self.shown: list[Shown] = []
        self.next_at: datetime | None = None
        self._watches: dict[str, Watch] = {}
        self._looked = self.started
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.wake)

    def enter(self, session: Session, *, soon: bool = True) -> None:
        """A window shows a book; it is asked at once, or after a little rest."""
        there = self._watches.get(session.book.id)
        if there is not None:
            there.join(session)
            return
        watch = self._watches[session.book.id] = Watch(session, self)
        watch.read.connect(self.look)
        if soon:
            watch.ask()
        else:
            watch.rest()

    def drop(self, watch: Watch) -> None:
        """No window shows a book any more."""
        [id] = [id for id, one in self._watches.items() if one is watch]
        del self._watches[id]
        self.shown = [one for one in self.shown if one.book != id]
        watch.deleteLater()
        self.changed.emit()

    def stop(self) -> None:
        """Remind no longer."""
        self._timer.stop()
        for one in self._watches.values():
            one.stop()
            one.deleteLater()
        self._watches.clear()

    def prefer(self) -> None:
        """The person prefers something else: ask again."""
        for one in self._watches.values():
            one.ask()

    def wake(self) -> None:
        """A minute passed, or the next moment came."""
        at = self.clock()
        jumped = not timedelta(0) <= at - self._looked <= _JUMP
        for watch in self._watches.values():
            if watch.day != at.astimezone().date():
                watch.ask()  # other people are away today
        if jumped or (self.next_at is not None and at >= self.next_at):
            self.look()
        else:
            self._looked = at
            self._sleep()

    def look(self) -> None:
        """See what is due now."""
        at = self._looked = self.clock()
        fresh: list[Shown] = []
        nexts: list[datetime] = []
        for id, watch in self._watches.items():
            found, next_at = self._of_book(id, watch, at)
            fresh += found
            nexts += [next_at] if next_at is not None else []
        self.next_at = min(nexts, default=None)
        self._sleep()
        if fresh:
            self.shown += fresh
            self.came.emit(tuple(fresh))
        self.changed.emit()

    def _of_book(self, id: str, watch: Watch, at: datetime) -> tuple[list[Shown], datetime | None]:
        from models.reminding.scheduler import Reminders
        from models.reminding.state import read

        if watch.quiet is None:
            return [], None
        state = read(self.settings.reminded(id))
        there = {one.key for one in watch.items}
        self.shown = [one for one in self.shown if one.book != id or one.item.key in there]
        outcome = Reminders(watch.quiet).look(at, watch.items, state, self.started)
        before = state.text()
        state.mark([one.item.key for one in outcome.due], at)
        state.prune(there, at)
        if state.text() != before:
            self.settings.keep_reminded(id, state.text())
        return [Shown(id, one) for one in outcome.due], outcome.next_at

    def _sleep(self) -> None:
        wait = float(_MINUTE)
        if self.next_at is not None:
            wait = min(wait, max((self.next_at - self.clock()).total_seconds() * 1000, 50))
        self._timer.start(round(wait))

    # -- what the person makes of it ---------------------------------------------------------------

    def session(self, one: Shown) -> Session | None:
        """The window's session in which a reminder is at home."""
        watch = self._watches.get(one.book)
        return watch.sessions[0] if watch is not None else None

    def dismiss(self, those: Iterable[Shown]) -> None:
        """These were seen; they aren't shown again."""
        gone = set(those)
        self.shown = [one for one in self.shown if one not in gone]
        self.changed.emit()

    def put_off(self, those: Collection[Shown], how: str) -> None:
        """Show these again in ten minutes, in an hour, or on the next working morning."""
        from models.reminding.state import read

        at = self.clock()
        for id in {one.book for one in those}:
            watch = self._watches.get(id)
            until: datetime | None = at + _PUT_OFF.get(how, timedelta())
            if how == "morning" and watch is not None and watch.quiet is not None:
                until = watch.quiet.morning_after(at)
            if until is not None:
                state = read(self.settings.reminded(id))
                state.put_off_until([one.item.key for one in those if one.book == id], until)
                self.settings.keep_reminded(id, state.text())
        self.dismiss(those)
        self.look()

    def done(self, one: Shown) -> None:
        """It is done: so it is written into the book; a meeting is only seen."""
        session = self.session(one)
        if session is None or one.item.entity == "meeting":
            self.dismiss([one])
            return
        label = session.book.label(one.item.entity, one.item.row)
        values = {"status": "done"}
        if one.item.entity == "follow_up_plan":
            values["done_on"] = self.clock().astimezone().date().isoformat()

        def act(change: object) -> None:
            change.set(one.item.entity, one.item.row, values)  # type: ignore[attr-defined]

        if session.write(tr(N_("Done: {record}"), record=label), act, offer_undo=True):
            self.dismiss([one])


_PUT_OFF = {"ten": timedelta(minutes=10), "hour": timedelta(hours=1)}
WAYS = (
    ("ten", N_("In 10 minutes")),
    ("hour", N_("In an hour")),
    ("morning", N_("On the next working morning")),
)
