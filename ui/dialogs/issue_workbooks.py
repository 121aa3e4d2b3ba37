"""Issuing workbooks: to whom, where to, in which language, due when; then the files and what to write to whom."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from models import texts
from models.book import Book
from models.calendar.in_book import work_calendar
from models.describe.kinds import KINDS
from models.progress import Cancelled, Progress
from models.refusals import Refused
from models.texts import N_, ntr, tr
from ui import files, help_pages, theme
from ui.dialogs.issue_layout import LayoutChoice
from ui.dialogs.issued_files import IssuedFiles
from ui.dialogs.working import WorkingDialog
from ui.flow import Flow
from ui.records.editors import put_text
from ui.records.field_box import FieldBox
from ui.records.meaning import typed_out
from ui.session import Session

if TYPE_CHECKING:
    from models.workbooks.handing_out import Handed
    from models.workbooks.issuing import Issued

_ROW = Qt.ItemDataRole.UserRole
_LANGUAGES = (("zh_CN", "中文"), ("en", "English"))


@dataclass(frozen=True)
class Person:
    """Somebody who may get a workbook, and how old what is known of them is."""

    row: int
    name: str
    team: str
    last: str  # when their last workbook left, "" for never
    back: str  # when it came back


def people(book: Book) -> list[Person]:
    """Everybody who works here, by name, with the last workbook of each."""
    rows = book.ids("salesperson", "not status=left", [("name", False)])
    names = book.rows("salesperson", rows, ["name", "team"])
    out: dict[int, tuple[str, str]] = {}
    listed = book.ids("workbook", "not purpose=view", [("issued_at", False)])
    for person, issued, back in book.rows(
        "workbook", listed, ["person", "issued_at", "returned_at"]
    ):
        if person is not None:
            out[person.id] = _day(issued), _day(back)
    return [
        Person(row, name or "", team.label if team else "", *out.get(row, ("", "")))
        for row, (name, team) in zip(rows, names, strict=True)
    ]


def _day(moment: Any) -> str:
    return moment.astimezone().date().isoformat() if moment is not None else ""


class IssueWorkbooks(WorkingDialog):
    """Asks, issues in the background, and shows what was made. It blocks nothing else."""

    def __init__(
        self, session: Session, parent: QWidget, chosen: Sequence[int] = (), on: date | None = None
    ) -> None:
        """``chosen`` are the people who are ticked; without any everybody is."""
        super().__init__(session, parent)
        self._on = on or date.today()
        help_pages.offer(self, "workbooks")
        self.setWindowTitle(tr(N_("Issue workbooks…")).removesuffix("…"))
        self.resize(theme.fitting(self, 720, 600))
        self.list = QTreeWidget(self)
        self.all = QCheckBox(tr(N_("Everybody")), self)
        self.folder = QLineEdit(self)
        self.browse = QPushButton(tr(N_("Choose…")), self)
        self.language = QComboBox(self)
        self.layout_choice = LayoutChoice(session, self)
        field = session.book.schema.entity("workbook").field("due_back")
        self.due = FieldBox(session, "workbook", field, self)
        self.personal = QCheckBox(tr(N_("With personal data of contacts and customers")), self)
        self._said, self._bar = QLabel(self), QProgressBar(self)
        self.issue_button, self.cancel_button = QPushButton(self), QPushButton(self)
        self.issue_button.setProperty("primary", True)
        self.files = IssuedFiles(session, self)
        self.stack = QStackedWidget(self)
        self._arrange()
        self._fill(set(chosen))
        self._connect()
        self._count()

    def _arrange(self) -> None:
        self.list.setRootIsDecorated(False)
        self.list.setAllColumnsShowFocus(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        heads = (N_("Salesperson"), N_("Team"), N_("Last issued"), N_("Last returned"))
        self.list.setHeaderLabels([tr(one) for one in heads])
        self.list.setAccessibleName(tr(N_("Who gets a workbook")))
        self._said.setObjectName("danger")
        self._said.setWordWrap(True)
        self._bar.setRange(0, 1000)
        self._bar.hide()
        self._said.hide()
        for code, name in _LANGUAGES:
            self.language.addItem(name, code)
        self.language.setCurrentIndex(self.language.findData(texts.language()))
        self.personal.setChecked(True)
        place = QHBoxLayout()
        place.addWidget(self.folder, 1)
        place.addWidget(self.browse)
        form = QFormLayout()
        for text, widget, shown in (
            (N_("Folder"), self.folder, place),
            (N_("Layout"), self.layout_choice, self.layout_choice),
            (N_("Language of the workbooks"), self.language, self.language),
            (N_("Due back"), self.due.editor, self.due),
        ):
            label = QLabel(tr(text), self)
            label.setBuddy(widget)
            widget.setAccessibleName(tr(text))
            form.addRow(label, shown)
        form.addRow(self.personal)
        page = QWidget(self)
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.all)
        box.addWidget(self.list, 1)
        box.addLayout(form)
        box.addWidget(self._said)
        foot = Flow()
        for below in (self._bar, self.cancel_button, self.issue_button):
            foot.addWidget(below)
        box.addLayout(foot)
        self.stack.addWidget(page)
        self.stack.addWidget(self.files)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 14, 16, 14)
        outer.addWidget(self.stack)
        for one in (self.browse, self.all, self.personal):
            one.setAccessibleName(one.text())
        self._name(self.cancel_button, tr(N_("Cancel")))
        self.issue_button.setDefault(True)

    def _fill(self, chosen: set[int]) -> None:
        for one in people(self._session.book):
            item = QTreeWidgetItem([one.name, one.team, one.last or "–", one.back or "–"])
            item.setData(0, _ROW, one.row)
            ticked = not chosen or one.row in chosen
            item.setCheckState(0, Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            self.list.addTopLevelItem(item)
        first = self.list.topLevelItem(0)
        if first is not None:
            self.list.setCurrentItem(first)
        for column in range(4):
            self.list.resizeColumnToContents(column)
            self.list.setColumnWidth(column, self.list.columnWidth(column) + theme.scaled(20))
        self.folder.setText(str(self._session.settings.issue_folder or _usual_folder()))
        day = work_calendar(self._session.book).next_working(self._on)
        due = day or self._on + timedelta(days=1)
        put_text(self.due.editor, KINDS["date"].edited(self.due.field, due))

    def _connect(self) -> None:
        self.all.clicked.connect(self._turn_all)
        self.list.itemChanged.connect(self._count)
        self.browse.clicked.connect(self._browse)
        self.issue_button.clicked.connect(self.issue)
        self.cancel_button.clicked.connect(self.reject)
        self.files.closed.connect(self.accept)

    # -- what is chosen ----------------------------------------------------------------------------

    @property
    def chosen(self) -> list[int]:
        """The people who are ticked."""
        items = (self.list.topLevelItem(at) for at in range(self.list.topLevelItemCount()))
        return [
            int(one.data(0, _ROW))
            for one in items
            if one is not None and one.checkState(0) == Qt.CheckState.Checked
        ]

    def _turn_all(self) -> None:
        state = Qt.CheckState.Checked if self.all.isChecked() else Qt.CheckState.Unchecked
        self.list.blockSignals(True)
        for at in range(self.list.topLevelItemCount()):
            item = self.list.topLevelItem(at)
            if item is not None:
                item.setCheckState(0, state)
        self.list.blockSignals(False)
        self._count()

    def _count(self) -> None:
        n, every = len(self.chosen), self.list.topLevelItemCount()
        self.all.setChecked(n == every > 0)
        self._name(self.issue_button, ntr("Issue {n} workbook", "Issue {n} workbooks", n))
        self.issue_button.setEnabled(n > 0 and self._work is None)
        if not every:
            self._say(
                tr(N_("Nobody is in the team yet. Add people on the page of the team first."))
            )

    def _name(self, button: QPushButton, text: str) -> None:
        button.setText(text)
        button.setAccessibleName(text)

    def _browse(self) -> None:
        found = files.ask_folder(self, tr(N_("Folder for the workbooks")), self.folder.text())
        if found is not None:
            self.folder.setText(str(found))

    def _say(self, text: str) -> None:
        self._said.setText(text)
        self._said.setVisible(bool(text))

    def _due(self) -> date | None:
        """The day by which they are due back.

        Raises:
            Refused: what stands there is no day.
        """
        typed = typed_out(self.due.field, self.due.typed()).strip()
        found = KINDS["date"].parse(self.due.field, typed) if typed else None
        return found if isinstance(found, date) else None

    # -- issuing -----------------------------------------------------------------------------------

    def issue(self) -> None:
        """Make the workbooks in the background."""
        self._say("")
        self.due.say(None)
        folder = Path(self.folder.text().strip()).expanduser()
        try:
            due = self._due()
        except Refused as refused:
            self.due.say(refused)
            return
        if not folder.is_absolute():
            self._say(tr(N_("Choose a folder for the workbooks.")))
            return
        self._session.settings.issue_folder = folder
        book, on, who = self._session.book, self._on, self.chosen
        language, personal = str(self.language.currentData()), self.personal.isChecked()
        adopted = self.layout_choice.adopted

        def work(progress: Progress) -> tuple[Sequence[Issued | Handed], dict[int, str]]:
            from models.workbooks import issuing, sending, template_issuing

            with suppress(OSError):  # a folder that isn't there is refused in words
                folder.mkdir(parents=True, exist_ok=True)
            with book.reading() as db:
                earlier = {one: sending.before(db, one) for one in who}
            how: dict[str, Any] = {
                "language": language,
                "personal": personal,
                "on": on,
                "due_back": due,
            }
            made: Sequence[Issued | Handed]
            if adopted is None:
                made = issuing.issue(book, who, folder, **how, progress=progress)
            else:
                made = template_issuing.issue_with(
                    book, who, adopted, folder, **how, progress=progress
                )
            with texts.speaking(language):
                said = {
                    one.person: sending.text(
                        book, one.person, one.path.name, due, earlier[one.person]
                    )
                    for one in made
                }
            return made, said

        self._busy(on=True)
        text = ntr("Issuing {n} workbook", "Issuing {n} workbooks", len(who))
        self._work = self._session.jobs.run(text, work, self._issued, self._failed)
        self._session.jobs.moved.connect(self._moved)

    def _busy(self, *, on: bool) -> None:
        for one in (
            self.list,
            self.all,
            self.folder,
            self.browse,
            self.layout_choice,
            self.language,
            self.due,
            self.personal,
        ):
            one.setEnabled(not on)
        self.issue_button.setEnabled(not on)
        self._bar.setVisible(on)
        self._bar.setValue(0)

    def _moved(self, fraction: float, _: str) -> None:
        self._bar.setValue(int(fraction * 1000))

    def _end(self) -> None:
        super()._end()
        self._session.jobs.moved.disconnect(self._moved)
        self._busy(on=False)

    def _issued(self, found: tuple[Sequence[Issued | Handed], dict[int, str]]) -> None:
        made, said = found
        self._end()
        self._count()
        book = self._session.book
        change = book.record("workbook", made[0].workbook)["base_change"] if made else 0
        told = ntr(
            "{n} workbook issued: {folder}", "{n} workbooks issued: {folder}", len(made), folder=self.folder.text()
        )  # fmt: skip
        self._session.said.emit(told, change or 0)
        self.files.show_files([(book.label("salesperson", one.person), one.path, said[one.person]) for one in made])  # fmt: skip
        self.stack.setCurrentWidget(self.files)
        self.files.enter()

    def _failed(self, error: Exception) -> None:
        self._end()
        self._count()
        if str(error) and not isinstance(error, Cancelled):
            self._say(str(error))


def _usual_folder() -> Path:
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents or Path.home()) / tr(N_("Workbooks"))


def open_issue(session: Session, parent: QWidget, chosen: Sequence[int] = ()) -> IssueWorkbooks:
    """Ask to whom workbooks go out."""
    dialog = IssueWorkbooks(session, parent, chosen)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.show()
    return dialog
