"""A dialog that lists what would change in cells, each to be ticked, and writes it as one change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLayout,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from models import replacing
from models.pasting import Outcome
from models.progress import Progress
from models.refusals import Refused
from models.replacing import Found
from models.texts import N_, ntr, tr
from ui import theme
from ui.jobs import Latest
from ui.records.read_table import LineModel
from ui.session import Session

Index = QModelIndex | QPersistentModelIndex
_TYPING = 200  # ms after the last key before it is worked out
_LONG = 500  # cells from which the writing is done in the background
_LARGE = 2_000  # cells from which the book is backed up before
_HEADS = (N_("Record"), N_("Column"), N_("Before"), N_("After"))
_TICK = Qt.ItemDataRole.CheckStateRole


class FoundCells(LineModel[Found]):
    """The cells that were found, each ticked unless its field refuses what would stand in it."""

    heads = _HEADS

    def __init__(self, session: Session, entity: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._entity = session, session.book.schema.entity(entity)
        self._ticked: list[bool] = []
        self._labels: dict[int, str] = {}

    def take(self, found: Sequence[Found]) -> None:
        """Show other cells."""
        self._ticked = [not one.why for one in found]
        self._labels.clear()
        self.put(list(found))

    def chosen(self) -> list[Found]:
        """The ticked ones."""
        return [one for one, ticked in zip(self.lines, self._ticked, strict=True) if ticked]

    def tick(self, rows: Sequence[int], on: bool) -> None:
        """Tick rows or untick them; what a field refuses stays out."""
        for row in rows:
            self._ticked[row] = on and not self.lines[row].why
        if rows:
            last = self.index(max(rows), len(_HEADS) - 1)
            self.dataChanged.emit(self.index(min(rows), 0), last)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """What can be ticked."""
        base = super().flags(index)
        if index.column() == 0 and not self.lines[index.row()].why:
            base |= Qt.ItemFlag.ItemIsUserCheckable
        return base

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The texts, the ticks, and in red what is refused."""
        one = self.lines[index.row()]
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


class FoundList(QTableView):
    """Shows them; Space ticks the selected rows, or unticks them."""

    def __init__(self, model: FoundCells, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setAccessibleName(tr(N_("What would change")))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.row_height())
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        head.setHighlightSections(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space works on all that is selected, whichever column is current."""
        model, rows = self.model(), [one.row() for one in self.selectionModel().selectedRows()]
        if event.key() == Qt.Key.Key_Space and rows and isinstance(model, FoundCells):
            now = model.index(self.currentIndex().row(), 0).data(_TICK)
            model.tick(rows, Qt.CheckState(now) != Qt.CheckState.Checked)
        else:
            super().keyPressEvent(event)


class ProposalDialog(QDialog):
    """Asks, shows what would change, and writes what is ticked. What derives from it calls ``build``."""

    most = 0  # cells that are found at most; 0 for no limit

    def __init__(self, session: Session, entity: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.session, self.entity = session, entity
        self._latest = Latest(session.jobs, self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TYPING)
        self._timer.timeout.connect(self._look)

    def build(self, title: str, questions: QLayout) -> None:
        """Put the dialog together below its questions."""
        self.setWindowTitle(title)
        self.resize(theme.fitting(self, 720, 500))
        box = QVBoxLayout(self)
        box.addLayout(questions)
        self._model = FoundCells(self.session, self.entity, self)
        self._list = FoundList(self._model, self)
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

    # -- what each of them says --------------------------------------------------------------------

    def asked(self) -> bool:
        """Whether enough is asked to look for it."""
        return True

    def work_out(self, progress: Progress) -> list[Found]:
        """What would change; runs in the background, so it asks no widget."""
        raise NotImplementedError

    def prepare(self) -> None:
        """Read the questions into plain values before ``work_out`` runs."""

    def reason(self) -> str:
        """What the change is called."""
        raise NotImplementedError

    def write_text(self, n: int) -> str:
        """The text of the button that writes so many cells."""
        raise NotImplementedError

    def count_text(self, found: Sequence[Found]) -> str:
        """How much was found."""
        raise NotImplementedError

    def done_text(self, n: int) -> str:
        """How many cells were written."""
        raise NotImplementedError

    # -- looking -----------------------------------------------------------------------------------

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

    def changed(self) -> None:
        """Another question is asked: it is worked out when the last key lies a moment back."""
        self._replace.setEnabled(False)  # what is listed answers an older question
        self._timer.start()

    def _look(self) -> None:
        self.prepare()
        if not self.asked():
            self._latest.forget()
            self._model.take([])
            return
        self._said.setText(tr(N_("Looking…")))
        self._latest.ask(self.work_out, self._model.take, self._refused)

    def _refused(self, refused: Refused) -> None:
        self._model.take([])
        self._said.setText(str(refused))

    def _tick_all(self) -> None:
        self._model.tick(range(self._model.rowCount()), on=True)

    def _untick_all(self) -> None:
        self._model.tick(range(self._model.rowCount()), on=False)

    def _count(self) -> None:
        n, found = len(self._model.chosen()), self._model.lines
        refused = sum(bool(one.why) for one in found)
        text = self.write_text(n)
        self._replace.setText(text)
        self._replace.setAccessibleName(text)
        self._replace.setEnabled(n > 0 and not self._timer.isActive())
        said = self.count_text(found) if self.asked() else ""
        if self.most and len(found) >= self.most:
            said = tr(N_("More than {n} cells; these are the first."), n=f"{len(found):,}")
        if refused:
            said += " " + ntr(
                "{n} would be refused and is left out.",
                "{n} would be refused and are left out.",
                refused,
            )
        self._said.setText(said)

    # -- writing -----------------------------------------------------------------------------------

    def _write(self) -> None:
        chosen = self._model.chosen()
        if not chosen or self._timer.isActive() or self._latest.waiting:
            return
        session, entity, reason, done_text = (
            self.session,
            self.entity,
            self.reason(),
            self.done_text,
        )

        def work(progress: Progress) -> Outcome:
            if len(chosen) >= _LARGE:
                session.first()
            return replacing.write(session.book, entity, reason, chosen, progress)

        def done(outcome: Outcome) -> None:
            _tell(session, reason, done_text(len(outcome.cells)), outcome)

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


def _tell(session: Session, reason: str, written: str, outcome: Outcome) -> None:
    said = [reason, written]
    if outcome.declined:
        n, why = len(outcome.declined), outcome.declined[0].why
        said.append(ntr("{n} cell was refused: {why}", "{n} cells were refused: {why}", n, why=why))
    if outcome.change:
        session.said.emit("\n".join(said), outcome.change)
    else:
        session.refused.emit(said[-1])
