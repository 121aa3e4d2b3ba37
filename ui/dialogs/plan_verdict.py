"""How an improvement plan ended: the evidence that came in by itself, a proposed verdict, and why so."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from models.growth import evidence_words, plan_acts
from models.growth.evidence import CONTINUED, Progress, progress
from models.measures import engine
from models.money import plain, rounded
from models.refusals import Refused
from models.texts import N_, ntr, tr
from ui import theme
from ui.dialogs.plan_follow_up import Acting
from ui.records.editors import put_value
from ui.session import Session

_ENTITY = "improvement_plan"
_NEXT = ("target", "check_on")  # of the plan that goes on


class PlanVerdict(Acting):
    """Asks for the verdict; what the data says stands above it and in its fields, to be changed."""

    def __init__(self, session: Session, plan: int, parent: QWidget, verdict: str = "") -> None:
        book = session.book
        title = tr(N_("Verdict on {plan}"), plan=book.label(_ENTITY, plan))
        super().__init__(session, title, _ENTITY, ("verdict", "result", "verdict_words"), parent)
        self.plan, self._day = plan, date.today()
        self.stand = progress(book, [plan], self._day)[plan]
        self.setMinimumWidth(theme.scaled(620))
        self._tell_evidence()
        words = self.boxes["verdict_words"].editor
        words.setFixedHeight(theme.scaled(130))
        self.put("verdict", verdict or self.stand.verdict)
        self._put_level("result", self.stand.value)
        self.put("verdict_words", evidence_words.verdict_words(self.stand, book))
        self.ask("target", tr(N_("Target from now on")))
        self.ask("check_on", tr(N_("Checked next on")))
        self._put_level("target", self.stand.plan.target)
        self.put("check_on", self._next_check())
        self.finish(tr(N_("Give verdict")))
        editor = self.boxes["verdict"].editor
        for name in ("editTextChanged", "currentTextChanged", "textChanged"):
            changed = getattr(editor, name, None)
            if changed is not None:
                changed.connect(self._turned)
                break
        self._turned()
        editor.setFocus()

    def _put_level(self, name: str, value: Decimal | None) -> None:
        """A level as people write it: a rate as so many per cent."""
        measure = self.stand.plan.measure
        if value is not None and measure and engine.definition(measure).unit == "percent":
            put_value(self.boxes[name].editor, plain(rounded(value * 100, 2)) + "%", value)
        else:
            self.put(name, None if value is None else rounded(value, 2))

    def _next_check(self) -> date:
        plan = self.stand.plan
        return self._day + max(plan.check_on - plan.starts_on, timedelta(days=14))

    def _tell_evidence(self) -> None:
        """What came in since the plan began, and when it was to be looked at."""
        lines = [
            _days(self.stand, self._day),
            evidence_words.value(self.stand, self.session.book.currency),
            evidence_words.steps(self.stand),
            evidence_words.feedback(self.stand),
        ]
        self.told = QLabel("\n".join(lines), self)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setWordWrap(True)
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.box.insertWidget(0, self.told)

    def _code(self) -> str:
        try:
            return str(self.meant("verdict") or "")
        except Refused:
            return ""

    def _turned(self) -> None:
        """What goes on has another target and check."""
        goes_on = self._code() == CONTINUED
        for name in _NEXT:
            self.form.setRowVisible(self.boxes[name], goes_on)
        self.adjustSize()

    def do(self) -> None:
        """Write the verdict.

        Raises:
            Refused: it is missing, or the words are; or a value is not acceptable.
        """
        verdict = self._code()
        if not verdict:
            raise Refused(
                "no_verdict",
                N_("A plan ends with a verdict: met, partly met, not met, or continued."),
            )
        told = {name: self.meant(name) for name in ("result", *_NEXT)}
        plan_acts.decide(
            self.session.book,
            self.plan,
            verdict,
            self.boxes["verdict_words"].typed(),
            told["result"],  # type: ignore[arg-type]
            self._day,
            told["target"],  # type: ignore[arg-type]
            told["check_on"],  # type: ignore[arg-type]
        )
        self.tell()


def _days(stand: Progress, on: date) -> str:
    plan = stand.plan
    late = (on - plan.check_on).days
    if late > 0:
        when = ntr("{n} day overdue", "{n} days overdue", late)
    else:
        when = tr(N_("due today")) if not late else ntr("in {n} day", "in {n} days", -late)
    return tr(N_("Checked on {day}: {when}."), day=plan.check_on.isoformat(), when=when)
