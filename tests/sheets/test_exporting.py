"""What an exported sheet looks like to the people and programs that open it."""

from __future__ import annotations

import csv
import itertools
import os
import re
import shutil
import stat
import subprocess
import sys
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from models import texts
from models.book import Book
from models.progress import Cancelled, Progress
from models.refusals import Refused
from models.sheets import exporting, importing, own, workbook_file
from models.sheets.report import Options


@pytest.fixture
def book(tmp_path):
    with Book.create(tmp_path / "team.daybook") as opened:
        yield opened


def add(book: Book, entity: str, **values: object) -> int:
    with book.change("add") as change:
        return change.add(entity, values)


def sheet(path: Path, name: str | None = None):
    made = openpyxl.load_workbook(path)
    return made[name] if name else made.worksheets[0]


def column(path: Path, header: str) -> list[object]:
    rows = list(sheet(path).iter_rows())
    at = [cell.value for cell in rows[0]].index(header)
    return [row[at] for row in rows[1:]]


def lines(path: Path, separator: str = ",") -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=separator))


# -- workbooks -----------------------------------------------------------------------------------


def test_the_header_is_in_the_language_and_the_first_column_is_the_public_id(book, tmp_path):
    row = add(book, "customer", name="Acme")
    exporting.export(book, tmp_path / "out.xlsx", ["customer"], fields=["name", "region"])
    head, first = sheet(tmp_path / "out.xlsx").iter_rows(values_only=True)
    assert head == (f"Daybook ID {book.public.tag}", "Customer name", "Region")
    assert first == (book.public_id("customer", row), "Acme", None)
    texts.set_language("zh_CN")
    assert exporting.export(book, tmp_path / "out.xlsx", ["customer"], fields=["name"]) == 1
    assert sheet(tmp_path / "out.xlsx")["A1"].value == f"业务簿编号 {book.public.tag}"


def test_numbers_days_and_moments_are_cells_of_their_own_type(book, tmp_path):
    with book.change("columns") as change:
        change.add_field("opportunity", "Share", "percent")
    add(
        book,
        "opportunity",
        name="A",
        amount=Decimal("1234.5"),
        opened_on=date(2024, 3, 5),
        Share=Decimal("0.125"),
    )
    add(book, "opportunity", name="B", amount=Decimal("0.123456"))
    exporting.export(book, tmp_path / "out.xlsx", ["opportunity"])
    amount, exact = column(tmp_path / "out.xlsx", "Amount")
    assert (amount.value, amount.number_format) == (1234.5, "#,##0.00")
    assert (exact.value, exact.number_format) == (0.123456, "#,##0.000000")
    opened = column(tmp_path / "out.xlsx", "Opened on")[0]
    assert (opened.value, opened.number_format) == (datetime(2024, 3, 5), "yyyy-mm-dd")
    share = column(tmp_path / "out.xlsx", "Share")[0]
    assert (share.value, share.number_format) == (0.125, "0.0%")
    add(book, "activity", at=datetime(2024, 3, 5, 2, 30, tzinfo=UTC), kind="visit")
    exporting.export(book, tmp_path / "out.xlsx", ["activity"])
    when = column(tmp_path / "out.xlsx", "When")[0]
    assert when.value == datetime(2024, 3, 5, 2, 30, tzinfo=UTC).astimezone().replace(tzinfo=None)


def test_a_number_with_more_digits_than_a_sheet_keeps_is_written_whole(book, tmp_path):
    add(book, "opportunity", name="A", amount=Decimal("9007199254740.993001"))
    exporting.export(book, tmp_path / "out.xlsx", ["opportunity"])
    assert column(tmp_path / "out.xlsx", "Amount")[0].value == "9007199254740.993001"


def test_texts_that_look_like_numbers_or_formulas_stay_texts(book, tmp_path):
    add(book, "customer", name="=1+1", code="0571", phone="0571-88888888", city="+86", source="@a")
    exporting.export(book, tmp_path / "out.xlsx", ["customer"])
    for header, text in (
        ("Customer name", "=1+1"),
        ("Customer no.", "0571"),
        ("Phone", "0571-88888888"),
        ("City", "+86"),
        ("Source", "@a"),
    ):
        cell = column(tmp_path / "out.xlsx", header)[0]
        # openpyxl takes any text with "=" for a formula; the file itself has none.
        assert (cell.value, cell.number_format) == (text, "@")
    with zipfile.ZipFile(tmp_path / "out.xlsx") as packed:
        assert not re.search(rb"<f[ >/]", packed.read("xl/worksheets/sheet1.xml"))


