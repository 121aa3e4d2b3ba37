"""The law of sheets: what goes out and comes back unchanged changes nothing, whatever it holds."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models import texts
from models.book import Book
from models.describe.field import Field
from models.describe.kinds import KINDS, Link
from models.describe.schema import Schema
from models.goals.rules import days_of
from models.growth import citing
from models.periods import JANUARY
from models.refusals import Refused
from models.sheets import exporting, importing, own
from models.sheets.report import Options

# Own columns describe the book itself; they are made by a verb of their own, not by rows of sheets.
KINDS_OF_RECORD = [one.id for one in Schema() if own.holds_records(one)]
CUSTOM = (
    *((f"Own {kind}", kind, "", "") for kind in KINDS if kind not in ("choice", "link")),
    ("Own choice", "choice", "yes, really|Open|no|长的" + "很" * 300, ""),
    ("Own link", "link", "", "opportunity"),
    ("Own link to a line", "link", "", "order_line"),
    ("预算(万元)", "money", "", ""),
    ("客户简称", "text", "", ""),
    ("Phone [phone]", "text", "", ""),
    ("=1+1", "number", "", ""),
    ("Daybook ID", "code", "", ""),
)

# What is declined because of other records, but may come by a sheet all the same.
AMONG_RECORDS = {
    "waits_for_itself", "twice", "more_than_all", "not_head", "settled_before", "outside_scale",
    "other_verdict", "no_verdict", "verdict_words", "no_evidence", "no_reason", "must_cite", "not_next",
    "self_review_first", "too_late", "not_yet", "check_first", "no_rater",
}  # fmt: skip

# What would keep other records from being written, or follows from the rest: a frozen scorecard; ids that
# nothing has; how a plan ended.
STANDING: dict[str, dict[str, Any]] = {
    "scorecard_template": {"frozen_at": None},
    "evaluation_rating": {"cites": None},
    "improvement_plan": {"status": "proposed", "verdict": None, "closed_on": None},
}

WORDS = (
    "=1+1 '=1+1 ''=1 '=x -5 +86 @home ＝1 'quoted 0571 1E5 1.0 12.50 null N/A #N/A - / 合计 总计 "
    "Total 是 TRUE _x0041_ <r>x</r> &amp; 2024-03-05 3/5/2024 CU-1K7Q3 OP-0AA 45000 张三 （中国） "
    "ＡＢＣ a;b;c a|b \"q\" 'q' Name 姓名 Customer"
)
PHRASES = "a\nb|a\r\nb|tab\tinside|张三 [CU-1K7Q3]|x\x01y|grand total|a  b|\x85x\x7f"
ODD = st.sampled_from([*WORDS.split(), *PHRASES.split("|")])
LETTERS = st.characters(exclude_categories=("Cs",), exclude_characters="\0\ufffe\uffff")
TEXT = st.one_of(
    ODD, st.text(LETTERS, min_size=1, max_size=12), st.sampled_from(["张三", "Acme", "GTX Pro"])
)
DECIMAL = st.one_of(
    st.sampled_from(
        [Decimal("0.1"), Decimal("-5"), Decimal("1234567.89"), Decimal("9007199254740993.1")]
    ),
    st.integers(-(2**62), 2**62).map(lambda one: Decimal(one).scaleb(-6)),
    st.integers(-(10**9), 10**9).map(lambda one: Decimal(one).scaleb(-2)),
)
MOMENT = st.datetimes(datetime(1000, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC)).map(
    lambda one: one.replace(microsecond=0)
)


def _numbers(field: Field, low: Decimal, high: Decimal) -> tuple[Decimal, Decimal]:
    return field.minimum if field.minimum is not None else low, (
        field.maximum if field.maximum is not None else high
    )


PHONES = "0571-88888888 13800001111 +86-86-1380 +1(202)555-0101 400-800 0086-0086138 86-123 +8613800001111"
BY_KIND: dict[str, st.SearchStrategy[Any]] = {
    "number": DECIMAL,
    "money": DECIMAL,
    "date": st.one_of(st.dates(), st.dates(date(1899, 1, 1), date(2100, 1, 1))),
    "instant": MOMENT,
    "flag": st.booleans(),
    "phone": st.sampled_from(PHONES.split()),
    "email": st.sampled_from(["a@b.cn", "=x@y.z", "+tag@mail.com", "'=a@b.c"]),
    "period": st.sampled_from(["2017", "2017-H1", "2017-Q4", "2017-03", "2017-W15"]),
    "recurrence": st.sampled_from(["every day", "every month on day 1, the last working day"]),
    "link": st.integers(0, 50),  # the number of a record that exists by then
}


def values(field: Field) -> st.SearchStrategy[Any]:
    """Acceptable values of a field, blank among them."""
    found = BY_KIND["link"] if field.cites else BY_KIND.get(field.kind, TEXT)
    if field.kind == "integer":
        low, high = _numbers(field, Decimal(-(2**63) + 1), Decimal(2**63 - 1))
        found = st.integers(int(low), int(high))
    elif field.kind == "percent":
        low, high = _numbers(field, Decimal(-3), Decimal(3))
        millionths = st.integers(int(low * 10**6), int(high * 10**6))
        found = millionths.map(lambda one: Decimal(one).scaleb(-6))
    elif field.kind == "choice":
        found = st.sampled_from([one.code for one in field.choices])
    # What a clock fills in where nothing is said differs from one second to the next.
    told = field.required or field.default_from is not None
    return found if told else st.one_of(found, found, st.none())


@contextmanager
def book_with(data: st.DataObject, *, most: int = 3):
    """A book with records of every kind, whose links point anywhere, itself and ahead included."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Book.create(Path(folder) / "one.daybook") as book,
    ):
        own_columns(book)
        made: dict[str, list[int]] = {}
        for kind in KINDS_OF_RECORD:
            entity = book.schema.entity(kind)
            for _ in range(data.draw(st.integers(1, most), label=kind)):
                made.setdefault(kind, []).append(add(book, data, entity, made))
        yield book, Path(folder), made


