"""The import: what was understood of the files, what it would change, then one change of the book."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from models.progress import Cancelled, Progress
from models.sheets import importing
from models.sheets.proposal import Found, Proposal
from models.sheets.report import Options, TableChoice, TableReport, counted, named
from models.texts import N_, ntr, tr
from ui import help_pages, theme
from ui.dialogs.import_names import NamesTab
from ui.dialogs.import_parts import ColumnsTab, PreviewTab, ProblemsTab
from ui.dialogs.import_ways import doubts
from ui.dialogs.working import WorkingDialog
from ui.session import Session

_SETTLE = 350  # ms after the last decision before everything is matched again


class ImportReview(WorkingDialog):
    """Reads files, shows what they would change, applies it. ``applied`` carries the change."""

    applied = Signal(int)

    def __init__(self, session: Session, files: Sequence[Path], parent: QWidget) -> None:
        super().__init__(session, parent)
        self._files = list(files)
        self._options = Options(create_links=True)
        self._proposal: Proposal | None = None
        self._suggested = False
        self.setModal(True)
        help_pages.offer(self, "import")
        self.resize(theme.fitting(self, 1160, 720))
        self._head = QLabel(self)
        self._head.setObjectName("title")
        self._summary = QLabel(self)
        self._summary.setWordWrap(True)
        self._tables = QListWidget(self)
        self._tables.setMinimumWidth(theme.scaled(230))
        self._tables.setWordWrap(True)
        self._tables.currentRowChanged.connect(self._picked)
        self._tabs = QTabWidget(self)
        self._tabs.setDocumentMode(True)
        self._tabs.tabBar().setDrawBase(False)
        self.columns = ColumnsTab(session, self)
        self.preview = PreviewTab(self)
        self.problems = ProblemsTab(self)
        self.names = NamesTab(session, self)
        for page in (self.columns, self.preview, self.problems, self.names):
            self._tabs.addTab(page, "")
        self._empty_unreadable = QCheckBox(self)
        self._create = QCheckBox(self)
        self._create.setChecked(True)
        self._bar = QProgressBar(self)
        self._bar.setRange(0, 1000)
        self._doing = QLabel(self)
        self._doing.setObjectName("muted")
        self._cancel = QPushButton(self)
        self._apply = QPushButton(self)
        self._apply.setProperty("primary", True)
        self._apply.setDefault(True)
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLE)
        self._arrange()
        self._connect()
        self._retranslate()
        self._read()

    def _arrange(self) -> None:
        self._body = split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.addWidget(self._tables)
        split.addWidget(self._tabs)
        split.setStretchFactor(1, 1)
        split.setSizes([240, 900])
        checks = QHBoxLayout()
        checks.addWidget(self._create)
        checks.addSpacing(16)
        checks.addWidget(self._empty_unreadable)
        checks.addStretch(1)
        foot = QHBoxLayout()
        foot.addWidget(self._bar)
        foot.addWidget(self._doing, 1)
        foot.addStretch(0)
        foot.addWidget(self._cancel)
        foot.addWidget(self._apply)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 14, 16, 14)
        box.addWidget(self._head)
        box.addWidget(self._summary)
        box.addWidget(split, 1)
        box.addStretch(0)
        box.addLayout(checks)
        box.addLayout(foot)

    def _connect(self) -> None:
        self._cancel.clicked.connect(self.reject)
        self._apply.clicked.connect(self._write)
        self._settled.timeout.connect(self._match)
        self.columns.decided.connect(self._decided)
        self.names.said.connect(self._said)
        self._create.toggled.connect(self._links)
        self._empty_unreadable.toggled.connect(self._unreadable)

    def _retranslate(self) -> None:
        self.setWindowTitle(tr(N_("Import spreadsheets")))
        names = tr(N_(", ")).join(one.name for one in self._files[:4])
        more = "…" if len(self._files) > 4 else ""
        self._head.setText(tr(N_("Import {files}"), files=names + more))
        self._tables.setAccessibleName(tr(N_("Tables found")))
        self._tabs.setAccessibleName(tr(N_("What was understood")))
        for button, text in (
            (self._cancel, tr(N_("Cancel"))),
            (self._apply, tr(N_("Import"))),
            (self._create, tr(N_("Add the names that are new"))),
            (self._empty_unreadable, tr(N_("Leave optional cells empty that can't be read"))),
        ):
            button.setText(text)
            button.setAccessibleName(text)
        self._label_tabs()

    def _label_tabs(self) -> None:
        problems = sum(one.problem_count for one in self._reports())
        names = len(self._proposal.new_names) if self._proposal else 0
        names += sum(
            pair.like_row is not None for one in self._reports() for pair in one.look_alikes
        )
        open_ = sum(len(doubts(one)) for one in self._proposal.tables) if self._proposal else 0
        texts = (
            tr(N_("Columns")) + (f" {open_:,}" if open_ else ""),
            tr(N_("Preview")),
            tr(N_("Problems")) + (f" {problems:,}" if problems else ""),
            tr(N_("New names")) + (f" {names:,}" if names else ""),
        )
        for at, text in enumerate(texts):
            self._tabs.setTabText(at, text)

    def _reports(self) -> list[TableReport]:
        return self._proposal.reports if self._proposal is not None else []

    # -- the work, in the background --------------------------------------------------------------

    def _start(self, text: str, work: object, done: object) -> None:
        self._apply.setEnabled(False)
        self._bar.setValue(0)
        self._bar.show()
        self._doing.setText(text)
        self._work = self._session.jobs.run(text, work, done, self._failed)  # type: ignore[arg-type]

    def _read(self) -> None:
        book, files, options = self._session.book, self._files, self._options

        def work(progress: Progress) -> Proposal:
            return importing.prepare(book, files, options, progress, undecided=True)

        self._session.jobs.moved.connect(self._moved)
        self._start(tr(N_("Reading the files…")), work, self._took)

    def _match(self) -> None:
        """Everything anew under the decisions made so far."""
        if self._work is not None:
            self._settled.start()
            return
        proposal = self._proposal
        if proposal is None:
            return
        proposal.options = self._options

        def work(progress: Progress) -> Proposal:
            importing.understand(proposal, progress)
            importing.match(proposal, progress)
            return proposal

        self._start(tr(N_("Matching with the book…")), work, self._took)

    def _write(self) -> None:
        proposal = self._proposal
        if proposal is None:
            return

        session = self._session

        def work(progress: Progress) -> int | None:
            if proposal.writes:
                session.first()
            return importing.apply(proposal, progress)

        self._set_busy(True)
        self._start(tr(N_("Writing…")), work, self._written)

    def _moved(self, fraction: float, text: str) -> None:
        self._bar.setValue(int(fraction * 1000))

    def _set_busy(self, busy: bool) -> None:
        for one in (self._tables, self._tabs, self._create, self._empty_unreadable):
            one.setEnabled(not busy)

    def _failed(self, error: Exception) -> None:
        self._work = None
        self._bar.hide()
        self._doing.setText("")
        self._set_busy(False)
        if isinstance(error, Cancelled):
            if self._proposal is None:
                self.done(QDialog.DialogCode.Rejected)
            else:
                self._show()
            return
        self._summary.setObjectName("danger")
        self._summary.style().polish(self._summary)
        self._summary.setText(str(error))
        if self._proposal is None:  # nothing was read: only the message is left to be seen
            for one in (self._body, self._create, self._empty_unreadable, self._apply):
                one.hide()
            self._cancel.setText(tr(N_("Close")))
            self._cancel.setAccessibleName(self._cancel.text())
            self.adjustSize()

    def _took(self, proposal: Proposal) -> None:
        self._work, self._proposal = None, proposal
        if not self._suggested:
            self._suggested = True
            found = {(one.target, one.name): one.suggestion for one in proposal.new_names}
            values = {key: meant for key, meant in found.items() if meant}
            if values:  # GTXPro most likely means GTX Pro: shown under New names, to be decided
                self._options = replace(self._options, values=values)
                self.names.suggested(proposal.new_names)
                self._match()
                return
        self._show()

    def _written(self, change: int | None) -> None:
        self._work = None
        self.accept()
        self.applied.emit(change or 0)

    # -- what is shown ---------------------------------------------------------------------------

    def _show(self) -> None:
        proposal = self._proposal
        assert proposal is not None
        self._bar.hide()
        self._doing.setText("")
        self._summary.setObjectName("")
        self._summary.style().polish(self._summary)
        self._summary.setText(self._said_in_all())
        at = max(self._tables.currentRow(), 0)
        self._tables.blockSignals(True)
        self._tables.clear()
        for one in proposal.tables:
            self._tables.addItem(QListWidgetItem(self._said_of(one)))
        self._tables.blockSignals(False)
        self._tables.setCurrentRow(min(at, len(proposal.tables) - 1))
        self._picked(self._tables.currentRow())
        self.names.alike(pair for one in proposal.reports for pair in one.look_alikes)
        self.names.show_names(proposal.new_names, self._options.values)
        self._label_tabs()
        count = proposal.writes
        self._apply.setEnabled(any(one.entity for one in proposal.reports))
        text = ntr("Import {n} record", "Import {n} records", count) if count else tr(N_("Close"))
        self._apply.setText(text)
        self._apply.setAccessibleName(text)

    def _said_in_all(self) -> str:
        proposal = self._proposal
        assert proposal is not None
        reports = proposal.reports
        if not any(one.entity for one in reports):
            return tr(
                N_(
                    "No table is recognised or chosen. Say above the columns what kind of record its rows are."
                )
            )
        parts = [
            tr(
                N_("{added} new, {updated} changed, {unchanged} unchanged, {skipped} left out"),
                added=f"{sum(one.added for one in reports):,}",
                updated=f"{sum(one.updated for one in reports):,}",
                unchanged=f"{sum(one.unchanged for one in reports):,}",
                skipped=f"{sum(one.skipped for one in reports):,}",
            )
        ]
        schema = self._session.book.schema
        also: dict[str, dict[str, int]] = {}
        for report in reports:
            for entity, counts in report.also.items():
                found = also.setdefault(entity, {})
                for key, count in counts.items():
                    found[key] = found.get(key, 0) + count
        parts += [text for text in (counted(schema, also),) if text]
        if proposal.linked:
            names = named(schema, proposal.linked)
            parts.append(tr(N_("Added for new names: {records}"), records=names))
        if not proposal.writes:
            parts.append(tr(N_("nothing would change")))
        return "   ·   ".join(parts)

    def _said_of(self, one: Found) -> str:
        report = one.report
        name = f"{report.file} · {report.sheet}" if report.sheet else report.file
        if report.entity is None:
            return name + "\n" + tr(N_("left out"))
        kind = self._session.book.schema.entity(report.entity).plural_text()
        rows = ntr("{n} row", "{n} rows", report.rows)
        lines = [name, f"{kind} · {rows}"]
        if report.problem_count:
            lines.append(ntr("{n} problem", "{n} problems", report.problem_count))
        if open_ := len(doubts(one)):
            lines.append(ntr("{n} column to be decided", "{n} columns to be decided", open_))
        return "\n".join(lines)

    def _picked(self, row: int) -> None:
        if self._proposal is None or not 0 <= row < len(self._proposal.tables):
            return
        one = self._proposal.tables[row]
        self.columns.show_table(one, self._options.tables.get(one.key, TableChoice()))
        self.preview.show_table(one)
        self.problems.show_table(one)

    # -- what the person decides -----------------------------------------------------------------

    def _decided(self, key: tuple[str, str, str], choice: TableChoice) -> None:
        tables = {**self._options.tables, key: choice}
        self._change(replace(self._options, tables=tables))

    def _said(self, key: tuple[str, str], meant: str) -> None:
        values = {one: text for one, text in self._options.values.items() if one != key}
        if meant:
            values[key] = meant
        self._change(replace(self._options, values=values))

    def _links(self, on: bool) -> None:
        self._change(replace(self._options, create_links=on))

    def _unreadable(self, on: bool) -> None:
        self._change(replace(self._options, blank_unreadable=on))

    def _change(self, options: Options) -> None:
        self._options = options
        self._apply.setEnabled(False)
        self._doing.setText(tr(N_("Matching with the book…")))
        self._settled.start()

    # -- leaving ---------------------------------------------------------------------------------

    def _stopping(self) -> None:
        self._doing.setText(tr(N_("Stopping…")))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a field takes what was typed there; it doesn't import."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not (enter and isinstance(self.focusWidget(), QLineEdit)):
            super().keyPressEvent(event)

    def done(self, result: int) -> None:
        """Let go of the files."""
        self._session.jobs.moved.disconnect(self._moved)
        self._settled.stop()
        if self._proposal is not None:
            self._proposal.close()
            self._proposal = None
        super().done(result)
