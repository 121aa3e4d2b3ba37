"""Forged hidden parts and hostile files: never believed, never harmful, always named."""

from __future__ import annotations

import base64
import json
import runpy
import time
import tracemalloc
import zlib
from pathlib import Path
from types import SimpleNamespace

import pytest

from models.refusals import Refused
from models.workbooks import manifest, memory

HERE = Path(__file__).parent
hand = SimpleNamespace(**runpy.run_path(str(HERE / "returned_files.py")))
files = SimpleNamespace(**runpy.run_path(str(HERE.parent / "sheets" / "hostile_files.py")))
CUSTOMERS = "My customers"


@pytest.fixture
def book(tmp_path):
    with hand.team(tmp_path / "team.daybook") as made:
        yield made


@pytest.fixture
def path(book):
    return hand.issue(book)


def packed_of(made) -> bytes:
    sheet = made["_daybook"]
    text = "".join(sheet.cell(7 + at, 1).value for at in range(int(sheet["A6"].value)))
    return base64.b64decode(text)


def plain_of(made) -> dict:
    return json.loads(zlib.decompress(packed_of(made)))


def forge(made, plain: object) -> None:
    hand.write_packed(made, zlib.compress(json.dumps(plain, ensure_ascii=False).encode()))


def check_not_believed(book, path, whole) -> None:
    """The forged file is read by what the book remembers, as the whole one was."""
    file = hand.read(book, path)
    assert file.trusted == "book"
    assert file.manifest == whole.manifest
    assert hand.changed(file) == {}
    assert "hidden_part_changed" in hand.codes(file)
    assert file.digest == whole.digest


def test_forged_values_are_not_believed(book, path):
    whole = hand.read(book, path)
    with hand.edited(path) as made:
        plain = plain_of(made)
        rows = plain["sheets"][0]["rows"]
        for row in rows.values():
            row[4] = "伪造"
        forge(made, plain)
    check_not_believed(book, path, whole)


def test_a_forged_person_is_not_believed(book, path):
    whole = hand.read(book, path)
    [li] = book.ids("salesperson", "name = 李强")
    with hand.edited(path) as made:
        plain = plain_of(made)
        plain["person"] = li
        plain["sheets"][0]["implied"] = [["owner", li]]
        plain["sheets"][0]["editable"].append("owner")
        forge(made, plain)
    check_not_believed(book, path, whole)


def test_a_seal_of_another_key_is_not_believed(book, path):
    whole = hand.read(book, path)
    with hand.edited(path) as made:
        plain = plain_of(made)
        plain["base_change"] = 1
        forge(made, plain)
        made["_daybook"]["A5"] = manifest.seal(packed_of(made), b"guessed")
    check_not_believed(book, path, whole)


@pytest.mark.parametrize("seal", ["", "0" * 64, "ａ" * 64, "x", "=1+1", "None"])
def test_no_seal_or_a_wrong_one_is_not_believed(book, path, seal):
    whole = hand.read(book, path)
    with hand.edited(path) as made:
        made["_daybook"]["A5"] = seal
    check_not_believed(book, path, whole)


@pytest.mark.parametrize(
    "count", ["0", "1", "-1", "99999", "999999999999", "1.5", "", "二", "=2", "٣"]
)
def test_chunks_that_are_cut_or_miscounted_are_not_believed(book, path, count):
    whole = hand.read(book, path)
    with hand.edited(path) as made:
        sheet = made["_daybook"]
        text = sheet["A7"].value
        sheet["A7"], sheet["A8"] = text[:-40], text[-40:]
        sheet["A6"] = count
    file = hand.read(book, path)
    assert file.trusted == "book"
    assert file.manifest == whole.manifest
    assert hand.changed(file) == {}


@pytest.mark.parametrize("text", ["", "###", "AAAA", "é" * 40, "A" * 32_000])
def test_chunks_of_nonsense_are_not_believed(book, path, text):
    whole = hand.read(book, path)
    with hand.edited(path) as made:
        made["_daybook"]["A7"] = text
    file = hand.read(book, path)
    assert (file.trusted, file.manifest) == ("book", whole.manifest)


