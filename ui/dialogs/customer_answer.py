"""What a customer said on the phone or in a review: the questions to read out, a text to paste, the answer."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget

from models import texts
from models.describe.kinds import KINDS
from models.money import plain
from models.satisfaction import recording, themes
from models.satisfaction.pasted import Pasted, take_apart
from models.satisfaction.rules import scale
from models.texts import N_, tr
from ui.dialogs.plan_follow_up import Acting
from ui.records.editors import put_text
from ui.session import Session

_ENTITY = "survey_response"
_FIELDS = (
    "form", "channel", "customer", "contact", "responded_on", "score", "recommends", "comment",
    "themes", "source",
)  # fmt: skip
_PAUSE = 120  # ms without a key before a pasted text is read


class CustomerAnswer(Acting):
    """Asks for an answer; a pasted text is taken apart below it, to be put right before it is written."""

    def __init__(self, session: Session, parent: QWidget, customer: int | None = None) -> None:
        super().__init__(session, tr(N_("Record an answer")), _ENTITY, (), parent)
        self._filled: dict[str, str] = {}  # what the text put there: it may put something else
        self._pasted = QPlainTextEdit(self)
        self._pasted.setTabChangesFocus(True)
        self._pasted.setFixedHeight(self.fontMetrics().lineSpacing() * 4 + 16)
        name = tr(N_("Paste a review"))
        self._pasted.setAccessibleName(name)
        self._pasted.setPlaceholderText(
            tr(N_("Optional: text, score and day are taken from it where they are clear."))
        )
        label = QLabel(name, self)
        label.setBuddy(self._pasted)
        self.form.addRow(label, self._pasted)
        for field in _FIELDS:
            self.ask(field)
        self._questions = QLabel(self)
        self._questions.setObjectName("muted")
        self._questions.setWordWrap(True)
        self._questions.hide()
        self.form.insertRow(2, self._questions)  # below the questionnaire
        self.put("channel", "phone")
        self.put("responded_on", date.today())
        if customer is not None:
            self.put("customer", session.book.record("customer", customer)["name"])
        self.finish(tr(N_("Save (Ctrl+Enter)")))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._read)
        self._pasted.textChanged.connect(self._pause.start)
        comment = self.boxes["comment"].editor
        if isinstance(comment, QPlainTextEdit):
            comment.textChanged.connect(self._suggest)
        form = self.boxes["form"].editor
        if isinstance(form, QComboBox):
            form.currentTextChanged.connect(self._show_questions)
        elif isinstance(form, QLineEdit):
            form.textChanged.connect(self._show_questions)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._go)
        self._put_latest_form()
        self.boxes["customer"].editor.setFocus()

    # -- the questionnaire -------------------------------------------------------------------------

    def _put_latest_form(self) -> None:
        """The questionnaire that went out last is the one that is usually asked."""
        book = self.session.book
        found = [book.record("survey_form", row) for row in book.ids("survey_form")]
        sent = [one for one in found if one["sent_on"]]
        if sent:
            self.put("form", max(sent, key=lambda one: one["sent_on"])["name"])
        self._show_questions()

    def _form(self) -> dict[str, object]:
        row = self.row("form")
        return {} if row is None else self.session.book.record("survey_form", row)

    def _show_questions(self) -> None:
        form = self._form()
        low, high = scale(form)
        lines = [str(form["questions"])] if form.get("questions") else []
        lines.append(tr(N_("Score from {low} to {high}."), low=plain(low), high=plain(high)))
        self._questions.setText("\n".join(lines))
        self._questions.setVisible(True)

    # -- a pasted text -----------------------------------------------------------------------------

    def _read(self) -> None:
        """Take the text apart, and show what was found where the person wrote nothing."""
        self._pause.stop()
        text = self._pasted.toPlainText()
        found = take_apart(text, date.today(), month_first=texts.language() == "zh_CN")
        if not text.strip():
            found = Pasted("", None, None, None)
        self._fill("comment", found.comment)
        self._fill("score", self._on_scale(found))
        self._fill("responded_on", found.day.isoformat() if found.day else "")
        self._fill("themes", ", ".join(themes.proposed(found.comment)))
        channel = self.kind.field("channel")
        if text.strip() and self.boxes["channel"].typed() == KINDS["choice"].show(channel, "phone"):
            self.put("channel", "review")
            self._fill("form", "")
            put_text(self.boxes["form"].editor, "")

    def _suggest(self) -> None:
        """Show the themes that what is being written down suggests, where the person wrote none."""
        self._fill("themes", ", ".join(themes.proposed(self.boxes["comment"].typed())))

    def _on_scale(self, found: Pasted) -> str:
        """The score if it is one of the questionnaire's scale."""
        low, high = (Decimal(1), Decimal(5))
        if found.score is None or not low <= found.score <= high:
            return ""
        return "" if found.best not in (None, high) else plain(found.score)

    def _fill(self, name: str, text: str) -> None:
        editor = self.boxes[name].editor
        stands = self.boxes[name].typed().strip()
        if stands and stands != self._filled.get(name, "") and not self._usual(name, stands):
            return
        if text or name in self._filled:
            put_text(editor, text or self._default(name))
            self._filled[name] = text

    def _default(self, name: str) -> str:
        return date.today().isoformat() if name == "responded_on" else ""

    def _usual(self, name: str, stands: str) -> bool:
        """Whether what stands there was put by the dialog itself."""
        return name == "responded_on" and stands == date.today().isoformat()

    # -- writing -----------------------------------------------------------------------------------

    def do(self) -> None:
        """Write the answer as one change.

        Raises:
            Refused: a value is not acceptable, or nothing was said.
        """
        if self._pause.isActive():
            self._read()
        values = {name: typed for name, box in self.boxes.items() if (typed := box.typed().strip())}
        recording.record(self.session.book, values)
        self.tell()
