"""Workbooks out: they say exactly what the book remembers of them, and nothing of anybody else."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from models import texts
from models.book import Book
from models.sample.load import load
from models.workbooks import manifest, memory
from models.workbooks.issuing import Issued, issue
from tests.workbooks import issued_files
from tests.workbooks.issued_files import TODAY


@pytest.fixture(scope="module", params=["zh_CN", "en"])
def handed(request, tmp_path_factory):
    """(book, everybody's workbooks) of the sample team, in a language."""
    place = tmp_path_factory.mktemp("issued")
    book = Book.create(place / "team.daybook")
    load(book, request.param, TODAY)
    people = list(book.ids("salesperson"))
    yield book, issue(book, people, place, on=TODAY, language=request.param)
    book.close()


def test_everybody_gets_one_and_all_of_them_are_one_change(handed):
    book, made = handed
    assert [one.person for one in made] == list(book.ids("salesperson"))
    (no,) = {issued_files.kept(book, one).base_change for one in made}
    change = book.info(no)
    assert change is not None
    assert change.counts["workbook"] == len(made)
    for one in made:
        record = book.record("workbook", one.workbook)
        assert record["name"] == one.path.name
        assert record["person"].id == one.person
        assert record["base_change"] == no
        assert record["purpose"] == "personal"
        assert record["returned_at"] is None
        assert book.public_id("workbook", one.workbook) in one.path.name


def test_the_hidden_part_is_what_the_book_remembers_and_has_its_seal(handed):
    book, made = handed
    secret = memory.secret(book.connection())
    assert secret is not None
    for one in made:
        said, packed = issued_files.hidden(one.path)
        kept = issued_files.kept(book, one)
        public = book.public_id("workbook", one.workbook)
        assert said[:4] == ["daybook-workbook 1", book.public.tag, public, str(kept.base_change)]
        assert manifest.unpacked(packed) == kept
        assert manifest.sealed_by(packed, secret, said[4])
        assert packed == kept.packed()
        sheets = issued_files.part(one.path, "xl/workbook.xml")
        assert re.search(r'name="_daybook"[^>]*state="veryHidden"', sheets)
        mark = issued_files.part(one.path, "docProps/custom.xml")
        assert f"<vt:lpwstr>{book.public.tag} {public} {said[4]}</vt:lpwstr>" in mark


def test_every_cell_says_what_the_manifest_says(handed):
    book, made = handed
    cells = 0
    for one in made[1:3]:
        kept, file = issued_files.kept(book, one), issued_files.opened(one.path)
        tables = [sheet.title for sheet in file if issued_files.is_table(sheet)]
        assert tables == [sheet.name for sheet in kept.sheets]
        for sheet in kept.sheets:
            table = file[sheet.name]
            headers = [table.cell(1, at).value for at in range(2, 2 + len(sheet.headers))]
            assert headers == list(sheet.headers)
            prefix = book.schema.entity(sheet.entity).prefix
            found = {book.public.row(prefix, id): line for line, id in issued_files.lines(table)}
            assert found.keys() == sheet.rows.keys()
            for row, values in sheet.rows.items():
                for at, (path, value) in enumerate(zip(sheet.fields, values, strict=True), 2):
                    cell = table.cell(found[row], at).value
                    said = issued_files.stored(book, kept, sheet, path, cell)
                    assert said == value, (sheet.entity, path, cell)
                    cells += 1
    assert cells > 10_000


def test_the_manifest_is_what_the_book_holds(handed):
    book, made = handed
    kept = issued_files.kept(book, made[1])
    for sheet in kept.sheets:
        rows = list(sheet.rows)
        for path in sheet.fields:
            at = sheet.fields.index(path)
            now = [one[0] for one in book.rows(sheet.entity, rows, [path])]
            kind = book.schema.path(book.schema.entity(sheet.entity), path)[1].kind
            left = [sheet.rows[row][at] for row in rows]
            assert left == [_plain(kind, one) for one in now]


def _plain(kind, value):
    from models.describe.kinds import KINDS

    return KINDS[kind].store(value)


def test_nothing_of_anybody_else_is_in_the_file(handed):
    book, made = handed
    db = book.connection()
    names = dict(db.run("SELECT id, name FROM salesperson"))
    contacts = db.run("SELECT customer, phone FROM contact WHERE phone IS NOT NULL")
    for one in made:
        found = issued_files.texts(one.path) - _notes(book, one)
        text = "\n".join(found)
        assert len(text) > 20_000
        namesakes = _column(book, one, "contact", "name")
        others = {name for person, name in names.items() if person != one.person} - namesakes
        others -= _asked_about(book, one)
        assert not [name for name in others if name in text]
        owned = db.run("SELECT id FROM customer WHERE owner = ?", (one.person,))
        own = {row for (row,) in owned}
        phones = {phone for customer, phone in contacts if customer in own}
        phones |= {phone for (phone,) in db.run("SELECT phone FROM customer")}
        strange = {phone for _, phone in contacts} - phones
        colleagues = db.run("SELECT phone, email FROM salesperson WHERE id != ?", (one.person,))
        strange |= {said for both in colleagues for said in both if said} - phones
        assert len(strange) > 5
        assert not [said for said in strange if said in text]


def _asked_about(book: Book, one: Issued) -> set[str]:
    """The names of those whom this person was asked to judge: nobody can be judged without one."""
    found = book.connection().run(
        "SELECT p.name FROM evaluation_rating r JOIN evaluation v ON v.id = r.evaluation "
        "JOIN salesperson p ON p.id = v.person WHERE r.rated_by = 'peer' AND r.rater = ?",
        (one.person,),
    )
    return {str(name) for (name,) in found}


def _notes(book: Book, one: Issued) -> set[str]:
    """What people wrote, perhaps of each other, in their own words."""
    made: set[str] = set()
    for sheet in issued_files.kept(book, one).sheets:
        entity = book.schema.entity(sheet.entity)
        for path in sheet.fields:
            if book.schema.path(entity, path)[1].kind == "long_text":
                made |= _column(book, one, sheet.entity, path)
    return made


def _column(book: Book, one: Issued, entity: str, path: str) -> set[str]:
    sheet = issued_files.kept(book, one).sheet_of(entity)
    assert sheet is not None
    at = sheet.fields.index(path)
    return {str(values[at]) for values in sheet.rows.values() if values[at]}


def test_without_personal_fields_no_contact_is_in_the_file(handed, tmp_path):
    book, made = handed
    one = issue(book, [made[1].person], tmp_path, on=TODAY, personal=False)[0]
    text = "\n".join(issued_files.texts(one.path))
    kept = issued_files.kept(book, one)
    assert kept.sheet_of("contact") is None
    assert all("contact" not in sheet.fields for sheet in kept.sheets)
    db = book.connection()
    phones = {phone for (phone,) in db.run("SELECT phone FROM contact WHERE phone IS NOT NULL")}
    phones -= {phone for (phone,) in db.run("SELECT phone FROM customer")}  # of offices
    assert len(phones) > 50
    assert not [one for one in phones if one in text]


def test_a_receipt_is_made_for_each_notice_that_goes_out_and_nobody_has_read_it(handed):
    book, made = handed
    for one in made:
        sheet = issued_files.kept(book, one).sheet_of("read_receipt")
        assert sheet is not None
        assert sheet.rows
        for row, values in sheet.rows.items():
            record = book.record("read_receipt", row)
            assert record["person"].id == one.person
            assert int(record["read"]) == values[sheet.fields.index("read")]
            assert (record["read_at"] is not None) == bool(record["read"])
    again = issue(book, [made[0].person], made[0].path.parent, on=TODAY)
    assert (
        issued_files.kept(book, again[0]).sheet_of("read_receipt")
        == issued_files.kept(book, made[0]).sheet_of("read_receipt")
        or texts.language() != issued_files.kept(book, made[0]).language
    )


def test_what_was_issued_is_printed_as_json(handed, tmp_path, capsys):
    from desktop.__main__ import main

    book, made = handed
    copy = tmp_path / "copy.daybook"
    copy.write_bytes(Path(book.path).read_bytes())
    name = book.label("salesperson", made[2].person)
    public = book.public_id("salesperson", made[3].person)
    assert main(["issue", str(copy), name, public, "--out", str(tmp_path), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [one["person"] for one in told] == [name, book.label("salesperson", made[3].person)]
    assert all(Path(one["file"]).exists() and one["workbook"].startswith("WB-") for one in told)
    assert all(one["rows"] > 0 for one in told)
    assert main(["issue", str(copy), "Nobody", "--out", str(tmp_path), "--json"]) == 1
    refused = json.loads(capsys.readouterr().out)["error"]
    assert refused["code"] == "unknown_person"
    assert name in refused["message"]
    assert main(["issue", str(copy), "--out", str(tmp_path)]) == 2
    assert main(["issue", str(copy), "--all", "--out", str(tmp_path / "none")]) == 1
