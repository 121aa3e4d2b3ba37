"""A goal review as it is held: page by page what the pack shows, and beside it what is decided."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from models import relative, texts
from models.book import Notice
from models.change import Change
from models.describe import parsing
from models.periods import Period
from models.progress import Progress
from models.refusals import Refused
from models.texts import N_, ntr, tr
from ui import files, theme
from ui.dialogs import paper_text
from ui.records.editors import LinkEditor, make_editor, put_value, text_of, typed_in
from ui.session import Session

if TYPE_CHECKING:
    from models.goals.paper import Paper
    from models.goals.review import Review

_READ = frozenset({"decision", "task", "meeting"})


class GoalReview(QDialog):
    """Shows the review of a period and takes down its decisions."""

    def __init__(self, session: Session, parent: QWidget, period: str = "") -> None:
        super().__init__(parent)
        self._session, self._today = session, date.today()
        self._review: Review | None = None
        self._paper: Paper | None = None
        self._running: Progress | None = None
        self._wanted: int | None = None  # whose page stays in front when it is read again
        self.setWindowTitle(tr(N_("Goal review")))
        self.resize(theme.fitting(self, 1180, 760))
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(self._make_pages(split))
        split.addWidget(self._make_decisions(split))
        split.setStretchFactor(0, 1)
        split.setSizes([theme.scaled(820), theme.scaled(340)])
        box = QVBoxLayout(self)
        box.addLayout(self._make_head(period))
        box.addWidget(split, 1)
        self._said = QLabel(self)
        self._said.setObjectName("danger")
        self._said.setWordWrap(True)
        self._said.hide()
        box.addWidget(self._said)
        box.addLayout(self._make_buttons())
        session.news.connect(self._heard)
        self.read()

    # -- what it is made of ----------------------------------------------------------------------

    def _make_head(self, period: str) -> QHBoxLayout:
        calendar = self._session.book.calendar
        self._period = self._line(
            tr(N_("Period")), period or calendar.of("quarter", self._today).label
        )
        self._on = self._line(tr(N_("As of")), self._today.isoformat())
        row = QHBoxLayout()
        for line in (self._period, self._on):
            label = QLabel(line.accessibleName(), self)
            label.setBuddy(line)
            row.addWidget(label)
            row.addWidget(line)
            line.editingFinished.connect(self._asked)
        row.addStretch(1)
        self._page = QComboBox(self)
        self._page.setAccessibleName(tr(N_("Page")))
        self._page.setMinimumWidth(theme.scaled(200))
        self._page.currentIndexChanged.connect(self._show)
        self._before = self._button(tr(N_("Page before")), self._turn_back)
        self._next = self._button(tr(N_("Next page")), self._turn_on)
        for part in (self._before, self._page, self._next):
            row.addWidget(part)
        return row

    def _line(self, name: str, text: str) -> QLineEdit:
        made = QLineEdit(text, self)
        made.setAccessibleName(name)
        made.setMaximumWidth(theme.scaled(150))
        return made

    def _button(self, text: str, act: object) -> QPushButton:
        made = QPushButton(text, self)
        made.setAccessibleName(text)
        made.setAutoDefault(False)
        made.clicked.connect(act)
        return made

    def _make_pages(self, parent: QWidget) -> QWidget:
        self._text = QTextBrowser(parent)
        self._text.setAccessibleName(tr(N_("What the page says")))
        self._text.setOpenLinks(False)
        self._text.setWordWrapMode(QTextOption.WrapMode.WordWrap)
        return self._text

    def _make_decisions(self, parent: QWidget) -> QWidget:
        made = QWidget(parent)
        box = QVBoxLayout(made)
        box.setContentsMargins(8, 0, 0, 0)
        self._open = self._list(box, tr(N_("Decisions still open")))
        self._decided = self._list(box, tr(N_("Decided in this meeting")))
        schema = self._session.book.schema
        decision, task = schema.entity("decision"), schema.entity("task")
        self._fields = {
            "title": decision.field("title"),
            "owner": decision.field("owner"),
            "due": decision.field("due"),
        }
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._editors: dict[str, QLineEdit] = {}
        for name, field in self._fields.items():
            editor = make_editor(self._session, field, made)
            assert isinstance(editor, QLineEdit)
            self._editors[name] = editor
            form.addRow(field.text(), editor)
        self._editors["title"].setPlaceholderText(tr(N_("Wang visits Acme by Friday")))
        self._editors["title"].editingFinished.connect(self._understand)
        self._goal = QComboBox(made)
        self._goal.setAccessibleName(task.field("goal").text())
        form.addRow(task.field("goal").text(), self._goal)
        box.addLayout(form)
        self._decide = self._button(tr(N_("Decide (Ctrl+Enter)")), self.decide)
        self._decide.setShortcut("Ctrl+Return")
        self._decide.setProperty("primary", True)
        box.addWidget(self._decide, 0, Qt.AlignmentFlag.AlignRight)
        return made

    def _list(self, box: QVBoxLayout, name: str) -> QListWidget:
        label = QLabel(name, self)
        made = QListWidget(self)
        made.setAccessibleName(name)
        made.setWordWrap(True)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        label.setBuddy(made)
        box.addWidget(label)
        box.addWidget(made, 1)
        return made

    def _make_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        self._pdf = self._button(tr(N_("Save as PDF…")), self._ask_pdf)
        self._sheet = self._button(tr(N_("Save as workbook…")), self._ask_sheet)
        for one in (self._pdf, self._sheet, self._button(tr(N_("Close")), self.accept)):
            row.addWidget(one)
        return row

    # -- reading ---------------------------------------------------------------------------------

    def _meant(self) -> tuple[Period, date]:
        """The period and the day that are asked for.

        Raises:
            Refused: one of them can't be read.
        """
        try:
            on = parsing.day(self._on.text())
        except parsing.Unreadable as wrong:
            raise Refused(wrong.code, wrong.template, **wrong.values) from None
        calendar = self._session.book.calendar
        found = relative.parse(self._period.text(), calendar, on)
        return found or calendar.of("quarter", on), on

    def _asked(self) -> None:
        if self._review is None:
            return
        try:
            period, on = self._meant()
        except Refused as refused:
            self._say(str(refused))
            return
        if (period, on) != (self._review.period, self._review.on):
            self.read()

    def read(self) -> None:
        """Read the review in the background; what stands there stays until it is there."""
        from models.goals import review_paper
        from models.goals.review import review

        try:
            period, on = self._meant()
        except Refused as refused:
            self._say(str(refused))
            return
        book = self._session.book
        self._say("")

        def work(progress: Progress) -> tuple[Review, Paper]:
            made = review(book, on=on, period=period, progress=progress)
            return made, review_paper.paper(made)

        text = tr(N_("Reading the goals of {period}"), period=period.text())
        self._running = self._session.jobs.run(text, work, self._there, self._failed)

    def done(self, result: int) -> None:
        """Nobody waits for what is still being read."""
        if self._running is not None:
            self._running.cancel()
        super().done(result)

    def _failed(self, error: Exception) -> None:
        self._running = None
        if str(error):
            self._say(str(error))

    def _there(self, made: tuple[Review, Paper]) -> None:
        self._running = None
        self._review, self._paper = made
        self._page.blockSignals(True)
        self._page.clear()
        self._page.addItem(tr(N_("Team")))
        for one in self._review.people:
            self._page.addItem(one.name, one.person)
        at = self._page.findData(self._wanted) if self._wanted is not None else 0
        self._page.setCurrentIndex(max(at, 0))
        self._page.blockSignals(False)
        self._show()
        self._list_decisions()

    def _show(self) -> None:
        """Bring the chosen page to the front."""
        review, paper, at = self._review, self._paper, self._page.currentIndex()
        if review is None or paper is None or at < 0:
            return
        self._text.setHtml(paper_text.of(paper.parts[at]))
        self._before.setEnabled(at > 0)
        self._next.setEnabled(at + 1 < self._page.count())
        page = (review.team, *review.people)[at]
        self._wanted = page.person
        self._goal.clear()
        self._goal.addItem(tr(N_("(none)")), None)
        for one in page.goals:
            self._goal.addItem(one.goal.title, one.goal.id)
        behind = [one.goal.id for one in page.goals if one.status in ("at_risk", "behind")]
        if behind and page.person is not None:
            self._goal.setCurrentIndex(self._goal.findData(behind[0]))

    def _turn_back(self) -> None:
        self._page.setCurrentIndex(self._page.currentIndex() - 1)

    def _turn_on(self) -> None:
        self._page.setCurrentIndex(self._page.currentIndex() + 1)

    # -- deciding --------------------------------------------------------------------------------

    def _heard(self, notice: Notice) -> None:
        if _READ & set(notice.touched):
            self._list_decisions()

    def _list_decisions(self) -> None:
        """Those of earlier meetings that are still open, and those of this one."""
        from models.goals.review import open_decisions

        if self._review is None:
            return
        self._open.clear()
        self._decided.clear()
        for one in open_decisions(self._session.book, max(self._today, self._review.on)):
            parts = [one.title, one.owner_name, one.due.isoformat() if one.due else ""]
            if one.late and one.due:
                late = (self._today - one.due).days
                parts.append(ntr("{n} day late", "{n} days late", late))
            text = " · ".join(part for part in parts if part)
            today = one.held_on == self._today
            (self._decided if today else self._open).addItem(text)

    def _understand(self) -> None:
        """Who and by when follow from the line, where nothing else is said."""
        from models.goals.decisions import understood

        line = self._editors["title"].text()
        month_first = texts.language() == "zh_CN"
        said = understood(self._session.book, line, self._today, month_first=month_first)
        owner, due = self._editors["owner"], self._editors["due"]
        if said.owner and not text_of(owner).strip():
            assert isinstance(owner, LinkEditor)
            owner.put(said.owner_name, said.owner)
        if said.due and not text_of(due).strip():
            put_value(due, said.due.isoformat(), said.due)

    def decide(self) -> None:
        """Write what stands in the fields as a decision with its task, as one change."""
        from models.goals.decisions import decide

        self._understand()
        typed = {
            name: typed_in(editor, self._fields[name]).strip()
            for name, editor in self._editors.items()
        }
        if self._review is None or not typed["title"]:
            self._editors["title"].setFocus()
            return
        book, period, today = self._session.book, self._review.period, self._today
        goal = self._goal.currentData()

        def act(change: Change) -> None:
            decide(
                change,
                book,
                typed["title"],
                owner=typed["owner"] or None,
                due=typed["due"] or None,
                period=period,
                held_on=today,
                goal=goal,
            )

        reason = tr(N_("Decide: {decision}"), decision=typed["title"])
        number, refused = self._session.attempt(reason, act)
        if refused is not None:
            self._say(str(refused))
            return
        self._say("")
        self._session.said.emit(reason, number)
        for editor in self._editors.values():
            put_value(editor, "", "")
        self._editors["title"].setFocus()

    def _say(self, text: str) -> None:
        self._said.setText(text)
        self._said.setVisible(bool(text))

    # -- papers ----------------------------------------------------------------------------------

    def _ask_pdf(self) -> None:
        self._ask(tr(N_("Save as PDF…")), ".pdf", "PDF (*.pdf)")

    def _ask_sheet(self) -> None:
        self._ask(tr(N_("Save as workbook…")), ".xlsx", tr(N_("Workbook")) + " (*.xlsx)")

    def _ask(self, title: str, ending: str, kinds: str) -> None:
        if self._paper is None:
            return
        path = files.ask_save(self, title, self._paper.title + ending, kinds)
        if path is not None:
            self.save(path)

    def save(self, path: Path) -> None:
        """Write the pack as it is shown, as a PDF or a workbook by the file's ending."""
        review, paper = self._review, self._paper
        if review is None or paper is None:
            return

        def work(progress: Progress) -> str:
            if path.suffix.lower() == ".xlsx":
                from models.sheets import review_sheet

                review_sheet.write(path, review)
            else:
                from models.sheets import placing
                from ui.printing import document

                placing.put(path, document.pdf(paper))
            return path.name

        text = tr(N_("Writing {file}"), file=path.name)
        self._session.jobs.run(text, work, self._saved, self._failed)

    def _saved(self, name: str) -> None:
        self._session.said.emit(tr(N_("Written: {file}"), file=name), 0)
