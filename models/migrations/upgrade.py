"""Carries out the steps that lead from a book's schema version to another: all of them or none."""

from __future__ import annotations

from pathlib import Path

from models import dialects, opening, search
from models.dialects import Connection
from models.journal import capture, tables
from models.refusals import BookUnavailable, Refused
from models.texts import N_

STEPS = Path(__file__).parent


def run(path: Path, target: int, steps: Path = STEPS) -> None:
    """Bring a book to schema version ``target`` in one transaction.

    ``steps`` is a folder with a folder ``versions`` of Alembic revisions.

    Raises:
        BookUnavailable: the disk, another writer, or a step that failed; the book is unchanged.
    """
    connection = dialects.connect(path, journal=opening.journal_mode(path))
    try:
        with dialects.writing(connection):
            found = int(connection.one("PRAGMA user_version"))
            if found == target:  # another program was faster
                return
            if found > target:
                raise opening.newer(path.name, found)
            try:
                _upgrade(connection, found, target, steps)
            except Refused:
                raise
            except Exception as error:
                cause = getattr(error, "orig", None) or error  # SQLAlchemy wraps the engine's own
                raise dialects.refusal_of(cause) or _failed(path, found, target, cause) from error
        # So that the file's own header says the new version, without the log beside it.
        connection.run("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.driver.close()


def _failed(path: Path, found: int, target: int, cause: BaseException) -> BookUnavailable:
    return BookUnavailable(
        "upgrade_failed",
        N_(
            "{name} could not be brought from format {found} to {known} ({why}). It is unchanged; the earlier program still opens it."
        ),
        name=path.name,
        found=found,
        known=target,
        why=str(cause) or type(cause).__name__,
    )


def _upgrade(connection: Connection, found: int, target: int, steps: Path) -> None:
    before = _counts(connection)
    for (name,) in connection.run("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
        connection.run(f"DROP TRIGGER {dialects.quoted(name)}")
    _steps(connection, found, target, steps)
    currency = opening.info(connection)["currency"]
    tables.complete(connection, opening.described(connection, currency))
    # A table that a step rebuilt has lost its triggers without a word.
    journaled = opening.described(connection, currency, gone=True)
    capture.make_triggers(connection, journaled.entities)
    search.refresh(connection, opening.described(connection, currency))
    if _counts(connection) < before:
        raise ValueError("the journal became shorter")
    damage = connection.one("PRAGMA quick_check")
    if damage != "ok":
        raise ValueError(damage)
    connection.run(f"PRAGMA user_version={target:d}")


def _counts(connection: Connection) -> tuple[int, int]:
    changes = connection.one("SELECT count(*) FROM change")
    return int(changes), int(connection.one("SELECT count(*) FROM edit"))


def _steps(connection: Connection, found: int, target: int, steps: Path) -> None:
    """Run the revisions between two versions inside the transaction that is already open."""
    import sqlalchemy as sa
    from alembic.migration import MigrationContext
    from alembic.operations import Operations
    from alembic.script import ScriptDirectory
    from sqlcipher3 import dbapi2

    engine = sa.create_engine(
        "sqlite://",
        module=dbapi2,
        creator=lambda: connection.driver,
        poolclass=sa.pool.StaticPool,
        pool_reset_on_return=None,
    )
    # Beginning and ending the transaction is not the library's business here.
    for name in ("do_begin", "do_commit", "do_rollback", "do_close", "do_terminate"):
        setattr(engine.dialect, name, lambda *_: None)
    script = ScriptDirectory(str(steps))
    chain = script.iterate_revisions(_name(target), _name(found) if found else "base")
    with engine.connect() as speaking:
        context = MigrationContext.configure(speaking)
        with Operations.context(context):
            for step in reversed(list(chain)):
                step.module.upgrade()


def _name(version: int) -> str:
    return f"{version:04d}"
