"""Workbooks that came back: the files at the left, the changes of the chosen one at the right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from models.texts import N_, ntr, tr
from models.workbooks.items import LEAVE, MINE, OTHER, THEIRS
from ui import files, help_pages, theme
from ui.flow import Flow
from ui.pages.watched_folder import WatchedFolder
from ui.pages.workbook_detail import EntryDetail
from ui.pages.workbook_entries import Entry
from ui.pages.workbook_files import SlipList
from ui.pages.workbook_outcome import Outcome
from ui.pages.workbook_slip import DONE, READY, Slip
from ui.pages.workbook_tree import TICK, EntryTree
from ui.records.empty_state import EmptyState
from ui.session import Session
from ui.workbook_desk import Desk

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv")


class _Parts(QSplitter):
    """The changes above, the chosen one below: as much for it as it asks, but never the larger half.

    Until somebody shares the height otherwise.
    """

    def __init__(self, detail: QWidget, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._detail, self._dragged = detail, False
        self.setChildrenCollapsible(False)
        self.splitterMoved.connect(self._moved)

    def _moved(self, _place: int, _number: int) -> None:
        self._dragged = True

    def share(self) -> None:
        """Share the height."""
        if not self._dragged:
            every, layout = self.height(), self._detail.layout()
            asked = layout.totalHeightForWidth(self.width()) if layout is not None else 0
            lower = min(asked + theme.scaled(4), every * 3 // 5)
            self.setSizes([every - lower, lower])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another height is shared anew."""
        super().resizeEvent(event)
        self.share()


