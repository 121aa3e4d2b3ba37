"""Workbooks that were made to do harm, or that do it by mistake: recognised, named, and nothing happens."""

from __future__ import annotations

import random
import shutil
import zipfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest

from models.book import Book
from models.workbooks import collecting, conflicts, issuing
from models.workbooks.collecting import Failed
from models.workbooks.items import Merged
from tests.workbooks import hidden_part
from tests.workbooks.thirty_looks import State, one_state
from tests.workbooks.thirty_sheets import has_office, saved_by_office

TODAY = date(2025, 9, 26)
EVIL = (
    "=1+1", "=cmd|' /C calc'!A0", "+8613800000000", "-2+3", "@SUM(1,2)", "＝1+1", "＠SUM(1)",
    '=HYPERLINK("http://example.com","点我")', "\t=1+1", "'=1+1", "{=1+1}", "http://example.com/?a=1",
)  # fmt: skip


@dataclass
class House:
    """A book of two people with three customers each, and a workbook of each."""

    book: Book
    folder: Path
    people: tuple[int, int]
    customers: list[int]
    files: tuple[Path, Path]

    def id(self, entity: str, row: int) -> str:
        """The public id."""
        return self.book.public_id(entity, row)

    def customer(self, at: int) -> dict[str, Any]:
        """What the book holds of a customer."""
        return one_state(self.book)["customer"][self.customers[at]]

    def issue(self, name: str) -> tuple[Path, Path]:
        """New workbooks of both, in a folder of their own."""
        out = self.folder / name
        out.mkdir()
        made = issuing.issue(self.book, self.people, out, on=TODAY)
        return made[0].path, made[1].path

    def prepared(self, path: Path) -> Merged | Failed:
        """What a file comes to."""
        return collecting.prepare(self.book, [path])[0]

    def collected(self, path: Path) -> tuple[Merged, set[str]]:
        """Collect a file that can be; gives what it came to, and the codes of what was told of it."""
        found = self.prepared(path)
        assert isinstance(found, Merged), found
        applied = collecting.apply_whole(self.book, found, {})
        return found, {one.code for one in (*found.file.problems, *applied.problems)}


