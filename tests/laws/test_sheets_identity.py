"""What a sheet of ours says is what a book takes from it: every kind, every way that it travels."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import texts
from models.book import Book
from models.describe.kinds import KINDS, Link
from models.sheets import exporting, importing
from models.sheets.report import Options

OWN = {kind: f"x_own_{kind}" for kind in KINDS}
CHOICES = "gold|是|0|=choice|long choice, with a comma"
PRODUCTS = ["Acme", "=1+1", "0571", "张三（中国）", "🎉 party", "'quoted"]

WORDS = (
    "=1+1 +86 -5 @home ＝1 ＋1 'a ''b =SUM(A1:A2) 0571 000 00.10 1E5 1e-7 12.50 1,234 99999999999999999999 "
    "是 否 √ TRUE null NULL N/A #N/A #REF! - -- / 无 合计 总计 Total 2024-03-05 3/5/2024 5% ¥5 (500) 1.2万 "
    'ＡＢＣ１２３ 🎉 👨‍👩‍👧 𠮷野家 é é ﷽ &amp; <b> ]]> _x000D_ %s {name} \\n "q" a,b a;b a|b '
    "Daybook系统编号 CU-1K7Q3 45000 1900-01-00 24:00"
)
LINES = ["two\nlines", "tab\tinside", "a  b", "x\u3000y", "full stop。", "a\u00a0b", "‏rtl‏"]
WORD = st.one_of(
    st.sampled_from([*WORDS.split(), *LINES]),
    st.text(
        st.characters(exclude_categories=("Cs", "Cc", "Cn"), exclude_characters="\ufffe\uffff"),
        min_size=1,
        max_size=20,
    )
    .map(str.strip)
    .filter(bool),
)
TOP = Decimal(9_223_372_036_854)
AMOUNT = st.one_of(
    st.sampled_from(
        [TOP, -TOP, Decimal("-0.000001"), Decimal("0.1"), Decimal(0), Decimal("-0.01")]
    ),
    st.decimals(-TOP, TOP, places=6),
    st.decimals(-1_000, 1_000, places=2),
)
DAY = st.one_of(
    st.sampled_from(
        [date.min, date.max, date(1899, 12, 31), date(1900, 1, 1), date(1900, 2, 28),
         date(1900, 3, 1), date(1904, 1, 1), date(2024, 2, 29)]
    ),
    st.dates(),
)  # fmt: skip
MOMENT = st.one_of(
    st.sampled_from(
        [datetime(1900, 1, 1, tzinfo=UTC), datetime(2024, 2, 29, 15, 59, 59, tzinfo=UTC)]
    ),
    st.datetimes(datetime(1000, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC)),
).map(lambda one: one.replace(microsecond=0))
VALUE: dict[str, st.SearchStrategy[Any]] = {
    "text": WORD,
    "long_text": st.lists(WORD, min_size=1, max_size=3).map("\n".join),
    "code": WORD,
    "phone": st.sampled_from(["0571-88888888", "13800138000", "000-1234", "+44 20 7946 0958"]),
    "email": st.sampled_from(["a@b.cn", "=x@y.z", "+tag@mail.com", "0571@126.com"]),
    "tags": st.lists(
        st.sampled_from(["=a", "0571", "🎉", "老客户", "b c"]), min_size=1, unique=True
    ),
    "choice": st.sampled_from(CHOICES.split("|")),
    "integer": st.one_of(st.integers(-(2**63) + 1, 2**63 - 1), st.integers(-9, 9)),
    "number": AMOUNT,
    "money": AMOUNT,
    "percent": st.decimals(-3, 3, places=6),
    "date": DAY,
    "instant": MOMENT,
    "flag": st.booleans(),
    "period": st.sampled_from(
        ["2017", "2017-H1", "2017-Q4", "2017-03", "2017-W15", "2017-03-05..2017-03-20"]
    ),
    "recurrence": st.sampled_from(
        ["every day", "every 2 weeks on Fri", "every month on day 1, the last working day, 3 times"]
    ),
    "link": st.sampled_from(PRODUCTS),
}
RECORD = st.fixed_dictionaries(
    {kind: st.one_of(one, one, st.none()) for kind, one in VALUE.items()}
)
RECORDS = st.lists(RECORD, min_size=1, max_size=4)
LANGUAGE = st.sampled_from(texts.LANGUAGES)
FULL: dict[str, Any] = {  # a record that has something in every column, for what must be overwritten
    "text": "before", "long_text": "before", "code": "before", "phone": "13900000000",
    "email": "before@b.cn", "tags": "before", "choice": "gold", "integer": 1, "number": Decimal(1),
    "money": Decimal(1), "percent": Decimal("0.01"), "date": date(2001, 1, 1),
    "instant": datetime(2001, 1, 1, tzinfo=UTC), "flag": True, "link": "Acme",
    "period": "2001", "recurrence": "every year",
}  # fmt: skip


@contextmanager
def books(count: int) -> Iterator[tuple[Path, list[Book]]]:
    """Books with a column of every kind for customers, and the products that links point to."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = []
        try:
            for at in range(count):
                book = Book.create(folder / f"{at}.daybook")
                made.append(book)
                with book.change("columns") as change:
                    for kind in KINDS:
                        offered = CHOICES if kind == "choice" else ""
                        target = "product" if kind == "link" else ""
                        change.add_field("customer", f"Own {kind}", kind, offered, target)
                with book.change("products") as change:
                    for one in PRODUCTS:
                        change.add("product", {"name": one})
            yield folder, made
        finally:
            for book in made:
                book.close()