def test_choices_and_flags_have_lists_and_long_lists_lie_on_a_hidden_sheet(book, tmp_path):
    with book.change("columns") as change:
        change.add_field("customer", "Kind", "choice", "|".join(f"choice {n}" for n in range(60)))
    add(book, "customer", name="Acme", grade="A", Kind="choice 7")
    texts.set_language("zh_CN")
    exporting.export(
        book, tmp_path / "out.xlsx", ["customer"], fields=["name", "grade", "active", "Kind"]
    )
    made = openpyxl.load_workbook(tmp_path / "out.xlsx")
    rules = {
        str(one.sqref).split(":")[0]: one.formula1
        for one in made.worksheets[0].data_validations.dataValidation
    }
    yes, no = texts.tr("Yes"), texts.tr("No")
    assert rules == {"C2": '"A,B,C,D"', "D2": f'"{yes},{no}"', "E2": "Lists!$A$1:$A$60"}
    assert made["Lists"].sheet_state == "hidden"
    assert made["Lists"]["A60"].value == "choice 59"


def test_the_header_is_frozen_filtered_and_the_columns_are_wide_enough(book, tmp_path):
    add(book, "customer", name="浙江省机械设备进出口有限公司", notes="x" * 500)
    exporting.export(book, tmp_path / "out.xlsx", ["customer"], fields=["name", "city", "notes"])
    made = sheet(tmp_path / "out.xlsx")
    assert made.freeze_panes == "C2"
    assert made.auto_filter.ref == "A1:D2"
    wide = [made.column_dimensions[one].width for one in "ABCD"]
    assert wide[1] > 14 * 1.8
    assert wide[2] < 10
    assert wide[3] <= 45


def test_several_kinds_of_record_are_several_sheets_and_a_full_sheet_goes_on(
    book, tmp_path, monkeypatch
):
    for n in range(5):
        add(book, "customer", name=f"C{n}")
    monkeypatch.setattr(workbook_file, "ROWS", 2)
    assert exporting.export(book, tmp_path / "out.xlsx", ["customer", "team", "customer"]) == 5
    made = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert made.sheetnames == ["Customers", "Customers 2", "Customers 3", "Teams"]
    proposal = importing.prepare(book, [tmp_path / "out.xlsx"])
    assert sum(one.unchanged for one in proposal.reports) == 5
    assert proposal.writes == 0
    proposal.close()


def test_only_the_records_of_a_filter_are_written(book, tmp_path):
    add(book, "customer", name="A", grade="A")
    add(book, "customer", name="B", grade="B")
    assert exporting.export(book, tmp_path / "o.csv", ["customer"], where="grade=B") == 1
    assert [line[1] for line in lines(tmp_path / "o.csv")] == ["Customer name", "B"]


def test_a_view_is_written_as_it_is_seen(book, tmp_path):
    boss = add(book, "salesperson", name="王")
    acme = add(book, "customer", name="Acme", owner=boss)
    first, second = (add(book, "opportunity", name=n, customer=acme) for n in "AB")
    exporting.export_view(
        book,
        tmp_path / "view.csv",
        "opportunity",
        [second, first],
        ["customer.owner", "name", "customer.owner.name"],
    )
    head, *rows = lines(tmp_path / "view.csv")
    assert head[1:] == ["Customer / Owner", "Opportunity", "Customer / Owner / Name"]
    assert [row[1:] for row in rows] == [["王", "B", "王"], ["王", "A", "王"]]
    proposal = importing.prepare(book, [tmp_path / "view.csv"])
    (found,) = proposal.reports
    assert (found.unchanged, found.problems, proposal.writes) == (2, [], 0)
    assert "Customer / Owner" in found.notes[-1]
    proposal.close()


# -- text files ----------------------------------------------------------------------------------