class Returned(QWidget):
    """The review."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.session = session
        self.desk = Desk.of(session)
        help_pages.offer(self, "workbooks")
        self.setAcceptDrops(True)
        self.add_button, self.folder_button = QPushButton(self), QPushButton(self)
        self.all_button, self.safe_button = QPushButton(self), QPushButton(self)
        self.aside_button, self.apply_button = QPushButton(self), QPushButton(self)
        self.apply_button.setProperty("primary", True)
        self.count, self.head, self.sums = QLabel(self), QLabel(self), QLabel(self)
        self.only = QCheckBox(self)
        self.watched = WatchedFolder(session, self)
        self.list = SlipList(self)
        self.tree = EntryTree(self)
        self.detail = EntryDetail(session, self)
        self.outcome = Outcome(self)
        self.empty = EmptyState(self)
        self._shown: tuple[str, object] = ("", None)
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        self.count.setObjectName("muted")
        self.head.setObjectName("heading")
        self.sums.setObjectName("muted")
        self.sums.setWordWrap(True)
        top = QHBoxLayout()
        flow = Flow(from_left=True)
        for one in (self.add_button, self.folder_button, self.all_button):
            flow.addWidget(one)
        top.addLayout(flow, 1)
        top.addWidget(self.count)
        self.right = QStackedWidget(self)
        self.right.addWidget(self._changes())
        self.right.addWidget(self.outcome)
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.list)
        self.split.addWidget(self.right)
        self.split.setStretchFactor(1, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 12, 8)
        box.setSpacing(8)
        box.addLayout(top)
        box.addWidget(self.watched)
        box.addWidget(self.split, 1)
        box.addWidget(self.empty, 1)

    def _changes(self) -> QWidget:
        page = QWidget(self)
        line = QHBoxLayout()
        line.addWidget(self.head, 1)
        line.addWidget(self.only)
        foot = Flow()
        for one in (self.aside_button, self.safe_button, self.apply_button):
            foot.addWidget(one)
        below = QScrollArea(
            page
        )  # large text on a low window: it scrolls rather than being squeezed
        below.setWidget(self.detail)
        below.setWidgetResizable(True)
        below.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        below.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.parts = _Parts(self.detail, page)
        self.parts.addWidget(self.tree)
        self.parts.addWidget(below)
        self.parts.setStretchFactor(0, 1)
        box = QVBoxLayout(page)
        box.setContentsMargins(8, 0, 0, 0)
        box.setSpacing(6)
        box.addLayout(line)
        box.addWidget(self.sums)
        box.addWidget(self.parts, 1)
        box.addLayout(foot)
        return page

    def _connect(self) -> None:
        self.desk.changed.connect(self._show)
        self.desk.applied.connect(self._was_applied)
        self.add_button.clicked.connect(self.ask_files)
        self.folder_button.clicked.connect(self.ask_folder)
        self.watched.stopped.connect(self.folder_button.setFocus)
        self.all_button.clicked.connect(self.accept_all)
        self.safe_button.clicked.connect(self.accept_safe)
        self.aside_button.clicked.connect(self.put_aside)
        self.apply_button.clicked.connect(self.apply)
        self.only.toggled.connect(self._narrow)
        self.list.currentRowChanged.connect(self._chosen)
        self.list.aside_wanted.connect(self.put_aside)
        self.list.entered.connect(self.tree.setFocus)
        self.tree.selectionModel().currentRowChanged.connect(self._entry_chosen)
        self.tree.decided.connect(self.decide)
        self.tree.rows.ticked.connect(self._say)
        self.tree.said.connect(self._to_comment)
        self.tree.next_wanted.connect(self._next)
        self.tree.opened.connect(self._open)
        self.tree.apply_wanted.connect(self._apply_by_key)
        self.tree.menu_wanted.connect(self._menu)
        self.tree.doubleClicked.connect(self._open)
        self.detail.decided.connect(self.decide)
        self.detail.said.connect(self._comment)
        self.detail.left.connect(self.tree.setFocus)
        self.outcome.wanted.connect(self._answer)
        self.outcome.undo_wanted.connect(self._undo)
        self.outcome.aside_wanted.connect(self.put_aside)
        self.empty.wanted.connect(self.ask_files)

    def retranslate(self) -> None:
        """Show everything in the current language and theme."""
        for button, text in (
            (self.add_button, N_("Add files…")),
            (self.folder_button, N_("Watched folder…")),
            (self.all_button, N_("Accept all safe ones of all files")),
            (self.safe_button, N_("Accept all safe ones")),
            (self.aside_button, N_("Put aside")),
            (self.only, N_("Only what is to be decided")),
        ):
            button.setText(tr(text))
            button.setAccessibleName(tr(text))
        self.safe_button.setToolTip(tr(N_("Write what needs no decision, as one change; what is asked stays open.")))  # fmt: skip
        self.apply_button.setToolTip(tr(N_("Write it as one change (Ctrl+Enter)")))
        self.aside_button.setToolTip(tr(N_("Take the file from this list; nothing is written (Delete)")))  # fmt: skip
        self.list.setAccessibleName(tr(N_("Returned workbooks")))
        self.tree.setAccessibleName(tr(N_("Changes of the workbook")))
        self.list.setMinimumWidth(theme.scaled(200))
        self.tree.setIndentation(theme.scaled(14))
        self.tree.setMinimumHeight(theme.scaled(120))
        self.parts.share()
        self.watched.retranslate()
        self.detail.retranslate()
        self.outcome.retranslate()
        self._shown = ("", None)
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Another size of text: lines are as high as it asks."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "tree"):
            self.detail.retranslate()
            self.list.doItemsLayout()
            self.parts.share()
            self.tree.fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the book while it is looked at."""
        super().showEvent(event)
        self.desk.watch(seen=True)
        self._show()

    def hideEvent(self, event: QHideEvent) -> None:
        """…and only then."""
        super().hideEvent(event)
        self.desk.watch(seen=False)

    # -- what is shown -----------------------------------------------------------------------------

    @property
    def slip(self) -> Slip | None:
        """The slip that is chosen."""
        return self.desk.slip(self.list.key)

    def _show(self) -> None:
        slips = self.desk.slips
        self.split.setVisible(bool(slips))
        self.empty.setVisible(not slips)
        if not slips:
            self.empty.say(
                tr(
                    N_(
                        "No workbook has come back. Drop the files that people sent onto this window, add them here, or choose a folder in which new ones are noticed by themselves."
                    )
                ),
                tr(N_("Add files…")),
            )
        self.list.show_slips(slips)
        self._count()
        self._chosen()

    def _count(self) -> None:
        slips = [one for one in self.desk.slips if one.ready]
        waiting = sum(one.undecided for one in slips)
        listed = ntr("{n} workbook", "{n} workbooks", len(self.desk.slips))
        said = tr(N_("{workbooks} · {n} to decide"), workbooks=listed, n=f"{waiting:,}")
        self.count.setText(said if self.desk.slips else "")
        self.all_button.setEnabled(
            not self.desk.busy and any(one.path is not None and one.safe for one in slips)
        )

    def _chosen(self, _: int = 0) -> None:
        slip = self.slip
        shows = slip is not None and slip.state == READY and bool(slip.entries)
        self.right.setCurrentIndex(0 if shows else 1)
        if slip is not None and not shows:
            self.outcome.show_slip(slip)
        if not shows:
            self.tree.show_slip(None, only_asked=False)
            self._shown = ("", None)
            self.detail.show_entry(None, None)
            return
        assert slip is not None
        fresh = (slip.key, slip.entries)
        if self._shown[0] != fresh[0] or self._shown[1] is not fresh[1]:
            self._shown = fresh
            self.tree.show_slip(slip, only_asked=self.only.isChecked())
        self._say()

    def _narrow(self, _: bool) -> None:
        self._shown = ("", None)
        self._chosen()

    def _say(self, _: str = "") -> None:
        """What is decided so far, and what applying it would write."""
        slip = self.slip
        if slip is None or not slip.ready:
            return
        about = slip.issued_text(date.today())
        where = slip.path.name if slip.path is not None else ""
        self.head.setText(slip.title)
        parts = [where, about, slip.counts_text()]
        if slip.declined:
            parts.append(ntr("{n} declined", "{n} declined", slip.declined))
        self.sums.setText("  ·  ".join(one for one in parts if one))
        self._label_apply(slip)
        self.detail.show_entry(slip, self.tree.entry)
        self.list.show_slips(self.desk.slips)
        self._count()

    def _label_apply(self, slip: Slip) -> None:
        of_file = slip.path is not None
        open_ = slip.undecided
        if not of_file:
            decided = sum(one.asked for one in slip.entries) - open_
            text = ntr("Write {n} decision", "Write {n} decisions", decided)
            able = decided > 0
        else:
            written = slip.changes - slip.declined - open_
            text = ntr("Apply {n} change", "Apply {n} changes", written)
            if open_:
                text = tr(N_("{apply}, {n} stay open"), apply=text, n=f"{open_:,}")
            able = slip.changes > 0
        self.apply_button.setText(text)
        self.apply_button.setAccessibleName(text)
        free = not self.desk.busy
        self.apply_button.setEnabled(able and free)
        self.safe_button.setVisible(of_file)
        self.safe_button.setEnabled(slip.safe > 0 and free)
        self.aside_button.setVisible(of_file)

    def _entry_chosen(self) -> None:
        self.detail.show_entry(self.slip, self.tree.entry)
        self.parts.share()

    # -- what is done ------------------------------------------------------------------------------

    def ask_files(self) -> None:
        """Ask for files that came back."""
        listed = " ".join("*" + one for one in WORKBOOKS)
        kinds = tr(N_("Workbooks")) + f" ({listed})"
        self.add(files.ask_open(self, tr(N_("Add files…")), kinds, several=True))

    def add(self, paths: Sequence[Path]) -> None:
        """Read files; the first of them is chosen."""
        if not paths:
            return
        self.desk.add(paths)
        self.list.choose(str(paths[0].absolute()))
        self.list.setFocus()

    def ask_folder(self) -> None:
        """Choose the folder in which new files are noticed."""
        from ui.workbook_watch import Watch

        Watch.of(self.session).ask(self)

    def decide(self, act: str) -> None:
        """Decide the line that is chosen, then go to the next open one."""
        slip, entry = self.slip, self.tree.entry
        if slip is None or entry is None or not slip.ready:
            return
        if act == TICK:
            act = LEAVE if entry.asked else (THEIRS if slip.taken(entry) == MINE else MINE)
            self._decided(slip, entry, act)
        elif act == OTHER:
            self._ask_value(slip, entry)
        elif self._decided(slip, entry, act) and entry.asked:
            self._next()

    def _decided(self, slip: Slip, entry: Entry, take: str, value: str = "") -> bool:
        if not slip.decide(entry, take, value):
            return False
        self.tree.rows.tell(entry.id)
        self._say()
        return True

    def _ask_value(self, slip: Slip, entry: Entry) -> None:
        from ui.dialogs.other_value import OtherValue

        if OTHER not in entry.can:
            return
        field = (entry.entity, entry.name)
        dialog = OtherValue(self.session, entry.label, field, (entry.mine, entry.theirs), self)

        def given(value: str) -> None:
            if self._decided(slip, entry, OTHER, value) and entry.asked:
                self._next()

        dialog.given.connect(given)
        dialog.open()

    def _next(self) -> None:
        self.tree.go_on()
        self.tree.setFocus()

    def _comment(self, text: str) -> None:
        slip, entry = self.slip, self.detail.entry
        if slip is not None and entry is not None:
            slip.say(entry, text)
            self._say()

    def _to_comment(self) -> None:
        self.detail.comment.setFocus()
        self.detail.comment.selectAll()

    def _open(self) -> None:
        entry = self.tree.entry
        if entry is not None and entry.row is not None:
            self.session.record_wanted.emit(entry.entity, entry.row)

    def apply(self) -> None:
        """Write what is safe and decided of the chosen file; what is not decided stays open."""
        if self.slip is not None:
            self.desk.apply([self.slip])

    def _apply_by_key(self) -> None:
        if self.apply_button.isEnabled():
            self.apply()

    def accept_safe(self) -> None:
        """Write all safe ones of the chosen file, declined ones too."""
        if self.slip is not None:
            self.slip.accept_safe()
            self.desk.apply([self.slip])

    def accept_all(self) -> None:
        """Write all safe ones of all files, each file as one change."""
        slips = [one for one in self.desk.slips if one.path is not None and one.ready and one.safe]
        for one in slips:
            one.accept_safe()
        self.desk.apply(slips)

    def put_aside(self) -> None:
        """Take the chosen file from the list; nothing is written."""
        if self.slip is not None and self.slip.path is not None:
            self.desk.put_aside(self.slip)

    def _was_applied(self, slips: Sequence[Slip]) -> None:
        if len(slips) == 1:
            self.list.choose(slips[0].key)

    def _answer(self) -> None:
        """Issue the next workbook of whoever was applied: it says what became of what came back."""
        people = {one.person: None for one in self.desk.slips if one.state == DONE and one.person}
        slip = self.slip
        if slip is not None and slip.person:
            people = {slip.person: None}
        self.session.issue_wanted.emit(list(people))

    def _undo(self) -> None:
        if self.slip is not None and self.slip.change:
            self.session.undo(self.slip.change)

    def _menu(self, at: object) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for button in self.detail.buttons.values():
            if button.isVisible():
                action = QAction(button.text().replace("&", "&&"), menu)
                action.triggered.connect(button.click)
                menu.addAction(action)
        opened = QAction(tr(N_("Open record")), menu)
        opened.triggered.connect(self._open)
        opened.setEnabled(self.tree.entry is not None and self.tree.entry.row is not None)
        menu.addAction(opened)
        menu.popup(at)  # type: ignore[arg-type]

    # -- dropped files -----------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Workbooks may be dropped here."""
        if _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """What is dropped here is collected, whatever it is."""
        event.acceptProposedAction()
        self.add(_dropped(event))


def _dropped(event: QDropEvent) -> list[Path]:
    paths = [Path(one.toLocalFile()) for one in event.mimeData().urls() if one.isLocalFile()]
    return [one for one in paths if one.suffix.lower() in WORKBOOKS or one.is_dir()]
