"""Workbooks of a whole team go out, are changed on both sides at once, and come back together.

``python -m tests.workbooks.thirty`` plays it with 30 people of 300 customers each; the suite plays a
small one, and the large one with ``DAYBOOK_THIRTY=1``. What must come out is said by an oracle of its
own (``thirty_edits.py``); everything else that the book holds must stay as it was, cell by cell.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from models.book import Book
from models.sample.dice import Dice
from models.sheets.choices import choice_text
from models.texts import set_language
from tests.workbooks import thirty_book, thirty_edits, thirty_sheets
from tests.workbooks.thirty_edits import FIELDS, FOLLOWING, FOLLOWS, Cell, Edits, Outcome, Value
from tests.workbooks.thirty_looks import State, differences, is_asked, one_state, says

ROOT = Path(__file__).resolve().parents[2]
_WAIT = 600  # seconds that one call of the program has


@dataclass
class Sent:
    """A person's workbook: where it came back, how, and what was changed."""

    person: int
    way: str
    path: Path
    edits: Edits
    outcome: Outcome
    rows: int  # records that it left with

    def told(self) -> list[str]:
        """Codes of what must be told of the file: a column of their own, rows that are just gone."""
        own = ["extra_column"] if self.way.startswith("a column") else []
        return own + ["removed" for one in self.outcome.asked if one.kind == "removed"]