def test_a_text_file_has_a_mark_for_excel_and_no_cell_that_would_be_calculated(book, tmp_path):
    given = ["=1+1", "'=1+1", "+86", "-5", "@a", "'quoted'", "0571", "plain"]
    for text in given:
        add(book, "customer", name=text)
    exporting.export(book, tmp_path / "out.csv", ["customer"], fields=["name"])
    assert (tmp_path / "out.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    found = [line[1] for line in lines(tmp_path / "out.csv")[1:]]
    assert found == ["'=1+1", "''=1+1", "'+86", "'-5", "'@a", "'quoted'", "0571", "plain"]
    exporting.export(book, tmp_path / "out.tsv", ["customer"], fields=["name"])
    assert [line[1] for line in lines(tmp_path / "out.tsv", "\t")[1:]] == found


@pytest.mark.parametrize("text", ["'=x", "''+x", "'x", "=", "'", "''", "'@", "-1", "＝A1"])
def test_guarding_a_text_is_taken_back_exactly(text):
    assert own.unguard(own.guard(text)) == text


def test_numbers_in_text_files_are_exact_and_plain(book, tmp_path):
    add(
        book,
        "opportunity",
        name="A",
        amount=Decimal("-1234567.891"),
        probability=Decimal("0.155"),
        closed_on=date(2024, 3, 5),
    )
    exporting.export(
        book, tmp_path / "o.csv", ["opportunity"], fields=["amount", "probability", "closed_on"]
    )
    assert lines(tmp_path / "o.csv")[1][1:] == ["-1234567.891", "15.5%", "2024-03-05"]


# -- people edit what was written ------------------------------------------------------------------


def test_an_edited_cell_is_the_only_change(book, tmp_path):
    boss = [add(book, "salesperson", name="张三", employee_no=no) for no in ("1", "2")]
    for n in range(4):
        add(book, "customer", name=f"客户（{n}）", owner=boss[n % 2], code=f"00{n}")
    texts.set_language("zh_CN")
    exporting.export(book, tmp_path / "out.xlsx", ["customer"])
    texts.set_language("en")
    made = openpyxl.load_workbook(tmp_path / "out.xlsx")
    head = [cell.value for cell in made.worksheets[0][1]]
    texts.set_language("zh_CN")
    at = head.index(book.schema.entity("customer").field("city").text()) + 1
    made.worksheets[0].cell(3, at).value = "杭州"
    made.save(tmp_path / "out.xlsx")
    before = [book.record("customer", one) for one in book.ids("customer")]
    proposal = importing.prepare(book, [tmp_path / "out.xlsx"])
    importing.apply(proposal)
    (found,) = proposal.reports
    proposal.close()
    assert (found.updated, found.unchanged, found.skipped) == (1, 3, 0)
    before[1]["city"] = "杭州"
    assert [book.record("customer", one) for one in book.ids("customer")] == before


def test_a_row_that_was_typed_below_becomes_a_record(book, tmp_path):
    add(book, "customer", name="Acme", code="001")
    exporting.export(book, tmp_path / "o.csv", ["customer"], fields=["name", "code", "grade"])
    with (tmp_path / "o.csv").open("a", encoding="utf-8", newline="") as file:
        file.write(",Beta,0002,B\r\n")
    proposal = importing.prepare(book, [tmp_path / "o.csv"])
    importing.apply(proposal)
    proposal.close()
    row = book.record("customer", book.ids("customer", sort=[("code", False)])[1])
    assert (row["name"], row["code"], row["grade"]) == ("Beta", "0002", "B")


def test_an_order_total_that_follows_its_lines_still_follows_them_afterwards(book, tmp_path):
    order = add(book, "order", code="单1")
    add(book, "order_line", order=order, line_no=1, amount=100)
    exporting.export(book, tmp_path / "o.csv", ["order"])
    text = (tmp_path / "o.csv").read_text(encoding="utf-8-sig").replace("单1", "单2")
    (tmp_path / "o.csv").write_text(text, encoding="utf-8-sig", newline="")
    proposal = importing.prepare(book, [tmp_path / "o.csv"])
    importing.apply(proposal)
    proposal.close()
    add(book, "order_line", order=order, line_no=2, amount=20)
    assert (book.record("order", order)["code"], book.record("order", order)["amount"]) == (
        "单2",
        120,
    )


def test_ids_of_another_book_are_said_to_be_so_and_match_nothing(book, tmp_path):
    for n in range(3):
        add(book, "customer", name=f"C{n}")
    exporting.export(book, tmp_path / "o.csv", ["customer"])
    with Book.create(tmp_path / "other.daybook") as other:
        add(other, "customer", name="C2")
        add(other, "customer", name="X")
        proposal = importing.prepare(other, [tmp_path / "o.csv"], Options(create_links=True))
        (found,) = proposal.reports
        assert (found.added, found.unchanged, found.updated, found.problems) == (2, 1, 0, [])
        assert any("another book" in one for one in found.notes)
        proposal.close()


# -- what is refused leaves everything as it was ---------------------------------------------------


def refused(code: str, book: Book, path: Path, *entities: str, **more: object) -> Refused:
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(Refused) as caught:
        exporting.export(book, path, entities or ["customer"], **more)
    assert caught.value.code == code
    assert str(caught.value)
    assert (path.read_bytes() if path.is_file() else None) == before
    assert not list(path.parent.glob("*.part")) if path.parent.is_dir() else True
    return caught.value


def test_what_can_not_be_written_is_refused_with_its_reason(book, tmp_path):
    add(book, "customer", name="Acme")
    refused("not_records", book, tmp_path / "out.csv", "custom_field")
    refused("unknown_format", book, tmp_path / "out.pdf")
    refused("one_sheet_only", book, tmp_path / "out.csv", "customer", "team")
    refused("unknown_entity", book, tmp_path / "out.csv", "dragon")
    refused("unknown_field", book, tmp_path / "out.csv", fields=["name", "dragon"])
    refused("no_such_folder", book, tmp_path / "none" / "out.csv")
    (tmp_path / "folder.xlsx").mkdir()
    refused("is_folder", book, tmp_path / "folder.xlsx")


def test_a_text_that_no_cell_can_hold_is_refused_and_named_not_cut(book, tmp_path):
    row = add(book, "customer", name="Acme", notes="好" * 32_768)
    (tmp_path / "out.xlsx").write_bytes(b"mine")
    error = refused("too_long_for_cell", book, tmp_path / "out.xlsx")
    assert (error.place.sheet, error.place.row, error.place.column) == ("Customers", 2, "Notes")
    assert exporting.export(book, tmp_path / "out.csv", ["customer"]) == 1
    book.set("customer", row, {"notes": "bad\uffff"})
    refused("unwritable_character", book, tmp_path / "out.xlsx")
    book.set("customer", row, {"notes": "bad\0"})
    error = refused("unwritable_character", book, tmp_path / "out.csv")
    assert "U+0000" in str(error)


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_cancelling_leaves_the_old_file_and_nothing_beside_it(book, tmp_path, suffix):
    with book.change("add") as change:
        for n in range(12_000):
            change.add("region", {"name": f"R{n}"})
    target = tmp_path / f"out.{suffix}"
    target.write_bytes(b"mine")
    seen = []
    progress = Progress(lambda share, text: (seen.append((share, text)), progress.cancel()))
    with pytest.raises(Cancelled):
        exporting.export(book, target, ["region"], progress=progress)
    assert seen == [(0.0, "Regions")]
    assert target.read_bytes() == b"mine"
    assert [one.name for one in tmp_path.iterdir() if "part" in one.name] == []


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are POSIX")
@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_a_full_disk_is_said_and_the_old_file_stays(book, tmp_path, suffix):
    import resource

    with book.change("add") as change:
        for n in range(3_000):
            change.add("region", {"name": f"R{n}" * 40})
    target = tmp_path / f"out.{suffix}"
    target.write_bytes(b"mine")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, hard))
    try:
        with pytest.raises(Refused) as caught:
            exporting.export(book, target, ["region"])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert caught.value.code == "disk_full"
    assert target.read_bytes() == b"mine"
    assert [one.name for one in tmp_path.iterdir() if "part" in one.name] == []


