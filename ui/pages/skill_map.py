"""The skill map: who is able to do what, what rests on one person, what nobody is able to do."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from models.change import Change
from models.people.skills import LEVELS, Skills, judge, single_point_text
from models.progress import Progress
from models.texts import N_, ntr, tr
from ui import help_pages, theme
from ui.jobs import Latest
from ui.pages.read_when_seen import ReadWhenSeen
from ui.pages.skill_map_model import ALONE_MARK, FADED_MARK, SkillMapModel
from ui.records.empty_state import EmptyState
from ui.records.read_table import MapTable
from ui.records.split import DetailSplit
from ui.session import Session

_RESTS_ON = {"skill", "skill_level", "salesperson", "task", "template"}
_WIDTH = 104  # points of a column
_WHERE = Qt.ItemDataRole.UserRole  # of a finding: entity and rows, or person and skill


class _Table(MapTable):
    """People and skills; a figure typed into a cell is a judgement of today."""

    judged = Signal(QModelIndex, int)
    wanted = Signal(QModelIndex)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.doubleClicked.connect(self.wanted)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """0 to 5 judges, Enter opens what shows it."""
        index, typed = self.currentIndex(), event.text()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if index.isValid() and plain and typed.isascii() and typed.isdigit():
            if int(typed) in LEVELS:
                self.judged.emit(index, int(typed))
        elif index.isValid() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.wanted.emit(index)
        else:
            super().keyPressEvent(event)


class SkillMapTab(ReadWhenSeen):
    """Everybody's skills today, and what to see to."""

    rests_on = _RESTS_ON

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, parent)
        self._latest = Latest(session.jobs, self)
        self.fault = ""
        self.today: date | None = None  # None: that of this machine
        help_pages.offer(self, "capacity")
        self.model = SkillMapModel(self)
        self.table = _Table(self)
        self.table.setModel(self.model)
        self._evidence, self._legend = QLabel(self), QLabel(self)
        self._legend.setObjectName("muted")
        self._heading = QLabel(self)
        self._heading.setObjectName("heading")
        self.findings = QListWidget(self)
        self.findings.setWordWrap(True)
        self.findings.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.empty = EmptyState(self)
        for one in (self._evidence, self._legend):
            one.setWordWrap(True)
        self._split = DetailSplit(session.settings, self)
        left, right = QWidget(self._split), QWidget(self._split)
        inside, beside = QVBoxLayout(left), QVBoxLayout(right)
        inside.setContentsMargins(0, 0, 0, 0)
        beside.setContentsMargins(8, 0, 0, 0)
        for widget, room in ((self.table, 1), (self._evidence, 0), (self._legend, 0)):
            inside.addWidget(widget, room)
        beside.addWidget(self._heading)
        beside.addWidget(self.findings, 1)
        self._split.addWidget(left)
        self._split.addWidget(right)
        self._split.setStretchFactor(0, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 12, 8)
        box.addWidget(self._split, 1)
        box.addWidget(self.empty, 1)
        self.table.selectionModel().currentChanged.connect(self._turned)
        self.table.judged.connect(self._judge)
        self.table.wanted.connect(self._open)
        self.table.menu_wanted.connect(self._menu)
        self.findings.itemActivated.connect(self._show_finding)
        self.findings.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.findings.customContextMenuRequested.connect(self._finding_menu)
        self.empty.wanted.connect(self._help)

    @property
    def on(self) -> date:
        """The day that counts as today."""
        return self.today or date.today()

    def retranslate(self) -> None:
        """Show everything in the current language and theme."""
        self.table.setAccessibleName(tr(N_("Skill map")))
        self.findings.setAccessibleName(tr(N_("What to see to")))
        self._heading.setText(tr(N_("What to see to")))
        self._legend.setText(
            tr(
                N_(
                    "Type 0 to 5 to judge today, Enter opens the judgement. {alone} rests on one person · {faded} no longer valid: what it counts for."
                ),
                alone=ALONE_MARK,
                faded=FADED_MARK,
            )
        )
        theme.fit_heads(self.table.horizontalHeader(), _WIDTH)
        self.table.verticalHeader().setDefaultSectionSize(theme.row_height())
        self.table.verticalHeader().setMinimumWidth(theme.scaled(90))
        self._show()

    # -- reading -----------------------------------------------------------------------------------

    def read(self) -> None:
        """Read everything again."""
        self._stale = False
        book, on = self._session.book, self.on

        def work(progress: Progress) -> tuple[Skills, list[tuple[str, object]]]:
            found = Skills(book, on)
            return found, findings(found)

        self._latest.ask(work, self._read, self._failed, tr(N_("Reading skills…")))
        self._show()

    def _read(self, answer: tuple[Skills, list[tuple[str, object]]]) -> None:
        found, lines = answer
        self.fault = ""
        self.model.show(found)
        theme.fit_heads(self.table.horizontalHeader(), _WIDTH)
        if not self.table.currentIndex().isValid() and self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, 0))
        before = self.findings.currentRow()
        self.findings.clear()
        for text, where in lines or [(tr(N_("Nothing to see to.")), None)]:
            item = QListWidgetItem(text)
            item.setToolTip(text)
            item.setData(_WHERE, where)
            self.findings.addItem(item)
        self.findings.setCurrentRow(min(max(before, 0), self.findings.count() - 1))
        self._turned(self.table.currentIndex())
        self._show()

    def _failed(self, error: Exception) -> None:
        self.fault, self._stale = str(error), True
        self._show()

    def _show(self) -> None:
        found = self.model.found
        there = found is not None and bool(found.skills) and bool(found.people)
        self._split.setVisible(there)
        self.empty.setVisible(not there)
        if found is None:
            self.empty.say(self.fault or tr(N_("Computing…")))
        elif not found.people:
            self.empty.say(tr(N_("There is nobody in the team yet. Add people on the page Team.")))
        elif not found.skills:
            self.empty.say(
                tr(N_("No skill is in the list yet. Add what your tasks ask for.")),
                tr(N_("Add skills")),
            )

    def _help(self) -> None:
        above = self.parent()
        while above is not None and not hasattr(above, "list_of"):
            above = above.parent()
        if above is not None:
            page = above.list_of("skill")
            if page is not None:
                page.add()

    # -- one cell ----------------------------------------------------------------------------------

    def _turned(self, index: QModelIndex) -> None:
        level = self.model.level(index)
        said = self.model.said(index)
        if level is not None and level.evidence:
            said = tr(N_("{said}\nEvidence: {text}"), said=said, text=level.evidence)
        self._evidence.setText(said)

    def _judge(self, index: QModelIndex, level: int) -> None:
        person, skill = self.model.person(index), self.model.skill(index)
        if person is None or skill is None:
            return
        on = self.on

        def act(change: Change) -> None:
            judge(change, person.id, skill.id, level, on)

        reason = tr(
            N_("Judge {person}, {skill}: {level}"),
            person=person.name,
            skill=skill.name,
            level=level,
        )
        self._session.write(reason, act, offer_undo=True)

    def _open(self, index: QModelIndex) -> None:
        level = self.model.level(index)
        if level is not None:
            self._session.record_wanted.emit("skill_level", level.row)

    def _menu(self, place: QPoint) -> None:
        index = self.table.currentIndex()
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def open_() -> None:
            self._open(index)

        opened = menu.addAction(tr(N_("Open the judgement")))
        opened.setEnabled(self.model.level(index) is not None)
        opened.triggered.connect(open_)
        menu.addSeparator()
        for level in LEVELS:

            def judged(checked: bool = False, level: int = level) -> None:
                self._judge(index, level)

            text = tr(N_("Judge today: {level}"), level=level)
            menu.addAction(text).triggered.connect(judged)
        menu.popup(place)

    def _finding_menu(self, place: QPoint) -> None:
        if self.findings.currentRow() < 0:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def show() -> None:
            self._show_finding(self.findings.currentItem())

        menu.addAction(tr(N_("Go there"))).triggered.connect(show)
        menu.popup(self.findings.viewport().mapToGlobal(place))

    def _show_finding(self, item: QListWidgetItem) -> None:
        match item.data(_WHERE):
            case ("cell", int(person), int(skill)):
                self.table.setCurrentIndex(self.model.index_of(person, skill))
                self.table.setFocus()
            case (str(entity), int(row)):
                self._session.record_wanted.emit(entity, row)


def findings(found: Skills) -> list[tuple[str, object]]:
    """What to see to, each with where it is: skills of one person, gaps, what is no longer valid."""
    names = {one.id: one.name for one in found.people}
    skills = {one.id: one.name for one in found.skills}
    made: list[tuple[str, object]] = [
        (single_point_text(skills[skill], names[person]), ("cell", person, skill))
        for skill, person in found.single_points()
    ]
    for gap in found.uncovered():
        n = len(gap.tasks) + len(gap.templates)
        text = ntr(
            "Nobody has {need}, which {n} task or template asks for.",
            "Nobody has {need}, which {n} tasks or templates ask for.",
            n,
            need=gap.need.text(),
        )
        where = ("task", gap.tasks[0]) if gap.tasks else ("template", gap.templates[0])
        made.append((text, where))
    for level in found.ageing():
        if level.skill in skills and level.person in names:
            said = N_("{skill} of {person} is to be judged again: valid until {day}.")
            text = tr(
                said, skill=skills[level.skill], person=names[level.person], day=level.valid_until
            )
            made.append((text, ("cell", level.person, level.skill)))
    return made
