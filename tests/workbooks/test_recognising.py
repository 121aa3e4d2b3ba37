"""Whether a file is a workbook of ours is seen by its name or its hidden part, and never raises."""

from __future__ import annotations

import zipfile

import pytest

from models.workbooks.recognising import is_workbook


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("业务簿_王芳_2026-11-28_WB-1ABC.xlsx", True),
        ("业务簿_王芳_2026-11-28_WB-1ABC(1).xlsx", True),
        ("Daybook_Li_2026-11-28_WB-1ABC - copy.csv", True),
        ("customers.csv", False),
        ("WB-list of suppliers.csv", False),
        ("NEWB-1234.csv", False),
    ],
)
def test_the_name_says_it(tmp_path, name, is_one):
    path = tmp_path / name
    path.write_text("a,b\n", encoding="utf-8")
    assert is_workbook(path) is is_one


def test_a_renamed_file_is_known_by_its_hidden_part(tmp_path):
    path = tmp_path / "my list.xlsx"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("xl/workbook.xml", '<sheets><sheet name="_daybook" sheetId="9"/></sheets>')
    assert is_workbook(path)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"plain text"])
def test_what_can_not_be_read_is_none(tmp_path, content):
    path = tmp_path / "some.xlsx"
    path.write_bytes(content)
    assert not is_workbook(path)
    assert not is_workbook(tmp_path / "missing.xlsx")
