"""What the systems are told of books: the same ending and marks that the program itself goes by."""

from __future__ import annotations

import configparser
import os
import plistlib
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from models import opening
from models.book import Book
from models.dialects import APPLICATION_ID

PACKAGING = Path(__file__).parents[2] / "packaging"
MIME = "application/x-daybook"
_XDG = ("update-mime-database", "gio")


def desktop_entry() -> configparser.SectionProxy:
    read = configparser.ConfigParser(interpolation=None)
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read(PACKAGING / "linux" / "daybook.desktop", encoding="utf-8")
    return read["Desktop Entry"]


def test_the_desktop_entry_opens_books_in_both_languages():
    entry = desktop_entry()
    assert entry["Exec"] == "daybook %f"
    assert entry["MimeType"].split(";")[0] == MIME
    assert (entry["Name"], entry["Name[zh_CN]"]) == ("Daybook", "业务簿")


def test_a_book_is_known_by_its_ending_and_by_its_first_bytes():
    read = ET.parse(PACKAGING / "linux" / "daybook-mime.xml").getroot()
    space = {"m": read.tag[1:].partition("}")[0]}
    [kind] = read.findall("m:mime-type", space)
    assert kind.get("type") == MIME
    assert [one.get("pattern") for one in kind.findall("m:glob", space)] == [f"*{opening.SUFFIX}"]
    marks = [one.get("value") for one in kind.iter(f"{{{space['m']}}}match")]
    assert marks == ["SQLite format 3", APPLICATION_ID.to_bytes(4, "big").decode()]


def test_a_bundle_says_the_same_on_macos():
    told = plistlib.loads((PACKAGING / "macos" / "Info.plist").read_bytes())
    [kind] = told["UTExportedTypeDeclarations"]
    assert told["CFBundleDocumentTypes"][0]["LSItemContentTypes"] == [kind["UTTypeIdentifier"]]
    tags = kind["UTTypeTagSpecification"]
    assert tags == {
        "public.filename-extension": [opening.SUFFIX.removeprefix(".")],
        "public.mime-type": MIME,
    }


def test_an_installer_for_windows_removes_every_key_that_it_writes():
    text = (PACKAGING / "windows" / "file_association.nsh").read_text(encoding="utf-8")
    written = {one.split('"')[1] for one in text.splitlines() if "WriteRegStr" in one}
    removed = {one.split('"')[1] for one in text.splitlines() if "DeleteReg" in one}
    assert all(any(one.startswith(other) for other in removed) for one in written)
    assert f"Software\\Classes\\{opening.SUFFIX}" in written
    assert '"%1"' in text


@pytest.mark.skipif(not all(map(shutil.which, _XDG)), reason="asks the system of a Linux desktop")
def test_a_linux_desktop_that_was_told_knows_a_book_and_who_opens_it(tmp_path):
    data = tmp_path / "data"
    for folder in ("mime/packages", "applications"):
        (data / folder).mkdir(parents=True)
    shutil.copy(PACKAGING / "linux" / "daybook-mime.xml", data / "mime" / "packages")
    entry = data / "applications" / "daybook.desktop"
    text = (PACKAGING / "linux" / "daybook.desktop").read_text(encoding="utf-8")
    entry.write_text(text.replace("Exec=daybook", "Exec=true"), encoding="utf-8")
    there = os.environ | {"XDG_DATA_HOME": str(data), "XDG_CONFIG_HOME": str(tmp_path)}

    def run(*command: str | Path) -> str:
        done = subprocess.run(
            [*map(str, command)], env=there, capture_output=True, text=True, timeout=60, check=True
        )
        return done.stdout

    run("update-mime-database", data / "mime")
    book = tmp_path / "team.daybook"
    with Book.create(book):
        pass
    nameless = tmp_path / "team"
    shutil.copy(book, nameless)
    for one in (book, nameless):
        assert MIME in run("gio", "info", "-a", "standard::content-type", one)
    run("gio", "mime", MIME, "daybook.desktop")
    assert "daybook.desktop" in run("gio", "mime", MIME)
