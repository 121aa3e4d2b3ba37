"""Whether a book is sound: the file, the engine's settings, the journal, the search index."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from models import dialects, opening, search
from models.book import Book
from models.describe.field import Entity
from models.describe.kinds import KINDS
from models.describe.schema import Schema
from models.dialects import LEAST_ENGINE, PRAGMAS, Connection, quoted
from models.evaluations import verifying
from models.journal import capture, settings, tables
from models.refusals import BookUnavailable
from models.texts import N_, tr

_NAMED = 5  # things that a finding names


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    name: str
    bad: bool
    found: str


def check(book: Book) -> list[Finding]:
    """Look at everything that must hold; reads only."""
    made: list[Finding] = []

    def note(name: str, good: bool, found: object) -> None:
        made.append(Finding(tr(name), not good, str(found)))

    db = book.connection()
    integrity = db.one("PRAGMA integrity_check")
    note(N_("File integrity"), integrity == "ok", integrity)
    engine = str(db.one("SELECT sqlite_version()"))
    note(N_("Database engine"), tuple(map(int, engine.split("."))) >= LEAST_ENGINE, engine)
    wrong = [name for name, value in PRAGMAS.items() if db.one(f"PRAGMA {name}") != value]
    note(N_("Engine settings"), not wrong, ", ".join(wrong) or "ok")
    try:
        _contents(book, db, note)
    except BookUnavailable:
        if integrity == "ok":
            raise
        # What lies on a damaged page can't be asked.
    return made


def _contents(book: Book, db: Connection, note: Callable[[str, bool, object], None]) -> None:
    """What the tables hold."""
    journaled = opening.described(db, book.currency, gone=True)
    foreign = _foreign(db, journaled)
    note(N_("What another program added"), not foreign, _some(foreign) or 0)
    wanted, there = capture.wanted(journaled.entities), capture.present(db)
    differing = [one for one in {**wanted, **there} if wanted.get(one) != there.get(one)]
    note(N_("Journal triggers"), not differing, _some(sorted(differing)) or len(there))
    open_door = db.one("SELECT change FROM door")
    note(N_("Half-done changes"), open_door is None, open_door or 0)
    lost = db.one(
        "SELECT count(*) FROM edit e WHERE NOT EXISTS (SELECT 1 FROM change c WHERE c.id = e.change "
        "AND e.id BETWEEN c.first_edit AND c.last_edit)"
    )
    note(N_("Edits outside a change"), lost == 0, lost)
    gone = db.one(
        "SELECT coalesce(sum(last_edit - first_edit + 1), 0) - (SELECT count(*) FROM edit) FROM change"
    )
    note(N_("Edits that are missing"), gone + lost <= 0, max(gone + lost, 0))
    for entity in book.schema:
        faults = [*_strays(db, entity), *_rows(db, entity), *_drift(db, entity)]
        if faults:
            note(N_("Links and journal"), False, ", ".join(faults))
    if faults := settings.drifted(db):
        note(N_("Links and journal"), False, ", ".join(f"book.{one}" for one in faults))
    seals = verifying.verify(book)
    note(N_("Signed evaluations"), seals.ok, _broken(seals) or len(seals.seals))
    with dialects.reading(db):
        unfound = _unfound(db, book.schema)
    note(N_("Search index"), unfound == 0, unfound)


def _broken(seals: verifying.Verified) -> str:
    """Which seals are broken and what else is wrong with them, in words."""
    said = N_("seal {n}: {what}")
    own = [
        tr(said, n=one.number, what=each.message) for one in seals.seals for each in one.problems
    ]
    return " ".join([*own[:_NAMED], *(one.message for one in seals.problems[:_NAMED])])


def _some(names: list[str]) -> str:
    return ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")


def _foreign(db: Connection, schema: Schema) -> list[str]:
    """Tables and views that are not of this program, the engine or the search index."""
    known = {*tables.names(), *(one.id for one in schema.entities)}
    there = db.run("SELECT name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name")
    return [
        name
        for (name,) in there
        if name not in known and not name.startswith(("sqlite_", "search_"))
    ]


def _strays(db: Connection, entity: Entity) -> list[str]:
    """Links to records that don't exist."""
    made = []
    for field in entity.links():
        count = db.one(
            f"SELECT count(*) FROM {quoted(entity.id)} r WHERE r.alive = 1 AND r.{quoted(field.column)} IS NOT NULL "
            f"AND NOT EXISTS (SELECT 1 FROM {quoted(field.target)} t WHERE t.id = r.{quoted(field.column)} AND t.alive IS NOT NULL)"
        )
        if count:
            made.append(f"{entity.id}.{field.id}: {count}")
    return made


def _rows(db: Connection, entity: Entity) -> list[str]:
    """Records that the journal never added, and records of the journal that are gone."""
    count = db.one(
        f"""SELECT (SELECT count(*) FROM {quoted(entity.id)} t WHERE NOT EXISTS
            (SELECT 1 FROM edit e WHERE e.entity = ?1 AND e.row = t.id AND e.field = 'alive'))
        + (SELECT count(DISTINCT e.row) FROM edit e WHERE e.entity = ?1 AND NOT EXISTS
            (SELECT 1 FROM {quoted(entity.id)} t WHERE t.id = e.row))""",
        (entity.no,),
    )
    return [f"{entity.id}: {count}"] if count else []


def _drift(db: Connection, entity: Entity) -> list[str]:
    """Fields whose value in the table is not what the journal last wrote."""
    made = []
    for name in ("alive", *(one.column for one in entity.fields)):
        if name != "alive" and entity.field(name).kind not in KINDS:
            continue
        count = db.one(
            f"""SELECT count(*) FROM (SELECT row, max(id) AS last FROM edit WHERE entity = ? AND field = ? GROUP BY row) l
            JOIN edit e ON e.id = l.last JOIN {quoted(entity.id)} t ON t.id = l.row WHERE t.{quoted(name)} IS NOT e.after""",
            (entity.no, name),
        )
        if count:
            made.append(f"{entity.id}.{name}: {count}")
    return made


def _unfound(db: Connection, schema: Schema) -> int:
    """Records that neither stand in the index nor wait for it, and entries that stand for none.

    Of those that wait more than a few are too many: nobody looks them up.
    """
    place = f"s.row * {search.SPAN} + s.entity"
    waiting = f"(SELECT {place} FROM search_stale s)"
    live, lacking, known = 0, 0, 0
    for entity in schema:
        if not list(entity.searched()):
            continue
        count, found = db.run(
            f"SELECT count(*), count(d.id) FROM {quoted(entity.id)} t "
            "LEFT JOIN search_docsize d ON d.id = t.id * ?1 + ?2 "
            f"WHERE t.alive = 1 AND t.id * ?1 + ?2 NOT IN {waiting}",
            (search.SPAN, entity.no),
        )[0]
        live += found
        lacking += count - found
        known += db.one(
            f"SELECT count(*) FROM search_stale s JOIN {quoted(entity.id)} t ON t.id = s.row WHERE s.entity = ?",
            (entity.no,),
        )
    entries = db.one(f"SELECT count(*) FROM search_docsize WHERE id NOT IN {waiting}")
    stale = db.one("SELECT count(*) FROM search_stale")
    return int(lacking + abs(entries - live) + stale - known + max(0, known - search.WAITING))
