"""Which record of the book a new row of a workbook is, if it is there already.

First the rows that came from this workbook before, then the book: by the identities of the entity,
and by names that are written in two ways.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from models.book import Book
from models.describe.field import Entity
from models.dialects import Connection, quoted
from models.names import company_key, loose_company_keys
from models.workbooks.known import Known
from models.workbooks.manifest import Stored

Values = Mapping[str, Stored]
UNREAD = "\0"  # before a text that is no value, where the values of a row are remembered
_ENOUGH = 0.5  # share of equal cells by which an edited row is still the one that was added

ADDED, OWN, PERHAPS, NEW = "added", "own", "perhaps", "new"


@dataclass(frozen=True)
class Match:
    """``how``: added from this workbook before (row 0: it was asked or declined), exactly one own
    record, perhaps one, or new. ``before``: the values by which an added one came."""

    how: str
    row: int | None = None
    before: Values | None = None


class Earlier:
    """The rows of one entity that came from this workbook before; each is taken once.

    ``label`` says the label of a link's record: a row that was not there yet came by its name.
    """

    def __init__(
        self,
        added: Iterable[tuple[int, Values]],
        keys: tuple[tuple[str, ...], ...],
        label: Callable[[str, Stored], str],
    ) -> None:
        self._left = list(added)
        self._keys, self._label = keys, label

    def exact(self, values: Values) -> Match | None:
        """The one that came with exactly these values."""
        now = _bare(values)
        for row, before in self._left:
            then = _bare(before)
            if then.keys() == now.keys() and all(self._same(one, then, now) for one in now):
                return self._take(row, before)
        return None

    def nearest(self, values: Values) -> Match | None:
        """The one that shares an identity, or at least half of its cells; only what became a record."""
        scored = [(self._share(before, values), row, before) for row, before in self._left if row]
        best = max(scored, key=lambda one: one[0], default=None)
        if best is None or best[0] < _ENOUGH:
            return None
        return self._take(best[1], best[2])

    def _same(self, name: str, one: Values, other: Values) -> bool:
        then, now = one.get(name), other.get(name)
        if isinstance(then, int) and isinstance(now, str):
            then, now = now, then
        if isinstance(then, str) and isinstance(now, int):
            return then.lstrip(UNREAD) == self._label(name, now)
        return then == now

    def _share(self, before: Values, values: Values) -> float:
        one, two = _bare(before), _bare(values)
        for key in self._keys:
            if all(name in one and self._same(name, one, two) for name in key):
                return 1.0
        names = one.keys() | two.keys()
        return sum(self._same(name, one, two) for name in names) / max(len(names), 1)

    def _take(self, row: int, before: Values) -> Match:
        self._left = [one for one in self._left if one[1] is not before]
        return Match(ADDED, row, before)

    @property
    def rest(self) -> list[int]:
        """The records that no row was taken for."""
        return [row for row, _ in self._left if row]


def _bare(values: Values) -> dict[str, Stored]:
    return {name: value for name, value in values.items() if value not in (None, "")}


_KEYS: dict[str, str] = {}  # of names that were looked at before: the next file meets the same ones
_MOST_KEYS = 200_000


def _keys(names: list[str]) -> list[str]:
    """The loose keys of names, made once for all files that come back together."""
    new = [one for one in dict.fromkeys(names) if one not in _KEYS]
    made = dict(zip(new, loose_company_keys(new), strict=True))
    found = [made.get(one) or _KEYS.get(one, "") for one in names]
    if len(_KEYS) + len(made) > _MOST_KEYS:
        _KEYS.clear()
    _KEYS.update(made)
    return found


class InBook:
    """Looks in the book. ``seen`` are the records that stand in the file by their ids."""

    def __init__(
        self, book: Book, db: Connection, known: Known, seen: Mapping[str, set[int]]
    ) -> None:
        self._book, self._db, self._known, self._seen = book, db, known, seen
        self._used: set[tuple[str, int]] = set()
        self._names: dict[str, dict[str, list[int]]] = {}

    def find(self, entity: Entity, values: Values) -> Match:
        """What a new row is; a record is taken for one row of the file only."""
        found, alike = self._by_keys(entity, values)
        if entity.happens and not alike:
            # Who sees a visit in the list and writes another one means another one, unless nothing differs.
            found = [one for one in found if not self._apart(entity, one, values)]
        if not found:
            found, alike = self._by_name(entity, values), True
        if not found:
            return Match(NEW)
        only = len(found) == 1 and not alike and found[0] not in self._seen.get(entity.id, ())
        if only and (entity.id, found[0]) not in self._used and self._own(entity, found[0]):
            self._used.add((entity.id, found[0]))
            return Match(OWN, found[0])
        return Match(PERHAPS, found[0])

    def _apart(self, entity: Entity, row: int, values: Values) -> bool:
        if row not in self._seen.get(entity.id, ()):
            return False
        names = [name for name, value in values.items() if value is not None]
        listed = ", ".join(quoted(entity.field(name).column) for name in names)
        there = self._db.run(f"SELECT {listed} FROM {quoted(entity.id)} WHERE id = ?", (row,))[0]
        return tuple(values[name] for name in names) != tuple(there)

    def _by_keys(self, entity: Entity, values: Values) -> tuple[list[int], bool]:
        """Live records of the strongest identity that fits any; whether a stronger one speaks against it."""
        stronger: list[str] = []
        for key in entity.keys:
            found = self._of_key(entity, key, values)
            if found:
                against = [one for one in found if self._other(entity, one, stronger, values)]
                kept = [one for one in found if one not in against]
                return (kept, False) if kept else (found, True)
            if len(key) == 1:
                stronger.append(key[0])
        return [], False

    def _of_key(self, entity: Entity, key: tuple[str, ...], values: Values) -> list[int]:
        asked = [values.get(name) for name in key]
        blank = [name for name in key if values.get(name) in (None, "")]
        links = [name for name in key if entity.field(name).kind == "link"]
        if any(name not in entity.blank_keys for name in blank) or len(blank) == len(key):
            return []
        if any(isinstance(values.get(name), str) for name in links):  # a row that is new itself
            return []
        where = " AND ".join(f"{quoted(entity.field(name).column)} IS ?" for name in key)
        rows = self._db.run(
            f"SELECT id FROM {quoted(entity.id)} WHERE alive = 1 AND {where} ORDER BY id LIMIT 5",
            asked,
        )
        return [int(one) for (one,) in rows]

    def _other(self, entity: Entity, row: int, singles: list[str], values: Values) -> bool:
        """Whether a record has another number than the row, where both have one."""
        for name in singles:
            there = self._db.one(
                f"SELECT {quoted(entity.field(name).column)} FROM {quoted(entity.id)} WHERE id = ?",
                (row,),
            )
            if there is not None and values.get(name) not in (None, there):
                return True
        return False

    def _by_name(self, entity: Entity, values: Values) -> list[int]:
        """Records whose name is written in another way."""
        name = values.get(entity.title[0])
        if not entity.look_alike or not isinstance(name, str):
            return []
        if entity.id not in self._names:
            self._names[entity.id] = self._keyed(entity)
        return self._names[entity.id].get(company_key(name), [])

    def _keyed(self, entity: Entity) -> dict[str, list[int]]:
        title = quoted(entity.field(entity.title[0]).column)
        rows = self._db.run(
            f"SELECT id, {title} FROM {quoted(entity.id)} WHERE alive = 1 AND {title} IS NOT NULL ORDER BY id"
        )
        made: dict[str, list[int]] = {}
        for (row, _), key in zip(rows, _keys([str(name) for _, name in rows]), strict=True):
            made.setdefault(key, []).append(int(row))
        return made

    def _own(self, entity: Entity, row: int) -> bool:
        """Whether a record is the person's whose workbook it is: by itself, or by its customer."""
        person = self._known.manifest.person
        if person is None or self._known.issued(entity.id, row):
            return True
        for field in entity.links():
            if field.target not in ("salesperson", "customer"):
                continue
            there = self._db.one(
                f"SELECT {quoted(field.column)} FROM {quoted(entity.id)} WHERE id = ?", (row,)
            )
            if there is None:
                continue
            if field.target == "salesperson":
                return bool(there == person)
            if self._owner(int(there)) == person:
                return True
        return False

    def _owner(self, customer: int) -> int | None:
        found = self._db.one("SELECT owner FROM customer WHERE id = ?", (customer,))
        return None if found is None else int(found)
