"""The first page: a new book, an open one, a recent one, or the sample team."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from models.texts import N_, tr
from ui import theme
from ui.settings import Settings

_CHOICES = (
    ("new", N_("New book…"), N_("Begin empty, then drop your spreadsheets onto the window.")),
    ("open", N_("Open book…"), N_("A file that ends in .daybook.")),
    (
        "sample",
        N_("Open the sample team"),
        N_("Eight people, 3,000 customers, two years of deals: to look around."),
    ),
)


class StartPage(QWidget):
    """Shown while no book is open."""

    chosen = Signal(str)  # new, open or sample
    picked = Signal(str)  # a recent book

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._title = QLabel(self)
        self._title.setObjectName("hero")
        self._said = QLabel(self)
        self._said.setObjectName("muted")
        self._said.setWordWrap(True)
        self._buttons: dict[str, tuple[QPushButton, QLabel]] = {}
        left = QVBoxLayout()
        left.setSpacing(6)
        for id, _, _ in _CHOICES:
            button = QPushButton(self)
            button.setProperty("primary", id == "new")
            button.clicked.connect(self._clicked)
            hint = QLabel(self)
            hint.setObjectName("muted")
            hint.setWordWrap(True)
            left.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            left.addWidget(hint)
            left.addSpacing(10)
            self._buttons[id] = (button, hint)
        left.addStretch(1)
        self._recent_title = QLabel(self)
        self._recent_title.setObjectName("heading")
        self._recent = QListWidget(self)
        self._recent.setObjectName("recent")
        self._recent.itemActivated.connect(self._activated)
        self._recent.itemClicked.connect(self._activated)
        right = QVBoxLayout()
        right.setSpacing(6)
        right.addWidget(self._recent_title, 0, Qt.AlignmentFlag.AlignTop)
        right.addWidget(self._recent, 1)
        columns = QHBoxLayout()
        columns.setSpacing(48)
        columns.addLayout(left, 1)
        columns.addLayout(right, 1)
        inside = QWidget(self)
        self._inside = inside
        box = QVBoxLayout(inside)
        box.addSpacing(40)
        box.addWidget(self._title)
        box.addWidget(self._said)
        box.addSpacing(28)
        box.addLayout(columns, 1)
        outer = QHBoxLayout(self)
        outer.addStretch(1)
        outer.addWidget(inside, 8)
        outer.addStretch(1)
        self.retranslate()

    def retranslate(self) -> None:
        """Show everything in the current language."""
        self._inside.setMaximumWidth(theme.scaled(820))
        self._title.setText(tr(N_("Daybook")))
        self._said.setText(
            tr(
                N_(
                    "Your team's customers, deals, orders and people in one file on this computer. Nothing leaves it."
                )
            )
        )
        for id, text, hint in _CHOICES:
            button, label = self._buttons[id]
            button.setMinimumSize(theme.scaled(220), theme.scaled(36))
            button.setText(tr(text))
            button.setAccessibleName(tr(text))
            button.setAccessibleDescription(tr(hint))
            button.setIcon(theme.icon(id, on_accent=id == "new"))
            label.setText(tr(hint))
        self._recent_title.setText(tr(N_("Recent books")))
        self._recent.setAccessibleName(tr(N_("Recent books")))
        self._recent.clear()
        for path in self._settings.recent:
            item = QListWidgetItem(f"{path.stem}\n{_short(path.parent)}")
            item.setData(Qt.ItemDataRole.UserRole, str(path))
            item.setToolTip(str(path))
            self._recent.addItem(item)
        nothing = self._recent.count() == 0
        self._recent_title.setVisible(not nothing)
        self._recent.setVisible(not nothing)

    def _clicked(self) -> None:
        for id, (button, _) in self._buttons.items():
            if button is self.sender():
                self.chosen.emit(id)

    def _activated(self, item: QListWidgetItem) -> None:
        self.picked.emit(str(item.data(Qt.ItemDataRole.UserRole)))


def _short(folder: Path) -> str:
    try:
        return str(Path("~") / folder.relative_to(Path.home()))
    except ValueError:
        return str(folder)
