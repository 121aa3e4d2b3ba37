"""A team's own workbook as the layout: choosing the file, and seeing what the program would fill in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from models.progress import Cancelled, Progress
from models.sheets.mapping import offers
from models.texts import N_, tr
from ui import files, help_pages, theme
from ui.dialogs.import_ways import Choice
from ui.dialogs.rows import Rows
from ui.dialogs.working import WorkingDialog
from ui.flow import Flow
from ui.session import Session

if TYPE_CHECKING:
    from models.workbooks.template import Adopted, AdoptedColumn, AdoptedTable

_SHEET, _COLUMN, _FIELD, _TOLD = range(4)
_HEADS = (N_("Sheet"), N_("Column"), N_("Filled with"), N_("What becomes of it"))


class TemplateDialog(WorkingDialog):
    """Reads a workbook in the background, shows its columns, lets each be said otherwise.

    ``chosen`` gives the workbook as it was understood; without it the dialog was left.
    """

    chosen = Signal(object)  # Adopted

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, parent)
        self._file: Path | None = None
        self._columns: dict[str, str] = {}
        self._shown: object = None
        self.adopted: Adopted | None = None
        help_pages.offer(self, "workbooks")
        self.setWindowTitle(tr(N_("Your own workbook as the layout")))
        self.resize(theme.fitting(self, 760, 560))
        self._about = QLabel(
            tr(
                N_(
                    "Choose the workbook that your team uses. Its layout, columns and formulas stay; the program fills in each person's records."
                )
            ),
            self,
        )
        self.file = QLineEdit(self)
        self.browse = QPushButton(tr(N_("Choose…")), self)
        self.rows = Rows(tr(N_("Columns")), [tr(one) for one in _HEADS], _TOLD, self)
        self.said, self.warned = QLabel(self), QLabel(self)
        self._bar = QProgressBar(self)
        self.use_button = QPushButton(tr(N_("Use this layout")), self)
        self.cancel_button = QPushButton(tr(N_("Cancel")), self)
        self._arrange()
        self.browse.clicked.connect(self._browse)
        self.use_button.clicked.connect(self._use)
        self.cancel_button.clicked.connect(self.reject)
        self._show()

    def _arrange(self) -> None:
        label = QLabel(tr(N_("Workbook")), self)
        label.setBuddy(self.file)
        self.file.setReadOnly(True)
        self.file.setAccessibleName(label.text())
        self.file.setPlaceholderText(tr(N_("an Excel workbook (.xlsx)")))
        self.use_button.setProperty("primary", True)
        self.use_button.setDefault(True)
        for button in (self.browse, self.use_button, self.cancel_button):
            button.setAccessibleName(button.text())
        self._about.setObjectName("muted")
        self.said.setObjectName("danger")
        self.warned.setObjectName("warning")
        for one in (self._about, self.said, self.warned):
            one.setWordWrap(True)
            one.setTextFormat(Qt.TextFormat.PlainText)
        kept = self.rows.sizePolicy()
        kept.setRetainSizeWhenHidden(True)  # nothing moves when a workbook has been read
        self.rows.setSizePolicy(kept)
        self._bar.setRange(0, 1000)
        self._bar.setAccessibleName(tr(N_("Progress")))
        top = QHBoxLayout()
        top.addWidget(label)
        top.addWidget(self.file, 1)
        top.addWidget(self.browse)
        foot = Flow()
        for below in (self._bar, self.cancel_button, self.use_button):
            foot.addWidget(below)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 14, 16, 14)
        box.setSpacing(10)
        box.addWidget(self._about)
        box.addLayout(top)
        box.addWidget(self.rows, 1)
        box.addWidget(self.warned)
        box.addWidget(self.said)
        box.addLayout(foot)
        self.browse.setFocus()

    # -- reading -----------------------------------------------------------------------------------

    def _browse(self) -> None:
        kinds = tr(N_("Workbook")) + " (*.xlsx *.xls *.xlsm *.ods)"
        found = files.ask_open(self, tr(N_("Your own workbook")), kinds)
        if found:
            self.read(found[0])

    def read(self, file: Path) -> None:
        """Understand a workbook in the background and show it."""
        if file != self._file:
            self._columns = {}
        self._file = file
        self.file.setText(file.name)
        self.file.setToolTip(str(file))
        book, columns = self._session.book, dict(self._columns)

        def work(progress: Progress) -> Adopted:
            from models.workbooks import template

            return template.adopt(book, file, columns, progress)

        self._busy(on=True)
        self._say("")
        text = tr(N_("Reading {name}"), name=file.name)
        self._work = self._session.jobs.run(text, work, self._took, self._failed)
        self._session.jobs.moved.connect(self._moved)

    def _moved(self, fraction: float, _: str) -> None:
        self._bar.setValue(int(fraction * 1000))

    def _busy(self, *, on: bool) -> None:
        self._bar.setVisible(on)
        self._bar.setValue(0)
        self.rows.setEnabled(not on)
        self.browse.setEnabled(not on)
        self.use_button.setEnabled(not on and self.adopted is not None)

    def _end(self) -> None:
        super()._end()
        self._session.jobs.moved.disconnect(self._moved)

    def _took(self, adopted: Adopted) -> None:
        self._end()
        self.adopted = adopted
        self._show()
        self.use_button.setFocus()

    def _failed(self, error: Exception) -> None:
        self._end()
        self.adopted = None
        self._show()
        if str(error) and not isinstance(error, Cancelled):
            self._say(str(error))

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.said.setVisible(bool(text))

    # -- showing -----------------------------------------------------------------------------------

    def _show(self) -> None:
        self._busy(on=False)
        self._say("")
        adopted = self.adopted
        lines = list(adopted.warnings) if adopted else []
        if adopted:
            text = N_("{sheet} is not filled: {why}")
            lines += [
                tr(text, sheet=one.sheet, why=one.reason)
                for one in adopted.tables
                if one.reason and one.entity
            ]
        self.warned.setText("\n".join(lines))
        self.warned.setVisible(bool(lines))
        self.rows.setVisible(adopted is not None)
        listed = [
            (table, one) for table in (adopted.filled if adopted else ()) for one in table.columns
        ]
        places = [(table.sheet, table.entity, one.letter) for table, one in listed]
        if places != self._shown:  # else whoever is about to choose keeps the place
            self._shown = places
            self._list(listed)
        for row, (_, one) in enumerate(listed):
            self.rows.say(row, _TOLD, self._told(one), "muted")
            there = self.rows.at(row, _FIELD)
            if isinstance(there, Choice):
                there.setCurrentIndex(max(there.findData(one.path), 0))

    def _list(self, listed: list[tuple[AdoptedTable, AdoptedColumn]]) -> None:
        schema = self._session.book.schema
        self.rows.clear(len(listed))
        for row, (table, one) in enumerate(listed):
            entity = schema.entity(table.entity)
            self.rows.say(row, _SHEET, f"{table.sheet} · {entity.plural_text()}")
            self.rows.say(row, _COLUMN, f"{one.letter}  {one.header}")
            if one.what in ("formula", "id"):
                self.rows.say(row, _FIELD, "–", "muted")
                continue
            name = tr(N_("Column {header} is filled with"), header=one.header)
            made = Choice(name, one.letter, self)
            made.addItem(tr(N_("(left to the team)")), "")
            for path, label in offers(entity, schema):
                made.addItem(label, path)
            made.activated.connect(self._decided)
            made.setProperty("header", one.header)
            self.rows.place(row, _FIELD, made)
        for at, width in ((_SHEET, 150), (_COLUMN, 170), (_FIELD, 190)):
            self.rows.set_width(at, width)

    def _told(self, one: AdoptedColumn) -> str:
        match one.what:
            case "field":
                text = N_("filled, and taken back")
                if one.unit:
                    text = N_("filled and taken back, × {unit}")
                return tr(text, unit=one.unit) if one.unit else tr(text)
            case "shown":
                return tr(N_("filled, not taken back"))
            case "formula":
                return tr(N_("your formula goes on"))
            case "id":
                return tr(N_("ids of an earlier workbook"))
        return tr(N_("stays with its record"))

    def _decided(self) -> None:
        combo = self.sender()
        if isinstance(combo, QComboBox) and self._file is not None:
            self._columns[str(combo.property("header"))] = str(combo.currentData())
            self.read(self._file)

    # -- leaving -----------------------------------------------------------------------------------

    def _use(self) -> None:
        if self.adopted is not None:
            self.chosen.emit(self.adopted)
            self.accept()
