"""Colours of a list by its rules: which cells they meet, asked window by window as cells are shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QObject, Signal

from models.describe import filters, sentences
from models.describe.kinds import KINDS
from models.progress import Progress
from models.refusals import Refused
from models.texts import N_, tr
from models.views.palette import Shade, shade
from models.views.view import Rule
from ui.jobs import Latest
from ui.records.grouped_model import GroupedModel
from ui.session import Session

_WINDOW = 200
_KEPT = 30
_FEW = 3_000  # records of which the least and most are found at once
_Span = tuple[Any, Any]


@dataclass(frozen=True)
class Look:
    """How a cell is coloured: the shade behind it, how much of it is a bar, the sign beside."""

    shade: Shade
    share: float = 1.0  # of the cell's width that is coloured, or of the shade's strength
    bar: bool = False
    scale: bool = False
    sign: str = ""


class Colouring(QObject):
    """The rules of one list."""

    changed = Signal()

    def __init__(self, session: Session, model: GroupedModel) -> None:
        super().__init__(model)
        self._session, self._model = session, model
        self._latest = Latest(session.jobs, self)
        self._rules: tuple[Rule, ...] = ()
        self._met: dict[int, list[frozenset[int]]] = {}
        self._spans: dict[str, _Span] = {}
        model.told = self.said
        for one in (
            model.modelReset, model.layoutChanged, model.dataChanged,
            model.rowsInserted, model.rowsRemoved,
        ):  # fmt: skip
            one.connect(self._stale)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules in force."""
        return self._rules

    def use(self, rules: Sequence[Rule]) -> None:
        """Colour by these rules from now on."""
        if self._rules != tuple(rules):
            self._rules = tuple(rules)
            self._stale()
            self.changed.emit()

    def _stale(self) -> None:
        self._met.clear()
        paths = {one.path for one in self._rules if one.kind in ("scale", "bar")}
        if paths:
            self._measure(sorted(paths))

    def _measure(self, paths: list[str]) -> None:
        """The least and the most of a column, over everything that is shown."""
        book, entity, model = self._session.book, self._model.entity, self._model
        ids = None if model.whole else model.ids[:]

        def work(progress: Progress) -> dict[str, _Span]:
            from models.views import arranging

            with book.reading():
                least = arranging.totals(book, entity, ids, [(one, "min") for one in paths])
                most = arranging.totals(book, entity, ids, [(one, "max") for one in paths])
            return {one: (least.get(one), most.get(one)) for one in paths}

        if len(model.ids) <= _FEW:
            self._latest.forget()
            self._measured(work(Progress()))
        else:
            self._latest.ask(work, self._measured, _nothing)

    def _measured(self, spans: dict[str, _Span]) -> None:
        if spans != self._spans:
            self._spans = spans
            self.changed.emit()

    # -- one cell --------------------------------------------------------------------------------

    def look(self, row: int, column: int) -> Look | None:
        """How a cell is coloured; the first rule that meets it decides."""
        if not self._rules or self._model.group_at(row) is not None:
            return None
        for at, rule in enumerate(self._rules):
            made = self._by(at, rule, row, column)
            if made is not None:
                return made
        return None

    def _by(self, at: int, rule: Rule, row: int, column: int) -> Look | None:
        if not (rule.row or self._model.fields[column] == rule.path):
            return None
        if rule.kind != "when":
            return self._measure_of(rule, row, column)
        if self._model.id_at(row) not in self._window(row)[at]:
            return None
        found = shade(rule.colour)
        first = not rule.row or column == self._model.leading
        return Look(found, sign=found.sign if first else "")

    def _measure_of(self, rule: Rule, row: int, column: int) -> Look | None:
        value = self._model.value(row, column)
        low, high = self._spans.get(rule.path, (None, None))
        if value is None or low is None or not isinstance(value, Decimal | int):
            return None
        share = _share(value, low, high, from_zero=rule.kind == "bar")
        return Look(shade(rule.colour), share, bar=rule.kind == "bar", scale=rule.kind == "scale")

    def _window(self, row: int) -> list[frozenset[int]]:
        """For each rule the records of a window that it meets."""
        number = row // _WINDOW
        if number not in self._met:
            rows = range(number * _WINDOW, min((number + 1) * _WINDOW, self._model.rowCount()))
            ids = [id for one in rows if (id := self._model.id_at(one))]
            if len(self._met) >= _KEPT:
                self._met.clear()
            self._met[number] = [self._meets(rule, ids) for rule in self._rules]
        return self._met[number]

    def _meets(self, rule: Rule, ids: list[int]) -> frozenset[int]:
        if rule.kind != "when" or not rule.when:
            return frozenset()
        try:
            deleted = self._model.deleted
            book, entity = self._session.book, self._model.entity
            return frozenset(book.ids(entity, rule.when, (), "", deleted, ids))
        except Refused:  # it names what is gone
            return frozenset()

    def said(self, row: int, column: int) -> str:
        """Why a cell is coloured, in words."""
        for at, rule in enumerate(self._rules):
            if rule.kind == "when" and self._by(at, rule, row, column) is not None:
                return self.rule_text(rule)
        return ""

    def rule_text(self, rule: Rule) -> str:
        """A rule as a sentence."""
        schema = self._session.book.schema
        entity = schema.entity(self._model.entity)
        colour = tr(shade(rule.colour).label)
        if rule.kind == "when":
            try:
                asked = sentences.sentence(filters.parse(rule.when), entity, schema)
            except Refused:
                asked = rule.when
            return tr(N_("{colour}: {condition}"), colour=colour, condition=asked)
        field = schema.path(entity, rule.path)[1].text()
        text = (
            N_("{colour}: bars of {field}")
            if rule.kind == "bar"
            else N_("{colour}: the more {field}, the stronger")
        )
        return tr(text, colour=colour, field=field)


def _share(value: Any, low: Any, high: Any, *, from_zero: bool) -> float:
    """Where a value lies between the least and the most, 0…1; bars begin at nought."""
    if from_zero:
        low, high = min(low, 0), max(high, 0)
    return float((value - low) / (high - low)) if high > low else 1.0


def _nothing(error: object) -> None:
    pass


def can_measure(kind: str) -> bool:
    """Whether scales and bars make sense of a column of this kind."""
    return KINDS[kind].numeric