@pytest.fixture
def house(tmp_path):
    with Book.create(tmp_path / "team.daybook") as book:
        with book.change("Team") as change:
            people = tuple(change.add("salesperson", {"name": name}) for name in ("王芳", "李强"))
            customers = [
                change.add(
                    "customer",
                    {"name": name, "owner": people[at // 3], "phone": f"1380000000{at}", "city": "上海",
                     "notes": EVIL[at], "grade": "B"},
                )
                for at, name in enumerate(("宏远机械", "明德化工", "永安物流", "泰泽电子", "华诚仪表", "锐盛包装"))
            ]  # fmt: skip
            for at, customer in enumerate(customers):
                change.add("contact", {"name": f"联系人{at}", "customer": customer, "title": EVIL[at + 2]})  # fmt: skip
        made = House(book, tmp_path, people, customers, (Path(), Path()))
        made.files = made.issue("out")
        yield made


def same_but(before: State, after: State, **changed: Any) -> None:
    """All as before, but for some cells named ``entity__row__field``."""
    for name, value in changed.items():
        entity, row, field = name.split("__")
        before[entity][int(row)][field] = value
    assert after == before


# -- formulas ----------------------------------------------------------------------------------------


def _formulas(path: Path, page: str) -> list[str]:
    found = openpyxl.load_workbook(path)[page]
    return [cell.coordinate for row in found.iter_rows() for cell in row if cell.data_type == "f"]


def _tables(path: Path) -> list[str]:
    file = openpyxl.load_workbook(path)
    return [hidden_part.sheet(file, one).title for one in ("CU", "CN")]


def test_texts_of_the_book_that_look_like_formulas_leave_as_texts(house):
    for page in _tables(house.files[0]):
        assert _formulas(house.files[0], page) == []
    file = openpyxl.load_workbook(house.files[0])
    page = hidden_part.sheet(file, "CU")
    for at in range(3):
        cell = hidden_part.cell(page, house.id("customer", house.customers[at]), "Notes")
        assert (cell.value, cell.data_type) == (EVIL[at], "s")
        assert cell.hyperlink is None


@pytest.mark.skipif(not has_office(), reason="LibreOffice (soffice) is not installed")
@pytest.mark.parametrize("format", ["xlsx", "ods", "xls"])
def test_they_are_texts_still_when_libreoffice_saved_them(house, format):
    out = house.folder / "office"
    out.mkdir()
    [saved] = saved_by_office([house.files[0]], format, out)
    if format == "xlsx":
        for page in _tables(saved):
            assert _formulas(saved, page) == []
    before = one_state(house.book)
    found, codes = house.collected(saved)
    assert (found.items, codes) == ((), set())
    same_but(before, one_state(house.book))


@pytest.mark.parametrize("evil", EVIL)
def test_a_text_that_looks_like_a_formula_is_kept_as_a_text_everywhere(house, evil):
    id = house.id("customer", house.customers[0])
    with hidden_part.opened(house.files[0]) as file:
        cell = hidden_part.cell(hidden_part.sheet(file, "CU"), id, "City")
        cell.value, cell.data_type = evil, "s"
    before = one_state(house.book)
    house.collected(house.files[0])
    same_but(before, one_state(house.book), **{f"customer__{house.customers[0]}__city": evil.strip()})  # fmt: skip
    again = house.issue("again")[0]
    cell = hidden_part.cell(hidden_part.sheet(openpyxl.load_workbook(again), "CU"), id, "City")
    assert (cell.value, cell.data_type) == (evil.strip(), "s")


def test_a_formula_that_was_never_calculated_is_named_and_not_taken(house):
    with hidden_part.opened(house.files[0]) as file:
        page = hidden_part.sheet(file, "CU")
        cell = hidden_part.cell(page, house.id("customer", house.customers[0]), "City")
        cell.value = '=HYPERLINK("http://example.com","点我")'
        place = (page.title, cell.coordinate)
    before = one_state(house.book)
    found, codes = house.collected(house.files[0])
    same_but(before, one_state(house.book))
    assert codes, "nothing is said of it"
    assert place[0] in str(found.file.problems) or place[0] in str(found.items)


# -- the hidden part -----------------------------------------------------------------------------------


def _typed(house: House, path: Path, city: str = "苏州") -> None:
    """An honest edit of the first customer and a new visit beside whatever else was done."""
    with hidden_part.opened(path) as file:
        page = hidden_part.sheet(file, "CU")
        hidden_part.cell(page, house.id("customer", house.customers[0]), "City").value = city


def _forged_values(said: dict[str, Any]) -> None:
    for one in said["sheets"]:
        if one["entity"] == "customer":
            for values in one["rows"].values():
                values[one["fields"].index("city")] = (
                    "北京"  # so that every untouched cell seems typed
                )


def _forged_person(said: dict[str, Any]) -> None:
    said["person"] = said["person"] + 1
    for one in said["sheets"]:
        one["implied"] = [[name, 2 if value == 1 else value] for name, value in one["implied"]]


def _forged_editable(said: dict[str, Any]) -> None:
    for one in said["sheets"]:
        one["editable"] = sorted({*one["editable"], *one["fields"], "owner"})


def _forged_workbook(said: dict[str, Any]) -> None:
    said["workbook"] += 1


@pytest.mark.parametrize(
    "change", [_forged_values, _forged_person, _forged_editable, _forged_workbook]
)
def test_a_forged_hidden_part_is_named_and_the_book_goes_by_what_it_remembers(house, change):
    _typed(house, house.files[0])
    hidden_part.forge(house.files[0], change)
    with hidden_part.opened(house.files[0]) as file:
        hidden_part.below(
            hidden_part.sheet(file, "CU"), {"Customer name": "新开户精工", "City": "宁波"}
        )
    before = one_state(house.book)
    found, codes = house.collected(house.files[0])
    assert codes == {"hidden_part_changed"}
    assert (found.file.trusted, found.file.manifest.person) == ("book", house.people[0])
    after = one_state(house.book)
    [new] = [one for row, one in after["customer"].items() if row not in before["customer"]]
    assert (new["name"], new["owner"]) == ("新开户精工", house.people[0])
    after["customer"] = {row: after["customer"][row] for row in before["customer"]}
    same_but(before, after, **{f"customer__{house.customers[0]}__city": "苏州"})


def test_garbage_in_the_hidden_part_is_named_and_does_no_harm(house):
    before = one_state(house.book)
    for number, garbage in enumerate(("", "AAAA", "%%%", "x" * 30_000, "=1+1")):
        place = house.folder / f"{number}_{house.files[0].name}"
        shutil.copy(house.files[0], place)
        with hidden_part.opened(place) as file:
            file[hidden_part.SHEET]["A7"].value = garbage
        found = house.prepared(place)
        assert isinstance(found, Merged), found
        assert {one.code for one in found.file.problems} & {"hidden_part_changed", "hidden_part_lost"}  # fmt: skip
        assert found.items == ()
    same_but(before, one_state(house.book))


@pytest.mark.parametrize("cell", ["A1", "A2", "A3", "A4", "A5", "A6"])
def test_nonsense_in_a_cell_of_the_hidden_part_is_a_refusal_or_does_no_harm(house, cell):
    for nonsense in ("", "WB-9999", "x" * 5_000, "1e308", "-1", "999999999999"):
        place = house.folder / house.files[0].name
        shutil.copy(house.files[0], place)
        with hidden_part.opened(place) as file:
            file[hidden_part.SHEET][cell].value = nonsense
        before = one_state(house.book)
        found = house.prepared(place)
        if isinstance(found, Merged):
            assert found.items == ()
            # What A2 to A4 say is only for people to read: the sealed part says it too.
            told = found.file.problems or cell in ("A2", "A3", "A4")
            assert told, f"{cell} said {nonsense[:20]!r} and nothing was told"
        same_but(before, one_state(house.book))


def test_the_sealed_part_of_another_workbook_opens_no_door(house):
    """Its rows are all strange to that part: each change is asked, none is made."""
    _typed(house, house.files[0])
    hidden_part.transplant(house.files[1], house.files[0])
    before = one_state(house.book)
    found, codes = house.collected(house.files[0])
    same_but(before, one_state(house.book))
    assert codes or found.asked
    assert not found.safe


def test_an_older_part_of_the_same_person_asks_rather_than_overwrites(house):
    old, new = house.files[0], house.issue("again")[0]
    with house.book.change("Meanwhile") as change:
        change.set("customer", house.customers[0], {"city": "杭州"})
    newest = house.issue("third")[0]
    _typed(house, newest, "苏州")
    hidden_part.transplant(old, newest)
    before = one_state(house.book)
    house.collected(newest)
    same_but(before, one_state(house.book))
    assert [(one.mine, one.theirs) for one in conflicts.listed(house.book)] == [("杭州", "苏州")]
    assert house.collected(new)[0].items == ()


def test_a_lost_hidden_part_is_told(house):
    _typed(house, house.files[0])
    with hidden_part.opened(house.files[0]) as file:
        del file[hidden_part.SHEET]
    before = one_state(house.book)
    _, codes = house.collected(house.files[0])
    assert "hidden_part_lost" in codes
    same_but(before, one_state(house.book), **{f"customer__{house.customers[0]}__city": "苏州"})


# -- whose it is -----------------------------------------------------------------------------------------


def test_a_workbook_of_another_book_is_refused_by_name(house, tmp_path):
    with Book.create(tmp_path / "other.daybook") as other:
        found = collecting.prepare(other, [house.files[0]])[0]
        assert isinstance(found, Failed)
        assert found.code == "other_book"
        assert found.place.file == house.files[0].name
        assert other.count("customer") == 0


def test_a_workbook_that_somebody_else_sent_is_still_its_owners(house):
    """Who sent it is nowhere in the file: it counts for whom it was made, whatever it is called."""
    _typed(house, house.files[0])
    place = house.folder / house.files[1].name
    shutil.copy(house.files[0], place)
    found, _ = house.collected(place)
    assert found.file.manifest.person == house.people[0]
    assert house.customer(0)["city"] == "苏州"


def test_rows_of_somebody_elses_workbook_are_asked(house):
    source = openpyxl.load_workbook(house.files[1])
    from_there = hidden_part.sheet(source, "CU")
    with hidden_part.opened(house.files[0]) as file:
        page = hidden_part.sheet(file, "CU")
        hidden_part.cell(
            from_there, house.id("customer", house.customers[3]), "City"
        ).value = "无锡"
        for row in from_there.iter_rows(min_row=2):
            if row[0].value:
                page.append([cell.value for cell in row])
    before = one_state(house.book)
    found, _ = house.collected(house.files[0])
    same_but(before, one_state(house.book))
    assert [(one.kind, one.theirs) for one in found.asked] == [("foreign", "无锡")]


# -- cells and rows ------------------------------------------------------------------------------------


def test_an_edited_locked_cell_is_named_and_not_taken(house):
    locked = []
    with hidden_part.opened(house.files[0]) as file:
        for prefix in ("CU", "CN"):
            page = hidden_part.sheet(file, prefix)
            line = next(row[0].row for row in page.iter_rows(min_row=2, max_col=1) if row[0].value)
            for cell in page[line][1:]:
                if cell.protection.locked and page.cell(1, cell.column).value:
                    cell.value = "改了"
                    locked.append((page.title, cell.coordinate))
    before = one_state(house.book)
    found, codes = house.collected(house.files[0])
    same_but(before, one_state(house.book))
    assert (found.items, codes) == ((), {"locked_cell"} if locked else set())
    named = {(one.place.sheet, f"{one.place.column}{one.place.row}") for one in found.file.problems}
    assert named == set(locked)


def test_an_id_with_one_other_character_finds_nobody_else(house):
    dice = random.Random(3)
    for number in range(12):
        place = house.folder / f"{number}_{house.files[0].name}"
        shutil.copy(house.files[0], place)
        id = house.id("customer", house.customers[0])
        at = dice.randrange(3, len(id))
        other = dice.choice([one for one in "0123456789ABCDEFGHJKMNPQRSTVWXYZ" if one != id[at]])
        with hidden_part.opened(place) as file:
            page = hidden_part.sheet(file, "CU")
            hidden_part.cell(page, id, "City").value = "苏州"
            hidden_part.cell(page, id, page["A1"].value).value = id[:at] + other + id[at + 1 :]
        before = one_state(house.book)
        found = house.prepared(place)
        assert isinstance(found, Merged), found
        assert {one.code for one in found.file.problems} & {"strange_id", "matched_row"}
        assert {one.row for one in found.items} <= {house.customers[0]}
        collecting.apply_whole(house.book, found, {})
        for row, values in one_state(house.book)["customer"].items():
            if row != house.customers[0]:
                assert values == before["customer"][row]
        house.book.undo()


def test_ids_that_changed_places_don_t_mix_two_customers(house):
    ids = [house.id("customer", one) for one in house.customers[:2]]
    with hidden_part.opened(house.files[0]) as file:
        page = hidden_part.sheet(file, "CU")
        head = page["A1"].value
        first, second = (hidden_part.cell(page, id, head) for id in ids)
        first.value, second.value = ids[1], ids[0]
    before = one_state(house.book)
    found, codes = house.collected(house.files[0])
    assert codes, "nothing is said of it"
    same_but(before, one_state(house.book))
    assert not found.safe


def test_rows_that_were_sorted_without_their_ids_are_read_by_what_they_say(house):
    """Who selects all but the narrow grey column and sorts puts every id beside another customer."""
    with hidden_part.opened(house.files[0]) as file:
        page = hidden_part.sheet(file, "CU")
        lines = [row for row in page.iter_rows(min_row=2) if row[0].value]
        rows = [[cell.value for cell in row[1:]] for row in lines]
        for row, values in zip(lines, [*rows[1:], rows[0]], strict=True):
            for cell, value in zip(row[1:], values, strict=True):
                cell.value = value
        names = [row[1].value for row in lines]
        moved = next(row for row in lines if row[1].value == house.customer(0)["name"])
        city = next(one.column for one in page[1] if one.value == "City")
        page.cell(moved[0].row, city).value = "苏州"
    assert len(set(names)) == 3
    before = one_state(house.book)
    _, codes = house.collected(house.files[0])
    assert codes, "nothing is said of it"
    same_but(before, one_state(house.book), **{f"customer__{house.customers[0]}__city": "苏州"})


# -- files -----------------------------------------------------------------------------------------------

_MADE = SimpleNamespace(
    **__import__("runpy").run_path(str(Path(__file__).parents[1] / "sheets" / "hostile_files.py"))
)


@pytest.mark.parametrize("name", ["bomb.xlsx", "protected.xlsx", "cut.xlsx", "empty.xlsx", "picture.xlsx", "entities.xlsx"])  # fmt: skip
def test_a_hostile_file_named_like_a_workbook_fails_alone(house, name):
    codes, make = _MADE.REFUSED[name]
    place = house.folder / "evil" / house.files[0].name
    place.parent.mkdir()
    make(place)
    before = one_state(house.book)
    bad, good = collecting.prepare(house.book, [place, house.files[1]])
    assert isinstance(bad, Failed)
    assert (bad.code in codes.split(), bad.place.file) == (True, place.name), bad
    assert isinstance(good, Merged)
    same_but(before, one_state(house.book))


def test_a_file_of_more_than_a_hundred_megabytes_is_refused(house):
    place = house.folder / "evil" / house.files[0].name
    place.parent.mkdir()
    shutil.copy(house.files[0], place)
    with zipfile.ZipFile(place, "a", zipfile.ZIP_STORED) as file:
        file.writestr("xl/media/film.bin", bytes(101 << 20))
    found = house.prepared(place)
    assert isinstance(found, Failed)
    assert found.code == "too_large"


def test_a_plain_sheet_is_sent_to_the_import(house):
    place = house.folder / "other.xlsx"
    file = openpyxl.Workbook()
    file.active.append(["客户名称", "城市"])
    file.active.append(["甲公司", "上海"])
    file.save(place)
    found = house.prepared(place)
    assert isinstance(found, Failed)
    assert found.code == "not_a_workbook"
