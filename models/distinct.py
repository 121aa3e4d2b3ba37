"""The values that stand in a column, each once with how often, as the list in its heading shows them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from heapq import nsmallest
from typing import Any

from models import money, pinyin
from models.describe.field import Field
from models.describe.filters import Filter
from models.describe.kinds import KINDS
from models.describe.schema import Schema
from models.dialects import Connection, quoted, reading, watched
from models.names import sort_key
from models.progress import SILENT, Progress
from models.reads import Reader, label_sql, path_sql

LIMIT = 1_000  # values that a list shows
_SORTED = 100_000  # values that are put in the order of people; more stay in that of the engine
_STEP = 2_000
_UNKNOWN = 1_000_000  # operations of the engine; nobody looks at how far it is


@dataclass(frozen=True)
class Listed:
    """One value: what a filter writes for it, what people read, how many records have it."""

    text: str
    shown: str
    count: int


@dataclass(frozen=True)
class Values:
    """The first values in order, how many there are, and how many records have none."""

    found: tuple[Listed, ...]
    total: int
    empty: int

    @property
    def whole(self) -> bool:
        """Whether every value is listed."""
        return len(self.found) == self.total


@dataclass(frozen=True)
class Asked:
    """Of which records: those of a filter and a search, live or removed, among some if named."""

    where: str | Filter | None = None
    search: str = ""
    deleted: bool = False
    among: Sequence[int] | None = None


def values(
    db: Connection,
    schema: Schema,
    currency: str,
    entity_id: str,
    path: str,
    asked: Asked,
    typed: str = "",
    limit: int = LIMIT,
    progress: Progress = SILENT,
) -> Values:
    """The values of a field, reached through links if dotted; ``typed`` keeps those that match it.

    Words are in the order in which people file them, choices as declared, numbers and days by size.

    Raises:
        Refused: an unknown field, or a filter that can't be read. Cancelled.
    """
    field = path_sql(schema, schema.entity(entity_id), path)[1]
    meant = _meant(field, typed) if typed.strip() else None
    kept: list[tuple[Any, int]] = []
    total = empty = 0
    # The search index and the records are read as of one moment.
    with reading(db), watched(db, progress, _UNKNOWN):
        for at, (stored, count) in enumerate(_grouped(db, schema, entity_id, path, asked)):
            if at % _STEP == 0:
                progress.step(0)
            if stored is None or stored == "":
                empty += count
            elif meant is None or meant(stored):
                total += 1
                if len(kept) < _SORTED:
                    kept.append((stored, count))
    if total == len(kept):
        # Not sort(): of many texts that is one long step which lets no other thread in.
        order = _order(field)
        kept = nsmallest(limit, kept, key=lambda one: order(one[0]))
    made = tuple(_listed(field, currency, *one) for one in kept[:limit])
    return Values(made, total, empty)


def _grouped(
    db: Connection, schema: Schema, entity_id: str, path: str, asked: Asked
) -> Iterator[tuple[Any, int]]:
    entity = schema.entity(entity_id)
    value, field = path_sql(schema, entity, path)
    condition, params = Reader(db, schema).condition(
        entity, asked.where, asked.search, asked.deleted, asked.among
    )
    if field.kind == "instant":  # a day of the person's own begins at some full or half hour of UTC
        value = f"substr({value}, 1, 16)"
    sql = (
        f"SELECT v, count(*) AS n FROM (SELECT {value} AS v FROM {quoted(entity.id)} t "
        f"WHERE {condition}) GROUP BY v"
    )
    if field.kind == "link":
        sql = f"SELECT {label_sql(schema, field, 'g.v')} AS named, sum(n) FROM ({sql}) g GROUP BY named"
    rows = db.stream(sql, params)
    if field.kind == "instant":
        return iter(_totals((_local_day(one), n) for one, n in rows))
    if field.kind == "tags":
        return iter(_totals((tag, n) for one, n in rows for tag in (one or "").split(", ")))
    return rows


def _totals(rows: Iterator[tuple[Any, int]]) -> list[tuple[Any, int]]:
    """Counts of equal values together, which were counted apart."""
    found: Counter[Any] = Counter()
    for value, n in rows:
        found[value] += n
    return list(found.items())


def _local_day(stored: str | None) -> str | None:
    if not stored:
        return None
    return datetime.fromisoformat(stored + "+00:00").astimezone().date().isoformat()


def _listed(field: Field, currency: str, stored: Any, count: int) -> Listed:
    if field.kind in ("text", "code", "phone", "email", "link", "tags", "long_text"):
        return Listed(stored, stored, count)
    if field.kind in ("date", "instant"):
        return Listed(stored, stored, count)
    kind = KINDS[field.kind]
    value = kind.load(stored)
    shown = kind.show(field, value, currency)
    written = str(stored) if field.kind == "choice" else kind.edited(field, value)
    return Listed(written, shown, count)


def meaning(typed: str) -> Callable[[str], bool]:
    """Whether a text is meant by what was typed: a part of it, or of its pinyin or initials."""
    wanted = typed.strip().casefold()
    spelled = wanted.replace(" ", "")
    by_sound = spelled.isascii() and spelled.isalpha()

    def meant(text: str) -> bool:
        if wanted in text.casefold():
            return True
        if not by_sound or text.isascii():
            return False
        read = pinyin.usual(text)
        return spelled in "".join(read) or spelled in "".join(syllable[0] for syllable in read)

    return meant


def _meant(field: Field, typed: str) -> Callable[[Any], bool]:
    """The same for values as they are stored."""
    meant, kind = meaning(typed), KINDS[field.kind]
    if kind.sums or field.kind == "percent":
        factor = 100 if field.kind == "percent" else 1
        digits = re.sub(r"[^\d.]", "", typed)
        return lambda stored: (
            bool(digits) and digits in money.plain(money.from_scaled(stored * factor), 2)
        )
    if field.kind in ("choice", "flag"):
        return lambda stored: meant(kind.show(field, kind.load(stored)))
    return lambda stored: meant(str(stored))


def _order(field: Field) -> Callable[[Any], Any]:
    if field.kind == "choice":
        places = {one.code: at for at, one in enumerate(field.choices)}
        return lambda stored: (places.get(stored, len(places)), stored)
    if field.kind == "flag":
        return lambda stored: -stored
    if KINDS[field.kind].numeric or field.kind in ("date", "instant"):
        return lambda stored: stored
    return sort_key