def fill(book: Book, records: list[dict[str, Any]]) -> list[int]:
    with book.change("customers") as change:
        return [
            change.add("customer", {"name": f"客户 {at}", "code": f"{at:03}", **stored(book, one)})
            for at, one in enumerate(records)
        ]


def stored(book: Book, record: dict[str, Any]) -> dict[str, Any]:
    """The values of a record by field, as the door takes them."""
    made = {OWN[kind]: value for kind, value in record.items()}
    if isinstance(made[OWN["tags"]], list):
        made[OWN["tags"]] = ", ".join(made[OWN["tags"]])
    if made[OWN["link"]] is not None:
        [row] = [id for id in book.ids("product") if book.label("product", id) == record["link"]]
        made[OWN["link"]] = Link(row, "")
    return made


def values(book: Book) -> list[dict[str, Any]]:
    found = [book.record("customer", id) for id in book.ids("customer", sort=[("code", False)])]
    return [
        {name: v.label if isinstance(v, Link) else v for name, v in one.items()} for one in found
    ]


def bring(book: Book, file: Path, **options: Any) -> int | None:
    proposal = importing.prepare(book, [file], Options(**options))
    try:
        problems = [one for report in proposal.reports for one in report.problems]
        assert problems == []
        return importing.apply(proposal)
    finally:
        proposal.close()


@pytest.mark.parametrize("suffix", ["xlsx", "csv", "tsv"])
@settings(max_examples=8)
@given(RECORDS, LANGUAGE, LANGUAGE)
def test_what_a_sheet_says_overwrites_what_has_changed_since(suffix, records, out, back):
    with books(1) as (folder, [book]):
        ids = fill(book, records)
        before = values(book)
        texts.set_language(out)
        exporting.export(book, folder / f"out.{suffix}", ["customer"])
        with book.change("other values") as change:
            for id, record in zip(ids, records, strict=True):
                said = {name for name, value in stored(book, record).items() if value is not None}
                others = stored(book, FULL)
                change.set("customer", id, {one: others[one] for one in others if one in said})
        changed = values(book)
        texts.set_language(back)
        number = bring(book, folder / f"out.{suffix}")
        assert values(book) == before
        assert (number is None) == (changed == before)
        if number is not None:
            assert book.undo(number).kept == ()
            assert values(book) == changed


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
@settings(max_examples=8)
@given(st.lists(RECORD, min_size=3, max_size=4), LANGUAGE, LANGUAGE)
def test_another_book_takes_the_same_values_and_gives_them_back(suffix, records, out, back):
    with books(2) as (folder, [book, other]):
        fill(book, records)  # three at least: an id fits another book once in a thousand
        texts.set_language(out)
        exporting.export(book, folder / f"out.{suffix}", ["customer"])
        texts.set_language(back)
        number = bring(other, folder / f"out.{suffix}")
        assert values(other) == values(book)
        exporting.export(other, folder / f"again.{suffix}", ["customer"])
        assert bring(book, folder / f"again.{suffix}") is None
        assert number is not None
        assert other.undo(number).kept == ()
        assert values(other) == []
        other.redo(number)
        assert values(other) == values(book)


@settings(max_examples=8)
@given(RECORDS, LANGUAGE)
def test_a_workbook_that_another_program_saved_changes_nothing(records, language):
    with books(1) as (folder, [book]):
        fill(book, records)
        texts.set_language(language)
        exporting.export(book, folder / "out.xlsx", ["customer", "product"])
        saved = openpyxl.load_workbook(folder / "out.xlsx")
        saved.save(folder / "saved.xlsx")
        before = values(book)
        assert bring(book, folder / "saved.xlsx") is None
        assert values(book) == before


@settings(max_examples=12)
@given(
    RECORDS,
    LANGUAGE,
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
)
def test_a_text_file_that_another_program_saved_changes_nothing(
    records, language, separator, encoding, quoting
):
    with books(1) as (folder, [book]):
        fill(book, records)
        texts.set_language(language)
        exporting.export(book, folder / "out.csv", ["customer"])
        rows = list(csv.reader(io.StringIO((folder / "out.csv").read_text(encoding="utf-8-sig"))))
        saved = io.StringIO(newline="")
        csv.writer(saved, delimiter=separator, quoting=quoting).writerows(rows)
        (folder / "saved.csv").write_bytes(saved.getvalue().encode(encoding))
        before = values(book)
        assert bring(book, folder / "saved.csv", encoding=encoding) is None
        assert values(book) == before


@pytest.mark.parametrize("kind", [one for one in KINDS if one != "link"])
@settings(max_examples=2)
@given(st.data())
def test_a_column_alone_comes_back_as_it_was(kind, data):
    """Beside few others, so that nothing helps to recognise the sheet but the sheet itself."""
    drawn = data.draw(st.lists(VALUE[kind], min_size=1, max_size=9))
    with books(1) as (folder, [book]):
        ids = fill(book, [{**dict.fromkeys(KINDS), kind: one} for one in drawn])
        before = values(book)
        for suffix in ("xlsx", "csv"):
            file = folder / f"out.{suffix}"
            exporting.export(book, file, ["customer"], fields=[OWN[kind]])
            with book.change("other") as change:
                for id in ids:
                    change.set("customer", id, {OWN[kind]: FULL[kind]})
            bring(book, file)
            assert values(book) == before
