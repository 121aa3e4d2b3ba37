"""The course of the large test: out, changed, back, back again, taken back, decided, out once more."""

from __future__ import annotations

import shutil
from pathlib import Path

from models.book import Book
from models.refusals import Refused
from models.sheets.choices import choice_text
from models.workbooks import collecting, conflicts
from models.workbooks.collecting import Failed
from models.workbooks.items import Decision
from tests.workbooks import thirty_book, thirty_sheets
from tests.workbooks.thirty import Play
from tests.workbooks.thirty_edits import FOLLOWS
from tests.workbooks.thirty_looks import State, differences, one_state, shows, unlike

_BY_VERB = 4  # questions that are decided by the verb; the others as one change


def play(one: Play) -> list[str]:
    """Play it whole; gives what is wrong."""
    one.people = thirty_book.make(one.path, one.asked)
    files = one.go_out()
    one.change_both_sides(files)
    seeded = sum(len(sent.outcome.asked) for sent in one.sent)
    one.say(f"{sum(len(sent.edits.theirs) for sent in one.sent)} cells changed there, {seeded} questions seeded")  # fmt: skip
    by_model = one.copy("model.daybook")
    told = one.collect()
    after = one.state()
    wrong = [*one.wrong_cells(after), *one.wrong_counts(told), *one.wrong_questions(told)]
    wrong += _once_more(one, after, "a second collect")
    wrong += _by_model(one, by_model, after)
    wrong += _taken_back(one, told["change"])
    decided = _decide(one)
    wrong += decided
    wrong += _out_again(one)
    return wrong


def _once_more(one: Play, after: State, what: str) -> list[str]:
    """Collecting what was collected changes nothing."""
    told = one.collect()
    wrong = [] if one.state() == after else [f"{what} changed the book"]
    if told["change"] or any(file["conflicts"] or file["merged"] for file in told["files"]):
        wrong.append(f"{what} says {str(told)[:600]}")
    return wrong


def _by_model(one: Play, path: Path, after: State) -> list[str]:
    """Collecting by the model gives the same book; taking it back in another order too."""
    with Book.open(path) as book:
        changes = []
        found = collecting.prepare(book, [sent.path for sent in one.sent])
        failed = [each for each in found if isinstance(each, Failed)]
        for each in found:
            if not isinstance(each, Failed):
                changes.append(collecting.apply(book, each, {}))
        wrong = [f"the model failed: {each}" for each in failed]
        if one_state(book) != after:
            wrong.append("the model and the verb come to different books")
        for change in [*changes[1::2], *changes[::2]]:
            if change is not None:
                book.undo(change)
        wrong += unlike("taken back in another order", one.before, one_state(book))
    return wrong


def _taken_back(one: Play, changes: list[int]) -> list[str]:
    """Undo of all restores the book exactly; the same files then come to the same again."""
    place = one.copy("undone.daybook")
    with Book.open(place) as book:
        after = one_state(book)
        for change in reversed(changes):
            book.undo(change)
        wrong = unlike("undo of all", one.before, one_state(book))
        if conflicts.listed(book):
            wrong.append(f"{len(conflicts.listed(book))} questions are open after undo of all")
        for each in collecting.prepare(book, [sent.path for sent in one.sent]):
            assert not isinstance(each, Failed)
            collecting.apply(book, each, {})
        again = one_state(book)
    first = _without_new(after, one.before)
    more = differences(
        first, again, {}, {}, FOLLOWS
    )  # what follows names new records, which differ
    return wrong + [f"collecting after undo comes to something else: {each}" for each in more]


def _without_new(state: State, before: State) -> State:
    """Only the records that were there before: new ones have new rows each time."""
    return {
        entity: {row: values for row, values in rows.items() if row in before[entity]}
        for entity, rows in state.items()
    }


def _decide(one: Play) -> list[str]:
    """Every question is decided, in turn for the book, for the workbook and otherwise."""
    listed = sorted(one.daybook("conflicts", one.path), key=lambda found: str(found["id"]))
    for at, found in enumerate(listed[:_BY_VERB]):
        one.daybook("resolve", one.path, found["id"], "theirs" if at % 2 else "mine")
    wrong = []
    with Book.open(one.path) as book:
        left = conflicts.listed(book)
        if len(left) != len(listed) - min(_BY_VERB, len(listed)):
            wrong.append(f"{len(left)} of {len(listed)} questions are left after {_BY_VERB} were decided")  # fmt: skip
        chosen = {
            found.row: Decision("theirs" if at % 2 else "mine") for at, found in enumerate(left)
        }
        conflicts.resolve_many(book, chosen)
        now = one_state(book)
        for at, found in enumerate(left):
            if at % 2 and found.kind == "edited" and found.record_row is not None:
                sent = next(s for s in one.sent if (found.entity, found.record_row, found.field) in s.edits.theirs)  # fmt: skip
                must = sent.edits.theirs[found.entity, found.record_row, found.field].stored
                held = now[found.entity][found.record_row][found.field]
                if held != must:
                    wrong.append(f"decided for the workbook: {found.entity} {found.record_row} {found.field} is {held!r}, not {must!r}")  # fmt: skip
        if conflicts.listed(book):
            wrong.append("questions are left after all were decided")
    return wrong


def _out_again(one: Play) -> list[str]:
    """New workbooks say cell by cell what the book holds now, and coming back they change nothing."""
    files = one.go_out("again")
    wrong = []
    with Book.open(one.path) as book:
        state = one_state(book)
        for path in files:
            for table in thirty_sheets.Sheets(book, path).tables.values():
                wrong += _unlike(book, path, table, state)
    for at, path in enumerate(files):
        shutil.copy(path, one.sent[at].path.parent)
        one.sent[at].path = one.sent[at].path.parent / path.name
    try:
        return wrong + _once_more(one, state, "collecting new workbooks unchanged")
    except Refused as refused:
        return [*wrong, f"new workbooks: {refused}"]


def _unlike(book: Book, path: Path, table: thirty_sheets.Table, state: State) -> list[str]:
    """Cells of a new workbook that say something else than the book."""
    entity = book.schema.entity(table.entity)
    wrong = []
    for name, at in table.columns.items():
        field = entity.field(name)
        if field.kind == "link" or field.read_as or field.formula:
            continue
        choices = {one.code: choice_text(field, one.code) for one in field.choices}
        for row, line in table.lines.items():
            cell, held = table.page.cell(line, at).value, state[entity.id][row][field.column]
            if not shows(field.kind, cell, held, choices):
                wrong.append(f"{path.name} {table.page.title} line {line} {name}: {cell!r}, the book has {held!r}")  # fmt: skip
    return wrong