@pytest.mark.skipif(sys.platform == "win32", reason="modes and links are POSIX")
def test_the_file_has_the_usual_rights_and_a_link_keeps_pointing(book, tmp_path):
    add(book, "customer", name="Acme")
    (tmp_path / "real.csv").write_text("old", encoding="utf-8")
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    exporting.export(book, tmp_path / "link.csv", ["customer"])
    assert (tmp_path / "link.csv").is_symlink()
    assert "Acme" in (tmp_path / "real.csv").read_text(encoding="utf-8")
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE((tmp_path / "real.csv").stat().st_mode) == 0o666 & ~mask


def test_every_choice_of_every_entity_reads_back_as_itself_in_each_language(book):
    for code, entity in itertools.product(texts.LANGUAGES, book.schema):
        texts.set_language(code)
        for field in entity.fields:
            shown = [exporting.choice_text(field, one.code) for one in field.choices]
            assert len(set(shown)) == len(shown), (entity.id, field.id, shown)


def test_headers_of_one_sheet_never_repeat_in_any_language(book):
    for code, entity in itertools.product(texts.LANGUAGES, book.schema):
        texts.set_language(code)
        made = own.headers(book.schema, entity, [one.id for one in entity.fields])
        assert len(set(made)) == len(made)
        assert not [one for one in made if "[" in one], "two declared fields share a label"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_workbook_with_zeros_and_days_as_they_are(book, tmp_path):
    add(book, "customer", name="=1+1", code="0571", first_contact_on=date(2024, 3, 5), grade="A")
    names = ["name", "code", "first_contact_on"]
    exporting.export(book, tmp_path / "out.xlsx", ["customer"], fields=names)
    profile = (tmp_path / "profile").as_uri()
    convert = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "csv"]
    subprocess.run(
        [*convert, "--outdir", str(tmp_path), str(tmp_path / "out.xlsx")],
        check=True,
        capture_output=True,
        timeout=120,
    )
    assert (tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()[1].split(",")[1:] == [
        "=1+1",
        "0571",
        "2024-03-05",
    ]
