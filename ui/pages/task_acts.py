"""What is done with tasks on the board, in the calendar and along the timeline; one undo step each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from models.change import Change
from models.describe.kinds import Link
from models.refusals import Refused
from models.tasks import moving
from models.texts import N_, ntr, tr
from ui.session import Session

Done = Callable[[], object]
# An entry of a menu: its text, what it does or the menu that it opens, its key, whether it can be used.
Act = tuple[str, "Callable[[], object] | Sequence[Act]", str, bool]


class TaskActs(QObject):
    """The acts of one view; dialogs and menus stand over ``parent``."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._over = session, parent
        self._menu_acts: dict[QAction, Callable[[], object]] = {}

    # -- single records ----------------------------------------------------------------------------

    def open(self, entity: str, row: int) -> None:
        """Show a record in its list."""
        if row:
            self._session.record_wanted.emit(entity, row)

    def new(self, known: Mapping[str, str | Link], made: Callable[[int], object]) -> None:
        """Ask for a new task; what its place means is filled in."""
        from ui.dialogs.new_task import NewTask

        dialog = NewTask(self._session, self._over, known=known)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.made.connect(made)
        dialog.open()

    def assign(self, tasks: Sequence[int]) -> None:
        """Propose who gets tasks."""
        from ui.dialogs.assign import open_assign

        open_assign(self._session, [("task", one) for one in tasks], self._over)

    def remove(self, entity: str, rows: Sequence[int]) -> None:
        """Move records to the recycle bin."""

        def act(change: Change) -> None:
            change.remove(entity, rows)

        if len(rows) == 1:
            reason = tr(N_("Remove {record}"), record=self.label(entity, rows[0]))
        else:
            reason = ntr("Remove {n} record", "Remove {n} records", len(rows))
        self._session.write(reason, act, offer_undo=True)

    def label(self, entity: str, row: int) -> str:
        """What a record is called."""
        book = self._session.book
        return book.label(entity, row) or book.public_id(entity, row)

    def link(self, entity: str, row: int) -> Link:
        """A link to a record, as forms take it."""
        return Link(row, self._session.book.label(entity, row))

    def status(self, code: str) -> str:
        """A status as forms take it."""
        found = self._session.book.schema.entity("task").field("status").choice(code)
        return found.text() if found is not None else code

    # -- moves -------------------------------------------------------------------------------------

    def put(
        self, group: str, tasks: Sequence[int], key: str | int, name: str, on: date, done: Done
    ) -> None:
        """Put tasks into a column of the board; of what is blocked it is asked why and what would help."""
        if group == "status" and key == "blocked":
            self.ask_blocked(tasks[0], done)
            return
        told = moving.told_put(self._session.book, group, list(tasks), key, name)

        def act(change: Change) -> None:
            moving.put(change, group, tasks, key, on)

        if group == "owner" and key:
            self._give(told, act, int(key), tasks[0], on)
        else:
            self._session.write(told, act, offer_undo=True)
        done()

    def ask_blocked(self, task: int, done: Done) -> None:
        """Ask what blocks a task and what would help; the one place that does."""
        from ui.dialogs.blocked import Blocked

        dialog = Blocked(self._session, task, self._over)
        dialog.accepted.connect(done)
        dialog.open()

    def move_due(self, entity: str, row: int, to: date, on: date) -> bool:
        """Move a task or follow-up to another day; of a follow-up its old day is kept, too."""
        told = moving.told_day(self.label(entity, row), to, on)
        if entity == "follow_up_plan":
            return self._move_plan(row, to, told)

        def act(change: Change) -> None:
            moving.move_due(change, row, to)

        return self._session.write(told, act, offer_undo=True)

    def _move_plan(self, plan: int, to: date, told: str) -> bool:
        from models.following import plans

        try:
            plans.move(self._session.book, plan, to, "")
        except Refused as refused:
            self._session.refused.emit(str(refused))
            return False
        self._session.said.emit(told, self._session.book.last_change)
        return True

    def set_due(self, task: int, due: date, on: date) -> bool:
        """Make a task end on another day."""
        told = moving.told_due(self.label("task", task), due, on)

        def act(change: Change) -> None:
            moving.set_due(change, task, due)

        return self._session.write(told, act, offer_undo=True)

    def move_bar(
        self, group: str, task: int, days: int, lane: int | None, name: str, on: date
    ) -> bool:
        """Move a task along the days, to another lane, or both; ``lane`` None is the one it is in."""
        label = self.label("task", task)
        if days:
            parts = [moving.told_days(days), *([name] if lane is not None else [])]
            told = tr(N_("Move {task}: {days}"), task=label, days=tr(N_(", ")).join(parts))
        else:
            told = moving.told_put(self._session.book, group, [task], lane or 0, name)

        def act(change: Change) -> None:
            if days:
                moving.move_bar(change, task, days)
            if lane is not None:
                moving.put(change, group, [task], lane, on)

        if group == "owner" and lane:
            return self._give(told, act, lane, task, on, days)
        return self._session.write(told, act, offer_undo=True)

    def step_bar(self, task: int, by: int, on: date) -> bool:
        """Move a task by so many working days."""
        told = tr(
            N_("Move {task}: {days}"),
            task=self.label("task", task),
            days=moving.told_working_days(by),
        )
        book = self._session.book

        def act(change: Change) -> None:
            moving.step_bar(change, book, task, by)

        return self._session.write(told, act, offer_undo=True)

    def _give(
        self,
        told: str,
        act: Callable[[Change], object],
        person: int,
        task: int,
        on: date,
        days: int = 0,
    ) -> bool:
        """Give work to somebody; that they are away or leave is never passed over in silence.

        Looked at is the day on which the task will be due, so many days after the one that it is due
        now; if that is over or not known, ``on``.
        """
        due = self._session.book.record("task", task)["due"]
        day = max(due + timedelta(days=days), on) if isinstance(due, date) else on
        concern = moving.concern(self._session.book, person, day)
        if concern:
            told = tr(N_("{act}. Note: {concern}"), act=told, concern=concern)
        return self._session.write(told, act, offer_undo=True)

    # -- menus -------------------------------------------------------------------------------------

    def menu(self, acts: Sequence[Act | None], place: QPoint) -> QMenu:
        """Offer acts; None is a line between them."""
        menu = QMenu(self._over)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._menu_acts.clear()
        self.fill(menu, acts)
        menu.triggered.connect(self._chosen)
        menu.popup(place)
        return menu

    def fill(self, menu: QMenu, acts: Sequence[Act | None]) -> None:
        """Put acts into a menu."""
        for one in acts:
            if one is None:
                menu.addSeparator()
                continue
            text, act, key, usable = one
            if not callable(act):
                self.fill(menu.addMenu(text.replace("&", "&&")), act)
                continue
            made = QAction(text.replace("&", "&&"), menu)
            made.setEnabled(usable)
            if key:
                made.setShortcut(QKeySequence(key))
                made.setShortcutVisibleInContextMenu(True)
            menu.addAction(made)
            self._menu_acts[made] = act

    def _chosen(self, action: QAction) -> None:
        act = self._menu_acts.get(action)
        if act is not None:
            act()
