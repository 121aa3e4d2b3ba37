"""Whether a book is sound: the file, the engine's settings, the journal, the search index."""

from __future__ import annotations

from dataclasses import dataclass

from models import opening
from models.book import Book
from models.describe.kinds import KINDS
from models.dialects import LEAST_ENGINE, PRAGMAS, quoted
from models.journal.capture import history_statements, trigger_statements
from models.texts import N_, tr


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    name: str
    bad: bool
    found: str


def check(book: Book) -> list[Finding]:
    """Look at everything that must hold; reads only."""
    db = book.connection()
    made = []

    def note(name: str, good: bool, found: object) -> None:
        made.append(Finding(tr(name), not good, str(found)))

    found = db.one("PRAGMA integrity_check")
    note(N_("File integrity"), found == "ok", found)
    engine = str(db.one("SELECT sqlite_version()"))
    note(N_("Database engine"), tuple(map(int, engine.split("."))) >= LEAST_ENGINE, engine)
    wrong = [name for name, value in PRAGMAS.items() if db.one(f"PRAGMA {name}") != value]
    note(N_("Engine settings"), not wrong, ", ".join(wrong) or "ok")
    journaled = opening.described(db, book.currency, gone=True)
    wanted = set(history_statements(journaled.entities))
    for entity in journaled:
        wanted |= set(trigger_statements(entity))
    there = {row[0] for row in db.run("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    note(N_("Journal triggers"), wanted == there, len(there))
    open_door = db.one("SELECT change FROM door")
    note(N_("Half-done changes"), open_door is None, open_door or 0)
    lost = db.one(
        "SELECT count(*) FROM edit e WHERE NOT EXISTS (SELECT 1 FROM change c WHERE c.id = e.change "
        "AND e.id BETWEEN c.first_edit AND c.last_edit)"
    )
    note(N_("Edits outside a change"), lost == 0, lost)
    for entity in book.schema:
        strays = []
        for field in entity.links():
            count = db.one(
                f"SELECT count(*) FROM {quoted(entity.id)} r WHERE r.alive = 1 AND r.{quoted(field.column)} IS NOT NULL "
                f"AND NOT EXISTS (SELECT 1 FROM {quoted(field.target)} t WHERE t.id = r.{quoted(field.column)} AND t.alive IS NOT NULL)"
            )
            if count:
                strays.append(f"{entity.id}.{field.id}: {count}")
        drifted = _drift(book, entity.id)
        if strays or drifted:
            note(N_("Links and journal"), False, ", ".join([*strays, *drifted]))
    stale = db.one("SELECT count(*) FROM search_stale")
    note(N_("Search index"), stale == 0, stale)
    return made


def _drift(book: Book, entity_id: str) -> list[str]:
    """Fields whose value in the table is not what the journal last wrote."""
    entity = book.schema.entity(entity_id)
    db = book.connection()
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