def own_columns(book: Book) -> None:
    with book.change("columns") as change:
        for label, kind, choices, target in CUSTOM:
            change.add_field("customer", label, kind, choices, target)
    with book.change("columns") as change:
        change.add_field("order_line", "Own percent", "percent")
        change.add_field("activity", "Own instant", "instant")


def add(book: Book, data: st.DataObject, entity: Any, made: dict[str, list[int]]) -> int:
    given = data.draw(st.fixed_dictionaries({one.id: values(one) for one in entity.fields}))
    for one in entity.links():
        known = made.get(one.target)
        given[one.id] = (
            known[given[one.id] % len(known)] if known and given[one.id] is not None else None
        )
    for one in entity.fields:
        if one.cites and given[one.id] is not None:
            kind = list(made)[given[one.id] % len(made)]
            given[one.id] = book.public_id(kind, made[kind][given[one.id] % len(made[kind])])
        try:
            KINDS[one.kind].store(KINDS[one.kind].parse(one, given[one.id]))
        except (Refused, OverflowError):
            usual = Decimal(1) if KINDS[one.kind].numeric else "x"
            given[one.id] = usual if one.required else None
        if one.required and isinstance(given[one.id], str) and not given[one.id].strip():
            given[one.id] = "x"
    if entity.id == "leave" and given["ends_on"] < given["starts_on"]:
        given["starts_on"], given["ends_on"] = given["ends_on"], given["starts_on"]
    given |= STANDING.get(entity.id, {})
    try:
        with book.change("add", keep_history=False) as change:
            return change.add(entity.id, given)
    except Refused as refused:
        if refused.code not in AMONG_RECORDS:
            raise
        with book.change("add", keep_history=False) as change:
            read = {one.id: KINDS[one.kind].parse(one, given[one.id]) for one in entity.fields}
            return change.add_many(entity.id, list(read), [list(read.values())])[0]


def sheets_of(book: Book, folder: Path, suffix: str) -> list[Path]:
    """All records as one workbook, or as a text file for each kind."""
    if suffix == "xlsx":
        exporting.export(book, folder / "all.xlsx", KINDS_OF_RECORD)
        return [folder / "all.xlsx"]
    files = [folder / f"{one}.{suffix}" for one in KINDS_OF_RECORD]
    for one, file in zip(KINDS_OF_RECORD, files, strict=True):
        exporting.export(book, file, [one])
    return files