@dataclass
class Play:
    """One run; ``say`` tells how it goes."""

    folder: Path
    asked: thirty_book.Asked
    ways: Sequence[tuple[str, Callable[[thirty_sheets.Sheets], None], str]]
    say: Callable[[str], None] = lambda line: None
    sent: list[Sent] = field(default_factory=list)
    people: list[int] = field(default_factory=list)
    before: State = field(default_factory=dict)  # when the workbooks came back
    told: dict[str, Any] = field(default_factory=dict)  # what collect said

    @property
    def path(self) -> Path:
        """The book."""
        return self.folder / "thirty.daybook"

    def daybook(self, *words: object) -> Any:
        """Run a verb with ``--json``; gives the document."""
        begun = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-m", "desktop", *map(str, words), "--json"],
            cwd=ROOT, env=os.environ | {"DAYBOOK_LANG": "zh_CN"}, capture_output=True, text=True,
            encoding="utf-8", timeout=_WAIT, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
        self.say(f"{words[0]}: {time.perf_counter() - begun:.1f} s")
        return json.loads(done.stdout)

    # -- out, and changed on both sides ----------------------------------------------------------

    def go_out(self, name: str = "out") -> list[Path]:
        """Issue everybody's workbook by the verb; gives the files in the order of the people."""
        out = self.folder / name
        out.mkdir()
        with Book.open(self.path) as book:
            ids = [book.public_id("salesperson", one) for one in self.people]
        self.daybook("issue", self.path, *ids, "--out", out, "--on", self.asked.today)
        with Book.open(self.path) as book:
            names = {
                row[0]: str(row[1])
                for row in book.connection().run(
                    'SELECT person, name FROM "workbook" WHERE alive = 1 ORDER BY id'
                )
            }
        return [out / names[one] for one in self.people]

    def change_both_sides(self, files: Sequence[Path]) -> None:
        """What people type into their workbooks, and what happens to the book meanwhile."""
        back = self.folder / "back"
        back.mkdir()
        set_language("zh_CN")
        with Book.open(self.path) as book:
            base = one_state(book)
            opened = [thirty_sheets.Sheets(book, one) for one in files]
            shared = Counter(
                (table.entity, row) for one in opened for table in one.tables.values() for row in table.lines
            )  # fmt: skip
            choices = {
                (entity, name): {one.code: choice_text(said, one.code) for one in said.choices}
                for entity, names in FIELDS.items()
                for name, kind in names.items()
                if kind == "choice" and (said := book.schema.entity(entity).field(name))
            }
            said = book.schema.entity("activity").field("kind")
            visit = choice_text(said, "visit")
            for at, (person, sheets) in enumerate(zip(self.people, opened, strict=True)):
                dice = Dice(self.asked.seed, f"edits {person}")
                held = {
                    table.entity: {
                        name: [row for row in sorted(table.lines) if shared[table.entity, row] == 1]
                        for name in sorted(table.open & FIELDS[table.entity].keys())
                    }
                    for table in sheets.tables.values()
                    if table.entity in FIELDS
                }
                edits = thirty_edits.edited(
                    person, base, held, thirty_edits.Typist(dice, choices), dice, thirty_edits.Shares()
                )  # fmt: skip
                thirty_edits.new_rows(edits, self._names(sheets, edits, base), person, visit)
                sheets.write(edits)
                way, rearrange, format = self.ways[at % len(self.ways)]
                rows = sum(len(one.lines) for one in sheets.tables.values()) - len(edits.added)
                rearrange(sheets)
                place = sheets.save(back / files[at].name)
                self.sent.append(
                    Sent(person, f"{way}|{format}", place, edits, thirty_edits.outcome(edits, base), rows)
                )  # fmt: skip
            self._meanwhile(book)
            self.before = one_state(book)
        self._save_by_office(back)

    def _names(self, sheets: thirty_sheets.Sheets, edits: Edits, base: State) -> list[Value]:
        """Four customers of the person as rows and as names that no other customer has."""
        names = Counter(one["name"] for one in base["customer"].values())
        gone = edits.theirs_removed | edits.mine_removed
        found = [
            Value(row, base["customer"][row]["name"])
            for row in sorted(sheets.tables["customer"].lines)
            if ("customer", row) not in gone and names[base["customer"][row]["name"]] == 1
        ]
        return found[:4]

    def _meanwhile(self, book: Book) -> None:
        for sent in self.sent:
            with book.change("Meanwhile") as change:
                for (entity, row, name), value in sent.edits.mine.items():
                    change.db.run(
                        f'UPDATE "{entity}" SET "{name}" = ? WHERE id = ?', (value.stored, row)
                    )
                for entity, row in sorted(sent.edits.mine_removed):
                    change.remove(entity, [row])

    def _save_by_office(self, back: Path) -> None:
        """Those that another program saves, all of a format at once."""
        through = self.folder / "office"
        through.mkdir()
        for format in ("office xlsx", "ods", "xls"):
            chosen = [one for one in self.sent if one.way.endswith(f"|{format}")]
            kind = format.removeprefix("office ")
            made = thirty_sheets.saved_by_office([one.path for one in chosen], kind, through)
            for sent, new in zip(chosen, made, strict=True):
                sent.path.unlink()
                sent.path = Path(shutil.move(new, back / new.name))

    # -- back --------------------------------------------------------------------------------------

    def copy(self, name: str) -> Path:
        """A copy of the book as it is now."""
        made = self.folder / name
        with Book.open(self.path) as book:
            book.connection().run("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copy(self.path, made)
        return made

    def collect(self) -> dict[str, Any]:
        """All files in one go by the verb."""
        made: dict[str, Any] = self.daybook("collect", self.path, *(one.path for one in self.sent))
        return made

    def state(self) -> State:
        """What the book holds now."""
        with Book.open(self.path) as book:
            return one_state(book)

    def expected(self) -> dict[Cell, Any]:
        """The cells that must have changed, with what must stand there."""
        made: dict[Cell, Any] = {}
        for sent in self.sent:
            made.update(sent.outcome.cells)
        return made

    # -- what is looked at -------------------------------------------------------------------------

    def wrong_cells(self, after: State) -> list[str]:
        """Every cell that is not as the oracle says, whether it was edited or not."""
        made = differences(self.before, after, self.expected(), self._joined(), FOLLOWS)
        return [*made, *self._wrong_rows(after)]

    def _joined(self) -> dict[Cell, tuple[str, str, str]]:
        return {cell: one for sent in self.sent for cell, one in sent.outcome.joined.items()}

    def _wrong_rows(self, after: State) -> list[str]:
        """New rows that are missing, not as they were typed, of somebody else, or too many."""
        wrong = []
        new = {
            entity: {row: values for row, values in rows.items() if row not in self.before[entity]}
            for entity, rows in after.items()
            if entity not in FOLLOWING
        }
        for sent in self.sent:
            for entity, values in sent.edits.added:
                wanted = {name: one.stored for name, one in values.items()}
                for name in ("owner", "person"):
                    if name in next(iter(after[entity].values()), {}):
                        wanted[name] = sent.person
                found = next(
                    (row for row, held in new[entity].items() if wanted.items() <= held.items()), None
                )  # fmt: skip
                if found is None:
                    wrong.append(f"new {entity} {wanted} of {sent.path.name} is not in the book")
                else:
                    new[entity].pop(found)
        return wrong + [
            f"{entity} {row} was added by nobody: {values}"
            for entity, rows in new.items()
            for row, values in rows.items()
        ]

    def wrong_counts(self, told: dict[str, Any]) -> list[str]:
        """Counts of a file that are not those of what was done to it."""
        wrong = []
        for sent, file in zip(self.sent, told["files"], strict=True):
            wanted = {
                "merged": sent.outcome.merged,
                "added": len(sent.edits.added),
                "removed": sent.outcome.gone,
                "unchanged": sent.rows - sent.outcome.gone - len(sent.outcome.told),
                "problems": sent.told(),
            }
            found = {name: file[name] for name in wanted}
            found["problems"] = sorted(each["code"] for each in file["problems"])
            if found != wanted:
                wrong.append(f"{sent.path.name} ({sent.way}): {found} instead of {wanted}")
        return wrong

    def wrong_questions(self, told: dict[str, Any]) -> list[str]:
        """Questions that nobody seeded, and seeded ones that are not asked or not with both values."""
        wrong = []
        listed = self.daybook("conflicts", self.path)
        with Book.open(self.path) as book:
            wanted = {
                (one.kind, one.entity, book.public_id(one.entity, one.row), one.field): (sent, one)
                for sent in self.sent
                for one in sent.outcome.asked
            }
        for one in listed:
            key = (one["kind"], one["entity"], one["record"], one["field"])
            sent, meant = wanted.pop(key, (None, None))
            if sent is None or meant is None:
                wrong.append(f"asked without reason: {one}")
            elif not is_asked(meant, one):
                wrong.append(f"{key}: {one} instead of {meant}")
        wrong += [f"not asked: {key} of {sent.path.name}" for key, (sent, _) in wanted.items()]
        return wrong + self._wrong_places(told)

    def _wrong_places(self, told: dict[str, Any]) -> list[str]:
        """Conflicts of files whose place in the file holds something else than they say."""
        wrong = []
        for sent, file in zip(self.sent, told["files"], strict=True):
            if sent.path.suffix != ".xlsx":
                continue
            cells = thirty_sheets.cells_of(sent.path)
            wrong += [
                f"{sent.path.name} {one['at']} holds {cells.get(one['at'])!r}, not {one['theirs']!r}"
                for one in file["conflicts"]
                if one["field"] and not says(cells.get(one["at"]), one["theirs"])
            ]
        return wrong


def main() -> None:
    """Play it and say what is wrong."""
    from tests.workbooks.thirty_course import play

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=30)
    parser.add_argument("--customers", type=int, default=300, help="of each")
    parser.add_argument("--seed", type=int, default=6)
    parser.add_argument("--keep", type=Path, help="a new folder in which everything stays")
    chosen = parser.parse_args()
    asked = thirty_book.Asked(chosen.people, chosen.customers, seed=chosen.seed)

    def say(line: str) -> None:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()

    with tempfile.TemporaryDirectory(prefix="daybook-thirty-") as folder:
        place = Path(folder)
        if chosen.keep:
            place = chosen.keep
            place.mkdir(parents=True)
        wrong = play(Play(place, asked, thirty_sheets.ways(), say))
    for line in wrong[:200]:
        say(f"WRONG {line}")
    say(f"{len(wrong)} things are wrong" if wrong else "everything is as it must be")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
