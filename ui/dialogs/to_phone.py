"""One person's work for the phone: the calendar file, and the messages of the day and of the week."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from PySide6.QtCore import QTimeZone
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from models.book import Book
from models.phone import messages
from models.phone.calendar_file import Asked, Made, calendar, local_zone, usual
from models.progress import Progress
from models.reminding.quiet import Quiet
from models.sheets import placing
from models.texts import N_, ntr, tr
from ui import files, help_pages, theme
from ui.flow import Flow
from ui.session import Session
from ui.settings import Settings

_SPANS = (("day", N_("Today")), ("week", N_("The next seven days")))


def asked_of(book: Book, settings: Settings, now: datetime | None = None) -> Asked:
    """What a calendar file is to hold, as the person at this screen prefers it."""
    from models.calendar.in_book import work_calendar

    zone = local_zone(bytes(QTimeZone.systemTimeZoneId().data()).decode())
    is_working = None if settings.remind_days_off else work_calendar(book).is_working
    quiet = Quiet(settings.quiet_from, settings.quiet_to, is_working, zone)
    found = usual(now or datetime.now(UTC), zone, quiet)
    return Asked(found.first, found.last, found.now, zone, settings.remind_before, quiet)


class ToPhone(QDialog):
    """Whose work, what it says, and the two ways out."""

    def __init__(
        self, session: Session, person: int, parent: QWidget, on: date | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._on = session, on or date.today()
        help_pages.offer(self, "phone")
        self.setWindowTitle(tr(N_("To the phone")))
        self.resize(theme.fitting(self, 560, 520))
        self.person, self.span = QComboBox(self), QComboBox(self)
        book = session.book
        rows = book.ids("salesperson", None, [("name", False)])
        listed = book.rows("salesperson", rows, ["name", "status"])
        for row, (name, status) in zip(rows, listed, strict=True):
            if status != "left" or row == person:
                self.person.addItem(name or "", row)
        self.person.setCurrentIndex(max(self.person.findData(person), 0))
        for code, text in _SPANS:
            self.span.addItem(tr(text), code)
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(tr(N_("Message")))
        self._about = QLabel(
            tr(
                N_(
                    "The calendar file holds tasks, follow-ups and meetings from a month back to a year ahead. Imported again it updates what the phone has."
                )
            ),
            self,
        )
        self._about.setObjectName("muted")
        self._about.setWordWrap(True)
        self._arrange()
        self.person.currentIndexChanged.connect(self._show)
        self.span.currentIndexChanged.connect(self._show)
        self._show()

    def _arrange(self) -> None:
        form = QFormLayout()
        for text, field in ((N_("Salesperson"), self.person), (N_("Message for"), self.span)):
            label = QLabel(tr(text), self)
            label.setBuddy(field)
            field.setAccessibleName(tr(text))
            form.addRow(label, field)
        flow = Flow()
        acts: tuple[tuple[str, Callable[[], object]], ...] = (
            (tr(N_("Copy message")), self.copy),
            (tr(N_("Save calendar file…")), self._ask),
            (tr(N_("Close")), self.reject),
        )
        for text, act in acts:
            button = QPushButton(text, self)
            button.setAccessibleName(text)
            button.setAutoDefault(False)
            button.clicked.connect(act)
            button.setEnabled(self.person.count() > 0 or act == self.reject)
            flow.addWidget(button)
        box = QVBoxLayout(self)
        box.setContentsMargins(18, 14, 18, 14)
        box.setSpacing(10)
        box.addLayout(form)
        box.addWidget(self.text, 1)
        box.addWidget(self._about)
        box.addLayout(flow)

    def _show(self) -> None:
        person = self.person.currentData()
        if person is None:
            self.text.setPlainText(tr(N_("Nobody is in the team yet.")))
            return
        make = messages.day_text if self.span.currentData() == "day" else messages.week_text
        self.text.setPlainText(make(self._session.book, person, self._on))

    def copy(self) -> None:
        """Put the message on the clipboard, to be pasted into WeChat."""
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self._session.said.emit(tr(N_("The message is on the clipboard.")), 0)

    def _ask(self) -> None:
        kinds = tr(N_("Calendar file")) + " (*.ics)"
        name = f"{self.person.currentText()}.ics"
        path = files.ask_save(self, tr(N_("Save calendar file…")), name, kinds)
        if path is not None:
            self.save(path)

    def save(self, path: Path) -> None:
        """Write the calendar file in the background."""
        session, person = self._session, int(self.person.currentData())
        book, asked = session.book, asked_of(self._session.book, session.settings)

        def work(progress: Progress) -> Made:
            made = calendar(book, person, asked)
            placing.put(path, made.content)
            return made

        def done(made: Made) -> None:
            session.said.emit(
                ntr(
                    "{file}: {n} event. Send it to the phone and open it there.",
                    "{file}: {n} events. Send it to the phone and open it there.",
                    made.live,
                    file=path.name,
                ),
                0,
            )

        def failed(error: Exception) -> None:
            if str(error):
                session.refused.emit(str(error))

        session.jobs.run(tr(N_("Writing {file}"), file=path.name), work, done, failed)
