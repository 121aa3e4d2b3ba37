"""What a person prefers: language, colours, size of text, height of rows, name, backups.

Each is declared once in :data:`PREFERENCES`; what is chosen holds at once, so there is no OK. Where a
book is open, what holds for all who work with it stands below, by the fields of ``book_settings``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from models import opening
from models.book import Book, Notice
from models.describe.book_settings import BOOK, CURRENCY
from models.texts import LANGUAGE_NAMES, N_, tr
from ui import theme
from ui.settings import EVENINGS, MORNINGS, Settings

_TITLE_BAR = 40  # what the system puts around a dialog, in points
_THEME_TEXTS = {"system": N_("As the system"), "light": N_("Light"), "dark": N_("Dark")}
_MOTION_TEXTS = {"system": N_("As the system"), "on": N_("Always"), "off": N_("Never")}
_DENSITY_TEXTS = {"compact": N_("Compact"), "normal": N_("Normal"), "roomy": N_("Roomy")}


@dataclass(frozen=True)
class Preference:
    """One preference: the name of its setting, its label, what may be chosen.

    Without choices it is a text, or what is switched on and off. What is ``of_book`` is no setting
    of the person's; what is ``fixed`` can't be chosen.
    """

    id: str
    text: str
    choices: tuple[tuple[str, str], ...] = ()
    switch: bool = False
    hint: str = ""
    of_book: bool = False
    fixed: bool = False


PREFERENCES = (
    Preference("language", N_("Language"), tuple(LANGUAGE_NAMES.items())),
    Preference("theme", N_("Appearance"), tuple(_THEME_TEXTS.items())),
    Preference(
        "text_size", N_("Size of text"), tuple((str(one), f"{one} %") for one in theme.SIZES)
    ),
    Preference("density", N_("Rows of lists"), tuple(_DENSITY_TEXTS.items())),
    Preference("motion", N_("Reduce motion"), tuple(_MOTION_TEXTS.items())),
    Preference(
        "author",
        N_("Who am I"),
        hint=N_("The history names you so, from the next change on."),
    ),
    Preference(
        "backups",
        N_("Back up automatically"),
        switch=True,
        hint=N_("Every half hour in which something changed, and before anything large."),
    ),
)
_REMINDED_TEXTS = {
    "mine": N_("What is mine"),
    "all": N_("The whole team's"),
    "none": N_("Nothing"),
}
_LEAD_TEXTS = {
    "0": N_("When it begins"),
    "5": N_("5 minutes before"),
    "10": N_("10 minutes before"),
    "15": N_("15 minutes before"),
    "30": N_("30 minutes before"),
    "60": N_("1 hour before"),
    "120": N_("2 hours before"),
}
REMINDERS = (
    Preference(
        "reminders",
        N_("Remind me of"),
        tuple(_REMINDED_TEXTS.items()),
        hint=N_("“Who am I” says which salesperson you are; whoever is none is told everything."),
    ),
    Preference("remind_before", N_("Appointments"), tuple(_LEAD_TEXTS.items())),
    Preference("quiet_from", N_("Quiet from"), tuple((one, one) for one in EVENINGS)),
    Preference("quiet_to", N_("Quiet until"), tuple((one, one) for one in MORNINGS)),
    Preference("remind_days_off", N_("Remind me on days off too"), switch=True),
    Preference(
        "tray",
        N_("Stay for reminders when the last window is closed"),
        switch=True,
        hint=N_("An icon beside the clock then brings the window back, where the desktop has one."),
    ),
)
OF_BOOK = tuple(
    Preference(
        one.id,
        one.label,
        tuple((offered.code, offered.label) for offered in one.choices),
        hint=one.help,
        of_book=True,
        fixed=one.id == CURRENCY,
    )
    for one in BOOK.fields
    if one.in_grid  # others have a dialog of their own
)


class Preferences(QDialog):
    """Shows all of them; ``chosen`` carries the name of a setting and its new value as text."""

    chosen = Signal(str, str)

    def __init__(self, settings: Settings, parent: QWidget, book: Book | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._book = book
        self._listed = (*PREFERENCES, *REMINDERS, *(OF_BOOK if book is not None else ()))
        inside = QWidget(self)
        self._area = QScrollArea(self)  # large text on a small screen
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidget(inside)
        self._form = QFormLayout(inside)
        self._form.setContentsMargins(18, 16, 18, 10)
        self._form.setSpacing(10)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._fields = {one.id: self._make(one) for one in self._listed}
        self._labels: dict[str, QLabel] = {}
        self._hints: dict[str, QLabel] = {}
        self._heading, self._reminders = QLabel(self), QLabel(self)
        self._heading.setVisible(book is not None)
        for heading in (self._heading, self._reminders):
            heading.setObjectName("heading")
        for one in self._listed:
            if one is OF_BOOK[0]:
                self._form.addRow(self._heading)
            if one is REMINDERS[0]:
                self._form.addRow(self._reminders)
            self._add(one)
        self._close = QPushButton(self)
        self._close.setAutoDefault(False)  # Enter after a name ends the name, not the dialog
        self._close.clicked.connect(self.accept)
        below = QHBoxLayout()
        below.setContentsMargins(18, 4, 18, 14)
        below.addStretch(1)
        below.addWidget(self._close)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._area, 1)
        box.addLayout(below)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_moved)
        self.retranslate()

    def _focus_moved(self, old: QWidget | None, now: QWidget | None) -> None:
        """What is worked in is seen, however one came there."""
        if now is not None and self._area.isAncestorOf(now):
            self._area.ensureWidgetVisible(now)

    def _make(self, one: Preference) -> QWidget:
        if one.choices:
            combo = QComboBox(self)
            combo.activated.connect(self._picked)
            return combo
        if one.switch:
            box = QCheckBox(self)
            box.clicked.connect(self._switched)
            return box
        if one.fixed:
            text = QLabel(self)
            text.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse
                | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            text.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            return text
        line = QLineEdit(self)
        line.editingFinished.connect(self._typed)
        return line

    def _add(self, one: Preference) -> None:
        field = self._fields[one.id]
        if one.switch:
            self._form.addRow(field)
        else:
            label = self._labels[one.id] = QLabel(self)
            label.setBuddy(field)
            self._form.addRow(label, field)
        if one.hint:
            hint = self._hints[one.id] = QLabel(self)
            hint.setObjectName("muted")
            hint.setWordWrap(True)
            self._form.addRow(hint)

    def retranslate(self) -> None:
        """Show everything in the current language, and what holds now."""
        self.setWindowTitle(tr(N_("Preferences")))
        self.setMinimumWidth(theme.scaled(430))
        self._heading.setText(BOOK.text())
        self._reminders.setText(tr(N_("Reminders")))
        for one in self._listed:
            field, said = self._fields[one.id], tr(one.text)
            field.setAccessibleName(said)
            if one.id in self._labels:
                self._labels[one.id].setText(said)
            if one.id in self._hints:
                self._hints[one.id].setText(tr(one.hint))
                field.setAccessibleDescription(tr(one.hint))
            self._show(one, field)
        self._close.setText(tr(N_("Close")))
        self._close.setAccessibleName(self._close.text())
        self._fit()

    def _fit(self) -> None:
        """As wide as its fields ask for, as high as its texts are then; all of it is seen, if it can be."""
        self.ensurePolished()
        self._form.invalidate()
        width = max(self.minimumWidth(), self._form.sizeHint().width())
        below = self._close.sizeHint().height() + 18
        room = self.screen().availableGeometry().height() - _TITLE_BAR
        height = self._form.totalHeightForWidth(width) + below
        if height > room:
            height = room
            width += self._area.verticalScrollBar().sizeHint().width()
        self.setMinimumHeight(height)
        self.resize(width, height)

    def _show(self, one: Preference, field: QWidget) -> None:
        now = self._now(one)
        if isinstance(field, QComboBox):
            field.clear()
            for code, text in one.choices:
                field.addItem(tr(text), code)
            if field.findData(str(now)) < 0:  # written into the settings by hand
                field.addItem(f"{now} %", str(now))
            field.setCurrentIndex(field.findData(str(now)))
        elif isinstance(field, QCheckBox):
            field.setText(tr(one.text))
            field.setChecked(bool(now))
        elif isinstance(field, QLineEdit):
            field.setText(str(now))
            if not one.of_book:
                field.setPlaceholderText(opening.user_name())
        elif isinstance(field, QLabel):
            field.setText(str(now))

    def _now(self, one: Preference) -> object:
        if one.of_book and self._book is not None:
            return self._book.setting(one.id)
        now = getattr(self._settings, one.id)
        return now.strftime("%H:%M") if isinstance(now, time) else now

    def heard(self, notice: Notice) -> None:
        """Show what somebody else chose for the book meanwhile."""
        if BOOK.id in notice.touched:
            self.retranslate()

    def _picked(self) -> None:
        field = self.sender()
        assert isinstance(field, QComboBox)
        self._say(field, str(field.currentData()))

    def _switched(self, on: bool) -> None:
        field = self.sender()
        assert isinstance(field, QCheckBox)
        self._say(field, "on" if on else "off")

    def _typed(self) -> None:
        field = self.sender()
        assert isinstance(field, QLineEdit)
        [one] = [one for one in self._listed if self._fields[one.id] is field]
        if field.text().strip() != str(self._now(one)):
            self._say(field, field.text())

    def _say(self, field: QWidget, value: str) -> None:
        [id] = [id for id, one in self._fields.items() if one is field]
        self.chosen.emit(id, value)
        self.retranslate()
