"""Which edits since a seal touch what it was made of: by person, by day and by field, as they ever were since.

A record counts for a person by links and days, and both may have changed and changed back. So what is asked
is not whether it counts now, but whether any values that its fields had since the seal could have made it
count. That lists an edit too many now and then, and never one too few.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, NamedTuple

from models.book import Book
from models.describe.book_settings import BOOK
from models.dialects import Connection, quoted
from models.evaluations import cases
from models.evaluations.sealing import Sealed
from models.journal.undo import ALIVE
from models.measures import engine
from models.measures.definition import Definition
from models.refusals import Refused

EVERY = frozenset({"*"})  # all items
_MEDIAN, _GOAL = "team_median", "goal"
# Whose fields decide which days count for somebody, and who is compared with whom.
_OF_PEOPLE = frozenset({"hire_date", "status", "team", "position", ALIVE})
_RULES = frozenset({"scorecard_template", "scorecard_item", "grade_band"})
_OF_CYCLE = frozenset({"period", "starts_on", "ends_on", "team", ALIVE})
_OF_OTHERS = frozenset(
    {"person", "cycle", "scorecard", "version", "replaces", "starts_on", "ends_on", ALIVE}
)
_SCENE = frozenset(
    {"salesperson", "leave", "calendar_day", "team", "evaluation", "evaluation_cycle", "goal", BOOK.id}
)  # fmt: skip
Values = frozenset[Any]


class Edit(NamedTuple):
    """One field that was written."""

    change: int
    entity: str
    row: int
    field: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Touched:
    """What an edit touches: the items by their public ids, and whether its field can alter a value."""

    items: frozenset[str]
    matters: bool


@dataclass(frozen=True)
class _Item:
    """A computed item of the sealed result."""

    id: str
    what: Definition
    reference: str
    counted: frozenset[tuple[str, int]]

    @property
    def of_all(self) -> bool:
        """Whether the numbers of others count in it."""
        return self.reference == _MEDIAN

    @cached_property
    def words(self) -> frozenset[str]:
        """The columns that its SQL may name."""
        source, what = self.what.source, self.what
        parts = [
            source.sql, source.where, source.date, source.person or "", source.record,
            what.numerator, what.denominator or "", what.condition,
            *(part for _, path in source.owners for part in path.split(".")),
        ]  # fmt: skip
        return frozenset(re.findall(r"\w+", " ".join(parts)))


class Scene:
    """The edits since a seal, and what they are held against. For one reading."""

    def __init__(self, book: Book, db: Connection, seal: Sealed) -> None:
        self._book, self._db, self._schema = book, db, book.schema
        result = seal.scored
        self._person = self._row("salesperson", result.person)
        self._cycle = self._row("evaluation_cycle", result.cycle)
        self._card = self._row("scorecard_template", result.scorecard)
        self._own = seal.evaluation
        self._chosen = seal.said["evaluation"].get("scorecard") is not None
        self._items = [
            _Item(
                one.item,
                engine.definition(one.measure),
                one.reference_kind,
                frozenset((c.entity, self._row(c.entity, c.id)) for c in one.records),
            )
            for one in result.items
            if one.measure
        ]
        self._rule_of = {self._row("scorecard_item", one.item): one.item for one in result.items}
        reads = {entity for one in self._items for entity in one.what.reads}
        self.edits = self._read(seal.as_of, reads | _SCENE | _RULES)
        self._written: dict[tuple[str, int, str], set[Any]] = {}
        for one in self.edits:
            known = self._written.setdefault((one.entity, one.row, one.field), set())
            known.update((one.before, one.after))
        self._known: dict[tuple[str, int, str], Values] = {}
        self._days = self._window((result.first.isoformat(), result.last.isoformat()))

    def _row(self, entity: str, public_id: str) -> int:
        return self._book.public.row(self._schema.entity(entity).prefix, public_id) or 0

    def _read(self, as_of: int, entities: Iterable[str]) -> list[Edit]:
        numbers = {self._schema.journaled(one).no: one for one in entities}
        found = self._db.run(
            "SELECT change, entity, row, field, before, after FROM edit NOT INDEXED "
            "WHERE id > coalesce((SELECT max(last_edit) FROM change WHERE id <= ?), 0) "
            f"AND entity IN ({', '.join(map(str, sorted(numbers)))}) ORDER BY id",
            (as_of,),
        )
        return [Edit(change, numbers[no], *more) for change, no, *more in found]

    # -- what fields ever were -------------------------------------------------------------------

    def _ever(self, entity: str, row: int, field: str) -> Values:
        """Everything that a field held since the seal, the value of today among it."""
        column = self._schema.entity(entity).field(field).column
        key = entity, row, column
        if key not in self._known:
            self._known[key] = self._looked_up(*key)
        return self._known[key]

    def _looked_up(self, entity: str, row: int, column: str) -> Values:
        now = self._db.one(f"SELECT {quoted(column)} FROM {quoted(entity)} WHERE id = ?", (row,))
        return frozenset({now, *self._written.get((entity, row, column), ())} - {None})

    def _along(self, entity: str, row: int, path: Iterable[str]) -> Values:
        """Everything that a path of links ever led to."""
        here, rows = entity, frozenset({row})
        for name in path:
            rows = frozenset().union(*(self._ever(here, one, name) for one in rows))
            here = self._schema.entity(here).field(name).target
        return rows

    def _window(self, days: tuple[str, str]) -> tuple[str, str]:
        """The days that ever counted: those of the seal and of its cycle, then and since."""
        firsts, lasts = {days[0]}, {days[1]}
        try:
            now = cases.cycle(self._db, self._book, self._cycle).days
        except Refused:
            now = None
        for name, ends in (("starts_on", firsts), ("ends_on", lasts)):
            ends.update(self._ever("evaluation_cycle", self._cycle, name))
        if now is not None:
            firsts.add(now[0].isoformat())
            lasts.add(now[1].isoformat())
        return min(firsts), max(lasts)

    # -- one edit --------------------------------------------------------------------------------

    def touched(self, edit: Edit) -> Touched | None:
        """What an edit touches; None if nothing."""
        if edit.entity in _RULES:
            return self._rules(edit)
        found, matters = set[str](), False
        for item in self._items:
            how = self._by_scene(edit, item)
            how = self._by_records(edit, item) if how is None else how
            if how is not None:
                found.add(item.id)
                matters = matters or how
        return Touched(frozenset(found), matters) if found else None

    def _rules(self, edit: Edit) -> Touched | None:
        """An edit of a scorecard, its items or its grades."""
        if edit.entity == "scorecard_template":
            own = edit.row == self._card
            return Touched(EVERY, edit.field != "notes") if own or not self._chosen else None
        if self._card not in self._ever(edit.entity, edit.row, "scorecard"):
            return None
        if edit.entity == "grade_band":
            return Touched(frozenset(), True)
        own_item = self._rule_of.get(edit.row)
        # Weights are shared out among all items; a new item takes its part from the others.
        return Touched(frozenset({own_item}) if own_item else EVERY, True)

    def _by_scene(self, edit: Edit, item: _Item) -> bool | None:
        """Whether an edit of days, people or goals can alter the value; None if it doesn't touch the item."""
        match edit.entity:
            case BOOK.id | "calendar_day":
                return True
            case "evaluation_cycle":
                mine = edit.row == self._cycle and edit.field in _OF_CYCLE
                return True if mine else None
            case "goal":
                return self._by_goal(edit, item)
            case "leave":
                return True if self._by_leave(edit, item) else None
            case "salesperson":
                mine = edit.row == self._person or item.of_all
                return True if mine and edit.field in _OF_PEOPLE else None
            case "team":
                return True if item.of_all else None
            case "evaluation":
                other = edit.row != self._own and edit.field in _OF_OTHERS and item.of_all
                there = other and self._cycle in self._ever("evaluation", edit.row, "cycle")
                return True if there else None
        return None

    def _by_goal(self, edit: Edit, item: _Item) -> bool | None:
        """Goals of the person for the measure, within the days."""
        if item.reference != _GOAL or not self._overlaps(edit, "goal"):
            return None
        same = item.what.code in self._ever("goal", edit.row, "measure")
        return True if same and self._person in self._ever("goal", edit.row, "person") else None

    def _by_leave(self, edit: Edit, item: _Item) -> bool:
        mine = item.of_all or self._person in self._ever("leave", edit.row, "person")
        return mine and self._overlaps(edit, "leave")

    def _overlaps(self, edit: Edit, entity: str) -> bool:
        first, last = self._days
        starts = self._ever(entity, edit.row, "starts_on")
        ends = self._ever(entity, edit.row, "ends_on")
        return any(one <= last for one in starts) and any(one >= first for one in ends)

    # -- records of measures ---------------------------------------------------------------------

    def _by_records(self, edit: Edit, item: _Item) -> bool | None:
        """Whether an edit of what a measure reads can alter the value; None if it doesn't touch the item."""
        if (edit.entity, edit.row) in item.counted:
            return self._decides(edit, item)
        if edit.entity not in item.what.reads or not self._in_days(edit, item):
            return None
        decides = self._decides(edit, item)
        if self._may_be_own(edit, item):
            return decides
        return True if item.of_all and decides else None  # what others' records say else is theirs

    def _decides(self, edit: Edit, item: _Item) -> bool:
        return edit.field == ALIVE or edit.field in item.words

    def _may_be_own(self, edit: Edit, item: _Item) -> bool:
        """Whether a record ever counted for the person; yes where no link says whose it is."""
        paths = [path for entity, path in item.what.source.owners if entity == edit.entity]
        return not paths or any(
            self._person in self._along(edit.entity, edit.row, path.split("."))
            for path in paths
            if path
        )

    def _in_days(self, edit: Edit, item: _Item) -> bool:
        """Whether a record ever lay in the days; yes where that can't be told from its own fields."""
        source = item.what.source
        named = re.fullmatch(r"(?:date\()?([bh])\.(\w+)(?:, 'localtime'\))?", source.date)
        if named is None or item.what.at_end:
            return True
        if named[1] == "b" and "(SELECT" in source.sql:  # worked out inside
            return True
        entity, rows = edit.entity, frozenset({edit.row})
        if named[1] == "h" and entity != "order":
            if not self._schema.entity(entity).has("order"):
                return True
            rows, entity = self._along(entity, edit.row, ["order"]), "order"
        elif named[1] == "b" and entity != source.entity:
            return True
        if not self._schema.entity(entity).has(named[2]):
            return True
        found = frozenset().union(*(self._ever(entity, one, named[2]) for one in rows))
        return any(_within(str(one), self._days) for one in found)


def _within(moment: str, days: tuple[str, str]) -> bool:
    """Whether a stored day lies between two; a moment may be a day off in another zone."""
    if len(moment) <= 10:
        return days[0] <= moment <= days[1]
    near = date.fromisoformat(moment[:10])
    one = timedelta(days=1)
    return any(days[0] <= (near + by).isoformat() <= days[1] for by in (-one, one * 0, one))
