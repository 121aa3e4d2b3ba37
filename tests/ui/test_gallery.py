"""Everything that can be seen, in both languages and themes: no text is cut off, no character is a box."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QFont, QFontMetrics, QRawFont
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QWidget,
)

import resources
from models import texts
from models.book import Book
from models.sample.load import load
from tests.ui.acting import settle
from tests.ui.looking import written, wrong
from tests.ui.tour import pages, tour
from ui import theme
from ui.dialogs.import_review import ImportReview
from ui.main_window import MainWindow


@pytest.fixture(scope="module")
def sample(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("gallery") / "sample.daybook"
    with Book.create(path) as book:
        load(book, "zh_CN")
    return path


@pytest.fixture
def fonts(qapp):
    """The fonts of the program, as it loads them before it makes a window."""
    before = QFont(qapp.font())
    theme.load_fonts(qapp)
    yield
    qapp.setFont(before)


@pytest.fixture
def gallery(qtbot, fonts, window, sample, tmp_path) -> MainWindow:
    path = tmp_path / "sample.daybook"
    shutil.copy(sample, path)
    assert window.open_book(path)
    yield window
    theme.set_text_size(QApplication.instance(), 100)


@pytest.mark.parametrize(
    ("language", "look", "other"), [("zh_CN", "light", "dark"), ("en", "dark", "light")]
)
def test_no_text_is_cut_off_and_no_character_is_a_box(
    qtbot, gallery, tmp_path, language, look, other
):
    gallery.set_language(language)
    gallery.set_theme(look)
    settle(qtbot, gallery)
    assert (gallery.width(), gallery.height()) == (1280, 800)
    found: list[str] = []
    drawn: dict[str, tuple[QFont, set[str]]] = {}  # as text a font forgets who helps it out
    for name, shown in walked(qtbot, gallery, tmp_path, other):
        QApplication.processEvents()
        found += [f"{name}: {one}" for one in wrong(shown)]
        for font, text in written(shown):
            kind = f"{font.toString()} {font.families()}"
            drawn.setdefault(kind, (QFont(font), set()))[1].update(text)
    assert len(drawn) > 1
    for kind, (font, letters) in drawn.items():
        measure = QFontMetrics(font)
        boxes = [one for one in letters if one.isprintable() and not measure.inFontUcs4(ord(one))]
        assert boxes == [], kind
    assert not found, "\n".join(dict.fromkeys(found))


@pytest.mark.parametrize(("language", "look"), [("zh_CN", "dark"), ("en", "light")])
def test_no_text_is_cut_off_at_twice_its_size(qtbot, gallery, tmp_path, language, look):
    gallery.set_language(language)
    gallery.set_theme(look)
    gallery.set_text_size(200)
    gallery.resize(1920, 1080)
    settle(qtbot, gallery)
    found: list[str] = []
    for name, shown in tour(qtbot, gallery, tmp_path):
        if isinstance(shown, ImportReview):
            shown.resize(1880, 1000)  # as on such a screen; the one of this test is small
        QApplication.processEvents()
        found += [f"{name}: {one}" for one in wrong(shown)]
    assert (gallery.width(), gallery.height()) == (1920, 1080)
    assert not found, "\n".join(dict.fromkeys(found))


def walked(qtbot, window: MainWindow, folder: Path, other: str) -> Iterator[tuple[str, QWidget]]:
    """Everything in one theme, then every page in the other."""
    yield from tour(qtbot, window, folder)
    window.set_theme(other)
    for name, shown in pages(qtbot, window):
        yield f"{name}, {other}", shown


def test_every_character_of_our_texts_is_in_the_font_that_we_bring(qapp):
    font = QRawFont(str(resources.path("fonts", "NotoSansSC-Regular.otf")), 12)
    assert font.isValid()
    letters: set[str] = set()
    for file in sorted(resources.path("locale", "zh_CN").glob("*.po")):
        letters.update(file.read_text(encoding="utf-8"))
    for file in sorted(resources.path("help").glob("*/*.md")):
        letters.update(file.read_text(encoding="utf-8"))
    for text in ("业务簿", texts.tr("Daybook"), "×·→←–…¥$€£"):
        letters.update(text)
    missing = [one for one in letters if one.isprintable() and not font.supportsCharacter(ord(one))]
    assert missing == []


def _short(kind: type, text: str) -> Callable[[QWidget], QWidget]:
    def make(parent: QWidget) -> QWidget:
        made = kind(text, parent)
        made.setFixedWidth(made.sizeHint().width() // 2)
        return made

    return make


def _low_label(parent: QWidget) -> QWidget:
    made = QLabel("One line and another one that does not fit into the first", parent)
    made.setWordWrap(True)
    made.setFixedSize(120, 16)
    return made


def _narrow_choice(parent: QWidget) -> QWidget:
    made = QComboBox(parent)
    made.addItem("A choice that is long")
    made.setFixedWidth(60)
    return made


def _narrow_entry(parent: QWidget) -> QWidget:
    made = QListWidget(parent)
    made.setObjectName("navigation")
    made.addItem("A page with a long name")
    made.setFixedWidth(90)
    return made


def _short_hint(parent: QWidget) -> QWidget:
    made = QLineEdit(parent)
    made.setPlaceholderText("What may be typed here")
    made.setFixedWidth(60)
    return made


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (_short(QLabel, "A name of something"), "label 'A name"),
        (_low_label, "label 'One line"),
        (_short(QPushButton, "Do what is written"), "button 'Do what"),
        (_narrow_choice, "choice 'A choice"),
        (_narrow_entry, "entry 'A page"),
        (_short_hint, "hint 'What may"),
    ],
    ids=["label", "lines", "button", "choice", "entry", "hint"],
)
def test_whatever_is_cut_off_on_purpose_is_noticed(qtbot, make, said):
    window = QWidget()
    qtbot.addWidget(window)
    box = QHBoxLayout(window)
    box.addWidget(QLabel("Whole", window))
    window.show()
    assert wrong(window) == []
    box.addWidget(make(window))
    QApplication.processEvents()
    assert [one for one in wrong(window) if said in one]


def test_what_lies_over_another_or_reaches_out_is_noticed(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(300, 200)
    first, second = QPushButton("First", window), QPushButton("Second", window)
    first.setGeometry(10, 10, 100, 30)
    second.setGeometry(10, 50, 100, 30)
    window.show()
    assert wrong(window) == []
    second.move(60, 30)
    assert ["lies over" in one for one in wrong(window)] == [True]
    second.move(250, 100)
    assert ["reaches out" in one for one in wrong(window)] == [True]
