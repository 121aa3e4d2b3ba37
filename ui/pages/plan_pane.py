"""One improvement plan beside the list of loops: the evidence that came in, its steps, what can be done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from models.growth import plan_acts
from models.progress import Progress
from models.texts import N_, tr
from ui.flow import Flow
from ui.jobs import Latest
from ui.records.cite_line import CitedLinks
from ui.records.short_table import ShortTable
from ui.session import Session

if TYPE_CHECKING:
    from models.book import Book
    from models.growth.evidence import Progress as Stand

_ENTITY = "improvement_plan"
_CITED = 4  # records that came in and are named one by one
_STEPS = (N_("Due"), N_("Done on"), N_("Step to take"))


class PlanPane(QWidget):
    """Shows a plan; ``attempt`` does what is one change and offers its undo."""

    def __init__(
        self, session: Session, attempt: Callable[[Callable[[], object]], bool], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._session, self._attempt = session, attempt
        self.plan = 0
        self._latest = Latest(session.jobs, self)
        self.title, self.state, self.told = (self._label(one) for one in ("heading", "muted", ""))
        self.why = self._label("muted")
        self.cited = CitedLinks(session, self, prose=True)
        self.steps = ShortTable([tr(one) for one in _STEPS], [], tr(N_("Steps")), 400)
        self.none = self._label("muted")
        self.acts = {
            "agree": QPushButton(self),
            "start": QPushButton(self),
            "verdict": QPushButton(self),
            "continue": QPushButton(self),
            "close": QPushButton(self),
            "open": QPushButton(self),
        }
        for name, button in self.acts.items():
            button.clicked.connect(getattr(self, f"do_{name}"))
        flow = Flow(from_left=True)
        for button in self.acts.values():
            flow.addWidget(button)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 12, 12, 8)
        box.setSpacing(8)
        for label in (self.title, self.state):
            box.addWidget(label)
        box.addLayout(flow)
        for label in (self.told, self.why, self.cited):
            box.addWidget(label)
        box.addWidget(self.steps, 1)
        box.addWidget(self.none)
        box.addStretch(0)
        self.show_plan(0)

    def _label(self, look: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(look)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label

    def retranslate(self) -> None:
        """Show everything in the current language."""
        texts = {
            "agree": N_("Agree"), "start": N_("Begin"), "verdict": N_("Verdict…"),
            "continue": N_("Continue…"), "close": N_("Close plan"), "open": N_("Open plan"),
        }  # fmt: skip
        for name, button in self.acts.items():
            button.setText(tr(texts[name]))
            button.setAccessibleName(tr(texts[name]))
        self.steps.setHorizontalHeaderLabels([tr(one) for one in _STEPS])
        self.steps.setAccessibleName(tr(N_("Steps")))
        self.show_plan(self.plan)

    def show_plan(self, plan: int) -> None:
        """Show a plan; 0 shows none."""
        if plan != self.plan or not plan:
            for widget in (self.title, self.state, self.told, self.why, self.cited, self.steps):
                widget.hide()
            for button in self.acts.values():
                button.hide()
            text = N_("Reading…") if plan else N_("Choose a plan to see what came in for it.")
            self.none.setText(tr(text))
            self.none.show()
        self.plan = plan
        if not plan:
            self._latest.forget()
            return
        book, day = self._session.book, date.today()

        def work(_: Progress) -> tuple[Any, list[tuple[str, str, str]]]:
            from models.growth.evidence import progress

            return progress(book, [plan], day).get(plan), _steps(book, plan)

        self._latest.ask(work, self._put, self._failed)

    def _failed(self, error: Any) -> None:
        self.none.setText(str(error))
        self.none.show()

    def _put(self, found: tuple[Stand | None, list[tuple[str, str, str]]]) -> None:
        from models.growth import evidence_words

        stand, steps = found
        if stand is None:
            self.show_plan(0)
            return
        self.none.hide()
        for label in (self.title, self.state, self.told):
            label.show()
        plan, currency = stand.plan, self._session.book.currency
        self.title.setText(plan.title)
        span = tr(N_("{name}: {status}, {first} to {last}"), name=plan.name, status=plan.status_text(), first=plan.starts_on.isoformat(), last=plan.check_on.isoformat())  # fmt: skip
        self.state.setText(span)
        lines = [evidence_words.value(stand, currency), evidence_words.steps(stand), evidence_words.feedback(stand)]  # fmt: skip
        if not plan.is_open:
            lines = [plan.words, *lines]
        self.told.setText("\n".join(lines))
        proposed = tr(N_("The data speaks for: {verdict}."), verdict=_verdict(stand.verdict))
        self.why.setText(f"{proposed}\n{evidence_words.why(stand)}" if plan.is_open and stand.ready else "")  # fmt: skip
        self.why.setVisible(bool(self.why.text()))
        book = self._session.book
        self.cited.show_cited(" ".join((plan.evidence, plan.words, *evidence_words.ids(stand, book)[:_CITED])))  # fmt: skip
        self.steps.put(steps)
        self.steps.setVisible(bool(steps))
        self._allow(plan.status)

    def _allow(self, status: str) -> None:
        """Show what can follow."""
        allowed = {
            "agree": status == "proposed",
            "start": status == "agreed",
            "verdict": status in ("agreed", "running"),
            "continue": status in ("agreed", "running"),
            "close": status in ("met", "partly", "not_met"),
            "open": True,
        }
        for name, button in self.acts.items():
            button.setVisible(allowed[name])

    # -- what is done ------------------------------------------------------------------------------

    def do_agree(self) -> None:
        """Both agree."""
        plan = self.plan
        self._attempt(lambda: plan_acts.agree(self._session.book, [plan]))

    def do_start(self) -> None:
        """It begins."""
        plan = self.plan
        self._attempt(lambda: plan_acts.start(self._session.book, [plan]))

    def do_close(self) -> None:
        """It is filed."""
        plan = self.plan
        self._attempt(lambda: plan_acts.close(self._session.book, [plan]))

    def do_verdict(self) -> None:
        """Say how it ended."""
        self._ask("")

    def do_continue(self) -> None:
        """Let it go on."""
        self._ask("continued")

    def do_open(self) -> None:
        """Its record."""
        self._session.record_wanted.emit(_ENTITY, self.plan)

    def _ask(self, verdict: str) -> None:
        from ui.dialogs.plan_verdict import PlanVerdict

        PlanVerdict(self._session, self.plan, self.window(), verdict).open()


def _steps(book: Book, plan: int) -> list[tuple[str, str, str]]:
    return [
        (due or "", done or "", title or "")
        for title, due, done in book.connection().run(
            "SELECT title, due, done_on FROM plan_action WHERE plan = ? AND alive = 1 ORDER BY place, id",
            (plan,),
        )
    ]


def _verdict(code: str) -> str:
    from models.growth.entities import IMPROVEMENT_PLAN

    choice = IMPROVEMENT_PLAN.field("verdict").choice(code)
    return choice.text() if choice else code
