"""Tasks on a board by state, person or project, between whose columns they are dragged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QPoint, QSignalBlocker
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from models.describe.kinds import Link
from models.money import plain
from models.tasks import board
from models.tasks.states import may_follow
from models.tasks.view_rows import TaskRow, short_day, status_text
from models.texts import N_, ntr, tr
from ui.pages.card_board import CardBoard, Shown
from ui.pages.cards import Face, Line
from ui.pages.task_acts import Act
from ui.pages.task_filter import TaskFilter
from ui.pages.task_look import edge
from ui.pages.task_view import TaskView
from ui.session import Session

_KEPT = "board_group"
_FOLDS = "board_folds"


def face(task: TaskRow, group: str, on: date) -> Face:
    """What the card of a task shows: title, customer, when, whose or how far, what blocks it."""
    lines = [Line(task.title)]
    if task.customer_name:
        lines.append(Line(task.customer_name, tone="muted"))
    if task.blocked and task.status == "blocked":
        lines.append(Line(task.blocked, tone="warning"))
    said = [_due(task, on)]
    if task.effort:
        said.append(tr(N_("{n} h"), n=plain(task.effort)))
    if task.steps:
        said.append(f"✓ {task.steps_done}/{task.steps}")
    beside = status_text(task.status) if group == "owner" else task.owner_name
    text = "  ".join(one for one in said if one)
    if text or beside:
        tone = "danger" if task.late(on) else "text"
        lines.append(Line(text, beside, tone))
    return Face(task.id, tuple(lines), task.told(on), edge(task.status, late=task.late(on)))


def _due(task: TaskRow, on: date) -> str:
    if task.due is None:
        return ""
    return tr(N_("Today")) if task.due == on and not task.closed else short_day(task.due, on)


class TaskBoard(TaskView):
    """The board as a tab of the tasks."""

    def __init__(self, session: Session, filter: TaskFilter, parent: QWidget) -> None:
        super().__init__(session, filter, parent)
        self.group = str(filter.kept(_KEPT, board.GROUPS[0]))
        if self.group not in board.GROUPS:
            self.group = board.GROUPS[0]
        self._group_label, self.group_choice = QLabel(self), QComboBox(self)
        self.group_choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.group_choice.activated.connect(self._grouped)
        self.head.add_choice(self._group_label, self.group_choice)
        self._hint = QLabel(self)
        self._hint.setObjectName("muted")
        self.head.own.addWidget(self._hint)
        self.board = CardBoard(self, folds=True)
        self.board.may = self._may
        self.box.insertWidget(1, self.board, 1)
        self.board.moved.connect(self._moved)
        self.board.opened.connect(self._open)
        self.board.listed.connect(self._list)
        self.board.folded_by_hand.connect(self._folded)
        self.board.new_wanted.connect(self._new_in)
        self.board.remove_wanted.connect(self._remove)
        self.board.menu_wanted.connect(self._menu)
        self._names: dict[str | int, str] = {}
        self._focus: tuple[int, str | int] | None = None

    def body(self) -> QWidget:
        """The columns."""
        return self.board

    def retranslate(self) -> None:
        """Show everything in the current language and theme."""
        text = tr(N_("Columns by"))
        self._group_label.setText(text)
        self.group_choice.setAccessibleName(text)
        with QSignalBlocker(self.group_choice):
            self.group_choice.clear()
            for code, name in (
                ("status", tr(N_("Status"))),
                ("owner", tr(N_("Owner"))),
                ("project", tr(N_("Project"))),
            ):
                self.group_choice.addItem(name, code)
            self.group_choice.setCurrentIndex(self.group_choice.findData(self.group))
        hint = tr(N_("Drag a card to another column, or press Ctrl with → or ←."))
        self._hint.setText(hint)
        super().retranslate()

    # -- reading -----------------------------------------------------------------------------------

    def work(self, on: date) -> Callable[[], board.Board]:
        """Reads the columns."""
        book, asked, group = self.session.book, self.filter.asked, self.group
        return lambda: board.board(book, asked, group, on)

    def show_found(self, found: board.Board) -> int:
        """Show the columns."""
        on = self.today
        self._names = {one.key: one.name for one in found.columns}
        self.board.show_columns([self._shown(one, found.group, on) for one in found.columns])
        if self._focus is not None:
            id, key = self._focus
            self._focus = None
            self.board.focus_card(id, key)
        text = ntr("{n} task", "{n} tasks", found.count)
        if found.more:
            more = ntr(
                "{n} more column: narrow the choice",
                "{n} more columns: narrow the choice",
                found.more,
            )
            text = f"{text}  ·  {more}"
        self.head.say(text)
        return found.count

    def _shown(self, column: board.Column, group: str, on: date) -> Shown:
        said = [ntr("{n} task", "{n} tasks", column.count)]
        if column.late:
            said.append(tr(N_("{n} overdue"), n=f"{column.late:,}"))
        if column.hours:
            said.append(tr(N_("{n} h"), n=plain(column.hours)))
        faces = tuple(face(one, group, on) for one in column.cards)
        folded = self._folds().get(str(column.key), column.quiet) if group == "status" else False
        return Shown(column.key, column.name, "  ·  ".join(said), column.count, faces, bool(folded))

    def _folds(self) -> dict[str, bool]:
        kept: dict[str, bool] = self.filter.kept(_FOLDS, {})
        return kept

    def _folded(self, key: str | int, folded: bool) -> None:
        self.filter.keep(**{_FOLDS: {**self._folds(), str(key): folded}})

    def _grouped(self) -> None:
        self.group = str(self.group_choice.currentData())
        self.filter.keep(**{_KEPT: self.group})
        self.refresh()

    def _may(self, mover: object, to: object) -> bool:
        return self.group != "status" or may_follow(str(mover), str(to))

    # -- acts --------------------------------------------------------------------------------------

    def _moved(self, tasks: Sequence[int], key: str | int) -> None:
        def done() -> None:
            self._focus = tasks[0], key

        self._focus = tasks[0], key
        self.acts.put(self.group, tasks, key, self._names.get(key, ""), self.today, done)

    def _open(self, task: int) -> None:
        self.acts.open("task", task)

    def _remove(self, task: int) -> None:
        self.acts.remove("task", [task])

    def add(self) -> None:
        """A new task in the column that has the focus."""
        current = self.board.current()
        key = current[0] if current is not None else None
        if isinstance(key, str | int):
            self._new_in(key)
        else:
            self._ask_new({})

    def _new_in(self, key: str | int) -> None:
        known: dict[str, str | Link] = {}
        if self.group == "status":
            known["status"] = self.acts.status(str(key))
        elif key:
            entity = "salesperson" if self.group == "owner" else "project"
            known[self.group] = self.acts.link(entity, int(key))
        self._ask_new(known)

    def _ask_new(self, known: dict[str, str | Link]) -> None:
        asked = self.filter.asked
        for name, entity, row in (
            ("owner", "salesperson", asked.person),
            ("project", "project", asked.project),
        ):
            if row and name not in known:
                known[name] = self.acts.link(entity, row)
        self.acts.new(known, self._made)

    def _made(self, task: int) -> None:
        record = self.session.book.record("task", task)
        found = record[self.group]
        key = found.id if isinstance(found, Link) else found or 0
        self._focus = task, key

    def _list(self, key: str | int) -> None:
        """All tasks of a column as a list."""
        ids = board.column_ids(self.session.book, self.filter.asked, self.group, key, self.today)
        self.shown_list(self._names.get(key, ""), "task", ids)

    def _menu(self, key: str | int, task: int, place: QPoint) -> None:
        acts: list[Act | None] = []
        if task:
            acts += [(tr(N_("Open the record")), partial(self._open, task), "Return", True), None]
            others = [
                one for one in self._names.items() if one[0] != key and self._may(key, one[0])
            ]
            inside = [
                (name, partial(self._moved, [task], other), "", True) for other, name in others
            ]
            acts += [
                (tr(N_("Move to")), inside, "", True),
                (tr(N_("Assign…")), partial(self.acts.assign, [task]), "", True),
                None,
            ]
        acts.append((tr(N_("New task here")), partial(self._new_in, key), "N", True))
        if task:
            acts.append((tr(N_("Remove")), partial(self._remove, task), "Del", True))
        self.acts.menu(acts, place)
