"""The laws with real files: written, edited by another program, read again, merged. Few cases, each whole."""

from __future__ import annotations

import shutil
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.describe.kinds import KINDS
from models.workbooks import collecting, conflicts, reading_back
from models.workbooks.items import THEIRS, Decision, Merged
from tests.workbooks.real_files import Edited, issue, manifest_of, team

WRITTEN = {
    "customer": {
        "name": ("甲公司", "戊公司"), "city": ("北京", "广州", "@北京"), "grade": ("A", "C"),
        "tags": ("vip", "vip, 重点, 急"), "notes": ("老客户\n要回访", "改了", "- 清单"),
    },
    "contact": {"name": ("钱二",), "phone": ("13900000002",)},
    "opportunity": {"amount": (2500.5, 990), "expected_close": (date(2026, 12, 31),), "probability": (0.3,)},
    "task": {"title": ("寄资料",), "due": (date(2026, 12, 1),)},
}  # fmt: skip
EDIT = st.sampled_from(sorted(WRITTEN)).flatmap(
    lambda entity: st.sampled_from(sorted(WRITTEN[entity])).flatmap(
        lambda field: st.tuples(
            st.just(entity),
            st.integers(0, 2),
            st.just(field),
            st.sampled_from(WRITTEN[entity][field]),
        )
    )
)
EDITS = st.lists(EDIT, max_size=6)
FEW = settings(max_examples=6)


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    folder = tmp_path_factory.mktemp("first")
    book, person, _ = team(folder / "team.daybook")
    book.close()
    return folder / "team.daybook", person


@pytest.fixture
def numbers():
    return iter(range(10_000))


class Team:
    """A fresh copy of the team with its workbook out."""

    def __init__(self, first, folder) -> None:
        folder.mkdir()
        path, self.person = first
        shutil.copyfile(path, folder / "team.daybook")
        from models.book import Book

        self.book, self.folder = Book.open(folder / "team.daybook"), folder
        self.path = issue(self.book, self.person, folder / "out")
        self.manifest = manifest_of(self.book, self.path)

    def rows(self, entity):
        sheet = self.manifest.sheet_of(entity)
        return sorted(sheet.rows)

    def type(self, edits) -> None:
        edited = Edited(self.path, self.manifest)
        for entity, at, field, value in edits:
            row = self.rows(entity)[at]
            edited.set(entity, self.book.public_id(entity, row), {field: value})
        edited.save()

    def edit(self, edits) -> None:
        for entity, at, field, value in edits:
            one = self.book.schema.entity(entity).field(field)
            self.book.set(entity, self.rows(entity)[at], {field: KINDS[one.kind].parse(one, value)})

    def collect(self, path=None):
        [found] = collecting.prepare(self.book, [path or self.path])
        assert isinstance(found, Merged), found
        return found, collecting.apply(self.book, found)

    def state(self):
        made = {}
        for one in self.book.schema:
            if one.id not in ("workbook", "cell_conflict", "read_receipt"):
                names = [field.id for field in one.fields if not field.formula]
                made[one.id] = self.book.rows(one.id, self.book.ids(one.id), names)
        return made


@FEW
@given(EDITS, EDITS)
def test_issued_edited_collected_decided_and_issued_again_the_workbook_is_the_book(
    first, tmp_path, numbers, theirs, mine
):
    team = Team(first, tmp_path / str(next(numbers)))
    with team.book:
        team.type(theirs)
        team.edit(mine)
        before = team.state()
        merged, change = team.collect()
        # A name that is another record's is taken and told.
        assert {one.code for one in merged.file.problems} <= {"pasted_over"}
        if change is not None:
            team.book.undo(change)
            assert team.state() == before
            team.collect()
        assert team.collect()[1] is None
        for question in conflicts.listed(team.book):
            conflicts.resolve(team.book, question.row, Decision(THEIRS))
        assert team.collect()[1] is None
        again = issue(team.book, team.person, team.folder / "again")
        manifest = manifest_of(team.book, again)
        for sheet in manifest.sheets:
            names = [one for one in sheet.fields if "." not in one]
            file = reading_back.read(team.book, again)
            for row in file.rows:
                if row.entity == sheet.entity:
                    stored = dict(zip(sheet.fields, sheet.rows[row.row], strict=True))
                    held = team.book.rows(sheet.entity, [row.row], names)[0]
                    kinds = {
                        name: KINDS[team.book.schema.entity(sheet.entity).field(name).kind]
                        for name in names
                    }
                    now = {
                        name: kinds[name].store(value)
                        for name, value in zip(names, held, strict=True)
                    }
                    assert {name: stored[name] for name in names} == now
                    assert all(
                        cell.value == stored[name] and not cell.unread
                        for name, cell in row.cells.items()
                    )
        merged, change = team.collect(again)
        assert (merged.items, change) == ((), None)


@FEW
@given(EDITS)
def test_a_workbook_that_nobody_edited_changes_nothing_whatever_the_book_did_meanwhile(
    first, tmp_path, numbers, mine
):
    team = Team(first, tmp_path / str(next(numbers)))
    with team.book:
        team.edit(mine)
        before, count = team.state(), team.book.last_change
        Edited(team.path, team.manifest).save()
        merged, change = team.collect()
        assert (merged.items, merged.file.problems, change) == ((), (), None)
        assert (team.state(), team.book.last_change) == (before, count)
