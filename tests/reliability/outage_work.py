"""A day's work on a book, recorded write by write: ``python outage_work.py FOLDER RESULT``.

Every way of writing is gone through: create, add, edit, own column, import, undo, redo, remove,
backup, restore, upgrade. After each step stands what was acknowledged, and for every change of
every book what the book then held.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import pickle
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def fingerprint(connection) -> str:
    """What all tables hold, the search index and the notes of later programs left out."""
    made = hashlib.blake2b(digest_size=16)
    names = [
        row[0]
        for row in connection.run(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search%' "
            "AND name NOT LIKE 'sqlite%' AND name <> 'mapping_memory' ORDER BY name"
        )
    ]
    for name in names:
        made.update(repr((name, connection.run(f'SELECT * FROM "{name}" ORDER BY 1'))).encode())
    return made.hexdigest()


def sheet(folder: Path, rows: int) -> Path:
    """Customers as a text file."""
    made = folder / "客户.csv"
    lines = ["客户名称,电话,地址"]
    lines += [f"导入{number}有限公司,0571-{number:08},路 {number}" for number in range(rows)]
    made.write_text("\n".join(lines), encoding="utf-8")
    return made


def bring_in(book, file: Path) -> int | None:
    """Import a file; gives the change."""
    from models.sheets import importing
    from models.sheets.report import Options

    with contextlib.closing(importing.prepare(book, [str(file)], Options(entity="customer"))) as it:
        return importing.apply(it, origin="import")


def main(folder: Path, result: Path) -> None:
    """Do the work under the recorder."""
    sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]
    from recorder import Recorder

    frozen = ROOT / "tests" / "books" / "schema_1.daybook.gz"
    old = folder / "old.daybook"
    old.write_bytes(gzip.decompress(frozen.read_bytes()))
    file = sheet(folder, 150)
    base = {one.name: one.read_bytes() for one in folder.iterdir()}
    recorder = Recorder()
    recorder.install()
    from models import opening
    from models.book import Book

    states: dict[tuple[str, int], str] = {}

    def done(book: Book) -> None:
        recorder.recording = False
        number = book.connection().one("SELECT max(id) FROM change") or 0
        states[book.path.name, number] = fingerprint(book.connection())
        recorder.recording = True
        recorder.events.append(("acknowledged", book.path.name, number))

    with Book.create(folder / "live.daybook") as book:
        done(book)
        rows = []
        for number in range(6):
            with book.change("Add") as change:
                rows.append(change.add("customer", {"name": f"公司{number}"}))
            done(book)
        for row in rows:
            book.set("customer", row, {"phone": f"010-8000000{row}", "name": f"改名{row}"})
            done(book)
        with book.change("Own column") as change:
            own = change.add_field("customer", "颜色", "text")
        done(book)
        book.set("customer", rows[0], {own.id: "红"})
        done(book)
        brought = bring_in(book, file)
        done(book)
        book.undo(brought)
        done(book)
        book.redo(brought)
        done(book)
        with book.change("Remove") as change:
            change.remove("customer", rows[:3])
        done(book)
        book.undo()
        done(book)
        opening.backup(book.path, folder / "backup.daybook")
        number = book.history(1)[0].no
        for name in ("backup.daybook", "restored.daybook"):
            states[name, number] = states["live.daybook", number]
        recorder.events.append(("acknowledged", "backup.daybook", number))
        book.set("customer", rows[1], {"name": "之后"})
        done(book)
    opening.restore(folder / "backup.daybook", folder / "restored.daybook")
    recorder.events.append(("acknowledged", "restored.daybook", number))
    with Book.open(folder / "restored.daybook") as book:
        done(book)
        book.set("customer", 1, {"name": "恢复后"})
        done(book)
    with Book.open(old) as book:
        done(book)
        book.set("customer", 1, {"name": "升级后"})
        done(book)
    result.write_bytes(pickle.dumps((str(folder), base, recorder.events, states)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
