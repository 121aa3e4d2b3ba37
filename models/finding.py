"""Any record by what somebody types: the best first, in bounded time however large the book is.

The index gives the first few hundred hits in the order of the rows. Where there are more, those that
*begin* with what was typed, by their signs or in pinyin, are asked for as well, and those that a key
names exactly. Only what was found is read and put in order.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from models import search
from models.describe.field import Entity
from models.describe.schema import Schema
from models.dialects import Connection, quoted, reading
from models.fitting import BEGINS, BEGINS_OTHER, EXACT, INSIDE, solid
from models.journal import entries
from models.public_ids import PublicIds

_HITS = 300  # looked at; who wants more than that types on
_LONG = 60  # characters of a value that are told beside a label
_BLOCK = 500
_Place = tuple[str, int]


@dataclass(frozen=True)
class Found:
    """A record: how it is called, what else of it was meant, how well it fits."""

    entity: str
    row: int
    label: str
    more: str
    rank: int


def find(
    db: Connection,
    schema: Schema,
    public: PublicIds,
    typed: str,
    limit: int = 50,
    entities: Collection[str] | None = None,
) -> list[Found]:
    """The live records that fit best, of all entities or of some; nothing typed finds nothing.

    A record whose name, code or id is exactly that stands first, then names that begin so, then what
    begins so otherwise (another value, pinyin), then the rest; equal ones by entity and name.
    """
    from models.search_text import fold

    wanted = fold(typed).strip()
    if not any(one.isalnum() for one in wanted):
        return []
    with reading(db):
        most = max(_HITS, limit)
        inside = search.find(db, schema, typed, most)
        leading: set[_Place] = set()
        if len(inside) == most:
            leading = set(search.find_leading(db, schema, typed, most))
        named = _named(db, schema, public, typed.strip(), full=len(inside) == most)
        by_entity: dict[str, set[int]] = {}
        for entity, row in (*named, *leading, *inside):
            if entities is None or entity in entities:
                by_entity.setdefault(entity, set()).add(row)
        found = [
            one
            for entity, rows in by_entity.items()
            for one in _read(db, schema, schema.entity(entity), rows, wanted, leading, named)
        ]
    order = {one.id: at for at, one in enumerate(schema)}
    found.sort(key=lambda one: (one.rank, order[one.entity], len(one.label), one.label, one.row))
    return [
        Found(one.entity, one.row, one.label, _more(one.label, one.values, wanted), one.rank)
        for one in found[:limit]
    ]


def _named(
    db: Connection, schema: Schema, public: PublicIds, typed: str, *, full: bool
) -> set[_Place]:
    """Records that an id or, if the index has too many hits to see them all, a key names."""
    made: set[_Place] = set()
    for entity in schema:
        row = public.row(entity.prefix, typed)
        if row is not None:
            made.add((entity.id, row))
        keys = {key[0] for key in entity.keys} if full else set()
        for field in entity.searched():
            if field.id in keys and not field.custom:
                rows = db.run(
                    f"SELECT id FROM {quoted(entity.id)} WHERE {quoted(field.column)} IN (?, ?) LIMIT ?",
                    (typed, typed.upper(), _HITS),
                )
                made.update((entity.id, int(one)) for (one,) in rows)
    return made


@dataclass(frozen=True)
class _Hit:
    """A record that was found, before it is told."""

    entity: str
    row: int
    label: str
    values: list[str]
    rank: int


def _read(
    db: Connection,
    schema: Schema,
    entity: Entity,
    rows: Iterable[int],
    wanted: str,
    leading: set[_Place],
    named: set[_Place],
) -> list[_Hit]:
    """Those of the rows that live, with their labels and ranks."""
    columns = "".join(f", t.{quoted(one.column)}" for one in entity.searched())
    made: list[_Hit] = []
    every = sorted(rows)
    for start in range(0, len(every), _BLOCK):
        block = every[start : start + _BLOCK]
        marks = ",".join("?" * len(block))
        for row, label, *values in db.run(
            f"SELECT t.id, {entries.title_sql(schema, entity.id, 't')}{columns} "
            f"FROM {quoted(entity.id)} t WHERE t.alive = 1 AND t.id IN ({marks})",
            block,
        ):
            place = (entity.id, row)
            said = [str(one) for one in values if one]
            rank = _rank(str(label or ""), said, wanted, entity.person, begins=place in leading)
            if rank == INSIDE and place in named:  # by its id
                rank = EXACT
            name = str(label or "") or (said[0] if said else "")
            made.append(_Hit(entity.id, row, name, said, rank))
    return made


def _rank(label: str, values: list[str], wanted: str, person: bool, *, begins: bool) -> int:
    from models.search_text import fold

    name, folded, bare = fold(label), [fold(one) for one in values], solid(wanted)
    numbers = [solid(one) for one in folded if any(sign.isdigit() for sign in one)]
    if name == wanted or bare in numbers:  # of the rest, such as a city, many have the same
        return EXACT
    if solid(name).startswith(bare) or _reads(name, bare, person):
        return BEGINS
    if begins or any(solid(one).startswith(bare) for one in folded):
        return BEGINS_OTHER
    return INSIDE


def _reads(name: str, bare: str, person: bool) -> bool:
    """Whether a name begins so in its usual reading, in full or in initials."""
    from models import pinyin

    if not (bare.isascii() and bare.isalpha()) or name.isascii():
        return False
    syllables = pinyin.usual(name, person)
    full, initials = "".join(syllables), "".join(one[0] for one in syllables)
    return full.startswith(bare) or initials.startswith(bare)


def _more(label: str, values: list[str], wanted: str) -> str:
    """The value that was meant if it isn't the label, else the next one, such as a code."""
    from models.search_text import fold

    parts = wanted.split()
    others = [one for one in values if one != label]
    meant = [one for one in others if any(part in solid(fold(one)) for part in map(solid, parts))]
    by_label = any(part in fold(label) for part in parts)
    told = (meant if meant and not by_label else others or [""])[0]
    told = " ".join(told.split())
    return told if len(told) <= _LONG else told[: _LONG - 1] + "…"