def come_back(book: Book, files: list[Path]) -> list[dict[str, Any]]:
    """Import files; what is said of each table."""
    proposal = importing.prepare(book, files)
    try:
        importing.apply(proposal)
        return proposal.plain(None)["tables"]
    finally:
        proposal.close()


def everything(book: Book) -> dict[str, list[tuple[Any, ...]]]:
    return {
        one.id: book.rows(one.id, book.ids(one.id), [field.id for field in one.fields])
        for one in book.schema
    }


def unchanged(book: Book, files: list[Path], counts: dict[str, int]) -> None:
    before, changes = everything(book), [one.no for one in book.history(5)]
    found = come_back(book, files)
    for one in found:
        said = {name: one[name] for name in ("rows", "unchanged", "problems", "also")}
        n = counts.get(one["entity"], 0)
        assert said == {"rows": n, "unchanged": n, "problems": [], "also": {}}, one
    assert {one["entity"] for one in found if one["rows"]} == {k for k, n in counts.items() if n}
    assert [one.no for one in book.history(5)] == changes
    assert everything(book) == before


LANGUAGES = st.tuples(st.sampled_from(texts.LANGUAGES), st.sampled_from(texts.LANGUAGES))
FEW = [
    HealthCheck.too_slow,
    HealthCheck.function_scoped_fixture,
    HealthCheck.data_too_large,
    HealthCheck.large_base_example,
]


@settings(max_examples=15, suppress_health_check=FEW)
@given(st.data(), LANGUAGES)
def test_a_workbook_that_comes_back_changes_nothing(data, languages):
    with book_with(data) as (book, folder, made):
        for kind, rows in made.items():
            if len(rows) > 2 and kind != "order":  # links to removed records stay what they are
                with book.change("remove") as change:
                    change.remove(kind, rows[2:])
        texts.set_language(languages[0])
        files = sheets_of(book, folder, "xlsx")
        texts.set_language(languages[1])
        unchanged(book, files, {one: book.count(one) for one in KINDS_OF_RECORD})


@settings(max_examples=5, suppress_health_check=FEW)
@given(st.data(), LANGUAGES, st.sampled_from(["csv", "tsv"]))
def test_text_files_that_come_back_change_nothing(data, languages, suffix):
    with book_with(data, most=2) as (book, folder, _):
        texts.set_language(languages[0])
        files = sheets_of(book, folder, suffix)
        texts.set_language(languages[1])
        unchanged(book, files, {one: book.count(one) for one in KINDS_OF_RECORD})


def plainly(book: Book, ids: dict[str, list[int]]) -> dict[str, list[dict[str, Any]]]:
    """All values by place instead of by row, so that two books can be held against each other."""
    made: dict[str, list[dict[str, Any]]] = {}
    for kind, rows in ids.items():
        names = [one.id for one in book.schema.entity(kind).fields if one.in_grid]
        for row in book.rows(kind, rows, names):  # what no list shows leaves only when it is named
            said = dict(zip(names, row, strict=True))
            for one in book.schema.entity(kind).links():
                if isinstance(said.get(one.id), Link):
                    said[one.id] = (one.target, ids[one.target].index(said[one.id].id))
            for one in book.schema.entity(kind).fields:
                if one.cites and said.get(one.id):
                    [cited] = citing.cited(book, said[one.id]).known
                    said[one.id] = (cited.entity, ids[cited.entity].index(cited.row))
            made.setdefault(kind, []).append(said)
    return made


def same(found: dict[str, list[dict[str, Any]]], wanted: dict[str, list[dict[str, Any]]]) -> None:
    for kind, rows in wanted.items():
        assert len(found[kind]) == len(rows), kind
        for one, two in zip(found[kind], rows, strict=True):
            other = {name: (one[name], two[name]) for name in two if one[name] != two[name]}
            if two.get("attributed_to", 0) is None:  # blank, it follows from the customer's owner
                other.pop("attributed_to", None)
            assert not other, (kind, other)


