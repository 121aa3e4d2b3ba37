"""The goal tree: company, teams and people, how far each goal is, and the goal beside it."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QVBoxLayout, QWidget

from models.book import Notice
from models.describe.kinds import Link
from models.texts import N_, ntr, tr
from ui import theme
from ui.pages.behind import Behind
from ui.pages.goal_pane import GoalPane
from ui.pages.goal_tree_model import Column, GoalTreeModel, TwoLines
from ui.pages.pace_head import PaceHead
from ui.pages.pace_reader import PaceReader
from ui.records.empty_state import EmptyState
from ui.records.split import DetailSplit
from ui.session import Session

_ENTITY = "goal"
_OPEN = 200  # goals up to which the whole tree is open at first
_WIDTHS = {
    Column.VALUE: 118, Column.PROGRESS: 142, Column.STATUS: 78, Column.LEFT: 94,
}  # fmt: skip
_LEAST = 150  # points of the first column


class _Tree(QTreeView):
    """A tree whose first column takes the room that the others leave, and never less than names need."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room anew."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Give the columns their widths."""
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, theme.scaled(width))
        room = self.viewport().width() - sum(map(theme.scaled, _WIDTHS.values()))
        self.setColumnWidth(Column.GOAL, max(room, theme.scaled(_LEAST)))


class GoalTree(QWidget):
    """Goals as a tree beside the one that is chosen."""

    open_records = Signal(str, object)
    import_wanted = Signal()

    def __init__(self, session: Session, reader: PaceReader, parent: QWidget) -> None:
        super().__init__(parent)
        self.session, self.reader = session, reader
        self.behind = Behind(session, self)
        self.behind.found.connect(self.open_records)
        self.head = PaceHead(session, reader, self)
        self.records_button = self.head.add_button()
        self.split_button = self.head.add_button()
        self.new_button = self.head.add_button(primary=True)
        self.model = GoalTreeModel(session.book.currency, self)
        self.tree = _Tree(self)
        self.tree.setModel(self.model)
        self.tree.setItemDelegate(TwoLines(self.tree))
        self.tree.setUniformRowHeights(True)
        self.tree.setAllColumnsShowFocus(True)
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.tree.setExpandsOnDoubleClick(False)
        self.tree.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.empty = EmptyState(self)
        self.detail = GoalPane(session, self)
        self.split = DetailSplit(session.settings, self)
        left = QWidget(self.split)
        inside = QVBoxLayout(left)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.tree, 1)
        inside.addWidget(self.empty, 1)
        self.split.addWidget(left)
        self.split.addWidget(self.detail)
        self.split.setStretchFactor(0, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 12, 8)
        box.setSpacing(8)
        box.addWidget(self.head)
        box.addWidget(self.split, 1)
        self._wanted = 0  # a goal that is to be chosen when it is there
        self._open: set[int] | None = None  # the goals whose parts are seen; None: as at first
        self._connect()

    def _connect(self) -> None:
        self.tree.selectionModel().currentRowChanged.connect(self._chosen)
        self.tree.activated.connect(self._activated)
        self.tree.expanded.connect(self._opened)
        self.tree.collapsed.connect(self._closed)
        self.new_button.clicked.connect(self.add)
        self.split_button.clicked.connect(self.ask_split)
        self.records_button.clicked.connect(self.show_behind)
        self.empty.wanted.connect(self._help)
        self.reader.changed.connect(self._show)
        self.reader.asked.connect(self._wait)
        self.reader.watch(self)
        self.session.news.connect(self._heard)
        self.detail.replaced.connect(self.bring)
        self.detail.show_record(0)

    def retranslate(self) -> None:
        """Show everything in the current language and theme."""
        self.head.retranslate()
        self.tree.setAccessibleName(tr(N_("Goal tree")))
        for button, text in (
            (self.records_button, tr(N_("Records behind it"))),
            (self.split_button, tr(N_("Split…"))),
            (self.new_button, tr(N_("New goal"))),
        ):
            button.setText(text)
            button.setAccessibleName(text)
        self.detail.retranslate()
        self._fit()
        self._show()

    def _fit(self) -> None:
        head = self.tree.header()
        head.setStretchLastSection(False)
        head.setMinimumSectionSize(theme.scaled(60))
        self.tree.fit()
        self.tree.setIndentation(theme.scaled(16))

    def showEvent(self, event: QShowEvent) -> None:
        """Read when first shown; follow what was written meanwhile."""
        super().showEvent(event)
        self._show()
        self.reader.need()

    def _heard(self, notice: Notice) -> None:
        self.detail.heard(notice)

    def _wait(self) -> None:
        self.head.say(tr(N_("Computing…")))

    # -- showing -----------------------------------------------------------------------------------

    def _show(self) -> None:
        if not self.isVisible():
            return  # it is shown when it is looked at
        self.head.show_choice()
        self.detail.look_on(self.reader.day)
        seen = self.reader.seen
        if seen is None:
            self._enable()
            self._say_empty()
            return
        chosen = self.goal
        if self.model.show(seen):
            self._reopen()
            if self.model.index_of(self._wanted).isValid():
                chosen, self._wanted = self._wanted, 0
            self.choose(chosen)
        n = len(seen.standings)
        said = ntr("{n} goal", "{n} goals", n)
        self.head.say(said if seen.chances else tr(N_("{goals} · chances…"), goals=said))
        self.tree.setVisible(n > 0)
        self.empty.setVisible(n == 0)
        self._enable()
        if not n:
            self.detail.show_record(0)
            self._say_empty()

    def _say_empty(self) -> None:
        seen = self.reader.seen
        self.tree.setVisible(False)
        self.empty.setVisible(True)
        if self.reader.fault:
            self.empty.say(self.reader.fault)
        elif seen is None:
            self.empty.say(tr(N_("Computing…")))
        elif seen.goals:
            text = N_("No goal in this time; the book has {n}. Choose another period or day.")
            self.empty.say(tr(text, n=f"{seen.goals:,}"), self._latest())
        else:
            self.head.say("")
            text = tr(
                N_(
                    "No goals yet. Add the first one; or drop a sheet of targets, months side by side, onto the window; or set a company goal and split it by what was sold before."
                )
            )
            self.empty.say(text, tr(N_("Import spreadsheets…")))

    def _latest(self) -> str:
        seen = self.reader.seen
        assert seen is not None
        return tr(N_("Show {period}"), period=seen.periods[0].text()) if seen.periods else ""

    def _help(self) -> None:
        seen = self.reader.seen
        if seen is not None and seen.goals and seen.periods:
            self.reader.choose(seen.periods[0].label, self.reader.day)
        else:
            self.import_wanted.emit()

    def _reopen(self) -> None:
        """Open what was open; at first everything, of many goals only the uppermost."""
        seen = self.reader.seen
        assert seen is not None
        if self._open is None:
            if len(seen.standings) <= _OPEN:
                self.tree.expandAll()
            else:
                self.tree.expandToDepth(0)
            return
        for goal in seen.children:
            self.tree.setExpanded(self.model.index_of(goal), goal in self._open)

    def _opened(self, index: QModelIndex) -> None:
        if self._open is not None:
            self._open.add(self.model.goal(index))

    def _closed(self, index: QModelIndex) -> None:
        seen = self.reader.seen
        if self._open is None and seen is not None:
            self._open = {
                one for one in seen.children if self.tree.isExpanded(self.model.index_of(one))
            }
        if self._open is not None:
            self._open.discard(self.model.goal(index))

    # -- the chosen goal ---------------------------------------------------------------------------

    @property
    def goal(self) -> int:
        """The goal that is chosen, 0 for none."""
        return self.model.goal(self.tree.currentIndex())

    def choose(self, goal: int) -> None:
        """Choose a goal of the tree; one that isn't there chooses nothing."""
        index = self.model.index_of(goal)
        flags = QItemSelectionModel.SelectionFlag
        self.tree.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        if index.isValid():
            self.tree.scrollTo(index)
        elif self.detail.id and self.detail.id != self._wanted:
            self.detail.show_record(0)

    def _chosen(self, index: QModelIndex) -> None:
        goal = self.model.goal(index)
        self._enable()
        if goal != self.detail.id:
            self.detail.show_record(goal)

    def _enable(self) -> None:
        seen = self.reader.seen
        one = seen.standings.get(self.goal) if seen is not None else None
        self.records_button.setEnabled(one is not None)
        self.split_button.setEnabled(
            one is not None and one.what is not None and one.target is not None
        )

    def ask_split(self) -> None:
        """Split the chosen goal over people and time."""
        from ui.dialogs.cascade_dialog import CascadeDialog

        if self.split_button.isEnabled():
            dialog = CascadeDialog(self.session, self.goal, self, self.reader.day)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

    def _activated(self, index: QModelIndex) -> None:
        self.show_behind()

    def show_behind(self) -> None:
        """Show the records that a goal counts."""
        if self.goal:
            self.behind.ask(self.reader, self.goal)

    def add(self) -> None:
        """A new goal; part of the chosen one, if there is one."""
        from ui.dialogs.new_goal import NewGoal

        book = self.session.book
        fields = book.schema.entity(_ENTITY)
        known: dict[str, str | Link] = {
            name: choice.text()
            for name, code in (("level", "person"), ("status", "draft"))
            if (choice := fields.field(name).choice(code)) is not None
        }
        if self.goal:
            known["parent"] = Link(self.goal, book.label(_ENTITY, self.goal))
            known["period"] = str(book.record(_ENTITY, self.goal)["period"] or "")
        dialog = NewGoal(self.session, self, known, self.reader.day)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.made.connect(self.bring)
        dialog.open()

    def bring(self, goal: int) -> None:
        """Choose a goal that was just made, at once or when the tree has it."""
        self.detail.show_record(goal)
        if self.model.index_of(goal).isValid():
            self.choose(goal)
        else:
            self._wanted = goal