def test_a_packed_bomb_is_not_even_unpacked(book, path):
    bomb = zlib.compress(b" " * (300 << 20), 9)
    with hand.edited(path) as made:
        hand.write_packed(made, bomb)
    tracemalloc.start()
    begun = time.monotonic()
    file = hand.read(book, path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert file.trusted == "book"
    assert peak < 20 << 20
    assert time.monotonic() - begun < 10


def sealed(book, path, packed: bytes) -> None:
    """What somebody could make who has the book's secret, or a program with a fault."""
    with hand.edited(path) as made:
        hand.write_packed(made, packed)
        made["_daybook"]["A5"] = manifest.seal(packed, memory.secret(book.connection()))


SHAPES = [
    [], {}, 7, "x", None, {"form": 2}, {"form": 1}, {"form": 1, "sheets": 5},
    {"form": 1, "book": 1, "workbook": "x", "person": None, "language": "en", "issued_at": "",
     "base_change": 0, "sheets": [], "labels": {}},
    {"form": 1, "book": "", "workbook": 1, "person": [], "language": "en", "issued_at": "",
     "base_change": 0, "sheets": [{"name": 1}], "labels": []},
]  # fmt: skip


@pytest.mark.parametrize("plain", SHAPES)
def test_a_sealed_part_of_another_form_is_replaced_by_what_the_book_remembers(book, path, plain):
    whole = hand.read(book, path)
    sealed(book, path, zlib.compress(json.dumps(plain).encode()))
    file = hand.read(book, path)
    assert (file.trusted, file.manifest) == ("book", whole.manifest)


@pytest.mark.parametrize("packed", [b"", b"x", zlib.compress(b"["), zlib.compress(b"[" * 100_000)])
def test_a_sealed_part_that_is_no_json_is_replaced_too(book, path, packed):
    sealed(book, path, packed)
    assert hand.read(book, path).trusted == "book"


def test_a_sealed_bomb_is_refused_by_its_size(book, path):
    sealed(book, path, zlib.compress(b" " * (80 << 20), 9))
    assert hand.read(book, path).trusted == "book"


def test_the_hidden_part_of_somebody_elses_workbook_makes_the_rows_foreign(book, path):
    other = hand.issue(book, "李强")
    with hand.edited(path) as made:
        theirs = hand.openpyxl.load_workbook(other)["_daybook"]
        for line in theirs.iter_rows():
            for cell in line:
                made["_daybook"][cell.coordinate] = cell.value
        hand.put(made[CUSTOMERS], "甲公司", "City", "绍兴")
    file = hand.read(book, path)
    assert file.trusted == "seal"
    customers = [one for one in file.rows if one.entity == "customer"]
    assert all(one.foreign for one in customers)
    assert "customer" not in file.tables


def test_an_id_of_another_book_in_the_hidden_part_alone_does_not_mislead(book, path):
    whole = hand.read(book, path)
    with hand.edited(path) as made:
        made["_daybook"]["A2"] = "ZZZZZ"
        made["_daybook"]["A3"] = "WB-7ZZZZ"
        made["_daybook"]["A5"] = "0" * 64
    check_not_believed(book, path, whole)


@pytest.mark.parametrize(("cell", "value"), [("A2", "ZZZZZ"), ("A3", "WB-7ZZZZ"), ("A4", "1")])
def test_what_is_changed_beside_the_sealed_part_is_told_and_not_used(book, path, cell, value):
    whole = hand.read(book, path)
    with hand.edited(path) as made:
        made["_daybook"][cell] = value
    file = hand.read(book, path)
    assert (file.trusted, file.manifest, file.digest) == ("seal", whole.manifest, whole.digest)
    assert hand.codes(file) == ["hidden_part_changed"]


def test_a_hidden_part_of_many_rows_and_columns_is_read_in_time(book, path):
    with hand.edited(path) as made:
        sheet = made["_daybook"]
        sheet["A6"] = "99999"
        for at in range(7, 3000):
            sheet.cell(at, 1).value = "A" * 1000
    begun = time.monotonic()
    assert hand.read(book, path).trusted == "book"
    assert time.monotonic() - begun < 15


def test_headers_of_ids_without_end_are_tables_that_are_told(book, path):
    with hand.edited(path) as made:
        sheet = made.create_sheet("many")
        header = made[CUSTOMERS]["A1"].value
        for _ in range(300):
            sheet.append([header] * 5)
    begun = time.monotonic()
    file = hand.read(book, path)
    assert hand.changed(file) == {}
    assert hand.fresh(file) == []
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize("name", files.REFUSED)
def test_a_hostile_file_is_refused_by_the_same_gates_as_imports(book, tmp_path, name):
    codes, make = files.REFUSED[name]
    with pytest.raises(Refused) as refused:
        hand.read(book, make(tmp_path / name))
    assert refused.value.code in codes.split()


@pytest.mark.parametrize("name", files.READ)
def test_an_odd_file_that_is_no_workbook_is_refused_as_none(book, tmp_path, name):
    with pytest.raises(Refused) as refused:
        hand.read(book, files.READ[name](tmp_path / name))
    assert refused.value.code == "not_a_workbook"