def expected(said: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """What a new book makes of it: blanks take their defaults, a deal the outcome of its stage, a goal
    the days of its period."""
    for kind, rows in said.items():
        for row in rows:
            if {"period", "starts_on"} <= row.keys() and row["period"]:
                days = days_of(row["period"], JANUARY)
                for name, day in zip(("starts_on", "ends_on"), days, strict=True):
                    row[name] = row[name] or day
            for one in Schema().entity(kind).fields:
                if row.get(one.id, one) is None and one.usual is not None:
                    row[one.id] = one.usual
                    if kind == "opportunity" and row["stage"] is not None:
                        row[one.id] = said["stage"][row["stage"][1]]["kind"]
    return said


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
@settings(max_examples=6, suppress_health_check=FEW)
@given(st.data(), LANGUAGES)
def test_another_book_gets_the_same_values(suffix, data, languages):
    with book_with(data) as (book, folder, made):
        texts.set_language(languages[0])
        files = sheets_of(book, folder, suffix)
        texts.set_language(languages[1])
        with Book.create(folder / "other.daybook") as other:
            own_columns(other)
            proposal = importing.prepare(other, files, Options(create_links=True))
            importing.apply(proposal)
            found = proposal.plain(None)
            proposal.close()
            problems = [(one["entity"], p) for one in found["tables"] for p in one["problems"]]
            assert not problems, problems
            assert found["new_names"] == []
            ids = {one: list(other.ids(one)) for one in KINDS_OF_RECORD}
            same(plainly(other, ids), expected(plainly(book, made)))


@pytest.mark.parametrize("suffix", ["xlsx", "csv", "tsv"])
def test_own_columns_are_made_again_in_another_book_and_links_by_name(tmp_path, suffix):
    with Book.create(tmp_path / "one.daybook") as book:
        with book.change("columns") as change:
            change.add_field("contact", "Shoe size", "number")
        with book.change("add") as change:
            acme = change.add("customer", {"name": "华东（中国）有限公司"})
            change.add("contact", {"name": "张三", "customer": acme, "Shoe size": 42})
        exporting.export(book, tmp_path / f"out.{suffix}", ["contact"])
    with Book.create(tmp_path / "two.daybook") as other:
        proposal = importing.prepare(
            other, [tmp_path / f"out.{suffix}"], Options(create_links=True)
        )
        importing.apply(proposal)
        proposal.close()
        row = other.record("contact", other.ids("contact")[0])
        assert (row["customer"].label, row["x_shoe_size"]) == ("华东（中国）有限公司", 42)


def test_cells_that_were_emptied_change_nothing_and_are_told(tmp_path):
    with Book.create(tmp_path / "book.daybook") as book:
        with book.change("add") as change:
            one = change.add("customer", {"name": "甲", "city": "上海", "phone": "13800000001"})
            change.add("customer", {"name": "乙"})
        path = tmp_path / "out.csv"
        exporting.export(book, path, ["customer"], fields=["name", "city", "phone"])
        for old, new, emptied in (("", "", 0), ("上海", "", 1), ("13800000001", "", 2)):
            path.write_text(
                path.read_text("utf-8-sig").replace(old, new)
                if old
                else path.read_text("utf-8-sig"),
                "utf-8",
            )
            proposal = importing.prepare(book, [path], Options())
            (report,) = proposal.reports
            assert (report.updated, report.unchanged) == (0, 2)
            told = [note for note in report.notes if note.startswith("Empty cells change nothing")]
            assert len(told) == bool(emptied)
            assert all(f"{emptied} cell" in note for note in told)
            proposal.close()
        assert book.record("customer", one)["city"] == "上海"


def test_tags_of_nothing_but_separators_are_no_tags(tmp_path):
    with Book.create(tmp_path / "book.daybook") as book:
        with book.change("add") as change:
            one = change.add("customer", {"name": "甲", "tags": " ， ;"})
        assert book.record("customer", one)["tags"] is None
        path = tmp_path / "a.csv"
        path.write_text("客户名称,标签\n乙,、；\n", "utf-8")
        proposal = importing.prepare(book, [path], Options())
        importing.apply(proposal)
        proposal.close()
        assert book.rows("customer", book.ids("customer"), ["tags"]) == [(None,), (None,)]
