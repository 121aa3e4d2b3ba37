"""What board, calendar and timeline of tasks are narrowed to: one choice for all three, kept for the book."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from PySide6.QtCore import QObject, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from models.book import Notice
from models.tasks.asked import Asked
from models.texts import N_, tr
from ui import theme
from ui.flow import Flow
from ui.session import Session

_TYPING = 250  # ms after the last key
_LINKS = ("person", "team", "project")
_ENTITIES = {"person": "salesperson", "team": "team", "project": "project"}


class TaskFilter(QObject):
    """The choice that the views share. ``changed`` when it is another; ``named`` when people are."""

    changed = Signal()
    named = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._place = f"task_views/{session.book.id}"
        self._names: dict[str, list[tuple[int, str]]] = {}
        self.asked = self._left()
        session.news.connect(self._heard)

    def _left(self) -> Asked:
        """As it was left when the book was shown last."""
        kept = self._session.settings.layout(self._place)
        usual = asdict(Asked())
        fit = {
            name: value
            for name, value in kept.items()
            if name in usual and type(value) is type(usual[name])
        }
        asked = Asked(**{**usual, **fit, "text": ""})
        gone: dict[str, Any] = {
            name: 0 for name in _LINKS if getattr(asked, name) not in self._rows(name)
        }
        return replace(asked, customer=0, **gone)

    def _rows(self, name: str) -> set[int]:
        return {0, *(row for row, _ in self.names(name))}

    def choose(self, **values: Any) -> None:
        """Ask for something else, by names of ``Asked``."""
        fresh = replace(self.asked, **values)
        if fresh != self.asked:
            self.asked = fresh
            self.keep(**{name: value for name, value in asdict(fresh).items() if name != "text"})
            self.changed.emit()

    def keep(self, **values: Any) -> None:
        """Remember choices for this book: a person's, on this machine."""
        settings = self._session.settings
        settings.keep_layout(self._place, {**settings.layout(self._place), **values})

    def kept(self, name: str, usual: Any) -> Any:
        """A choice as it was left; the usual one if none was, or it makes no sense."""
        found = self._session.settings.layout(self._place).get(name, usual)
        return found if type(found) is type(usual) else usual

    def names(self, link: str) -> list[tuple[int, str]]:
        """The people, teams or projects that may be chosen, by name."""
        if link not in self._names:
            book, entity = self._session.book, _ENTITIES[link]
            where = "status != left" if link == "person" else None
            ids = book.ids(entity, where, sort=[("name", False)])
            rows = book.rows(entity, ids, ["name"])
            self._names[link] = [(id, row[0] or "") for id, row in zip(ids, rows, strict=True)]
        return self._names[link]

    def _heard(self, notice: Notice) -> None:
        touched = [link for link, entity in _ENTITIES.items() if entity in notice.touched]
        if touched:
            for link in touched:
                self._names.pop(link, None)
            self.named.emit()


class TaskHead(QWidget):
    """The choice as widgets; whoever shows it adds its own on the left and the right."""

    def __init__(self, filter: TaskFilter, parent: QWidget) -> None:
        super().__init__(parent)
        self._filter = filter
        self.search = QLineEdit(self)
        self.search.setClearButtonEnabled(True)
        self.links = {name: QComboBox(self) for name in _LINKS}
        self._labels = {name: QLabel(self) for name in _LINKS}
        self.open_only = QCheckBox(self)
        self.said = QLabel(self)
        self.said.setObjectName("muted")
        self.new_button = QPushButton(self)
        self.new_button.setProperty("primary", True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TYPING)
        self._timer.timeout.connect(self._typed)
        self._lay_out()
        self.search.textChanged.connect(self._timer.start)
        for one in self.links.values():
            one.activated.connect(self._chosen)
        self.open_only.toggled.connect(self._opened)
        filter.changed.connect(self.show_choice)
        filter.named.connect(self._renamed)

    def _lay_out(self) -> None:
        filters = Flow(from_left=True)
        filters.setSpacing(10)
        filters.addWidget(self.search)
        for name, combo in self.links.items():
            combo.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            combo.setMinimumContentsLength(8)
            label = self._labels[name]
            label.setObjectName("muted")
            filters.addWidget(self._pair(label, combo))
        filters.addWidget(self.open_only)
        above = QHBoxLayout()
        above.addLayout(filters, 1)
        above.addWidget(self.new_button, 0, Qt.AlignmentFlag.AlignTop)
        self.own = Flow(from_left=True)
        self.own.setSpacing(8)
        below = QHBoxLayout()
        below.addLayout(self.own, 1)
        below.addWidget(self.said)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addLayout(above)
        box.addLayout(below)

    def _pair(self, label: QLabel, widget: QWidget) -> QWidget:
        """A widget with its label before it, that stay together."""
        pair = QWidget(self)
        box = QHBoxLayout(pair)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addWidget(label)
        box.addWidget(widget)
        label.setBuddy(widget)
        return pair

    def add_choice(self, label: QLabel, widget: QWidget) -> None:
        """One more choice of the view's own, with its label."""
        label.setObjectName("muted")
        self.own.addWidget(self._pair(label, widget))

    def retranslate(self) -> None:
        """Show everything in the current language."""
        hint = tr(N_("Search tasks and customers"))
        self.search.setPlaceholderText(hint)
        self.search.setAccessibleName(hint)
        wide = self.search.fontMetrics().horizontalAdvance(hint) + theme.scaled(44)
        self.search.setFixedWidth(wide)
        for name, text in (
            ("person", tr(N_("Salesperson"))),
            ("team", tr(N_("Team"))),
            ("project", tr(N_("Project"))),
        ):
            self._labels[name].setText(text)
            self.links[name].setAccessibleName(text)
        for one, text in (
            (self.open_only, tr(N_("Open only"))),
            (self.new_button, tr(N_("New task"))),
        ):
            one.setText(text)
            one.setAccessibleName(text)
        self._fill()
        self.show_choice()

    def _renamed(self) -> None:
        self._fill()
        self.show_choice()

    def _fill(self) -> None:
        everything = {
            "person": tr(N_("Everybody")),
            "team": tr(N_("All")),
            "project": tr(N_("All")),
        }
        for name, combo in self.links.items():
            with QSignalBlocker(combo):
                combo.clear()
                combo.addItem(everything[name], 0)
                for row, text in self._filter.names(name):
                    combo.addItem(text, row)

    def show_choice(self) -> None:
        """Show what is asked for."""
        asked = self._filter.asked
        for name, combo in self.links.items():
            with QSignalBlocker(combo):
                combo.setCurrentIndex(max(combo.findData(getattr(asked, name)), 0))
                combo.setToolTip(combo.currentText())
        with QSignalBlocker(self.open_only):
            self.open_only.setChecked(asked.open_only)
        if self.search.text().strip() != asked.text and not self._timer.isActive():
            with QSignalBlocker(self.search):
                self.search.setText(asked.text)

    def say(self, text: str) -> None:
        """Say how much is shown, or what is under way."""
        self.said.setText(text)

    def _typed(self) -> None:
        self._filter.choose(text=self.search.text().strip())

    def _chosen(self) -> None:
        self._filter.choose(
            **{name: int(combo.currentData() or 0) for name, combo in self.links.items()}
        )

    def _opened(self, on: bool) -> None:
        self._filter.choose(open_only=on)

    def show_everything(self) -> None:
        """No person, team, project or words any more."""
        self._timer.stop()
        with QSignalBlocker(self.search):
            self.search.clear()
        self._filter.choose(person=0, team=0, project=0, customer=0, text="")
