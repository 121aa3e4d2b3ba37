"""Everything that can be seen, in both languages and themes: no text is cut off, no character is a box."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QRawFont
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QListWidget,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QTableView,
    QWidget,
)

import resources
from models import texts
from models.book import Book
from models.sample.load import load
from tests.ui.acting import settle
from tests.ui.tour import pages, tour
from ui import theme
from ui.dialogs.import_review import ImportReview
from ui.main_window import MainWindow

_HEAD = 8  # points that a header keeps clear around its text


@pytest.fixture(scope="module")
def sample(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("gallery") / "sample.daybook"
    with Book.create(path) as book:
        load(book, "zh_CN")
    return path


@pytest.fixture
def gallery(qtbot, window, sample, tmp_path) -> MainWindow:
    app = QApplication.instance()
    before = QFont(app.font())
    theme.load_fonts(app)
    path = tmp_path / "sample.daybook"
    shutil.copy(sample, path)
    assert window.open_book(path)
    yield window
    theme.set_text_size(app, 100)
    app.setFont(before)


def seen(inside: QWidget, kind: type) -> Iterator[QWidget]:
    for one in inside.findChildren(kind):
        if one.isVisible() and one.window() is inside.window():
            yield one


def plain(text: str) -> str:
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


def wide(one: QWidget, text: str) -> int:
    return QFontMetrics(one.font()).horizontalAdvance(text)


def told_whole(one: QWidget, text: str) -> bool:
    return text in one.toolTip()


def cut_labels(inside: QWidget) -> Iterator[str]:
    for one in seen(inside, QLabel):
        if not one.text() or told_whole(one, one.text()):
            continue
        if one.wordWrap():
            cut = one.heightForWidth(one.width()) > one.height()
        else:
            cut = one.sizeHint().width() > one.width() or one.sizeHint().height() > one.height()
        if cut:
            yield f"label {one.text()!r} {one.sizeHint()} in {one.size()}"


def cut_buttons(inside: QWidget) -> Iterator[str]:
    for one in seen(inside, QAbstractButton):
        text = plain(one.text())
        if text and not told_whole(one, text):
            least = one.sizeHint().width() if isinstance(one, QCheckBox) else wide(one, text) + 12
            if least > one.width():
                yield f"button {text!r}: {least} in {one.width()}"


def cut_heads(inside: QWidget) -> Iterator[str]:
    for one in seen(inside, QTableView):
        head = one.horizontalHeader()
        if not head.isVisible():
            continue
        for at in range(head.count()):
            text = str(head.model().headerData(at, Qt.Orientation.Horizontal) or "")
            room = head.sectionSize(at)
            if text and not head.isSectionHidden(at) and wide(head, text) + _HEAD > room:
                yield f"header {text!r} of {one.accessibleName()!r}: {wide(head, text)} in {room}"


def cut_tabs(inside: QWidget) -> Iterator[str]:
    for one in seen(inside, QTabBar):
        for at in range(one.count()):
            least = wide(one, plain(one.tabText(at)))
            if least > one.tabRect(at).width():
                yield f"tab {one.tabText(at)!r}"
        fits = one.tabRect(one.count() - 1).right() <= one.width()
        if not fits and not one.usesScrollButtons():
            yield f"tabs after {one.tabText(0)!r}"


def cut_choices(inside: QWidget) -> Iterator[str]:
    for one in seen(inside, QComboBox):
        option = QStyleOptionComboBox()
        one.initStyleOption(option)
        style, control = one.style(), QStyle.ComplexControl.CC_ComboBox
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = style.subControlRect(control, option, part, one).width()
        if wide(one, one.currentText()) > room and not told_whole(one, one.currentText()):
            yield f"choice {one.currentText()!r}: {wide(one, one.currentText())} in {room}"


def cut_hints(inside: QWidget) -> Iterator[str]:
    for one in seen(inside, QLineEdit):
        hint = one.placeholderText()
        if not one.text() and wide(one, hint) > one.width() - 16 and not told_whole(one, hint):
            yield f"hint {hint!r} in {one.width()}"


def cut_entries(inside: QWidget) -> Iterator[str]:
    for one in seen(inside, QListWidget):
        if one.objectName() != "navigation":
            continue
        for at in range(one.count()):
            item = one.item(at)
            least = wide(one, item.text()) + one.iconSize().width() + 28
            if least > one.viewport().width():
                yield f"entry {item.text()!r}"


CUT = (cut_labels, cut_buttons, cut_heads, cut_tabs, cut_choices, cut_hints, cut_entries)


def written(inside: QWidget) -> Iterator[tuple[QFont, str]]:
    """All texts that can be seen, each with its font."""
    for one in seen(inside, QWidget):
        if isinstance(one, QLabel | QAbstractButton):
            yield one.font(), one.text()
        elif isinstance(one, QLineEdit):
            yield one.font(), one.text() + one.placeholderText()
        elif isinstance(one, QComboBox):
            yield one.font(), "".join(one.itemText(at) for at in range(one.count()))
        elif isinstance(one, QTabBar):
            yield one.font(), "".join(one.tabText(at) for at in range(one.count()))
        elif isinstance(one, QAbstractItemView) and not isinstance(one, QHeaderView):
            model = one.model()
            if model is not None:
                columns = 1 if isinstance(one, QListView) else model.columnCount()
                rows = min(model.rowCount(), 40)
                cells = [
                    str(model.index(row, column).data() or "")
                    for row in range(rows)
                    for column in range(columns)
                ]
                yield one.font(), "".join(cells)


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
    drawn: dict[str, set[str]] = {}
    for name, shown in walked(qtbot, gallery, tmp_path, other):
        QApplication.processEvents()
        found += [f"{name}: {cut}" for check in CUT for cut in check(shown)]
        for font, text in written(shown):
            drawn.setdefault(font.toString(), set()).update(text)
    assert len(drawn) > 1
    for kind, letters in drawn.items():
        font = QFont()
        font.fromString(kind)
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
        found += [f"{name}: {cut}" for check in CUT for cut in check(shown)]
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
