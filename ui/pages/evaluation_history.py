"""One person over the cycles: totals as a curve, grades, items; what was sealed is marked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from models.evaluations import stages
from models.evaluations.over_time import Past, history, item_names
from models.progress import Progress
from models.texts import N_, ntr, tr
from ui import help_pages, theme
from ui.jobs import Latest
from ui.pages.buttons_menu import ButtonsMenu
from ui.pages.evaluation_people import points
from ui.pages.evaluation_reader import EvaluationReader
from ui.records.empty_state import EmptyState
from ui.records.short_table import ShortTable
from ui.session import Session

_HIGH = 120  # points of the curve


class Curve(QWidget):
    """The totals in their order; a sealed one is filled."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._pasts: Sequence[Past] = ()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_pasts(self, pasts: Sequence[Past]) -> None:
        """Show others, in words to who hears the screen."""
        self._pasts = [one for one in pasts if one.scored.total is not None]
        self.setMinimumHeight(theme.scaled(_HIGH))
        self.setAccessibleName(tr(N_("Totals over the cycles")))
        said = (
            tr(N_("{cycle}: {total}"), cycle=one.scored.cycle_name, total=points(one.scored.total))
            for one in self._pasts
        )
        self.setAccessibleDescription(tr(N_("; ")).join(said))
        self.setVisible(len(self._pasts) > 1)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dots with their totals, joined by a line."""
        values = [float(one.scored.total or 0) for one in self._pasts]
        if len(values) < 2:
            return
        painter, colours = QPainter(self), theme.colours()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = self.fontMetrics().height() + 4
        room = QRectF(self.rect()).adjusted(80, line + 4, -80, -line - 4)
        low, high = min(values), max(values)
        span = max(high - low, 10.0)
        step = room.width() / (len(values) - 1)
        places = [
            QPointF(room.left() + at * step, room.bottom() - (value - low) / span * room.height())
            for at, value in enumerate(values)
        ]
        painter.setPen(QPen(QColor(colours.series[0]), 2))
        painter.drawPolyline(places)
        for one, place in zip(self._pasts, places, strict=True):
            painter.setPen(QPen(QColor(colours.series[0]), 2))
            painter.setBrush(QColor(colours.series[0] if one.sealed else colours.surface))
            painter.drawEllipse(place, 4, 4)
            painter.setPen(QColor(colours.text))
            above = QRectF(place.x() - 60, place.y() - line - 4, 120, line)
            painter.drawText(above, Qt.AlignmentFlag.AlignCenter, points(one.scored.total))
            painter.setPen(QColor(colours.muted))
            wide = min(step, 160.0)
            below = QRectF(place.x() - wide / 2, self.height() - line, wide, line)
            name = self.fontMetrics().elidedText(
                one.scored.cycle_name, Qt.TextElideMode.ElideRight, round(wide)
            )
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, name)


class HistoryTab(QWidget):
    """What somebody reached, cycle by cycle."""

    def __init__(self, session: Session, reader: EvaluationReader, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self.reader = session, reader
        self._latest = Latest(session.jobs, self)
        self._shown = 0
        self.pasts: tuple[Past, ...] = ()
        help_pages.offer(self, "evaluations")
        self._label, self.said = QLabel(self), QLabel(self)
        self.said.setObjectName("muted")
        self.said.setWordWrap(True)
        self.person = QComboBox(self)
        self.person.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._label.setBuddy(self.person)
        self.curve = Curve(self)
        self.table = ShortTable([], [], "")
        self.empty = EmptyState(self)
        head = QHBoxLayout()
        head.addWidget(self._label)
        head.addWidget(self.person)
        head.addWidget(self.said, 1)
        self.open = QPushButton(self)
        head.addWidget(self.open)
        ButtonsMenu(self.table, self._offered)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 12, 8)
        box.addLayout(head)
        box.addWidget(self.curve)
        box.addWidget(self.table, 1)
        box.addWidget(self.empty, 1)
        self.person.activated.connect(self._choose)
        self.open.clicked.connect(self._open)
        self.table.doubleClicked.connect(self._open)
        reader.changed.connect(self._heard)
        reader.turned.connect(self._turned)
        session.closing.connect(self._latest.forget)
        reader.watch(self)

    def retranslate(self) -> None:
        """Show everything in the current language and theme."""
        self._label.setText(tr(N_("Salesperson")))
        self.person.setAccessibleName(self._label.text())
        self.open.setText(tr(N_("Open the record")))
        self.open.setAccessibleName(self.open.text())
        self.table.setAccessibleName(tr(N_("Cycles of the person")))
        self.table.verticalHeader().setDefaultSectionSize(theme.row_height())
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """Read when first shown or stale."""
        super().showEvent(event)
        self.reader.need()
        self._heard()

    def _offered(self) -> tuple[QPushButton, ...]:
        return (self.open,)

    def _open(self) -> None:
        """The record of the cycle in front."""
        at = max(self.table.currentRow(), 0)
        if at < len(self.pasts):
            self._session.record_wanted.emit("evaluation", self.pasts[-1 - at].evaluation)

    def _choose(self, at: int) -> None:
        self.reader.turn(int(self.person.itemData(at)))

    def _turned(self, person: int) -> None:
        if self.isVisible() and person != self._shown:
            self._heard()

    def _heard(self) -> None:
        desk = self.reader.desk
        if not self.isVisible() or desk is None:
            return
        names = {one.person: one.scored.name for one in desk.standings}
        self.person.clear()
        for row, name in sorted(names.items(), key=lambda one: one[1]):
            self.person.addItem(name, row)
        at = self.person.findData(self.reader.person)
        self.person.setCurrentIndex(max(at, 0) if names else -1)
        wanted = self.person.currentData()
        if wanted is None:
            self.pasts = ()
            self._show()
            return
        book, person = self._session.book, int(wanted)
        self._shown = person

        def work(progress: Progress) -> tuple[Past, ...]:
            return history(book, person)

        self._latest.ask(work, self._read, self._failed, tr(N_("Working out scores…")))

    def _read(self, found: tuple[Past, ...]) -> None:
        self.pasts = found
        self._show()

    def _failed(self, error: Exception) -> None:
        self.empty.say(str(error))

    def _show(self) -> None:
        there = bool(self.pasts)
        self.curve.show_pasts(self.pasts)
        self.table.setVisible(there)
        self.open.setVisible(there)
        self.empty.setVisible(not there)
        self.said.setText(_summary(self.pasts))
        if not there:
            text = N_("No evaluation of this person yet. Each cycle that is opened adds a line here.")  # fmt: skip
            self.empty.say(tr(text))
            return
        items = item_names(self.pasts)
        heads = [tr(N_("Evaluation cycle")), tr(N_("Stage")), tr(N_("Total")), tr(N_("Grade"))]
        self.table.setColumnCount(len(heads) + len(items) + 1)
        self.table.setHorizontalHeaderLabels([*heads, *items, tr(N_("Scorecard"))])
        self.table.put([_line(one, items) for one in reversed(self.pasts)])


def _line(one: Past, items: Sequence[str]) -> list[str]:
    """A cycle with its total, its grade and each item."""
    scores = {item.name: points(item.score) for item in one.scored.items}
    stage = tr(N_("Sealed")) if one.sealed else stages.text(one.stage)
    card = tr(
        N_("{card}, version {n}"), card=one.scored.scorecard_name, n=one.scored.scorecard_version
    )
    head = [one.scored.cycle_name, stage, points(one.scored.total), one.scored.grade or "–"]
    return [*head, *(scores.get(name, "") for name in items), card]


def _summary(pasts: Sequence[Past]) -> str:
    if not pasts:
        return ""
    sealed = sum(one.sealed for one in pasts)
    n = len(pasts)
    return ntr("{n} cycle, {sealed} sealed", "{n} cycles, {sealed} sealed", n, sealed=sealed)
