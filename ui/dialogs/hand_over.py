"""Handing over what somebody leaves: what there is, who gets it, the pack, and doing it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QComboBox,
    QVBoxLayout,
    QWidget,
)

from models.people.handing_over import AFTERWARDS, Group, HandOver
from models.people.people import STATUSES
from models.progress import Progress
from models.refusals import Refused
from models.texts import N_, ntr, tr
from ui import files
from ui.dialogs.all_or_each import AS_ALL, AllOrEach
from ui.flow import Flow
from ui.session import Session

_STAYS = ""  # the status


class HandOverDialog(AllOrEach[Group]):
    """One person's open records by kind; each kind goes to somebody, or is shared out."""

    choose_text = N_("Choose who gets it…")

    def __init__(
        self, session: Session, person: int, parent: QWidget, on: date | None = None
    ) -> None:
        super().__init__(session, tr(N_("Hand over")), QSize(720, 600), parent)
        self._person, self._on = person, on or date.today()
        self._handing: HandOver | None = None
        self.plan: dict[tuple[str, int], int] = {}
        self._own: dict[str, int] = {}  # kinds that go to somebody of their own
        table = self._make_table(
            (N_("What"), N_("How many"), N_("Who gets it")), tr(N_("What is handed over")), 320
        )
        self.status = QComboBox(self)
        form = self._form(
            (self.everything, N_("All of it goes to")),
            (self.single, N_("The selected kind goes to")),
            (self.status, N_("Status afterwards")),
        )
        buttons = Flow()
        self.pdf_button = self._button(buttons, N_("Pack as PDF…"), self._ask_pdf)
        self.sheet_button = self._button(buttons, N_("Pack as workbook…"), self._ask_sheet)
        self.apply_button = self._button(buttons, N_("Hand over"), self.apply, primary=True)
        self._button(buttons, N_("Cancel"), self.reject)
        for one in (self.pdf_button, self.sheet_button, self.apply_button):
            one.setEnabled(False)
        box = QVBoxLayout(self)
        box.addWidget(self.said)
        box.addWidget(table, 1)
        box.addLayout(form)
        box.addLayout(buttons)
        self._read()

    # -- reading -----------------------------------------------------------------------------------

    def _read(self) -> None:
        book, person, on = self._session.book, self._person, self._on

        def work(progress: Progress) -> tuple[HandOver, dict[tuple[str, int], int]]:
            handing = HandOver(book, person, on)
            progress.step(0.5)
            return handing, handing.distributed()

        self._latest.ask(work, self._show, self._failed, tr(N_("Reading what is open…")))

    def _show(self, answer: tuple[HandOver, dict[tuple[str, int], int]]) -> None:
        handing, plan = answer
        self._handing, self._shared, self.plan = handing, plan, dict(plan)
        self._offer(
            N_("The colleagues, shared out"),
            [(handing.names[one], one) for one in handing.candidates],
        )
        self.status.addItem(tr(N_("As it is")), _STAYS)
        for choice in STATUSES:
            if choice.code in AFTERWARDS:
                self.status.addItem(choice.text(), choice.code)
        n = len(handing.items)
        self.said.setText(
            ntr(
                "{person} answers for {n} open record. Handing over is one change that can be undone.",
                "{person} answers for {n} open records. Handing over is one change that can be undone.",
                n,
                person=handing.name,
            )
            if n
            else tr(N_("{person} answers for nothing that is open."), person=handing.name)
        )
        self._fill()
        self.table.setCurrentCell(0, 0)
        for button in (self.pdf_button, self.sheet_button, self.apply_button):
            button.setEnabled(bool(n))
        self._turned()

    def _fill(self) -> None:
        assert self._handing is not None
        self.table.put(
            [
                (self._kind(one), f"{len(one.items):,}", self._who(one))
                for one in self._handing.groups
            ]
        )

    def _kind(self, group: Group) -> str:
        entity = self._session.book.schema.entity(group.of.entity)
        field = entity.field(group.of.field)
        return tr(N_("{plural} ({field})"), plural=entity.plural_text(), field=field.text())

    def _who(self, group: Group) -> str:
        """Who gets how many of a kind."""
        assert self._handing is not None
        given = Counter(self.plan[one.key] for one in group.items)
        names = self._handing.names
        if len(given) == 1:
            return names[next(iter(given))]
        return tr(N_(", ")).join(f"{names[one]} {n:,}" for one, n in given.most_common())

    # -- choosing ----------------------------------------------------------------------------------

    def lines(self) -> Sequence[Group]:
        """The kinds of records."""
        return () if self._handing is None else self._handing.groups

    def _turned(self) -> None:
        group = self._current()
        self.single.setEnabled(group is not None)
        if group is not None:
            self.single.setCurrentIndex(self.single.findData(self._own.get(group.of.id, AS_ALL)))

    def _single_chosen(self) -> None:
        group = self._current()
        if group is None:
            return
        person = int(self.single.currentData())
        if person == AS_ALL:
            self._own.pop(group.of.id, None)
        else:
            self._own[group.of.id] = person
        self._again()

    def _again(self) -> None:
        assert self._handing is not None
        person = int(self.everything.currentData())
        self.plan = dict(self._shared) if person == AS_ALL else self._handing.to(person)
        for group in self._handing.groups:
            if group.of.id in self._own:
                self.plan.update((one.key, self._own[group.of.id]) for one in group.items)
        super()._again()

    # -- doing it ----------------------------------------------------------------------------------

    def apply(self) -> None:
        """Hand over, as one change."""
        if self._handing is None:
            return
        try:
            done = self._handing.apply(self.plan, self.status.currentData() or None)
        except Refused as refused:
            self._session.refused.emit(str(refused))
            return
        said = ntr("{n} record was handed over.", "{n} records were handed over.", done.moved)
        self._session.said.emit(said, done.change)
        self.accept()

    def _ask_pdf(self) -> None:
        self._ask(tr(N_("Pack as PDF…")), ".pdf", "PDF (*.pdf)")

    def _ask_sheet(self) -> None:
        self._ask(tr(N_("Pack as workbook…")), ".xlsx", tr(N_("Workbook")) + " (*.xlsx)")

    def _ask(self, title: str, ending: str, kinds: str) -> None:
        if self._handing is None:
            return
        name = tr(N_("Hand-over from {person}"), person=self._handing.name) + ending
        path = files.ask_save(self, title, name, kinds)
        if path is not None:
            self.save(path)

    def save(self, path: Path) -> None:
        """Write the pack for the successors, in the background."""
        handing, plan, session = self._handing, dict(self.plan), self._session
        if handing is None:
            return

        def work(progress: Progress) -> str:
            from models.people.handover_pack import packs

            made = packs(handing, plan)
            progress.step(0.5)
            if path.suffix.lower() == ".xlsx":
                from models.sheets import handover_sheet

                handover_sheet.write(path, made)
            else:
                from models.people.handover_paper import paper
                from models.sheets import placing
                from ui.printing import document

                placing.put(path, document.pdf(paper(made)))
            return path.name

        def done(name: str) -> None:
            session.said.emit(tr(N_("Written: {file}"), file=name), 0)

        def failed(error: Exception) -> None:
            if str(error):
                session.refused.emit(str(error))

        session.jobs.run(tr(N_("Writing {file}"), file=path.name), work, done, failed)
