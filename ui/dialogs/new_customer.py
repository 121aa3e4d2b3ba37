"""A new customer; who has one like it already is said while it is typed."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QWidget

from models.describe.kinds import KINDS
from models.following.suspects import like
from models.progress import Progress
from models.refusals import Refused
from models.texts import N_, tr
from ui.dialogs.new_record import NewRecord
from ui.jobs import Latest
from ui.session import Session

_TYPING = 250  # ms after the last key before it is compared
_COMPARED = ("name", "phone", "tax_code")
_LIKELY = ("name", "code", "owner", "grade", "phone", "tax_code")
_NAMED = 3


class NewCustomer(NewRecord):
    """Asks for a customer; the warning blocks nothing."""

    most = len(_LIKELY)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, "customer", parent, _LIKELY)
        self.hint = QLabel(self)
        self.hint.setObjectName("warning")
        self.hint.setWordWrap(True)
        self.hint.hide()
        form = self.layout()
        assert isinstance(form, QFormLayout)
        form.insertRow(form.rowCount() - 2, self.hint)
        self._latest = Latest(session.jobs, self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TYPING)
        self._timer.timeout.connect(self._look)
        for name in _COMPARED:
            box = self._boxes.get(name)
            if box is not None and isinstance(box.editor, QLineEdit):
                box.editor.textChanged.connect(self._typed)
        self.finished.connect(self._latest.forget)

    def _typed(self) -> None:
        self._timer.start()

    def _meant(self, name: str) -> str:
        """A value as it would be kept; "" while it can't be."""
        box = self._boxes.get(name)
        if box is None:
            return ""
        try:
            return str(KINDS[box.field.kind].parse(box.field, box.typed()) or "")
        except Refused:
            return ""

    def _look(self) -> None:
        book = self._session.book
        name, phone, tax_code = (self._meant(one) for one in _COMPARED)

        def work(_: Progress) -> list[str]:
            return [one.text() for one in like(book, name, phone, tax_code)]

        self._latest.ask(work, self._say, self._nothing)

    def _say(self, found: list[str]) -> None:
        more = [tr(N_("and more"))] if len(found) > _NAMED else []
        self.hint.setText("\n".join([*found[:_NAMED], *more]))
        self.hint.setVisible(bool(found))

    def _nothing(self, _error: object) -> None:
        self.hint.hide()
