"""One change of a workbook: both histories, the ways to decide it, each on a key, and a comment."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from models.book import Book
from models.progress import Progress
from models.texts import N_, tr
from models.workbooks import histories
from models.workbooks.histories import Step
from models.workbooks.items import ADD, CELL, LEAVE, MINE, OTHER, REMOVE, THEIRS
from ui import theme
from ui.flow import Flow
from ui.jobs import Latest
from ui.pages.workbook_entries import JOIN, PROBLEM, Entry
from ui.pages.workbook_slip import Slip
from ui.pages.workbook_tree import TICK
from ui.records.short_table import ShortTable
from ui.session import Session

_REST = 120  # ms that a line stays chosen before its histories are read
_ROWS = 3  # steps that are seen at once
_ACTS = (MINE, THEIRS, JOIN, OTHER, TICK)
_TEXTS = {
    JOIN: N_("Join both (J)"),
    OTHER: N_("Other value… (V)"),
    TICK: N_("Leave open (Space)"),
}
_Histories = tuple[list[Step], list[Step]]


class _Comment(QLineEdit):
    """A line that is left by Enter, and by Escape as it was; ``left`` says so."""

    left = Signal()
    before = ""  # what stood there when a line of the review was chosen

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter keeps what was typed, Escape gives it up."""
        if event.key() == Qt.Key.Key_Escape:
            self.setText(self.before)
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            self.left.emit()
        else:
            super().keyPressEvent(event)


