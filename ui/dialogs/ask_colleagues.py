"""Chooses which colleagues are asked about somebody: those first who worked with the person, and why."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from models.evaluations import asking
from models.evaluations.colleagues import Colleague, colleagues
from models.evaluations.steps import Standing
from models.refusals import Refused
from models.texts import N_, ntr, tr
from ui import theme
from ui.session import Session

_PERSON = Qt.ItemDataRole.UserRole
_NAME, _TEAM, _WHY, _ANSWER = range(4)


class AskColleagues(QDialog):
    """Who is ticked is asked, whose tick is taken away isn't any more; ``written`` when it was written."""

    written = Signal()

    def __init__(self, session: Session, one: Standing, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        assert one.evaluation is not None
        self._session, self._evaluation = session, one.evaluation
        self.setWindowTitle(tr(N_("Ask colleagues about {person}"), person=one.scored.name))
        self.resize(theme.fitting(self, 640, 480))
        about = QLabel(
            tr(
                N_(
                    "Who is ticked finds a sheet “{sheet}” in the next workbook, until the talk. What they say informs the manager and never counts; {person} sees only the mean, never who said what."
                ),
                sheet=tr(N_("Colleagues' reviews")),
                person=one.scored.name,
            ),
            self,
        )
        about.setWordWrap(True)
        self._label = QLabel(tr(N_("Find a colleague")), self)
        self.search = QLineEdit(self)
        self.search.setAccessibleName(self._label.text())
        self.search.setClearButtonEnabled(True)
        self._label.setBuddy(self.search)
        self.list = self._make_list()
        self._count, self._said = QLabel(self), QLabel(self)
        self._count.setObjectName("muted")
        self._said.setObjectName("danger")
        for label in (self._count, self._said):
            label.setWordWrap(True)
        self._said.hide()
        box = QVBoxLayout(self)
        for widget in (about, self._label, self.search, self.list, self._count, self._said, self._make_buttons()):  # fmt: skip
            box.addWidget(widget)
        self._fill(colleagues(session.book, self._evaluation))
        self.search.textChanged.connect(self._narrow)
        self.list.itemChanged.connect(self._tell)
        self._tell()
        self.list.setFocus()

    def _make_list(self) -> QTreeWidget:
        made = QTreeWidget(self)
        made.setAccessibleName(tr(N_("Colleagues to ask")))
        made.setRootIsDecorated(False)
        made.setUniformRowHeights(True)
        heads = (N_("Colleague"), N_("Team"), N_("Worked together"), N_("Answer"))
        made.setHeaderLabels([tr(one) for one in heads])
        return made

    def _make_buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox(self)
        for text, role, act in (
            (tr(N_("Ask who is ticked")), QDialogButtonBox.ButtonRole.AcceptRole, self._go),
            (tr(N_("Cancel")), QDialogButtonBox.ButtonRole.RejectRole, self.reject),
        ):
            button = box.addButton(text, role)
            button.setAccessibleName(text)
            button.clicked.connect(act)
            if role == QDialogButtonBox.ButtonRole.AcceptRole:
                self.button = button
        return box

    def _fill(self, found: tuple[Colleague, ...]) -> None:
        for one in found:
            self._add(one)
        for column in (_NAME, _TEAM, _WHY):
            self.list.resizeColumnToContents(column)
            self.list.setColumnWidth(column, self.list.columnWidth(column) + theme.scaled(12))
        for first in self._lines()[:1]:
            self.list.setCurrentItem(first)

    def _add(self, one: Colleague) -> None:
        answer = tr(N_("has answered")) if one.answered else tr(N_("asked")) if one.asked else ""
        why = tr(N_(", ")).join(one.reasons)
        line = QTreeWidgetItem(self.list, [one.name, one.team, why, answer])
        line.setToolTip(_WHY, why)
        line.setData(_NAME, _PERSON, one.person)
        line.setCheckState(_NAME, Qt.CheckState.Checked if one.asked else Qt.CheckState.Unchecked)
        if one.answered:  # what was said stays
            line.setFlags(line.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)

    def _lines(self) -> list[QTreeWidgetItem]:
        found = (self.list.topLevelItem(at) for at in range(self.list.topLevelItemCount()))
        return [one for one in found if one is not None]

    def people(self) -> list[int]:
        """The rows of who is ticked."""
        return [
            int(one.data(_NAME, _PERSON))
            for one in self._lines()
            if one.checkState(_NAME) == Qt.CheckState.Checked
        ]

    def _narrow(self, typed: str) -> None:
        wanted = typed.strip().casefold()
        for one in self._lines():
            told = f"{one.text(_NAME)} {one.text(_TEAM)}".casefold()
            one.setHidden(wanted not in told)

    def _tell(self) -> None:
        n = len(self.people())
        self._count.setText(ntr("{n} colleague is ticked", "{n} colleagues are ticked", n))

    def _go(self) -> None:
        try:
            change = asking.choose(self._session.book, self._evaluation, self.people())
        except Refused as refused:
            self._said.setText(str(refused))
            self._said.show()
            return
        info = self._session.book.info(change) if change is not None else None
        if info is not None:
            self._session.said.emit(info.reason, info.no)
            self.written.emit()
        self.accept()
