"""The backups of a book: when they were made, what happened since, and a new book from one of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from models import backups
from models.backups import Backup, Listed
from models.book import Book
from models.progress import Progress
from models.texts import N_, ntr, tr
from ui import files, help_pages, theme
from ui.automatic_backups import AutomaticBackups
from ui.jobs import Work

_SUFFIX = ".daybook"
_WIDTHS = (170, 110)  # points


class Backups(QDialog):
    """Lists them; ``restored`` carries the path of a book that was made from one.

    Without a book, of one that can't be opened any more: ``why`` says so.
    """

    restored = Signal(object)

    def __init__(
        self,
        automatic: AutomaticBackups,
        path: Path,
        book: Book | None,
        why: str,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._automatic, self._path, self._book = automatic, path, book
        self._listed: list[Listed] = []
        self._left = False
        help_pages.offer(self, "undo")
        self.resize(theme.fitting(self, 640, 460))
        self._head = QLabel(tr(N_("Backups of {book}"), book=path.stem), self)
        self._head.setObjectName("title")
        self._about = QLabel(self)
        self._about.setObjectName("danger" if why else "muted")
        self._about.setWordWrap(True)
        self._about.setText(_lost(why) if why else _about())
        self._table = QTableWidget(0, 3, self)
        self._said = QLabel(self)
        self._said.setWordWrap(True)
        self._said.hide()
        self._on = QCheckBox(tr(N_("Back up automatically")), self)
        self._on.setChecked(automatic.on)
        self._on.toggled.connect(self._switch)
        self._now = QPushButton(tr(N_("Back up now")), self)
        self._now.clicked.connect(self._make)
        self._folder = QPushButton(tr(N_("Open the folder")), self)
        self._folder.clicked.connect(self._open_folder)
        self._restore = QPushButton(tr(N_("Restore as a new book…")), self)
        self._restore.setProperty("primary", True)
        self._restore.clicked.connect(self._ask)
        self._close = QPushButton(tr(N_("Close")), self)
        self._close.clicked.connect(self.reject)
        for button in (self._on, self._now, self._folder, self._restore, self._close):
            button.setAccessibleName(button.text())
        self.setWindowTitle(self._head.text())
        self._arrange()
        self._now.setVisible(book is not None)
        self._on.setVisible(book is not None)
        self._read()

    def _arrange(self) -> None:
        self._table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._table.setTabKeyNavigation(False)
        self._table.setShowGrid(False)
        self._table.verticalHeader().hide()
        self._table.verticalHeader().setDefaultSectionSize(theme.row_height())
        heads = [tr(one) for one in (N_("When"), N_("Size"), N_("Since then"))]
        self._table.setHorizontalHeaderLabels(heads)
        self._table.setAccessibleName(tr(N_("Backups")))
        head = self._table.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in enumerate(_WIDTHS):
            self._table.setColumnWidth(column, theme.scaled(width))
        head.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self._table.setColumnHidden(2, self._book is None)  # what can't be opened can't say it
        self._table.doubleClicked.connect(self._ask)
        self._table.currentCellChanged.connect(self._moved)
        foot = QHBoxLayout()
        foot.addWidget(self._now)
        foot.addWidget(self._folder)
        foot.addStretch(1)
        foot.addWidget(self._close)
        foot.addWidget(self._restore)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 14, 16, 14)
        box.setSpacing(10)
        box.addWidget(self._head)
        box.addWidget(self._about)
        box.addWidget(self._table, 1)
        box.addWidget(self._said)
        box.addWidget(self._on)
        box.addLayout(foot)

    def _run(self, text: str, work: Work, done: Callable[[Any], object]) -> None:
        """A job; nobody waits for its end any more when the dialog is closed."""

        def answer(result: Any) -> None:
            if not self._left:
                done(result)

        def refuse(error: Exception) -> None:
            if not self._left:
                self._busy(False)
                self._say(str(error), wrong=True)

        self._automatic.jobs.run(text, work, answer, refuse)

    def done(self, result: int) -> None:
        """Wait for nothing any more."""
        self._left = True
        super().done(result)

    # -- what is there ---------------------------------------------------------------------------

    def _read(self) -> None:
        book, path = self._book, self._path

        def work(progress: Progress) -> list[Listed]:
            if book is None:
                return [Listed(one, None) for one in backups.of_path(path)]
            return backups.listed(book)

        self._run("", work, self._show)

    def _show(self, found: list[Listed]) -> None:
        self._listed = found
        self._table.setRowCount(len(found))
        for row, one in enumerate(found):
            when = one.backup.moment.astimezone().strftime("%Y-%m-%d %H:%M")
            size = tr(N_("{size} MB"), size=f"{one.backup.size / 1e6:,.1f}")
            for column, text in enumerate((when, size, self._since(one))):
                item = QTableWidgetItem(text)
                item.setToolTip(one.backup.path.name)
                self._table.setItem(row, column, item)
        if found:
            self._table.setCurrentCell(0, 0)
            self._table.setFocus()
        else:
            self._say(tr(N_("There is no backup yet.")))
            self._now.setFocus()
        self._moved()

    def _since(self, one: Listed) -> str:
        if one.since is None:
            return tr(N_("of another copy of this book"))
        if one.since == 0:
            return tr(N_("as the book is now"))
        return ntr("{n} change since", "{n} changes since", one.since)

    def _current(self) -> Backup | None:
        row = self._table.currentRow()
        return self._listed[row].backup if 0 <= row < len(self._listed) else None

    def _moved(self) -> None:
        self._restore.setEnabled(self._current() is not None)
        self._folder.setEnabled(bool(self._listed))

    def _say(self, text: str, *, wrong: bool = False) -> None:
        self._said.setObjectName("danger" if wrong else "muted")
        self._said.style().polish(self._said)
        self._said.setText(text)
        self._said.setAccessibleName(text)
        self._said.setVisible(bool(text))

    # -- what can be done ------------------------------------------------------------------------

    def _busy(self, busy: bool) -> None:
        self._now.setEnabled(not busy)
        self._restore.setEnabled(not busy and self._current() is not None)

    def _switch(self, on: bool) -> None:
        self._automatic.on = on

    def _make(self) -> None:
        path = self._path

        def work(progress: Progress) -> Backup | None:
            return backups.make(path)

        self._busy(True)
        self._run(tr(N_("Saving a backup…")), work, self._made)

    def _made(self, made: Backup | None) -> None:
        self._busy(False)
        if made is None:
            self._say(tr(N_("Nothing has changed since the latest backup.")))
            return
        self._say(tr(N_("Backed up and checked.")))
        self._read()

    def _open_folder(self) -> None:
        if self._listed:
            folder = self._listed[0].backup.path.parent
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _ask(self) -> None:
        backup = self._current()
        if backup is None or not self._restore.isEnabled():
            return
        when = backup.moment.astimezone().strftime("%Y-%m-%d %H.%M")
        suggested = self._path.with_name(f"{self._path.stem} {when}{_SUFFIX}")
        kinds = tr(N_("Daybook books")) + f" (*{_SUFFIX})"
        target = files.ask_save(self, tr(N_("Restore as a new book…")), str(suggested), kinds)
        if target is not None:
            self.restore_to(backup, target)

    def restore_to(self, backup: Backup, target: Path) -> None:
        """Make a book from a backup and open it; the one that is open stays as it is."""

        def work(progress: Progress) -> Path:
            backups.restore(backup, target)
            return target

        self._busy(True)
        self._run(tr(N_("Restoring…")), work, self._restored)

    def _restored(self, path: Path) -> None:
        self.accept()
        self.restored.emit(path)


def _lost(why: str) -> str:
    return f"{why} " + tr(N_("These backups of it are there: restore one as a new book."))


def _about() -> str:
    return tr(
        N_(
            "Made every half hour while something changes, before imports and when the book is closed; of older ones fewer and fewer are kept. They lie on this computer: save a backup on another disk now and then."
        )
    )
