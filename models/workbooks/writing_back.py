"""What a merged workbook writes, inside one change: records, the decisions that stay, the next base."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from models import moments
from models.book import Book
from models.change import Change
from models.describe.kinds import KINDS
from models.progress import Progress
from models.refusals import Place, Refused
from models.workbooks import memory, texts_of
from models.workbooks.entities import OPEN
from models.workbooks.items import (
    ADD,
    ASK,
    CELL,
    LEAVE,
    MINE,
    OTHER,
    REFUSED,
    REMOVE,
    THEIRS,
    Decision,
    Item,
    Merged,
    Problem,
)
from models.workbooks.known import Known
from models.workbooks.manifest import Stored
from models.workbooks.memory import Cells, Returned

_NOTHING = Decision(LEAVE)


@dataclass
class Written:
    """What was written: cells, new records, removed ones, questions that are open, what was refused."""

    taken: int = 0
    added: int = 0
    removed: int = 0
    open: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def decision_of(item: Item, decisions: Mapping[str, Decision]) -> Decision:
    """What happens with an item: what somebody decided, else what is usual; the person is told why not."""
    if item.state == REFUSED:
        return Decision(MINE, comment=item.why)
    usual = _NOTHING if item.state == ASK else Decision(THEIRS)
    found = decisions.get(item.id, usual)
    if found.take == THEIRS and not _can_take(item):
        return replace(found, take=LEAVE)
    if found.take == OTHER and item.what != CELL:
        return replace(found, take=LEAVE)
    return found


def _can_take(item: Item) -> bool:
    return item.kind != "unreadable"


class WritingBack:
    """Writes one merged file through a change under way."""

    def __init__(
        self,
        book: Book,
        change: Change,
        merged: Merged,
        decisions: Mapping[str, Decision],
        progress: Progress,
    ) -> None:
        self._book, self._change, self._merged = book, change, merged
        self._progress = progress
        self._decided = {one.id: decision_of(one, decisions) for one in merged.items}
        self._records: dict[str, int] = {}  # by item that adds: the record it became, or is already
        self._unmet: set[str] = set()  # cells whose link leads to a row that is no record yet
        self._known = Known(book, change.db, merged.file.manifest)
        self.done = Written()

    def write(self) -> Written:
        """All of it; the questions that stay and the next base too."""
        self._add([one for one in self._merged.items if one.what == ADD])
        self._set([one for one in self._merged.items if one.what == CELL])
        for item in self._merged.items:
            if item.what == REMOVE and self._take(item) == THEIRS:
                self._remove(item)
        for item in sorted(self._merged.items, key=lambda one: one.what != ADD):
            self._remember(item)  # first the records that others wait for
        self._settle()
        return self.done

    def _remove(self, item: Item) -> None:
        try:
            self.done.removed += self._change.remove(item.entity, [item.row or 0])
        except Refused as refused:
            self._refuse(item, refused)

    def _take(self, item: Item) -> str:
        return self._decided[item.id].take

    # -- records -----------------------------------------------------------------------------------

    def _add(self, items: list[Item]) -> None:
        """New records, those first that others link to; who links to what stays open waits too."""
        waiting = items
        while waiting:
            later = []
            for item in waiting:
                if any(self._waits(one, waiting) for one in item.values.values()):
                    later.append(item)
                else:
                    self._add_one(item)
            if len(later) == len(waiting):  # they wait for each other: without what can't be yet
                for item in later:
                    self._leave(item)
                return
            waiting = later

    def _waits(self, value: Stored, waiting: list[Item]) -> bool:
        return isinstance(value, str) and any(
            one.id == value and value not in self._records and one.id not in self._left
            for one in waiting
        )

    @property
    def _left(self) -> set[str]:
        return {id for id, one in self._decided.items() if one.take in (LEAVE, MINE)}

    def _add_one(self, item: Item) -> None:
        self._progress.step(0.1)
        take = self._take(item)
        if take == MINE and item.match is not None:
            self._records[item.id] = item.match
        if take != THEIRS:
            return
        values = {name: self._row(value) for name, value in item.values.items()}
        if any(isinstance(one, str) and one in self._decided for one in values.values()):
            self._leave(item)  # it belongs to a row that is not decided yet
            return
        try:
            self._records[item.id] = self._change.add(item.entity, self._loaded(item, values))
            self.done.added += 1
        except Refused as refused:
            self._refuse(item, refused)

    def _row(self, value: Stored) -> Stored:
        return self._records.get(value, value) if isinstance(value, str) else value

    def _loaded(self, item: Item, values: Mapping[str, Stored]) -> dict[str, object]:
        entity = self._book.schema.entity(item.entity)
        return {
            name: KINDS[entity.field(name).kind].load(stored) for name, stored in values.items()
        }

    def _leave(self, item: Item) -> None:
        self._decided[item.id] = replace(self._decided[item.id], take=LEAVE)

    def _refuse(self, item: Item, refused: Refused) -> None:
        """What a rule of the book refuses stays open, and is told."""
        self._leave(item)
        sheet, _, cell = item.at.rpartition("!")
        place = Place(self._merged.file.path.rpartition("/")[2], sheet, column=cell)
        self.done.problems.append(Problem(refused.code, refused.message, place))

    # -- cells -------------------------------------------------------------------------------------

    def _set(self, items: list[Item]) -> None:
        """Cells, all of a record at once, so that its rules see them together."""
        by_record: dict[tuple[str, int], list[Item]] = {}
        for item in items:
            row = self._record(item)
            if row is None or self._take(item) not in (THEIRS, OTHER):
                continue
            if isinstance(self._row(item.result), str) and self._link(item):
                self._leave(item)  # it links to a row that is not decided yet
                self._unmet.add(item.id)
                continue
            by_record.setdefault((item.entity, row), []).append(item)
        for at, ((entity, row), some) in enumerate(by_record.items()):
            self._progress.step(0.1 + 0.8 * at / len(by_record))
            self._set_row(entity, row, some)

    def _link(self, item: Item) -> bool:
        return self._book.schema.entity(item.entity).field(item.field).kind == "link"

    def _record(self, item: Item) -> int | None:
        """The record of a cell: of a new row the one that it became."""
        return item.row if item.row is not None else self._records.get(item.id.rpartition(":")[0])

    def _set_row(self, entity: str, row: int, items: list[Item]) -> None:
        if any(one.kind == "removed_edited" for one in items):
            self._change.restore(entity, [row])
        try:
            self._change.set(entity, row, self._values(items))
            self.done.taken += len(items)
            return
        except Refused:
            pass  # one of them: the others are taken
        for item in items:
            try:
                self._change.set(entity, row, self._values([item]))
                self.done.taken += 1
            except Refused as refused:
                self._refuse(item, refused)

    def _values(self, items: list[Item]) -> dict[str, object]:
        made: dict[str, object] = {}
        for item in items:
            field = self._book.schema.entity(item.entity).field(item.field)
            decision = self._decided[item.id]
            if decision.take == OTHER:
                made[field.id] = texts_of.meant(field, decision.value)
            else:
                made[field.id] = KINDS[field.kind].load(self._row(item.result))
        return made

    # -- what is remembered ------------------------------------------------------------------------

    def _remember(self, item: Item) -> None:
        """The decision about an item: open, or how it was decided. What was simply taken needs none."""
        decision = self._decided[item.id]
        if item.state != ASK and decision.take == THEIRS:
            return
        if item.what == CELL and item.row is None and self._record(item) is None:
            return  # part of a new row that is asked itself, with all that it says
        take = decision.take
        values: dict[str, object] = {
            "workbook": self._merged.file.manifest.workbook,
            "kind": self._kind(item, take),
            "entity": item.entity,
            "record": self._public(item),
            "label": item.named or None,
            "field": item.field or None,
            **self._texts(item),
            "at": item.at,
            "status": OPEN if take == LEAVE else take,
            "comment": decision.comment or None,
        }
        if take != LEAVE:
            values["decided_at"] = moments.now()
            values["decision"] = self._decision(item, decision) or None
        row = self._keep(item, values)
        if take == LEAVE:
            self.done.open.append(row)

    def _kind(self, item: Item, take: str) -> str:
        if item.state == ASK:
            return item.kind
        if take == MINE:
            return "declined"
        if item.id in self._unmet:
            return "unreadable"
        return "match" if item.what == ADD else "edited"

    def _public(self, item: Item) -> str | None:
        row = self._record(item)
        return None if item.what == ADD or row is None else self._book.public_id(item.entity, row)

    def _texts(self, item: Item) -> dict[str, object]:
        entity = self._book.schema.entity(item.entity)
        if item.what == REMOVE:
            return {}
        if item.what == ADD:
            mine = ""
            if item.match is not None:
                mine = texts_of.link_label(self._book, item.entity, item.match)
            return {"mine": mine or None, "theirs": item.text or None}
        field = entity.field(item.field)
        unread = item.kind == "unreadable" or item.id in self._unmet
        if item.closed:  # what can't be read is told all the same: it waits for its author
            return {"theirs": (item.text if unread else "") or None}
        return {
            "base": texts_of.text(self._book, field, item.base) or None,
            "mine": texts_of.text(self._book, field, item.mine) or None,
            "theirs": (item.text if unread else texts_of.theirs(self._book, field, item)) or None,
        }

    def _decision(self, item: Item, decision: Decision) -> str:
        if decision.take == OTHER:
            return decision.value
        if item.what != CELL or item.closed:
            return ""
        field = self._book.schema.entity(item.entity).field(item.field)
        stored = item.mine if decision.take == MINE else self._row(item.result)
        return texts_of.text(self._book, field, stored)

    def _keep(self, item: Item, values: dict[str, object]) -> int:
        """Write the decision; where the same was asked before and is open, there."""
        row = self._record(item)
        question = self._known.questions.get((item.entity, row or 0, item.field))
        if question is not None and "@" not in item.id:
            self._change.set("cell_conflict", question.no, values)
            return question.no
        return self._change.add("cell_conflict", values)

    def _settle(self) -> None:
        """Questions that the file answers by itself."""
        now = moments.now()
        for no, status in self._merged.settled:
            self._change.set("cell_conflict", no, {"status": status, "decided_at": now})

    def state(self) -> Returned:
        """What was handled, as the base of the next return, with the records that new rows became."""
        plain = self._merged.state
        rows, unread = _copied(plain.rows), _copied(plain.unread)
        for item in self._merged.items:
            if item.what != CELL or item.row is None or not isinstance(item.theirs, str):
                continue
            cells = rows.get(item.entity, {}).get(item.row, {})
            if not self._link(item) or item.field not in cells:
                continue
            if item.id in self._unmet:
                del cells[item.field]
                unread.setdefault(item.entity, {}).setdefault(item.row, {})[item.field] = item.text
            else:
                cells[item.field] = self._row(item.theirs)
        added = tuple(
            (entity, self._added(key), values) for entity, key, values in self._merged.came
        )
        for item in self._merged.items:
            record = self._record(item) if item.what == CELL and item.row is None else None
            if record is not None:
                unread.setdefault(item.entity, {}).setdefault(record, {})[item.field] = item.text
        return Returned(rows, plain.gone, added, plain.asked, unread)

    def _added(self, key: int | str) -> int:
        if isinstance(key, int):
            return key
        item = next((one for one in self._merged.items if one.id == key), None)
        if item is None or self._take(item) != THEIRS:
            return 0  # also what is there already: only the row is known, none of its cells
        return self._records.get(key, 0)


def _copied(cells: Cells) -> dict[str, dict[int, dict[str, Stored]]]:
    return {
        entity: {row: dict(some) for row, some in rows.items()} for entity, rows in cells.items()
    }


def keep(book: Book, change: int | None, merged: Merged, state: Returned) -> None:
    """Remember a return; inside a change, or in a transaction of its own."""
    file = merged.file
    name = file.path.replace("\\", "/").rpartition("/")[2]
    memory.keep_return(book.connection(), file.manifest.workbook, change, name, file.digest, state)