class EntryDetail(QWidget):
    """Below the tree. ``decided`` carries what a button asks for, ``said`` a comment.

    ``left`` says that the comment is written, and that the keys belong to the changes again.
    """

    decided = Signal(str)
    said = Signal(str)
    left = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._slip: Slip | None = None
        self.entry: Entry | None = None
        self._latest = Latest(session.jobs, self)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._rest.timeout.connect(self._read)
        self.title, self.about = QLabel(self), QLabel(self)
        self.title.setObjectName("heading")
        self.about.setObjectName("muted")
        for one in (self.title, self.about):
            one.setTextFormat(Qt.TextFormat.PlainText)
            one.setWordWrap(True)
        self._heads = (QLabel(self), QLabel(self))
        self.tables = tuple(ShortTable(["", "", ""], [], "", 150) for _ in range(2))
        self.buttons = {act: QPushButton(self) for act in _ACTS}
        self.comment = _Comment(self)
        self.comment_label = QLabel(self)
        self.comment_label.setBuddy(self.comment)
        self._arrange()
        self.comment.editingFinished.connect(self._comment)
        self.comment.left.connect(self.left)
        for button in self.buttons.values():
            button.clicked.connect(self._clicked)
        self.retranslate()
        self.show_entry(None, None)

    def _arrange(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(2)
        for at, (head, table) in enumerate(zip(self._heads, self.tables, strict=True)):
            head.setObjectName("muted")
            head.setBuddy(table)
            grid.addWidget(head, 0, at)
            grid.addWidget(table, 1, at)
            grid.setColumnStretch(at, 1)
        self._acts = Flow(from_left=True)
        for button in self.buttons.values():
            self._acts.addWidget(button)
        line = QHBoxLayout()
        line.addWidget(self.comment_label)
        line.addWidget(self.comment, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 4, 0, 0)
        box.setSpacing(5)
        box.addWidget(self.title)
        box.addWidget(self.about)
        box.addLayout(grid)
        box.addLayout(self._acts)
        box.addLayout(line)
        box.addStretch(1)

    def retranslate(self) -> None:
        """Show everything in the current language and theme."""
        texts = (N_("In the book since it left"), N_("In the workbook"))
        for head, table, text in zip(self._heads, self.tables, texts, strict=True):
            head.setText(tr(text))
            table.setAccessibleName(tr(text))
            heads = [tr(one) for one in (N_("When"), N_("Who"), N_("What"))]
            table.setHorizontalHeaderLabels(heads)
            table.verticalHeader().setDefaultSectionSize(theme.row_height())
            table.setFixedHeight(
                _ROWS * theme.row_height() + table.horizontalHeader().sizeHint().height() + 6
            )
        self.comment_label.setText(tr(N_("Comment (C)")))
        self.comment.setAccessibleName(self.comment_label.text())
        self.comment.setPlaceholderText(tr(N_("What the salesperson is told about it")))
        self.show_entry(self._slip, self.entry)

    # -- what is shown -----------------------------------------------------------------------------

    def show_entry(self, slip: Slip | None, entry: Entry | None) -> None:
        """Show a line; None shows none."""
        other = entry is not self.entry or slip is not self._slip
        self._slip, self.entry = slip, entry
        self.title.setText(entry.title if entry is not None else "")
        self.about.setText(self._about())
        can = entry.can if entry is not None else frozenset()
        for act, button in self.buttons.items():
            if entry is not None:
                button.setText(_text(entry, act))
                button.setAccessibleName(button.text())
            able = act in can or (
                act == TICK and LEAVE in can and entry is not None and entry.asked
            )
            button.setVisible(able)
        self.comment.setEnabled(bool(can))
        if not self.comment.hasFocus() or other:
            said = slip.comment(entry) if slip is not None and entry is not None else ""
            self.comment.setText(said)
            self.comment.before = said
        if other:
            self._put(([], []))
            self._rest.start()

    def _about(self) -> str:
        entry = self.entry
        if entry is None:
            return ""
        if entry.what == PROBLEM:
            return entry.at
        parts = [entry.kind_text(), entry.at]
        if self._slip is not None:
            outcome = entry.outcome(self._slip.decisions.get(entry.id)).replace("\n", " / ")
            parts.append(tr(N_("Result: {value}"), value=outcome))
        if entry.kind == "match" and entry.mine:
            parts.append(tr(N_("looks like {record}"), record=entry.mine))
        return "  ·  ".join(one for one in parts if one)

    def _read(self) -> None:
        slip, entry, book = self._slip, self.entry, self._session.book
        if slip is None or entry is None or entry.what == PROBLEM:
            return

        def work(_: Progress) -> _Histories:
            return _histories(book, slip, entry)

        self._latest.ask(work, self._put, _nothing)

    def _put(self, found: _Histories) -> None:
        for table, steps in zip(self.tables, found, strict=True):
            table.put([_line(one) for one in steps])
        if self.entry is not None and not found[0] and self.entry.row is not None:
            self.tables[0].put([("", "", tr(N_("not changed")))])

    # -- what is asked for -------------------------------------------------------------------------

    def _clicked(self) -> None:
        sender = self.sender()
        for act, button in self.buttons.items():
            if button is sender:
                self.decided.emit(act)

    def _comment(self) -> None:
        entry, slip = self.entry, self._slip
        if entry is None or slip is None or not entry.can:
            return
        if self.comment.text().strip() != slip.comment(entry):
            self.said.emit(self.comment.text().strip())


def _nothing(_: object) -> None:
    pass


def _line(step: Step) -> Sequence[str]:
    at = f"{step.at.astimezone():%Y-%m-%d %H:%M}" if step.at is not None else "–"
    return at, step.who, step.what


def _histories(book: Book, slip: Slip, entry: Entry) -> _Histories:
    """What happened to a line on both sides."""
    here = histories.in_book(book, entry.entity, entry.row, entry.name, slip.since)
    left = entry.base
    if slip.merged is not None:
        manifest = slip.merged.file.manifest
        if entry.what == CELL and entry.row is not None and not entry.closed:
            left = _shown(
                book, entry, histories.left_with(manifest, entry.entity, entry.row, entry.name)
            )
    return here, histories.in_workbook(
        slip.issued_at, slip.name, (left, entry.base, entry.theirs), entry.at
    )


def _shown(book: Book, entry: Entry, stored: str | int | None) -> str:
    from models.workbooks import texts_of

    kind = book.schema.entity(entry.entity)
    return texts_of.shown(book, kind.field(entry.name), stored) if kind.has(entry.name) else ""


def _text(entry: Entry, act: str) -> str:
    """What a button is called where it decides this line."""
    if act == MINE:
        return _mine(entry)
    return _theirs(entry) if act == THEIRS else tr(_TEXTS[act])


def _mine(entry: Entry) -> str:
    if not entry.asked or entry.kind == "unreadable":
        return tr(N_("Decline (D)"))
    if entry.what == REMOVE:
        return tr(N_("Keep the record (M)"))
    if entry.what == ADD:
        same = entry.kind == "match"
        return tr(N_("It is that record (M)")) if same else tr(N_("Decline (D)"))
    if entry.kind == "removed_edited":
        return tr(N_("Leave it removed (M)"))
    return tr(N_("Keep the book's (M)"))


def _theirs(entry: Entry) -> str:
    if entry.what == REMOVE:
        return tr(N_("Remove it (T)"))
    if entry.what == ADD:
        return tr(N_("Add as new (T)"))
    if entry.kind == "removed_edited":
        return tr(N_("Restore and take it (T)"))
    return tr(N_("Take the workbook's (T)"))
