"""Find and replace in a list: what would change is shown and chosen before it is done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from models import replacing
from models.pasting import Outcome
from models.progress import Progress
from models.refusals import Refused
from models.replacing import Block, Found, Wanted
from models.texts import N_, ntr, tr
from ui import theme
from ui.jobs import Latest
from ui.session import Session

Index = QModelIndex | QPersistentModelIndex
_TYPING = 200  # ms after the last key before it is looked for
_LONG = 500  # cells from which the writing is done in the background
_LARGE = 2_000  # cells from which the book is backed up before
_HEADS = (N_("Record"), N_("Column"), N_("Before"), N_("After"))
_TICK = Qt.ItemDataRole.CheckStateRole


class FoundCells(QAbstractTableModel):
    """The cells that were found, each ticked unless its field refuses what would stand in it."""

    def __init__(self, session: Session, entity: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._entity = session, session.book.schema.entity(entity)
        self.found: list[Found] = []
        self._ticked: list[bool] = []
        self._labels: dict[int, str] = {}

    def take(self, found: Sequence[Found]) -> None:
        """Show other cells."""
        self.beginResetModel()
        self.found = list(found)
        self._ticked = [not one.why for one in found]
        self._labels.clear()
        self.endResetModel()

    def chosen(self) -> list[Found]:
        """The ticked ones."""
        return [one for one, ticked in zip(self.found, self._ticked, strict=True) if ticked]

    def tick(self, rows: Sequence[int], on: bool) -> None:
        """Tick rows or untick them; what a field refuses stays out."""
        for row in rows:
            self._ticked[row] = on and not self.found[row].why
        if rows:
            last = self.index(max(rows), len(_HEADS) - 1)
            self.dataChanged.emit(self.index(min(rows), 0), last)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Cells found."""
        return 0 if parent.isValid() else len(self.found)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Record, column, before, after."""
        return 0 if parent.isValid() else len(_HEADS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Names above."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return tr(_HEADS[section])
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """What can be ticked."""
        base = super().flags(index)
        if index.column() == 0 and not self.found[index.row()].why:
            base |= Qt.ItemFlag.ItemIsUserCheckable
        return base

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The texts, the ticks, and in red what is refused."""
        one = self.found[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(one, index.column()).replace("\n", " ")
        if role == Qt.ItemDataRole.ToolTipRole:
            return one.why or self._text(one, index.column())
        if role == _TICK and index.column() == 0:
            on = self._ticked[index.row()]
            return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.ForegroundRole and one.why and index.column() == len(_HEADS) - 1:
            return theme.brush("danger")
        return None

    def _text(self, one: Found, column: int) -> str:
        if column == 0:
            if one.id not in self._labels:
                self._labels[one.id] = self._session.book.label(self._entity.id, one.id)
            return self._labels[one.id]
        if column == 1:
            return self._entity.field(one.field).text()
        if column == 2:
            return one.before
        return tr(N_("left out: {why}"), why=one.why) if one.why else one.after

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick a row by the pointer."""
        if role != _TICK or not index.isValid():
            return False
        self.tick([index.row()], Qt.CheckState(value) == Qt.CheckState.Checked)
        return True


class _List(QTableView):
    """Space ticks the selected rows, or unticks them."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space works on all that is selected, whichever column is current."""
        model, rows = self.model(), [one.row() for one in self.selectionModel().selectedRows()]
        if event.key() == Qt.Key.Key_Space and rows and isinstance(model, FoundCells):
            now = model.index(self.currentIndex().row(), 0).data(_TICK)
            model.tick(rows, Qt.CheckState(now) != Qt.CheckState.Checked)
        else:
            super().keyPressEvent(event)


class FindReplace(QDialog):
    """Asks what to find and where, shows what would change, and writes what is ticked."""

    def __init__(
        self,
        session: Session,
        entity: str,
        shown: Sequence[Block],
        selected: Sequence[Block],
        parent: QWidget,
    ) -> None:
        """``selected`` are the cells that were chosen, empty if it is but one."""
        super().__init__(parent)
        self._session, self._entity = session, entity
        self._blocks = {"shown": list(shown), "selected": list(selected)}
        self._latest = Latest(session.jobs, self)
        self.setWindowTitle(tr(N_("Find and replace")))
        self.resize(theme.fitting(self, 720, 500))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TYPING)
        self._timer.timeout.connect(self._look)
        box = QVBoxLayout(self)
        box.addLayout(self._questions(bool(selected)))
        self._model = FoundCells(session, entity, self)
        self._list = self._make_list()
        box.addWidget(self._list, 1)
        self._said = QLabel(self)
        self._said.setObjectName("muted")
        self._said.setWordWrap(True)
        box.addWidget(self._said)
        box.addLayout(self._buttons())
        self._model.dataChanged.connect(self._count)
        self._model.modelReset.connect(self._count)
        self.finished.connect(self._latest.forget)
        self._count()

    def _questions(self, selected: bool) -> QFormLayout:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._find, self._into, self._where = QLineEdit(self), QLineEdit(self), QComboBox(self)
        if selected:
            self._where.addItem(tr(N_("Selected cells")), "selected")
        self._where.addItem(tr(N_("All rows and columns that are shown")), "shown")
        for text, widget in (
            (tr(N_("Find")), self._find),
            (tr(N_("Replace with")), self._into),
            (tr(N_("In")), self._where),
        ):
            widget.setAccessibleName(text)
            form.addRow(text, widget)
        self._case = QCheckBox(tr(N_("Match case")), self)
        self._whole = QCheckBox(tr(N_("Whole cell only")), self)
        line = QHBoxLayout()
        for box in (self._case, self._whole):
            box.setAccessibleName(box.text())
            box.toggled.connect(self._changed)
            line.addWidget(box)
        line.addStretch(1)
        form.addRow(line)
        for edit in (self._find, self._into):
            edit.textChanged.connect(self._changed)
        self._where.currentIndexChanged.connect(self._changed)
        return form

    def _make_list(self) -> QTableView:
        made = _List(self)
        made.setModel(self._model)
        made.setAccessibleName(tr(N_("What would change")))
        made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        made.setTabKeyNavigation(False)
        made.setWordWrap(False)
        made.setCornerButtonEnabled(False)
        made.verticalHeader().hide()
        made.verticalHeader().setDefaultSectionSize(theme.row_height())
        head = made.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        head.setHighlightSections(False)
        return made

    def _buttons(self) -> QHBoxLayout:
        line = QHBoxLayout()
        for text, on in ((tr(N_("Tick all")), True), (tr(N_("Untick all")), False)):
            button = QPushButton(text, self)
            button.setAccessibleName(text)
            button.setAutoDefault(False)
            button.clicked.connect(self._tick_all if on else self._untick_all)
            line.addWidget(button)
        line.addStretch(1)
        buttons = QDialogButtonBox(self)
        self._replace = QPushButton(self)
        self._replace.setProperty("primary", True)  # before the box gives it its style
        buttons.addButton(self._replace, QDialogButtonBox.ButtonRole.AcceptRole)
        self._replace.clicked.connect(self._write)
        cancel = buttons.addButton(tr(N_("Cancel")), QDialogButtonBox.ButtonRole.RejectRole)
        cancel.setAccessibleName(cancel.text())
        cancel.clicked.connect(self.reject)
        line.addWidget(buttons)
        return line

    # -- looking ---------------------------------------------------------------------------------

    def _wanted(self) -> Wanted:
        return Wanted(
            self._find.text(), self._into.text(), self._case.isChecked(), self._whole.isChecked()
        )

    def _changed(self) -> None:
        self._replace.setEnabled(False)  # what is listed answers an older question
        self._timer.start()

    def _look(self) -> None:
        book, entity, wanted = self._session.book, self._entity, self._wanted()
        blocks = self._blocks[str(self._where.currentData())]

        def work(progress: Progress) -> list[Found]:
            return replacing.find(book, entity, blocks, wanted, progress)

        self._said.setText(tr(N_("Looking…")) if wanted.find else "")
        self._latest.ask(work, self._model.take, self._refused)

    def _refused(self, refused: Refused) -> None:
        self._said.setText(str(refused))

    def _tick_all(self) -> None:
        self._model.tick(range(self._model.rowCount()), on=True)

    def _untick_all(self) -> None:
        self._model.tick(range(self._model.rowCount()), on=False)

    def _count(self) -> None:
        n, found = len(self._model.chosen()), self._model.found
        refused = sum(bool(one.why) for one in found)
        text = ntr("Replace in {n} cell", "Replace in {n} cells", n)
        self._replace.setText(text)
        self._replace.setAccessibleName(text)
        self._replace.setEnabled(n > 0 and not self._timer.isActive())
        said = ntr("{n} cell found.", "{n} cells found.", len(found)) if self._find.text() else ""
        if len(found) >= replacing.MOST:
            said = tr(N_("More than {n} cells; these are the first."), n=f"{len(found):,}")
        if refused:
            said += " " + ntr(
                "{n} would be refused and is left out.",
                "{n} would be refused and are left out.",
                refused,
            )
        self._said.setText(said)

    # -- writing ---------------------------------------------------------------------------------

    def _write(self) -> None:
        chosen, wanted = self._model.chosen(), self._wanted()
        if not chosen or self._timer.isActive() or self._latest.waiting:
            return
        session, entity = self._session, self._entity
        reason = tr(N_("Replace “{find}” with “{into}”"), find=wanted.find, into=wanted.into)

        def work(progress: Progress) -> Outcome:
            if len(chosen) >= _LARGE:
                session.first()
            return replacing.write(session.book, entity, reason, chosen, progress)

        def done(outcome: Outcome) -> None:
            _tell(session, reason, outcome)

        def failed(error: Exception) -> None:
            if str(error):
                session.refused.emit(str(error))

        self.accept()
        if len(chosen) >= _LONG:
            session.jobs.run(reason, work, done, failed)
            return
        try:
            done(work(Progress()))
        except Refused as refused:
            failed(refused)


def _tell(session: Session, reason: str, outcome: Outcome) -> None:
    said = [reason, ntr("{n} cell replaced.", "{n} cells replaced.", len(outcome.cells))]
    if outcome.declined:
        n, why = len(outcome.declined), outcome.declined[0].why
        said.append(ntr("{n} cell was refused: {why}", "{n} cells were refused: {why}", n, why=why))
    if outcome.change:
        session.said.emit("\n".join(said), outcome.change)
    else:
        session.refused.emit(said[-1])
